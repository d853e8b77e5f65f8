"""Where the parts of a sheet of one to four maps lie, in millimetres."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from maps.errors import ExportFailed
from maps.sheet.plate import BAND_MM
from maps.sheet.sheet import Rect

Size = str | tuple[float, float]

SIZES: dict[str, tuple[float, float]] = {
    "a4": (297.0, 210.0),
    "a4-portrait": (210.0, 297.0),
    "16:9": (338.7, 190.5),  # what presentation programs call widescreen, in mm
    "square": (240.0, 240.0),
}
SMALLEST_MM, LARGEST_MM = 160.0, 1200.0
_A4_MM2 = 297.0 * 210.0
_WIDTH_BY_HEIGHT = re.compile(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
PANEL_BAND_MM = 2.3  # of the degrees around each of several maps, on A4; one has BAND_MM
_WIDE = {2: (1, 2), 3: (1, 3), 4: (2, 2)}  # rows and columns of maps on paper wider than high
_HIGH = {2: (2, 1), 3: (3, 1), 4: (2, 2)}
_HEAD_MM, _GAP_MM = 13.4, 5.0  # over each of several maps; between them
_LEAST_SIDE, _MOST_SIDE = 0.25, 0.42  # of the width, for lists beside several maps
_LEAST_BELOW = 0.31  # of the height, for lists below them
# How many times as high as needed a map may be: over lists, which then get the rest; beside them.
_SPARE_OVER, _SPARE_BESIDE = 1.12, 1.5
_COLUMN_MM = 56.0


@dataclass(frozen=True)
class Layout:
    """The rectangles of a sheet.

    ``maps`` are without the band of their degrees; over each of several stands one
    of ``heads``. ``columns`` take the legend and the lists, one after the other;
    ``notes`` are the columns of the footnotes.
    """

    header: Rect
    heads: tuple[Rect, ...]
    maps: tuple[Rect, ...]
    columns: tuple[Rect, ...]
    notes: tuple[Rect, ...]
    foot: Rect


def paper(size: Size | None) -> tuple[float, float]:
    """Give width and height in mm.

    Raises
    ------
    ExportFailed
        The text names no size, or one too small to read or too large to make.
    """
    if size is None:
        return SIZES["a4"]
    if isinstance(size, str):
        match = _WIDTH_BY_HEIGHT.fullmatch(size.strip())
        if size.lower() in SIZES:
            return SIZES[size.lower()]
        if not match:
            known = ", ".join(SIZES)
            raise ExportFailed(f"size {size!r} is not known; write {known} or 250x180 (mm)")
        size = (float(match[1]), float(match[2]))
    width, height = size
    if not all(SMALLEST_MM <= side <= LARGEST_MM for side in size):
        raise ExportFailed(
            f"size {width:g}x{height:g} mm will not do; "
            f"each side must be {SMALLEST_MM:g} to {LARGEST_MM:g} mm"
        )
    return float(width), float(height)


def unit_of(width: float, height: float) -> float:
    """Tell how many times as large as on A4 everything is on a paper."""
    return max(math.sqrt(width * height / _A4_MM2), 0.7)


def layout(
    width: float,
    height: float,
    count: int = 1,
    *,
    notes_mm: float,
    foot_mm: float,
    ratio: float = 1.0,
    wide_lists: bool = False,
    lists_mm: float = math.inf,
) -> Layout:
    """Lay out a sheet of one to four maps.

    The lists lie beside one map on a wide sheet and below it on a high one. With
    several they go where the maps are larger for it.

    Parameters
    ----------
    notes_mm, foot_mm : float
        Heights that the footnotes and the small print need.
    ratio : float
        Width by height of the ground that every one of several maps has to show.
    wide_lists : bool
        Whether the lists are long and take more of the room of a single map.
    lists_mm : float
        Height that lists below the maps need; they get no more, and at most their share.
    """
    unit = unit_of(width, height)
    margin, gap = 9.0 * unit, _GAP_MM * unit
    inner = width - 2 * margin
    header_mm = (15.5 if count == 1 else 8.5) * unit
    header = Rect(margin, height - margin - header_mm, inner, header_mm)
    foot = Rect(margin, margin - 2.5 * unit, inner, foot_mm)
    notes = note_columns(width, height, foot.top + 2.4 * unit, notes_mm)
    floor = (notes[0].top if notes_mm else foot.top) + 4.5 * unit
    body = Rect(margin, floor, inner, header.y - 2.5 * unit - floor)
    if count == 1:
        is_wide = width / height >= 1.15
        room, columns = _alone(body, unit, lists_mm, is_wide=is_wide, wide_lists=wide_lists)
        alone = room.shrunk(BAND_MM * unit)
        return Layout(header, (), (alone,), columns, notes, foot)
    found = []
    shapes = [_WIDE[count]] if width >= height else []
    shapes += [_HIGH[count]] if height >= width else []
    for rows, across in shapes:
        for room, columns in _rooms(body, (rows, across), ratio, unit, lists_mm):
            each_x = (room.width - (across - 1) * gap) / across
            each_y = (room.height - (rows - 1) * gap) / rows
            head_mm, heads, maps = _HEAD_MM * unit, list[Rect](), list[Rect]()
            for row, column in list(itertools.product(range(rows), range(across)))[:count]:
                x, top = room.x + column * (each_x + gap), room.top - row * (each_y + gap)
                heads.append(Rect(x, top - head_mm, each_x, head_mm))
                whole = Rect(x, top - each_y, each_x, each_y - head_mm)
                maps.append(whole.shrunk(PANEL_BAND_MM * unit))
            found.append(Layout(header, tuple(heads), tuple(maps), columns, notes, foot))
    # Where the ground is shown highest.
    return max(found, key=lambda each: min(each.maps[0].width / ratio, each.maps[0].height))


def _alone(
    body: Rect, unit: float, lists_mm: float, *, is_wide: bool, wide_lists: bool
) -> tuple[Rect, tuple[Rect, ...]]:
    """Give a single map its room; lists beside it on wide paper, below it on high."""
    x, y, width, height, gap = body.x, body.y, body.width, body.height, 4.5 * unit
    if is_wide:
        side = min(max(width * (0.4 if wide_lists else 0.265), 62 * unit), width * 0.4)
        room = Rect(x, y, width - side - gap, height)
        return room, columns_of(Rect(room.right + gap, y, side, height), 1)
    lists = min(height * (0.46 if wide_lists else 0.36), lists_mm)
    room = Rect(x, y + lists + gap, width, height - lists - gap)
    return room, columns_of(Rect(x, y, width, lists), 2)


def _rooms(
    body: Rect, shape: tuple[int, int], ratio: float, unit: float, lists_mm: float
) -> Iterator[tuple[Rect, tuple[Rect, ...]]]:
    """Give several maps their room and the lists theirs: to the right of the maps, and below."""
    rows, across = shape
    x, y, width, height = body.x, body.y, body.width, body.height
    band, gap, column = 2 * PANEL_BAND_MM * unit, _GAP_MM * unit, _COLUMN_MM * unit
    # What all but the maps themselves take.
    taken_x = across * band + (across - 1) * gap
    taken_y = rows * (band + _HEAD_MM * unit) + (rows - 1) * gap

    def no_higher(room: Rect, spare: float) -> Rect:
        """Cut a room from below to what its maps can use."""
        high = (room.width - taken_x) / across / ratio * spare * rows + taken_y
        height = min(room.height, high)
        return Rect(room.x, room.top - height, room.width, height)

    # Beside the maps, lists are as wide as these leave them room.
    wanted = (height - taken_y) / rows * ratio * across * 1.04 + taken_x + gap
    side = min(max(width - wanted, _LEAST_SIDE * width, column), _MOST_SIDE * width)
    room = Rect(x, y, width - side - gap, height)
    lists = columns_of(Rect(room.right + gap, y, side, height), max(1, int(side // column)))
    yield no_higher(room, _SPARE_BESIDE), lists
    # Below, they are as high as the maps leave them room and they need.
    least = min(height * _LEAST_BELOW, lists_mm)
    room = Rect(x, y + least + gap, width, height - least - gap)
    room = no_higher(room, _SPARE_OVER if lists_mm == math.inf else _SPARE_BESIDE)
    high = min(room.y - gap - y, lists_mm)
    below = Rect(x, room.y - gap - high, width, high)
    yield room, columns_of(below, max(2, int(width // column)))


def note_columns(
    width: float, height: float, y: float = 0.0, notes_mm: float = 0.0
) -> tuple[Rect, ...]:
    """Give the columns of the footnotes on a paper in mm, from a height up."""
    unit = unit_of(width, height)
    whole = Rect(9.0 * unit, y, width - 18.0 * unit, notes_mm)
    return columns_of(whole, 3 if width / unit >= 250 else 2)


def columns_of(rect: Rect, count: int) -> tuple[Rect, ...]:
    """Part a rectangle into columns with gutters between them."""
    gutter = rect.width * 0.022
    each = (rect.width - gutter * (count - 1)) / count
    return tuple(
        Rect(rect.x + at * (each + gutter), rect.y, each, rect.height) for at in range(count)
    )
