"""The tab "Events": all of them, searched and filtered; a choice moves the map there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from maps.atlas.model import Atlas, Event
from maps.cards.day import heading, quiet_line
from maps.cards.event import event_meta
from maps.ui import session
from maps.ui.fields import choice_filter, search_filter
from maps.ui.opening import Opened, rendered
from maps.ui.state import day_of_event
from maps.ui.widgets import bold, button, plain
from maps.words.date_formats import format_day
from maps.words.i18n import texts, words_for
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
    count = spoken.t("ui.events.count", shown=len(found), all=len(atlas.events))
    st.html(quiet_line(count if found else spoken.t("ui.events.none")))
    limit = int(st.session_state.get("events-limit", _AT_ONCE))
    lines = rendered(_lines, atlas, lang)
    with st.container(key="event-list", gap=None):
        decade = None
        for event, named in found[:limit]:
            begins = event.span.start
            said = spoken.t("ui.events.decade", decade=begins.year_of_era // 10 * 10)
            if begins.year <= 0:
                said = spoken.t("dates.bce.number", year=said)
            if said != decade:
                decade = said
                st.html(heading(decade))
            label, meta = lines[event.id]
            with st.container(key=f"row-{event.id}", gap=None):
                goes = (session.choose_event, event.id, day_of_event(atlas, event))
                button(label, f"event-{event.id}", *goes, type="tertiary", width="stretch")
                st.html(event_meta(atlas, event, lang, named) if named else meta)
    left = len(found) - limit
    if left > 0:
        label = spoken.t("ui.events.more", count=min(left, _AT_ONCE))
        more = {"events-limit": limit + _AT_ONCE}
        button(label, "more-events", st.session_state.update, more)


def _filtered(atlas: Atlas, lang: str) -> list[tuple[Event, tuple[Named, ...]]]:
    """Give the events found, each with the names it was found by that it does not show."""
    spoken = texts(lang)
    perspectives = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    with st.container(key="event-filters", horizontal=True):
        wanted = search_filter("event", lang)
        used = {region_id for event in atlas.events for region_id in event.region_ids}
        named_regions = {region_id: region_name(atlas, region_id, lang) for region_id in used}
        regions = choice_filter("event", "region", "regions", _by_name(named_regions), lang)
        kinds_used = {kind for event in atlas.events for kind in event.kinds}
        named_kinds = {kind: atlas.kind_names.get(kind, kind) for kind in kinds_used}
        kinds = choice_filter("event", "kind", "kinds", _by_name(named_kinds), lang)
        tellers = choice_filter("event", "perspective", "tellers", perspectives, lang)
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


def _any_of(wanted: list[str], held: Iterable[str]) -> bool:
    return not wanted or bool(set(wanted) & set(held))


def _by_name(named: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _lines(atlas: Atlas, lang: str) -> dict[str, tuple[str, str]]:
    """Give the label of each event and what stands below it, by its id."""
    return {
        event.id: (
            f"{bold(date_text(atlas, event, lang))} {plain(event.title)}",
            event_meta(atlas, event, lang),
        )
        for event in atlas.events
    }
