"""Boundaries on the sheet, areas and lines, and the legend: what is on the map, nothing else.

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
from maps.looks.paint import in_order, line_entries, looks_of
from maps.looks.style import CHANGED as CHANGED_INK
from maps.looks.style import HALO, INK, LAND, MUTED_INK, NEUTRAL, layer_colours, line
from maps.looks.texture import BAND_PX, MM_PER_PX, OUTLINE, SOLID, TEXTURES, Look
from maps.sheet.columns import Columns
from maps.sheet.sheet import POINTS_PER_PX, Pen, Rect, Sheet, path_of
from maps.sheet.typeset import MM_PER_POINT, Face, width_mm, wrapped
from maps.words.apparatus import Entry
from maps.words.i18n import texts
from maps.words.names import teller_name

_CASING = 1.1  # points of paper on each side of a line, so that it stands out from the relief
_SEAM_MM = 0.08
CHANGED = Pen(CHANGED_INK, 1.35)
_CHANGED_CASING = Pen(HALO, 3.0, opacity=0.8)
_INNER_EDGE = Pen(MUTED_INK, 0.35, opacity=0.7)
BAND_MM = BAND_PX * MM_PER_PX
_DOT_POINTS = 0.01  # how long the dash is that a round pen makes a dot of
_ROOT = math.sqrt(2)
SWATCH_MM = (7.5, 3.4)
_SWATCH_BAND_MM = 1.6  # finer than on the map, so that a swatch has room for all bands of a piece


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


@dataclass(frozen=True)
class Sample:
    """One line of the legend: an area, a line, an event's mark, a change's outline, or words."""

    label: str
    look: Look = OUTLINE
    outline: str = ""  # colour of the edge of an area; empty where it has none
    precision: str = ""
    mark: str = ""
    weight: float = 1.0  # of the edge of an area
    only_words: bool = False
    is_changed: bool = False  # the outline of what differs from the map before


def samples(shown: Shown, pieces: Sequence[Piece], *, has_events: bool) -> tuple[Sample, ...]:
    """List what the reader sees of boundaries some part of which lies inside the frame."""
    spoken, looks = texts(shown.lang), looks_of(shown)
    listed = [piece.shown.boundary for piece in pieces]
    entries = [entry for each in listed for entry in looks.fill_on(each, shown.day).entries]
    entries += line_entries({each.precision for each in listed}, spoken)
    layers = {layer.id: layer for layer in shown.layers}
    found = []
    for entry in in_order(entries):
        weight = line_weight(shown, layers[entry.about]) if entry.kind == "unit" else 1.0
        found.append(Sample(entry.label, entry.look, entry.stroke, entry.precision, weight=weight))
    if shown.colours_by_law:
        told = spoken.t("export.legend.told", teller=teller_name(shown))
        found.insert(0, Sample(told, only_words=True))
    if has_events:
        found.append(Sample(spoken.t("export.legend.event"), mark="a"))
    return tuple(found)


def draw_legend(
    sheet: Sheet, listed: Sequence[Sample], pen: Columns, face: Face, *, in_pairs: bool = False
) -> None:
    """Draw the lines of a legend down a column; short ones two a line where ``in_pairs``."""
    unit = face.points / 6.6
    height, indent = SWATCH_MM[1] * unit, (SWATCH_MM[0] + 2) * unit
    short_mm = pen.rect.width / 2 - indent if in_pairs else 0.0
    rows: list[list[Sample]] = []
    has_room = False  # beside the last sample
    for sample in listed:
        is_short = not sample.only_words and width_mm(sample.label, face) <= short_mm
        if has_room and is_short:
            rows[-1].append(sample)
        else:
            rows.append([sample])
        has_room = is_short and len(rows[-1]) == 1
    for row in rows:
        if row[0].only_words:
            pen.section("", face, [Entry("", row[0].label)], face)
            continue
        room = pen.rect.width / len(row)
        lines = [wrapped(sample.label, face, room - indent) for sample in row]
        needed = max(max(map(len, lines)) * face.leading_mm, height) + 0.9 * unit
        if pen.left_mm < needed:
            pen.turn()
        for number, sample in enumerate(row):
            at = (pen.rect.x + number * room, pen.y)
            draw_sample(sheet, sample, lines[number], at, face, unit=unit)
        pen.y -= needed


def draw_sample(
    sheet: Sheet,
    sample: Sample,
    lines: Sequence[str],
    at: tuple[float, float],
    face: Face,
    *,
    unit: float,
) -> None:
    """Draw a swatch of ``SWATCH_MM`` times ``unit`` down from a point, its words beside it."""
    width, height = (side * unit for side in SWATCH_MM)
    box = Rect(at[0], at[1] - height - 0.35 * unit, width, height)
    middle = box.y + height / 2
    if sample.mark:
        draw_mark(sheet, (box.x + width / 2, middle), sample.mark, unit, contested=False)
    elif sample.precision:
        sheet.line([(box.x, middle), (box.right, middle)], pen_of(sample.precision, INK))
    elif sample.is_changed:
        sheet.line(box.shrunk(0.5 * unit), CHANGED)
    else:
        sheet.area(box, fill=LAND)
        fill(sheet, [box.polygon], sample.look, box, band_mm=_SWATCH_BAND_MM)
        sheet.line(box, Pen(sample.outline or NEUTRAL.stroke, 0.8 * sample.weight))
    first = box.top - face.points * 0.27 if len(lines) > 1 else middle - face.points * 0.115
    for number, text in enumerate(lines):
        y = first - number * face.leading_mm
        sheet.text(box.right + 2 * unit, y, text, face)


def draw_mark(
    sheet: Sheet, at: tuple[float, float], letter: str, unit: float, *, contested: bool
) -> None:
    """Draw the mark of an event: a dot with its letter, a diamond where accounts differ."""
    radius = 1.75 * unit
    disc = shapely.Point(at).buffer(radius, quad_segs=1 if contested else 12)
    outline = shapely.get_coordinates(disc).tolist()
    sheet.area(outline, fill=INK, pen=Pen(LAND, 1.1 * unit))
    face = Face(5.6 * unit, family="plain", bold=True, colour=LAND)
    sheet.text(at[0], at[1] - 0.62 * unit, letter, face, align="center")
