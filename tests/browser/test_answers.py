"""The map answers where it is pointed at, tapped or listed; the legend stands outside of it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import DESK, PHONE, PHONE_ON_ITS_SIDE
from browser.map_page import FRAME, STATE, MapFrame, map_frame, settled
from maps.atlas.model import Atlas
from maps.day.reading import readings

NARROW = [PHONE, (360, 740)]


@pytest.fixture
def handed_over(page: Page, dashboard: str) -> MapFrame:
    """The map on the day on which Kalbajar was handed over."""
    page.goto(f"{dashboard}/?day=2020-11-25&mode=control")
    shown = map_frame(page)
    settled(page)
    return shown


def spot(shown: MapFrame, region: str) -> tuple[float, float]:
    """Where the name of a region would stand, in pixels of the page."""
    at = shown.frame.evaluate(
        f"""id => {{
            const p = {STATE}.map.latLngToContainerPoint({STATE}.painter.find(id).boundary.at);
            const box = {STATE}.map.getContainer().getBoundingClientRect();
            return [p.x + box.x, p.y + box.y];
        }}""",
        region,
    )
    frame = shown.page.locator(FRAME).bounding_box()
    return frame["x"] + at[0], frame["y"] + at[1]


def covers(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def test_the_label_under_the_pointer_says_who_since_when_and_by_how_many_sources(
    handed_over: MapFrame, page: Page
):
    label = handed_over.frame.locator(".ma-pointed")
    x, y = spot(handed_over, "kelbajar-until-2020")
    page.mouse.move(x, y + 25)  # beside the mark of the event
    expect(label).to_have_text(
        "Kalbajar (Kelbajar), whole district · held by Azerbaijan · "
        "since 25 November 2020 · 2 sources"
    )
    handed_over.go("2020-11-24")
    expect(label).to_be_hidden()  # it was about another day
    page.mouse.move(x + 2, y + 25)
    expect(label).to_contain_text("since 2 April 1993 · 3 sources")


def test_a_click_tells_who_held_it_since_when_and_each_source_as_a_link(
    handed_over: MapFrame, page: Page
):
    before = handed_over.view
    page.mouse.click(*spot(handed_over, "lachin-until-2020"))
    card = handed_over.card
    expect(card).to_contain_text(
        re.compile("held by Nagorno-Karabakh Republic / Artsakh", re.IGNORECASE)
    )
    expect(card).to_contain_text("since 18 May 1992")
    unlinked = card.locator(".ma-cites li:not(:has(a[href]))").all_inner_texts()
    assert card.locator(".ma-cites li").count() > len(unlinked)
    with_address = f"Object.values({STATE}.data.sources).filter(s => s.url).map(s => s.text)"
    for text in handed_over.frame.evaluate(with_address):
        assert not any(text in each for each in unlinked)
    assert handed_over.view == before, "the map has moved"
    box = handed_over.frame.locator(".leaflet-popup").bounding_box()
    for control in handed_over.frame.locator(".ma-key, .leaflet-control-zoom, .ma-time").all():
        assert not covers(box, control.bounding_box())


def test_more_leads_into_the_panel(handed_over: MapFrame, page: Page):
    page.mouse.click(*spot(handed_over, "lachin-until-2020"))
    handed_over.card.get_by_role("button", name="More", exact=True).click()
    expect(handed_over.card).to_have_count(0)
    expect(page.locator(".st-key-selection")).to_contain_text("Lachin")
    expect(page.locator(".st-key-selection button").first).to_be_focused()


@pytest.mark.parametrize("touch", [True])
@pytest.mark.parametrize("size", [PHONE, PHONE_ON_ITS_SIDE])
def test_a_thumb_closes_the_card(handed_over: MapFrame, page: Page):
    page.touchscreen.tap(*spot(handed_over, "kelbajar-until-2020"))
    expect(handed_over.card).to_be_visible()
    expect(handed_over.frame.locator(".ma-pointed")).to_be_hidden()
    cross = handed_over.frame.locator(".leaflet-popup-close-button")
    box = cross.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    cross.tap()
    expect(handed_over.card).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, *NARROW, PHONE_ON_ITS_SIDE])
def test_no_sign_of_the_legend_lies_on_the_map(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1994-05-12&mode=legal")
    shown = map_frame(page)
    settled(page)
    ground = shown.frame.locator(".leaflet-container").bounding_box()
    assert not covers(shown.frame.locator(".ma-key").bounding_box(), ground)
    assert shown.frame.locator(".leaflet-container .ma-entry").count() == 0
    wide = page.viewport_size["width"] > 900
    chips = shown.frame.locator(".ma-chips .ma-entry").first
    expect(chips).to_be_visible() if wide else expect(chips).to_be_hidden()
    for switch in shown.frame.locator(".ma-modes button, .ma-opens").all():
        assert whole(switch)


def whole(part: Locator) -> bool:
    """Whether nothing of a control is cut or covered."""
    return part.evaluate(
        """part => {
            const box = part.getBoundingClientRect(), inset = 3;
            return [[box.left + inset, box.top + inset], [box.right - inset, box.bottom - inset]]
                .every(([x, y]) => part.contains(document.elementFromPoint(x, y)));
        }"""
    )


def test_an_entry_of_the_legend_lights_its_areas_until_it_is_pressed_again(handed_over: MapFrame):
    entry = handed_over.frame.locator(".ma-chips .ma-entry", has_text="Artsakh").first
    lit = "[...document.querySelectorAll('.ma-lit')].map(path => path.dataset.boundary)"
    entry.click()
    shown = handed_over.frame.evaluate(lit)
    assert shown
    key = f"""ids => ids.every(id => {STATE}.painter.items
        .find(item => item.boundary.id === id).key.includes('nkr'))"""
    assert handed_over.frame.evaluate(key, shown)
    expect(entry).to_have_attribute("aria-pressed", "true")
    handed_over.go("2020-12-02")  # Lachin has gone over: what is lit follows the day
    assert 0 < len(handed_over.frame.evaluate(lit)) < len(shown)
    handed_over.page.keyboard.press("Escape")
    assert handed_over.frame.evaluate(lit) == []


def test_areas_are_reached_by_keyboard_through_the_list(handed_over: MapFrame, page: Page):
    button = handed_over.frame.get_by_role("button", name="Who holds what on this day")
    button.press("Enter")
    sheet = handed_over.frame.locator(".ma-list")
    expect(sheet.get_by_role("heading", name="Azerbaijan")).to_be_visible()
    row = sheet.get_by_role("button", name="Kalbajar")
    expect(row).to_contain_text("since 25 November 2020")
    row.press("Enter")
    expect(handed_over.card).to_contain_text("Held by Azerbaijan", ignore_case=True)
    page.wait_for_url("**region=kelbajar-until-2020*")
    handed_over.go("2020-11-24")
    group = sheet.locator("section", has_text="Artsakh").last
    expect(group).to_contain_text("Kalbajar")
    row.focus()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


def test_the_list_says_which_units_and_who_says_what(islands: str, page: Page):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    opens = shown.frame.locator(".ma-opens-list")
    expect(opens).to_have_text("Which units on this day")
    opens.click()
    expect(shown.frame.locator(".ma-list")).to_contain_text("Strait Shire")
    shown.frame.locator('.ma-modes [data-mode="legal"]').click()
    expect(opens).to_have_text("Who says what on this day")


def test_no_two_signs_of_a_legend_are_alike(page: Page, dashboard: str, shipped_atlas: Atlas):
    page.goto(f"{dashboard}/?day=1923-07-07&mode=units")
    shown = map_frame(page)
    settled(page)
    shown.frame.locator(".ma-opens-legend").click()
    twins = """() => {
        const seen = new Map(), faults = [];
        for (const entry of document.querySelectorAll('.ma-legend .ma-entry')) {
            const sign = entry.firstElementChild, style = getComputedStyle(sign);
            const rect = sign.querySelector('rect');
            const inside = ['fill', 'fill-opacity'].map(name => rect && rect.getAttribute(name));
            const edge = ['Width', 'Color', 'Style'].map(name => style['borderTop' + name]);
            const look = [...edge, ...inside].join();
            if (seen.has(look)) faults.push([seen.get(look), entry.textContent]);
            seen.set(look, entry.textContent);
        }
        return faults;
    }"""
    for reading in readings(shipped_atlas):
        mode, perspective = reading.mode.id, reading.perspective or "all"
        shown.frame.evaluate(f"{STATE}.read('{mode}', '{perspective}')")
        for day in ("1918-06-01", "1923-07-07", "1991-11-26", "1994-05-12", "2020-11-25"):
            shown.go(day)
            assert shown.frame.evaluate(twins) == [], (reading.id, day)


def test_a_print_in_grey_tells_the_holders_apart(page: Page, dashboard: str):
    """Areas of equal tone differ in texture: of the three holders of 1994 one is ruled."""
    page.goto(f"{dashboard}/?day=1994-05-12&mode=control")
    shown = map_frame(page)
    held = {id: shown.fill(id) for id in ("armenia-unit", "azerbaijan-rest")}
    assert all(fill.startswith("#") for fill in held.values())
    ruled = shown.frame.evaluate(
        f"{STATE}.painter.items.find(i => i.on && i.boundary.r === 'kelbajar-until-2020')"
        ".path._path.getAttribute('fill')"
    )
    assert ruled.startswith("url(")
