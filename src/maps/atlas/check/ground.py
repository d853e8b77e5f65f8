"""Rules for ground: none is covered twice at once, a part lies in its whole, no piece is lost."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Point, STRtree
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from maps.atlas.check.geography import Drawn, drawn, extent_of
from maps.atlas.check.inventory import Inventory, atlas_days, by_key, span_of
from maps.atlas.check.settings import PIECES
from maps.atlas.load import Feature, Row
from maps.atlas.longitudes import shape_near
from maps.atlas.model import BY_TELLER, CONTROL, SCHEMATIC
from maps.atlas.model.columns import NUMBER
from maps.errors import Problem

OVERLAP = "boundary-overlap"
# Lines simplified on their own may cross by slivers; a village is about 1 km².
TOLERANCE_KM2 = 1.0
# A longer sliver is no wider than the lines may lie off, and next to nothing of either ground.
LINE_OFFSET_KM = {"adapted": 1.0, "approximate": 2.5, SCHEMATIC: 5.0}
_SLIVER_SHARE = 0.05
_KM_PER_DEGREE = 111.32  # of latitude; good to 0.6 %, which a tolerance forgives
_OUTLINE_ONLY = -1
_INSIDES_MEET = "T********"  # of the matrix by which DE-9IM relates two geometries
# Of a piece of land half may lie beside the whole: lines are coarse and were moved.
# A town may lie as far outside as coarse lines are off, a unit as an island of it does.
LEAST_SHARE = 0.5
MOST_KM = {"place": 50.0, "unit": 120.0}
_MOST_LOST = 0.05  # of a piece of land, between its own last line and the next one


class Overlap(NamedTuple):
    """Two boundaries that cover the same ground on the same days, the later one second."""

    one: Drawn
    other: Drawn
    area_km2: float

    @property
    def is_fault(self) -> bool:
        """Whether it is one: two schematic outlines only say where, unless control parts them."""
        features = self.one.feature, self.other.feature
        is_rough = all(feature["precision"] == SCHEMATIC for feature in features)
        return not is_rough or PIECES in (feature.layer for feature in features)


def check_overlaps(inventory: Inventory) -> Iterator[Problem]:
    """Check the boundaries of each layer, and those that one mode colours."""
    for overlap in overlaps(inventory):
        if overlap.is_fault:
            beside, feature = overlap.one.feature, overlap.other.feature
            where = f"row {beside.position}" if beside.file == feature.file else beside.file
            message = (
                f"covers {overlap.area_km2:.0f} km² that '{beside['id']}' ({where}) covers on the "
                "same days; part them, or mark one as contested"
            )
            yield feature.problem("geometry", OVERLAP, message)


def overlaps(inventory: Inventory) -> Iterator[Overlap]:
    """Find what covers ground of another, by more than the precision of lines explains.

    A boundary marked contested may overlap any other. Across layers a region may
    lie inside one it is part of: the map then leaves the ground to the larger one.
    """
    settled = [d for d in drawn(inventory) if d.feature.properties.get("contested") is not True]
    grounds = np.array([one.ground for one in settled], dtype=object)  # none are geometries, too
    near = sorted(STRtree(grounds).query(grounds).T.tolist())
    together = _coloured_together(inventory)
    found = [
        (left, right)
        for left, right in near
        if left < right and _may_not_overlap(inventory, settled[left], settled[right], together)
    ]
    pairs = np.array(found, dtype=int).reshape(-1, 2)
    # Neighbours that share no more than a line are most of them.
    meet = shapely.relate_pattern(grounds[pairs[:, 0]], grounds[pairs[:, 1]], _INSIDES_MEET)
    offsets = LINE_OFFSET_KM
    if "settings" in inventory.whole:
        offsets = inventory.tables.settings.values.get("line_offset_km") or LINE_OFFSET_KM
    for one, other in ((settled[left], settled[right]) for left, right in pairs[meet].tolist()):
        shared = one.ground.intersection(other.ground)
        area_km2 = _area_km2(shared)
        if area_km2 > TOLERANCE_KM2 and not _is_sliver(shared, one, other, offsets):
            yield Overlap(one, other, area_km2)


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
        try:
            TopologicalSorter({id: row.parts(column) for id, row in rows.items()}).prepare()
        except CycleError as error:
            # graphlib gives the cycle with its first node repeated at the end.
            ring = list(reversed(error.args[1]))
            message = f"leads back to itself ({' → '.join(ring)}); take one link out"
            yield rows[ring[0]].problem(column, "region-cycle", message)


def check_parts(inventory: Inventory) -> Iterator[Problem]:
    """Check that boundaries, places and anchors lie where the region is that they are part of.

    A region lies where it was drawn on any day, since what was parted from another
    keeps its place, and around its anchor. Of a piece of land most must lie there;
    other units, places, and anchors of what is not drawn may lie a little outside.
    """
    grounds = _Grounds(inventory)
    for feature in inventory.tables.features:
        yield from _part_faults(grounds, feature)
    located = [
        (row, ("lat", "lon"), (row["region_id"], *grounds.above.get(row["region_id"], ())))
        for row in inventory.tables["places"]
    ] + [
        (row, ("anchor_lat", "anchor_lon"), grounds.above.get(row["id"], ()))
        for row in inventory.tables["regions"]
        if row["id"] not in grounds.drawn
    ]
    for row, columns, chain in located:
        point, region = _point(row, *columns), grounds.nearest(chain)
        km = grounds.km_to(region, grounds.placed(point)) if point and region else 0.0
        if km > MOST_KM["place"]:
            message = f"is {km:.0f} km from '{region}', in which it is said to be"
            yield row.problem(columns[0], "place-outside", f"{message}; correct one of them")


def check_successors(inventory: Inventory) -> Iterator[Problem]:
    """Check that the ground of a piece of land that ends is drawn from that day on.

    A de-facto status of its region without a polity declares that it is not.
    """
    _, last = atlas_days(inventory.tables)
    of_nobody = by_key(
        (row["region_id"], days)
        for row in inventory.tables["statuses"]
        if row["dimension"] == CONTROL and not row["polity_id"] and (days := span_of(row))
    )
    pieces = [d for d in drawn(inventory) if d.feature.layer == PIECES and _ground(d.feature)]
    tree = STRtree([ground for _, ground, _ in pieces])
    for feature, ground, span in pieces:
        end = span.end
        if end is None or end >= last or any(end in days for days in of_nobody[feature["region"]]):
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


def _may_not_overlap(
    inventory: Inventory, one: Drawn, other: Drawn, together: frozenset[frozenset[str]]
) -> bool:
    here, there = one.feature["region"], other.feature["region"]
    if here == there or not one.span.overlaps(other.span):
        return False  # two of one region on one day are a fault in time, told elsewhere
    if one.feature.layer == other.feature.layer:
        return True
    parted = here not in inventory.above[there] and there not in inventory.above[here]
    return parted and frozenset((one.feature.layer, other.feature.layer)) in together


def _coloured_together(inventory: Inventory) -> frozenset[frozenset[str]]:
    """Pair the layers that some mode colours on one map, each by its own hue.

    The pieces of land are coloured by what is said of them, not by their layer. In a legal
    mode the units around the pieces are lines without a colour.
    """
    if "settings" not in inventory.whole:
        return frozenset()
    values = inventory.tables.settings.values
    coloured = {entry["id"] for entry in values["layers"] if entry["hue"] != _OUTLINE_ONLY}
    return frozenset(
        frozenset(pair)
        for mode in values["modes"]
        if mode["colour_by"] not in BY_TELLER
        for pair in combinations(sorted(coloured.intersection(mode["layers"]) - {PIECES}), 2)
    )


def _is_sliver(
    shared: BaseGeometry, one: Drawn, other: Drawn, offsets: Mapping[str, float]
) -> bool:
    """Tell whether shared ground is a strip that the precision of the lines explains."""
    smaller = min(_area_km2(one.ground), _area_km2(other.ground))
    if _area_km2(shared) > _SLIVER_SHARE * smaller:
        return False
    middle = math.radians((shared.bounds[1] + shared.bounds[3]) / 2)
    in_km = scale(shared, _KM_PER_DEGREE * math.cos(middle), _KM_PER_DEGREE, origin=(0.0, 0.0, 0.0))
    off = max(offsets.get(each.feature["precision"], 0.0) for each in (one, other))
    return bool(in_km.buffer(-off / 2).is_empty)  # nowhere wider than that


def _area_km2(shared: BaseGeometry) -> float:
    if shared.is_empty:
        return 0.0
    middle = (shared.bounds[1] + shared.bounds[3]) / 2
    return float(shared.area) * _KM_PER_DEGREE**2 * math.cos(math.radians(middle))


class _Grounds:
    """Where each region lies: its boundaries of all days and layers, and its anchor."""

    def __init__(self, inventory: Inventory) -> None:
        self._extent = extent_of(inventory)
        # What is part of itself lies nowhere; that it is so is told elsewhere.
        self.above = {id: up for id, up in inventory.above.items() if id not in up}
        self._united: dict[str, BaseGeometry] = {}
        self.drawn = by_key(
            (feature["region"], self.placed(ground))
            for feature in inventory.tables.features
            if (ground := _ground(feature))
        )
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
        return next((id for id in regions if id in self.drawn), "")

    def of(self, region: str) -> BaseGeometry:
        """Give the ground of a region that is drawn."""
        if region not in self._united:
            drawn = self.drawn[region]
            self._united[region] = drawn[0] if len(drawn) == 1 else shapely.union_all(drawn)
            shapely.prepare(self._united[region])
        return self._united[region]

    def km_to(self, region: str, what: BaseGeometry) -> float:
        """Measure, roughly as the limit is, to the ground of a region or to its anchor."""
        grounds = [self.of(region), *([self.anchors[region]] if region in self.anchors else [])]
        found: list[float] = []
        for one, other in (nearest_points(ground, what) for ground in grounds):
            across = (one.x - other.x) * math.cos(math.radians((one.y + other.y) / 2))
            found.append(math.hypot(across, one.y - other.y) * _KM_PER_DEGREE)
        return min(found)


def _part_faults(grounds: _Grounds, feature: Feature) -> Iterator[Problem]:
    whole = grounds.nearest(grounds.above.get(feature["region"], ()))
    part = _ground(feature)
    if not whole or part is None:
        return
    ground, part = grounds.of(whole), grounds.placed(part)
    if feature.layer == PIECES:
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
