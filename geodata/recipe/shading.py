"""Soft shaded relief in Web Mercator, to lie under vector layers."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from maps.build.raw import Grid
from recipe.geometry import polygons

Array = npt.NDArray[np.float64]

DEGREE_M = 111_320.0  # one degree of latitude
_mercator = Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)
_degrees = Transformer.from_crs("EPSG:3857", "EPSG:4326", always_xy=True)


@dataclass(frozen=True)
class Light:
    """Where light falls from, and how much of the picture it makes."""

    azimuth: float  # degrees clockwise from north
    altitude: float  # degrees above the horizon
    share: float


@dataclass(frozen=True)
class Look:
    """How heights become colour.

    ``tints`` gives a colour for some heights in metres; between them it is
    interpolated. ``depth`` darkens slopes turned from the light, ``glow``
    lightens those turned to it, both 0 to 1. ``exaggeration`` steepens slopes.
    """

    tints: tuple[tuple[float, tuple[int, int, int]], ...]
    shadow: tuple[int, int, int]
    depth: float
    glow: float
    exaggeration: float
    lights: tuple[Light, ...]


@dataclass(frozen=True)
class MercatorFrame:
    """A picture's edges in degrees and its size in pixels, evenly spaced in EPSG:3857."""

    west: float
    south: float
    east: float
    north: float
    width: int

    @property
    def height(self) -> int:
        """Rows, for square pixels."""
        left, bottom, right, top = self.edges_m
        return round(self.width * (top - bottom) / (right - left))

    @property
    def edges_m(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in EPSG:3857."""
        left, bottom = _mercator.transform(self.west, self.south)
        right, top = _mercator.transform(self.east, self.north)
        return left, bottom, right, top

    def centres(self) -> tuple[Array, Array]:
        """Give the longitude of each column and the latitude of each row."""
        left, bottom, right, top = self.edges_m
        x = left + (np.arange(self.width) + 0.5) * (right - left) / self.width
        y = top - (np.arange(self.height) + 0.5) * (top - bottom) / self.height
        lon, _ = _degrees.transform(x, np.full_like(x, bottom))
        _, lat = _degrees.transform(np.full_like(y, left), y)
        return np.asarray(lon), np.asarray(lat)

    def pixels(self, ring: Array) -> list[tuple[float, float]]:
        """Place lon, lat pairs on the picture."""
        left, bottom, right, top = self.edges_m
        x, y = _mercator.transform(ring[:, 0], ring[:, 1])
        columns = (np.asarray(x) - left) / (right - left) * self.width
        rows = (top - np.asarray(y)) / (top - bottom) * self.height
        return list(zip(columns.tolist(), rows.tolist(), strict=True))


def heights(grid: Grid, frame: MercatorFrame, blur_cells: float) -> Array:
    """Sample a grid at the pixels of a frame, bilinearly, after a slight blur."""
    smooth = _blurred(grid.values, blur_cells)
    lon, lat = frame.centres()
    columns = np.clip((lon - grid.west) / grid.cell - 0.5, 0, smooth.shape[1] - 1.001)
    rows = np.clip((grid.north - lat) / grid.cell - 0.5, 0, smooth.shape[0] - 1.001)
    left, top = np.floor(columns).astype(int), np.floor(rows).astype(int)
    right_share, bottom_share = columns - left, (rows - top)[:, None]
    upper = _mixed(smooth[top], left, right_share)
    lower = _mixed(smooth[top + 1], left, right_share)
    sampled: Array = upper * (1 - bottom_share) + lower * bottom_share
    return sampled


def _mixed(rows: Array, left: npt.NDArray[np.int_], right_share: Array) -> Array:
    return rows[:, left] * (1 - right_share) + rows[:, left + 1] * right_share


def _blurred(values: Array, sigma: float) -> Array:
    """Blur with a Gaussian along both axes; edges repeat."""
    reach = max(1, round(3 * sigma))
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    weights /= weights.sum()
    for axis in (0, 1):
        padding = [(reach, reach) if a == axis else (0, 0) for a in (0, 1)]
        padded = np.pad(values, padding, mode="edge")
        length = values.shape[axis]
        values = sum(
            (
                weight * np.take(padded, np.arange(start, start + length), axis=axis)
                for start, weight in enumerate(weights)
            ),
            np.zeros_like(values),
        )
    return values


def shade(height: Array, frame: MercatorFrame, look: Look) -> Array:
    """Give light per pixel: 0 flat ground, positive lit, negative in shadow."""
    _, lat = frame.centres()
    step_x = DEGREE_M * (frame.east - frame.west) / frame.width * np.cos(np.radians(lat))[:, None]
    # Mercator is true to shape: a pixel is as high as it is wide, at every latitude.
    north_slope, east_slope = np.gradient(height)
    east_slope = east_slope / step_x * look.exaggeration
    north_slope = -north_slope / step_x * look.exaggeration
    normal = np.sqrt(1 + east_slope**2 + north_slope**2)
    total = np.zeros_like(height)
    for light in look.lights:
        azimuth, altitude = np.radians(light.azimuth), np.radians(light.altitude)
        towards = (-east_slope * np.sin(azimuth) - north_slope * np.cos(azimuth)) * np.cos(altitude)
        lit = (towards + np.sin(altitude)) / normal
        total += light.share * (lit / np.sin(altitude) - 1)
    return total


def coloured(height: Array, light: Array, look: Look) -> Array:
    """Mix tint, shadow and glow to RGB of 0 to 255."""
    levels = [level for level, _ in look.tints]
    channels = [
        np.interp(height, levels, [colour[channel] for _, colour in look.tints])
        for channel in range(3)
    ]
    dark = np.clip(-light, 0, 1)[..., None] * look.depth
    bright = np.clip(light, 0, 1)[..., None] * look.glow
    tint = np.stack(channels, axis=-1)
    shaded = tint * (1 - dark) + np.array(look.shadow, dtype=float) * dark
    return shaded * (1 - bright) + 255.0 * bright


def land_mask(land: BaseGeometry, frame: MercatorFrame, samples: int = 3) -> Image.Image:
    """Paint land white on black, with smooth edges; ``land`` in EPSG:4326."""
    fine = MercatorFrame(frame.west, frame.south, frame.east, frame.north, frame.width * samples)
    mask = Image.new("L", (frame.width * samples, frame.height * samples), 0)
    pen = ImageDraw.Draw(mask)
    for part in polygons(land):
        pen.polygon(fine.pixels(np.asarray(part.exterior.coords)), fill=255)
        for hole in part.interiors:
            pen.polygon(fine.pixels(np.asarray(hole.coords)), fill=0)
    return mask.resize((frame.width, frame.height), Image.Resampling.BOX)


def picture(colours: Array, mask: Image.Image, quality: int) -> bytes:
    """Encode as WebP with the mask as transparency."""
    image = Image.fromarray(np.clip(colours, 0, 255).round().astype(np.uint8), "RGB")
    image.putalpha(mask)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality, alpha_quality=80, method=6)
    return buffer.getvalue()
