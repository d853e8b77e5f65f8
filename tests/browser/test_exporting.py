"""Taking files away from the page."""

import io

from PIL import Image
from playwright.sync_api import Page, TimeoutError, expect

from browser.map_page import FRAME, map_frame, settled
from maps.atlas.model import Date
from maps.export import comparison_bytes, export_bytes
from maps.film import film_bytes
from maps.film.plan import film_plan


def downloaded(page: Page, name: str) -> bytes:
    """Press the button of a file once the page is at rest, and give what comes.

    The first report of the map has the page run once more, and while it runs Streamlit
    no longer knows the file of the button on the screen.
    """
    frame = page.wait_for_selector(FRAME, state="attached").content_frame()
    frame.wait_for_selector("html[data-maps-told]", state="attached")
    button = page.get_by_role("button", name=f"Download {name}", exact=True)
    expect(button).to_be_visible(timeout=60_000)
    page.wait_for_timeout(500)  # the report is on its way, which nothing on the page tells
    settled(page)
    try:
        with page.expect_download(timeout=15_000) as coming:
            button.click()
    except TimeoutError:  # the report took longer on a busy machine: a reader presses again
        settled(page)
        with page.expect_download(timeout=60_000) as coming:
            button.click()
    assert coming.value.suggested_filename == name
    return coming.value.path().read_bytes()


def test_the_picture_taken_away_is_the_one_the_command_writes(
    page: Page, islands: str, islands_atlas
):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&tab=export")
    expect(page.get_by_role("tabpanel").locator("img")).to_be_visible(timeout=30_000)
    settled(page)
    content = downloaded(page, "1960-03-15-control.png")
    assert Image.open(io.BytesIO(content)).size == (3507, 2480)
    assert content == export_bytes(islands_atlas, Date(1960, 3, 15), "png", mode="control")


def test_data_taken_away_follow_the_choice(page: Page, islands: str, islands_atlas):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&tab=export")
    page.get_by_role("radio", name="Data").click()
    content = downloaded(page, "1960-03-15-control.geojson")
    assert content == export_bytes(islands_atlas, Date(1960, 3, 15), "geojson", mode="control")


def test_days_side_by_side_follow_the_comparison(page: Page, islands: str, islands_atlas):
    page.goto(f"{islands}/?day=1955-01-01&day2=1972-06-01&mode=control&tab=export")
    page.get_by_role("radio", name="Days side by side").click()
    content = downloaded(page, "1955-01-01-1972-06-01-control.png")
    days = [Date(1955, 1, 1), Date(1972, 6, 1)]
    assert content == comparison_bytes(islands_atlas, days, "png", mode="control")


def test_a_film_is_made_shown_and_taken(page: Page, islands: str, islands_atlas):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&tab=export")
    page.get_by_role("radio", name="Film").click()
    count = len(film_plan(islands_atlas, mode="control").days)
    expect(page.get_by_text(f"{count} pictures")).to_be_visible()
    expect(page.get_by_role("button", name="Download")).to_have_count(0)
    page.get_by_role("button", name="Make the film").click()
    video = page.locator("video")
    expect(video).to_be_visible(timeout=60_000)
    page.wait_for_function("document.querySelector('video').videoWidth === 1280")
    content = downloaded(page, "film-control.mp4")
    assert content == film_bytes(islands_atlas, "mp4", mode="control")


def test_what_the_map_shows_is_an_extent(page: Page, islands: str, islands_atlas):
    page.goto(f"{islands}/?day=1960-03-15&mode=control&map=9/0.5/22.5")
    settled(page)
    bounds = map_frame(page).frame.evaluate("MapsAtlas.state.map.getBounds().toBBoxString()")
    page.get_by_role("tab", name="Export").click()
    page.get_by_role("combobox", name="Extent").click()
    page.get_by_role("option", name="What the map shows now").click()
    content = downloaded(page, "1960-03-15-control-as-seen.png")
    box = tuple(round(float(edge), 3) for edge in bounds.split(","))
    day = Date(1960, 3, 15)
    assert content == export_bytes(islands_atlas, day, "png", mode="control", bbox=box)
