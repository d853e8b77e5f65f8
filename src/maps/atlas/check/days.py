"""Rules for dates: readable, in order, inside the atlas; and for accounts, chains, further days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from maps.atlas.check.inventory import (
    Inventory,
    Key,
    atlas_days,
    by_key,
    day_of,
    outside,
    repeated,
    span_of,
)
from maps.atlas.dates import parse_date_text, parse_day
from maps.atlas.load import Feature, Row
from maps.atlas.model import UNSOURCED_STANCES, Date, Timespan
from maps.atlas.model.columns import WHOLE
from maps.errors import DateUnreadable, Problem

Dated = Row | Feature


def check_spans(inventory: Inventory) -> Iterator[Problem]:
    """Check start and end of periods, statuses and boundaries."""
    rows: list[Dated] = [*inventory.rows("periods"), *inventory.rows("statuses")]
    for row in [*rows, *inventory.tables.features]:
        yield from _span_faults(row)


def check_event_days(inventory: Inventory) -> Iterator[Problem]:
    """Check that each event has a day, and that it lies inside the atlas."""
    for row in inventory.tables["events"]:
        faults = list(_date_faults(row, "edtf", "start_day"))
        yield from faults
        day = None if faults else day_of(row, "edtf", "start_day")
        if day is not None and (message := outside(inventory.tables, day)):
            yield row.problem("edtf", "day-outside", message)


def check_name_days(inventory: Inventory) -> Iterator[Problem]:
    """Check that the span of a name is EDTF."""
    for row in inventory.tables["names"]:
        if row["span"]:
            yield from (p for p in _date_faults(row, "span") if p.rule == "date-unreadable")


def check_lanes(inventory: Inventory) -> Iterator[Problem]:
    """Check that no two periods of one lane hold on the same day."""
    lanes = ((row["lane"] or "0", row) for row in inventory.tables["periods"])
    for lane, one, other, days in _overlapping(lanes):
        message = f"shares days with '{one['id']}' ({days}) in lane {lane}; use another lane"
        yield other.problem("lane", "lane-overlap", message)


def check_versions(inventory: Inventory) -> Iterator[Problem]:
    """Check that no region has two boundaries in one layer on the same day."""
    versions = (((f.layer, f["region"]), f) for f in inventory.tables.features)
    for (layer, region), one, other, days in _overlapping(versions):
        message = (
            f"region '{region}' already has the boundary '{one['id']}' in layer "
            f"'{layer}' on these days ({days}); let one end where the other starts"
        )
        yield other.problem("start", "boundary-overlap-in-time", message)


def check_inside_atlas(inventory: Inventory) -> Iterator[Problem]:
    """Check that periods, statuses and boundaries hold on some day of the atlas."""
    tables = inventory.tables
    first, last = atlas_days(tables)
    for row in (*tables["periods"], *tables["statuses"], *tables.features):
        span = span_of(row)
        if span and (span.start > last or (span.end is not None and span.end <= first)):
            message = f"holds on no day of the atlas, which runs from {first} to {last}"
            yield row.problem("start", "day-outside", message)


def check_accounts(inventory: Inventory) -> Iterator[Problem]:
    """Check that each account rests on something where it says anything, on days that there are."""
    spans = {row["id"]: span_of(row) for row in inventory.tables["statuses"]}
    for row in inventory.tables["accounts"]:
        if not row["evidence"] and row["stance"] not in UNSOURCED_STANCES:
            message = f"is empty; only {' and '.join(UNSOURCED_STANCES)} rest on nothing"
            yield row.problem("evidence", "cell-empty", message)
        yield from _account_day_faults(row, spans.get(row["status_id"]))


def check_chains(inventory: Inventory) -> Iterator[Problem]:
    """Check that a chain has each step and each event once."""
    rows = inventory.tables["chains"].rows
    steps = [((r["chain_id"], int(r["step"])), r) for r in rows if WHOLE.fullmatch(r["step"])]
    for (_, number), row in steps:
        if number < 1:
            yield row.problem("step", "step-range", f"{number} is no step; they run from 1")
    for (chain, number), row, first in repeated(steps):
        if number >= 1:
            message = f"{number} is already a step of '{chain}', in row {first.line}; number anew"
            yield row.problem("step", "step-twice", message)
    events = (((r["chain_id"], r["event_id"]), r) for r in rows if r["event_id"])
    for (chain, event), row, first in repeated(events):
        message = f"'{event}' is already in '{chain}', in row {first.line}; delete one"
        yield row.problem("event_id", "chain-event-twice", message)


def check_event_dates(inventory: Inventory) -> Iterator[Problem]:
    """Check the days given for an event, of which one is the day the map turns on."""
    given: dict[str, dict[Date, int]] = defaultdict(dict)
    unread: set[str] = set()
    for row in inventory.tables["event_dates"]:
        event = row["event_id"]
        try:
            day = parse_day(row["edtf"])
        except DateUnreadable as error:
            unread.add(event)
            if row["edtf"]:  # an empty one is reported with the columns
                yield row.problem("edtf", "date-unreadable", str(error))
            continue
        if message := outside(inventory.tables, day):
            yield row.problem("edtf", "day-outside", message)
        line = given[event].setdefault(day, row.line)
        if line != row.line:
            message = f"{day} is already given for '{event}', in row {line}; cite it twice there"
            yield row.problem("edtf", "day-twice", message)
    for row in inventory.tables["events"]:
        days = given.get(row["id"])
        used = day_of(row, "edtf", "start_day")
        if days and row["id"] not in unread and used is not None and used not in days:
            listed = ", ".join(map(str, sorted(days)))
            message = f"{used} is not among the days of event_dates.csv ({listed}); add it there"
            yield row.problem("edtf", "day-unlisted", message)


def _overlapping(
    keyed: Iterable[tuple[Key, Dated]],
) -> Iterator[tuple[Key, Dated, Dated, str]]:
    """Find what shares days with another of its key: the key, both by their start, the days."""
    spans = ((key, (row, span)) for key, row in keyed if (span := span_of(row)))
    for key, group in by_key(spans).items():
        group.sort(key=lambda pair: pair[1].start)
        for (one, span), (other, later) in combinations(group, 2):
            if span.overlaps(later):
                ends = [end for end in (span.end, later.end) if end is not None]
                yield key, one, other, f"{later.start} to {min(ends) if ends else 'open'}"


def _date_faults(row: Dated, field: str, day_field: str = "") -> Iterator[Problem]:
    text, named = row[field], row[day_field] if day_field else ""
    if not text:
        if named:
            message = f"names a day although {field} is empty; fill {field} or empty this"
            yield row.problem(day_field, "day-without-date", message)
        return
    try:
        when = parse_date_text(text)
    except DateUnreadable as error:
        yield row.problem(field, "date-unreadable", str(error))
        return
    if not named:
        if when.used is None:
            advice = f"name one in {day_field}" if day_field else "write a day"
            yield row.problem(field, "date-open", f"'{text}' has no first day; {advice}")
        return
    rule = "date-unreadable"
    try:
        parse_day(named)
        rule = "day-outside"
        parse_date_text(text, named)
    except DateUnreadable as error:
        yield row.problem(day_field, rule, str(error))


def _span_faults(row: Dated) -> Iterator[Problem]:
    faults = [*_date_faults(row, "start", "start_day"), *_date_faults(row, "end", "end_day")]
    yield from faults
    start, end = (day_of(row, side, f"{side}_day") for side in ("start", "end"))
    if faults or start is None or end is None:
        return
    if end < start:
        message = f"{end} is before the start, {start}; exchange or correct them"
        yield row.problem("end", "end-before-start", message)
    elif end == start:
        message = (
            f"{end} is also the start, so it would hold on no day; "
            "the end is the first day it no longer holds"
        )
        yield row.problem("end", "span-empty", message)


def _account_day_faults(row: Row, span: Timespan | None) -> Iterator[Problem]:
    """Check ``start`` and ``end``, which narrow an account to some of a status's days."""
    faults: list[Problem] = []
    for field in ("start", "end"):
        of_date = list(_date_faults(row, field))
        if row[field] and not of_date and not row["status_id"]:
            message = f"'{row[field]}' narrows no status; only an account of a status has days"
            of_date.append(row.problem(field, "days-without-status", message))
        faults += of_date
    yield from faults
    start, end = day_of(row, "start"), day_of(row, "end")
    if faults:
        return
    if start is not None and end is not None and end <= start:
        message = f"{end} is not after the start, {start}; exchange or correct them"
        yield row.problem("end", "end-before-start", message)
    elif span and start is not None and span.end is not None and start >= span.end:
        message = f"{start} is not before the end of the status, {span.end}"
        yield row.problem("start", "day-outside", message)
    elif span and end is not None and end <= span.start:
        message = f"{end} is not after the start of the status, {span.start}"
        yield row.problem("end", "day-outside", message)
