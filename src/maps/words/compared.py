"""The words around days side by side: what changed, what is stated, and the sources of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Event
from maps.day.comparison import Comparison, Difference, compare
from maps.day.view import Bbox, Shown
from maps.words.apparatus import (
    DIGEST_LETTERS,
    event_entry,
    line_entries,
    mode_said,
    precision,
    reservations,
    statements,
)
from maps.words.claims import claim_entries
from maps.words.i18n import format_day, texts
from maps.words.notes import Entry, Footnotes
from maps.words.sentences import alike, change_said, sentences

LETTERS = "abcd"


@dataclass(frozen=True)
class Panel:
    """What stands over one map; ``said`` are its changes, the shortest way to say them.

    ``changed`` are the areas that differ from the day before it in the row.
    """

    letter: str
    day: str
    periods: str
    said: tuple[str, ...]
    changed: tuple[BaseGeometry, ...]


@dataclass(frozen=True)
class Compared:
    """Everything that stands around the maps, as text; ``event_ids`` go with the events."""

    title: str
    mode: str
    panels: tuple[Panel, ...]
    event_ids: tuple[str, ...]
    events: tuple[Entry, ...]
    changes: tuple[Entry, ...]
    statements: tuple[Entry, ...]
    footnotes: tuple[Entry, ...]
    small_print: tuple[str, ...]


def compared(days: Sequence[Shown], projection: str, seen: Bbox) -> Compared:
    """Gather the words for two to four days of one atlas in one mode.

    ``seen`` is the ground in the frames: claims on no other piece are listed.
    The signs that events have on the maps are not set here.
    """
    first = days[0]
    notes = Footnotes(first.lang)
    happened = {event.id: event for shown in days for event in shown.events}
    events = tuple(_event(days, event, notes) for event in happened.values())
    steps = [_Step(before, after) for before, after in pairwise(days)]
    changes = tuple(
        entry
        for letters, step in zip(pairwise(LETTERS), steps, strict=False)
        for entry in step.entries(" → ".join(letters), notes)
    )
    return Compared(
        title=first.atlas.settings.title,
        mode=mode_said(first),
        panels=tuple(_panels(days, steps)),
        event_ids=tuple(happened),
        events=events,
        changes=changes,
        statements=_statements(days, seen, notes),
        footnotes=notes.listed,
        small_print=_small_print(days, projection),
    )


class _Step:
    """What differs between one day and the next of the row, those that are alike together."""

    def __init__(self, before: Shown, after: Shown) -> None:
        self.before, self.after = before, after
        reading = after.reading
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
        known: dict[object, Difference] = {each.change: each for each in self._found.differences}
        entries = []
        for group in self._groups:
            (sentence,) = sentences(after.atlas, after.day, group, spoken, after.lang)
            cited = (citation for change in group for citation in known[change].citations)
            entries.append(Entry("", sentence.text(spoken), notes.of(cited), head=step))
        return entries


def _panels(days: Sequence[Shown], steps: Sequence[_Step]) -> Iterable[Panel]:
    for letter, shown, step in zip(LETTERS, days, (None, *steps), strict=False):
        yield Panel(
            letter,
            format_day(shown.day, shown.lang),
            " · ".join(period.name for period in shown.snapshot.periods),
            step.said if step else (),
            step.areas if step else (),
        )


def _event(days: Sequence[Shown], event: Event, notes: Footnotes) -> Entry:
    on = [letter for letter, day in zip(LETTERS, days, strict=False) if event in day.events]
    return _told_of(event_entry(days[0], event, notes), on, days[0].lang)


def _statements(days: Sequence[Shown], seen: Bbox, notes: Footnotes) -> tuple[Entry, ...]:
    """List what the maps stand for, each statement once, with the maps it is true of."""
    letters: dict[tuple[str, str], list[str]] = {}
    numbers: dict[tuple[str, str], set[int]] = {}
    for letter, shown in zip(LETTERS, days, strict=False):
        for entry in _stated(shown, seen, notes):
            key = (entry.head, entry.text)
            letters.setdefault(key, []).append(letter)
            numbers.setdefault(key, set()).update(entry.numbers)
    heads = list(dict.fromkeys(head for head, _ in letters))
    return tuple(
        _told_of(Entry("", text, tuple(sorted(numbers[head, text])), head), on, days[0].lang)
        for (head, text), on in sorted(letters.items(), key=lambda each: heads.index(each[0][0]))
    )


def _stated(shown: Shown, seen: Bbox, notes: Footnotes) -> tuple[Entry, ...]:
    if shown.colours_by_law:
        return (*claim_entries(shown, shown.claims_in(seen), notes), *line_entries(shown, notes))
    if shown.colours_by_control:
        return (*statements(shown, shown.painted, notes), *line_entries(shown, notes))
    return (*line_entries(shown, notes), *statements(shown, shown.beside, notes))


def _told_of(entry: Entry, letters: Sequence[str], lang: str) -> Entry:
    said = texts(lang).t("export.compare.on", panels=", ".join(letters), text=entry.text)
    return replace(entry, text=said)


def _small_print(days: Sequence[Shown], projection: str) -> tuple[str, ...]:
    first, spoken = days[0], texts(days[0].lang)
    links = (
        f"{letter}\N{NO-BREAK SPACE}{shown.link}"
        for letter, shown in zip(LETTERS, days, strict=False)
    )
    data = spoken.t(
        "export.compare.data",
        version=first.atlas.settings.version,
        digest=first.atlas.digest[:DIGEST_LETTERS],
        licence=first.atlas.settings.licence,
        projection=projection,
        links=", ".join(links),
    )
    return tuple(part for part in (*reservations(first), precision(days), data) if part)
