"""The ground of a printed map: land, relief, water, rivers, neighbours."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageColor
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Basemap
from maps.looks.style import LAND, MUTED_INK, RIVER, WATER
from maps.sheet.projection import Array, MapFrame
from maps.sheet.sheet import Pen, Sheet, path_of

_SHORE = Pen(RIVER, 0.5)
_STREAM = Pen(RIVER, 0.55)
_NEIGHBOUR = Pen(MUTED_INK, 0.5, (5.0, 1.8, 0.9, 1.8), opacity=0.55)
_MESH = 24  # boxes a side, in each of which the projection is as good as straight
_RELIEF_PIXELS_PER_MM = 6.0  # 150 dpi; the picture itself is coarser


def draw_ground(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw what the atlas is drawn on, from below; `draw_water` comes after the areas."""
    rect = frame.rect
    land = [part for part in frame.place_features(basemap.land) if not part.is_empty]
    whole = rect.shrunk(-1).polygon
    ground: list[BaseGeometry] = land if basemap.land else [whole]
    sheet.area(rect.path, fill=WATER)
    sheet.area(path_of(ground), fill=LAND, clip=rect)
    if basemap.relief:
        _relief(sheet, frame, basemap, ground)
    if land:
        sheet.line(path_of(land), _SHORE, clip=rect)
    sheet.line(path_of(frame.place_features(basemap.neighbours)), _NEIGHBOUR, clip=rect)


def draw_water(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw lakes and rivers: above coloured areas, where they help to find one's way."""
    water = path_of(frame.place_features(basemap.water))
    sheet.area(water, fill=WATER, pen=_SHORE, clip=frame.rect)
    sheet.line(path_of(frame.place_features(basemap.rivers)), _STREAM, clip=frame.rect)


def _relief(sheet: Sheet, frame: MapFrame, basemap: Basemap, land: list[BaseGeometry]) -> None:
    rect = frame.rect
    seen = rect.polygon
    shaded = shapely.intersection(shapely.union_all(shapely.make_valid(land)), seen)
    pixels = _warped(frame, basemap)
    tint = np.array(ImageColor.getrgb(LAND), dtype=float) / 255
    sheet.picture((pixels * tint).round().astype(np.uint8), rect, path_of(shaded))


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
