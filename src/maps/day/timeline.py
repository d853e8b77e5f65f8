"""The days an atlas turns on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from maps.atlas.model import Atlas, Period
from maps.day.control import Holding
from maps.day.reading import Reading, reading_of

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timeline:
    """The days a time control stops at, in order, each once.

    Every day lies between ``first_day`` and ``last_day``, both inside.
    """

    reading: Reading
    first_day: date
    last_day: date
    change_days: tuple[date, ...]
    event_days: tuple[date, ...]

    def previous_change(self, day: date) -> date | None:
        """Give the last change day before a day, None before the first."""
        return _before(self.change_days, day)

    def next_change(self, day: date) -> date | None:
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
    settings = atlas.settings
    first, last = settings.first_day, settings.last_day
    inside = {event.span.start for event in atlas.events if first <= event.span.start <= last}
    return Timeline(reading, first, last, _change_days(atlas, reading), tuple(sorted(inside)))


def periods_on(atlas: Atlas, day: date) -> tuple[Period, ...]:
    """Select the periods a day belongs to, in the order of the file."""
    return tuple(period for period in atlas.periods if day in period.span)


Picture = frozenset[tuple[str, tuple[Holding, ...]]]


def picture_on(atlas: Atlas, reading: Reading, day: date) -> Picture:
    """Reduce what a reading shows on a day to ids: boundaries, each with who holds it."""
    return frozenset(
        (boundary.id, reading.answer(atlas, boundary, day).holdings)
        for boundary in atlas.boundaries
        if boundary.layer in reading.mode.layers and day in boundary.span
    )


def _change_days(atlas: Atlas, reading: Reading) -> tuple[date, ...]:
    edges: set[date] = set()
    for boundary in atlas.boundaries:
        if boundary.layer not in reading.mode.layers:
            continue
        edges.add(boundary.span.start)
        if boundary.span.end is not None:
            edges.add(boundary.span.end)
        edges.update(reading.days_of_answer(atlas, boundary))
    settings = atlas.settings
    return tuple(
        day
        for day in sorted(edges)
        if settings.first_day < day <= settings.last_day
        and picture_on(atlas, reading, day) != picture_on(atlas, reading, day - ONE_DAY)
    )


def _before(days: tuple[date, ...], day: date) -> date | None:
    position = bisect_left(days, day)
    return days[position - 1] if position else None
