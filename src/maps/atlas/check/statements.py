"""Rules for what is said of a region: it fits its events, itself, and leaves no gap.

Law does not follow force, since what a capture changes is control; and an area drawn across
the pieces of land does not say otherwise than they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import shapely

from maps.atlas.check.geography import drawn
from maps.atlas.check.inventory import Inventory, atlas_days, by_key, date_of, day_of, span_of
from maps.atlas.check.settings import PIECES
from maps.atlas.dates import parse_day
from maps.atlas.load import AtlasTables, Row
from maps.atlas.model import CONTROL, Date, Timespan
from maps.errors import DateUnreadable, Problem

_Said = tuple[Row, Timespan]  # a statement and the days on which it holds

# Two drafts may be before a congress on one day; of the rest one excludes the other.
_BESIDE_EACH_OTHER = "proposed"
_INSIDE = 0.5  # of a piece: what lies inside by less is the work of two lines drawn apart
# What a legal title, a claim to one and its recognition by others rest on.
_OF_LAW = ("de-jure", "claim", "recognition")
# An event of these kinds and no other changes who holds land, not whose it is.
_OF_FORCE = frozenset(("battle", "capture", "handover", "invasion", "military", "war"))
# Types of sources (CSL) that are acts of law themselves.
_ACTS = ("legislation", "regulation", "treaty", "legal_case")


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
            said = date_of(row, side, f"{side}_day")
            when = date_of(event, "edtf", "start_day")
            if said is None or when is None:
                continue
            # None is an open side: it reaches as far as is asked.
            may_be = [(when.earliest, when.latest), *((day, day) for day in others[event["id"]])]
            if not any(
                (said.latest is None or earliest is None or earliest <= said.latest)
                and (said.earliest is None or latest is None or said.earliest <= latest)
                for earliest, latest in may_be
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
    said = by_key(
        ((row["region_id"], row["dimension"], row["perspective_id"]), (row, span))
        for row, span in _dated(inventory.tables)
        if row["certainty"] == "certain" and row["polity_id"]
    )
    control = _on_control(inventory.tables)
    held_below = by_key(
        (above, each)
        for region, statements in control.items()
        for above in inventory.above[region]
        for each in statements
    )
    for (region, dimension, teller), statements in said.items():
        if dimension == _BESIDE_EACH_OTHER:
            continue
        for (one, span), (other, later) in combinations(statements, 2):
            both = {one["polity_id"], other["polity_id"]}
            if len(both) == 1 or not span.overlaps(later):
                continue
            below = {
                row["polity_id"]
                for row, days in held_below[region]
                if days.overlaps(span) and days.overlaps(later)
            }
            if dimension == CONTROL and both <= below:
                continue
            message = (
                f"'{teller}' gives '{region}' to '{other['polity_id']}', and on the same days "
                f"to '{one['polity_id']}' ('{one['id']}'), both as certain; correct one, "
                "or say which is contested"
            )
            yield other.problem("polity_id", "teller-contradicts", message)


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
        days = span_of(feature) if feature.layer == PIECES else None
        if days is None:
            continue
        region = feature["region"]
        chain = [s for id in (region, *inventory.above[region]) for s in said.get(id, ())]
        for end in _ends(chain):
            if days.start < end < last and end in days:
                row = next(row for row, span in chain if span.end == end)
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
    regions = by_key((row["event_id"], row["region_id"]) for row in tables["event_regions"])
    of_force: set[str] = set()
    on: dict[tuple[str, Date | None], str] = {}  # by a region such an event concerns, and its day
    for event in tables["events"]:
        kinds = event.parts("kinds")
        if kinds and _OF_FORCE.issuperset(kinds):
            of_force.add(event["id"])
            when = date_of(event, "edtf", "start_day")
            for day in {when.used, when.latest} - {None} if when else ():
                on.update(((region, day), event["id"]) for region in regions[event["id"]])
    acts = {str(s.values.get("id")) for s in tables.sources if s.values.get("type") in _ACTS}
    lawful = {row["status_id"] for row in tables["citations"] if row["source_id"] in acts}
    for row in tables["statuses"]:
        if row["dimension"] not in _OF_LAW or row["id"] in lawful:
            continue
        for side in ("start", "end"):
            field, named = f"{side}_event_id", row[f"{side}_event_id"]
            if named not in of_force:
                day = day_of(row, side, f"{side}_day")
                field, named = side, on.get((row["region_id"], day), "")
            if named:
                message = (
                    f"{row['dimension']} {side}s with '{named}', an event of nothing but force; "
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
    zones = [each for each in drawn(inventory) if each.feature.layer in shown - {PIECES}]
    pieces = [each for each in drawn(inventory) if each.feature.layer == PIECES]
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
            spans = [s for id in (zone["region"], *chain) for _, s in said.get(id, ())]
            turns = {zone_span.start, piece_span.start, *(span.start for span in spans)}
            turns.update(span.end for span in spans if span.end is not None)
            for day in sorted(d for d in turns if d in zone_span and d in piece_span):
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


def _dated(tables: AtlasTables) -> Iterator[_Said]:
    return ((row, span) for row in tables["statuses"] if (span := span_of(row)))


def _on_control(tables: AtlasTables) -> Mapping[str, list[_Said]]:
    """Map each region to the statements on who held it."""
    dated = _dated(tables)
    return by_key((row["region_id"], (row, s)) for row, s in dated if row["dimension"] == CONTROL)


def _ends(chain: Iterable[_Said]) -> Iterator[Date]:
    """Give each day from which on no statement holds, or none until a later one begins."""
    held_until: Date | None = None
    for span in sorted((span for _, span in chain), key=lambda span: span.start):
        if held_until is not None and span.start > held_until:
            yield held_until
        if span.end is None:
            return
        held_until = span.end if held_until is None else max(held_until, span.end)
    if held_until is not None:
        yield held_until


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
