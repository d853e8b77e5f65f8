"""The boundaries listed in `boundaries.csv`, each a union of cells."""

from __future__ import annotations

import csv
from pathlib import Path

from maps.build.write import collection, feature
from maps.errors import BuildFailed
from recipe.cells import Cells
from recipe.geometry import to_degrees

TABLE = Path(__file__).with_name("boundaries.csv")


def boundary_rows() -> list[dict[str, str]]:
    """Read the table: one row a boundary, in the order it is drawn within its layer."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def boundary_files(cells: Cells) -> dict[str, bytes]:
    """Make `boundaries/<layer>.geojson` for every layer of the table.

    Raises
    ------
    BuildFailed
        A cell is missing from the control layer, or is in it twice.
    """
    rows = boundary_rows()
    _require_every_cell(cells, [row for row in rows if row["layer"] == "control"])
    layers: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        layers.setdefault(row["layer"], []).append(row)
    return {
        f"boundaries/{layer}.geojson": collection(_feature(cells, row) for row in members)
        for layer, members in layers.items()
    }


def _feature(cells: Cells, row: dict[str, str]) -> dict[str, object]:
    properties = {
        "id": row["id"],
        "region": row["region"],
        "start": row["start"],
        "end": row["end"],
        "start_day": row["start_day"],
        "end_day": row["end_day"],
        "precision": row["precision"],
        "origins": row["origins"].split(";"),
        "contested": row["contested"] == "true",
        "note": row["note"],
    }
    shape = to_degrees(cells.union(row["made_of"].split(";")))
    return feature(shape, properties, row["id"])


def _require_every_cell(cells: Cells, control: list[dict[str, str]]) -> None:
    """Control units cover both republics, each piece once."""
    used = [
        cell for row in control for name in row["made_of"].split(";") for cell in cells.named(name)
    ]
    wanted = [cell for group in ("azerbaijan", "armenia") for cell in cells.named(group)]
    for cell in sorted(set(wanted) | set(used)):
        if used.count(cell) != 1:
            raise BuildFailed(
                f"{TABLE.name}: the control layer has {cell} {used.count(cell)} times, not once"
            )
