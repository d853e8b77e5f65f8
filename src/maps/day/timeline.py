"""The days an atlas turns on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from maps.atlas.model import Atlas, Boundary, Date, Period
from maps.cache import once_for_each
from maps.day.control import Holding
from maps.day.index import grouped_under
from maps.day.reading import Reading, reading_of

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def round_years(first: Date, last: Date, most: float) -> list[Date]:
    """List the first days of years that are round as people count them, about ``most`` of them.

    In years before the year 1, too: 1000 BCE is round, -1000 (1001 BCE) is not.
    """
    years = last.year - first.year + 1
    step = next((step for step in _STEPS if years <= most * step), _STEPS[-1])
    days = (Date(year, 1, 1) for year in range(first.year, last.year + 1))
    return [day for day in days if first <= day <= last and day.year_of_era % step == 0]


@dataclass(frozen=True)
class Timeline:
    """The days a time control stops at, in order, each once.

    Every day lies between ``first_day`` and ``last_day``, both inside.
    """

    reading: Reading
    first_day: Date
    last_day: Date
    change_days: tuple[Date, ...]
    event_days: tuple[Date, ...]

    def previous_change(self, day: Date) -> Date | None:
        """Give the last change day before a day, None before the first."""
        position = bisect_left(self.change_days, day)
        return self.change_days[position - 1] if position else None

    def next_change(self, day: Date) -> Date | None:
        """Give the first change day after a day, None after the last."""
        position = bisect_right(self.change_days, day)
        return self.change_days[position] if position < len(self.change_days) else None


def timeline(atlas: Atlas, mode: str, perspective: str = "") -> Timeline:
    """Work out the days of one mode and, in legal status, of one perspective.

    A change day is one whose picture differs from the day before: a boundary
    begins or ends or, where the mode asks what is said of a piece, the answer
    is another. The first day of the atlas is none.

    Raises
    ------
    UnknownId
        The atlas has no such mode or perspective.
    """
    reading = reading_of(atlas, mode, perspective)
    first, last = atlas.settings.first_day, atlas.settings.last_day

    def shown(boundary: Boundary, day: Date) -> tuple[Holding, ...] | None:
        return reading.answer(atlas, boundary, day).holdings if day in boundary.span else None

    changes = tuple(
        day
        for day, turned in turning(atlas, reading).items()
        if first < day <= last and any(shown(each, day) != shown(each, day - 1) for each in turned)
    )
    begun = {event.span.start for event in atlas.events}
    events = tuple(sorted(day for day in begun if first <= day <= last))
    return Timeline(reading, first, last, changes, events)


def periods_on(atlas: Atlas, day: Date) -> tuple[Period, ...]:
    """Select the periods a day belongs to, in the order of the file."""
    return tuple(period for period in atlas.periods if day in period.span)


@once_for_each
def turning(atlas: Atlas, reading: Reading) -> Mapping[Date, list[Boundary]]:
    """Give for each day, in order, the boundaries a reading may show differently from then on.

    They begin or end on that day, or another answer is given of them. No other boundary
    differs from the day before: who compares two days need look at these only.
    """

    def days(boundary: Boundary) -> list[Date]:
        span = boundary.span
        edges = [span.start] if span.end is None else [span.start, span.end]
        return [*edges, *reading.days_of_answer(atlas, boundary)]

    drawn = (each for each in atlas.boundaries if each.layer in reading.mode.layers)
    return dict(sorted(grouped_under(drawn, days).items()))
