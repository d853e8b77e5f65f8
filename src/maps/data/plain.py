"""Records as plain JSON values, the same wherever they leave the program.

Keys keep their order and days are ISO text, so equal records give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from maps.atlas.longitudes import lon_written
from maps.atlas.model import (
    Account,
    Atlas,
    Boundary,
    Citation,
    Date,
    DateText,
    Event,
    Source,
    Status,
)
from maps.data.statements import told
from maps.day.areas import area_km2
from maps.day.contested import accounts_about, accounts_of, chains_of, dates_of, points_of
from maps.day.control import Control, Holding
from maps.day.snapshot import Comparison, Difference, Snapshot, Statement
from maps.words.cite import located_text, reference_text
from maps.words.names import region_name

Plain = dict[str, Any]


def fields_of(record: object, *names: str, **renamed: str) -> Plain:
    """Give fields of a record by their own names, then others by the names they get here.

    A mapping is a record, too.
    """
    wanted = dict(zip(names, names, strict=True)) | renamed
    if isinstance(record, Mapping):
        return {name: record[field] for name, field in wanted.items()}
    return {name: getattr(record, field) for name, field in wanted.items()}


def snapshot_plain(taken: Snapshot, lang: str = "en") -> Plain:
    """Give a day as JSON values: equal snapshots give equal bytes."""
    atlas, settings = taken.atlas, taken.atlas.settings
    return {
        "day": taken.day.isoformat(),
        "atlas": {"title": settings.title, "version": settings.version},
        "periods": [fields_of(period, "id", "name") for period in taken.periods],
        "boundaries": [
            {
                **boundary_plain(listed.boundary, atlas, lang),
                "control": _control(listed.control),
            }
            for listed in taken.boundaries
        ],
        "statuses": [status_plain(status, atlas, lang) for status in taken.statuses],
        "events": [event_plain(event, atlas, lang) for event in taken.events],
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
    place = event.place
    return {
        "id": event.id,
        "edtf": event.date.edtf,
        "start": _day(event.date.earliest),
        "end": _day(event.date.latest),
        "title": event.title,
        "kind": "; ".join(event.kinds),
        "place": place and {"lat": place.lat, "lon": lon_written(place.lon), "name": place.name},
        "regions": list(event.region_ids),
        "citations": _cited(event.citations, lang),
        "accounts": [_account(account, lang) for account in accounts_about(atlas, event.id)],
        "notes": [fields_of(n, "id", "text", "category", "confidence") for n in event.notes],
        "points": [
            fields_of(point, "id", "question", "finding")
            for point in points_of(atlas, event_id=event.id)
        ],
        "chains": [
            {
                **fields_of(chain, "id", "name"),
                "links": [{"event": link.event_id, "role": link.role} for link in chain.links],
            }
            for chain in chains_of(atlas, event.id)
        ],
        "dates": [
            {
                "day": given.day.isoformat(),
                "perspective": given.perspective_id,
                "note": given.note,
                "citations": _cited(given.citations, lang),
            }
            for given in dates_of(atlas, event.id)
        ],
        **fields_of(event, "description", "layer"),
        "day": event.span.start.isoformat(),
        **fields_of(event, "date_status", "contested", "corroboration", "evidence"),
        **fields_of(event, "cited_as_printed", "actors"),
        "editors_remark": event.note,
    }


def _account(account: Account, lang: str) -> Plain:
    cited = _cited(account.citations, lang)
    return {
        "id": account.id,
        "point": account.point_id or None,
        "perspective": account.perspective_id,
        **fields_of(account, "stance", "text", "evidence", "note"),
        "citations": [
            plain | fields_of(citation, "quote", "quote_lang", "quote_translation")
            for citation, plain in zip(account.citations, cited, strict=True)
        ],
    }


def status_plain(status: Status, atlas: Atlas, lang: str = "en") -> Plain:
    """Give one statement, with who makes it and on which sources."""
    record = told(atlas, status, lang)
    return {
        **fields_of(record, "id", "region", "region_name", "dimension"),
        **{name: record[name] or None for name in ("polity", "polity_name")},
        **fields_of(record, perspective="teller", perspective_name="teller_name", text="text"),
        "start": _date(status.start),
        "end": _date(status.end),
        **fields_of(record, "certainty", "evidence", "note"),
        "events": [event for event in (status.start_event_id, status.end_event_id) if event],
        "citations": [_pointer(citation) for citation in record["cited"]],
        "accounts": [_account(a, lang) for a in accounts_of(atlas, status_id=status.id)],
    }


def boundary_plain(boundary: Boundary, atlas: Atlas, lang: str = "en") -> Plain:
    """Give a boundary without its geometry; ``km2`` to one decimal."""
    return {
        **fields_of(boundary, "id", region="region_id"),
        "region_name": region_name(atlas, boundary.region_id, lang),
        "layer": boundary.layer,
        "start": _date(boundary.start),
        "end": _date(boundary.end),
        **fields_of(boundary, "precision", "contested", "note"),
        "km2": round(area_km2(boundary), 1),
        "origins": list(boundary.origin_ids),
        "citations": [_pointer(citation) for citation in boundary.citations],
    }


def _control(control: Control | None) -> Plain | None:
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
    cited = {citation.source.id: citation.source for citation in citations}
    return [{"id": key, "text": reference_text(cited[key], lang)} for key in sorted(cited)]


def source_plain(source: Source) -> Plain:
    """Give a source as a CSL-JSON item in the form of `sources.json`."""
    custom = {
        "perspective": source.perspective_id,
        "number_in_text": source.number_in_text,
        "list_numbers": dict(source.list_numbers),
        **fields_of(source, "confidence", "confidence_reason", "note"),
    }
    return {**source.csl, "custom": custom}


def _date(text: DateText | None) -> Plain | None:
    """Give a date as the source has it and the day the map turns on."""
    return {"edtf": text.edtf, "day": _day(text.used)} if text else None


def _day(day: Date | None) -> str | None:
    return day.isoformat() if day else None


def _pointer(citation: Citation) -> Plain:
    return {
        "as_printed": citation.as_printed,
        "source": citation.source.id,
        "locator": citation.locator,
    }


def _difference(atlas: Atlas, found: Difference, lang: str) -> Plain:
    change = found.change
    return {
        "region": change.region_id,
        "region_name": region_name(atlas, change.region_id, lang),
        **fields_of(change, boundary="boundary_id", kind="kind"),
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
        **fields_of(held, "dimension", polity="polity_id"),
        "polity_name": atlas.polities[held.polity_id].name,
        "otherwise": held.otherwise,
    }


def _statement(said: Statement, lang: str) -> Plain:
    return {
        **fields_of(said, "id", "text", perspective="perspective_id"),
        "citations": _cited(said.citations, lang),
        "stance": said.stance,
    }


def _cited(citations: Iterable[Citation], lang: str) -> list[Plain]:
    """Give citations; ``text`` is the formatted reference with its locator."""
    return [{**_pointer(each), "text": located_text(each, lang)} for each in citations]
