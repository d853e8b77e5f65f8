"""A page for each story: all its steps, and from each the way to the map as it shows it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from maps.atlas.model import Step, Story
from maps.cards.markup import element, together, view_link
from maps.cards.story import step_card, step_line, story_head
from maps.publish.edition import Edition, linked_from, picture_path, story_path, upwards
from maps.publish.linked_data import story_data
from maps.publish.map_pages import map_figure, map_link
from maps.publish.shell import Page, Picture, short
from maps.publish.views import in_words
from maps.words.i18n import format_day


def story_pages(edition: Edition) -> Iterator[Page]:
    """Make them all."""
    for story in edition.atlas.stories.values():
        yield _page(edition, story)


def _page(edition: Edition, story: Story) -> Page:
    path = story_path(story.id)
    with linked_from(path):
        steps = [_step(edition, story, step, path) for step in story.steps]
    contents = [
        element(
            "li", element("a", Markup(step_line(story, step, edition.lang)), href=f"#{step.id}")
        )
        for step in story.steps
    ]
    body = element(
        "main",
        Markup(story_head(edition.atlas, story, edition.lang, heading="h1")),
        _others(edition, story),
        element("ol", *contents, class_="ms-contents"),
        *steps,
    )
    about = short(story.lead or story.title)
    picture = in_words(edition.atlas, edition.views.opening, edition.lang)
    return Page(
        path,
        story.title,
        about,
        body,
        kind="article",
        picture=Picture(picture_path(path), picture),
        linked_data=story_data(edition, story, path),
    )


def _step(edition: Edition, story: Story, step: Step, path: str) -> Markup:
    view = edition.views.of_step(step)
    there = map_link(view, upwards(path), event=step.event, region=step.region)
    card = step_card(
        edition.atlas,
        story,
        step,
        edition.lang,
        {},
        heading="h2",
        figure=map_figure(edition, view, upwards(path), there),
        ways=_ways(edition, step, there),
    )
    return element("section", Markup(card), id=step.id, class_="ms-step")  # made by the cards


def _ways(edition: Edition, step: Step, there: str) -> Markup:
    """Lead to the map as the step shows it, and to the event it tells of."""
    spoken = edition.spoken
    on_map = spoken.t("site.on_the_map", day=format_day(step.day, edition.lang))
    event = view_link(spoken.t("map.event_page"), event=step.event) if step.event else None
    return element(
        "p",
        element("a", on_map, href=there, class_="ms-go"),
        together(" ", event) if event else None,
        class_="ms-step-ways",
    )


def _others(edition: Edition, story: Story) -> Markup | None:
    links = [
        element("li", element("a", other.title, href=f"{other.id}.html"))
        for other in edition.atlas.stories.values()
        if other.id != story.id
    ]
    if not links:
        return None
    said = element("p", edition.spoken.t("site.other_stories"), class_="mc-role")
    return element("div", said, element("ul", *links), class_="ms-links")
