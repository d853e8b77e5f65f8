"""Parts of the ground a picture can be asked for by name."""

from __future__ import annotations

from collections import defaultdict

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.longitudes import TURN
from maps.atlas.model import Atlas
from maps.day.view import Bbox
from maps.words.names import CONTROL_UNIT

_AROUND = 0.12  # of the longer side of a region, left free around it
_DECIMALS = 3  # about a hundred metres: a box is written into links and files
_HIGHEST = 85.0  # degrees of latitude a picture may reach


def extents(atlas: Atlas) -> dict[str, Bbox]:
    """Give a box around each region that has boundaries, on all their days; pieces have none.

    Returns
    -------
    dict of str to tuple
        West, south, east, north in degrees (EPSG:4326) by region id, in the order
        of the atlas's regions, with some ground around the region.
    """
    shapes: defaultdict[str, list[BaseGeometry]] = defaultdict(list)
    for boundary in atlas.boundaries:
        if atlas.regions[boundary.region_id].kind != CONTROL_UNIT:
            shapes[boundary.region_id].append(boundary.geometry)
    boxes: dict[str, Bbox] = {}
    for region in (region for region in atlas.regions if region in shapes):
        west, south, east, north = shapely.total_bounds(shapes[region]).tolist()
        free = max(east - west, north - south) * _AROUND
        edges = (west - free, south - free, east + free, north + free)
        west, south, east, north = (round(edge, _DECIMALS) for edge in edges)
        box = inside((west, south, east, north))
        if box[1] < box[3]:  # else it lies at a pole, where no picture reaches
            boxes[region] = box
    return boxes


def inside(box: Bbox) -> Bbox:
    """Cut a box to the ground a picture can show; none goes all round the earth twice."""
    west, south, east, north = box
    if east - west > TURN:
        west, east = (west + east - TURN) / 2, (west + east + TURN) / 2
    return (west, max(south, -_HIGHEST), east, min(north, _HIGHEST))
