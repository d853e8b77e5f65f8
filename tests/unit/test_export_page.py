"""The map as one file."""

import base64
import hashlib
import re
from datetime import date

import pytest

from maps.export import export_bytes
from maps.export.page import page_html


@pytest.fixture(scope="module")
def page(islands_atlas):
    return page_html(islands_atlas, date(1960, 3, 15), mode="units")


def test_page_asks_for_nothing_from_outside(page):
    # The only addresses in attributes may be links a reader clicks, made at run time.
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', page)
    assert "url(http" not in page


def test_policy_names_each_script_by_its_hash(page):
    allowed = set(re.findall(r"&#x27;sha256-([^&]+)&#x27;", page))
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.S)
    assert len(scripts) == 5
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert digest in allowed


def test_page_is_the_same_each_time(page, islands_atlas):
    assert page_html(islands_atlas, date(1960, 3, 15), mode="units") == page


def test_page_opens_on_its_day(page):
    assert f'"day":{date(1960, 3, 15).toordinal()}' in page


@pytest.mark.parametrize(("asked", "opens"), [(None, "all"), ("east-side", "east-side")])
def test_page_opens_with_the_perspective_asked_for(islands_atlas, asked, opens):
    written = export_bytes(
        islands_atlas, date(1960, 3, 15), "html", mode="legal", perspective=asked
    ).decode()
    assert f'"mode":"legal","event":"","region":"","perspective":"{opens}"' in written


def test_shipped_page_is_small_enough_to_mail(shipped_atlas):
    page = page_html(shipped_atlas, shipped_atlas.settings.opening_day, mode="units")
    assert len(page.encode()) <= 1_500_000
