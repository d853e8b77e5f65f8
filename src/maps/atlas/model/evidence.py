"""Who says so, and in which document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

EVIDENCE_LEVELS = ("V1", "V2", "M", "article-only")
CITATION_ROLES = ("printed", "evidence", "teller")


@dataclass(frozen=True)
class Source:
    """A bibliographic record: CSL-JSON plus what the printed lists say of it."""

    id: str
    csl: Mapping[str, Any]
    perspective_id: str
    number_in_text: str = ""  # "4" for [4]; empty where the article has no number
    list_numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    confidence: str = ""
    confidence_reason: str = ""
    note: str = ""

    @property
    def address(self) -> str:
        """Where in the web it can be read, its DOI before its URL; empty where it has neither."""
        doi, url = str(self.csl.get("DOI") or ""), str(self.csl.get("URL") or "")
        found = f"https://doi.org/{doi}" if doi else url
        return found if found.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Citation:
    """One pointer from a statement into a source.

    ``as_printed`` keeps the number and locator exactly as the article prints
    them, ``locator`` says where that leads in the resolved source.
    """

    id: str
    source: Source
    role: str  # one of CITATION_ROLES
    as_printed: str = ""
    locator: str = ""
    locator_confidence: str = ""
    quote: str = ""
    quote_lang: str = ""
    quote_translation: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Note:
    """An editor's note; ``text`` is in our own voice."""

    id: str
    text: str
    category: str
    confidence: str
    citations: tuple[Citation, ...] = ()
    source_ids: tuple[str, ...] = ()  # sources it is about, not those it rests on


@dataclass(frozen=True)
class Origin:
    """Where an upstream file came from."""

    id: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    title: str = ""
    credit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Perspective:
    """Who tells; ``side_id`` is the column their accounts stand in, empty for none."""

    id: str
    name: str
    side_id: str = ""
