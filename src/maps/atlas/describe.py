"""What is declared of the tables, said to others: ``datapackage.json`` and the documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from maps.atlas.model import Boundary
from maps.atlas.model.columns import KEBAB, LONGEST_NAME, Column, columns_of
from maps.atlas.model.tables import OPTIONAL_TABLES, TABLES

# Between these lines of docs/data-model.md nothing is written by hand.
_START = "<!-- columns: python -m maps.build --columns -->"
_END = "<!-- end of columns -->"
_TYPES = {"number": "number", "hue": "number", "whole": "integer", "flag": "boolean"}
_HOLDS = {
    "id": "an id",
    "edtf": "an EDTF date",
    "day": "a day, `1923-07-07`",
    "number": "a number",
    "whole": "a whole number",
    "flag": "`true` or `false`",
    "hue": "a number from 0 to 360",
    "language": "a code of BCP 47",
    "name": f"text of at most {LONGEST_NAME} characters",
    "wikidata": "an id of Wikidata, `Q399`",
}


def descriptor(
    name: str,
    title: str,
    *,
    version: str,
    licence: str,
    layers: Iterable[str],
    langs: Iterable[str],
) -> bytes:
    """Describe an atlas that has every table, as ``datapackage.json``.

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
        "resources": [*(resource(name, record) for name, record in TABLES.items()), *files],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def resource(table: str, record: type) -> dict[str, Any]:
    """Describe one table, whose rows become such records, as a resource of a Data Package."""
    columns = columns_of(record)
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns]}
    if columns[0].name == "id":
        schema["primaryKey"] = ["id"]
    keys = [c for c in columns if c.refers in TABLES and not c.is_list]  # a list is no key
    if keys:
        schema["foreignKeys"] = [
            {"fields": [key.name], "reference": {"resource": resource, "fields": ["id"]}}
            for key in keys
            for resource in ("" if key.refers == table else key.refers.replace("_", "-"),)
        ]
    return {
        "name": table.replace("_", "-"),
        "path": f"{table}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def with_tables(page: str) -> str:
    """Put every table, and the properties of boundaries, into a page between its two marks."""
    before, start, rest = page.partition(_START)
    _, end, after = rest.partition(_END)
    tables = [document(f"{name}.csv", record) for name, record in TABLES.items()]
    tables.append(document("boundaries/<layer>.geojson", Boundary))
    return "".join((before, start, "\n\n", "\n".join(tables), "\n", end, after))


def document(file: str, record: type) -> str:
    """Write one table for a reader: what a row is, and what each column holds."""
    about = (record.__doc__ or "").partition("\n")[0].replace("``", "`")
    left_out = file.removesuffix(".csv") in OPTIONAL_TABLES
    rows = [f"| `{c.name}` | {_holds(c)} | {c.help} |" for c in columns_of(record)]
    return "\n".join(
        (
            f"### {file}",
            about + (" The file may be missing." if left_out else ""),
            "",
            "| column | holds | |",
            "|---|---|---|",
            *rows,
            "",
        )
    )


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if column.required:
        rules["required"] = True
    if column.kind == "id" and column.id_form is KEBAB:
        rules["pattern"] = KEBAB.pattern
    if column.kind == "hue":
        rules |= {"minimum": 0, "maximum": 360}
    if column.limit:
        rules |= {"minimum": -column.limit, "maximum": column.limit}
    if column.choices:
        rules["enum"] = list(column.choices)
    entry = {"name": column.name, "type": _TYPES.get(column.kind or "", "string")}
    return entry | ({"constraints": rules} if rules else {})


def _holds(column: Column) -> str:
    """Say in words what may stand in a column."""
    holds = _HOLDS.get(column.kind or "", "text")
    if column.refers:
        holds = f"an id of {column.refers}"
    if column.choices:
        holds = " ".join(f"`{choice}`" for choice in column.choices)
    if column.listed:
        holds = "a word of a list, see `word-unlisted`"
    if column.is_list:
        holds = f"{holds}, several" if column.refers else "a list"
    if column.limit:
        holds += f" from -{column.limit} to {column.limit}"
    needed = "**needed**: " if column.required else ""
    may_lack = "; may be missing" if column.later else ""
    former = f"; formerly `{column.formerly}`" if column.formerly else ""
    return needed + holds + may_lack + former
