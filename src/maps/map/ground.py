"""The offline ground of the map and the names that do not change with the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maps.atlas.model import Atlas

# From which zoom a town of a rank (1 the largest) is named.
TOWN_ZOOM = {1: 0.0, 2: 7.5, 3: 8.5, 4: 9.25}

_AROUND = 0.12  # of the extent, on each side of it
_Box = tuple[float, float, float, float]  # west, south, east, north


def reach(extent: _Box) -> _Box:
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
