"""The pictures in README.md: the page at 1440x900, and a sheet of four days.

`MAPS_PICTURE=1 make test` takes them anew; otherwise they have to be there.
"""

import os
import struct
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK
from browser.map_page import map_frame, settled
from maps.export import comparison_bytes

IMAGES = Path(__file__).parent.parent.parent / "docs" / "images"
DAYS = (date(1921, 7, 5), date(1994, 5, 12), date(2020, 11, 10), date(2023, 9, 21))
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
    assert width_and_height(IMAGES / name) == DESK


def test_the_sheet_of_the_picture_is_drawn(shipped_atlas):
    drawn = comparison_bytes(shipped_atlas, DAYS, "png", mode="control", size="16:9", dpi=108)
    if os.environ.get("MAPS_PICTURE"):
        (IMAGES / "four-days.png").write_bytes(drawn)
    assert width_and_height(IMAGES / "four-days.png") == struct.unpack(">II", drawn[16:24])


def width_and_height(path: Path) -> tuple[int, int]:
    return struct.unpack(">II", path.read_bytes()[16:24])
