from dataclasses import replace

import pytest

from maps.atlas.model import Date, DateText, Status, Timespan
from maps.day.timeline import periods_on, round_years, timeline
from maps.errors import UnknownId


def test_a_line_that_moves_makes_a_change_day_of_units_only(islands_atlas):
    assert timeline(islands_atlas, "units").change_days == (Date(1950, 6, 1),)


def test_a_piece_that_changes_hands_makes_a_change_day_of_control_only(islands_atlas):
    assert timeline(islands_atlas, "control").change_days == (Date(1960, 3, 15),)


def test_the_first_day_of_the_atlas_is_no_change_day(islands_atlas):
    assert islands_atlas.settings.first_day not in timeline(islands_atlas, "units").change_days


def test_event_days_are_the_days_events_begin_each_once(islands_atlas):
    assert timeline(islands_atlas, "units").event_days == (
        Date(1950, 6, 1),
        Date(1960, 3, 15),
        Date(1972, 5, 1),
        Date(1980, 7, 1),
    )


def test_days_outside_the_atlas_are_left_out(islands_atlas):
    shorter = replace(
        islands_atlas.settings, first_day=Date(1950, 6, 1), last_day=Date(1960, 3, 14)
    )
    cut = replace(islands_atlas, settings=shorter)
    assert timeline(cut, "units").change_days == ()
    assert timeline(cut, "control").change_days == ()
    assert timeline(cut, "units").event_days == (Date(1950, 6, 1),)


def test_a_statement_that_names_the_same_holder_changes_nothing(islands_atlas):
    again = islands_atlas.statuses[2]
    same = replace(again, id="again", span=Timespan(Date(1970, 1, 1)), perspective_id="west-side")
    repeated = replace(islands_atlas, statuses=(*islands_atlas.statuses, same))
    assert timeline(repeated, "control").change_days == (Date(1960, 3, 15),)


def test_a_claim_changes_nobodys_control(islands_atlas):
    held: Status = islands_atlas.statuses[2]
    day = DateText("1955-01-01", Date(1955, 1, 1), Date(1955, 1, 1), Date(1955, 1, 1))
    claim = replace(held, id="c", dimension="claim", span=Timespan(Date(1955, 1, 1)), start=day)
    claimed = replace(islands_atlas, statuses=(*islands_atlas.statuses, claim))
    assert Date(1955, 1, 1) not in timeline(claimed, "control").change_days


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (Date(1950, 5, 31), None),
        (Date(1950, 6, 1), None),
        (Date(1950, 6, 2), Date(1950, 6, 1)),
    ],
)
def test_a_change_day_is_not_before_itself(islands_atlas, day, before):
    units = timeline(islands_atlas, "units")
    assert units.previous_change(day) == before


def test_the_day_a_period_ends_belongs_to_the_next(islands_atlas):
    assert [p.id for p in periods_on(islands_atlas, Date(1950, 5, 31))] == ["one-isle"]
    assert [p.id for p in periods_on(islands_atlas, Date(1950, 6, 1))] == ["two-shires"]


def test_an_unknown_mode_names_the_known_ones(islands_atlas):
    with pytest.raises(UnknownId, match="units, control"):
        timeline(islands_atlas, "weather")


@pytest.mark.parametrize(
    ("first", "last", "most", "years"),
    [
        ((1918, 5, 28), (2024, 6, 1), 12, list(range(1920, 2021, 10))),
        ((1991, 1, 1), (1994, 12, 31), 12, [1991, 1992, 1993, 1994]),
        # 1001, 501 and 1 before the year 1 are 1000, 500 and 0 by no count of people.
        ((-1199, 1, 1), (1300, 1, 1), 6, [-999, -499, 500, 1000]),
        ((-9999, 1, 1), (9998, 1, 1), 1, [-9999, -4999, 5000]),
    ],
)  # fmt: skip
def test_years_are_round_as_people_count_them(first, last, most, years):
    found = round_years(Date(*first), Date(*last), most)
    assert [day.year for day in found] == years
    assert {(day.month, day.day) for day in found} == {(1, 1)}
