"""The ways into an atlas that a newcomer is offered: to play it, its questions, its story."""

from __future__ import annotations

import streamlit as st

from maps.ui import session
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.ui.state import TABS
from maps.words.i18n import format_year, texts

_QUESTIONS = "questions"


def offer(book: Opened) -> None:
    """Offer as many ways in as the atlas has."""
    atlas, spoken = book.atlas, texts(book.lang)
    ends = (atlas.settings.first_day, atlas.settings.last_day)
    first, last = (format_year(day.year, book.lang) for day in ends)
    with st.container(horizontal=True, key="entrances"):
        st.button(
            spoken.t("ui.enter.play", first=first, last=last),
            key="enter-play",
            type="primary",
            icon=":material/play_arrow:",
            on_click=session.play,
            args=(atlas,),
        )
        if atlas.points and _QUESTIONS in TABS:
            count = len(atlas.points)
            st.button(
                spoken.n("ui.enter.questions", count, str(count)),
                key="enter-questions",
                on_click=session.open_tab,
                args=(_QUESTIONS,),
            )
        if len(atlas.stories) == 1:
            (story,) = atlas.stories.values()
            st.button(
                plain(spoken.t("ui.enter.story", title=story.title)),
                key="enter-story",
                on_click=session.open_step,
                args=(atlas, story, story.steps[0]),
            )
        elif atlas.stories:
            st.button(
                spoken.t("ui.enter.stories"),
                key="enter-story",
                on_click=session.open_tab,
                args=("story",),
            )
