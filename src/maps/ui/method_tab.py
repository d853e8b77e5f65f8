"""The tab "Data and method": what the data are, how exact, whose, and how it is worded."""

from __future__ import annotations

import streamlit as st

from maps.cards import method
from maps.ui.opening import Opened


def show(book: Opened) -> None:
    """Show the parts one below the other."""
    atlas, lang = book.atlas, book.lang
    with st.container(key="method-head"):
        left, right = st.columns([3, 2], gap="large")
    left.html(method.about(atlas, lang))
    right.html(method.marks(atlas, lang))
    parts = (
        method.glossary(lang),
        method.accuracy(atlas, lang),
        method.figures(atlas, lang),
        method.origins(atlas, lang),
        method.all_notes(atlas, lang),
    )
    with st.container(key="method"):
        for part in parts:
            if part:
                st.html(part)
