"""The map as a thing on the page: its size, its bounds, its cards, and the fingers on it."""

import re
from itertools import cycle

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from browser.conftest import DESK, PHONE, PHONE_ON_ITS_SIDE
from browser.map_page import FRAME, STATE, Fingers, MapFrame, map_frame, settled, two_maps
from maps.ui.state import TABS
from maps.words.i18n import texts

TOUCHED = pytest.mark.parametrize("touch", [True])
NEXT = ".st-key-story-next button"


def told_out_of_sight(page: Page) -> Frame:
    """Wait until the map of the Map tab has told the page its view, seen or not."""
    holder = page.locator(f".st-key-map-frame {FRAME}")
    frame = holder.element_handle(timeout=30_000).content_frame()
    frame.wait_for_selector("html[data-maps-told]", state="attached", timeout=30_000)
    return frame


def in_sight(page: Page, part: Locator) -> bool:
    box = part.bounding_box()
    window = page.viewport_size
    return (
        box["x"] >= 0
        and box["y"] >= 0
        and box["x"] + box["width"] <= window["width"]
        and box["y"] + box["height"] <= window["height"]
    )


@pytest.mark.parametrize(("tab", "size"), [*zip(TABS, cycle((DESK, PHONE)))])
def test_the_map_shows_the_atlas_whatever_tab_was_open_before(page: Page, islands: str, tab: str):
    page.goto(f"{islands}/?tab={tab}")
    opened = page.get_by_role("tab", name=texts("en").t(f"ui.tabs.{tab}"), selected=True)
    expect(opened).to_be_visible(timeout=30_000)
    told_out_of_sight(page)
    settled(page)
    assert "map=" not in page.url
    page.get_by_role("tab", name="Map", exact=True).click()
    shown = map_frame(page, ".st-key-map-frame")
    shown.wait_whole()
    settled(page)
    assert "map=" not in page.url


def test_what_a_map_out_of_sight_was_told_holds_once_it_is_seen(page: Page, islands: str):
    page.goto(f"{islands}/?tab=regions&map=9/0.5/22.5")
    expect(page.get_by_role("tab", name="Regions", selected=True)).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_role("button", name="Show on the map").click()
    page.wait_for_url("**region=*")
    shown = map_frame(page)
    expect(shown.card).to_be_visible()
    # The zoom is that of the address; the region lies outside of its place, and the map is led on.
    where = f"{STATE}.painter.find({STATE}.selection.region).boundary.at"
    shown.frame.wait_for_function(f"{STATE}.map.getBounds().contains({where})")
    assert shown.view[0] == 9


def test_a_map_without_a_size_reports_no_place(page: Page, islands: str):
    page.goto(f"{islands}/?tab=events")
    expect(page.get_by_role("tab", name="Events", selected=True)).to_be_visible(timeout=30_000)
    frame = told_out_of_sight(page)
    assert frame.evaluate(f"[{STATE}.place.box(), {STATE}.place.text]") == [None, ""]


@pytest.mark.parametrize("size", [PHONE])
def test_an_event_far_down_the_list_opens_the_map_in_sight(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?tab=events")
    expect(page.locator(".st-key-event-list button").first).to_be_visible(timeout=30_000)
    settled(page)
    page.locator(".st-key-event-list button").last.click()
    map_frame(page)
    page.wait_for_function(
        f"""() => document.querySelector('{FRAME}').getBoundingClientRect().top > -5"""
    )


def test_a_wheel_cannot_shrink_compared_maps_to_a_stamp(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&day2=1985-01-01&tab=compare")
    both = two_maps(page)
    settled(page)
    page.locator(FRAME).nth(1).hover(position={"x": 200, "y": 120})
    least = both[0].frame.evaluate(f"{STATE}.map.getMinZoom()")
    for _ in range(12):
        page.mouse.wheel(0, 400)
    for each in both:
        each.frame.wait_for_function(f"{STATE}.map.getZoom() === {least}")
        each.wait_whole()


def test_the_way_home_is_found_without_a_mouse(page: Page, islands: str):
    page.goto(f"{islands}/?map=10/0.5/22.5")
    shown = map_frame(page)
    settled(page)
    home = shown.frame.get_by_role("button", name="Show the whole atlas")
    home.press("Enter")
    page.wait_for_function("!location.search.includes('map=')")
    shown.wait_whole()


def test_a_map_cannot_be_dragged_off_the_atlas(page: Page, islands: str):
    page.goto(islands)
    shown = map_frame(page)
    settled(page)
    shown.frame.evaluate(f"{STATE}.map.setView([20.3, 86.3], 4.5, {{animate: false}})")
    shown.wait_whole()
    page.wait_for_url("**map=*")
    assert "86.3" not in page.url


@pytest.mark.parametrize("size", [DESK, PHONE, PHONE_ON_ITS_SIDE])
def test_a_card_is_whole_wherever_it_points_and_moves_nothing(page: Page, islands: str):
    page.goto(f"{islands}/?mode=legal")
    shown = map_frame(page)
    settled(page)
    faults = shown.frame.evaluate(
        f"""() => {{
            const map = {STATE}.map, size = map.getSize(), faults = [];
            const box = map.getContainer().getBoundingClientRect();
            const before = JSON.stringify(map.getBounds());
            const text = "<p>" + "a word or two ".repeat(40) + "</p>";
            for (const x of [0, 0.1, 0.5, 0.9, 1]) for (const y of [0, 0.1, 0.5, 0.9, 1]) {{
                const card = MapsAtlas.popup(L, map, () => L.point(size.x * x, size.y * y));
                card.setContent(text).openOn(map);
                const at = card.getElement().getBoundingClientRect();
                const whole = at.left >= box.left && at.right <= box.right
                    && at.top >= box.top && at.bottom <= box.bottom;
                const close = card.getElement().querySelector(".leaflet-popup-close-button");
                const spot = close.getBoundingClientRect();
                const hit = document.elementFromPoint(
                    (spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2);
                if (!whole || !close.contains(hit)) faults.push([x, y, whole]);
            }}
            if (JSON.stringify(map.getBounds()) !== before) faults.push("the map has moved");
            return faults;
        }}"""
    )
    assert faults == []


def test_an_event_outside_the_map_is_told_at_its_name_in_the_corner(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1920-04-28")
    shown = map_frame(page)
    settled(page)
    before = shown.view
    name = shown.frame.locator(".ma-elsewhere button", has_text="Baku")
    name.click()
    expect(shown.card).to_contain_text("Outside this map: Baku")
    tip, at = shown.frame.locator(".leaflet-popup-tip").bounding_box(), name.bounding_box()
    assert abs(tip["x"] + tip["width"] / 2 - at["x"]) < 30
    assert abs(tip["y"] + tip["height"] / 2 - at["y"] - at["height"] / 2) < 30
    assert shown.view == before


@pytest.mark.parametrize("size", [PHONE, PHONE_ON_ITS_SIDE])
def test_a_story_opens_with_its_ways_on_in_sight(page: Page, islands: str):
    page.goto(f"{islands}/?tab=story")
    page.get_by_role("button", name=re.compile("from the beginning|Begin|Start")).click()
    expect(page.locator(NEXT)).to_be_visible()
    settled(page)
    assert in_sight(page, page.locator(NEXT))
    page.locator(NEXT).click()
    page.wait_for_url("**step=landing*")
    assert in_sight(page, page.locator(NEXT))


@pytest.fixture
def touched(page: Page, islands: str) -> MapFrame:
    page.goto(f"{islands}/?day=1955-01-01")
    shown = map_frame(page)
    settled(page)
    return shown


def scrolled(page: Page) -> float:
    """How far the map has gone up with the page."""
    return -page.locator(FRAME).evaluate("frame => frame.getBoundingClientRect().top")


def middle(shown: MapFrame, part: str) -> tuple[float, float]:
    box = shown.frame.locator(part).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@TOUCHED
@pytest.mark.parametrize("size", [PHONE])
def test_one_finger_moves_the_map_where_the_page_does_not_scroll(touched: MapFrame, page: Page):
    touched.frame.evaluate(f"{STATE}.map.setZoom({STATE}.map.getZoom() + 2, {{animate: false}})")
    before, at = touched.view, scrolled(page)
    x, y = middle(touched, ".leaflet-container")
    Fingers(page).swipe((x, y + 60), (x, y - 60))
    touched.frame.wait_for_function(f"{STATE}.map.getCenter().lat.toFixed(5) != {before[1]}")
    assert scrolled(page) == at


@TOUCHED
@pytest.mark.parametrize("size", [PHONE])
def test_one_finger_on_a_compared_map_scrolls_the_page_and_hints_at_two(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&day2=1985-01-01&tab=compare")
    first, _ = two_maps(page)
    settled(page)
    before = first.view
    held = page.locator(".st-key-frame-of-map-left iframe").bounding_box()
    x, y = held["x"] + held["width"] / 2, held["y"] + 200
    Fingers(page).swipe((x, y + 60), (x, y - 60))
    expect(first.frame.get_by_text("Use two fingers to move the map")).to_be_visible()
    assert first.view == before


@TOUCHED
@pytest.mark.parametrize("size", [PHONE])
def test_two_fingers_move_and_zoom_the_map(touched: MapFrame, page: Page):
    before, at = touched.view, scrolled(page)
    x, y = middle(touched, ".leaflet-container")
    Fingers(page).swipe(((x - 30, y), (x - 90, y)), ((x + 30, y), (x + 90, y)))
    page.wait_for_url("**map=*")
    assert touched.view[0] > before[0] + 0.5
    assert scrolled(page) == at


@TOUCHED
@pytest.mark.parametrize("size", [PHONE])
@pytest.mark.parametrize("part", [".ma-slider", ".ma-strip"])
def test_a_finger_that_crosses_the_axis_moves_no_day(touched: MapFrame, page: Page, part: str):
    time = f"JSON.stringify([{STATE}.control.state.day, {STATE}.control.state.view])"
    before = touched.frame.evaluate(time)
    x, y = middle(touched, part)
    Fingers(page).swipe((x, y), (x + 20, y - 150))
    assert touched.frame.evaluate(time) == before


@TOUCHED
@pytest.mark.parametrize("size", [PHONE])
def test_a_finger_along_the_axis_and_a_tap_move_the_day(touched: MapFrame, page: Page):
    day = f"{STATE}.control.state.day"
    before = touched.frame.evaluate(day)
    place = touched.place_of("1972-06-01")
    page.touchscreen.tap(place["x"], place["y"])
    touched.frame.wait_for_function(f"{day} > {before} + 3000")
    tapped = touched.frame.evaluate(day)
    Fingers(page).swipe((place["x"], place["y"]), (place["x"] - 80, place["y"] + 10))
    touched.frame.wait_for_function(f"{day} < {tapped} - 3000")


@TOUCHED
@pytest.mark.parametrize("size", [PHONE, PHONE_ON_ITS_SIDE])
def test_a_tap_on_the_cross_closes_the_card_and_zooms_nothing(page: Page, islands: str):
    page.goto(f"{islands}/?day=1960-03-15&event=A02")
    shown = map_frame(page)
    expect(shown.card).to_be_visible()
    settled(page)
    before = shown.view
    shown.frame.locator(".leaflet-popup-close-button").tap()
    expect(shown.card).to_have_count(0)
    assert shown.view == before


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_name_stands_at_its_place_whole_and_under_nothing(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1994-05-12&mode=units")
    shown = map_frame(page)
    settled(page)
    expect(shown.frame.get_by_text("Nakhchivan", exact=True)).to_be_visible()
    faults = shown.frame.evaluate(
        """() => {
          const map = document.querySelector('.leaflet-container').getBoundingClientRect();
          const controls = [...document.querySelectorAll('.leaflet-control')]
            .map(each => each.getBoundingClientRect());
          const over = (a, b) => a.left < b.right && b.left < a.right
            && a.top < b.bottom && b.top < a.bottom;
          const names = [...document.querySelectorAll('.ma-label')].map(each => {
            const box = each.firstElementChild.getBoundingClientRect();
            return {text: each.innerText, box: box, at: each.getBoundingClientRect(),
              shift: parseFloat(each.firstElementChild.style.top),
              town: each.classList.contains('ma-label-town')};
          });
          return names.flatMap((name, i) => [
            Math.abs((name.box.top + name.box.bottom) / 2 - name.shift - name.at.y) > 1 && 'high',
            !name.town && Math.abs((name.box.left + name.box.right) / 2 - name.at.x) > 1 && 'aside',
            (name.box.left < map.left || name.box.right > map.right) && 'cut',
            controls.some(each => over(each, name.box)) && 'covered',
            names.slice(i + 1).some(other => over(other.box, name.box)) && 'over another',
          ].filter(Boolean).map(fault => name.text + ': ' + fault));
        }"""
    )
    assert faults == []
