"""The atlas as files for other programs, every day of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from maps.atlas.model import Atlas
from maps.data import report
from maps.data.geojson import collection_bytes, geometry_plain
from maps.data.plain import Plain, boundary_plain
from maps.data.table import BETWEEN, STATUS_COLUMNS, inert
from maps.data.told import told
from maps.day.areas import area_km2


def data_files(atlas: Atlas, lang: str) -> Mapping[str, bytes]:
    """Give events, statements, boundaries and sources, by the name of their file."""
    sources = atlas.sources.values()
    return {
        "data/events.json": _lines(report.events_json(atlas, atlas.events, lang)),
        "data/statuses.csv": _statuses(atlas, lang).encode("utf-8-sig"),
        "data/boundaries.geojson": _boundaries(atlas, lang),
        "data/sources.json": _lines(report.sources_json(sources)),
        "data/sources.bib": _lines(report.sources_bibtex(atlas, sources, lang)),
    }


def _lines(text: str) -> bytes:
    return f"{text}\n".encode()


def _statuses(atlas: Atlas, lang: str) -> str:
    """Write all statements as a table, with the byte order mark spreadsheets need."""
    rows = [told(atlas, status, lang).row(STATUS_COLUMNS, BETWEEN) for status in atlas.statuses]
    written = io.StringIO()
    if rows:
        writer = csv.DictWriter(written, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: inert(text) for name, text in row.items()} for row in rows)
    return written.getvalue()


def _boundaries(atlas: Atlas, lang: str) -> bytes:
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
    return collection_bytes({**head, "features": features})
