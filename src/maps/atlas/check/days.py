"""Rules for dates: readable, in order, inside their range and inside the atlas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from maps.atlas.check.inventory import Inventory, atlas_days, span_of
from maps.atlas.dates import parse_date_text, parse_day, shown_span
from maps.atlas.load import Feature, Row
from maps.errors import DateUnreadable, Problem

Dated = Row | Feature


def check_spans(inventory: Inventory) -> Iterator[Problem]:
    """Check start and end of periods, statuses and boundaries."""
    for name in ("periods", "statuses"):
        if name in inventory.whole:
            for row in inventory.tables[name]:
                yield from _span_faults(row)
    for feature in inventory.tables.features:
        yield from _span_faults(feature)


def check_event_days(inventory: Inventory) -> Iterator[Problem]:
    """Check that each event has a day, and that it lies inside the atlas."""
    first, last = atlas_days(inventory.tables)
    for row in inventory.tables["events"]:
        faults = list(_date_faults(row, "edtf", "start_day"))
        yield from faults
        if faults or not row["edtf"]:
            continue
        day = shown_span(parse_date_text(row["edtf"], row["start_day"])).start
        if not first <= day <= last:
            message = f"{day} is outside the atlas, which runs from {first} to {last}"
            yield row.problem("edtf", "day-outside", message)


def check_name_days(inventory: Inventory) -> Iterator[Problem]:
    """Check that the span of a name is EDTF."""
    for row in inventory.tables["names"]:
        if row["span"]:
            yield from _text_faults(row, "span")


def check_lanes(inventory: Inventory) -> Iterator[Problem]:
    """Check that no two periods of one lane hold on the same day."""
    lanes: dict[str, list[Dated]] = defaultdict(list)
    for row in inventory.tables["periods"]:
        lanes[row["lane"] or "0"].append(row)
    for lane, rows in lanes.items():
        for one, other, days in _overlapping(rows):
            message = f"shares days with '{one['id']}' ({days}) in lane {lane}; use another lane"
            yield other.problem("lane", "lane-overlap", message)


def check_versions(inventory: Inventory) -> Iterator[Problem]:
    """Check that no region has two boundaries in one layer on the same day."""
    versions: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for feature in inventory.tables.features:
        versions[feature.layer, feature["region"]].append(feature)
    for (layer, region), features in versions.items():
        for one, other, days in _overlapping(features):
            message = (
                f"region '{region}' already has the boundary '{one['id']}' in layer "
                f"'{layer}' on these days ({days}); let one end where the other starts"
            )
            yield other.problem("start", "boundary-overlap-in-time", message)


def check_inside_atlas(inventory: Inventory) -> Iterator[Problem]:
    """Check that periods, statuses and boundaries hold on some day of the atlas."""
    first, last = atlas_days(inventory.tables)
    rows: list[Dated] = [*inventory.tables["periods"], *inventory.tables["statuses"]]
    for row in [*rows, *inventory.tables.features]:
        span = span_of(row)
        if span and (span.start > last or (span.end and span.end <= first)):
            message = f"holds on no day of the atlas, which runs from {first} to {last}"
            yield row.problem("start", "day-outside", message)


def _overlapping(rows: list[Dated]) -> Iterator[tuple[Dated, Dated, str]]:
    spans = [(row, span) for row in rows if (span := span_of(row))]
    spans.sort(key=lambda pair: pair[1].start)
    for (one, span), (other, later) in combinations(spans, 2):
        if span.overlaps(later):
            ends = [end for end in (span.end, later.end) if end]
            yield one, other, f"{later.start} to {min(ends) if ends else 'open'}"


def _text_faults(row: Dated, field: str) -> Iterator[Problem]:
    try:
        parse_date_text(row[field])
    except DateUnreadable as error:
        yield row.problem(field, "date-unreadable", str(error))


def _date_faults(row: Dated, field: str, day_field: str) -> Iterator[Problem]:
    if not row[field]:
        if row[day_field]:
            message = f"names a day although {field} is empty; fill {field} or empty this"
            yield row.problem(day_field, "day-without-date", message)
        return
    unreadable = list(_text_faults(row, field))
    if unreadable:
        yield from unreadable
        return
    when = parse_date_text(row[field])
    if not row[day_field]:
        if when.used is None:
            message = f"'{row[field]}' has no first day; name one in {day_field}"
            yield row.problem(field, "date-open", message)
        return
    try:
        parse_day(row[day_field])
    except DateUnreadable as error:
        yield row.problem(day_field, "date-unreadable", str(error))
        return
    try:
        parse_date_text(row[field], row[day_field])
    except DateUnreadable as error:
        yield row.problem(day_field, "day-outside", str(error))


def _span_faults(row: Dated) -> Iterator[Problem]:
    faults = [*_date_faults(row, "start", "start_day"), *_date_faults(row, "end", "end_day")]
    yield from faults
    if faults or not row["start"] or not row["end"]:
        return
    start = parse_date_text(row["start"], row["start_day"]).used
    end = parse_date_text(row["end"], row["end_day"]).used
    if start is None or end is None:
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
