"""Where the bars of a time chart lie: days to percent of its width, overlaps to lanes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from maps.atlas.model import Date
from maps.day.history import Band, Stretch

_LEAST_WIDTH = 0.9  # percent, so that one day is still a bar that can be met
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_MARKS = 12


@dataclass(frozen=True)
class Frame:
    """The days a chart shows, both inside."""

    first: Date
    last: Date

    def place(self, day: Date) -> float:
        """Give where a day begins, in percent from the left edge; at most at an edge."""
        whole = self.last - self.first + 1
        return min(max(100 * (day - self.first) / whole, 0.0), 100.0)


@dataclass(frozen=True)
class Bar:
    """One stretch as it is drawn: percent from the left, percent wide, lane from the top.

    ``begins`` and ``ends`` say whether its own beginning and end are in the frame;
    ``beside`` is where the name of a bar too short for it stands: "right", "left", or "".
    """

    stretch: Stretch
    left: float
    width: float
    lane: int
    begins: bool
    ends: bool
    beside: str = ""


@dataclass(frozen=True)
class Row:
    """A band with its bars; those that overlap lie in lanes of their own."""

    band: Band
    bars: tuple[Bar, ...]
    lanes: int


def rows_in(
    bands: Iterable[Band], frame: Frame, label_width: Callable[[Stretch], float] = lambda _: 0.0
) -> tuple[Row, ...]:
    """Lay out the bands that have a stretch in the frame.

    ``label_width`` says how wide the name of a stretch is, in percent: a bar too
    short for its name keeps that much free beside it.
    """
    rows = (_row(band, frame, label_width) for band in bands)
    return tuple(row for row in rows if row.bars)


def year_marks(frame: Frame) -> tuple[tuple[int, float], ...]:
    """Choose the years that are written at the axis, with their places in percent."""
    first, last = frame.first.year, frame.last.year
    step = next((s for s in _STEPS if (last - first) / s <= _MOST_MARKS), _STEPS[-1])
    days = (Date(year, 1, 1) for year in range(first, last + 1))
    marked = (day for day in days if day.year_of_era % step == 0 and day >= frame.first)
    return tuple((day.year, frame.place(day)) for day in marked)


def _row(band: Band, frame: Frame, label_width: Callable[[Stretch], float]) -> Row:
    bars: list[Bar] = []
    free: list[float] = []  # where each lane is free again
    for stretch in band.stretches:
        start, end = stretch.span.start, stretch.span.end
        if start > frame.last or (end is not None and end <= frame.first):
            continue
        right = 100.0 if end is None else frame.place(end)
        width = max(right - frame.place(start), _LEAST_WIDTH)
        left = min(frame.place(start), 100.0 - width)
        label = label_width(stretch)
        beside = "" if label <= width else "right" if left + width + label <= 100 else "left"
        begins = max(left - label, 0.0) if beside == "left" else left
        reaches = left + width + (label if beside == "right" else 0.0)
        lane = next((n for n, edge in enumerate(free) if edge <= begins + 1e-9), len(free))
        free[lane:] = [reaches, *free[lane + 1 :]]
        ends = end is not None and end - frame.last <= 1
        bars.append(Bar(stretch, left, width, lane, start >= frame.first, ends, beside))
    return Row(band, tuple(bars), len(free))
