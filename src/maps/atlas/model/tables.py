"""Which tables an atlas has, and the record that a row of each becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from maps.atlas.model import records
from maps.atlas.model.columns import Column, columns_of


@dataclass(frozen=True)
class EventRegion:
    """A region that an event concerns."""

    event_id: Annotated[str, Column(required=True, refers="events")]
    region_id: Annotated[str, Column(required=True, refers="regions")]


@dataclass(frozen=True)
class NoteSubject:
    """What a note is about; where all three are empty, the main source as a whole."""

    note_id: Annotated[str, Column(required=True, refers="notes")]
    event_id: Annotated[str, Column("one of the three at most", refers="events")] = ""
    region_id: Annotated[str, Column(refers="regions")] = ""
    source_id: Annotated[str, Column(refers="sources")] = ""


@dataclass(frozen=True)
class PointSubject:
    """What a contested point is about; several rows a point."""

    point_id: Annotated[str, Column(required=True, refers="points")]
    event_id: Annotated[str, Column("exactly one of the three", refers="events")] = ""
    status_id: Annotated[str, Column(refers="statuses")] = ""
    region_id: Annotated[str, Column(refers="regions")] = ""


@dataclass(frozen=True)
class TextRow:
    """A text in one language."""

    key: Annotated[str, Column(required=True)]
    text: Annotated[str, Column()] = ""


TABLES: Mapping[str, type] = {
    "regions": records.Region,
    "names": records.Name,
    "polities": records.Polity,
    "places": records.Place,
    "periods": records.Period,
    "statuses": records.Status,
    "events": records.Event,
    "event_regions": EventRegion,
    "citations": records.Citation,
    "figures": records.Figure,
    "notes": records.Note,
    "note_subjects": NoteSubject,
    "points": records.Point,
    "point_subjects": PointSubject,
    "accounts": records.Account,
    "chains": records.ChainLink,
    "event_dates": records.AlternativeDate,
}
# An atlas in which nothing is contested yet can do without these.
OPTIONAL_TABLES = ("points", "point_subjects", "accounts", "chains", "event_dates")
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    name: columns_of(record) for name, record in TABLES.items()
}


@cache
def subjects_of(record: type) -> Mapping[str, str]:
    """Map each table that a citation, an account or a subject may be about to its column."""
    columns = (c for c in columns_of(record) if c.refers and not c.required)
    return {column.refers: column.name for column in columns}
