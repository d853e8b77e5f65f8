"""Taking files away from the page."""

import io
from datetime import date

from PIL import Image
from playwright.sync_api import Page, expect

from browser.map_page import settled
from maps.export import export_bytes


def downloaded(page: Page) -> tuple[str, bytes]:
    """Press the button and give name and content of what comes."""
    with page.expect_download(timeout=60_000) as coming:
        page.get_by_role("button", name="Download", exact=False).click()
    return coming.value.suggested_filename, coming.value.path().read_bytes()


def test_the_picture_taken_away_is_the_one_the_command_writes(
    page: Page, islands: str, islands_atlas
):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&tab=export")
    expect(page.get_by_role("tabpanel").locator("img")).to_be_visible(timeout=30_000)
    settled(page)
    name, content = downloaded(page)
    assert name == "1960-03-15-control.png"
    assert Image.open(io.BytesIO(content)).size == (3507, 2480)
    assert content == export_bytes(islands_atlas, date(1960, 3, 15), "png", mode="control")


def test_data_taken_away_follow_the_choice(page: Page, islands: str, islands_atlas):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&tab=export")
    page.get_by_role("radio", name="Data").click()
    expect(page.get_by_role("button", name="Download 1960-03-15-control.geojson")).to_be_visible()
    name, content = downloaded(page)
    assert name == "1960-03-15-control.geojson"
    assert content == export_bytes(islands_atlas, date(1960, 3, 15), "geojson", mode="control")
