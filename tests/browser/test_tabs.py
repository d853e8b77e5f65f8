"""A clicked tab stays open, however slow the machine; back and forward go where they say."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import LOADED_WITHIN_MS, map_frame, settled
from maps.ui.state import TABS
from maps.words.i18n import texts

# Every tab that is ever shown as open, in order, whoever opened it.
RECORD = """() => {
    window.opened = [];
    const note = () => {
        const tab = document.querySelector('[role="tab"][aria-selected="true"]').innerText.trim();
        if (tab !== window.opened.at(-1)) window.opened.push(tab);
    };
    note();
    new MutationObserver(note).observe(document.querySelector('[role="tablist"]'),
        { subtree: true, attributes: true, attributeFilter: ["aria-selected"] });
}"""


@pytest.fixture
def busy() -> Iterator[None]:
    """Keep every processor busy while a test runs, and leave most of its time to others."""
    script = "import os; os.nice(5)\nwhile True: pass"
    loads = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    yield
    for load in loads:
        load.kill()
        load.wait()


@pytest.mark.usefixtures("busy")
def test_no_click_on_a_tab_is_undone_on_a_busy_machine(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    map_frame(page)
    settled(page)
    page.evaluate(RECORD)
    labels = [texts("en").t(f"ui.tabs.{tab}") for tab in TABS]
    clicked = [labels[0]]
    # Forth and back: each tab is left for its neighbour and comes after it again.
    for label in labels[1:] + labels[-2::-1]:
        before = page.url
        page.get_by_role("tab", name=label, exact=True).click()
        clicked.append(label)
        page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_function("!location.search.includes('tab=')", timeout=LOADED_WITHIN_MS)
    settled(page)
    assert page.evaluate("window.opened") == clicked


@pytest.mark.usefixtures("busy")
def test_back_and_forward_open_the_tabs_gone_through(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    map_frame(page)
    through = ["Map", "Events", "Sources", "Export"]
    for label in through[1:]:
        page.get_by_role("tab", name=label, exact=True).click()
        page.wait_for_url(f"**tab={label.lower()}")
    for go, labels in ((page.go_back, through[-2::-1]), (page.go_forward, through[1:])):
        for label in labels:
            go()
            expect(page.get_by_role("tab", name=label, exact=True)).to_have_attribute(
                "aria-selected", "true", timeout=LOADED_WITHIN_MS
            )
            settled(page)
    page.reload()
    expect(page.locator('[role="tab"][aria-selected="true"]')).to_have_text(
        "Export", timeout=LOADED_WITHIN_MS
    )
