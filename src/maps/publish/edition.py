"""One language of a site: where its pages are, how they lead to each other, what maps they show.

A page shows the map on the day and in the mode that show something of what it tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from maps.atlas.check.sources import is_web_address
from maps.atlas.longitudes import box_written
from maps.atlas.model import BY_TELLER, Atlas, Date, Event, Step
from maps.cache import once_for_each
from maps.cards.markup import Surface, cards_on
from maps.cards.share import link_of
from maps.day.law import ALL
from maps.day.reading import reading_of
from maps.day.timeline import timeline
from maps.day.view import Bbox
from maps.errors import ExportFailed
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, available_languages, texts, words_for
from maps.words.names import mode_name

MOST_PICTURED = 500  # views of events, 0.1 s each
_SOON = 62  # days
_timeline = once_for_each(timeline)


@dataclass(frozen=True)
class MapView:
    """A day in a mode; ``since`` is the day from which the map looks as it does then.

    ``perspective`` is empty where the mode asks nobody, ``bbox`` (west, south, east,
    north) None for all the ground of the atlas.
    """

    mode: str
    day: Date
    since: Date
    perspective: str = ""
    bbox: Bbox | None = None

    @property
    def path(self) -> str:
        """Where the picture of this view is, from the folder of the edition."""
        ground = "_".join(f"{degree:g}" for degree in self.bbox or ())
        parts = (self.mode, self.perspective, self.since.isoformat(), ground)
        return f"pictures/maps/{'-'.join(filter(None, parts))}.png"

    def address(self, *, event: str = "", region: str = "") -> str:
        """Write the address of the map as it shows this view, from the folder of the edition."""
        ground = box_written(self.bbox) if self.bbox else ()
        return map_query(
            day=self.day.isoformat(),
            mode=self.mode,
            perspective="" if self.perspective == ALL else self.perspective,
            event=event,
            region=region,
            bbox=",".join(f"{degree:g}" for degree in ground),
        )


class Views:
    """The views of one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @property
    def opening(self) -> MapView:
        """The view the map opens on."""
        return self.on(self._atlas.settings.modes[0].id, self._atlas.settings.opening_day)

    @cached_property
    def of_events(self) -> Mapping[str, MapView]:
        """The view of each event, by its id.

        It is in the first mode whose map changes while the event lasts, on the day
        of that change; where none does, on the event's first day in the first mode.
        What changes in the course of many months is not the event's doing.
        """
        return {event.id: self._of(event) for event in self._atlas.events}

    @cached_property
    def pictured(self) -> Mapping[str, MapView]:
        """The views of events that have a picture: all or, of a large atlas, none.

        It has a view of all its ground for each of its days, and what happened on one
        could not be made out there.
        """
        paths = {view.path for view in self.of_events.values()}
        return self.of_events if len(paths) <= MOST_PICTURED else {}

    def on(self, mode: str, day: Date, perspective: str = "", bbox: Bbox | None = None) -> MapView:
        """Give the view of a mode on a day."""
        line = _timeline(self._atlas, mode, perspective)
        since = line.previous_change(day + 1) or line.first_day
        return MapView(mode, day, since, perspective, bbox)

    def of_step(self, step: Step) -> MapView:
        """Give the view that a step of a story shows."""
        reading = reading_of(self._atlas, step.mode, step.perspective)
        return self.on(step.mode, step.day, reading.perspective, step.bbox)

    def _of(self, event: Event) -> MapView:
        settings = self._atlas.settings
        first = min(max(event.span.start, settings.first_day), settings.last_day)
        for mode in settings.modes:
            change = _timeline(self._atlas, mode.id).next_change(first - 1)
            # Who says what needs a key that no picture has room for.
            if mode.colour_by in BY_TELLER or change is None or change not in event.span:
                continue
            if change - first <= _SOON:
                return self.on(mode.id, change)
        return self.on(settings.modes[0].id, first)


@dataclass(frozen=True)
class MapPicture:
    """The map of a view: its size in pixels, and what its colours stand for."""

    content: bytes
    size: tuple[int, int]
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """An atlas in one language, as the site shows it.

    ``folder`` is "" or the folder of the language with a slash, ``address`` the
    site's with a slash, or empty; ``assets`` are the names of the shared files
    below ``assets/``, ``maps`` the pictures of the map by their path; ``tiles`` are the
    outlines by path below ``tiles/`` where the map has them in tiles, else empty.
    """

    atlas: Atlas
    lang: str
    folder: str
    languages: Mapping[str, str]  # code -> folder
    address: str = ""
    assets: Mapping[str, str] = field(default_factory=dict)
    maps: Mapping[str, MapPicture] = field(default_factory=dict)
    tiles: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def views(self) -> Views:
        """The views of the map that go with the pages."""
        return Views(self.atlas)

    @property
    def spoken(self) -> Texts:
        """The words of the interface."""
        return words_for(self.atlas, self.lang)

    @property
    def others(self) -> list[Edition]:
        """The editions in all languages of the site, this one among them."""
        return [replace(self, lang=code, folder=there) for code, there in self.languages.items()]

    @property
    def lang_name(self) -> str:
        """The language in its own words."""
        known = self.lang in available_languages()
        return texts(self.lang).t("language.name") if known else self.lang

    @property
    def span(self) -> str:
        """The first and the last day of the atlas, in words."""
        ends = (self.atlas.settings.first_day, self.atlas.settings.last_day)
        first, last = (format_day_of(self.atlas, day, self.lang) for day in ends)
        return self.spoken.t("map.from_to", start=first, end=last)

    def in_words(self, view: MapView) -> str:
        """Say what the picture of a view shows, for those who do not see it."""
        day, mode = format_day_of(self.atlas, view.day, self.lang), mode_name(view.mode, self.lang)
        title = self.atlas.settings.title
        return texts(self.lang).t("site.picture", title=title, mode=mode, day=day)

    def absolute(self, path: str) -> str:
        """Give the whole address of a page of this edition, empty where the site has none."""
        short = path.removesuffix("index.html")
        return f"{self.address}{self.folder}{short}" if self.address else ""


# What stands in a tab of the dashboard, and where it stands on a site.
_PAGES_OF = {
    "questions": "points.html#{}",
    "sources": "sources.html#source-{}",
    "method": "about.html#note-{}",
}


def upwards(path: str) -> str:
    """Give the way from a page to the folder its path starts from: ``../`` for each folder."""
    return "../" * path.count("/")


def picture_path(path: str) -> str:
    """Name the picture that stands for a page where its link is shared."""
    return f"pictures/{path.removesuffix('.html')}.png"


def event_path(event_id: str) -> str:
    """Name the page of an event."""
    return f"events/{event_id}.html"


def story_path(story_id: str) -> str:
    """Name the page of a story."""
    return f"stories/{story_id}.html"


def map_query(**view: str) -> str:
    """Write the address of a view of the map, from the folder of the edition."""
    return link_of("index.html", {name: value for name, value in view.items() if value})


@contextmanager
def linked_from(path: str, *, unfolded: bool = False) -> Iterator[None]:
    """Have the cards of a block lead to pages of the site, seen from a page."""
    up = upwards(path)

    def address(view: Mapping[str, str]) -> str:
        if view.get("event"):
            return up + event_path(view["event"])
        if view.get("at"):
            page = "about.html#{}" if view["at"].startswith("word-") else _PAGES_OF[view["tab"]]
            return up + page.format(view["at"])
        kept = ("day", "mode", "perspective", "region")
        return up + map_query(**{name: view[name] for name in kept if name in view})

    with cards_on(Surface(address, unfolded, shares=False)):
        yield


def checked_address(address: str) -> str:
    """Give the address of a site with a slash at its end.

    Raises
    ------
    ExportFailed
        If it is no plain web address.
    """
    if not address:
        return ""
    if not is_web_address(address) or "'" in address or set("?#") & set(address):
        raise ExportFailed(f"{address!r} is no address of a site; write https://example.org/atlas/")
    return address.rstrip("/") + "/"
