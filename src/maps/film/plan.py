"""Which pictures a film has, what each says, and for how long it is seen."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

from maps.atlas.known import day_inside, known_id
from maps.atlas.model import CONTROL, Atlas, Citation, Date, Event, Source, Step, Story
from maps.day.control import upwards
from maps.day.snapshot import Change, changes_on
from maps.day.timeline import Timeline, timeline
from maps.day.view import Bbox, Shown, shown_on
from maps.errors import ExportFailed
from maps.sheet.projection import projection_of
from maps.words.apparatus import credits_of, data_facts, mode_said
from maps.words.cite import named_short, reference_text
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, texts, translation_note
from maps.words.sentences import dates_chosen_said, sentences, sources_named

_MOST_EVENTS = 4
_MOST_SOURCES = 6
_A_PAGE = 24  # sources on a card
_PAGES = 3
_ADDRESS = re.compile(r",? https?://\S+")
LOOK_S = 2.0  # to find on the map what is told
WORDS_A_SECOND = 4.0  # 240 a minute: what adults read silently (Brysbaert 2019, 238)
# A picture can be stopped, a film that stands still is left. A step of a story is the text
# itself, so it has more time than a caption.
BOUNDS_S = {"title": (5.0, 12.0), "day": (4.0, 12.0), "step": (6.0, 36.0)}
CARD_BOUNDS_S = (8.0, 16.0)
HOLD_RANGE = (0.2, 60.0)


@dataclass(frozen=True)
class Para:
    """A paragraph; ``kind`` is ``title``, ``head``, ``body``, ``note`` or ``small``.

    ``event_id`` names the event it tells, whose letter on the map goes before it;
    ``brief`` is what stands in its place where there is no room.
    """

    text: str
    kind: str = "body"
    event_id: str = ""
    brief: str = ""


Section = tuple[Para, ...]


def _paras(*said: str, kind: str = "body") -> Section:
    """Make a paragraph of each text there is."""
    return tuple(Para(text, kind) for text in said if text)


@dataclass(frozen=True)
class Caption:
    """The words of one picture.

    ``heading`` is the day or a title, ``kicker`` stands small above it and
    ``under`` below it. Of sections that do not fit each is cut alike. ``sources``
    are those named in it.
    """

    heading: str
    under: str = ""
    kicker: str = ""
    sections: tuple[Section, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def words(self) -> int:
        """How many words there are to read; those in small letters are to look up."""
        paras = (para.text for section in self.sections for para in section if para.kind != "small")
        return sum(len(text.split()) for text in (self.kicker, self.heading, self.under, *paras))


def of_day(shown: Shown, first_of: Timeline | None = None) -> Caption:
    """Say what changed on a day, why, and who says so.

    Of the first day of a film, on which nothing changes, say how old its state is.
    """
    atlas, lang, spoken = shown.atlas, shown.lang, texts(shown.lang)
    turned = first_of.previous_change(shown.day) if first_of else shown.day
    changes = []
    if turned is not None:
        changes = list(changes_on(atlas, turned, shown.mode.id, shown.reading.perspective))
    begun = [event for event in shown.events if event.span.start == shown.day]
    what = [
        Para(_event(each, each.title, spoken), "title", each.id) for each in begun[:_MOST_EVENTS]
    ]
    if len(begun) > _MOST_EVENTS:
        left = len(begun) - _MOST_EVENTS
        what.append(Para(spoken.t("film.more_events", count=left), "note"))
    if first_of:
        what.append(Para(spoken.t("film.first_day"), "note"))
        since = format_day_of(atlas, turned or atlas.settings.first_day, lang)
        if turned:
            what.append(Para(spoken.t("map.last_change", day=since), "head"))
        else:
            what.append(Para(spoken.t("film.since_start", day=since)))
    # A reason that stands above as an event is not said again.
    known = () if first_of else [event.title for event in shown.events]
    for sentence in sentences(atlas, turned, changes, lang) if turned else ():
        line = sentence.what if sentence.why in known else sentence.text(spoken)
        what.append(Para(line.replace(" km²", "\N{NO-BREAK SPACE}km²")))
    # Events that began before and are marked on the map all the same.
    earlier = [event for event in shown.events if event.span.start < shown.day]
    under_way = []
    for event in earlier[:_MOST_EVENTS]:
        began = format_day_of(atlas, event.span.start, lang)
        said = spoken.t("film.under_way", event=event.title, day=began)
        under_way.append(Para(_event(event, said, spoken), "small", event.id))
    sections = [tuple(what), tuple(under_way)]
    told = said_by(atlas, _citations(shown, turned or shown.day, changes), lang)
    if told.text:
        said, brief = (spoken.t("film.told_by", tellers=t) for t in (told.text, told.tellers))
        sections.append((Para(said, "small", brief=brief),))
    periods = " · ".join(period.name for period in shown.snapshot.periods)
    day, mode = format_day_of(atlas, shown.day, lang), mode_said(shown)
    return Caption(day, mode, periods, tuple(sections), told.sources)


def _event(event: Event, said: str, spoken: Texts) -> str:
    return f"{said} · {spoken.t('export.contested')}" if event.contested else said


def of_step(shown: Shown, story: Story, step: Step) -> Caption:
    """Tell a step of a story, and in equal room what other sources say of it."""
    spoken, atlas = texts(shown.lang), shown.atlas
    day = format_day_of(atlas, step.day, shown.lang)
    title = step.title.removeprefix(f"{day}: ")
    sections: list[Section] = [(Para(title[:1].upper() + title[1:], "title"), Para(step.text))]
    if step.beside:
        sections.append((Para(spoken.t("ui.story.beside"), "head"), Para(step.beside)))
    marked = [event for event in shown.events if event.place is not None][:_MOST_EVENTS]
    if marked:
        sections.append(tuple(Para(event.title, "small", event.id) for event in marked))
    named = {source.id: source for source in sources_named(atlas, step)}
    if story.source_id in atlas.sources:
        named[story.source_id] = atlas.sources[story.source_id]
    number = story.steps.index(step) + 1
    said = spoken.t("film.step", number=number, count=len(story.steps), story=story.title)
    told = tuple(named[id] for id in sorted(named))
    return Caption(day, mode_said(shown), said, tuple(sections), told)


def _citations(shown: Shown, day: Date, changes: Sequence[Change]) -> Iterator[Citation]:
    """Go through what the events of a day and its changes rest on."""
    atlas = shown.atlas
    why = {event_id for change in changes for event_id in change.event_ids}
    new = {status_id for change in changes for status_id in change.status_ids}
    drawn = {change.boundary_id for change in changes}
    # Statements on land that changed which ended on the day count, too.
    asked = [change for change in changes if change.kind in ("control", "legal")]
    regions = {above for change in asked for above in upwards(atlas, change.region_id)}
    for event in atlas.events:
        if day in event.span or event.id in why:
            yield from event.citations
    for status in atlas.statuses:
        ended = status.span.end == day and status.region_id in regions
        of_control = status.dimension == CONTROL
        if status.id in new or (ended and of_control is shown.colours_by_control):
            yield from status.citations
    for boundary in atlas.boundaries:
        if boundary.id in drawn:
            yield from boundary.citations


class Named(NamedTuple):
    """Tellers with their sources as one text, tellers alone, and the sources named."""

    text: str
    tellers: str
    sources: tuple[Source, ...]


def said_by(atlas: Atlas, citations: Iterable[Citation], lang: str) -> Named:
    """Name tellers and their sources; of many each teller has one before any has two.

    What is left out is counted.
    """
    sources = {citation.source.id: citation.source for citation in citations}
    by_teller: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources.values():
        by_teller[source.perspective_id].append(source)
    rounds = zip_longest(*by_teller.values())
    named = [source for each in rounds for source in each if source is not None][:_MOST_SOURCES]
    spoken, told = texts(lang), atlas.perspectives
    tellers = {id: told[id].name if id in told else id for id in by_teller}
    parts = [
        spoken.t("film.told", teller=tellers[id], sources=", ".join(kept))
        for id, found in by_teller.items()
        if (kept := [named_short(source) for source in found if source in named])
    ]
    text = "; ".join(parts)
    left = len(sources) - len(named)
    if left:
        text = spoken.t("film.more_sources", named=text, count=left)
    return Named(text, ", ".join(tellers.values()), tuple(named))


def opening(shown: Shown, under: str, lead: str, told: str) -> Caption:
    """Say what the film is of, how it is to be read, and what it does not claim."""
    spoken, settings = texts(shown.lang), shown.atlas.settings
    chosen = dates_chosen_said(shown.atlas, spoken, "film.chosen")
    legal = spoken.t("export.legal") if shown.colours_by_law else ""
    translated = translation_note(shown.atlas, shown.lang)
    sections = (
        (Para(lead), Para(told, "title")),
        _paras(chosen, spoken.t("film.how_to_read"), legal, kind="note"),
        (*_paras(settings.disclaimer), *_paras(translated, kind="note")),
    )
    return Caption(settings.title, under, sections=sections)


def source_pages(sources: Iterable[Source], lang: str) -> Iterator[Caption]:
    """List the sources named in the film in full, so many a card; what is over is counted."""
    spoken, listed = texts(lang), list(sources)
    shown = listed[: _A_PAGE * _PAGES]
    # Without its address, which nobody can follow in a film.
    entries = [
        (Para(f"[{each.id}] {_ADDRESS.sub('', reference_text(each, lang))}", "small"),)
        for each in shown
    ]
    over = len(listed) - len(shown)
    pages = [entries[at : at + _A_PAGE] for at in range(0, len(entries), _A_PAGE)]
    for number, page in enumerate(pages, 1):
        last = number == len(pages)
        more = [(Para(spoken.t("film.more_listed", count=over), "note"),)] if over and last else []
        count = spoken.t("film.page", number=number, count=len(pages)) if len(pages) > 1 else ""
        yield Caption(spoken.t("film.sources"), "", count, (*page, *more))


def colophon(atlas: Atlas, shown: Sequence[Shown], link: str, lang: str) -> Caption:
    """Say whose work the film is made of, from which data, and what it does not claim."""
    spoken, settings = texts(lang), atlas.settings
    projection = projection_of(settings.extent, settings.extent).name
    data = spoken.t("film.data", **data_facts(atlas), projection=projection)
    legal = spoken.t("export.legal") if any(s.colours_by_law for s in shown) else ""
    link_said = spoken.t("film.link", link=link)
    sections = (
        (
            Para(spoken.t("film.claims"), "head"),
            *_paras(settings.disclaimer, legal, settings.cutoff),
        ),
        _paras(dates_chosen_said(atlas, spoken, "film.chosen")),
        (Para(spoken.t("film.made_of"), "head"), Para(f"{credits_of(*shown)}.")),
        (Para(spoken.t("film.from_data"), "head"), Para(data), Para(link_said)),
    )
    return Caption(spoken.t("film.about"), sections=sections)


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

    def seen(day: Date, mode: str, perspective: str | None, ground: Bbox | None) -> Shown:
        return shown_on(atlas, day, mode=mode, lang=lang, perspective=perspective, bbox=ground)

    if story:
        if mode or perspective or since or until:
            raise ExportFailed(
                "the steps of a story have days, modes and perspectives of their own; "
                "name a story, or a mode and days"
            )
        found = atlas.stories[known_id("story", story, atlas.stories)]
        if not found.steps:
            raise ExportFailed(f"the story {story!r} has no step to show")
        scenes = []
        for number, step in enumerate(found.steps, 1):
            shown = seen(step.day, step.mode, step.perspective or None, bbox or step.bbox)
            scenes.append(Scene("step", of_step(shown, found, step), shown, number))
        told = texts(lang).t("film.steps", count=len(scenes))
        said = (found.title, found.lead, told)
        link = "?" + urlencode({"story": story, "step": found.steps[0].id, "lang": lang})
        first, last = min(s.day for s in found.steps), max(s.day for s in found.steps)
    else:
        line = timeline(atlas, mode, perspective or "")
        first, last = _span(atlas, line, since, until)
        changing = [day for day in line.change_days if first <= day <= last]
        before = seen(first, line.reading.mode.id, perspective, bbox)
        scenes = []
        if first not in changing and (since is not None or before.boundaries):
            scenes.append(Scene("day", of_day(before, line), before, 1))
        for day in changing:
            shown = seen(day, line.reading.mode.id, perspective, bbox)
            scenes.append(Scene("day", of_day(shown), shown, len(scenes) + 1))
        told = texts(lang).t(
            "film.changes",
            count=len(changing),
            first=format_day_of(atlas, first, lang),
            last=format_day_of(atlas, last, lang),
        )
        said, link = (mode_said(before), atlas.settings.subtitle, told), before.link
    timed = (
        replace(each, seconds=hold if hold and each.number else reading_time(each))
        for each in _between_cards(scenes, said, link, bbox or atlas.settings.extent)
    )
    return Plan(atlas, lang, f"{atlas.settings.title}: {said[0]}", first, last, tuple(timed))


def reading_time(scene: Scene) -> float:
    """Give the seconds it takes to look at a picture and to read it, within bounds."""
    shortest, longest = BOUNDS_S.get(scene.kind, CARD_BOUNDS_S)
    wanted = LOOK_S + scene.caption.words / WORDS_A_SECOND
    return math.ceil(min(max(wanted, shortest), longest) * 2) / 2


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


def _between_cards(
    scenes: Sequence[Scene], said: tuple[str, str, str], link: str, extent: Bbox
) -> Iterator[Scene]:
    """Put the cards before and after the scenes of days."""
    shown = [scene.shown for scene in scenes if scene.shown]
    atlas, lang = shown[0].atlas, shown[0].lang
    bare = replace(shown[0].snapshot, events=())
    ground = replace(shown[0], snapshot=bare, boundaries=(), bbox=extent)
    yield Scene("title", opening(ground, *said), ground)
    yield from scenes
    named = {source.id for scene in scenes for source in scene.caption.sources}
    sources = [source for source in atlas.sources.values() if source.id in named]
    yield from (Scene("sources", page) for page in source_pages(sources, lang))
    yield Scene("colophon", colophon(atlas, shown, link, lang))
