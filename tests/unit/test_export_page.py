"""The map as one file."""

import base64
import hashlib
import re

import pytest
from playwright.sync_api import expect

from maps.atlas.model import Date
from maps.export import export_file
from maps.map.document import page_html


@pytest.fixture(scope="module")
def page(islands_atlas):
    return page_html(islands_atlas, Date(1960, 3, 15), mode="units")


def test_page_asks_for_nothing_from_outside(page):
    # The only addresses in attributes may be links a reader clicks, made at run time.
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', page)
    assert "url(http" not in page


def test_policy_names_each_script_by_its_hash(page):
    allowed = set(re.findall(r"&#39;sha256-([^&]+)&#39;", page))
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    assert len(scripts) == 5
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert digest in allowed


def test_page_is_the_same_each_time(page, islands_atlas):
    assert page_html(islands_atlas, Date(1960, 3, 15), mode="units") == page


def test_page_opens_on_its_day(page):
    assert f'"day":{Date(1960, 3, 15).toordinal()}' in page


@pytest.mark.browser
def test_page_opens_on_the_box_asked_for(islands_atlas, chromium, tmp_path):
    path = tmp_path / "map.html"
    west, south, east, north = box = (20.2, 0.2, 20.8, 0.8)
    export_file(islands_atlas, Date(1960, 3, 15), path, bbox=box)
    page = chromium.new_page()
    page.goto(path.as_uri())
    expect(page.locator(".ma-tellers")).to_have_count(1)
    seen = page.evaluate(
        "(() => { const b = MapsAtlas.state.map.getBounds();"
        " return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]; })()"
    )
    page.close()
    assert seen[0] <= west < east <= seen[2]
    assert seen[1] <= south < north <= seen[3]
    assert seen[2] - seen[0] < 2.5  # the whole atlas is five degrees wide


@pytest.mark.browser
@pytest.mark.parametrize(("asked", "opens"), [(None, "all"), ("east-side", "east-side")])
def test_page_opens_with_the_perspective_asked_for(islands_atlas, chromium, tmp_path, asked, opens):
    path = tmp_path / "map.html"
    export_file(islands_atlas, Date(1960, 3, 15), path, mode="legal", perspective=asked)
    page = chromium.new_page()
    page.goto(path.as_uri())
    switch = page.locator(".ma-tellers select")
    expect(switch).to_have_value(opens)
    # What the reader chooses is in the address: it is there when the page is loaded again.
    for chosen in ("west-side", "all"):
        switch.select_option(chosen)
        expect(page).to_have_url(re.compile(f"perspective={chosen}"))
        page.reload()
        expect(switch).to_have_value(chosen)
    page.close()


def test_shipped_page_is_small_enough_to_mail(shipped_atlas):
    page = page_html(shipped_atlas, shipped_atlas.settings.opening_day, mode="units")
    assert len(page.encode()) <= 1_500_000
