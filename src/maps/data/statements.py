"""Statements flat: one record a statement, from which each format takes its columns; and as CSV.

A statement is told by its own teller; in legal status others may take a stance on it, and
each of these claims is a record of its own. A `Told` holds plain values only. What is
missing is an empty text, and a format that has null writes None for it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from maps.atlas.model import UNSOURCED_STANCES, Atlas, Citation, DateText, Status
from maps.day.contested import accounts_of
from maps.day.law import LEGAL_DIMENSIONS, Claim, claims_on
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.names import region_name
from maps.words.translated import translation_note

# Each column with the field of `Told` it holds; the day and the atlas are around them.
_TOLD = {
    "id": "status", "region_id": "region", "region": "region_name", "dimension": "dimension",
    "polity_id": "polity", "polity": "polity_name", "teller_id": "teller",
    "teller": "teller_name", "stance": "stance", "statement": "statement",
    "statement_of": "status_teller", "account_id": "account", "account": "account_text",
    "certainty": "certainty", "evidence": "evidence", "start_edtf": "start_edtf",
    "start_day": "start_day", "end_edtf": "end_edtf", "end_day": "end_day",
}  # fmt: skip
_CITED = {
    "sources": "sources", "as_printed": "as_printed", "citations": "citations", "note": "note",
}  # fmt: skip
COLUMNS = (
    "day", *_TOLD, "painted", "precision", *_CITED,
    "data_version", "data_sha256", "licence", "disclaimer",
)  # fmt: skip
# Of a statement as its own teller makes it, whatever the day.
STATUS_COLUMNS = {
    column: field
    for column, field in (_TOLD | _CITED).items()
    if column not in ("stance", "statement_of", "account_id", "account")
}
BETWEEN = " | "  # of several citations in a cell
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


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
        text=claim.told.text,
        evidence=claim.told.evidence,
        holds_from=claim.span.start.isoformat(),
        holds_until=claim.span.end.isoformat() if claim.span.end else "",
        cited=claim.told.citations,
        lang=lang,
    )


def _date(text: DateText | None) -> tuple[str, str]:
    if text is None:
        return "", ""
    return text.edtf, text.used.isoformat() if text.used else ""


def csv_bytes(shown: Shown) -> bytes:
    """Give all statements in force on a day, those that colour the map first.

    In legal status each teller who takes a stance on a statement has a row of
    its own; ``statement_of`` is whose statement it is. UTF-8 with a byte order
    mark, without which spreadsheets misread Armenian and Azerbaijani letters. A
    text that a spreadsheet would take for a formula has an apostrophe before it;
    numbers are left as they are.
    """
    rows = (_row(shown, claim, painted=painted) for claim, painted in said(shown))
    return _csv(COLUMNS, rows)


def all_statements_csv(atlas: Atlas, lang: str) -> bytes:
    """Give the statements of all days as their own tellers make them, as `csv_bytes` does."""
    rows = (told(atlas, status, lang).row(STATUS_COLUMNS, BETWEEN) for status in atlas.statuses)
    return _csv(STATUS_COLUMNS, rows)


def _csv(columns: Collection[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(columns), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({column: inert(row[column]) for column in columns} for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def said(shown: Shown) -> Iterator[tuple[Claim, bool]]:
    """List what is said on the day and whether the map is coloured by it.

    Outside legal status a statement is the claim of its own teller.
    """
    if not shown.colours_by_law:
        yield from ((_own(shown, status), True) for status in shown.painted)
        yield from ((_own(shown, status), False) for status in shown.beside)
        return
    counting = shown.claims_in()
    yield from ((claim, claim.holding is not None) for claim in counting)
    in_force = claims_on(shown.atlas, shown.day, shown.perspective_id)
    yield from ((claim, False) for claim in in_force if claim not in counting)
    rest = (status for status in shown.beside if status.dimension not in LEGAL_DIMENSIONS)
    yield from ((_own(shown, status), False) for status in rest)


def _own(shown: Shown, status: Status) -> Claim:
    """Give a statement as its own teller makes it."""
    own = (
        account.stance
        for account in accounts_of(shown.atlas, status_id=status.id)
        if account.perspective_id == status.perspective_id
        and account.stance not in UNSOURCED_STANCES
    )
    return Claim(status, status.perspective_id, next(own, "says"), status.span)


def inert(text: str) -> str:
    """Make sure that a spreadsheet takes a text as text."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(shown: Shown, claim: Claim, *, painted: bool) -> Mapping[str, str]:
    settings = shown.atlas.settings
    reserved = (translation_note(shown.atlas, shown.lang), settings.disclaimer, settings.cutoff)
    precisions = [
        listed.boundary.precision
        for listed in shown.snapshot.boundaries
        if listed.boundary.region_id == claim.status.region_id
    ]
    return {
        **told_by(shown.atlas, claim, shown.lang).row(_TOLD | _CITED, BETWEEN),
        "day": shown.day.isoformat(),
        "painted": "yes" if painted else "no",
        "precision": BETWEEN.join(dict.fromkeys(precisions)),
        "data_version": settings.version,
        "data_sha256": shown.atlas.digest,
        "licence": settings.licence,
        "disclaimer": " ".join(filter(None, reserved)),
    }
