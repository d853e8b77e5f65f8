"""Longitudes of an atlas that lies across the meridian of 180 degrees.

In files, links and commands a box across it has its west greater than its east, and a
geometry is cut there (RFC 7946, 5.2 and 3.1.9). In the program the longitudes of such an
atlas go on past 180 degrees: all lie within 180 degrees of the middle of its extent, so that
what is near on the earth is near in numbers. Of any other atlas they are as in its files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import shapely
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

Box = tuple[float, float, float, float]  # west, south, east, north in degrees

TURN, HALF = 360.0, 180.0
_FLATTEST_ACROSS = 6.0  # times as wide as high; flatter, west and east are in the wrong order


def width(edges: Box) -> float:
    """Give how wide a box of a file is, in degrees; 0 where its edges are none.

    Edges in the wrong order would be a narrow band around the earth: they count as none.
    """
    west, south, east, north = edges
    if max(abs(west), abs(east)) > HALF:
        return 0.0
    if west <= east:
        return east - west
    wide = east - west + TURN
    return 0.0 if wide > HALF and wide > _FLATTEST_ACROSS * (north - south) else wide


def is_across(extent: Box) -> bool:
    """Tell whether a box of the program reaches across 180 degrees."""
    return extent[0] < -HALF or extent[2] > HALF


def box_read(edges: Box) -> Box:
    """Give a box of a file as the program has it: west less than east, its middle on the earth."""
    west, south, east, north = edges
    if west > east:
        east += TURN
    turn = TURN if west + east > TURN else 0.0
    return (west - turn, south, east - turn, north)


def box_written(edges: Box) -> Box:
    """Give a box of the program as files have it; one all round the earth as -180 to 180."""
    west, south, east, north = edges
    if not is_across(edges):
        return edges
    if east - west >= TURN:
        return (-HALF, south, HALF, north)
    east = lon_written(east)
    return (lon_written(west), south, HALF if east == -HALF else east, north)


def box_near(edges: Box, extent: Box) -> Box:
    """Turn a box of the program to where an atlas of this extent has that ground."""
    west, south, east, north = edges
    if not (is_across(extent) or is_across(edges)):
        return edges
    turn = TURN * round((_middle(extent) - _middle(edges)) / TURN)
    return (west + turn, south, east + turn, north)


def lon_written(lon: float) -> float:
    """Give a longitude from -180 to 180."""
    return lon if -HALF <= lon <= HALF else (lon + HALF) % TURN - HALF


def lon_near(lon: float, extent: Box) -> float:
    """Turn a longitude to where an atlas of this extent has it."""
    if not is_across(extent):
        return lon
    return lon + TURN * round((_middle(extent) - lon) / TURN)


def shape_near(drawn: BaseGeometry, extent: Box) -> BaseGeometry:
    """Turn a geometry to where an atlas of this extent has it; what was cut at 180 is one again."""
    if not is_across(extent) or drawn.is_empty:
        return drawn
    west = _middle(extent) - HALF
    return _turned_into(drawn, (west, west + TURN))


def shape_written(drawn: BaseGeometry) -> BaseGeometry:
    """Cut a geometry at 180 degrees where it goes on past them."""
    west, _, east, _ = drawn.bounds if not drawn.is_empty else (0, 0, 0, 0)
    return drawn if west >= -HALF and east <= HALF else _turned_into(drawn, (-HALF, HALF))


def features_near(collection: Mapping[str, Any], extent: Box) -> Mapping[str, Any]:
    """Turn a GeoJSON FeatureCollection, and the points of its names, in the same way."""
    if not is_across(extent):
        return collection
    turned = []
    for feature in collection["features"]:
        properties, drawn = dict(feature.get("properties") or {}), feature.get("geometry")
        if "label" in properties:
            lon, lat = properties["label"]
            properties["label"] = [lon_near(lon, extent), lat]
        moved = mapping(shape_near(shape(drawn), extent)) if drawn else None
        turned.append({**feature, "properties": properties, "geometry": moved})
    return {**collection, "features": turned}


def _middle(edges: Box) -> float:
    return (edges[0] + edges[2]) / 2


def _turned_into(drawn: BaseGeometry, wanted: tuple[float, float]) -> BaseGeometry:
    """Bring what lies a turn away between two longitudes there, the rest of it as it is."""
    first, _, last, _ = drawn.bounds
    frame = box(wanted[0], -90, wanted[1], 90)
    parts: list[BaseGeometry] = []
    for turn in (0.0, TURN, -TURN):
        if last + turn < wanted[0] or first + turn > wanted[1]:
            continue
        moved = shapely.transform(drawn, partial(np.add, np.array([turn, 0.0])))
        is_inside = wanted[0] <= first + turn and last + turn <= wanted[1]
        parts += list(shapely.get_parts(moved if is_inside else moved.intersection(frame)))
    if drawn.geom_type in ("Polygon", "MultiPolygon"):  # no line or point of the cut itself
        parts = [part for part in parts if part.geom_type == "Polygon"]
    united: BaseGeometry = shapely.union_all(parts)
    return united
