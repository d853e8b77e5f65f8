"""Which pictures a film has, what each says, and for how long it is seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict
from urllib.parse import urlencode

from maps.atlas.known import day_inside, known_id
from maps.atlas.model import Atlas, Date, Story
from maps.day.timeline import Timeline, timeline
from maps.day.view import Bbox, Shown, shown_on
from maps.errors import ExportFailed
from maps.film.captions import (
    Caption,
    colophon,
    of_day,
    of_first_day,
    of_step,
    opening,
    source_pages,
)
from maps.words.apparatus import mode_said
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts

LOOK_S = 2.0  # to find on the map what is told
WORDS_A_SECOND = 4.0  # 240 a minute: what adults read silently (Brysbaert 2019, 238)
# A picture can be stopped, a film that stands still is left. A step of a story is the text
# itself, so it has more time than a caption.
BOUNDS_S = {"title": (5.0, 12.0), "day": (4.0, 12.0), "step": (6.0, 36.0)}
CARD_BOUNDS_S = (8.0, 16.0)
HOLD_RANGE = (0.2, 60.0)


@dataclass(frozen=True)
class Scene:
    """One picture and how long it is seen.

    ``kind`` is ``title``, ``day``, ``step``, ``sources`` or ``colophon``; ``shown``
    is what its map shows, None on cards without one. Days and steps are numbered
    from 1.
    """

    kind: str
    caption: Caption
    shown: Shown | None = None
    number: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Plan:
    """A film before it is drawn; its time axis runs from ``first`` to ``last``."""

    atlas: Atlas
    lang: str
    title: str
    first: Date
    last: Date
    scenes: tuple[Scene, ...]

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return sum(scene.seconds for scene in self.scenes)

    @property
    def days(self) -> tuple[Date, ...]:
        """The day of each scene that has one, in the order of the film."""
        return tuple(scene.shown.day for scene in self.scenes if scene.number and scene.shown)


class Wishes(TypedDict, total=False):
    """Keywords of `film_plan`, which says what each means."""

    mode: str
    perspective: str | None
    lang: str
    since: Date | None
    until: Date | None
    story: str
    hold: float | None
    bbox: Bbox | None


def film_plan(
    atlas: Atlas,
    *,
    mode: str = "",
    perspective: str | None = None,
    lang: str = "en",
    since: Date | None = None,
    until: Date | None = None,
    story: str = "",
    hold: float | None = None,
    bbox: Bbox | None = None,
) -> Plan:
    """Choose the pictures of a film and say what stands in each; nothing is drawn.

    Without a story they are the days on which a mode changes, from ``since`` to
    ``until``, both inside. The state on the first day comes before them if
    ``since`` is given or the map shows something on it. With a story they are
    its steps, each with its own day, mode and extent.

    Parameters
    ----------
    atlas : Atlas
        What the film is of.
    mode : str
        A mode of the atlas; the first if not given.
    perspective : str, optional
        In legal status whose claims are painted, ``all`` if not given.
    lang : str
        Language of the names, the references and the interface's own words.
    since, until : date, optional
        The days the film runs from and to; those of the atlas if not given.
    story : str
        The id of a story; goes with neither mode, perspective nor days.
    hold : float, optional
        Seconds each day or step is seen; by the length of its text if not given.
        The cards before and after always have the time they need.
    bbox : tuple, optional
        West, south, east, north in degrees; the extent of the atlas, or of each
        step, if not given.

    Raises
    ------
    ExportFailed
        Nothing changes in the range, or what is wished for does not go together.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective, story or day.
    """
    low, high = HOLD_RANGE
    if hold is not None and not low <= hold <= high:
        raise ExportFailed(f"{hold:g} seconds a picture will not do; write {low:g} to {high:g}")
    if story:
        if mode or perspective or since or until:
            raise ExportFailed(
                "the steps of a story have days, modes and perspectives of their own; "
                "name a story, or a mode and days"
            )
        found = atlas.stories[known_id("story", story, atlas.stories)]
        plan = _of_story(atlas, found, lang, bbox)
    else:
        line = timeline(atlas, mode, perspective or "")
        span = _span(atlas, line, since, until)

        def seen(day: Date) -> Shown:
            mode = line.reading.mode.id
            return shown_on(atlas, day, mode=mode, lang=lang, perspective=perspective, bbox=bbox)

        plan = _of_days(line, span, seen, bbox, from_start=since is not None)
    timed = (
        replace(each, seconds=hold if hold and each.number else reading_time(each))
        for each in plan.scenes
    )
    return replace(plan, scenes=tuple(timed))


def reading_time(scene: Scene) -> float:
    """Give the seconds it takes to look at a picture and to read it, within bounds."""
    shortest, longest = BOUNDS_S.get(scene.kind, CARD_BOUNDS_S)
    wanted = LOOK_S + scene.caption.words / WORDS_A_SECOND
    return math.ceil(min(max(wanted, shortest), longest) * 2) / 2


def _of_story(atlas: Atlas, story: Story, lang: str, bbox: Bbox | None) -> Plan:
    scenes = []
    for number, step in enumerate(story.steps, 1):
        shown = shown_on(
            atlas,
            step.day,
            mode=step.mode,
            lang=lang,
            perspective=step.perspective or None,
            bbox=bbox or step.bbox,
        )
        scenes.append(Scene("step", of_step(shown, story, step), shown, number))
    if not scenes:
        raise ExportFailed(f"the story {story.id!r} has no step to show")
    told = texts(lang).t("film.steps", count=len(scenes))
    link = "?" + urlencode({"story": story.id, "step": story.steps[0].id, "lang": lang})
    days = [step.day for step in story.steps]
    return _whole(scenes, (min(days), max(days)), (story.title, story.lead, told), link, bbox)


def _of_days(
    line: Timeline,
    span: tuple[Date, Date],
    seen: Callable[[Date], Shown],
    bbox: Bbox | None,
    *,
    from_start: bool,
) -> Plan:
    changing = [day for day in line.change_days if span[0] <= day <= span[1]]
    before = seen(span[0])
    atlas, lang = before.atlas, before.lang
    scenes = []
    if span[0] not in changing and (from_start or before.boundaries):
        scenes.append(Scene("day", of_first_day(before, line), before, 1))
    for day in changing:
        shown = seen(day)
        scenes.append(Scene("day", of_day(shown), shown, len(scenes) + 1))
    spoken = texts(lang)
    told = spoken.t(
        "film.changes",
        count=len(changing),
        first=format_day_of(atlas, span[0], lang),
        last=format_day_of(atlas, span[1], lang),
    )
    said = (mode_said(before), atlas.settings.subtitle, told)
    return _whole(scenes, span, said, before.link, bbox)


def _span(
    atlas: Atlas, line: Timeline, since: Date | None, until: Date | None
) -> tuple[Date, Date]:
    """Give the first and the last day of the film, if something changes between them."""
    first = day_inside(atlas, since) if since else line.first_day
    last = day_inside(atlas, until) if until else line.last_day
    if first > last:
        raise ExportFailed(f"{first} is after {last}; name the earlier day first")
    if any(first < day <= last for day in line.change_days):
        return first, last
    near = [line.previous_change(first), line.next_change(last)]
    known = " and ".join(str(day) for day in near if day) or "none in this mode"
    raise ExportFailed(
        f"nothing changes in the mode {line.reading.mode.id!r} from {first} to {last}; "
        f"the nearest changes are: {known}"
    )


def _whole(
    scenes: Sequence[Scene],
    span: tuple[Date, Date],
    said: tuple[str, str, str],
    link: str,
    bbox: Bbox | None,
) -> Plan:
    """Put the cards before and after the scenes of days."""
    shown = [scene.shown for scene in scenes if scene.shown]
    atlas, lang = shown[0].atlas, shown[0].lang
    bare = replace(shown[0].snapshot, events=())
    extent = bbox or atlas.settings.extent
    ground = replace(shown[0], snapshot=bare, boundaries=(), bbox=extent)
    named = {source.id for scene in scenes for source in scene.caption.sources}
    sources = [source for source in atlas.sources.values() if source.id in named]
    cards = [
        *(Scene("sources", page) for page in source_pages(sources, lang)),
        Scene("colophon", colophon(atlas, shown, link, lang)),
    ]
    first = Scene("title", opening(ground, *said), ground)
    title = f"{atlas.settings.title}: {said[0]}"
    return Plan(atlas, lang, title, *span, (first, *scenes, *cards))
