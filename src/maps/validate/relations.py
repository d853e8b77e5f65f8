"""Rules for regions: nothing is part of itself, nothing its own predecessor."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from maps.errors import Problem
from maps.validate.inventory import Inventory


def check_regions(inventory: Inventory) -> Iterator[Problem]:
    """Check that neither ``part_of`` nor ``predecessors`` leads back to its start."""
    rows = {row["id"]: row for row in inventory.tables["regions"]}
    for column in ("part_of", "predecessors"):
        graph = {id: row.parts(column) for id, row in rows.items()}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            # graphlib gives the cycle with its first node repeated at the end.
            ring = list(reversed(error.args[1]))
            chain = " → ".join(ring)
            first = next((rows[id] for id in ring if id in rows), None)
            if first is not None:
                message = f"leads back to itself ({chain}); take one link out"
                yield first.problem(column, "region-cycle", message)
