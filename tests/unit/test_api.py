"""What Python and notebooks are given is what the commands give."""

import doctest
import json
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from typer.testing import CliRunner

import maps
from maps import api
from maps.atlas.model import Date
from maps.cli import app

mpl.use("Agg")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def islands(two_islands: Path) -> api.OpenedAtlas:
    return maps.open(two_islands)


@pytest.fixture(scope="module")
def day(islands: api.OpenedAtlas) -> api.Day:
    return islands.on("1972-06-01")


def told(two_islands: Path, *words: str):
    outcome = CliRunner().invoke(app, [*words, "--atlas", str(two_islands)])
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_the_examples_of_the_documentation_hold():
    assert doctest.testmod(api).failed == 0


def test_importing_the_package_loads_nothing_heavy():
    code = "import maps, sys; print(sorted({'geopandas','pandas','folium'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("text", ["1972-06-01", "1 June 1972", "1.6.1972", Date(1972, 6, 1)])
def test_a_day_is_named_as_people_write_it(islands, day, text):
    assert islands.on(text).date == day.date


def test_the_tables_hold_what_show_prints(two_islands, day):
    shown = json.loads(told(two_islands, "show", "1972-06-01", "--format", "json"))
    for name, table in (("boundaries", day.boundaries), ("statuses", day.statuses)):
        assert list(table.index) == [each["id"] for each in shown[name]]
    assert list(day.events.index) == [each["id"] for each in shown["events"]]
    assert list(day.boundaries["km2"]) == [each["km2"] for each in shown["boundaries"]]
    held = [each["control"]["polities"] if each["control"] else [] for each in shown["boundaries"]]
    assert [cell.split("; ") if cell else [] for cell in day.boundaries["held_by"]] == held


def test_boundaries_can_be_used_at_once(day):
    boundaries = day.boundaries
    assert boundaries.crs.to_epsg() == 4326
    assert boundaries.geometry.is_valid.all()
    assert set(boundaries["precision"]) <= {"adapted", "approximate", "schematic"}
    assert boundaries.loc[boundaries["layer"] == "control", "origins"].ne("").any()
    assert day.statuses["citations"].ne("").all()


def test_tables_without_a_row_have_their_columns(day):
    peaks = maps.open(ROOT / "examples" / "first-ascents").on("1951-01-01")
    assert len(peaks.boundaries) == len(peaks.statuses) == len(peaks.events) == 0
    assert list(peaks.boundaries) == list(day.boundaries)
    assert list(peaks.statuses) == list(day.statuses)
    assert peaks.boundaries.crs.to_epsg() == 4326
    assert "<h4>boundaries</h4>" in peaks._repr_html_()


def test_changes_and_differences_are_those_of_the_command(two_islands, islands):
    compared = json.loads(
        told(
            two_islands, "diff", "1955-01-01", "1972-06-01", "--mode", "control", "--format", "json"
        )
    )
    table = islands.diff("1955-01-01", "1 June 1972", "control")
    assert list(table["region"]) == [each["region"] for each in compared["changes"]]
    assert list(table["km2"]) == [each["km2"] for each in compared["changes"]]
    changes = islands.changes("control")
    assert not changes.empty
    assert list(changes["day"]) == sorted(changes["day"])
    assert list(islands.diff("1972-06-01", "1972-06-01").columns) == list(changes.columns)


def test_areas_are_those_of_the_command(two_islands, islands):
    header, *lines = told(two_islands, "areas").splitlines()
    assert len(islands.areas()) == len(lines)
    assert set(islands.areas().columns) <= set(header.split(","))


def test_an_exported_day_is_that_of_the_command(two_islands, day, tmp_path):
    ours = day.export(tmp_path / "ours.geojson", mode="control")
    words = ("export", "1972-06-01", "-o", str(tmp_path / "theirs.geojson"), "--mode", "control")
    told(two_islands, *words)
    assert ours.read_bytes() == (tmp_path / "theirs.geojson").read_bytes()


def test_the_map_is_whole_in_a_frame_without_an_address(day, tmp_path):
    page = day.explore("control")
    frame = page._repr_html_()
    assert frame.startswith('<iframe srcdoc="')
    assert "connect-src" not in page.html
    assert page.save(tmp_path / "map.html").read_text(encoding="utf-8") == page.html


def test_a_plot_shows_every_boundary_of_the_mode(islands, day):
    axes = day.plot(mode="control")
    drawn = [each for each in axes.collections if each.get_paths()]
    layers = next(m for m in islands.record.settings.modes if m.id == "control").layers
    assert len(drawn) == int(day.boundaries["layer"].isin(layers).sum())
    west, _, east, _ = islands.record.settings.extent
    assert axes.get_xlim() == (west, east)
    assert day.plot(axes) is axes


def test_notebooks_show_atlas_and_day(islands, day):
    assert "Two Isles" in islands._repr_html_()
    assert "<table" in day._repr_html_()


def test_a_film_and_a_site_are_written(islands, tmp_path):
    film = islands.film(tmp_path / "x.gif", mode="control", width=640)
    assert film.read_bytes().startswith(b"GIF8")
    assert "index.html" in islands.publish(tmp_path / "site")


def test_a_clean_atlas_has_no_problems(islands):
    assert islands.check() == []


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda atlas: atlas.on("5 Brumaire"), "is not a date"),
        (lambda atlas: atlas.on("1812-01-01"), "outside the atlas"),
        (lambda atlas: atlas.changes("contrl"), "control"),
        (lambda atlas: atlas.diff("1955-01-01", "1812-01-01"), "outside the atlas"),
        (lambda atlas: atlas.areas("nobody"), "there is no perspective 'nobody'"),
        (lambda atlas: atlas.on("1955-01-01").explore("unit"), "units"),
        (lambda atlas: atlas.on("1955-01-01").plot(mode="unit"), "units"),
        (lambda atlas: atlas.on("1955-01-01").export("x.doc"), "doc"),
        (lambda atlas: atlas.publish(atlas.folder / "site"), "folder of the atlas"),
        (lambda _: maps.open("nowhere"), "nowhere"),
        (lambda _: maps.open(lang="tlh"), "there is no language 'tlh'"),
    ],
)
def test_what_is_asked_in_vain_is_told_in_one_line(islands, ask, said):
    with pytest.raises(maps.MapsError, match=said) as told:
        ask(islands)
    assert "\n" not in str(told.value)
