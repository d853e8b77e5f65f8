"""A story moves the map from step to step; days chosen for events reload it in its place."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import PHONE
from browser.map_page import STATE, MapFrame, map_frame, settled
from browser.test_reach import TABS_AT_MOST

STORY = "story=isles&step=shire-apart"
READING = '[class*="st-key-reading-"]'


@pytest.fixture
def first_step(page: Page, islands: str) -> MapFrame:
    page.goto(f"{islands}/?{STORY}")
    shown = map_frame(page)
    settled(page)
    still(shown)
    return shown


def still(shown: MapFrame) -> None:
    """Wait until the map has ended its flight."""
    shown.frame.wait_for_function(
        f"""() => {{
            const m = {STATE}.map, c = m.getCenter(), now = [m.getZoom(), c.lat, c.lng].join();
            const before = window.lastPlace;
            window.lastPlace = now;
            return before === now;
        }}""",
        polling=200,
    )


def covers(shown: MapFrame, west: float, south: float, east: float, north: float) -> bool:
    return shown.frame.evaluate(
        f"([w, s, e, n]) => {STATE}.map.getBounds().contains([[s, w], [n, e]])",
        [west, south, east, north],
    )


def test_a_link_to_a_step_opens_its_day_mode_and_place(first_step: MapFrame, page: Page):
    assert first_step.day.isoformat() == "1950-06-01"
    assert first_step.mode == "units"
    assert covers(first_step, 21.5, -0.5, 24.5, 1.5)
    assert not covers(first_step, 19.5, -0.5, 24.5, 1.5)
    expect(page.get_by_role("progressbar", name="Step 1 of 2")).to_be_visible()
    # The panel tells the event; nothing covers the place.
    expect(first_step.card).to_have_count(0)


def test_next_moves_the_day_the_mode_and_the_view_of_the_map(first_step: MapFrame, page: Page):
    first_step.mark()
    before = page.get_by_role("button", name="Next", exact=True).bounding_box()
    page.get_by_role("button", name="Next", exact=True).click()
    first_step.wait_day("1960-03-15")
    page.wait_for_url("**step=landing*")
    settled(page)
    still(first_step)
    assert first_step.mode == "control"
    assert covers(first_step, 19.5, -0.5, 24.5, 1.5)
    assert page.get_by_role("button", name="Next", exact=True).bounding_box() == before
    assert first_step.is_marked(), "the map was built again"


def test_a_story_is_read_by_keyboard_alone(first_step: MapFrame, page: Page):
    page.locator("body").press("Tab")
    focused = "document.activeElement && document.activeElement.innerText"
    for _ in range(TABS_AT_MOST):
        if page.evaluate(focused) == "Next":
            break
        page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Next"
    page.keyboard.press("Enter")
    first_step.wait_day("1960-03-15")
    page.wait_for_url("**step=landing*")
    settled(page)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(focused) == "Previous"
    page.keyboard.press("Enter")
    first_step.wait_day("1950-06-01")
    page.wait_for_url("**step=shire-apart*")


def test_a_reader_who_scrubs_away_is_led_back(first_step: MapFrame, page: Page):
    first_step.go("1972-06-01")
    said = page.get_by_text("You are on 1 June 1972; this step tells of 1 June 1950.")
    expect(said).to_be_visible()
    page.get_by_role("button", name="Back to the step").click()
    first_step.wait_day("1950-06-01")
    expect(said).to_have_count(0)


def test_a_story_begins_on_a_map_that_was_never_seen(page: Page, islands: str):
    page.goto(f"{islands}/?tab=story")
    page.get_by_role("button", name="Start reading").click(timeout=30_000)
    shown = map_frame(page)
    shown.wait_day("1950-06-01")
    settled(page)
    still(shown)
    assert covers(shown, 21.5, -0.5, 24.5, 1.5)
    assert not covers(shown, 19.5, -0.5, 24.5, 1.5)


def test_each_step_of_the_shipped_story_is_shown_from_its_top(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?story=article&step=decision-of-30-november")
    shown = map_frame(page)
    settled(page)
    page.locator(READING).evaluate("panel => { panel.scrollTop = 900; }")
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_url("**step=printed-in-yerevan*")
    settled(page)
    assert page.locator(READING).evaluate("panel => panel.scrollTop") == 0
    assert page.evaluate("document.activeElement.innerText") == "Next"
    assert shown.day.isoformat() == "1920-12-07"


@pytest.mark.parametrize("size", [PHONE, (360, 740)])
@pytest.mark.parametrize("link", ["story=article&step=tenth-congress", "tab=story"])
def test_a_story_fits_a_telephone(page: Page, dashboard: str, link: str):
    page.goto(f"{dashboard}/?{link}")
    expect(page.get_by_text("The article, step by step").first).to_be_visible(timeout=30_000)
    settled(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]


def test_a_day_chosen_for_an_event_reloads_the_map_in_its_place(page: Page, islands: str):
    page.goto(f"{islands}/?day=1960-03-17&mode=control&event=A02&region=strait-shire")
    shown = map_frame(page)
    settled(page)
    shown.frame.locator(".leaflet-popup-close-button").click()
    shown.frame.evaluate(f"{STATE}.map.setView([0.5, 22.5], 9, {{animate: false}})")
    held = shown.fill("cu-shire-1900")
    place = shown.view
    shown.mark()
    page.get_by_text("20 March 1960 – ").click()
    page.wait_for_url("**dates=*")
    page.wait_for_function(
        """() => [...document.querySelectorAll('iframe[title^="streamlit_folium"]')].some(f =>
            f.contentWindow.MapsAtlas && f.contentWindow.MapsAtlas.state
            && !f.contentWindow.stillTheSame)"""
    )
    settled(page)
    fresh = map_frame(page)
    assert not fresh.is_marked()
    assert (fresh.day.isoformat(), fresh.mode) == ("1960-03-17", "control")
    assert fresh.view[0] == place[0]
    assert fresh.fill("cu-shire-1900") != held  # three days before the landing, as told now
    expect(page.get_by_text("Dates chosen by you:")).to_be_visible()


def test_other_days_and_their_range_are_drawn_on_the_axis(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    shown.frame.evaluate(
        f"""() => {{
            const day = {STATE}.data.events.find(e => e.id === 'A02').a;
            {STATE}.control.setView(day - 40, day + 40);
        }}"""
    )
    ticks = shown.frame.locator(".ma-given")
    expect(ticks).to_have_count(1)
    drawn = shown.frame.evaluate(
        """() => {
            const tick = +document.querySelector('.ma-given').getAttribute('cx');
            const range = document.querySelector('.ma-mark rect[fill="url(#ma-ink-out)"]');
            const from = +range.getAttribute('x');
            return {tick: tick, from: from, to: from + +range.getAttribute('width')};
        }"""
    )
    assert drawn["from"] < drawn["tick"] < drawn["to"]
    box = ticks.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(shown.frame.locator(".ma-tip")).to_contain_text(
        "days in the sources: 15 March 1960, 20 March 1960"
    )
