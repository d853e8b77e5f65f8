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

EQUAL_EARTH, AZIMUTHAL = "eqearth", "laea"


@dataclass(frozen=True)
class Projection:
    """UTM on WGS 84 in a zone; without a zone, an equal-area projection around a centre.

    ``kind`` is then PROJ's name of it: Lambert's azimuthal one for a continent or a pole, Equal
    Earth for the world. ``centre`` is its longitude and latitude.
    """

    zone: int
    south: bool = False
    kind: str = ""
    centre: tuple[float, float] = (0.0, 0.0)

    @property
    def name(self) -> str:
        """Say in words which one it is, UTM with its EPSG code."""
        if self.zone:
            code = (32700 if self.south else 32600) + self.zone
            return f"UTM {self.zone}{'S' if self.south else 'N'} (EPSG:{code})"
        lon = _side((self.centre[0] + 180) % 360 - 180, "EW")
        if self.kind == EQUAL_EARTH:
            return f"Equal Earth, central meridian {lon}"
        lat = _side(self.centre[1], "NS")
        return f"Lambert azimuthal equal-area, centred on {lat} {lon}"

    @property
    def reach(self) -> Bbox:
        """The box in degrees that can be projected."""
        if self.zone or (self.kind == AZIMUTHAL and abs(self.centre[1]) < 90):
            reach = _UTM_REACH if self.zone else _AZIMUTHAL_REACH
            return (self._meridian - reach, -90.0, self._meridian + reach, 90.0)
        south, north = -90.0, 90.0
        if self.kind == AZIMUTHAL:  # the other pole has no place
            south, north = (-60.0, 90.0) if self.centre[1] > 0 else (-90.0, 60.0)
        return (self._meridian - 180.0, south, self._meridian + 180.0, north)

    @property
    def _meridian(self) -> float:
        return self.zone * 6 - 183.0 if self.zone else self.centre[0]

    @cached_property
    def _proj(self) -> Proj:
        if self.zone:
            return Proj(proj="utm", zone=self.zone, south=self.south, ellps="WGS84")
        lon, lat = self.centre
        # Past 180 degrees from the meridian the map goes on: an edge there stays where it is.
        return Proj(f"+proj={self.kind} +lon_0={lon} +lat_0={lat} +ellps=WGS84 +over")

    def to_metres(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Turn degrees into metres; not finite where they are out of reach."""
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        east, north = self._proj(lon, lat)
        return np.asarray(east), np.asarray(north)

    def to_degrees(self, east: ArrayLike, north: ArrayLike) -> tuple[Array, Array]:
        """Turn metres into degrees; not finite where there is no such place."""
        east, north = np.asarray(east, dtype=float), np.asarray(north, dtype=float)
        lon, lat = self._proj(east, north, inverse=True)
        if self.kind == EQUAL_EARTH:
            lon, lat = np.asarray(lon), np.asarray(lat)
            back, _ = self._proj(lon, lat)
            is_there = (np.abs(lon - self._meridian) < 180.001) & (np.abs(back - east) < 1.0)
            return np.where(is_there, lon, np.nan), np.where(is_there, lat, np.nan)
        # East of the date line the degrees go on past 180: a frame has no seam.
        with np.errstate(invalid="ignore"):
            lon = (np.asarray(lon) - self._meridian + 180) % 360 - 180 + self._meridian
        return lon, np.asarray(lat)


def _side(degrees: float, ends: str) -> str:
    return f"{abs(degrees):.0f}°{ends[0] if degrees >= 0 else ends[1]}"


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
        lon, lat = self.to_degrees(*self._samples())
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

    def _samples(self) -> tuple[Array, Array]:
        """Give points of the frame: its edges, and all of it where a pole may lie inside."""
        rect = self.rect.shrunk(-_OUTSIDE_MM)
        xs, ys = edge_points(rect, _EDGE_POINTS)
        if self.projection.zone:
            return xs, ys
        inside_x, inside_y = np.meshgrid(
            np.linspace(rect.x, rect.right, _EDGE_POINTS),
            np.linspace(rect.y, rect.top, _EDGE_POINTS),
        )
        pole = self.to_mm([self.projection.centre[0]] * 2, [90.0, -90.0])
        holds = [
            rect.x <= x <= rect.right and rect.y <= y <= rect.top
            for x, y in zip(*pole, strict=True)
        ]
        poles = np.array(pole)[:, holds]
        return (
            np.concatenate([xs, inside_x.ravel(), poles[0]]),
            np.concatenate([ys, inside_y.ravel(), poles[1]]),
        )

    def place(self, geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        """Bring geometries (EPSG:4326) onto the sheet; what is far outside is cut off.

        One geometry is given back for each, empty where nothing of it is near. What lies
        beyond the date line comes from the other end of the degrees.
        """
        near = self._near(list(geometries))
        if not self.projection.zone:
            near = shapely.segmentize(near, _SEGMENT)
        return list(shapely.transform(near, lambda at: np.column_stack(self.to_mm(*at.T))))

    def _near(self, geometries: list[BaseGeometry]) -> Array:
        west, south, east, north = self.degrees
        near: Array = shapely.clip_by_rect(geometries, west, south, east, north)
        for turn in (360.0, -360.0):
            if (turn > 0 and east <= 180) or (turn < 0 and west >= -180):
                continue
            shift = np.array([turn, 0.0])
            turned = shapely.transform(geometries, partial(np.add, shift))
            beyond = shapely.clip_by_rect(turned, west, south, east, north)
            is_there = ~shapely.is_empty(beyond)
            near[is_there] = shapely.union(near[is_there], beyond[is_there])
        return near

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
    """Choose UTM in the zone of the middle of an extent, or an equal-area one that shows it all."""
    west, east = min(extent[0], bbox[0]), max(extent[2], bbox[2])
    south, north = min(extent[1], bbox[1]), max(extent[3], bbox[3])
    middle = (extent[1] + extent[3]) / 2
    if east - west <= _WIDEST_UTM:
        zone = int(((extent[0] + extent[2]) / 2 + 180) // 6) % 60 + 1
        return Projection(zone, middle < 0)
    lon = round((west + east) / 2)
    if east - west > _POLAR_WIDER and (south >= _POLAR_FROM or north <= -_POLAR_FROM):
        return Projection(0, kind=AZIMUTHAL, centre=(lon, 90.0 if south > 0 else -90.0))
    if east - west <= _WIDEST_AZIMUTHAL:
        return Projection(0, kind=AZIMUTHAL, centre=(lon, round((south + north) / 2)))
    return Projection(0, kind=EQUAL_EARTH, centre=(lon, 0.0))
