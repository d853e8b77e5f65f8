"""What fails to load is named on the screen: never a blank frame."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import FRAME, LOADED_WITHIN_MS, map_frame
from browser.watch import Watch


@pytest.mark.parametrize(
    "file", ["leaflet.js", "atlas.js", "leaflet.css", "atlas.css", "data.json"]
)
@pytest.mark.parametrize("how", ["aborted", "missing"])
def test_a_file_that_does_not_come_is_named(
    page: Page, watch: Watch, islands: str, file: str, how: str
):
    watch.expect(r"Failed to (load resource|fetch)|data\.json")
    watch.expect(r"page error: Event")  # st_folium lets the lost script go by unhandled
    asked = []

    def lose(route):
        asked.append(route.request.url)
        if how == "aborted":
            route.abort()
        else:
            route.fulfill(status=404, body="")

    page.route(re.compile(rf"/{re.escape(file)}(\?|$)"), lose)
    page.goto(islands)
    said = page.frame_locator(FRAME).locator(".ma-failed")
    expect(said).to_be_visible(timeout=LOADED_WITHIN_MS)
    expect(said).to_contain_text("could not be loaded")
    assert asked


def test_a_lost_relief_picture_is_said_and_the_map_goes_on(
    page: Page, watch: Watch, dashboard: str
):
    watch.expect(r"Failed to load resource")
    page.route(re.compile(r"/relief\.\w+(\?|$)"), lambda route: route.abort())
    page.goto(dashboard)
    shown = map_frame(page)
    expect(shown.frame.locator(".ma-notice")).to_be_visible()
    assert shown.shown()
