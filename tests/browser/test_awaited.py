"""What has not come is said: a page, a map, a tab, a server; never an empty place."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from browser.conftest import DESK, PHONE
from browser.map_page import LOADED_WITHIN_MS, map_frame, settled
from browser.server import answering, free_port
from browser.watch import Watch
from maps.cli.serve import ATLAS_VARIABLE, app_file
from maps.words.i18n import texts

HEAVY = {"geopandas", "pandas", "folium", "matplotlib", "streamlit_folium"}


def said(key: str) -> str:
    return texts("en").t(f"ui.awaited.{key}")


def expect_late(page: Page) -> None:
    """Expect the words over the map, and those that come after some seconds without the wait."""
    place = page.locator(".st-key-map-frame .mc-awaited-map")
    expect(place.get_by_text(said("map"))).to_be_visible(timeout=LOADED_WITHIN_MS)
    settled(page)
    assert (
        page.locator(".st-key-map-frame .mc-late").evaluate(
            "late => { for (const each of late.getAnimations()) each.finish();"
            " return getComputedStyle(late).visibility; }"
        )
        == "visible"
    )
    expect(place.get_by_text(said("late"))).to_be_visible()
    expect(place.get_by_role("link", name=said("again"))).to_be_visible()


@pytest.mark.parametrize(
    "file",
    [
        r"streamlit_folium\.st_folium/index\.html",
        r"streamlit_folium\.st_folium/static/js/",
        r"static/js/ComponentInstance\.",
    ],
)
def test_a_frame_that_does_not_come_is_said(page: Page, watch: Watch, islands: str, file: str):
    watch.expect(r"Failed to (load resource|fetch)|dynamically imported|Client Error|page error")
    page.route(re.compile(file), lambda route: route.abort())
    page.goto(islands)
    expect_late(page)


def test_a_first_script_that_is_kept_away_is_said(page: Page, watch: Watch, islands: str):
    watch.expect(r"Content Security Policy|violates|page error|Failed to load")

    def close(route: Route) -> None:
        answer = route.fetch()
        policy = "script-src 'self' 'unsafe-inline' 'unsafe-eval'"  # no data: addresses
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    page.route(re.compile(r"st_folium/index\.html"), close)
    page.goto(islands)
    expect_late(page)


def test_data_that_never_come_are_said_and_a_map_that_is_there_is_not_covered(
    page: Page, islands: str
):
    kept: list[Route] = []

    def keep(route: Route) -> None:
        kept.append(route)

    page.route(re.compile(r"/data\.json"), keep)
    with page.expect_request(re.compile(r"/data\.json")):
        page.goto(islands)
    expect_late(page)
    for route in kept:
        route.continue_()
    map_frame(page)
    expect(page.locator(".st-key-map-frame .mc-awaited-map")).to_be_hidden()


def test_the_link_of_the_head_is_to_what_the_map_shows_while_it_plays(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    shown.frame.evaluate(
        """() => {
            const shown = MapsAtlas.state, day = new Date(Date.UTC(1972, 5, 1));
            shown.read("control", shown.selection.perspective);
            shown.control.set(719163 + day / 864e5, false);
        }"""
    )
    link = page.locator(".mc-view a")
    expect(link).to_have_attribute("href", re.compile("day=1972-06-01"))
    expect(link).to_have_attribute("href", re.compile("mode=control"))


def test_a_server_that_is_not_ready_shows_the_shape_of_the_page_first(
    page: Page, two_islands: Path, tmp_path: Path
):
    port = free_port()
    words = [sys.executable, "-m", "streamlit", "run", str(app_file()), f"--server.port={port}"]
    words += ["--server.address=127.0.0.1", "--server.headless=true"]
    words += ["--browser.gatherUsageStats=false"]
    with answering(words, port, tmp_path, {ATLAS_VARIABLE: str(two_islands)}) as address:
        page.goto(f"{address}/?day=1955-01-01", wait_until="commit")
        expect(page.locator(".mc-awaited-page")).to_be_visible(timeout=LOADED_WITHIN_MS)
        assert page.locator(".mc-head").count() == 0
        settled(page)
        expect(page.locator(".mc-awaited-page")).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_document_itself_has_the_title_and_the_shape_of_the_page(page: Page, islands: str):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/static/js/index\."), hold)
    page.goto(islands, wait_until="commit")
    shape = page.locator(".mc-awaited-page")
    expect(shape).to_be_visible()
    expect(shape).to_contain_text("Two Isles")
    title = page.title()
    assert title.startswith("Two Isles – ")
    assert page.locator('meta[property="og:title"]').get_attribute("content") == "Two Isles"
    assert "Map" in shape.inner_text()
    for route in held:
        route.continue_()
    map_frame(page)
    for each in shape.all():
        expect(each).to_be_hidden()
    assert page.title() == title


def test_without_a_server_the_map_works_and_a_tab_says_why_it_is_empty(
    page: Page, watch: Watch, two_islands: Path, tmp_path: Path
):
    watch.expect(r"ERR_CONNECTION_REFUSED|Client Error|not responding|WebSocket|when disconnected")
    port = free_port()
    words = [sys.executable, "-m", "maps", "serve", "--port", str(port)]
    words += ["--atlas", str(two_islands)]
    line = page.get_by_text(said("server"))
    with answering(words, port, tmp_path) as address:
        page.goto(f"{address}/?day=1955-01-01&mode=units")
        shown = map_frame(page)
        settled(page)
        expect(page.locator(".mc-awaited-page")).to_be_hidden()
        expect(line).to_be_hidden()
    expect(line).to_be_visible(timeout=LOADED_WITHIN_MS)
    shown.go("1972-06-01")
    expect(page.locator(".mc-view a")).to_have_attribute("href", re.compile("day=1972-06-01"))
    page.get_by_role("tab", name="Events", exact=True).click()  # no dialog is in the way
    with answering(words, port, tmp_path):
        expect(page.get_by_text("Landing at the narrows").first).to_be_visible(timeout=60_000)
        page.wait_for_url("**day=1972-06-01*tab=events")
        expect(line).to_be_hidden()
        settled(page)


def test_what_is_coming_is_shown_before_anything_heavy_is_loaded():
    app = (Path(__file__).parents[2] / "app.py").read_text(encoding="utf-8")
    before = app.partition("from maps.ui.page")[0]
    imports = [line for line in before.splitlines() if line.startswith(("import ", "from "))]
    # Streamlit itself brings pandas where it is installed, but not before it is used.
    script = "\n".join([*imports, "import sys", f"print(*({HEAVY!r} & set(sys.modules)))"])
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
