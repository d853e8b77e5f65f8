"""Colour arithmetic: OKLCH to sRGB, and how a colour-blind eye sees it.

OKLab and OKLCH are Ottosson's (2020, "A perceptual color space for image
processing"); the matrices of colour blindness those of Machado, Oliveira and
Fernandes (2009, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE TVCG 15(6), severity 1.0), which work on linear RGB.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

VISIONS: dict[str, Matrix] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

_LAB_TO_LMS: Matrix = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_LMS_TO_RGB: Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
_RGB_TO_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LMS_TO_LAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def oklch_hex(lightness: float, chroma: float, hue: float) -> str:
    """Convert OKLCH (lightness 0-1, hue in degrees) to hex sRGB, clipped to its gamut."""
    return "#" + "".join(
        f"{round(255 * _encoded(min(max(part, 0.0), 1.0))):02x}"
        for part in _oklch_to_linear(lightness, chroma, hue)
    )


def is_in_gamut(lightness: float, chroma: float, hue: float) -> bool:
    """Tell whether sRGB can show an OKLCH colour without clipping it."""
    return all(-1e-4 <= part <= 1.0001 for part in _oklch_to_linear(lightness, chroma, hue))


def oklab(hex_colour: str) -> Triple:
    """Give the OKLab coordinates of a hex sRGB colour."""
    return _linear_to_oklab(_linear(hex_colour))


def seen_by(hex_colour: str, vision: str) -> Triple:
    """Give the OKLab coordinates of what an eye makes of a colour; keys of `VISIONS`."""
    seen = _times(VISIONS[vision], _linear(hex_colour))
    return _linear_to_oklab((max(seen[0], 0.0), max(seen[1], 0.0), max(seen[2], 0.0)))


def smallest_difference(
    hex_colours: Iterable[str], vision: str = "normal"
) -> tuple[float, str, str]:
    """Find the two colours an eye can tell apart least, and their distance in OKLab.

    About 0.02 is a difference just noticed side by side. Fewer than two colours
    give infinity.
    """
    pairs = combinations(hex_colours, 2)
    distances = ((math.dist(seen_by(a, vision), seen_by(b, vision)), a, b) for a, b in pairs)
    return min(distances, default=(math.inf, "", ""))


def laid_over(hex_colour: str, ground: str, opacity: float) -> str:
    """Give the colour of a translucent area over a ground, mixed in sRGB as browsers do."""
    parts = (
        round(
            opacity * int(hex_colour[at : at + 2], 16)
            + (1 - opacity) * int(ground[at : at + 2], 16)
        )
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def contrast(hex_a: str, hex_b: str) -> float:
    """Give the contrast ratio of WCAG 2.1, 1 to 21."""
    luminances = (
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (_linear(hex_a), _linear(hex_b))
    )
    darker, lighter = sorted(luminances)
    return (lighter + 0.05) / (darker + 0.05)


def _oklch_to_linear(lightness: float, chroma: float, hue: float) -> Triple:
    angle = math.radians(hue)
    roots = _times(_LAB_TO_LMS, (lightness, chroma * math.cos(angle), chroma * math.sin(angle)))
    return _times(_LMS_TO_RGB, (roots[0] ** 3, roots[1] ** 3, roots[2] ** 3))


def _linear_to_oklab(rgb: Triple) -> Triple:
    long, medium, short = _times(_RGB_TO_LMS, rgb)
    return _times(_LMS_TO_LAB, (math.cbrt(long), math.cbrt(medium), math.cbrt(short)))


def _linear(hex_colour: str) -> Triple:
    red, green, blue = (int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _decoded(red), _decoded(green), _decoded(blue)


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _decoded(encoded: float) -> float:
    if encoded <= 0.04045:
        return encoded / 12.92
    return float(((encoded + 0.055) / 1.055) ** 2.4)


def _times(matrix: Matrix, vector: Triple) -> Triple:
    first, second, third = (
        row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2] for row in matrix
    )
    return first, second, third
