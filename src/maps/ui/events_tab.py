"""The tab "Events": all of them, searched and filtered; a choice moves the map there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import streamlit as st

from maps.atlas.model import Atlas, Date, Event
from maps.cards.day import heading, quiet_line
from maps.cards.event import event_meta
from maps.ui import session
from maps.ui.labels import bold, plain
from maps.ui.opening import Opened
from maps.ui.state import day_of_event
from maps.words.i18n import format_day, format_year, texts, words_for
from maps.words.names import region_name
from maps.words.search import EventSearch, Named
from maps.words.sentences import date_text

_AT_ONCE = 120  # rows that are shown before the reader asks for more


def show(book: Opened) -> None:
    """Show the filters and the list."""
    atlas, lang = book.atlas, book.lang
    spoken = texts(lang)
    st.html(quiet_line(words_for(atlas, lang).t("ui.events.intro")))
    found = _filtered(atlas, lang)
    st.html(
        quiet_line(spoken.t("ui.events.count", shown=len(found), all=len(atlas.events)))
        if found
        else quiet_line(spoken.t("ui.events.none"))
    )
    limit = int(st.session_state.get("events-limit", _AT_ONCE))
    with st.container(key="event-list", gap=None):
        decade = None
        for event, named in found[:limit]:
            if decade != (decade := _decade(event.span.start, lang)):
                st.html(heading(decade))
            _row(atlas, event, named, lang)
    left = len(found) - limit
    if left > 0:
        label = spoken.t("ui.events.more", count=min(left, _AT_ONCE))
        st.button(label, key="more-events", on_click=_show_more, args=(limit,))


def _decade(day: Date, lang: str) -> str:
    first = day.year // 10 * 10
    if first > 0:
        return texts(lang).t("ui.events.decade", decade=first)
    start, end = (format_year(year, lang) for year in (first, first + 9))
    return texts(lang).t("map.from_to", start=start, end=end)


def _filtered(atlas: Atlas, lang: str) -> list[tuple[Event, tuple[Named, ...]]]:
    """Give the events found, each with the names it was found by that it does not show."""
    spoken = texts(lang)
    perspectives = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    with st.container(key="event-filters", horizontal=True):
        wanted = st.text_input(
            spoken.t("ui.events.search"),
            key=narrowed("event-search", "search"),
            placeholder=spoken.t("ui.events.search_hint"),
            on_change=session.narrow,
            args=("search", "event-search"),
        )
        regions = _choice("region", "regions", _regions(atlas, lang), lang)
        kinds = _choice("kind", "kinds", _kinds(atlas), lang)
        tellers = _choice("perspective", "tellers", perspectives, lang)
    search = EventSearch.of(atlas, wanted)
    if search.date and search.date.earliest and search.date.other:
        shown, other = (format_day(day, lang) for day in (search.date.earliest, search.date.other))
        key = "ui.wrong.day_two_ways"
        st.html(quiet_line(spoken.t(key, value=wanted, shown=shown, other=other)))
    return [
        (event, named)
        for event in atlas.events
        if (named := search.match(atlas, event, lang)) is not None
        and _any_of(regions, event.region_ids)
        and _any_of(kinds, event.kinds)
        and _any_of(tellers, event.perspective_ids)
    ]


def narrowed(key: str, name: str, options: Collection[str] | None = None) -> str:
    """Have a widget show what the view is narrowed to; ``options`` are the ids it offers."""
    held = session.view().filter(name)
    asked = held.split(",")
    st.session_state[key] = held if options is None else [id for id in asked if id in options]
    return key


def _choice(name: str, filter_name: str, options: Mapping[str, str], lang: str) -> list[str]:
    spoken = texts(lang)
    key = narrowed(f"event-{name}", filter_name, options)
    named: Callable[[str], str] = lambda key: options.get(key, key)  # noqa: E731
    return st.multiselect(
        spoken.t(f"ui.events.{name}"),
        list(options),
        format_func=named,
        key=key,
        placeholder=spoken.t("ui.events.any"),
        on_change=session.narrow,
        args=(filter_name, key),
    )


def _any_of(wanted: list[str], held: Iterable[str]) -> bool:
    return not wanted or bool(set(wanted) & set(held))


def _regions(atlas: Atlas, lang: str) -> dict[str, str]:
    used = {region_id for event in atlas.events for region_id in event.region_ids}
    named = {region_id: region_name(atlas, region_id, lang) for region_id in used}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _kinds(atlas: Atlas) -> dict[str, str]:
    used = {kind for event in atlas.events for kind in event.kinds}
    named = {kind: atlas.kind_names.get(kind, kind) for kind in used}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _row(atlas: Atlas, event: Event, found_by: Iterable[Named], lang: str) -> None:
    with st.container(key=f"row-{event.id}", gap=None):
        st.button(
            f"{bold(date_text(atlas, event, lang))} {plain(event.title)}",
            key=f"event-{event.id}",
            type="tertiary",
            on_click=session.choose_event,
            args=(event.id, day_of_event(atlas, event)),
            width="stretch",
        )
        st.html(event_meta(atlas, event, lang, found_by))


def _show_more(shown: int) -> None:
    st.session_state["events-limit"] = shown + _AT_ONCE
