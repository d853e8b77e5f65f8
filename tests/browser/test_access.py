"""What axe finds on each kind of page, and what a keyboard alone reaches.

axe goes by WCAG 2.0 to 2.2, levels A and AA, and by what it calls best practice.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.conftest import DESK, PHONE
from browser.map_page import LOADED_WITHIN_MS, map_frame, settled, two_maps
from browser.server import hosted
from maps.atlas.assemble import open_atlas
from maps.atlas.model import Atlas
from maps.map.page import page_html
from maps.publish import publish_site
from maps.ui.state import COMPARE, TABS
from maps.words.i18n import texts

pytestmark = pytest.mark.slow

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
SCRIPT = Axe().axe_script


class Allowed(NamedTuple):
    """A rule that is not kept at one kind of place, with the reason."""

    rule: str
    within: str
    reason: str


ALLOWED = (
    Allowed(
        "target-size",
        '[data-testid="stDateInput"]',
        "Streamlit writes a day as three fields in one, each as wide as its letters",
    ),
    Allowed(
        "target-size",
        ".ma-event",
        "where events lie is the point of the map (the exception 'essential' of 2.5.8); "
        "each is reached on the axis and in the tab Events too",
    ),
    Allowed(
        "scrollable-region-focusable",
        '[data-testid="stCode"] pre',
        "Streamlit's box of a text to copy; the button beside it copies all of it",
    ),
)


def violations(page: Page) -> list[str]:
    """Name each rule that a page or a frame in it breaks, and where."""
    for frame in page.frames:
        frame.evaluate(SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [
        f"{broken['id']} at {' in '.join(map(str, node['target']))}: {node['html'][:120]}"
        for broken in found
        for node in broken["nodes"]
        if not is_allowed(page, broken["id"], node["target"])
    ]


def is_allowed(page: Page, rule: str, target: list[str]) -> bool:
    place = page
    for frame in target[:-1]:
        place = place.frame_locator(frame)
    element = place.locator(target[-1]).first
    return any(
        element.evaluate("(part, within) => !!part.closest(within)", each.within)
        for each in ALLOWED
        if each.rule == rule
    )


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_no_tab_breaks_a_rule(page: Page, dashboard: str):
    broken = {}
    page.goto(dashboard)
    for tab in TABS:
        page.get_by_role("tab", name=texts("en").t(f"ui.tabs.{tab}"), exact=True).click()
        drawn(page, tab)
        broken[tab] = violations(page)
    assert {tab: found for tab, found in broken.items() if found} == {}


VIEWS = {
    "an event": "?day=1921-07-05&mode=legal&event=A15",
    "a region": "?day=1994-05-12&mode=control&region=kelbajar",
    "a step": "?story=article&step=decision-of-30-november",
    "a question": "?tab=questions&at=C1",
    "sharing": "?day=2020-11-25&mode=control&share=view",
}


def test_nothing_that_is_opened_breaks_a_rule(page: Page, dashboard: str):
    broken = {}
    for name, view in VIEWS.items():
        page.goto(f"{dashboard}/{view}")
        drawn(page, "questions" if "tab=" in view else "map")
        if "share=" in view:
            expect(page.get_by_role("dialog").locator(".mc-code img")).to_be_visible(
                timeout=LOADED_WITHIN_MS
            )
        broken[name] = violations(page)
    assert {name: found for name, found in broken.items() if found} == {}


def drawn(page: Page, tab: str) -> None:
    """Wait until a tab is there whole: Streamlit fetches a widget when it is first needed."""
    if tab == COMPARE:
        two_maps(page)
    elif tab == "map":
        map_frame(page)
    expect(page.locator(".mc-head")).to_be_attached(timeout=LOADED_WITHIN_MS)
    settled(page)
    page.wait_for_function(
        "[...document.querySelectorAll('[data-testid=\"stSkeleton\"], .mc-awaited-page')]"
        ".every((part) => !part.checkVisibility())"
    )


def test_the_lists_of_the_map_break_no_rule(page: Page, islands: str):
    page.goto(islands)
    shown = map_frame(page)
    for opens in (".ma-opens-list", ".ma-opens-legend", ".ma-more"):
        shown.frame.locator(opens).click()
        assert violations(page) == []


@pytest.fixture
def files(chromium: Browser) -> Iterator[Page]:
    """A page whose security policy lets axe in; the files themselves let nothing in."""
    context = chromium.new_context(bypass_csp=True, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, two_islands: Path) -> Iterator[str]:
    """The address of a published site on a plain web server."""
    folder = tmp_path_factory.mktemp("access") / "isles"
    publish_site({"en": open_atlas(two_islands)}, folder)
    with hosted(folder.parent) as address:
        yield address


KINDS = (
    "index", "embed", "events/index", "events/A02", "points", "stories/isles", "sources", "about",
    "404",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_published_page_breaks_a_rule(files: Page, site: str, kind: str):
    files.goto(f"{site}/{kind}.html")
    if kind in ("index", "embed"):
        files.locator('html[data-maps-ready="true"]').wait_for(state="attached")
    assert violations(files) == []


def test_an_exported_file_breaks_no_rule(files: Page, islands_atlas: Atlas, tmp_path: Path):
    path = tmp_path / "map.html"
    path.write_text(page_html(islands_atlas, date(1960, 3, 15), mode="units"), encoding="utf-8")
    files.goto(path.as_uri())
    files.locator('html[data-maps-ready="true"]').wait_for(state="attached")
    assert violations(files) == []
