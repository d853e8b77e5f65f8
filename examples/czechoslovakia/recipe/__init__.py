"""Boundaries and ground of the example, from one extract of Natural Earth.

The line between the two republics and the outer border are today's; the outline
of the federation is the two joined, so that their edges are shared.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_features
from maps.build.write import collection, feature, rounded

FIRST, FEDERATION, END = "1968-01-01", "1969-01-01", "1993-01-01"
# Edges of the cut, which are no borders.
FRAME = shapely.box(5.0, 43.0, 30.0, 56.0).boundary.buffer(0.001)
NEIGHBOURS = {
    "Austria": [14.2, 47.6],
    "Germany": [12.95, 50.95],
    "Hungary": [19.2, 47.1],
    "Poland": [18.6, 51.2],
    "Ukraine": [22.5, 48.35],
}


def build(atlas_dir: Path) -> dict[str, bytes]:
    """Make every derived file, by its path inside the atlas."""
    countries = {
        str(found.properties["name"]): rounded(found.geometry)
        for found in read_features(atlas_dir / "raw" / "ne-countries.geojson")
    }
    czech, slovak = countries["Czechia"], countries["Slovakia"]
    both = shapely.union_all([czech, slovak])
    return {
        "boundaries/states.geojson": collection([_line("czechoslovakia", both, FIRST, END)]),
        "boundaries/republics.geojson": collection(
            [
                _line("czech-republic", czech, FEDERATION),
                _line("slovak-republic", slovak, FEDERATION),
            ]
        ),
        "boundaries/control.geojson": collection(
            [_line("cu-czech", czech, FIRST), _line("cu-slovak", slovak, FIRST)]
        ),
        "basemap/land.geojson": collection(
            [feature(shapely.union_all(list(countries.values())), {})]
        ),
        "basemap/neighbours.geojson": collection(
            feature(shape.boundary.difference(FRAME), {"name": name, "label": NEIGHBOURS[name]})
            for name, shape in sorted(countries.items())
            if name in NEIGHBOURS
        ),
    }


def _line(region: str, shape: BaseGeometry, start: str, end: str = "") -> dict[str, Any]:
    id = f"{region}-{start[:4]}"
    properties = {
        "id": id,
        "region": region,
        "start": start,
        "end": end,
        "precision": "adapted",
        "origins": ["ne-countries"],
        "contested": False,
        "note": "",
    }
    return feature(shape, properties, id)
