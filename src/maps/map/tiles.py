"""Outlines in tiles, for an atlas too large for one page: what lies in view, no finer than seen.

A boundary is never cut, so no seam shows and each is one path to hover and to click. It
lies whole in the tile of its middle, at the deepest zoom whose tiles are at least as wide
and as high as it is (a loose quadtree): it reaches half a tile beyond that tile at most,
and the tiles within half a tile of the view hold all that is in view.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Boundary
from maps.map.shapes import WORLD_PX, encoded
from maps.tasks import Each, here

# The zooms up to which a set of outlines is drawn; the last set is as the files have it.
LEVELS = (4, 6, 8, 10)
TILE_PX = 4 * WORLD_PX  # of a tile at the zoom of its level: a window shows a few
TOLERANCE_PX = 0.5
_NORTHERNMOST = 85.0511  # of Web Mercator, which is as high as it is wide


_Listed = list[tuple[int, object]]  # boundaries of a tile by their places, with their outlines


def tiles_of(
    boundaries: Sequence[Boundary], levels: Sequence[int] = LEVELS, each: Each = here
) -> dict[str, bytes]:
    """Give the tiles of some levels, each a script, by path: ``level/zoom/x/y.js``.

    A tile lists the places of its boundaries in the sequence, each with its outline as
    `maps.map.shapes.encoded` writes it. A layer of a level is a part of the work.
    """
    found: defaultdict[tuple[int, str], _Listed] = defaultdict(list)
    layers = Counter(boundary.layer for boundary in boundaries).most_common()
    # What takes longest first, so that in the end nobody waits for it.
    parts = [(level, layer) for layer, _ in layers for level in levels]
    for (level, _), made in zip(parts, each(_outlines, boundaries, parts), strict=True):
        for name, listed in made.items():
            found[level, name] += listed
    return {
        f"{name}.js": script(name, sorted(listed, key=itemgetter(0)))
        for (_, name), listed in sorted(found.items())
    }


def _outlines(boundaries: Sequence[Boundary], part: tuple[int, str]) -> dict[str, _Listed]:
    """Give the outlines of one layer at one level, by tile."""
    level, layer = part
    places = [place for place, each in enumerate(boundaries) if each.layer == layer]
    held = [boundaries[place] for place in places]
    found: defaultdict[str, _Listed] = defaultdict(list)
    for place, boundary, outline in zip(places, held, simplified(held, level), strict=True):
        zoom, x, y = tile_of(boundary.geometry, level)
        found[f"{level}/{zoom}/{x}/{y}"].append((place, encoded(outline)))
    return dict(found)


def by_level(tiles: Iterable[str]) -> dict[int, list[str]]:
    """List the tiles of each level, by the paths that `tiles_of` gives them."""
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for path in tiles:
        level, _, tile = path.removesuffix(".js").partition("/")
        levels[int(level)].append(tile)
    return dict(levels)


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


def simplified(layer: Sequence[Boundary], level: int) -> list[BaseGeometry]:
    """Leave out the points that cannot be told apart at a level; neighbours still join.

    A point in which three outlines meet stays, so outlines that are there twice, on other
    days, go in once.
    """
    outlines = [boundary.geometry for boundary in layer]
    if level == LEVELS[-1]:
        return outlines
    tolerance = TOLERANCE_PX * 360 / WORLD_PX / 2**level
    keys = shapely.to_wkb(outlines)
    once = dict(zip(keys, outlines, strict=True))
    thin = shapely.coverage_simplify(np.array(list(once.values())), tolerance)
    thinned = dict(zip(once, thin, strict=True))
    return [thinned[key] for key in keys]


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    """Give a point as parts of the width of the world, from its north-western corner."""
    lat = min(max(lat, -_NORTHERNMOST), _NORTHERNMOST)
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return lon / 360 + 0.5, y
