"""The smallest pieces of the map as one coverage; everything else is a union of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from recipe.coverage import merged_crumbs, partition, simplified
from recipe.districts import Upstream, outer_rayons, rough_districts, upstream
from recipe.geometry import EMPTY, polygons, to_metres, union
from recipe.surroundings import surroundings
from recipe.zones import zone_of_1994, zone_of_2020

SLIVER_KM2 = 0.3  # gaps and crumbs of the overlay below this are no territory
UNIT_KM2 = 3.0  # a control unit is at least this large
TOLERANCE_M = 130.0
FAR_TOLERANCE_M = 450.0  # lines that no district lies at
FAR = (
    "azerbaijan-rest", "armenia-rest", "georgia",
    "iran", "iraq", "kazakhstan", "russia", "syria", "turkey", "sea",
)  # fmt: skip

ZONED = (
    "martakert", "askeran", "martuni", "hadrut", "shusha-district",
    "kelbajar", "lachin", "qubadli", "zangilan", "jabrayil", "fuzuli", "aghdam",
)  # fmt: skip
# Entirely under Armenian control in 1994; the upstream ceasefire line says so too.
ENTIRELY_INSIDE_1994 = ("kelbajar", "lachin", "qubadli", "zangilan", "jabrayil")
LEFT_AFTER_2020 = "lachin-corridor"
# Exclaves, each with the cell it is a part of and a point inside: other hands held them than the
# rest. Karki / Tigranashen is missing upstream.
EXCLAVES = {
    "artsvashen": ("armenia-rest", Point(45.51, 40.64)),
    "askipara": ("azerbaijan-rest", Point(45.01, 41.08)),
    "barkhudarli": ("azerbaijan-rest", Point(45.20, 40.99)),
}
# Varanda is known by one village; the circle says about where it was, and no more.
TAGHAVARD = Point(46.920, 39.668)
VARANDA_RADIUS_M = 12_000.0


@dataclass(frozen=True)
class Cells:
    """Pieces of one coverage in metres, and the district each is a part of.

    ``inside`` are parts of cells, for areas whose lines nothing else follows.
    """

    shapes: dict[str, BaseGeometry]
    district: dict[str, str]
    inside: dict[str, BaseGeometry]

    def named(self, name: str) -> list[str]:
        """List the cells a name stands for: one cell, a district, or a group."""
        if name in self.shapes or name in self.inside:
            return [name]
        members = [cell for cell, district in self.district.items() if district == name]
        return members or [cell for part in GROUPS[name] for cell in self.named(part)]

    def union(self, names: list[str]) -> BaseGeometry:
        """Join cells, regions made of cells, or groups of these."""
        every = self.shapes | self.inside
        return union(every[cell] for name in names for cell in self.named(name))


GROUPS = {
    "nkao": ("martakert", "askeran", "martuni", "hadrut", "shusha-district"),
    "azerbaijan": (
        *ZONED,
        "shahumyan",
        "nakhichevan",
        "azerbaijan-rest",
        "askipara",
        "barkhudarli",
    ),
    "armenia": ("zangezur", "armenia-rest", "artsvashen"),
    "transcaucasia": ("azerbaijan", "armenia", "georgia"),
}


def cells_of(raw: Path) -> Cells:
    """Make the coverage from the extracts."""
    source = upstream(raw)
    rough = _overlaid(source)
    rough |= surroundings(raw, union(rough.values()))
    district = {name: _district(name) for name in rough}
    covered = partition(rough, SLIVER_KM2)
    family = {name: home for name, home in district.items() if home in ZONED}
    merged = merged_crumbs(covered, UNIT_KM2, family)
    close = simplified(merged, TOLERANCE_M)
    far = simplified({name: close[name] for name in FAR}, FAR_TOLERANCE_M, keep_outline=True)
    shapes = _with_exclaves(close | far)
    cells = Cells(shapes, {name: _district(name) for name in shapes}, {})
    around_taghavard = to_metres(TAGHAVARD).buffer(VARANDA_RADIUS_M)
    inside = {
        **outer_rayons(source, cells.shapes["azerbaijan-rest"]),
        "around-taghavard": cells.union(["nkao"]).intersection(around_taghavard),
    }
    return replace(cells, inside=inside)


def _with_exclaves(shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Set the exclaves apart from the cells they are a part of."""
    apart = dict(shapes)
    for name, (whole, point) in EXCLAVES.items():
        pieces = polygons(apart[whole])
        exclave = next(piece for piece in pieces if piece.contains(to_metres(point)))
        apart[name] = exclave
        apart[whole] = union(piece for piece in pieces if piece is not exclave)
    return apart


def _overlaid(source: Upstream) -> dict[str, BaseGeometry]:
    """Cut the districts along the two zones of control and add the rest."""
    districts = rough_districts(source)
    zone_1994 = zone_of_1994(source, districts)
    zone_2020 = zone_of_2020(source, districts, zone_1994)
    pieces: dict[str, BaseGeometry] = {}
    for name, shape in districts.items():
        if name in ZONED:
            inside = shape if name in ENTIRELY_INSIDE_1994 else shape.intersection(zone_1994)
            lasting = LEFT_AFTER_2020 if name == "lachin" else f"{name}-until-2023"
            pieces[lasting] = inside.intersection(zone_2020)
            pieces[f"{name}-until-2020"] = inside.difference(zone_2020)
            pieces[f"{name}-beyond-1994"] = shape.difference(inside)
        else:
            pieces[name] = shape
    wholes = {
        "azerbaijan-rest": source.azerbaijan,
        "armenia-rest": source.armenia,
        "georgia": source.georgia,
    }
    areas = {name: union([shape]) for name, shape in {**pieces, **wholes}.items()}
    return {name: shape for name, shape in areas.items() if shape != EMPTY and not shape.is_empty}


def _district(cell: str) -> str:
    """Name the district a cell is a part of; a cell that is none is its own."""
    if cell == LEFT_AFTER_2020:
        return "lachin"
    for ending in ("-until-2023", "-until-2020", "-beyond-1994"):
        cell = cell.removesuffix(ending)
    return cell
