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
from maps.day.contested import accounts_of, chains_of, dates_of, points_of
from maps.day.control import Control
from maps.words.cite import located_text, reference_text

Plain = dict[str, Any]


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
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(status.perspective_id)
    return {
        "id": status.id,
        "region": status.region_id,
        "region_name": region_name(atlas, status.region_id, lang),
        "dimension": status.dimension,
        "polity": status.polity_id or None,
        "polity_name": polity.name if polity else None,
        "perspective": status.perspective_id,
        "perspective_name": teller.name if teller else status.perspective_id,
        "text": status.text,
        "start": date_plain(status.start),
        "end": date_plain(status.end),
        "certainty": status.certainty,
        "evidence": status.evidence,
        "note": status.note,
        "events": [event for event in (status.start_event_id, status.end_event_id) if event],
        "citations": [_pointer(citation) for citation in status.citations],
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


def region_name(atlas: Atlas, region_id: str, lang: str) -> str:
    """Give the name of a region, or its id where the atlas has no such region."""
    region = atlas.regions.get(region_id)
    return region.name(lang) if region else region_id


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
