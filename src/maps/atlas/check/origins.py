"""Rules for `raw/`: each extract has its origin record, and is the file it says."""

from __future__ import annotations

from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory
from maps.atlas.model.columns import KEBAB
from maps.errors import Problem

_ENDING = ".origin.toml"
_REQUIRED = ("id", "title", "package", "version", "file", "sha256", "licence")


def check_origins(inventory: Inventory) -> Iterator[Problem]:
    """Check the records of the extracts."""
    tables = inventory.tables
    seen: dict[str, str] = {}
    for item in tables.origins:
        for name in _REQUIRED:
            value = item.values.get(name)
            if not (isinstance(value, str) and value.strip()):
                yield item.problem(name, "origin-incomplete", "is missing; write it as a text")
        id = str(item.values.get("id", ""))
        if id and not KEBAB.fullmatch(id):
            message = f"'{id}' is no id; use letters a-z, digits and single hyphens"
            yield item.problem("id", "id-form", message)
        if id and seen.setdefault(id, item.file) != item.file:
            message = f"'{id}' is already the id of {seen[id]}; each id stands once"
            yield item.problem("id", "id-twice", message)
        extract = item.file.removesuffix(_ENDING)
        actual, said = tables.files.get(extract), item.values.get("sha256")
        if actual is None:
            message = f"there is no {extract}; put the extract there or delete the record"
            yield item.problem("", "raw-missing", message)
        elif said and said != actual:
            message = (
                f"'{said}' is not the sha256 of {extract}, which is {actual}; "
                "take the extract again, or record the change"
            )
            yield item.problem("sha256", "raw-changed", message)
    recorded = {item.file.removesuffix(_ENDING) for item in tables.origins}
    broken = {problem.file.removesuffix(_ENDING) for problem in tables.problems}
    for extract in sorted(tables.files):
        is_extract = extract.startswith("raw/") and not extract.endswith(_ENDING)
        if is_extract and extract not in recorded and extract not in broken:
            message = f"has no origin record; add {extract}{_ENDING}"
            yield Problem(extract, None, "", "", "origin-missing", message)
