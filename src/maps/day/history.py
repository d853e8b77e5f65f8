"""What was said of a region over all the days of an atlas, teller by teller.

The statements are those that count for the region, as in `maps.day.control` and
`maps.day.law`: its own, those of what it is part of, those shown on its ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maps.atlas.model import DIMENSIONS, Atlas, Date, Timespan
from maps.day.control import control_of, days_of_control
from maps.day.index import grouped, index_of
from maps.day.law import Claim, claims_of, days_of_law, law_of


@dataclass(frozen=True)
class Stretch:
    """A claim and the days on which it counts for the region.

    They are fewer than those of its statement where a statement nearer to the
    region counts instead.
    """

    claim: Claim
    span: Timespan


@dataclass(frozen=True)
class Band:
    """What one teller says in one dimension; the stretches are in order of their first day."""

    perspective_id: str
    dimension: str
    stretches: tuple[Stretch, ...]


def bands_of(atlas: Atlas, region_id: str) -> tuple[Band, ...]:
    """Give what is said of a region, in order of the tellers, then of the dimensions.

    A statement that never counts for the region is left out; a teller who says otherwise
    one has it in a band of their own. Empty where nothing is said.
    """
    statuses = {
        status.id: status
        for day in days_of_control(atlas, region_id)
        for status in control_of(atlas, region_id, day).statuses
    }
    claims = [claim for status in statuses.values() for claim in claims_of(atlas, status)]
    # An account may be about a part of the days of its statement.
    edges = {edge for c in claims for edge in (c.span.start, c.span.end) if edge}
    of_control = []
    for day in sorted({*days_of_control(atlas, region_id), *edges}):
        counting = control_of(atlas, region_id, day).statuses
        of_control.append((day, [c for c in claims if c.status in counting and day in c.span]))
    law_days = days_of_law(atlas, region_id)
    of_law = [(day, law_of(atlas, region_id, day).claims) for day in law_days]
    place = index_of(atlas).status_places
    stretches = sorted(
        (*_joined(of_control), *_joined(of_law)),
        key=lambda each: (each.span.start, place[each.claim.status.id]),
    )
    told = grouped(stretches, lambda s: (s.claim.perspective_id, s.claim.status.dimension))
    return tuple(
        Band(teller, dimension, tuple(told[teller, dimension]))
        for teller in atlas.perspectives
        for dimension in DIMENSIONS
        if (teller, dimension) in told
    )


def claims_in(bands: Iterable[Band]) -> tuple[Claim, ...]:
    """List the claims of some bands, each once, in order of the bands."""
    stretches = (stretch for band in bands for stretch in band.stretches)
    kept = {key_of(stretch.claim): stretch.claim for stretch in stretches}
    return tuple(kept.values())


def key_of(claim: Claim) -> str:
    """Name a claim: it is one account, or a statement in the mouth of its own teller."""
    return f"account-{claim.account.id}" if claim.account else f"status-{claim.status.id}"


def _joined(turns: Iterable[tuple[Date, Sequence[Claim]]]) -> Iterator[Stretch]:
    """Join the days on which a claim counts without a gap; ``turns`` are in order."""
    begun: dict[str, tuple[Claim, Date]] = {}
    for day, claims in turns:
        counting = {key_of(claim): claim for claim in claims}
        for key in [key for key in begun if key not in counting]:
            claim, start = begun.pop(key)
            yield Stretch(claim, Timespan(start, day))
        for key, claim in counting.items():
            begun.setdefault(key, (claim, day))
    for claim, start in begun.values():
        yield Stretch(claim, Timespan(start, None))
