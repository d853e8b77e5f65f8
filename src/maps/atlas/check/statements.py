"""Rules for what is said of a region: it fits its events, itself, and leaves no gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from maps.atlas.check.inventory import Inventory, atlas_days
from maps.atlas.check.relations import regions_above
from maps.atlas.dates import dated, parse_date_text, parse_day
from maps.atlas.load import AtlasTables, Feature, Row
from maps.atlas.model import Date, DateText, Timespan
from maps.errors import DateUnreadable, Problem

# Two drafts may be before a congress on one day; of the rest one excludes the other.
_BESIDE_EACH_OTHER = "proposed"
_CONTROL, _PIECES = "de-facto", "control"  # a dimension, and the layer it colours


class _Said(NamedTuple):
    row: Row
    span: Timespan


def check_events_of_statuses(inventory: Inventory) -> Iterator[Problem]:
    """Check that a status starts and ends on a day on which its event may have been."""
    tables = inventory.tables
    events = {row["id"]: row for row in tables["events"]}
    others: dict[str, list[Date]] = defaultdict(list)
    for given in tables["event_dates"]:
        try:
            others[given["event_id"]].append(parse_day(given["edtf"]))
        except DateUnreadable:
            continue  # reported with what is contested
    for row in tables["statuses"]:
        for side in ("start", "end"):
            event = events.get(row[f"{side}_event_id"])
            if event is None:
                continue
            if not row[side]:
                message = f"'{event['id']}' ended nothing: {side} is empty; fill it or empty this"
                yield row.problem(f"{side}_event_id", "event-off-day", message)
                continue
            try:
                said = parse_date_text(row[side], row[f"{side}_day"])
                when = parse_date_text(event["edtf"], event["start_day"])
            except DateUnreadable:
                continue  # reported with the days
            if not any(_may_be(said, day, day) for day in others[event["id"]]) and not _may_be(
                said, when.earliest, when.latest
            ):
                message = (
                    f"'{event['id']}' was {event['edtf']}, the {side} is {row[side]}; "
                    "name the event of that day, or correct one of the two"
                )
                yield row.problem(f"{side}_event_id", "event-off-day", message)


def check_tellers(inventory: Inventory) -> Iterator[Problem]:
    """Check that no teller is certain of two polities in one dimension of a region on one day.

    A region may be held by two where its pieces are: then each has its own.
    """
    tables = inventory.tables
    said: defaultdict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    for row, span in _dated(tables):
        certain = row["certainty"] == "certain" and row["dimension"] != _BESIDE_EACH_OTHER
        if certain and row["polity_id"]:
            key = row["region_id"], row["dimension"], row["perspective_id"]
            said[key].append(_Said(row, span))
    held_below: Mapping[str, list[_Said]] | None = None
    for (region, dimension, teller), statements in said.items():
        for one, other in combinations(statements, 2):
            if one.row["polity_id"] == other.row["polity_id"] or not one.span.overlaps(other.span):
                continue
            if dimension == _CONTROL:
                held_below = _held_below(inventory) if held_below is None else held_below
                if _is_divided(one, other, held_below.get(region, [])):
                    continue
            message = (
                f"'{teller}' gives '{region}' to '{other.row['polity_id']}', and on the same days "
                f"to '{one.row['polity_id']}' ('{one.row['id']}'), both as certain; correct one, "
                "or say which is contested"
            )
            yield other.row.problem("polity_id", "teller-contradicts", message)


def check_unknown(inventory: Inventory) -> Iterator[Problem]:
    """Check that control is not contested between nobody: not known is a state of its own."""
    for row in inventory.tables["statuses"]:
        nobody = row["dimension"] == _CONTROL and not row["polity_id"]
        if nobody and row["certainty"] == "contested":
            message = (
                "is 'contested', and no polity is named, which says that it is not known who "
                "held the land; give each side a row, or write 'approximate'"
            )
            yield row.problem("certainty", "unknown-contested", message)


def check_gaps(inventory: Inventory) -> Iterator[Problem]:
    """Check that a piece of land which somebody held has a statement for the days after.

    A de-facto status without a polity declares that nobody is said to have held it.
    """
    tables = inventory.tables
    _, last = atlas_days(tables)
    above = regions_above(inventory)
    said: defaultdict[str, list[_Said]] = defaultdict(list)
    for row, span in _dated(tables):
        if row["dimension"] == _CONTROL:
            said[row["region_id"]].append(_Said(row, span))
    left: dict[int, tuple[Row, Date, list[str]]] = {}
    for feature in tables.features:
        days = _span(feature) if feature.layer == _PIECES else None
        if days is None:
            continue
        region = feature["region"]
        chain = [s for id in (region, *above.get(region, ())) for s in said.get(id, ())]
        for end in _uncovered(chain, days, last):
            row = next(s.row for s in chain if s.span.end == end)
            left.setdefault(row.line, (row, end, []))[2].append(region)
    for row, end, pieces in left.values():
        several = f" and {len(pieces) - 1} more" if len(pieces) > 1 else ""
        message = (
            f"from {end} nobody is said to hold '{pieces[0]}'{several}; add the status that "
            "follows, or one without a polity to say that none is known"
        )
        yield row.problem("end", "control-gap", message)


def _may_be(said: DateText, earliest: Date | None, latest: Date | None) -> bool:
    """Tell whether the days a date may mean and some other days have one in common."""
    begins = earliest is None or said.latest is None or earliest <= said.latest
    return begins and (latest is None or said.earliest is None or said.earliest <= latest)


def _span(row: Row | Feature) -> Timespan | None:
    try:
        return dated(row)[0]
    except DateUnreadable:
        return None  # reported with the days


def _dated(tables: AtlasTables) -> Iterator[tuple[Row, Timespan]]:
    for row in tables["statuses"]:
        if span := _span(row):
            yield row, span


def _held_below(inventory: Inventory) -> Mapping[str, list[_Said]]:
    """Map each region to the statements on who held what is part of it."""
    above = regions_above(inventory)
    held: defaultdict[str, list[_Said]] = defaultdict(list)
    for row, span in _dated(inventory.tables):
        if row["dimension"] == _CONTROL and row["polity_id"]:
            for region in above.get(row["region_id"], ()):
                held[region].append(_Said(row, span))
    return held


def _is_divided(one: _Said, other: _Said, below: list[_Said]) -> bool:
    named = {
        s.row["polity_id"]
        for s in below
        if s.span.overlaps(one.span) and s.span.overlaps(other.span)
    }
    return {one.row["polity_id"], other.row["polity_id"]} <= named


def _uncovered(chain: list[_Said], span: Timespan, last: Date) -> Iterator[Date]:
    """Give each day after the first of a span on which some statements leave a gap."""
    held_until: Date | None = None
    for said in [*sorted(chain, key=lambda said: said.span.start), None]:
        gap = held_until and (said is None or said.span.start > held_until)
        if gap and held_until and span.start < held_until < last and held_until in span:
            yield held_until
        if said is None or said.span.end is None:
            return
        held_until = max(held_until or said.span.end, said.span.end)
