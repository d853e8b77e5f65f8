"""Days, and dates as sources give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Timespan:
    """Days on which something held; the end day is already outside.

    Half-open spans let a successor start on the very day its predecessor ends,
    so no day shows two boundaries of one region, and none shows a gap.
    """

    start: date
    end: date | None = None  # None while open at the atlas's close

    def __contains__(self, day: date) -> bool:
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
    earliest: date | None
    latest: date | None
    used: date | None

    @property
    def is_exact(self) -> bool:
        """True where the text names one single day without doubt."""
        plain = not any(mark in self.edtf for mark in "?~%[{/")
        return plain and self.earliest is not None and self.earliest == self.latest
