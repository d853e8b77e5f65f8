"""The list of what differs between two days, a row for what changed alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from maps.atlas.model import Citation, Event
from maps.day.snapshot import Change, Comparison, Difference, Statement, each_once
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts
from maps.words.sentences import alike


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
