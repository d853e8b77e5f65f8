"""Dates in the Julian calendar, to the Gregorian one."""

from __future__ import annotations

import re

from maps.atlas.dates import first_and_last
from maps.atlas.model import Date

# Behind a date, or in front of it, in brackets or not; the text is in lower case.
_OLD = (
    r"o\.? ?s\.?|old style|julian(?: calendar| date)?|a\. ?st\.?|alten stils|julianisch\w*"
    r"|v\. ?s\.?|vieux style|julien|ст\. ?ст\.?|(?:по )?стар\w+ стил\w+"
    r"|юлианск\w+(?: календар\w+)?"
    r"|հին տոմար\w*|հուլյան\w*(?: օրացույց\w*)?|köhnə (?:üslub|stil|təqvim)\w*|yuli ?təqvim\w*"
)
_NEW = (
    r"n\.? ?s\.?|new style|gregorian(?: calendar| date)?|n\. ?st\.?|neuen stils|gregorianisch\w*"
    r"|nouveau style|grégorien|н\. ?(?:ст|с)\.?|(?:по )?нов\w+ стил\w+"
    r"|григорианск\w+(?: календар\w+)?"
    r"|նոր տոմար\w*|գրիգորյան\w*(?: օրացույց\w*)?|yeni (?:üslub|stil|təqvim)\w*|qriqori təqvim\w*"
)


def _said(marks: str) -> re.Pattern[str]:
    free = rf"(?<![^\W\d_])(?:in (?:the )?|im |nach )?(?:{marks})(?![^\W\d_])"
    return re.compile(rf"\s*[(\[]\s*(?:{free})\s*[)\]]|[,\s]*{free}[,:]?\s*")


_OLD_STYLE, _NEW_STYLE = _said(_OLD), _said(_NEW)
_DAY = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
_MONTH_OR_YEAR = re.compile(r"(-?\d{4})(?:-(\d\d))?")


def without_style(text: str) -> tuple[str, bool, bool]:
    """Give a date without what is said of its calendar, and whether that was the old, the new."""
    rest = _NEW_STYLE.sub(" ", _OLD_STYLE.sub(" ", text)).strip()
    return rest, bool(_OLD_STYLE.search(text)), bool(_NEW_STYLE.search(text))


def gregorian(year: int, month: int, day: int) -> Date:
    """Give the day that the Julian calendar calls so; years as those of `Date`.

    Raises
    ------
    ValueError
        That calendar has no such day.
    """
    if not 1 <= day <= _length(year, month):
        raise ValueError(f"{year}-{month:02}-{day:02} is no day of the Julian calendar")
    # The Gregorian calendar leaves out a day in each century that 4 does not divide.
    centuries = (year if month > 2 else year - 1) // 100
    return Date(year, month, 1) + (centuries - centuries // 4 - 2) + (day - 1)


def from_julian(edtf: str) -> str:
    """Write the days of an EDTF date by the Gregorian calendar; empty where one of them is none.

    A month or a year alone becomes some day of its stretch; what is vaguer stays as it is.
    """
    start, slash, end = edtf.partition("/")
    try:
        if slash:
            return f"{_side(start, 0)}/{_side(end, 1)}"
        if _MONTH_OR_YEAR.fullmatch(edtf):
            return f"[{_side(edtf, 0)}..{_side(edtf, 1)}]"
        return _side(edtf, 0)
    except ValueError:
        return ""


def _side(edtf: str, last: int) -> str:
    """Give the first or the last day of a month or year, else the date with its days converted."""
    if found := _MONTH_OR_YEAR.fullmatch(edtf):
        year, month = int(found[1]), int(found[2] or (1, 12)[last])
        return str(gregorian(year, month, _length(year, month) if last else 1))
    return _DAY.sub(lambda day: str(gregorian(*map(int, day.groups()))), edtf)


def _length(year: int, month: int) -> int:
    """Count the days of a Julian month."""
    if month == 2:
        return 28 if year % 4 else 29
    return first_and_last(year, month)[1].day
