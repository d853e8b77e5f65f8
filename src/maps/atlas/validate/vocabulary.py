"""Rules for words out of a list: languages, and units, measures and kinds.

An atlas names its own lists as ``enum`` in ``datapackage.json``, which
`maps.atlas.validate.package` holds it to; the lists here hold where it names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from babel.core import Locale, parse_locale

from maps.atlas.load import AtlasTables
from maps.atlas.validate.inventory import Inventory
from maps.errors import Problem

UNITS = (
    "km2 ha m2 mi2 acres km m mi percent % permille people households families settlements villages"
)
MEASURES = (
    "area area-calculated area-claimed area-held area-not-controlled area-part area-shift share "
    "share-calculated share-held population population-share households settlements length"
)
REGION_KINDS = (
    "autonomous-oblast autonomous-republic borough canton city colony confederation control-unit "
    "control-zone country county department disputed-region district dominion duchy emirate "
    "empire exclave federal-district federation free-city governorate historical-district "
    "historical-province island khanate kingdom krai mandate municipality oblast okrug parish "
    "prefecture principality protectorate province raion region republic self-declared-state "
    "shire soviet-republic state sultanate territory town township uezd union vilayet village "
    "voivodeship zone"
)
_LISTED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("figures", "unit"): tuple(UNITS.split()),
    ("figures", "measure"): tuple(MEASURES.split()),
    ("regions", "kind"): tuple(REGION_KINDS.split()),
}
# A language in small letters, as it is compared with others.
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
# Keys of atlas.toml that hold codes of languages, in a list or as keys of a table.
_SPOKEN = ("languages", "name_languages", "loaded_words")
_OF_TABLES = (("names", "lang"), ("citations", "quote_lang"))


def check_lists(inventory: Inventory) -> Iterator[Problem]:
    """Check units, measures and kinds of regions where the descriptor has no list of them."""
    own = set(_enums(inventory.tables))
    for (name, column), known in _LISTED.items():
        if (name, column) in own or name not in inventory.whole:
            continue
        for row in inventory.tables[name]:
            if row[column] and row[column] not in known:
                near = get_close_matches(row[column], known, n=1)
                meant = f"did you mean '{near[0]}'? Else list" if near else "list"
                message = (
                    f"'{row[column]}' is none that is known; {meant} what this atlas uses as "
                    f"enum of {column} in datapackage.json"
                )
                yield row.problem(column, "word-unlisted", message)


def check_languages(inventory: Inventory) -> Iterator[Problem]:
    """Check that the code of a language is one of BCP 47 that has a name."""
    tables = inventory.tables
    for name in _SPOKEN:
        for code in tables.settings.values.get(name, ()):
            if not is_language(code):
                yield tables.settings.problem(name, "language-unknown", _advice(code))
    for name, column in _OF_TABLES:
        for row in tables[name]:
            if row[column] and not is_language(row[column]):
                yield row.problem(column, "language-unknown", _advice(row[column]))
    for source in tables.sources:
        code = source.values.get("language")
        if isinstance(code, str) and code and not is_language(code):
            yield source.problem("language", "language-unknown", _advice(code))
    for story in tables.stories:
        steps = story.values.get("steps")
        for number, step in enumerate(steps if isinstance(steps, list) else (), start=1):
            code = step.get("quote_lang") if isinstance(step, dict) else None
            if isinstance(code, str) and code and not is_language(code):
                field = f"steps[{number}].quote_lang"
                yield story.problem(field, "language-unknown", _advice(code))


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


def _advice(code: str) -> str:
    return f"'{code}' is no language known; write a code of BCP 47, as en, hy or az-Cyrl"


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
