"""The ground that does not change with the day: its layers, its names, and boxes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.longitudes import TURN
from maps.atlas.model import Atlas
from maps.day.view import Bbox
from maps.words.names import CONTROL_UNIT

# From which zoom a town of a rank (1 the largest) is named.
TOWN_ZOOM = {1: 0.0, 2: 7.5, 3: 8.5, 4: 9.25}

_AROUND = 0.12  # of the extent, on each side of it
_REGION_AROUND = 0.12  # of the longer side of a region, left free around it
_DECIMALS = 3  # about a hundred metres: a box is written into links and files
_HIGHEST = 85.0  # degrees of latitude a picture may reach


def reach(extent: Bbox) -> Bbox:
    """Give what the map can be moved to: the extent of the atlas and some ground around it."""
    west, south, east, north = extent
    across, along = (east - west) * _AROUND, (north - south) * _AROUND
    return (west - across, south - along, east + across, north + along)


def ground(atlas: Atlas, relief_url: str) -> dict[str, Any]:
    """Give the ground layers; what the atlas does not have is null."""
    base = atlas.basemap
    return {
        "land": base.land,
        "water": base.water,
        "rivers": base.rivers,
        "neighbours": base.neighbours,
        "relief": relief_url if base.relief else "",
        "reliefExtent": list(base.relief_extent),
    }


def place_labels(atlas: Atlas, lang: str) -> list[dict[str, Any]]:
    """List towns, neighbours and seas to be named, the important ones first.

    A GeoJSON feature is named by its property ``name_<lang>``, ``name_en`` or
    ``name``; points of towns carry a ``rank`` from 1, names of countries and
    waters sit at their property ``label`` (lon, lat) or at a point geometry.
    """
    base = atlas.basemap
    found = [_label(feature, "country", lang, 0.0) for feature in _features(base.neighbours)]
    found += [_label(feature, "sea", lang, 0.0) for feature in _features(base.water)]
    towns = sorted(_features(base.towns), key=lambda f: int(f["properties"].get("rank", 4)))
    for feature in towns:
        rank = int(feature["properties"].get("rank", 4))
        found.append(_label(feature, "town", lang, TOWN_ZOOM.get(rank, 9.75)))
    return [label for label in found if label]


def _features(collection: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    return list(collection["features"]) if collection else []


def _label(feature: Mapping[str, Any], kind: str, lang: str, zoom: float) -> dict[str, Any] | None:
    properties = feature.get("properties") or {}
    name = properties.get(f"name_{lang}") or properties.get("name_en") or properties.get("name")
    geometry = feature.get("geometry") or {}
    is_point = geometry.get("type") == "Point"
    point = properties.get("label") or (geometry.get("coordinates") if is_point else None)
    if not name or not point:
        return None
    return {"at": [point[1], point[0]], "text": name, "kind": kind, "zoom": zoom}


def extents(atlas: Atlas) -> dict[str, Bbox]:
    """Give a box around each region that has boundaries, on all their days; pieces have none.

    Returns
    -------
    dict of str to tuple
        West, south, east, north in degrees (EPSG:4326) by region id, in the order
        of the atlas's regions, with some ground around the region.
    """
    shapes: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    for boundary in atlas.boundaries:
        if atlas.regions[boundary.region_id].kind != CONTROL_UNIT:
            shapes[boundary.region_id].append(boundary.geometry)
    boxes: dict[str, Bbox] = {}
    for region in (region for region in atlas.regions if region in shapes):
        west, south, east, north = shapely.total_bounds(shapes[region]).tolist()
        free = max(east - west, north - south) * _REGION_AROUND
        edges = (west - free, south - free, east + free, north + free)
        west, south, east, north = (round(edge, _DECIMALS) for edge in edges)
        box = inside((west, south, east, north))
        if box[1] < box[3]:  # else it lies at a pole, where no picture reaches
            boxes[region] = box
    return boxes


def inside(box: Bbox) -> Bbox:
    """Cut a box to the ground a picture can show; none goes all round the earth twice."""
    west, south, east, north = box
    if east - west > TURN:
        west, east = (west + east - TURN) / 2, (west + east + TURN) / 2
    return (west, max(south, -_HIGHEST), east, min(north, _HIGHEST))
