"""Whatever stands in a file, the answer is a list of problems, never a traceback."""

import math
import tomllib
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from maps.atlas.assemble import build_atlas, open_atlas
from maps.atlas.check import _THOROUGH, _faults, check_tables, find_faults
from maps.atlas.check.package import check_package
from maps.atlas.load import load_tables
from maps.errors import AtlasInvalid

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parents[1] / "fixtures" / "two-islands"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
CONTENTS = {
    "empty": b"",
    "null": b"null",
    "list of nulls": b"[null, {}, [], 1e999]",
    "hollow feature": b'{"features": [{"properties": {}, "geometry": {"type": "Polygon"}}]}',
    "hollow steps": b"id = 1\ntitle = []\nlead = {en = 1}\nsteps = [{}, 1, {id = [], day = 1}]",
    "deep lists": b"steps = " + b"[" * 5_000,
    "endless number": b"steps = " + b"9" * 5_000,
    "hollow layers": b"layers = [{}]\nmodes = [1]\nperspectives = [{id = []}]\nextent = [nan]",
    "zeros": b"\x00" * 64,
    "deep": b"[" * 100_000,
    "not a number": b'{"resources": NaN}',
    "image": b"\x89PNG\r\n\x1a\n\xff\xfe",
}


def _quickly_checked(tables):
    """Run every rule but the one for the descriptor, which takes half a second."""
    problems, inventory = _faults(tables)
    for rule, needs in _THOROUGH:
        if rule is not check_package and inventory.whole.issuperset(needs.split()):
            problems += rule(inventory)
    return problems


@pytest.mark.parametrize("file", FILES)
def test_any_content_of_any_file_is_answered_with_problems(file, tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    for name, content in CONTENTS.items():
        (folder / file).write_bytes(content)
        tables = load_tables(folder)
        # Frictionless only sees the descriptor and whole tables.
        thorough = file == "datapackage.json"
        problems = check_tables(tables) if thorough else _quickly_checked(tables)
        assert problems, name
        assert all(problem.file and problem.rule and problem.message for problem in problems)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources.json", '"custom": {', '"custom": [], "x": {'),
        ("datapackage.json", '"reference": {', '"reference": "regions", "x": {'),
        ("datapackage.json", '"foreignKeys": [', '"foreignKeys": 1, "x": ['),
        ("datapackage.json", '"path": "', '"path": ["../', ),
        ("boundaries/isles.geojson", '"origins": ["squares"]', '"origins": [["squares"]]'),
        ("boundaries/isles.geojson", "[20, 0]", '[20, [0]]'),
        ("basemap/basemap.json", "land.geojson", "../../../land\\u0000.geojson"),
    ],
)  # fmt: skip
def test_values_of_a_wrong_kind_are_problems(file, old, new, tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    assert check_tables(load_tables(folder))


SAID = '{en = "A", fr = "B"}'
HOSTILE = (
    "1", "-1", "true", "nan", "inf", "[]", "[[]]", "[nan, nan, nan, nan]", "[1, 2, 3, inf]",
    "{}", "{en = {}}", "{en = []}", '""', '" "', '"A01"', '["", 1]', "1960-03-15",
    "9999-12-31", "1960-03-15T00:00:00Z", "00:00:00", "9" * 4000, '"\\u0000"',
)  # fmt: skip


STORY_KEYS = ("id", "source", "title", "lead", "steps")
STEP_KEYS = (
    "id", "day", "mode", "perspective", "event", "region", "bbox", "locator", "quote",
    "quote_lang", "beside_points", "beside_events", "beside_notes", "title", "text", "beside",
)  # fmt: skip


@pytest.mark.parametrize("key", [*STORY_KEYS, *(f"step.{key}" for key in STEP_KEYS)])
def test_any_value_in_a_story_is_a_problem_or_can_be_shown(key, tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    name = key.removeprefix("step.")
    for value in HOSTILE:
        story = {"id": '"isles"', "source": '"S00"', "title": SAID, "lead": SAID}
        step = {"id": '"one"', "day": "1950-06-01", "mode": '"units"', "title": SAID, "text": SAID}
        (story if name == key else step)[name] = value
        steps = "[{" + ", ".join(f"{k} = {v}" for k, v in step.items()) + "}]"
        lines = [f"{k} = {v}" for k, v in {"steps": steps, **story}.items()]
        (folder / "stories/isles.toml").write_text("\n".join(lines), encoding="utf-8")
        tables = load_tables(folder)
        _quickly_checked(tables)
        if not find_faults(tables):
            build_atlas(tables, "fr")


@pytest.mark.parametrize(
    "key", ["sides", "perspectives", "line_offset_km", "line_error_km", "loaded_words"]
)
def test_any_value_in_the_settings_is_a_problem_or_can_be_shown(key, tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    settings = tomllib.loads((folder / "atlas.toml").read_text(encoding="utf-8"))
    tables = load_tables(folder)
    values = (
        1, True, math.nan, [], [[]], {}, "", [1], [{}], [{"id": []}], [{"id": "x", "side": 1}],
        {"en": 1}, {"en": [1]}, {"en": [""], "fr": []}, {"adapted": True},
    )  # fmt: skip
    for value in values:
        broken = replace(tables, settings=replace(tables.settings, values={**settings, key: value}))
        assert _quickly_checked(broken)


def test_an_atlas_that_cannot_be_built_is_not_opened_and_says_all(tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    for line in ("polities.csv", "places.csv"):
        text = (folder / line).read_text(encoding="utf-8")
        (folder / line).write_text(text.replace("0.5", "north").replace("250", "blue"))
    with pytest.raises(AtlasInvalid, match=r"polities\.csv row 3") as raised:
        open_atlas(folder)
    # One hue, and four coordinates of two places whose lon is 20.5 or 22.5.
    assert [problem.field for problem in raised.value.problems].count("lat") == 2
    assert "hue" in [problem.field for problem in raised.value.problems]
