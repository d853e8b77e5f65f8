"""Who says what of the legal status of a piece, on the invented atlas.

Of Strait Shire the west side claims it from 1 June 1950 until the end of 1999,
the east side says otherwise and makes its own from 15 March 1960, and the
chronicle has it under the east league's law from 1 June 1950.
"""

from dataclasses import replace

import pytest

from maps.atlas.model import Date, Timespan
from maps.day.control import Holding
from maps.day.law import ALL, days_of_law, law_of, tellers
from maps.day.reading import choices, mode_of, reading_of, readings
from maps.day.snapshot import changes_on
from maps.day.timeline import timeline
from maps.errors import UnknownId

CLAIMED, EVE_OF_LANDING, LANDING = Date(1950, 6, 1), Date(1960, 3, 14), Date(1960, 3, 15)
WEST = Holding("claim", "west-realm")
WEST_OTHERWISE = Holding("claim", "west-realm", otherwise=True)
EAST = Holding("claim", "east-league")
EAST_LAW = Holding("de-jure", "east-league")


def painted(atlas, day, perspective=ALL, region="cu-shire"):
    return law_of(atlas, region, day, perspective).holdings


def test_a_statement_counts_from_its_first_day_on(islands_atlas):
    assert painted(islands_atlas, Date(1950, 5, 31), "west-side") == ()
    assert painted(islands_atlas, CLAIMED, "west-side") == (WEST,)
    assert painted(islands_atlas, Date(1999, 12, 30), "west-side") == (WEST,)
    assert painted(islands_atlas, Date(1999, 12, 31), "west-side") == ()


def test_who_says_otherwise_is_shown_as_saying_so(islands_atlas):
    assert painted(islands_atlas, EVE_OF_LANDING, "east-side") == (WEST_OTHERWISE,)
    assert painted(islands_atlas, LANDING, "east-side") == (WEST_OTHERWISE, EAST)


def test_all_tellers_together_show_every_claim_and_every_denial(islands_atlas):
    assert set(painted(islands_atlas, EVE_OF_LANDING)) == {EAST_LAW, WEST, WEST_OTHERWISE}
    assert set(painted(islands_atlas, LANDING)) == {EAST_LAW, WEST, WEST_OTHERWISE, EAST}


def test_a_teller_without_a_statement_is_silent(islands_atlas):
    assert law_of(islands_atlas, "cu-west", LANDING).claims == ()
    assert law_of(islands_atlas, "cu-shire", LANDING, "nobody").claims == ()


def test_the_nearest_region_counts(islands_atlas):
    wide = replace(
        next(s for s in islands_atlas.statuses if s.id == "shire-claimed-by-west"),
        id="whole-isle", region_id="east-isle", polity_id="east-league",
    )  # fmt: skip
    atlas = replace(islands_atlas, statuses=(*islands_atlas.statuses, wide))
    assert painted(atlas, LANDING, "west-side") == (WEST,)
    assert painted(atlas, LANDING, "west-side", "cu-east") == (EAST,)


def test_a_statement_is_shown_on_the_ground_its_region_names(islands_atlas):
    regions = {
        **islands_atlas.regions,
        "strait-shire": replace(islands_atlas.regions["strait-shire"], shown_on=("west-isle",)),
    }
    atlas = replace(islands_atlas, regions=regions)
    assert painted(islands_atlas, LANDING, "west-side", "cu-west") == ()
    assert painted(atlas, LANDING, "west-side", "cu-west") == (WEST,)


def test_what_is_said_in_part_is_told_but_paints_nothing(islands_atlas):
    (denial,) = (a for a in islands_atlas.accounts if a.status_id)
    qualified = tuple(
        replace(a, stance="in-part") if a is denial else a for a in islands_atlas.accounts
    )
    law = law_of(
        replace(islands_atlas, accounts=qualified), "cu-shire", EVE_OF_LANDING, "east-side"
    )
    assert law.holdings == ()
    assert [claim.stance for claim in law.claims] == ["in-part"]


def test_an_account_may_be_about_a_part_of_the_days_only(islands_atlas):
    (denial,) = (a for a in islands_atlas.accounts if a.status_id)
    until = replace(denial, end=Date(1955, 1, 1))
    atlas = replace(islands_atlas, accounts=(until,))
    assert painted(atlas, Date(1954, 12, 31), "east-side") == (WEST_OTHERWISE,)
    assert painted(atlas, Date(1955, 1, 1), "east-side") == ()
    span = Timespan(CLAIMED, Date(1999, 12, 31))
    assert until.within(span) == Timespan(CLAIMED, Date(1955, 1, 1))
    assert replace(denial, end=CLAIMED).within(span) is None


def test_days_of_law_are_the_days_on_which_something_else_is_said(islands_atlas):
    assert days_of_law(islands_atlas, "cu-shire") == (CLAIMED, LANDING, Date(1999, 12, 31))
    assert days_of_law(islands_atlas, "cu-west") == ()
    assert tellers(islands_atlas) == ("chronicle", "west-side", "east-side")


def test_each_perspective_has_change_days_of_its_own(islands_atlas):
    def days(perspective):
        return timeline(islands_atlas, "legal", perspective).change_days

    assert Date(1960, 3, 15) not in days("west-side")
    assert Date(1960, 3, 15) in days("east-side")
    assert Date(1999, 12, 31) in days("west-side")


def test_a_legal_change_says_what_was_said_before_and_after_and_by_which_statement(islands_atlas):
    (change,) = changes_on(islands_atlas, LANDING, "legal", "east-side")
    assert (change.kind, change.region_id) == ("legal", "cu-shire")
    assert change.before == (WEST_OTHERWISE,)
    assert set(change.after) == {WEST_OTHERWISE, EAST}
    assert change.status_ids == ("shire-claimed-by-east",)
    assert change.event_ids == ("A02",)


def test_readings_are_modes_and_where_they_ask_perspectives(islands_atlas):
    assert [reading.id for reading in readings(islands_atlas)] == [
        "units", "control", "legal:all", "legal:chronicle", "legal:west-side", "legal:east-side",
    ]  # fmt: skip
    assert choices(islands_atlas, mode_of(islands_atlas, "control")) == ()


def test_a_mode_that_asks_nobody_takes_no_notice_of_a_perspective(islands_atlas):
    assert reading_of(islands_atlas, "control", "west-side").id == "control"
    assert reading_of(islands_atlas, "legal").id == "legal:all"


@pytest.mark.parametrize(
    ("mode", "perspective", "says"),
    [("weather", "", "no mode 'weather'"), ("legal", "wset-side", "try west-side")],
)
def test_an_unknown_mode_or_perspective_is_named(islands_atlas, mode, perspective, says):
    with pytest.raises(UnknownId, match=says):
        reading_of(islands_atlas, mode, perspective)
