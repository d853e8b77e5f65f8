"""The words around a picture: events, statements and sources of what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maps.atlas.model import PRECISIONS, Event, Status
from maps.day.view import Bbox, Shown
from maps.words.claims import claim_entries
from maps.words.i18n import format_day, format_edtf, texts
from maps.words.names import mode_name, short_name, teller_name
from maps.words.notes import Entry, Footnotes
from maps.words.sentences import dates_chosen

DIGEST_LETTERS = 12


@dataclass(frozen=True)
class Apparatus:
    """Everything that stands around the map, as text."""

    title: str
    day: str
    mode: str
    periods: str
    events: tuple[Entry, ...]
    statements: tuple[Entry, ...]
    footnotes: tuple[Entry, ...]
    small_print: tuple[str, ...]


def apparatus(shown: Shown, projection: str, seen: Bbox | None = None) -> Apparatus:
    """Gather the words for a picture; ``projection`` is the name of the one used.

    ``seen`` is the ground in the frame, if not what was asked for: claims on no
    other piece are listed. The first of the event entries are those of the day,
    in their order; the letters they have on the map are not set here.
    """
    settings = shown.atlas.settings
    notes = Footnotes(shown.lang)
    if shown.colours_by_law:
        # First the claims: of their footnotes none may be cut off for want of room.
        painted = claim_entries(shown, shown.claims_in(seen or shown.bbox), notes)
        events, lines = _events(shown, notes), line_entries(shown, notes)
        beside: tuple[Entry, ...] = ()
    else:
        # Footnotes are numbered in this order: the day's events, what is painted,
        # the lines, what else is said.
        events = _events(shown, notes)
        painted = statements(shown, shown.painted, notes)
        lines = line_entries(shown, notes)
        beside = statements(shown, shown.beside, notes)
    return Apparatus(
        title=settings.title,
        day=format_day(shown.day, shown.lang),
        mode=mode_said(shown),
        periods=" · ".join(period.name for period in shown.snapshot.periods),
        events=events,
        statements=(*painted, *lines, *beside),
        footnotes=notes.listed,
        small_print=_small_print(shown, projection),
    )


def mode_said(shown: Shown) -> str:
    """Name the mode and what it asks or, in legal status, whose statements it shows."""
    spoken, hint = texts(shown.lang), f"map.hints.{shown.mode.id}"
    name = mode_name(shown.mode.id, shown.lang)
    if shown.colours_by_law:
        return spoken.t("export.mode_told", mode=name, teller=teller_name(shown))
    return f"{name}: {spoken.t(hint)}" if hint in spoken else name


def _events(shown: Shown, notes: Footnotes) -> tuple[Entry, ...]:
    if shown.events:
        return tuple(event_entry(shown, event, notes) for event in shown.events)
    spoken = texts(shown.lang)
    none = Entry("", spoken.t("export.no_event"))
    earlier = [event for event in shown.atlas.events if event.span.start < shown.day]
    if not earlier:
        return (none,)
    last = max(earlier, key=lambda event: event.span.start)
    told = event_entry(shown, last, notes)
    when = format_day(last.span.start, shown.lang)
    said = spoken.t("export.last_event", day=when, event=told.text)
    return (none, Entry("", said, told.numbers))


def event_entry(shown: Shown, event: Event, notes: Footnotes) -> Entry:
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
    if first.certainty in ("approximate", "contested"):
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


def _small_print(shown: Shown, projection: str) -> tuple[str, ...]:
    settings = shown.atlas.settings
    data = texts(shown.lang).t(
        "export.data",
        version=settings.version,
        digest=shown.atlas.digest[:DIGEST_LETTERS],
        licence=settings.licence,
        projection=projection,
        link=shown.link,
    )
    return tuple(part for part in (*reservations(shown), precision([shown]), data) if part)


def reservations(shown: Shown) -> tuple[str, ...]:
    """Say which dates were chosen, and what the map does not claim."""
    settings, spoken = shown.atlas.settings, texts(shown.lang)
    kept = f"{settings.disclaimer} {settings.cutoff}".strip()
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
