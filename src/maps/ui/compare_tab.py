"""The tab "Compare": two days in two maps side by side, and the list of what differs.

Panning, zooming and the choice of mode and perspective go from one map to the other inside
the browser (assets/sync.js). Here their reports become the view, and a map is told only what
it is not known to show already.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.cards.compare import areas_card, differences_card
from maps.cards.day import quiet_line
from maps.data.plain import comparison_plain
from maps.data.report import comparison_csv, json_text
from maps.day.control import CONTROL_LAYER
from maps.day.snapshot import compare
from maps.errors import MapsError
from maps.map.document import View
from maps.ui import map_frame, session
from maps.ui.map_frame import Report
from maps.ui.opening import Opened
from maps.ui.state import ViewState, nearest_day
from maps.ui.widgets import day_asked, day_field, download, show_day
from maps.words.i18n import texts

_HEIGHT_PX = 600  # before page.css fits it to the window
_FIELD = "compare-"
_FAULT = "compare-fault"
LEFT, RIGHT = "map-left", "map-right"
_CHANNEL = "compare_channel"
_KNOWN = "compare_known"
_WORDS = "compare_words"


def show(book: Opened) -> None:
    """Show both maps, the two days as fields, and the list below."""
    spoken, view = texts(book.lang), session.view()
    if view.other_day is None:
        view = replace(view, other_day=second_day(book, view.day))
        session.follow(view)
    st.html(quiet_line(spoken.t("ui.compare.intro")))
    fields = st.container()
    opens = open_views(view)
    bring_along(view)
    with st.container(key="compare-maps"):
        columns = st.columns(2, gap="small")
    reports = {}
    for column, (key, opened) in zip(columns, opens.items(), strict=True):
        with column, st.container(key=f"frame-of-{key}"):
            reports[key] = map_frame.show_map(book.atlas, opened, view.lang, _HEIGHT_PX, key)
    view = absorb(reports, book.atlas)
    # Filled last: the fields follow the maps as well as lead them. A form, since a field of
    # its own would report what it showed before a map moved it as if it had been typed.
    with (
        fields,
        st.form("compare-form", border=False),
        st.container(key="compare-days", horizontal=True, vertical_alignment="bottom"),
    ):
        for name, day in {"day": view.day, "day2": view.other_day}.items():
            show_day(book.atlas, _FIELD + name, day or view.day, book.lang)
            day_field(book.atlas, spoken.t(f"ui.compare.{name}"), _FIELD + name)
        go = spoken.t("ui.compare.go")
        st.form_submit_button(go, on_click=_go_to_fields, args=(book.atlas,))
        st.form_submit_button(spoken.t("ui.compare.swap"), key="compare-swap", on_click=_swap)
    if fault := st.session_state.pop(_FAULT, ""):
        fields.warning(fault)
    _list(book, view)


def second_day(book: Opened, day: Date) -> Date:
    """Give the day control next changes, the last of the atlas where it does not."""
    asking = [m for m in book.atlas.settings.modes if m.colour_by == CONTROL_LAYER]
    following = [book.timelines[mode.id].next_change(day) for mode in asking]
    return min((each for each in following if each), default=book.atlas.settings.last_day)


def _go_to_fields(atlas: Atlas) -> None:
    view = session.view()
    try:
        day, other = (day_asked(atlas, _FIELD + name) for name in ("day", "day2"))
    except MapsError as error:
        st.session_state[_FAULT] = str(error)
        return
    move(day or view.day, other or view.other_day or view.day)


def _swap() -> None:
    view = session.view()
    move(view.other_day or view.day, view.day)


def _list(book: Opened, view: ViewState) -> None:
    other = view.other_day or view.day
    compared = compare(book.atlas, view.day, other, view.mode, view.perspective)
    st.html(differences_card(compared, book.lang))
    if compared.reading.mode.colour_by == CONTROL_LAYER:
        st.html(areas_card(compared, book.lang))
    if not compared.differences:
        return
    spoken = texts(book.lang)
    name = f"{view.day}-{other}-{compared.reading.id.replace(':', '-')}"
    # Written when asked for: the list is another at each rest of a map.
    files: dict[str, tuple[Callable[[], str], str]] = {
        "csv": (lambda: comparison_csv(compared, book.lang), "text/csv"),
        "json": (lambda: json_text(comparison_plain(compared, book.lang)), "application/json"),
    }
    with st.container(horizontal=True, key="compare-downloads"):
        for kind, (written, media_type) in files.items():
            label = spoken.t(f"ui.compare.{kind}")
            download(label, written, f"{name}.{kind}", media_type, f"compare-{kind}")


class Place(NamedTuple):
    """Where a frame is known to be, by its last report or by what it was last told."""

    day: Date
    mode: str
    perspective: str


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
    view = session.view()
    news = {key: each for key, each in reports.items() if map_frame.is_news(each, key)}
    for key, report in news.items():
        if map_frame.is_older(report, key):
            continue
        before, now = known[key], Place(report.day, report.mode, report.perspective)
        known[key] = now
        if now.day != before.day:
            day = nearest_day(atlas, now.day)
            view = replace(view, day=day) if key == LEFT else replace(view, other_day=day)
        if now[1:] != before[1:]:
            view = replace(view, mode=now.mode, perspective=now.perspective)
            # The other frame has heard of it, or asks for it once it is there.
            other = RIGHT if key == LEFT else LEFT
            known[other] = Place(known[other].day, now.mode, now.perspective)
    if news:
        # Said also where nothing has moved: the address this run came with may be older.
        session.follow(view)
    return view


def bring_along(view: ViewState) -> None:
    """Tell the frames what they are not known to show."""
    known: dict[str, Place] = st.session_state[_KNOWN]
    for key, place in _wanted(view).items():
        if known[key] != place:
            map_frame.send({**place._asdict(), "day": place.day.toordinal()}, key)
            known[key] = place


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
