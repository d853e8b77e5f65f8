"""The picture that stands for a page where its link is shared: what, when, who says so, where.

Words on the left, the map on the right, 1200 × 630 pixels. Shown at a quarter of
that the title and the day are read; at half of it all words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from maps.looks.style import INK, MUTED_INK, PAPER
from maps.publish.painter import PX_PER_MM, Pixels
from maps.sheet.typeset import Face, cleaned, drawable, font_of, wrapped, wrapped_to

WIDTH, HEIGHT = 1200, 630  # pixels; what the networks that show links ask for
_ACCENT = "#7a3b2e"  # that of cards.css
_LEVELS = 16  # from the paper to a letter
_INKS = (INK, MUTED_INK, _ACCENT)
_PX_PER_POINT = PX_PER_MM * 25.4 / 72
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 36, 36, 36  # pixels without words
_RULE = 5  # pixels between words and map

_ABOVE = Face(9.2, colour=MUTED_INK)
_DAY = Face(13.0, bold=True, colour=_ACCENT)
_TITLES = tuple(Face(points, bold=True) for points in (19.0, 17.0, 15.0, 13.0, 11.5, 10.2))
_TOLD = Face(9.2, bold=True)
_FURTHER = Face(8.4, colour=MUTED_INK)
_GAP = 14  # pixels between blocks of words


@dataclass(frozen=True)
class Said:
    """The words of a picture, from above; ``told`` and ``further`` say who says so."""

    above: str
    day: str
    title: str
    told: str
    further: str = ""
    recorded: str = ""  # how the sources give the day, where it is no plain day


def map_width(proportions: float) -> int:
    """Give how many pixels of the picture are map; more for ground that is wide."""
    return min(max(round(proportions * 50), 54), 66) * PX_PER_MM


def composed(said: Said, map_part: Image.Image) -> Image.Image:
    """Put words beside a map that has a palette; the picture has one, too."""
    words = _Words(WIDTH - map_part.width - _RULE)
    words.write(said)
    held = map_part.getpalette() or []
    first = len(words.palette) // 3
    right = np.asarray(map_part) + first
    rule = np.full((HEIGHT, _RULE), words.index(_ACCENT), dtype=np.uint8)
    whole = Image.fromarray(np.hstack([words.pixels, rule, right.astype(np.uint8)]))
    whole.putpalette([*words.palette, *held])  # makes it a picture with a palette
    return whole


class _Words:
    """Paper of a width and the full height, each pixel a place in the palette."""

    def __init__(self, width: int) -> None:
        self.room_mm = (width - _LEFT - _RIGHT) / PX_PER_MM
        self.pixels: Pixels = np.zeros((HEIGHT, width), dtype=np.uint8)
        self.palette = [part for ink in _INKS for part in _ramp(ink)]

    def index(self, colour: str) -> int:
        """Find the full strength of an ink in the palette."""
        return _INKS.index(colour) * _LEVELS + _LEVELS - 1

    def write(self, said: Said) -> None:
        """Set the words: from the top what and when, from the foot who says so."""
        y = self._block(self._lines(said.above, _ABOVE, 2), said.above, _ABOVE, _TOP)
        y = self._block(
            self._lines(said.day, _DAY, 2), said.day, _DAY, y + (_GAP if y > _TOP else 0)
        )
        y = self._block(self._lines(said.recorded, _FURTHER, 1), said.recorded, _FURTHER, y) + _GAP
        told = self._lines(said.told, _TOLD, 3)
        further = self._lines(said.further, _FURTHER, 3)
        foot = HEIGHT - _BOTTOM - _high(told, _TOLD) - _high(further, _FURTHER)
        below = self._block(told, said.told, _TOLD, foot)
        self._block(further, said.further, _FURTHER, below)
        room = foot - 22 - y
        face = next((f for f in _TITLES if self._fits(said.title, f, room)), _TITLES[-1])
        lines = self._lines(said.title, face, max(1, room // _leading(face)))
        self._block(lines, said.title, face, y)

    def _fits(self, text: str, face: Face, room: int) -> bool:
        lines = wrapped(drawable(text, face), face, self.room_mm)
        whole = set(drawable(text, face).split(" "))
        # A word broken at the edge is worse than smaller letters.
        unbroken = all(word in whole for line in lines for word in line.split(" "))
        return unbroken and _high(lines, face) <= room

    def _lines(self, text: str, face: Face, most: int) -> list[str]:
        return wrapped_to(drawable(text, face), face, self.room_mm, most)

    def _block(self, lines: Sequence[str], text: str, face: Face, y: int) -> int:
        """Write lines down from a height; gives where they end."""
        if not lines:
            return y
        font = _font(text, face)
        mask = Image.new("L", (self.pixels.shape[1], HEIGHT))
        pen = ImageDraw.Draw(mask)
        for line in lines:
            pen.text((_LEFT, y + _leading(face) * 0.8), line, fill=255, font=font, anchor="ls")
            y += _leading(face)
        strength = (np.asarray(mask).astype(int) * (_LEVELS - 1) + 127) // 255
        inked = strength > 0
        base = _INKS.index(face.colour) * _LEVELS
        self.pixels[inked] = (base + strength[inked]).astype(np.uint8)
        return y


def _font(text: str, face: Face) -> ImageFont.FreeTypeFont:
    """Open the first font that has all letters of a text; all its lines are set in it."""
    words = drawable(text, face)
    chosen = font_of(words, face)
    leftwards = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    # Raqm is not part of every Pillow; letters that run to the right look the same without it.
    able = leftwards and features.check("raqm")
    engine = ImageFont.Layout.RAQM if able else ImageFont.Layout.BASIC
    size = float(chosen.get_size()) * _PX_PER_POINT
    return ImageFont.truetype(str(chosen.get_file()), size, layout_engine=engine)


def _leading(face: Face) -> int:
    return round(face.leading_mm * PX_PER_MM * 0.92)


def _high(lines: Sequence[str], face: Face) -> int:
    return len(lines) * _leading(face)


def _ramp(ink: str) -> list[int]:
    """Give the colours from the paper to an ink, red, green and blue one after another."""
    paper, full = (np.array(ImageColor.getrgb(colour)) for colour in (PAPER, ink))
    steps = np.linspace(0, 1, _LEVELS)[:, None]
    return [int(part) for part in (paper + (full - paper) * steps).round().ravel()]


def one_line(*parts: str) -> str:
    """Join what is said with dots, without the empty parts."""
    return " · ".join(cleaned(part) for part in parts if part)
