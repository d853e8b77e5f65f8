"""Where maps side by side lie on a sheet, in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from maps.sheet.layout import columns_of, note_columns, unit_of
from maps.sheet.sheet import Rect

BAND_MM = 2.3  # of the degrees around each map, on A4
_WIDE = {2: (1, 2), 3: (1, 3), 4: (2, 2)}  # rows and columns on paper wider than high
_HIGH = {2: (2, 1), 3: (3, 1), 4: (2, 2)}
_HEAD_MM, _GAP_MM = 13.4, 5.0
_LEAST_SIDE, _MOST_SIDE = 0.25, 0.42  # of the width, for lists beside the maps
_LEAST_BELOW = 0.31  # of the height, for lists below them
# How many times as high as needed a map may be: over lists, which then get the rest; beside them.
_SPARE_OVER, _SPARE_BESIDE = 1.12, 1.5
_COLUMN_MM = 56.0


@dataclass(frozen=True)
class Grid:
    """The rectangles of a sheet of several maps; ``unit`` is 1 on A4.

    ``heads`` stand over ``maps``, which are without the band of their degrees.
    """

    unit: float
    header: Rect
    heads: tuple[Rect, ...]
    maps: tuple[Rect, ...]
    columns: tuple[Rect, ...]
    notes: tuple[Rect, ...]
    foot: Rect

    def scale(self, ratio: float) -> float:
        """Tell how many mm high ground of a ratio of width to height is shown."""
        rect = self.maps[0]
        return min(rect.width / ratio, rect.height)


def grid(
    width: float,
    height: float,
    count: int,
    *,
    ratio: float,
    notes_mm: float,
    foot_mm: float,
    lists_mm: float = math.inf,
) -> Grid:
    """Lay out two to four maps; the lists go where the maps are larger for it.

    Parameters
    ----------
    width, height : float
        The paper in mm.
    count : int
        How many maps.
    ratio : float
        Width by height of the ground that every map has to show.
    notes_mm, foot_mm : float
        Heights that the footnotes and the small print need.
    lists_mm : float
        Height that lists below the maps need; they get no more.
    """
    unit = unit_of(width, height)
    margin = 9.0 * unit
    inner = width - 2 * margin
    header = Rect(margin, height - margin - 8.5 * unit, inner, 8.5 * unit)
    foot = Rect(margin, margin - 2.5 * unit, inner, foot_mm)
    notes = columns_of(margin, foot.top + 2.4 * unit, inner, notes_mm, note_columns(width, unit))
    floor = (notes[0].top if notes_mm else foot.top) + 4.5 * unit
    body = Rect(margin, floor, inner, header.y - 2.5 * unit - floor)
    found = []
    for shape in _shapes(count, width, height):
        ways = (
            _beside(body, shape, ratio, unit),
            _below(body, shape, ratio, unit=unit, lists_mm=lists_mm),
        )
        for room, columns in ways:
            heads, maps = _cells(room, shape, count, unit)
            found.append(Grid(unit, header, heads, maps, columns, notes, foot))
    return max(found, key=lambda each: each.scale(ratio))


def _shapes(count: int, width: float, height: float) -> Iterable[tuple[int, int]]:
    if width >= height:
        yield _WIDE[count]
    if height >= width:
        yield _HIGH[count]


def _needed(shape: tuple[int, int], unit: float) -> tuple[float, float]:
    """Give the width and the height that all but the maps themselves take of a grid."""
    rows, across = shape
    band, gap = 2 * BAND_MM * unit, _GAP_MM * unit
    return across * band + (across - 1) * gap, rows * (band + _HEAD_MM * unit) + (rows - 1) * gap


def _beside(
    body: Rect, shape: tuple[int, int], ratio: float, unit: float
) -> tuple[Rect, tuple[Rect, ...]]:
    """Put the lists to the right, as wide as the maps leave them room."""
    rows, across = shape
    taken_x, taken_y = _needed(shape, unit)
    high = (body.height - taken_y) / rows
    wanted = high * ratio * across * 1.04 + taken_x + _GAP_MM * unit
    least = max(_LEAST_SIDE * body.width, _COLUMN_MM * unit)
    side = min(max(body.width - wanted, least), _MOST_SIDE * body.width)
    room = Rect(body.x, body.y, body.width - side - _GAP_MM * unit, body.height)
    count = max(1, int(side // (_COLUMN_MM * unit)))
    lists = columns_of(room.right + _GAP_MM * unit, body.y, side, body.height, count)
    return _no_higher(room, shape, ratio * _SPARE_OVER / _SPARE_BESIDE, unit), lists


def _below(
    body: Rect, shape: tuple[int, int], ratio: float, *, unit: float, lists_mm: float
) -> tuple[Rect, tuple[Rect, ...]]:
    """Put the lists under the maps, as high as the maps leave them room and they need."""
    gap = _GAP_MM * unit
    least = min(body.height * _LEAST_BELOW, lists_mm)
    spare = _SPARE_OVER if lists_mm == math.inf else _SPARE_BESIDE
    room = Rect(body.x, body.y + least + gap, body.width, body.height - least - gap)
    room = _no_higher(room, shape, ratio * _SPARE_OVER / spare, unit)
    high = min(room.y - gap - body.y, lists_mm)
    count = max(2, int(body.width // (_COLUMN_MM * unit)))
    return room, columns_of(body.x, room.y - gap - high, body.width, high, count)


def _no_higher(room: Rect, shape: tuple[int, int], ratio: float, unit: float) -> Rect:
    """Cut a room from below to what its maps can use."""
    rows, across = shape
    taken_x, taken_y = _needed(shape, unit)
    high = (room.width - taken_x) / across / ratio * _SPARE_OVER * rows + taken_y
    height = min(room.height, high)
    return Rect(room.x, room.top - height, room.width, height)


def _cells(
    room: Rect, shape: tuple[int, int], count: int, unit: float
) -> tuple[tuple[Rect, ...], tuple[Rect, ...]]:
    rows, across = shape
    gap, head = _GAP_MM * unit, _HEAD_MM * unit
    width = (room.width - (across - 1) * gap) / across
    height = (room.height - (rows - 1) * gap) / rows
    heads, maps = [], []
    for number in range(count):
        row, column = divmod(number, across)
        x, top = room.x + column * (width + gap), room.top - row * (height + gap)
        heads.append(Rect(x, top - head, width, head))
        whole = Rect(x, top - height, width, height - head)
        maps.append(whole.shrunk(BAND_MM * unit))
    return tuple(heads), tuple(maps)
