"""The pages of an edition: what each is filled with, and what is the same around every one.

How they look is in `templates/`.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from maps.atlas.longitudes import box_written
from maps.atlas.model import Atlas, Event, Step, Story
from maps.cards import method
from maps.cards.event import event_card, event_meta
from maps.cards.links import short_id
from maps.cards.markup import view_link, web_link
from maps.cards.questions import question_part
from maps.cards.source import bibliography
from maps.cards.story import step_card, step_line, story_head
from maps.day.contested import accounts_about
from maps.day.law import ALL
from maps.map import files
from maps.map.document import View, alone, script_json
from maps.map.files import hashes, policy
from maps.map.payload import map_payload
from maps.map.tiles import by_level, in_parts, parsed, part_scripts
from maps.publish.edition import (
    Edition,
    MapView,
    event_path,
    in_words,
    linked_from,
    map_query,
    picture_path,
    story_path,
    upwards,
)
from maps.publish.linked_data import MEDIA_TYPES, atlas_data, event_data, story_data
from maps.templates import templates
from maps.words.date_formats import format_day_of
from maps.words.i18n import direction, translation_note
from maps.words.names import mode_name
from maps.words.sentences import when

MAP_SCRIPTS = ("boot.js", "leaflet.js", "atlas.js", "data.js", "start.js")
MAP_STYLES = ("leaflet.css", "map.css", "site.css")
_FRAME = (
    '<iframe src="{address}" title="{title}" width="100%" height="640" style="border:0"></iframe>'
)
_EXAMPLE = "https://example.org/"
_NOT_FOUND = Path(__file__).parent / "assets" / "not_found.js"
_FOLDERS = ("assets", "data", "events", "pictures", "stories")
_TEMPLATES = templates(Path(__file__).parent / "templates", files.ASSETS)
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


def pages_of(edition: Edition) -> Iterator[Page]:
    """Make all pages but the one where nothing is."""
    yield from _maps(edition)
    yield _events(edition)
    events = edition.atlas.events
    for event, before, after in zip(events, (None, *events), (*events[1:], None), strict=False):
        yield _event(edition, event, before, after)
    if edition.atlas.points:
        yield _points(edition)
    yield _sources(edition)
    yield _about(edition)
    for story in edition.atlas.stories.values():
        yield _story(edition, story)


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


def map_data(edition: Edition, relief_name: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Give what the map starts with, and by path the files it asks for when they are needed."""
    top = upwards(edition.folder)
    relief = f"{top}assets/{relief_name}" if relief_name else ""
    # Pages of events are told of by their folder: the map leads to them.
    data = {**map_payload(edition.atlas, edition.lang, relief), "pages": "events/"}
    if not edition.tiles:
        return data, {}
    head, found = in_parts(data)
    parts = part_scripts(found)
    outlines, told = _folder("tiles", edition.tiles), _folder(f"parts-{edition.lang}", parts)
    levels = by_level(edition.tiles)
    head |= {"parts": top + told, "tiles": {"address": top + outlines, "levels": levels}}
    files = {outlines + path: content for path, content in edition.tiles.items()}
    return head, files | {told + path: content for path, content in parts.items()}


def _folder(name: str, held: Mapping[str, bytes]) -> str:
    """Name a folder of the assets by what is in it: caches may keep each file for ever."""
    digest = hashlib.sha256()
    for path, content in sorted(held.items()):
        digest.update(f"{path} {len(content)} ".encode() + content)
    return f"assets/{name}.{digest.hexdigest()[:12]}/"


def map_assets(edition: Edition, data: Mapping[str, Any]) -> Mapping[str, str]:
    """Give the files of the map: key to text; data and start are those of the edition."""
    return {
        "icon.svg": files.ICON.read_text(encoding="utf-8"),
        "boot.js": files.boot_script(),
        "leaflet.js": files.leaflet_script(),
        "atlas.js": files.atlas_script(),
        # A script, not JSON: a page opened from a disk may not fetch.
        "data.js": f"MapsAtlas.data={(parsed if edition.tiles else script_json)(data)};\n",
        "start.js": _map(edition)[1],
        "leaflet.css": files.leaflet_styles(),
        "map.css": files.atlas_styles(),
        "site.css": site_styles(),
    }


def sources_of(atlas: Atlas, event: Event) -> tuple[str, ...]:
    """List the sources that an event and the accounts of it cite, by id, each once."""
    told = accounts_about(atlas, event.id)
    cited = [*event.citations, *(citation for account in told for citation in account.citations)]
    return tuple(dict.fromkeys(citation.source.id for citation in cited))


def _map(edition: Edition) -> tuple[str, str]:
    settings = edition.atlas.settings
    view = View(settings.opening_day, settings.modes[0].id)
    return alone(edition.atlas, view, edition.lang, inQuery=True)


def _maps(edition: Edition) -> Iterator[Page]:
    """Make the page of the map and the one for frames."""
    settings, view = edition.atlas.settings, edition.views.opening
    about = settings.subtitle or settings.disclaimer
    facts = {
        "map": Markup(_map(edition)[0]),  # by folium, of nothing but our own ids
        "figure": _figure(edition, view, "", _link(view, "")),
    }
    yield Page("index.html", settings.title, about, "map.html", facts, scripts=MAP_SCRIPTS,
               styles=MAP_STYLES, body_class="ma-alone ms-map",
               picture=_picture(edition, "index.html"),
               linked_data=atlas_data(edition))  # fmt: skip
    yield Page("embed.html", settings.title, about, "map.html", facts, scripts=MAP_SCRIPTS,
               styles=MAP_STYLES, body_class="ma-alone ms-embed", framed=True)  # fmt: skip


def _events(edition: Edition) -> Page:
    atlas, path = edition.atlas, "events/index.html"
    with linked_from(path):
        listed = [(e, Markup(event_meta(atlas, e, edition.lang))) for e in atlas.events]
    intro = edition.spoken.t("site.events_intro", count=len(listed))
    return _overview(edition, path, "events", intro, {"events": listed})


def _points(edition: Edition) -> Page:
    atlas, path = edition.atlas, "points.html"
    with linked_from(path):
        points = [
            (each, question_part(atlas, each, edition.lang)) for each in atlas.points.values()
        ]
    intro = edition.spoken.t("site.points_intro")
    return _overview(edition, path, "points", intro, {"points": points}, pictured=path)


def _sources(edition: Edition) -> Page:
    atlas, path, parts = edition.atlas, "sources.html", []
    with linked_from(path):
        for teller in atlas.perspectives.values():
            told = [s for s in atlas.sources.values() if s.perspective_id == teller.id]
            if told:
                parts.append(Markup(bibliography(atlas, teller.name, told, edition.lang)))
    return _overview(
        edition, path, "sources", edition.spoken.t("ui.sources.intro"), {"parts": parts}
    )


def _about(edition: Edition) -> Page:
    atlas, lang, path = edition.atlas, edition.lang, "about.html"
    with linked_from(path):
        of_atlas = (method.accuracy, method.figures, method.origins, method.all_notes)
        parts = [
            method.about(atlas, lang),
            method.marks(atlas, lang),
            method.glossary(lang),
            *(part(atlas, lang) for part in of_atlas),
        ]
    settings = atlas.settings
    view = f"?day={settings.opening_day.isoformat()}&mode={settings.modes[0].id}"
    address = f"{edition.address or _EXAMPLE}{edition.folder}embed.html{view}"
    title = settings.title.replace('"', "”")
    facts = {
        "parts": [Markup(part) for part in parts],
        "files": MEDIA_TYPES,
        "snippet": _FRAME.format(
            address=html.escape(address, quote=False), title=html.escape(title, quote=False)
        ),
    }
    return _overview(edition, path, "about", settings.disclaimer or settings.subtitle, facts)


def _overview(
    edition: Edition,
    path: str,
    way: str,
    intro: str,
    facts: Mapping[str, object],
    *,
    pictured: str = "index.html",
) -> Page:
    """Make one of the pages that every page leads to; its picture is that of ``pictured``."""
    title, picture = edition.spoken.t(f"site.ways.{way}"), _picture(edition, pictured)
    return Page(path, title, intro, f"{way}.html", facts, picture=picture)


def _event(edition: Edition, event: Event, before: Event | None, after: Event | None) -> Page:
    atlas, path = edition.atlas, event_path(event.id)
    up, view, address = upwards(path), edition.views.of_events[event.id], edition.absolute(path)
    there = _link(view, up, event=event.id)
    figure = _figure(edition, view, up, there)
    with linked_from(path, unfolded=True):
        card = Markup(event_card(atlas, event, edition.lang, heading="h1", figure=figure))
    nowhere = edition.spoken.t("site.no_address", path=path)
    facts = {
        "event": event,
        "before": before,
        "after": after,
        "view": view,
        "there": there,
        "card": card,
        "sources": sources_of(atlas, event),
        "digest": atlas.digest[:16],
        "address": web_link(address, address) if address else nowhere,
    }
    pictured = event.id in edition.views.pictured
    picture = _picture(edition, path, view) if pictured else _picture(edition, "index.html")
    title = f"{event.title} ({when(event.date, edition.spoken)})"
    about = short(event.description or event.title)
    return Page(path, title, about, "event.html", facts, kind="article", picture=picture,
                linked_data=event_data(edition, event, path))  # fmt: skip


def _story(edition: Edition, story: Story) -> Page:
    atlas, lang, path = edition.atlas, edition.lang, story_path(story.id)
    with linked_from(path):
        steps = [
            (each, Markup(step_line(atlas, story, each, lang)), _step(edition, story, each, path))
            for each in story.steps
        ]
    facts = {
        "head": Markup(story_head(atlas, story, lang, heading="h1")),
        "others": [other for other in atlas.stories.values() if other.id != story.id],
        "steps": steps,
    }
    about = short(story.lead or story.title)
    return Page(path, story.title, about, "story.html", facts, kind="article",
                picture=_picture(edition, path),
                linked_data=story_data(edition, story, path))  # fmt: skip


def _step(edition: Edition, story: Story, step: Step, path: str) -> Markup:
    """Show a step, and lead to the map as it shows it and to the event it tells of."""
    view, up = edition.views.of_step(step), upwards(path)
    there = _link(view, up, event=step.event, region=step.region)
    event = view_link(edition.spoken.t("map.event_page"), event=step.event) if step.event else ""
    ways = filled("step_ways.html", edition, step=step, there=there, event=event)
    figure = _figure(edition, view, up, there)
    card = step_card(edition.atlas, story, step, edition.lang, {}, figure=figure, ways=ways)
    return Markup(card)


def _picture(edition: Edition, path: str, view: MapView | None = None) -> Picture:
    said = in_words(edition.atlas, view or edition.views.opening, edition.lang)
    return Picture(picture_path(path), said)


def _link(view: MapView, up: str, *, event: str = "", region: str = "") -> str:
    """Write the address of the map as a view shows it, seen from a page."""
    return up + map_query(
        day=view.day.isoformat(),
        mode=view.mode,
        perspective="" if view.perspective == ALL else view.perspective,
        event=event,
        region=region,
        bbox=",".join(f"{degree:g}" for degree in (box_written(view.bbox) if view.bbox else ())),
    )


def _figure(edition: Edition, view: MapView, up: str, there: str) -> Markup:
    """Show the picture of a view, if it has one, with day and mode; it leads to the map itself."""
    if view.path not in edition.maps:
        return Markup()
    mode = mode_name(view.mode, edition.lang)
    if view.perspective:
        teller = edition.atlas.perspectives.get(view.perspective)
        told = teller.name if teller else edition.spoken.t("map.everyone")
        mode = edition.spoken.t("export.mode_told", mode=mode, teller=told)
    said = in_words(edition.atlas, view, edition.lang)
    picture = edition.maps[view.path]
    return filled("figure.html", edition, view=view, picture=picture, said=said, mode=mode,
                  up=up, there=there)  # fmt: skip


def page_bytes(edition: Edition, page: Page) -> bytes:
    """Write a page out."""
    settings = edition.atlas.settings
    up = upwards(page.path) if page.root is None else page.root
    top = up + upwards(edition.folder)
    body = filled(page.template, edition, page=page, up=up, **page.facts)
    ways = {"map": "index.html", "events": "events/index.html"}
    if edition.atlas.points:
        ways["points"] = "points.html"
    if edition.atlas.stories:
        ways["stories"] = story_path(next(iter(edition.atlas.stories)))
    ways |= {"sources": "sources.html", "about": "about.html"}
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
        ways=ways,
        span=edition.span,
    )
    return f"{whole}\n".encode()


def filled(template: str, edition: Edition, **facts: object) -> Markup:
    """Fill a template; it has the words of the interface and the edition, too."""
    spoken = edition.spoken
    usual = {
        "t": spoken.t,
        "day": partial(format_day_of, edition.atlas, lang=edition.lang),
        "when": lambda date: when(date, spoken),
        "short_id": short_id,
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
