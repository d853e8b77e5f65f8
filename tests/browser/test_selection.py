"""A click on the map opens a card there, in the panel and in the address."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import STATE, MapFrame, map_frame, settled

SELECTION = ".st-key-selection"


@pytest.fixture
def islands_map(page: Page, islands: str) -> MapFrame:
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    return shown


@pytest.fixture
def shipped_map(page: Page, dashboard: str) -> MapFrame:
    page.goto(f"{dashboard}/?day=1923-07-07&mode=units")
    shown = map_frame(page)
    settled(page)
    return shown


def test_a_click_on_a_region_selects_it_everywhere(islands_map: MapFrame, page: Page):
    islands_map.click_boundary("strait-shire-1950")
    expect(islands_map.card).to_contain_text("Strait Shire")
    expect(islands_map.card.locator(".ma-cites li").first).to_be_visible()
    expect(page.locator(SELECTION)).to_contain_text("Comté du Détroit")
    page.wait_for_url("**region=strait-shire*")


def test_a_region_shows_its_names_in_four_languages_with_sources(shipped_map: MapFrame, page: Page):
    shipped_map.frame.evaluate(
        f"() => {STATE}.painter.find('nkao').path.fire('click', "
        f"{{latlng: L.latLng({STATE}.painter.find('nkao').boundary.at)}})"
    )
    names = (
        "Nagorno-Karabakh Autonomous Oblast",
        "Լեռնային Ղարաբաղի Ինքնավար Մարզ",
        "Dağlıq Qarabağ Muxtar Vilayəti",
        "Нагорно-Карабахская автономная область",
    )
    for text in (*names, "km²"):
        expect(page.locator(SELECTION)).to_contain_text(text)
    expect(shipped_map.card).to_contain_text(names[0])
    expect(shipped_map.card.locator(".ma-cites li a").first).to_be_visible()


def test_an_event_on_the_map_opens_with_the_citation_as_printed(islands_map: MapFrame, page: Page):
    islands_map.go("1960-03-15")
    islands_map.frame.locator(".ma-event", has=islands_map.frame.locator(".ma-dot-now")).click()
    expect(islands_map.card).to_contain_text("Landing at the narrows")
    expect(islands_map.card.locator(".ma-printed").first).to_contain_text("[1, p. 9]")
    panel = page.locator(SELECTION)
    expect(panel).to_contain_text("Landing at the narrows")
    expect(panel).to_contain_text("[1, p. 9]")
    expect(panel).to_contain_text("Two days are given for the landing.")
    page.wait_for_url("**event=A02*")


def test_the_documents_number_is_shown_as_printed_beside_the_resolved_source(
    page: Page, dashboard: str
):
    page.goto(f"{dashboard}/?day=1923-07-07&event=A19")
    shown = map_frame(page)
    for card in (shown.card, page.locator(SELECTION)):
        expect(card).to_contain_text("[4, doc. N 464, p. 664]")
        expect(card).to_contain_text("Нагорный Карабах в 1918-1923")


def test_the_card_points_at_its_event(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1923-07-07&event=A19")
    shown = map_frame(page)
    expect(shown.card).to_be_visible()
    settled(page)
    tip = shown.frame.locator(".leaflet-popup-tip").bounding_box()
    marker = shown.frame.evaluate(
        f"""() => {{
            const event = {STATE}.data.events.find(e => e.id === 'A19');
            const p = {STATE}.map.latLngToContainerPoint(event.at);
            const box = {STATE}.map.getContainer().getBoundingClientRect();
            return [p.x + box.x, p.y + box.y];
        }}"""
    )
    frame = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert abs(tip["x"] + tip["width"] / 2 - frame["x"] - marker[0]) < 40
    assert abs(tip["y"] + tip["height"] / 2 - frame["y"] - marker[1]) < 40


def test_closing_the_selection_takes_it_out_of_the_address(islands_map: MapFrame, page: Page):
    islands_map.click_boundary("strait-shire-1950")
    page.wait_for_url("**region=strait-shire*")
    page.locator(SELECTION).get_by_role("button", name="Close").click()
    page.wait_for_function("!location.search.includes('region=')")
    expect(page.locator(SELECTION)).to_have_count(0)


def test_an_event_chosen_in_the_list_moves_the_map(page: Page, islands: str):
    page.goto(f"{islands}/?day=1999-01-01")
    shown = map_frame(page)
    settled(page)
    shown.mark()
    page.get_by_role("tab", name="Events").click()
    page.get_by_role("button", name="Landing at the narrows").click()
    shown.wait_day("1960-03-15")
    expect(shown.card).to_contain_text("Landing at the narrows")
    page.wait_for_url("**event=A02*")
    assert "day=1960-03-15" in page.url
    assert shown.is_marked(), "the map was built again"


def test_the_list_of_events_is_searched(page: Page, islands: str):
    page.goto(f"{islands}/?tab=events")
    rows = page.locator(".st-key-event-list").get_by_role("button")
    expect(rows).to_have_count(4, timeout=30_000)
    search = page.get_by_role("textbox", name="Search")
    search.fill("ferry")
    search.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Ferry strike")


def test_every_tab_opens(page: Page, dashboard: str):
    page.goto(dashboard)
    map_frame(page)
    for tab, text in [
        ("Events", "Caucasus Bureau plenum votes"),
        ("Sources", "Нагорный Карабах в 1918-1923"),
        ("Data and method", "Natural Earth"),
        ("Export", "Download 1923-07-07-control.png"),
    ]:
        page.get_by_role("tab", name=tab).click()
        panel = page.get_by_role("tabpanel").filter(visible=True)
        expect(panel).to_contain_text(re.compile(re.escape(text), re.IGNORECASE), timeout=15_000)
        settled(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
