"""The tab "Map": the map, and beside it what it shows in words."""

from __future__ import annotations

import streamlit as st

from maps.atlas.model import Event
from maps.cards import day as day_cards
from maps.cards.awaited import tab_awaited
from maps.cards.event import event_card, event_facts, event_told
from maps.cards.region import region_card
from maps.day.reading import reading_of
from maps.day.timeline import periods_on
from maps.map.document import View
from maps.ui import dates_panel, map_frame, session, story_tab
from maps.ui.opening import Opened
from maps.ui.state import TABS, ViewState, day_of_event, kept_in_links
from maps.ui.widgets import bold, button, plain
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts
from maps.words.names import region_name
from maps.words.sentences import when

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
    with beside[1], st.container(key="panel"):
        if not view.step:
            st.html(day_cards.sheet_handle(view.lang))
        with st.container(key="panel-head"):
            dates_panel.notice(book, view.lang)
            story_tab.ways(book, view)
        with st.container(key=f"reading-{view.story}" if view.step else "reading"):
            if story_tab.selects_otherwise(book, view):
                _selection(book, view)
            story_tab.show_steps(book, view)
            if view.step:
                return
            _on_this_day(book, view)
            _last_change(book, view)
            st.html(day_cards.marks_legend(book.atlas, view.lang))


def _selection(book: Opened, view: ViewState) -> None:
    atlas, lang = book.atlas, view.lang
    event = next((event for event in atlas.events if event.id == view.event), None)
    region = atlas.regions.get(view.region or "")
    if event is None and region is None:
        return
    key = "ui.panel.selected_event" if event else "ui.panel.selected_region"
    with st.container(key="selection"):
        with st.container(horizontal=True, vertical_alignment="center", key="selection-head"):
            st.html(day_cards.heading(texts(lang).t(key)))
            label = texts(lang).t("ui.close")
            button(label, "close-selection", session.close_selection, type="tertiary")
        if event:
            _event(book, event, view)
        if region:
            asked_of = reading_of(atlas, view.mode, view.perspective).perspective
            st.html(region_card(atlas, region, view.day, lang, asked_of))


def _event(book: Opened, event: Event, view: ViewState) -> None:
    """Show the card, in two parts where the day can be chosen, and its regions as ways on."""
    atlas, lang = book.atlas, view.lang
    told = story_tab.points_told(book, view)
    kept = kept_in_links(view, atlas)
    if dates_panel.offers(book, event):
        st.html(event_told(atlas, event, lang, told))
        dates_panel.choice(book, event, view)
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


def _on_this_day(book: Opened, view: ViewState) -> None:
    spoken = texts(view.lang)
    st.html(day_cards.heading(spoken.t("ui.panel.on_this_day")))
    if chips := day_cards.period_chips(periods_on(book.atlas, view.day), view.lang):
        st.html(chips)
    today = [event for event in book.atlas.events if view.day in event.span]
    others = [event for event in today if event.id != view.event]
    # What begins on the day comes before what has been going on for years.
    others.sort(key=lambda event: event.span.start, reverse=True)
    for event in others:
        kept = kept_in_links(view, book.atlas)
        st.html(event_card(book.atlas, event, view.lang, kept=kept, folded_away=len(today) > 1))
    if not today:
        st.html(day_cards.quiet_line(spoken.t("ui.panel.no_event")))
    if not others:
        _nearest(book, view)


def _nearest(book: Opened, view: ViewState) -> None:
    """Offer the last event before the day and the first one after it."""
    spoken = texts(view.lang)
    events = book.atlas.events
    before = [event for event in events if event.span.end and event.span.end <= view.day]
    after = [event for event in events if event.span.start > view.day]
    nearest = {"previous": before[-1:], "next": after[:1]}
    for key, event in ((key, event) for key, found in nearest.items() for event in found):
        date = when(event.date, spoken)
        label = f"{bold(spoken.t(f'ui.panel.{key}', day=date))} {plain(event.title)}"
        goes = (session.choose_event, event.id, day_of_event(book.atlas, event))
        button(label, f"{key}-event", *goes, width="stretch")


def _last_change(book: Opened, view: ViewState) -> None:
    spoken = texts(view.lang)
    reading = reading_of(book.atlas, view.mode, view.perspective).id
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
