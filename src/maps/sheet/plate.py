"""The map itself on a sheet: what is the same on all days, and what a day puts above it."""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas
from maps.day.view import Shown
from maps.sheet.furniture import draw_frame, draw_graticule, draw_north, draw_scale
from maps.sheet.ground import draw_ground, draw_water
from maps.sheet.inset import draw_inset
from maps.sheet.names import Room, draw_events, draw_names, event_spots, ground_names, region_names
from maps.sheet.paint import Piece, draw_areas, draw_lines
from maps.sheet.projection import MapFrame
from maps.sheet.sheet import Sheet


@dataclass(frozen=True)
class Drawn:
    """What the map turned out to hold: boundaries, and the letters of events by id."""

    pieces: Sequence[Piece]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Trim:
    """What a map has besides its day; maps side by side share some of it.

    ``signs`` mark the events, by id, letters where it is None; ``band_mm`` is the
    room of the degrees on A4, 0 for the usual. ``mark`` may draw over the boundaries, below
    events and names. Only what is ``on_paper`` has a size, and so a scale in numbers
    beside the bar.
    """

    scale: bool = True
    north: bool = True
    inset: bool = False
    band_mm: float = 0.0
    weight: float = 1.0
    signs: Mapping[str, str] | None = None
    mark: Callable[[Sequence[Piece]], None] | None = None
    on_paper: bool = True


USUAL = Trim()


def draw_below(sheet: Sheet, frame: MapFrame, atlas: Atlas) -> None:
    """Draw what lies under every day: ground and graticule."""
    draw_ground(sheet, frame, atlas.basemap)
    draw_graticule(sheet, frame)


def draw_day(sheet: Sheet, frame: MapFrame, shown: Shown, unit: float, trim: Trim = USUAL) -> Drawn:
    """Draw the boundaries, events and names of a day, water and furniture; over `draw_below`."""
    pieces = pieces_in(frame, shown)
    draw_areas(sheet, shown, pieces, frame.rect)
    draw_water(sheet, frame, shown.atlas.basemap)
    draw_lines(sheet, shown, pieces, frame.rect, trim.weight)
    if trim.mark:
        trim.mark(pieces)
    spots = event_spots(frame, shown.events, unit)
    room = Room(frame.rect)
    if trim.scale:
        room.cover(draw_scale(sheet, frame, unit, shown.lang, in_numbers=trim.on_paper))
    if trim.north and math.isfinite(frame.north_angle()):  # around a pole it has no one direction
        room.cover(draw_north(sheet, frame, unit, shown.lang))
    if trim.inset:
        taken = tuple(room.covers)
        box = draw_inset(sheet, frame, shown, pieces, taken=taken, events=spots.values(), unit=unit)
        if box:
            room.cover(box)
    signs = trim.signs
    if signs is None:
        signs = dict(zip(spots, string.ascii_lowercase, strict=False))
    marks = {id: signs[id] for id in spots if id in signs}
    draw_events(sheet, shown.events, spots, marks, room=room, unit=unit)
    covers = shapely.union_all([box.polygon for box in room.covers])
    open_ground = shapely.difference(room.frame.shrunk(1.2).polygon, covers)
    regions = region_names(shown, pieces, unit, open_ground)
    draw_names(sheet, regions, ground_names(frame, shown, unit), room)
    draw_frame(sheet, frame, unit, trim.band_mm, shown.lang)
    return Drawn(pieces, marks)


def pieces_in(frame: MapFrame, shown: Shown) -> list[Piece]:
    """Bring the boundaries onto the sheet and keep those of which something is in the frame.

    Each is valid: cut off beside the frame, an outline may cross itself there.
    """
    seen = frame.rect.polygon
    geometries = frame.place(listed.boundary.geometry for listed in shown.boundaries)
    pairs = zip(shown.boundaries, map(_valid, geometries), strict=True)
    return [Piece(listed, placed) for listed, placed in pairs if seen.intersects(placed)]


def _valid(area: BaseGeometry) -> BaseGeometry:
    if area.is_valid:
        return area
    return shapely.make_valid(area, method="structure", keep_collapsed=False)
