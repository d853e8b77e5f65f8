from dataclasses import replace

import pytest
from shapely.geometry import Polygon

from maps.atlas.model import Date
from maps.day.areas import (
    NOT_KNOWN,
    AreaRange,
    Pieces,
    all_area_rows,
    area_by_polity,
    area_km2,
    area_rows,
    contested_ground,
)
from maps.errors import UnknownId

DEGREE_SQUARE = 110.574 * 111.320  # km² at the equator, from tables of WGS 84
UP, ALONG, TOP = 110.574, 111.320, 111.303  # its edges in km: a meridian, 0° N, 1° N
ROUND = 2 * UP + ALONG + TOP
BEFORE, LANDED = Date(1960, 3, 14), Date(1960, 3, 15)


def near(km2):
    return pytest.approx(km2, rel=0.001)


def outline_km(atlas, pieces):
    together = Pieces(atlas)
    for piece in pieces:
        together.add(piece)
    return together.outline_km()


def with_offsets(atlas, **km):
    return replace(atlas, settings=replace(atlas.settings, line_offset_km=km))


def test_an_area_does_not_depend_on_the_direction_of_the_ring(islands_atlas):
    boundary = islands_atlas.boundaries[0]
    turned = replace(boundary, geometry=Polygon(list(boundary.geometry.exterior.coords)[::-1]))
    assert area_km2(boundary) == pytest.approx(DEGREE_SQUARE, rel=0.001)
    assert area_km2(turned) == pytest.approx(area_km2(boundary))


def test_pieces_add_up_by_who_holds_them(islands_atlas):
    held = area_by_polity(islands_atlas, Date(1960, 3, 14))
    assert held["west-realm"].low == pytest.approx(DEGREE_SQUARE, rel=0.001)
    assert held["east-league"].low == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)


def test_a_piece_two_are_said_to_hold_counts_for_neither_below_and_both_above(islands_atlas):
    other = replace(islands_atlas.statuses[2], id="other", polity_id="east-league")
    disputed = replace(islands_atlas, statuses=(*islands_atlas.statuses, other))
    held = area_by_polity(disputed, Date(1960, 3, 15))
    for polity in ("west-realm", "east-league"):
        assert held[polity].low == pytest.approx(DEGREE_SQUARE, rel=0.001)
        assert held[polity].high == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)


def test_who_holds_nothing_is_left_out(islands_atlas):
    nothing_held = replace(islands_atlas, statuses=())
    assert area_by_polity(nothing_held, Date(1960, 3, 15)) == {}


def test_the_table_has_the_first_day_and_every_change_day(islands_atlas):
    rows = area_rows(islands_atlas)
    assert [(row.day.isoformat(), row.polity_id) for row in rows] == [
        ("1900-01-01", "west-realm"),
        ("1900-01-01", "east-league"),
        ("1960-03-15", "west-realm"),
        ("1960-03-15", "east-league"),
    ]


def test_an_outline_leaves_out_the_edges_its_pieces_share(islands_atlas):
    west, shire, east = (b for b in islands_atlas.boundaries if b.layer == "control")
    assert outline_km(islands_atlas, [west]) == {"schematic": near(ROUND)}
    # The shire and the rest of the east isle touch along one meridian, the isles nowhere.
    assert outline_km(islands_atlas, [shire, east]) == {"schematic": near(2 * ROUND - 2 * UP)}
    assert outline_km(islands_atlas, [west, shire]) == {"schematic": near(2 * ROUND)}


def test_bounds_are_the_outline_times_how_far_its_lines_may_lie_off(islands_atlas):
    held = area_by_polity(with_offsets(islands_atlas, schematic=5.0), BEFORE)
    west, east = held["west-realm"], held["east-league"]
    assert (west.least, west.most) == (
        near(DEGREE_SQUARE - 5 * ROUND),  # 12,309 - 5 x 443.8
        near(DEGREE_SQUARE + 5 * ROUND),
    )
    assert east.most == near(2 * DEGREE_SQUARE + 5 * (2 * ROUND - 2 * UP))


def test_each_edge_counts_for_the_precision_of_its_own_piece(islands_atlas):
    boundaries = tuple(
        replace(boundary, precision="adapted") if boundary.id == "cu-shire-1900" else boundary
        for boundary in islands_atlas.boundaries
    )
    mixed = replace(islands_atlas, boundaries=boundaries)
    held = area_by_polity(with_offsets(mixed, adapted=1.0, schematic=5.0), BEFORE)
    assert held["east-league"].most == near(2 * DEGREE_SQUARE + (1 + 5) * (ROUND - UP))


def test_no_area_is_bounded_below_by_less_than_nothing(islands_atlas):
    held = area_by_polity(with_offsets(islands_atlas, schematic=100.0), BEFORE)
    assert held["west-realm"].least == 0


@pytest.mark.parametrize("offsets", [{}, {"adapted": 1.0}])
def test_without_an_offset_for_its_lines_an_area_has_no_bounds(islands_atlas, offsets):
    held = area_by_polity(with_offsets(islands_atlas, **offsets), BEFORE)
    assert (held["west-realm"].least, held["west-realm"].most) == (None, None)
    assert held["west-realm"].low == near(DEGREE_SQUARE)


def test_ground_whose_holder_the_statements_do_not_name_is_counted_as_not_known(islands_atlas):
    west = next(s for s in islands_atlas.statuses if s.id == "west-held")
    others = tuple(s for s in islands_atlas.statuses if s.id != "west-held")
    nobody = replace(islands_atlas, statuses=(*others, replace(west, polity_id="")))
    held = area_by_polity(nobody, BEFORE)
    assert list(held) == ["east-league", NOT_KNOWN]
    assert (held[NOT_KNOWN].low, held[NOT_KNOWN].high) == (near(DEGREE_SQUARE),) * 2
    # Nothing said is not the same.
    assert NOT_KNOWN not in area_by_polity(replace(islands_atlas, statuses=others), BEFORE)


def test_what_several_claim_or_one_denies_is_no_sure_area(islands_atlas):
    before = area_by_polity(islands_atlas, BEFORE, "claim")["west-realm"]
    assert (before.low, before.high) == (0, near(DEGREE_SQUARE))  # the east side denies it
    both = area_by_polity(islands_atlas, LANDED, "claim")
    assert {polity: (area.low, area.high) for polity, area in both.items()} == {
        "west-realm": (0, near(DEGREE_SQUARE)),
        "east-league": (0, near(DEGREE_SQUARE)),
    }


def test_a_teller_asked_alone_contradicts_nobody(islands_atlas):
    west = area_by_polity(islands_atlas, LANDED, "claim", "west-side")
    assert west["west-realm"].low == near(DEGREE_SQUARE)
    east = area_by_polity(islands_atlas, LANDED, "claim", "east-side")
    assert list(east) == ["east-league"]  # a denial is no area of who is denied
    assert east["east-league"].low == near(DEGREE_SQUARE)
    assert area_by_polity(islands_atlas, LANDED, "claim", "chronicle") == {}


def test_only_the_piece_on_which_statements_differ_is_contested(islands_atlas):
    assert contested_ground(islands_atlas) == {"cu-shire"}
    held = area_by_polity(islands_atlas, BEFORE, ground={"cu-shire"})
    assert {polity: area.low for polity, area in held.items()} == {
        "east-league": near(DEGREE_SQUARE)
    }


def test_one_after_another_is_no_contest(islands_atlas):
    kept = ("west-held", "east-held", "shire-held-by-west")
    told = tuple(status for status in islands_atlas.statuses if status.id in kept)
    assert contested_ground(replace(islands_atlas, statuses=told)) == frozenset()


def test_rows_of_law_begin_and_end_with_the_claims(islands_atlas):
    rows = area_rows(islands_atlas, "claim")
    assert [(str(row.day), row.polity_id, row.perspective) for row in rows] == [
        ("1950-06-01", "west-realm", "all"),
        ("1960-03-15", "west-realm", "all"),
        ("1960-03-15", "east-league", "all"),
        ("1999-12-31", "east-league", "all"),
    ]
    assert rows[-1].km2_low == near(DEGREE_SQUARE)


def test_a_day_that_ends_everything_has_rows_of_zeros(islands_atlas):
    last = area_rows(islands_atlas, "claim", "west-side")[-1]
    assert (str(last.day), last.polity_id, last.km2_low, last.km2_high) == (
        "1999-12-31", "west-realm", 0, 0,
    )  # fmt: skip


@pytest.mark.parametrize("dimension", ["de-facto", "de-jure", "claim"])
def test_a_table_has_of_each_day_what_the_day_has_alone(shipped_atlas, dimension):
    for row in area_rows(shipped_atlas, dimension)[::7]:
        held = area_by_polity(shipped_atlas, row.day, dimension).get(row.polity_id, AreaRange())
        found = (row.km2_low, row.km2_high, row.km2_likely_low, row.km2_likely_high)
        alone = (held.low, held.high, held.likely_low, held.likely_high)
        assert found == pytest.approx(alone, abs=1e-6)
        assert (row.km2_least, row.km2_most) == pytest.approx((held.least, held.most), abs=1e-6)


def test_all_rows_hold_control_first_and_say_whose_law(islands_atlas):
    rows = all_area_rows(islands_atlas, "west-side")
    assert [(row.dimension, row.perspective) for row in rows] == [
        *[("de-facto", "")] * 4,
        *[("claim", "west-side")] * 2,
    ]
    with pytest.raises(UnknownId):
        all_area_rows(islands_atlas, "nobody")


def test_without_a_mode_for_it_there_are_no_rows_of_law(islands_atlas):
    modes = tuple(mode for mode in islands_atlas.settings.modes if mode.id != "legal")
    settings = replace(islands_atlas.settings, modes=modes)
    assert area_rows(replace(islands_atlas, settings=settings), "claim") == ()


def test_the_outlines_of_the_shipped_pieces_are_those_of_their_union(shipped_atlas):
    from pyproj import Geod
    from shapely import union_all

    pieces = [piece for piece in shipped_atlas.boundaries if piece.layer == "control"]
    for chosen in (pieces, pieces[::2], pieces[5:14]):
        union = union_all([piece.geometry for piece in chosen])
        around = sum(Geod(ellps="WGS84").geometry_length(r) for r in rings(union)) / 1000
        assert sum(outline_km(shipped_atlas, chosen).values()) == pytest.approx(around, rel=1e-6)


def rings(union):
    for part in getattr(union, "geoms", [union]):
        yield part.exterior
        yield from part.interiors
