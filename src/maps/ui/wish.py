"""What file a reader of the tab "Export" wants, and how it is made; nothing here shows anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from maps import film
from maps.atlas.model import Atlas, Date
from maps.data.formats import BINARY, DATA, ENDINGS, MEDIA_TYPES, PICTURES, SIZED
from maps.day.view import Bbox
from maps.export import Options, comparison_bytes, export_bytes
from maps.film.plan import Plan, Wishes, film_plan

Progress = Callable[[int, int], None]
KINDS = ("picture", "days", "film", "page", "data")
FORMATS_OF = {
    "picture": PICTURES,
    "days": PICTURES,
    "film": film.FORMATS,
    "page": ("html",),
    "data": DATA,
}
SIZES = ("a4", "a4-portrait", "16:9", "square")
RESOLUTIONS = (150, 300, 600)
WIDTHS = (1280, 1920, 960)  # of a film, in pixels
_PREVIEW_DPI = 110
_EXCERPT_LINES, _EXCERPT_LETTERS = 24, 160


@dataclass(frozen=True)
class Wish:
    """A file: of which kind and format, and what it is to show.

    ``days`` is one day, several for days side by side, none for a film: that runs from
    ``since`` to ``until``, None for the first and last of the atlas, or through a
    ``story``. ``seen`` is the day of the view, which the preview of a film shows.
    ``perspective`` is empty where everyone's statements are listed. ``part`` is the
    region whose box is shown; it is empty, and ``bbox`` None, for the whole atlas.
    ``hold`` is how many seconds a picture of a film is seen, None for the time it takes
    to read. ``data`` is the digest of the atlas: on other dates it makes another file.
    """

    kind: str
    fmt: str
    days: tuple[Date, ...]
    mode: str
    perspective: str
    lang: str
    data: str
    size: str = SIZES[0]
    dpi: int = RESOLUTIONS[1]
    part: str = ""
    bbox: Bbox | None = None
    story: str = ""
    since: Date | None = None
    until: Date | None = None
    seen: Date | None = None
    hold: float | None = None
    width: int = WIDTHS[0]

    @property
    def file_name(self) -> str:
        """The name of the file: days and mode, and what else was chosen."""
        days = [day.isoformat() for day in (self.since, *self.days, self.until) if day]
        film = "film" if self.kind == "film" else ""
        chosen = filter(None, (film, *days, self.story, self.mode, self.perspective, self.part))
        return "-".join(chosen) + ENDINGS.get(self.fmt, f".{self.fmt}")

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return {**MEDIA_TYPES, **film.MEDIA_TYPES}[self.fmt]


def made(atlas: Atlas, wish: Wish, progress: Progress | None = None) -> bytes:
    """Make the file; ``progress`` is told the pictures of a film done and how many there are."""
    if wish.kind == "film":
        wishes = _of_film(wish)
        return film.film_bytes(atlas, wish.fmt, width=wish.width, progress=progress, **wishes)
    options: Options = {
        "mode": wish.mode,
        "lang": wish.lang,
        "perspective": wish.perspective or None,
        "bbox": wish.bbox,
        "size": wish.size if wish.fmt in SIZED else None,
        "dpi": wish.dpi,
    }
    if wish.kind == "days":
        return comparison_bytes(atlas, wish.days, wish.fmt, **options)
    return export_bytes(atlas, wish.days[0], wish.fmt, **options)


def planned(atlas: Atlas, wish: Wish) -> Plan:
    """Choose the pictures of the film and how long each is seen."""
    return film_plan(atlas, **_of_film(wish))


def _of_film(wish: Wish) -> Wishes:
    return {
        "mode": wish.mode,
        "perspective": wish.perspective or None,
        "lang": wish.lang,
        "since": wish.since,
        "until": wish.until,
        "story": wish.story,
        "hold": wish.hold,
        "bbox": wish.bbox,
    }


def preview(atlas: Atlas, wish: Wish, _progress: Progress | None = None) -> bytes | str | None:
    """Give a PNG of what will be a picture, the first lines of what will be text, or nothing."""
    if wish.kind in ("picture", "days"):
        return made(atlas, replace(wish, fmt="png", dpi=_PREVIEW_DPI))
    if wish.kind == "film":
        return film.film_still(planned(atlas, wish), wish.seen)
    if wish.kind == "page" or wish.fmt in BINARY:
        return None
    lines = made(atlas, wish).decode("utf-8-sig").splitlines()
    shown = [
        line if len(line) <= _EXCERPT_LETTERS else line[:_EXCERPT_LETTERS] + "…"
        for line in lines[:_EXCERPT_LINES]
    ]
    return "\n".join([*shown, "…"] if len(lines) > len(shown) else shown)
