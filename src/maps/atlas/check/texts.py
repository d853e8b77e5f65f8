"""Rules for words: every text in every language, words out of a list, characters that are seen.

An atlas names its own lists of units, measures and kinds as ``enum`` in ``datapackage.json``,
which `maps.atlas.check.package` holds it to; the lists declared with the columns hold
where it names none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache, partial

from babel.core import Locale, parse_locale

from maps.atlas.check.inventory import Inventory, mappings_in, repeated
from maps.atlas.load import AtlasTables, Table
from maps.atlas.model import SOURCE_TEXTS
from maps.atlas.model.columns import text_keys
from maps.atlas.model.tables import COLUMNS, TABLES
from maps.catalogue import read_catalogue
from maps.characters import said, unseen
from maps.errors import Problem

_Tell = Callable[[str, str, str], Problem]  # field, rule and message to a problem
_OF_THE_ATLAS = ("atlas.title", "atlas.subtitle", "atlas.disclaimer", "atlas.cutoff")
# A language in small letters, as it is compared with others.
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Keys of atlas.toml that hold codes of languages, in a list or as keys of a table.
_SPOKEN = ("languages", "name_languages", "loaded_words")
_ENDS_OF_LINES = re.compile(r"[\t\n\r]")
# Keys of `text/` under which sentences stand; the others name something, on one line.
_SENTENCES = re.compile(
    r"atlas\.(subtitle|disclaimer|cutoff)|event\..*\.description|(status|note|point|account)\..*"
)
_WITH_IDS = ("layers", "modes", "perspectives", "sides")


def check_texts(inventory: Inventory) -> Iterator[Problem]:
    """Check that each language has each text once, and none too many."""
    tables = inventory.tables
    languages = tables.settings.values["languages"]
    for lang in tables.written_languages:
        if lang not in tables.texts:
            message = f"is missing; atlas.toml lists the language '{lang}'"
            yield Problem(f"text/{lang}.csv", None, "", "", "file-missing", message)
    files = {f"text/{lang}.po": lang for lang in tables.catalogues}
    files |= {table.file: lang for lang, table in tables.texts.items()}
    for file, lang in files.items():
        if lang not in languages:
            message = f"'{lang}' is not among the languages of atlas.toml; add it there"
            yield Problem(file, None, "", "", "language-unlisted", message)
    needed = _needed(tables)
    for lang, table in tables.texts.items():
        if lang in languages and table.readable and {"key", "text"} <= set(table.columns):
            yield from _text_faults(table, needed)


def check_catalogues(inventory: Inventory) -> Iterator[Problem]:
    """Check each catalogue; what it lacks is no fault (`maps.words.i18n` counts it)."""
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
    mains = [((r["region_id"], r["lang"]), r) for r in names if r["main"] == "true"]
    counted = Counter(key for key, _ in mains)
    for region in inventory.tables["regions"]:
        for lang in inventory.tables.settings.values["name_languages"]:
            if not counted[region["id"], lang]:
                message = f"has no main name in '{lang}'; add one with main = true to {names.file}"
                yield region.problem("id", "name-missing", message)
    for (id, lang), row, first in repeated(mains):
        message = f"'{id}' already has a main name in '{lang}', in row {first.line}"
        yield row.problem("main", "name-twice", message)


def check_lists(inventory: Inventory) -> Iterator[Problem]:
    """Check units, measures and kinds of regions where the descriptor has no list of them."""
    own = set(_enums(inventory.tables))
    for table, columns in COLUMNS.items():
        for column in columns:
            if not column.listed or (table, column.name) in own:
                continue
            for row in inventory.rows(table):
                value = row[column.name]
                if value and value not in column.listed:
                    near = get_close_matches(value, column.listed, n=1)
                    meant = f"did you mean '{near[0]}'? Else list" if near else "list"
                    message = (
                        f"'{value}' is none that is known; {meant} what this atlas uses as "
                        f"enum of {column.name} in datapackage.json"
                    )
                    yield row.problem(column.name, "word-unlisted", message)


def check_languages(inventory: Inventory) -> Iterator[Problem]:
    """Check that the code of a language is one of BCP 47 that has a name."""
    for tell, field, code in _codes(inventory.tables):
        if isinstance(code, str) and code and not is_language(code):
            message = f"'{code}' is no language known; write a code of BCP 47, as en, hy or az-Cyrl"
            yield tell(field, "language-unknown", message)


def check_characters(inventory: Inventory) -> Iterator[Problem]:
    """Check file names, cells, keys and values for characters that are not seen."""
    tables = inventory.tables
    rule = "character-unseen"
    for file in sorted({*tables.files, *tables.layer_files}):
        for message in _unseen_in(file, one_line=True):
            yield Problem(file, None, "", "", rule, message)
    for table in (*tables.tables.values(), *tables.texts.values()):
        yield from _in_cells(table)
    for lang, content in tables.catalogues.items():
        for (place, _), ours in read_catalogue(content).texts.items():
            for message in _unseen_in(ours):
                yield Problem(f"text/{lang}.po", None, place, "msgstr", rule, message)
    whole = (tables.settings, tables.package, tables.basemap)
    for item in (*whole, *tables.sources, *tables.origins, *tables.stories):
        yield from _in_values(item.values, "", item.problem)
    for feature in tables.features:
        yield from _in_values(feature.properties, "", feature.problem)
    for file, position, drawn in tables.ground_features():
        if isinstance(drawn, dict):
            yield from _in_values(drawn.get("properties"), "", partial(Problem, file, position, ""))


def check_alike(inventory: Inventory) -> Iterator[Problem]:
    """Check that no two ids of a kind, and no two files, differ in capitals or accents' form only.

    A file system may take them for one file, and so may whoever reads an address.
    """
    tables = inventory.tables
    for name, columns in COLUMNS.items():
        if columns[0].name == "id":
            yield from _alike(((row["id"], row.problem) for row in tables[name]), "id")
    for items in (tables.sources, tables.origins):
        yield from _alike(((str(item.values.get("id")), item.problem) for item in items), "id")
    yield from _alike(((feature["id"], feature.problem) for feature in tables.features), "id")
    for group in _WITH_IDS:
        entries = mappings_in(tables.settings.values, group)
        ids = (str(entry.get("id")) for _, entry in entries)
        yield from _alike(((id, tables.settings.problem) for id in ids), group)
    files = sorted(tables.files)
    yield from _alike(((file, partial(Problem, file, None, "")) for file in files), "")


@lru_cache(maxsize=1024)
def is_language(code: str) -> bool:
    """Tell whether Unicode's CLDR names the language of a code, and its script and country."""
    if not _CODE.fullmatch(code):  # Babel drops what stands after a dot or an @, as in en.UTF-8
        return False
    try:
        language, territory, script = parse_locale(code, sep="-")[:3]
    except ValueError:
        return False
    names = Locale("en")
    return (
        language in names.languages
        and (not territory or territory in names.territories)
        and (not script or script in names.scripts)
    )


def _needed(tables: AtlasTables) -> dict[str, str]:
    """Map each key that must be there to the place that needs it."""
    needed = dict.fromkeys(_OF_THE_ATLAS, "every atlas")
    for group in ("layers", "perspectives", "sides"):
        for entry in tables.settings.values.get(group, []):
            needed[f"{group.removesuffix('s')}.{entry['id']}"] = tables.settings.file
    for name, record in TABLES.items():
        for key in text_keys(record):
            needed |= {key.format(r["id"]): f"{r.file} row {r.line}" for r in tables[name]}
    written = (row for table in tables.texts.values() for row in table)
    others = [
        *((f"kind.{kind}", row) for row in tables["events"] for kind in row.parts("kinds")),
        *((f"chain.{row['chain_id']}", row) for row in tables["chains"]),
        # What is said of the main source may be left out, but not in one language only.
        *((row["key"], row) for row in written if row["key"] in SOURCE_TEXTS),
    ]
    for key, row in others:
        needed.setdefault(key, f"{row.file} row {row.line}")
    return needed


def _text_faults(table: Table, needed: dict[str, str]) -> Iterator[Problem]:
    rows: dict[str, int] = {}
    for row in table:
        key = row["key"]
        if not key:
            yield row.problem("key", "cell-empty", "is empty; this cell is required")
            continue
        if rows.setdefault(key, row.line) != row.line:
            message = f"'{key}' already stands in row {rows[key]}; each key stands once"
            yield row.problem("key", "text-twice", message)
        if key not in needed:
            message = f"'{key}' is needed by nothing; correct the key or delete the row"
            yield row.problem("key", "text-unknown", message)
        elif not row["text"]:
            yield row.problem("text", "text-empty", f"'{key}' has no text; write it")
    for key, place in needed.items():
        if key not in rows:
            message = f"is missing, {place} needs it; add a row '{key},…'"
            yield Problem(table.file, None, key, "key", "text-missing", message)


def _enums(tables: AtlasTables) -> Iterator[tuple[str, str]]:
    """Give table and column of each list in the descriptor, which may hold anything."""
    for _, resource in mappings_in(tables.package.values, "resources"):
        schema = resource.get("schema")
        for _, entry in mappings_in(schema, "fields") if isinstance(schema, dict) else ():
            rules = entry.get("constraints")
            if isinstance(rules, dict) and "enum" in rules:
                yield str(resource.get("path")).removesuffix(".csv"), str(entry.get("name"))


def _codes(tables: AtlasTables) -> Iterator[tuple[_Tell, str, object]]:
    """Give what stands where a language does, with the field and what makes a problem there."""
    for name in _SPOKEN:
        for code in tables.settings.values.get(name, ()):
            yield tables.settings.problem, name, code
    for table, columns in COLUMNS.items():
        for column in columns:
            if column.kind == "language":
                yield from ((row.problem, column.name, row[column.name]) for row in tables[table])
    for source in tables.sources:
        yield source.problem, "language", source.values.get("language")
    for story in tables.stories:
        for place, step in mappings_in(story.values, "steps"):
            yield story.problem, f"{place}.quote_lang", step.get("quote_lang")


def _unseen_in(text: str, *, one_line: bool = False) -> Iterator[str]:
    if found := next(unseen(text), ""):
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
            for message in _unseen_in(row[column], one_line=named):
                yield row.problem(column, "character-unseen", message)


def _in_values(value: object, field: str, tell: _Tell) -> Iterator[Problem]:
    """Look at the texts of a mapping, and of what is in it; keys stand on one line."""
    if isinstance(value, str):
        for message in _unseen_in(value):
            yield tell(field, "character-unseen", message)
    elif isinstance(value, dict):
        for key, held in value.items():
            for message in _unseen_in(key, one_line=True):
                yield tell(field, "character-unseen", f"the key {key!r} {message}")
            yield from _in_values(held, f"{field}.{key}" if field else key, tell)
    elif isinstance(value, list):
        for number, held in enumerate(value, start=1):
            yield from _in_values(held, f"{field}[{number}]", tell)


def _alike(named: Iterable[tuple[str, _Tell]], field: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for id, tell in named:
        other = first.setdefault(unicodedata.normalize("NFKC", id).casefold(), id)
        if other != id:
            message = f"'{id}' and '{other}' differ in capitals or accents' form only; rename one"
            yield tell(field, "id-alike", message)
