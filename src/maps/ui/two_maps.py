"""The two maps of the comparison and the view: who has moved, and who has to follow.

Panning, zooming and the choice of mode and perspective go from one frame to the
other inside the browser (assets/sync.js). Here their reports become the view, and
a frame is told only what it is not known to show already.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.map.document import View
from maps.ui import map_frame, session
from maps.ui.map_frame import Report
from maps.ui.state import ViewState, day_inside

LEFT, RIGHT = "map-left", "map-right"
_CHANNEL = "compare_channel"
_KNOWN = "compare_known"
_WORDS = "compare_words"


@dataclass(frozen=True)
class Place:
    """Where a frame is known to be, by its last report or by what it was last told."""

    day: Date
    mode: str
    perspective: str
    told: int = 0  # the number of the last command
    report: Report | None = None  # the last one; Streamlit repeats it in every run


def open_views(view: ViewState) -> dict[str, View]:
    """Give what each frame opens with; later it is told by `bring_along`."""
    words = (view.lang, view.dates)
    if st.session_state.setdefault(_WORDS, words) != words:
        leave()  # with other words or dates the frames load anew
        st.session_state[_WORDS] = words
    wanted = _wanted(view)
    st.session_state.setdefault(_KNOWN, wanted)
    # Other pages of the browser have their own channel. No underscore: st_folium drops
    # what follows one before it compares scripts.
    channel = st.session_state.setdefault(_CHANNEL, f"compare-{secrets.token_hex(8)}")
    return {
        key: View(place.day, place.mode, perspective=place.perspective, together=channel)
        for key, place in wanted.items()
    }


def absorb(reports: Mapping[str, Report | None], atlas: Atlas) -> ViewState:
    """Take over what is news in the reports of the two frames.

    Of a report only what the frame was not known to show is a move of the reader:
    the echo of a command moves nothing. A report made before the frame obeyed its
    last command is older than that command, and moves nothing either.
    """
    known: dict[str, Place] = st.session_state[_KNOWN]
    news = {key: each for key, each in reports.items() if each and each != known[key].report}
    view = session.view()
    for key, report in news.items():
        before = known[key]
        if report.number < before.told:
            known[key] = replace(before, report=report)
            continue
        now = Place(report.day, report.mode, report.perspective, before.told, report)
        known[key] = now
        if now.day != before.day:
            day = day_inside(atlas, now.day)
            view = replace(view, day=day) if key == LEFT else replace(view, other_day=day)
        if (now.mode, now.perspective) != (before.mode, before.perspective):
            view = replace(view, mode=now.mode, perspective=now.perspective)
            # The other frame has heard of it, or asks for it once it is there.
            other = RIGHT if key == LEFT else LEFT
            known[other] = replace(known[other], mode=now.mode, perspective=now.perspective)
    if news:
        # Said also where nothing has moved: the address this run came with may be older.
        session.follow(view)
    return view


def bring_along(view: ViewState) -> None:
    """Tell the frames what they are not known to show."""
    known: dict[str, Place] = st.session_state[_KNOWN]
    for key, place in _wanted(view).items():
        if replace(known[key], told=0, report=None) == place:
            continue
        asked = {"day": place.day.toordinal(), "mode": place.mode, "perspective": place.perspective}
        known[key] = replace(place, told=map_frame.send(asked, key), report=known[key].report)


def move(day: Date, other_day: Date) -> None:
    """Move the two days from the page; fit to be a callback."""
    session.follow(replace(session.view(), day=day, other_day=other_day))


def leave() -> None:
    """Forget the frames: where they are shown next they open with the view as it is then."""
    for key in (LEFT, RIGHT):
        map_frame.forget(key)
    for kept in (_KNOWN, _WORDS):
        st.session_state.pop(kept, None)


def _wanted(view: ViewState) -> dict[str, Place]:
    days = {LEFT: view.day, RIGHT: view.other_day or view.day}
    return {key: Place(day, view.mode, view.perspective) for key, day in days.items()}
