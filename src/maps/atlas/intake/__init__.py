"""Rows of a spreadsheet and shapes of a map file into an atlas: all of them, or nothing.

What is read becomes rows of the atlas's own files (`draft`), the whole is checked
in a copy, and only an atlas without problems replaces the one that is there.
"""

from maps.atlas.intake.boundaries import Provenance, import_boundaries
from maps.atlas.intake.days import ORDERS
from maps.atlas.intake.draft import Outcome
from maps.atlas.intake.mapping import Fields, Wishes, wishes_of
from maps.atlas.intake.rows import IDS, import_events, import_rows, proposed
from maps.atlas.intake.sources import import_sources

__all__ = [
    "IDS",
    "ORDERS",
    "Fields",
    "Outcome",
    "Provenance",
    "Wishes",
    "import_boundaries",
    "import_events",
    "import_rows",
    "import_sources",
    "proposed",
    "wishes_of",
]
