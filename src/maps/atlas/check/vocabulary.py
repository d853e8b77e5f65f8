"""Rules for words out of a list: languages, and units, measures and kinds.

An atlas names its own lists as ``enum`` in ``datapackage.json``, which
`maps.atlas.check.package` holds it to; the lists declared with the columns hold
where it names none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from babel.core import Locale, parse_locale

from maps.atlas.check.inventory import Inventory
from maps.atlas.load import AtlasTables
from maps.atlas.model.columns import Column
from maps.atlas.model.tables import COLUMNS
from maps.errors import Problem

# A language in small letters, as it is compared with others.
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Keys of atlas.toml that hold codes of languages, in a list or as keys of a table.
_SPOKEN = ("languages", "name_languages", "loaded_words")


def check_lists(inventory: Inventory) -> Iterator[Problem]:
    """Check units, measures and kinds of regions where the descriptor has no list of them."""
    own = set(_enums(inventory.tables))
    for table, column in _columns(lambda column: bool(column.listed)):
        if (table, column.name) in own or table not in inventory.whole:
            continue
        for row in inventory.tables[table]:
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


def _codes(tables: AtlasTables) -> Iterator[tuple[Callable[[str, str, str], Problem], str, object]]:
    """Give what stands where a language does, with the field and what makes a problem there."""
    for name in _SPOKEN:
        for code in tables.settings.values.get(name, ()):
            yield tables.settings.problem, name, code
    for table, column in _columns(lambda column: column.kind == "language"):
        yield from ((row.problem, column.name, row[column.name]) for row in tables[table])
    for source in tables.sources:
        yield source.problem, "language", source.values.get("language")
    for story in tables.stories:
        steps = story.values.get("steps")
        for number, step in enumerate(steps if isinstance(steps, list) else (), start=1):
            if isinstance(step, dict):
                yield story.problem, f"steps[{number}].quote_lang", step.get("quote_lang")


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


def _columns(wanted: Callable[[Column], bool]) -> Iterator[tuple[str, Column]]:
    for table, columns in COLUMNS.items():
        yield from ((table, column) for column in columns if wanted(column))


def _enums(tables: AtlasTables) -> Iterator[tuple[str, str]]:
    """Give table and column of each list in the descriptor, which may hold anything."""
    resources = tables.package.values.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        schema = resource.get("schema") if isinstance(resource, dict) else None
        fields = schema.get("fields") if isinstance(schema, dict) else None
        for entry in fields if isinstance(fields, list) else ():
            rules = entry.get("constraints") if isinstance(entry, dict) else None
            if isinstance(rules, dict) and "enum" in rules:
                yield str(resource.get("path")).removesuffix(".csv"), str(entry.get("name"))
