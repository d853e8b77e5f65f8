"""A story moves the map from step to step; days chosen for events reload it in its place."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE, PHONE_ON_ITS_SIDE
from browser.map_page import STATE, Fingers, MapFrame, map_frame, settled
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
    assert abs(below_the_edge(page, "decision-of-30-november")) < 12
    page.get_by_role("button", name="Next", exact=True).click()
    page.wait_for_url("**step=printed-in-yerevan*")
    settled(page)
    assert abs(below_the_edge(page, "printed-in-yerevan")) < 12
    assert page.evaluate("document.activeElement.innerText") == "Next"
    assert shown.day.isoformat() == "1920-12-07"


def below_the_edge(page: Page, step: str) -> float:
    """How far the text of a step begins below the upper edge of the panel, in pixels."""
    return page.evaluate(
        """([panel, step]) => document.querySelector(`[data-step="${step}"]`)
            .getBoundingClientRect().top
            - document.querySelector(panel).getBoundingClientRect().top""",
        [READING, step],
    )


def scroll_to(page: Page, step: str) -> None:
    page.evaluate(
        """([panel, step]) => {
            const held = document.querySelector(panel);
            const text = document.querySelector(`[data-step="${step}"]`);
            held.scrollTop += text.getBoundingClientRect().top - held.getBoundingClientRect().top;
        }""",
        [READING, step],
    )


SMALL = [PHONE, (360, 740), PHONE_ON_ITS_SIDE]


@pytest.mark.parametrize("size", [DESK, PHONE, PHONE_ON_ITS_SIDE])
def test_scrolling_the_text_leads_the_map_and_back(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?story=article&step=introduction")
    shown = map_frame(page)
    settled(page)
    still(shown)
    shown.mark()
    scroll_to(page, "decision-of-30-november")
    page.wait_for_url("**step=decision-of-30-november*")
    shown.wait_day("1920-11-30")
    settled(page)
    assert abs(below_the_edge(page, "decision-of-30-november")) < 12, "the text has jumped"
    scroll_to(page, "red-army-in-baku")
    page.wait_for_url("**step=red-army-in-baku*")
    shown.wait_day("1920-04-28")
    assert shown.is_marked(), "the map was built again"


@pytest.mark.parametrize("size", SMALL)
def test_map_and_text_stay_both_in_sight_as_the_text_is_scrolled(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?story=article&step=introduction")
    shown = map_frame(page)
    settled(page)
    window = page.viewport_size
    steps = page.locator(".mc-step[data-day]").evaluate_all("all => all.map(s => s.dataset.step)")
    assert len(steps) == 25
    upright = window["height"] > window["width"]
    for step in steps[1::6]:  # short texts and long ones
        scroll_to(page, step)
        shown.frame.wait_for_function(f"{STATE}.selection.step === {step!r}")
        ground = shown.frame.locator(".leaflet-container").bounding_box()
        text = page.locator(f'[data-step="{step}"] h2').first.bounding_box()
        assert ground["y"] >= 0
        if upright:
            assert abs(ground["height"] / window["height"] - 0.45) < 0.02
        assert text["y"] >= (ground["y"] + ground["height"] if upright else 0)
        assert text["y"] + text["height"] <= page.locator(".st-key-story-head").bounding_box()["y"]


def test_steps_are_turned_by_keys(first_step: MapFrame, page: Page):
    panel = page.locator(READING)
    panel.evaluate("panel => { panel.tabIndex = 0; panel.focus(); }")
    page.keyboard.press("ArrowRight")
    first_step.wait_day("1960-03-15")
    page.wait_for_url("**step=landing*")
    page.keyboard.press("ArrowLeft")
    first_step.wait_day("1950-06-01")


@pytest.mark.parametrize("touch", [True])
@pytest.mark.parametrize("size", [PHONE])
def test_a_swipe_turns_to_the_next_step(first_step: MapFrame, page: Page):
    box = page.locator(READING).bounding_box()
    y = box["y"] + box["height"] / 2
    Fingers(page).swipe((300, y), (80, y + 6))
    first_step.wait_day("1960-03-15")
    page.wait_for_url("**step=landing*")


def test_the_story_keeps_one_zoom_unless_a_step_needs_another(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?story=article&step=introduction")
    shown = map_frame(page)
    settled(page)
    needed = shown.frame.evaluate(
        f"""() => [...parent.document.querySelectorAll('.mc-step[data-day]')].map(step => {{
            const b = step.dataset.bbox.split(',').map(Number);
            const box = [[b[1], b[0]], [b[3], b[2]]];
            const own = {STATE}.map.getBoundsZoom(box, false, L.point(20, 20));
            return [step.dataset.step, own, {STATE}.zoomFor(b)];
        }})"""
    )
    zooms = [zoom for _, _, zoom in needed]
    assert max(zooms.count(zoom) for zoom in zooms) >= len(zooms) / 2
    assert all(zoom <= own for _, own, zoom in needed), "a step is not whole on the map"


@pytest.mark.parametrize("size", [PHONE, (360, 740)])
@pytest.mark.parametrize("link", ["story=article&step=tenth-congress", "tab=story"])
def test_a_story_fits_a_telephone(page: Page, dashboard: str, link: str):
    page.goto(f"{dashboard}/?{link}")
    expect(page.locator(".mc-progress, .mc-story").first).to_be_visible(timeout=30_000)
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
