"""Days, and dates as sources give them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

# The calendar repeats after 400 years of so many days.
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_ISO = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")


class Date(int):
    """A day of the proleptic Gregorian calendar, as a number: 1 is 1 January of the year 1.

    The numbers are those of `datetime.date.toordinal` and go on below them. Before the year 1
    years are counted as ISO 8601, EDTF and astronomers do: 0 is 1 BCE, -43 is 44 BCE.
    A day and whole days make a day, a day less a day makes whole days.

    Raises
    ------
    ValueError
        The calendar has no such day.
    """

    def __new__(cls, year: int, month: int, day: int) -> Date:  # noqa: D102 - said above
        cycles, in_cycle = divmod(year - 1, _CYCLE_YEARS)
        number = datetime.date(in_cycle + 1, month, day).toordinal()
        return cls.fromordinal(cycles * _CYCLE_DAYS + number)

    @classmethod
    def fromordinal(cls, number: int) -> Date:
        """Give the day of a number."""
        return int.__new__(cls, number)

    @classmethod
    def fromisoformat(cls, text: str) -> Date:
        """Read ``1923-07-07``, or ``-0043-03-15``.

        Raises
        ------
        ValueError
            The text has another form, or the calendar has no such day.
        """
        found = _ISO.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a day; write it as 1923-07-07")
        return cls(*(int(part) for part in found.groups()))

    @classmethod
    def today(cls) -> Date:
        """Give this day, of the machine's time zone."""
        return cls.fromordinal(datetime.date.today().toordinal())

    @property
    def year(self) -> int:
        """The year, 0 for 1 BCE."""
        return _parts(int(self))[0]

    @property
    def year_of_era(self) -> int:
        """The year as it is written beside its era, 44 of 44 BCE."""
        return self.year if self.year > 0 else 1 - self.year

    @property
    def month(self) -> int:
        """The month, 1 to 12."""
        return _parts(int(self))[1]

    @property
    def day(self) -> int:
        """The day of the month, 1 to 31."""
        return _parts(int(self))[2]

    def toordinal(self) -> int:
        """Give the number alone."""
        return int(self)

    def isoformat(self) -> str:
        """Write ``1923-07-07``, or ``-0043-03-15``."""
        year, month, day = _parts(int(self))
        return f"{year:0{4 + (year < 0)}d}-{month:02d}-{day:02d}"

    __str__ = isoformat

    def __repr__(self) -> str:
        return f"Date({self.year}, {self.month}, {self.day})"

    def __format__(self, form: str) -> str:
        return format(self.isoformat(), form)

    def __bool__(self) -> bool:  # the last day of 1 BCE is a day too
        return True

    def __add__(self, days: int) -> Date:
        return Date.fromordinal(int(self) + days)

    @overload
    def __sub__(self, other: Date) -> int: ...  # type: ignore[overload-overlap]
    @overload
    def __sub__(self, other: int) -> Date: ...
    def __sub__(self, other: int) -> int | Date:
        left = int(self) - int(other)
        return left if isinstance(other, Date) else Date.fromordinal(left)

    def __getnewargs__(self) -> tuple[int, int, int]:  # type: ignore[override]
        return _parts(int(self))


@lru_cache(maxsize=65_536)
def _parts(number: int) -> tuple[int, int, int]:
    cycles, in_cycle = divmod(number - 1, _CYCLE_DAYS)
    day = datetime.date.fromordinal(in_cycle + 1)
    return day.year + cycles * _CYCLE_YEARS, day.month, day.day


@dataclass(frozen=True)
class Timespan:
    """Days on which something held; the end day is already outside.

    Half-open spans let a successor start on the very day its predecessor ends,
    so no day shows two boundaries of one region, and none shows a gap.
    """

    start: Date
    end: Date | None = None  # None while open at the atlas's close

    def __contains__(self, day: Date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Timespan) -> bool:
        """Tell whether the two spans share at least one day."""
        starts_in_time = other.end is None or self.start < other.end
        return starts_in_time and (self.end is None or other.start < self.end)


@dataclass(frozen=True)
class DateText:
    """An EDTF date as a source gives it, and the days that can be derived from it.

    ``earliest`` and ``latest`` are inclusive and None where the text is open on
    that side. ``used`` is the day the map turns on: the earliest one, unless
    the table names another inside the range.
    """

    edtf: str
    earliest: Date | None
    latest: Date | None
    used: Date | None

    @property
    def is_exact(self) -> bool:
        """True where the text names one single day without doubt."""
        plain = not any(mark in self.edtf for mark in "?~%[{/")
        return plain and self.earliest is not None and self.earliest == self.latest
