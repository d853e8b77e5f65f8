"""A page for each event, fit to be cited, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from maps.atlas.model import Atlas, Event
from maps.cards.event import event_card, event_meta
from maps.cards.markup import element, together, web_link
from maps.day.contested import accounts_of, points_of
from maps.publish.edition import (
    Edition,
    event_path,
    linked_from,
    picture_path,
    upwards,
)
from maps.publish.linked_data import event_data
from maps.publish.map_pages import map_figure, map_link
from maps.publish.shell import Page, Picture, short
from maps.publish.views import MapView, in_words
from maps.words.i18n import format_day
from maps.words.sentences import when


def event_pages(edition: Edition) -> Iterator[Page]:
    """Make the list of events and a page for each."""
    events = edition.atlas.events
    yield _list(edition)
    for place, event in enumerate(events):
        before = events[place - 1] if place else None
        after = events[place + 1] if place + 1 < len(events) else None
        yield _page(edition, event, before, after)


def _list(edition: Edition) -> Page:
    atlas, lang, spoken = edition.atlas, edition.lang, edition.spoken
    path = "events/index.html"
    title = spoken.t("site.ways.events")
    with linked_from(path):
        rows = [
            element(
                "li",
                element("time", when(event.date, spoken), title=event.date.edtf),
                element(
                    "div",
                    element("a", event.title, href=f"{event.id}.html"),
                    Markup(event_meta(atlas, event, lang)),  # made by the cards
                ),
                id=event.id,
            )
            for event in atlas.events
        ]
    intro = spoken.t("site.events_intro", count=len(rows))
    body = together(
        element("h1", title),
        element("p", intro, class_="ms-lead"),
        element("ol", *rows, class_="ms-events"),
    )
    said = in_words(atlas, edition.views.opening, lang)
    picture = Picture(picture_path("index.html"), said)
    return Page(path, title, intro, element("main", body), picture=picture)


def sources_of(atlas: Atlas, event: Event) -> tuple[str, ...]:
    """List the sources that an event and the accounts of it cite, by id, each once."""
    told = [accounts_of(atlas, event_id=event.id)]
    told += [accounts_of(atlas, point_id=p.id) for p in points_of(atlas, event_id=event.id)]
    own = [cited.source.id for cited in event.citations]
    others = [c.source.id for group in told for account in group for c in account.citations]
    return tuple(dict.fromkeys([*own, *others]))


def _page(edition: Edition, event: Event, before: Event | None, after: Event | None) -> Page:
    path = event_path(event.id)
    view = edition.views.of_events[event.id]
    there = map_link(view, upwards(path), event=event.id)
    figure = map_figure(edition, view, upwards(path), there)
    with linked_from(path, unfolded=True):
        body = element(
            "main",
            _ways_on(edition, view, there, before, after),
            Markup(event_card(edition.atlas, event, edition.lang, heading="h1", figure=figure)),
            _in_the_bibliography(edition, event, upwards(path)),
            _how_to_cite(edition, event, path),
        )
    about = short(event.description or event.title)
    return Page(
        path,
        f"{event.title} ({when(event.date, edition.spoken)})",
        about,
        body,
        kind="article",
        picture=Picture(picture_path(path), in_words(edition.atlas, view, edition.lang)),
        linked_data=event_data(edition, event, path),
    )


def _ways_on(
    edition: Edition, view: MapView, there: str, before: Event | None, after: Event | None
) -> Markup:
    spoken = edition.spoken
    on_map = spoken.t("site.on_the_map", day=format_day(view.day, edition.lang))
    return element(
        "nav",
        _neighbour(edition, before, "previous"),
        element("a", on_map, href=there, class_="ms-go"),
        _neighbour(edition, after, "next"),
        class_="ms-neighbours",
        aria_label=spoken.t("site.neighbours"),
    )


def _neighbour(edition: Edition, event: Event | None, rel: str) -> Markup:
    if event is None:
        return element("span")
    told = format_day(event.span.start, edition.lang)
    return element(
        "a",
        element("b", edition.spoken.t(f"ui.panel.{rel}", day=told)),
        " ",
        element("span", event.title),
        href=f"{event.id}.html",
        rel="prev" if rel == "previous" else "next",
    )


def _in_the_bibliography(edition: Edition, event: Event, up: str) -> Markup | None:
    """Lead from each source the page cites to its place in the bibliography."""
    sources = sources_of(edition.atlas, event)
    if not sources:
        return None
    links = [element("a", id, href=f"{up}sources.html#source-{id}") for id in sources]
    spaced = together(*(together(link, " ") for link in links))
    lead = edition.spoken.t("site.in_the_bibliography")
    return element("p", lead, " ", spaced, class_="mc-quiet ms-after")


def _how_to_cite(edition: Edition, event: Event, path: str) -> Markup:
    spoken, atlas = edition.spoken, edition.atlas
    address = edition.absolute(path)
    line = spoken.t(
        "site.citation",
        event=event.title,
        date=when(event.date, spoken),
        id=event.id,
        atlas=atlas.settings.title,
        version=atlas.settings.version,
        digest=atlas.digest[:16],
    )
    where = web_link(address, address) if address else spoken.t("site.no_address", path=path)
    return element(
        "section",
        element("h2", spoken.t("site.how_to_cite"), class_="mc-part"),
        element("p", line, " ", where, class_="ms-cite"),
        element("p", spoken.t("site.cite_sources"), class_="mc-quiet"),
        class_="ms-after",
    )
