"""What is told of the land, flat: one record a statement, from which each format takes its columns.

A statement is told by its own teller; in legal status others may take a stance on it, and
each of these claims is a record of its own. A `Told` holds plain values only. What is
missing is an empty text, and a format that has null writes None for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maps.atlas.model import Atlas, Citation, DateText, Status
from maps.day.law import Claim
from maps.words.cite import citation_text
from maps.words.claims import claim_text
from maps.words.names import region_name


@dataclass(frozen=True)
class Told:
    """One statement as one teller has it; days are ISO text, dates EDTF as in the files."""

    status: str  # id of the statement
    status_teller: str  # id of the perspective whose statement it is
    statement: str  # its text
    note: str
    region: str
    region_name: str
    dimension: str
    polity: str  # empty where the statement names none
    polity_name: str
    certainty: str
    start_edtf: str
    start_day: str
    end_edtf: str
    end_day: str
    teller: str  # id of the perspective that tells it here
    teller_name: str
    stance: str
    account: str  # id of the account in which the teller says more; empty for none
    account_text: str
    text: str  # the words of the teller: of the account, else of the statement
    evidence: str  # of the account, else of the statement
    holds_from: str  # the days on which the claim counts, the end already outside
    holds_until: str
    cited: tuple[Citation, ...]  # of the account, else of the statement
    lang: str

    def row(self, columns: Mapping[str, str], between: str) -> dict[str, str]:
        """Give the fields a format asks for by the names of its columns; several are joined."""
        fields = {column: getattr(self, field) for column, field in columns.items()}
        return {
            column: value if isinstance(value, str) else between.join(value)
            for column, value in fields.items()
        }

    @property
    def id(self) -> str:
        """The id of the claim: of the account that makes it, else of the statement."""
        return self.account or self.status

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources cited."""
        return tuple(citation.source.id for citation in self.cited)

    @property
    def as_printed(self) -> tuple[str, ...]:
        """The citations as the main source prints them, of those it does print."""
        return tuple(citation.as_printed for citation in self.cited if citation.as_printed)

    @property
    def citations(self) -> tuple[str, ...]:
        """The citations written out."""
        return tuple(citation_text(citation, self.lang) for citation in self.cited)

    @property
    def citation_ids(self) -> tuple[str, ...]:
        """The ids of the citations."""
        return tuple(citation.id for citation in self.cited)


def told(atlas: Atlas, status: Status, lang: str) -> Told:
    """Give a statement as its own teller makes it."""
    return told_by(atlas, Claim(status, status.perspective_id, "says", status.span), lang)


def told_by(atlas: Atlas, claim: Claim, lang: str) -> Told:
    """Give a statement as the teller of a claim has it."""
    status, account = claim.status, claim.account
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(claim.perspective_id)
    start_edtf, start_day = _date(status.start)
    end_edtf, end_day = _date(status.end)
    return Told(
        status=status.id,
        status_teller=status.perspective_id,
        statement=status.text,
        note=status.note,
        region=status.region_id,
        region_name=region_name(atlas, status.region_id, lang),
        dimension=status.dimension,
        polity=status.polity_id,
        polity_name=polity.name if polity else "",
        certainty=status.certainty,
        start_edtf=start_edtf,
        start_day=start_day,
        end_edtf=end_edtf,
        end_day=end_day,
        teller=claim.perspective_id,
        teller_name=teller.name if teller else "",
        stance=claim.stance,
        account=account.id if account else "",
        account_text=account.text if account else "",
        text=claim_text(claim),
        evidence=account.evidence if account else status.evidence,
        holds_from=claim.span.start.isoformat(),
        holds_until=claim.span.end.isoformat() if claim.span.end else "",
        cited=account.citations if account else status.citations,
        lang=lang,
    )


def _date(text: DateText | None) -> tuple[str, str]:
    if text is None:
        return "", ""
    return text.edtf, text.used.isoformat() if text.used else ""
