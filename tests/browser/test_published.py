"""A published site on a plain web server: no Python of ours behind it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import DESK, PHONE
from browser.map_page import Fingers
from browser.server import hosted
from browser.watch import Watch, is_local
from maps.atlas.assemble import open_atlas
from maps.publish import publish_site

READY = 'html[data-maps-ready="true"]'
STATE = "(() => { const s = MapsAtlas.state; return [s.data.calendar.iso(s.control.state.day), s.selection.mode, s.selection.perspective, s.selection.event, s.selection.region]; })()"  # noqa: E501


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, two_islands: Path) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site" / "isles"
    folder.parent.mkdir()
    publish_site({lang: open_atlas(two_islands, lang) for lang in ("en", "fr")}, folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """A plain file server, the site below a path of its own."""
    with hosted(site.parent) as address:
        yield address


def opened(page: Page, address: str) -> list[object]:
    page.goto(address)
    page.wait_for_selector(READY, state="attached")
    state: list[object] = page.evaluate(STATE)
    return state


def test_first_page_can_be_used_and_tells_its_view_to_the_address(page: Page, address: str):
    assert opened(page, f"{address}/")[1] == "units"
    page.locator('.ma-modes button[data-mode="control"]').click()
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_url("**/isles/?day=*&mode=control")


@pytest.mark.parametrize("start", ["index.html", "embed.html", "fr/index.html"])
def test_query_of_the_dashboard_opens_the_same_view(page: Page, address: str, start: str):
    asked = "day=1960-03-15&mode=legal&perspective=east-side&region=strait-shire"
    shown = opened(page, f"{address}/{start}?{asked}")
    assert shown == ["1960-03-15", "legal", "east-side", None, "strait-shire"]
    expect(page.locator(".leaflet-popup")).to_be_visible()
    page.wait_for_url(f"**/{start}?{asked}")


def test_an_event_brings_its_day_and_leads_to_its_page(page: Page, address: str):
    assert opened(page, f"{address}/?event=a02")[0] == "1960-03-15"
    page.locator(".leaflet-popup").get_by_role("link", name="The page of this event").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Landing at the narrows")
    page.get_by_role("link", name="Show 15 March 1960 on the map").click()
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate(STATE)[3] == "A02"


def test_what_the_address_asks_for_in_vain_is_told(page: Page, address: str):
    opened(page, f"{address}/?event=A99&day=soon&mode=control")
    expect(page.locator(".ma-notice")).to_contain_text("event=A99, day=soon")
    opened(page, f"{address}/?day=3/5/1960&mode=legal")
    expect(page.locator(".ma-day")).to_have_value("3 May 1960")
    expect(page.locator(".ma-notice")).to_contain_text("With the month first it would be 5 March")


def test_place_outside_the_atlas_is_told_and_the_whole_is_shown(page: Page, address: str):
    opened(page, f"{address}/?map=4.5/20.3/86.3")
    expect(page.locator(".ma-notice")).to_contain_text("map=4.5/20.3/86.3")
    assert page.evaluate("MapsAtlas.state.map.getBounds().contains(MapsAtlas.state.data.whole)")
    page.wait_for_url(lambda url: "day=" in url and "map=" not in url)


@pytest.mark.parametrize(("size", "touch"), [(PHONE, True)])
def test_one_finger_moves_a_map_that_is_the_page(page: Page, address: str):
    opened(page, f"{address}/index.html")
    page.locator(".leaflet-control-zoom-in").tap()
    centre = "MapsAtlas.state.map.getCenter().lng"
    page.wait_for_url("**map=**")
    before, zoomed = page.evaluate(centre), page.url
    Fingers(page).swipe((200, 250), (140, 250))
    page.wait_for_url(lambda url: url != zoomed)
    assert page.evaluate(centre) > before + 0.01


def test_frame_shows_a_stretch_of_time_and_leads_to_the_whole_map(page: Page, address: str):
    opened(page, f"{address}/embed.html?day=1960-03-15&from=1955&to=1965")
    view = page.evaluate(
        "MapsAtlas.state.control.state.view.map(MapsAtlas.state.data.calendar.iso)"
    )
    assert view == ["1955-01-01", "1965-01-02"]
    whole = page.get_by_role("link", name="Open the whole map")
    expect(whole).to_have_attribute("href", f"{address}/index.html?day=1960-03-15&mode=units")


def test_frame_works_inside_another_page(page: Page, address: str, site: Path):
    page.goto(f"{address}/about.html")
    snippet = page.locator(".ms-snippet").inner_text()
    host = snippet.replace("https://example.org", address)
    (site.parent / "host.html").write_text(f"<!DOCTYPE html><title>Host</title>{host}")
    page.goto(f"{address.removesuffix('/isles')}/host.html")
    shown = page.locator("iframe").element_handle().content_frame()
    shown.wait_for_selector(READY, state="attached")
    assert shown.evaluate(STATE)[1] == "units"


@pytest.fixture
def unscripted(chromium: Browser) -> Iterator[Page]:
    """A page that runs no script, on a telephone."""
    width, height = PHONE
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    yield context.new_page()
    context.close()
    assert [url for url in asked if not is_local(url)] == []


def test_event_page_is_whole_without_scripts(unscripted: Page, address: str):
    page = unscripted
    page.goto(f"{address}/events/A02.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Landing at the narrows")
    expect(page.locator("[data-point=C1] .mc-side")).to_have_count(3)
    expect(page.locator(".mc-citations").first).to_be_visible()
    page.get_by_role("link", name="Events", exact=True).click()
    expect(page.locator(".ms-events li")).to_have_count(4)


def test_the_map_of_the_day_is_seen_without_scripts(unscripted: Page, address: str):
    page = unscripted
    page.goto(f"{address}/events/A02.html")
    picture = page.get_by_role("img", name="Two Isles: map on 15 March 1960. Control.")
    expect(picture).to_have_attribute("alt", re.compile("Colours: West Realm, East League"))
    box = picture.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]
    picture.click()
    page.wait_for_url("**/isles/index.html?day=1960-03-15&mode=control&event=A02")
    # There the picture of the opening day stands in for the map.
    expect(page.get_by_role("img", name="Two Isles: map on")).to_be_visible()


def test_picture_of_the_day_is_loaded_and_leads_to_the_same_view(page: Page, address: str):
    page.goto(f"{address}/events/A02.html")
    picture = page.locator(".ms-figure img")
    assert picture.evaluate("image => [image.complete, image.naturalHeight > 0]") == [True, True]
    picture.click()
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate(STATE)[:4] == ["1960-03-15", "control", "all", "A02"]


GROUND = "(() => { const b = MapsAtlas.state.map.getBounds(); return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"  # noqa: E501


def test_step_of_a_story_opens_on_its_ground_until_the_map_is_moved(page: Page, address: str):
    page.goto(f"{address}/stories/isles.html")
    page.get_by_role("link", name="Show 1 June 1950 on the map").click()
    page.wait_for_selector(READY, state="attached")
    west, south, east, north = page.evaluate(GROUND)
    assert west <= 21.5
    assert east >= 24.5
    assert south <= -0.5
    assert north >= 1.5
    assert west > 19.5  # not all of the atlas
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.wait_for_url("**/index.html?day=1950-06-01&*&bbox=21.5,-0.5,24.5,1.5")
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate(GROUND) == [west, south, east, north]
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url(lambda url: "bbox" not in url)


@pytest.mark.parametrize("box", ["24.5,-0.5,21.5,1.5", "100,40,110,50", "21.5,1.5", "a,b,c,d"])
def test_ground_that_is_no_box_of_the_atlas_is_told(page: Page, address: str, box: str):
    opened(page, f"{address}/?bbox={box}")
    expect(page.locator(".ma-notice")).to_contain_text(f"bbox={box}")


WRONG = ("nothing", "events/A99.html", "fr/events/x/y.html", "no/such/place/at/all.html")


@pytest.mark.parametrize("wrong", WRONG)
def test_page_for_wrong_addresses_leads_on_from_any_depth(
    page: Page, watch: Watch, address: str, wrong: str
):
    watch.expect("404")
    page.goto(f"{address}/{wrong}")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    # It is not left without its style.
    assert page.locator("main").evaluate("main => getComputedStyle(main).maxWidth") == "980px"
    link = page.get_by_role("link", name="Sources")
    expect(link).to_have_attribute("href", "/isles/sources.html")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")


def test_with_an_address_that_page_needs_no_script(
    unscripted: Page, two_islands: Path, tmp_path: Path
):
    publish_site({"en": open_atlas(two_islands)}, tmp_path / "isles", "https://maps.example/isles")
    with hosted(tmp_path) as address:
        unscripted.goto(f"{address}/no/such/place.html")
        unscripted.get_by_role("link", name="Sources").click()
        unscripted.wait_for_url("**/isles/sources.html")


PAGES = ("events/A02", "events/index", "points", "stories/isles", "sources", "about", "404")


@pytest.mark.parametrize("name", ["events/A02", "points", "stories/isles", "sources", "about"])
def test_paper_has_the_evidence_and_nothing_to_press(page: Page, address: str, name: str):
    page.goto(f"{address}/{name}.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 670, "height": 900})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 670
    for pressed in (".ms-ways", ".ms-neighbours", ".ms-go", "#embed"):
        assert page.locator(f"{pressed}:visible").count() == 0, pressed
    if name == "points":  # folded on a screen
        assert page.locator(".mc-account .mc-cites").first.is_visible()


def test_map_is_printed_on_one_page_without_its_switches(page: Page, address: str):
    opened(page, f"{address}/?day=1960-03-15")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
    page.emulate_media(media="print")
    expect(page.locator(".ma-modes")).to_be_hidden()
    expect(page.locator(".leaflet-control-zoom")).to_be_hidden()
    expect(page.locator(".ma-day")).to_be_visible()


@pytest.mark.parametrize("width", [360, PHONE[0], DESK[0]])
def test_pages_fit_the_screen(page: Page, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        page.goto(f"{address}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_site_opens_from_a_disk(page: Page, site: Path):
    shown = opened(page, f"{(site / 'index.html').as_uri()}?day=1960-03-15&mode=control")
    assert shown[:2] == ["1960-03-15", "control"]
    expect(page.locator(".ma-failed")).to_have_count(0)
