import re
from dataclasses import replace

import pytest

from maps.atlas.model import Figure
from maps.cards.figures import people_part
from maps.day.figures import calculated_share, is_share, published_areas, worked_shares


def share(id, measure, value, *parts, date_text="1950"):
    """Make a percentage; ``parts`` are numerator and denominator, if any."""
    numerator, denominator = parts or (None, None)
    return Figure(
        id, "strait-shire", measure, value, "percent", "the isle", date_text,
        numerator=numerator, denominator=denominator,
    )  # fmt: skip


def test_a_share_is_worked_out_of_numerator_and_base():
    assert calculated_share(share("a", "share", 25, 1, 4)) == 25
    assert calculated_share(share("a", "share", 25, 1, None)) is None
    assert calculated_share(share("a", "share", 25, None, 4)) is None
    assert calculated_share(share("a", "share", 25, 1, 0)) is None


def test_only_a_percentage_is_a_share(islands_atlas):
    assert [is_share(figure) for figure in islands_atlas.figures] == [False, True]
    assert calculated_share(replace(share("a", "area", 5, 1, 4), unit="km2")) is None


def test_shares_are_set_out_by_numerator_and_base_with_the_printed_one(islands_atlas):
    figures = (
        share("p1", "share", 10, date_text="early"),
        share("p2", "share", 31, date_text="both"),
        share("a", "share-calculated", 10, 10, 100, date_text="early"),
        share("b", "share-calculated", 20, 20, 100, date_text="late"),
        share("c", "share-calculated", 30, 30, 100, date_text="both"),
        share("d", "share-calculated", 8, 10, 125, date_text="early"),
    )
    worked = worked_shares(replace(islands_atlas, figures=figures), "strait-shire")
    assert worked.bases == (100, 125)
    printed = [row.printed.id if row.printed else None for row in worked.rows]
    assert printed == ["p1", None, "p2"]
    assert [row.numerator for row in worked.rows] == [10, 20, 30]
    assert [[f.id if f else None for f in row.calculated] for row in worked.rows] == [
        ["a", "d"],
        ["b", None],
        ["c", None],
    ]
    assert [row.parts for row in worked.rows] == [(), (), (10, 20)]


def test_without_a_calculation_nothing_is_set_out(islands_atlas):
    assert worked_shares(islands_atlas, "strait-shire") is None


def test_the_three_shares_of_the_article_are_worked_out_on_both_bases(shipped_atlas):
    worked = worked_shares(shipped_atlas, "artsakh-republic")
    assert worked.bases == (11458, 12499)
    assert [(row.printed.value, row.numerator) for row in worked.rows] == [
        (9, 1041),
        (75, 8558),
        (84, 9599),
    ]
    assert worked.rows[2].parts == (1041, 8558)
    shown = [[round(calculated_share(f), 2) for f in row.calculated] for row in worked.rows]
    assert shown == [[9.09, 8.33], [74.69, 68.47], [83.78, 76.8]]


def test_published_areas_are_those_of_zones_across_the_pieces(shipped_atlas):
    areas = published_areas(shipped_atlas)
    held = {area.region_id: [f.value for f in area.figures] for area in areas["de-facto"]}
    assert held == {"control-zone-1994": [11458, 11500], "control-zone-2020": [2800, 2900, 3170]}
    assert {area.polity_id for area in areas["de-facto"]} == {"nkr"}
    assert [[f.value for f in area.figures] for area in areas["claim"]] == [[12000]]
    spans = {area.region_id: (str(area.span.start), str(area.span.end)) for area in areas["claim"]}
    assert spans == {"artsakh-republic": ("1991-09-02", "2023-09-28")}


def test_the_area_of_a_region_with_pieces_is_no_area_of_a_polity(islands_atlas):
    assert published_areas(islands_atlas) == {"de-facto": (), "claim": ()}


def test_the_worked_shares_of_the_article_agree_with_what_is_printed_of_them(shipped_atlas):
    for figure in shipped_atlas.figures:
        worked = calculated_share(figure)
        if worked is not None:
            digits = len(str(figure.value).rstrip("0").partition(".")[2])
            assert round(worked, digits) == pytest.approx(figure.value), figure.id


def count(measure, value, date_text):
    return Figure(f"{measure}-{date_text}", "strait-shire", measure, value, "people", "", date_text)


def test_people_are_counted_side_by_side_with_bars_on_one_scale():
    figures = (
        count("population", 200, "1950"),
        count("population, islanders", 50, "1950"),
        count("population", 100, "1960"),
        count("population, islanders", 80, "1960"),
        count("displaced", 7, "1970"),  # alone on its date: no part of a course
    )
    shown = str(people_part(figures, "en"))
    assert re.findall(r"width:([\d.]+)em", shown) == ["10.00", "2.50", "5.00", "4.00"]
    assert "1970" not in shown
    assert people_part(figures[:2], "en") is None  # one date only
