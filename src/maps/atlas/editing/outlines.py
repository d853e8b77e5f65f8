"""Outlines drawn by hand: brought to their neighbours, and put into a layer."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from maps.atlas.dates import dated
from maps.atlas.geojson import collection, feature
from maps.atlas.load import AtlasTables, Feature, geometry_of
from maps.atlas.model import Timespan
from maps.errors import DateUnreadable

_KM_PER_DEGREE = 111.32  # of latitude


def neighbours(
    tables: AtlasTables, layer: str, start: str, end: str, but: str = ""
) -> list[BaseGeometry]:
    """Give the outlines of a layer that hold on some day of a span, except that of one id."""
    span = _span(Feature("", layer, 0, {"start": start, "end": end}, None))
    found = []
    for each in tables.features:
        if each.layer == layer and each["id"] != but and each.geometry is not None:
            held = _span(each)
            if span and held and held.overlaps(span):
                found.append(each.geometry)
    return found


def _span(boundary: Feature) -> Timespan | None:
    try:
        return dated(boundary)[0]
    except DateUnreadable:
        return None  # the check tells of it


def snapped(
    drawn: BaseGeometry, others: Sequence[BaseGeometry], tolerance_km: float
) -> BaseGeometry:
    """Bring an outline (EPSG:4326) to those beside it wherever it lies within a tolerance.

    Corners go to corners, then to edges; strips no wider than the tolerance that still overlap
    are taken off, those that still lie open are added. What is wider is meant, and stays.
    """
    valid = shapely.make_valid(drawn)
    if not others or tolerance_km <= 0:
        return _areas(valid)
    squeeze = math.cos(math.radians((valid.bounds[1] + valid.bounds[3]) / 2))
    # Degrees of latitude in both directions, so that one distance means the same.
    own, rest = (
        shapely.transform(shape, lambda points: points * (squeeze, 1.0))
        for shape in (valid, shapely.union_all([shapely.make_valid(o) for o in others]))
    )
    near = tolerance_km / _KM_PER_DEGREE
    own = shapely.make_valid(shapely.transform(own, lambda points: _moved(points, rest, near)))
    own = own.difference(_narrow(own.intersection(rest), near))
    closed = (
        own.union(rest).buffer(near / 2, join_style="mitre").buffer(-near / 2, join_style="mitre")
    )
    gaps = _narrow(closed.difference(own.union(rest)), near)
    touching = [gap for gap in _parts(gaps) if gap.distance(own) == 0 and gap.distance(rest) == 0]
    own = shapely.union_all([own, *touching])
    return _areas(shapely.transform(own, lambda points: points / (squeeze, 1.0)))


def _moved(points: NDArray[np.float64], rest: BaseGeometry, near: float) -> NDArray[np.float64]:
    """Move points to the nearest corner of other outlines, else to their nearest edge."""
    edges = shapely.boundary(rest)
    corners = shapely.MultiPoint(shapely.get_coordinates(rest))
    moved = points.copy()
    for number, point in enumerate(map(Point, points)):
        for aims in (corners, edges):
            if point.distance(aims) <= near:
                moved[number] = nearest_points(aims, point)[0].coords[0]
                break
    return moved


def _parts(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def _narrow(shape: BaseGeometry, near: float) -> BaseGeometry:
    """Keep the parts that are nowhere wider than a distance."""
    return shapely.union_all([p for p in _parts(shape) if p.buffer(-near / 2).is_empty])


def _areas(shape: BaseGeometry) -> BaseGeometry:
    parts = _parts(shape)
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def single_polygons(boundary: Feature) -> list[dict[str, Any]]:
    """Give the parts of an outline as GeoJSON features, since a MultiPolygon cannot be dragged."""
    shape = boundary.geometry
    return [feature(part, {}) for part in _parts(shape)] if shape is not None else []


def joined(shapes: Iterable[Mapping[str, Any]]) -> BaseGeometry:
    """Make one outline of GeoJSON features."""
    parts = [geometry_of(each.get("geometry")) for each in shapes]
    return _areas(shapely.union_all([shapely.make_valid(part) for part in parts if part]))


def with_outline(before: bytes, id: str, outline: BaseGeometry) -> bytes:
    """Give a layer with another outline for one boundary; all others stay as they are.

    In a file that has a feature a line, no other line changes.
    """
    features = json.loads(before.decode("utf-8-sig"))["features"]
    is_ours = collection(features) == before
    changed = next(each for each in features if each["properties"].get("id") == id)
    changed["geometry"] = feature(outline, {})["geometry"]
    lines = before.decode("utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        if is_ours or f'"{id}"' not in line:
            continue
        with suppress(ValueError, KeyError, TypeError):  # where a line is no feature
            if json.loads(line.strip().rstrip(","))["properties"]["id"] == id:
                made = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
                ending = "," if line.rstrip().endswith(",") else ""
                lines[number] = made + ending + line[len(line.rstrip()) :]
                return "".join(lines).encode()
    return collection(features)
