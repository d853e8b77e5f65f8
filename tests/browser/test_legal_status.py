"""Legal status on the map: whose statements are painted, hatching, silence, equal columns."""

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import STATE, MapFrame, map_frame, settled
from maps.day.control import Holding
from maps.looks.paint import holding_look
from maps.looks.texture import TEXTURES

DAYS = ("1921-07-05", "1923-07-07", "1994-05-12", "2020-11-10", "2023-11-27")
# The decree of 1923: what is said against it names no other state to which the land belongs.
ONE_STATE_NAMED = ("1923-07-07",)
TELLERS = ("article", "armenian", "azerbaijani", "soviet-documents", "un-courts", "scholarship")


def legal(page: Page, address: str, query: str) -> MapFrame:
    page.goto(f"{address}/?mode=legal&{query}")
    shown = map_frame(page)
    settled(page)
    return shown


def keys(shown: MapFrame) -> tuple[str, ...]:
    """What is painted on every piece of land: dimension, polity, denied or silent."""
    return tuple(
        shown.frame.evaluate(
            f"{STATE}.painter.items.filter(i => i.boundary.l === 'control' && i.on).map(i => i.key)"
        )
    )


def choose(shown: MapFrame, perspective: str) -> None:
    shown.frame.locator(".ma-tellers select").select_option(perspective)


@pytest.mark.parametrize("day", DAYS)
def test_the_map_differs_by_perspective_and_together_it_is_hatched(
    page: Page, dashboard: str, day: str
):
    shown = legal(page, dashboard, f"day={day}")
    if day not in ONE_STATE_NAMED:
        assert any("+" in key for key in keys(shown)), "nothing is hatched with everyone"
    patterns = shown.frame.locator('path[fill^="url(#mahatch"]')
    assert patterns.count() > 0
    painted = {}
    for teller in TELLERS:
        choose(shown, teller)
        painted[teller] = keys(shown)
    assert painted["article"] != painted["azerbaijani"]
    assert painted["armenian"] != painted["azerbaijani"]
    assert painted["article"] != painted["armenian"] or day in ("1994-05-12", "2020-11-10")
    assert len(set(painted.values())) >= 4


def test_the_map_draws_textures_by_the_numbers_of_paper(page: Page, islands: str, islands_atlas):
    shown = legal(page, islands, "day=1960-03-16&perspective=west-side")
    look = holding_look(islands_atlas, Holding("claim", "west-realm"))
    key, side = "claim:west-realm", look.band_px
    paint = shown.frame.evaluate(f"{STATE}.painter.fillOf({STATE}.data.fills['{key}'])")
    drawn = shown.frame.evaluate(
        "id => Array.from(document.querySelectorAll(`#${id} line`)).map(line =>"
        " ['x1', 'y1', 'x2', 'y2', 'stroke-width'].map(name => +line.getAttribute(name)))",
        paint.removeprefix("url(#").removesuffix(")"),
    )
    marks = TEXTURES[look.bands[0].texture].marks
    assert drawn == [pytest.approx([side * part for part in mark]) for mark in marks]


def test_a_teller_who_says_nothing_is_shown_as_silent(page: Page, dashboard: str):
    shown = legal(page, dashboard, "day=1921-07-05&perspective=un-courts")
    assert set(keys(shown)) == {"silence"}
    expect(shown.frame.locator(".ma-chips")).to_contain_text("Silent: nothing said of it")


def test_the_popup_lists_every_claim_with_its_teller(page: Page, dashboard: str):
    shown = legal(page, dashboard, "day=1994-05-12&region=kelbajar-until-2020")
    card = shown.card
    for teller in ("The article", "Armenian side", "Azerbaijani side", "UN and courts"):
        expect(card.locator(".ma-tells strong", has_text=teller)).to_be_visible()


def test_the_panel_gives_the_sides_columns_of_equal_width(page: Page, dashboard: str):
    legal(page, dashboard, "day=1921-07-05&event=A15")
    columns = page.locator('.mc-point[data-point="C1"] .mc-side')
    expect(columns).to_have_count(4)
    widths = [columns.nth(n).bounding_box()["width"] for n in range(4)]
    heights = [columns.nth(n).bounding_box()["height"] for n in range(4)]
    assert max(widths) - min(widths) < 1.5
    assert heights[0] == heights[1], "the article beside the Armenian side"


def test_choosing_a_teller_goes_into_the_address_and_comes_back_with_it(page: Page, dashboard: str):
    shown = legal(page, dashboard, "day=1923-07-07")
    shown.mark()
    choose(shown, "azerbaijani")
    page.wait_for_url("**perspective=azerbaijani*")
    assert shown.is_marked(), "the map was not loaded again"
    before = keys(shown)
    page.reload()
    again = map_frame(page)
    settled(page)
    assert keys(again) == before
    assert again.frame.locator(".ma-tellers select").input_value() == "azerbaijani"


def test_the_choice_is_there_only_where_it_means_something(page: Page, islands: str):
    page.goto(f"{islands}/?day=1960-03-15&mode=control")
    shown = map_frame(page)
    expect(shown.frame.locator(".ma-tellers")).to_be_hidden()
    shown.frame.locator('.ma-modes [data-mode="legal"]').click()
    expect(shown.frame.locator(".ma-tellers")).to_be_visible()
    shown.frame.locator(".ma-tellers select").focus()
    page.keyboard.press("ArrowDown")
    assert shown.frame.evaluate(f"{STATE}.reading()") == "legal:chronicle"
