"""Rules for regions: none is part of itself, what is part of one lies in it, no piece is lost."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

import shapely
from shapely import Point, STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from maps.atlas.check.geography import drawn, extent_of
from maps.atlas.check.inventory import Inventory, atlas_days, span_of
from maps.atlas.load import Feature, Row
from maps.atlas.longitudes import shape_near
from maps.atlas.model import CONTROL, Timespan
from maps.atlas.model.columns import NUMBER
from maps.errors import Problem

# Of a piece of land half may lie beside the whole: lines are coarse and were moved.
# A town may lie as far outside as coarse lines are off, a unit as an island of it does.
LEAST_SHARE = 0.5
MOST_KM = {"place": 50.0, "unit": 120.0}
_MOST_LOST = 0.05  # of a piece of land, between its own last line and the next one
_KM_PER_DEGREE = 111.32
_PIECES = "control"  # the layer that control colours


class _Grounds:
    """Where each region lies: its boundaries of all days and layers, and its anchor."""

    def __init__(self, inventory: Inventory) -> None:
        self._extent = extent_of(inventory)
        # What is part of itself lies nowhere; that it is so is told elsewhere.
        self.above = {id: up for id, up in inventory.above.items() if id not in up}
        self._drawn: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
        self._united: dict[str, BaseGeometry] = {}
        for feature in inventory.tables.features:
            if (ground := _ground(feature)) is not None:
                self._drawn[feature["region"]].append(self.placed(ground))
        self.anchors = {
            row["id"]: self.placed(point)
            for row in inventory.tables["regions"]
            if (point := _point(row, "anchor_lat", "anchor_lon"))
        }

    def placed(self, what: BaseGeometry) -> BaseGeometry:
        """Turn a geometry to where the atlas has it, if it lies across 180 degrees."""
        return shape_near(what, self._extent) if self._extent else what

    def nearest(self, regions: tuple[str, ...]) -> str:
        """Give the first of some regions that is drawn; empty where none is."""
        return next((id for id in regions if id in self._drawn), "")

    def of(self, region: str) -> BaseGeometry:
        """Give the ground of a region that is drawn."""
        if region not in self._united:
            drawn = self._drawn[region]
            self._united[region] = drawn[0] if len(drawn) == 1 else shapely.union_all(drawn)
            shapely.prepare(self._united[region])
        return self._united[region]

    def km_to(self, region: str, what: BaseGeometry) -> float:
        """Measure to the ground of a region, or to its anchor if that is nearer."""
        grounds = [self.of(region), *([self.anchors[region]] if region in self.anchors else [])]
        return min(_km(*nearest_points(ground, what)) for ground in grounds)

    def is_drawn(self, region: str) -> bool:
        """Tell whether a region has a boundary on any day."""
        return region in self._drawn


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


def check_parts(inventory: Inventory) -> Iterator[Problem]:
    """Check that boundaries, places and anchors lie where the region is that they are part of.

    A region lies where it was drawn on any day, since what was parted from another
    keeps its place, and around its anchor. Of a piece of land most must lie there;
    other units, places, and anchors of what is not drawn may lie a little outside.
    """
    grounds = _Grounds(inventory)
    for feature in inventory.tables.features:
        yield from _part_faults(grounds, feature)
    for row in inventory.tables["places"]:
        chain = (row["region_id"], *grounds.above.get(row["region_id"], ()))
        yield from _far_from(grounds, row, ("lat", "lon"), chain)
    for row in inventory.tables["regions"]:
        if not grounds.is_drawn(row["id"]):
            chain = grounds.above.get(row["id"], ())
            yield from _far_from(grounds, row, ("anchor_lat", "anchor_lon"), chain)


def check_successors(inventory: Inventory) -> Iterator[Problem]:
    """Check that the ground of a piece of land that ends is drawn from that day on.

    A de-facto status of its region without a polity declares that it is not.
    """
    _, last = atlas_days(inventory.tables)
    pieces = [
        each
        for each in drawn(inventory)
        if each.feature.layer == _PIECES and _ground(each.feature) is not None
    ]
    gaps = _declared_gaps(inventory)
    tree = STRtree([ground for _, ground, _ in pieces])
    for feature, ground, span in pieces:
        end = span.end
        if end is None or end >= last or any(end in days for days in gaps[feature["region"]]):
            continue
        near = [pieces[i] for i in tree.query(ground, "intersects")]
        next_ones = shapely.union_all([other for _, other, days in near if end in days])
        lost = ground.difference(next_ones).area / ground.area
        if lost > _MOST_LOST:
            message = (
                f"from {end} on no piece covers {lost:.0%} of this one; draw what follows, or add "
                "a de-facto status without a polity to say that it is not shown"
            )
            yield feature.problem("end", "control-gap", message)


def _part_faults(grounds: _Grounds, feature: Feature) -> Iterator[Problem]:
    whole = grounds.nearest(grounds.above.get(feature["region"], ()))
    part = _ground(feature)
    if not whole or part is None:
        return
    ground, part = grounds.of(whole), grounds.placed(part)
    if feature.layer == _PIECES:
        if ground.contains(part):
            return
        share = part.intersection(ground).area / part.area
        anchor = grounds.anchors.get(whole)
        if share >= LEAST_SHARE or (anchor and part.intersects(anchor)):
            return
        message = f"lies on the ground of '{whole}' with {share:.0%} of it"
    else:
        km = 0.0 if ground.intersects(part) else grounds.km_to(whole, part)
        if km <= MOST_KM["unit"]:
            return
        message = f"lies {km:.0f} km from '{whole}'"
    message += f", of which '{feature['region']}' is part; draw it there, or correct part_of"
    yield feature.problem("geometry", "part-outside", message)


def _far_from(
    grounds: _Grounds, row: Row, columns: tuple[str, str], regions: tuple[str, ...]
) -> Iterator[Problem]:
    point, region = _point(row, *columns), grounds.nearest(regions)
    if point is None or not region:
        return
    km = grounds.km_to(region, grounds.placed(point))
    if km > MOST_KM["place"]:
        message = f"is {km:.0f} km from '{region}', in which it is said to be; correct one of them"
        yield row.problem(columns[0], "place-outside", message)


def _ground(feature: Feature) -> BaseGeometry | None:
    """Give what a feature covers; None where the rules of geometries have a fault to report."""
    drawn = feature.ground
    if drawn is None or not drawn.area:
        return None
    west, south, east, north = drawn.bounds
    return drawn if min(west + 180, south + 90, 180 - east, 90 - north) >= 0 else None


def _point(row: Row, lat: str, lon: str) -> Point | None:
    if not (NUMBER.fullmatch(row[lat]) and NUMBER.fullmatch(row[lon])):
        return None  # empty, or reported with the columns
    x, y = float(row[lon]), float(row[lat])
    return Point(x, y) if abs(x) <= 180 and abs(y) <= 90 else None


def _km(one: Point, other: Point) -> float:
    """Measure roughly; the limit is rough too."""
    across = (one.x - other.x) * math.cos(math.radians((one.y + other.y) / 2))
    return math.hypot(across, one.y - other.y) * _KM_PER_DEGREE


def _declared_gaps(inventory: Inventory) -> defaultdict[str, list[Timespan]]:
    """Map each region to the days on which it is said that nobody is known to hold it."""
    gaps: defaultdict[str, list[Timespan]] = defaultdict(list)
    for row in inventory.tables["statuses"]:
        nobody = row["dimension"] == CONTROL and not row["polity_id"]
        if nobody and (span := span_of(row)):
            gaps[row["region_id"]].append(span)
    return gaps
