"""The day as a GeoPackage: the GeoJSON's features as tables a GIS can open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry import shape

from maps.data.cited import cited, statements
from maps.data.geojson import boundary_features, event_features, metadata
from maps.data.plain import Plain, fields_of
from maps.data.statements import Told, said, told, told_by
from maps.day.law import LEGAL_DIMENSIONS
from maps.day.view import Shown
from maps.errors import ExportFailed
from maps.files import scratch_folder
from maps.words.cite import citation_text

# A GeoPackage must hold the moment of its last change (OGC 12-128r18, 1.1.3.1.1).
# Equal data must give equal bytes, so it is always the same one. Set once for
# the process: GDAL's options are those of all threads.
pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})

_VERSION = "1.2"  # of the format; older programs warn of a newer one
_BOUNDARY = (
    "id", "region", "region_name", "names", "layer", "layer_name", "start", "end", "precision",
    "contested", "km2", "control", "statuses", "origins", "citations", "note",
)  # fmt: skip
_LAW = ("claims", "silent")
_EVENT = (
    "id", "edtf", "start", "end", "title", "description", "event_kinds", "place", "regions",
    "layer", "date_status", "contested", "evidence", "citations",
)  # fmt: skip
# Each column with the field of `Told` it holds; ``painted`` is of the day.
_STATUS = {
    "id": "status", "region": "region", "region_name": "region_name", "dimension": "dimension",
    "polity": "polity", "polity_name": "polity_name", "teller": "teller",
    "teller_name": "teller_name", "text": "statement", "certainty": "certainty",
    "evidence": "evidence", "start_edtf": "start_edtf", "start_day": "start_day",
    "end_edtf": "end_edtf", "end_day": "end_day", "painted": "",
    "citations": "citation_ids", "note": "note",
}  # fmt: skip
_CLAIM = {
    "id": "id", "status": "status", "account": "account", "teller": "teller",
    "teller_name": "teller_name", "stance": "stance", "dimension": "dimension",
    "polity": "polity", "polity_name": "polity_name", "region": "region",
    "region_name": "region_name", "text": "text", "certainty": "certainty",
    "evidence": "evidence", "start": "holds_from", "end": "holds_until", "painted": "",
    "citations": "citation_ids",
}  # fmt: skip
_OF_CITATION = ("role", "as_printed", "locator", "quote", "quote_lang", "quote_translation")
_CITATION = ("id", "subject_kind", "subject", "source", *_OF_CITATION, "text", "url")


def gpkg_bytes(shown: Shown) -> bytes:
    """Give what is shown as a GeoPackage (EPSG:4326).

    Layers ``boundaries`` and ``events``, tables ``statuses``, ``citations``, in
    legal status ``claims``, and ``metadata`` (key, value). Rows name each other by
    id. What is nested in the GeoJSON is JSON text in the layers, beside columns for
    what is most asked for.

    Raises
    ------
    ExportFailed
        GDAL could not write it.
    """
    with scratch_folder() as folder:
        path = folder / "day.gpkg"
        try:
            _write(shown, path)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise ExportFailed(f"the GeoPackage could not be written ({error})") from error
        return path.read_bytes()


def _write(shown: Shown, path: Path) -> None:
    columns = (*_BOUNDARY, *_LAW) if shown.colours_by_law else _BOUNDARY
    _layer(boundary_features(shown), columns).to_file(
        path,
        layer="boundaries",
        driver="GPKG",
        engine="pyogrio",
        geometry_type="MultiPolygon",
        dataset_options={"VERSION": _VERSION},
    )
    _layer(event_features(shown), _EVENT).to_file(
        path, layer="events", driver="GPKG", engine="pyogrio", geometry_type="Point", mode="a"
    )
    _table(path, "statuses", _statuses(shown), _STATUS)
    if shown.colours_by_law:
        _table(path, "claims", _claims(shown), _CLAIM)
    _table(path, "citations", _citations(shown), _CITATION)
    about = [{"key": key, "value": value} for key, value in metadata(shown).items()]
    _table(path, "metadata", about, ("key", "value"))


def _table(path: Path, name: str, rows: Iterable[Plain], columns: Iterable[str]) -> None:
    """Add a table without geometry; ``painted`` is a column of truths, all others are texts."""
    cells = [{column: _cell(row[column]) for column in columns} for row in rows]
    kinds = {column: "bool" if column == "painted" else "str" for column in columns}
    table = pd.DataFrame(cells, columns=list(columns)).astype(kinds)
    pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=True)


def _statuses(shown: Shown) -> Iterator[Plain]:
    """Give a row for each statement, ``citations`` being ids of rows of `_citations`."""
    painted = {claim.status.id for claim, is_painted in said(shown) if is_painted}
    for status in statements(shown):
        record = told(shown.atlas, status, shown.lang)
        yield _row(record, _STATUS, painted=status.id in painted)


def _claims(shown: Shown) -> Iterator[Plain]:
    """Give a row for each stance a teller takes on a statement on legal status."""
    for claim, painted in said(shown):
        if claim.status.dimension in LEGAL_DIMENSIONS:
            yield _row(told_by(shown.atlas, claim, shown.lang), _CLAIM, painted=painted)


def _row(record: Told, columns: Mapping[str, str], *, painted: bool) -> Plain:
    fields = {column: field for column, field in columns.items() if field}
    return {**record.row(fields, between=";"), "painted": painted}


def _citations(shown: Shown) -> Iterator[Plain]:
    """Give a row for each citation with the record it supports and its reference written out."""
    for each in cited(shown):
        yield {
            "id": each.citation.id,
            "subject_kind": each.kind,
            "subject": each.id,
            "source": each.citation.source.id,
            **fields_of(each.citation, *_OF_CITATION),
            "text": citation_text(each.citation, shown.lang),
            "url": each.citation.source.address,
        }


def _layer(features: list[Plain], columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Make a layer; beside what is nested stand columns with the same in words."""
    rows: list[dict[str, Any]] = []
    for feature in features:
        properties = {**feature["properties"], "id": feature["id"]}
        row = {column: _cell(properties[column]) for column in columns}
        if "control" in columns:
            held = properties["control"]["polities"] if properties["control"] else []
            row["held_by"] = "; ".join(polity["name"] for polity in held)
        if "claims" in columns:
            row["said"] = "; ".join(map(_claim_in_short, properties["claims"]))
        if "statuses" in columns:
            # The days a boundary is drawn from and to as ISO text, which a GIS can compare.
            for name in ("start", "end"):
                row[f"{name}_day"] = (properties[name] or {}).get("day") or ""
        row["geometry"] = shape(feature["geometry"]) if feature["geometry"] else None
        rows.append(row)
    extra = {"control": ["held_by"], "claims": ["said"], "statuses": ["start_day", "end_day"]}
    added = [name for column, names in extra.items() if column in columns for name in names]
    wanted = [*columns, *added, "geometry"]
    return gpd.GeoDataFrame(rows, columns=wanted, geometry="geometry", crs="EPSG:4326")


def _claim_in_short(claim: Plain) -> str:
    what = " ".join(filter(None, (claim["dimension"], claim["polity_name"])))
    return f"{claim['teller_name']} {claim['stance'].replace('-', ' ')}: {what}"


def _cell(value: object) -> object:
    if isinstance(value, bool | float | int | str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)
