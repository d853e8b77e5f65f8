"""Whatever stands in a file, the answer is a list of problems, never a traceback."""

from pathlib import Path
from shutil import copytree

import pytest

from maps.errors import AtlasInvalid
from maps.load import load_tables
from maps.validate import check_tables, find_faults, open_atlas

FOLDER = Path(__file__).parents[1] / "fixtures" / "two-islands"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())
CONTENTS = {
    "empty": b"",
    "null": b"null",
    "list of nulls": b"[null, {}, [], 1e999]",
    "hollow feature": b'{"features": [{"properties": {}, "geometry": {"type": "Polygon"}}]}',
    "hollow layers": b"layers = [{}]\nmodes = [1]\nperspectives = [{id = []}]\nextent = [nan]",
    "zeros": b"\x00" * 64,
    "deep": b"[" * 100_000,
    "not a number": b'{"resources": NaN}',
    "image": b"\x89PNG\r\n\x1a\n\xff\xfe",
}


@pytest.mark.parametrize("file", FILES)
def test_any_content_of_any_file_is_answered_with_problems(file, tmp_path):
    folder = copytree(FOLDER, tmp_path / "atlas")
    for name, content in CONTENTS.items():
        (folder / file).write_bytes(content)
        tables = load_tables(folder)
        # Frictionless takes half a second; it only sees the descriptor and whole tables.
        thorough = file == "datapackage.json"
        problems = check_tables(tables) if thorough else find_faults(tables)
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
