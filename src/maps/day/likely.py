"""How far an area is likely off when each of its lines wanders by itself.

The rule (docs/data-model.md, "Areas and their bounds"): along an outline the line
lies off to one side or the other, by distances as large as were measured for its
precision, independently from one stretch to the next. What the stretches add and
take away mostly cancels out, which a sum of whole offsets (`outlines.offset_km2`)
leaves aside.
"""

from __future__ import annotations

from functools import cache
from math import gamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from maps.atlas.model import PRECISIONS, Atlas, LineError
from maps.day.outlines import Lengths

DRAWS = 2000  # the edge of the range is then right to some 2 %
SHARE = 0.9  # of the draws, which the likely range holds
MOST_DRAWN = 256  # stretches of an outline that are drawn one by one

Draws = NDArray[np.float64]


def likely_km2(atlas: Atlas, outline: Lengths) -> float | None:
    """Give the km² by which an area is off in less than 10 % of the draws, by its outline in km.

    Either way: the range reaches as far below the area as above it. The draws are the
    same in every run and for every area. None where the settings do not say for each
    precision how far its lines were found off.
    """
    errors = atlas.settings.line_errors
    if not errors or not outline.keys() <= errors.keys():
        return None
    stretch = atlas.settings.independent_km
    change = np.zeros(DRAWS)
    for precision, km in outline.items():
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
