"""Outlines in tiles, for an atlas too large for one page: what lies in view, no finer than seen.

A boundary is never cut, so no seam shows and each is one path to hover and to click. It
lies whole in the tile of its middle, at the deepest zoom whose tiles are at least as wide
and as high as it is (a loose quadtree): it reaches half a tile beyond that tile at most,
and the tiles within half a tile of the view hold all that is in view.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Boundary
from maps.map.shapes import WORLD_PX, encoded

# The zooms up to which a set of outlines is drawn; the last set is as the files have it.
LEVELS = (4, 6, 8, 10)
TILE_PX = 4 * WORLD_PX  # of a tile at the zoom of its level: a window shows a few
TOLERANCE_PX = 0.5
_NORTHERNMOST = 85.0511  # of Web Mercator, which is as high as it is wide


def tiles_of(boundaries: Sequence[Boundary], level: int) -> dict[str, bytes]:
    """Give the tiles of one level, each a script, by path: ``level/zoom/x/y.js``.

    A tile lists the places of its boundaries in the sequence, each with its outline as
    `maps.map.shapes.encoded` writes it. The levels can be made side by side.
    """
    found: defaultdict[str, list[tuple[int, BaseGeometry]]] = defaultdict(list)
    outlines = simplified(boundaries, level)
    for place, (boundary, outline) in enumerate(zip(boundaries, outlines, strict=True)):
        zoom, x, y = tile_of(boundary.geometry, level)
        found[f"{level}/{zoom}/{x}/{y}"].append((place, outline))
    return {
        f"{name}.js": script(name, [[place, encoded(outline)] for place, outline in held])
        for name, held in sorted(found.items())
    }


def script(name: str, content: object) -> bytes:
    """Write a part of the data as a script: a page opened from a disk may not fetch."""
    return f'MapsAtlas.part("{name}",{parsed(content)});\n'.encode()


def parsed(content: object) -> str:
    """Write a large value for a script: browsers read it as JSON in half the time of a literal."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return "JSON.parse('" + plain.replace("\\", "\\\\").replace("'", "\\'") + "')"


def tile_of(geometry: BaseGeometry, level: int) -> tuple[int, int, int]:
    """Give zoom, x and y of the tile a boundary (EPSG:4326) lies in at a level."""
    west, south, east, north = geometry.bounds
    left, top = _mercator(west, north)
    right, bottom = _mercator(east, south)
    widest = max(right - left, bottom - top)
    deepest = level - int(math.log2(TILE_PX / WORLD_PX))
    zoom = min(deepest, int(-math.log2(widest))) if widest else deepest
    across = 2**zoom
    x, y = (int((low + high) / 2 * across) for low, high in ((left, right), (top, bottom)))
    return zoom, min(x, across - 1), min(y, across - 1)


def simplified(boundaries: Sequence[Boundary], level: int) -> list[BaseGeometry]:
    """Leave out the points that cannot be told apart at a level; neighbours of a layer still join.

    A point in which three outlines meet stays, so outlines that are there twice, on other
    days, go in once.
    """
    outlines = [boundary.geometry for boundary in boundaries]
    if level == LEVELS[-1]:
        return outlines
    tolerance = TOLERANCE_PX * 360 / WORLD_PX / 2**level
    for places in _by_layer(boundaries):
        once = {shapely.to_wkb(outlines[place]): outlines[place] for place in places}
        thin = shapely.coverage_simplify(np.array(list(once.values())), tolerance)
        thinned = dict(zip(once, thin, strict=True))
        for place in places:
            outlines[place] = thinned[shapely.to_wkb(outlines[place])]
    return outlines


def _by_layer(boundaries: Sequence[Boundary]) -> Iterable[list[int]]:
    layers: defaultdict[str, list[int]] = defaultdict(list)
    for place, boundary in enumerate(boundaries):
        layers[boundary.layer].append(place)
    return layers.values()


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    """Give a point as parts of the width of the world, from its north-western corner."""
    lat = min(max(lat, -_NORTHERNMOST), _NORTHERNMOST)
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return lon / 360 + 0.5, y
