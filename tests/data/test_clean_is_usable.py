"""What `maps check` calls clean can be shown, exported, published and filmed.

Each mutant is made again from its number: ``pytest -k "mutant and 17"``, or
``make mutants`` for thousands of them.
"""

import json
import shutil
import signal
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.mutants import mutate
from data.usable import use_everything
from maps.atlas.check import check_tables, find_faults
from maps.atlas.load import load_tables

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "czechoslovakia"
SECONDS = 10  # of processor time, to load and check an atlas


@contextmanager
def within(seconds):
    """Interrupt what takes more processor time; a busy machine does not count."""

    def stop(_signal, _frame):
        raise TimeoutError(f"took more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(number, folder, said):
    """Make one mutant, check it and use it if it can be opened; gives what came of it."""
    said.append(mutate(number, folder / "atlas"))
    with within(SECONDS):
        tables = load_tables(folder / "atlas")
        problems = find_faults(tables)
        # The longer check knows Data Packages; half of the time would go into it.
        if number % 4 == 0 or "datapackage" in said[0]:
            problems = check_tables(tables) or problems
    assert all(problem.file and problem.rule and problem.message for problem in problems)
    if problems:
        return "refused"
    with within(60):
        use_everything(tables, number, folder)
    return "used"


@pytest.mark.parametrize("number", range(120))
def test_a_mutant_is_refused_or_can_be_used(number, tmp_path):
    said = []
    try:
        tried(number, tmp_path, said)
    except Exception as error:
        raise AssertionError(f"mutant {number}: {'; '.join(said)}") from error


def test_ground_beyond_the_earth_is_refused_whatever_else_looks_at_it(tmp_path):
    atlas = shutil.copytree(EXAMPLE, tmp_path / "atlas")
    file = atlas / "boundaries" / "republics.geojson"
    drawn = json.loads(file.read_text("utf-8"))
    ring = [[1e300, 1e300], [1e301, 1e300], [1e301, 1e301], [1e300, 1e300]]
    drawn["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [ring]}
    file.write_text(json.dumps(drawn), "utf-8")
    assert "geometry-range" in {problem.rule for problem in check_tables(load_tables(atlas))}
