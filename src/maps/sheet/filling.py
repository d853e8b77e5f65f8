"""Areas filled with one colour, or with equal bands: one a colour, each with its texture.

No side is the ground of the other. The numbers are those of the screen
(`maps.looks.texture`), in millimetres.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from maps.looks.texture import BAND_PX, MM_PER_PX, SOLID, TEXTURES, Look, Mark
from maps.sheet.sheet import Pen, Rect, Sheet, path_of
from maps.sheet.typeset import MM_PER_POINT

BAND_MM = BAND_PX * MM_PER_PX
_DOT_POINTS = 0.01  # how long the dash is that a round pen makes a dot of
_ROOT = math.sqrt(2)


def fill(
    sheet: Sheet,
    geometries: Iterable[BaseGeometry],
    look: Look,
    rect: Rect,
    *,
    band_mm: float = BAND_MM,
) -> None:
    """Fill areas as a look says; nothing is drawn outside ``rect``.

    ``band_mm`` is the width of a band at most.
    """
    if not look.bands:
        return
    # Joined first: a seam between two pieces of one colour would look like a line.
    area = shapely.union_all(shapely.make_valid(list(geometries)))
    if look.is_plain:
        sheet.area(path_of(area), fill=look.colours[0], opacity=look.opacity(), clip=rect)
        return
    area = shapely.intersection(area, rect.polygon)
    if area.is_empty:
        return
    outline, width = path_of(area), min(look.band_px * MM_PER_PX, band_mm)
    for number, (colour, texture) in enumerate(look.bands):
        bands, opacity = _Bands(area, len(look.bands), number, width), look.opacity(texture)
        if texture == SOLID:
            stripes = path_of(shapely.intersection(bands.stripes(), area))
            sheet.area(stripes, fill=colour, opacity=opacity)
            continue
        for strokes, pen in _strokes(bands, TEXTURES[texture].marks, colour, opacity):
            sheet.line(strokes, pen, clip=outline)


@dataclass(frozen=True)
class _Bands:
    """The bands of one colour over an area; ``width`` in mm, the n-th of ``count``.

    Bands run from lower left to upper right. ``u`` is measured across them and
    ``v`` along them, both from the corner of the sheet, so that all pieces agree.
    """

    area: BaseGeometry
    count: int
    number: int
    width: float

    @property
    def starts(self) -> list[float]:
        """The u at which each band begins."""
        west, south, east, north = self.area.bounds
        step = self.width * _ROOT
        first, last = math.floor((west - north) / step), math.ceil((east - south) / step)
        return [k * self.width for k in range(first, last) if k % self.count == self.number]

    def along(self, u: float) -> tuple[float, float]:
        """Give the v, in whole steps, between which the band at u can meet the area.

        No further: a line begun outside the sheet is cut there by matplotlib
        before it is dashed, and its dots would lie elsewhere than its neighbours'.
        """
        west, south, east, north = self.area.bounds
        low = max(_ROOT * west - u - self.width, _ROOT * south + u)
        high = min(_ROOT * east - u, _ROOT * north + u + self.width)
        steps = math.floor(low / self.width), math.ceil(high / self.width)
        return steps[0] * self.width, max(steps) * self.width

    def stripes(self) -> list[BaseGeometry]:
        """Give the bands as areas."""
        found: list[BaseGeometry] = []
        for u in self.starts:
            low, high = self.along(u)
            ring = [(u, low), (u + self.width, low), (u + self.width, high), (u, high)]
            found.append(shapely.Polygon(_placed(ring)))
        return found

    def rails(self, at: float, offset: float = 0.0) -> Path:
        """Draw one line along each band, at a share of its width, begun a share of a step late."""
        found = []
        for u in self.starts:
            low, high = self.along(u)
            x = u + at * self.width
            found.append((x, low + offset * self.width, x, high))
        return _segments(found)

    def cells(self) -> Iterator[tuple[float, float]]:
        """Give u and v of each square of the bands that lies on the area."""
        places = [(u, float(v)) for u in self.starts for v in np.arange(*self.along(u), self.width)]
        middles = _placed([(u + self.width / 2, v + self.width / 2) for u, v in places])
        shapely.prepare(self.area)
        near = np.atleast_1d(shapely.dwithin(self.area, shapely.points(middles), self.width))
        return (place for place, is_near in zip(places, near, strict=True) if is_near)


def _strokes(
    bands: _Bands, marks: Iterable[Mark], colour: str, opacity: float
) -> Iterator[tuple[Path, Pen]]:
    """Draw the marks of a texture: those along the bands as dashed lines, others one by one."""
    step = bands.width / MM_PER_POINT
    across = [mark for mark in marks if mark.x1 != mark.x2]
    for mark in marks:
        if mark in across:
            continue
        length = max((mark.y2 - mark.y1) * step, _DOT_POINTS)
        dash = (length, step - length) if length < step else ()
        pen = Pen(colour, mark.width * step, dash, opacity, mark.cap)
        yield bands.rails(mark.x1, mark.y1), pen
    if across:
        ends = [
            (u + mark.x1 * bands.width, v + mark.y1 * bands.width,
             u + mark.x2 * bands.width, v + mark.y2 * bands.width)
            for u, v in bands.cells()
            for mark in across
        ]  # fmt: skip
        yield _segments(ends), Pen(colour, across[0].width * step, (), opacity, across[0].cap)


def _placed(points: Sequence[tuple[float, ...]]) -> np.ndarray[Any, Any]:
    """Turn u and v, in pairs, into x and y on the sheet."""
    at = np.array(points, dtype=float).reshape(-1, 2)
    return np.column_stack([at[:, 0] + at[:, 1], at[:, 1] - at[:, 0]]) / _ROOT


def _segments(ends: Sequence[tuple[float, float, float, float]]) -> Path:
    """Make one path of segments, each given by u and v of its two ends."""
    points = _placed(ends)
    path = Path(points, np.tile([Path.MOVETO, Path.LINETO], len(points) // 2))
    path.should_simplify = False
    return path
