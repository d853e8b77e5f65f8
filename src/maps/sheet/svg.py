"""An SVG as it leaves: shorter than matplotlib writes it, and readable aloud."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_OUTLINE = re.compile(rb'<path (?:id="[^"]*" )?d="[^"]*"')  # text holds no bare "<"
_CURVE = re.compile(rb"[CQ] ")
_LONG = re.compile(rb"(\.\d\d)\d+")


def in_short(svg: bytes) -> bytes:
    """Write the places of an SVG to a hundredth of a point, and no needless letter.

    Places are most of such a file. After a move or a line more places are lines.
    """

    def shortened(outline: re.Match[bytes]) -> bytes:
        places = _LONG.sub(rb"\1", outline[0])
        return places if _CURVE.search(places) else places.replace(b" \nL ", b" ")

    return _OUTLINE.sub(shortened, svg)


def described(drawn: bytes, title: str, lines: Iterable[str]) -> bytes:
    """Give an SVG a title and a description that are read aloud; its letters are outlines."""
    text = "\n".join((title, *lines))
    start = drawn.index(b"<svg ")
    head = b'role="img" aria-labelledby="map-title map-description" '
    end = drawn.index(b">", start) + 1
    told = (
        f'\n <title id="map-title">{html.escape(title)}</title>'
        f'\n <desc id="map-description">{html.escape(_xml(text))}</desc>'
    ).encode()
    return drawn[: start + 5] + head + drawn[start + 5 : end] + told + drawn[end:]


def _xml(text: str) -> str:
    """Drop the control characters that XML does not allow."""
    return "".join(c for c in text if c >= " " or c == "\n")
