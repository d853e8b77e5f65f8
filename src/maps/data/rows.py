"""Statements, claims and citations of a day as rows of tables that name each other by id."""

from __future__ import annotations

from collections.abc import Iterable

from maps.atlas.model import Atlas, Citation, Status
from maps.data.cited import cited, statements
from maps.data.plain import Plain, date_plain, day_plain
from maps.data.table import said
from maps.day.law import LEGAL_DIMENSIONS, Claim
from maps.day.view import Shown
from maps.words.cite import citation_text
from maps.words.claims import claim_text
from maps.words.names import region_name

STATUS_COLUMNS = (
    "id", "region", "region_name", "dimension", "polity", "polity_name", "teller", "teller_name",
    "text", "certainty", "evidence", "start_edtf", "start_day", "end_edtf", "end_day", "painted",
    "citations", "note",
)  # fmt: skip
CLAIM_COLUMNS = (
    "id", "status", "account", "teller", "teller_name", "stance", "dimension", "polity",
    "polity_name", "region", "region_name", "text", "certainty", "evidence", "start", "end",
    "painted", "citations",
)  # fmt: skip
CITATION_COLUMNS = (
    "id", "subject_kind", "subject", "source", "role", "as_printed", "locator", "quote",
    "quote_lang", "quote_translation", "text", "url",
)  # fmt: skip
_BETWEEN = ";"  # as in the files of an atlas


def status_rows(shown: Shown) -> list[Plain]:
    """Give a row for each statement, ``citations`` being ids of rows of `citation_rows`."""
    painted = {claim.status.id for claim, is_painted in said(shown) if is_painted}
    return [_status(shown, status, status.id in painted) for status in statements(shown)]


def claim_rows(shown: Shown) -> list[Plain]:
    """Give a row for each stance a teller takes on a statement on legal status."""
    return [
        _claim(shown, claim, painted)
        for claim, painted in said(shown)
        if claim.status.dimension in LEGAL_DIMENSIONS
    ]


def citation_rows(shown: Shown) -> list[Plain]:
    """Give a row for each citation with the record it supports and its reference written out."""
    return [
        {
            "id": each.citation.id,
            "subject_kind": each.kind,
            "subject": each.id,
            "source": each.citation.source.id,
            "role": each.citation.role,
            "as_printed": each.citation.as_printed,
            "locator": each.citation.locator,
            "quote": each.citation.quote,
            "quote_lang": each.citation.quote_lang,
            "quote_translation": each.citation.quote_translation,
            "text": citation_text(each.citation, shown.lang),
            "url": each.citation.source.address,
        }
        for each in cited(shown)
    ]


def _status(shown: Shown, status: Status, painted: bool) -> Plain:
    atlas = shown.atlas
    start, end = date_plain(status.start) or {}, date_plain(status.end) or {}
    return {
        "id": status.id,
        "region": status.region_id,
        "region_name": region_name(atlas, status.region_id, shown.lang),
        "dimension": status.dimension,
        "polity": status.polity_id,
        "polity_name": _polity(atlas, status),
        "teller": status.perspective_id,
        "teller_name": atlas.perspectives[status.perspective_id].name,
        "text": status.text,
        "certainty": status.certainty,
        "evidence": status.evidence,
        "start_edtf": start.get("edtf"),
        "start_day": start.get("day"),
        "end_edtf": end.get("edtf"),
        "end_day": end.get("day"),
        "painted": painted,
        "citations": _ids(status.citations),
        "note": status.note,
    }


def _claim(shown: Shown, claim: Claim, painted: bool) -> Plain:
    atlas, status, account = shown.atlas, claim.status, claim.account
    return {
        "id": account.id if account else status.id,
        "status": status.id,
        "account": account.id if account else None,
        "teller": claim.perspective_id,
        "teller_name": atlas.perspectives[claim.perspective_id].name,
        "stance": claim.stance,
        "dimension": status.dimension,
        "polity": status.polity_id,
        "polity_name": _polity(atlas, status),
        "region": status.region_id,
        "region_name": region_name(atlas, status.region_id, shown.lang),
        "text": claim_text(claim),
        "certainty": status.certainty,
        "evidence": account.evidence if account else status.evidence,
        "start": claim.span.start.isoformat(),
        "end": day_plain(claim.span.end),
        "painted": painted,
        "citations": _ids(account.citations if account else status.citations),
    }


def _polity(atlas: Atlas, status: Status) -> str:
    polity = atlas.polities.get(status.polity_id)
    return polity.name if polity else ""


def _ids(citations: Iterable[Citation]) -> str:
    return _BETWEEN.join(citation.id for citation in citations)
