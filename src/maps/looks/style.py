"""Colours and lines: how a thing said becomes a thing drawn.

Polities and layers differ in hue alone. Lightness and chroma are fixed in
OKLCH, where equal numbers look equal, so no side looks heavier than another
(Ottosson 2020, "A perceptual color space for image processing").
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from maps.atlas.model import Layer

# A printed atlas: warm paper, pale water, colour only for what is said.
PAPER = "#f4efe4"
LAND = "#f7f2e7"
WATER = "#d3e2e8"
RIVER = "#9dbcc8"
INK = "#2b2a27"
MUTED_INK = "#665f54"
HALO = "#fbf8f1"
# What is new in a film or a comparison; no polity, layer or dimension has a tone so full.
CHANGED = "#c4145f"

# Lightness and chroma of each use. The chroma is one that sRGB can show at this
# lightness in every hue, so none is clipped to a duller colour than the rest.
FILL_TONE = (0.75, 0.115)
STROKE_TONE = (0.50, 0.084)
TEXT_TONE = (0.42, 0.070)


@dataclass(frozen=True)
class Colours:
    """One hue in its uses: as an area, as a line, as letters on paper; hex sRGB."""

    fill: str
    stroke: str
    text: str


# Each dimension has a tone and a texture of its own: control, law, claim, recognition and
# proposal never share a colour, so nobody looks like the one owner of a piece of land.
DIMENSION_TONES = {
    "de-facto": FILL_TONE,
    "de-jure": (0.80, 0.095),
    "claim": (0.62, 0.100),
    "recognition": (0.68, 0.095),
    "proposed": (0.56, 0.090),
}
DIMENSION_TEXTURES = {
    "de-facto": "solid",
    "de-jure": "solid",
    "claim": "lines",
    "recognition": "dots",
    "proposed": "dashes",
}
OTHERWISE = "crosses"

NEUTRAL = Colours(fill="#cfc9bc", stroke="#6b665c", text="#4a463e")

_LAB_TO_LMS = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_LMS_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


@dataclass(frozen=True)
class Line:
    """How a boundary is drawn; ``dash`` in px as SVG and Leaflet take it, empty if solid."""

    width_px: float
    dash: str

    @property
    def dash_pattern(self) -> tuple[float, ...]:
        """The dash as numbers, for matplotlib; empty if solid."""
        return tuple(float(part) for part in self.dash.split())


_LINES = {
    "adapted": Line(1.6, ""),
    "approximate": Line(1.5, "7 4"),
    "schematic": Line(1.4, "2 4"),
}


def oklch_hex(lightness: float, chroma: float, hue: float) -> str:
    """Convert OKLCH (lightness 0-1, hue in degrees) to hex sRGB, clipped to its gamut."""

    def times(matrix: tuple[tuple[float, ...], ...], vector: Iterable[float]) -> list[float]:
        a, b, c = vector
        return [row[0] * a + row[1] * b + row[2] * c for row in matrix]

    angle = math.radians(hue)
    lab = (lightness, chroma * math.cos(angle), chroma * math.sin(angle))
    cubes = (root**3 for root in times(_LAB_TO_LMS, lab))
    linear = [min(max(part, 0), 1) for part in times(_LMS_TO_RGB, cubes)]
    encoded = (
        12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear
    )
    return "#" + "".join(f"{round(255 * part):02x}" for part in encoded)


@cache
def colours(hue: float) -> Colours:
    """Give the colours of an OKLCH hue in degrees."""
    return Colours(*(oklch_hex(*tone, hue) for tone in (FILL_TONE, STROKE_TONE, TEXT_TONE)))


@cache
def dimension_colour(hue: float, dimension: str) -> str:
    """Give the hex colour of a polity's hue in one dimension."""
    return oklch_hex(*DIMENSION_TONES[dimension], hue)


@cache
def dimension_stroke(hue: float, dimension: str) -> str:
    """Give the hex colour of a line in one dimension: that of an area, darker."""
    lightness, _ = DIMENSION_TONES[dimension]
    # sRGB can show this chroma in every hue, down to the darkest of the five.
    return oklch_hex(lightness - 0.22, 0.055, hue)


def texture(dimension: str, *, otherwise: bool = False) -> str:
    """Name the texture of a dimension, one of `maps.looks.texture.TEXTURES`."""
    return OTHERWISE if otherwise else DIMENSION_TEXTURES[dimension]


def layer_colours(layer: Layer) -> Colours:
    """Give the colours of a layer; a layer that is outline only is neutral."""
    return NEUTRAL if layer.hue is None else colours(layer.hue)


def line(precision: str) -> Line:
    """Give the line of a precision; one not known is drawn as the least precise."""
    return _LINES.get(precision, _LINES["schematic"])
