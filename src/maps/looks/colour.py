"""From OKLCH to sRGB, by Ottosson (2020, "A perceptual color space for image processing")."""

from __future__ import annotations

import math

Triple = tuple[float, float, float]

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


def oklch_hex(lightness: float, chroma: float, hue: float) -> str:
    """Convert OKLCH (lightness 0-1, hue in degrees) to hex sRGB, clipped to its gamut."""
    angle = math.radians(hue)
    roots = _times(_LAB_TO_LMS, (lightness, chroma * math.cos(angle), chroma * math.sin(angle)))
    linear = _times(_LMS_TO_RGB, (roots[0] ** 3, roots[1] ** 3, roots[2] ** 3))
    return "#" + "".join(f"{round(255 * _encoded(min(max(part, 0), 1))):02x}" for part in linear)


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _times(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (
        row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2] for row in matrix
    )
    return first, second, third
