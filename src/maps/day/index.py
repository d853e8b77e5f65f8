"""The records of an atlas by what they are looked up with: no search walks a whole table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from maps.atlas.model import Atlas, Boundary, Date, Event, Region, Status
from maps.cache import once_for_each

Record = TypeVar("Record")
Key = TypeVar("Key")


@dataclass(frozen=True)
class Index:
    """Records by id or by what they have in common; all in the order of the atlas."""

    boundaries: Mapping[str, Boundary]
    events: Mapping[str, Event]
    events_from: Mapping[Date, list[Event]]  # by the first day they are shown on
    statuses: Mapping[str, Status]
    status_places: Mapping[str, int]  # where a status stands in the table
    statuses_of: Mapping[str, list[Status]]  # by region
    parts_of: Mapping[str, list[Region]]  # by the region they are part of

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
    return Index(
        {boundary.id: boundary for boundary in atlas.boundaries},
        {event.id: event for event in atlas.events},
        grouped(atlas.events, lambda event: event.span.start),
        {status.id: status for status in atlas.statuses},
        {status.id: place for place, status in enumerate(atlas.statuses)},
        grouped(atlas.statuses, lambda status: status.region_id),
        grouped(atlas.regions.values(), lambda region: region.part_of),
    )


def grouped(records: Iterable[Record], key: Callable[[Record], Key]) -> dict[Key, list[Record]]:
    """Put records with an equal key together, in their order."""
    groups: defaultdict[Key, list[Record]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return dict(groups)
