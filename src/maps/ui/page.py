"""The page as a whole: head, search, tabs, and what stands in each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from streamlit.delta_generator import DeltaGenerator

from maps.cards.awaited import page_awaited, server_awaited, tab_awaited
from maps.cards.day import page_foot, page_head, page_language, shortcuts
from maps.cards.found import found_card
from maps.cards.markup import element, together
from maps.errors import MapsError
from maps.map.files import ICON, card_styles
from maps.ui import (
    PAGE_SCRIPT,
    PAGE_STYLES,
    chart_tabs,
    compare_tab,
    export_tab,
    list_tabs,
    map_tab,
    session,
    share,
)
from maps.ui.opening import Opened, opened
from maps.ui.state import COMPARE, TABS, kept_in_links, languages, query_of
from maps.ui.widgets import button, plain
from maps.words.date_formats import format_year
from maps.words.i18n import available_languages, direction, texts
from maps.words.search import find

_FIRST_LANGUAGE = "en"
_DOCUMENT = Path(st.__file__).parent / "static" / "index.html"
_SHOWN = {
    "story": list_tabs.show_stories,
    "questions": list_tabs.show_questions,
    "events": list_tabs.show_events,
    "regions": chart_tabs.show_regions,
    "areas": chart_tabs.show_areas,
    "sources": list_tabs.show_sources,
    "method": list_tabs.show_method,
    "export": export_tab.show,
}  # in the tabs that are drawn only while they are open
_KEPT = ("mode", "perspective", "dates", "lang", "story", "step")  # in links to what was found


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
    if complaints := session.held().complaints:
        st.warning(plain(" ".join(complaint.text(view.lang) for complaint in complaints)))
    with st.container(key="search"):
        _search(book)
        label, icon = texts(book.lang).t("ui.share.open"), ":material/share:"
        button(label, "share", session.share, "view", icon=icon)
        st.html(shortcuts(book.lang))
    labels = [session.tab_label(tab, view.lang) for tab in TABS]
    made = st.tabs(labels, key=session.tabs_key(view.lang), on_change="rerun")
    tabs = dict(zip(TABS, made, strict=True))
    session.follow_tabs()
    # Before the map: what its two maps report is newer than the address of the page.
    with tabs[COMPARE]:
        if session.view().tab == COMPARE:
            compare_tab.show(book)
        else:
            compare_tab.leave()
            st.html(tab_awaited(COMPARE, book.lang))
    with tabs["map"]:
        # Also when another tab is open: a map that is taken away has to load again.
        map_tab.show(book)
    for tab, show in _SHOWN.items():
        with tabs[tab]:
            if session.view().tab == tab:
                map_tab.show_chosen_dates(book)
                show(book)
            else:
                st.html(tab_awaited(tab, book.lang))
    share.show(book, site)
    st.html(page_foot(book.atlas, book.lang))
    _head(head, book)
    session.write_address(book.atlas)


@st.fragment
def _search(book: Opened) -> None:
    """Look in the whole atlas while the reader types, without a run of the whole page.

    What is found lies over the page below the field; page.js has its keys.
    """
    spoken = texts(book.lang)
    wanted = st.text_input(
        spoken.t("ui.search.label"),
        key="search-text",
        placeholder=spoken.t("ui.search.hint"),
        type="search",
        icon=":material/search:",
        label_visibility="collapsed",
        live=True,
    )
    if wanted and wanted.strip():
        view = session.view()
        kept = kept_in_links(view, book.base, _KEPT) | {"day": view.day.isoformat()}
        st.html(found_card(book.atlas, find(book.atlas, wanted, book.lang), kept, book.lang))


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
        _entrances(book)
        # Where an atlas is told in one language, the words around it can still be in another.
        own = book.atlas.settings.languages
        told = own if len(own) > 1 else languages(book.atlas)
        asked = dict.fromkeys((*told, view.lang))  # a link may name any
        offered = [lang for lang in asked if lang in available_languages()]
        if len(offered) > 1:
            st.session_state["language"] = view.lang
            st.selectbox(
                texts(view.lang).t("ui.language"),
                offered,
                key="language",
                format_func=lambda code: texts(code).t("language.name"),
                on_change=session.take,
                args=("lang", "language"),
                label_visibility="collapsed",
            )


def _entrances(book: Opened) -> None:
    """Offer a newcomer as many ways in as the atlas has: to play it, its questions, its story."""
    atlas, spoken = book.atlas, texts(book.lang)
    ends = (atlas.settings.first_day, atlas.settings.last_day)
    first, last = (format_year(day.year, book.lang) for day in ends)
    with st.container(horizontal=True, key="entrances"):
        label, icon = spoken.t("ui.enter.play", first=first, last=last), ":material/play_arrow:"
        button(label, "enter-play", session.play, atlas, type="primary", icon=icon)
        if count := len(atlas.points):
            label = spoken.n("ui.enter.questions", count, str(count))
            button(label, "enter-questions", partial(session.go, tab="questions"))
        if len(atlas.stories) == 1:
            (story,) = atlas.stories.values()
            label = plain(spoken.t("ui.enter.story", title=story.title))
            button(label, "enter-story", session.open_step, atlas, story, story.steps[0])
        elif atlas.stories:
            button(spoken.t("ui.enter.stories"), "enter-story", partial(session.go, tab="story"))


def first_page(folder: str, request: Request) -> HTMLResponse:
    """Answer with the document a reader's browser loads first, in the language of the address.

    Streamlit sends an empty page called "Streamlit" and fills it when its scripts have
    come, which takes half a minute on a slow line. Here it has the atlas's title, also
    for those who show links, and the shape of the page until the scripts take over.
    """
    document = _DOCUMENT.read_text(encoding="utf-8")
    try:
        atlas = opened(folder, _FIRST_LANGUAGE).atlas
        offered = languages(atlas)
        asked = request.query_params.get("lang", "")
        lang = asked if asked in offered else offered[0]
        settings = opened(folder, lang).atlas.settings
    except MapsError:  # the page itself says what is wrong
        return HTMLResponse(document)
    about = {"og:title": settings.title, "og:description": settings.subtitle, "og:type": "website"}
    metas = (Markup('<meta property="{}" content="{}">').format(*each) for each in about.items())
    head = together(element("title", texts(lang).t("ui.page_title", title=settings.title)), *metas)
    styles = card_styles() + PAGE_STYLES.read_text(encoding="utf-8")
    script = PAGE_SCRIPT.read_text(encoding="utf-8")
    filled = {
        "<title>Streamlit</title>": f"{head}<style>{styles}</style><script>{script}</script>",
        "<html lang=_FIRST_LANGUAGE>": f'<html lang="{lang}" dir="{direction(lang)}">',
        '<div id="root"></div>': f'<div id="root"></div>{page_awaited(lang, settings.title)}',
    }
    for empty, full in filled.items():
        document = document.replace(empty, full)
    # Streamlit's scripts have names of their content, this page has not.
    return HTMLResponse(document, headers={"Cache-Control": "no-cache"})
