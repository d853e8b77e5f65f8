"""The day as a GeoPackage: the GeoJSON's features as tables a GIS can open."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry import shape

from maps.data.geojson import boundary_features, event_features, metadata
from maps.data.plain import Plain, fields_of
from maps.data.statements import cited, row, said, statements, told, told_by
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
    "end_edtf": "end_edtf", "end_day": "end_day", "painted": "painted",
    "citations": "citation_ids", "note": "note",
}  # fmt: skip
_CLAIM = {
    "id": "id", "status": "status", "account": "account", "teller": "teller",
    "teller_name": "teller_name", "stance": "stance", "dimension": "dimension",
    "polity": "polity", "polity_name": "polity_name", "region": "region",
    "region_name": "region_name", "text": "text", "certainty": "certainty",
    "evidence": "evidence", "start": "holds_from", "end": "holds_until",
    "painted": "painted", "citations": "citation_ids",
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
    law = shown.colours_by_law
    boundaries = boundary_features(shown)
    for properties in (feature["properties"] for feature in boundaries):
        # Beside what is nested stand columns with the same in words.
        held = properties["control"]["polities"] if properties["control"] else ()
        properties["held_by"] = "; ".join(polity["name"] for polity in held)
        properties["said"] = "; ".join(map(_claim_in_short, properties.get("claims", ())))
        # The days a boundary is drawn from and to as ISO text, which a GIS can compare.
        for name in ("start", "end"):
            properties[f"{name}_day"] = (properties[name] or {}).get("day") or ""
    nested, in_words = (("claims", "silent"), ("said",)) if law else ((), ())
    columns = (*_BOUNDARY, *nested, "held_by", *in_words, "start_day", "end_day")
    _layer(path, "boundaries", "MultiPolygon", boundaries, columns)
    _layer(path, "events", "Point", event_features(shown), _EVENT)

    claims = list(said(shown))
    painted = {claim.status.id for claim, is_painted in claims if is_painted}
    statuses = (
        {**told(shown.atlas, status, shown.lang), "painted": status.id in painted}
        for status in statements(shown)
    )
    _table(path, "statuses", (row(each, _STATUS, ";") for each in statuses), _STATUS)
    if law:
        # A row for each stance a teller takes on a statement on legal status.
        stances = (
            {**told_by(shown.atlas, claim, shown.lang), "painted": is_painted}
            for claim, is_painted in claims
            if claim.status.dimension in LEGAL_DIMENSIONS
        )
        _table(path, "claims", (row(each, _CLAIM, ";") for each in stances), _CLAIM)
    citations = (
        {
            "subject_kind": kind,
            "subject": id,
            "source": citation.source.id,
            **fields_of(citation, "id", *_OF_CITATION),
            "text": citation_text(citation, shown.lang),
            "url": citation.source.address,
        }
        for kind, id, citation in cited(shown)
    )
    _table(path, "citations", citations, _CITATION)
    about = ({"key": key, "value": value} for key, value in metadata(shown).items())
    _table(path, "metadata", about, ("key", "value"))


def _layer(
    path: Path, name: str, geometry: str, features: list[Plain], columns: Collection[str]
) -> None:
    """Add a layer; what is nested in the features is written as JSON text."""
    gpd.GeoDataFrame(
        _cells(({**each["properties"], "id": each["id"]} for each in features), columns),
        columns=list(columns),
        geometry=[each["geometry"] and shape(each["geometry"]) for each in features],
        crs="EPSG:4326",
    ).to_file(
        path,
        layer=name,
        driver="GPKG",
        engine="pyogrio",
        geometry_type=geometry,
        mode="a",
        dataset_options={"VERSION": _VERSION},
    )


def _table(path: Path, name: str, rows: Iterable[Plain], columns: Collection[str]) -> None:
    """Add a table without geometry; ``painted`` is a column of truths, all others are texts."""
    kinds = {column: "bool" if column == "painted" else "str" for column in columns}
    table = pd.DataFrame(_cells(rows, columns), columns=list(columns)).astype(kinds)
    pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=True)


def _cells(rows: Iterable[Plain], columns: Iterable[str]) -> list[Plain]:
    def cell(value: object) -> object:
        if isinstance(value, bool | float | int | str):
            return value
        return "" if value is None else json.dumps(value, ensure_ascii=False)

    return [{column: cell(row[column]) for column in columns} for row in rows]


def _claim_in_short(claim: Plain) -> str:
    what = " ".join(filter(None, (claim["dimension"], claim["polity_name"])))
    return f"{claim['teller_name']} {claim['stance'].replace('-', ' ')}: {what}"
