"""Colours, line styles and hatches: how a thing said becomes a thing drawn.

Polities and layers differ in hue alone. Lightness and chroma are fixed in
OKLCH (Ottosson 2020, "A perceptual color space for image processing"), where
equal numbers look equal, so no side looks heavier than another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

PAPER = "#f4efe4"
LAND = "#f6f1e6"
NEIGHBOUR_LAND = "#ece6d9"
WATER = "#d3e2e8"
RIVER = "#9dbcc8"
INK = "#2b2a27"
MUTED_INK = "#6b665c"
HALO = "#fbf8f1"
GRATICULE = "#d8d0bf"

FILL_OPACITY = 0.62
RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Colours:
    """One hue in its uses: as an area, as a line, as letters on paper; hex sRGB."""

    fill: str
    stroke: str
    text: str


@dataclass(frozen=True)
class Line:
    """How a boundary is drawn; ``dash`` in px as SVG and Leaflet take it, empty if solid."""

    width_px: float
    dash: str

    @property
    def dash_pattern(self) -> tuple[float, ...]:
        """The dash as numbers, for matplotlib."""
        return tuple(float(part) for part in self.dash.split())


@dataclass(frozen=True)
class Hatch:
    """Diagonal stripes in the colours of all who are said to hold a piece.

    ``id`` is safe as an SVG id and holds no underscore (st_folium's key drops
    what follows one).
    """

    id: str
    colours: tuple[str, ...]
    stripe_px: float = 6.0
    angle_degrees: float = 45.0


# Lightness and chroma of each use. The chroma is one that sRGB can show at this
# lightness in every hue, so no hue is clipped to a duller colour than the rest.
_FILL = (0.77, 0.105)
_STROKE = (0.50, 0.095)
_TEXT = (0.42, 0.080)

_LINES = {
    "adapted": Line(1.6, ""),
    "approximate": Line(1.5, "7 4"),
    "schematic": Line(1.4, "2 4"),
}


@cache
def colours(hue: float) -> Colours:
    """Give the colours of an OKLCH hue in degrees."""
    return Colours(oklch_hex(*_FILL, hue), oklch_hex(*_STROKE, hue), oklch_hex(*_TEXT, hue))


NEUTRAL = Colours(fill="#cfc9bc", stroke="#6b665c", text="#4a463e")


def line(precision: str) -> Line:
    """Give the line of a precision; one not known is drawn as the least precise."""
    return _LINES.get(precision, _LINES["schematic"])


def hatch(hues: tuple[float, ...]) -> Hatch:
    """Give the stripes for a piece that several polities are said to hold."""
    name = "-".join(f"{hue:g}".replace(".", "p") for hue in hues)
    return Hatch(f"hatch-{name}", tuple(colours(hue).fill for hue in hues))


def oklch_hex(lightness: float, chroma: float, hue: float) -> str:
    """Convert OKLCH (lightness 0-1, hue in degrees) to hex sRGB, clipped to its gamut."""
    angle = math.radians(hue)
    linear = _linear_rgb(lightness, chroma * math.cos(angle), chroma * math.sin(angle))
    return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in linear)


def _linear_rgb(lightness: float, a: float, b: float) -> RGB:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(linear: float) -> float:
    clipped = min(max(linear, 0.0), 1.0)
    return 12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
