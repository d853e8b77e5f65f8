"""Checked tables to the frozen records of `maps.model`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from shapely import Polygon

from maps import model
from maps.dates import parse_date_text, parse_day, shown_span, span_between
from maps.load import AtlasTables, Feature, Item, Row
from maps.validate.texts import Texts, texts_in

SUBJECTS = ("event_id", "status_id", "boundary_id", "region_id", "figure_id", "note_id")


@dataclass(frozen=True)
class _Shared:
    """What the records of several tables point at."""

    tables: AtlasTables
    texts: Texts
    sources: Mapping[str, model.Source]
    citations: Mapping[tuple[str, str], tuple[model.Citation, ...]]  # (subject column, id)
    notes: Mapping[str, model.Note]
    places: Mapping[str, model.Place]

    def cited(self, subject: str, id: str) -> tuple[model.Citation, ...]:
        return self.citations.get((subject, id), ())

    def notes_on(self, subject: str, id: str) -> tuple[model.Note, ...]:
        rows = self.tables["note_subjects"]
        return tuple(self.notes[row["note_id"]] for row in rows if row[subject] == id)


def build_atlas(tables: AtlasTables, lang: str = "en") -> model.Atlas:
    """Assemble the records of an atlas, its texts in one language.

    Texts missing in ``lang`` are taken from the English ones, then from the
    first language of the atlas. Call it only with tables in which
    `check_tables` or `find_faults` found nothing: no check is repeated here.
    """
    shared = _shared(tables, texts_in(tables, lang))
    texts = shared.texts
    return model.Atlas(
        settings=_settings(tables.settings.values, texts),
        regions=_by_id([_region(row, shared) for row in tables["regions"]]),
        polities=_by_id([_polity(row, texts) for row in tables["polities"]]),
        perspectives=_by_id(
            [
                model.Perspective(entry["id"], texts[f"perspective.{entry['id']}"])
                for entry in tables.settings.values.get("perspectives", [])
            ]
        ),
        places=shared.places,
        periods=tuple(_period(row, texts) for row in tables["periods"]),
        boundaries=tuple(_boundary(feature, shared) for feature in tables.features),
        statuses=tuple(_status(row, shared) for row in tables["statuses"]),
        events=_events(shared),
        sources=shared.sources,
        figures=tuple(_figure(row, shared) for row in tables["figures"]),
        notes=shared.notes,
        origins=_by_id([_origin(item) for item in tables.origins]),
        basemap=_basemap(tables),
        kind_names=texts.under("kind."),
        digest=tables.digest,
    )


def _by_id(records: list[Any]) -> Mapping[str, Any]:
    return MappingProxyType({record.id: record for record in records})


def _shared(tables: AtlasTables, texts: Texts) -> _Shared:
    sources = _by_id([_source(item) for item in tables.sources])
    found: dict[tuple[str, str], list[model.Citation]] = defaultdict(list)
    for row in tables["citations"]:
        for subject in SUBJECTS:
            if row[subject]:
                found[subject, row[subject]].append(_citation(row, sources))
    citations = {key: tuple(cited) for key, cited in found.items()}
    notes = [
        model.Note(
            row["id"],
            texts[f"note.{row['id']}"],
            row["category"],
            row["confidence"],
            citations.get(("note_id", row["id"]), ()),
        )
        for row in tables["notes"]
    ]
    places = [_place(row, texts) for row in tables["places"]]
    return _Shared(tables, texts, sources, citations, _by_id(notes), _by_id(places))


def _source(item: Item) -> model.Source:
    csl = {key: value for key, value in item.values.items() if key != "custom"}
    own: Mapping[str, Any] = item.values.get("custom", {})
    numbers = {str(name): str(number) for name, number in own.get("list_numbers", {}).items()}
    return model.Source(
        id=csl["id"],
        csl=MappingProxyType(csl),
        perspective_id=own["perspective"],
        number_in_text=str(own.get("number_in_text") or ""),
        list_numbers=MappingProxyType(numbers),
        confidence=str(own.get("confidence") or ""),
        confidence_reason=str(own.get("confidence_reason") or ""),
        note=str(own.get("note") or ""),
    )


def _citation(row: Row, sources: Mapping[str, model.Source]) -> model.Citation:
    return model.Citation(
        id=row["id"],
        source=sources[row["source_id"]],
        role=row["role"],
        as_printed=row["as_printed"],
        locator=row["locator"],
        locator_confidence=row["locator_confidence"],
        quote=row["quote"],
        quote_lang=row["quote_lang"],
        quote_translation=row["quote_translation"],
        evidence=row["evidence"],
        note=row["note"],
    )


def _region(row: Row, shared: _Shared) -> model.Region:
    id = row["id"]
    names = [name for name in shared.tables["names"] if name["region_id"] == id]
    identifiers = {
        column: row[column]
        for column in ("geonames_id", "iso_3166_2", "wikidata", "id_confidence", "anchor_note")
        if row[column]
    }
    has_anchor = bool(row["anchor_lat"])
    return model.Region(
        id=id,
        kind=row["kind"],
        part_of=row["part_of"],
        predecessors=row.parts("predecessors"),
        names=tuple(
            model.Name(n["lang"], n["form"], n["used_by"], n["span"], n["main"] == "true")
            for n in names
        ),
        anchor=(float(row["anchor_lon"]), float(row["anchor_lat"])) if has_anchor else None,
        identifiers=MappingProxyType(identifiers),
        article_says=row["article_says"],
        administration=row["administration"],
        note=row["note"],
        notes=shared.notes_on("region_id", id),
        citations=shared.cited("region_id", id),
    )


def _polity(row: Row, texts: Texts) -> model.Polity:
    return model.Polity(row["id"], texts[f"polity.{row['id']}"], float(row["hue"]), row["note"])


def _place(row: Row, texts: Texts) -> model.Place:
    return model.Place(
        id=row["id"],
        name=texts[f"place.{row['id']}"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        precision=row["precision"],
        region_id=row["region_id"],
    )


def dated(
    row: Row | Feature,
) -> tuple[model.Timespan, model.DateText, model.DateText | None]:
    """Read ``start``, ``end`` and their days from a row or a feature.

    Raises
    ------
    DateUnreadable
        As `maps.dates.span_between`.
    """
    start = parse_date_text(row["start"], row["start_day"])
    end = parse_date_text(row["end"], row["end_day"]) if row["end"] else None
    return span_between(start, end), start, end


def _period(row: Row, texts: Texts) -> model.Period:
    return model.Period(
        row["id"],
        texts[f"period.{row['id']}"],
        *dated(row),
        lane=int(row["lane"] or 0),
        event_ids=row.parts("event_ids"),
    )


def _boundary(feature: Feature, shared: _Shared) -> model.Boundary:
    span, start, end = dated(feature)
    return model.Boundary(
        id=feature["id"],
        region_id=feature["region"],
        layer=feature.layer,
        span=span,
        start=start,
        end=end,
        geometry=feature.geometry or Polygon(),  # never empty once checked
        precision=feature["precision"],
        origin_ids=tuple(feature.properties.get("origins") or ()),
        contested=bool(feature.properties.get("contested")),
        note=feature["note"],
        citations=shared.cited("boundary_id", feature["id"]),
    )


def _status(row: Row, shared: _Shared) -> model.Status:
    span, start, end = dated(row)
    return model.Status(
        id=row["id"],
        region_id=row["region_id"],
        span=span,
        start=start,
        end=end,
        dimension=row["dimension"],
        polity_id=row["polity_id"],
        perspective_id=row["perspective_id"],
        certainty=row["certainty"],
        evidence=row["evidence"],
        text=shared.texts[f"status.{row['id']}"],
        start_event_id=row["start_event_id"],
        end_event_id=row["end_event_id"],
        note=row["note"],
        citations=shared.cited("status_id", row["id"]),
    )


def _events(shared: _Shared) -> tuple[model.Event, ...]:
    regions: dict[str, list[str]] = defaultdict(list)
    for row in shared.tables["event_regions"]:
        regions[row["event_id"]].append(row["region_id"])
    events = [_event(row, tuple(regions[row["id"]]), shared) for row in shared.tables["events"]]
    return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))


def _event(row: Row, region_ids: tuple[str, ...], shared: _Shared) -> model.Event:
    id = row["id"]
    when = parse_date_text(row["edtf"], row["start_day"])
    return model.Event(
        id=id,
        date=when,
        span=shown_span(when),
        title=shared.texts[f"event.{id}.title"],
        description=shared.texts[f"event.{id}.description"],
        kinds=row.parts("kinds"),
        layer=row["layer"],
        region_ids=region_ids,
        place=shared.places[row["place_id"]] if row["place_id"] else None,
        place_role=row["place_role"],
        place_as_printed=row["place_as_printed"],
        actors=row["actors"],
        date_status=row["date_status"],
        contested=row["contested"] == "true",
        corroboration=row["corroboration"],
        evidence=row["evidence"],
        cited_as_printed=row["cited_as_printed"],
        note=row["note"],
        citations=shared.cited("event_id", id),
        notes=shared.notes_on("event_id", id),
    )


def _figure(row: Row, shared: _Shared) -> model.Figure:
    return model.Figure(
        id=row["id"],
        region_id=row["region_id"],
        measure=row["measure"],
        value=float(row["value"]),
        unit=row["unit"],
        base=row["base"],
        date_text=row["date_text"],
        note=row["note"],
        citations=shared.cited("figure_id", row["id"]),
    )


def _origin(item: Item) -> model.Origin:
    wanted = ("id", "package", "version", "file", "sha256", "licence", "title", "credit", "note")
    return model.Origin(**{name: str(item.values.get(name, "")) for name in wanted})


def as_day(value: object) -> date:
    """Read a day of `atlas.toml`, written as a TOML date or as text.

    Raises
    ------
    DateUnreadable
        If it is neither.
    """
    return value if type(value) is date else parse_day(str(value))


def _settings(values: Mapping[str, Any], texts: Texts) -> model.Settings:
    west, south, east, north = (float(edge) for edge in values["extent"])
    layers = [
        model.Layer(
            entry["id"],
            texts[f"layer.{entry['id']}"],
            None if entry["hue"] < 0 else float(entry["hue"]),
            entry["order"],
        )
        for entry in values["layers"]
    ]
    return model.Settings(
        title=texts["atlas.title"],
        subtitle=texts["atlas.subtitle"],
        disclaimer=texts["atlas.disclaimer"],
        cutoff=texts["atlas.cutoff"],
        version=str(values["version"]),
        licence=str(values["licence"]),
        first_day=as_day(values["first_day"]),
        last_day=as_day(values["last_day"]),
        opening_day=as_day(values["opening_day"]),
        extent=(west, south, east, north),
        languages=tuple(values["languages"]),
        name_languages=tuple(values["name_languages"]),
        modes=tuple(
            model.Mode(entry["id"], tuple(entry["layers"]), entry["colour_by"])
            for entry in values["modes"]
        ),
        layers=tuple(layers),
        attribution=_lines(values.get("attribution", [])),
    )


def _lines(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(line) for line in value)  # type: ignore[attr-defined]


def _basemap(tables: AtlasTables) -> model.Basemap:
    values = tables.basemap.values
    relief = values.get("relief", "")
    west, south, east, north = values.get("relief_extent", (0, 0, 0, 0))
    return model.Basemap(
        relief=str(tables.folder / "basemap" / relief) if relief else "",
        relief_extent=(float(west), float(south), float(east), float(north)),
        **tables.ground,
    )
