from dataclasses import replace

import pytest

from maps.atlas.model import Date
from maps.ui.state import Complaint, ViewState, opening_view, query_of, read_view

HOME = ViewState(Date(1960, 3, 15), "units", None, None, "en", "map")


def test_empty_address_gives_the_opening_view(islands_atlas):
    assert read_view({}, islands_atlas) == (HOME, ())
    assert opening_view(islands_atlas) == HOME


def test_opening_view_has_an_empty_address(islands_atlas):
    assert query_of(HOME, islands_atlas) == {}


def test_every_part_of_an_address_is_read(islands_atlas):
    query = {
        "day": "1972-06-01",
        "mode": "control",
        "event": "X01",
        "region": "west-isle",
        "lang": "fr",
        "tab": "events",
    }
    view, complaints = read_view(query, islands_atlas)
    assert view == ViewState(Date(1972, 6, 1), "control", "west-isle", "X01", "fr", "events")
    assert complaints == ()


def test_ids_and_names_are_read_in_any_case(islands_atlas):
    view, complaints = read_view({"EVENT": "a02", "Mode": "CONTROL"}, islands_atlas)
    assert (view.event, view.mode, complaints) == ("A02", "control", ())


@pytest.mark.parametrize(
    "view",
    [
        HOME,
        replace(HOME, day=Date(1950, 6, 1)),
        replace(HOME, mode="control"),
        replace(HOME, event="A02"),
        replace(HOME, place="8.25/-0.5/21.125"),
        # Another day than the event's own: time has moved on since it was selected.
        replace(HOME, event="A01", day=Date(1980, 1, 1)),
        replace(HOME, region="strait-shire", lang="fr"),
        replace(HOME, tab="sources"),
        replace(HOME, perspective="east-side", mode="legal"),
        replace(HOME, other_day=Date(1972, 6, 1), tab="compare"),
        replace(HOME, story="isles", step="landing"),
        # A reader of the story who has let go of what the step shows.
        replace(HOME, story="isles", step="landing", mode="units", event=None),
        replace(HOME, dates=(("A02", Date(1960, 3, 20)),)),
    ],
)
def test_a_written_address_reopens_exactly_its_view(islands_atlas, view):
    assert read_view(query_of(view, islands_atlas), islands_atlas) == (view, ())


def test_an_event_brings_its_day_where_none_is_given(islands_atlas):
    view, _ = read_view({"event": "A01"}, islands_atlas)
    assert view.day == Date(1950, 6, 1)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("1950", Date(1950, 1, 1)),
        ("1950-06", Date(1950, 6, 1)),
        ("juin 1950", Date(1950, 6, 1)),
        ("1980~", Date(1980, 1, 1)),
        ("../1980", Date(1900, 1, 1)),
    ],
)
def test_a_day_may_be_less_than_a_day(islands_atlas, asked, day):
    view, complaints = read_view({"day": asked}, islands_atlas)
    assert (view.day, complaints) == (day, ())


@pytest.mark.parametrize("asked", ["5 July 1921", "July 5, 1921", "5 juillet 1921", "19210705"])
def test_a_day_of_an_address_is_read_as_people_write_it(islands_atlas, asked):
    view, complaints = read_view({"day": asked}, islands_atlas)
    assert (view.day, complaints) == (Date(1921, 7, 5), ())


def test_a_day_that_may_be_two_is_shown_and_the_other_is_told(islands_atlas):
    view, complaints = read_view({"day": "05-07-1921"}, islands_atlas)
    assert view.day == Date(1921, 7, 5)
    assert complaints[0].text("en") == (
        "“05-07-1921” is read as 5 July 1921, day first. "
        "With the month first it would be 7 May 1921."
    )


def test_a_text_that_is_no_day_is_complained_of_and_the_event_decides(islands_atlas):
    view, complaints = read_view({"day": "yesterday", "event": "X02"}, islands_atlas)
    assert view.day == Date(1980, 7, 1)
    assert complaints == (Complaint("day", {"value": "yesterday", "shown": "1 July 1980"}),)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("1899-12-31", Date(1900, 1, 1)),  # the day before the first
        ("2000-01-01", Date(1999, 12, 31)),  # the day after the last
    ],
)
def test_a_day_outside_is_moved_to_the_nearest_inside(islands_atlas, asked, day):
    view, complaints = read_view({"day": asked}, islands_atlas)
    assert view.day == day
    assert [complaint.key for complaint in complaints] == ["day_outside"]


@pytest.mark.parametrize("name", ["mode", "event", "region", "lang", "tab"])
def test_an_unknown_id_falls_back_and_is_named(islands_atlas, name):
    view, complaints = read_view({name: "nowhere"}, islands_atlas)
    assert view == HOME
    assert [complaint.key for complaint in complaints] == [name]
    assert "nowhere" in complaints[0].text("en")


def test_a_long_value_is_cut_in_the_complaint(islands_atlas):
    _, complaints = read_view({"event": "x" * 5000}, islands_atlas)
    assert len(complaints[0].text("en")) < 200


@pytest.mark.parametrize("asked", ["4.5/20.3/86.3", "8/0.5/18", "8/0.5/-22", "8/1.9/22"])
def test_a_place_outside_the_atlas_is_complained_of(islands_atlas, asked):
    view, complaints = read_view({"map": asked}, islands_atlas)
    assert view.place == ""
    assert complaints == (Complaint("map_outside", {"value": asked}),)


@pytest.mark.parametrize("asked", ["here", "9/0.5", "21/0/0", "9/86/0", "9/0/181"])
def test_a_place_that_is_none_is_complained_of(islands_atlas, asked):
    view, complaints = read_view({"map": asked}, islands_atlas)
    assert view.place == ""
    assert [(each.key, each.words["value"]) for each in complaints] == [("map", asked)]


def test_a_step_brings_what_it_shows_where_no_day_is_given(islands_atlas):
    view, complaints = read_view({"story": "isles", "step": "shire-apart"}, islands_atlas)
    assert complaints == ()
    assert view == replace(
        HOME,
        day=Date(1950, 6, 1),
        event="A01",
        region="strait-shire",
        story="isles",
        step="shire-apart",
    )


def test_a_story_without_a_step_begins_with_its_first(islands_atlas):
    view, _ = read_view({"story": "isles"}, islands_atlas)
    assert (view.step, view.day) == ("shire-apart", Date(1950, 6, 1))


def test_what_a_link_names_beside_a_step_is_kept(islands_atlas):
    view, _ = read_view({"story": "isles", "step": "landing", "mode": "legal"}, islands_atlas)
    assert (view.day, view.mode, view.event) == (Date(1960, 3, 15), "legal", "A02")
    view, _ = read_view({"story": "isles", "step": "landing", "event": "X02"}, islands_atlas)
    assert (view.day, view.event) == (Date(1980, 7, 1), "X02")


def test_an_event_brings_the_day_chosen_for_it(islands_atlas):
    view, complaints = read_view({"event": "A02", "dates": "A02:1960-03-20"}, islands_atlas)
    assert complaints == ()
    assert view.day == Date(1960, 3, 20)
    assert view.dates == (("A02", Date(1960, 3, 20)),)


def test_a_day_that_cannot_be_shown_is_complained_of(shipped_atlas):
    asked = "A21:1923-05-23,A05:1920-11-30"
    view, complaints = read_view({"dates": asked}, shipped_atlas)
    assert view.dates == (("A21", Date(1923, 5, 23)),)
    assert [complaint.key for complaint in complaints] == ["dates_unusable"]
    assert "A05:1920-11-30" in complaints[0].text("en")
