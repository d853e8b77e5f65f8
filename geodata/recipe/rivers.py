"""Rivers, which no open package holds.

Where the Araz is the border, it is taken from the border; elsewhere a course is
led along the valleys of the relief from point to point. The points are bends and
riverside towns, set by hand (positions: GeoNames). Rivers are schematic, some
kilometres off in the plains.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, Point

from maps.build.raw import Grid, read_grid
from maps.build.write import feature
from recipe.cells import Cells
from recipe.geometry import to_degrees, to_metres
from recipe.valleys import course, smoothed

SMOOTHING_ROUNDS = 3
TOLERANCE_M = 180.0

# The Araz is the border from the mouth of the Akhuryan to below Parsabad.
ARAZ_BORDER = ((43.655, 40.105), (47.985, 39.695))
ARAZ_ABOVE = [(41.55, 39.62), (42.17, 40.04), (42.60, 40.05), (43.13, 40.17), ARAZ_BORDER[0]]
ARAZ_BELOW = [ARAZ_BORDER[1], (48.03, 39.80), (48.10, 39.90), (48.37, 39.955), (48.455, 40.015)]

COURSES = {
    "Kura": [
        (42.55, 40.75), (42.70, 41.11), (43.28, 41.38), (42.98, 41.63), (43.38, 41.84),
        (43.60, 41.97), (44.11, 41.975), (44.71, 41.84), (44.81, 41.69), (45.02, 41.53),
        (45.23, 41.40), (45.45, 41.19), (45.70, 41.09), (46.10, 40.97), (46.45, 40.92),
        (47.03, 40.79), (47.13, 40.61), (47.32, 40.43), (47.71, 40.21), (48.02, 40.10),
        (48.20, 40.08), (48.455, 40.015), (48.70, 40.02), (48.93, 39.94), (48.985, 39.77),
        (48.99, 39.60), (49.13, 39.44), (49.25, 39.375), (49.39, 39.31),
    ],
    "Tartar": [
        (45.86, 39.87), (45.96, 39.945), (46.045, 40.105), (46.29, 40.16), (46.93, 40.335),
        (47.13, 40.385), (47.30, 40.44),
    ],
    "Hakari": [
        (46.25, 39.79), (46.545, 39.63), (46.585, 39.345), (46.68, 39.19), (46.73, 39.035),
    ],
    "Vorotan": [(45.75, 39.68), (46.03, 39.52), (46.68, 39.19)],
    "Hrazdan": [(45.00, 40.55), (44.76, 40.50), (44.55, 40.25), (44.50, 40.16), (44.45, 39.99)],
    "Alazani": [
        (45.28, 42.32), (45.30, 42.03), (45.75, 41.77), (46.25, 41.55), (46.65, 41.25),
        (46.88, 41.08), (46.95, 40.99),
    ],
    "Rioni": [
        (43.45, 42.68), (43.05, 42.52), (42.70, 42.27), (42.45, 42.14), (42.07, 42.20),
        (41.65, 42.19),
    ],
}  # fmt: skip


def rivers(raw: Path, cells: Cells) -> list[dict[str, Any]]:
    """Give the rivers as GeoJSON features, lines in EPSG:4326."""
    grid = read_grid(raw / "globe-elevation.asc.gz")
    araz = [*_led(grid, ARAZ_ABOVE)[:-1], *_border_course(cells), *_led(grid, ARAZ_BELOW)[1:]]
    lines = {"Kura": _led(grid, COURSES["Kura"]), "Aras": araz}
    lines |= {name: _led(grid, points) for name, points in COURSES.items() if name != "Kura"}
    return [
        feature(LineString(points), {"name_en": name, "rank": 1 if name in ("Kura", "Aras") else 2})
        for name, points in lines.items()
    ]


def _led(grid: Grid, points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    led = smoothed(course(grid, points), SMOOTHING_ROUNDS)
    simple = to_degrees(to_metres(LineString(led)).simplify(TOLERANCE_M))
    return [(x, y) for x, y in shapely.get_coordinates(simple).tolist()]


def _border_course(cells: Cells) -> list[tuple[float, float]]:
    """Take the Araz from the border, as the coverage has it."""
    north = cells.union(["azerbaijan", "armenia"]).boundary
    south = cells.union(["iran", "turkey"]).boundary
    border = max(
        shapely.get_parts(shapely.line_merge(north.intersection(south))).tolist(),
        key=lambda part: part.length,
    )
    west, east = (border.project(to_metres(Point(end))) for end in ARAZ_BORDER)
    stretch = to_degrees(shapely.ops.substring(border, west, east))
    return [(x, y) for x, y in shapely.get_coordinates(stretch).tolist()]
