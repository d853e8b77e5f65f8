"""Degrees to metres of a projection to millimetres on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
# A transverse Mercator map stretches what lies 20 degrees from its meridian by 6 %.
_WIDEST_UTM = 40.0
_UTM_REACH = 80.0  # degrees from its meridian; at 90 the projection has no end
_METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True)
class Projection:
    """UTM on WGS 84 in a zone; without a zone, equirectangular and true to scale at a latitude.

    The latter shows the whole earth, which no transverse Mercator does.
    """

    zone: int
    south: bool = False
    true_at: float = 0.0

    @property
    def name(self) -> str:
        """Say in words which one it is, UTM with its EPSG code."""
        if self.zone:
            code = (32700 if self.south else 32600) + self.zone
            return f"UTM {self.zone}{'S' if self.south else 'N'} (EPSG:{code})"
        side = "S" if self.true_at < 0 else "N"
        return f"equirectangular, true to scale at {abs(self.true_at):.0f}°{side}"

    @property
    def reach(self) -> Bbox:
        """The box in degrees that can be projected."""
        middle, reach = (self._meridian, _UTM_REACH) if self.zone else (0.0, 180.0)
        return (middle - reach, -90.0, middle + reach, 90.0)

    @property
    def _meridian(self) -> float:
        return self.zone * 6 - 183.0

    @cached_property
    def _utm(self) -> Proj:
        return Proj(proj="utm", zone=self.zone, south=self.south, ellps="WGS84")

    @property
    def _degree(self) -> tuple[float, float]:
        """The length of a degree of longitude and of latitude, in metres."""
        return _METRES_A_DEGREE * float(np.cos(np.radians(self.true_at))), _METRES_A_DEGREE

    def to_metres(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Turn degrees into metres; not finite where they are out of reach."""
        lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
        if not self.zone:
            return lon * self._degree[0], lat * self._degree[1]
        east, north = self._utm(lon, lat)
        return np.asarray(east), np.asarray(north)

    def to_degrees(self, east: ArrayLike, north: ArrayLike) -> tuple[Array, Array]:
        """Turn metres into degrees; not finite where there is no such place."""
        east, north = np.asarray(east, dtype=float), np.asarray(north, dtype=float)
        if not self.zone:
            return east / self._degree[0], north / self._degree[1]
        lon, lat = self._utm(east, north, inverse=True)
        # East of the date line the degrees go on past 180: a frame has no seam.
        with np.errstate(invalid="ignore"):
            lon = (np.asarray(lon) - self._meridian + 180) % 360 - 180 + self._meridian
        return lon, np.asarray(lat)


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
        edges = edge_points(self.rect.shrunk(-_OUTSIDE_MM), _EDGE_POINTS)
        lon, lat = self.to_degrees(*edges)
        if not np.isfinite(lon).all():
            return self.projection.reach
        return (
            max(float(lon.min()), west),
            max(float(lat.min()), south),
            min(float(lon.max()), east),
            min(float(lat.max()), north),
        )

    def place(self, geometries: Iterable[BaseGeometry]) -> list[BaseGeometry]:
        """Bring geometries (EPSG:4326) onto the sheet; what is far outside is cut off.

        One geometry is given back for each, empty where nothing of it is near.
        """
        near = shapely.clip_by_rect(list(geometries), *self.degrees)
        return list(shapely.transform(near, lambda at: np.column_stack(self.to_mm(*at.T))))

    def place_features(self, collection: Mapping[str, Any] | None) -> list[BaseGeometry]:
        """Bring the geometries of a GeoJSON FeatureCollection onto the sheet."""
        features = (collection or {}).get("features", ())
        return self.place(shape(f["geometry"]) for f in features if f.get("geometry"))

    def north_angle(self) -> float:
        """Tell how far true north lies left of the top of the sheet, in degrees, at the middle."""
        x, y = self.rect.middle
        lon, lat = self.to_degrees(x, y)
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
    outline = shapely.segmentize(box(*bbox), (bbox[2] - bbox[0]) / _EDGE_POINTS)
    east, north = projection.to_metres(*shapely.get_coordinates(outline).T)
    width, height = np.ptp(east), np.ptp(north)
    middle = (float(east.min() + width / 2), float(north.min() + height / 2))
    metres_per_mm = float(max(width / rect.width, height / rect.height))
    return MapFrame(rect, projection, middle, metres_per_mm)


def projection_of(extent: Bbox, bbox: Bbox) -> Projection:
    """Choose UTM in the zone of the middle of an extent, or what shows more than that can."""
    west, east = min(extent[0], bbox[0]), max(extent[2], bbox[2])
    middle = (extent[1] + extent[3]) / 2
    if east - west > _WIDEST_UTM:
        return Projection(0, true_at=round(middle))
    zone = int(((extent[0] + extent[2]) / 2 + 180) // 6) % 60 + 1
    return Projection(zone, middle < 0)
