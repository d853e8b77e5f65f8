"""The view of one reader's session, and how it moves.

Three can move it: the map (a report on rest), the page (buttons, tabs) and the
address (the first load, the back button). All of them end here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from maps.atlas.model import Atlas, Date, Event, Step, Story
from maps.day.view import Bbox
from maps.ui import map_frame
from maps.ui.map_frame import Report
from maps.ui.state import COMPARE, TABS, Complaint, ViewState, nearest_day, query_of, read_view
from maps.words.i18n import texts

_HELD = "held_of_the_reader"


@dataclass
class Held:
    """What is kept of a reader from run to run.

    ``written`` are the addresses the browser may still tell, the last one written at the
    end; ``left`` the tabs left by the page that it may still show. ``at`` is the day, mode
    and perspective the Map tab's map is known to be at, ``box`` what is on the screen there.
    ``leads`` is whether the map is still to be told of the view read out of the address: a
    run may be given up for the next one between the two, and the map would undo the view.
    ``opens`` is a tab to open: Streamlit lets a widget be set only before it is made.
    ``shared`` is "view" or an id while the dialog for sharing is open.
    """

    view: ViewState
    complaints: tuple[Complaint, ...] = ()
    written: list[dict[str, str]] = field(default_factory=list)
    moved_by_page: bool = False
    at: tuple[Any, ...] = ()
    box: Bbox | None = None
    leads: bool = False
    opens: str = ""
    left: tuple[str, ...] = ()
    shared: str = ""

    def see(self, view: ViewState) -> None:
        """Take a view; what an address asked for in vain is no longer said then."""
        if view != self.view:
            self.view, self.complaints = view, ()


def held() -> Held:
    """Give what is kept of the reader."""
    kept: Held = st.session_state[_HELD]
    return kept


def view() -> ViewState:
    """Give the view as it stands."""
    return held().view


_when_and_how = attrgetter("day", "mode", "perspective")
# What of a view the map shows; a map with other dates or words loads anew.
_on_the_map = attrgetter("day", "mode", "perspective", "event", "region", "lang", "dates")


def begin(atlas: Atlas) -> ViewState:
    """Give the view of this session.

    Its first run reads it out of the address, and so does each run for which the
    reader has gone back or forward.
    """
    if _HELD not in st.session_state or _went_elsewhere():
        _read_address(atlas)
    if held().leads:
        _lead(view(), atlas)
        held().leads = False
    # Open the tab the page has gone to. What a map says before the browser has heard of that
    # comes with the tab that was open until then. That is no click: a click asks for a run
    # by itself.
    kept, open_tab = held(), _clicked_tab()
    wanted, kept.opens = kept.opens, ""
    left = kept.left if open_tab else ()
    if map_frame.asked_for_this_run() and open_tab in left:
        wanted = view().tab
    if wanted:
        st.session_state[tabs_key(view().lang)] = tab_label(wanted, view().lang)
        left = (*left, open_tab)
    kept.left = left
    return view()


def absorb(report: Report | None, atlas: Atlas) -> ViewState:
    """Take over what the map reports, if it is news: an old report must not undo a newer move."""
    kept = held()
    if not map_frame.is_news(report):
        return view()
    # The box is where the map is, whatever else the report is too old for; none is out of sight.
    kept.box = report.box or kept.box
    if not map_frame.is_older(report):
        kept.at = _when_and_how(report)
        # While two others are compared this map is out of sight: what it still says is old.
        if view().tab != COMPARE:
            _follow(report, atlas)
    if report.tab in TABS and report.tab != view().tab:
        # A server started anew knows of the tab in the address only.
        go(tab=report.tab)
        st.rerun()
    return view()


def _follow(report: Report, atlas: Atlas) -> None:
    before = view()
    event, region = report.event, report.region
    if event is not None and event == before.event and region is None:
        region = before.region  # an address may name both; the map knows one selection only
    story = atlas.stories.get(before.story)
    steps = {step.id for step in story.steps} if story else ()
    seen = replace(
        before,
        day=nearest_day(atlas, report.day),
        mode=report.mode or before.mode,
        perspective=report.perspective or before.perspective,
        event=event,
        region=region,
        place=report.place,
        step=report.step if report.step in steps else before.step,
    )
    held().see(seen)


def go(**changed: Any) -> None:  # noqa: ANN401 - fields of the view
    """Move some of the view from the page; fit to be a callback."""
    move(replace(view(), **changed))


def move(wanted: ViewState) -> None:
    """Move the view from the page, and the map with it."""
    kept, before = held(), view()
    if wanted.tab != before.tab:  # what stands in the tab that is left, and what its list shows
        at = "" if wanted.at == before.at else wanted.at
        wanted = replace(wanted, at=at, filters=())
    kept.see(wanted)
    kept.moved_by_page = True
    # A map in another language loads anew and has to be told where it was.
    if _on_the_map(before) != _on_the_map(wanted):
        _send(wanted)
    kept.opens = wanted.tab


def take(name: str, key: str) -> None:
    """Take a field of the view over from its widget; fit to be a callback."""
    go(**{name: st.session_state[key]})


def choose_event(event_id: str, day: Date) -> None:
    """Select an event and go to its day on the map."""
    go(event=event_id, region=None, day=day, tab=TABS[0])


def choose_region(region_id: str) -> None:
    """Select a region on the map."""
    go(region=region_id, event=None, tab=TABS[0])


def open_step(atlas: Atlas, story: Story, step: Step) -> None:
    """Go to a step of a story: its day, its mode, what it shows and where."""
    wanted = replace(view().at_step(story, step), tab=TABS[0])
    move(wanted)
    _lead(wanted, atlas)


def play(atlas: Atlas) -> None:
    """Have the map play from the first day on."""
    first = atlas.settings.first_day
    go(tab=TABS[0], day=first, story="", step="", event=None, region=None)
    _send(view(), play="1")


def choose_date(event: Event, own: Date, day: Date) -> None:
    """Have the map use another day for an event; ``own`` is the one the atlas uses itself.

    A reader who stands on the day of the event goes along with it.
    """
    before = view()
    dates = {each: chosen for each, chosen in before.dates if each != event.id}
    if day != own:
        dates[event.id] = day
    go(dates=tuple(sorted(dates.items())), day=day if before.day in event.span else before.day)


def use_own_dates(atlas: Atlas) -> None:
    """Let go of all chosen dates; ``atlas`` is the one that is shown with them."""
    before = view()
    event = next((each for each in atlas.events if each.id == before.event), None)
    here = event is not None and before.day in event.span
    go(dates=(), day=atlas.own_days.get(before.event or "", before.day) if here else before.day)


def follow(wanted: ViewState) -> None:
    """Take over where other maps than that of the Map tab have been moved."""
    held().see(wanted)
    held().moved_by_page = True


def narrow(name: str, key: str) -> None:
    """Take a filter of a list or chart over from its widget; fit to be a callback."""
    chosen = st.session_state[key]
    sign = "-" if name == "years" else ","
    written = chosen.strip() if isinstance(chosen, str) else sign.join(map(str, chosen))
    held().see(view().filtered(name, written))


def share(what: str) -> None:
    """Open the dialog for sharing: of the "view", or of a record by its id; "" closes it."""
    held().shared = what


def write_address(atlas: Atlas) -> None:
    """Bring the address in line with the view; this starts no new run."""
    kept, query = held(), query_of(view(), atlas)
    kept.moved_by_page = False
    if _placeless(query) != kept.written[-1]:
        kept.written.append(_placeless(query))
    now = st.query_params.to_dict()
    # The map writes its place by itself: said again from here, a late word would undo a newer one.
    if _placeless(now) != _placeless(query) or ("map" in now and "map" not in query):
        st.query_params.from_dict(query)


def _read_address(atlas: Atlas) -> None:
    query = st.query_params.to_dict()
    read, complaints = read_view(query, atlas)
    is_new = _HELD not in st.session_state  # its map opens with the view, but for the place
    kept: Held = st.session_state.setdefault(_HELD, Held(read))
    kept.leads = not is_new or read.step_in(atlas) is not None
    kept.view, kept.complaints = read, complaints
    # What was written before may reach the browser only after the reader has gone back.
    kept.written.append(_placeless(query))
    kept.opens, kept.at = read.tab, _when_and_how(read)
    kept.shared = query.get("share") or kept.shared


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
    kept, now = held(), _placeless(st.query_params.to_dict())
    if now in kept.written:
        del kept.written[: kept.written.index(now)]
        return False
    return not kept.moved_by_page and not _clicked_tab()


def _placeless(query: Mapping[str, str]) -> dict[str, str]:
    """Give an address without the place, which the map writes into it by itself."""
    return {name: value for name, value in query.items() if name != "map"}


def tabs_key(lang: str) -> str:
    """Give the key of the tabs; each language has its own labels, so its own key."""
    return f"tabs-{lang}"


def tab_label(tab: str, lang: str) -> str:
    """Name a tab."""
    return texts(lang).t(f"ui.tabs.{tab}")


def follow_tabs() -> None:
    """Take over the tab the reader has opened."""
    if tab := _clicked_tab():
        held().see(replace(view(), tab=tab, at="", filters=()))
        if tab == TABS[0] and held().at != _when_and_how(view()):
            _send(view())


def _clicked_tab() -> str:
    """Give the tab that is open in the browser and not yet in the view, "" for none."""
    lang = view().lang
    label = st.session_state.get(tabs_key(lang), tab_label(view().tab, lang))
    found = (tab for tab in TABS if tab_label(tab, lang) == label and tab != view().tab)
    return next(found, "")


def _lead(wanted: ViewState, atlas: Atlas) -> None:
    """Send the map to a view that an address names, and to its place on the ground."""
    found = wanted.step_in(atlas)
    if found and not wanted.place:
        _send(wanted, bbox=found[1].bbox or atlas.settings.extent)
    else:
        _send(wanted, place=wanted.place)


def _send(wanted: ViewState, **where: str | Bbox) -> None:
    held().at = _when_and_how(wanted)
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
