"""The tab "Compare": two days side by side, and the list of what differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from maps.atlas.model import Atlas, Date
from maps.cards.compare import areas_card, differences_card
from maps.cards.day import quiet_line
from maps.data.plain import comparison_plain
from maps.data.report import comparison_csv, json_text
from maps.day.comparison import compare
from maps.day.control import CONTROL_LAYER
from maps.errors import MapsError
from maps.ui import map_frame, session, two_maps
from maps.ui.fields import day_asked, day_field, show_day
from maps.ui.opening import Opened
from maps.ui.state import ViewState
from maps.ui.widgets import download
from maps.words.i18n import texts

_HEIGHT_PX = 600  # before page.css fits it to the window
_FIELD = "compare-"
_FAULT = "compare-fault"


def show(book: Opened) -> None:
    """Show both maps, the two days as fields, and the list below."""
    spoken = texts(book.lang)
    view = session.view()
    if view.other_day is None:
        view = replace(view, other_day=second_day(book, view.day))
        session.follow(view)
    st.html(quiet_line(spoken.t("ui.compare.intro")))
    fields = st.container()
    opens = two_maps.open_views(view)
    two_maps.bring_along(view)
    with st.container(key="compare-maps"):
        columns = st.columns(2, gap="small")
    reports = {}
    for column, (key, opened) in zip(columns, opens.items(), strict=True):
        with column, st.container(key=f"frame-of-{key}"):
            reports[key] = map_frame.show_map(book.atlas, opened, view.lang, _HEIGHT_PX, key)
    view = two_maps.absorb(reports, book.atlas)
    # Filled last: the fields follow the maps as well as lead them.
    with fields:
        _fields(book, view)
    _list(book, view)


def second_day(book: Opened, day: Date) -> Date:
    """Give the day control next changes, the last of the atlas where it does not."""
    asking = [m for m in book.atlas.settings.modes if m.colour_by == CONTROL_LAYER]
    following = [book.timelines[mode.id].next_change(day) for mode in asking]
    return min((each for each in following if each), default=book.atlas.settings.last_day)


def _fields(book: Opened, view: ViewState) -> None:
    """Offer both days as fields, which move the maps when they are sent, and a swap.

    A form, since a field of its own would report what it showed before a map
    moved it as if it had been typed.
    """
    spoken = texts(book.lang)
    with (
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
        st.warning(fault)


def _go_to_fields(atlas: Atlas) -> None:
    view = session.view()
    try:
        day, other = (day_asked(atlas, _FIELD + name) for name in ("day", "day2"))
    except MapsError as error:
        st.session_state[_FAULT] = str(error)
        return
    two_maps.move(day or view.day, other or view.other_day or view.day)


def _swap() -> None:
    view = session.view()
    two_maps.move(view.other_day or view.day, view.day)


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
