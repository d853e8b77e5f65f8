"""Rules for what is said of a region: it fits its events, itself, and leaves no gap.

Law does not follow force, since what a capture changes is control; and an area drawn across
the pieces of land does not say otherwise than they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import shapely

from maps.atlas.check.geography import drawn
from maps.atlas.check.inventory import Inventory, atlas_days, span_of
from maps.atlas.dates import parse_date_text, parse_day
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import CONTROL, Date, DateText, Timespan
from maps.errors import DateUnreadable, Problem

# Two drafts may be before a congress on one day; of the rest one excludes the other.
_BESIDE_EACH_OTHER = "proposed"
_PIECES = "control"  # the layer that control colours, docs/data-model.md
_INSIDE = 0.5  # of a piece: what lies inside by less is the work of two lines drawn apart
# What a legal title, a claim to one and its recognition by others rest on.
_OF_LAW = ("de-jure", "claim", "recognition")
# An event of these kinds and no other changes who holds land, not whose it is.
_OF_FORCE = frozenset(("battle", "capture", "handover", "invasion", "military", "war"))
# Types of sources (CSL) that are acts of law themselves.
_ACTS = ("legislation", "regulation", "treaty", "legal_case")


class _Said(NamedTuple):
    """A statement and the days on which it holds."""

    row: Row
    span: Timespan


class _Force(NamedTuple):
    """The events of nothing but force: by id, and by a region they concern and a day."""

    ids: frozenset[str]
    on: Mapping[tuple[str, Date], str]


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
    for each in _dated(tables):
        row = each.row
        certain = row["certainty"] == "certain" and row["dimension"] != _BESIDE_EACH_OTHER
        if certain and row["polity_id"]:
            key = row["region_id"], row["dimension"], row["perspective_id"]
            said[key].append(each)
    held_below: Mapping[str, list[_Said]] | None = None
    for (region, dimension, teller), statements in said.items():
        for one, other in combinations(statements, 2):
            if one.row["polity_id"] == other.row["polity_id"] or not one.span.overlaps(other.span):
                continue
            if dimension == CONTROL:
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
        nobody = row["dimension"] == CONTROL and not row["polity_id"]
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
    said = _on_control(tables)
    left: dict[int, tuple[Row, Date, list[str]]] = {}
    for feature in tables.features:
        days = span_of(feature) if feature.layer == _PIECES else None
        if days is None:
            continue
        region = feature["region"]
        chain = [s for id in (region, *inventory.above[region]) for s in said.get(id, ())]
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


def check_law(inventory: Inventory) -> Iterator[Problem]:
    """Check that a status of law which begins or ends with a capture cites an act of law."""
    tables = inventory.tables
    force = _events_of_force(tables)
    acts = {
        str(item.values["id"])
        for item in tables.sources
        if "id" in item.values and item.values.get("type") in _ACTS
    }
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


def check_zones(inventory: Inventory) -> Iterator[Problem]:
    """Check that who held a zone held the pieces inside, where both name somebody.

    Zones are the boundaries that a mode of control shows beside the pieces. One of the
    two statements may be marked contested. A piece that is part of the region has its own
    statements before those of the whole, so that nothing is said twice.
    """
    tables = inventory.tables
    modes = tables.settings.values["modes"]
    shown = {layer for mode in modes if mode["colour_by"] == "control" for layer in mode["layers"]}
    zones = [each for each in drawn(inventory) if each.feature.layer in shown - {_PIECES}]
    pieces = [each for each in drawn(inventory) if each.feature.layer == _PIECES]
    said = _on_control(tables)
    tree = shapely.STRtree([piece.ground for piece in pieces])
    for zone, zone_ground, zone_span in zones:
        shapely.prepare(zone_ground)
        for place in sorted(tree.query(zone_ground, "intersects")):
            piece, piece_ground, piece_span = pieces[place]
            chain = (piece["region"], *inventory.above[piece["region"]])
            if zone["region"] in chain or not zone_span.overlaps(piece_span):
                continue
            if not zone_ground.covers(piece_ground):  # a quick answer, of most pieces
                shared = piece_ground.intersection(zone_ground)
                if shared.area <= _INSIDE * piece_ground.area:
                    continue
            for day in _days(zone_span, piece_span, said, (zone["region"], *chain)):
                held = _named(said, (zone["region"],), day)
                inside = _named(said, chain, day)
                others = {row["polity_id"] for row in inside}
                if held and inside and others.isdisjoint(row["polity_id"] for row in held):
                    message = (
                        f"holds '{zone['region']}', and on {day} '{inside[0]['polity_id']}' holds "
                        f"'{piece['region']}' inside it ('{inside[0]['id']}'); draw the zone "
                        "without it, end one of the two, or mark one as contested"
                    )
                    yield held[0].problem("polity_id", "control-contradicts", message)
                    break


def _may_be(said: DateText, earliest: Date | None, latest: Date | None) -> bool:
    """Tell whether the days a date may mean and some other days have one in common."""
    begins = earliest is None or said.latest is None or earliest <= said.latest
    return begins and (latest is None or said.earliest is None or said.earliest <= latest)


def _dated(tables: AtlasTables) -> Iterator[_Said]:
    for row in tables["statuses"]:
        if span := span_of(row):
            yield _Said(row, span)


def _on_control(tables: AtlasTables) -> Mapping[str, list[_Said]]:
    """Map each region to the statements on who held it."""
    said: defaultdict[str, list[_Said]] = defaultdict(list)
    for each in _dated(tables):
        if each.row["dimension"] == CONTROL:
            said[each.row["region_id"]].append(each)
    return said


def _held_below(inventory: Inventory) -> Mapping[str, list[_Said]]:
    """Map each region to the statements on who held what is part of it."""
    held: defaultdict[str, list[_Said]] = defaultdict(list)
    for region, statements in _on_control(inventory.tables).items():
        for above in inventory.above[region]:
            held[above] += (said for said in statements if said.row["polity_id"])
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


def _days(
    zone: Timespan, piece: Timespan, said: Mapping[str, list[_Said]], regions: tuple[str, ...]
) -> list[Date]:
    """List the days on which something begins, while both are drawn."""
    begins = {span.start for region in regions for _, span in said.get(region, ())}
    begins |= {span.end for region in regions for _, span in said.get(region, ()) if span.end}
    both = (day for day in {zone.start, piece.start, *begins} if day in zone and day in piece)
    return sorted(both)


def _named(said: Mapping[str, list[_Said]], chain: tuple[str, ...], day: Date) -> list[Row]:
    """List the statements that count for the first region of a chain and name a polity.

    None where one of them is contested: it is marked that others say otherwise.
    """
    for region in chain:
        if counting := [row for row, span in said.get(region, ()) if day in span]:
            if any(row["certainty"] == "contested" for row in counting):
                return []
            return [row for row in counting if row["polity_id"]]
    return []
