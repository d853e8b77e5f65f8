"""Who says so, and in which document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from maps.atlas.model.columns import Column, Text

# The work an atlas retells. `main_source` of atlas.toml gives it another word, which then
# stands in the tables too: an atlas of an article has the layer `article`.
MAIN_SOURCE = "source"
EVENT_LAYERS = (MAIN_SOURCE, "context", "publication")
EVIDENCE_LEVELS = ("V1", "V2", "M", f"{MAIN_SOURCE}-only")
CONFIDENCES = ("certain", "high", "medium", "low", "inferred", "probable")
CITATION_ROLES = ("printed", "evidence", "teller")


@cache
def in_words_of(main_source: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Give levels of evidence or layers of events as an atlas with this main source has them."""
    own = {MAIN_SOURCE: main_source, f"{MAIN_SOURCE}-only": f"{main_source}-only"}
    return tuple(own.get(choice, choice) for choice in choices)


@dataclass(frozen=True)
class Source:
    """A bibliographic record: CSL-JSON plus what the printed lists say of it."""

    id: str
    csl: Mapping[str, Any]
    perspective_id: str
    number_in_text: str = ""  # "4" for [4]; empty where the main source has no number
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

    ``as_printed`` keeps the number and locator exactly as the main source prints
    them, ``locator`` says where that leads in the resolved source. Exactly one of
    the ids says what is cited for.
    """

    id: Annotated[str, Column(kind="id", required=True)]
    source: Annotated[Source, Column(name="source_id", required=True, refers="sources")]
    role: Annotated[str, Column(required=True, choices=CITATION_ROLES)]
    as_printed: Annotated[str, Column("number and place as the main source prints them")] = ""
    locator: Annotated[
        str, Column("where that leads in the source", own_voice=True, prose=True)
    ] = ""
    locator_confidence: Annotated[str, Column(own_voice=True, prose=True, words=CONFIDENCES)] = ""
    quote: Annotated[str, Column("letter for letter")] = ""
    quote_lang: Annotated[str, Column(kind="language")] = ""
    quote_translation: Annotated[str, Column(prose=True)] = ""
    evidence: Annotated[str, Column(choices=EVIDENCE_LEVELS)] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    event_id: Annotated[str, Column("exactly one of the eight", refers="events", first=True)] = ""
    status_id: Annotated[str, Column(refers="statuses", first=True)] = ""
    boundary_id: Annotated[str, Column(refers="boundaries", first=True)] = ""
    region_id: Annotated[str, Column(refers="regions", first=True)] = ""
    figure_id: Annotated[str, Column(refers="figures", first=True)] = ""
    note_id: Annotated[str, Column(refers="notes", first=True)] = ""
    account_id: Annotated[str, Column(refers="accounts", later=True, first=True)] = ""
    event_date_id: Annotated[str, Column(refers="event_dates", later=True, first=True)] = ""


@dataclass(frozen=True)
class Note:
    """An editor's note; ``text`` is in our own voice."""

    id: Annotated[str, Column(kind="id", required=True)]
    text: Annotated[str, Text("note.{}")]
    category: Annotated[str, Column(required=True, own_voice=True, prose=True)]
    confidence: Annotated[str, Column(own_voice=True, prose=True, words=CONFIDENCES)]
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
    """Who tells; ``side_id`` is the column their accounts stand in, empty for none.

    ``work_id`` is the source that speaks for them where it is one only.
    """

    id: str
    name: str
    side_id: str = ""
    work_id: str = ""
