"""Rules for points, boundaries and the base map: on earth, inside the atlas, well formed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.inventory import ID_FORM, Inventory, ids_twice, span_of
from maps.atlas.check.settings import EXTENT, is_extent, is_number, is_text
from maps.atlas.geojson import DECIMALS
from maps.atlas.load import GROUND_PARTS, Feature, Row, geometry_of
from maps.atlas.longitudes import Box, box_read, lon_near
from maps.atlas.model import PRECISIONS, Boundary, Timespan
from maps.atlas.model.columns import KEBAB, NUMBER, columns_of
from maps.errors import Problem

_COLUMNS = columns_of(Boundary)
_KNOWN = [column.name for column in sorted(_COLUMNS, key=lambda column: column.later)]
_BASEMAP = ("relief", "relief_extent", *GROUND_PARTS)
_OFF_EARTH = "leaves the earth; give lon, lat in degrees (EPSG:4326)"
_POLYGONS = (3, 6)  # as shapely numbers the kinds
_GEOMETRY = {
    "geometry-unreadable": "is missing or no GeoJSON geometry; draw a polygon",
    "geometry-kind": "is a {kind}; a boundary is a (Multi)Polygon",
    "geometry-empty": "has no coordinates; draw the polygon or delete the feature",
    "geometry-range": _OFF_EARTH,
    "geometry-swapped": "has lat and lon exchanged; GeoJSON is lon, lat",
    "geometry-outside": "reaches far outside the atlas ({box}); look at the extent",
    "geometry-decimals": f"has more than {DECIMALS} decimals (1 m); round them",
    "geometry-invalid": "is not valid ({reason}); mend the ring there",
    "geometry-winding": "winds the wrong way; outer rings go counter-clockwise, holes clockwise",
}


class Drawn(NamedTuple):
    """A boundary whose ground and days can be read."""

    feature: Feature
    ground: BaseGeometry
    span: Timespan


def check_points(inventory: Inventory) -> Iterator[Problem]:
    """Check the coordinates of places and of the anchors of regions."""
    extent = extent_of(inventory)
    for name, lat, lon in (("places", "lat", "lon"), ("regions", "anchor_lat", "anchor_lon")):
        for row in inventory.rows(name):
            if name == "regions" and bool(row[lat]) != bool(row[lon]):
                message = "is empty while the other coordinate is given; fill both or none"
                yield row.problem(lon if row[lat] else lat, "coordinate-half", message)
            else:
                yield from _point_faults(row, lat, lon, extent)


def check_features(inventory: Inventory) -> Iterator[Problem]:
    """Check the properties of boundaries and the layers they stand in."""
    tables = inventory.tables
    for file in tables.layer_files:
        layer = file.removeprefix("boundaries/").removesuffix(".geojson")
        if message := inventory.unknown("layers", layer):
            yield Problem(file, None, "", "", "layer-unknown", message)
    for layer in sorted(inventory.ids["layers"] or ()):
        file = f"boundaries/{layer}.geojson"
        if file not in tables.layer_files:
            message = f"is missing; atlas.toml has the layer '{layer}'"
            yield Problem(file, None, "", "", "file-missing", message)
    for feature in tables.features:
        yield from _property_faults(inventory, feature)
    ids = ((feature["id"], feature) for feature in tables.features)
    yield from ids_twice(ids, lambda first: f"{first.file} row {first.position}")


def check_geometries(inventory: Inventory) -> Iterator[Problem]:
    """Check that each boundary is a valid polygon where the atlas is.

    All are looked at at once, which is quick; of each the first fault explains the others.
    """
    extent = extent_of(inventory)
    features = inventory.tables.features
    found = np.array([feature.geometry for feature in features], dtype=object)
    parts, of_part = shapely.get_parts(found, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    points, of_point = shapely.get_coordinates(found, return_index=True)
    is_outer = np.diff(of_ring, prepend=-1) > 0
    is_finer = (np.abs(points - points.round(DECIMALS)) > 1e-9).any(axis=1)
    edges = shapely.bounds(found)
    exchanged = np.flatnonzero(_is_near(edges[:, [1, 0, 3, 2]], extent, turns=(0.0,)))
    away = of_part[~_is_near(shapely.bounds(parts), extent)]
    faults = {
        "geometry-unreadable": np.flatnonzero(shapely.is_missing(found)),
        "geometry-kind": np.flatnonzero(~np.isin(shapely.get_type_id(found), _POLYGONS)),
        "geometry-empty": np.flatnonzero(shapely.is_empty(found)),
        "geometry-range": of_point[~_on_earth(points)],
        "geometry-swapped": np.intersect1d(away, exchanged),
        "geometry-outside": away,
        "geometry-decimals": of_point[is_finer],
        "geometry-invalid": np.flatnonzero(~shapely.is_valid(found)),
        "geometry-winding": of_part[of_ring[shapely.is_ccw(rings) != is_outer]],
    }
    told: set[int] = set()
    for rule, places in faults.items():
        for place in sorted(set(places.tolist()) - told):
            told.add(place)
            message = _GEOMETRY[rule].format(
                kind=getattr(found[place], "geom_type", ""),
                box=", ".join(f"{edge:g}" for edge in edges[place]),
                reason=shapely.is_valid_reason(found[place]),
            )
            yield features[place].problem("geometry", rule, message)


def check_basemap(inventory: Inventory) -> Iterator[Problem]:
    """Check what `basemap.json` says; files it names were looked for by the loader."""
    basemap = inventory.tables.basemap
    for name, value in basemap.values.items():
        if name not in _BASEMAP:
            message = f"is not known; basemap.json has {', '.join(_BASEMAP)}"
            yield basemap.problem(name, "key-unknown", message)
        elif name != "relief_extent" and not is_text(value):
            yield basemap.problem(name, "value-unfit", f"{value!r} is no file name")
    wanted = "relief" in basemap.values or "relief_extent" in basemap.values
    if wanted and not is_extent(basemap.values.get("relief_extent")):
        yield basemap.problem("relief_extent", "value-unfit", EXTENT)


def check_ground(inventory: Inventory) -> Iterator[Problem]:
    """Check that each feature of the ground can be drawn and named."""
    for file, position, feature in inventory.tables.ground_features():
        for field, rule, message in _ground_faults(feature):
            yield Problem(file, position, "", field, rule, message)


def drawn(inventory: Inventory) -> Iterator[Drawn]:
    """Give the boundaries in order, without those of which a fault is told elsewhere."""
    for feature in inventory.tables.features:
        if feature.ground is not None and (span := span_of(feature)):
            yield Drawn(feature, feature.ground, span)


def extent_of(inventory: Inventory) -> Box | None:
    """Give the extent as the program has it; None where the settings have faults of their own."""
    if "settings" not in inventory.whole:
        return None
    return box_read(tuple(inventory.tables.settings.values["extent"]))


def _point_faults(row: Row, lat: str, lon: str, extent: Box | None) -> Iterator[Problem]:
    if not (NUMBER.fullmatch(row[lat]) and NUMBER.fullmatch(row[lon])):
        return  # reported with the columns
    y, x = float(row[lat]), float(row[lon])
    if extent and not _holds(extent, x, y) and _holds(extent, y, x):
        message = (
            f"{y} and {lon} {x} look exchanged; {lat} is the one north of the equator (where they "
            "are right, widen the extent in atlas.toml to hold them)"
        )
        yield row.problem(lat, "coordinate-swapped", message)
        return
    for field, value, limit in ((lat, y, 90), (lon, x, 180)):
        if abs(value) > limit:
            message = f"{value} is no coordinate; it runs from -{limit} to {limit} degrees"
            yield row.problem(field, "coordinate-range", message)


def _holds(extent: Box, x: float, y: float) -> bool:
    west, south, east, north = extent
    return west <= lon_near(x, extent) <= east and south <= y <= north


def _property_faults(inventory: Inventory, feature: Feature) -> Iterator[Problem]:
    properties = feature.properties
    for column in _COLUMNS:
        name = column.name
        if name not in properties:
            if not column.later:
                yield feature.problem(name, "property-missing", "is missing from the properties")
        elif column.required and not column.is_list and not feature[name]:
            yield feature.problem(name, "cell-empty", "is empty; this property is required")
    for name in properties:
        if name not in _KNOWN:
            message = f"is not known; there are {', '.join(_KNOWN)}"
            yield feature.problem(name, "property-unknown", message)
    if feature["id"] and not KEBAB.fullmatch(feature["id"]):
        yield feature.problem("id", "id-form", f"'{feature['id']}' {ID_FORM}")
    if feature["precision"] and feature["precision"] not in PRECISIONS:
        message = f"'{feature['precision']}' is none of {', '.join(PRECISIONS)}"
        yield feature.problem("precision", "choice-unknown", message)
    if feature["region"] and (message := inventory.unknown("regions", feature["region"])):
        yield feature.problem("region", "reference-unknown", message)
    if not isinstance(properties.get("contested", False), bool):
        yield feature.problem("contested", "flag-unreadable", "must be true or false, unquoted")
    yield from _origin_faults(inventory, feature)


def _origin_faults(inventory: Inventory, feature: Feature) -> Iterator[Problem]:
    if "origins" not in feature.properties:
        return
    origins = feature.properties["origins"]
    if not (isinstance(origins, list) and origins and all(isinstance(o, str) for o in origins)):
        message = "must be a list with the id of at least one origin record"
        yield feature.problem("origins", "value-unfit", message)
        return
    for id in origins:
        if message := inventory.unknown("origins", id):
            yield feature.problem("origins", "reference-unknown", message)


def _is_near(
    boxes: np.ndarray, extent: Box | None, turns: tuple[float, ...] = (0.0, 360.0, -360.0)
) -> np.ndarray:
    """Tell which boxes lie within thrice the size of the extent, the first view, beyond it.

    A federation reaches well beyond the view that its disputed part is shown in. A part of a
    boundary may lie just beyond the date line, a turn from the rest.
    """
    if extent is None:
        return np.ones(len(boxes), dtype=bool)
    west, south, east, north = extent
    width, height = 3 * (east - west), 3 * (north - south)
    near = np.zeros(len(boxes), dtype=bool)
    for turn in turns:
        low, high = boxes[:, :2] + (turn, 0), boxes[:, 2:] + (turn, 0)
        inside = (low >= (west - width, south - height)) & (high <= (east + width, north + height))
        near |= inside.all(axis=1)
    return near


def _ground_faults(feature: object) -> Iterator[tuple[str, str, str]]:
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
    elif not _on_earth(shapely.get_coordinates(geometry)).all():
        yield "geometry", "geometry-range", _OFF_EARTH
    if label is not None and not _is_point(label):
        yield "label", "value-unfit", f"{label!r} is no point; write [lon, lat]"
    if type(properties.get("rank", 1)) is not int:
        yield "rank", "value-unfit", f"{properties['rank']!r} is no whole number from 1"


def _is_point(value: object) -> bool:
    if not (isinstance(value, list) and len(value) == 2 and all(map(is_number, value))):
        return False
    return bool(_on_earth(np.array([value], dtype=float)).all())


def _on_earth(points: np.ndarray) -> np.ndarray:
    on_earth: np.ndarray = (np.abs(points) <= (180, 90)).all(axis=1)
    return on_earth
