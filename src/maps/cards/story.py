"""Cards of a guided reading: what a source argues, and what others say of it beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from markupsafe import Markup

from maps.atlas.model import Atlas, Step, Story
from maps.cards.accounts import point_part
from maps.cards.citing import filled
from maps.cards.markup import element
from maps.day.index import index_of
from maps.day.view import Bbox
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts
from maps.words.sentences import sources_named


def story_head(atlas: Atlas, story: Story, lang: str, *, heading: str = "h2") -> str:
    """Show what a story is and whose argument it tells; ``heading`` is ``h1`` on its own page."""
    source = atlas.sources.get(story.source_id)
    return str(filled("story", atlas, lang, story=story, source=source, heading=heading))


def step_line(atlas: Atlas, story: Story, step: Step, lang: str, *, under_way: bool = False) -> str:
    """Name a step in the overview: its number, its day, its title without that day."""
    day = format_day_of(atlas, step.day, lang)
    title = step.title.removeprefix(f"{day}: ")
    return str(
        element(
            "p",
            element("span", str(number_of(story, step)), class_="mc-number"),
            element("time", day, datetime=step.day.isoformat()),
            element("span", title[:1].upper() + title[1:], class_="mc-step-title"),
            class_="mc-step-line",
            aria_current="step" if under_way else None,
        )
    )


def step_head(story: Story, step: Step, lang: str) -> str:
    """Say where in the story the reader is, in words and as a line that fills."""
    number, count = str(number_of(story, step)), str(len(story.steps))
    said = texts(lang).t("ui.story.step_of", number=number, count=count)
    return str(
        element(
            "div",
            element("p", f"{said} · {story.title}", class_="mc-kicker"),
            element("progress", said, value=number, max=count, aria_label=said),
            class_="mc-progress",
        )
    )


def step_card(
    atlas: Atlas,
    story: Story,
    step: Step,
    lang: str,
    query: Mapping[str, str],
    *,
    figure: Markup | None = None,
    ways: Markup | None = None,
    bbox: Bbox | None = None,
) -> str:
    """Show a step and, under it, what other sources say.

    ``query`` is the address of the view; links to other events keep to it, so
    that the story goes on from there. ``figure`` shows the map there, ``ways`` lead
    to it. With ``bbox``, where the step is on the ground, the card tells the map beside
    it what the step shows, as story.js reads it.
    """
    events = index_of(atlas).events
    return str(
        filled(
            "step",
            atlas,
            lang,
            step=step,
            source=atlas.sources.get(story.source_id),
            query=query,
            figure=figure or "",
            ways=ways or "",
            bbox=",".join(f"{edge:g}" for edge in bbox or ()),
            named=sources_named(atlas, step),
            points=[atlas.points[id] for id in step.beside_points if id in atlas.points],
            events=[events[id] for id in step.beside_events if id in events],
            own=[atlas.notes[id] for id in step.beside_notes if id in atlas.notes],
            point_part=partial(point_part, atlas, lang=lang),
        )
    )


def number_of(story: Story, step: Step) -> int:
    """Count the steps up to one, itself included."""
    return 1 + [each.id for each in story.steps].index(step.id)
