"""What is contested about an event, a status or a region, and what each side says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maps.atlas.model import Account, AlternativeDate, Atlas, Chain, Point, Side
from maps.day.index import grouped, index_of


@dataclass(frozen=True)
class Column:
    """One side and its accounts; empty where the atlas holds none."""

    side: Side
    accounts: tuple[Account, ...]


def points_of(
    atlas: Atlas, *, event_id: str = "", status_id: str = "", region_id: str = ""
) -> tuple[Point, ...]:
    """Select the contested points about an event, a status or a region, in file order."""
    return tuple(index_of(atlas).points_about.get((event_id, status_id, region_id), ()))


def accounts_of(
    atlas: Atlas, *, point_id: str = "", event_id: str = "", status_id: str = ""
) -> tuple[Account, ...]:
    """Select the accounts of a point, an event or a status, in file order."""
    return tuple(index_of(atlas).accounts_of.get((point_id, event_id, status_id), ()))


def accounts_about(atlas: Atlas, event_id: str) -> tuple[Account, ...]:
    """List the accounts of an event, then those of the contested points about it."""
    points = points_of(atlas, event_id=event_id)
    of_points = (account for p in points for account in accounts_of(atlas, point_id=p.id))
    return (*accounts_of(atlas, event_id=event_id), *of_points)


def side_by_side(atlas: Atlas, accounts: Iterable[Account]) -> tuple[Column, ...]:
    """Put accounts into the columns of their sides, every side of the atlas having one.

    Accounts of a perspective without a side are left to the last column, which
    is made for them only where there are any.
    """
    told = grouped(accounts, lambda told: atlas.perspectives[told.perspective_id].side_id)
    columns = [Column(side, tuple(told.pop(side.id, ()))) for side in atlas.settings.sides]
    rest = tuple(account for found in told.values() for account in found)
    if rest:
        columns.append(Column(Side("", "", required=False), rest))
    return tuple(columns)


def chains_of(atlas: Atlas, event_id: str) -> tuple[Chain, ...]:
    """Select the chains an event is a link of."""
    return tuple(index_of(atlas).chains_of.get(event_id, ()))


def dates_of(atlas: Atlas, event_id: str) -> tuple[AlternativeDate, ...]:
    """List the days sources give for an event, by day; empty where none is contested."""
    found = index_of(atlas).dates_of.get(event_id, ())
    return tuple(sorted(found, key=lambda given: given.day))
