"""EDTF texts to days, and the days a thing is shown on.

Days are proleptic Gregorian. EDTF is Level 0 to 2 of ISO 8601-2:2019 as the
`edtf` library reads it; the text itself is never changed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from time import struct_time
from typing import TYPE_CHECKING

from maps.atlas.model import Date, DateText, Timespan
from maps.errors import DateUnreadable

if TYPE_CHECKING:
    from maps.atlas.load import Feature, Row

# What EDTF writes with four digits, and a day after the last; -43 is 44 BCE.
FIRST_YEAR, LAST_YEAR = -9999, 9998

# Years, months and days, doubtful or not, need no grammar. The library takes 5 to
# 50 ms a text and 0.1 s to import, and an atlas is opened with every command.
_PLAIN = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?[?~%]?")
_OPEN = ("", "..")  # a side of an interval that is unknown, or has no bound
_ISO_DAY = re.compile(r"-?\d{4}-\d\d-\d\d")

Bounds = tuple[Date | None, Date | None]


def parse_day(text: str) -> Date:
    """Read one ISO day, ``YYYY-MM-DD``; ``-0043-03-15`` is of 44 BCE.

    Raises
    ------
    DateUnreadable
        If the text has another form or the calendar has no such day.
    """
    cleaned = text.strip()
    if not _ISO_DAY.fullmatch(cleaned):
        raise DateUnreadable(f"{text!r} is not a day; write it as 1923-07-07")
    try:
        day = Date.fromisoformat(cleaned)
    except ValueError:
        raise DateUnreadable(f"{text!r} is not a day of the calendar") from None
    _inside(day.year, text)
    return day


@lru_cache(maxsize=1 << 16)
def parse_date_text(edtf: str, used: str = "") -> DateText:
    """Read an EDTF text and settle the day the map turns on.

    Parameters
    ----------
    edtf : str
        An EDTF date, set or interval. An empty or ``..`` side of an interval
        leaves that side None.
    used : str
        The ISO day to turn on; empty for the earliest one.

    Raises
    ------
    DateUnreadable
        If the text is not EDTF, ends before it starts, or ``used`` is no day
        between its earliest and its latest.
    """
    text = edtf.strip()
    earliest, latest = _bounds(text)
    if not used.strip():
        return DateText(text, earliest, latest, earliest)
    day = parse_day(used)
    if (earliest and day < earliest) or (latest and day > latest):
        raise DateUnreadable(
            f"{day} is outside {text!r}, which runs from {earliest or 'open'} to {latest or 'open'}"
        )
    return DateText(text, earliest, latest, day)


def as_day(value: object) -> Date:
    """Read a day of a TOML file, written as a TOML date or as text.

    Raises
    ------
    DateUnreadable
        If it is neither.
    """
    return parse_day(str(value))


def dated(row: Row | Feature) -> tuple[Timespan, DateText, DateText | None]:
    """Read ``start``, ``end`` and their days from a row or a feature.

    Raises
    ------
    DateUnreadable
        As `span_between`.
    """
    start = parse_date_text(row["start"], row["start_day"])
    end = parse_date_text(row["end"], row["end_day"]) if row["end"] else None
    return span_between(start, end), start, end


def is_interval(when: DateText) -> bool:
    """Tell whether the text says a stretch of days, not one of uncertain day."""
    return "/" in when.edtf


def shown_span(when: DateText) -> Timespan:
    """Give the days an event is shown on.

    An interval is shown from its first day to its last, both inside; an open
    interval, a month or a year only on the day the map turns on.

    Raises
    ------
    DateUnreadable
        If the text is open at its start and no day was named.
    """
    first = _used(when, "start_day")
    last = when.latest if is_interval(when) and when.latest else first
    return Timespan(first, last + 1)


def span_between(start: DateText, end: DateText | None) -> Timespan:
    """Give the half-open span from one text to another; ``end`` None is open.

    Raises
    ------
    DateUnreadable
        If a side has no day to turn on, or no day would be left inside.
    """
    first = _used(start, "start_day")
    if end is None:
        return Timespan(first)
    after = _used(end, "end_day")
    if after < first:
        raise DateUnreadable(f"ends on {after}, before it starts on {first}")
    if after == first:
        raise DateUnreadable(f"starts and ends on {first}, so it holds on no day")
    return Timespan(first, after)


def _used(when: DateText, column: str) -> Date:
    if when.used is None:
        raise DateUnreadable(f"{when.edtf!r} has no first day; name one as {column}")
    return when.used


def first_and_last(year: int, *month_and_day: int) -> tuple[Date, Date]:
    """Give the first and the last day of a year, of a month, or the day itself twice.

    Raises
    ------
    ValueError
        The calendar has no such day.
    """
    month, day, *_ = *month_and_day, 1, 1
    first = Date(year, month, day)
    if len(month_and_day) == 2:
        return first, first
    last_month = month if month_and_day else 12
    return first, Date(year + last_month // 12, last_month % 12 + 1, 1) - 1


@lru_cache(maxsize=1 << 16)
def _bounds(text: str) -> Bounds:
    earliest, latest = _plain_bounds(text) or _library_bounds(text)
    if earliest and latest and latest < earliest:
        raise DateUnreadable(f"{text!r} ends on {latest}, before it starts on {earliest}")
    return earliest, latest


def _plain_bounds(text: str) -> Bounds | None:
    """Read a date, an interval or a one-of set of plain dates; None for other texts."""
    is_set = text.startswith("[") and text.endswith("]")
    parts = text[1:-1].split(",") if is_set else text.split("/")
    plain = [part for part in parts if _PLAIN.fullmatch(part)]
    if is_set:
        if len(parts) < 2 or plain != parts:
            return None
        days = [_plain_days(member) for member in parts]
        return min(first for first, _ in days), max(last for _, last in days)
    if len(parts) > 2 or not plain or not all(part in (*plain, *_OPEN) for part in parts):
        return None
    sides = [_plain_days(part) if part in plain else (None, None) for part in parts]
    return sides[0][0], sides[-1][1]


def _plain_days(text: str) -> tuple[Date, Date]:
    parts = [int(part) for part in re.findall(r"-?\d{4}|(?<=-)\d\d", text)]
    _inside(parts[0], text)
    try:
        return first_and_last(*parts)
    except ValueError:
        raise DateUnreadable(f"{text!r} is not a day of the calendar") from None


def _library_bounds(text: str) -> Bounds:
    from edtf import parse_edtf  # noqa: PLC0415 - 0.1 s, and most texts are plain

    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
    except Exception:  # the grammar lets errors of many kinds through
        raise DateUnreadable(
            f"{text!r} is not an EDTF date; write 1923, 1923-07, 1923-07-07, 1923~, 1923-07?, "
            "[1923-05,1923-07] or an interval 1991/1994"
        ) from None
    # An empty side means "unknown" to EDTF; the library guesses ten years there.
    earliest = None if text.startswith("/") else _day_of(lower, text)
    latest = None if text.endswith("/") else _day_of(upper, text)
    return earliest, latest


def _day_of(moment: float | struct_time, text: str) -> Date | None:
    if isinstance(moment, float):  # minus or plus infinity: an open side
        return None
    _inside(moment.tm_year, text)
    return Date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def _inside(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateUnreadable(f"{text!r} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
