"""Rules for words: every text in every language, catalogues that fill in, regions named once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory
from maps.atlas.load import Table
from maps.atlas.model import SOURCE_TEXTS
from maps.atlas.model.columns import text_keys
from maps.atlas.model.tables import TABLES
from maps.catalogue import read_catalogue
from maps.errors import Problem

_OF_THE_ATLAS = ("atlas.title", "atlas.subtitle", "atlas.disclaimer", "atlas.cutoff")


def check_texts(inventory: Inventory) -> Iterator[Problem]:
    """Check that each language has each text once, and none too many."""
    settings = inventory.tables.settings.values
    needed = _needed(inventory)
    for lang in inventory.tables.written_languages:
        if lang not in inventory.tables.texts:
            message = f"is missing; atlas.toml lists the language '{lang}'"
            yield Problem(f"text/{lang}.csv", None, "", "", "file-missing", message)
    files = {f"text/{lang}.po": lang for lang in inventory.tables.catalogues}
    files |= {table.file: lang for lang, table in inventory.tables.texts.items()}
    for file, lang in files.items():
        if lang not in settings["languages"]:
            message = f"'{lang}' is not among the languages of atlas.toml; add it there"
            yield Problem(file, None, "", "", "language-unlisted", message)
    for lang, table in inventory.tables.texts.items():
        if (
            lang in settings["languages"]
            and table.readable
            and {"key", "text"} <= set(table.columns)
        ):
            yield from _text_faults(table, needed)


def check_catalogues(inventory: Inventory) -> Iterator[Problem]:
    """Check each catalogue; what it lacks is no fault (`maps.words.translated` counts it)."""
    for lang, content in inventory.tables.catalogues.items():
        file, held = f"text/{lang}.po", read_catalogue(content)
        if held.fault:
            message = f"is no PO file ({held.fault}); mend it in an editor of translations"
            yield Problem(file, None, "", "", "catalogue-unreadable", message)
        for place, english in sorted(held.broken):
            message = f"the translation of '{english}' has other {{…}} than that; write the same"
            yield Problem(file, None, place, "msgstr", "placeholder", message)


def check_names(inventory: Inventory) -> Iterator[Problem]:
    """Check that each region has exactly one main name in each name language."""
    names = inventory.tables["names"]
    languages = inventory.tables.settings.values["name_languages"]
    mains = Counter((row["region_id"], row["lang"]) for row in names if row["main"] == "true")
    for region in inventory.tables["regions"]:
        for lang in languages:
            if not mains[region["id"], lang]:
                message = f"has no main name in '{lang}'; add one with main = true to {names.file}"
                yield region.problem("id", "name-missing", message)
    seen: dict[tuple[str, str], int] = {}
    for row in names:
        key = (row["region_id"], row["lang"])
        if row["main"] == "true" and seen.setdefault(key, row.line) != row.line:
            message = f"'{key[0]}' already has a main name in '{key[1]}', in row {seen[key]}"
            yield row.problem("main", "name-twice", message)


def _needed(inventory: Inventory) -> dict[str, str]:
    """Map each key that must be there to the place that needs it."""
    settings = inventory.tables.settings
    needed = dict.fromkeys(_OF_THE_ATLAS, "every atlas")
    named = (("layers", "layer"), ("perspectives", "perspective"), ("sides", "side"))
    for group, prefix in named:
        for entry in settings.values.get(group, []):
            needed[f"{prefix}.{entry['id']}"] = settings.file
    for name, record in TABLES.items():
        patterns = text_keys(record)
        for row in inventory.tables[name] if patterns else ():
            for pattern in patterns:
                needed[pattern.format(row["id"])] = f"{row.file} row {row.line}"
    for row in inventory.tables["events"]:
        for kind in row.parts("kinds"):
            needed.setdefault(f"kind.{kind}", f"{row.file} row {row.line}")
    for row in inventory.tables["chains"]:
        needed.setdefault(f"chain.{row['chain_id']}", f"{row.file} row {row.line}")
    # What is said of the main source may be left out, but not in one language only.
    for table in inventory.tables.texts.values():
        for row in table:
            if row["key"] in SOURCE_TEXTS:
                needed.setdefault(row["key"], f"{row.file} row {row.line}")
    return needed


def _text_faults(table: Table, needed: dict[str, str]) -> Iterator[Problem]:
    rows: dict[str, int] = {}
    for row in table:
        key = row["key"]
        if not key:
            yield row.problem("key", "cell-empty", "is empty; this cell is required")
            continue
        if key in rows:
            message = f"'{key}' already stands in row {rows[key]}; each key stands once"
            yield row.problem("key", "text-twice", message)
        rows.setdefault(key, row.line)
        if key not in needed:
            message = f"'{key}' is needed by nothing; correct the key or delete the row"
            yield row.problem("key", "text-unknown", message)
        elif not row["text"]:
            yield row.problem("text", "text-empty", f"'{key}' has no text; write it")
    for key, place in needed.items():
        if key not in rows:
            message = f"is missing, {place} needs it; add a row '{key},…'"
            yield Problem(table.file, None, key, "key", "text-missing", message)
