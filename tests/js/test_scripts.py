"""The scripts of the map that need no document, tested in the browser they are for."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from maps.map.files import ASSETS
from maps.words.date_formats import date_words, era_pattern
from maps.words.i18n import SPELT

HERE = Path(__file__).parent
LANGUAGES = ("en", "hy", "az", "ru", "fa")


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


@pytest.mark.browser
def test_a_typed_date_is_read_by_the_map_as_by_python(chromium: Browser):
    """`tests/unit/test_asked.py` reads the same table."""
    table = json.loads((HERE.parent / "fixtures" / "written_dates.json").read_text("utf-8"))
    spec = {
        "first": 1, "last": 366, "names": [], "short": [], "format": "", "letters": SPELT,
        "words": dict(date_words(LANGUAGES)), "eras": era_pattern(LANGUAGES),
    }  # fmt: skip
    page = chromium.new_page()
    page.add_script_tag(content=(ASSETS / "calendar.js").read_text("utf-8"))
    read = page.evaluate(
        """([spec, texts]) => {
            const calendar = MapsAtlas.calendar(spec);
            const pad = (number, i) => String(Math.abs(number)).padStart(i ? 2 : 4, "0");
            const iso = (ymd) => ymd && (ymd[0] < 0 ? "-" : "") + ymd.map(pad).join("-");
            return texts.map((text) => {
                const found = calendar.read(text);
                return found && [iso(found.first), iso(found.last), iso(found.other)];
            });
        }""",
        [spec, list(table)],
    )
    page.close()
    wanted = [days and [*days, None][:3] for days in table.values()]
    assert dict(zip(table, read, strict=True)) == dict(zip(table, wanted, strict=True))
