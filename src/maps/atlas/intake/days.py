"""Dates of a spreadsheet: EDTF as it is, other forms by what they probably mean.

`readings.meant` lists the readings of a form that is no EDTF. Whoever imports is told of
them, or has them taken (`Dates`); nothing is taken that could be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maps.atlas.dates import FIRST_YEAR, parse_date_text
from maps.atlas.intake.calendars import plain, told_with_era
from maps.atlas.intake.readings import (
    DATE_TIME,
    ISO_DAY,
    day_of,
    is_edtf,
    meant,
    month_number,
    normal,
    says_still,
    says_unknown,
    with_a_year,
)
from maps.atlas.intake.text import clean, plain_digits
from maps.atlas.model import Date
from maps.errors import DateUnreadable

AS_READ, DAY_FIRST, MONTH_FIRST = "as-read", "day-first", "month-first"
ORDERS = (AS_READ, DAY_FIRST, MONTH_FIRST)

# 1911.0, a year that was once a column of numbers; '1911, one that a sheet had as text; 1911 ?.
_NOTHING_ELSE = re.compile(r"['’]?(-?\d{4})(?:[.,]0+|\s+([?~]))?")
_SERIAL_0 = Date(1899, 12, 30)  # the day a spreadsheet counts from


@dataclass(frozen=True)
class Dates:
    """How dates of a file are to be read that are no EDTF; ``order`` is one of `ORDERS`.

    Empty: only what can mean nothing else. ``years`` are those of the atlas, for years of
    two digits.
    """

    order: str = ""
    years: range = range(0)


def read_date(text: str, dates: Dates = Dates()) -> tuple[str, str]:
    """Give a date as EDTF and what is wrong with it; one of the two is empty."""
    written = plain(plain_digits(clean(text)))
    if found := DATE_TIME.fullmatch(written.lower()):
        return day_of(found), ""
    if found := _NOTHING_ELSE.fullmatch(written):
        written = found[1] + (found[2] or "")
    if not date_fault(written, dates.years):
        return written, ""
    readings = [edtf for edtf in meant(written, dates.years) if is_edtf(edtf)]
    if dates.order in ORDERS[1:] and _is_exchangeable(readings):
        return readings[dates.order == MONTH_FIRST], ""
    if not dates.order or len(readings) != 1:
        return "", date_fault(written, dates.years)
    if _contradicts(written, readings[0], dates.order):
        other = DAY_FIRST if dates.order == MONTH_FIRST else MONTH_FIRST
        message = f"{text!r} can only be {readings[0]}, so these dates are not {dates.order}"
        return "", f"{message}; --dates {other} may read them"
    return readings[0], ""


def date_fault(text: str, years: range = range(0)) -> str:
    """Say what is wrong with a date and what would do; empty where it is EDTF."""
    try:
        parse_date_text(text)
    except DateUnreadable as error:
        return next(_advised(text, years), str(error))
    return ""


def _advised(text: str, years: range) -> Iterator[str]:
    """Say what would do for a text that is no EDTF, the best first."""
    if says_still(text):
        yield f"{text!r} is no date; leave the cell empty for what still holds"
    if says_unknown(text):
        example = f"[{years[0]:04}..{years[-1]:04}]" if years else "[1911..1913]"
        yield f"{text!r} says no date; write the years it lies in, as {example}"
    found = meant(text, years)
    if readings := [edtf for edtf in found if is_edtf(edtf)]:
        yield f"{text!r} is not an EDTF date; write {' or '.join(map(told_with_era, readings))}"
    if re.fullmatch(r"−\d{5,}|\d{5,} bce", normal(text)):
        yield f"{text!r} is before {1 - FIRST_YEAR} BCE, the first year an atlas can show"
    if any(edtf.endswith("-02-29") for edtf in found):
        yield f"{text!r} is no Gregorian day; write O.S. behind it where it is a Julian one"
    if found:
        yield f"{text!r} is no day of the calendar"
    if with_year := with_a_year(text, years):
        yield f"{text!r} has no year; write it with its year, as {with_year}"
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and (_SERIAL_0 + int(text[:5])).year in years:
        day = _SERIAL_0 + int(text[:5])
        yield f"{text!r} may be how a spreadsheet counts {day}; show the column as dates"


def advice(text: str, dates: Dates) -> str:
    """Say which option would take a date as it is offered; empty where none does."""
    readings = [edtf for edtf in meant(text, dates.years) if is_edtf(edtf)]
    if _is_exchangeable(readings):
        return f"--dates {DAY_FIRST} or --dates {MONTH_FIRST} says which"
    if len(readings) != 1 or _contradicts(text, readings[0], dates.order):
        return ""
    return f"--dates {AS_READ} takes it so"


def form_of(text: str) -> str:
    """Give what dates written in the same way share: April 6, 1901 and May 12, 1902."""
    months = re.sub(r"[^\W\d]+", lambda word: "month" if month_number(word[0]) else word[0], text)
    return re.sub(r"\d\d?(?!\d)(?<!\d\d\d)", "9", re.sub(r"\d{4}", "year", months))


def day_after(edtf: str) -> str:
    """Give the first day, month or year after a date, as precise as it is; of an interval too.

    Raises
    ------
    DateUnreadable
        The text is no date that has an end.
    """
    mark = edtf[-1] if edtf[-1:] in tuple("?~%") else ""
    latest = parse_date_text(edtf).latest
    if latest is None:
        raise DateUnreadable(f"{edtf!r} has no last day; leave the end empty where it is open")
    found = re.fullmatch(r"-?\d{4}(-\d\d)?(-\d\d)?", edtf.rpartition("/")[2].rstrip("?~%"))
    unsaid = found.groups().count(None) if found else 0
    following = (latest + 1).isoformat()
    return (following.rsplit("-", unsaid)[0] if unsaid else following) + mark


def _contradicts(text: str, edtf: str, order: str) -> bool:
    """Tell whether a date in numbers has another order than the one that was said."""
    found = re.search(r"(?<!\d)(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?\d", text)
    day = ISO_DAY.match(edtf)
    if not found or not day or order == AS_READ:
        return False
    return int(day[1]) != int(found[1 if order == DAY_FIRST else 2])


def _is_exchangeable(readings: Sequence[str]) -> bool:
    """Tell whether there are two readings that differ by the order of day and month."""
    parts = [sorted(re.split(r"[-/]", text)) for text in readings]
    return len(parts) == 2 and parts[0] == parts[1]
