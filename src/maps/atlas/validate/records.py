"""Single rows, features and items to records; they have been checked before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from shapely import Polygon

from maps.atlas import model
from maps.atlas.dates import parse_date_text, shown_span
from maps.atlas.load import AtlasTables, Feature, Item, Row
from maps.atlas.validate.spans import dated
from maps.atlas.validate.texts import Texts


@dataclass(frozen=True)
class Shared:
    """What the records of several tables point at."""

    tables: AtlasTables
    texts: Texts
    sources: Mapping[str, model.Source]
    citations: Mapping[tuple[str, str], tuple[model.Citation, ...]]  # (subject column, id)
    notes: Mapping[str, model.Note]
    places: Mapping[str, model.Place]

    def cited(self, subject: str, id: str) -> tuple[model.Citation, ...]:
        """Give the citations for one subject, in the order of the file."""
        return self.citations.get((subject, id), ())

    def notes_on(self, subject: str, id: str) -> tuple[model.Note, ...]:
        """Give the notes on one event or region, in the order of the file."""
        rows = self.tables["note_subjects"]
        return tuple(self.notes[row["note_id"]] for row in rows if row[subject] == id)


def citation_of(row: Row, sources: Mapping[str, model.Source]) -> model.Citation:
    """Make a citation; its source is looked up."""
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


def region_of(row: Row, shared: Shared) -> model.Region:
    """Make a region with its names, notes and citations."""
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
        shown_on=row.parts("shown_on"),
    )


def polity_of(row: Row, texts: Texts) -> model.Polity:
    """Make a polity."""
    return model.Polity(row["id"], texts[f"polity.{row['id']}"], float(row["hue"]), row["note"])


def place_of(row: Row, texts: Texts) -> model.Place:
    """Make a place."""
    return model.Place(
        id=row["id"],
        name=texts[f"place.{row['id']}"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        precision=row["precision"],
        region_id=row["region_id"],
    )


def period_of(row: Row, texts: Texts) -> model.Period:
    """Make a period."""
    return model.Period(
        row["id"],
        texts[f"period.{row['id']}"],
        *dated(row),
        lane=int(row["lane"] or 0),
        event_ids=row.parts("event_ids"),
    )


def boundary_of(feature: Feature, shared: Shared) -> model.Boundary:
    """Make a boundary; its layer is the file it stands in."""
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


def status_of(row: Row, shared: Shared) -> model.Status:
    """Make a status."""
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


def events_of(shared: Shared) -> tuple[model.Event, ...]:
    """Make all events, in order of their first day, then of their id."""
    regions: dict[str, list[str]] = defaultdict(list)
    for row in shared.tables["event_regions"]:
        regions[row["event_id"]].append(row["region_id"])
    events = [event_of(row, tuple(regions[row["id"]]), shared) for row in shared.tables["events"]]
    return tuple(sorted(events, key=lambda event: (event.span.start, event.id)))


def event_of(row: Row, region_ids: tuple[str, ...], shared: Shared) -> model.Event:
    """Make an event that concerns the regions given."""
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


def figure_of(row: Row, shared: Shared) -> model.Figure:
    """Make a published number."""
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
        numerator=float(row["numerator"]) if row["numerator"] else None,
        denominator=float(row["denominator"]) if row["denominator"] else None,
    )


def origin_of(item: Item) -> model.Origin:
    """Make the record of an upstream file."""
    wanted = ("id", "package", "version", "file", "sha256", "licence", "title", "credit", "note")
    return model.Origin(**{name: str(item.values.get(name, "")) for name in wanted})
