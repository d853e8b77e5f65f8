"""Letters: which font file, how wide a text is, where its lines break.

Only fonts that come with matplotlib are used, each by its file, so that a
picture does not depend on what else is installed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

from maps.looks.style import INK

MM_PER_POINT = 25.4 / 72
LEADING = 1.27  # from line to line, in sizes of the letters

# In order of preference; the others hold more scripts: Armenian, Georgian, Arabic.
_FILES = {
    "serif": "STIXGeneral DejaVuSerif DejaVuSans",
    "serif bold": "STIXGeneralBol DejaVuSerif-Bold DejaVuSans-Bold",
    "serif italic": "STIXGeneralItalic DejaVuSerif-Italic DejaVuSans-Oblique DejaVuSans",
    "serif bold italic": "STIXGeneralBolIta DejaVuSerif-BoldItalic DejaVuSans-Bold",
    "plain": "DejaVuSans",
    "plain bold": "DejaVuSans-Bold DejaVuSans",
    "plain italic": "DejaVuSans-Oblique DejaVuSans",
    "plain bold italic": "DejaVuSans-BoldOblique DejaVuSans",
}
_SMALLEST = 0.7  # of its size, a line that has to fit
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_DEJAVU_SIZE = 0.84  # DejaVu's letters are larger at the same size than those of STIX
_ONE_FAMILY: ContextVar[str] = ContextVar("one_family", default="")


@contextmanager
def letters_for(direction: str) -> Iterator[None]:
    """Set all texts of a block in faces of one family, where it is written ``rtl``.

    There a line stands in one font (`_by_font`), and only DejaVu Sans has the letters of
    every language: lines in two families would stand below each other, measured in either.
    """
    before = _ONE_FAMILY.set("plain" if direction == "rtl" else "")
    try:
        yield
    finally:
        _ONE_FAMILY.reset(before)


@dataclass(frozen=True)
class Face:
    """How a text looks: size in points, ``serif`` or ``plain``."""

    points: float
    family: str = "serif"
    bold: bool = False
    italic: bool = False
    colour: str = INK

    @property
    def leading_mm(self) -> float:
        """From one baseline to the next."""
        return self.points * LEADING * MM_PER_POINT

    @property
    def fonts(self) -> tuple[str, ...]:
        """The files of its fonts, the preferred one first."""
        return _files(_ONE_FAMILY.get() or self.family, self.bold, self.italic)


@dataclass(frozen=True)
class Run:
    """Words in one font; ``x`` is where they begin, in mm from the start of the text."""

    text: str
    font: FontProperties
    x: float


def cleaned(text: str) -> str:
    """Give a text as one line without control characters, which XML does not allow."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    return " ".join(part for part in "".join(kept).split(" ") if part)


def drawable(text: str, face: Face) -> str:
    """Give a text as it is drawn: cleaned, and � for letters that none of the fonts has."""
    return "".join(run.text for run in runs(text, face))


def runs(text: str, face: Face) -> list[Run]:
    """Part a text by font: each word has the first of its face that holds all its letters.

    A word in another script does not change the letters of the words beside it.
    """
    found, x = list[Run](), 0.0
    for words, path in _by_font(cleaned(text), face.fonts):
        size = _size(path, face)
        drawn = "".join(c if ord(c) in _letters(path) else _UNKNOWN for c in words)
        found.append(Run(drawn, FontProperties(fname=path, size=size), x))
        x += _ems(path, words) * size * MM_PER_POINT
    return found


def font_of(text: str, face: Face) -> FontProperties:
    """Choose the first font of a face that has every letter of a text drawn in one piece."""
    path = _holding(text, face.fonts)
    return FontProperties(fname=path, size=_size(path, face))


def width_mm(text: str, face: Face) -> float:
    """Measure a line of text; kerning is left out, so it is never too little by much."""
    parts = _by_font(text, face.fonts)
    return sum(_ems(path, words) * _size(path, face) for words, path in parts) * MM_PER_POINT


def wrapped(text: str, face: Face, room_mm: float) -> list[str]:
    """Break a text into lines that fit; a word too long for a line is broken itself."""
    lines, line, taken = list[str](), "", 0.0
    space = width_mm(" ", face)
    for word in _breakable(cleaned(text).split(" "), face, room_mm):
        own = width_mm(word, face)
        if not line or taken + space + own <= room_mm:
            taken += own + (space if line else 0.0)
            line = f"{line} {word}" if line else word
            continue
        lines.append(line)
        line, taken = word, own
    return [*lines, line] if line else lines


def wrapped_to(text: str, face: Face, room_mm: float, most: int) -> list[str]:
    """Break a text into at most so many lines; the last is shortened where there are more."""
    lines = wrapped(text, face, room_mm)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), face, room_mm)]


def shortened(text: str, face: Face, room_mm: float) -> str:
    """Cut a text that does not fit into one line, and say so with an ellipsis."""
    text = cleaned(text)
    if width_mm(text, face) <= room_mm:
        return text
    return text[: _fitting(text, face, room_mm, "…")].rstrip() + "…"


def fitted(text: str, face: Face, room_mm: float) -> tuple[str, Face]:
    """Make a line smaller until it fits, and cut it where that is not enough."""
    needed = width_mm(text, face)
    if needed <= room_mm:
        return text, face
    smaller = replace(face, points=face.points * max(room_mm / needed, _SMALLEST))
    return shortened(text, smaller, room_mm), smaller


def _breakable(words: Iterable[str], face: Face, room_mm: float) -> Iterator[str]:
    """Cut words that are longer than a line, an address after a slash or hyphen if it has one."""
    for word in words:
        rest = word
        while (cut := max(1, _fitting(rest, face, room_mm))) < len(rest):
            after_mark = max(rest.rfind(mark, 0, cut) for mark in "/-_&=") + 1
            cut = after_mark if after_mark > cut * 0.6 else cut
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _fitting(text: str, face: Face, room_mm: float, end: str = "") -> int:
    """Count the letters at the start of a text that fit; it may be a hundred times too long."""
    most = 1
    while most < len(text) and width_mm(text[:most] + end, face) <= room_mm:
        most *= 2
    counts = range(1, min(most, len(text)) + 1)
    return bisect_right(counts, room_mm, key=lambda count: width_mm(text[:count] + end, face))


@lru_cache(maxsize=8192)
def _by_font(text: str, paths: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Part a text into runs of words in one font each, spaces with the words before them.

    A line with letters written from the right stays in one piece, for matplotlib puts the
    words of a piece in order, and only of a piece.
    """
    if _letters(paths[0]) >= set(map(ord, text)):
        return ((text, paths[0]),)
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return ((text, _holding(text, paths)),)
    words = ((word, _holding(word.rstrip(" "), paths)) for word in re.findall(r"[^ ]+ *|^ +", text))
    return tuple(
        ("".join(word for word, _ in same), path)
        for path, same in groupby(words, key=lambda known: known[1])
    )


def _holding(text: str, paths: Sequence[str]) -> str:
    return next((known for known in paths if _letters(known) >= set(map(ord, text))), paths[-1])


def _size(path: str, face: Face) -> float:
    return face.points * (_DEJAVU_SIZE if "DejaVu" in path else 1.0)


@lru_cache(maxsize=8192)
def _ems(path: str, text: str) -> float:
    return sum(_advance(path, letter) for letter in text)


@cache
def _files(family: str, bold: bool, italic: bool) -> tuple[str, ...]:
    manner = " ".join([family, *["bold"] * bold, *["italic"] * italic])
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return tuple(str(folder / f"{name}.ttf") for name in _FILES[manner].split())


@cache
def _letters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


@cache
def _advance(path: str, letter: str) -> float:
    """Give the width of a letter in sizes of the font."""
    font = get_font(path)
    font.set_size(64, 72)
    known = letter if ord(letter) in _letters(path) else _UNKNOWN
    glyph = font.load_char(ord(known), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 64
