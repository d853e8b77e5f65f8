"""The days an atlas turns on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from maps.control import control_of, days_of_control, is_painted_by_control
from maps.errors import UnknownId
from maps.model import Atlas, Mode, Period

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Timeline:
    """The days a time control stops at, in order, each once.

    Every day lies between ``first_day`` and ``last_day``, both inside.
    """

    mode_id: str
    first_day: date
    last_day: date
    change_days: tuple[date, ...]
    event_days: tuple[date, ...]

    def previous_change(self, day: date) -> date | None:
        """Give the last change day before a day, None before the first."""
        return _before(self.change_days, day)


def timeline(atlas: Atlas, mode: str) -> Timeline:
    """Work out the days of one mode.

    A change day is one whose picture in that mode differs from the day
    before: a boundary begins or ends or, where the mode colours by control, a
    piece comes under other polities. The first day of the atlas is none.

    Raises
    ------
    UnknownId
        The atlas has no such mode.
    """
    settings = atlas.settings
    first, last = settings.first_day, settings.last_day
    inside = {event.span.start for event in atlas.events if first <= event.span.start <= last}
    return Timeline(
        mode, first, last, _change_days(atlas, mode_of(atlas, mode)), tuple(sorted(inside))
    )


def mode_of(atlas: Atlas, mode: str) -> Mode:
    """Find a mode by its id.

    Raises
    ------
    UnknownId
        The atlas has no such mode.
    """
    for candidate in atlas.settings.modes:
        if candidate.id == mode:
            return candidate
    known = ", ".join(candidate.id for candidate in atlas.settings.modes)
    raise UnknownId(f"the atlas has no mode {mode!r}; it has {known}")


def periods_on(atlas: Atlas, day: date) -> tuple[Period, ...]:
    """Select the periods a day belongs to, in the order of the file."""
    return tuple(period for period in atlas.periods if day in period.span)


Picture = frozenset[tuple[str, tuple[str, ...]]]


def picture_on(atlas: Atlas, mode: Mode, day: date) -> Picture:
    """Reduce what a mode shows on a day to ids: boundaries, each with who holds it."""
    return frozenset(
        (
            boundary.id,
            control_of(atlas, boundary.region_id, day).polity_ids
            if is_painted_by_control(mode, boundary)
            else (),
        )
        for boundary in atlas.boundaries
        if boundary.layer in mode.layers and day in boundary.span
    )


def _change_days(atlas: Atlas, mode: Mode) -> tuple[date, ...]:
    edges: set[date] = set()
    for boundary in atlas.boundaries:
        if boundary.layer not in mode.layers:
            continue
        edges.add(boundary.span.start)
        if boundary.span.end is not None:
            edges.add(boundary.span.end)
        if is_painted_by_control(mode, boundary):
            edges.update(days_of_control(atlas, boundary.region_id))
    settings = atlas.settings
    return tuple(
        day
        for day in sorted(edges)
        if settings.first_day < day <= settings.last_day
        and picture_on(atlas, mode, day) != picture_on(atlas, mode, day - ONE_DAY)
    )


def _before(days: tuple[date, ...], day: date) -> date | None:
    position = bisect_left(days, day)
    return days[position - 1] if position else None
