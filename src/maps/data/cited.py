"""The sources of what is shown: each citation with what it supports, and bibliographies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from maps.atlas.model import Citation, Source, Status
from maps.data.bibliography import bibtex
from maps.data.report import sources_json
from maps.data.statements import said
from maps.day.contested import accounts_about, accounts_of, dates_of
from maps.day.view import Shown
from maps.words.i18n import words_for


class _Record(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def citations(self) -> tuple[Citation, ...]: ...


@dataclass(frozen=True)
class Cited:
    """A citation and the record it supports, named by kind and id."""

    kind: str  # boundary, region, status, account, event or event_date
    id: str
    citation: Citation


def cited(shown: Shown) -> tuple[Cited, ...]:
    """List the citations behind the day's data files, each once.

    Those of the boundaries in the extent and of their regions, then of the
    statements, of what others say of them, of the events, their accounts and
    disputed days.
    """
    found = {each.citation.id: each for each in _all(shown)}
    return tuple(found.values())


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
    used = {each.citation.source.id for each in cited(shown)}
    return tuple(source for source in shown.atlas.sources.values() if source.id in used)


def csl_bytes(shown: Shown) -> bytes:
    """Give the sources of what is shown as CSL-JSON."""
    return f"{sources_json(sources(shown))}\n".encode()


def bib_bytes(shown: Shown) -> bytes:
    """Give the sources of what is shown as BibTeX in UTF-8."""
    numbered = words_for(shown.atlas, shown.lang).t("bibtex.number")
    return bibtex(sources(shown), numbered).encode()


def _all(shown: Shown) -> Iterator[Cited]:
    yield from _of("boundary", (listed.boundary for listed in shown.in_extent))
    drawn = dict.fromkeys(listed.boundary.region_id for listed in shown.in_extent)
    yield from _of("region", (shown.atlas.regions[region_id] for region_id in drawn))
    listed = statements(shown)
    yield from _of("status", listed)
    for status in listed:
        yield from _of("account", accounts_of(shown.atlas, status_id=status.id))
    yield from _of("event", shown.events)
    for event in shown.events:
        yield from _of("account", accounts_about(shown.atlas, event.id))
        yield from _of("event_date", dates_of(shown.atlas, event.id))


def _of(kind: str, records: Iterable[_Record]) -> Iterator[Cited]:
    for record in records:
        for citation in record.citations:
            yield Cited(kind, record.id, citation)
