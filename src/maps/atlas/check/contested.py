"""Rules for what is contested: accounts, chains and alternative dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory, atlas_days, span_of
from maps.atlas.dates import parse_date_text, parse_day, shown_span
from maps.atlas.load import Row
from maps.atlas.model import UNSOURCED_STANCES, Date, Timespan
from maps.atlas.model.columns import WHOLE
from maps.errors import DateUnreadable, Problem


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
    steps: dict[tuple[str, int], int] = {}
    events: dict[tuple[str, str], int] = {}
    for row in inventory.tables["chains"]:
        chain = row["chain_id"]
        if WHOLE.fullmatch(row["step"]):
            number = int(row["step"])
            line = steps.setdefault((chain, number), row.line)
            if number < 1:
                yield row.problem("step", "step-range", f"{number} is no step; they run from 1")
            elif line != row.line:
                message = f"{number} is already a step of '{chain}', in row {line}; number anew"
                yield row.problem("step", "step-twice", message)
        line = events.setdefault((chain, row["event_id"]), row.line)
        if row["event_id"] and line != row.line:
            message = f"'{row['event_id']}' is already in '{chain}', in row {line}; delete one"
            yield row.problem("event_id", "chain-event-twice", message)


def check_event_dates(inventory: Inventory) -> Iterator[Problem]:
    """Check the days given for an event, of which one is the day the map turns on."""
    first, last = atlas_days(inventory.tables)
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
        if not first <= day <= last:
            message = f"{day} is outside the atlas, which runs from {first} to {last}"
            yield row.problem("edtf", "day-outside", message)
        line = given[event].setdefault(day, row.line)
        if line != row.line:
            message = f"{day} is already given for '{event}', in row {line}; cite it twice there"
            yield row.problem("edtf", "day-twice", message)
    for row in inventory.tables["events"]:
        if row["id"] in given and row["id"] not in unread:
            yield from _used_day_faults(row, given[row["id"]])


def _account_day_faults(row: Row, span: Timespan | None) -> Iterator[Problem]:
    """Check ``start`` and ``end``, which narrow an account to some of a status's days."""
    unfit = [fault for field in ("start", "end") for fault in _account_day_fault(row, field)]
    yield from unfit
    if unfit:
        return
    start, end = (parse_date_text(row[f]).used if row[f] else None for f in ("start", "end"))
    if start and end and end <= start:
        message = f"{end} is not after the start, {start}; exchange or correct them"
        yield row.problem("end", "end-before-start", message)
    elif span and start and span.end and start >= span.end:
        message = f"{start} is not before the end of the status, {span.end}"
        yield row.problem("start", "day-outside", message)
    elif span and end and end <= span.start:
        message = f"{end} is not after the start of the status, {span.start}"
        yield row.problem("end", "day-outside", message)


def _account_day_fault(row: Row, field: str) -> Iterator[Problem]:
    if not row[field]:
        return
    try:
        day = parse_date_text(row[field]).used
    except DateUnreadable as error:
        yield row.problem(field, "date-unreadable", str(error))
        return
    if day is None:
        yield row.problem(field, "date-open", f"'{row[field]}' has no first day; write a day")
    elif not row["status_id"]:
        message = f"'{row[field]}' narrows no status; only an account of a status has days"
        yield row.problem(field, "days-without-status", message)


def _used_day_faults(event: Row, given: dict[Date, int]) -> Iterator[Problem]:
    try:
        used = shown_span(parse_date_text(event["edtf"], event["start_day"])).start
    except DateUnreadable:
        return  # reported with the days
    if used not in given:
        listed = ", ".join(map(str, sorted(given)))
        message = f"{used} is not among the days of event_dates.csv ({listed}); add it there"
        yield event.problem("edtf", "day-unlisted", message)
