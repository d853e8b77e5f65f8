"""Equal wishes give equal bytes, whatever process, folder, hash seed and time zone."""

import json
import subprocess
import sys

import pytest

from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.data.formats import ENDINGS, FORMATS
from maps.export import export_bytes
from unit.processes import environment

DAY = "1960-03-15"
PLACES = {
    "west": {"PYTHONHASHSEED": "1", "TZ": "America/Anchorage", "LC_ALL": "C"},
    "east": {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
}


EXPORTS = """
import json, sys
from maps.cli import main
for words in json.loads(sys.argv[1]):
    assert main(["export", *words]) == 0
"""


def written(folder, atlas, day, formats, *, mode, dpi):
    """Give the files two processes write, each in a folder and surroundings of its own."""
    names = [f"day{ENDINGS[fmt]}" for fmt in formats]
    common = ("--atlas", str(atlas), "--mode", mode, "--dpi", dpi)
    exports = json.dumps([(day, "-o", name, *common) for name in names])
    for name, surroundings in PLACES.items():
        (folder / name).mkdir()
        words = [sys.executable, "-c", EXPORTS, exports]
        subprocess.run(
            words,
            cwd=folder / name,
            env=environment(**surroundings),
            check=True,
            capture_output=True,
        )
    return {name: [(folder / place / name).read_bytes() for place in PLACES] for name in names}


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(two_islands, tmp_path):
    files = written(tmp_path, two_islands, DAY, FORMATS, mode="legal", dpi="60")
    for name, (first, again) in files.items():
        assert first, name
        assert first == again, name


@pytest.mark.slow
def test_two_processes_write_the_same_bytes_of_the_shipped_atlas(tmp_path):
    day, formats = "2020-11-10", ("png", "zip")
    files = written(tmp_path, default_atlas_folder(), day, formats, mode="control", dpi="80")
    for name, (first, again) in files.items():
        assert first == again, name


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
