"""The map itself on a sheet: what is the same on all days, and what a day puts above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import shapely

from maps.export.furniture import draw_frame, draw_graticule, draw_north, draw_scale
from maps.export.ground import draw_ground, draw_water
from maps.export.labels import Room
from maps.export.names import draw_events, draw_names, ground_names, region_names
from maps.export.paint import Piece, draw_areas, draw_lines
from maps.export.projection import MapFrame
from maps.export.sheet import Sheet
from maps.export.shown import Shown
from maps.model import Atlas


@dataclass(frozen=True)
class Drawn:
    """What the map turned out to hold: boundaries, and the letters of events by id."""

    pieces: Sequence[Piece]
    marks: Mapping[str, str]


def draw_below(sheet: Sheet, frame: MapFrame, atlas: Atlas) -> None:
    """Draw what lies under every day: ground and graticule.

    Raises
    ------
    AssetMissing
        The relief of the atlas cannot be read.
    """
    draw_ground(sheet, frame, atlas.basemap)
    draw_graticule(sheet, frame)


def draw_day(
    sheet: Sheet,
    frame: MapFrame,
    shown: Shown,
    unit: float,
    mark: Callable[[Sequence[Piece]], None] | None = None,
    *,
    on_paper: bool = True,
) -> Drawn:
    """Draw the boundaries, events and names of a day, water and furniture; over `draw_below`.

    ``mark`` may draw over the boundaries, below events and names. Only what is
    ``on_paper`` has a size, and so a scale in numbers beside the bar.
    """
    pieces = pieces_in(frame, shown)
    draw_areas(sheet, shown, pieces, frame.rect)
    draw_water(sheet, frame, shown.atlas.basemap)
    draw_lines(sheet, shown, pieces, frame.rect)
    if mark:
        mark(pieces)
    room = Room(frame.rect)
    room.cover(draw_scale(sheet, frame, unit, shown.lang, in_numbers=on_paper))
    room.cover(draw_north(sheet, frame, unit, shown.lang))
    marks = draw_events(sheet, frame, shown.events, room, unit)
    draw_names(sheet, region_names(shown, pieces, unit), ground_names(frame, shown, unit), room)
    draw_frame(sheet, frame, unit)
    return Drawn(pieces, marks)


def pieces_in(frame: MapFrame, shown: Shown) -> list[Piece]:
    """Bring the boundaries onto the sheet and keep those of which something is in the frame."""
    seen = shapely.box(frame.rect.x, frame.rect.y, frame.rect.right, frame.rect.top)
    geometries = frame.place(listed.boundary.geometry for listed in shown.boundaries)
    pairs = zip(shown.boundaries, geometries, strict=True)
    return [Piece(listed, placed) for listed, placed in pairs if seen.intersects(placed)]
