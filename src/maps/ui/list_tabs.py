"""The tabs that list what the atlas holds: stories, questions, events, sources, its method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import streamlit as st

from maps.atlas.model import Atlas, Event, Source
from maps.cards import method
from maps.cards import story as story_cards
from maps.cards.accounts import question_fold
from maps.cards.day import heading, quiet_line
from maps.cards.event import event_meta
from maps.cards.source import bibliography
from maps.data.bibliography import bibtex
from maps.ui import session
from maps.ui.opening import Opened, rendered
from maps.ui.share import csl_json
from maps.ui.state import nearest_day
from maps.ui.widgets import bold, button, choice_filter, download, plain, search_filter
from maps.words.date_formats import format_day
from maps.words.i18n import texts, words_for
from maps.words.names import region_name
from maps.words.search import EventSearch, Named, source_matches
from maps.words.sentences import date_text

_AT_ONCE = 120  # events that are shown before the reader asks for more


def show_stories(book: Opened) -> None:
    """Show an overview of each story of the atlas, with its steps to begin from."""
    atlas, lang, spoken, view = book.atlas, book.lang, texts(book.lang), session.view()
    st.html(quiet_line(spoken.t("ui.story.intro" if atlas.stories else "ui.story.none")))
    for story in atlas.stories.values():
        with st.container(key=f"overview-{story.id}"):
            st.html(story_cards.story_head(atlas, story, lang))
            begin = (session.open_step, atlas, story, story.steps[0])
            button(spoken.t("ui.story.start"), f"start-{story.id}", *begin, type="primary")
            for number, step in enumerate(story.steps, start=1):
                under_way = (view.story, view.step) == (story.id, step.id)
                with st.container(horizontal=True, key=f"row-{story.id}-{step.id}", gap="small"):
                    st.html(story_cards.step_line(atlas, story, step, lang, under_way=under_way))
                    label = plain(spoken.t("ui.story.from_here", number=number))
                    goes = (session.open_step, atlas, story, step)
                    button(label, f"read-{story.id}-{step.id}", *goes)


def show_questions(book: Opened) -> None:
    """Show what the sources disagree on; the question an address or a link names is open."""
    spoken = texts(book.lang)
    if not book.atlas.points:
        st.html(quiet_line(spoken.t("ui.questions.none")))
        return
    at = session.view().at
    asked = next((told.point_id for told in book.atlas.accounts if told.id == at), at)
    with st.container(key="questions", gap=None):
        st.html(quiet_line(spoken.t("ui.questions.intro")))
        st.html(rendered(_questions, book.atlas, asked, book.lang))


def _questions(atlas: Atlas, asked: str, lang: str) -> str:
    points = atlas.points.values()
    return "".join(question_fold(atlas, each, lang, is_open=each.id == asked) for each in points)


def show_events(book: Opened) -> None:
    """Show all events, searched and filtered, by decades; a choice moves the map there."""
    atlas, lang, spoken = book.atlas, book.lang, texts(book.lang)
    st.html(quiet_line(words_for(atlas, lang).t("ui.events.intro")))
    found = _events_found(atlas, lang)
    count = spoken.t("ui.events.count", shown=len(found), all=len(atlas.events))
    st.html(quiet_line(count if found else spoken.t("ui.events.none")))
    limit = int(st.session_state.get("events-limit", _AT_ONCE))
    lines = rendered(_event_lines, atlas, lang)
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
                goes = (session.choose_event, event.id, nearest_day(atlas, begins))
                button(label, f"event-{event.id}", *goes, type="tertiary", width="stretch")
                st.html(event_meta(atlas, event, lang, named) if named else meta)
    left = len(found) - limit
    if left > 0:
        label = spoken.t("ui.events.more", count=min(left, _AT_ONCE))
        more = {"events-limit": limit + _AT_ONCE}
        button(label, "more-events", st.session_state.update, more)


def _events_found(atlas: Atlas, lang: str) -> list[tuple[Event, tuple[Named, ...]]]:
    """Give the events found, each with the names it was found by that it does not show."""
    regions = {id for event in atlas.events for id in event.region_ids}
    kinds = {kind for event in atlas.events for kind in event.kinds}
    with st.container(key="event-filters", horizontal=True):
        wanted = search_filter("event", lang)
        named = _by_name({id: region_name(atlas, id, lang) for id in regions})
        in_regions = choice_filter("event", "region", "regions", named, lang)
        named = _by_name({kind: atlas.kind_names.get(kind, kind) for kind in kinds})
        of_kinds = choice_filter("event", "kind", "kinds", named, lang)
        named = {teller.id: teller.name for teller in atlas.perspectives.values()}
        by_tellers = choice_filter("event", "perspective", "tellers", named, lang)
    search = EventSearch.of(atlas, wanted)
    if search.date and search.date.earliest and search.date.other:
        shown, other = (format_day(day, lang) for day in (search.date.earliest, search.date.other))
        said = texts(lang).t("ui.wrong.day_two_ways", value=wanted, shown=shown, other=other)
        st.html(quiet_line(said))
    return [
        (event, matched)
        for event in atlas.events
        if (matched := search.match(atlas, event, lang)) is not None
        and _any_of(in_regions, event.region_ids)
        and _any_of(of_kinds, event.kinds)
        and _any_of(by_tellers, event.perspective_ids)
    ]


def _any_of(wanted: list[str], held: Iterable[str]) -> bool:
    return not wanted or not set(wanted).isdisjoint(held)


def _by_name(named: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(named.items(), key=lambda item: item[1]))


def _event_lines(atlas: Atlas, lang: str) -> dict[str, tuple[str, str]]:
    """Give the label of each event and what stands below it, by its id."""
    return {
        event.id: (
            f"{bold(date_text(atlas, event, lang))} {plain(event.title)}",
            event_meta(atlas, event, lang),
        )
        for event in atlas.events
    }


def show_sources(book: Opened) -> None:
    """Show the bibliography by who tells, with what cites each source, and its downloads."""
    atlas, lang, spoken = book.atlas, book.lang, words_for(book.atlas, book.lang)
    st.html(quiet_line(spoken.t("ui.sources.intro")))
    names = {perspective.id: perspective.name for perspective in atlas.perspectives.values()}
    with st.container(key="source-filters", horizontal=True):
        wanted = search_filter("source", lang)
        tellers = choice_filter("source", "perspective", "tellers", names, lang)
    found: list[Source] = [
        source
        for source in atlas.sources.values()
        if source_matches(source, wanted, lang)
        and (not tellers or source.perspective_id in tellers)
    ]
    count = spoken.t("ui.sources.count", shown=len(found), all=len(atlas.sources))
    st.html(quiet_line(count if found else spoken.t("ui.sources.none")))
    for id, name in names.items():
        if told := tuple(source.id for source in found if source.perspective_id == id):
            st.html(rendered(_bibliography, atlas, name, told, lang))
    if not found:
        return

    with st.container(horizontal=True, key="source-downloads"):
        label, media_type = spoken.t("ui.sources.csl"), "application/vnd.citationstyles.csl+json"
        download(label, partial(csl_json, found), "sources.json", media_type, "csl")
        bib = partial(bibtex, found, spoken.t("bibtex.number"))
        label = spoken.t("ui.sources.bibtex")
        download(label, bib, "sources.bib", "application/x-bibtex", "bibtex")


def _bibliography(atlas: Atlas, name: str, source_ids: Iterable[str], lang: str) -> str:
    return bibliography(atlas, name, (atlas.sources[id] for id in source_ids), lang)


def show_method(book: Opened) -> None:
    """Show what the data are, how exact, whose, and how it is worded."""
    atlas, lang = book.atlas, book.lang
    with st.container(key="method-head"):
        left, right = st.columns([3, 2], gap="large")
    left.html(rendered(method.about, atlas, lang))
    right.html(rendered(method.marks, atlas, lang))
    with st.container(key="method"):
        st.html(method.glossary(lang))
        for part in (method.accuracy, method.figures, method.origins, method.all_notes):
            if html := rendered(part, atlas, lang):
                st.html(html)
