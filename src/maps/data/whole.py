"""The atlas as files for other programs, every day of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from maps.atlas.model import Atlas, Status
from maps.data import report
from maps.data.geojson import geometry_plain
from maps.data.plain import Plain, boundary_plain, date_plain
from maps.data.table import inert
from maps.day.areas import area_km2
from maps.words.cite import citation_text
from maps.words.names import region_name

_BETWEEN = " | "


def data_files(atlas: Atlas, lang: str) -> Mapping[str, bytes]:
    """Give events, statements, boundaries and sources, by the name of their file."""
    sources = atlas.sources.values()
    return {
        "data/events.json": _lines(report.events_json(atlas, atlas.events, lang)),
        "data/statuses.csv": _statuses(atlas, lang).encode("utf-8-sig"),
        "data/boundaries.geojson": _lines(_boundaries(atlas, lang)),
        "data/sources.json": _lines(report.sources_json(sources)),
        "data/sources.bib": _lines(report.sources_bibtex(atlas, sources, lang)),
    }


def _lines(text: str) -> bytes:
    return f"{text}\n".encode()


def _statuses(atlas: Atlas, lang: str) -> str:
    """Write all statements as a table, with the byte order mark spreadsheets need."""
    rows = [_status(atlas, status, lang) for status in atlas.statuses]
    written = io.StringIO()
    if rows:
        writer = csv.DictWriter(written, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: inert(text) for name, text in row.items()} for row in rows)
    return written.getvalue()


def _status(atlas: Atlas, status: Status, lang: str) -> dict[str, str]:
    polity = atlas.polities.get(status.polity_id)
    teller = atlas.perspectives.get(status.perspective_id)
    start, end = date_plain(status.start) or {}, date_plain(status.end) or {}
    cited = status.citations
    return {
        "id": status.id,
        "region_id": status.region_id,
        "region": region_name(atlas, status.region_id, lang),
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
        "sources": _BETWEEN.join(citation.source.id for citation in cited),
        "as_printed": _BETWEEN.join(c.as_printed for c in cited if c.as_printed),
        "citations": _BETWEEN.join(citation_text(citation, lang) for citation in cited),
        "note": status.note,
    }


def _boundaries(atlas: Atlas, lang: str) -> str:
    """Write all boundaries of all days as GeoJSON; ``start`` and ``end`` say when each holds."""
    settings = atlas.settings
    head: Plain = {
        "type": "FeatureCollection",
        "metadata": {
            "title": settings.title,
            "disclaimer": settings.disclaimer,
            "cutoff": settings.cutoff,
            "data_version": settings.version,
            "data_sha256": atlas.digest,
            "licence": settings.licence,
            "attribution": list(settings.attribution),
        },
    }
    features = [
        {
            "type": "Feature",
            "id": boundary.id,
            "geometry": geometry_plain(boundary.geometry),
            "properties": boundary_plain(boundary, atlas, area_km2(boundary), lang),
        }
        for boundary in atlas.boundaries
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    start = json.dumps({**head, "features": []}, ensure_ascii=False, indent=1)
    return start.removesuffix("[]\n}") + f"[\n{lines}\n]" + "\n}"
