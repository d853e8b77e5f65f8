"""What is contested about an event, a status or a region, and what each side says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maps.atlas.model import Account, AlternativeDate, Atlas, Chain, Point, Side
from maps.cache import once_for_each
from maps.day.index import grouped


@dataclass(frozen=True)
class Column:
    """One side and its accounts; empty where the atlas holds none."""

    side: Side
    accounts: tuple[Account, ...]


def points_of(
    atlas: Atlas, *, event_id: str = "", status_id: str = "", region_id: str = ""
) -> tuple[Point, ...]:
    """Select the contested points about an event, a status or a region, in file order."""
    about = _points_about(atlas)
    asked = (("event", event_id), ("status", status_id), ("region", region_id))
    places = {place for each in asked if each[1] for place in about.get(each, ())}
    points = tuple(atlas.points.values()) if places else ()
    return tuple(points[place] for place in sorted(places))


def accounts_of(
    atlas: Atlas, *, point_id: str = "", event_id: str = "", status_id: str = ""
) -> tuple[Account, ...]:
    """Select the accounts of a point, an event or a status, in file order."""
    wanted = (point_id, event_id, status_id)
    return tuple(_by_subject(atlas).get(wanted, ()))


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
    told: defaultdict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        perspective = atlas.perspectives.get(account.perspective_id)
        told[perspective.side_id if perspective else ""].append(account)
    columns = [Column(side, tuple(told.pop(side.id, ()))) for side in atlas.settings.sides]
    rest = tuple(account for found in told.values() for account in found)
    if rest:
        columns.append(Column(Side("", "", required=False), rest))
    return tuple(columns)


def chains_of(atlas: Atlas, event_id: str) -> tuple[Chain, ...]:
    """Select the chains an event is a link of."""
    return tuple(_chains_by_event(atlas).get(event_id, ()))


def dates_of(atlas: Atlas, event_id: str) -> tuple[AlternativeDate, ...]:
    """List the days sources give for an event, by day; empty where none is contested."""
    found = _dates_by_event(atlas).get(event_id, ())
    return tuple(sorted(found, key=lambda given: given.day))


@once_for_each
def _by_subject(atlas: Atlas) -> Mapping[tuple[str, str, str], list[Account]]:
    return grouped(atlas.accounts, lambda each: (each.point_id, each.event_id, each.status_id))


@once_for_each
def _points_about(atlas: Atlas) -> Mapping[tuple[str, str], list[int]]:
    """Map an event, a status or a region to the places of the points about it."""
    about: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, point in enumerate(atlas.points.values()):
        subjects = {
            "event": point.event_ids,
            "status": point.status_ids,
            "region": point.region_ids,
        }
        for kind, ids in subjects.items():
            for each in ids:
                about[kind, each].append(place)
    return dict(about)


@once_for_each
def _chains_by_event(atlas: Atlas) -> Mapping[str, list[Chain]]:
    found: defaultdict[str, list[Chain]] = defaultdict(list)
    for chain in atlas.chains:
        for event_id in dict.fromkeys(link.event_id for link in chain.links):
            found[event_id].append(chain)
    return dict(found)


@once_for_each
def _dates_by_event(atlas: Atlas) -> Mapping[str, list[AlternativeDate]]:
    return grouped(atlas.event_dates, lambda each: each.event_id)
