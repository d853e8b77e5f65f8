"""Rules for regions: none is part of or shown on itself, each piece is part of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from maps.atlas.check.inventory import Inventory
from maps.errors import Problem


def check_regions(inventory: Inventory) -> Iterator[Problem]:
    """Check that no ``part_of`` or ``predecessors`` leads back to its start."""
    for row in inventory.tables["regions"]:
        # A piece without statuses of its own takes those of what it is part of.
        if row["kind"] == "control-unit" and not row["part_of"]:
            message = "is empty; a control-unit is part of a region, whose statuses it takes"
            yield row.problem("part_of", "unit-alone", message)
        # Twice on one ground, a statement would be shown twice there.
        grounds = row.parts("shown_on")
        for id in sorted(set(grounds)):
            if id == row["id"]:
                message = "names the region itself, whose ground is its own anyway; take it out"
                yield row.problem("shown_on", "shown-on-itself", message)
            elif grounds.count(id) > 1:
                yield row.problem("shown_on", "id-twice", f"names '{id}' twice; once will do")
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


def regions_above(inventory: Inventory) -> Mapping[str, tuple[str, ...]]:
    """Map each region to those it is part of, the nearest first."""
    part_of = {row["id"]: row["part_of"] for row in inventory.tables["regions"]}
    above: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for region in part_of:
        found: list[str] = []
        while (next_up := part_of.get(found[-1] if found else region)) and next_up not in found:
            found.append(next_up)
        above[region] = tuple(found)
    return above
