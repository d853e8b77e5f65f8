"""Rules for characters: none that nobody sees, no two ids or files that only look different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from maps.atlas.check.inventory import Inventory
from maps.atlas.load import Table
from maps.atlas.model.tables import COLUMNS
from maps.catalogue import read_catalogue
from maps.characters import said, unseen
from maps.errors import Problem

_Tell = Callable[[str, str, str], Problem]  # field, rule and message to a problem
_ENDS_OF_LINES = re.compile(r"[\t\n\r]")
# Keys of `text/` under which sentences stand; the others name something, on one line.
_SENTENCES = re.compile(
    r"atlas\.(subtitle|disclaimer|cutoff)|event\..*\.description|(status|note|point|account)\..*"
)
_WITH_IDS = ("layers", "modes", "perspectives", "sides")


def check_characters(inventory: Inventory) -> Iterator[Problem]:
    """Check file names, cells, keys and values for characters that are not seen."""
    tables = inventory.tables
    for file in sorted({*tables.files, *tables.layer_files}):
        for message in _faults(file, one_line=True):
            yield Problem(file, None, "", "", "character-unseen", message)
    for table in (*tables.tables.values(), *tables.texts.values()):
        yield from _in_cells(table)
    for lang, content in tables.catalogues.items():
        for (place, _), ours in read_catalogue(content).texts.items():
            for message in _faults(ours):
                yield Problem(f"text/{lang}.po", None, place, "msgstr", "character-unseen", message)
    whole = (tables.settings, tables.package, tables.basemap)
    for item in (*whole, *tables.sources, *tables.origins, *tables.stories):
        yield from _in_values(item.values, "", item.problem)
    for feature in tables.features:
        yield from _in_values(feature.properties, "", feature.problem)
    for part, collection in tables.ground.items():
        file = f"basemap/{tables.basemap.values[part]}"
        for position, drawn in enumerate(collection["features"], start=1):
            if isinstance(drawn, dict):
                yield from _in_values(drawn.get("properties"), "", _at(file, position))


def check_alike(inventory: Inventory) -> Iterator[Problem]:
    """Check that no two ids of a kind, and no two files, differ in capitals or accents' form only.

    A file system may take them for one file, and so may whoever reads an address.
    """
    tables = inventory.tables
    for name, columns in COLUMNS.items():
        if columns[0].name == "id":
            rows = ((row["id"], row.problem) for row in tables[name])
            yield from _alike(rows, "id")
    for items in (tables.sources, tables.origins):
        yield from _alike(((str(item.values.get("id")), item.problem) for item in items), "id")
    yield from _alike(((feature["id"], feature.problem) for feature in tables.features), "id")
    for group in _WITH_IDS:
        entries = tables.settings.values.get(group)
        listed = entries if isinstance(entries, list) else ()
        ids = [entry.get("id") for entry in listed if isinstance(entry, dict)]
        yield from _alike(((str(id), tables.settings.problem) for id in ids), group)
    yield from _alike(((file, _at(file, None)) for file in sorted(tables.files)), "")


def _faults(text: str, *, one_line: bool = False) -> Iterator[str]:
    found = next(unseen(text), "")
    if found:
        yield f"has {said(found)} as its character {text.index(found) + 1}; take it out"
    elif one_line and (ending := _ENDS_OF_LINES.search(text)):
        yield f"has U+{ord(ending[0]):04X}, a tab or the end of a line; write it on one line"


def _in_cells(table: Table) -> Iterator[Problem]:
    for row in table:
        # One look at the whole row: almost none has anything to find.
        joined = "".join(row.written)
        if joined.isprintable() and (joined.isascii() or not any(unseen(joined))):
            continue
        for column in row:
            named = column == "form" or (column == "text" and not _SENTENCES.fullmatch(row["key"]))
            for message in _faults(row[column], one_line=named):
                yield row.problem(column, "character-unseen", message)


def _in_values(value: object, field: str, tell: _Tell) -> Iterator[Problem]:
    """Look at the texts of a mapping, and of what is in it; keys stand on one line."""
    if isinstance(value, str):
        for message in _faults(value):
            yield tell(field, "character-unseen", message)
    elif isinstance(value, dict):
        for key, held in value.items():
            for message in _faults(key, one_line=True):
                yield tell(field, "character-unseen", f"the key {key!r} {message}")
            yield from _in_values(held, f"{field}.{key}" if field else key, tell)
    elif isinstance(value, list):
        for number, held in enumerate(value, start=1):
            yield from _in_values(held, f"{field}[{number}]", tell)


def _alike(named: Iterator[tuple[str, _Tell]], field: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for id, tell in named:
        other = first.setdefault(unicodedata.normalize("NFKC", id).casefold(), id)
        if other != id:
            message = f"'{id}' and '{other}' differ in capitals or accents' form only; rename one"
            yield tell(field, "id-alike", message)


def _at(file: str, position: int | None) -> _Tell:
    def tell(field: str, rule: str, message: str) -> Problem:
        return Problem(file, position, "", field, rule, message)

    return tell
