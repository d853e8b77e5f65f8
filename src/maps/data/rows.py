"""Statements, claims and citations of a day as rows of tables that name each other by id."""

from __future__ import annotations

from maps.data.cited import cited, statements
from maps.data.plain import Plain
from maps.data.table import said
from maps.data.told import told, told_by
from maps.day.law import LEGAL_DIMENSIONS
from maps.day.view import Shown
from maps.words.cite import citation_text

# Each column with the field of `Told` it holds; ``painted`` is of the day.
_STATUS = {
    "id": "status", "region": "region", "region_name": "region_name", "dimension": "dimension",
    "polity": "polity", "polity_name": "polity_name", "teller": "teller",
    "teller_name": "teller_name", "text": "statement", "certainty": "certainty",
    "evidence": "evidence", "start_edtf": "start_edtf", "start_day": "start_day",
    "end_edtf": "end_edtf", "end_day": "end_day",
}  # fmt: skip
_STATUS_AFTER = {"citations": "citation_ids", "note": "note"}
_CLAIM = {
    "id": "id", "status": "status", "account": "account", "teller": "teller",
    "teller_name": "teller_name", "stance": "stance", "dimension": "dimension",
    "polity": "polity", "polity_name": "polity_name", "region": "region",
    "region_name": "region_name", "text": "text", "certainty": "certainty",
    "evidence": "evidence", "start": "holds_from", "end": "holds_until",
}  # fmt: skip
_CLAIM_AFTER = {"citations": "citation_ids"}
STATUS_COLUMNS = (*_STATUS, "painted", *_STATUS_AFTER)
CLAIM_COLUMNS = (*_CLAIM, "painted", *_CLAIM_AFTER)
CITATION_COLUMNS = (
    "id", "subject_kind", "subject", "source", "role", "as_printed", "locator", "quote",
    "quote_lang", "quote_translation", "text", "url",
)  # fmt: skip
_BETWEEN = ";"  # as in the files of an atlas


def status_rows(shown: Shown) -> list[Plain]:
    """Give a row for each statement, ``citations`` being ids of rows of `citation_rows`."""
    painted = {claim.status.id for claim, is_painted in said(shown) if is_painted}
    return [
        {
            **told(shown.atlas, status, shown.lang).row(_STATUS | _STATUS_AFTER, _BETWEEN),
            "painted": status.id in painted,
        }
        for status in statements(shown)
    ]


def claim_rows(shown: Shown) -> list[Plain]:
    """Give a row for each stance a teller takes on a statement on legal status."""
    return [
        {
            **told_by(shown.atlas, claim, shown.lang).row(_CLAIM | _CLAIM_AFTER, _BETWEEN),
            "painted": painted,
        }
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
