"""Where the parts of a sheet lie, in millimetres."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from maps.errors import ExportFailed
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


@dataclass(frozen=True)
class Layout:
    """The rectangles of a sheet; ``unit`` is 1 on A4 and grows with the paper.

    ``columns`` take the legend and the lists, one after the other; ``notes``
    are the columns of the footnotes.
    """

    width: float
    height: float
    unit: float
    header: Rect
    map: Rect
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
    *,
    notes_mm: float,
    foot_mm: float,
    wide_lists: bool = False,
    lists_mm: float = math.inf,
) -> Layout:
    """Lay out a sheet: lists beside the map on a wide one, below it on a high one.

    Parameters
    ----------
    width, height : float
        The paper in mm.
    notes_mm, foot_mm : float
        Heights that the footnotes and the small print need.
    wide_lists : bool
        Whether the lists are long and take more of the map's room.
    lists_mm : float
        Height that lists below the map need; they get no more, and at most their share.
    """
    unit = unit_of(width, height)
    margin, gap = 9.0 * unit, 4.5 * unit
    inner = width - 2 * margin
    header = Rect(margin, height - margin - 15.5 * unit, inner, 15.5 * unit)
    foot = Rect(margin, margin - 2.5 * unit, inner, foot_mm)
    notes = columns_of(margin, foot.top + 2.4 * unit, inner, notes_mm, note_columns(width, unit))
    floor = (notes[0].top if notes_mm else foot.top) + gap
    ceiling = header.y - 2.5 * unit
    if is_wide(width, height):
        side = min(max(inner * (0.4 if wide_lists else 0.265), 62 * unit), inner * 0.4)
        ground = Rect(margin, floor, inner - side - gap, ceiling - floor)
        columns = columns_of(ground.right + gap, floor, side, ceiling - floor, 1)
    else:
        lists = min((ceiling - floor) * (0.46 if wide_lists else 0.36), lists_mm)
        ground = Rect(margin, floor + lists + gap, inner, ceiling - floor - lists - gap)
        columns = columns_of(margin, floor, inner, lists, 2)
    return Layout(width, height, unit, header, ground, columns, notes, foot)


def is_wide(width: float, height: float) -> bool:
    """Tell whether the lists lie beside the map, not below it."""
    return width / height >= 1.15


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
