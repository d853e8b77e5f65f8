"""The tab "Compare", without a browser: the days of the address, the fields, the list."""

import datetime
from pathlib import Path

import pytest

from kit import address, assert_sound
from maps.atlas.model import Date
from maps.ui.state import TABS

LONG_AGO = Path(__file__).parents[2] / "examples" / "long-ago"
HALVES = {"tab": "compare", "day": "1955-01-01", "day2": "1970-01-01", "mode": "control"}


def test_the_address_opens_both_days_and_their_list(open_page, text_of):
    page = open_page(**HALVES)
    assert_sound(page)
    shown = text_of(page)
    assert "1 January 1955 → 1 January 1970 · Control" in shown
    assert "Landing at the narrows" in shown
    assert "Area held, km²" in shown
    assert address(page) == HALVES


@pytest.mark.parametrize(
    ("day", "other"),
    [
        ("1955-01-01", "1960-03-15"),  # the next change of control
        ("1960-03-14", "1960-03-15"),
        ("1960-03-15", "1999-12-31"),  # there is none: the last day
    ],
)
def test_where_no_second_day_is_given_it_is_that_of_the_next_change(open_page, day, other):
    page = open_page(tab="compare", day=day)
    assert_sound(page)
    assert address(page)["day2"] == other


def test_the_list_follows_the_days_in_the_fields(open_page, text_of):
    page = open_page(**HALVES)
    page.date_input[1].set_value(datetime.date(1960, 3, 14))
    next(each for each in page.button if each.label == "Show these days").click().run()
    assert_sound(page)
    assert address(page)["day2"] == "1960-03-14"
    assert "Nothing that is shown differs between these two days." in text_of(page)


def test_the_days_are_swapped(open_page, text_of):
    page = open_page(**HALVES)
    page.button(key="compare-swap").click().run()
    assert_sound(page)
    assert "1 January 1970 → 1 January 1955" in text_of(page)
    assert (address(page)["day"], address(page)["day2"]) == ("1970-01-01", "1955-01-01")


def test_the_same_day_twice_is_said(open_page, text_of):
    page = open_page(**{**HALVES, "day2": "1955-01-01"})
    assert "Both days are 1 January 1955: nothing differs." in text_of(page)


def test_the_areas_are_those_of_control_only(open_page, text_of):
    assert "Area held, km²" not in text_of(open_page(**{**HALVES, "mode": "units"}))


def test_the_second_day_is_kept_in_other_tabs(open_page):
    page = open_page(**HALVES)
    page.session_state["tabs-en"] = "Events"
    page.run()
    assert address(page)["tab"] == "events"
    assert address(page)["day2"] == "1970-01-01"
    assert TABS[0] not in address(page).values()


def two_frames():
    """Stand for the tab: reports of the two frames, and what they are told."""
    import streamlit as st

    from maps.ui import compare_tab, session
    from maps.ui.map_frame import Report
    from maps.ui.opening import opened

    atlas = opened(st.session_state["folder"], "en").atlas
    view = session.begin(atlas)
    compare_tab.open_views(view)
    compare_tab.bring_along(view)
    told = st.session_state.get("reports", {})
    reports = {
        key: Report(day, mode, None, None, "all", number)
        for key, (day, mode, number) in told.items()
    }
    view = compare_tab.absorb(reports, atlas)
    session.absorb(None, atlas)
    session.write_address(atlas)
    st.button("x", key="swap", on_click=compare_tab.move, args=(view.other_day, view.day))
    st.session_state["shown"] = (view.day, view.other_day, view.mode)
    keys = [f"map_frame_command{key}" for key in (compare_tab.LEFT, compare_tab.RIGHT)]
    st.session_state["commands"] = [st.session_state.get(key, (0, {})) for key in keys]


@pytest.fixture
def frames(two_islands):
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_function(two_frames, default_timeout=30)
    page.session_state["folder"] = str(two_islands)
    for name, value in HALVES.items():
        page.query_params[name] = value
    return page.run()


FIRST, SECOND, THIRD = Date(1955, 1, 1), Date(1970, 1, 1), Date(1972, 5, 1)


def commands(page):
    """The number and the day of the last command of each frame, None for none."""
    return [
        (number, Date.fromordinal(wanted["day"]) if wanted else None)
        for number, wanted in page.session_state["commands"]
    ]


def test_each_frame_moves_its_own_day(frames):
    frames.session_state["reports"] = {"map-right": (THIRD, "control", 0)}
    frames.run()
    assert frames.session_state["shown"] == (FIRST, THIRD, "control")
    assert address(frames)["day2"] == "1972-05-01"
    assert commands(frames) == [(0, None), (0, None)]


def test_the_mode_chosen_in_one_frame_is_that_of_both_and_told_to_none(frames):
    frames.session_state["reports"] = {"map-left": (FIRST, "units", 0)}
    frames.run()
    assert frames.session_state["shown"] == (FIRST, SECOND, "units")
    # The other frame has heard of it inside the browser; its report is only an echo.
    frames.session_state["reports"] = {
        "map-left": (FIRST, "units", 0),
        "map-right": (SECOND, "units", 0),
    }
    frames.run()
    assert frames.session_state["shown"] == (FIRST, SECOND, "units")
    assert commands(frames) == [(0, None), (0, None)]


def test_an_old_report_does_not_undo_a_newer_move(frames):
    frames.button(key="swap").click().run()
    assert commands(frames) == [(1, SECOND), (1, FIRST)]
    # Said before the frame obeyed: it was still on its old day, or had just been moved.
    frames.session_state["reports"] = {"map-right": (THIRD, "control", 0)}
    frames.run()
    assert frames.session_state["shown"] == (SECOND, FIRST, "control")
    assert commands(frames) == [(1, SECOND), (1, FIRST)]
    frames.session_state["reports"] = {"map-right": (THIRD, "control", 1)}
    frames.run()
    assert frames.session_state["shown"] == (SECOND, THIRD, "control")


def test_a_report_that_came_with_a_late_address_is_no_way_back(frames):
    frames.session_state["reports"] = {"map-left": (THIRD, "control", 0)}
    frames.run()
    for name, value in HALVES.items():  # the browser had not heard of the new address yet
        frames.query_params[name] = value
    frames.session_state["reports"] |= {"map-right": (SECOND, "control", 0)}
    frames.run()
    assert frames.session_state["shown"] == (THIRD, SECOND, "control")


@pytest.mark.parametrize(
    ("lang", "shown"), [("en", ["27 BCE", "0033"]), ("fa", ["27 ق.م", "0033"])]
)
def test_days_of_an_atlas_without_a_calendar_are_said_as_they_can_be_read(open_page, lang, shown):
    page = open_page(LONG_AGO, lang=lang, tab="compare", day="-0026-01-01", day2="0033-01-01")
    assert [page.text_input(key=f"compare-{name}").value for name in ("day", "day2")] == shown
    assert not page.exception
    assert [warning.value for warning in page.warning] == []
