"""Two days side by side: what differs between them, why, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from maps.atlas.model import Atlas, Boundary, Citation, Date, Event
from maps.day.index import index_of
from maps.day.law import Law
from maps.day.reading import Reading, reading_of
from maps.day.snapshot import Change, differences

Plain = dict[str, Any]
LINE_KINDS = ("appears", "disappears", "redrawn")


@dataclass(frozen=True)
class Statement:
    """One statement in the mouth of one teller; ``id`` is that of the status it is about."""

    id: str
    perspective_id: str
    stance: str
    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Difference:
    """A change with the records behind it.

    ``ended`` are the statements that counted on the first day and do not on the
    second, ``begun`` those that count on the second only.
    """

    change: Change
    line: Boundary
    events: tuple[Event, ...]
    ended: tuple[Statement, ...]
    begun: tuple[Statement, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All it rests on, each source and place in it once: events, statements, the line."""
        of_events = (cited for event in self.events for cited in event.citations)
        of_said = (cited for said in (*self.ended, *self.begun) for cited in said.citations)
        return each_once((*of_events, *of_said, *self.of_line))

    @property
    def of_line(self) -> tuple[Citation, ...]:
        """What the line itself rests on, where it is the line that begins, ends or moves."""
        return self.line.citations if self.change.kind in LINE_KINDS else ()


@dataclass(frozen=True)
class Comparison:
    """What a reading shows differently on ``to_day`` than on ``from_day``, in file order."""

    atlas: Atlas
    from_day: Date
    to_day: Date
    reading: Reading
    differences: tuple[Difference, ...]


def compare(
    atlas: Atlas, from_day: Date, to_day: Date, mode: str, perspective: str = ""
) -> Comparison:
    """Compare two days; either may be the earlier one.

    Only the two days are looked at: what changed in between and changed back is
    not in the list. Equal days give an empty one.

    Raises
    ------
    UnknownId
        The atlas has no such mode or perspective.
    """
    reading = reading_of(atlas, mode, perspective)
    lines = {boundary.id: boundary for boundary in atlas.boundaries}
    found = []
    for change in differences(atlas, from_day, to_day, mode, perspective):
        line = lines[change.boundary_id]
        before = tuple(_said(atlas, line, from_day, reading))
        after = tuple(_said(atlas, line, to_day, reading))
        found.append(
            Difference(
                change,
                line,
                tuple(index_of(atlas).events_in_order(change.event_ids)),
                tuple(each for each in before if each not in after),
                tuple(each for each in after if each not in before),
            )
        )
    return Comparison(atlas, from_day, to_day, reading, tuple(found))


def each_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep each place in a source once; a whole source only where no place in it is cited."""
    found = tuple(citations)
    once = {(cited.source.id, cited.locator, cited.as_printed): cited for cited in found}
    placed = {cited.source.id for cited in found if cited.locator}
    return tuple(c for c in once.values() if c.locator or c.source.id not in placed)


def _said(atlas: Atlas, line: Boundary, day: Date, reading: Reading) -> Iterator[Statement]:
    """Give the statements that colour a boundary's land on a day, each with its teller."""
    answer = reading.answer(atlas, line, day)
    if isinstance(answer, Law):
        for claim in answer.claims:
            told = claim.told
            yield Statement(
                claim.status.id, claim.perspective_id, claim.stance, told.text, told.citations
            )
        return
    for status in answer.statuses:
        yield Statement(status.id, status.perspective_id, "says", status.text, status.citations)
