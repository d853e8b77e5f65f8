"""Who holds a piece of land on a day, and by which statements.

The rule (docs/data-model.md, "De facto control"): the de-facto statuses that
count for a region are its own; where it has none on that day, those of the
region it is part of, and so on upwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maps.atlas.model import CONTROL, Atlas, Date, Status
from maps.cache import once_for_each

CONTROL_LAYER = "control"  # the layer that is painted by control, docs/data-model.md


@dataclass(frozen=True)
class Holding:
    """One polity in one dimension, as it is painted; ``otherwise`` where it is said not to be."""

    dimension: str
    polity_id: str
    otherwise: bool = False


@dataclass(frozen=True)
class Control:
    """The answer to "who held it": several polities where statements differ.

    ``said_of`` is the region the statements are made of: the piece itself or
    one it is part of. ``polity_ids`` are in the order of `polities.csv` and
    empty where nothing is said, or where the statements name no polity.
    """

    polity_ids: tuple[str, ...] = ()
    said_of: str = ""
    statuses: tuple[Status, ...] = ()

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """The polities as what is painted."""
        return tuple(Holding(CONTROL, polity_id) for polity_id in self.polity_ids)


NOTHING_SAID = Control()


@dataclass(frozen=True)
class _History:
    """Control of one region: ``answers[i]`` holds from ``days[i]`` until ``days[i + 1]``."""

    days: tuple[Date, ...]
    answers: tuple[Control, ...]

    def on(self, day: Date) -> Control:
        position = bisect_right(self.days, day) - 1
        return self.answers[position] if position >= 0 else NOTHING_SAID


def control_of(atlas: Atlas, region_id: str, day: Date) -> Control:
    """Answer who held a region on a day; `NOTHING_SAID` where no statement counts."""
    history = _histories(atlas).get(region_id)
    return history.on(day) if history else NOTHING_SAID


def days_of_control(atlas: Atlas, region_id: str) -> tuple[Date, ...]:
    """List the days on which the statements that count for a region change."""
    history = _histories(atlas).get(region_id)
    return history.days if history else ()


def upwards(atlas: Atlas, region_id: str) -> Iterator[str]:
    """Give a region, the region it is part of, and so on upwards, each once."""
    seen: set[str] = set()
    while region_id and region_id not in seen:
        seen.add(region_id)
        yield region_id
        region = atlas.regions.get(region_id)
        region_id = region.part_of if region else ""


@once_for_each
def _histories(atlas: Atlas) -> Mapping[str, _History]:
    statements: defaultdict[str, list[Status]] = defaultdict(list)
    for status in atlas.statuses:
        if status.dimension == CONTROL:
            statements[status.region_id].append(status)
    rank = {polity_id: place for place, polity_id in enumerate(atlas.polities)}
    return {
        region_id: _history(tuple(upwards(atlas, region_id)), statements, rank)
        for region_id in atlas.regions
    }


def _history(
    chain: tuple[str, ...], statements: Mapping[str, list[Status]], rank: Mapping[str, int]
) -> _History:
    spans = [status.span for region_id in chain for status in statements.get(region_id, ())]
    edges = {span.start for span in spans} | {span.end for span in spans if span.end}
    days: list[Date] = []
    answers: list[Control] = []
    for day in sorted(edges):
        answer = _answer(chain, statements, rank, day)
        if answer != (answers[-1] if answers else NOTHING_SAID):
            days.append(day)
            answers.append(answer)
    return _History(tuple(days), tuple(answers))


def _answer(
    chain: tuple[str, ...],
    statements: Mapping[str, list[Status]],
    rank: Mapping[str, int],
    day: Date,
) -> Control:
    for region_id in chain:
        counting = tuple(s for s in statements.get(region_id, ()) if day in s.span)
        if counting:
            named = {status.polity_id for status in counting if status.polity_id}
            ordered = sorted(named, key=lambda polity_id: rank.get(polity_id, len(rank)))
            return Control(tuple(ordered), region_id, counting)
    return NOTHING_SAID
