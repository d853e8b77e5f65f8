"""The ground around the three republics: neighbouring countries and the seas."""

from __future__ import annotations

from pathlib import Path

import shapely
from shapely import box
from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_features
from recipe.geometry import filled, polygons, to_metres, union

# The base map: Georgia's coast to the middle of the Caspian.
EXTENT = (39.8, 36.8, 51.6, 43.75)
NEIGHBOURS = ("Iran", "Iraq", "Kazakhstan", "Russia", "Syria", "Turkey")
SEA_KM2 = 2000.0  # smaller openings in the upstream land are lagoons
# The countries (Natural Earth) and the republics (tz_world) come from two sources:
# land between them within this distance belongs to the neighbour, beyond it the
# two draw the coast of a republic differently, and the republic's outline holds.
SOURCES_DIFFER_M = 4000.0


def frame() -> BaseGeometry:
    """Give the extent in metres, its edges bent as parallels are."""
    return to_metres(shapely.segmentize(box(*EXTENT), 0.25))


def surroundings(raw: Path, republics: BaseGeometry) -> dict[str, BaseGeometry]:
    """Give the neighbours and ``sea`` as rough cells that fill the frame."""
    whole = frame()
    land = union(to_metres(f.geometry) for f in read_features(raw / "ne-land.geojson.gz"))
    open_water = union(
        part for part in polygons(whole.difference(land)) if part.area > SEA_KM2 * 1e6
    )
    countries = {
        feature.properties["name"].lower(): union([to_metres(feature.geometry)])
        for feature in read_features(raw / "ne-countries.geojson.gz")
        if feature.properties["name"] in NEIGHBOURS
    }
    outside = whole.difference(union([republics, open_water]))
    near = union(countries.values()).buffer(SOURCES_DIFFER_M)
    cells = filled(union([outside.intersection(near)]), countries)
    return {**cells, "sea": whole.difference(union([republics, *cells.values()]))}
