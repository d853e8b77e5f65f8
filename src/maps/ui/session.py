"""The view of one reader's session, and how it moves.

Three can move it: the map (a report on rest), the page (buttons, tabs) and the
address (the first load, the back button). All of them end here.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import streamlit as st

from maps.export import Bbox
from maps.i18n import texts
from maps.model import Atlas, Event, Step, Story
from maps.ui import map_frame
from maps.ui.map_frame import Report
from maps.ui.state import (
    COMPARE,
    TABS,
    Complaint,
    ViewState,
    at_step,
    query_of,
    read_view,
    step_of,
)

_VIEW = "view"
_COMPLAINTS = "complaints"
_WRITTEN = "written_address"
_BEFORE = "address_before"  # and when the one now written took its place
_BEGAN = "run_began"
_HEARD_WITHIN_S = 0.5
_BOX = "box_on_the_screen"
_REPORT = "last_report"
_MOVED = "moved_by_the_page"
_SHOWN = "shown_by_the_map"  # day, mode and perspective the Map tab's map is known to be at
_TAB = "tab_to_open"  # Streamlit lets a widget be set only before it is made


def begin(atlas: Atlas) -> ViewState:
    """Give the view of this session; its first run reads it out of the address."""
    st.session_state[_BEGAN] = time.monotonic()
    if _VIEW not in st.session_state:
        _read_address(atlas)
        if step_of(view(), atlas):
            _lead(view(), atlas)
    wanted = st.session_state.pop(_TAB, None)
    if wanted is not None:
        st.session_state[tabs_key(view().lang)] = tab_label(wanted, view().lang)
    return view()


def view() -> ViewState:
    """Give the view as it stands."""
    held: ViewState = st.session_state[_VIEW]
    return held


def box_on_the_screen() -> Bbox | None:
    """Give west, south, east, north of what the Map tab's map shows; None before it has said."""
    held: Bbox | None = st.session_state.get(_BOX) or None
    return held


def complaints() -> tuple[Complaint, ...]:
    """Give what the address asked for in vain, until the reader moves on."""
    held: tuple[Complaint, ...] = st.session_state.get(_COMPLAINTS, ())
    return held


def absorb(report: Report | None, atlas: Atlas) -> ViewState:
    """Take over what the map reports, if it is news.

    Streamlit gives the last report again at every run: an old one must not undo
    what the page has moved since.
    """
    moved = st.session_state.pop(_MOVED, False)
    if report is not None and report != st.session_state.get(_REPORT):
        st.session_state[_REPORT] = report
        # The box is where the map is, whatever else the report is too old for.
        if report.box:  # else the map is out of sight
            st.session_state[_BOX] = report.box
        # Made before the map obeyed what it was last told, it is older than the view.
        if report.number >= map_frame.told():
            st.session_state[_SHOWN] = (report.day, report.mode, report.perspective)
            # While two others are compared this map is out of sight: what it still says is old.
            if view().tab != COMPARE:
                _follow(report, atlas)
    elif not moved and _address_moved():
        # Nobody has moved but the address: the reader went back or forward.
        _read_address(atlas)
        _lead(view(), atlas)
        st.rerun()
    return view()


def move(wanted: ViewState) -> None:
    """Move the view from the page, and the map with it; fit to be a callback."""
    held = view()
    _set(wanted)
    st.session_state[_MOVED] = True
    # A map in another language loads anew and has to be told where it was.
    if _on_the_map(held) != _on_the_map(wanted):
        _send(wanted)
    st.session_state[_TAB] = wanted.tab


def open_step(atlas: Atlas, story: Story, step: Step) -> None:
    """Go to a step of a story: its day, its mode, what it shows and where."""
    wanted = replace(at_step(view(), story, step), tab=TABS[0])
    move(wanted)
    _lead(wanted, atlas)


def leave_story() -> None:
    """End the guided reading; what is shown stays."""
    move(replace(view(), story="", step=""))


def choose_date(event: Event, own: date, day: date) -> None:
    """Have the map use another day for an event; ``own`` is the one the atlas uses itself.

    A reader who stands on the day of the event goes along with it.
    """
    held = view()
    others = {each: chosen for each, chosen in held.dates if each != event.id}
    dates = others if day == own else others | {event.id: day}
    here = held.day in event.span
    move(replace(held, dates=tuple(sorted(dates.items())), day=day if here else held.day))


def use_own_dates(atlas: Atlas) -> None:
    """Let go of all chosen dates; ``atlas`` is the one that is shown with them."""
    held = view()
    event = next((each for each in atlas.events if each.id == held.event), None)
    here = event is not None and held.day in event.span
    day = atlas.own_days.get(held.event or "", held.day) if here else held.day
    move(replace(held, dates=(), day=day))


def follow(wanted: ViewState) -> None:
    """Take over where other maps than that of the Map tab have been moved."""
    _set(wanted)
    st.session_state[_MOVED] = True


def choose_event(event_id: str, day: date) -> None:
    """Select an event and go to its day on the map."""
    move(replace(view(), event=event_id, region=None, day=day, tab=TABS[0]))


def choose_region(region_id: str) -> None:
    """Select a region on the map."""
    move(replace(view(), region=region_id, event=None, tab=TABS[0]))


def close_selection() -> None:
    """Let go of what is selected."""
    move(replace(view(), event=None, region=None))


def write_address(atlas: Atlas) -> None:
    """Bring the address in line with the view; this starts no new run."""
    query = query_of(view(), atlas)
    before = st.session_state[_WRITTEN]
    if query != before:
        st.session_state[_BEFORE] = (before, time.monotonic())
    st.session_state[_WRITTEN] = query
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)


def _address_moved() -> bool:
    """Tell whether the reader has gone to another address, as the back button does.

    The browser tells its address with every run it asks for. One asked for before
    it had heard of the address last written still tells the one before that.
    """
    now = st.query_params.to_dict()
    if now == st.session_state[_WRITTEN]:
        return False
    before, written_at = st.session_state.get(_BEFORE, (None, 0.0))
    heard: bool = st.session_state[_BEGAN] - written_at > _HEARD_WITHIN_S
    return heard or now != before


def tabs_key(lang: str) -> str:
    """Give the key of the tabs; each language has its own labels, so its own key."""
    return f"tabs-{lang}"


def tab_label(tab: str, lang: str) -> str:
    """Name a tab."""
    return texts(lang).t(f"ui.tabs.{tab}")


def follow_tabs(lang: str) -> ViewState:
    """Take over the tab the reader has opened."""
    open_label = st.session_state.get(tabs_key(lang))
    for tab in TABS:
        if tab_label(tab, lang) == open_label and tab != view().tab:
            _set(replace(view(), tab=tab))
            if tab == TABS[0] and st.session_state.get(_SHOWN) != _when_and_how(view()):
                _send(view())
    return view()


def _when_and_how(view: ViewState) -> tuple[object, ...]:
    return (view.day, view.mode, view.perspective)


def _on_the_map(view: ViewState) -> tuple[object, ...]:
    """Give what of a view the map shows; a map with other dates or words loads anew."""
    place = (view.day, view.mode, view.perspective, view.event, view.region)
    return (*place, view.lang, view.dates)


def _follow(report: Report, atlas: Atlas) -> None:
    held = view()
    event, region = report.event, report.region
    if event is not None and event == held.event and region is None:
        region = held.region  # an address may name both; the map knows one selection only
    first, last = atlas.settings.first_day, atlas.settings.last_day
    day = min(max(report.day, first), last)
    mode = report.mode or held.mode
    perspective = report.perspective or held.perspective
    seen = replace(held, day=day, mode=mode, perspective=perspective, place=report.place)
    _set(replace(seen, event=event, region=region))


def _set(wanted: ViewState) -> None:
    if wanted != st.session_state.get(_VIEW):
        st.session_state[_VIEW] = wanted
        st.session_state[_COMPLAINTS] = ()


def _read_address(atlas: Atlas) -> None:
    query = st.query_params.to_dict()
    read, found = read_view(query, atlas)
    st.session_state[_VIEW] = read
    st.session_state[_COMPLAINTS] = found
    st.session_state[_WRITTEN] = query
    st.session_state[_TAB] = read.tab
    st.session_state[_SHOWN] = _when_and_how(read)


def _lead(wanted: ViewState, atlas: Atlas) -> None:
    """Send the map to a view that an address names, and to its place on the ground."""
    found = step_of(wanted, atlas)
    if found and not wanted.place:
        _send(wanted, bbox=found[1].bbox or atlas.settings.extent)
    else:
        _send(wanted, place=wanted.place)


def _send(wanted: ViewState, **where: str | Bbox) -> None:
    st.session_state[_SHOWN] = _when_and_how(wanted)
    map_frame.send(
        {
            "day": wanted.day.toordinal(),
            "mode": wanted.mode,
            "perspective": wanted.perspective,
            "event": wanted.event or "",
            "region": wanted.region or "",
            **where,
        }
    )
