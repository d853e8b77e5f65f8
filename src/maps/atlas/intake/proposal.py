"""What the columns of a file seem to be, to be looked at before anything is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from maps.atlas.intake.boundaries import BOUNDARY_FIELDS
from maps.atlas.intake.events import event_fields
from maps.atlas.intake.linked import read_rows
from maps.atlas.intake.mapping import Wishes, mapped
from maps.atlas.intake.rows import row_fields
from maps.atlas.intake.shapes import read_shapes
from maps.atlas.intake.table import Sheet
from maps.atlas.load import AtlasTables


@dataclass(frozen=True)
class Proposal:
    """A file as it was read, what its columns may be, and what each would be taken for."""

    sheet: Sheet
    fields: tuple[str, ...]
    field_of: Mapping[str, str]  # column -> field


def proposed(
    file: Path, kind: str, tables: AtlasTables, *, encoding: str = "", part: str = ""
) -> Proposal:
    """Read a file as events, boundaries or rows of a table, as the import of that kind would.

    ``part`` is the sheet of a workbook or the layer of a map file.

    Raises
    ------
    ImportRefused
        The file cannot be read.
    """
    if kind == "boundaries":
        fields, sheet = BOUNDARY_FIELDS, read_shapes(file, "", encoding, part)[0]
    else:
        fields = event_fields(tables) if kind == "events" else row_fields(kind, tables)
        sheet = read_rows(file, kind, encoding, part)
    column_of = mapped(sheet, fields, Wishes(), kind).column_of
    return Proposal(sheet, fields, {column: name for name, column in column_of.items()})
