"""The words around the maps of a sheet: events, changes, statements and sources of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, pairwise, zip_longest
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import DOUBTFUL, PRECISIONS, Atlas, Citation, Event, Status
from maps.day.index import grouped
from maps.day.law import Claim
from maps.day.snapshot import compare
from maps.day.view import Bbox, Shown
from maps.words.cite import citation_text
from maps.words.date_formats import format_day_of, format_edtf
from maps.words.i18n import texts, translation_note
from maps.words.names import mode_name, region_name, short_name, teller_name
from maps.words.sentences import change_said, dates_chosen_said, holding_name, rows, sentences

_DIGEST_LETTERS = 12
LETTERS = "abcd"  # of maps side by side
_AND = ",\N{NO-BREAK SPACE}"

Item = TypeVar("Item")


@dataclass(frozen=True)
class Entry:
    """One line of a list: the mark it has on the map, its words, its footnotes.

    Entries of one ``head`` stand under it, the name of who says all of it.
    """

    mark: str
    text: str
    numbers: tuple[int, ...] = ()
    head: str = ""

    @property
    def said(self) -> str:
        """The words with the numbers of their footnotes."""
        return f"{self.text} [{ranges(self.numbers)}]" if self.numbers else self.text


def ranges(numbers: Iterable[int]) -> str:
    """Write ascending numbers short, with spaces that do not break: ``1–4, 7``."""
    # Numbers that follow each other are all as far ahead of their places.
    following = groupby(enumerate(numbers), lambda placed: placed[1] - placed[0])
    runs = [[number for _, number in run] for _, run in following]
    return _AND.join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else _AND.join(map(str, run)) for run in runs
    )


@dataclass
class Footnotes:
    """Citations numbered in the order in which they are first called for."""

    lang: str
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Give the numbers of some citations; the same text keeps its number."""
        found = (citation_text(citation, self.lang) for citation in citations)
        return tuple(
            sorted({self.numbers.setdefault(text, len(self.numbers) + 1) for text in found})
        )

    @property
    def listed(self) -> tuple[Entry, ...]:
        """All footnotes, in order."""
        return tuple(Entry(f"[{number}]", text) for text, number in self.numbers.items())


@dataclass(frozen=True)
class Panel:
    """What is said of one map; ``said`` are its changes, the shortest way to say them.

    ``changed`` are the areas (EPSG:4326) that differ from the day before it in the row.
    """

    letter: str
    day: str
    periods: str
    said: tuple[str, ...]
    changed: tuple[BaseGeometry, ...]


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
    first, spoken = days[0], texts(days[0].lang)
    atlas, lang, notes = first.atlas, first.lang, Footnotes(first.lang)
    if first.colours_by_law and len(days) == 1:
        # Numbered before all others: of the notes of claims none may be cut off for want of room.
        _claims(first, first.claims_in(seen or first.bbox), notes)
    happened = {event.id: event for shown in days for event in shown.events}
    events = _events(days, happened, notes)
    mode, perspective = first.mode.id, first.reading.perspective
    changed = [
        rows(compare(atlas, before.day, after.day, mode, perspective))
        for before, after in pairwise(days)
    ]
    changes = []
    for letters, after, found in zip(pairwise(LETTERS), days[1:], changed, strict=False):
        head = f" {spoken.arrow} ".join(letters)
        if not found:
            changes.append(Entry("", spoken.t("export.compare.no_change"), head=head))
        for row in found:
            (sentence,) = sentences(atlas, after.day, row.changes, lang)
            cited = chain.from_iterable(each.citations for each in row.differences)
            changes.append(Entry("", sentence.text(spoken), notes.of(cited), head=head))
    return Apparatus(
        title=atlas.settings.title,
        mode=mode_said(first),
        panels=tuple(
            Panel(
                letter,
                format_day_of(atlas, shown.day, lang),
                " · ".join(period.name for period in shown.snapshot.periods),
                tuple(change_said(atlas, row.changes, lang) for row in found),
                tuple(shapely.union_all([e.line.geometry for e in r.differences]) for r in found),
            )
            for letter, shown, found in zip(LETTERS, days, ((), *changed), strict=False)
        ),
        event_ids=tuple(happened),
        events=events,
        changes=tuple(changes),
        statements=_statements(days, seen, notes),
        footnotes=notes.listed,
        small_print=_small_print(days, projection),
    )


def mode_said(shown: Shown) -> str:
    """Name the mode and what it asks or, in legal status, whose statements it shows."""
    spoken, hint = texts(shown.lang), f"map.hints.{shown.mode.id}"
    name = mode_name(shown.mode.id, shown.lang)
    if shown.colours_by_law:
        return spoken.t("export.mode_told", mode=name, teller=teller_name(shown))
    return f"{name}: {spoken.t(hint)}" if hint in spoken else name


def _events(
    days: Sequence[Shown], happened: Mapping[str, Event], notes: Footnotes
) -> tuple[Entry, ...]:
    first, spoken = days[0], texts(days[0].lang)
    if happened:
        return tuple(
            _on(days, [event in shown.events for shown in days], _event(first, event, notes))
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
    return (none, replace(told, text=spoken.t("export.last_event", day=when, event=told.text)))


def _event(shown: Shown, event: Event, notes: Footnotes) -> Entry:
    words = [event.title]
    if event.place:
        words.append(event.place.name)
    if not event.date.is_exact:
        words.append(format_edtf(event.date.edtf, shown.lang))
    if event.contested:
        words.append(texts(shown.lang).t("export.contested"))
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
    held: list[set[tuple[str, str]]] = []
    numbers: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for shown in days:
        if shown.colours_by_law:
            painted = _claims(shown, shown.claims_in(seen or shown.bbox), notes)
        else:
            painted = _of_their_tellers(shown, shown.painted, notes)
        told = [*painted, *_lines(shown, notes)]
        # Beside other maps, whose colours say who held what, there is no room for more.
        if not (shown.colours_by_law or (shown.colours_by_control and len(days) > 1)):
            told += _of_their_tellers(shown, shown.beside, notes)
        for entry in told:
            numbers[entry.head, entry.text].update(entry.numbers)
        held.append({(entry.head, entry.text) for entry in told})
    heads = list(dict.fromkeys(head for head, _ in numbers))
    return tuple(
        _on(
            days,
            [(head, text) in each for each in held],
            Entry("", text, tuple(sorted(numbers[head, text])), head),
        )
        for head, text in sorted(numbers, key=lambda each: heads.index(each[0]))
    )


def _of_their_tellers(shown: Shown, said: Iterable[Status], notes: Footnotes) -> list[Entry]:
    """Put statements into words, those that differ only in their region together."""
    spoken, perspectives = texts(shown.lang), shown.atlas.perspectives
    together = grouped(said, lambda s: (s.text, s.dimension, s.perspective_id, s.certainty))
    entries = []
    for (_, dimension, teller, _), statuses in together.items():
        claims = [Claim(each, teller, "says", each.span) for each in statuses]
        said_of = spoken.t(f"dimension.{dimension}")
        named = perspectives[teller].name if teller in perspectives else teller
        entries.append(
            _claim(shown, claims, notes, "export.statement", dimension=said_of, teller=named)
        )
    return entries


def _claims(shown: Shown, claims: Iterable[Claim], notes: Footnotes) -> list[Entry]:
    """Put claims into words, teller by teller, then name the tellers who are silent.

    Claims that differ only in their region are one entry. Footnotes are numbered
    in turns, first those of the first entry of each teller and so on: where room
    for notes ends, it ends for all tellers alike.
    """
    atlas, spoken = shown.atlas, texts(shown.lang)

    def key(claim: Claim) -> tuple[str, ...]:
        status = claim.status
        what = (status.dimension, status.polity_id, claim.stance, status.certainty)
        return (claim.perspective_id, *what, claim.told.text)

    by_teller = grouped(grouped(claims, key).values(), lambda alike: alike[0].perspective_id)
    written = {}
    for alike in in_turns(list(by_teller.values())):
        first, status = alike[0], alike[0].status
        if first.holding:
            what = holding_name(atlas, first.holding, spoken)
        else:
            dimension = spoken.t(f"map.dimension.{status.dimension}")
            if first.stance != "says":
                dimension += ", " + spoken.t(f"map.stance.{first.stance}")
            polity = atlas.polities.get(status.polity_id)
            named = polity.name if polity else spoken.t("export.no_polity")
            what = spoken.t("map.holding", polity=named, dimension=dimension)
        head = atlas.perspectives[first.perspective_id].name
        written[id(alike)] = _claim(shown, alike, notes, "export.claim", head, what=what)
    said = [written[id(alike)] for groups in by_teller.values() for alike in groups]
    # Silence is no denial: who was asked and says nothing here is named.
    silent = [atlas.perspectives[teller].name for teller in shown.asked if teller not in by_teller]
    if silent:
        said.append(Entry("", spoken.t("map.silent_tellers", tellers=", ".join(silent))))
    return said


def _claim(
    shown: Shown,
    alike: Sequence[Claim],
    notes: Footnotes,
    said_as: str,
    head: str = "",
    **facts: str,
) -> Entry:
    """Put claims that differ only in their region into one entry."""
    spoken, first, certainty = texts(shown.lang), alike[0], alike[0].status.certainty
    regions = (region_name(shown.atlas, each.status.region_id, shown.lang) for each in alike)
    named = "; ".join(dict.fromkeys(map(short_name, regions)))
    said = spoken.t(said_as, regions=named, text=first.told.text.rstrip("."), **facts)
    if certainty in DOUBTFUL and first.stance == "says":
        said += " · " + spoken.t(f"export.certainty.{certainty}")
    cited = chain.from_iterable(claim.told.citations for claim in alike)
    return Entry("", said, notes.of(cited), head)


def in_turns(groups: Iterable[Iterable[Item]]) -> list[Item]:
    """Take the first of each group, then the second of each, and so on."""
    return [each for turn in zip_longest(*groups) for each in turn if each is not None]


def _lines(shown: Shown, notes: Footnotes) -> tuple[Entry, ...]:
    """Say in one entry where the lines that cite a source have it from."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for boundary in (listed.boundary for listed in shown.boundaries):
        if numbers := notes.of(boundary.citations):
            name = region_name(shown.atlas, boundary.region_id, shown.lang)
            found[short_name(name)].update(numbers)
    named = [Entry("", name, tuple(sorted(numbers))).said for name, numbers in found.items()]
    said = texts(shown.lang).t("export.lines", regions="; ".join(named))
    return (Entry("", said),) if named else ()


def _small_print(days: Sequence[Shown], projection: str) -> tuple[str, ...]:
    first, spoken = days[0], texts(days[0].lang)
    atlas, settings = first.atlas, first.atlas.settings
    note = translation_note(atlas, first.lang)
    reserved = (reservation(first), settings.disclaimer, settings.cutoff, note)
    lines = {each.boundary.id: each.boundary for shown in days for each in shown.boundaries}
    held = [boundary.precision for boundary in lines.values()]
    counted = ", ".join(
        f"{held.count(precision)} {spoken.t(f'precision.{precision}')}"
        for precision in PRECISIONS
        if precision in held
    )
    precision = spoken.t("export.precision", counted=counted) if counted else ""
    credited = spoken.t("export.credits", credits=credits_of(*days))
    facts = {**data_facts(atlas), "projection": projection}
    if len(days) == 1:
        data = spoken.t("export.data", **facts, link=first.link)
    else:
        pairs = zip(LETTERS, days, strict=False)
        links = ", ".join(f"{letter}\N{NO-BREAK SPACE}{shown.link}" for letter, shown in pairs)
        data = spoken.t("export.compare.data", **facts, links=links)
    kept = " ".join(filter(None, reserved))
    said = (dates_chosen_said(atlas, spoken), kept, f"{precision} {credited}".strip(), data)
    return tuple(filter(None, said))


def data_facts(atlas: Atlas) -> dict[str, str]:
    """Give what small print names of the data: title, version, digest and licence."""
    settings = atlas.settings
    return {
        "title": settings.title,
        "version": settings.version,
        "licence": settings.licence,
        "digest": atlas.digest[:_DIGEST_LETTERS],
    }


def reservation(shown: Shown) -> str:
    """Say what a mode leaves open; empty where it leaves nothing."""
    spoken = texts(shown.lang)
    if shown.colours_by_law:
        return spoken.t("export.legal")
    if shown.perspective_id:
        return spoken.t("export.only_teller", teller=teller_name(shown))
    return ""


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
