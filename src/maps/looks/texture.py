"""Textures: one table of numbers for the map, the cards and paper.

A texture is drawn on the squares of a band, again and again along it. Bands run
from lower left to upper right and are equally wide, so that no side is the
ground of the other. The map's script gets the numbers with its data, the cards
as an SVG tile, paper in mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from maps.looks.style import LAND

BAND_PX = 10.0  # a band needs room for its texture to be told from another
STRIPE_PX = 5.0  # of a unit's own colour and of nothing, in turns
MM_PER_PX = 0.25  # a CSS px is about a quarter of a millimetre
SOLID, NOTHING = "solid", "nothing"
FILL_OPACITY = 0.62
FAINT = 0.6  # of the usual opacity, where a statement is approximate
_GROUND = f"var(--land,{LAND})"
_ON_FREE_GROUND = 0.85  # of lines, dots and crosses, which leave most of the ground free


class Mark(NamedTuple):
    """A stroke on a square of side 1, x across the band and y along it; a dot if it has no length.

    ``width`` is a share of the side too.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    width: float

    @property
    def cap(self) -> Literal["butt", "round"]:
        """How its ends are drawn: a dot is round."""
        return "round" if (self.x1, self.y1) == (self.x2, self.y2) else "butt"


class Texture(NamedTuple):
    """The marks on each square of a band, and how much of the ground they hide."""

    marks: tuple[Mark, ...]
    opacity: float


TEXTURES = {
    SOLID: Texture((Mark(0.5, 0, 0.5, 1, 1),), FILL_OPACITY),
    NOTHING: Texture((), 0.0),
    # Of one holder beside another: the tone of solid ground, and stronger lines in it.
    "ruled": Texture((Mark(0.5, 0, 0.5, 1, 1), Mark(0.5, 0, 0.5, 1, 0.3)), FILL_OPACITY),
    "lines": Texture((Mark(0.25, 0, 0.25, 1, 0.26), Mark(0.75, 0, 0.75, 1, 0.26)), _ON_FREE_GROUND),
    "dots": Texture(
        (Mark(0.3, 0.25, 0.3, 0.25, 0.42), Mark(0.75, 0.75, 0.75, 0.75, 0.42)), _ON_FREE_GROUND
    ),
    "dashes": Texture((Mark(0.5, 0.2, 0.5, 0.75, 0.3),), _ON_FREE_GROUND),
    "crosses": Texture(
        (Mark(0.22, 0.22, 0.78, 0.78, 0.19), Mark(0.22, 0.78, 0.78, 0.22, 0.19)), _ON_FREE_GROUND
    ),
    "ticks": Texture(
        (Mark(0.08, 0.25, 0.42, 0.25, 0.12), Mark(0.58, 0.75, 0.92, 0.75, 0.12)), _ON_FREE_GROUND
    ),
    "specks": Texture((Mark(0.5, 0.5, 0.5, 0.5, 0.168),), _ON_FREE_GROUND),
}


class Band(NamedTuple):
    """A band of a look: a hex colour in a texture; `NOTHING` lets the ground be seen."""

    colour: str
    texture: str = SOLID


@dataclass(frozen=True)
class Look:
    """How a piece of ground is painted: in equal bands, in one colour, or as an outline only."""

    bands: tuple[Band, ...] = ()
    is_faint: bool = False

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours there are; none of an outline."""
        return tuple(band.colour for band in self.bands if band.texture != NOTHING)

    @property
    def is_plain(self) -> bool:
        """Whether it is one colour without a texture."""
        return len(self.bands) == 1 and self.bands[0].texture == SOLID

    @property
    def band_px(self) -> float:
        """The width of a band on the screen."""
        striped = any(band.texture == NOTHING for band in self.bands)
        return STRIPE_PX if striped else BAND_PX

    def opacity(self, texture: str = SOLID) -> float:
        """How much of the ground the marks of a texture hide."""
        return TEXTURES[texture].opacity * (FAINT if self.is_faint else 1.0)

    def plain(self) -> dict[str, Any]:
        """Give the look as the map's script takes it: a colour, or the bands of a pattern."""
        if self.is_plain or not self.bands:
            colour = self.colours[0] if self.bands else ""
            return {"colour": colour, "bands": [], "opacity": self.opacity() if colour else 0.0}
        opacity = FAINT if self.is_faint else 1.0  # each texture has its own besides
        return {"bands": self.bands, "px": self.band_px, "opacity": opacity}

    @cached_property
    def css(self) -> str:
        """The look on plain land, as the background of an element of any size.

        Where a page names a ``--land`` of its own, as by night, it is that.
        """
        if not self.bands:
            return _GROUND
        if self.is_plain:
            share = f"{self.opacity():.0%}"
            return f"color-mix(in srgb,{self.bands[0].colour} {share},{_GROUND})"
        px, across = self.band_px, self.band_px * len(self.bands)
        marks = "".join(
            f'<path d="M{px * (number + mark.x1):g} {px * mark.y1:g}'
            f'L{px * (number + mark.x2):g} {px * mark.y2:g}" stroke="{band.colour}" '
            f'stroke-width="{px * mark.width:g}" stroke-opacity="{self.opacity(band.texture):g}" '
            f'stroke-linecap="{mark.cap}"/>'
            for number, band in enumerate(self.bands)
            for mark in TEXTURES[band.texture].marks
        )
        side = across * math.sqrt(2)  # after so many px bands at 45° come back, across and down
        tile = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side:g} {side:g}">'
            f'<pattern id="b" width="{across:g}" height="{px:g}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)">{marks}</pattern>'
            '<rect width="100%" height="100%" fill="url(#b)"/></svg>'
        )
        return f"{_GROUND} url(data:image/svg+xml,{quote(tile, '/:=,')}) 0 0/{round(side)}px"


OUTLINE = Look()
