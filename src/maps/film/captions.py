"""The words of a film: beside the map, who says so briefly, and the cards around the days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from maps.atlas.model import CONTROL, Atlas, Citation, Date, Event, Source, Step, Story
from maps.day.control import upwards
from maps.day.snapshot import Change, changes_on
from maps.day.timeline import Timeline
from maps.day.view import Shown
from maps.sheet.projection import projection_of
from maps.words.apparatus import DIGEST_LETTERS, credits_of, mode_said
from maps.words.cite import reference_text
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, texts
from maps.words.sentences import dates_chosen, sentences, sources_named
from maps.words.translated import translation_note

_MOST_EVENTS = 4
_MOST_SOURCES = 6
_LETTERS = 38  # of a name
_A_PAGE = 24  # sources on a card
_PAGES = 3
_ADDRESS = re.compile(r",? https?://\S+")


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


def of_day(shown: Shown) -> Caption:
    """Say what changed on a change day, why, and who says so."""
    changes = changes_on(shown.atlas, shown.day, shown.mode.id, shown.reading.perspective)
    told = said_by(shown.atlas, _citations(shown, shown.day, changes), shown.lang)
    changed = _changed(shown, shown.day, changes, known=shown.events)
    return _captioned(shown, (*_events(shown), *changed), told)


def of_first_day(shown: Shown, line: Timeline) -> Caption:
    """Say on the first day of a film, on which nothing changes, how old its state is."""
    spoken, before = texts(shown.lang), line.previous_change(shown.day)
    state = Para(spoken.t("film.first_day"), "note")
    if before is None:
        first = format_day_of(shown.atlas, shown.atlas.settings.first_day, shown.lang)
        told = said_by(shown.atlas, _citations(shown, shown.day, ()), shown.lang)
        lines = [Para(spoken.t("film.since_start", day=first))]
    else:
        changes = changes_on(shown.atlas, before, shown.mode.id, shown.reading.perspective)
        told = said_by(shown.atlas, _citations(shown, before, changes), shown.lang)
        said = spoken.t("map.last_change", day=format_day_of(shown.atlas, before, shown.lang))
        lines = [Para(said, "head"), *_changed(shown, before, changes)]
    return _captioned(shown, (*_events(shown), state, *lines), told)


def of_step(shown: Shown, story: Story, step: Step) -> Caption:
    """Tell a step of a story, and in equal room what other sources say of it."""
    spoken, atlas = texts(shown.lang), shown.atlas
    title = step.title.removeprefix(f"{format_day_of(shown.atlas, step.day, shown.lang)}: ")
    sections: list[Section] = [(Para(title[:1].upper() + title[1:], "title"), Para(step.text))]
    if step.beside:
        sections.append((Para(spoken.t("ui.story.beside"), "head"), Para(step.beside)))
    marked = [event for event in shown.events if event.place is not None][:_MOST_EVENTS]
    if marked:
        sections.append(tuple(Para(event.title, "small", event.id) for event in marked))
    named = {source.id: source for source in sources_named(atlas, step)}
    if story.source_id in atlas.sources:
        named[story.source_id] = atlas.sources[story.source_id]
    return Caption(
        format_day_of(shown.atlas, step.day, shown.lang),
        mode_said(shown),
        spoken.t("film.step", number=story.steps.index(step) + 1, count=len(story.steps),
                 story=story.title),
        tuple(sections),
        tuple(named[id] for id in sorted(named)),
    )  # fmt: skip


def _captioned(shown: Shown, first: Section, told: Named) -> Caption:
    spoken = texts(shown.lang)
    # Events that began before and are marked on the map all the same.
    earlier = [event for event in shown.events if event.span.start < shown.day]
    under_way = []
    for event in earlier[:_MOST_EVENTS]:
        began = format_day_of(shown.atlas, event.span.start, shown.lang)
        said = spoken.t("film.under_way", event=event.title, day=began)
        under_way.append(Para(_event(event, said, spoken), "small", event.id))
    sections = [first, tuple(under_way)]
    if told.text:
        said, brief = (
            spoken.t("film.told_by", tellers=tellers) for tellers in (told.text, told.tellers)
        )
        sections.append((Para(said, "small", brief=brief),))
    periods = " · ".join(period.name for period in shown.snapshot.periods)
    day, mode = format_day_of(shown.atlas, shown.day, shown.lang), mode_said(shown)
    return Caption(day, mode, periods, tuple(sections), told.sources)


def _events(shown: Shown) -> Iterator[Para]:
    """Name the events that begin on the day."""
    begun = [event for event in shown.events if event.span.start == shown.day]
    for event in begun[:_MOST_EVENTS]:
        yield Para(_event(event, event.title, texts(shown.lang)), "title", event.id)
    left = len(begun) - _MOST_EVENTS
    if left > 0:
        yield Para(texts(shown.lang).t("film.more_events", count=left), "note")


def _event(event: Event, said: str, spoken: Texts) -> str:
    return f"{said} · {spoken.t('export.contested')}" if event.contested else said


def _changed(
    shown: Shown, day: Date, changes: Sequence[Change], known: Iterable[Event] = ()
) -> Iterator[Para]:
    """Say what changed; a reason that stands above as an event is not said again."""
    spoken, titles = texts(shown.lang), [event.title for event in known]
    for sentence in sentences(shown.atlas, day, changes, spoken, shown.lang):
        line = sentence.what if sentence.why in titles else sentence.text(spoken)
        yield Para(line.replace(" km²", "\N{NO-BREAK SPACE}km²"))


def _citations(shown: Shown, day: Date, changes: Iterable[Change]) -> Iterator[Citation]:
    """Go through what the events of a day and its changes rest on."""
    atlas, changed = shown.atlas, list(changes)
    why = {event_id for change in changed for event_id in change.event_ids}
    new = {status_id for change in changed for status_id in change.status_ids}
    drawn = {change.boundary_id for change in changed}
    # Statements on land that changed which ended on the day count, too.
    asked = [change for change in changed if change.kind in ("control", "legal")]
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


@dataclass(frozen=True)
class Named:
    """Tellers with their sources as one text, tellers alone, and the sources named."""

    text: str = ""
    tellers: str = ""
    sources: tuple[Source, ...] = ()


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
    spoken = texts(lang)
    parts = [
        spoken.t("film.told", teller=_teller(atlas, teller), sources=", ".join(kept))
        for teller, found in by_teller.items()
        if (kept := [named_short(source) for source in found if source in named])
    ]
    text = "; ".join(parts)
    left = len(sources) - len(named)
    if left:
        text = spoken.t("film.more_sources", named=text, count=left)
    return Named(text, ", ".join(_teller(atlas, teller) for teller in by_teller), tuple(named))


def _teller(atlas: Atlas, perspective_id: str) -> str:
    teller = atlas.perspectives.get(perspective_id)
    return teller.name if teller else perspective_id


def named_short(source: Source) -> str:
    """Name a source as a footnote called again does: author or place, year, id."""
    csl = source.csl
    people = csl.get("author") or csl.get("editor") or ()
    names = [str(one.get("family") or one.get("literal") or "") for one in people]
    names = [each for each in names if each]
    name = f"{names[0]} …" if len(names) > 2 else ", ".join(names)
    name = name or str(csl.get("container-title") or csl.get("publisher") or csl.get("title") or "")
    if len(name) > _LETTERS:
        name = name[:_LETTERS].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    parts = (csl.get("issued") or {}).get("date-parts") or [[]]
    year = str(parts[0][0]) if parts[0] else ""
    return " ".join(filter(None, (name, year, f"[{source.id}]")))


def opening(shown: Shown, under: str, lead: str, told: str) -> Caption:
    """Say what the film is of, how it is to be read, and what it does not claim."""
    spoken, settings = texts(shown.lang), shown.atlas.settings
    reading = [Para(spoken.t("film.how_to_read"), "note")]
    if shown.colours_by_law:
        reading.append(Para(spoken.t("export.legal"), "note"))
    chosen = [Para(line, "note") for line in dates_moved(shown.atlas, shown.lang)]
    note = translation_note(shown.atlas, shown.lang)
    translated = [Para(note, "note")] if note else []
    return Caption(
        settings.title,
        under,
        "",
        (
            (Para(lead), Para(told, "title")),
            (*chosen, *reading),
            (Para(settings.disclaimer), *translated),
        ),
    )


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
    data = spoken.t(
        "film.data",
        title=settings.title,
        version=settings.version,
        digest=atlas.digest[:DIGEST_LETTERS],
        licence=settings.licence,
        projection=projection_of(settings.extent, settings.extent).name,
    )
    credits_said = credits_of(*shown)
    legal = [Para(spoken.t("export.legal"))] if any(s.colours_by_law for s in shown) else []
    return Caption(
        spoken.t("film.about"),
        "",
        "",
        (
            (Para(spoken.t("film.claims"), "head"), Para(settings.disclaimer), *legal,
             Para(settings.cutoff)),
            (*(Para(line) for line in dates_moved(atlas, lang)),),
            (Para(spoken.t("film.made_of"), "head"), Para(f"{credits_said}.")),
            (Para(spoken.t("film.from_data"), "head"), Para(data),
             Para(spoken.t("film.link", link=link))),
        ),
    )  # fmt: skip


def dates_moved(atlas: Atlas, lang: str) -> list[str]:
    """Say in one sentence which days of events a reader chose; nothing where none."""
    spoken = texts(lang)
    moved = "; ".join(dates_chosen(atlas, spoken))
    return [f"{spoken.t('film.chosen')} {moved}."] if moved else []
