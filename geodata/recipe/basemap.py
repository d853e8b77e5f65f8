"""The offline ground: land, lakes, rivers, neighbouring countries, towns, relief."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import shapely
from shapely import box
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_features, read_rows
from maps.build.write import collection, feature
from recipe.cells import Cells
from recipe.geometry import to_degrees, to_metres
from recipe.relief import FRAME, relief
from recipe.rivers import rivers
from recipe.surroundings import EXTENT, NEIGHBOURS

TOWNS = Path(__file__).with_name("towns.csv")
LAKE_TOLERANCE_M = 250.0

# Where a name reads well, lon and lat; no label: too little of it is on the map.
COUNTRY_LABELS = {
    "Georgia": (43.55, 42.12),
    "Iran": (47.45, 38.05),
    "Iraq": (43.75, 37.0),
    "Kazakhstan": None,
    "Russia": (45.30, 43.30),
    "Syria": None,
    "Turkey": (42.10, 39.45),
}
SEA_LABELS = {"Black Sea": (40.55, 42.35), "Caspian Sea": (50.60, 41.55)}
LAKE_LABELS = {
    "Lake Sevan": (45.33, 40.34),
    "Mingachevir Reservoir": (46.75, 40.92),
    "Lake Urmia": (45.45, 37.70),
    "Lake Van": (42.95, 38.63),
}


def basemap_files(raw: Path, cells: Cells) -> dict[str, bytes]:
    """Make every file of `basemap/`."""
    land = to_degrees(cells.union([name for name in cells.shapes if name != "sea"]))
    contents = {
        "land": [feature(land, {"name_en": "Land"})],
        "water": waters(raw),
        "rivers": rivers(raw, cells),
        "neighbours": neighbours(cells),
        "towns": towns(raw),
    }
    index = {
        "relief": "relief.webp",
        "relief_extent": [FRAME.west, FRAME.south, FRAME.east, FRAME.north],
        **{part: f"{part}.geojson" for part in contents},
    }
    files = {f"basemap/{part}.geojson": collection(rows) for part, rows in contents.items()}
    files["basemap/relief.webp"] = relief(raw, land)
    files["basemap/basemap.json"] = (json.dumps(index, indent=2) + "\n").encode()
    return files


def waters(raw: Path) -> list[dict[str, Any]]:
    """Give the lakes as polygons, and the seas as names without geometry.

    The sea is what the land leaves free.
    """
    lakes = []
    for lake in read_features(raw / "ne-lakes.geojson.gz"):
        simple = to_degrees(to_metres(lake.geometry).simplify(LAKE_TOLERANCE_M))
        if not simple.within(box(*EXTENT)):
            continue
        names = [name for name, at in LAKE_LABELS.items() if simple.intersects(Point(at))]
        properties = _named(names[0], LAKE_LABELS[names[0]]) if names else {}
        lakes.append(feature(simple, {"kind": "lake", **properties}))
    seas: list[dict[str, Any]] = [
        {"type": "Feature", "properties": {"kind": "sea", **_named(name, at)}, "geometry": None}
        for name, at in SEA_LABELS.items()
    ]
    return lakes + seas


def neighbours(cells: Cells) -> list[dict[str, Any]]:
    """Give the land borders around the atlas, each line once, by country.

    Borders between Armenia and Azerbaijan are boundaries of the atlas, not ground.
    """
    core = cells.union(["azerbaijan", "armenia"])
    countries = {"Georgia": cells.shapes["georgia"]}
    countries |= {name: cells.shapes[name.lower()] for name in NEIGHBOURS}
    drawn = [core]
    features = []
    for name, shape in countries.items():
        shared = [shape.boundary.intersection(other.boundary) for other in drawn]
        drawn.append(shape)
        lines = _lines(shapely.union_all(shared))
        label = COUNTRY_LABELS[name]
        properties = _named(name, label) if label else {"name_en": name}
        if not lines.is_empty:
            features.append(feature(to_degrees(lines), properties))
    return features


def _lines(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape).tolist() if part.geom_type == "LineString"]
    return shapely.line_merge(shapely.union_all(parts))


def _named(name: str, label: tuple[float, float]) -> dict[str, Any]:
    return {"name_en": name, "label": list(label)}


def towns(raw: Path) -> list[dict[str, Any]]:
    """Give the towns of `towns.csv`, the important ones (rank 1) first."""
    known = {row["geonameid"]: row for row in read_rows(raw / "geonames-towns.csv.gz")}
    with TOWNS.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    features = []
    for town in sorted(listed, key=lambda town: int(town["rank"])):
        place = known.get(town["geonameid"])
        lon = float(place["longitude"] if place else town["lon"])
        lat = float(place["latitude"] if place else town["lat"])
        names = {key: name for key, name in town.items() if key.startswith("name_") and name}
        properties = {**names, "rank": int(town["rank"])}
        features.append(feature(Point(lon, lat), properties))
    return features
