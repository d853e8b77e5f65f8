"""Equal wishes give equal bytes, whatever process, folder, hash seed and time zone."""

import subprocess
import sys

import pytest

from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.data.formats import ENDINGS, FORMATS
from maps.export import export_bytes
from unit.processes import environment, run

DAY = "1960-03-15"
PLACES = {
    "west": {"PYTHONHASHSEED": "1", "TZ": "America/Anchorage", "LC_ALL": "C"},
    "east": {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
}


def written(folder, atlas, day, fmt, *, mode, dpi):
    """Give the file two processes write, each in a folder and surroundings of its own."""
    found = []
    for name, surroundings in PLACES.items():
        place = folder / name
        place.mkdir(exist_ok=True)
        path = place / f"day{ENDINGS[fmt]}"
        words = ("export", day, "-o", path.name, "--atlas", atlas, "--mode", mode, "--dpi", dpi)
        run(words, place, **surroundings)
        found.append(path.read_bytes())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("fmt", FORMATS)
def test_two_processes_write_the_same_bytes(two_islands, tmp_path, fmt):
    first, again = written(tmp_path, two_islands, DAY, fmt, mode="legal", dpi=60)
    assert first
    assert first == again


@pytest.mark.slow
@pytest.mark.parametrize("fmt", ["png", "zip"])
def test_two_processes_write_the_same_bytes_of_the_shipped_atlas(tmp_path, fmt):
    first, again = written(
        tmp_path, default_atlas_folder(), "2020-11-10", fmt, mode="control", dpi=80
    )
    assert first == again


@pytest.mark.slow
@pytest.mark.parametrize("fmt", FORMATS)
def test_files_of_two_days_differ(islands_atlas, fmt):
    days = (Date(1930, 1, 1), Date(1960, 3, 15))
    one, other = (export_bytes(islands_atlas, day, fmt, mode="units", dpi=50) for day in days)
    assert one != other


CARELESS = """
import time
from pathlib import Path
print(list({"war", "law", "claim", "line", "source", "teller"}))
print(time.strftime("%H", time.localtime(0)))
print(Path().resolve())
"""


def test_a_careless_program_would_write_something_else_in_each_place(tmp_path):
    said = []
    for name, surroundings in PLACES.items():
        place = tmp_path / name
        place.mkdir()
        words = [sys.executable, "-c", CARELESS]
        output = subprocess.check_output(words, cwd=place, env=environment(**surroundings))
        said.append(output.splitlines())
    assert len(said[0]) == len(said[1]) == 3
    assert all(one != other for one, other in zip(*said, strict=True))
