"""The bibliography: sources by who tells, and what cites each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from maps.atlas.model import Atlas, Citation, Note, Source
from maps.cache import once_for_each
from maps.cards.citing import filled
from maps.day.index import index_of


@dataclass(frozen=True)
class Use:
    """One place a source is cited at; ``kind`` and ``id`` say by which record."""

    kind: str
    id: str
    region_id: str
    citation: Citation


def bibliography(atlas: Atlas, name: str, sources: Iterable[Source], lang: str) -> str:
    """Show the sources of one perspective under its name.

    Of each its numbers, the reference, how sure the resolution is, what cites it.
    """
    return str(
        filled(
            "sources",
            atlas,
            lang,
            name=name,
            sources=sources,
            uses=uses(atlas),
            notes_on=partial(notes_on, atlas),
            events=index_of(atlas).events,
        )
    )


@once_for_each
def uses(atlas: Atlas) -> Mapping[str, tuple[Use, ...]]:
    """Collect for each source id the records that cite it, events first."""
    found: defaultdict[str, list[Use]] = defaultdict(list)
    cited: tuple[tuple[str, Iterable[Any], str, str], ...] = (
        ("event", atlas.events, "id", ""),
        ("status", atlas.statuses, "id", "region_id"),
        ("boundary", atlas.boundaries, "id", "region_id"),
        ("region", atlas.regions.values(), "id", "id"),
        ("figure", atlas.figures, "id", "region_id"),
        ("note", atlas.notes.values(), "id", ""),
        ("account", atlas.accounts, "id", ""),
        ("date", atlas.event_dates, "event_id", ""),
    )
    for kind, records, id_of, region_of in cited:
        for record in records:
            region = getattr(record, region_of) if region_of else ""
            for citation in record.citations:
                use = Use(kind, getattr(record, id_of), region, citation)
                found[citation.source.id].append(use)
    return {source_id: tuple(uses) for source_id, uses in found.items()}


def notes_on(atlas: Atlas, source: Source) -> tuple[Note, ...]:
    """Select the editor's notes about a source."""
    return tuple(note for note in atlas.notes.values() if source.id in note.source_ids)
