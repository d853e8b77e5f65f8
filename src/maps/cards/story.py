"""Cards of a guided reading: what a source argues, and what others say of it beside it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from maps.atlas.model import Atlas, Step, Story
from maps.cards.accounts import point_part
from maps.cards.citing import notes, reference, translation
from maps.cards.links import linked
from maps.cards.markup import element, folded, listed, together, view_link
from maps.day.index import index_of
from maps.day.view import Bbox
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts
from maps.words.sentences import sources_named


def story_head(atlas: Atlas, story: Story, lang: str, *, heading: str = "h2") -> str:
    """Show what a story is and whose argument it tells; ``heading`` is ``h1`` on its own page."""
    spoken = texts(lang)
    source = atlas.sources.get(story.source_id)
    return str(
        element(
            "header",
            element(heading, story.title),
            element("p", story.lead, class_="mc-body") if story.lead else None,
            element("p", spoken.t("ui.story.source"), " ", reference(source, lang),
                    class_="mc-reference")
            if source
            else element("p", spoken.t("ui.story.no_source"), class_="mc-quiet"),
            class_="mc-story",
            data_story=story.id,
        )
    )  # fmt: skip


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
    where = {
        "data_day": str(step.day.toordinal()),
        "data_mode": step.mode,
        "data_perspective": step.perspective or "",
        "data_event": step.event or "",
        "data_region": step.region or "",
        "data_bbox": ",".join(f"{edge:g}" for edge in bbox or ()),
    }
    return str(
        element(
            "article",
            element("h2", step.title),
            figure,
            element("p", linked(atlas, step.text, lang), class_="mc-body"),
            ways,
            _quote(atlas, story, step, lang),
            _beside(atlas, step, lang, query),
            class_="mc-card mc-step",
            data_step=step.id,
            **(where if bbox else {}),
        )
    )


def number_of(story: Story, step: Step) -> int:
    """Count the steps up to one, itself included."""
    return 1 + [each.id for each in story.steps].index(step.id)


def _quote(atlas: Atlas, story: Story, step: Step, lang: str) -> Markup | None:
    """Show the words of the source with the place they stand at; the place alone without any."""
    source = atlas.sources.get(story.source_id)
    if source is None or not (step.quote or step.locator):
        return None
    place = together(reference(source, lang), f", {step.locator}" if step.locator else None)
    if not step.quote:
        return element("p", place, class_="mc-quiet")
    return element(
        "figure",
        element("blockquote", step.quote, lang=step.quote_lang or None, class_="mc-quote"),
        translation(step.quote_translation, texts(lang)),
        element("figcaption", place, class_="mc-quiet"),
        class_="mc-quoted",
    )


def _beside(atlas: Atlas, step: Step, lang: str, query: Mapping[str, str]) -> Markup | None:
    spoken = texts(lang)
    found = [atlas.notes[id] for id in step.beside_notes if id in atlas.notes]
    parts = [
        element("p", linked(atlas, step.beside, lang), class_="mc-body") if step.beside else None,
        _named(atlas, step, lang),
        *_points(atlas, step, lang),
        _events(atlas, step, lang, query),
        folded(f"{spoken.t('ui.card.notes')} ({len(found)})", inside)
        if (inside := notes(atlas, found, lang, titled=False))
        else None,
    ]
    if not any(parts):
        return None
    return element(
        "div",
        element("h3", spoken.t("ui.story.beside"), class_="mc-sub"),
        *parts,
        class_="mc-beside",
    )


def _named(atlas: Atlas, step: Step, lang: str) -> Markup | None:
    """Write out the sources that the texts of a step name by their ids."""
    found = sources_named(atlas, step)
    rows = listed(
        "ul",
        (
            together(element("span", source.id, class_="mc-id"), " ", reference(source, lang))
            for source in found
        ),
        class_="mc-cites mc-named",
    )
    return folded(texts(lang).t("ui.story.named", count=len(found)), rows) if rows else None


def _points(atlas: Atlas, step: Step, lang: str) -> list[Markup]:
    """Show the contested points of a step: the first at once, the others by their question."""
    found = [atlas.points[id] for id in step.beside_points if id in atlas.points]
    return [
        folded(f"{point.id} {point.question}", point_part(atlas, point, lang))
        if place
        else point_part(atlas, point, lang)
        for place, point in enumerate(found)
    ]


def _events(atlas: Atlas, step: Step, lang: str, query: Mapping[str, str]) -> Markup | None:
    known, rows = index_of(atlas).events, []
    for event in (known[id] for id in step.beside_events if id in known):
        day = event.span.start
        wanted = {**query, "event": event.id, "day": day.isoformat(), "region": ""}
        link = view_link(event.title, **wanted)
        rows.append(
            together(element("span", format_day_of(atlas, day, lang), class_="mc-quiet"), " ", link)
        )
    shown = listed("ul", rows, class_="mc-changes")
    if shown is None:
        return None
    return together(element("p", texts(lang).t("ui.story.events"), class_="mc-role"), shown)
