"""The dashboard of an atlas with more points than a page is sent at once: they come in tiles."""

import json
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from shapely.geometry import Point

from browser.map_page import MapFrame, map_frame
from browser.server import served
from maps.atlas.geojson import collection, feature, rounded

SPELLS, CORNERS = 110, 1280  # of a coast recorded anew each month: 560,000 points, 9 MB


def with_round_isle(atlas: Path) -> None:
    """Give the atlas an isle between its two, whose fine coast is recorded anew each month."""
    file = atlas / "boundaries" / "isles.geojson"
    months = [f"{1901 + n // 12}-{n % 12 + 1:02}-01" for n in range(SPELLS + 1)]
    coast = rounded(Point(21.5, 0.5).buffer(0.4, quad_segs=CORNERS))
    drawn = [
        feature(
            coast,
            {
                "id": f"round-isle-{number}", "region": "round-isle", "start": start, "end": end,
                "precision": "adapted", "origins": ["squares"], "contested": False, "note": "",
            },
            f"round-isle-{number}",
        )
        for number, (start, end) in enumerate(pairwise(months))
    ]  # fmt: skip
    before = json.loads(file.read_text("utf-8"))["features"]
    file.write_bytes(collection([*before, *drawn]))
    with (atlas / "regions.csv").open("a", encoding="utf-8") as rows:
        rows.write(f"round-isle,island{',' * 13}\n")
    with (atlas / "names.csv").open("a", encoding="utf-8") as rows:
        rows.write("round-isle,en,Round Isle,,,true\nround-isle,fr,Île ronde,,,true\n")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, two_islands: Path) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("large")
    shutil.copytree(two_islands, folder / "atlas")
    with_round_isle(folder / "atlas")
    with served(folder, folder / "atlas") as address:
        yield address


def outline(shown: MapFrame, boundary: str) -> int:
    """Count the lines with which a boundary is drawn."""
    line = shown.frame.locator(f'path[data-boundary="{boundary}"]').get_attribute("d") or ""
    return line.count("L")


def test_outlines_come_in_tiles_and_what_is_told_in_parts(page: Page, large: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{large}/?day=1905-05-15&mode=units")
    shown = map_frame(page)
    assert {"west-isle-1900", "round-isle-52"} <= shown.shown()
    assert outline(shown, "round-isle-52") > 16
    assert any(".tiles" in url for url in asked)
    assert not any("area-" in url for url in asked)
    shown.click_boundary("round-isle-52")
    expect(shown.card).to_contain_text("Round Isle")
    expect(shown.card).to_contain_text("1905")
    assert any("area-" in url for url in asked)


def test_days_modes_and_events_are_shown_as_on_a_small_map(page: Page, large: str, islands: str):
    told = []
    for address in (islands, large):
        page.goto(f"{address}/?day=1960-03-15&mode=control&event=A02")
        shown = map_frame(page)
        expect(shown.card).to_contain_text("Landing at the narrows")
        shown.go("1972-06-01")
        shown.wait_day("1972-06-01")
        fills = {id: shown.fill(id) for id in sorted(shown.shown())}
        told.append((shown.mode, shown.view[0], fills))
    assert told[0] == told[1]
