"""Boundaries on the sheet: areas by layer or by what is said, lines by precision.

An area has one colour, or equal bands, one a colour, each with its texture: no side is the
ground of the other. The numbers are those of the screen (`maps.looks.texture`), in
millimetres.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import PRECISIONS, Layer
from maps.day.snapshot import BoundaryOnDay
from maps.day.view import Shown
from maps.looks.paint import looks_of
from maps.looks.style import CHANGED as CHANGED_INK
from maps.looks.style import HALO, LAND, MUTED_INK, layer_colours, line
from maps.looks.texture import BAND_PX, MM_PER_PX, SOLID, TEXTURES, Look, Mark
from maps.sheet.sheet import POINTS_PER_PX, Pen, Rect, Sheet, path_of
from maps.sheet.typeset import MM_PER_POINT

_CASING = 1.1  # points of paper on each side of a line, so that it stands out from the relief
_SEAM_MM = 0.08
CHANGED = Pen(CHANGED_INK, 1.35)
_CHANGED_CASING = Pen(HALO, 3.0, opacity=0.8)
_INNER_EDGE = Pen(MUTED_INK, 0.35, opacity=0.7)
BAND_MM = BAND_PX * MM_PER_PX
_DOT_POINTS = 0.01  # how long the dash is that a round pen makes a dot of
_ROOT = math.sqrt(2)


@dataclass(frozen=True)
class Piece:
    """A boundary and its geometry on the sheet, in mm."""

    shown: BoundaryOnDay
    geometry: BaseGeometry


def filling_of(shown: Shown, boundary: BoundaryOnDay) -> Look:
    """Give the look of one boundary in the mode that is shown."""
    return looks_of(shown).fill_on(boundary.boundary, shown.day).look


def line_weight(shown: Shown, layer: Layer) -> float:
    """Tell how many times as heavy as usual the lines of a layer are.

    Where several layers are outlines without colour, that of the largest units,
    the first drawn, is the heaviest: the lines of the others run along it.
    """
    outlines = [
        other.id
        for other in shown.layers
        if (other.hue is None or shown.colours_by_law) and not shown.asks_of_layer(other.id)
    ]
    return 1.75 if len(outlines) > 1 and layer.id == outlines[0] else 1.0


def draw_areas(sheet: Sheet, shown: Shown, pieces: Sequence[Piece], rect: Rect) -> None:
    """Fill the areas, layer by layer."""
    by_layer = _by_layer(pieces)
    for layer in shown.layers:
        areas: defaultdict[Look, list[BaseGeometry]] = defaultdict(list)
        for piece in by_layer[layer.id]:
            areas[filling_of(shown, piece.shown)].append(piece.geometry)
        for filling, geometries in areas.items():
            fill(sheet, geometries, filling, rect)


def draw_lines(
    sheet: Sheet, shown: Shown, pieces: Sequence[Piece], rect: Rect, weight: float = 1.0
) -> None:
    """Draw the lines, layer by layer; after all areas, so that none is covered.

    ``weight`` is how many times as heavy as usual all of them are.
    """
    by_layer = _by_layer(pieces)
    for layer in shown.layers:
        own = by_layer[layer.id]
        edges, inner = _edges_by_precision(own), _inner_edges(shown, own)
        if inner is not None:
            sheet.line(path_of(inner), _INNER_EDGE, clip=rect)
        stroke, heavy = layer_colours(layer).stroke, weight * line_weight(shown, layer)
        for precision, edge in reversed(edges.items()):
            drawn = edge if inner is None else shapely.difference(edge, inner)
            path, pen = path_of(shapely.line_merge(drawn)), pen_of(precision, stroke, heavy)
            sheet.line(path, Pen(LAND, pen.points + _CASING, opacity=0.4), clip=rect)
            sheet.line(path, pen, clip=rect)


def draw_changed(sheet: Sheet, areas: Sequence[BaseGeometry], rect: Rect) -> None:
    """Outline areas on the sheet as changed: stronger than any boundary, light beside it."""
    for area in areas:
        # Pieces that only nearly touch would leave lines between them.
        whole = shapely.buffer(shapely.buffer(shapely.make_valid(area), _SEAM_MM), -_SEAM_MM)
        outline = path_of(whole)
        sheet.line(outline, _CHANGED_CASING, clip=rect)
        sheet.line(outline, CHANGED, clip=rect)


def pen_of(precision: str, colour: str, weight: float = 1.0) -> Pen:
    """Give the line of a precision in a colour; ``weight`` makes it heavier."""
    drawn = line(precision)
    dash = tuple(part * POINTS_PER_PX * 0.7 for part in drawn.dash_pattern)
    return Pen(colour, drawn.width_px * POINTS_PER_PX * 0.8 * weight, dash)


def _edges_by_precision(pieces: Sequence[Piece]) -> dict[str, BaseGeometry]:
    """Give each edge once, under the best precision of those that share it.

    Drawn once for each side, two dashed lines would look like a solid one.
    """
    found: dict[str, BaseGeometry] = {}
    taken: BaseGeometry = shapely.GeometryCollection()
    for precision in PRECISIONS:
        outlines = [p.geometry.boundary for p in pieces if p.shown.boundary.precision == precision]
        if not outlines:
            continue
        edges = shapely.union_all(outlines)
        found[precision] = shapely.difference(edges, taken)
        taken = shapely.union(taken, edges)
    return found


def _inner_edges(shown: Shown, pieces: Sequence[Piece]) -> BaseGeometry | None:
    """Give the edges between pieces of which the same is said; None where nobody is asked."""
    if not any(shown.asks_of_layer(piece.shown.boundary.layer) for piece in pieces):
        return None
    groups: defaultdict[Look, list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        groups[filling_of(shown, piece.shown)].append(piece.geometry)
    inner = [
        shapely.difference(
            shapely.union_all([geometry.boundary for geometry in group]),
            shapely.union_all(group).boundary,
        )
        for group in groups.values()
    ]
    return shapely.union_all(inner)


def _by_layer(pieces: Sequence[Piece]) -> defaultdict[str, list[Piece]]:
    found: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[piece.shown.boundary.layer].append(piece)
    return found


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
