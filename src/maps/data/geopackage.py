"""The day as a GeoPackage: the GeoJSON's features as tables a GIS can open."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry import shape

from maps.data.geojson import boundary_features, event_features, metadata
from maps.data.plain import Plain
from maps.data.rows import (
    CITATION_COLUMNS,
    CLAIM_COLUMNS,
    STATUS_COLUMNS,
    citation_rows,
    claim_rows,
    status_rows,
)
from maps.day.view import Shown
from maps.errors import ExportFailed
from maps.files import scratch_folder

# A GeoPackage must hold the moment of its last change (OGC 12-128r18, 1.1.3.1.1).
# Equal data must give equal bytes, so it is always the same one. Set once for
# the process: GDAL's options are those of all threads.
pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"})


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
    _table(path, "statuses", status_rows(shown), STATUS_COLUMNS)
    if shown.colours_by_law:
        _table(path, "claims", claim_rows(shown), CLAIM_COLUMNS)
    _table(path, "citations", citation_rows(shown), CITATION_COLUMNS)
    said = [{"key": key, "value": value} for key, value in metadata(shown).items()]
    _table(path, "metadata", said, ("key", "value"))


def _table(path: Path, name: str, rows: Iterable[Plain], columns: tuple[str, ...]) -> None:
    """Add a table without geometry; a column of truths is one of no others."""
    cells = [{column: _cell(row[column]) for column in columns} for row in rows]
    kinds = {column: "bool" if column in _TRUTHS else "str" for column in columns}
    table = pd.DataFrame(cells, columns=list(columns)).astype(kinds)
    pyogrio.write_dataframe(table, path, layer=name, driver="GPKG", append=True)


_VERSION = "1.2"  # of the format; older programs warn of a newer one
_TRUTHS = ("painted",)
_BOUNDARY = (
    "id",
    "region",
    "region_name",
    "names",
    "layer",
    "layer_name",
    "start",
    "end",
    "precision",
    "contested",
    "km2",
    "control",
    "statuses",
    "origins",
    "citations",
    "note",
)
_LAW = ("claims", "silent")
_EVENT = (
    "id",
    "edtf",
    "start",
    "end",
    "title",
    "description",
    "event_kinds",
    "place",
    "regions",
    "layer",
    "date_status",
    "contested",
    "evidence",
    "citations",
)


def _layer(features: list[Plain], columns: tuple[str, ...]) -> gpd.GeoDataFrame:
    rows: list[dict[str, Any]] = []
    for feature in features:
        properties = {**feature["properties"], "id": feature["id"]}
        row = {column: _cell(properties[column]) for column in columns}
        if "statuses" in columns:
            row |= _days(properties)
        control = properties.get("control")
        if "control" in columns:
            held = control["polities"] if control else []
            row["held_by"] = "; ".join(polity["name"] for polity in held)
        if "claims" in columns:
            row["said"] = "; ".join(_claim_in_short(claim) for claim in properties["claims"])
        row["geometry"] = shape(feature["geometry"]) if feature["geometry"] else None
        rows.append(row)
    short = {"control": "held_by", "claims": "said"}  # what is nested, in words
    extra = [name for column, name in short.items() if column in columns]
    extra += ["start_day", "end_day"] if "statuses" in columns else []
    wanted = [*columns, *extra, "geometry"]
    return gpd.GeoDataFrame(rows, columns=wanted, geometry="geometry", crs="EPSG:4326")


def _days(properties: Plain) -> dict[str, str]:
    """Give the days a boundary is drawn from and to as ISO text, which a GIS can compare."""
    dates = {name: properties[name] or {} for name in ("start", "end")}
    return {f"{name}_day": date.get("day") or "" for name, date in dates.items()}


def _claim_in_short(claim: Plain) -> str:
    what = " ".join(filter(None, (claim["dimension"], claim["polity_name"])))
    return f"{claim['teller_name']} {claim['stance'].replace('-', ' ')}: {what}"


def _cell(value: object) -> object:
    return value if isinstance(value, bool | float | int) else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
