"""Servers, pages and the watch over them.

Every page is closed to the world, and a test fails on any error its page says,
whatever else it proves. Of one that fails a picture stays in test-results/. Playwright's
traces are left out: they take a third of a test's processor time.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from browser.server import served
from browser.watch import Watch

DESK = (1440, 900)
PHONE = (390, 844)
PHONE_ON_ITS_SIDE = (844, 390)
RESULTS = Path(__file__).parent.parent.parent / "test-results"
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def islands(tmp_path_factory: pytest.TempPathFactory, two_islands: Path) -> Iterator[str]:
    """The address of the invented atlas."""
    with served(tmp_path_factory.mktemp("islands"), two_islands) as address:
        yield address


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the shipped atlas."""
    with served(tmp_path_factory.mktemp("dashboard")) as address:
        yield address


@pytest.fixture
def size() -> tuple[int, int]:
    """Width and height of the window; a test may be parametrized with another."""
    return DESK


@pytest.fixture
def touch() -> bool:
    """Whether the screen is touched; a test may be parametrized with one that is."""
    return False


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Callable[[tuple[int, int], bool], BrowserContext]:
    """Browser windows by size and touch, one after the other used by all tests.

    What a page loads stays in a window's cache, compiled: a second load takes a quarter
    of the processor time of the first.
    """

    @cache
    def opened(size: tuple[int, int], touch: bool) -> BrowserContext:
        view = {"width": size[0], "height": size[1]}
        return chromium.new_context(viewport=view, has_touch=touch)

    return opened


@pytest.fixture
def watch(
    window: Callable[[tuple[int, int], bool], BrowserContext],
    size: tuple[int, int],
    touch: bool,
    request: pytest.FixtureRequest,
) -> Iterator[Watch]:
    """A browser window closed to the world, without pages, and what went wrong in it."""
    context = window(size, touch)
    kept = Watch(context)
    yield kept
    faults = kept.faults
    if faults or request.node.stash.get(FAILED, False):
        _keep_evidence(context, request.node.name)
    kept.close()
    assert faults == []


def _keep_evidence(context: BrowserContext, test_name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test_name).strip("-")
    for number, page in enumerate(context.pages):
        with suppress(Error):  # a page that hangs gives none; the next test must not inherit it
            page.screenshot(path=RESULTS / f"{name}-{number}.png", timeout=5_000)


@pytest.fixture
def page(watch: Watch) -> Page:
    """A blank page, watched."""
    return watch.context.new_page()
