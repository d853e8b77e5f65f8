"""What is said of the legal status of a piece of land on a day, and who says it.

The rule (docs/data-model.md, "Legal status"): for each teller and each dimension
the statements on the nearest region count: the piece itself, then what it is part
of, and so on upwards; at each step also the regions whose statements are shown on
that ground. An account of a status moves it to the teller of the account: who
says otherwise is shown as saying so, not as silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maps.atlas import model
from maps.atlas.model import CONTROL, DIMENSIONS, Account, Atlas, Date, Status, Timespan
from maps.cache import once_for_each
from maps.day.contested import accounts_of
from maps.day.control import Holding, Turns, answer_on, turns_of, upwards
from maps.day.index import grouped, index_of

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
    def told(self) -> Account | Status:
        """The record with the teller's words and sources: the account, else the statement."""
        return self.account or self.status

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
    return answer_on(_history(atlas, region_id, perspective), day, SILENCE)


def days_of_law(atlas: Atlas, region_id: str, perspective: str = ALL) -> tuple[Date, ...]:
    """List the days on which the claims that count for a region change."""
    return tuple(start for start, _ in _history(atlas, region_id, perspective))


def claims_on(atlas: Atlas, day: Date, perspective: str = ALL) -> tuple[Claim, ...]:
    """List all claims in force on a day in file order, those with a nearer one before them too."""
    return tuple(
        claim
        for status in atlas.statuses
        if status.dimension in LEGAL_DIMENSIONS
        for claim in claims_of(atlas, status)
        if day in claim.span and perspective in (ALL, claim.perspective_id)
    )


def tellers(atlas: Atlas) -> tuple[str, ...]:
    """List the perspectives that say anything of legal status, in the order of the atlas."""
    heard = {claim.perspective_id for claims in _told(atlas).values() for claim in claims}
    return tuple(perspective for perspective in atlas.perspectives if perspective in heard)


def claims_of(atlas: Atlas, status: Status) -> Iterator[Claim]:
    """Give a statement in the mouth of its own teller, then of those who take a stand on it."""
    accounts = [
        account
        for account in accounts_of(atlas, status_id=status.id)
        if account.stance not in model.UNSOURCED_STANCES
    ]
    if all(account.perspective_id != status.perspective_id for account in accounts):
        yield Claim(status, status.perspective_id, "says", status.span)
    for account in accounts:
        span = account.within(status.span)
        if span is not None:
            yield Claim(status, account.perspective_id, account.stance, span, account)


@once_for_each
def _history(atlas: Atlas, region_id: str, perspective: str) -> Turns[Law]:
    told, shown_on = _told(atlas), index_of(atlas).shown_on
    levels = [
        told.get(place, ())
        for above in upwards(atlas, region_id)
        for place in (above, *(shown.id for shown in shown_on.get(above, ())))
    ]
    tellers, polities = list(atlas.perspectives), list(atlas.polities)

    def rank(held: Holding) -> tuple[int, int, bool]:
        return DIMENSIONS.index(held.dimension), polities.index(held.polity_id), held.otherwise

    def answer(day: Date) -> Law:
        nearest: dict[tuple[str, str], list[Claim]] = {}
        for level in levels:
            counting = (
                claim
                for claim in level
                if perspective in (ALL, claim.perspective_id) and day in claim.span
            )
            here = grouped(counting, lambda said: (said.perspective_id, said.status.dimension))
            nearest = here | nearest
        order = sorted(nearest, key=lambda key: (tellers.index(key[0]), DIMENSIONS.index(key[1])))
        claims = tuple(claim for key in order for claim in nearest[key])
        painted = {claim.holding for claim in claims if claim.holding}
        return Law(claims, tuple(sorted(painted, key=rank)))

    return turns_of((claim.span for level in levels for claim in level), answer, SILENCE)


@once_for_each
def _told(atlas: Atlas) -> Mapping[str, list[Claim]]:
    """Collect the claims of all tellers by the region they are made of."""
    legal = (status for status in atlas.statuses if status.dimension in LEGAL_DIMENSIONS)
    claims = (claim for status in legal for claim in claims_of(atlas, status))
    return grouped(claims, lambda claim: claim.status.region_id)
