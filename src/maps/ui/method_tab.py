"""The tab "Data and method": what the data are, how exact, whose, and how it is worded."""

from __future__ import annotations

import streamlit as st

from maps.cards import method
from maps.ui.opening import Opened, rendered


def show(book: Opened) -> None:
    """Show the parts one below the other."""
    atlas, lang = book.atlas, book.lang
    with st.container(key="method-head"):
        left, right = st.columns([3, 2], gap="large")
    left.html(rendered(method.about, atlas, lang))
    right.html(rendered(method.marks, atlas, lang))
    with st.container(key="method"):
        st.html(method.glossary(lang))
        for part in (method.accuracy, method.figures, method.origins, method.all_notes):
            html = rendered(part, atlas, lang)
            if html:
                st.html(html)
