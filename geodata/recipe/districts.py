"""Republics and districts: from the extracts to rough cells in metres."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_features
from maps.errors import BuildFailed
from recipe import lines
from recipe.coverage import merged_crumbs
from recipe.geometry import (
    area,
    chained,
    cut,
    filled,
    line,
    polygons,
    to_degrees,
    to_metres,
    union,
)  # fmt: skip

# Upstream labels of these units are mixed up (Lachin is called Lankaran), the
# codes are not: adm1_code of Natural Earth.
SOVIET_RAYONS = {
    "kelbajar": "AZE-1682",
    "lachin": "AZE-1735",
    "qubadli": "AZE-1736",
    "zangilan": "AZE-1740",
    "jabrayil": "AZE-1699",
    "fuzuli": "AZE-1702",
    "aghdam": "AZE-1691",
}
TARTAR, GORANBOY = "AZE-1738", "AZE-1681"
KHOJALY, STEPANAKERT, KHOJAVEND = "AZE-1739", "AZE-4838", "AZE-1734"
SHUSHA, SHUSHA_TOWN = "AZE-1737", "AZE-5565"
SINCE_1991 = (KHOJALY, STEPANAKERT, KHOJAVEND, SHUSHA, SHUSHA_TOWN)
SYUNIK = "ARM-1732"
# Outside the districts drawn as cells: for areas that are only named in the sources.
OUTER_RAYONS = {
    "goranboy-rest": GORANBOY,
    "barda": "AZE-1696",
    "aghjabadi": "AZE-1722",
    "beylagan": "AZE-1697",
}

DETACHED_KM2 = 3.0  # a detached piece of a district below this is no exclave
NKAO_DISTRICTS = ("martakert", "askeran", "martuni", "hadrut", "shusha-district")


@dataclass(frozen=True)
class Upstream:
    """What the extracts hold, in metres."""

    azerbaijan: BaseGeometry
    armenia: BaseGeometry
    georgia: BaseGeometry
    nkao: Polygon
    ceasefire: list[LineString]
    units: dict[str, BaseGeometry]  # rayons and marzes by adm1_code


def upstream(raw: Path) -> Upstream:
    """Read the extracts and chain the NKAO's outline from its nine lines."""
    zones = _joined(raw / "tz-republics.geojson.gz", "TZID")
    borders = read_features(raw / "ne-disputed-lines.geojson")

    def lines_named(word: str) -> list[LineString]:
        found = [b.geometry for b in borders if word in b.properties["name"]]
        return [to_metres(part) for shape in found for part in shapely.get_parts(shape).tolist()]

    azerbaijan = zones["Asia/Baku"].difference(area(lines.SPUR_AT_46_EAST))
    armenia = zones["Asia/Yerevan"].difference(azerbaijan)
    return Upstream(
        azerbaijan=azerbaijan,
        armenia=armenia,
        georgia=zones["Asia/Tbilisi"].difference(union([armenia, azerbaijan])),
        nkao=Polygon(chained(lines_named("USSR oblast"))).buffer(0),
        ceasefire=lines_named("Ceasefire"),
        units=_joined(raw / "ne-admin1.geojson.gz", "adm1_code"),
    )


def _joined(extract: Path, key: str) -> dict[str, BaseGeometry]:
    """Read features in metres, those with the same value of ``key`` as one."""
    shapes: dict[str, list[BaseGeometry]] = {}
    for feature in read_features(extract):
        shapes.setdefault(feature.properties[key], []).append(to_metres(feature.geometry))
    return {name: union(parts) for name, parts in shapes.items()}


def rough_districts(source: Upstream) -> dict[str, BaseGeometry]:
    """Give every cell below the republics, first those that win an overlap."""
    soviet = {
        code: unit.difference(source.nkao)
        for code, unit in source.units.items()
        if code.startswith("AZE") and code not in SINCE_1991
    }
    outside = filled(union([source.azerbaijan.difference(source.nkao)]), soviet)
    rayons = _in_one_piece(
        {name: outside[code] for name, code in SOVIET_RAYONS.items()}, across=outside[TARTAR]
    )
    shahumyan = outside[GORANBOY].intersection(area(lines.SHAHUMYAN))
    marzes = {code: unit for code, unit in source.units.items() if code.startswith("ARM")}
    syunik = filled(source.armenia, marzes)[SYUNIK]
    return {
        **nkao_districts(source),
        **rayons,
        "shahumyan": polygons(shahumyan)[0],
        "nakhichevan": nakhichevan(source.azerbaijan),
        "zangezur": syunik,
    }


def outer_rayons(source: Upstream, rest: BaseGeometry) -> dict[str, BaseGeometry]:
    """Give today's rayons of `OUTER_RAYONS` in ``rest``, the cell of all that is no district."""
    soviet = set(SOVIET_RAYONS.values())
    today = {
        code: unit
        for code, unit in source.units.items()
        if code.startswith("AZE") and code not in soviet and code not in SINCE_1991
    }
    shares = filled(rest, today)
    return {name: polygons(shares[code])[0] for name, code in OUTER_RAYONS.items()}


def _in_one_piece(rayons: dict[str, BaseGeometry], across: BaseGeometry) -> dict[str, BaseGeometry]:
    """Give what the oblast cuts off a later rayon to the Soviet rayon it borders on.

    Today's Kalbajar and Tartar (``across``) reach over the former oblast; the
    Soviet rayons did not.
    """
    whole = {name: polygons(shape)[0] for name, shape in rayons.items()}
    rest = [part for shape in [*rayons.values(), across] for part in polygons(shape)[1:]]
    return filled(union([*whole.values(), *rest]), whole)


def nakhichevan(azerbaijan: BaseGeometry) -> Polygon:
    """Pick the part of Azerbaijan south-west of Armenia."""
    for part in polygons(azerbaijan):
        centre = to_degrees(part.centroid)
        if centre.x < 46.2 and centre.y < 39.95:
            return part
    raise BuildFailed("tz-republics: no part of Azerbaijan lies where Nakhichevan is")


def nkao_districts(source: Upstream) -> dict[str, BaseGeometry]:
    """Divide the oblast along the later rayons and two lines drawn by hand."""
    unit = source.units
    north_of_aghdam = [
        part
        for part in polygons(unit[SOVIET_RAYONS["aghdam"]].intersection(source.nkao))
        if to_degrees(part.centroid).y > lines.MARDAKERT_SOUTH_LAT
    ]
    rough = filled(
        source.nkao,
        {
            "martakert": union(
                [unit[SOVIET_RAYONS["kelbajar"]], unit[TARTAR], unit[GORANBOY], *north_of_aghdam]
            ),
            "shusha-district": union([unit[SHUSHA], unit[SHUSHA_TOWN]]),
            "askeran": union([unit[KHOJALY], unit[STEPANAKERT]]),
            "south": unit[KHOJAVEND],
        },
    )
    rest = union([rough["askeran"], rough["south"]])
    north, south = _sides(rest, lines.MARTUNI_HADRUT)
    west, east = _halves(north, rough["askeran"])
    districts = {
        "martakert": rough["martakert"],
        "shusha-district": rough["shusha-district"],
        "askeran": west,
        "martuni": east,
        "hadrut": south,
    }
    # A corner that the later rayon cuts off from Shusha lies between Hadrut and Jabrayil.
    return merged_crumbs(districts, DETACHED_KM2)


def _sides(shape: BaseGeometry, points: list[tuple[float, float]]) -> tuple[BaseGeometry, ...]:
    """Cut along a west-east line; give the northern and the southern part."""
    divider = line(points)
    north: list[Polygon] = []
    south: list[Polygon] = []
    for piece in cut(shape, divider):
        inner = piece.representative_point()
        nearest = divider.interpolate(divider.project(inner))
        (north if inner.y > nearest.y else south).append(piece)
    return union(north), union(south)


def _halves(shape: BaseGeometry, askeran: BaseGeometry) -> tuple[BaseGeometry, ...]:
    """Cut along the Askeran-Martuni line; a piece mostly in Khojaly is Askeran's."""
    west: list[Polygon] = []
    east: list[Polygon] = []
    for piece in cut(shape, line(lines.ASKERAN_MARTUNI)):
        mostly = piece.intersection(askeran).area > piece.area / 2
        (west if mostly else east).append(piece)
    return union(west), union(east)
