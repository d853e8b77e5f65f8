"""The atlas as one JSON value for the map document: every day of it, shipped once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maps.atlas.model import PRECISIONS, Atlas, Boundary, Date, DateText, Event, Mode, Period
from maps.day.areas import area_km2
from maps.day.contested import dates_of
from maps.day.control import CONTROL_LAYER
from maps.day.law import tellers
from maps.day.reading import Reading, choices, readings
from maps.day.timeline import timeline
from maps.looks import style
from maps.looks.paint import Span, Spans, line_entries, spans_of
from maps.looks.texture import TEXTURES
from maps.map.disputes import Citations, disputes, event_accounts
from maps.map.ground import ground, place_labels, reach
from maps.map.shapes import encoded, label_point, label_room_px
from maps.words.asked import atlas_languages
from maps.words.date_formats import date_words, day_pattern, era_pattern, month_names
from maps.words.i18n import SPELT, Texts, direction, format_number, words_for
from maps.words.names import map_name
from maps.words.sentences import change_lines, change_summaries, days_given, from_to, when
from maps.words.translated import translation_note

FONTS = {
    "region": '600 13.5px "Source Serif 4", Georgia, serif',
    "town": '11.5px "Source Sans 3", system-ui, sans-serif',
    "state": '600 17px "Source Serif 4", Georgia, serif',
    "country": '600 22px "Source Serif 4", Georgia, serif',
    "sea": 'italic 15px "Source Serif 4", Georgia, serif',
}
# Layers whose boundaries are one inside another's colour are drawn thin. Outlines without a
# colour are told from one another by strength and tone, the outermost first, as a pale band.
OUTLINES = ((5.0, "#a89f8e"), (2.2, ""), (3.2, ""), (1.4, "#8c6f4e"), (1.8, "#4f6f7c"))
AREA_PX, PIECE_PX = 1.4, 0.6


def map_payload(atlas: Atlas, lang: str = "en", relief_url: str = "") -> dict[str, Any]:
    """Gather everything the map shows on any day.

    Days are proleptic Gregorian ordinals (`date.toordinal`), geometry is
    encoded by `maps.map.shapes.encoded`. ``relief_url`` is where the map
    finds the relief picture, an address or a data URI; empty for none.
    """
    spoken = words_for(atlas, lang)
    read = readings(atlas)
    lines = {r.id: timeline(atlas, r.mode.id, r.perspective) for r in read}
    cites = Citations(lang)
    painted = {reading.id: spans_of(atlas, reading, lang) for reading in read}
    payload = {
        "lang": lang,
        "direction": direction(lang),
        "extent": list(atlas.settings.extent),
        "reach": list(reach(atlas.settings.extent)),
        "calendar": _calendar(atlas, spoken),
        # 0 where no boundary says anything
        "firstStated": min((b.span.start.toordinal() for b in atlas.boundaries), default=0),
        "modes": [_mode(atlas, mode, spoken) for mode in atlas.settings.modes],
        "layers": _layers(atlas),
        **_paint(painted, spoken),
        "perspectives": {p.id: p.name for p in atlas.perspectives.values()},
        "tellers": list(tellers(atlas)),
        "regions": _regions(atlas, lang),
        "boundaries": [
            _boundary(atlas, index, boundary, cites, spoken)
            for index, boundary in enumerate(atlas.boundaries)
        ],
        **disputes(atlas, cites, spoken),
        "events": [_event(atlas, event, cites, spoken) for event in atlas.events],
        "periods": [_period(period, spoken) for period in atlas.periods],
        "eventDays": _ordinals(next(iter(lines.values())).event_days) if lines else [],
        "changeDays": {mode: _ordinals(line.change_days) for mode, line in lines.items()},
        "changes": {
            mode: [
                [{"t": said.text(spoken), "r": said.region_id} for said in of_day]
                for of_day in change_lines(atlas, line, spoken, lang)
            ]
            for mode, line in lines.items()
        },
        "changed": {
            mode: change_summaries(atlas, line, spoken, lang) for mode, line in lines.items()
        },
    }
    still = _what_never_changes(atlas, lang, relief_url, spoken)
    return {**payload, **still, "citations": cites.list, "sources": cites.sources}


def _paint(painted: Mapping[str, Sequence[Spans | None]], spoken: Texts) -> dict[str, Any]:
    """Give each fill once, with the places in ``legend`` of what has to be explained of it."""
    spans = (span for lists in painted.values() for found in lists for span in found or ())
    fills = {span.fill.key: span.fill for span in spans}
    explained = [entry for fill in fills.values() for entry in fill.entries]
    legend = dict.fromkeys((*explained, *line_entries(PRECISIONS, spoken)))
    place = {entry: number for number, entry in enumerate(legend)}
    return {
        "textures": {name: [each.marks, each.opacity] for name, each in TEXTURES.items()},
        "legend": [entry.plain() for entry in legend],
        "precisions": {
            entry.precision: {
                "dash": style.line(entry.precision).dash or None,
                "legend": place[entry],
            }
            for entry in legend
            if entry.precision
        },
        "fills": {
            key: {**fill.look.plain(), "legend": [place[entry] for entry in fill.entries]}
            for key, fill in fills.items()
        },
        "paint": {
            reading: [found and [_span(span) for span in found] for found in lists]
            for reading, lists in painted.items()
        },
    }


def _span(span: Span) -> list[Any]:
    return [span.start.toordinal(), span.end.toordinal() if span.end else None, span.fill.key]


def _what_never_changes(atlas: Atlas, lang: str, relief_url: str, spoken: Texts) -> dict[str, Any]:
    return {
        "labels": place_labels(atlas, lang),
        "ground": ground(atlas, relief_url),
        "colours": {
            "land": style.LAND,
            "water": style.WATER,
            "shore": style.RIVER,
            "river": style.RIVER,
            "neighbour": style.MUTED_INK,
        },
        "fonts": FONTS,
        "attribution": [
            *filter(None, [translation_note(atlas, lang)]),
            *atlas.settings.attribution,
        ],
        "texts": spoken.section("map"),
        "mainSource": atlas.settings.main_source,
    }


def _calendar(atlas: Atlas, spoken: Texts) -> dict[str, Any]:
    first, last = atlas.settings.first_day, atlas.settings.last_day
    pattern, before, names = day_pattern(spoken.lang, atlas.date_unit)
    return {
        "first": first.toordinal(),
        "last": last.toordinal(),
        "unit": atlas.date_unit,
        "names": list(names),
        "short": list(month_names(spoken.lang, "abbreviated")),
        "format": pattern,
        "before": before,
        "yearBefore": spoken.t("dates.bce.number"),
        "eras": era_pattern(atlas_languages(atlas)),
        "words": dict(date_words(atlas_languages(atlas))),
        "letters": SPELT,
    }


def _mode(atlas: Atlas, mode: Mode, spoken: Texts) -> dict[str, Any]:
    names = {p.id: p.name for p in atlas.perspectives.values()}
    return {
        # Outlines around the pieces of land have no name of their own on the map.
        "labelled": [CONTROL_LAYER] if Reading(mode).asks else list(mode.layers),
        "perspectives": [
            {"id": id, "name": names.get(id) or spoken.t("map.everyone")}
            for id in choices(atlas, mode)
        ],
        "id": mode.id,
        "by": mode.colour_by,
        "name": spoken.t(f"map.modes.{mode.id}"),
        "hint": spoken.t(f"map.hints.{mode.id}"),
    }


def _layers(atlas: Atlas) -> dict[str, dict[str, Any]]:
    coloured = {layer for m in atlas.settings.modes if Reading(m).asks for layer in m.layers}
    found: dict[str, dict[str, Any]] = {}
    outlines = [layer.id for layer in sorted(atlas.settings.layers, key=lambda layer: layer.order)
                if layer.hue is None and layer.id != CONTROL_LAYER]  # fmt: skip
    for layer in atlas.settings.layers:
        piece = layer.id in coloured and layer.id == CONTROL_LAYER
        weight = PIECE_PX if piece else AREA_PX
        stroke = style.NEUTRAL.stroke if piece else style.layer_colours(layer).stroke
        if layer.id in outlines:
            weight, colour = OUTLINES[min(outlines.index(layer.id), len(OUTLINES) - 1)]
            stroke = colour or stroke
        found[layer.id] = {
            "name": layer.name,
            "weight": weight,
            "stroke": stroke,
            "order": layer.order,
            "outline": layer.hue is None and not piece,
            "piece": piece,
        }
    return found


def _regions(atlas: Atlas, lang: str) -> dict[str, dict[str, Any]]:
    languages = atlas.settings.name_languages
    return {
        region.id: {
            "names": {code: region.name(code) for code in dict.fromkeys((lang, *languages))},
            "label": map_name(atlas, region.id, lang),
            "up": region.part_of,
        }
        for region in atlas.regions.values()
    }


def _boundary(
    atlas: Atlas, index: int, boundary: Boundary, cites: Citations, spoken: Texts
) -> dict[str, Any]:
    return {
        "i": index,
        "id": boundary.id,
        "r": boundary.region_id,
        "l": boundary.layer,
        "p": boundary.precision,
        "x": boundary.contested,
        "km": format_number(area_km2(boundary), spoken.lang),
        "size": round(area_km2(boundary)),
        "w": label_room_px(boundary.geometry),
        "at": label_point(boundary.geometry),
        "when": from_to(boundary.start, boundary.end, spoken),
        "n": boundary.note,
        "o": [atlas.origins[o].title or o for o in boundary.origin_ids if o in atlas.origins],
        "c": cites.ids(boundary.citations),
        "g": encoded(boundary.geometry),
    }


def _event(atlas: Atlas, event: Event, cites: Citations, spoken: Texts) -> dict[str, Any]:
    start = event.span.start
    days = [start, *(given.day for given in dates_of(atlas, event.id))]
    return {
        "id": event.id,
        "layer": event.layer,
        "a": start.toordinal(),
        "b": (event.span.end or start + 1).toordinal(),
        "early": min(event.date.earliest or start, *days).toordinal(),
        "late": max(event.date.latest or start, *days).toordinal(),
        "days": sorted({day.toordinal() for day in days if day != start}),
        "when": when(event.date, spoken),
        "given": days_given(atlas, event, spoken),
        "title": event.title,
        "text": event.description,
        "k": ", ".join(atlas.kind_names.get(kind, kind) for kind in event.kinds),
        "x": event.contested,
        "at": [event.place.lat, event.place.lon] if event.place else None,
        "placeName": event.place.name if event.place else "",
        "place": event.place_as_printed or (event.place.name if event.place else ""),
        "c": cites.ids(event.citations),
        "acc": event_accounts(atlas, event.id),
    }


def _period(period: Period, spoken: Texts) -> dict[str, Any]:
    return {
        "name": period.name,
        "a": period.span.start.toordinal(),
        "b": period.span.end.toordinal() if period.span.end else None,
        "lane": period.lane,
        "when": from_to(period.start, period.end, spoken),
        "began": _range(period.start, period.span.start),
        "ended": _range(period.end, period.span.end) if period.end and period.span.end else None,
    }


def _range(moment: DateText, used: Date) -> list[int] | None:
    """Give the first and the last day an edge may have been on; None where there is only one."""
    early, late = min(moment.earliest or used, used), max(moment.latest or used, used)
    return [early.toordinal(), late.toordinal()] if early < late else None


def _ordinals(days: Iterable[Date]) -> list[int]:
    return [day.toordinal() for day in days]
