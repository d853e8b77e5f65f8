"""One language of a site: where its pages are, and how they lead to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from maps.atlas.check.bibliography import is_web_address
from maps.atlas.model import Atlas
from maps.cards.markup import Surface, cards_on
from maps.errors import ExportFailed
from maps.publish.views import Views
from maps.words.i18n import Texts, available_languages, texts, words_for


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

    def absolute(self, path: str) -> str:
        """Give the whole address of a page of this edition, empty where the site has none."""
        short = path.removesuffix("index.html") if path.endswith("index.html") else path
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
    wanted = {name: value for name, value in view.items() if value}
    return "index.html" + ("?" + urlencode(wanted) if wanted else "")


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
