"""What is said on a day and what it rests on, flat; and as CSV.

One record a statement, from which each format takes its columns. A statement is told by its
own teller; in legal status others may take a stance on it, and each of these claims is a
record of its own. What is missing is an empty text, and a format that has null writes None
for it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from maps.atlas.model import UNSOURCED_STANCES, Atlas, Citation, Date, Source, Status
from maps.day.contested import accounts_about, accounts_of, dates_of
from maps.day.law import LEGAL_DIMENSIONS, Claim, claims_on
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.i18n import translation_note
from maps.words.names import region_name

Told = dict[str, Any]  # a statement by the names of its fields, see `told_by`

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
_CRLF = "\r\n"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def told(atlas: Atlas, status: Status, lang: str) -> Told:
    """Give a statement as its own teller makes it."""
    return told_by(atlas, Claim(status, status.perspective_id, "says", status.span), lang)


def told_by(atlas: Atlas, claim: Claim, lang: str) -> Told:
    """Give a statement as the teller of a claim has it.

    Days are ISO text, dates EDTF as in the files. Values are texts, or lists of them where
    there may be several citations, which are themselves at ``cited``.
    """
    status, account, citations = claim.status, claim.account, claim.told.citations
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(claim.perspective_id)
    return {
        "id": account.id if account else status.id,  # of the claim
        "status": status.id,
        "status_teller": status.perspective_id,  # whose statement it is, whoever tells it here
        "statement": status.text,
        "note": status.note,
        "region": status.region_id,
        "region_name": region_name(atlas, status.region_id, lang),
        "dimension": status.dimension,
        "polity": status.polity_id,
        "polity_name": polity.name if polity else "",
        "certainty": status.certainty,
        "start_edtf": status.start.edtf,
        "start_day": _iso(status.start.used),
        "end_edtf": status.end.edtf if status.end else "",
        "end_day": _iso(status.end.used) if status.end else "",
        "teller": claim.perspective_id,
        "teller_name": teller.name if teller else "",
        "stance": claim.stance,
        "account": account.id if account else "",
        "account_text": account.text if account else "",
        # Words, evidence and citations are those of the account, else of the statement.
        "text": claim.told.text,
        "evidence": claim.told.evidence,
        # The days on which the claim counts, the end already outside.
        "holds_from": claim.span.start.isoformat(),
        "holds_until": _iso(claim.span.end),
        "cited": citations,
        "sources": [citation.source.id for citation in citations],
        # As the main source prints them, of those it does print.
        "as_printed": [citation.as_printed for citation in citations if citation.as_printed],
        "citations": [citation_text(citation, lang) for citation in citations],
        "citation_ids": [citation.id for citation in citations],
    }


def _iso(day: Date | None) -> str:
    return day.isoformat() if day else ""


def row(record: Told, columns: Mapping[str, str], between: str) -> dict[str, Any]:
    """Give the fields a format asks for by the names of its columns; several are joined."""
    fields = {column: record[field] for column, field in columns.items()}
    return {
        column: between.join(value) if isinstance(value, list) else value
        for column, value in fields.items()
    }


def csv_bytes(shown: Shown) -> bytes:
    """Give all statements in force on a day, those that colour the map first.

    In legal status each teller who takes a stance on a statement has a row of
    its own; ``statement_of`` is whose statement it is. UTF-8 with a byte order
    mark, without which spreadsheets misread Armenian and Azerbaijani letters. A
    text that a spreadsheet would take for a formula has an apostrophe before it;
    numbers are left as they are.
    """
    settings = shown.atlas.settings
    reserved = (translation_note(shown.atlas, shown.lang), settings.disclaimer, settings.cutoff)
    around = {
        "day": shown.day.isoformat(),
        "data_version": settings.version,
        "data_sha256": shown.atlas.digest,
        "licence": settings.licence,
        "disclaimer": " ".join(filter(None, reserved)),
    }
    precisions: defaultdict[str, list[str]] = defaultdict(list)
    for boundary in (listed.boundary for listed in shown.snapshot.boundaries):
        precisions[boundary.region_id].append(boundary.precision)
    rows = (
        {
            **around,
            **row(told_by(shown.atlas, claim, shown.lang), _TOLD | _CITED, BETWEEN),
            "painted": "yes" if painted else "no",
            "precision": BETWEEN.join(dict.fromkeys(precisions[claim.status.region_id])),
        }
        for claim, painted in said(shown)
    )
    return _for_spreadsheets(COLUMNS, rows)


def all_statements_csv(atlas: Atlas, lang: str) -> bytes:
    """Give the statements of all days as their own tellers make them, as `csv_bytes` does."""
    rows = (row(told(atlas, each, lang), STATUS_COLUMNS, BETWEEN) for each in atlas.statuses)
    return _for_spreadsheets(STATUS_COLUMNS, rows)


def _for_spreadsheets(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    harmless = ({column: inert(text) for column, text in each.items()} for each in rows)
    return f"{csv_text(columns, harmless, _CRLF)}{_CRLF}".encode("utf-8-sig")


def csv_text(
    columns: Iterable[str], rows: Iterable[Mapping[str, object]], line_end: str = "\n"
) -> str:
    """Write rows as CSV under a header, without an end of the last line.

    What a row holds beside the columns is left out.
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, list(columns), extrasaction="ignore", lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().removesuffix(line_end)


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


class _Record(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def citations(self) -> tuple[Citation, ...]: ...


def cited(shown: Shown) -> list[tuple[str, str, Citation]]:
    """List the citations behind the day's data files, each once, with kind and id of its record.

    Those of the boundaries in the extent and of their regions, then of the
    statements, of what others say of them, of the events, their accounts and
    disputed days: kinds boundary, region, status, account, event and event_date.
    """
    atlas, found = shown.atlas, {}

    def add(kind: str, records: Iterable[_Record]) -> None:
        for record in records:
            for citation in record.citations:
                found[citation.id] = (kind, record.id, citation)

    drawn = [listed.boundary for listed in shown.in_extent]
    add("boundary", drawn)
    add("region", (atlas.regions[id] for id in dict.fromkeys(each.region_id for each in drawn)))
    add("status", statements(shown))
    for status in statements(shown):
        add("account", accounts_of(atlas, status_id=status.id))
    add("event", shown.events)
    for event in shown.events:
        add("account", accounts_about(atlas, event.id))
        add("event_date", dates_of(atlas, event.id))
    return list(found.values())


def statements(shown: Shown) -> tuple[Status, ...]:
    """List the statements of the day, the painted first, then those on who controlled the land.

    The latter are of others, where one teller's claims are asked for.
    """
    told = [claim.status for claim, _painted in said(shown)]
    held = [
        status
        for listed in shown.in_extent
        if shown.colours_by_law and listed.control
        for status in listed.control.statuses
    ]
    return tuple({status.id: status for status in (*told, *held)}.values())


def sources(shown: Shown) -> tuple[Source, ...]:
    """List the sources cited by what is shown, in the order of the atlas."""
    used = {citation.source.id for _, _, citation in cited(shown)}
    return tuple(source for source in shown.atlas.sources.values() if source.id in used)
