"""Pages to read in: contested points, stories, the bibliography, what the atlas is."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from maps.i18n import format_day
from maps.model import Atlas, Point, Step, Story
from maps.publish.edition import Edition, linked_from, map_query, upwards
from maps.publish.shell import Page, short
from maps.render.cards import method
from maps.render.cards.accounts import point_part
from maps.render.cards.citing import notes, reference
from maps.render.cards.markup import Child, element, view_link
from maps.render.cards.source import bibliography

_FRAME = (
    '<iframe src="{address}" title="{title}" width="100%" height="640" style="border:0"></iframe>'
)
_EXAMPLE = "https://example.org/"
DATA_FILES = (
    "events.json", "statuses.csv", "boundaries.geojson", "sources.json", "sources.bib",
)  # fmt: skip


def reading_pages(edition: Edition) -> Iterator[Page]:
    """Make them all."""
    if edition.atlas.points:
        yield _points(edition)
    for story in edition.atlas.stories.values():
        yield _story(edition, story)
    yield _sources(edition)
    yield _about(edition)


def not_found(edition: Edition) -> Page:
    """Make the page for an address that leads nowhere, with ways on that hold at any address."""
    spoken = edition.spoken
    body = element(
        "main",
        element("h1", spoken.t("site.not_found")),
        element("p", spoken.t("site.not_found_line"), class_="ms-lead"),
    )
    line = spoken.t("site.not_found_line")
    path = "/" + edition.address.split("/", 3)[3] if edition.address else ""
    return Page("404.html", spoken.t("site.not_found"), line, body, root=path)


def _points(edition: Edition) -> Page:
    atlas, spoken, path = edition.atlas, edition.spoken, "points.html"
    with linked_from(path):
        parts = [_point(edition, point) for point in atlas.points.values()]
    title, intro = spoken.t("site.ways.points"), spoken.t("site.points_intro")
    listed = [
        element("li", element("a", element("b", p.id), " ", p.question, href=f"#{p.id}"))
        for p in atlas.points.values()
    ]
    body = element(
        "main",
        element("h1", title),
        element("p", intro, class_="ms-lead"),
        element("ul", *listed, class_="ms-list"),
        *parts,
    )
    return Page(path, title, intro, body)


def _point(edition: Edition, point: Point) -> Markup:
    events = [_event_link(edition.atlas, id) for id in point.event_ids]
    return element(
        "section",
        element("h2", point.id, class_="mc-part"),
        point_part(edition.atlas, point, edition.lang),
        element("p", point.note, class_="mc-quiet") if point.note else None,
        _listed(edition.spoken.t("site.about_events"), events),
        id=point.id,
        class_="ms-step",
    )


def _story(edition: Edition, story: Story) -> Page:
    atlas, spoken = edition.atlas, edition.spoken
    path = f"stories/{story.id}.html"
    source = atlas.sources.get(story.source_id)
    with linked_from(path):
        steps = [_step(edition, step, path) for step in story.steps]
    others = [
        element("a", other.title, href=f"{other.id}.html")
        for other in atlas.stories.values()
        if other.id != story.id
    ]
    contents = [element("li", element("a", step.title, href=f"#{step.id}")) for step in story.steps]
    body = element(
        "main",
        element("h1", story.title),
        element("p", story.lead, class_="ms-lead"),
        element("p", reference(source, edition.lang), class_="mc-quiet") if source else None,
        _listed(spoken.t("site.other_stories"), others),
        element("ol", *contents, class_="ms-list"),
        *steps,
    )
    return Page(path, story.title, short(story.lead or story.title), body, kind="article")


def _step(edition: Edition, step: Step, path: str) -> Markup:
    atlas, lang, spoken = edition.atlas, edition.lang, edition.spoken
    shown = map_query(
        day=step.day.isoformat(),
        mode=step.mode,
        perspective=step.perspective,
        event=step.event,
        region=step.region,
    )
    events = dict.fromkeys(id for id in (step.event, *step.beside_events) if id)
    known = [atlas.notes[id] for id in step.beside_notes if id in atlas.notes]
    return element(
        "section",
        element("h2", step.title, class_="mc-part"),
        _quote(step),
        element("p", step.text, class_="mc-body"),
        _beside(edition, step),
        *(point_part(atlas, atlas.points[id], lang) for id in step.beside_points),
        notes(known, lang),
        _listed(spoken.t("site.about_events"), [_event_link(atlas, id) for id in events]),
        element(
            "p",
            element(
                "a",
                spoken.t("site.on_the_map", day=format_day(step.day, lang)),
                href=upwards(path) + shown,
                class_="ms-go",
            ),
        ),
        id=step.id,
        class_="ms-step",
    )


def _quote(step: Step) -> Markup | None:
    if not step.quote:
        return None
    cited = element("cite", step.locator) if step.locator else None
    quoted = element("p", step.quote, lang=step.quote_lang or None)
    return element("blockquote", quoted, cited, class_="ms-quote")


def _beside(edition: Edition, step: Step) -> Markup | None:
    if not step.beside:
        return None
    return element(
        "aside",
        element("h3", edition.spoken.t("site.beside")),
        element("p", step.beside, class_="mc-body"),
        class_="ms-beside",
    )


def _event_link(atlas: Atlas, event_id: str) -> Markup:
    title = next((event.title for event in atlas.events if event.id == event_id), event_id)
    return view_link(f"{event_id} {title}", event=event_id)


def _listed(lead: str, links: list[Markup]) -> Markup | None:
    if not links:
        return None
    items = (element("li", link) for link in links)
    said = element("p", lead, class_="mc-role")
    return element("div", said, element("ul", *items), class_="ms-links")


def _sources(edition: Edition) -> Page:
    atlas, lang, spoken, path = edition.atlas, edition.lang, edition.spoken, "sources.html"
    title, intro = spoken.t("site.ways.sources"), spoken.t("ui.sources.intro")
    parts = []
    with linked_from(path):
        for perspective in atlas.perspectives.values():
            told = [s for s in atlas.sources.values() if s.perspective_id == perspective.id]
            if told:
                parts.append(Markup(bibliography(atlas, perspective.name, told, lang)))
    files = [
        element("a", spoken.t("ui.sources.csl"), href="data/sources.json", download=""),
        " · ",
        element("a", spoken.t("ui.sources.bibtex"), href="data/sources.bib", download=""),
    ]
    body = element(
        "main",
        element("h1", title),
        element("p", intro, class_="ms-lead"),
        element("p", *files),
        *parts,
    )
    return Page(path, title, intro, body)


def _about(edition: Edition) -> Page:
    atlas, lang, spoken, path = edition.atlas, edition.lang, edition.spoken, "about.html"
    with linked_from(path):
        parts = [
            method.about(atlas, lang),
            method.marks(lang),
            method.accuracy(atlas, lang),
            method.figures(atlas, lang),
            method.origins(atlas, lang),
            method.all_notes(atlas, lang),
        ]
    title = spoken.t("site.ways.about")
    body = element(
        "main",
        element("h1", title),
        *(Markup(part) for part in parts if part),  # made by the cards
        _data(edition),
        _embedding(edition),
        element("p", *_attribution(atlas), class_="mc-quiet ms-after"),
        class_="ms-about",
    )
    return Page(path, title, atlas.settings.disclaimer or atlas.settings.subtitle, body)


def _attribution(atlas: Atlas) -> list[Child]:
    return [" · ".join(atlas.settings.attribution)]


def _data(edition: Edition) -> Markup:
    spoken = edition.spoken
    rows = [
        element(
            "li",
            element("a", name, href=f"data/{name}", download=""),
            " ",
            spoken.t(f"site.data.{name.replace('.', '_')}"),
        )
        for name in DATA_FILES
    ]
    return element(
        "section",
        element("h2", spoken.t("site.data.heading"), class_="mc-part"),
        element("ul", *rows, class_="ms-list"),
        id="data",
    )


def _embedding(edition: Edition) -> Markup:
    """Tell how to show the map in another page, with a text to copy."""
    spoken, settings = edition.spoken, edition.atlas.settings
    base = edition.address or _EXAMPLE
    view = f"?day={settings.opening_day.isoformat()}&mode={settings.modes[0].id}"
    title = settings.title.replace('"', "”")
    snippet = _FRAME.format(
        address=f"{base}{edition.folder}embed.html{view}".replace("&", "&amp;"),
        title=title.replace("&", "&amp;").replace("<", "&lt;"),
    )
    names = ("day", "mode", "perspective", "event", "region", "from")
    told = [
        element("li", element("code", name), " ", spoken.t(f"site.embed.{name}")) for name in names
    ]
    return element(
        "section",
        element("h2", spoken.t("site.embed.heading"), class_="mc-part"),
        element("p", spoken.t("site.embed.how"), class_="mc-body"),
        element("pre", element("code", snippet), class_="ms-snippet", tabindex="0"),
        None
        if edition.address
        else element("p", spoken.t("site.embed.address"), class_="mc-quiet"),
        element("ul", *told, class_="ms-list"),
        _quiet(spoken.t("site.embed.other_lang")) if len(edition.languages) > 1 else None,
        id="embed",
    )


def _quiet(text: str) -> Markup:
    return element("p", text, class_="mc-quiet")
