"""The pages of an edition: what each is filled with, and what is the same around every one.

How they look is in `templates/`.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from maps.atlas.model import Atlas, Event
from maps.cards import method
from maps.cards.accounts import question_part
from maps.cards.citing import FILTERS
from maps.cards.event import event_card, event_meta
from maps.cards.markup import SHARED
from maps.cards.source import bibliography
from maps.cards.story import step_card, step_line, story_head
from maps.day.contested import accounts_about
from maps.map import files
from maps.map.document import View, alone, script_json
from maps.map.files import hashes, policy
from maps.publish.edition import (
    Edition,
    MapView,
    event_path,
    linked_from,
    picture_path,
    story_path,
    upwards,
)
from maps.publish.linked_data import MEDIA_TYPES, atlas_data, event_data, story_data
from maps.templates import templates
from maps.words.i18n import direction, translation_note
from maps.words.names import mode_name
from maps.words.sentences import when

_FRAME = (
    '<iframe src="{address}" title="{title}" width="100%" height="640" style="border:0"></iframe>'
)
_EXAMPLE = "https://example.org/"
_NOT_FOUND = Path(__file__).parent / "assets" / "not_found.js"
_FOLDERS = ("assets", "data", "events", "pictures", "stories")
_LONGEST = 220  # characters of a description that search engines and cards show
_STYLE = re.compile(r'\sstyle="([^"]*)"')


def _card(made: Callable[..., str]) -> Callable[..., Markup]:
    """Let templates ask for a card; its atlas and language are those of the page."""

    @pass_context
    def of_page(context: Context, *about: object, **more: object) -> Markup:
        return Markup(made(context["atlas"], *about, context["lang"], **more))

    return of_page


def sources_of(atlas: Atlas, event: Event) -> tuple[str, ...]:
    """List the sources that an event and the accounts of it cite, by id, each once."""
    told = accounts_about(atlas, event.id)
    cited = [*event.citations, *(citation for account in told for citation in account.citations)]
    return tuple(dict.fromkeys(citation.source.id for citation in cited))


_TEMPLATES = templates(Path(__file__).parent / "templates", files.ASSETS)
_TEMPLATES.filters |= FILTERS
_TEMPLATES.globals |= SHARED | {
    "glossary": method.glossary, "mode_name": mode_name, "sources_of": sources_of,
    **{card.__name__: _card(card) for card in (
        event_card, event_meta, question_part, bibliography, story_head, step_line, step_card,
        method.about, method.marks, method.accuracy, method.figures, method.origins,
        method.all_notes,
    )},
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """One page of an edition; ``path`` is from its folder.

    Its body is ``template`` filled with ``facts``. ``root`` replaces the way up where a
    page may be shown at any address; ``style`` and ``script`` are then in the page itself.
    ``picture`` is that of a shared link, from the folder of the edition; it shows ``view``,
    or without one the view the map opens on.
    """

    path: str
    title: str
    description: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    kind: str = "website"
    picture: str = ""
    view: MapView | None = None
    linked_data: Any = None
    root: str | None = None
    style: str = ""
    script: str = ""
    framed: bool = False  # shown inside other pages: no ways on, no foot

    @property
    def is_read(self) -> bool:
        """Whether it is a page to read, which allows no script, and not one that the map fills."""
        return self.template != "map.html"


def pages_of(edition: Edition) -> Iterator[Page]:
    """Make all pages but the one where nothing is."""
    atlas, settings, t = edition.atlas, edition.atlas.settings, edition.spoken.t
    about = settings.subtitle or settings.disclaimer
    view, front = edition.views.opening, picture_path("index.html")
    facts = {"map": Markup(map_of(edition)[0])}  # by folium, of nothing but our own ids
    yield Page("index.html", settings.title, about, "map.html", facts, picture=front,
               linked_data=atlas_data(edition))  # fmt: skip
    yield Page("embed.html", settings.title, about, "map.html", facts, framed=True)

    def overview(way: str, path: str, intro: str, picture: str = front, **facts: object) -> Page:
        return Page(path, t(f"site.ways.{way}"), intro, f"{way}.html", facts, picture=picture)

    events = atlas.events
    intro = t("site.events_intro", count=len(events))
    yield overview("events", "events/index.html", intro)
    for event, before, after in zip(events, (None, *events), (*events[1:], None), strict=False):
        yield _event(edition, event, before, after)
    if atlas.points:
        intro, picture = t("site.points_intro"), picture_path("points.html")
        yield overview("points", "points.html", intro, picture)
    yield overview("sources", "sources.html", t("ui.sources.intro"))
    place = f"{edition.folder}embed.html?day={view.day.isoformat()}&mode={view.mode}"
    snippet = _FRAME.format(
        address=html.escape((edition.address or _EXAMPLE) + place, quote=False),
        title=html.escape(settings.title.replace('"', "”"), quote=False),
    )
    intro = settings.disclaimer or settings.subtitle
    yield overview("about", "about.html", intro, files=MEDIA_TYPES, snippet=snippet)
    for story in atlas.stories.values():
        path, about = story_path(story.id), short(story.lead or story.title)
        yield Page(path, story.title, about, "story.html", {"story": story}, kind="article",
                   picture=picture_path(path),
                   linked_data=story_data(edition, story, path))  # fmt: skip


def not_found(edition: Edition) -> Page:
    """Make the page for where nothing is, with ways on that hold wherever it is shown.

    With an address its links start at the root of the host. Without one it holds its
    own style, and a script looks for the top of the site; the policy allows no other.
    """
    title, line = edition.spoken.t("site.not_found"), edition.spoken.t("site.not_found_line")
    if edition.address:
        root = "/" + edition.address.split("/", 3)[3]
        return Page("404.html", title, line, "not_found.html", root=root)
    folders = [*_FOLDERS, *(folder.rstrip("/") for folder in edition.languages.values() if folder)]
    script = _NOT_FOUND.read_text(encoding="utf-8")
    script = script.replace("ICON", f"assets/{edition.assets['icon.svg']}", 1)
    script = script.replace("FOLDERS", json.dumps(folders), 1)
    return Page("404.html", title, line, "not_found.html", root="", style=Markup(site_styles()),
                script=Markup(script))  # fmt: skip


def map_of(edition: Edition) -> tuple[str, str]:
    """Give HTML and script of the map, which takes its view from the address."""
    view = edition.views.opening
    return alone(edition.atlas, View(view.day, view.mode), edition.lang, inQuery=True)


def _event(edition: Edition, event: Event, before: Event | None, after: Event | None) -> Page:
    path, shown = event_path(event.id), edition.views.pictured.get(event.id)
    facts = {"event": event, "before": before, "after": after}
    title = f"{event.title} ({when(event.date, edition.spoken)})"
    about = short(event.description or event.title)
    return Page(path, title, about, "event.html", facts, kind="article", view=shown,
                picture=picture_path(path if shown else "index.html"),
                linked_data=event_data(edition, event, path))  # fmt: skip


def page_bytes(edition: Edition, page: Page) -> bytes:
    """Write a page out; its policy allows its own files, and nothing from outside."""
    title, atlas = edition.atlas.settings.title, edition.atlas
    up = upwards(page.path) if page.root is None else page.root
    with linked_from(page.path, unfolded=page.template == "event.html"):
        body = filled(page.template, edition, page=page, up=up, **page.facts)
    ways = {"map": "index.html", "events": "events/index.html"}
    if atlas.points:
        ways["points"] = "points.html"
    if atlas.stories:
        ways["stories"] = story_path(next(iter(atlas.stories)))
    ways |= {"sources": "sources.html", "about": "about.html"}
    if page.style:
        scripts, styles = hashes([page.script]), hashes([page.style])
    else:
        # A style attribute of a card is allowed by its hash.
        inline = hashes(sorted({html.unescape(found) for found in _STYLE.findall(body)}))
        styles = f"'self' 'unsafe-hashes' {inline}" if inline else "'self'"
        scripts = "" if page.is_read else "'self'"
    whole = filled(
        "site.html",
        edition,
        page=page,
        body=body,
        title=page.title if page.title == title else f"{page.title} – {title}",
        description=short(page.description),
        policy=policy(scripts=scripts, styles=styles, images="'self' data:"),
        linked_data=Markup(script_json(page.linked_data)) if page.linked_data else "",
        up=up,
        top=up + upwards(edition.folder),
        ways=ways,
    )
    return f"{whole}\n".encode()


def filled(template: str, edition: Edition, **facts: object) -> Markup:
    """Fill a template; it has the edition, its words and what cards have, too."""
    atlas, lang, spoken = edition.atlas, edition.lang, edition.spoken
    usual = {
        "edition": edition,
        "atlas": atlas,
        "settings": atlas.settings,
        "lang": lang,
        "spoken": spoken,
        "t": spoken.t,
        "direction": direction(lang),
        "translated": translation_note(atlas, lang),
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
