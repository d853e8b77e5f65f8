"""The records of an atlas by what they are looked up with: no search walks a whole table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from maps.atlas import model
from maps.atlas.model import Atlas, Date, Event, Point, Status
from maps.cache import once_for_each

Record = TypeVar("Record")
Key = TypeVar("Key")
About = tuple[str, str, str]  # three ids of which one is filled


@dataclass(frozen=True)
class Index:
    """Records by id or by what they have in common; all in the order of the atlas."""

    boundaries: Mapping[str, model.Boundary]
    events: Mapping[str, Event]
    events_from: Mapping[Date, list[Event]]  # by the first day they are shown on
    statuses: Mapping[str, Status]
    status_places: Mapping[str, int]  # where a status stands in the table
    statuses_of: Mapping[str, list[Status]]  # by region
    parts_of: Mapping[str, list[model.Region]]  # by the region they are part of
    shown_on: Mapping[str, list[model.Region]]  # by the region on whose ground statements are shown
    points_about: Mapping[About, list[Point]]  # by event, status or region
    accounts_of: Mapping[About, list[model.Account]]  # by point, event or status
    chains_of: Mapping[str, list[model.Chain]]  # by event, as the dates
    dates_of: Mapping[str, list[model.AlternativeDate]]

    def events_in_order(self, ids: Iterable[str]) -> list[Event]:
        """Give some events in the order of the atlas: by their first day, then their id."""
        found = (self.events[event_id] for event_id in set(ids) if event_id in self.events)
        return sorted(found, key=lambda event: (event.span.start, event.id))

    def statuses_in_order(self, ids: Iterable[str]) -> list[Status]:
        """Give some statuses in the order of their table."""
        return [self.statuses[id_] for id_ in sorted(set(ids), key=self.status_places.__getitem__)]


@once_for_each
def index_of(atlas: Atlas) -> Index:
    """Give the index of an atlas."""

    def subjects(point: Point) -> list[About]:
        return [
            *((id, "", "") for id in point.event_ids),
            *(("", id, "") for id in point.status_ids),
            *(("", "", id) for id in point.region_ids),
        ]

    regions = atlas.regions.values()
    return Index(
        boundaries={boundary.id: boundary for boundary in atlas.boundaries},
        events={event.id: event for event in atlas.events},
        events_from=grouped(atlas.events, lambda event: event.span.start),
        statuses={status.id: status for status in atlas.statuses},
        status_places={status.id: place for place, status in enumerate(atlas.statuses)},
        statuses_of=grouped(atlas.statuses, lambda status: status.region_id),
        parts_of=grouped(regions, lambda region: region.part_of),
        shown_on=grouped_under(regions, lambda region: region.shown_on),
        points_about=grouped_under(atlas.points.values(), subjects),
        accounts_of=grouped(atlas.accounts, lambda a: (a.point_id, a.event_id, a.status_id)),
        chains_of=grouped_under(atlas.chains, lambda c: [link.event_id for link in c.links]),
        dates_of=grouped(atlas.event_dates, lambda given: given.event_id),
    )


def grouped(records: Iterable[Record], key: Callable[[Record], Key]) -> dict[Key, list[Record]]:
    """Put records with an equal key together, in their order."""
    return grouped_under(records, lambda record: [key(record)])


def grouped_under(
    records: Iterable[Record], keys: Callable[[Record], Iterable[Key]]
) -> dict[Key, list[Record]]:
    """Put records that have a key in common together, in their order; each once under a key."""
    groups: defaultdict[Key, list[Record]] = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(keys(record)):
            groups[key].append(record)
    return dict(groups)
