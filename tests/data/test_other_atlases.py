"""Other atlases than the shipped one: each passes, has each mode, is shown and exported."""

from pathlib import Path

import pytest
from shapely.geometry import shape

from kit import geojson
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.atlas.model import EVIDENCE_LEVELS, Date
from maps.build import run
from maps.cli import main
from maps.day.snapshot import snapshot
from maps.map.payload import map_payload
from maps.words.date_formats import format_day_of

ROOT = Path(__file__).parents[2]
CZECHOSLOVAKIA = ROOT / "examples" / "czechoslovakia"
FIRST_ASCENTS = ROOT / "examples" / "first-ascents"
LONG_AGO = ROOT / "examples" / "long-ago"
ATLASES = [
    pytest.param(CZECHOSLOVAKIA, id="czechoslovakia"),
    pytest.param(LONG_AGO, id="long-ago"),
    pytest.param(ROOT / "tests" / "fixtures" / "two-islands", id="two-islands"),
]


@pytest.mark.parametrize("folder", ATLASES)
def test_it_has_no_problems(folder):
    assert check_tables(load_tables(folder)) == []


@pytest.mark.parametrize("folder", ATLASES)
@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_its_opening_day_can_be_drawn_in_each_mode(folder, mode, tmp_path):
    settings = open_atlas(folder).settings
    if mode not in {each.id for each in settings.modes}:
        pytest.skip("it has no such mode")
    day = settings.opening_day.isoformat()
    out = tmp_path / "day.svg"
    assert main(["export", day, "-o", str(out), "--mode", mode, "--atlas", str(folder)]) == 0
    assert out.read_bytes().startswith(b"<?xml")


def test_a_world_atlas_of_years_alone_goes_back_before_the_year_1(tmp_path):
    atlas = open_atlas(LONG_AGO)
    assert atlas.settings.first_day < Date(0, 1, 1)
    assert atlas.date_unit == "year"
    assert format_day_of(atlas, Date(-43, 1, 1), "en") == "44 BCE"
    payload = map_payload(atlas, "en")
    assert payload["calendar"]["unit"] == "year"
    assert payload["calendar"]["format"] == "{year}"
    out = tmp_path / "day.svg"
    assert main(["export", "44 BCE", "-o", str(out), "--atlas", str(LONG_AGO)]) == 0
    drawn = out.read_text("utf-8")
    assert "44 BCE" in drawn
    assert "1 January" not in drawn


def test_what_lies_across_180_degrees_is_one_in_the_program_and_cut_in_files():
    atlas = open_atlas(LONG_AGO)
    west, _, east, _ = atlas.settings.extent
    across = [b for b in atlas.boundaries if b.geometry.bounds[0] < 180 < b.geometry.bounds[2]]
    assert across
    assert all(west <= b.geometry.bounds[0] and b.geometry.bounds[2] <= east for b in across)
    day = across[0].span.start
    for feature in geojson(atlas, day)["features"]:
        if feature["geometry"]:
            left, _, right, _ = shape(feature["geometry"]).bounds
            assert -180 <= left <= right <= 180


def test_the_federation_ends_with_the_year_1992():
    atlas = open_atlas(CZECHOSLOVAKIA)
    first = next(event for event in atlas.events if event.id == "E13").span.start

    def holders(day):
        pieces = snapshot(atlas, day).boundaries
        return {p.boundary.region_id: p.control.polity_ids for p in pieces if p.control}

    before = holders(Date(1992, 12, 31))
    assert set(before.values()) == {("czechoslovakia",)}
    assert holders(first) == {
        "cu-czech": ("czech-republic",),
        "cu-slovak": ("slovak-republic",),
    }


def test_every_event_of_the_example_says_how_good_its_evidence_is():
    events = open_atlas(CZECHOSLOVAKIA).events
    assert 8 <= len(events) <= 15
    assert all(event.evidence in EVIDENCE_LEVELS and event.citations for event in events)


def test_the_lines_of_the_example_are_what_its_recipe_makes():
    assert run(CZECHOSLOVAKIA, check=True) == []


def test_an_atlas_of_events_alone_is_clean_printed_and_published(tmp_path):
    assert check_tables(load_tables(FIRST_ASCENTS)) == []
    atlas = open_atlas(FIRST_ASCENTS)
    assert (len(atlas.events), len(atlas.boundaries), len(atlas.regions)) == (10, 0, 0)
    assert map_payload(atlas, "en")["firstStated"] == 0  # no day is named before which nothing is
    out = tmp_path / "day.svg"
    assert main(["export", "1953-05-29", "-o", str(out), "--atlas", str(FIRST_ASCENTS)]) == 0
    assert "Mount Everest" in out.read_text("utf-8")
    assert main(["publish", str(tmp_path / "site"), "--atlas", str(FIRST_ASCENTS)]) == 0
    page = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "First ascents of eight-thousanders" in page
