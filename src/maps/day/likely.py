"""How far an area may be off when its lines are: by whole offsets, and likely.

The rule (docs/data-model.md, "Areas and their bounds"): at most, the outline of some
pieces of ground, without the edges they share, times how far a line of their precision
may lie off. Likely, along an outline the line lies off to one side or the other, by
distances as large as were measured for its precision, independently from one stretch to
the next. What the stretches add and take away mostly cancels out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from math import gamma, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree

from maps.atlas.model import PRECISIONS, Atlas, Boundary, LineError
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER

DRAWS = 2000  # the edge of the range is then right to some 2 %
SHARE = 0.9  # of the draws, which the likely range holds
MOST_DRAWN = 256  # stretches of an outline that are drawn one by one

Draws = NDArray[np.float64]
Lengths = Mapping[str, float]


def outline_km(atlas: Atlas, pieces: Collection[Boundary]) -> dict[str, float]:
    """Measure the outline around pieces of the control layer, by precision, in km.

    Edges that two of the pieces share lie inside and do not count; an edge on
    the outline counts for the precision of the piece it belongs to. Geodesic,
    on WGS 84. The pieces must not overlap, as those of one day do not.
    """
    ids = {piece.id for piece in pieces}
    shared = _shared_edges(atlas)
    lengths: defaultdict[str, float] = defaultdict(float)
    for piece in pieces:
        inside = sum(km for other, km in shared.get(piece.id, {}).items() if other in ids)
        lengths[piece.precision] += max(0.0, _perimeter_km(piece) - inside)
    return dict(lengths)


def offset_km2(atlas: Atlas, pieces: Collection[Boundary]) -> float | None:
    """Give the km² between an outline and the same outline moved by its whole offset.

    None where the settings say for no precision, or not for each of the pieces,
    how far its lines may lie off.
    """
    offsets = atlas.settings.line_offset_km
    if not offsets or any(piece.precision not in offsets for piece in pieces):
        return None
    return sum(offsets[precision] * km for precision, km in outline_km(atlas, pieces).items())


def likely_km2(atlas: Atlas, pieces: Collection[Boundary]) -> float | None:
    """Give the km² by which the area of some pieces is off in less than 10 % of the draws.

    Either way: the range reaches as far below the area as above it. The draws are the
    same in every run and for every area. None where the settings do not say for each
    of the pieces how far its lines were found off.
    """
    errors = atlas.settings.line_errors
    if not errors or any(piece.precision not in errors for piece in pieces):
        return None
    stretch = atlas.settings.independent_km
    change = np.zeros(DRAWS)
    for precision, km in outline_km(atlas, pieces).items():
        change += stretch * _drawn(errors[precision], PRECISIONS.index(precision), km / stretch)
    return float(np.quantile(np.abs(change), SHARE))


def _drawn(error: LineError, seed: int, stretches: float) -> Draws:
    """Give the sum of the offsets of some stretches, the last one in part, in km, each draw."""
    sums = _sums(error, seed)
    if stretches >= MOST_DRAWN:  # such a sum is normal, and only its width grows on
        longer: Draws = sums[MOST_DRAWN] * sqrt(stretches / MOST_DRAWN)
        return longer
    whole = int(stretches)
    drawn: Draws = sums[whole] + (stretches - whole) * (sums[whole + 1] - sums[whole])
    return drawn


def weibull(error: LineError) -> tuple[float, float]:
    """Give shape and scale of the Weibull distribution with this mean and 95 % point."""
    low, high = 0.5, 20.0  # between them the ratio of the two falls, from 4.5 to 1.1
    while high - low > 1e-9:
        shape = (low + high) / 2
        steeper = log(20) ** (1 / shape) / gamma(1 + 1 / shape) > error.p95_km / error.mean_km
        low, high = (shape, high) if steeper else (low, shape)
    return shape, error.mean_km / gamma(1 + 1 / shape)


@cache
def _sums(error: LineError, seed: int) -> Draws:
    """Draw offsets in km, to either side, and add them up: a row for none, one, two and so on."""
    # NumPy keeps the bits of a generator from version to version, not what is made of them.
    bits = np.random.PCG64(seed).random_raw((MOST_DRAWN, DRAWS))
    side = np.where(bits & np.uint64(1), 1.0, -1.0)
    chance = ((bits >> np.uint64(11)) + 0.5) / 2.0**53
    shape, scale = weibull(error)
    offsets = side * scale * (-np.log(chance)) ** (1 / shape)
    return np.vstack([np.zeros(DRAWS), np.cumsum(offsets, axis=0)])


@once_for_each
def _perimeter_km(boundary: Boundary) -> float:
    return _length_km(boundary.geometry.boundary)


@once_for_each
def _shared_edges(atlas: Atlas) -> Mapping[str, Lengths]:
    """Measure once what each two pieces share: any union of them is then a sum."""
    pieces = [boundary for boundary in atlas.boundaries if boundary.layer == CONTROL_LAYER]
    tree = STRtree([piece.geometry for piece in pieces])
    shared: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for place, piece in enumerate(pieces):
        for other in (pieces[int(at)] for at in tree.query(piece.geometry) if at > place):
            if piece.span.overlaps(other.span):
                edge = piece.geometry.boundary.intersection(other.geometry.boundary)
                km = _length_km(edge) if edge.length else 0.0
                shared[piece.id][other.id] = shared[other.id][piece.id] = km
    return shared


def _length_km(lines: Any) -> float:  # noqa: ANN401  any geometry of shapely
    from pyproj import Geod  # noqa: PLC0415  commands that measure nothing start faster

    parts = getattr(lines, "geoms", [lines])
    measured = (Geod(ellps="WGS84").geometry_length(part) for part in parts if part.length)
    return sum(measured) / 1000
