"""The picture in README.md: the page at 1440x900.

`MAPS_PICTURE=1 make test` takes it anew; otherwise it has to be there.
"""

import os
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK
from browser.map_page import map_frame, settled

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
VIEWS = {
    "dashboard.png": ("day=1923-07-07&mode=units", "Decree creates the Nagorno-Karabakh"),
    "legal-status.png": ("day=1921-07-05&mode=legal&event=A15", "Was the question discussed"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_of_the_picture_renders(page: Page, dashboard: str, name: str):
    view, told = VIEWS[name]
    page.goto(f"{dashboard}/?{view}")
    shown = map_frame(page)
    expect(page.get_by_text(told).first).to_be_visible()
    settled(page)
    assert shown.frame.locator(".ma-label").count() > 3
    if os.environ.get("MAPS_PICTURE"):
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.get_by_text("Who says what").first.scroll_into_view_if_needed()
        page.screenshot(path=IMAGES / name, animations="disabled")
    width_and_height = struct.unpack(">II", (IMAGES / name).read_bytes()[16:24])
    assert width_and_height == DESK
