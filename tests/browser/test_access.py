"""What axe finds on each kind of page, and what a keyboard alone reaches.

axe goes by WCAG 2.0 to 2.2, levels A and AA, and by what it calls best practice.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from coloraide import Color
from playwright.sync_api import Browser, Frame, Page, expect

from browser.conftest import DESK, PHONE
from browser.map_page import LOADED_WITHIN_MS, map_frame, settled, two_maps
from browser.server import hosted
from maps.atlas.assemble import open_atlas
from maps.atlas.model import Atlas, Date
from maps.map.document import page_html
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


@pytest.mark.parametrize(("size", "theme"), [(DESK, "light"), (PHONE, "dark")])
def test_no_tab_breaks_a_rule(page: Page, dashboard: str, theme: str):
    broken = {}
    page.emulate_media(color_scheme=theme)
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
    page.emulate_media(color_scheme="dark")
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
    else:
        expect(page.locator(".st-key-compare-maps iframe")).to_have_count(0)
    if tab == "map":
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
    path.write_text(page_html(islands_atlas, Date(1960, 3, 15), mode="units"), encoding="utf-8")
    files.goto(path.as_uri())
    files.locator('html[data-maps-ready="true"]').wait_for(state="attached")
    assert violations(files) == []


def test_by_night_the_map_and_the_page_are_dark_and_paper_is_not(page: Page, islands: str):
    page.emulate_media(color_scheme="dark")
    page.goto(islands)
    shown = map_frame(page)
    settled(page)
    land, app = shown.frame.locator(".ma-land").first, page.get_by_test_id("stApp")

    def grounds() -> list[str]:
        return [
            land.evaluate(COLOUR.format("fill")),
            app.evaluate(COLOUR.format("backgroundColor")),
        ]

    by_night = grounds()
    assert all(luminance(colour) < 0.1 for colour in by_night), by_night
    page.emulate_media(color_scheme="dark", media="print")
    on_paper = grounds()
    assert all(luminance(colour) > 0.8 for colour in on_paper), on_paper


COLOUR = "part => getComputedStyle(part).{}"


def luminance(colour: str) -> float:
    return Color(colour).luminance()


@pytest.mark.parametrize("size", [(320, 256)])  # 1280 by 1024 enlarged to 400 %
def test_at_400_percent_nothing_has_to_be_scrolled_sideways(page: Page, dashboard: str):
    page.goto(dashboard)
    for tab in TABS:
        page.get_by_role("tab", name=texts("en").t(f"ui.tabs.{tab}"), exact=True).click()
        drawn(page, tab)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 320, tab


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


def test_with_wider_letters_and_lines_nothing_of_the_map_is_lost(page: Page, islands: str):
    page.goto(islands)
    frame = map_frame(page).frame
    page.add_style_tag(content=SPACED)
    frame.add_style_tag(content=SPACED)
    cut = frame.evaluate(
        """() => [...document.querySelectorAll('.ma-modes button, .ma-opens, .ma-line, .ma-more')]
            .filter((part) => part.scrollWidth > part.clientWidth + 1
                && getComputedStyle(part).textOverflow !== 'ellipsis' && part.clientWidth)
            .map((part) => part.textContent)"""
    )
    assert cut == []


def test_colours_of_ones_own_leave_holders_told_apart_and_the_mode_marked(page: Page, islands: str):
    page.emulate_media(forced_colors="active")
    page.goto(islands)
    frame = map_frame(page).frame
    chosen, other = (
        frame.locator(f'.ma-modes button[aria-checked="{on}"]').first for on in ("true", "false")
    )
    ground = COLOUR.format("backgroundColor")
    assert chosen.evaluate(ground) != other.evaluate(ground)
    fills = frame.locator(".ma-boundary:visible").evaluate_all(
        "paths => paths.map((path) => getComputedStyle(path).fill)"
    )
    assert len(set(fills)) > 1


def test_a_reader_who_wants_no_motion_gets_none(page: Page, islands: str):
    page.emulate_media(reduced_motion="reduce")
    page.goto(islands)
    shown = map_frame(page)
    for day in ("1940-01-01", "1950-06-01"):
        shown.go(day)
        shown.frame.locator(f'html[data-maps-told="{day}"]').wait_for(state="attached")
    shown.frame.locator(".ma-boundary.ma-changed").first.wait_for(state="attached")
    moving = "document.getAnimations().filter((each) => each.playState === 'running').length"
    assert shown.frame.evaluate(moving) == 0


def test_a_keyboard_walks_through_the_page_and_the_map(page: Page, islands: str):
    page.goto(islands)
    shown = map_frame(page)
    settled(page)
    wanted = ["[role=tab]", "[role=radio]", ".ma-opens", ".leaflet-control-zoom-in", ".ma-slider"]
    for _ in range(WALK_AT_MOST):
        page.keyboard.press("Tab")
        met = [part for part in wanted if has_focus(page, shown.frame, part)]
        wanted = [part for part in wanted if part not in met]
        for part in met:
            assert is_marked(page, shown.frame), f"{part} does not show that it has the focus"
        if not wanted:
            return
    raise AssertionError(f"{WALK_AT_MOST} steps never reached {wanted}")


WALK_AT_MOST = 60


def has_focus(page: Page, frame: Frame, part: str) -> bool:
    wanted = f"document.activeElement.matches('{part}') && document.hasFocus()"
    return bool(page.evaluate(wanted) or frame.evaluate(wanted))


def is_marked(page: Page, frame: Frame) -> bool:
    """Tell whether what has the focus is outlined; in the frame, if that has it."""
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    inside = page.evaluate("document.activeElement.tagName") == "IFRAME"
    return (frame if inside else page).evaluate(outline) != "none"


def test_the_map_and_what_is_beside_it_are_printed_on_two_pages(page: Page, dashboard: str):
    page.goto(dashboard)
    map_frame(page)
    settled(page)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") <= 2
    page.emulate_media(media="print")
    for pressed in (".st-key-entrances", ".st-key-search", "[role=tablist]", ".mc-sheet"):
        expect(page.locator(pressed).first).to_be_hidden()
