"""Rules that hold for every table: columns, ids, required cells, references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter

from maps.atlas.check.inventory import Inventory, missing_columns
from maps.atlas.load import Row, Table
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
_PAGES = ("index",)  # of a published site, beside those of the events; also where case is not told


def check_columns(inventory: Inventory) -> Iterator[Problem]:
    """Check the header and every cell of every table that could be read."""
    for name, columns in COLUMNS.items():
        yield from check_table(inventory, inventory.tables[name], columns)
    for table in inventory.tables.texts.values():
        yield from _header(table, columns_of(TextRow))


def check_page_names(inventory: Inventory) -> Iterator[Problem]:
    """Check that no event has the name of the page that lists the events."""
    for row in inventory.tables["events"]:
        if row["id"].casefold() in _PAGES:
            message = f"'{row['id']}' is the name of the page of all events; use another id"
            yield row.problem("id", "id-reserved", message)


def check_polity_ids(inventory: Inventory) -> Iterator[Problem]:
    """Check that no polity has the id under which areas count ground nobody is named for."""
    for row in inventory.tables["polities"]:
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
        distinct = dict(zip(map(itemgetter(name), table.rows), table.rows, strict=True))
        faulty = {
            cell
            for cell, row in distinct.items()
            if any(_cell(inventory, row, name, column, choices))
        }
        for row in table if faulty else ():
            if row[name] in faulty:
                yield from _cell(inventory, row, name, column, choices)
    if columns[0].name == "id":
        yield from _repeated_ids(table)
    else:
        yield from _repeated_rows(table)


def _header(table: Table, columns: tuple[Column, ...]) -> Iterator[Problem]:
    for name in missing_columns(table, columns):
        message = "is missing from the header; add the column, its cells may be empty"
        if any(column.name == name and column.required for column in columns):
            message = "is missing from the header; add the column"
        yield Problem(table.file, 1, "", name, "column-missing", message)
    known = {column.name_in(table.columns) for column in columns}
    for name in table.columns:
        if name not in known:
            does = f"is not a column of this table; it has {', '.join(sorted(known))}"
            yield Problem(table.file, 1, "", name or "(no name)", "column-unknown", does)


def _cell(
    inventory: Inventory, row: Row, name: str, column: Column, choices: tuple[str, ...]
) -> Iterator[Problem]:
    value = row[name]
    if not value:
        if column.required:
            yield row.problem(name, "cell-empty", "is empty; this cell is required")
        return
    yield from _form(row, name, column, value)
    if choices and value not in choices:
        message = f"'{value}' is none of {', '.join(choices)}"
        if value in dict(column.renamed):
            message = f"'{value}' is a word of before; write '{dict(column.renamed)[value]}'"
        yield row.problem(name, "choice-unknown", message)
    if column.refers:
        for id in row.parts(name) if column.is_list else (value,):
            if inventory.lacks(column.refers, id):
                advice = inventory.advice(column.refers, id)
                yield row.problem(name, "reference-unknown", advice)


def _form(row: Row, name: str, column: Column, value: str) -> Iterator[Problem]:
    if column.kind == "id" and not column.id_form.fullmatch(value):
        message = f"'{value}' is no id; use letters a-z, digits and single hyphens"
        yield row.problem(name, "id-form", message)
    elif column.kind == "id" and len(value) > LONGEST_ID:
        message = f"'{value}' is too long for the name of a page; use {LONGEST_ID} characters"
        yield row.problem(name, "id-form", message)
    elif (kind := column.kind or "") in _FORMS:
        fits, rule, fault = _FORMS[kind]
        if not fits(value):
            yield row.problem(name, rule, f"'{value}' is {fault}")


def _repeated_ids(table: Table) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in table:
        line = first.setdefault(row["id"], row.line)
        if row["id"] and line != row.line:
            message = f"'{row['id']}' is already the id of row {line}; each id stands once"
            yield row.problem("id", "id-twice", message)


def _repeated_rows(table: Table) -> Iterator[Problem]:
    contents = set(map(itemgetter(*table.columns), table.rows)) if table.columns else ()
    if len(contents) == len(table.rows):
        return
    first: dict[tuple[str, ...], int] = {}
    for row in table:
        line = first.setdefault(tuple(row[name] for name in table.columns), row.line)
        if line != row.line:
            yield row.problem("", "row-twice", f"says the same as row {line}; delete one of them")
