"""The rule that no two boundaries of one layer cover the same ground on one day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from maps.errors import DateUnreadable, Problem
from maps.load import Feature
from maps.model import Timespan
from maps.validate.inventory import Inventory
from maps.validate.spans import dated

# Lines simplified on their own may cross by slivers; a village is about 1 km².
TOLERANCE_KM2 = 1.0
_KM_PER_DEGREE = 111.32  # of latitude; good to 0.6 %, which a tolerance forgives

Drawn = tuple[Feature, BaseGeometry, Timespan]


def check_overlaps(inventory: Inventory) -> Iterator[Problem]:
    """Check each layer; a boundary marked contested may overlap its neighbours."""
    layers: dict[str, list[Drawn]] = defaultdict(list)
    for feature in inventory.tables.features:
        geometry = feature.geometry
        settled = feature.properties.get("contested") is not True
        if settled and geometry is not None and geometry.is_valid:
            try:
                layers[feature.layer].append((feature, geometry, dated(feature)[0]))
            except DateUnreadable:
                continue  # reported with the days
    for drawn in layers.values():
        yield from _layer_overlaps(drawn)


def _layer_overlaps(drawn: list[Drawn]) -> Iterator[Problem]:
    geometries = [geometry for _, geometry, _ in drawn]
    pairs = STRtree(geometries).query(geometries, "intersects").T
    for left, right in sorted((int(one), int(other)) for one, other in pairs):
        (one, ground, span), (other, covered, later) = drawn[left], drawn[right]
        same_region = one["region"] == other["region"]  # a fault in time, told elsewhere
        if left >= right or same_region or not span.overlaps(later):
            continue
        area_km2 = _area_km2(ground.intersection(covered))
        if area_km2 > TOLERANCE_KM2:
            message = (
                f"covers {area_km2:.0f} km² that '{one['id']}' (row {one.position}) covers on the "
                "same days; part them, or mark one as contested"
            )
            yield other.problem("geometry", "boundary-overlap", message)


def _area_km2(shared: BaseGeometry) -> float:
    if shared.is_empty:
        return 0.0
    middle = (shared.bounds[1] + shared.bounds[3]) / 2
    return float(shared.area) * _KM_PER_DEGREE**2 * math.cos(math.radians(middle))
