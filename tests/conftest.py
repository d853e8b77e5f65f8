import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from browser.chromium import LAUNCH_ARGUMENTS, on_system
from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Atlas

BROWSER_TESTS = Path(__file__).parent / "browser"

# A script's background jobs ignore these, and what is started by the tests would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)


class BrowserByFile(LoadScopeScheduling):
    """Give a file of tests that drive a browser to one process as a whole, all others one by one.

    What such tests share, a site or a server of their own, is then made once.
    """

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> BrowserByFile:
    return BrowserByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_TESTS in item.path.parents or "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if "database" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(scope="session")
def two_islands() -> Path:
    """The folder of the invented atlas; what changes it takes ``atlas_copy``."""
    return Path(__file__).parent / "fixtures" / "two-islands"


@pytest.fixture
def atlas_copy(two_islands: Path, tmp_path: Path) -> Path:
    """A copy of the invented atlas, to be changed."""
    return shutil.copytree(two_islands, tmp_path / "atlas")


@pytest.fixture(scope="session")
def islands_atlas(two_islands: Path) -> Atlas:
    return open_atlas(two_islands)


@pytest.fixture(scope="session")
def shipped_atlas() -> Atlas:
    return open_atlas(default_atlas_folder())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole session; every test opens its own page in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=on_system(), args=list(LAUNCH_ARGUMENTS)
        )
        yield browser
        browser.close()
