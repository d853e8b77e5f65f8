"""Names on a printed map: which, in what letters, each where it fits and nowhere over another."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Event, Layer
from maps.day.view import Shown
from maps.looks.style import HALO, INK, MUTED_INK, layer_colours
from maps.map.ground import place_labels
from maps.sheet.paint import Piece, draw_mark
from maps.sheet.projection import MapFrame
from maps.sheet.sheet import Pen, Point, Rect, Sheet
from maps.sheet.typeset import MM_PER_POINT, Face, width_mm
from maps.words.names import map_name

HALO_MM = 0.32
_WORLD_M = 40_075_016.686  # the equator, 256 px of Web Mercator at zoom 0
_FINER = 0.8  # zooms: print shows a little more than a screen of the same scale
_APART_MM = 0.5  # areas nearer to each other touch
_DOT_MM = 0.62  # radius of that of a town
SEA_INK = "#5d8794"
_CLEAR_MM = 0.5  # left free around each name
_LINE = 1.12  # from line to line inside a name, in sizes of the letters
_SMALLER = 0.84  # a name of an area that finds no room is tried once more
_OVER = 1.5  # how many times as wide as its area a name may be: it is read as its name still
_CAP = 0.72  # height of a capital, in sizes of the letters


@dataclass(frozen=True)
class Wanted:
    """A name that wants a place: ``at`` in mm, around a dot or in the middle of an area.

    ``room_mm`` is how wide the area is there; a name much wider is left out. On
    ``keep_off`` it would be taken for the name of something else.
    """

    text: str
    at: Point
    face: Face
    dot_mm: float = 0.0  # radius of the dot it stands beside; 0: it sits in the middle
    room_mm: float = float("inf")
    spots: tuple[Point, ...] = ()  # where else it could sit
    keep_off: BaseGeometry | None = None


@dataclass(frozen=True)
class Placed:
    """A name with its lines and the middle of its box."""

    wanted: Wanted
    lines: tuple[str, ...]
    box: Rect


@dataclass
class Room:
    """What is taken of a map, and what is not."""

    frame: Rect
    taken: list[Rect] = field(default_factory=list)
    marks: list[Rect] = field(default_factory=list)
    covers: list[Rect] = field(default_factory=list)

    def cover(self, box: Rect) -> None:
        """Keep names and dots away from a box that hides the map."""
        self.covers.append(box)
        self.taken.append(box)

    def mark(self, box: Rect) -> None:
        """Keep names away from the mark of an event, which takes the place of a dot."""
        self.marks.append(box)
        self.taken.append(box)

    def is_marked(self, at: Point) -> bool:
        """Tell whether an event is marked at a point."""
        return any(mark.holds(at) for mark in self.marks)

    def place(self, wanted: Wanted) -> Placed | None:
        """Give a name the first of its places that is free; None where none is."""
        if wanted.dot_mm:
            inside = self.frame.shrunk(2 * wanted.dot_mm).holds(wanted.at)
            if not inside or any(cover.holds(wanted.at) for cover in self.covers):
                return None
            if self.is_marked(wanted.at):
                wanted = replace(wanted, dot_mm=max(mark.width for mark in self.marks) / 2)
        faces = [wanted.face]
        if not wanted.dot_mm:
            faces.append(replace(wanted.face, points=wanted.face.points * _SMALLER))
        within = self.frame.shrunk(1)
        for sized in (replace(wanted, face=face) for face in faces):
            for lines, box in _ways(sized):
                is_free = not any(box.meets(other, _CLEAR_MM) for other in self.taken)
                off = sized.keep_off
                if box.lies_in(within) and is_free and not (off and off.intersects(box.polygon)):
                    self.taken.append(box)
                    return Placed(sized, lines, box)
        return None


def _ways(wanted: Wanted) -> Iterator[tuple[tuple[str, ...], Rect]]:
    """Give the ways to write a name, the best first: on one line or two, and in which box."""
    face, (x, y), dot_mm = wanted.face, wanted.at, wanted.dot_mm
    ways: list[tuple[str, ...]] = [(wanted.text,)]
    breaks = [at for at, letter in enumerate(wanted.text) if letter in " -"]
    if not dot_mm and breaks:
        splits = [(wanted.text[: at + 1].strip(), wanted.text[at + 1 :]) for at in breaks]
        ways.append(min(splits, key=lambda way: max(width_mm(part, face) for part in way)))
    sized = [(max(width_mm(part, face) for part in way), way) for way in ways]
    if sized[0][0] > wanted.room_mm:
        # Too wide for its area on one line: on two first.
        sized = sorted(each for each in sized if each[0] <= wanted.room_mm * _OVER)
    for width, lines in sized:
        height = ((len(lines) - 1) * _LINE + _CAP + 0.22) * face.points * MM_PER_POINT
        if dot_mm:
            gap, middle = dot_mm + 0.55, y - height / 2
            corners = [
                (x + gap, middle),
                (x - gap - width, middle),
                (x - width / 2, y + gap),
                (x - width / 2, y - gap - height),
                (x + gap * 0.7, y + gap * 0.5),
                (x + gap * 0.7, y - gap * 0.5 - height),
            ]
        else:
            spots = (wanted.at, *wanted.spots)
            corners = [(at_x - width / 2, at_y - height / 2) for at_x, at_y in spots]
        yield from ((lines, Rect(*corner, width, height)) for corner in corners)


def event_spots(frame: MapFrame, events: Sequence[Event], unit: float) -> dict[str, Point]:
    """Find where the events that lie in the frame are marked, by event id.

    Events at one place stand side by side, in the order of the day.
    """
    inside = frame.rect.shrunk(2 * unit)
    spots: dict[str, Point] = {}
    used: defaultdict[Point, int] = defaultdict(int)
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
    spots: Mapping[str, Point],
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
    for wanted in ground:  # its dot is kept free of other names
        (x, y), radius = wanted.at, wanted.dot_mm
        if radius:
            room.taken.append(Rect(x - radius, y - radius, 2 * radius, 2 * radius))
    for wanted in (*regions, *ground):
        if wanted.text in written and not wanted.dot_mm:
            continue
        placed = room.place(wanted)
        if placed is None:
            continue
        written.add(wanted.text)
        if wanted.dot_mm and not room.is_marked(wanted.at):
            disc = shapely.Point(wanted.at).buffer(wanted.dot_mm)
            sheet.area(disc, fill=HALO, pen=Pen(INK, 0.6))
        box, face = placed.box, placed.wanted.face
        for number, line in enumerate(placed.lines):
            below = (number * _LINE + _CAP) * face.points * MM_PER_POINT
            x, y = box.x + box.width / 2, box.top - below
            sheet.text(x, y, line, face, align="center", halo_mm=halo_mm)


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
    areas = [(shapely.union_all(own), layers[key[0]], key[1]) for key, own in by_name.items()]
    # Coloured pieces first: a piece and a whole state may be the same ground.
    areas.sort(key=lambda known: (not shown.asks_of_layer(known[1].id), known[0].area))
    found: list[Wanted] = []
    smaller: list[BaseGeometry] = []
    for whole, layer, name in areas:
        area = whole if within is None else shapely.intersection(whole, within)
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


def _chord(area: BaseGeometry, x: float, y: float) -> tuple[Point, float]:
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
    found = []
    for label in place_labels(shown.atlas, shown.lang):
        if zoom < label["zoom"]:
            continue
        kind, (label_lat, label_lon) = label["kind"], label["at"]
        x, y = frame.to_mm(label_lon, label_lat)
        dot_mm = _DOT_MM * unit if kind == "town" else 0.0
        found.append(Wanted(str(label["text"]), (float(x), float(y)), faces[kind], dot_mm))
    return found
