"""What a newcomer wants, in as few actions as were promised, at a desk and on a phone."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE
from browser.map_page import LOADED_WITHIN_MS, map_frame, settled

pytestmark = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def opened(page: Page, dashboard: str) -> Page:
    """The page as a link from elsewhere opens it, with a sign that is gone if it loads anew."""
    page.goto(dashboard)
    map_frame(page)
    settled(page)
    page.evaluate("window.stillTheSame = true")
    return page


def test_what_is_disputed_about_5_july_1921_in_two_actions(opened: Page):
    opened.get_by_role("tab", name="Questions", exact=True).click()
    opened.locator(".mc-ask summary", has_text="discussed and put to a vote on 5 July 1921").click()
    asked = opened.locator('.mc-ask[open] [data-point="C1"]')
    for side in ("Armenian side", "Azerbaijani side"):
        expect(asked.locator(".mc-side", has_text=side).locator(".mc-said").first).to_be_visible()
    widths = asked.locator(".mc-side").evaluate_all(
        "all => all.map(e => Math.round(e.offsetWidth))"
    )
    assert max(widths) - min(widths) <= 1


@pytest.mark.parametrize("name", ["Xankəndi", "Ստեփանակերտ", "Степанакерт"])
def test_a_place_is_found_by_any_of_its_names_in_two_actions(opened: Page, name: str):
    opened.keyboard.press("/")  # not counted: a tap on the field does the same
    opened.locator(".st-key-search input").fill(name)
    opened.locator(".mc-found a", has_text="Khankendi / Stepanakert").first.click()
    expect(opened.locator('.mc-card[data-region="khankendi"]')).to_be_visible(
        timeout=LOADED_WITHIN_MS
    )
    assert opened.evaluate("window.stillTheSame")  # followed without loading the page again


def test_the_page_lists_its_keys_and_they_work_inside_the_map(opened: Page):
    frame = map_frame(opened)
    frame.frame.locator(".ma-slider").focus()
    opened.keyboard.press("/")
    expect(opened.locator(".st-key-search input")).to_be_focused()
    opened.keyboard.press("Escape")
    opened.keyboard.press("?")
    expect(opened.locator("dialog.mc-keys-shown")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.locator("dialog.mc-keys-shown")).to_have_count(0)
    before = frame.day
    opened.keyboard.press("ArrowRight")  # the page is focused, not the map
    frame.frame.wait_for_function(
        f"window.MapsAtlas.state.control.state.day > {before.toordinal()}"
    )


@pytest.mark.parametrize(
    ("text", "begins"), [("cite", "Map on 7 July 1923"), ("embed", "<iframe src=")]
)
def test_a_citation_and_an_embed_code_are_copied_in_two_actions(
    opened: Page, text: str, begins: str
):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.get_by_role("button", name="Share and cite").click()
    copied = opened.locator(f".st-key-share-{text}-text button")
    expect(copied).to_be_visible(timeout=LOADED_WITHIN_MS)
    copied.click()
    assert opened.evaluate("navigator.clipboard.readText()").startswith(begins)


def test_one_account_is_shared_over_the_page_as_it_stands(opened: Page):
    opened.get_by_role("tab", name="Questions", exact=True).click()
    opened.locator(".mc-ask summary").first.click()
    account = opened.locator('[data-account="c1-article"]')
    account.locator("summary").click()
    account.locator(".mc-share").click()
    dialog = opened.get_by_role("dialog")
    expect(dialog.locator(".mc-code img")).to_be_visible(timeout=LOADED_WITHIN_MS)
    expect(dialog.locator(".st-key-share-link-text code")).to_contain_text("at=c1-article")
    opened.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    settled(opened)
    assert "share" not in opened.url
    assert opened.evaluate("window.stillTheSame")


def test_who_held_kalbajar_on_25_november_2020_in_three_actions(opened: Page):
    shown = map_frame(opened)
    shown.frame.locator(".ma-day").fill("25 Nov 2020")
    shown.frame.locator(".ma-day").press("Enter")
    shown.frame.get_by_role("button", name="Who holds what on this day").click()
    shown.frame.locator(".ma-list").get_by_role("button", name="Kalbajar").click()
    expect(shown.card).to_contain_text("Held by Azerbaijan", ignore_case=True)
    expect(shown.card).to_contain_text("since 25 November 2020")
    expect(shown.card.locator(".ma-cites a[href^=http]").first).to_be_visible()
