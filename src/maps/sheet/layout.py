"""Where the parts of a sheet of one to four maps lie, in millimetres."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from maps.errors import ExportFailed
from maps.sheet.furniture import BAND_MM
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
    """The rectangles of a sheet; ``unit`` is 1 on A4 and grows with the paper.

    ``maps`` are without the band of their degrees; over each of several stands one
    of ``heads``. ``columns`` take the legend and the lists, one after the other;
    ``notes`` are the columns of the footnotes.
    """

    unit: float
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
    """Tell how many times as large as on A4 everything is."""
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
    width, height : float
        The paper in mm.
    count : int
        How many maps.
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
    margin = 9.0 * unit
    inner = width - 2 * margin
    header_mm = (15.5 if count == 1 else 8.5) * unit
    header = Rect(margin, height - margin - header_mm, inner, header_mm)
    foot = Rect(margin, margin - 2.5 * unit, inner, foot_mm)
    notes = columns_of(margin, foot.top + 2.4 * unit, inner, notes_mm, note_columns(width, unit))
    floor = (notes[0].top if notes_mm else foot.top) + 4.5 * unit
    body = Rect(margin, floor, inner, header.y - 2.5 * unit - floor)
    if count == 1:
        paper_is_wide = width / height >= 1.15
        room, columns = _alone(body, unit, lists_mm, is_wide=paper_is_wide, wide_lists=wide_lists)
        alone = room.shrunk(BAND_MM * unit)
        return Layout(unit, header, (), (alone,), columns, notes, foot)
    found = []
    shapes = [_WIDE[count]] if width >= height else []
    shapes += [_HIGH[count]] if height >= width else []
    for shape in shapes:
        ways = (_beside(body, shape, ratio, unit), _below(body, shape, ratio, unit, lists_mm))
        for room, columns in ways:
            heads, maps = _cells(room, shape, count, unit)
            found.append(Layout(unit, header, heads, maps, columns, notes, foot))
    # Where the ground is shown highest.
    return max(found, key=lambda each: min(each.maps[0].width / ratio, each.maps[0].height))


def _alone(
    body: Rect, unit: float, lists_mm: float, *, is_wide: bool, wide_lists: bool
) -> tuple[Rect, tuple[Rect, ...]]:
    """Give a single map its room; lists beside it on wide paper, below it on high."""
    gap = 4.5 * unit
    if is_wide:
        side = min(max(body.width * (0.4 if wide_lists else 0.265), 62 * unit), body.width * 0.4)
        room = Rect(body.x, body.y, body.width - side - gap, body.height)
        return room, columns_of(room.right + gap, body.y, side, body.height, 1)
    lists = min(body.height * (0.46 if wide_lists else 0.36), lists_mm)
    room = Rect(body.x, body.y + lists + gap, body.width, body.height - lists - gap)
    return room, columns_of(body.x, body.y, body.width, lists, 2)


def _needed(shape: tuple[int, int], unit: float) -> tuple[float, float]:
    """Give the width and the height that all but the maps themselves take of a grid."""
    rows, across = shape
    band, gap = 2 * PANEL_BAND_MM * unit, _GAP_MM * unit
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
    body: Rect, shape: tuple[int, int], ratio: float, unit: float, lists_mm: float
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
        maps.append(whole.shrunk(PANEL_BAND_MM * unit))
    return tuple(heads), tuple(maps)


def note_columns(width: float, unit: float) -> int:
    """Give the number of columns of the footnotes."""
    return 3 if width / unit >= 250 else 2


def notes_width(width: float, height: float) -> tuple[int, float]:
    """Give the number of columns of the footnotes and the width of each."""
    unit = unit_of(width, height)
    columns = columns_of(0, 0, width - 18.0 * unit, 1, note_columns(width, unit))
    return len(columns), columns[0].width


def columns_of(x: float, y: float, width: float, height: float, count: int) -> tuple[Rect, ...]:
    """Part a rectangle into columns with gutters between them."""
    gutter = width * 0.022
    each = (width - gutter * (count - 1)) / count
    return tuple(Rect(x + at * (each + gutter), y, each, height) for at in range(count))
