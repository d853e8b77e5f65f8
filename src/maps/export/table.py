"""The statements of a day as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from maps.cite import citation_text
from maps.export.shown import Shown
from maps.model import Status
from maps.plain import date_plain, region_name

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
    "statement",
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

    UTF-8 with a byte order mark, without which spreadsheets misread Armenian
    and Azerbaijani letters. A text that a spreadsheet would take for a formula
    has an apostrophe before it; numbers are left as they are.
    """
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for status in (*shown.painted, *shown.beside):
        row = _row(shown, status)
        writer.writerow({column: inert(row[column]) for column in COLUMNS})
    return buffer.getvalue().encode("utf-8-sig")


def inert(text: str) -> str:
    """Make sure that a spreadsheet takes a text as text."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(shown: Shown, status: Status) -> Mapping[str, str]:
    atlas = shown.atlas
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(status.perspective_id)
    start, end = date_plain(status.start) or {}, date_plain(status.end) or {}
    cited = status.citations
    return {
        "day": shown.day.isoformat(),
        "id": status.id,
        "region_id": status.region_id,
        "region": region_name(atlas, status.region_id, shown.lang),
        "dimension": status.dimension,
        "polity_id": status.polity_id,
        "polity": polity.name if polity else "",
        "teller_id": status.perspective_id,
        "teller": teller.name if teller else "",
        "statement": status.text,
        "certainty": status.certainty,
        "evidence": status.evidence,
        "start_edtf": start.get("edtf") or "",
        "start_day": start.get("day") or "",
        "end_edtf": end.get("edtf") or "",
        "end_day": end.get("day") or "",
        "painted": "yes" if status in shown.painted else "no",
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
