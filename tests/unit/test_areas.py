from dataclasses import replace
from datetime import date

import pytest
from shapely.geometry import Polygon

from maps.areas import area_by_polity, area_km2, area_table

DEGREE_SQUARE = 110.574 * 111.320  # km² at the equator, from tables of WGS 84


def test_an_area_does_not_depend_on_the_direction_of_the_ring(islands_atlas):
    boundary = islands_atlas.boundaries[0]
    turned = replace(boundary, geometry=Polygon(list(boundary.geometry.exterior.coords)[::-1]))
    assert area_km2(boundary) == pytest.approx(DEGREE_SQUARE, rel=0.001)
    assert area_km2(turned) == pytest.approx(area_km2(boundary))


def test_pieces_add_up_by_who_holds_them(islands_atlas):
    held = area_by_polity(islands_atlas, date(1960, 3, 14))
    assert held["west-realm"].low == pytest.approx(DEGREE_SQUARE, rel=0.001)
    assert held["east-league"].low == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)


def test_a_piece_two_are_said_to_hold_counts_for_neither_below_and_both_above(islands_atlas):
    other = replace(islands_atlas.statuses[2], id="other", polity_id="east-league")
    disputed = replace(islands_atlas, statuses=(*islands_atlas.statuses, other))
    held = area_by_polity(disputed, date(1960, 3, 15))
    for polity in ("west-realm", "east-league"):
        assert held[polity].low == pytest.approx(DEGREE_SQUARE, rel=0.001)
        assert held[polity].high == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)


def test_who_holds_nothing_is_left_out(islands_atlas):
    nothing_held = replace(islands_atlas, statuses=())
    assert area_by_polity(nothing_held, date(1960, 3, 15)) == {}


def test_the_table_has_the_first_day_and_every_change_day(islands_atlas):
    rows = area_table(islands_atlas)
    assert [(row.day.isoformat(), row.polity_id) for row in rows] == [
        ("1900-01-01", "west-realm"),
        ("1900-01-01", "east-league"),
        ("1960-03-15", "west-realm"),
        ("1960-03-15", "east-league"),
    ]
