"""Outlines as the map document ships them, and the data of a large atlas in tiles and parts.

A boundary is never cut, so no seam shows and each is one path to hover and to click. It
lies whole in the tile of its middle, at the deepest zoom whose tiles are at least as wide
and as high as it is (a loose quadtree): it reaches half a tile beyond that tile at most,
and the tiles within half a tile of the view hold all that is in view. What is told of it
lies in a part, asked for once it is needed.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Boundary
from maps.data.plain import fields_of
from maps.tasks import Each, here

UNITS_PER_DEGREE = 100_000  # the files have 5 decimals: about a metre
WORLD_PX = 256  # Web Mercator at zoom 0 (the tile scheme Leaflet uses)
# The zooms up to which a set of outlines is drawn; the last set is as the files have it.
LEVELS = (4, 6, 8, 10)
TILE_PX = 4 * WORLD_PX  # of a tile at the zoom of its level: a window shows a few
TOLERANCE_PX = 0.5
_NORTHERNMOST = 85.0511  # of Web Mercator, which is as high as it is wide

AREAS_A_PART, EVENTS_A_PART = 16, 64
# Fields of boundaries and of events that only cards tell.
_AREA_FIELDS = ("km", "when", "n", "o", "c")
_EVENT_FIELDS = ("text", "k", "place", "c", "acc")
_OF_READING = ("paint", "changes", "changed")
_ON_DEMAND = ("statuses", "statusesOf", "accounts", "citations", "sources", "law", "points")

Rings = list[list[list[int]]]
_Listed = list[tuple[int, object]]  # boundaries of a tile by their places, with their outlines


def encoded(geometry: BaseGeometry) -> Rings:
    """Write polygons as rings of steps (lon, lat), in 1e-5 degrees.

    The first pair of a ring is its first point, each further pair the step to
    the next point. The closing point is left out. Half the size of GeoJSON.
    """
    return [
        [_steps(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in shapely.get_parts(geometry)
    ]


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Give the middle of the widest place inside the largest part, as (lat, lon)."""
    circle = shapely.maximum_inscribed_circle(_largest(geometry), tolerance=0.01)
    lon, lat = circle.coords[0]
    return round(lat, 4), round(lon, 4)


def label_room_px(geometry: BaseGeometry) -> float:
    """Give how many pixels wide the largest part is at zoom 0 (doubles at each zoom)."""
    west, _, east, _ = _largest(geometry).bounds
    return round((east - west) / 360 * WORLD_PX, 5)


def _largest(geometry: BaseGeometry) -> Polygon:
    largest: Polygon = max(shapely.get_parts(geometry), key=lambda polygon: polygon.area)
    return largest


def _steps(ring: BaseGeometry) -> list[int]:
    points = np.rint(shapely.get_coordinates(ring)[:-1] * UNITS_PER_DEGREE).astype(int)
    steps = np.vstack([points[:1], np.diff(points, axis=0)])
    return [int(value) for value in steps.ravel()]


def tiles_of(
    boundaries: Sequence[Boundary], levels: Sequence[int] = LEVELS, each: Each = here
) -> dict[str, bytes]:
    """Give the tiles of some levels, each a script, by path: ``level/zoom/x/y.js``.

    A tile lists the places of its boundaries in the sequence, each with its outline as
    `encoded` writes it. A layer of a level is a part of the work.
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


def in_parts(payload: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Divide the payload of `map_payload` into the head and the parts, by name.

    ``reading-<id>`` is what is painted in a reading and what changes in it; ``area-<n>``
    what is told of some boundaries that lie near each other, ``event-<n>`` of some events;
    a boundary and an event name theirs as ``part``. A part holds its values under the keys
    they have in the payload. Outlines are left out: they lie in tiles.
    """
    head = payload | {key: {} for key in _ON_DEMAND}
    parts: dict[str, dict[str, Any]] = {}
    for reading in payload["paint"]:
        told = {key: {reading: payload[key][reading]} for key in _OF_READING}
        parts[reading_part(reading)] = told
    head |= {key: dict.fromkeys(payload[key]) for key in _OF_READING}
    lang = payload["lang"]
    head["regions"] = {
        id: {**region, "names": {lang: region["names"][lang]}}
        for id, region in payload["regions"].items()
    }
    places = range(len(payload["events"]))
    in_turn = (places[at : at + EVENTS_A_PART] for at in places[::EVENTS_A_PART])
    near = _near_each_other(payload["boundaries"])
    for key, name, groups, on_demand, tell in (
        ("boundaries", "area", near, (*_AREA_FIELDS, "g"), _areas),
        ("events", "event", in_turn, _EVENT_FIELDS, _events),
    ):
        part_of: dict[int, str] = {}
        for number, together in enumerate(groups):
            part_of |= dict.fromkeys(together, f"{name}-{number}")
            parts[f"{name}-{number}"] = tell(payload, together)
        head[key] = [
            {field: value for field, value in record.items() if field not in on_demand}
            | {"part": part_of[place]}
            for place, record in enumerate(payload[key])
        ]
    return head, parts


def part_scripts(parts: Mapping[str, object]) -> dict[str, bytes]:
    """Write the parts as scripts, by the names the map asks for them."""
    return {f"{name}.js": script(name, part) for name, part in parts.items()}


def reading_part(reading: str) -> str:
    """Name the part of a reading, as a file can be named."""
    return "reading-" + reading.replace(":", "-")


def _near_each_other(boundaries: Sequence[dict[str, Any]]) -> Iterator[list[int]]:
    """Give the places of boundaries in groups, along a Hilbert curve through their labels."""
    if not boundaries:
        return
    lat, lon = np.array([boundary["at"] for boundary in boundaries]).T
    along = gpd.GeoSeries.from_xy(lon, lat).hilbert_distance().to_numpy()
    order = np.argsort(along, kind="stable").tolist()
    for start in range(0, len(order), AREAS_A_PART):
        yield sorted(order[start : start + AREAS_A_PART])


def _areas(payload: dict[str, Any], places: Iterable[int]) -> dict[str, Any]:
    boundaries, regions = payload["boundaries"], payload["regions"]
    drawn = [boundaries[place]["r"] for place in places]
    asked = dict.fromkeys(above for id in drawn for above in _upwards(regions, id))
    law = {place: payload["law"][place] for place in places}
    of = {id: payload["statusesOf"][id] for id in asked if id in payload["statusesOf"]}
    claims = [claim for spans in law.values() for span in spans or () for claim in span[2]]
    statuses = {s for found in of.values() for s in found} | {claim[0] for claim in claims}
    accounts = {claim[3] for claim in claims if claim[3] is not None}
    return {
        "boundaries": {place: fields_of(boundaries[place], *_AREA_FIELDS) for place in places},
        "regions": {id: {"names": regions[id]["names"]} for id in drawn},
        "law": law,
        "statusesOf": of,
        **_told(payload, statuses, accounts, (boundaries[place]["c"] for place in places)),
    }


def _events(payload: dict[str, Any], places: Iterable[int]) -> dict[str, Any]:
    events = {place: fields_of(payload["events"][place], *_EVENT_FIELDS) for place in places}
    groups = [group for event in events.values() for group in event["acc"]]
    points = dict.fromkeys(point for point, _ in groups if point)
    accounts = {account for _, found in groups for account in found}
    return {
        "events": events,
        "points": {point: payload["points"][point] for point in points},
        **_told(payload, (), accounts, (event["c"] for event in events.values())),
    }


def _told(
    payload: dict[str, Any],
    statuses: Iterable[int],
    accounts: Iterable[int],
    cited: Iterable[Sequence[int]],
) -> dict[str, Any]:
    """Give statuses and accounts by their places, and what they and others cite."""
    told = {
        "statuses": {place: payload["statuses"][place] for place in sorted(statuses)},
        "accounts": {place: payload["accounts"][place] for place in sorted(accounts)},
    }
    ids = {id for each in cited for id in each}
    ids |= {id for found in told.values() for each in found.values() for id in each["c"]}
    citations = {id: payload["citations"][id] for id in sorted(ids)}
    sources = dict.fromkeys(cite["s"] for cite in citations.values())
    return {
        **told,
        "citations": citations,
        "sources": {id: payload["sources"][id] for id in sources},
    }


def _upwards(regions: dict[str, Any], id: str) -> Iterator[str]:
    while id in regions:
        yield id
        id = regions[id]["up"]
