"""The likely range of an area, beside what theory says of it."""

from dataclasses import replace
from math import gamma, log, sqrt

import pytest

from maps.atlas.model import LineError
from maps.day.areas import Pieces, likely_km2, weibull

PERIMETER = 2 * 110.574 + 111.320 + 111.303  # km, of a square of a degree at the equator


@pytest.fixture
def pieces(islands_atlas):
    return {b.region_id: b for b in islands_atlas.boundaries if b.layer == "control"}


def range_around(atlas, pieces):
    together = Pieces(atlas)
    for piece in pieces:
        together.add(piece)
    return likely_km2(atlas, together.outline_km())


def with_errors(atlas, independent_km, mean, p95):
    errors = {"schematic": LineError(mean, p95)}
    settings = replace(atlas.settings, line_errors=errors, independent_km=independent_km)
    return replace(atlas, settings=settings)


@pytest.mark.parametrize(("mean", "p95"), [(1.0, 2.996), (1.1, 2.9), (1.4, 4.5), (2.0, 3.0)])
def test_the_distribution_has_the_measured_mean_and_95_percent_point(mean, p95):
    shape, scale = weibull(LineError(mean, p95))
    assert scale * gamma(1 + 1 / shape) == pytest.approx(mean)
    assert scale * log(20) ** (1 / shape) == pytest.approx(p95, rel=1e-6)


def test_where_the_two_are_those_of_an_exponential_distribution_it_is_one():
    shape, scale = weibull(LineError(1.0, log(20)))
    assert (shape, scale) == (pytest.approx(1), pytest.approx(1))


@pytest.mark.parametrize("independent_km", [1.0, 5.0, 10.0])  # 444 stretches, 88, 44
def test_the_range_of_a_square_is_that_of_a_sum_of_independent_offsets(
    islands_atlas, pieces, independent_km
):
    atlas = with_errors(islands_atlas, independent_km, 1.0, log(20))
    # Offsets of either sign, exponential with mean 1: variance 2. A sum of n stretches of
    # d km has variance n d² 2 = 2 d L; a normal one has 90 % within 1.645 times its root.
    expected = 1.645 * sqrt(2 * independent_km * PERIMETER)
    assert range_around(atlas, [pieces["cu-west"]]) == pytest.approx(expected, rel=0.05)


def test_the_range_grows_as_the_root_of_the_outline(islands_atlas, pieces):
    atlas = with_errors(islands_atlas, 5.0, 1.0, 2.5)
    one = range_around(atlas, [pieces["cu-west"]])
    two = range_around(atlas, [pieces["cu-west"], pieces["cu-shire"]])  # apart: twice the outline
    assert two / one == pytest.approx(sqrt(2), rel=0.05)


def test_an_edge_shared_by_two_pieces_does_not_widen_the_range(islands_atlas, pieces):
    atlas = with_errors(islands_atlas, 5.0, 1.0, 2.5)
    touching = range_around(atlas, [pieces["cu-shire"], pieces["cu-east"]])
    apart = range_around(atlas, [pieces["cu-shire"], pieces["cu-west"]])
    assert touching < apart


def test_without_measured_errors_there_is_no_range(islands_atlas, pieces):
    settings = replace(islands_atlas.settings, line_errors={})
    assert range_around(replace(islands_atlas, settings=settings), pieces.values()) is None
    adapted = {"adapted": LineError(1.0, 2.0)}
    settings = replace(islands_atlas.settings, line_errors=adapted)
    assert range_around(replace(islands_atlas, settings=settings), pieces.values()) is None


def test_the_range_is_the_same_on_every_machine(islands_atlas, pieces):
    atlas = with_errors(islands_atlas, 10.0, 1.1, 2.9)
    assert range_around(atlas, [pieces["cu-west"]]) == pytest.approx(155.5, abs=0.05)
