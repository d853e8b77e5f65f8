"""The rule that law does not follow force: what a capture changes is control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from maps.atlas.check.inventory import Inventory
from maps.atlas.dates import parse_date_text
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import Date
from maps.errors import DateUnreadable, Problem

# What a legal title, a claim to one and its recognition by others rest on.
_OF_LAW = ("de-jure", "claim", "recognition")
# An event of these kinds and no other changes who holds land, not whose it is.
_OF_FORCE = frozenset(("battle", "capture", "handover", "invasion", "military", "war"))
# Types of sources (CSL) that are acts of law themselves.
_ACTS = ("legislation", "regulation", "treaty", "legal_case")


class _Force(NamedTuple):
    """The events of nothing but force: by id, and by a region they concern and a day."""

    ids: frozenset[str]
    on: Mapping[tuple[str, Date], str]


def check_law(inventory: Inventory) -> Iterator[Problem]:
    """Check that a status of law which begins or ends with a capture cites an act of law."""
    tables = inventory.tables
    force = _events_of_force(tables)
    acts = {str(item.values["id"]) for item in tables.sources if _is_act(item.values)}
    lawful = {row["status_id"] for row in tables["citations"] if row["source_id"] in acts}
    for row in tables["statuses"]:
        if row["dimension"] not in _OF_LAW or row["id"] in lawful:
            continue
        for side in ("start", "end"):
            named, day = row[f"{side}_event_id"], _day(row, side)
            if named in force.ids:
                field, event = f"{side}_event_id", named
            else:
                field, event = side, force.on.get((row["region_id"], day), "") if day else ""
            if event:
                message = (
                    f"{row['dimension']} {side}s with '{event}', an event of nothing but force; "
                    f"cite the act of law that says so (a source of type {', '.join(_ACTS)}), "
                    "or let the row run on: who held the land is a status of its own"
                )
                yield row.problem(field, "law-after-force", message)


def _is_act(source: Mapping[str, object]) -> bool:
    return "id" in source and source.get("type") in _ACTS


def _events_of_force(tables: AtlasTables) -> _Force:
    regions: defaultdict[str, list[str]] = defaultdict(list)
    for row in tables["event_regions"]:
        regions[row["event_id"]].append(row["region_id"])
    ids = set()
    on: dict[tuple[str, Date], str] = {}
    for event in tables["events"]:
        kinds = event.parts("kinds")
        if not kinds or not _OF_FORCE.issuperset(kinds):
            continue
        ids.add(event["id"])
        try:
            when = parse_date_text(event["edtf"], event["start_day"])
        except DateUnreadable:
            continue  # reported with the days
        for day in (when.used, when.latest):
            if day is not None:
                on.update(((region, day), event["id"]) for region in regions[event["id"]])
    return _Force(frozenset(ids), on)


def _day(row: Row, side: str) -> Date | None:
    """Give the day on which a status starts or ends; None where it has none that can be read."""
    try:
        return parse_date_text(row[side], row[f"{side}_day"]).used
    except DateUnreadable:
        return None  # open, or reported with the days
