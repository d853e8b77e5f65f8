"""`maps new`: an atlas that passes, opens and exports; whole or not at all."""

import json
import re

import pytest

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.atlas.model.tables import COLUMNS
from maps.atlas.skeleton import skeleton_files
from maps.cli import main
from maps.day.snapshot import snapshot


@pytest.fixture
def skeleton(tmp_path, capsys):
    folder = tmp_path / "new"
    assert main(["new", str(folder), "--title", 'The "Two", Valleys']) == 0
    capsys.readouterr()
    return folder


def test_a_new_atlas_has_no_problems_and_every_table(skeleton):
    tables = load_tables(skeleton)
    assert check_tables(tables) == []
    assert {path.stem for path in skeleton.glob("*.csv")} == set(COLUMNS)


def test_every_table_of_a_new_atlas_has_a_row_to_follow(skeleton):
    tables = load_tables(skeleton)
    assert [name for name in COLUMNS if not tables[name].rows] == []


def test_a_new_atlas_opens_under_its_title_with_each_mode(skeleton):
    atlas = open_atlas(skeleton)
    assert atlas.settings.title == 'The "Two", Valleys'
    assert [mode.id for mode in atlas.settings.modes] == ["units", "control", "legal"]


def test_a_new_atlas_in_another_language_passes(tmp_path):
    assert main(["new", str(tmp_path / "cs"), "--lang", "cs"]) == 0
    assert check_tables(load_tables(tmp_path / "cs")) == []
    assert (tmp_path / "cs" / "text" / "cs.csv").is_file()


def test_a_new_atlas_exports_a_picture(skeleton, tmp_path):
    out = tmp_path / "day.svg"
    assert main(["export", "1910-05-01", "-o", str(out), "--atlas", str(skeleton)]) == 0
    assert "Treaty of Ferry Town" in out.read_text("utf-8")


def test_the_same_title_gives_the_same_bytes():
    assert skeleton_files("A", "en") == skeleton_files("A", "en")


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["new", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()
    assert main(["new", str(tmp_path / "empty")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.parametrize("lang", ["../en", "xx", "zz-ZZ", "EN", "en.UTF-8", "en@x", ""])
def test_a_language_a_check_would_refuse_makes_no_atlas(tmp_path, capsys, lang):
    assert main(["new", str(tmp_path / "x"), "--lang", lang]) == 2
    assert not (tmp_path / "x").exists()
    assert "no code of a language" in capsys.readouterr().err


def test_the_descriptor_has_the_columns_of_the_form(skeleton):
    package = json.loads((skeleton / "datapackage.json").read_text("utf-8"))
    events = next(r for r in package["resources"] if r["name"] == "events")
    assert [f["name"] for f in events["schema"]["fields"]] == [c.name for c in COLUMNS["events"]]


def test_a_new_atlas_tells_who_held_each_region_after_the_treaty(skeleton):
    atlas = open_atlas(skeleton)
    pieces = snapshot(atlas, atlas.settings.opening_day).boundaries
    assert {p.boundary.region_id: p.control.polity_ids for p in pieces if p.control} == {
        "cu-northland": ("north-realm",),
        "cu-southland": ("south-league",),
    }


def test_an_atlas_without_an_opening_day_opens_on_that_of_its_first_event(skeleton):
    settings = skeleton / "atlas.toml"
    named = settings.read_text("utf-8")
    settings.write_text(re.sub(r"(?m)^opening_day = .*\n", "", named), "utf-8")
    assert check_tables(load_tables(skeleton)) == []
    atlas = open_atlas(skeleton)
    assert atlas.settings.opening_day == min(event.span.start for event in atlas.events)
    assert atlas.settings.opening_day > atlas.settings.first_day


def test_a_mode_that_would_colour_nothing_is_a_problem(skeleton):
    settings = skeleton / "atlas.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('layers = ["control"]', 'layers = ["regions"]', 1), "utf-8")
    assert [(p.field, p.rule) for p in check_tables(load_tables(skeleton))] == [
        ("modes[2].layers", "mode-uncoloured")
    ]
