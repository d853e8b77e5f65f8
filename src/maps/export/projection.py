"""Degrees to metres of a UTM zone to millimetres on a sheet."""

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

from maps.export.sheet import Rect
from maps.export.shown import Bbox

Array = np.ndarray[Any, Any]

_EDGE_POINTS = 33  # on each side of a box, so that its bent edges are followed
_OUTSIDE_MM = 6.0  # geometry is kept this far outside the frame, so that no cut is seen


@dataclass(frozen=True)
class MapFrame:
    """Where the map lies on the sheet, and which ground it shows.

    The projection is UTM on WGS 84 in the zone of ``central_lon``: for the
    shipped atlas zone 38 north, EPSG:32638. ``metres_per_mm`` is the scale of
    the grid; on the ground it differs by less than 0.1 % within a zone.
    """

    rect: Rect
    zone: int
    south: bool
    centre: tuple[float, float]  # easting, northing of the middle of the frame
    metres_per_mm: float

    @cached_property
    def _proj(self) -> Proj:
        return Proj(proj="utm", zone=self.zone, south=self.south, ellps="WGS84")

    def to_mm(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Array, Array]:
        """Turn degrees into mm on the sheet."""
        east, north = self._proj(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        middle_x = self.rect.x + self.rect.width / 2
        middle_y = self.rect.y + self.rect.height / 2
        return (
            middle_x + (np.asarray(east) - self.centre[0]) / self.metres_per_mm,
            middle_y + (np.asarray(north) - self.centre[1]) / self.metres_per_mm,
        )

    def to_degrees(self, x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Turn mm on the sheet into longitude and latitude."""
        middle_x = self.rect.x + self.rect.width / 2
        middle_y = self.rect.y + self.rect.height / 2
        east = self.centre[0] + (np.asarray(x, dtype=float) - middle_x) * self.metres_per_mm
        north = self.centre[1] + (np.asarray(y, dtype=float) - middle_y) * self.metres_per_mm
        lon, lat = self._proj(east, north, inverse=True)
        return np.asarray(lon), np.asarray(lat)

    @cached_property
    def degrees(self) -> Bbox:
        """The box in degrees around all that the frame shows, a little more than it."""
        grown = self.rect.shrunk(-_OUTSIDE_MM)
        across = np.linspace(grown.x, grown.right, _EDGE_POINTS)
        along = np.linspace(grown.y, grown.top, _EDGE_POINTS)
        xs = np.concatenate([across, across, np.full_like(along, grown.x), along * 0 + grown.right])
        ys = np.concatenate([across * 0 + grown.y, across * 0 + grown.top, along, along])
        lon, lat = self.to_degrees(xs, ys)
        return (float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))

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
        x = self.rect.x + self.rect.width / 2
        y = self.rect.y + self.rect.height / 2
        lon, lat = self.to_degrees(x, y)
        up_x, up_y = self.to_mm(lon, lat + 0.05)
        return float(np.degrees(np.arctan2(x - up_x, up_y - y)))

    def ground_scale(self) -> float:
        """Give the denominator of the scale on the ground in the middle of the frame."""
        y = self.rect.y + self.rect.height / 2
        x = self.rect.x + self.rect.width / 2
        (lon_a, lon_b), (lat_a, lat_b) = self.to_degrees([x - 10, x + 10], [y, y])
        return Geod(ellps="WGS84").line_length([lon_a, lon_b], [lat_a, lat_b]) / 0.020


def map_frame(rect: Rect, extent: Bbox, bbox: Bbox) -> MapFrame:
    """Fit a box in degrees into a frame; what the frame has room for beside it is shown too.

    The zone is that of the atlas's extent, not of the box, so that all
    pictures of one atlas can be laid over each other.
    """
    zone, south = zone_of(extent)
    proj = Proj(proj="utm", zone=zone, south=south, ellps="WGS84")
    outline = shapely.segmentize(box(*bbox), (bbox[2] - bbox[0]) / _EDGE_POINTS)
    east, north = proj(*shapely.get_coordinates(outline).T)
    width, height = np.ptp(east), np.ptp(north)
    middle = (float(east.min() + width / 2), float(north.min() + height / 2))
    metres_per_mm = float(max(width / rect.width, height / rect.height))
    return MapFrame(rect, zone, south, middle, metres_per_mm)


def zone_of(extent: Bbox) -> tuple[int, bool]:
    """Give the UTM zone of the middle of an extent, and whether it lies in the south."""
    zone = int(((extent[0] + extent[2]) / 2 + 180) // 6) % 60 + 1
    return zone, (extent[1] + extent[3]) / 2 < 0


def projection_name(extent: Bbox) -> str:
    """Give the projection of an atlas in words, with its EPSG code."""
    zone, south = zone_of(extent)
    code = (32700 if south else 32600) + zone
    return f"UTM {zone}{'S' if south else 'N'} (EPSG:{code})"
