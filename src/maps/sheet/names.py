"""Which names a printed map bears, in what letters, and where they would like to be."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Event, Layer
from maps.day.view import Shown
from maps.looks.style import HALO, INK, MUTED_INK, layer_colours
from maps.map.ground import place_labels
from maps.sheet.labels import Room, Wanted
from maps.sheet.legend import draw_mark
from maps.sheet.paint import Piece
from maps.sheet.projection import MapFrame
from maps.sheet.sheet import Pen, Rect, Sheet, path_of
from maps.sheet.typeset import Face, width_mm
from maps.words.names import map_name

HALO_MM = 0.32
_WORLD_M = 40_075_016.686  # the equator, 256 px of Web Mercator at zoom 0
_FINER = 0.8  # zooms: print shows a little more than a screen of the same scale
_APART_MM = 0.5  # areas nearer to each other touch
_DOT_MM = {"town": 0.62}
SEA_INK = "#5d8794"


def event_spots(
    frame: MapFrame, events: Sequence[Event], unit: float
) -> dict[str, tuple[float, float]]:
    """Find where the events that lie in the frame are marked, by event id.

    Events at one place stand side by side, in the order of the day.
    """
    inside = frame.rect.shrunk(2 * unit)
    spots: dict[str, tuple[float, float]] = {}
    used: defaultdict[tuple[float, float], int] = defaultdict(int)
    for event in events:
        if event.place is None:
            continue
        x, y = (float(part) for part in frame.to_mm(event.place.lon, event.place.lat))
        spot = (round(x), round(y))
        x += used[spot] * 3.9 * unit
        if not inside.holds((x, y)):
            continue
        used[spot] += 1
        spots[event.id] = (x, y)
    return spots


def draw_events(
    sheet: Sheet,
    events: Sequence[Event],
    spots: Mapping[str, tuple[float, float]],
    marks: Mapping[str, str],
    *,
    room: Room,
    unit: float,
) -> None:
    """Mark events at their spots, each with its sign."""
    for event in events:
        if event.id in marks:
            x, y = spots[event.id]
            draw_mark(sheet, (x, y), marks[event.id], unit, contested=event.contested)
            room.mark(Rect(x - 2 * unit, y - 2 * unit, 4 * unit, 4 * unit))


def draw_names(
    sheet: Sheet,
    regions: Sequence[Wanted],
    ground: Sequence[Wanted],
    room: Room,
    *,
    halo_mm: float = HALO_MM,
) -> None:
    """Name regions, then countries, seas and towns, as far as there is room."""
    written: set[str] = set()
    for wanted in ground:
        if wanted.dot_mm:
            room.keep_dot(wanted)
    for wanted in (*regions, *ground):
        if wanted.text in written and not wanted.dot_mm:
            continue
        placed = room.place(wanted)
        if placed is None:
            continue
        written.add(wanted.text)
        if wanted.dot_mm and not room.is_marked(wanted.at):
            _dot(sheet, wanted)
        for x, y, line in placed.baselines():
            sheet.text(x, y, line, placed.wanted.face, align="center", halo_mm=halo_mm)


def region_names(
    shown: Shown, pieces: Sequence[Piece], unit: float, within: BaseGeometry | None = None
) -> list[Wanted]:
    """Ask for a place for the name of each region: coloured pieces, then small ones first.

    Pieces of one name count as one area. Where smaller units lie on a larger
    one, its name goes beside them. ``within`` is the part of the sheet where a
    name can be at all.
    """
    layers = {layer.id: layer for layer in shown.layers}
    by_name: defaultdict[tuple[str, str], list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        name = map_name(shown.atlas, piece.shown.boundary.region_id, shown.lang)
        by_name[(piece.shown.boundary.layer, name)].append(piece.geometry)
    areas = [
        (shapely.union_all(held), layers[layer_id], name)
        for (layer_id, name), held in by_name.items()
    ]
    found: list[Wanted] = []
    smaller: list[BaseGeometry] = []

    def rank(known: tuple[BaseGeometry, Layer, str]) -> tuple[bool, float]:
        # Coloured pieces first: a piece and a whole state may be the same ground.
        return not shown.asks_of_layer(known[1].id), known[0].area

    for area, layer, name in sorted(areas, key=rank):
        if within is not None:
            area = shapely.intersection(area, within)  # noqa: PLW2901
        if area.is_empty:
            continue
        free = shapely.difference(area, shapely.union_all(smaller))
        smaller.append(area)
        if free.area > 0.2 * area.area:
            found.append(_area_name(name, free, layer, unit))
        elif layer.hue is not None:
            coloured = (held for held, other, _ in areas if other.hue is not None)
            others = [held for held in coloured if held.distance(area) > _APART_MM]
            # Coloured by what is said of them, neighbours too would seem to be meant.
            painted = (held for held, other, _ in areas if shown.asks_of_layer(other.id))
            others += [held.difference(area) for held in painted]
            found.append(_name_beside(name, area, layer, unit, others))
        # Else it is an outline around areas that have names of their own.
    return found


def _name_beside(
    name: str, area: BaseGeometry, layer: Layer, unit: float, others: Sequence[BaseGeometry]
) -> Wanted:
    """Ask for a place around an area that is full of smaller ones.

    On one of the ``others``, coloured areas away from it, it would be read as the name
    of that.
    """
    west, south, east, north = area.bounds
    face = Face(8.4 * unit, bold=True, colour=layer_colours(layer).text)
    # A name much wider than its area stands on two lines.
    room, width = max(east - west, 38 * unit), width_mm(name, face)
    lines = 2 if width > room else 1
    away, half = face.leading_mm * (0.6 + 0.5 * lines), width / lines / 2
    middle, level = (west + east) / 2, (south + north) / 2
    spots = (
        (middle, north + away),
        (east + half * 0.7, (level + north) / 2),
        (west - half * 0.7, (level + north) / 2),
        (middle, south - away),
        (middle, level),
    )
    keep_off = shapely.union_all(others)
    return Wanted(name, spots[0], face, room_mm=room, spots=spots[1:], keep_off=keep_off)


def _area_name(name: str, area: BaseGeometry, layer: Layer, unit: float) -> Wanted:
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.5)
    (x, y), (edge_x, edge_y) = circle.coords
    radius = math.hypot(edge_x - x, edge_y - y)
    # In a long area many such circles are as wide: the one in the middle is meant.
    (middle, _), _ = _chord(largest, x, y)
    if largest.boundary.distance(shapely.Point(middle, y)) > 0.75 * radius:
        x = middle
    points = min(5.9 + 0.26 * radius / unit, 11.0) * unit
    colour = INK if layer.hue is None else layer_colours(layer).text
    face = Face(points, bold=True, colour=colour)
    heights = (y + offset * radius for offset in (0.45, -0.45, 0.9, -0.9, 1.4, -1.4))
    chords = [_chord(largest, x, height) for height in (y, *heights)]
    spots = tuple(spot for spot, width in chords[1:] if width > 0.7 * chords[0][1])
    return Wanted(name, (x, y), face, room_mm=chords[0][1], spots=spots)


def _chord(area: BaseGeometry, x: float, y: float) -> tuple[tuple[float, float], float]:
    """Find the widest stretch of an area at a height: its middle and its width."""
    west, _, east, _ = area.bounds
    across = shapely.intersection(shapely.LineString([(west - 1, y), (east + 1, y)]), area)
    parts = [part for part in getattr(across, "geoms", [across]) if part.length > 0]
    if not parts:
        return (x, y), 0.0
    widest = max(parts, key=lambda part: part.length)
    middle = widest.interpolate(0.5, normalized=True)
    return (float(middle.x), float(middle.y)), float(widest.length)


def ground_names(frame: MapFrame, shown: Shown, unit: float) -> list[Wanted]:
    """Ask for places for neighbours, waters and towns, the important ones first."""
    lat = (frame.degrees[1] + frame.degrees[3]) / 2
    metres_per_px = frame.metres_per_mm * 25.4 / 96 / unit
    zoom = math.log2(_WORLD_M * math.cos(math.radians(lat)) / 256 / metres_per_px) + _FINER
    faces = {
        "country": Face(8.4 * unit, bold=True, colour=MUTED_INK),
        "sea": Face(8.0 * unit, italic=True, colour=SEA_INK),
        "town": Face(5.6 * unit, family="plain"),
    }
    labels = place_labels(shown.atlas, shown.lang)
    return [
        Wanted(
            str(label["text"]),
            _point(frame, label["at"]),
            faces[label["kind"]],
            dot_mm=_DOT_MM.get(label["kind"], 0.0) * unit,
        )
        for label in labels
        if zoom >= label["zoom"]
    ]


def _point(frame: MapFrame, at: Sequence[float]) -> tuple[float, float]:
    x, y = frame.to_mm(at[1], at[0])
    return float(x), float(y)


def _dot(sheet: Sheet, wanted: Wanted) -> None:
    disc = shapely.Point(wanted.at).buffer(wanted.dot_mm)
    sheet.area(path_of(disc), fill=HALO, pen=Pen(INK, 0.6))
