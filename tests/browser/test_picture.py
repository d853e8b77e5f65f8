"""The pictures in README.md, and those in docs/guide.md, taken on a walk through the page.

`MAPS_PICTURE=1 make test` takes them anew; otherwise they have to be there.
"""

import io
import os
import re
import struct
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from browser.conftest import DESK
from browser.map_page import LOADED_WITHIN_MS, map_frame, settled
from maps.atlas.model import Date
from maps.export import comparison_bytes

DOCS = Path(__file__).parent.parent.parent / "docs"
IMAGES = DOCS / "images"
GUIDE_AT_MOST = 150_000  # bytes of a picture in the guide
DAYS = (Date(1921, 7, 5), Date(1994, 5, 12), Date(2020, 11, 10), Date(2023, 9, 21))
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


def test_the_guide_leads_through_the_page_as_it_is(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1921-07-05&mode=control")
    shown = map_frame(page)
    settled(page)
    picture(page, "guide-map")

    page.get_by_role("button", name="Share and cite").click()
    expect(page.get_by_text("Credit line for a picture of this view")).to_be_visible()
    picture(page, "guide-share", page.get_by_role("dialog"))
    page.keyboard.press("Escape")

    shown.frame.locator('.ma-modes [data-mode="legal"]').click()
    expect(page.get_by_text("map mode “Legal status”")).to_be_visible(timeout=LOADED_WITHIN_MS)
    shown.click_boundary("askeran-until-2023")
    expect(shown.card.get_by_text("Armenian side")).to_be_visible()
    expect(page.get_by_text("Legal status on 5 July 1921: who says what")).to_be_visible()
    picture(page, "guide-legal")

    page.get_by_role("tab", name="Questions", exact=True).click()
    page.locator(".mc-ask summary", has_text="discussed and put to a vote on 5 July 1921").click()
    question = page.locator(".mc-ask[open]")
    expect(question.get_by_text("What can be said:")).to_be_visible()
    picture(page, "guide-question", question)

    page.get_by_role("tab", name="Story", exact=True).click()
    page.get_by_role("button", name="Read from step 13").click()
    expect(page.get_by_text("Step 13 of 25 ·")).to_be_visible(timeout=LOADED_WITHIN_MS)
    picture(page, "guide-story")

    page.get_by_role("tab", name="Export", exact=True).click()
    expect(page.get_by_role("tabpanel").locator("img")).to_be_visible(timeout=60_000)
    picture(page, "guide-export")


def picture(page: Page, name: str, part: Locator | None = None) -> None:
    """Take a picture of the page or a part of it for the guide, or hold the one there to be so."""
    settled(page)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate(
        "document.querySelector('h1').scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    taken = (part or page).screenshot(animations="disabled")
    file = IMAGES / f"{name}.webp"
    if os.environ.get("MAPS_PICTURE"):
        Image.open(io.BytesIO(taken)).convert("RGB").save(file, quality=75, method=6)
    assert file.stat().st_size <= GUIDE_AT_MOST
    kept, now = Image.open(file).size, Image.open(io.BytesIO(taken)).size
    anew = f"{file.name} shows another page: take it anew with MAPS_PICTURE=1"
    assert max(abs(kept[0] - now[0]), abs(kept[1] - now[1])) <= 40, anew


def test_the_guide_shows_each_of_its_pictures_and_no_other():
    guide = (DOCS / "guide.md").read_text("utf-8")
    shown = set(re.findall(r"\]\(images/(guide-[a-z]+\.webp)\)", guide))
    assert shown == {path.name for path in IMAGES.glob("guide-*")}


def width_and_height(path: Path) -> tuple[int, int]:
    return struct.unpack(">II", path.read_bytes()[16:24])
