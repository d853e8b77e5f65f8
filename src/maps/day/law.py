"""What is said of the legal status of a piece of land on a day, and who says it.

The rule (docs/data-model.md, "Legal status"): for each teller and each dimension
the statements on the nearest region count: the piece itself, then what it is part
of, and so on upwards; at each step also the regions whose statements are shown on
that ground. An account of a status moves it to the teller of the account: who
says otherwise is shown as saying so, not as silent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from maps.atlas.model import (
    CONTROL,
    DIMENSIONS,
    UNSOURCED_STANCES,
    Account,
    Atlas,
    Date,
    Status,
    Timespan,
)
from maps.cache import once_for_each
from maps.day.contested import accounts_of
from maps.day.control import Holding, upwards

ALL = "all"  # every teller at once
LEGAL_DIMENSIONS = tuple(dimension for dimension in DIMENSIONS if dimension != CONTROL)


@dataclass(frozen=True)
class Claim:
    """One statement in the mouth of one teller.

    ``account`` is None where the teller of the status itself speaks and no
    account of the same teller says more.
    """

    status: Status
    perspective_id: str
    stance: str
    span: Timespan
    account: Account | None = None

    @property
    def holding(self) -> Holding | None:
        """What the claim paints; None where it names no polity or is said only in part.

        Who says a thing in part says neither that it is so nor that it is not: a colour
        would say one or the other.
        """
        if not self.status.polity_id or self.stance == "in-part":
            return None
        otherwise = self.stance == "says-otherwise"
        return Holding(self.status.dimension, self.status.polity_id, otherwise)


@dataclass(frozen=True)
class Law:
    """The claims that count for a piece; none where every teller asked is silent."""

    claims: tuple[Claim, ...] = ()
    holdings: tuple[Holding, ...] = ()

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statements the claims are about, each once."""
        return tuple({claim.status.id: claim.status for claim in self.claims}.values())


SILENCE = Law()


def law_of(atlas: Atlas, region_id: str, day: Date, perspective: str = ALL) -> Law:
    """Answer what a teller, or all of them, say of the legal status of a region on a day."""
    history = _book(atlas).history(region_id, perspective)
    position = bisect_right(history, day, key=lambda turn: turn[0]) - 1
    return history[position][1] if position >= 0 else SILENCE


def days_of_law(atlas: Atlas, region_id: str, perspective: str = ALL) -> tuple[Date, ...]:
    """List the days on which the claims that count for a region change."""
    return tuple(start for start, _ in _book(atlas).history(region_id, perspective))


def claims_on(atlas: Atlas, day: Date, perspective: str = ALL) -> tuple[Claim, ...]:
    """List all claims in force on a day in file order, those with a nearer one before them too."""
    told = (claims_of(atlas, status) for status in atlas.statuses)
    return tuple(
        claim
        for claims in told
        for claim in claims
        if claim.status.dimension in LEGAL_DIMENSIONS
        and day in claim.span
        and perspective in (ALL, claim.perspective_id)
    )


def tellers(atlas: Atlas) -> tuple[str, ...]:
    """List the perspectives that say anything of legal status, in the order of the atlas."""
    heard = {claim.perspective_id for claims in _book(atlas).told.values() for claim in claims}
    return tuple(perspective for perspective in atlas.perspectives if perspective in heard)


def claims_of(atlas: Atlas, status: Status) -> Iterator[Claim]:
    """Give a statement in the mouth of its own teller, then of those who take a stand on it."""
    accounts = [
        account
        for account in accounts_of(atlas, status_id=status.id)
        if account.stance not in UNSOURCED_STANCES
    ]
    if all(account.perspective_id != status.perspective_id for account in accounts):
        yield Claim(status, status.perspective_id, "says", status.span)
    for account in accounts:
        span = account.within(status.span)
        if span is not None:
            yield Claim(status, account.perspective_id, account.stance, span, account)


@dataclass
class _Book:
    """Everything told of one atlas, by region, and the answers worked out so far."""

    atlas: Atlas
    told: Mapping[str, tuple[Claim, ...]]
    shown_here: Mapping[str, tuple[str, ...]]  # region -> regions that are shown on its ground
    histories: dict[tuple[str, str], tuple[tuple[Date, Law], ...]] = field(default_factory=dict)

    def history(self, region_id: str, perspective: str) -> tuple[tuple[Date, Law], ...]:
        """Give each answer with the day it begins to hold, in order; the first is no silence."""
        key = (region_id, perspective)
        if key not in self.histories:
            self.histories[key] = tuple(self._turns(region_id, perspective))
        return self.histories[key]

    def _turns(self, region_id: str, perspective: str) -> Iterator[tuple[Date, Law]]:
        levels = tuple(self._levels(region_id))
        spans = [claim.span for level in levels for claim in level]
        edges = {span.start for span in spans} | {span.end for span in spans if span.end}
        last = SILENCE
        for day in sorted(edges):
            law = self._answer(levels, perspective, day)
            if law != last:
                yield day, law
                last = law

    def _levels(self, region_id: str) -> Iterator[tuple[Claim, ...]]:
        for above in upwards(self.atlas, region_id):
            yield self.told.get(above, ())
            for shown in self.shown_here.get(above, ()):
                yield self.told.get(shown, ())

    def _answer(self, levels: Iterable[tuple[Claim, ...]], perspective: str, day: Date) -> Law:
        nearest: dict[tuple[str, str], list[Claim]] = {}
        for level in levels:
            here: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
            for claim in level:
                asked_for = perspective in (ALL, claim.perspective_id)
                if asked_for and day in claim.span:
                    here[claim.perspective_id, claim.status.dimension].append(claim)
            for key, found in here.items():
                nearest.setdefault(key, found)
        claims = tuple(
            sorted((claim for found in nearest.values() for claim in found), key=self._rank)
        )
        held = {claim.holding: None for claim in claims if claim.holding}
        return Law(claims, tuple(sorted(held, key=self._holding_rank)))

    def _rank(self, claim: Claim) -> tuple[int, int]:
        tellers = list(self.atlas.perspectives)
        dimension = DIMENSIONS.index(claim.status.dimension)
        return tellers.index(claim.perspective_id), dimension

    def _holding_rank(self, held: Holding) -> tuple[int, int, bool]:
        polities = list(self.atlas.polities)
        return DIMENSIONS.index(held.dimension), polities.index(held.polity_id), held.otherwise


@once_for_each
def _book(atlas: Atlas) -> _Book:
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for status in atlas.statuses:
        if status.dimension in LEGAL_DIMENSIONS:
            told[status.region_id] += claims_of(atlas, status)
    shown_here: defaultdict[str, list[str]] = defaultdict(list)
    for region in atlas.regions.values():
        for ground in region.shown_on:
            shown_here[ground].append(region.id)
    return _Book(
        atlas,
        {region_id: tuple(claims) for region_id, claims in told.items()},
        {ground: tuple(regions) for ground, regions in shown_here.items()},
    )
