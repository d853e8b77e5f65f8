from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"
QUICK = "test_the_page_opens_on_the_opening_day"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them slow, for each runs the whole page; one is enough to see that it runs."""
    for item in items:
        if Path(__file__).parent in item.path.parents and item.name != QUICK:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def open_page(two_islands, monkeypatch) -> Callable[..., AppTest]:
    """Open the page of the invented atlas at an address; it has run once."""

    def open_at(folder: Path = two_islands, **query: str) -> AppTest:
        monkeypatch.setenv("MAPS_ATLAS", str(folder))
        page = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in query.items():
            page.query_params[name] = value
        return page.run()

    return open_at


@pytest.fixture
def text_of() -> Callable[[AppTest], str]:
    """Give all markup of a page in one text."""

    def joined(page: AppTest) -> str:
        return "\n".join(str(block.proto.body) for block in page.get("html"))

    return joined
