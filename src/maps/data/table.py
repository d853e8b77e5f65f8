"""The statements of a day as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from maps.atlas.model import UNSOURCED_STANCES, Status
from maps.data.plain import date_plain
from maps.day.contested import accounts_of
from maps.day.law import LEGAL_DIMENSIONS, Claim, claims_on
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.names import region_name

COLUMNS = (
    "day",
    "id",
    "region_id",
    "region",
    "dimension",
    "polity_id",
    "polity",
    "teller_id",
    "teller",
    "stance",
    "statement",
    "statement_of",
    "account_id",
    "account",
    "certainty",
    "evidence",
    "start_edtf",
    "start_day",
    "end_edtf",
    "end_day",
    "painted",
    "precision",
    "sources",
    "as_printed",
    "citations",
    "note",
    "data_version",
    "data_sha256",
    "licence",
    "disclaimer",
)
_BETWEEN = " | "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def csv_bytes(shown: Shown) -> bytes:
    """Give all statements in force on a day, those that colour the map first.

    In legal status each teller who takes a stance on a statement has a row of
    its own; ``statement_of`` is whose statement it is. UTF-8 with a byte order
    mark, without which spreadsheets misread Armenian and Azerbaijani letters. A
    text that a spreadsheet would take for a formula has an apostrophe before it;
    numbers are left as they are.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for claim, painted in said(shown):
        row = _row(shown, claim, painted=painted)
        writer.writerow({column: inert(row[column]) for column in COLUMNS})
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
    return Claim(status, status.perspective_id, next(own, "asserts"), status.span)


def inert(text: str) -> str:
    """Make sure that a spreadsheet takes a text as text."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(shown: Shown, claim: Claim, *, painted: bool) -> Mapping[str, str]:
    atlas, status, account = shown.atlas, claim.status, claim.account
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(claim.perspective_id)
    start, end = date_plain(status.start) or {}, date_plain(status.end) or {}
    cited = account.citations if account else status.citations
    return {
        "day": shown.day.isoformat(),
        "id": status.id,
        "region_id": status.region_id,
        "region": region_name(atlas, status.region_id, shown.lang),
        "dimension": status.dimension,
        "polity_id": status.polity_id,
        "polity": polity.name if polity else "",
        "teller_id": claim.perspective_id,
        "teller": teller.name if teller else "",
        "stance": claim.stance,
        "statement": status.text,
        "statement_of": status.perspective_id,
        "account_id": account.id if account else "",
        "account": account.text if account else "",
        "certainty": status.certainty,
        "evidence": account.evidence if account else status.evidence,
        "start_edtf": start.get("edtf") or "",
        "start_day": start.get("day") or "",
        "end_edtf": end.get("edtf") or "",
        "end_day": end.get("day") or "",
        "painted": "yes" if painted else "no",
        "precision": _precision(shown, status),
        "sources": _BETWEEN.join(citation.source.id for citation in cited),
        "as_printed": _BETWEEN.join(c.as_printed for c in cited if c.as_printed),
        "citations": _BETWEEN.join(citation_text(citation, shown.lang) for citation in cited),
        "note": status.note,
        "data_version": atlas.settings.version,
        "data_sha256": atlas.digest,
        "licence": atlas.settings.licence,
        "disclaimer": f"{atlas.settings.disclaimer} {atlas.settings.cutoff}".strip(),
    }


def _precision(shown: Shown, status: Status) -> str:
    """Name the precision of the region's lines on the day; empty where it has none."""
    found = (
        listed.boundary.precision
        for listed in shown.snapshot.boundaries
        if listed.boundary.region_id == status.region_id
    )
    return _BETWEEN.join(dict.fromkeys(found))
