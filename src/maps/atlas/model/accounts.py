"""What each side says of a contested thing, and how acts hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from maps.atlas.model.columns import KEBAB, Column, Text
from maps.atlas.model.evidence import EVIDENCE_LEVELS, Citation
from maps.atlas.model.time import Date, Timespan

STANCES = ("says", "says-otherwise", "in-part", "silent", "none-found")
_RENAMED = (("asserts", "says"), ("denies", "says-otherwise"), ("qualifies", "in-part"))
UNSOURCED_STANCES = ("silent", "none-found")  # nothing is said, so nothing can be cited
CHAIN_ROLES = (
    "instruction", "act", "text", "publication", "referral", "reversal", "omission", "order",
    "effect",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What one perspective says of a contested point, an event or a status.

    Exactly one of ``point_id``, ``event_id`` and ``status_id`` is filled. What is
    said of a point answers its question; ``says-otherwise`` and ``in-part`` are
    measured from the atlas's own text of the event, or from the words of the status.
    ``silent`` says that this teller does not mention the thing, ``none-found``
    that no source of this perspective was found. ``start`` and ``end`` narrow an
    account of a status to the days the teller speaks of; None as long as it holds.
    """

    id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)]
    perspective_id: Annotated[str, Column(required=True, refers="perspectives")]
    stance: Annotated[str, Column(required=True, choices=STANCES, renamed=_RENAMED)]
    text: Annotated[str, Text("account.{}")]
    point_id: Annotated[str, Column("exactly one of the three", refers="points", first=True)] = ""
    event_id: Annotated[str, Column(refers="events", first=True)] = ""
    status_id: Annotated[str, Column(refers="statuses", first=True)] = ""
    evidence: Annotated[str, Column(choices=EVIDENCE_LEVELS)] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()
    start: Annotated[Date | None, Column("of an account of a status", kind="edtf")] = None
    end: Annotated[Date | None, Column("the same", kind="edtf")] = None

    def within(self, span: Timespan) -> Timespan | None:
        """Narrow the span of a status to the days this account is about; None if none is left."""
        start = max(span.start, self.start) if self.start else span.start
        ends = [end for end in (span.end, self.end) if end]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Timespan(start, end)


@dataclass(frozen=True)
class Point:
    """A question on which the sources disagree; ``finding`` is what can be said all the same."""

    id: Annotated[str, Column(kind="id", required=True)]
    question: Annotated[str, Text("point.{}.question")]
    finding: Annotated[str, Text("point.{}.finding")]
    event_ids: tuple[str, ...] = ()
    status_ids: tuple[str, ...] = ()
    region_ids: tuple[str, ...] = ()
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""


@dataclass(frozen=True)
class ChainLink:
    """An event in a chain of act, text, publication and effect, and what it is there."""

    event_id: Annotated[str, Column(required=True, refers="events")]
    role: Annotated[str, Column(required=True, choices=CHAIN_ROLES)]
    chain_id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)] = ""
    step: Annotated[int, Column("counted from 1", required=True, first=True)] = 0


@dataclass(frozen=True)
class Chain:
    """Act, text, publication and effect, which are separate events, in their order."""

    id: str
    name: str
    links: tuple[ChainLink, ...]


@dataclass(frozen=True)
class AlternativeDate:
    """A day that a source gives for an event; the one in use is among them."""

    id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)]
    event_id: Annotated[str, Column(required=True, refers="events")]
    edtf: Annotated[str, Column("one exact day", kind="edtf", required=True)]
    day: Date
    perspective_id: Annotated[str, Column(required=True, refers="perspectives")]
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()
