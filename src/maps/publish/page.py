"""What is the same around every page: head, policy, ways on, foot. Laid out in `templates/`."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from maps.atlas.model import Atlas
from maps.map import files
from maps.map.document import script_json
from maps.map.shell import hashes, policy, templates
from maps.publish.edition import Edition, upwards
from maps.words.i18n import direction, format_day_of
from maps.words.sentences import when
from maps.words.translated import translation_note

_TEMPLATES = templates(Path(__file__).parent / "templates")
_LONGEST = 220  # characters of a description that search engines and cards show
_STYLE = re.compile(r'\sstyle="([^"]*)"')


@dataclass(frozen=True)
class Picture:
    """The picture of a shared link, from the folder of the edition."""

    path: str
    alt: str


@dataclass(frozen=True)
class Page:
    """One page of an edition; ``path`` is from its folder.

    Its body is ``template`` filled with ``facts``. ``scripts`` and ``styles`` are keys
    of the edition's assets; a page without scripts allows none. ``root`` replaces the
    way up where a page may be shown at any address; ``style`` and ``script`` are then
    in the page itself.
    """

    path: str
    title: str
    description: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    kind: str = "website"
    picture: Picture | None = None
    linked_data: Any = None
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ("site.css",)
    body_class: str = "ms-page"
    root: str | None = None
    style: str = ""
    script: str = ""
    framed: bool = False  # shown inside other pages: no ways on, no foot

    @property
    def is_read(self) -> bool:
        """Whether it is a page to read, and not one that the map fills."""
        return self.body_class == "ms-page"


def page_bytes(edition: Edition, page: Page) -> bytes:
    """Write a page out."""
    settings = edition.atlas.settings
    up = upwards(page.path) if page.root is None else page.root
    top = up + upwards(edition.folder)
    body = filled(page.template, edition, page=page, up=up, **page.facts)
    first, last = (
        format_day_of(edition.atlas, day, edition.lang)
        for day in (settings.first_day, settings.last_day)
    )
    whole = filled(
        "site.html",
        edition,
        page=page,
        body=body,
        title=page.title if page.title == settings.title else f"{page.title} – {settings.title}",
        description=short(page.description),
        policy=_policy(page, body),
        body_class=page.body_class,
        linked_data=Markup(script_json(page.linked_data)) if page.linked_data else "",
        up=up,
        top=top,
        assets=f"{top}assets/",
        ways=_ways(edition.atlas),
        span=edition.spoken.t("map.from_to", start=first, end=last),
    )
    return f"{whole}\n".encode()


def filled(template: str, edition: Edition, **facts: object) -> Markup:
    """Fill a template; it has the words of the interface and the edition, too."""
    spoken = edition.spoken
    usual = {
        "t": spoken.t,
        "day": partial(format_day_of, edition.atlas, lang=edition.lang),
        "when": lambda date: when(date, spoken),
        "edition": edition,
        "settings": edition.atlas.settings,
        "lang": edition.lang,
        "direction": direction(edition.lang),
        "translated": translation_note(edition.atlas, edition.lang),
    }
    return Markup(_TEMPLATES.get_template(template).render(usual | facts))


def site_styles() -> str:
    """Give the styles of the pages to read in, those of the cards first."""
    own = (Path(__file__).parent / "assets" / "site.css").read_text(encoding="utf-8")
    return files.card_styles() + own


def short(text: str) -> str:
    """Cut a description at a word, where it is longer than anyone shows."""
    plain = " ".join(text.split())
    if len(plain) <= _LONGEST:
        return plain
    return plain[:_LONGEST].rsplit(" ", 1)[0].rstrip(",;: ") + " …"


def _policy(page: Page, body: str) -> str:
    """Allow the page's own files; a style attribute of a card by its hash, nothing from outside."""
    inline = hashes(sorted({html.unescape(found) for found in _STYLE.findall(body)}))
    if page.style:
        return policy(
            scripts=hashes([page.script]), styles=hashes([page.style]), images="'self' data:"
        )
    return policy(
        scripts="'self'" if page.scripts else "",
        styles=f"'self' 'unsafe-hashes' {inline}" if inline else "'self'",
        images="'self' data:",
    )


def _ways(atlas: Atlas) -> dict[str, str]:
    ways = {"map": "index.html", "events": "events/index.html"}
    if atlas.points:
        ways["points"] = "points.html"
    if atlas.stories:
        ways["stories"] = f"stories/{next(iter(atlas.stories))}.html"
    return {**ways, "sources": "sources.html", "about": "about.html"}
