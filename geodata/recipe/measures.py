"""Measuring the committed boundaries: areas, published figures, settlements."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_rows
from recipe.geometry import area_km2, to_metres

SETTLEMENTS = Path(__file__).with_name("settlements.csv")
NAKHCHIVAN, SYUNIK = "35", "08"  # first-level codes of GeoNames (FIPS 10-4)
SEVEN_RAYONS = ("kelbajar", "lachin", "qubadli", "zangilan", "jabrayil", "fuzuli", "aghdam")


@dataclass(frozen=True)
class Measured:
    """One boundary as committed."""

    id: str
    region: str
    layer: str
    precision: str
    geometry: BaseGeometry  # EPSG:4326
    km2: float
    vertices: int


@dataclass(frozen=True)
class Published:
    """A published area and who gives it."""

    figure: str
    km2: float
    dated: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """Where a settlement ought to lie, and how far outside it does (0: inside)."""

    name: str
    wanted: str
    off_km: float


def measured(atlas_dir: Path) -> list[Measured]:
    """Measure every boundary, layer by layer."""
    found = []
    for path in sorted((atlas_dir / "boundaries").glob("*.geojson")):
        for row in json.loads(path.read_bytes())["features"]:
            geometry = shape(row["geometry"])
            properties = row["properties"]
            found.append(
                Measured(
                    id=properties["id"],
                    region=properties["region"],
                    layer=path.stem,
                    precision=properties["precision"],
                    geometry=geometry,
                    km2=area_km2(geometry),
                    vertices=int(shapely.get_num_coordinates(geometry)),
                )
            )
    return found


def published_areas(atlas_dir: Path, measure: str = "area") -> dict[str, list[Published]]:
    """Read the published areas of each region from `figures.csv`, in its order.

    ``measure`` is ``area`` for the whole region, ``area-held`` for the part of a
    district under Armenian control from 1994.
    """
    sources: dict[str, list[str]] = {}
    for row in _rows(atlas_dir / "citations.csv"):
        if row["figure_id"]:
            sources.setdefault(row["figure_id"], []).append(row["source_id"])
    areas: dict[str, list[Published]] = {}
    for row in _rows(atlas_dir / "figures.csv"):
        if row["measure"] == measure and row["unit"] == "km2":
            origin = tuple(sources.get(row["id"], ()))
            figure = Published(row["id"], float(row["value"]), row["date_text"], origin)
            areas.setdefault(row["region_id"], []).append(figure)
    return areas


def settlement_findings(atlas_dir: Path) -> dict[str, list[Finding]]:
    """Look where settlements lie, rule by rule."""
    towns = read_rows(atlas_dir / "raw" / "geonames-towns.csv.gz")
    shapes = {row.id: to_metres(row.geometry) for row in measured(atlas_dir)}
    by_id = {town["geonameid"]: town for town in towns}

    def finding(town: dict[str, str], wanted: str) -> Finding:
        at = to_metres(Point(float(town["longitude"]), float(town["latitude"])))
        return Finding(town["name"], wanted, round(at.distance(shapes[wanted]) / 1000, 1))

    def among(country: str, code: str, wanted: str) -> list[Finding]:
        return [
            finding(town, wanted)
            for town in towns
            if town["countrycode"] == country and code in ("", town["admin1code"])
        ]

    return {
        "Settlements of Armenia lie in `armenia`": among("AM", "", "armenia"),
        "Settlements of Azerbaijan lie in `azerbaijan`": among("AZ", "", "azerbaijan"),
        "Settlements of the Nakhchivan Autonomous Republic lie in `nakhichevan-assr`": among(
            "AZ", NAKHCHIVAN, "nakhichevan-assr"
        ),
        "Settlements of Syunik lie in `zangezur`": among("AM", SYUNIK, "zangezur"),
        "Settlements around the former oblast lie in the control unit of `settlements.csv`": [
            finding(by_id[row["geonameid"]], row["unit"]) for row in _rows(SETTLEMENTS)
        ],
    }


def _rows(path: Path) -> Iterable[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
