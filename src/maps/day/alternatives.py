"""An atlas on the days a reader chooses, where sources give several for an event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from maps.atlas.dates import shown_span, span_between
from maps.atlas.known import day_inside
from maps.atlas.model import Account, Atlas, Boundary, Date, DateText, Event, Period, Status
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

    Parameters
    ----------
    atlas : Atlas
        With the days of its files; choices do not add up from call to call.
    chosen : Mapping
        Event ids with one of their days in `maps.day.contested.dates_of`. The day
        in use changes nothing; with no other the same atlas is given back.

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
    events |= {move.event.id: _moved_event(move) for move in moves}
    edges = {status.id: _of_status(status, moves) for status in atlas.statuses}
    boundaries = tuple(
        _moved(boundary, _of_boundary(atlas, boundary, moves)) for boundary in atlas.boundaries
    )
    _refuse_overlaps(atlas.boundaries, boundaries)
    choices = " ".join(f"{move.event.id}:{move.day}" for move in moves)
    return replace(
        atlas,
        events=tuple(sorted(events.values(), key=lambda event: (event.span.start, event.id))),
        statuses=tuple(_moved(status, edges[status.id]) for status in atlas.statuses),
        boundaries=boundaries,
        periods=tuple(_moved(period, _of_period(period, moves)) for period in atlas.periods),
        accounts=tuple(
            _moved_account(account, edges.get(account.status_id, _FIXED))
            for account in atlas.accounts
        ),
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
        if day != own:
            moves.append(_Move(event, own, day_inside(atlas, day), _regions_of(atlas, event, own)))
    return tuple(moves)


def _regions_of(atlas: Atlas, event: Event, own: Date) -> frozenset[str]:
    said_of = (
        status.region_id
        for status in atlas.statuses
        if (status.start_event_id == event.id and status.start.used == own)
        or (status.end_event_id == event.id and status.end and status.end.used == own)
    )
    return frozenset((*event.region_ids, *said_of))


def _moved_event(move: _Move) -> Event:
    moment = replace(move.event.date, used=move.day)
    span = shown_span(moment)
    if span.end is not None and span.end <= span.start:
        raise _unusable(move, move.event.id)
    return replace(move.event, date=moment, span=span)


Edges = tuple[_Move | None, _Move | None]  # what moves the start, what moves the end
_FIXED: Edges = (None, None)


def _of_status(status: Status, moves: Iterable[_Move]) -> Edges:
    begins = [move for move in moves if status.start_event_id == move.event.id]
    ends = [move for move in moves if status.end_event_id == move.event.id]
    return _edge(status.start, begins), _edge(status.end, ends)


def _of_boundary(atlas: Atlas, boundary: Boundary, moves: Iterable[_Move]) -> Edges:
    above = set(upwards(atlas, boundary.region_id))
    touching = [move for move in moves if above & move.regions]
    return _edge(boundary.start, touching), _edge(boundary.end, touching)


def _of_period(period: Period, moves: Iterable[_Move]) -> Edges:
    touching = [move for move in moves if move.event.id in period.event_ids]
    return _edge(period.start, touching), _edge(period.end, touching)


def _edge(moment: DateText | None, moves: Iterable[_Move]) -> _Move | None:
    """Give the event whose day an edge was; None where the edge has a day of its own."""
    if moment is None:
        return None
    return next((move for move in moves if move.own == moment.used), None)


def _moved(record: Dated, edges: Edges) -> Dated:
    begins, ends = edges
    if begins is None and ends is None:
        return record
    start = replace(record.start, used=begins.day) if begins else record.start
    end = replace(record.end, used=ends.day) if ends and record.end else record.end
    try:
        span = span_between(start, end)
    except DateUnreadable:
        raise _unusable(begins or ends, record.id) from None
    return replace(record, start=start, end=end, span=span)


def _moved_account(account: Account, edges: Edges) -> Account:
    for move in filter(None, edges):
        if account.start == move.own:
            account = replace(account, start=move.day)
        if account.end == move.own:
            account = replace(account, end=move.day)
    return account


def _unusable(move: _Move | None, record_id: str) -> DateUnusable:
    assumed = f"{move.event.id} on {move.day}" if move else "the days chosen"
    return DateUnusable(f"with {assumed}, {record_id!r} would hold on no day")


def _refuse_overlaps(before: tuple[Boundary, ...], after: tuple[Boundary, ...]) -> None:
    """Hold that a region has one boundary in a layer on a day."""
    for old, new in zip(before, after, strict=True):
        if old is new:
            continue
        for other in after:
            same = (other.region_id, other.layer) == (new.region_id, new.layer)
            if same and other.id != new.id and other.span.overlaps(new.span):
                raise DateUnusable(
                    f"with the days chosen, {new.id!r} and {other.id!r} would hold at once"
                )
