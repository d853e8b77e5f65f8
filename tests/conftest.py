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

# A script's background jobs ignore these, and what is started by the tests would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)


class BrowserApart(LoadScopeScheduling):
    """Give all tests that drive a browser to one process, with its browser and its servers."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> BrowserApart:
    return BrowserApart(config, log)


@pytest.fixture(scope="session")
def two_islands() -> Path:
    """The folder of the invented atlas; copy it before changing anything."""
    return Path(__file__).parent / "fixtures" / "two-islands"


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
