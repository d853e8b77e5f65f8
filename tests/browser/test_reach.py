"""Without a mouse, on a telephone, and without the world."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import PHONE
from browser.map_page import FRAME, map_frame, settled

TABS_AT_MOST = 40


def tab_until(page: Page, reached: str) -> None:
    """Press Tab until ``reached`` is true in the frame."""
    frame = page.locator(FRAME).element_handle().content_frame()
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if frame.evaluate(f"document.hasFocus() && !!({reached})"):
            return
    raise AssertionError(f"{TABS_AT_MOST} tabs never reached {reached}")


def test_time_is_moved_by_keyboard_alone(page: Page, islands: str):
    page.goto(f"{islands}/?day=1940-01-01")
    shown = map_frame(page)
    settled(page)
    tab_until(page, "document.activeElement.matches('.ma-slider')")
    page.keyboard.press("ArrowRight")
    shown.wait_day("1950-06-01")
    page.wait_for_url("**day=1950-06-01*")


def test_an_event_is_opened_by_keyboard_alone(page: Page, islands: str):
    page.goto(f"{islands}/?day=1960-03-15")
    shown = map_frame(page)
    settled(page)
    tab_until(page, "document.activeElement.closest('.ma-event')")
    page.keyboard.press("Enter")
    expect(shown.card).to_be_visible()


def test_a_region_is_opened_by_keyboard_alone(page: Page, islands: str):
    page.goto(f"{islands}/?day=1950-06-01")
    shown = map_frame(page)
    settled(page)
    tab_until(page, "document.activeElement.matches('.ma-more')")
    page.keyboard.press("Enter")
    expect(shown.frame.locator(".ma-more")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(shown.card).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, (360, 740)])
@pytest.mark.parametrize("tab", ["map", "events", "sources", "method", "export"])
def test_nothing_is_wider_than_a_telephone(page: Page, dashboard: str, tab: str):
    page.goto(f"{dashboard}/?tab={tab}")
    expect(page.get_by_role("tab", selected=True)).to_be_visible(timeout=30_000)
    settled(page)
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]


@pytest.mark.parametrize("size", [PHONE])
def test_the_map_is_used_on_a_telephone(page: Page, dashboard: str):
    page.goto(dashboard)
    shown = map_frame(page)
    inside = shown.frame.evaluate(
        "[document.documentElement.scrollWidth, window.innerWidth, window.innerHeight]"
    )
    assert inside[0] <= inside[1]
    assert shown.frame.evaluate("MapsAtlas.state.map.getSize().y") >= 240
    page.locator(FRAME).evaluate("frame => frame.scrollIntoView({block: 'end'})")
    box = shown.slider.bounding_box()
    assert box["width"] >= 300
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    page.wait_for_url("**day=19*")
