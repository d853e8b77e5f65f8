"""All pictures of an edition: the map of each view, and one for each page that is shared.

What stands for a page where its link is shared has words on the left, the map on the right,
1200 × 630 pixels: what, when, who says so, where. Shown at a quarter of that the title and the
day are read; at half of it all words.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFont, features

from maps.atlas.model import Event
from maps.cards.citing import said
from maps.looks.style import INK, MUTED_INK, PAPER
from maps.publish.edition import Edition, MapPicture, MapView, event_path, picture_path, story_path
from maps.publish.pages import sources_of
from maps.publish.painter import PX_PER_MM, Painter, Pixels, in_few_colours, png, proportions
from maps.sheet.typeset import Face, cleaned, drawable, font_of, wrapped, wrapped_to
from maps.tasks import Each, here
from maps.words.cite import reference_text
from maps.words.date_formats import format_day_of, format_edtf
from maps.words.sentences import when

_WIDE = 1.35  # from here a map as high as a shared picture would be half neighbours
_STEP_MM = (66.0, 46.0)
_ROOM = 1.08  # around the ground of a wide atlas
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
class _Part:
    """A view to be drawn, for a step of a story alone or for other pages too.

    ``events`` are the places of those whose shared pictures show it.
    """

    view: MapView
    of_step: bool = False
    events: tuple[int, ...] = ()


class Pictures:
    """Makes the pictures of an edition; what several of them show is drawn once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        wide = proportions(edition.atlas)
        self._width = map_width(wide)
        self._shared = self._painter(HEIGHT / PX_PER_MM)
        self._alone = self._shared
        if wide > _WIDE:
            self._alone = self._painter(round(self._width / wide * _ROOM) / PX_PER_MM)
        self._steps = Painter(edition.atlas, edition.lang, *_STEP_MM, adds=True)
        self._maps: dict[tuple[object, ...], Image.Image] = {}

    def made(self, each: Each = here) -> tuple[dict[str, MapPicture], dict[str, bytes]]:
        """Draw the map of every view that a page shows, and compose the pictures of shared links.

        Both by path. A link is shared by its whole address: without one there are no such
        pictures. A view is a part of the work.
        """
        parts = list(self._parts())
        maps, shared = dict[str, MapPicture](), dict[str, bytes]()
        for part, (alone, of_links) in zip(parts, each(Pictures.drawn, self, parts), strict=True):
            maps[part.view.path] = alone
            shared |= of_links
        return dict(sorted(maps.items())), shared

    def _parts(self) -> Iterator[_Part]:
        views, atlas = self.edition.views, self.edition.atlas
        first = {views.opening.path: views.opening}
        events = defaultdict[str, list[int]](list)
        for place, event in enumerate(atlas.events if views.pictured else ()):
            view = views.pictured[event.id]
            first.setdefault(view.path, view)
            events[view.path].append(place)
        for path, view in first.items():
            yield _Part(view, events=tuple(events[path]))
        steps = (step for story in atlas.stories.values() for step in story.steps)
        for view in {view.path: view for view in map(views.of_step, steps)}.values():
            if view.path not in first:
                yield _Part(view, of_step=True)

    def drawn(self, part: _Part) -> tuple[MapPicture, dict[str, bytes]]:
        """Draw the map of a view for the pages that show it, and the shared pictures with it."""
        edition, view = self.edition, part.view
        painter = self._steps if part.of_step else self._alone
        # What stands in a shared picture, too, is drawn for both at once.
        shares = painter is self._shared
        picture = self._map_of(view) if shares else in_few_colours(painter.map_of(view))
        alone = MapPicture(png(picture), picture.size, painter.key_of(view))
        shared: dict[str, bytes] = {}
        if not edition.address:
            return alone, shared
        for place in part.events:
            event = edition.atlas.events[place]
            composition = composed(_event(edition, event), self._map_of(view, event))
            shared[picture_path(event_path(event.id))] = png(composition)
        if view == edition.views.opening:
            for path, words in _pages(edition).items():
                shared[picture_path(path)] = png(composed(words, self._map_of(view)))
        return alone, shared

    def _map_of(self, view: MapView, event: Event | None = None) -> Image.Image:
        """Draw a map once for all events at one place."""
        place = self._shared.place_of(view, event) if event else None
        key = (view.path, place, bool(event and place and event.contested))
        if key not in self._maps:
            drawn = self._shared.map_of(view, event if place else None)
            self._maps[key] = in_few_colours(drawn)
        return self._maps[key]

    def _painter(self, height_mm: float) -> Painter:
        edition = self.edition
        return Painter(edition.atlas, edition.lang, self._width / PX_PER_MM, height_mm)


def _event(edition: Edition, event: Event) -> Said:
    spoken, atlas, lang, date = edition.spoken, edition.atlas, edition.lang, event.date
    sources = sources_of(atlas, event)
    count = "site.card.source" if len(sources) == 1 else "site.card.sources"
    parts = (
        spoken.t(count, count=len(sources)) if sources else spoken.t("site.card.no_source"),
        said(spoken, "site.card", event.evidence),
        spoken.t("site.card.contested") if event.contested else "",
    )
    told = " · ".join(cleaned(part) for part in parts if part)
    first = reference_text(atlas.sources[sources[0]], lang) if sources else ""
    day, recorded = when(date, spoken), ""
    if date.used is not None:
        used, given = format_day_of(atlas, date.used, lang), format_edtf(date.edtf, lang)
        # The day alone is large, and how the sources give it stands below in small letters.
        if day == spoken.t("map.recorded_as", day=used, recorded=given):
            day, recorded = used, spoken.t("ui.events.recorded", recorded=given)
    return Said(atlas.settings.title, day, event.title, told, first, recorded)


def _pages(edition: Edition) -> dict[str, Said]:
    """Say what stands on the pictures of all other pages, by the path of the page."""
    spoken, atlas, settings = edition.spoken, edition.atlas, edition.atlas.settings
    held = spoken.t("site.card.held", events=len(atlas.events), sources=len(atlas.sources))
    pages = {"index.html": Said("", edition.span, settings.title, held, settings.subtitle)}
    if atlas.points:
        title, told = spoken.t("site.ways.points"), spoken.t("site.card.points")
        pages["points.html"] = Said(settings.title, "", title, told)
    for story in atlas.stories.values():
        source = atlas.sources.get(story.source_id)
        told = spoken.t("ui.story.source") if source else spoken.t("ui.story.no_source")
        further = reference_text(source, edition.lang) if source else ""
        steps = spoken.t("site.card.steps", count=len(story.steps))
        pages[story_path(story.id)] = Said(settings.title, steps, story.title, told, further)
    return pages


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
    right = np.asarray(map_part) + len(words.palette) // 3
    full = _INKS.index(_ACCENT) * _LEVELS + _LEVELS - 1
    rule = np.full((HEIGHT, _RULE), full, dtype=np.uint8)
    whole = Image.fromarray(np.hstack([words.pixels, rule, right.astype(np.uint8)]))
    whole.putpalette([*words.palette, *held])  # makes it a picture with a palette
    return whole


class _Words:
    """Paper of a width and the full height, each pixel a place in the palette."""

    def __init__(self, width: int) -> None:
        self.room_mm = (width - _LEFT - _RIGHT) / PX_PER_MM
        self.pixels: Pixels = np.zeros((HEIGHT, width), dtype=np.uint8)
        self.palette = [part for ink in _INKS for part in _ramp(ink)]

    def write(self, words: Said) -> None:
        """Set the words: from the top what and when, from the foot who says so."""
        y = self._block(words.above, _ABOVE, 2, _TOP)
        y = self._block(words.day, _DAY, 2, y + (_GAP if y > _TOP else 0))
        y = self._block(words.recorded, _FURTHER, 1, y) + _GAP
        foot = HEIGHT - _BOTTOM
        for text, face in ((words.told, _TOLD), (words.further, _FURTHER)):
            foot -= len(self._lines(text, face, 3)) * _leading(face)
        below = self._block(words.told, _TOLD, 3, foot)
        self._block(words.further, _FURTHER, 3, below)
        room = foot - 22 - y
        face = next((f for f in _TITLES if self._fits(words.title, f, room)), _TITLES[-1])
        self._block(words.title, face, max(1, room // _leading(face)), y)

    def _fits(self, text: str, face: Face, room: int) -> bool:
        lines = wrapped(drawable(text, face), face, self.room_mm)
        whole = set(drawable(text, face).split(" "))
        # A word broken at the edge is worse than smaller letters.
        unbroken = all(word in whole for line in lines for word in line.split(" "))
        return unbroken and len(lines) * _leading(face) <= room

    def _lines(self, text: str, face: Face, most: int) -> list[str]:
        return wrapped_to(drawable(text, face), face, self.room_mm, most)

    def _block(self, text: str, face: Face, most: int, y: int) -> int:
        """Write a text in at most so many lines down from a height; gives where they end."""
        lines = self._lines(text, face, most)
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


def _ramp(ink: str) -> list[int]:
    """Give the colours from the paper to an ink, red, green and blue one after another."""
    paper, full = (np.array(ImageColor.getrgb(colour)) for colour in (PAPER, ink))
    steps = np.linspace(0, 1, _LEVELS)[:, None]
    return [int(part) for part in (paper + (full - paper) * steps).round().ravel()]
