"""A Data Package descriptor made of the form of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from maps.atlas.validate.forms import FORMS, KEBAB, Column

_TYPES = {"number": "number", "hue": "number", "whole": "integer", "flag": "boolean"}
_BOUNDS = {"lat": 90, "lon": 180, "anchor_lat": 90, "anchor_lon": 180}


def descriptor(
    name: str,
    title: str,
    *,
    version: str,
    licence: str,
    layers: Iterable[str],
    langs: Iterable[str],
) -> bytes:
    """Describe an atlas that has every table of the form, as ``datapackage.json``.

    Nothing in it is written by hand, so it cannot differ from what `maps check`
    expects. The keys are in a fixed order.
    """
    files = [
        {"name": "sources", "path": "sources.json", "format": "json"},
        *({"name": f"text-{n}", "path": f"text/{n}.csv", "format": "csv"} for n in langs),
        *(
            {"name": f"boundaries-{n}", "path": f"boundaries/{n}.geojson", "format": "geojson"}
            for n in layers
        ),
    ]
    package = {
        "name": name,
        "title": title,
        "version": version,
        "licenses": [{"name": licence}],
        "resources": [*(_resource(table) for table in FORMS), *files],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: str) -> dict[str, Any]:
    columns = FORMS[table]
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns]}
    if columns[0].name == "id":
        schema["primaryKey"] = ["id"]
    keys = [
        {"fields": [c.name], "reference": {"resource": _target(table, c), "fields": ["id"]}}
        for c in columns
        if c.refers in FORMS and not c.is_list  # a list in a cell is no key
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": _resource_name(table),
        "path": f"{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _resource_name(table: str) -> str:
    return table.replace("_", "-")


def _target(table: str, column: Column) -> str:
    return "" if column.refers == table else _resource_name(column.refers)


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if column.required:
        rules["required"] = True
    if column.kind == "id" and column.id_form is KEBAB:
        rules["pattern"] = KEBAB.pattern
    if column.kind == "hue":
        rules |= {"minimum": 0, "maximum": 360}
    if column.name in _BOUNDS:
        rules |= {"minimum": -_BOUNDS[column.name], "maximum": _BOUNDS[column.name]}
    if column.choices:
        rules["enum"] = list(column.choices)
    entry = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    return entry | ({"constraints": rules} if rules else {})
