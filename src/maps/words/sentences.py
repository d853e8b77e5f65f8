"""Sentences: when a thing was, what a change day changed, and what differs between two days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maps.atlas.model import CONTROL, Atlas, Citation, Date, DateText, Event, Source, Step
from maps.day.contested import dates_of
from maps.day.control import Holding
from maps.day.index import grouped, index_of
from maps.day.snapshot import Change, Comparison, Difference, Statement, changes_on, each_once
from maps.day.timeline import Timeline
from maps.words.date_formats import format_day, format_day_of, format_edtf
from maps.words.i18n import Texts, format_number, texts
from maps.words.names import CONTROL_UNIT, region_name, short_name

_ID = re.compile(r"\b[A-Z]\d{2,3}[a-z]?\b")  # as editors write the ids of sources in a text
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
MOST_NAMED = 6
MOST_IN_A_LINE = 2
KIND_ORDER = ("appears", "redrawn", "control", "legal", "disappears")  # what is new is said first


def when(moment: DateText, spoken: Texts) -> str:
    """Write a date out no more exactly than it is recorded.

    The day the map uses is named too where it is not just the first of those recorded: an
    editor or the reader has chosen it.
    """
    recorded = format_edtf(moment.edtf, spoken.lang)
    if moment.used is None or moment.used == moment.earliest:
        return recorded
    day = format_day(moment.used, spoken.lang)
    return spoken.t("map.recorded_as", day=day, recorded=recorded)


def date_text(atlas: Atlas, event: Event, lang: str) -> str:
    """Write the date of an event no more exactly than it is recorded, or the day a reader chose."""
    if event.date.is_exact or event.id in atlas.own_days:
        return format_day(event.span.start, lang)
    return format_edtf(event.date.edtf, lang)


def from_to(start: DateText, end: DateText | None, spoken: Texts) -> str:
    """Write a span out, from its first day to the day it ends."""
    if end is None:
        return spoken.t("map.since", start=when(start, spoken))
    return spoken.t("map.from_to", start=when(start, spoken), end=when(end, spoken))


def speaks_of_later(text: str, day: Date) -> bool:
    """Tell whether all years that a remark names are after that of a day; one without years not."""
    years = [int(year) for year in _YEAR.findall(text)]
    return bool(years) and min(years) > day.year


def sources_named(atlas: Atlas, step: Step) -> tuple[Source, ...]:
    """List the sources that the texts of a step name by their ids, in that order."""
    ids = dict.fromkeys(_ID.findall(f"{step.text} {step.beside}"))
    return tuple(atlas.sources[id] for id in ids if id in atlas.sources)


def given_by(atlas: Atlas, event_id: str, day: Date) -> str:
    """Name those whose sources give an event a day."""
    tellers = [given.perspective_id for given in dates_of(atlas, event_id) if given.day == day]
    return ", ".join(atlas.perspectives[teller].name for teller in dict.fromkeys(tellers))


def dates_chosen(atlas: Atlas, spoken: Texts) -> list[str]:
    """Say for each event on a day that a reader chose which day, whose, and the atlas's own."""
    return [
        spoken.t(
            "chosen.event",
            event=event.title,
            day=format_day(event.span.start, spoken.lang),
            tellers=given_by(atlas, event.id, event.span.start),
            own=format_day(atlas.own_days[event.id], spoken.lang),
        )
        for event in atlas.events
        if event.id in atlas.own_days
    ]


def dates_chosen_said(atlas: Atlas, spoken: Texts, begun_by: str = "chosen.export") -> str:
    """Say in a line which dates a reader chose; empty where all are the atlas's own."""
    moved = "; ".join(dates_chosen(atlas, spoken))
    return f"{spoken.t(begun_by)} {moved}." if moved else ""


@dataclass(frozen=True)
class Sentence:
    """What changed and why, "" where no event says so; ``region_id`` is where it leads."""

    what: str
    why: str
    region_id: str

    def text(self, spoken: Texts) -> str:
        """Give it as one line."""
        said = spoken.t("map.change.why", change=self.what, why=self.why)
        return said if self.why else self.what


def change_lines(atlas: Atlas, line: Timeline, lang: str) -> list[list[Sentence]]:
    """Say for each change day what changed: which region, from whom to whom, km², why.

    Pieces that changed alike for the same reason share a sentence.
    """
    return [sentences(atlas, day, changes, lang) for day, changes in _by_day(atlas, line)]


def change_summaries(atlas: Atlas, line: Timeline, lang: str) -> list[str]:
    """Say for each change day in one line what its largest change is, and how many others are."""
    return [_summary(atlas, day, changes, lang) for day, changes in _by_day(atlas, line)]


def _by_day(atlas: Atlas, line: Timeline) -> Iterator[tuple[Date, Sequence[Change]]]:
    mode, perspective = line.reading.mode.id, line.reading.perspective
    return ((day, changes_on(atlas, day, mode, perspective)) for day in line.change_days)


def _summary(atlas: Atlas, day: Date, changes: Iterable[Change], lang: str) -> str:
    """Say in one line how many areas changed, from whom to whom, km² and why; "" for none.

    Of several changes the largest is told, and one of hands before one of outlines.
    """
    groups, spoken = alike(atlas, changes), texts(lang)
    if not groups:
        return ""
    of_hands = [group for group in groups if group[0].kind in ("control", "legal")]
    largest = max(of_hands or groups, key=_km2)
    count = len(region_names(atlas, _ground(atlas, largest), lang))
    counted = spoken.n("map.change.areas", count, format_number(count, lang))
    said = change_said(atlas, largest, lang, counted if count > MOST_IN_A_LINE else "")
    others = len(groups) - 1
    rest = spoken.n("map.change.others", others, format_number(others, lang)) if others else ""
    return " · ".join(filter(None, (said, _reason(atlas, day, largest[0].event_ids), rest)))


def _km2(group: Iterable[Change]) -> float:
    return sum(change.km2 for change in group)


def sentences(atlas: Atlas, day: Date, changes: Iterable[Change], lang: str) -> list[Sentence]:
    """Put changes into words, those that are alike together; ``day`` is when they are seen."""
    return [
        Sentence(
            change_said(atlas, group, lang),
            _reason(atlas, day, group[0].event_ids),
            group[0].region_id,
        )
        for group in alike(atlas, changes)
    ]


def alike(atlas: Atlas, changes: Iterable[Change]) -> list[list[Change]]:
    """Put changes of one kind, from and to the same, for the same reason, into one group each."""
    boundaries = index_of(atlas).boundaries

    def key(change: Change) -> tuple[Any, ...]:
        held = (change.before, change.after, change.unknown_before, change.unknown_after)
        # Layers apart: a unit and the districts inside it are the same ground, counted once.
        return (change.kind, boundaries[change.boundary_id].layer, held, change.event_ids)

    groups = grouped(changes, key).values()
    return sorted(groups, key=lambda group: KIND_ORDER.index(group[0].kind))


def change_said(atlas: Atlas, group: list[Change], lang: str, region: str = "") -> str:
    """Say what a group of like changes is: which regions, from whom to whom, km².

    ``region`` stands in place of the names.
    """
    first, spoken = group[0], texts(lang)
    came = tuple(held for held in first.after if held not in first.before)
    went = tuple(held for held in first.before if held not in first.after)
    # Many claims may stand beside one that is new: only what differs is told.
    legal = ("_new" if not went else "_gone" if not came else "") if first.kind == "legal" else ""
    before, after = (went, came) if first.kind == "legal" else (first.before, first.after)
    listed = region_names(atlas, _ground(atlas, group), lang)
    named, rest = ", ".join(listed[:MOST_NAMED]), len(listed) - MOST_NAMED
    if rest > 0:
        named = spoken.t("map.and_more", names=named, count=rest)
    return spoken.t(
        f"map.change.{first.kind}{legal}",
        region=region or named,
        before=_held_by(atlas, before, spoken, unknown=first.unknown_before),
        after=_held_by(atlas, after, spoken, unknown=first.unknown_after),
        km2=format_number(_km2(group), lang),
    )


def _reason(atlas: Atlas, day: Date, event_ids: tuple[str, ...]) -> str:
    """Give the title of the event that fits the day best; the newest where none is of the day."""
    why = index_of(atlas).events_in_order(event_ids)
    begun = [e for e in why if e.date.earliest is not None and e.date.earliest <= day]
    of_day = [event for event in begun if event.date.latest is None or day <= event.date.latest]
    return (of_day or why)[-1].title if why else ""


def _ground(atlas: Atlas, group: list[Change]) -> list[str]:
    """Give the regions a change is told of: those new claims are made of, else the pieces."""
    new = (status_id for change in group for status_id in change.status_ids)
    said_of = [status.region_id for status in index_of(atlas).statuses_in_order(new)]
    if group[0].kind == "legal" and said_of:
        return said_of
    return [change.region_id for change in group]


def region_names(atlas: Atlas, region_ids: Sequence[str], lang: str) -> list[str]:
    """Name some regions; all the pieces of one district are named as the district, once."""
    named, changed = [], set(region_ids)
    for region in (atlas.regions[region_id] for region_id in region_ids):
        is_piece = region.kind == CONTROL_UNIT and region.part_of
        pieces = index_of(atlas).parts_of[region.part_of] if is_piece else ()
        all_changed = pieces and {piece.id for piece in pieces} <= changed
        named.append(region.part_of if all_changed else region.id)
    return list(dict.fromkeys(short_name(region_name(atlas, each, lang)) for each in named))


def _held_by(
    atlas: Atlas, holdings: Iterable[Holding], spoken: Texts, *, unknown: bool = False
) -> str:
    """Name what is painted: who held it, or who has what by law, claim or recognition."""
    named = [holding_name(atlas, held, spoken) for held in holdings]
    return " / ".join(named) or spoken.t("map.not_known" if unknown else "map.nobody_named")


def holding_name(atlas: Atlas, held: Holding, spoken: Texts) -> str:
    """Name one polity with its dimension; control goes without saying."""
    polity = atlas.polities[held.polity_id].name
    if held.dimension == CONTROL:
        return polity
    key = "map.holding_otherwise" if held.otherwise else "map.holding"
    return spoken.t(key, dimension=spoken.t(f"map.dimension.{held.dimension}"), polity=polity)


@dataclass(frozen=True)
class Row:
    """Differences of one kind, from and to the same, for the same reason; never empty.

    ``km2`` are the areas together, of redrawn regions as they are drawn on the second day;
    ``events`` say why, as far as the atlas knows. ``ended`` are the statements that counted
    on the first day only, ``begun`` those that count on the second only, equal words once.
    ``citations`` are all it rests on, each place in a source once; ``of_lines`` what the lines
    themselves rest on, where it is lines that begin, end or move.
    """

    differences: tuple[Difference, ...]
    changes: list[Change]
    kind: str
    km2: float
    km2_before: float
    events: tuple[Event, ...]
    ended: tuple[Statement, ...]
    begun: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    of_lines: tuple[Citation, ...]


def rows(comparison: Comparison) -> tuple[Row, ...]:
    """Put what changed alike into one row, what is new first."""
    by_line = {each.change.boundary_id: each for each in comparison.differences}
    found = []
    for changes in alike(comparison.atlas, (each.change for each in comparison.differences)):
        held = tuple(by_line[change.boundary_id] for change in changes)
        found.append(
            Row(
                differences=held,
                changes=changes,
                kind=changes[0].kind,
                km2=sum(change.km2 for change in changes),
                km2_before=sum(change.km2_before for change in changes),
                events=held[0].events,
                ended=_once(said for each in held for said in each.ended),
                begun=_once(said for each in held for said in each.begun),
                citations=each_once(cited for each in held for cited in each.citations),
                of_lines=each_once(cited for each in held for cited in each.of_line),
            )
        )
    return tuple(found)


def _once(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """Put equal words of one teller together: of each piece of land they are said anew."""
    found: dict[tuple[str, str, str], Statement] = {}
    for each in said:
        key = (each.text, each.perspective_id, each.stance)
        cited = found[key].citations if key in found else ()
        found[key] = replace(each, citations=each_once((*cited, *each.citations)))
    return tuple(found.values())


def days_and_reading(comparison: Comparison, spoken: Texts) -> str:
    """Say which days are compared and how the map is read."""
    return spoken.t(
        "compare.days",
        start=format_day_of(comparison.atlas, comparison.from_day, spoken.lang),
        end=format_day_of(comparison.atlas, comparison.to_day, spoken.lang),
        reading=reading_said(comparison, spoken),
    )


def reading_said(comparison: Comparison, spoken: Texts) -> str:
    """Name the mode and, where it asks for one, whose statements are shown."""
    reading = comparison.reading
    mode = spoken.t(f"map.modes.{reading.mode.id}")
    if not reading.perspective:
        return mode
    named = comparison.atlas.perspectives.get(reading.perspective)
    return f"{mode}: {named.name if named else spoken.t('map.everyone')}"


def nothing_said(comparison: Comparison, spoken: Texts) -> str:
    """Say that nothing differs; empty where something does."""
    if comparison.from_day == comparison.to_day:
        return spoken.t(
            "compare.same_day",
            day=format_day_of(comparison.atlas, comparison.from_day, spoken.lang),
        )
    return "" if comparison.differences else spoken.t("compare.nothing")
