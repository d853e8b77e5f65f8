"""A page for each event, fit to be cited, and the list of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from markupsafe import Markup

from maps.contested import accounts_of, points_of
from maps.i18n import format_day
from maps.model import Atlas, Event
from maps.publish.edition import Edition, event_path, linked_from, map_query, upwards
from maps.publish.linked_data import event_data
from maps.publish.shell import Page, Picture, short
from maps.render.cards.event import event_card, event_meta
from maps.render.cards.markup import element, together, web_link
from maps.render.words import when
from maps.timeline import timeline

_ONE_DAY = timedelta(days=1)


def event_pages(edition: Edition) -> Iterator[Page]:
    """Make the list of events and a page for each."""
    events = edition.atlas.events
    yield _list(edition)
    pictures = pictures_of(edition.atlas)
    for place, event in enumerate(events):
        before = events[place - 1] if place else None
        after = events[place + 1] if place + 1 < len(events) else None
        day = pictures[event.id]
        yield _page(edition, event, before, after, picture_on(edition, day))


def day_of(atlas: Atlas, event: Event) -> date:
    """Give the first day an event is shown on, inside the atlas."""
    settings = atlas.settings
    return min(max(event.span.start, settings.first_day), settings.last_day)


def pictures_of(atlas: Atlas) -> dict[str, date]:
    """Give for each event the day of its picture: the last change of the first mode by then.

    Events between two changes share one, because the map did not change between them.
    """
    line = timeline(atlas, atlas.settings.modes[0].id)
    days = ((event, day_of(atlas, event)) for event in atlas.events)
    return {event.id: line.previous_change(day + _ONE_DAY) or line.first_day for event, day in days}


def picture_on(edition: Edition, day: date) -> Picture:
    """Name the picture of a day."""
    alt = edition.spoken.t(
        "site.picture", title=edition.atlas.settings.title, day=format_day(day, edition.lang)
    )
    return Picture(f"pictures/{day.isoformat()}.png", alt)


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
    return Page(path, title, intro, element("main", body))


def _page(
    edition: Edition, event: Event, before: Event | None, after: Event | None, picture: Picture
) -> Page:
    path = event_path(event.id)
    with linked_from(path, unfolded=True):
        body = element(
            "main",
            _ways_on(edition, event, before, after),
            Markup(event_card(edition.atlas, event, edition.lang, heading="h1")),  # by the cards
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
        picture=picture,
        linked_data=event_data(edition, event, path),
    )


def _ways_on(edition: Edition, event: Event, before: Event | None, after: Event | None) -> Markup:
    spoken = edition.spoken
    day = day_of(edition.atlas, event)
    view = map_query(day=day.isoformat(), mode=edition.atlas.settings.modes[0].id, event=event.id)
    on_map = spoken.t("site.on_the_map", day=format_day(day, edition.lang))
    return element(
        "nav",
        _neighbour(edition, before, "previous"),
        element("a", on_map, href=f"../{view}", class_="ms-go"),
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
        event.title,
        href=f"{event.id}.html",
        rel="prev" if rel == "previous" else "next",
    )


def _in_the_bibliography(edition: Edition, event: Event, up: str) -> Markup | None:
    """Lead from each source the page cites to its place in the bibliography."""
    sources = dict.fromkeys(_sources(edition.atlas, event))
    if not sources:
        return None
    links = [element("a", id, href=f"{up}sources.html#source-{id}") for id in sources]
    spaced = together(*(together(link, " ") for link in links))
    lead = edition.spoken.t("site.in_the_bibliography")
    return element("p", lead, " ", spaced, class_="mc-quiet ms-after")


def _sources(atlas: Atlas, event: Event) -> Iterable[str]:
    told = [accounts_of(atlas, event_id=event.id)]
    told += [accounts_of(atlas, point_id=p.id) for p in points_of(atlas, event_id=event.id)]
    yield from (cited.source.id for cited in event.citations)
    yield from (c.source.id for group in told for account in group for c in account.citations)


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
