"""Geometry in metres: areas, chains of lines, cuts, and filling gaps.

All functions but `to_metres`, `to_degrees` and `area_km2` work in the plane of
`PLANE`, an equal-area projection, so that widths and areas are metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer
from shapely import STRtree
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

PLANE = "+proj=aea +lat_1=38.8 +lat_2=41 +lat_0=40 +lon_0=46.5 +datum=WGS84 +units=m"
ELLIPSOID = Geod(ellps="WGS84")
EMPTY = Polygon()
Shape = TypeVar("Shape", bound=BaseGeometry)

_forward = Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
_inverse = Transformer.from_crs(PLANE, "EPSG:4326", always_xy=True)


def _through(transformer: Transformer, geometry: Shape) -> Shape:
    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    moved: Shape = shapely.transform(geometry, move)
    return moved


def to_metres(geometry: Shape) -> Shape:
    """Project from EPSG:4326 (lon, lat) into `PLANE`."""
    return _through(_forward, geometry)


def to_degrees(geometry: Shape) -> Shape:
    """Project from `PLANE` back into EPSG:4326 (lon, lat)."""
    return _through(_inverse, geometry)


def line(points: Sequence[tuple[float, float]]) -> LineString:
    """Make a line in `PLANE` from lon, lat pairs."""
    return LineString(shapely.get_coordinates(to_metres(LineString(points))))


def area(points: Sequence[tuple[float, float]]) -> Polygon:
    """Make a polygon in `PLANE` from lon, lat pairs."""
    return Polygon(shapely.get_coordinates(to_metres(LineString(points))))


def area_km2(geometry: BaseGeometry) -> float:
    """Measure an EPSG:4326 geometry on the WGS 84 ellipsoid."""
    return sum(abs(ELLIPSOID.geometry_area_perimeter(part)[0]) for part in polygons(geometry)) / 1e6


def polygons(geometry: BaseGeometry) -> list[Polygon]:
    """List the polygons in a geometry, dropping points and lines, largest first."""
    parts = [part for part in shapely.get_parts(geometry).tolist() if not part.is_empty]
    nested = [inner for part in parts if hasattr(part, "geoms") for inner in polygons(part)]
    plain = [part for part in parts if part.geom_type == "Polygon"]
    return sorted(plain + nested, key=lambda part: -part.area)


def union(geometries: Iterable[BaseGeometry]) -> BaseGeometry:
    """Join geometries, keeping areas only."""
    joined = shapely.union_all([shapely.make_valid(geometry) for geometry in geometries])
    return shapely.union_all(polygons(joined))


def largest(geometry: BaseGeometry) -> Polygon:
    """Give the largest polygon of a geometry."""
    return polygons(geometry)[0]


def chained(lines: Sequence[LineString], first: int = 0) -> list[tuple[float, float]]:
    """Join lines end to nearest end, starting with line ``first``.

    The first line keeps its direction. Upstream files break one border into
    pieces whose ends are up to some hundred metres apart; the gaps are bridged
    with a straight segment.
    """
    waiting = [line for index, line in enumerate(lines) if index != first]
    chain = _points(lines[first])
    while waiting:
        end = Point(chain[-1])
        _, index, side = min(
            (end.distance(Point(line.coords[side])), index, side)
            for index, line in enumerate(waiting)
            for side in (0, -1)
        )
        points = _points(waiting.pop(index))
        chain += points if side == 0 else points[::-1]
    return chain


def _points(line: LineString) -> list[tuple[float, float]]:
    return [(x, y) for x, y in shapely.get_coordinates(line).tolist()]


def prolonged(points: Sequence[tuple[float, float]], by_m: float) -> LineString:
    """Continue a line straight at both ends."""

    def beyond(end: tuple[float, float], before: tuple[float, float]) -> tuple[float, float]:
        step = np.subtract(end, before)
        x, y = np.add(end, step / np.hypot(*step) * by_m).tolist()
        return x, y

    return LineString([beyond(points[0], points[1]), *points, beyond(points[-1], points[-2])])


def cut(geometry: BaseGeometry, by: LineString) -> list[Polygon]:
    """Cut every polygon of a geometry along a line."""
    return [piece for part in polygons(geometry) for piece in polygons(split(part, by))]


def filled(
    target: BaseGeometry, parts: Mapping[str, BaseGeometry], step_m: float = 300.0
) -> dict[str, BaseGeometry]:
    """Clip parts to a target and give what is left over to the nearest part.

    Parts come from a coarser source than the target's outline, so slivers
    stay uncovered along it. Each is divided by a Voronoi diagram of points set
    every ``step_m`` along the outlines of the parts.
    """
    clipped = {name: union([part.intersection(target)]) for name, part in parts.items()}
    rest = union([target.difference(union(clipped.values()))])
    if rest.is_empty:
        return clipped
    near_rest = rest.buffer(5 * step_m)
    owners: dict[tuple[float, float], str] = {}
    for name, part in parts.items():
        outline = shapely.segmentize(part.boundary.intersection(near_rest), step_m)
        for x, y in shapely.get_coordinates(outline).round().tolist():
            owners.setdefault((x, y), name)  # whole metres: near-doubles break the diagram
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(list(owners)), extend_to=target.envelope)
    ).tolist()
    tree = STRtree(shapely.points(list(owners)))
    owner_names = list(owners.values())
    shares: dict[str, list[BaseGeometry]] = {name: [] for name in parts}
    for cell in cells:
        inside = sorted(tree.query(cell, predicate="intersects").tolist())
        if inside:
            shares[owner_names[inside[0]]].append(cell)
    return {
        name: union([clipped[name], *(polygons(union(share).intersection(rest)))])
        if (share := shares[name])
        else clipped[name]
        for name in parts
    }
