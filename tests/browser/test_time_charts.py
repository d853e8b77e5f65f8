"""The charts of the tabs "Regions" and "Areas" in a browser: drawn, read, reached by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.map_page import settled
from maps.day.control import Holding
from maps.looks.paint import holding_look

BOTH = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
CLAIMS = ".st-key-chart-claim svg.marks"
SHIRE = "tab=regions&region=strait-shire&day=1960-03-15"


def opened(page: Page, address: str, query: str, ready: str) -> None:
    page.goto(f"{address}/?{query}")
    expect(page.locator(ready).first).to_be_visible(timeout=30_000)
    settled(page)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@BOTH
def test_a_bar_is_chosen_by_keyboard_and_opens_the_row_that_cites_it(page: Page, islands: str):
    opened(page, islands, SHIRE, ".mc-history")
    bar = page.locator(
        'a.mc-bar[data-status="shire-claimed-by-west"][data-stance="says-otherwise"]'
    )
    bar.focus()
    bar.press("Enter")
    row = page.locator("tr.mc-statement:target")
    expect(row).to_be_visible()
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("The papers of the East League say that the shire was never parted")
    assert "region=strait-shire" in page.url
    assert overflow(page) <= 0
    page.keyboard.press("Escape")
    expect(page.locator("tr.mc-statement:target")).to_have_count(0)


def test_what_a_bar_says_is_shown_under_the_pointer_and_under_the_focus(page: Page, islands: str):
    opened(page, islands, SHIRE, ".mc-history")
    bar = page.locator('a.mc-bar[data-status="shire-held-by-west"]')
    told = bar.locator(".mc-tip")
    expect(told).to_be_hidden()
    bar.hover()
    expect(told).to_contain_text("Who says so: The chronicle · contested")
    page.mouse.move(0, 0)
    expect(told).to_be_hidden()
    bar.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(told).to_be_visible()


def test_contested_bars_have_a_broken_edge_and_denied_ones_crosses(
    page: Page, islands: str, islands_atlas
):
    opened(page, islands, SHIRE, ".mc-history")

    def looks(selector: str, name: str) -> str:
        return page.locator(f"a.mc-bar{selector}").first.evaluate(
            "(bar, name) => getComputedStyle(bar)[name]", name
        )

    assert looks('[data-certainty="contested"]', "borderTopStyle") == "dashed"
    assert looks('[data-certainty="certain"]', "borderTopStyle") == "solid"
    crosses = holding_look(islands_atlas, Holding("claim", "west-realm", otherwise=True))
    image = looks('[data-stance="says-otherwise"]', "backgroundImage")
    assert image.startswith('url("data:image/svg+xml,')
    assert image[5:-2] in crosses.css
    assert looks('[data-status="shire-held-by-west"]', "backgroundImage") == "none"


@BOTH
def test_both_charts_of_areas_are_drawn_and_fit(page: Page, islands: str):
    opened(page, islands, "tab=areas&day=1960-03-15", CLAIMS)
    for dimension in ("de-facto", "claim"):
        chart = page.locator(f".st-key-chart-{dimension} svg.marks")
        expect(chart).to_be_visible()
        box = chart.bounding_box()
        assert box["width"] <= page.viewport_size["width"]
        expect(
            chart.get_by_label("West Realm, 15 March 1960")
            .or_(chart.get_by_label("West Realm, 1 June 1950"))
            .first
        ).to_be_attached()
    assert overflow(page) <= 0


def test_the_areas_have_a_table_that_is_opened_by_keyboard(page: Page, islands: str):
    opened(page, islands, "tab=areas&day=1960-03-15", CLAIMS)
    fold = page.locator(".st-key-areas summary", has_text="The same as a table").first
    fold.focus()
    fold.press("Enter")
    expect(page.locator("td", has_text="10,090–14,528 km²").first).to_be_visible()
