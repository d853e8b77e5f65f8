"""Guided readings: each in the tab "Story", and the step under way beside the map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maps.atlas.model import Step, Story
from maps.cards import story as cards
from maps.cards.day import quiet_line
from maps.day.reading import reading_of
from maps.ui import session
from maps.ui.opening import Opened
from maps.ui.state import ViewState, at_step, opening_view, query_of, step_of
from maps.ui.widgets import button, plain
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts


def show(book: Opened) -> None:
    """Show an overview of each story of the atlas, with its steps to begin from."""
    atlas, lang, spoken, view = book.atlas, book.lang, texts(book.lang), session.view()
    st.html(quiet_line(spoken.t("ui.story.intro" if atlas.stories else "ui.story.none")))
    for story in atlas.stories.values():
        with st.container(key=f"overview-{story.id}"):
            st.html(cards.story_head(atlas, story, lang))
            begin = (session.open_step, atlas, story, story.steps[0])
            button(spoken.t("ui.story.start"), f"start-{story.id}", *begin, type="primary")
            for number, step in enumerate(story.steps, start=1):
                under_way = (view.story, view.step) == (story.id, step.id)
                with st.container(horizontal=True, key=f"row-{story.id}-{step.id}", gap="small"):
                    st.html(cards.step_line(atlas, story, step, lang, under_way=under_way))
                    label = plain(spoken.t("ui.story.from_here", number=number))
                    goes = (session.open_step, atlas, story, step)
                    button(label, f"read-{story.id}-{step.id}", *goes)


def ways(book: Opened, view: ViewState) -> None:
    """Say which step is under way and offer the ways on from it; nothing where none is read.

    The step before, the one after and the way out are in the same place at every step.
    """
    found = step_of(view, book.atlas)
    if found is None:
        return
    (story, step), spoken = found, texts(view.lang)
    here, last = story.steps.index(step), len(story.steps) - 1
    with st.container(key="story-head"):
        st.html(cards.step_head(story, step, view.lang))
        with st.container(horizontal=True, key="story-ways"):
            for way, at, look in (
                ("previous", max(here - 1, 0), "secondary"),
                ("next", min(here + 1, last), "primary"),
            ):
                goes = (session.open_step, book.atlas, story, story.steps[at])
                label = spoken.t(f"ui.story.{way}")
                button(label, f"story-{way}", *goes, type=look, disabled=at == here)
            label = spoken.t("ui.story.leave")
            button(label, "story-leave", session.leave_story, type="tertiary")


def show_steps(book: Opened, view: ViewState) -> None:
    """Show the steps of the story under way, one below the other; nothing where none is read.

    Equal in every run, so that a browser that scrolls through them keeps its place.
    """
    found = step_of(view, book.atlas)
    if found is None:
        return
    story, step = found
    with st.container(key="story"):
        _away(book, story, step, view)
        home = replace(opening_view(book.base), lang=view.lang, dates=view.dates)
        for each in story.steps:
            query = query_of(at_step(home, story, each), book.base)
            bbox = each.bbox or book.atlas.settings.extent
            st.html(cards.step_card(book.atlas, story, each, view.lang, query, bbox=bbox))


def selects_otherwise(book: Opened, view: ViewState) -> bool:
    """Tell whether the reader has selected something else than the step under way shows."""
    found = step_of(view, book.atlas)
    if found is None:
        return True
    event, region = found[1].event or "", found[1].region or ""
    # The map, which knows one selection only, may tell of either.
    return (view.event or "", view.region or "") not in ((event, region), (event, ""), ("", ""))


def points_told(book: Opened, view: ViewState) -> tuple[str, ...]:
    """List the contested points that the step under way shows already."""
    found = step_of(view, book.atlas)
    return found[1].beside_points if found else ()


def _away(book: Opened, story: Story, step: Step, view: ViewState) -> None:
    """Say so where the map shows something else than the step, and offer to come back."""
    wanted = at_step(view, story, step)
    shown, told = (
        (each.day, reading_of(book.atlas, each.mode, each.perspective)) for each in (view, wanted)
    )
    if shown == told:
        return
    spoken = texts(view.lang)
    days = {
        name: format_day_of(book.atlas, each.day, view.lang)
        for name, each in (("shown", view), ("day", step))
    }
    key = "ui.story.other_day" if view.day != step.day else "ui.story.other_view"
    with st.container(key="story-away"):
        st.html(quiet_line(spoken.t(key, **days)))
        label = spoken.t("ui.story.back")
        button(label, "story-back", session.open_step, book.atlas, story, step)
