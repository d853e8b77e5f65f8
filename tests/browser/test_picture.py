"""The picture in README.md: the page at 1440x900.

`MAPS_PICTURE=1 make test` takes it anew; otherwise it has to be there.
"""

import os
import struct
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.conftest import DESK
from browser.map_page import map_frame, settled

PICTURE = Path(__file__).parent.parent.parent / "docs" / "images" / "dashboard.png"
VIEW = "day=1923-07-07&mode=units"


def test_the_page_of_the_picture_renders(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?{VIEW}")
    shown = map_frame(page)
    expect(page.get_by_text("Decree creates the Nagorno-Karabakh").first).to_be_visible()
    settled(page)
    assert shown.frame.locator(".ma-label").count() > 3
    if os.environ.get("MAPS_PICTURE"):
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.screenshot(path=PICTURE, animations="disabled")
    width_and_height = struct.unpack(">II", PICTURE.read_bytes()[16:24])
    assert width_and_height == DESK
