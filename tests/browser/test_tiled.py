"""A site whose map comes in tiles, against the same site that comes whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.server import hosted
from browser.watch import Watch
from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.publish import publish_site

READY = 'html[data-maps-ready="true"]'
STATE = "MapsAtlas.state"
# How each boundary is drawn: fill or the marks of its pattern, line, and its box in pixels.
DRAWN = """() => Object.fromEntries([...document.querySelectorAll('path[data-boundary]')].map(path => {
  const fill = path.getAttribute('fill'), box = path.getBBox();
  const marks = fill.startsWith('url') ? document.querySelector(fill.slice(4, -1)).innerHTML : fill;
  const look = ['fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray'].map(name => path.getAttribute(name));
  return [path.dataset.boundary, {look: [marks, ...look], box: [box.x, box.y, box.x + box.width, box.y + box.height]}];
}))"""  # noqa: E501
NAMES = "() => [...document.querySelectorAll('.ma-label')].map(name => name.textContent).sort()"
LEGEND = "() => [...document.querySelectorAll('.ma-entry')].map(entry => entry.textContent)"
WITHIN_PX = 2  # simplified outlines end a little earlier
VIEWS = (
    "day=1921-07-05&mode=legal&perspective=armenian",
    "day=1923-07-07&mode=control",
    "day=1994-05-12&mode=control",
    "day=2020-11-20&mode=units",
    "day=2023-09-20&mode=legal&map=9.5/39.8/46.7",
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    (folder / "isles").mkdir()
    atlas = {"en": open_atlas(default_atlas_folder())}
    publish_site(atlas, folder / "isles" / "tiled", tiles=True)
    publish_site(atlas, folder / "isles" / "whole")
    return folder


@pytest.fixture(scope="module")
def address(sites: Path) -> Iterator[str]:
    with hosted(sites) as address:
        yield address


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(READY, state="attached")


def until(page: Page, holds: str) -> None:
    """Wait for a JavaScript expression; the pages' policy refuses Playwright's own way."""
    for _ in range(300):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {holds}")


def rested(page: Page) -> None:
    """Wait for the names, which come once the day rests."""
    page.wait_for_selector(".ma-label", state="attached")


def shown(page: Page) -> tuple[dict[str, dict[str, list[object]]], list[str], list[str]]:
    rested(page)
    return page.evaluate(DRAWN), page.evaluate(NAMES), page.evaluate(LEGEND)


def assert_alike(tiled: Page, whole: Page) -> None:
    (drawn, *said), (expected, *others) = shown(tiled), shown(whole)
    assert said == others
    assert drawn.keys() == expected.keys()
    assert drawn
    for id, path in drawn.items():
        assert path["look"] == expected[id]["look"], id
        assert path["box"] == pytest.approx(expected[id]["box"], abs=WITHIN_PX), id


def inside(page: Page, region: str) -> tuple[float, float]:
    """Give a point of the window at which a region lies, in px."""
    x, y = page.evaluate(
        f"""(() => {{
            const item = {STATE}.painter.items.find(
                each => each.on && each.boundary.r.startsWith('{region}'));
            const point = {STATE}.map.latLngToContainerPoint(item.boundary.at);
            const box = {STATE}.map.getContainer().getBoundingClientRect();
            return [point.x + box.x, point.y + box.y + 25];
        }})()"""
    )
    return x, y


@pytest.mark.parametrize("view", VIEWS)
def test_tiled_map_is_drawn_as_the_whole_one(watch: Watch, address: str, view: str):
    pages = [watch.context.new_page() for _ in range(2)]
    for page, site in zip(pages, ("tiled", "whole"), strict=True):
        opened(page, f"{address}/{site}/?{view}")
    assert_alike(*pages)


def test_scrubbing_asks_for_nothing_and_ends_on_the_same_map(watch: Watch, address: str):
    asked: list[str] = []
    pages = [watch.context.new_page() for _ in range(2)]
    for page, site in zip(pages, ("tiled", "whole"), strict=True):
        opened(page, f"{address}/{site}/?day=1918-05-28&mode=control")
        rested(page)
        page.on("request", lambda request: asked.append(request.url))
        for _ in range(75):
            page.get_by_role("slider").press("Shift+ArrowRight")
        page.wait_for_url("**day=1993-05-28*")
    assert asked == []
    assert_alike(*pages)


def test_a_closer_look_brings_finer_outlines(page: Page, address: str):
    opened(page, f"{address}/tiled/?day=1994-05-12&mode=control")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    points = (
        f"{STATE}.painter.items.filter(item => item.on).flatMap(item => item.path._polygons)"
        ".flat().reduce((sum, ring) => sum + ring.length, 0)"
    )
    before = page.evaluate(points)
    page.evaluate(f"{STATE}.map.setZoom(10, {{animate: false}})")
    until(page, f"{points} > {before}")
    assert asked
    assert all("/tiles." in url and "/10/" in url for url in asked)


def test_card_tells_what_the_whole_site_tells(watch: Watch, address: str):
    told = []
    for site in ("tiled", "whole"):
        page = watch.context.new_page()
        opened(page, f"{address}/{site}/?day=1994-05-12&mode=legal")
        page.mouse.click(*inside(page, "kelbajar"))
        card = page.locator(".leaflet-popup .ma-card")
        expect(card).to_be_visible()
        short = card.inner_text()
        card.locator(".ma-further").click()
        expect(page.locator(".ma-further")).to_have_count(0)
        told.append((short, card.inner_text()))
    assert told[0] == told[1]


def test_event_card_and_the_list_of_areas_tell_the_same(watch: Watch, address: str):
    told = []
    for site in ("tiled", "whole"):
        page = watch.context.new_page()
        opened(page, f"{address}/{site}/?event=a19")
        card = page.locator(".leaflet-popup .ma-card")
        expect(card.locator(".ma-sources")).to_be_visible()
        event = card.inner_text()
        page.get_by_role("button", name="Who holds what on this day").click()
        expect(page.locator(".ma-list small, .ma-sheet small").nth(1)).to_contain_text("since")
        told.append((event, page.locator(".ma-sheet-list, .ma-list").first.inner_text()))
    assert told[0] == told[1]


def test_hovering_names_an_area_and_then_tells_of_it(page: Page, address: str):
    opened(page, f"{address}/tiled/?day=1994-05-12&mode=control")
    page.mouse.move(*inside(page, "kelbajar"))
    expect(page.locator(".ma-pointed")).to_have_text(re.compile(r"Kalbajar.* · .*since .*source"))


def test_tiled_site_opens_from_a_disk(page: Page, sites: Path):
    opened(
        page, f"{(sites / 'isles' / 'tiled' / 'index.html').as_uri()}?day=1960-03-15&mode=control"
    )
    assert page.evaluate(f"{STATE}.control.state.day") == Date(1960, 3, 15)
    assert page.evaluate(DRAWN)


def test_a_lost_tile_is_said_and_asked_for_again(page: Page, watch: Watch, address: str):
    watch.expect(r"Failed to load resource")
    page.route(re.compile(r"/tiles\."), lambda route: route.abort())
    opened(page, f"{address}/tiled/?day=1994-05-12&mode=control")
    expect(page.locator(".ma-notice")).to_contain_text("could not be loaded")
    assert not any(path["box"][2] > path["box"][0] for path in page.evaluate(DRAWN).values())
    page.unroute(re.compile(r"/tiles\."))
    page.evaluate(f"{STATE}.map.panBy([10, 0], {{animate: false}})")
    until(
        page,
        "[...document.querySelectorAll('path[data-boundary]')].some(p => p.getBBox().width > 50)",
    )


def test_first_load_of_the_shipped_atlas_is_small(sites: Path):
    site = sites / "isles" / "whole"
    files = [site / "index.html", *(site / "assets").iterdir()]
    assert sum(file.stat().st_size for file in files) <= 1_500_000
