"""What file a reader of the tab "Export" wants, and how it is made; nothing here shows anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from maps.export import PICTURES, Bbox, export_bytes
from maps.model import Atlas

KINDS = ("picture", "page", "data")
FORMATS_OF = {
    "picture": PICTURES,
    "page": ("html",),
    "data": ("geojson", "gpkg", "csv"),
}
SIZES = ("a4", "a4-portrait", "16:9", "square")
RESOLUTIONS = (150, 300, 600)
_PREVIEW_DPI = 110
_EXCERPT_LINES, _EXCERPT_LETTERS = 24, 160


@dataclass(frozen=True)
class Wish:
    """A file: of which kind and format, and what it is to show.

    ``perspective`` is empty where everyone's statements are listed. ``part`` is the
    region whose box is shown; it is empty, and ``bbox`` None, for the whole atlas.
    ``data`` is the digest of the atlas: on other dates it makes another file.
    """

    kind: str
    fmt: str
    day: date
    mode: str
    perspective: str
    lang: str
    data: str
    size: str = SIZES[0]
    dpi: int = RESOLUTIONS[1]
    part: str = ""
    bbox: Bbox | None = None

    @property
    def file_name(self) -> str:
        """The name of the file: day and mode, and what else was chosen."""
        chosen = filter(None, (self.perspective, self.part))
        return "-".join((self.day.isoformat(), self.mode, *chosen)) + f".{self.fmt}"


def made(atlas: Atlas, wish: Wish) -> bytes:
    """Make the file."""
    picture = wish.fmt in PICTURES
    return export_bytes(
        atlas,
        wish.day,
        wish.fmt,
        mode=wish.mode,
        lang=wish.lang,
        perspective=wish.perspective or None,
        bbox=wish.bbox,
        size=wish.size if picture else None,
        dpi=wish.dpi,
    )


def preview(atlas: Atlas, wish: Wish) -> bytes | str | None:
    """Give a PNG of what will be a picture, the first lines of what will be text, or nothing."""
    if wish.kind == "picture":
        return made(atlas, replace(wish, fmt="png", dpi=_PREVIEW_DPI))
    if wish.kind != "data" or wish.fmt in ("gpkg", "zip"):
        return None
    lines = made(atlas, wish).decode("utf-8-sig").splitlines()
    shown = [_short(line) for line in lines[:_EXCERPT_LINES]]
    return "\n".join([*shown, "…"] if len(lines) > len(shown) else shown)


def _short(line: str) -> str:
    return line if len(line) <= _EXCERPT_LETTERS else line[:_EXCERPT_LETTERS] + "…"
