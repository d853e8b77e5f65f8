"""The scripts of the map that need no document, tested in the browser they are for."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

HERE = Path(__file__).parent
ASSETS = HERE.parent.parent / "src" / "maps" / "render" / "assets"


@pytest.mark.browser
@pytest.mark.parametrize("script", ["calendar", "place", "time"])
def test_each_claim_of_the_script_holds(chromium: Browser, script: str):
    page = chromium.new_page()
    for file in (HERE / "runner.js", ASSETS / f"{script}.js", HERE / f"{script}.test.js"):
        page.add_script_tag(content=file.read_text("utf-8"))
    results = page.evaluate("runTests()")
    page.close()
    assert len(results) >= 8
    assert [result for result in results if result["fault"]] == []
