"""Geometry as the map document ships it: whole numbers, one step after another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

UNITS_PER_DEGREE = 100_000  # the files have 5 decimals: about a metre
WORLD_PX = 256  # Web Mercator at zoom 0 (the tile scheme Leaflet uses)

Rings = list[list[list[int]]]


def encoded(geometry: BaseGeometry) -> Rings:
    """Write polygons as rings of steps (lon, lat), in 1e-5 degrees.

    The first pair of a ring is its first point, each further pair the step to
    the next point. The closing point is left out. Half the size of GeoJSON.
    """
    return [
        [_steps(ring) for ring in (polygon.exterior, *polygon.interiors)]
        for polygon in _polygons(geometry)
    ]


def label_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Give the middle of the widest place inside the largest part, as (lat, lon)."""
    largest = max(_polygons(geometry), key=lambda polygon: polygon.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.01)
    lon, lat = circle.coords[0]
    return round(lat, 4), round(lon, 4)


def label_room_px(geometry: BaseGeometry) -> float:
    """Give how many pixels wide the largest part is at zoom 0 (doubles at each zoom)."""
    largest = max(_polygons(geometry), key=lambda polygon: polygon.area)
    west, _, east, _ = largest.bounds
    return round((east - west) / 360 * WORLD_PX, 5)


def _polygons(geometry: BaseGeometry) -> Iterator[Polygon]:
    if isinstance(geometry, Polygon):
        yield geometry
    elif isinstance(geometry, MultiPolygon):
        yield from geometry.geoms


def _steps(ring: BaseGeometry) -> list[int]:
    points = np.rint(shapely.get_coordinates(ring)[:-1] * UNITS_PER_DEGREE).astype(int)
    steps = np.vstack([points[:1], np.diff(points, axis=0)])
    return [int(value) for value in steps.ravel()]
