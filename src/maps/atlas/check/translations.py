"""Rules for ``text/<lang>.po``: a catalogue can be read, and fills in what the texts do."""

from __future__ import annotations

from collections.abc import Iterator

from maps.atlas.check.inventory import Inventory
from maps.catalogue import read_catalogue
from maps.errors import Problem


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
