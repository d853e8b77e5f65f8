"""What each side says of a contested thing, and how acts hang together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maps.atlas.model.evidence import Citation
from maps.atlas.model.time import Timespan

STANCES = ("asserts", "denies", "qualifies", "silent", "none-found")
UNSOURCED_STANCES = ("silent", "none-found")  # nothing is said, so nothing can be cited
CHAIN_ROLES = (
    "instruction", "act", "text", "publication", "referral", "reversal", "omission", "order",
    "effect",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What one perspective says of a contested point, an event or a status.

    Exactly one of ``point_id``, ``event_id`` and ``status_id`` is filled.
    ``silent`` says that this teller does not mention the thing, ``none-found``
    that no source of this perspective was found. ``start`` and ``end`` narrow an
    account of a status to the days the teller speaks of; None as long as it holds.
    """

    id: str
    perspective_id: str
    stance: str  # one of STANCES
    text: str
    point_id: str = ""
    event_id: str = ""
    status_id: str = ""
    evidence: str = ""
    note: str = ""
    citations: tuple[Citation, ...] = ()
    start: date | None = None
    end: date | None = None

    def within(self, span: Timespan) -> Timespan | None:
        """Narrow the span of a status to the days this account is about; None if none is left."""
        start = max(span.start, self.start) if self.start else span.start
        ends = [end for end in (span.end, self.end) if end]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Timespan(start, end)


@dataclass(frozen=True)
class Point:
    """A question on which the sources disagree; ``finding`` is what can be said all the same."""

    id: str
    question: str
    finding: str
    event_ids: tuple[str, ...] = ()
    status_ids: tuple[str, ...] = ()
    region_ids: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ChainLink:
    """One event of a chain, and what it is in it; ``role`` is one of CHAIN_ROLES."""

    event_id: str
    role: str


@dataclass(frozen=True)
class Chain:
    """Act, text, publication and effect, which are separate events, in their order."""

    id: str
    name: str
    links: tuple[ChainLink, ...]


@dataclass(frozen=True)
class AlternativeDate:
    """A day that a source gives for an event; the one in use is among them."""

    id: str
    event_id: str
    edtf: str
    day: date
    perspective_id: str
    note: str = ""
    citations: tuple[Citation, ...] = ()
