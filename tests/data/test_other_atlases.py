"""Other atlases than the shipped one: each passes, has each mode, is shown and exported."""

from pathlib import Path

import pytest

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.atlas.model import EVIDENCE_LEVELS, Date
from maps.build import run
from maps.cli import main
from maps.day.snapshot import snapshot
from maps.map.payload import map_payload

ROOT = Path(__file__).parents[2]
CZECHOSLOVAKIA = ROOT / "examples" / "czechoslovakia"
FIRST_ASCENTS = ROOT / "examples" / "first-ascents"
ATLASES = [
    pytest.param(CZECHOSLOVAKIA, id="czechoslovakia"),
    pytest.param(ROOT / "tests" / "fixtures" / "two-islands", id="two-islands"),
]


@pytest.mark.parametrize("folder", ATLASES)
def test_it_has_no_problems(folder):
    assert check_tables(load_tables(folder)) == []


@pytest.mark.parametrize("folder", ATLASES)
@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_its_opening_day_can_be_drawn_in_each_mode(folder, mode, tmp_path):
    day = open_atlas(folder).settings.opening_day.isoformat()
    out = tmp_path / "day.svg"
    assert main(["export", day, "-o", str(out), "--mode", mode, "--atlas", str(folder)]) == 0
    assert out.read_bytes().startswith(b"<?xml")


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
