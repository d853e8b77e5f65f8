"""The tab "Questions": what the sources disagree on, each side in equal space."""

from __future__ import annotations

import streamlit as st

from maps.atlas.model import Atlas
from maps.cards.day import quiet_line
from maps.cards.questions import question_fold
from maps.ui import session
from maps.ui.opening import Opened, rendered
from maps.words.i18n import texts


def show(book: Opened) -> None:
    """Show all questions; the one an address or a link names is open."""
    spoken = texts(book.lang)
    if not book.atlas.points:
        st.html(quiet_line(spoken.t("ui.questions.none")))
        return
    at = session.view().at
    asked = next((told.point_id for told in book.atlas.accounts if told.id == at), at)
    with st.container(key="questions", gap=None):
        st.html(quiet_line(spoken.t("ui.questions.intro")))
        st.html(rendered(_questions, book.atlas, asked, book.lang))


def _questions(atlas: Atlas, asked: str, lang: str) -> str:
    points = atlas.points.values()
    return "".join(question_fold(atlas, each, lang, is_open=each.id == asked) for each in points)
