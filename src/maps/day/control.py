"""Who holds a piece of land on a day, and by which statements.

The rule (docs/data-model.md, "De facto control"): the de-facto statuses that
count for a region are its own; where it has none on that day, those of the
region it is part of, and so on upwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from maps.atlas.model import CONTROL, Atlas, Date, Status, Timespan
from maps.cache import once_for_each
from maps.day.index import index_of

Answer = TypeVar("Answer")
Turns = tuple[tuple[Date, Answer], ...]  # answers, each with the day from which it holds

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


def control_of(atlas: Atlas, region_id: str, day: Date) -> Control:
    """Answer who held a region on a day; `NOTHING_SAID` where no statement counts."""
    return answer_on(_history(atlas, region_id), day, NOTHING_SAID)


def days_of_control(atlas: Atlas, region_id: str) -> tuple[Date, ...]:
    """List the days on which the statements that count for a region change."""
    return tuple(day for day, _ in _history(atlas, region_id))


def answer_on(history: Turns[Answer], day: Date, before: Answer) -> Answer:
    """Give the answer that holds on a day, ``before`` on days before the first."""
    position = bisect_right(history, day, key=lambda turn: turn[0]) - 1
    return history[position][1] if position >= 0 else before


def turns_of(
    spans: Iterable[Timespan], answer: Callable[[Date], Answer], before: Answer
) -> Turns[Answer]:
    """Give each answer with the day it begins to hold, in order.

    It may change where a span begins or ends; ``before`` is the answer of days before all.
    """
    edges = {edge for span in spans for edge in (span.start, span.end) if edge}
    turns: list[tuple[Date, Answer]] = []
    for day in sorted(edges):
        found = answer(day)
        if found != (turns[-1][1] if turns else before):
            turns.append((day, found))
    return tuple(turns)


def upwards(atlas: Atlas, region_id: str) -> Iterator[str]:
    """Give a region, the region it is part of, and so on upwards, each once."""
    seen: set[str] = set()
    while region_id and region_id not in seen:
        seen.add(region_id)
        yield region_id
        region = atlas.regions.get(region_id)
        region_id = region.part_of if region else ""


@once_for_each
def _history(atlas: Atlas, region_id: str) -> Turns[Control]:
    told = index_of(atlas).statuses_of
    chain = [
        [status for status in told.get(above, ()) if status.dimension == CONTROL]
        for above in upwards(atlas, region_id)
    ]

    def answer(day: Date) -> Control:
        for level in chain:
            counting = tuple(status for status in level if day in status.span)
            if counting:
                named = {status.polity_id for status in counting}
                in_order = tuple(polity for polity in atlas.polities if polity in named)
                return Control(in_order, counting[0].region_id, counting)
        return NOTHING_SAID

    return turns_of((status.span for level in chain for status in level), answer, NOTHING_SAID)
