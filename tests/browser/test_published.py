"""A published site on a plain web server: no Python of ours behind it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.server import free_port
from maps.load import default_atlas_folder
from maps.publish import publish_site
from maps.validate import open_atlas

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
    """Python's own file server, the site below a path of its own."""
    port = free_port()
    words = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(
        words, cwd=site.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while server.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    continue
            yield f"http://127.0.0.1:{port}/isles"
        finally:
            server.terminate()


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


def test_event_page_is_whole_without_scripts(chromium: Browser, address: str):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}/events/A02.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Landing at the narrows")
    expect(page.locator("[data-point=C1] .mc-side")).to_have_count(3)
    expect(page.locator(".mc-citations").first).to_be_visible()
    page.get_by_role("link", name="Events", exact=True).click()
    expect(page.locator(".ms-events li")).to_have_count(4)
    context.close()


def test_pages_fit_a_narrow_screen(page: Page, address: str):
    page.set_viewport_size({"width": 360, "height": 800})
    for name in (
        "events/A02",
        "events/index",
        "points",
        "stories/isles",
        "sources",
        "about",
        "404",
    ):
        page.goto(f"{address}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


def test_site_opens_from_a_disk(page: Page, site: Path):
    shown = opened(page, f"{(site / 'index.html').as_uri()}?day=1960-03-15&mode=control")
    assert shown[:2] == ["1960-03-15", "control"]
    expect(page.locator(".ma-failed")).to_have_count(0)


def test_first_load_of_the_shipped_atlas_is_small(tmp_path: Path):
    publish_site({"en": open_atlas(default_atlas_folder())}, tmp_path / "site")
    files = [tmp_path / "site" / "index.html", *(tmp_path / "site" / "assets").iterdir()]
    assert sum(file.stat().st_size for file in files) <= 1_500_000
