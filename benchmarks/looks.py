"""Take a picture of every tab at every size of a window, to be looked at.

Run with `make looks`, or ``python benchmarks/looks.py DIR`` with ``--sizes``, ``--themes``,
``--languages``, ``--views`` to take fewer. Beside the pictures lie contact sheets.
"""

import argparse
import tempfile
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from browser.chromium import LAUNCH_ARGUMENTS, on_system
from browser.map_page import map_frame, settled, two_maps
from browser.server import served
from maps.ui.state import COMPARE, TABS

SIZES = ((1440, 900), (768, 1024), (390, 844), (844, 390))
THEMES = ("light", "dark")
# What a tab shows once something is chosen on it.
CHOSEN = {
    "control": "?day=2020-11-25&mode=control",
    "legal": "?day=1921-07-05&mode=legal&event=A15",
    "region": "?day=1994-05-12&mode=control&region=kelbajar",
    "question": "?tab=questions&at=C1",
    "step": "?story=article&step=decision-of-30-november",
}
VIEWS = {**{tab: f"?tab={tab}" for tab in TABS}, **CHOSEN}
# Streamlit asks for the script of a widget when it is first there; a page of its own is shown
# until the first run has ended.
DRAWN = """() => document.fonts.status === 'loaded'
    && ![...document.querySelectorAll('[data-testid="stSkeleton"], .mc-awaited-page')]
        .some((part) => part.checkVisibility())"""
SHEET_WIDTH = 2200
GAP = 12


def ready(page: Page, view: str) -> None:
    """Wait until all that the view shows is there."""
    if view == COMPARE:
        two_maps(page)
    elif view == "map" or (view in CHOSEN and view != "question"):
        map_frame(page)
    page.locator(".stApp .mc-head").wait_for(state="attached")
    settled(page)
    page.wait_for_function(DRAWN)


def take(browser: Browser, address: str, folder: Path, wanted: argparse.Namespace) -> None:
    for size, theme, lang in product(wanted.sizes, wanted.themes, wanted.languages):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            has_touch=width < 1000,
        )
        page = context.new_page()
        taken = []
        for view in wanted.views:
            page.goto(f"{address}/{VIEWS[view]}&lang={lang}")
            ready(page, view)
            taken.append(folder / f"{view}-{width}x{height}-{theme}-{lang}.png")
            page.screenshot(path=taken[-1], animations="disabled")
        context.close()
        contact_sheets(taken, folder / f"all-{width}x{height}-{theme}-{lang}")


def contact_sheets(pictures: list[Path], name: Path) -> None:
    """Put pictures of one size beside one another, as many as can still be read."""
    width, height = Image.open(pictures[0]).size
    across = max(1, SHEET_WIDTH // (min(width, 900) + GAP))
    shown = (SHEET_WIDTH // across - GAP, round((SHEET_WIDTH // across - GAP) * height / width))
    down = max(1, 1900 // (shown[1] + GAP))
    for number, start in enumerate(range(0, len(pictures), across * down), 1):
        on_sheet = pictures[start : start + across * down]
        rows = -(-len(on_sheet) // across)
        sheet = Image.new("RGB", (SHEET_WIDTH, rows * (shown[1] + GAP)), "#888")
        for at, path in enumerate(on_sheet):
            small = Image.open(path).convert("RGB").resize(shown, Image.Resampling.LANCZOS)
            sheet.paste(small, (at % across * (shown[0] + GAP), at // across * (shown[1] + GAP)))
        sheet.save(f"{name}-{number}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/looks"))
    parser.add_argument("--sizes", nargs="+", type=in_pixels, default=SIZES, metavar="1440x900")
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=THEMES)
    parser.add_argument("--languages", nargs="+", default=("en",))
    parser.add_argument("--views", nargs="+", choices=VIEWS, default=tuple(VIEWS))
    parser.add_argument("--address", help="of a dashboard that is running")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as at:
        browser = playwright.chromium.launch(
            executable_path=on_system(), args=list(LAUNCH_ARGUMENTS)
        )
        if wanted.address:
            take(browser, wanted.address, wanted.folder, wanted)
        else:
            with served(Path(at)) as address:
                take(browser, address, wanted.folder, wanted)
        browser.close()


def in_pixels(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


if __name__ == "__main__":
    main()
