"""The words around the maps of a sheet: events, changes, statements and sources of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import DOUBTFUL, PRECISIONS, Event, Status
from maps.day.snapshot import Comparison, compare
from maps.day.view import Bbox, Shown
from maps.words.claims import claim_entries
from maps.words.date_formats import format_day_of, format_edtf
from maps.words.i18n import texts
from maps.words.names import mode_name, short_name, teller_name
from maps.words.notes import Entry, Footnotes
from maps.words.sentences import alike, change_said, dates_chosen, sentences
from maps.words.translated import translation_note

DIGEST_LETTERS = 12
LETTERS = "abcd"  # of maps side by side


@dataclass(frozen=True)
class Panel:
    """What is said of one map; ``said`` are its changes, the shortest way to say them.

    ``changed`` are the areas (EPSG:4326) that differ from the day before it in the row.
    """

    letter: str
    day: str
    periods: str
    said: tuple[str, ...] = ()
    changed: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True)
class Apparatus:
    """Everything that stands around the maps, as text.

    ``event_ids`` go with the events; none where an entry says that there is no event.
    """

    title: str
    mode: str
    panels: tuple[Panel, ...]
    event_ids: tuple[str, ...]
    events: tuple[Entry, ...]
    changes: tuple[Entry, ...]
    statements: tuple[Entry, ...]
    footnotes: tuple[Entry, ...]
    small_print: tuple[str, ...]


def apparatus(days: Sequence[Shown], projection: str, seen: Bbox | None = None) -> Apparatus:
    """Gather the words for a sheet of one to four days of one atlas in one mode.

    ``projection`` is the name of the one used; ``seen`` the ground in the frames, if
    not what was asked for: claims on no other piece are listed. The signs that events
    have on the maps are not set here.
    """
    first = days[0]
    notes = Footnotes(first.lang)
    if first.colours_by_law and len(days) == 1:
        # Numbered before all others: of the notes of claims none may be cut off for want of room.
        claim_entries(first, first.claims_in(seen or first.bbox), notes)
    events = _events(days, notes)
    steps = [_Step(before, after) for before, after in pairwise(days)]
    arrow = texts(first.lang).arrow
    changes = tuple(
        entry
        for letters, step in zip(pairwise(LETTERS), steps, strict=False)
        for entry in step.entries(f" {arrow} ".join(letters), notes)
    )
    return Apparatus(
        title=first.atlas.settings.title,
        mode=mode_said(first),
        panels=tuple(
            Panel(
                letter,
                format_day_of(shown.atlas, shown.day, shown.lang),
                " · ".join(period.name for period in shown.snapshot.periods),
                step.said if step else (),
                step.areas if step else (),
            )
            for letter, shown, step in zip(LETTERS, days, (None, *steps), strict=False)
        ),
        event_ids=tuple(_happened(days)),
        events=events,
        changes=changes,
        statements=_statements(days, seen, notes),
        footnotes=notes.listed,
        small_print=_small_print(days, projection),
    )


class _Step:
    """What differs between one day and the next of the row, those that are alike together."""

    def __init__(self, before: Shown, after: Shown) -> None:
        self.after, reading = after, after.reading
        self._found: Comparison = compare(
            after.atlas, before.day, after.day, reading.mode.id, reading.perspective
        )
        self._groups = alike(after.atlas, (each.change for each in self._found.differences))

    @property
    def said(self) -> tuple[str, ...]:
        """The changes without their reasons."""
        atlas, lang = self.after.atlas, self.after.lang
        return tuple(change_said(atlas, group, texts(lang), lang) for group in self._groups)

    @property
    def areas(self) -> tuple[BaseGeometry, ...]:
        """The ground of each group of changes, in degrees."""
        lines = {each.change: each.line.geometry for each in self._found.differences}
        return tuple(
            shapely.union_all([lines[change] for change in group]) for group in self._groups
        )

    def entries(self, step: str, notes: Footnotes) -> list[Entry]:
        """Say each change with its reason and what all of it rests on."""
        after, spoken = self.after, texts(self.after.lang)
        if not self._groups:
            return [Entry("", spoken.t("export.compare.no_change"), head=step)]
        known = {each.change: each for each in self._found.differences}
        entries = []
        for group in self._groups:
            (sentence,) = sentences(after.atlas, after.day, group, spoken, after.lang)
            cited = (citation for change in group for citation in known[change].citations)
            entries.append(Entry("", sentence.text(spoken), notes.of(cited), head=step))
        return entries


def mode_said(shown: Shown) -> str:
    """Name the mode and what it asks or, in legal status, whose statements it shows."""
    spoken, hint = texts(shown.lang), f"map.hints.{shown.mode.id}"
    name = mode_name(shown.mode.id, shown.lang)
    if shown.colours_by_law:
        return spoken.t("export.mode_told", mode=name, teller=teller_name(shown))
    return f"{name}: {spoken.t(hint)}" if hint in spoken else name


def _happened(days: Sequence[Shown]) -> dict[str, Event]:
    return {event.id: event for shown in days for event in shown.events}


def _events(days: Sequence[Shown], notes: Footnotes) -> tuple[Entry, ...]:
    first, spoken = days[0], texts(days[0].lang)
    happened = _happened(days)
    if happened:
        return tuple(
            _on(
                days,
                [event in shown.events for shown in days],
                _event(first, event, notes),
            )
            for event in happened.values()
        )
    if len(days) > 1:
        return (Entry("", spoken.t("export.compare.no_event")),)
    none = Entry("", spoken.t("export.no_event"))
    earlier = [event for event in first.atlas.events if event.span.start < first.day]
    if not earlier:
        return (none,)
    last = max(earlier, key=lambda event: event.span.start)
    told = _event(first, last, notes)
    when = format_day_of(first.atlas, last.span.start, first.lang)
    said = spoken.t("export.last_event", day=when, event=told.text)
    return (none, Entry("", said, told.numbers))


def _event(shown: Shown, event: Event, notes: Footnotes) -> Entry:
    """Put an event into words."""
    spoken = texts(shown.lang)
    words = [event.title]
    if event.place:
        words.append(event.place.name)
    if not event.date.is_exact:
        words.append(format_edtf(event.date.edtf, shown.lang))
    if event.contested:
        words.append(spoken.t("export.contested"))
    return Entry("", " · ".join(words), notes.of(event.citations))


def _on(days: Sequence[Shown], is_on: Iterable[bool], entry: Entry) -> Entry:
    """Put the letters of the maps an entry is true of before it, if there are several maps."""
    if len(days) == 1:
        return entry
    letters = ", ".join(letter for letter, on in zip(LETTERS, is_on, strict=False) if on)
    said = texts(days[0].lang).t("export.compare.on", panels=letters, text=entry.text)
    return replace(entry, text=said)


def _statements(days: Sequence[Shown], seen: Bbox | None, notes: Footnotes) -> tuple[Entry, ...]:
    """List what the maps stand for, each statement once, with the maps it is true of."""
    told = [_stated(shown, seen, notes, alone=len(days) == 1) for shown in days]
    numbers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for entry in (entry for entries in told for entry in entries):
        numbers[entry.head, entry.text].update(entry.numbers)
    held = [{(entry.head, entry.text) for entry in entries} for entries in told]
    heads = list(dict.fromkeys(head for head, _ in numbers))
    return tuple(
        _on(
            days,
            [(head, text) in each for each in held],
            Entry("", text, tuple(sorted(numbers[head, text])), head),
        )
        for head, text in sorted(numbers, key=lambda each: heads.index(each[0]))
    )


def _stated(shown: Shown, seen: Bbox | None, notes: Footnotes, *, alone: bool) -> tuple[Entry, ...]:
    """Say what the colours stand for, where the lines are from, and what else is in force."""
    if shown.colours_by_law:
        painted = claim_entries(shown, shown.claims_in(seen or shown.bbox), notes)
        return (*painted, *line_entries(shown, notes))
    painted = statements(shown, shown.painted, notes)
    lines = line_entries(shown, notes)
    # Beside other maps, whose colours say who held what, there is no room for more.
    beside = () if shown.colours_by_control and not alone else shown.beside
    return (*painted, *lines, *statements(shown, beside, notes))


def statements(shown: Shown, said: Iterable[Status], notes: Footnotes) -> tuple[Entry, ...]:
    """Put statements into words, those that differ only in their region together."""
    together: defaultdict[tuple[str, ...], list[Status]] = defaultdict(list)
    for status in said:
        key = (status.text, status.dimension, status.perspective_id, status.certainty)
        together[key].append(status)
    return tuple(_statement(shown, alike, notes) for alike in together.values())


def _statement(shown: Shown, alike: list[Status], notes: Footnotes) -> Entry:
    spoken, first = texts(shown.lang), alike[0]
    regions = shown.atlas.regions
    names = dict.fromkeys(short_name(regions[s.region_id].name(shown.lang)) for s in alike)
    teller = shown.atlas.perspectives.get(first.perspective_id)
    said = spoken.t(
        "export.statement",
        regions="; ".join(names),
        text=first.text.rstrip("."),
        dimension=spoken.t(f"dimension.{first.dimension}"),
        teller=teller.name if teller else first.perspective_id,
    )
    if first.certainty in DOUBTFUL:
        said += " · " + spoken.t(f"export.certainty.{first.certainty}")
    cited = notes.of(citation for status in alike for citation in status.citations)
    return Entry("", said, cited)


def line_entries(shown: Shown, notes: Footnotes) -> tuple[Entry, ...]:
    """Say in one entry where the lines that cite a source have it from."""
    spoken = texts(shown.lang)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for boundary in (listed.boundary for listed in shown.boundaries):
        numbers = notes.of(boundary.citations)
        if numbers:
            region = shown.atlas.regions[boundary.region_id]
            found[short_name(region.name(shown.lang))].update(numbers)
    named = [Entry("", name, tuple(sorted(numbers))).said for name, numbers in found.items()]
    return (Entry("", spoken.t("export.lines", regions="; ".join(named))),) if named else ()


def _small_print(days: Sequence[Shown], projection: str) -> tuple[str, ...]:
    first, spoken = days[0], texts(days[0].lang)
    settings = first.atlas.settings
    facts = {
        "version": settings.version,
        "digest": first.atlas.digest[:DIGEST_LETTERS],
        "licence": settings.licence,
        "projection": projection,
    }
    if len(days) == 1:
        data = spoken.t("export.data", **facts, link=first.link)
    else:
        pairs = zip(LETTERS, days, strict=False)
        links = ", ".join(f"{letter}\N{NO-BREAK SPACE}{shown.link}" for letter, shown in pairs)
        data = spoken.t("export.compare.data", **facts, links=links)
    return tuple(part for part in (*reservations(first), precision(days), data) if part)


def reservations(shown: Shown) -> tuple[str, ...]:
    """Say which dates were chosen, and what the map does not claim."""
    settings, spoken = shown.atlas.settings, texts(shown.lang)
    said = (settings.disclaimer, settings.cutoff, translation_note(shown.atlas, shown.lang))
    kept = " ".join(filter(None, said))
    if shown.colours_by_law:
        kept = f"{spoken.t('export.legal')} {kept}"
    elif shown.perspective_id:
        kept = f"{spoken.t('export.only_teller', teller=teller_name(shown))} {kept}"
    moved = "; ".join(dates_chosen(shown.atlas, spoken))
    chosen = f"{spoken.t('chosen.export')} {moved}." if moved else ""
    return (chosen, kept)


def precision(days: Sequence[Shown]) -> str:
    """Count the lines of some days by precision, each once, and credit their files."""
    spoken = texts(days[0].lang)
    lines = {each.boundary.id: each.boundary for shown in days for each in shown.boundaries}
    held = [boundary.precision for boundary in lines.values()]
    counted = ", ".join(
        f"{held.count(precision)} {spoken.t(f'precision.{precision}')}"
        for precision in PRECISIONS
        if precision in held
    )
    said = spoken.t("export.precision", counted=counted) if counted else ""
    return f"{said} {spoken.t('export.credits', credits=credits_of(*days))}".strip()


def credits_of(*days: Shown) -> str:
    """Name those whose files the lines and the ground of some days come from."""
    atlas = days[0].atlas
    used = (
        atlas.origins[key]
        for shown in days
        for listed in shown.boundaries
        for key in listed.boundary.origin_ids
        if key in atlas.origins
    )
    named = (origin.credit or f"{origin.title or origin.id} ({origin.licence})" for origin in used)
    return "; ".join(dict.fromkeys((*named, *atlas.settings.attribution)))


def credit_line(shown: Shown, link: str = "") -> str:
    """Write the line that goes with a picture: what it shows, whose data, whose ground."""
    settings, spoken = shown.atlas.settings, texts(shown.lang)
    said = spoken.t(
        "ui.share.credit_line",
        atlas=settings.title,
        day=format_day_of(shown.atlas, shown.day, shown.lang),
        mode=mode_name(shown.mode.id, shown.lang),
        version=settings.version,
        licence=settings.licence,
        credits=credits_of(shown),
    )
    return f"{said} {link}".strip()
