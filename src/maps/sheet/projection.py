"""Degrees to metres of a projection to millimetres on a sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike
from pyproj import Geod, Proj
from shapely.geometry import box, shape
from shapely.geometry.base import BaseGeometry

from maps.day.view import Bbox
from maps.sheet.sheet import Rect

Array = np.ndarray[Any, Any]

_EDGE_POINTS = 33  # on each side of a box, so that its bent edges are followed
_OUTSIDE_MM = 6.0  # geometry is kept this far outside the frame, so that no cut is seen
# Wider than four zones, a transverse Mercator map is no longer true to the areas it shows.
_WIDEST_UTM = 24.0
_UTM_REACH = 80.0  # degrees from its meridian; at 90 the projection has no end
_WIDEST_AZIMUTHAL = 100.0  # wider than that it shows more of the globe than can be read
_AZIMUTHAL_REACH = 150.0  # degrees from its meridian; the point opposite has no place
_POLAR_FROM = 45.0  # an extent that stays beyond this latitude may be seen from the pole
_POLAR_WIDER = 120.0
_ALL_ROUND = 300.0  # degrees
_SEGMENT = 1.0  # degrees: how finely an edge is followed where straight lines become bent


@dataclass(frozen=True)
class Projection:
    """UTM on WGS 84 in a zone; without a zone, an equal-area projection around a centre.

    ``name`` says in words which one it is, UTM with its EPSG code. ``definition`` is PROJ's,
    ``reach`` the box in degrees that can be projected, ``meridian`` the one in its middle.
    """

    name: str
    definition: str
    meridian: float
    reach: Bbox
    zone: int = 0

    @cached_property
    def _proj(self) -> Proj:
        return Proj(self.definition)

    def to_metres(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Turn degrees into metres; not finite where they are out of reach."""
        east, north = self._proj(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        return np.asarray(east), np.asarray(north)

    def to_degrees(self, east: ArrayLike, north: ArrayLike) -> tuple[Array, Array]:
        """Turn metres into degrees; not finite where there is no such place."""
        east, north = np.asarray(east, dtype=float), np.asarray(north, dtype=float)
        lon, lat = map(np.asarray, self._proj(east, north, inverse=True))
        if "eqearth" in self.definition:
            back, _ = self._proj(lon, lat)
            is_there = (np.abs(lon - self.meridian) < 180.001) & (np.abs(back - east) < 1.0)
            return np.where(is_there, lon, np.nan), np.where(is_there, lat, np.nan)
        # East of the date line the degrees go on past 180: a frame has no seam.
        with np.errstate(invalid="ignore"):
            return (lon - self.meridian + 180) % 360 - 180 + self.meridian, lat


@dataclass(frozen=True)
class MapFrame:
    """Where the map lies on the sheet, and which ground it shows.

    ``metres_per_mm`` is the scale of the grid; on the ground it differs by less
    than 0.1 % within a UTM zone.
    """

    rect: Rect
    projection: Projection
    centre: tuple[float, float]  # easting, northing of the middle of the frame
    metres_per_mm: float

    def to_mm(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Turn degrees into mm on the sheet."""
        east, north = self.projection.to_metres(lon, lat)
        middle_x, middle_y = self.rect.middle
        return (
            middle_x + (east - self.centre[0]) / self.metres_per_mm,
            middle_y + (north - self.centre[1]) / self.metres_per_mm,
        )

    def to_degrees(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Turn mm on the sheet into longitude and latitude."""
        middle_x, middle_y = self.rect.middle
        east = self.centre[0] + (np.asarray(x, dtype=float) - middle_x) * self.metres_per_mm
        north = self.centre[1] + (np.asarray(y, dtype=float) - middle_y) * self.metres_per_mm
        return self.projection.to_degrees(east, north)

    @cached_property
    def degrees(self) -> Bbox:
        """The box in degrees around all that the frame shows, a little more than it."""
        west, south, east, north = self.projection.reach
        # Its edges, and all of it where a pole may lie inside.
        rect = self.rect.shrunk(-_OUTSIDE_MM)
        xs, ys = edge_points(rect, _EDGE_POINTS)
        if not self.projection.zone:
            within = np.meshgrid(
                np.linspace(rect.x, rect.right, _EDGE_POINTS),
                np.linspace(rect.y, rect.top, _EDGE_POINTS),
            )
            x, y = self.to_mm([self.projection.meridian] * 2, [90.0, -90.0])
            holds = (rect.x <= x) & (x <= rect.right) & (rect.y <= y) & (y <= rect.top)
            xs = np.concatenate([xs, within[0].ravel(), x[holds]])
            ys = np.concatenate([ys, within[1].ravel(), y[holds]])
        lon, lat = self.to_degrees(xs, ys)
        on_earth = np.isfinite(lon) & np.isfinite(lat)
        if not on_earth.any() or (self.projection.zone and not on_earth.all()):
            return self.projection.reach
        lon, lat = lon[on_earth], lat[on_earth]
        if np.ptp(lon) > _ALL_ROUND:  # samples come near the seam, and not upon it
            lon = np.array([west, east])
        return (
            max(float(lon.min()), west),
            max(float(lat.min()), south),
            min(float(lon.max()), east),
            min(float(lat.max()), north),
        )

    def place(self, geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        """Bring geometries (EPSG:4326) onto the sheet; what is far outside is cut off.

        One geometry is given back for each, empty where nothing of it is near. What lies
        beyond the date line comes from the other end of the degrees.
        """
        west, south, east, north = self.degrees
        whole = list(geometries)
        near: Array = shapely.clip_by_rect(whole, west, south, east, north)
        for turn, is_needed in ((360.0, east > 180), (-360.0, west < -180)):
            if is_needed:
                turned = shapely.transform(whole, partial(np.add, np.array([turn, 0.0])))
                beyond = shapely.clip_by_rect(turned, west, south, east, north)
                is_there = ~shapely.is_empty(beyond)
                near[is_there] = shapely.union(near[is_there], beyond[is_there])
        if not self.projection.zone:
            near = shapely.segmentize(near, _SEGMENT)
        return list(shapely.transform(near, lambda at: np.column_stack(self.to_mm(*at.T))))

    def place_features(self, collection: Mapping[str, Any] | None) -> list[BaseGeometry]:
        """Bring the geometries of a GeoJSON FeatureCollection onto the sheet."""
        features = (collection or {}).get("features", ())
        return self.place(shape(f["geometry"]) for f in features if f.get("geometry"))

    def north_angle(self) -> float:
        """Tell how far true north lies left of the top of the sheet, in degrees, at the middle.

        Not finite where the middle is a pole.
        """
        x, y = self.rect.middle
        lon, lat = self.to_degrees(x, y)
        if abs(lat) > 89.5:
            return math.nan
        up_x, up_y = self.to_mm(lon, lat + 0.05)
        return float(np.degrees(np.arctan2(x - up_x, up_y - y)))

    def ground_scale(self) -> float:
        """Give the denominator of the scale on the ground in the middle of the frame."""
        x, y = self.rect.middle
        (lon_a, lon_b), (lat_a, lat_b) = self.to_degrees([x - 10, x + 10], [y, y])
        return Geod(ellps="WGS84").line_length([lon_a, lon_b], [lat_a, lat_b]) / 0.020


def edge_points(rect: Rect, count: int) -> tuple[Array, Array]:
    """Give x and y of points along the edges of a rectangle, so many on each."""
    across, along = np.linspace(rect.x, rect.right, count), np.linspace(rect.y, rect.top, count)
    xs = np.concatenate([across, across, along * 0 + rect.x, along * 0 + rect.right])
    ys = np.concatenate([across * 0 + rect.y, across * 0 + rect.top, along, along])
    return xs, ys


def map_frame(rect: Rect, extent: Bbox, bbox: Bbox) -> MapFrame:
    """Fit a box in degrees into a frame; what the frame has room for beside it is shown too.

    The projection is that of the atlas's extent, not of the box, so that all
    pictures of one atlas can be laid over each other; but for a box out of its reach.
    """
    projection = projection_of(extent, bbox)
    step = (bbox[2] - bbox[0]) / _EDGE_POINTS
    outline = shapely.segmentize(box(*bbox), step if projection.zone else min(step, _SEGMENT))
    east, north = projection.to_metres(*shapely.get_coordinates(outline).T)
    width, height = np.ptp(east), np.ptp(north)
    middle = (float(east.min() + width / 2), float(north.min() + height / 2))
    metres_per_mm = float(max(width / rect.width, height / rect.height))
    return MapFrame(rect, projection, middle, metres_per_mm)


def projection_of(extent: Bbox, bbox: Bbox) -> Projection:
    """Choose UTM in the zone of the middle of an extent, or an equal-area one that shows it all.

    That is Lambert's azimuthal one for a continent or a pole, and Equal Earth for the world.
    """
    west, east = min(extent[0], bbox[0]), max(extent[2], bbox[2])
    south, north = min(extent[1], bbox[1]), max(extent[3], bbox[3])
    if east - west <= _WIDEST_UTM:
        zone = int(((extent[0] + extent[2]) / 2 + 180) // 6) % 60 + 1
        is_south, meridian = extent[1] + extent[3] < 0, zone * 6 - 183.0
        name = (
            f"UTM {zone}{'S' if is_south else 'N'} (EPSG:{(32700 if is_south else 32600) + zone})"
        )
        definition = f"+proj=utm +zone={zone}{' +south' if is_south else ''} +ellps=WGS84"
        reach = (meridian - _UTM_REACH, -90.0, meridian + _UTM_REACH, 90.0)
        return Projection(name, definition, meridian, reach, zone)

    def written(degrees: float, ends: str) -> str:
        return f"{abs(degrees):.0f}°{ends[0] if degrees >= 0 else ends[1]}"

    lon, lat, half, low, high = round((west + east) / 2), 0.0, 180.0, -90.0, 90.0
    is_polar = east - west > _POLAR_WIDER and (south >= _POLAR_FROM or north <= -_POLAR_FROM)
    middle = written((lon + 180) % 360 - 180, "EW")
    if is_polar or east - west <= _WIDEST_AZIMUTHAL:
        lat = math.copysign(90.0, south) if is_polar else round((south + north) / 2)
        if abs(lat) < 90:
            half = _AZIMUTHAL_REACH
        else:  # the other pole has no place
            low, high = (-60.0, 90.0) if lat > 0 else (-90.0, 60.0)
        kind = "laea"
        name = f"Lambert azimuthal equal-area, centred on {written(lat, 'NS')} {middle}"
    else:
        kind, name = "eqearth", f"Equal Earth, central meridian {middle}"
    # Past 180 degrees from the meridian the map goes on: an edge there stays where it is.
    definition = f"+proj={kind} +lon_0={lon} +lat_0={lat} +ellps=WGS84 +over"
    return Projection(name, definition, lon, (lon - half, low, lon + half, high))
