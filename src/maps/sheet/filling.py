"""Areas filled with one colour, or with equal bands: one a colour, each with its texture.

No side is the ground of the other. The textures are those of the screen
(`map/assets/texture.js`), in millimetres: a CSS pixel is about a quarter of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from maps.looks.paint import TEXTURED_OPACITY
from maps.looks.style import FILL_OPACITY
from maps.sheet.sheet import Pen, Rect, Sheet, path_of
from maps.sheet.typeset import MM_PER_POINT

FAINT = 0.6  # of the usual opacity, where a statement is approximate; as on the screen
STRIPE_MM = 1.25
BAND_MM = 2.5  # of a band with a texture, which needs room to be told from another
NOTHING = ""  # a stripe without colour
_SPECK_MM = 0.42
_DOT_POINTS = 0.01  # how long the dash is that a round pen makes a dot of
_ROOT = math.sqrt(2)


@dataclass(frozen=True)
class Filling:
    """The colours of an area: none, one, or bands of several; faint if approximate.

    ``textures`` go with the colours, one each; without them all are solid, and
    the bands are narrow.
    """

    colours: tuple[str, ...] = ()
    faint: bool = False
    textures: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether it is one colour without a texture."""
        return len(self.colours) == 1 and self.textures in ((), ("solid",))

    @property
    def opacity(self) -> float:
        """How much of the ground a solid colour hides."""
        return FILL_OPACITY * (FAINT if self.faint else 1.0)


NO_FILLING = Filling()


def fill(
    sheet: Sheet,
    geometries: Iterable[BaseGeometry],
    filling: Filling,
    rect: Rect,
    *,
    band_mm: float = BAND_MM,
) -> None:
    """Fill areas as a filling says; nothing is drawn outside ``rect``.

    ``band_mm`` is the width of bands with textures.
    """
    if not filling.colours:
        return
    # Joined first: a seam between two pieces of one colour would look like a line.
    area = shapely.union_all(shapely.make_valid(list(geometries)))
    if filling.is_plain:
        sheet.area(path_of(area), fill=filling.colours[0], opacity=filling.opacity, clip=rect)
        return
    area = shapely.intersection(area, rect.polygon)
    if area.is_empty:
        return
    textures = filling.textures or ("solid",) * len(filling.colours)
    outline, width = path_of(area), band_mm if filling.textures else STRIPE_MM
    for number, (colour, texture) in enumerate(zip(filling.colours, textures, strict=True)):
        bands = _Bands(area, len(textures), number, width)
        if colour == NOTHING:
            continue
        if texture == "solid":
            stripes = path_of(shapely.intersection(bands.stripes(), area))
            sheet.area(stripes, fill=colour, opacity=filling.opacity)
            continue
        for strokes, pen in _STROKES[texture](bands, colour):
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


Strokes = Iterator[tuple[Path, Pen]]


def _lines(bands: _Bands, colour: str) -> Strokes:
    for at in (0.25, 0.75):
        yield bands.rails(at), _pen(colour, bands.width * 0.26)


def _dots(bands: _Bands, colour: str) -> Strokes:
    for at, offset in ((0.3, 0.25), (0.75, 0.75)):
        yield bands.rails(at, offset), _dotted(colour, bands.width * 0.42, bands.width)


def _dashes(bands: _Bands, colour: str) -> Strokes:
    step = bands.width / MM_PER_POINT
    pen = _pen(colour, bands.width * 0.3, (0.55 * step, 0.45 * step))
    yield bands.rails(0.5, 0.2), pen


def _crosses(bands: _Bands, colour: str) -> Strokes:
    near, far = 0.22 * bands.width, 0.78 * bands.width
    strokes = [
        (u + near, v + one, u + far, v + other)
        for u, v in bands.cells()
        for one, other in ((near, far), (far, near))
    ]
    yield _segments(strokes), _pen(colour, bands.width * 0.19)


def _specks(bands: _Bands, colour: str) -> Strokes:
    yield bands.rails(0.5, 0.5), _dotted(colour, _SPECK_MM, bands.width)


_STROKES: dict[str, Callable[[_Bands, str], Strokes]] = {
    "lines": _lines,
    "dots": _dots,
    "dashes": _dashes,
    "crosses": _crosses,
    "specks": _specks,
}


def _pen(
    colour: str,
    width_mm: float,
    dash: tuple[float, ...] = (),
    cap: Literal["butt", "round"] = "butt",
) -> Pen:
    return Pen(colour, width_mm / MM_PER_POINT, dash, TEXTURED_OPACITY, cap)


def _dotted(colour: str, width_mm: float, step_mm: float) -> Pen:
    gap = step_mm / MM_PER_POINT - _DOT_POINTS
    return _pen(colour, width_mm, (_DOT_POINTS, gap), "round")


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
