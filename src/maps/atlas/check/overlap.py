"""The rule that no two boundaries of one layer or one colouring cover the same ground at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
import shapely
from shapely import STRtree
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from maps.atlas.check.geography import Drawn, drawn
from maps.atlas.check.inventory import Inventory
from maps.atlas.model import BY_TELLER, SCHEMATIC
from maps.errors import Problem

OVERLAP = "boundary-overlap"
# Lines simplified on their own may cross by slivers; a village is about 1 km².
TOLERANCE_KM2 = 1.0
# A longer sliver is no wider than the lines may lie off, and next to nothing of either ground.
LINE_OFFSET_KM = {"adapted": 1.0, "approximate": 2.5, SCHEMATIC: 5.0}
_SLIVER_SHARE = 0.05
_KM_PER_DEGREE = 111.32  # of latitude; good to 0.6 %, which a tolerance forgives

# The pieces of land are coloured by what is said of them, not by their layer.
_PIECES = "control"
_OUTLINE_ONLY = -1
_INSIDES_MEET = "T********"  # of the matrix by which DE-9IM relates two geometries


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
        return not is_rough or _PIECES in (feature.layer for feature in features)


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
    settled = [
        each for each in drawn(inventory) if each.feature.properties.get("contested") is not True
    ]
    offsets = _offsets(inventory)
    grounds = np.array([one.ground for one in settled], dtype=object)  # none are geometries, too
    near = STRtree(grounds).query(grounds).T.tolist()
    may_not = _forbidden(inventory, settled)
    pairs = np.array([pair for pair in sorted(near) if may_not(*pair)], dtype=int).reshape(-1, 2)
    # Neighbours that share no more than a line are most of them.
    meet = shapely.relate_pattern(grounds[pairs[:, 0]], grounds[pairs[:, 1]], _INSIDES_MEET)
    for one, other in ((settled[left], settled[right]) for left, right in pairs[meet].tolist()):
        shared = one.ground.intersection(other.ground)
        area_km2 = _area_km2(shared)
        if area_km2 > TOLERANCE_KM2 and not _is_sliver(shared, one, other, offsets):
            yield Overlap(one, other, area_km2)


def _forbidden(inventory: Inventory, settled: list[Drawn]) -> Callable[[int, int], bool]:
    """Give what tells whether two boundaries, the earlier first, must not overlap."""
    above = inventory.above
    together = _coloured_together(inventory)

    def forbidden(left: int, right: int) -> bool:
        if left >= right or not settled[left].span.overlaps(settled[right].span):
            return False
        one, other = settled[left].feature, settled[right].feature
        regions = one["region"], other["region"]
        if regions[0] == regions[1]:
            return False  # a fault in time, told elsewhere
        if one.layer == other.layer:
            return True
        parted = regions[0] not in above[regions[1]] and regions[1] not in above[regions[0]]
        return parted and frozenset((one.layer, other.layer)) in together

    return forbidden


def _offsets(inventory: Inventory) -> Mapping[str, float]:
    """Give how far a line of each precision may lie off, in km, as the atlas says it."""
    if "settings" not in inventory.whole:
        return LINE_OFFSET_KM
    said: Mapping[str, float] = inventory.tables.settings.values.get("line_offset_km", {})
    return said or LINE_OFFSET_KM


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


def _coloured_together(inventory: Inventory) -> frozenset[frozenset[str]]:
    """Pair the layers that some mode colours on one map, each by its own hue.

    In a legal mode the units around the pieces are lines without a colour.
    """
    if "settings" not in inventory.whole:
        return frozenset()
    values = inventory.tables.settings.values
    coloured = {entry["id"] for entry in values["layers"] if entry["hue"] != _OUTLINE_ONLY}
    return frozenset(
        frozenset(pair)
        for mode in values["modes"]
        if mode["colour_by"] not in BY_TELLER
        for pair in combinations(sorted(coloured.intersection(mode["layers"]) - {_PIECES}), 2)
    )


def _area_km2(shared: BaseGeometry) -> float:
    if shared.is_empty:
        return 0.0
    middle = (shared.bounds[1] + shared.bounds[3]) / 2
    return float(shared.area) * _KM_PER_DEGREE**2 * math.cos(math.radians(middle))
