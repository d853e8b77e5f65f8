"""The recipe gives, from the committed extracts, exactly the committed files."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from maps.build import accuracy, load_recipe, run
from maps.errors import BuildFailed

ROOT = Path(__file__).parents[2]
ATLAS = ROOT / "geodata"


@pytest.fixture
def copy(tmp_path):
    """An atlas of its own with nothing but what the recipe reads."""
    for part in ("raw", "recipe"):
        shutil.copytree(ATLAS / part, tmp_path / part)
    return tmp_path


@pytest.mark.slow
def test_rebuilding_changes_nothing():
    assert run(ATLAS, check=True) == []


@pytest.mark.slow
def test_a_changed_boundary_is_found_and_rebuilt(copy):
    for part in ("boundaries", "basemap"):
        shutil.copytree(ATLAS / part, copy / part)
    spoilt = copy / "boundaries" / "autonomies.geojson"
    spoilt.write_bytes(spoilt.read_bytes().replace(b"39.", b"38.", 1))
    (copy / "basemap" / "towns.geojson").unlink()
    wanted = ["basemap/towns.geojson", "boundaries/autonomies.geojson"]
    assert run(copy, check=True) == wanted
    assert not (copy / "basemap" / "towns.geojson").exists()
    assert run(copy) == wanted
    assert spoilt.read_bytes() == (ATLAS / "boundaries" / "autonomies.geojson").read_bytes()


@pytest.mark.slow
def test_the_command_says_what_differs(copy):
    command = [sys.executable, "-m", "maps", "build", "--atlas", str(copy)]
    command += ["--check", "--trust-recipe"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert "Files that differ from what the recipe builds" in done.stdout
    assert "\n  boundaries/control.geojson\n" in done.stdout


def test_an_extract_that_is_not_the_recorded_one_is_refused(copy):
    extract = copy / "raw" / "ne-disputed-lines.geojson"
    extract.write_bytes(extract.read_bytes() + b" ")
    with pytest.raises(BuildFailed, match=r"ne-disputed-lines\.geojson: sha256 is"):
        run(copy, check=True)


def test_an_extract_without_an_origin_is_refused(copy):
    (copy / "raw" / "tz-republics.geojson.gz.origin.toml").unlink()
    with pytest.raises(BuildFailed, match="origin record"):
        run(copy, check=True)


@pytest.mark.slow
def test_a_control_unit_left_out_of_the_table_is_refused(copy):
    table = copy / "recipe" / "boundaries.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text(
        "".join(row for row in rows if not row.startswith("control,hadrut-")), encoding="utf-8"
    )
    with pytest.raises(BuildFailed, match="hadrut-until-2020 0 times"):
        run(copy, check=True)


def test_a_folder_without_a_recipe_is_refused(tmp_path):
    with pytest.raises(BuildFailed, match="recipe"):
        run(tmp_path)


def test_accuracy_page_is_up_to_date():
    committed = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert accuracy(ATLAS) == committed, "run `python -m maps.build --accuracy`"


def test_settlements_lie_where_they_must():
    load_recipe(ATLAS)
    from recipe.measures import settlement_findings

    for rule, found in settlement_findings(ATLAS).items():
        inside = [finding for finding in found if finding.off_km == 0]
        assert len(found) > 15, rule
        assert len(inside) >= 0.96 * len(found), rule


def test_the_recipe_names_no_registry_address():
    for path in [*(ATLAS / "recipe").iterdir(), *(ATLAS / "raw").glob("*.toml")]:
        if path.is_file():
            text = path.read_text(encoding="utf-8").lower()
            assert not any(word in text for word in ("http://", "https://")), path.name
