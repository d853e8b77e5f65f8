"""The statements of a day as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from maps.atlas.model import UNSOURCED_STANCES, Status
from maps.data.told import told_by
from maps.day.contested import accounts_of
from maps.day.law import LEGAL_DIMENSIONS, Claim, claims_on
from maps.day.view import Shown

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
    return Claim(status, status.perspective_id, next(own, "says"), status.span)


def inert(text: str) -> str:
    """Make sure that a spreadsheet takes a text as text."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(shown: Shown, claim: Claim, *, painted: bool) -> Mapping[str, str]:
    settings = shown.atlas.settings
    return {
        **told_by(shown.atlas, claim, shown.lang).row(_TOLD | _CITED, BETWEEN),
        "day": shown.day.isoformat(),
        "painted": "yes" if painted else "no",
        "precision": _precision(shown, claim.status),
        "data_version": settings.version,
        "data_sha256": shown.atlas.digest,
        "licence": settings.licence,
        "disclaimer": f"{settings.disclaimer} {settings.cutoff}".strip(),
    }


def _precision(shown: Shown, status: Status) -> str:
    """Name the precision of the region's lines on the day; empty where it has none."""
    found = (
        listed.boundary.precision
        for listed in shown.snapshot.boundaries
        if listed.boundary.region_id == status.region_id
    )
    return BETWEEN.join(dict.fromkeys(found))
