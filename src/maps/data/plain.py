"""Records as plain JSON values, the same wherever they leave the program.

Keys keep their order and days are ISO text, so equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from maps.atlas.model import (
    Account,
    AlternativeDate,
    Atlas,
    Boundary,
    Citation,
    DateText,
    Event,
    Note,
    Source,
    Status,
)
from maps.data.told import told
from maps.day.areas import area_km2
from maps.day.comparison import Comparison, Difference, Statement
from maps.day.contested import accounts_of, chains_of, dates_of, points_of
from maps.day.control import Control, Holding
from maps.day.snapshot import BoundaryOnDay, Snapshot
from maps.words.cite import located_text, reference_text
from maps.words.names import region_name

Plain = dict[str, Any]


def snapshot_plain(taken: Snapshot, lang: str = "en") -> Plain:
    """Give a day as JSON values: equal snapshots give equal bytes."""
    settings = taken.atlas.settings
    return {
        "day": taken.day.isoformat(),
        "atlas": {"title": settings.title, "version": settings.version},
        "periods": [{"id": period.id, "name": period.name} for period in taken.periods],
        "boundaries": [_listed_plain(taken, listed, lang) for listed in taken.boundaries],
        "statuses": [status_plain(status, taken.atlas, lang) for status in taken.statuses],
        "events": [event_plain(event, taken.atlas, lang) for event in taken.events],
        "sources": sources_plain(taken.citations, lang),
    }


def comparison_plain(compared: Comparison, lang: str = "en") -> Plain:
    """Give the comparison as JSON values; ``perspective`` is null where nobody is asked."""
    return {
        "from": compared.from_day.isoformat(),
        "to": compared.to_day.isoformat(),
        "mode": compared.reading.mode.id,
        "perspective": compared.reading.perspective or None,
        "changes": [_difference(compared.atlas, each, lang) for each in compared.differences],
    }


def event_plain(event: Event, atlas: Atlas, lang: str = "en") -> Plain:
    """Give an event with its citations as printed and as resolved, and who says what of it.

    ``start`` and ``end`` are its first and last possible day, both inside;
    null where the date is open on that side. ``accounts`` are those of the event
    itself, then those of the contested points about it.
    """
    points = points_of(atlas, event_id=event.id)
    return {
        "id": event.id,
        "edtf": event.date.edtf,
        "start": day_plain(event.date.earliest),
        "end": day_plain(event.date.latest),
        "title": event.title,
        "kind": "; ".join(event.kinds),
        "place": _place(event),
        "regions": list(event.region_ids),
        "citations": [citation_plain(citation, lang) for citation in event.citations],
        "accounts": [
            account_plain(account, lang)
            for account in (
                *accounts_of(atlas, event_id=event.id),
                *(a for point in points for a in accounts_of(atlas, point_id=point.id)),
            )
        ],
        "notes": [note_plain(note) for note in event.notes],
        "points": [
            {"id": point.id, "question": point.question, "finding": point.finding}
            for point in points
        ],
        "chains": [
            {
                "id": chain.id,
                "name": chain.name,
                "links": [{"event": link.event_id, "role": link.role} for link in chain.links],
            }
            for chain in chains_of(atlas, event.id)
        ],
        "dates": [_event_date(given, lang) for given in dates_of(atlas, event.id)],
        "description": event.description,
        "layer": event.layer,
        "day": event.span.start.isoformat(),
        "date_status": event.date_status,
        "contested": event.contested,
        "corroboration": event.corroboration,
        "evidence": event.evidence,
        "cited_as_printed": event.cited_as_printed,
        "actors": event.actors,
        "editors_remark": event.note,
    }


def citation_plain(citation: Citation, lang: str = "en") -> Plain:
    """Give a citation; ``text`` is the formatted reference with its locator."""
    return {
        "as_printed": citation.as_printed,
        "source": citation.source.id,
        "locator": citation.locator,
        "text": located_text(citation, lang),
    }


def account_plain(account: Account, lang: str = "en") -> Plain:
    """Give an account with its citations and their quotes."""
    return {
        "id": account.id,
        "point": account.point_id or None,
        "perspective": account.perspective_id,
        "stance": account.stance,
        "text": account.text,
        "evidence": account.evidence,
        "note": account.note,
        "citations": [
            {
                **citation_plain(citation, lang),
                "quote": citation.quote,
                "quote_lang": citation.quote_lang,
                "quote_translation": citation.quote_translation,
            }
            for citation in account.citations
        ],
    }


def note_plain(note: Note) -> Plain:
    """Give an editor's note."""
    return {
        "id": note.id,
        "text": note.text,
        "category": note.category,
        "confidence": note.confidence,
    }


def status_plain(status: Status, atlas: Atlas, lang: str = "en") -> Plain:
    """Give one statement, with who makes it and on which sources."""
    record = told(atlas, status, lang)
    return {
        "id": record.status,
        "region": record.region,
        "region_name": record.region_name,
        "dimension": record.dimension,
        "polity": record.polity or None,
        "polity_name": record.polity_name or None,
        "perspective": record.teller,
        "perspective_name": record.teller_name,
        "text": record.statement,
        "start": date_plain(status.start),
        "end": date_plain(status.end),
        "certainty": record.certainty,
        "evidence": record.evidence,
        "note": record.note,
        "events": [event for event in (status.start_event_id, status.end_event_id) if event],
        "citations": [_pointer(citation) for citation in record.cited],
        "accounts": [account_plain(a, lang) for a in accounts_of(atlas, status_id=status.id)],
    }


def boundary_plain(boundary: Boundary, atlas: Atlas, km2: float, lang: str = "en") -> Plain:
    """Give a boundary without its geometry; ``km2`` to one decimal."""
    return {
        "id": boundary.id,
        "region": boundary.region_id,
        "region_name": region_name(atlas, boundary.region_id, lang),
        "layer": boundary.layer,
        "start": date_plain(boundary.start),
        "end": date_plain(boundary.end),
        "precision": boundary.precision,
        "contested": boundary.contested,
        "note": boundary.note,
        "km2": round(km2, 1),
        "origins": list(boundary.origin_ids),
        "citations": [_pointer(citation) for citation in boundary.citations],
    }


def control_plain(control: Control | None) -> Plain | None:
    """Give who held a piece and by which statements; null where nothing is said."""
    if control is None or not control.statuses:
        return None
    return {
        "polities": list(control.polity_ids),
        "said_of": control.said_of,
        "statuses": [status.id for status in control.statuses],
    }


def sources_plain(citations: Iterable[Citation], lang: str = "en") -> list[Plain]:
    """List the sources of some citations once each, by id, with their references."""
    cited: dict[str, Source] = {c.source.id: c.source for c in citations}
    return [{"id": key, "text": reference_text(cited[key], lang)} for key in sorted(cited)]


def source_plain(source: Source) -> Plain:
    """Give a source as a CSL-JSON item in the form of `sources.json`."""
    custom = {
        "perspective": source.perspective_id,
        "number_in_text": source.number_in_text,
        "list_numbers": dict(source.list_numbers),
        "confidence": source.confidence,
        "confidence_reason": source.confidence_reason,
        "note": source.note,
    }
    return {**source.csl, "custom": custom}


def date_plain(text: DateText | None) -> Plain | None:
    """Give a date as the source has it and the day the map turns on."""
    if text is None:
        return None
    return {"edtf": text.edtf, "day": day_plain(text.used)}


def day_plain(day: date | None) -> str | None:
    """Give a day as ISO text."""
    return day.isoformat() if day else None


def _event_date(given: AlternativeDate, lang: str) -> Plain:
    return {
        "day": given.day.isoformat(),
        "perspective": given.perspective_id,
        "note": given.note,
        "citations": [citation_plain(citation, lang) for citation in given.citations],
    }


def _pointer(citation: Citation) -> Plain:
    return {
        "as_printed": citation.as_printed,
        "source": citation.source.id,
        "locator": citation.locator,
    }


def _place(event: Event) -> Plain | None:
    if event.place is None:
        return None
    return {"lat": event.place.lat, "lon": event.place.lon, "name": event.place.name}


def _listed_plain(taken: Snapshot, listed: BoundaryOnDay, lang: str) -> Plain:
    plain = boundary_plain(listed.boundary, taken.atlas, area_km2(listed.boundary), lang)
    return {**plain, "control": control_plain(listed.control)}


def _difference(atlas: Atlas, found: Difference, lang: str) -> Plain:
    change = found.change
    return {
        "region": change.region_id,
        "region_name": region_name(atlas, change.region_id, lang),
        "boundary": change.boundary_id,
        "kind": change.kind,
        "before": [_holding(atlas, held) for held in change.before],
        "after": [_holding(atlas, held) for held in change.after],
        "km2": round(change.km2, 1),
        "km2_before": round(change.km2_before, 1),
        "why": [
            {"event": event.id, "title": event.title, "citations": _cited(event.citations, lang)}
            for event in found.events
        ],
        "statuses": [_statement(said, lang) for said in found.begun],
        "statuses_before": [_statement(said, lang) for said in found.ended],
        "line": {"citations": _cited(found.of_line, lang)},
    }


def _holding(atlas: Atlas, held: Holding) -> Plain:
    return {
        "dimension": held.dimension,
        "polity": held.polity_id,
        "polity_name": atlas.polities[held.polity_id].name,
        "otherwise": held.otherwise,
    }


def _statement(said: Statement, lang: str) -> Plain:
    return {
        "id": said.id,
        "text": said.text,
        "perspective": said.perspective_id,
        "citations": _cited(said.citations, lang),
        "stance": said.stance,
    }


def _cited(citations: Iterable[Citation], lang: str) -> list[Plain]:
    return [citation_plain(citation, lang) for citation in citations]
