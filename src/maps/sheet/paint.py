"""Boundaries on the sheet: areas by layer or by what is said, lines by precision.

An area has one colour, or equal bands, one a colour, each with its texture: no side is the
ground of the other. The numbers are those of the screen (`maps.looks.texture`), in
millimetres.
"""

from __future__ import annotations

import itertools
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
from maps.looks.texture import BAND_PX, MM_PER_PX, SOLID, TEXTURES, Look
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
    for layer in shown.layers:
        for look, geometries in _by_look(shown, pieces, layer).items():
            fill(sheet, geometries, look, rect)


def draw_lines(
    sheet: Sheet, shown: Shown, pieces: Sequence[Piece], rect: Rect, weight: float = 1.0
) -> None:
    """Draw the lines, layer by layer; after all areas, so that none is covered.

    ``weight`` is how many times as heavy as usual all of them are.
    """
    for layer in shown.layers:
        # Between pieces of which the same is said.
        inner: BaseGeometry = shapely.GeometryCollection()
        if shown.asks_of_layer(layer.id):
            groups = _by_look(shown, pieces, layer).values()
            inner = shapely.union_all(
                [_edges(own).difference(shapely.union_all(own).boundary) for own in groups]
            )
            sheet.line(inner, _INNER_EDGE, clip=rect)
        # Each edge once, under the best precision of those that share it: drawn once for
        # each side, two dashed lines would look like a solid one.
        edges: dict[str, BaseGeometry] = {}
        taken: BaseGeometry = shapely.GeometryCollection()
        for precision in PRECISIONS:
            own = [
                piece.geometry
                for piece in pieces
                if piece.shown.boundary.layer == layer.id
                and piece.shown.boundary.precision == precision
            ]
            if own:
                shared = _edges(own)
                edges[precision] = shapely.difference(shared, taken)
                taken = shapely.union(taken, shared)
        stroke, heavy = layer_colours(layer).stroke, weight * line_weight(shown, layer)
        for precision, edge in reversed(edges.items()):
            drawn = edge if inner.is_empty else shapely.difference(edge, inner)
            pen = pen_of(precision, stroke, heavy)
            casing = Pen(LAND, pen.points + _CASING, opacity=0.4)
            sheet.line(shapely.line_merge(drawn), casing, pen, clip=rect)


def draw_changed(sheet: Sheet, areas: Sequence[BaseGeometry], rect: Rect) -> None:
    """Outline areas on the sheet as changed: stronger than any boundary, light beside it."""
    for area in areas:
        # Pieces that only nearly touch would leave lines between them.
        whole = shapely.buffer(shapely.buffer(shapely.make_valid(area), _SEAM_MM), -_SEAM_MM)
        sheet.line(whole, _CHANGED_CASING, CHANGED, clip=rect)


def pen_of(precision: str, colour: str, weight: float = 1.0) -> Pen:
    """Give the line of a precision in a colour; ``weight`` makes it heavier."""
    drawn = line(precision)
    dash = tuple(part * POINTS_PER_PX * 0.7 for part in drawn.dash_pattern)
    return Pen(colour, drawn.width_px * POINTS_PER_PX * 0.8 * weight, dash)


def _by_look(shown: Shown, pieces: Iterable[Piece], layer: Layer) -> dict[Look, list[BaseGeometry]]:
    found: defaultdict[Look, list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        if piece.shown.boundary.layer == layer.id:
            found[filling_of(shown, piece.shown)].append(piece.geometry)
    return found


def _edges(areas: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all([area.boundary for area in areas])


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
        sheet.area(area, fill=look.colours[0], opacity=look.opacity(), clip=rect)
        return
    area = shapely.intersection(area, rect.polygon)
    if area.is_empty:
        return
    outline, width = path_of(area), min(look.band_px * MM_PER_PX, band_mm)
    step = width / MM_PER_POINT
    for number, (colour, texture) in enumerate(look.bands):
        bands, opacity = _bands(area, width, number, len(look.bands)), look.opacity(texture)
        if texture == SOLID:
            rings = [
                [(u, low), (u + width, low), (u + width, high), (u, high)] for u, low, high in bands
            ]
            stripes = [shapely.Polygon(_placed(ring)) for ring in rings]
            sheet.area(shapely.intersection(stripes, area), fill=colour, opacity=opacity)
            continue
        # Marks along the bands are dashed lines, others are drawn one by one.
        along = [mark for mark in TEXTURES[texture].marks if mark.x1 == mark.x2]
        across = [mark for mark in TEXTURES[texture].marks if mark.x1 != mark.x2]
        for mark in along:
            length = max((mark.y2 - mark.y1) * step, _DOT_POINTS)
            dash = (length, step - length) if length < step else ()
            pen = Pen(colour, mark.width * step, dash, opacity, mark.cap)
            x, late = mark.x1 * width, mark.y1 * width
            rails = [(u + x, low + late, u + x, high) for u, low, high in bands]
            sheet.line(_segments(rails), pen, clip=outline)
        if across:
            pen = Pen(colour, across[0].width * step, (), opacity, across[0].cap)
            places = [[part * width for part in mark[:4]] for mark in across]
            squares = _squares(area, bands, width)
            strokes = [
                (u + x1, v + y1, u + x2, v + y2) for u, v in squares for x1, y1, x2, y2 in places
            ]
            sheet.line(_segments(strokes), pen, clip=outline)


def _bands(
    area: BaseGeometry, width: float, number: int, count: int
) -> list[tuple[float, float, float]]:
    """Give the bands of one colour of so many over an area: u, and v from and to.

    Bands run from lower left to upper right. ``u`` is measured across them and
    ``v`` along them, both from the corner of the sheet, so that all pieces agree; v is
    in whole steps, and goes no further than the band can meet the area: a line begun
    outside the sheet is cut there by matplotlib before it is dashed, and its dots would
    lie elsewhere than its neighbours'.
    """
    west, south, east, north = area.bounds
    step = width * _ROOT
    found = []
    for k in range(math.floor((west - north) / step), math.ceil((east - south) / step)):
        if k % count == number:
            u = k * width
            low = max(_ROOT * west - u - width, _ROOT * south + u)
            high = min(_ROOT * east - u, _ROOT * north + u + width)
            first, last = math.floor(low / width), math.ceil(high / width)
            found.append((u, first * width, max(first, last) * width))
    return found


def _squares(
    area: BaseGeometry, bands: Iterable[tuple[float, float, float]], width: float
) -> Iterator[tuple[float, float]]:
    """Give u and v of each square of the bands that lies on the area."""
    places = [(u, float(v)) for u, low, high in bands for v in np.arange(low, high, width)]
    middles = _placed([(u + width / 2, v + width / 2) for u, v in places])
    shapely.prepare(area)
    near = np.atleast_1d(shapely.dwithin(area, shapely.points(middles), width))
    return itertools.compress(places, near)


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
