"""The view of one reader's session, and how it moves.

Three can move it: the map (a report on rest), the page (buttons, tabs) and the
address (the first load, the back button). All of them end here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from maps.atlas.model import Atlas, Date, Event, Step, Story
from maps.day.view import Bbox
from maps.ui import map_frame
from maps.ui.map_frame import Report
from maps.ui.state import (
    COMPARE,
    TABS,
    Complaint,
    ViewState,
    at_step,
    day_inside,
    query_of,
    read_view,
    step_of,
)
from maps.words.i18n import texts

_VIEW = "view"
_COMPLAINTS = "complaints"
_WRITTEN = "written_addresses"  # that the browser may still tell, the last one written at the end
_BOX = "box_on_the_screen"
_REPORT = "last_report"
_MOVED = "moved_by_the_page"
_SHOWN = "shown_by_the_map"  # day, mode and perspective the Map tab's map is known to be at
_TAB = "tab_to_open"  # Streamlit lets a widget be set only before it is made
_SHARED = "what_is_shared"  # "view" or an id, while the dialog is open
_LEFT = "tabs_left_by_the_page"  # that the browser may still show


def begin(atlas: Atlas) -> ViewState:
    """Give the view of this session.

    Its first run reads it out of the address, and so does each run for which the
    reader has gone back or forward.
    """
    if _VIEW not in st.session_state:
        _read_address(atlas)
        if step_of(view(), atlas):
            _lead(view(), atlas)
    elif _went_elsewhere():
        _read_address(atlas)
        _lead(view(), atlas)
    _lead_tabs()
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
        if report.tab in TABS and report.tab != view().tab:
            # A server started anew knows of the tab in the address only.
            move(replace(view(), tab=report.tab))
            st.rerun()
    return view()


def move(wanted: ViewState) -> None:
    """Move the view from the page, and the map with it; fit to be a callback."""
    held = view()
    if wanted.tab != held.tab:  # what stands in the tab that is left, and what its list shows
        at = "" if wanted.at == held.at else wanted.at
        wanted = replace(wanted, at=at, filters=())
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


def open_tab(tab: str) -> None:
    """Open a tab with the view as it is."""
    move(replace(view(), tab=tab))


def play(atlas: Atlas) -> None:
    """Have the map play from the first day on."""
    wanted = replace(view(), tab=TABS[0], day=atlas.settings.first_day, story="", step="")
    move(replace(wanted, event=None, region=None))
    _send(view(), play="1")


def leave_story() -> None:
    """End the guided reading; what is shown stays."""
    move(replace(view(), story="", step=""))


def choose_date(event: Event, own: Date, day: Date) -> None:
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


def narrow(name: str, key: str) -> None:
    """Take a filter of a list or chart over from its widget; fit to be a callback."""
    chosen = st.session_state[key]
    sign = "-" if name == "years" else ","
    written = chosen.strip() if isinstance(chosen, str) else sign.join(map(str, chosen))
    _set(view().filtered(name, written))


def choose_event(event_id: str, day: Date) -> None:
    """Select an event and go to its day on the map."""
    move(replace(view(), event=event_id, region=None, day=day, tab=TABS[0]))


def choose_region(region_id: str) -> None:
    """Select a region on the map."""
    move(replace(view(), region=region_id, event=None, tab=TABS[0]))


def close_selection() -> None:
    """Let go of what is selected."""
    move(replace(view(), event=None, region=None))


def share(what: str) -> None:
    """Open the dialog for sharing: of the "view", or of a record by its id."""
    st.session_state[_SHARED] = what


def shared() -> str:
    """Tell what the dialog for sharing is open for, "" while it is not."""
    return str(st.session_state.get(_SHARED, ""))


def shared_enough() -> None:
    """Close the dialog for sharing."""
    st.session_state.pop(_SHARED, None)


def write_address(atlas: Atlas) -> None:
    """Bring the address in line with the view; this starts no new run."""
    query = query_of(view(), atlas)
    st.session_state.pop(_MOVED, None)
    written = st.session_state[_WRITTEN]
    if _placeless(query) != written[-1]:
        st.session_state[_WRITTEN] = [*written, _placeless(query)]
    now = st.query_params.to_dict()
    # The map writes its place by itself: said again from here, a late word would undo a newer one.
    if _placeless(now) != _placeless(query) or ("map" in now and "map" not in query):
        st.query_params.from_dict(query)


def _went_elsewhere() -> bool:
    """Tell whether the reader has gone to another address, as the back button does.

    The browser says so of the run it asks for, but not if something else asks for a
    run before that one begins, or if the server could not be reached. The address
    tells it then: it is none of those written since the one last heard of. One of
    those was asked for before the browser knew of the next, and is no going back.
    """
    context = get_script_run_ctx()
    if context is not None and context.is_history_navigation:
        return True
    now, written = _placeless(st.query_params.to_dict()), st.session_state[_WRITTEN]
    if now in written:
        st.session_state[_WRITTEN] = written[written.index(now) :]
        return False
    return not st.session_state.get(_MOVED, False) and not _clicked_tab()


def _placeless(query: Mapping[str, str]) -> dict[str, str]:
    """Give an address without the place, which the map writes into it by itself."""
    return {name: value for name, value in query.items() if name != "map"}


def tabs_key(lang: str) -> str:
    """Give the key of the tabs; each language has its own labels, so its own key."""
    return f"tabs-{lang}"


def tab_label(tab: str, lang: str) -> str:
    """Name a tab."""
    return texts(lang).t(f"ui.tabs.{tab}")


def follow_tabs() -> ViewState:
    """Take over the tab the reader has opened."""
    tab = _clicked_tab()
    if tab:
        _set(replace(view(), tab=tab, at="", filters=()))
        if tab == TABS[0] and st.session_state.get(_SHOWN) != _when_and_how(view()):
            _send(view())
    return view()


def _lead_tabs() -> None:
    """Open the tab the page has gone to.

    What a map says before the browser has heard of that comes with the tab that was
    open until then. That is no click: a click asks for a run by itself.
    """
    wanted, open_tab = st.session_state.pop(_TAB, ""), _clicked_tab()
    left = st.session_state.get(_LEFT, ()) if open_tab else ()
    if map_frame.asked_for_this_run() and open_tab in left:
        wanted = view().tab
    if wanted:
        st.session_state[tabs_key(view().lang)] = tab_label(wanted, view().lang)
        left = (*left, open_tab)
    st.session_state[_LEFT] = left


def _clicked_tab() -> str:
    """Give the tab that is open in the browser and not yet in the view, "" for none."""
    lang = view().lang
    label = st.session_state.get(tabs_key(lang), tab_label(view().tab, lang))
    found = (tab for tab in TABS if tab_label(tab, lang) == label and tab != view().tab)
    return next(found, "")


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
    seen = replace(
        held,
        day=day_inside(atlas, report.day),
        mode=report.mode or held.mode,
        perspective=report.perspective or held.perspective,
        place=report.place,
    )
    story = atlas.stories.get(held.story)
    if story and report.step in {step.id for step in story.steps}:
        seen = replace(seen, step=report.step)
    _set(replace(seen, event=event, region=region))


def _set(wanted: ViewState) -> None:
    if wanted != st.session_state.get(_VIEW):
        st.session_state[_VIEW] = wanted
        st.session_state[_COMPLAINTS] = ()


def _read_address(atlas: Atlas) -> None:
    query = st.query_params.to_dict()
    if query.get("share"):
        share(query["share"])
    read, found = read_view(query, atlas)
    st.session_state[_VIEW] = read
    st.session_state[_COMPLAINTS] = found
    # What was written before may reach the browser only after the reader has gone back.
    st.session_state[_WRITTEN] = [*st.session_state.get(_WRITTEN, ()), _placeless(query)]
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
            "step": wanted.step,
            **where,
        }
    )
