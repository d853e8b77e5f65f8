"""The tab "Map": the map, and beside it in words what it shows, or a story that is read."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from maps.atlas.model import Date, Event, Step, Story
from maps.cards import day as day_cards
from maps.cards import story as story_cards
from maps.cards.accounts import chosen_dates
from maps.cards.awaited import tab_awaited
from maps.cards.event import event_card, event_facts, event_told
from maps.cards.region import region_card
from maps.day.alternatives import with_dates
from maps.day.contested import dates_of
from maps.day.reading import Reading, reading_of
from maps.day.timeline import periods_on
from maps.errors import DateUnusable, DayOutsideAtlas
from maps.map.document import View
from maps.ui import map_frame, session
from maps.ui.opening import Opened
from maps.ui.state import TABS, ViewState, kept_in_links, nearest_day, opening_view, query_of
from maps.ui.widgets import bold, button, plain
from maps.words.date_formats import format_day, format_day_of
from maps.words.i18n import texts
from maps.words.names import region_name
from maps.words.sentences import given_by, when

_HEIGHT_PX = 720  # before page.css fits it to the window


def show(book: Opened) -> None:
    """Show map and panel; what the reader does in the map moves the view."""
    with st.container(key="map-row"):
        beside = st.columns([2, 1], gap="medium")
    view = session.view()
    selected = (view.event or "", view.region or "")
    opens = View(
        view.day, view.mode, *selected, view.perspective, place=view.place, kiosk=view.kiosk
    )
    with beside[0], st.container(key="map-frame"):
        report = map_frame.show_map(book.atlas, opens, view.lang, _HEIGHT_PX)
    view = session.absorb(report, book.base)
    if view.tab != TABS[0]:
        beside[1].html(tab_awaited(TABS[0], view.lang))
        return
    read = view.step_in(book.atlas)
    with beside[1], st.container(key="panel"):
        if not read:
            st.html(day_cards.sheet_handle(view.lang))
        with st.container(key="panel-head"):
            show_chosen_dates(book)
            if read:
                _ways(book, *read)
        with st.container(key=f"reading-{view.story}" if read else "reading"):
            if not read or _selects_otherwise(view, read[1]):
                _selection(book, view, read[1].beside_points if read else ())
            if read:
                _steps(book, *read, view)
                return
            _on_this_day(book, view)
            _last_change(book, view)
            st.html(day_cards.marks_legend(book.atlas, view.lang))


def show_chosen_dates(book: Opened) -> None:
    """Say which dates the reader has chosen, while any is in force, and offer to let them go."""
    if said := chosen_dates(book.atlas, book.lang):
        with st.container(key="chosen-dates"):
            st.html(said)
            label = texts(book.lang).t("ui.dates.own")
            button(label, "own-dates", session.use_own_dates, book.atlas)


def _ways(book: Opened, story: Story, step: Step) -> None:
    """Say which step is under way and offer the ways on from it, in one place at every step."""
    spoken = texts(book.lang)
    here, last = story.steps.index(step), len(story.steps) - 1
    with st.container(key="story-head"):
        st.html(story_cards.step_head(story, step, book.lang))
        with st.container(horizontal=True, key="story-ways"):
            for way, at, look in (
                ("previous", max(here - 1, 0), "secondary"),
                ("next", min(here + 1, last), "primary"),
            ):
                goes = (session.open_step, book.atlas, story, story.steps[at])
                label = spoken.t(f"ui.story.{way}")
                button(label, f"story-{way}", *goes, type=look, disabled=at == here)
            leave = partial(session.go, story="", step="")  # what is shown stays
            button(spoken.t("ui.story.leave"), "story-leave", leave, type="tertiary")


def _steps(book: Opened, story: Story, step: Step, view: ViewState) -> None:
    """Show the steps of the story, one below the other.

    Equal in every run, so that a browser that scrolls through them keeps its place.
    """
    atlas, lang, spoken = book.atlas, view.lang, texts(view.lang)
    there = view.at_step(story, step)
    with st.container(key="story"):
        if (view.day, _read_as(book, view)) != (there.day, _read_as(book, there)):
            days = {"shown": view.day, "day": step.day}
            said = {name: format_day_of(atlas, day, lang) for name, day in days.items()}
            key = "ui.story.other_day" if view.day != step.day else "ui.story.other_view"
            with st.container(key="story-away"):
                st.html(day_cards.quiet_line(spoken.t(key, **said)))
                back = (session.open_step, atlas, story, step)
                button(spoken.t("ui.story.back"), "story-back", *back)
        home = replace(opening_view(book.base), lang=lang, dates=view.dates)
        for each in story.steps:
            query = query_of(home.at_step(story, each), book.base)
            bbox = each.bbox or atlas.settings.extent
            st.html(story_cards.step_card(atlas, story, each, lang, query, bbox=bbox))


def _read_as(book: Opened, view: ViewState) -> Reading:
    return reading_of(book.atlas, view.mode, view.perspective)


def _selects_otherwise(view: ViewState, step: Step) -> bool:
    """Tell whether the reader has selected something else than the step under way shows."""
    event, region = step.event or "", step.region or ""
    # The map, which knows one selection only, may tell of either.
    return (view.event or "", view.region or "") not in ((event, region), (event, ""), ("", ""))


def _selection(book: Opened, view: ViewState, told: tuple[str, ...]) -> None:
    """Show the card of what is selected; ``told`` are the points that stand beside it already."""
    atlas, lang = book.atlas, view.lang
    event = next((event for event in atlas.events if event.id == view.event), None)
    region = atlas.regions.get(view.region or "")
    if event is None and region is None:
        return
    key = "ui.panel.selected_event" if event else "ui.panel.selected_region"
    with st.container(key="selection"):
        with st.container(horizontal=True, vertical_alignment="center", key="selection-head"):
            st.html(day_cards.heading(texts(lang).t(key)))
            close = partial(session.go, event=None, region=None)
            button(texts(lang).t("ui.close"), "close-selection", close, type="tertiary")
        if event:
            _event(book, event, view, told)
        if region:
            st.html(region_card(atlas, region, view.day, lang, _read_as(book, view).perspective))


def _event(book: Opened, event: Event, view: ViewState, told: tuple[str, ...]) -> None:
    """Show the card, in two parts where the day can be chosen, and its regions as ways on."""
    atlas, lang = book.atlas, view.lang
    kept = kept_in_links(view, atlas)
    days = list(dict.fromkeys(given.day for given in dates_of(book.base, event.id)))
    own = atlas.own_days.get(event.id, event.span.start)
    if len(days) > 1 and own in days:
        st.html(event_told(atlas, event, lang, told))
        _choice_of_day(book, event, own, days, view)
        st.html(event_facts(atlas, event, lang, told, kept))
    else:
        st.html(event_card(atlas, event, lang, told=told, kept=kept))
    if not event.region_ids:
        return
    st.html(day_cards.quiet_line(texts(lang).t("ui.panel.more_regions")))
    with st.container(horizontal=True, key="regions-of-event"):
        for region_id in event.region_ids:
            name = plain(region_name(atlas, region_id, lang))
            button(name, f"region-{region_id}", session.choose_region, region_id)


def _choice_of_day(
    book: Opened, event: Event, own: Date, days: list[Date], view: ViewState
) -> None:
    """Offer the days that sources give for an event, with who gives each."""
    lang, spoken = view.lang, texts(view.lang)
    given = dates_of(book.base, event.id)
    notes = {day: [each.note for each in given if each.day == day and each.note] for day in days}
    shown, unusable = [], []
    for day in days:
        try:
            with_dates(book.base, {**dict(view.dates), event.id: day})
            shown.append(day)
        except (DateUnusable, DayOutsideAtlas):
            unusable.append(day)

    def label(day: Date) -> str:
        said = "ui.dates.day_own" if day == own else "ui.dates.day"
        tellers = given_by(book.base, event.id, day)
        return plain(spoken.t(said, day=format_day(day, lang), tellers=tellers))

    key = f"date-of-{event.id}"
    st.session_state[key] = event.span.start
    st.radio(
        spoken.t("ui.dates.choose"),
        shown,
        key=key,
        format_func=label,
        on_change=lambda: session.choose_date(event, own, st.session_state[key]),
        captions=[plain("; ".join(notes[day])) for day in shown],
        width="stretch",
    )
    for day in unusable:
        st.html(day_cards.quiet_line(spoken.t("ui.dates.unusable", day=format_day(day, lang))))


def _on_this_day(book: Opened, view: ViewState) -> None:
    """Show the events of the day; where there is no other, offer the ones before and after."""
    atlas, spoken = book.atlas, texts(view.lang)
    st.html(day_cards.heading(spoken.t("ui.panel.on_this_day")))
    if chips := day_cards.period_chips(periods_on(atlas, view.day), view.lang):
        st.html(chips)
    today = [event for event in atlas.events if view.day in event.span]
    others = [event for event in today if event.id != view.event]
    # What begins on the day comes before what has been going on for years.
    others.sort(key=lambda event: event.span.start, reverse=True)
    kept = kept_in_links(view, atlas)
    for event in others:
        st.html(event_card(atlas, event, view.lang, kept=kept, folded_away=len(today) > 1))
    if not today:
        st.html(day_cards.quiet_line(spoken.t("ui.panel.no_event")))
    if others:
        return
    before = [event for event in atlas.events if event.span.end and event.span.end <= view.day]
    after = [event for event in atlas.events if event.span.start > view.day]
    nearest = [("previous", event) for event in before[-1:]]
    nearest += [("next", event) for event in after[:1]]
    for key, event in nearest:
        date = spoken.t(f"ui.panel.{key}", day=when(event.date, spoken))
        goes = (session.choose_event, event.id, nearest_day(atlas, event.span.start))
        button(f"{bold(date)} {plain(event.title)}", f"{key}-event", *goes, width="stretch")


def _last_change(book: Opened, view: ViewState) -> None:
    spoken = texts(view.lang)
    reading = _read_as(book, view).id
    line = book.timelines.get(reading)
    if line is None:  # a teller who says nothing: nothing ever changes
        return
    last = line.previous_change(view.day + 1)
    st.html(day_cards.heading(spoken.t("ui.panel.last_change")))
    if last is None:
        st.html(day_cards.quiet_line(spoken.t("ui.panel.no_change")))
        return
    mode = spoken.t(f"map.modes.{view.mode}")
    changed = format_day_of(book.atlas, last, view.lang)
    st.html(day_cards.quiet_line(spoken.t("ui.panel.in_mode", day=changed, mode=mode)))
    st.html(day_cards.change_list(book.changes[reading][last]))
