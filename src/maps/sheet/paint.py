"""Boundaries on the sheet: areas by layer or by what is said, lines by precision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import PRECISIONS, Layer
from maps.day.snapshot import BoundaryOnDay
from maps.day.view import Shown
from maps.looks.paint import looks_of
from maps.looks.style import CHANGED as CHANGED_INK
from maps.looks.style import HALO, LAND, MUTED_INK, layer_colours, line
from maps.looks.texture import Look
from maps.sheet.filling import fill
from maps.sheet.sheet import POINTS_PER_PX, Pen, Rect, Sheet, path_of

_CASING = 1.1  # points of paper on each side of a line, so that it stands out from the relief
_SEAM_MM = 0.08
CHANGED = Pen(CHANGED_INK, 1.35)
_CHANGED_CASING = Pen(HALO, 3.0, opacity=0.8)
_INNER_EDGE = Pen(MUTED_INK, 0.35, opacity=0.7)


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
        own = weight * line_weight(shown, layer)
        _lines(sheet, shown, layer, by_layer[layer.id], rect=rect, weight=own)


def draw_changed(sheet: Sheet, areas: Sequence[BaseGeometry], rect: Rect) -> None:
    """Outline areas on the sheet as changed: stronger than any boundary, light beside it."""
    for area in areas:
        # Pieces that only nearly touch would leave lines between them.
        whole = shapely.buffer(shapely.buffer(shapely.make_valid(area), _SEAM_MM), -_SEAM_MM)
        outline = path_of(whole)
        sheet.line(outline, _CHANGED_CASING, clip=rect)
        sheet.line(outline, CHANGED, clip=rect)


def _lines(
    sheet: Sheet,
    shown: Shown,
    layer: Layer,
    pieces: Sequence[Piece],
    *,
    rect: Rect,
    weight: float,
) -> None:
    if not pieces:
        return
    edges = _edges_by_precision(pieces)
    inner = _inner_edges(shown, pieces)
    if inner is not None:
        sheet.line(path_of(inner), _INNER_EDGE, clip=rect)
    stroke = layer_colours(layer).stroke
    for precision in reversed(PRECISIONS):
        edge = edges.get(precision)
        if edge is None:
            continue
        if inner is not None:
            edge = shapely.difference(edge, inner)
        path = path_of(shapely.line_merge(edge))
        pen = pen_of(precision, stroke, weight)
        sheet.line(path, Pen(LAND, pen.points + _CASING, opacity=0.4), clip=rect)
        sheet.line(path, pen, clip=rect)


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
