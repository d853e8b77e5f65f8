"""Rules for the base map: what `basemap.json` names, and the features in it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from maps.atlas.check.inventory import Inventory
from maps.atlas.check.settings import EXTENT, is_extent, is_number, is_text
from maps.atlas.load import GROUND_PARTS, geometry_of
from maps.errors import Problem

_KEYS = ("relief", "relief_extent", *GROUND_PARTS)


def check_basemap(inventory: Inventory) -> Iterator[Problem]:
    """Check what `basemap.json` says; files it names were looked for by the loader."""
    basemap = inventory.tables.basemap
    for name, value in basemap.values.items():
        if name not in _KEYS:
            message = f"is not known; basemap.json has {', '.join(_KEYS)}"
            yield basemap.problem(name, "key-unknown", message)
        elif name != "relief_extent" and not is_text(value):
            yield basemap.problem(name, "value-unfit", f"{value!r} is no file name")
    wanted = "relief" in basemap.values or "relief_extent" in basemap.values
    if wanted and not is_extent(basemap.values.get("relief_extent")):
        yield basemap.problem("relief_extent", "value-unfit", EXTENT)


def check_ground(inventory: Inventory) -> Iterator[Problem]:
    """Check that each feature of the ground can be drawn and named."""
    for part, collection in inventory.tables.ground.items():
        file = f"basemap/{inventory.tables.basemap.values[part]}"
        for position, feature in enumerate(collection["features"], start=1):
            for field, rule, message in _feature_faults(feature):
                yield Problem(file, position, "", field, rule, message)


def _feature_faults(feature: object) -> Iterator[tuple[str, str, str]]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        yield "", "shape", "must be a GeoJSON feature with properties"
        return
    label = properties.get("label")
    geometry = geometry_of(feature.get("geometry"))
    if feature.get("geometry") is None and label is not None:
        pass  # only a name, as of a sea that lies outside the land
    elif geometry is None or geometry.is_empty:
        yield "geometry", "geometry-unreadable", "is missing, empty or no GeoJSON geometry"
    elif not _on_earth(shapely.get_coordinates(geometry)):
        message = "leaves the earth; give lon, lat in degrees (EPSG:4326)"
        yield "geometry", "geometry-range", message
    if label is not None and not _is_point(label):
        yield "label", "value-unfit", f"{label!r} is no point; write [lon, lat]"
    if type(properties.get("rank", 1)) is not int:
        yield "rank", "value-unfit", f"{properties['rank']!r} is no whole number from 1"


def _is_point(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 2 and all(map(is_number, value))):
        return False
    return _on_earth(np.array([value], dtype=float))


def _on_earth(points: np.ndarray) -> bool:
    return bool((np.abs(points) <= (180, 90)).all())
