"""The step of a story on top of the panel beside the map, and the ways on from it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maps.atlas.model import Step, Story
from maps.cards import day as day_cards
from maps.cards import story as story_cards
from maps.day.reading import reading_of
from maps.ui import session
from maps.ui.opening import Opened
from maps.ui.state import ViewState, at_step, opening_view, query_of, step_of
from maps.words.i18n import format_day_of, texts


def ways(book: Opened, view: ViewState) -> None:
    """Say which step is under way and offer the ways on from it; nothing where none is read."""
    found = step_of(view, book.atlas)
    if found is None:
        return
    with st.container(key="story-head"):
        st.html(story_cards.step_head(*found, view.lang))
        _ways(book, *found, view.lang)


def show(book: Opened, view: ViewState) -> None:
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
            st.html(story_cards.step_card(book.atlas, story, each, view.lang, query, bbox=bbox))


def selects_otherwise(book: Opened, view: ViewState) -> bool:
    """Tell whether the reader has selected something else than the step under way shows."""
    found = step_of(view, book.atlas)
    if found is None:
        return True
    return (view.event or "", view.region or "") not in _selections(found[1])


def _selections(step: Step) -> tuple[tuple[str, str], ...]:
    """Give what a step selects; the map, which knows one selection only, may tell of either."""
    event, region = step.event or "", step.region or ""
    return ((event, region), (event, ""), ("", ""))


def points_told(book: Opened, view: ViewState) -> tuple[str, ...]:
    """List the contested points that the step under way shows already."""
    found = step_of(view, book.atlas)
    return found[1].beside_points if found else ()


def _ways(book: Opened, story: Story, step: Step, lang: str) -> None:
    """Offer the step before, the one after and the way out, in the same place at every step."""
    spoken = texts(lang)
    here = story.steps.index(step)
    before = story.steps[here - 1] if here else None
    after = story.steps[here + 1] if here + 1 < len(story.steps) else None
    with st.container(horizontal=True, key="story-ways"):
        for key, other in (("previous", before), ("next", after)):
            st.button(
                spoken.t(f"ui.story.{key}"),
                key=f"story-{key}",
                type="primary" if key == "next" else "secondary",
                disabled=other is None,
                on_click=session.open_step,
                args=(book.atlas, story, other or step),
            )
        st.button(
            spoken.t("ui.story.leave"),
            key="story-leave",
            type="tertiary",
            on_click=session.leave_story,
        )


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
        st.html(day_cards.quiet_line(spoken.t(key, **days)))
        st.button(
            spoken.t("ui.story.back"),
            key="story-back",
            on_click=session.open_step,
            args=(book.atlas, story, step),
        )
