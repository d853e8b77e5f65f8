"""The one search of the page: what is typed is looked for in the whole atlas."""

from __future__ import annotations

import streamlit as st

from maps.cards.day import shortcuts
from maps.cards.found import found_card
from maps.ui import session, share
from maps.ui.opening import Opened
from maps.ui.state import query_of
from maps.words.i18n import texts
from maps.words.search import find

_KEPT = ("mode", "perspective", "dates", "lang", "story", "step")


def show(book: Opened) -> None:
    """Show the field; what it finds lies over the page below it. page.js has its keys."""
    with st.container(key="search"):
        _field(book)
        share.button(book.lang)
        st.html(shortcuts(book.lang))


@st.fragment
def _field(book: Opened) -> None:
    """Ask while the reader types, without a run of the whole page."""
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
        query = query_of(view, book.base)
        kept = {name: query[name] for name in _KEPT if name in query}
        kept["day"] = view.day.isoformat()
        st.html(found_card(book.atlas, find(book.atlas, wanted, book.lang), kept, book.lang))
