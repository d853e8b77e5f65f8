"""The tab "Export": one day as a picture, a page or data; what is chosen is seen at once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from maps.export import MEDIA_TYPES
from maps.i18n import texts
from maps.render.cards.day import quiet_line
from maps.ui import export_choices
from maps.ui.opening import Opened
from maps.ui.wish import Wish, made, preview

_SEEN = "export_preview"


@st.fragment
def show(book: Opened) -> None:
    """Show the choices, and beside them what the file will hold."""
    spoken = texts(book.lang)
    st.html(quiet_line(spoken.t("ui.export.intro")))
    kind = export_choices.kind_of_file(book.lang)
    with st.container(key="export-row"):
        left, right = st.columns([1, 2.4], gap="large")
    with left:
        wish = export_choices.wish_of(book, kind)
        _download(book, wish)
    with right, st.container(key="export-preview"):
        _preview(book, wish)


def _download(book: Opened, wish: Wish) -> None:
    # Made when asked for: a picture for print takes a second or two.
    st.download_button(
        texts(book.lang).t("ui.export.download", name=wish.file_name),
        partial(made, book.atlas, wish),
        file_name=wish.file_name,
        mime=MEDIA_TYPES[wish.fmt],
        key="download-export",
        on_click="ignore",
        type="primary",
        width="stretch",
    )


def _preview(book: Opened, wish: Wish) -> None:
    spoken = texts(book.lang)
    seen = st.session_state.get(_SEEN)
    if seen is None or seen[0] != wish:
        with st.spinner(spoken.t("ui.export.making")):
            seen = (wish, preview(book.atlas, wish))
        st.session_state[_SEEN] = seen
    shown = seen[1]
    if isinstance(shown, bytes):
        st.image(shown, width="stretch")
    elif shown is not None:
        st.code(shown, language=None)
    else:
        st.html(quiet_line(spoken.t(f"ui.export.holds.{wish.fmt}")))
