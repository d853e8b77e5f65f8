"""Two maps of one page: moved together, each with its own day, both in the address."""

import csv
import json

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import PHONE
from browser.map_page import STATE, MapFrame, map_frame, settled, two_maps
from browser.watch import Watch
from maps.atlas.model import Date

LINK = "tab=compare&day=1955-01-01&day2=1970-01-01&mode=control"
Two = tuple[MapFrame, MapFrame]


@pytest.fixture
def both(page: Page, islands: str) -> Two:
    """The invented atlas before and after the landing, by control."""
    page.goto(f"{islands}/?{LINK}")
    shown = two_maps(page)
    settled(page)
    return shown


def wait_view(shown: MapFrame, view: list[float]) -> None:
    shown.frame.wait_for_function(
        f"""() => {{
            const m = {STATE}.map, c = m.getCenter();
            const now = [m.getZoom(), +c.lat.toFixed(5), +c.lng.toFixed(5)];
            return JSON.stringify(now) === {json.dumps(json.dumps(view).replace(" ", ""))};
        }}""",
        timeout=10_000,
    )


def listed(page: Page):
    return page.locator(".mc-differences tbody tr")


def test_the_address_opens_both_days(both: Two, page: Page):
    assert [shown.day for shown in both] == [Date(1955, 1, 1), Date(1970, 1, 1)]
    assert [shown.mode for shown in both] == ["control", "control"]
    expect(listed(page)).to_have_count(1)
    for part in ("Strait Shire", "East League", "West Realm", "12,309", "Landing at the narrows"):
        expect(listed(page).first).to_contain_text(part)


def test_a_map_that_is_dragged_takes_the_other_along(both: Two, page: Page):
    left, right = both
    before = left.view
    left.frame.evaluate(f"() => {{ {STATE}.map.options.inertia = false; }}")  # or it glides on
    box = page.locator(".st-key-frame-of-map-left iframe").bounding_box()
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 317, box["y"] + 223, steps=12)
    page.mouse.up()
    assert left.view != before
    wait_view(right, left.view)


@pytest.mark.parametrize("led_by", [0, 1])
def test_zoom_and_centre_go_both_ways_and_come_to_rest(both: Two, led_by: int):
    leader, follower = both[led_by], both[1 - led_by]
    moves = f"window.moves = 0; {STATE}.map.on('move', () => window.moves++)"
    leader.frame.get_by_role("button", name="Zoom in").click()
    wait_view(follower, leader.view)
    leader.frame.evaluate(f"() => {{ {STATE}.map.panBy([37, -21], {{animate: false}}); }}")
    wait_view(follower, leader.view)
    for shown in both:
        shown.frame.evaluate(f"() => {{ {moves}; }}")
    leader.frame.evaluate(f"() => {{ {STATE}.map.setView([0.4, 22.2], 9, {{animate: false}}); }}")
    wait_view(follower, leader.view)
    assert leader.view[0] == 9
    # What was followed is not passed back: one move here, one there, and no more.
    for shown in both:
        shown.frame.evaluate("() => new Promise(done => setTimeout(done, 200))")
        assert shown.frame.evaluate("window.moves") <= 2


def test_the_mode_is_one_choice_for_both_and_for_the_list(both: Two, page: Page):
    left, right = both
    right.frame.locator('.ma-modes button[data-mode="units"]').click()
    left.frame.wait_for_function(f"{STATE}.selection.mode === 'units'")
    page.wait_for_url("**mode=units*")
    expect(page.locator(".mc-compare").first).to_contain_text("1970 · Administration")
    settled(page)
    assert [shown.mode for shown in both] == ["units", "units"]
    left.frame.locator('.ma-modes button[data-mode="legal"]').click()
    left.frame.locator(".ma-tellers select").select_option("east-side")
    right.frame.wait_for_function(f"{STATE}.reading() === 'legal:east-side'")
    page.wait_for_url("**perspective=east-side*")


def test_what_differs_is_outlined_on_both_maps_and_no_more_when_the_days_are_equal(
    both: Two, page: Page
):
    left, right = both
    changed = page.locator(".mc-compare[data-changed]").get_attribute("data-changed").split()
    assert changed
    outlined = "[...document.querySelectorAll('path.page-changed')].map(p => p.dataset.boundary)"
    for shown in both:
        shown.frame.wait_for_function(f"{outlined}.length > 0")
        assert sorted(shown.frame.evaluate(outlined)) == sorted(changed)
    right.go(left.day.isoformat())
    left.frame.wait_for_function(f"{outlined}.length === 0")


def test_outlines_follow_the_list_when_it_is_drawn_after_the_run(both: Two, page: Page):
    outlined = "document.querySelectorAll('path.page-changed').length"
    for shown in both:
        shown.frame.wait_for_function(f"{outlined} > 0")
    settled(page)
    page.evaluate("document.querySelector('.mc-compare').dataset.changed = ''")
    page.evaluate("document.querySelector('.mc-compare').append('')")
    for shown in both:
        shown.frame.wait_for_function(f"{outlined} === 0")


def test_each_map_has_its_own_time_and_is_not_built_again(both: Two, page: Page, watch: Watch):
    left, right = both
    for shown in both:
        shown.mark()
    left.frame.evaluate(f"() => {{ {STATE}.map.setView([0.4, 22.2], 9, {{animate: false}}); }}")
    wait_view(right, left.view)
    view = left.view
    settled(page)
    sent = watch.messages
    left.frame.evaluate(
        f"() => {{ for (let i = 0; i < 40; i++) {STATE}.control.step('day', -1); }}"
    )
    assert watch.messages == sent
    right.go("1960-03-14")
    page.wait_for_url("**day2=1960-03-14*")
    expect(page.locator(".mc-compare").first).to_contain_text("Nothing that is shown differs")
    left.go("1960-03-15")
    page.wait_for_url("**day=1960-03-15*")
    expect(listed(page)).to_have_count(1)
    assert [shown.day for shown in both] == [Date(1960, 3, 15), Date(1960, 3, 14)]
    for shown in both:
        assert shown.is_marked(), "the frame was loaded again"
        assert shown.view == view


def test_what_was_compared_reopens_from_the_address(both: Two, page: Page, watch: Watch):
    both[1].go("1972-05-01")
    page.wait_for_url("**day2=1972-05-01*")
    other = watch.context.new_page()
    other.goto(page.url)
    reopened = two_maps(other)
    assert [shown.day for shown in reopened] == [shown.day for shown in both]
    assert [shown.mode for shown in reopened] == ["control", "control"]
    # Another page of the same browser is another reader: it stays where it is.
    here = both[0].view
    reopened[0].frame.evaluate(
        f"() => {{ {STATE}.map.setView([0.1, 20], 9, {{animate: false}}); }}"
    )
    wait_view(reopened[1], reopened[0].view)
    assert [shown.view for shown in both] == [here, here]


def type_year(page: Page, label: str, year: str) -> None:
    page.get_by_role("spinbutton", name=f"year, {label}").focus()
    page.keyboard.type(year)  # goes on to the month
    page.get_by_role("button", name="Show these days").press("Enter")


def test_the_days_can_be_typed_and_swapped(both: Two, page: Page):
    left, right = both
    page.get_by_role("button", name="Swap the days").click()
    left.wait_day("1970-01-01")
    right.wait_day("1955-01-01")
    page.wait_for_url("**day=1970-01-01*day2=1955-01-01*")
    settled(page)
    for year in ("1961", "1955", "1961"):
        type_year(page, "Day on the second map", year)
        right.wait_day(f"{year}-01-01")
        page.wait_for_url(f"**day2={year}-01-01*")
        settled(page)
    left.go("1950-06-01")
    page.wait_for_url("**day=1950-06-01*")
    settled(page)
    type_year(page, "Day on the first map", "1970")
    left.wait_day("1970-06-01")
    page.wait_for_url("**day=1970-06-01*day2=1961-01-01*")


def test_the_map_tab_is_where_the_first_map_was_left(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    single = map_frame(page)
    settled(page)
    page.get_by_role("tab", name="Compare").click()
    left, right = two_maps(page)
    assert (left.day, right.day) == (Date(1955, 1, 1), Date(1960, 3, 15))
    left.go("1972-05-01")
    page.wait_for_url("**day=1972-05-01*")
    settled(page)
    page.get_by_role("tab", name="Map").click()
    single.wait_day("1972-05-01")
    settled(page)
    assert "day=1972-05-01" in page.url


def test_going_back_brings_both_maps_back(both: Two, page: Page):
    both[1].go("1972-05-01")
    page.wait_for_url("**day2=1972-05-01*")
    settled(page)
    page.go_back()
    both[1].wait_day("1970-01-01")
    page.wait_for_url("**day2=1970-01-01*")


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize("size", [PHONE])
def test_on_a_phone_the_maps_stand_one_above_the_other(page: Page):
    boxes = [
        page.locator(f".st-key-frame-of-map-{side} iframe").bounding_box()
        for side in ("left", "right")
    ]
    assert boxes[0]["x"] == boxes[1]["x"]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
    assert all(box["x"] + box["width"] <= PHONE[0] for box in boxes)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE[0]


def test_the_list_can_be_taken_away(both: Two, page: Page):
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download the list as CSV").click()
    assert begun.value.suggested_filename == "1955-01-01-1970-01-01-control.csv"
    rows = list(csv.DictReader(begun.value.path().open(encoding="utf-8")))
    assert [(row["region"], row["before"], row["after"]) for row in rows] == [
        ("cu-shire", "de-facto east-league", "de-facto west-realm")
    ]
    assert both[1].day == Date(1970, 1, 1)
