"""Rules that hold for every table: columns, ids, required cells, references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter

from maps.atlas.check.inventory import ID_FORM, Inventory, ids_twice, missing_columns, repeated
from maps.atlas.load import Table
from maps.atlas.model import NOT_KNOWN
from maps.atlas.model.columns import (
    LONGEST_ID,
    LONGEST_NAME,
    NUMBER,
    WHOLE,
    WIKIDATA,
    Column,
    columns_of,
)
from maps.atlas.model.tables import COLUMNS, TextRow
from maps.errors import Problem

# Kinds of columns whose cells have a form: what has it, the rule, and what is said else.
_FORMS: Mapping[str, tuple[Callable[[str], object], str, str]] = {
    "number": (NUMBER.fullmatch, "number-unreadable", "no number; write it as 1041 or 39.818"),
    "whole": (WHOLE.fullmatch, "number-unreadable", "no whole number"),
    "hue": (
        lambda cell: NUMBER.fullmatch(cell) and 0 <= float(cell) <= 360,
        "hue-range",
        "no OKLCH hue; it runs from 0 to 360",
    ),
    "wikidata": (WIKIDATA.fullmatch, "id-form", "no id of Wikidata; write it as Q399"),
    "name": (
        lambda cell: len(cell) <= LONGEST_NAME,
        "name-long",
        f"too long for a map; use {LONGEST_NAME} characters",
    ),
    "flag": (("true", "false").__contains__, "flag-unreadable", "neither true nor false"),
}


def check_columns(inventory: Inventory) -> Iterator[Problem]:
    """Check the header and every cell of every table that could be read."""
    for name, columns in COLUMNS.items():
        yield from check_table(inventory, inventory.tables[name], columns)
    for table in inventory.tables.texts.values():
        yield from _header(table, columns_of(TextRow))


def check_reserved_ids(inventory: Inventory) -> Iterator[Problem]:
    """Check that no event is called as the page of them all, no polity as ground of nobody."""
    for row in inventory.rows("events"):
        if row["id"].casefold() == "index":  # some file systems tell no case
            message = f"'{row['id']}' is the name of the page of all events; use another id"
            yield row.problem("id", "id-reserved", message)
    for row in inventory.rows("polities"):
        if row["id"] == NOT_KNOWN:
            message = f"'{row['id']}' stands for ground whose holder is not known; use another id"
            yield row.problem("id", "id-reserved", message)


def check_table(
    inventory: Inventory, table: Table, columns: tuple[Column, ...]
) -> Iterator[Problem]:
    """Check the header and the cells of one table by what is declared of its columns."""
    if not table.readable:
        return
    yield from _header(table, columns)
    present = [(name, c) for c in columns if (name := c.name_in(table.columns)) in table.columns]
    for name, column in present:
        choices = inventory.choices(column)
        if not (column.required or column.refers or choices or column.kind in ("id", *_FORMS)):
            continue  # anything may stand there
        # Most columns hold few values, many times: each is looked at once.
        distinct = set(map(itemgetter(name), table.rows))
        faulty = {cell: list(_cell_faults(inventory, cell, column, choices)) for cell in distinct}
        for row in table if any(faulty.values()) else ():
            for fault in faulty[row[name]]:
                yield row.problem(name, *fault)
    if columns[0].name == "id":
        yield from ids_twice(((row["id"], row) for row in table), lambda row: f"row {row.line}")
        return
    whole = itemgetter(*table.columns)
    for _, row, first in repeated((whole(row), row) for row in table):
        message = f"says the same as row {first.line}; delete one of them"
        yield row.problem("", "row-twice", message)


def _header(table: Table, columns: tuple[Column, ...]) -> Iterator[Problem]:
    for name in missing_columns(table, columns):
        required = any(column.name == name and column.required for column in columns)
        may_be = "" if required else ", its cells may be empty"
        message = f"is missing from the header; add the column{may_be}"
        yield Problem(table.file, 1, "", name, "column-missing", message)
    known = {column.name_in(table.columns) for column in columns}
    for name in table.columns:
        if name not in known:
            does = f"is not a column of this table; it has {', '.join(sorted(known))}"
            yield Problem(table.file, 1, "", name or "(no name)", "column-unknown", does)


def _cell_faults(
    inventory: Inventory, value: str, column: Column, choices: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Give the rules that a cell breaks, each with what is wrong."""
    if not value:
        if column.required:
            yield "cell-empty", "is empty; this cell is required"
        return
    if column.kind == "id" and not column.id_form.fullmatch(value):
        yield "id-form", f"'{value}' {ID_FORM}"
    elif column.kind == "id" and len(value) > LONGEST_ID:
        message = f"'{value}' is too long for the name of a page; use {LONGEST_ID} characters"
        yield "id-form", message
    fits, rule, fault = _FORMS.get(column.kind or "", (bool, "", ""))
    if not fits(value):
        yield rule, f"'{value}' is {fault}"
    if choices and value not in choices:
        now = dict(column.renamed).get(value)
        known = f"is a word of before; write '{now}'" if now else f"is none of {', '.join(choices)}"
        yield "choice-unknown", f"'{value}' {known}"
    if column.refers:
        for id in filter(None, map(str.strip, value.split(";"))) if column.is_list else (value,):
            if message := inventory.unknown(column.refers, id):
                yield "reference-unknown", message
