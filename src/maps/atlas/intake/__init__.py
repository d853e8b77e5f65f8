"""Rows of a spreadsheet and shapes of a map file into an atlas: all of them, or nothing.

What is read becomes rows of the atlas's own files (`draft`), the whole is checked
in a copy, and only an atlas without problems replaces the one that is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maps.atlas.intake.boundaries import BOUNDARY_FIELDS, add_boundaries
from maps.atlas.intake.days import ORDERS
from maps.atlas.intake.draft import Draft, Outcome
from maps.atlas.intake.mapping import Fields, Wishes, mapped, wishes_of
from maps.atlas.intake.rows import IDS, add_events, add_rows, row_fields, with_whole_names
from maps.atlas.intake.shapes import LINKED, MAPS, PACKED, read_places, read_points, read_shapes
from maps.atlas.intake.sources import add_sources, read_sources
from maps.atlas.intake.table import Sheet, read_sheet
from maps.atlas.load import AtlasTables
from maps.files import locked

__all__ = [
    "IDS",
    "KINDS",
    "ORDERS",
    "Fields",
    "Outcome",
    "Wishes",
    "import_file",
    "proposed",
    "wishes_of",
]

KINDS = ("events", "boundaries", "sources", *IDS)
_ONE_OF = {"events": "an event", "boundaries": "a boundary"}


def import_file(file: Path, atlas: Path, kind: str, wishes: Wishes = Wishes()) -> Outcome:  # noqa: B008 - frozen
    """Add what a file holds to an atlas: rows, polygons or records of one of `KINDS`.

    Rows are those of a CSV or xlsx file, or points of a map file; of places also Linked Places.

    Raises
    ------
    ImportRefused
        Something does not fit, or is there already; every reason is told and nothing was changed.
    FolderBusy
        Another run is changing the atlas.
    """
    if kind in IDS:
        wishes = with_whole_names(wishes, kind)
    sheet, beside = _read(file, kind, wishes)
    with locked(atlas):
        draft = Draft(atlas, sheet, wishes)
        if kind != "sources":
            draft.settle_fields(_fields(kind, draft.tables), _ONE_OF.get(kind, f"{kind}.csv"))
        if kind == "sources":
            add_sources(draft, beside)
        elif kind == "boundaries":
            add_boundaries(draft, beside, file)
        elif kind == "events":
            add_events(draft)
        else:
            add_rows(draft, kind)
        return draft.finish()


def proposed(file: Path, kind: str, tables: AtlasTables, wishes: Wishes) -> Fields:
    """Read a file as its import would, and say what each of its columns would be taken for.

    Raises
    ------
    ImportRefused
        The file cannot be read.
    """
    return mapped(_read(file, kind, wishes)[0], _fields(kind, tables), wishes, kind)


def _read(file: Path, kind: str, wishes: Wishes) -> tuple[Sheet, list[Any]]:
    """Read the rows of a file, and the shapes or the records that belong to them."""
    if kind == "sources":
        return read_sources(file, wishes)
    if kind == "boundaries":
        return read_shapes(file, wishes.crs, wishes.encoding, wishes.part)
    ending = file.suffix.lower()
    if kind == "places" and ending in LINKED:
        return read_places(file, wishes.encoding), []
    read = read_points if ending in (*MAPS, *PACKED) else read_sheet
    return read(file, wishes.encoding, wishes.part), []


def _fields(kind: str, tables: AtlasTables) -> Sequence[str]:
    return BOUNDARY_FIELDS if kind == "boundaries" else row_fields(kind, tables)
