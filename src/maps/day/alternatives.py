"""An atlas on the days a reader chooses, where sources give several for an event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from maps.atlas.dates import shown_span, span_between
from maps.atlas.known import day_inside
from maps.atlas.model import Account, Atlas, Boundary, Date, Event, Period, Status
from maps.day.contested import dates_of
from maps.day.control import upwards
from maps.errors import DateUnreadable, DateUnusable

Dated = TypeVar("Dated", Boundary, Period, Status)


def with_dates(atlas: Atlas, chosen: Mapping[str, Date]) -> Atlas:
    """Give the atlas in which some events are on another day that a source gives.

    What began or ended with such an event on the day in use moves along: the
    statuses that name it, the boundaries of the regions these or the event are
    about and of their parts, the periods it belongs to, and what accounts of
    those statuses say of that day. The text of each date stays as it is
    recorded; only the day the map turns on is another.

    ``chosen`` has ids of events with one of their days in `maps.day.contested.dates_of`.
    The day in use changes nothing; with no other the same atlas is given back. The atlas
    has the days of its files: choices do not add up from call to call.

    Raises
    ------
    DateUnusable
        No source gives the event that day, or something would hold on no day
        or beside what it replaces.
    DayOutsideAtlas
        The day lies outside the atlas.
    """
    moves = _moves(atlas, chosen)
    if not moves:
        return atlas
    events = {event.id: event for event in atlas.events}
    for move in moves:
        moment = replace(move.event.date, used=move.day)
        span = shown_span(moment)
        if span.end is not None and span.end <= span.start:
            raise _unusable(move, move.event.id)
        events[move.event.id] = replace(move.event, date=moment, span=span)
    statuses = [
        _moved(
            status,
            [move for move in moves if status.start_event_id == move.event.id],
            [move for move in moves if status.end_event_id == move.event.id],
        )
        for status in atlas.statuses
    ]
    boundaries = []
    for boundary in atlas.boundaries:
        above = set(upwards(atlas, boundary.region_id))
        touching = [move for move in moves if above & move.regions]
        boundaries.append(_moved(boundary, touching, touching))
    _refuse_overlaps(atlas.boundaries, boundaries)
    periods = []
    for period in atlas.periods:
        touching = [move for move in moves if move.event.id in period.event_ids]
        periods.append(_moved(period, touching, touching))
    choices = " ".join(f"{move.event.id}:{move.day}" for move in moves)
    return replace(
        atlas,
        events=tuple(sorted(events.values(), key=lambda event: (event.span.start, event.id))),
        statuses=tuple(statuses),
        boundaries=tuple(boundaries),
        periods=tuple(periods),
        accounts=tuple(_moved_accounts(atlas, statuses)),
        # No file made of the atlas as recorded is taken for one of this.
        digest=hashlib.sha256(f"{atlas.digest} {choices}".encode()).hexdigest(),
        own_days=MappingProxyType({move.event.id: move.own for move in moves}),
    )


@dataclass(frozen=True)
class _Move:
    """An event that goes from its ``own`` day to another; ``regions`` are touched by it."""

    event: Event
    own: Date
    day: Date
    regions: frozenset[str]


def _moves(atlas: Atlas, chosen: Mapping[str, Date]) -> tuple[_Move, ...]:
    known = {event.id: event for event in atlas.events}
    moves = []
    for event_id, day in sorted(chosen.items()):
        offered = [given.day for given in dates_of(atlas, event_id)]
        if day not in offered:
            days = ", ".join(str(each) for each in dict.fromkeys(offered)) or "none"
            raise DateUnusable(
                f"no source of the atlas dates the event {event_id!r} {day}; days given: {days}"
            )
        event = known[event_id]
        own = event.date.used or event.span.start
        if day == own:
            continue
        said_of = (
            status.region_id
            for status in atlas.statuses
            if (status.start_event_id == event.id and status.start.used == own)
            or (status.end_event_id == event.id and status.end and status.end.used == own)
        )
        regions = frozenset((*event.region_ids, *said_of))
        moves.append(_Move(event, own, day_inside(atlas, day), regions))
    return tuple(moves)


def _moved(record: Dated, starting: Iterable[_Move], ending: Iterable[_Move]) -> Dated:
    """Move a start and an end that were on the own day of an event; others stay."""
    start, end = record.start, record.end
    begins = next((move for move in starting if move.own == start.used), None)
    ends = next((move for move in ending if end and move.own == end.used), None)
    if begins is None and ends is None:
        return record
    start = replace(start, used=begins.day) if begins else start
    end = replace(end, used=ends.day) if ends and end else end
    try:
        span = span_between(start, end)
    except DateUnreadable:
        raise _unusable(begins or ends, record.id) from None
    return replace(record, start=start, end=end, span=span)


def _moved_accounts(atlas: Atlas, statuses: Iterable[Status]) -> Iterator[Account]:
    """Move what accounts say of the first or last day of their statuses along with these."""
    days: dict[str, dict[Date | None, Date | None]] = {}
    for old, new in zip(atlas.statuses, statuses, strict=True):
        days[old.id] = {old.start.used: new.start.used}
        if old.end and new.end:
            days[old.id][old.end.used] = new.end.used
    for account in atlas.accounts:
        start, end, moved = account.start, account.end, days.get(account.status_id, {})
        yield replace(account, start=moved.get(start, start), end=moved.get(end, end))


def _unusable(move: _Move | None, record_id: str) -> DateUnusable:
    assumed = f"{move.event.id} on {move.day}" if move else "the days chosen"
    return DateUnusable(f"with {assumed}, {record_id!r} would hold on no day")


def _refuse_overlaps(before: Iterable[Boundary], after: Sequence[Boundary]) -> None:
    """Hold that a region has one boundary in a layer on a day."""
    for old, new in zip(before, after, strict=True):
        for other in after if old is not new else ():
            same = (other.region_id, other.layer) == (new.region_id, new.layer)
            if same and other.id != new.id and other.span.overlaps(new.span):
                raise DateUnusable(
                    f"with the days chosen, {new.id!r} and {other.id!r} would hold at once"
                )
