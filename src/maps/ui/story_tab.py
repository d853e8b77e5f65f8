"""The tab "Story": what each guided reading is, and its steps to begin from."""

from __future__ import annotations

import streamlit as st

from maps.atlas.model import Story
from maps.cards import story as cards
from maps.cards.day import quiet_line
from maps.ui import session
from maps.ui.labels import plain
from maps.ui.opening import Opened
from maps.words.i18n import texts


def show(book: Opened) -> None:
    """Show an overview of each story of the atlas."""
    spoken = texts(book.lang)
    if not book.atlas.stories:
        st.html(quiet_line(spoken.t("ui.story.none")))
        return
    st.html(quiet_line(spoken.t("ui.story.intro")))
    for story in book.atlas.stories.values():
        with st.container(key=f"overview-{story.id}"):
            _overview(book, story)


def _overview(book: Opened, story: Story) -> None:
    spoken = texts(book.lang)
    st.html(cards.story_head(book.atlas, story, book.lang))
    st.button(
        spoken.t("ui.story.start"),
        key=f"start-{story.id}",
        type="primary",
        on_click=session.open_step,
        args=(book.atlas, story, story.steps[0]),
    )
    view = session.view()
    for number, step in enumerate(story.steps, start=1):
        under_way = (view.story, view.step) == (story.id, step.id)
        with st.container(horizontal=True, key=f"row-{story.id}-{step.id}", gap="small"):
            st.html(cards.step_line(book.atlas, story, step, book.lang, under_way=under_way))
            st.button(
                plain(spoken.t("ui.story.from_here", number=number)),
                key=f"read-{story.id}-{step.id}",
                on_click=session.open_step,
                args=(book.atlas, story, step),
            )
