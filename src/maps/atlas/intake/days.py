"""What a date that is no EDTF was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable

from maps.atlas.dates import parse_date_text
from maps.errors import DateUnreadable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\.?(?:st|nd|rd|th)? )?([a-z]{3,9})\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_ABOUT = re.compile(r"(?:c\.|ca\.?|circa|about|around) *(\d{4})")
_YEARS = re.compile(r"(\d{4}) ?[-–—] ?(\d{4})")
_LOOSE_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")


def date_fault(text: str) -> str:
    """Say what is wrong with a date and what would do; empty where it is EDTF."""
    try:
        parse_date_text(text)
    except DateUnreadable as error:
        meant = [edtf for edtf in _guesses(text.strip().lower()) if _is_edtf(edtf)]
        if not meant:
            return str(error)
        return f"{text!r} is not an EDTF date; write {' or '.join(dict.fromkeys(meant))}"
    return ""


def _is_edtf(text: str) -> bool:
    try:
        parse_date_text(text)
    except DateUnreadable:
        return False
    return True


def _written(year: str, month: str, day: str | None) -> list[str]:
    if month[:3] not in _MONTHS:
        return []
    number = _MONTHS.index(month[:3]) + 1
    return [f"{year}-{number:02}" + (f"-{day:0>2}" if day else "")]


def _exchangeable(found: re.Match[str]) -> list[str]:
    one, two, year = found.groups()
    return [f"{year}-{two:0>2}-{one:0>2}", f"{year}-{one:0>2}-{two:0>2}"]


_READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]]], ...] = (
    (_NUMBERS, _exchangeable),
    (_LOOSE_ISO, lambda found: [f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"]),
    (_ABOUT, lambda found: [f"{found[1]}~"]),
    (_YEARS, lambda found: [f"{found[1]}/{found[2]}"]),
    (_DAY_FIRST, lambda found: _written(found[3], found[2], found[1])),
    (_MONTH_FIRST, lambda found: _written(found[3], found[1], found[2])),
)


def _guesses(text: str) -> list[str]:
    """List the readings of a date; both where day and month could be exchanged."""
    matches = ((pattern.fullmatch(text), read) for pattern, read in _READINGS)
    return next((read(found) for found, read in matches if found), [])
