"""The map itself on a sheet: what is the same on all days, and what a day puts above it."""

from __future__ import annotations

import io
import math
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageColor
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas, Basemap
from maps.day.view import Shown
from maps.looks.style import LAND, MUTED_INK, RIVER, WATER
from maps.sheet.furniture import draw_frame, draw_graticule, draw_north, draw_scale
from maps.sheet.inset import draw_inset
from maps.sheet.names import Room, draw_events, draw_names, event_spots, ground_names, region_names
from maps.sheet.paint import Piece, draw_areas, draw_lines
from maps.sheet.projection import Array, MapFrame
from maps.sheet.sheet import Pen, Sheet, path_of

_SHORE = Pen(RIVER, 0.5)
_STREAM = Pen(RIVER, 0.55)
_NEIGHBOUR = Pen(MUTED_INK, 0.5, (5.0, 1.8, 0.9, 1.8), opacity=0.55)
_MESH = 24  # boxes a side, in each of which the projection is as good as straight
_RELIEF_PIXELS_PER_MM = 6.0  # 150 dpi; the picture itself is coarser


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


def draw_below(sheet: Sheet, frame: MapFrame, atlas: Atlas) -> None:
    """Draw what lies under every day: ground and graticule."""
    draw_ground(sheet, frame, atlas.basemap)
    draw_graticule(sheet, frame)


def draw_day(sheet: Sheet, frame: MapFrame, shown: Shown, unit: float, trim: Trim) -> Drawn:
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


def draw_ground(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw what the atlas is drawn on, from below; `draw_water` comes after the areas."""
    rect = frame.rect
    land = [part for part in frame.place_features(basemap.land) if not part.is_empty]
    whole = rect.shrunk(-1).polygon
    ground: list[BaseGeometry] = land if basemap.land else [whole]
    sheet.area(rect.path, fill=WATER)
    sheet.area(path_of(ground), fill=LAND, clip=rect)
    if basemap.relief:
        shaded = shapely.intersection(shapely.union_all(shapely.make_valid(ground)), rect.polygon)
        tint = np.array(ImageColor.getrgb(LAND), dtype=float) / 255
        pixels = (_warped(frame, basemap) * tint).round().astype(np.uint8)
        sheet.picture(pixels, rect, path_of(shaded))
    if land:
        sheet.line(path_of(land), _SHORE, clip=rect)
    sheet.line(path_of(frame.place_features(basemap.neighbours)), _NEIGHBOUR, clip=rect)


def draw_water(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw lakes and rivers: above coloured areas, where they help to find one's way."""
    water = path_of(frame.place_features(basemap.water))
    sheet.area(water, fill=WATER, pen=_SHORE, clip=frame.rect)
    sheet.line(path_of(frame.place_features(basemap.rivers)), _STREAM, clip=frame.rect)


def _warped(frame: MapFrame, basemap: Basemap) -> Array:
    """Bring the relief from Web Mercator into the frame: rows from the top, RGB.

    Where the picture has no pixel, and where it is transparent, it is white:
    it will be multiplied with the colour of the land.
    """
    with Image.open(io.BytesIO(basemap.relief)) as file:
        relief = file.convert("RGBA")
    white = Image.new("RGBA", relief.size, "white")
    flat = Image.alpha_composite(white, relief).convert("RGB")
    size = (
        max(1, round(frame.rect.width * _RELIEF_PIXELS_PER_MM)),
        max(1, round(frame.rect.height * _RELIEF_PIXELS_PER_MM)),
    )
    warped = flat.transform(
        size,
        Image.Transform.MESH,
        _mesh(frame, basemap.relief_extent, flat.size, size),
        resample=Image.Resampling.BILINEAR,
        fillcolor="white",
    )
    return np.asarray(warped)


def _mesh(
    frame: MapFrame, extent: tuple[float, ...], source: tuple[int, int], size: tuple[int, int]
) -> list[Any]:
    columns = np.linspace(0, size[0], _MESH + 1).round().astype(int)
    rows = np.linspace(0, size[1], _MESH + 1).round().astype(int)
    x, y = np.meshgrid(
        frame.rect.x + columns / size[0] * frame.rect.width,
        frame.rect.top - rows / size[1] * frame.rect.height,
    )
    lon, lat = frame.to_degrees(x, y)
    west, south, east, north = extent
    top, bottom = _mercator(np.array(north)), _mercator(np.array(south))
    across = (lon - west) / (east - west) * source[0]
    down = (top - _mercator(lat)) / (top - bottom) * source[1]
    # What is nowhere on earth has no pixel, like what the picture does not reach.
    across, down = (
        np.nan_to_num(each, nan=-1.0, posinf=-1.0, neginf=-1.0) for each in (across, down)
    )
    return [
        (
            (columns[i], rows[j], columns[i + 1], rows[j + 1]),
            # From upper left against the clock, as Pillow wants a quadrilateral.
            tuple(
                float(part)
                for at in ((j, i), (j + 1, i), (j + 1, i + 1), (j, i + 1))
                for part in (across[at], down[at])
            ),
        )
        for j in range(_MESH)
        for i in range(_MESH)
    ]


def _mercator(lat: Array) -> Array:
    return np.arcsinh(np.tan(np.radians(lat)))
