"""The atlas as one JSON value for the map document: every day of it, shipped once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maps.atlas.model import (
    PRECISIONS,
    Account,
    Atlas,
    Boundary,
    Citation,
    Date,
    DateText,
    Event,
    Mode,
    Period,
    Status,
    Timespan,
)
from maps.cache import once_for_each
from maps.data.plain import fields_of
from maps.day.areas import area_km2
from maps.day.contested import accounts_of, dates_of, points_of
from maps.day.control import CONTROL_LAYER
from maps.day.law import days_of_law, law_of, tellers
from maps.day.reading import Reading, choices, readings
from maps.day.timeline import timeline
from maps.looks import style
from maps.looks.paint import Span, Spans, line_entries, spans_of
from maps.looks.texture import TEXTURES
from maps.map.ground import ground, place_labels, reach
from maps.map.tiles import encoded, label_point, label_room_px
from maps.words.asked import atlas_languages
from maps.words.cite import reference_text
from maps.words.date_formats import date_words, day_pattern, era_pattern, format_day, month_names
from maps.words.i18n import SPELT, Texts, direction, format_number, translation_note, words_for
from maps.words.names import map_name
from maps.words.sentences import change_lines, change_summaries, from_to, when

FONTS = {
    "region": '600 13.5px "Source Serif 4", Georgia, serif',
    "town": '11.5px "Source Sans 3", system-ui, sans-serif',
    "state": '600 17px "Source Serif 4", Georgia, serif',
    "country": '600 22px "Source Serif 4", Georgia, serif',
    "sea": 'italic 15px "Source Serif 4", Georgia, serif',
}
COLOURS = {
    "land": style.LAND,
    "water": style.WATER,
    "shore": style.RIVER,
    "river": style.RIVER,
    "neighbour": style.MUTED_INK,
}
# Layers whose boundaries are one inside another's colour are drawn thin. Outlines without a
# colour are told from one another by strength and tone, the outermost first, as a pale band.
OUTLINES = ((5.0, "#a89f8e"), (2.2, ""), (3.2, ""), (1.4, "#8c6f4e"), (1.8, "#4f6f7c"))
AREA_PX, PIECE_PX = 1.4, 0.6


class Citations:
    """Citations and sources in use, each once."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.sources: dict[str, dict[str, str]] = {}
        self._places: dict[tuple[str, ...], int] = {}

    def ids(self, citations: Iterable[Citation]) -> list[int]:
        """Give the places of some citations in the list, adding what is new."""
        places = []
        for cited in citations:
            source = cited.source
            key = (source.id, cited.locator, cited.as_printed, cited.evidence)
            places.append(self._places.setdefault(key, len(self._places)))
            if source.id not in self.sources:
                text = reference_text(source, self.lang)
                self.sources[source.id] = {"text": text, "url": source.address}
        return places

    @property
    def list(self) -> list[dict[str, str]]:
        """All of them: source, locator, as printed, evidence; what is empty is left out."""
        named = (zip(("s", "l", "p", "e"), key, strict=True) for key in self._places)
        return [{name: part for name, part in parts if part} for parts in named]


def map_payload(atlas: Atlas, lang: str = "en", relief_url: str = "") -> dict[str, Any]:
    """Gather everything the map shows on any day.

    Days are proleptic Gregorian ordinals (`date.toordinal`), geometry is
    encoded by `maps.map.tiles.encoded`. ``relief_url`` is where the map
    finds the relief picture, an address or a data URI; empty for none.
    """
    settings, spoken = atlas.settings, words_for(atlas, lang)
    read = readings(atlas)
    lines = {reading.id: timeline(atlas, reading.mode.id, reading.perspective) for reading in read}
    cites, note = Citations(lang), translation_note(atlas, lang)
    return {
        "lang": lang,
        "direction": direction(lang),
        "extent": list(settings.extent),
        "reach": list(reach(settings.extent)),
        "calendar": _calendar(atlas, spoken),
        # 0 where no boundary says anything
        "firstStated": min((b.span.start.toordinal() for b in atlas.boundaries), default=0),
        "modes": [_mode(atlas, mode, spoken) for mode in settings.modes],
        "layers": _layers(atlas),
        **_paint({reading.id: spans_of(atlas, reading, lang) for reading in read}, spoken),
        "perspectives": {p.id: p.name for p in atlas.perspectives.values()},
        "tellers": list(tellers(atlas)),
        "regions": _regions(atlas, lang),
        "boundaries": [
            _boundary(atlas, index, boundary, cites, spoken)
            for index, boundary in enumerate(atlas.boundaries)
        ],
        **_disputes(atlas, cites, spoken),
        "events": [_event(atlas, event, cites, spoken) for event in atlas.events],
        "periods": [_period(period, spoken) for period in atlas.periods],
        "eventDays": _ordinals(next(iter(lines.values())).event_days) if lines else [],
        "changeDays": {id: _ordinals(line.change_days) for id, line in lines.items()},
        "changes": {
            id: [
                [{"t": said.text(spoken), "r": said.region_id} for said in of_day]
                for of_day in change_lines(atlas, line, lang)
            ]
            for id, line in lines.items()
        },
        "changed": {id: change_summaries(atlas, line, lang) for id, line in lines.items()},
        "labels": place_labels(atlas, lang),
        "ground": ground(atlas, relief_url),
        "colours": COLOURS,
        "fonts": FONTS,
        "attribution": [*([note] if note else []), *settings.attribution],
        "texts": spoken.section("map"),
        "mainSource": settings.main_source,
        # Last, when all that cites has been asked.
        "citations": cites.list,
        "sources": cites.sources,
    }


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
            reading: [found and [[*_edges(s), s.fill.key] for s in found] for found in lists]
            for reading, lists in painted.items()
        },
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
        **fields_of(boundary, "id", r="region_id", l="layer", p="precision", x="contested"),
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
    start, place = event.span.start, event.place
    given = [each.day for each in dates_of(atlas, event.id)]
    named = dict.fromkeys(format_day(day, spoken.lang) for day in given)
    days = [start, *given]
    # The accounts of the points about it, then its own: [point id or "", places].
    points = [point.id for point in points_of(atlas, event_id=event.id)]
    groups = [(id, accounts_of(atlas, point_id=id)) for id in points]
    groups.append(("", accounts_of(atlas, event_id=event.id)))
    places = _account_places(atlas)
    accounts = [[id, [places[told.id] for told in found]] for id, found in groups if found]
    return {
        **fields_of(event, "id", "layer"),
        "a": start.toordinal(),
        "b": (event.span.end or start + 1).toordinal(),
        "early": min(event.date.earliest or start, *days).toordinal(),
        "late": max(event.date.latest or start, *days).toordinal(),
        "days": sorted({day.toordinal() for day in days if day != start}),
        "when": when(event.date, spoken),
        # The days that sources give, where they differ.
        "given": spoken.t("map.days_given", days=", ".join(named)) if len(named) > 1 else "",
        **fields_of(event, "title", text="description"),
        "k": ", ".join(atlas.kind_names.get(kind, kind) for kind in event.kinds),
        "x": event.contested,
        "at": [place.lat, place.lon] if place else None,
        "placeName": place.name if place else "",
        "place": event.place_as_printed or (place.name if place else ""),
        "c": cites.ids(event.citations),
        "acc": accounts,
    }


def _period(period: Period, spoken: Texts) -> dict[str, Any]:
    start, end = _edges(period.span)
    return {
        "name": period.name,
        "a": start,
        "b": end,
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


def _edges(span: Timespan | Span) -> tuple[int, int | None]:
    return span.start.toordinal(), span.end.toordinal() if span.end else None


def _disputes(atlas: Atlas, cites: Citations, spoken: Texts) -> dict[str, Any]:
    """Gather the statements, what each teller makes of them, and the accounts.

    ``law`` says for each boundary of a mode that asks for claims, from which day
    to which, which of them count: places in ``statuses``, the teller, the stance,
    and the place in ``accounts`` where the teller says more.
    """
    places = {status.id: place for place, status in enumerate(atlas.statuses)}
    of_region: dict[str, list[int]] = {}
    for status in atlas.statuses:
        of_region.setdefault(status.region_id, []).append(places[status.id])
    asking = [mode for mode in atlas.settings.modes if Reading(mode).by_teller]
    layers = {layer for mode in asking for layer in mode.layers}
    return {
        "statuses": [_status(atlas, status, cites, spoken) for status in atlas.statuses],
        "statusesOf": of_region,
        "sides": [side.name for side in atlas.settings.sides],
        "points": {point.id: point.question for point in atlas.points.values()},
        "accounts": [_account(atlas, account, cites) for account in atlas.accounts],
        "law": [
            _claims(atlas, boundary, places) if boundary.layer in layers else 0
            for boundary in atlas.boundaries
        ],
    }


@once_for_each
def _account_places(atlas: Atlas) -> dict[str, int]:
    return {account.id: place for place, account in enumerate(atlas.accounts)}


def _claims(atlas: Atlas, boundary: Boundary, places: dict[str, int]) -> list[list[Any]]:
    span, accounts = boundary.span, _account_places(atlas)
    turns = [day for day in days_of_law(atlas, boundary.region_id) if day in span]
    days = sorted({span.start, *turns})
    found: list[list[Any]] = []
    for start, end in zip(days, [*days[1:], span.end], strict=True):
        claims = [
            [
                places[claim.status.id],
                claim.perspective_id,
                claim.stance,
                accounts[claim.account.id] if claim.account else None,
            ]
            for claim in law_of(atlas, boundary.region_id, start).claims
        ]
        if claims:
            found.append([*_edges(Timespan(start, end)), claims])
    return found


def _account(atlas: Atlas, account: Account, cites: Citations) -> dict[str, Any]:
    perspective = atlas.perspectives[account.perspective_id]
    sides = [side.id for side in atlas.settings.sides]
    return {
        "t": account.perspective_id,
        "side": sides.index(perspective.side_id) if perspective.side_id in sides else -1,
        **fields_of(account, s="stance", x="text", e="evidence"),
        "c": cites.ids(account.citations),
    }


def _status(atlas: Atlas, status: Status, cites: Citations, spoken: Texts) -> dict[str, Any]:
    polity = atlas.polities.get(status.polity_id)
    start, end = _edges(status.span)
    return {
        "y": polity.name if polity else "",
        "r": status.region_id,
        "a": start,
        "b": end,
        "when": from_to(status.start, status.end, spoken),
        **fields_of(status, d="dimension", t="perspective_id", q="certainty"),
        **fields_of(status, e="evidence", x="text", n="note"),
        "c": cites.ids(status.citations),
    }
