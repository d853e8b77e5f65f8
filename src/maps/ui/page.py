"""The page as a whole: head, tabs, and what stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from maps.cards.awaited import server_awaited, tab_awaited
from maps.cards.day import page_foot, page_head
from maps.cards.language import page_language
from maps.errors import MapsError
from maps.map.files import ICON
from maps.ui import (
    areas_tab,
    compare_tab,
    dates_panel,
    entrances,
    events_tab,
    export_tab,
    map_tab,
    method_tab,
    questions_tab,
    regions_tab,
    search_box,
    session,
    share,
    sources_tab,
    story_tab,
    two_maps,
)
from maps.ui.labels import plain
from maps.ui.opening import Opened, opened
from maps.ui.state import COMPARE, TABS, languages, query_of
from maps.words.i18n import available_languages, texts

_FIRST_LANGUAGE = "en"


def show_page(folder: str | None, site: str = "") -> None:
    """Show the dashboard of an atlas folder, None for the shipped one.

    ``site`` is where the atlas is published, if it is. What goes wrong is said in one
    box; the page stays.
    """
    try:
        _show(folder, site)
    except MapsError as error:
        st.error(plain(str(error)))


def _show(folder: str | None, site: str) -> None:
    view = session.begin(opened(folder, _FIRST_LANGUAGE).atlas)
    book = opened(folder, view.lang, view.dates)
    title = texts(view.lang).t("ui.page_title", title=book.atlas.settings.title)
    st.set_page_config(page_title=title, page_icon=ICON)
    # The head comes first and is filled last: it names the day the map reports.
    head = st.container(key="head")
    st.html(server_awaited(view.lang) + page_language(view.lang))
    _warn(view.lang)
    search_box.show(book)
    labels = [session.tab_label(tab, view.lang) for tab in TABS]
    tabs = dict(
        zip(
            TABS,
            st.tabs(labels, key=session.tabs_key(view.lang), on_change="rerun"),
            strict=True,
        )
    )
    session.follow_tabs()
    # Before the map: what its two maps report is newer than the address of the page.
    _compare(tabs[COMPARE], book)
    with tabs["map"]:
        # Also when another tab is open: a map that is taken away has to load again.
        map_tab.show(book)
    _others(tabs, book)
    share.show(book, site)
    st.html(page_foot(book.atlas, book.lang))
    _head(head, book)
    session.write_address(book.atlas)


def _compare(tab: DeltaGenerator, book: Opened) -> None:
    with tab:
        if session.view().tab == COMPARE:
            compare_tab.show(book)
        else:
            two_maps.leave()
            st.html(tab_awaited(COMPARE, book.lang))


def _others(tabs: Mapping[str, DeltaGenerator], book: Opened) -> None:
    shown = {
        "story": story_tab.show,
        "questions": questions_tab.show,
        "events": events_tab.show,
        "regions": regions_tab.show,
        "areas": areas_tab.show,
        "sources": sources_tab.show,
        "method": method_tab.show,
        "export": export_tab.show,
    }
    for tab, show in shown.items():
        with tabs[tab]:
            if session.view().tab == tab:
                dates_panel.notice(book, book.lang)
                show(book)
            else:
                st.html(tab_awaited(tab, book.lang))


def _head(head: DeltaGenerator, book: Opened) -> None:
    view = session.view()
    query = query_of(view, book.atlas)
    other = view.other_day if view.tab == COMPARE else None
    says_day = view.tab != TABS[0]
    with head, st.container(horizontal=True, key="kiosk" if view.kiosk else "head-row"):
        st.html(
            page_head(
                book.atlas, view.day, view.mode, view.lang, query,
                other_day=other, says_day=says_day,
            )
        )  # fmt: skip
        if view.kiosk:
            return
        entrances.offer(book)
        # Where an atlas is told in one language, the words around it can still be in another.
        own = book.atlas.settings.languages
        told = own if len(own) > 1 else languages(book.atlas)
        offered = [lang for lang in told if lang in available_languages()]
        if len(offered) > 1:
            _language_choice(offered, view.lang)


def _language_choice(offered: list[str], lang: str) -> None:
    key = "language"
    st.session_state[key] = lang
    st.selectbox(
        texts(lang).t("ui.language"),
        offered,
        key=key,
        format_func=lambda code: texts(code).t("language.name"),
        on_change=_change_language,
        label_visibility="collapsed",
    )


def _change_language() -> None:
    session.move(replace(session.view(), lang=st.session_state["language"]))


def _warn(lang: str) -> None:
    found = session.complaints()
    if found:
        st.warning(plain(" ".join(complaint.text(lang) for complaint in found)))
