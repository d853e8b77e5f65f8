"""Rules for points, boundaries and the base map: on earth, inside the atlas, well formed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.inventory import Inventory, span_of
from maps.atlas.check.settings import EXTENT, is_extent, is_number, is_text
from maps.atlas.load import GROUND_PARTS, Feature, Row, geometry_of
from maps.atlas.longitudes import box_read, lon_near
from maps.atlas.model import PRECISIONS, Boundary, Timespan
from maps.atlas.model.columns import KEBAB, NUMBER, columns_of
from maps.errors import Problem

Extent = tuple[float, float, float, float]  # west, south, east, north in degrees

_PROPERTIES = tuple(column.name for column in columns_of(Boundary) if not column.later)
_OPTIONAL = tuple(column.name for column in columns_of(Boundary) if column.later)
_FILLED = tuple(c.name for c in columns_of(Boundary) if c.required and not c.is_list)
_BASEMAP = ("relief", "relief_extent", *GROUND_PARTS)
_OFF_EARTH = "leaves the earth; give lon, lat in degrees (EPSG:4326)"
# Five decimals are 1.1 m; more would claim a precision no boundary here has.
_DECIMALS = 5
_POLYGONS = (3, 6)  # as shapely numbers the kinds


class Drawn(NamedTuple):
    """A boundary whose ground and days can be read."""

    feature: Feature
    ground: BaseGeometry
    span: Timespan


def check_points(inventory: Inventory) -> Iterator[Problem]:
    """Check the coordinates of places and of the anchors of regions."""
    extent = extent_of(inventory)
    if "places" in inventory.whole:
        for row in inventory.tables["places"]:
            yield from _point_faults(row, "lat", "lon", extent)
    if "regions" in inventory.whole:
        for row in inventory.tables["regions"]:
            lat, lon = row["anchor_lat"], row["anchor_lon"]
            if bool(lat) != bool(lon):
                field = "anchor_lon" if lat else "anchor_lat"
                message = "is empty while the other coordinate is given; fill both or none"
                yield row.problem(field, "coordinate-half", message)
            elif lat:
                yield from _point_faults(row, "anchor_lat", "anchor_lon", extent)


def check_features(inventory: Inventory) -> Iterator[Problem]:
    """Check the properties of boundaries and the layers they stand in."""
    tables = inventory.tables
    for file in tables.layer_files:
        layer = file.removeprefix("boundaries/").removesuffix(".geojson")
        if inventory.lacks("layers", layer):
            yield Problem(file, None, "", "", "layer-unknown", inventory.advice("layers", layer))
    for layer in sorted(inventory.ids["layers"] or ()):
        file = f"boundaries/{layer}.geojson"
        if file not in tables.layer_files:
            message = f"is missing; atlas.toml has the layer '{layer}'"
            yield Problem(file, None, "", "", "file-missing", message)
    seen: dict[str, str] = {}
    for feature in tables.features:
        yield from _property_faults(inventory, feature)
        place = f"{feature.file} row {feature.position}"
        if feature["id"] and seen.setdefault(feature["id"], place) != place:
            message = f"is already the id of {seen[feature['id']]}; each id stands once"
            yield feature.problem("id", "id-twice", f"'{feature['id']}' {message}")


def check_geometries(inventory: Inventory) -> Iterator[Problem]:
    """Check that each boundary is a valid polygon where the atlas is."""
    extent = extent_of(inventory)
    features = inventory.tables.features
    sound = _sound([feature.geometry for feature in features], extent)
    for feature in compress(features, ~sound):
        for rule, message in _geometry_faults(feature.geometry, extent):
            yield feature.problem("geometry", rule, message)
            break  # the first fault explains the others


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
    for part, collection in inventory.tables.ground.items():
        file = f"basemap/{inventory.tables.basemap.values[part]}"
        for position, feature in enumerate(collection["features"], start=1):
            for field, rule, message in _ground_faults(feature):
                yield Problem(file, position, "", field, rule, message)


def drawn(inventory: Inventory) -> Iterator[Drawn]:
    """Give the boundaries in order, without those of which a fault is told elsewhere."""
    for feature in inventory.tables.features:
        if feature.ground is not None and (span := span_of(feature)):
            yield Drawn(feature, feature.ground, span)


def extent_of(inventory: Inventory) -> Extent | None:
    """Give the extent as the program has it; None where the settings have faults of their own."""
    if "settings" not in inventory.whole:
        return None
    return box_read(tuple(inventory.tables.settings.values["extent"]))


def _point_faults(row: Row, lat: str, lon: str, extent: Extent | None) -> Iterator[Problem]:
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


def _holds(extent: Extent, x: float, y: float) -> bool:
    west, south, east, north = extent
    return west <= lon_near(x, extent) <= east and south <= y <= north


def _property_faults(inventory: Inventory, feature: Feature) -> Iterator[Problem]:
    for name in _PROPERTIES:
        if name not in feature.properties:
            yield feature.problem(name, "property-missing", "is missing from the properties")
    for name in feature.properties:
        if name not in (*_PROPERTIES, *_OPTIONAL):
            known = ", ".join((*_PROPERTIES, *_OPTIONAL))
            yield feature.problem(name, "property-unknown", f"is not known; there are {known}")
    for name in _FILLED:
        if name in feature.properties and not feature[name]:
            yield feature.problem(name, "cell-empty", "is empty; this property is required")
    if feature["id"] and not KEBAB.fullmatch(feature["id"]):
        message = f"'{feature['id']}' is no id; use letters a-z, digits and single hyphens"
        yield feature.problem("id", "id-form", message)
    if feature["precision"] and feature["precision"] not in PRECISIONS:
        message = f"'{feature['precision']}' is none of {', '.join(PRECISIONS)}"
        yield feature.problem("precision", "choice-unknown", message)
    if feature["region"] and inventory.lacks("regions", feature["region"]):
        message = inventory.advice("regions", feature["region"])
        yield feature.problem("region", "reference-unknown", message)
    if not isinstance(feature.properties.get("contested", False), bool):
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
        if inventory.lacks("origins", id):
            message = inventory.advice("origins", id)
            yield feature.problem("origins", "reference-unknown", message)


def _sound(geometries: Sequence[BaseGeometry | None], extent: Extent | None) -> NDArray[np.bool_]:
    """Tell which boundaries are certainly without fault: all looked at at once, which is quick."""
    found = np.array(geometries, dtype=object)
    kinds = shapely.get_type_id(found)
    sound: NDArray[np.bool_] = np.isin(kinds, _POLYGONS) & ~shapely.is_empty(found)
    sound &= shapely.is_valid(found)
    parts, of_part = shapely.get_parts(found, return_index=True)
    rings, of_ring = shapely.get_rings(parts, return_index=True)
    is_outer = np.diff(of_ring, prepend=-1) > 0
    sound[of_part[of_ring[shapely.is_ccw(rings) != is_outer]]] = False
    points, of_point = shapely.get_coordinates(found, return_index=True)
    fits = (np.abs(points) <= (180, 90)) & (np.abs(points - points.round(_DECIMALS)) <= 1e-9)
    sound[of_point[~fits.all(axis=1)]] = False
    if extent:
        west, south, east, north = _reach(extent)
        boxes = shapely.bounds(parts)
        near = (boxes[:, :2] >= (west, south)) & (boxes[:, 2:] <= (east, north))
        sound[of_part[~near.all(axis=1)]] = False
    return sound


def _geometry_faults(
    geometry: BaseGeometry | None, extent: Extent | None
) -> Iterator[tuple[str, str]]:
    if geometry is None:
        yield "geometry-unreadable", "is missing or no GeoJSON geometry; draw a polygon"
        return
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        yield "geometry-kind", f"is a {geometry.geom_type}; a boundary is a (Multi)Polygon"
        return
    if geometry.is_empty:
        yield "geometry-empty", "has no coordinates; draw the polygon or delete the feature"
        return
    yield from _coordinate_faults(geometry, extent)
    if not geometry.is_valid:
        reason = shapely.is_valid_reason(geometry)
        yield "geometry-invalid", f"is not valid ({reason}); mend the ring there"
    parts = shapely.get_parts(geometry)
    if not shapely.is_ccw(shapely.get_exterior_ring(parts)).all() or any(
        ring.is_ccw for part in parts for ring in part.interiors
    ):
        message = "winds the wrong way; outer rings go counter-clockwise, holes clockwise"
        yield "geometry-winding", message


def _coordinate_faults(geometry: BaseGeometry, extent: Extent | None) -> Iterator[tuple[str, str]]:
    points = shapely.get_coordinates(geometry)
    if not _on_earth(points):
        yield "geometry-range", _OFF_EARTH
        return
    west, south, east, north = geometry.bounds
    if extent and not all(_is_near(extent, part.bounds) for part in shapely.get_parts(geometry)):
        if _near(extent, (south, west, north, east)):
            yield "geometry-swapped", "has lat and lon exchanged; GeoJSON is lon, lat"
        else:
            box = ", ".join(f"{edge:g}" for edge in (west, south, east, north))
            yield "geometry-outside", f"reaches far outside the atlas ({box}); look at the extent"
    if (np.abs(points - points.round(_DECIMALS)) > 1e-9).any():
        yield "geometry-decimals", f"has more than {_DECIMALS} decimals (1 m); round them"


def _is_near(extent: Extent, box: Extent) -> bool:
    """Tell the same of a part of a boundary, which may lie just beyond the date line."""
    west, south, east, north = box
    turns = (0.0, 360.0, -360.0)
    return any(_near(extent, (west + turn, south, east + turn, north)) for turn in turns)


def _near(extent: Extent, box: Extent) -> bool:
    west, south, east, north = _reach(extent)
    return box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north


def _reach(extent: Extent) -> Extent:
    """Give how far boundaries may reach: thrice the size of the extent, the first view, beyond it.

    A federation reaches well beyond the view that its disputed part is shown in.
    """
    west, south, east, north = extent
    width, height = 3 * (east - west), 3 * (north - south)
    return west - width, south - height, east + width, north + height


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
    elif not _on_earth(shapely.get_coordinates(geometry)):
        yield "geometry", "geometry-range", _OFF_EARTH
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
