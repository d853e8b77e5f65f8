"""Killed at any moment, an export leaves the old file or the new one, and no litter for long."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from maps.files import clear_unfinished, scratch_folder, unfinished_suffix, write_whole
from unit.processes import environment, run, start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills processes"),
]
KILLS = 4
OLD_DAY, NEW_DAY = "1930-01-01", "1960-03-15"


def words(day, path, atlas):
    return ("export", day, "-o", path, "--atlas", atlas, "--mode", "control", "--dpi", "72")


def parts(*folders):
    return sorted(path.name for folder in folders for path in folder.glob(".*.part"))


@pytest.mark.parametrize(("fmt", "seed"), [("png", 1), ("zip", 2)])
def test_killed_at_any_moment_the_old_file_or_the_new_is_there(two_islands, tmp_path, fmt, seed):
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    out.mkdir()
    scratch.mkdir()
    target = out / f"day.{fmt}"
    run(words(OLD_DAY, target, two_islands), out, TMPDIR=str(scratch))
    old = target.read_bytes()
    began = time.monotonic()
    run(words(NEW_DAY, target, two_islands), out, TMPDIR=str(scratch))
    duration = time.monotonic() - began
    new = target.read_bytes()
    assert old != new
    moments = random.Random(seed)
    for _ in range(KILLS):
        target.write_bytes(old)
        process = start(words(NEW_DAY, target, two_islands), out, TMPDIR=str(scratch))
        try:
            process.wait(moments.uniform(0, duration))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        assert target.read_bytes() in (old, new)
    run(words(NEW_DAY, target, two_islands), out, TMPDIR=str(scratch))
    assert target.read_bytes() == new
    assert list(out.iterdir()) == [target]
    assert parts(scratch) == []


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from maps.files import {writer}
os.fsync = lambda _handle: os.kill(os.getpid(), signal.SIGKILL)
{act}
"""
FILE = KILLED_WHILE_WRITING.format(
    writer="write_whole", act="write_whole(Path(sys.argv[1]), b'half')"
)
FOLDER = KILLED_WHILE_WRITING.format(
    writer="scratch_folder",
    act="with scratch_folder() as made:\n    (made / 'day.gpkg').write_bytes(b'half'); os.fsync(0)",
)


def kill_inside(script, path, **changed):
    process = subprocess.run(
        [sys.executable, "-c", script, str(path)], env=environment(**changed), check=False
    )
    assert process.returncode == -signal.SIGKILL


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path):
    target = tmp_path / "day.csv"
    target.write_bytes(b"old")
    kill_inside(FILE, target)
    assert target.read_bytes() == b"old"
    assert len(parts(tmp_path)) == 1
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_run_left_for_a_library_is_cleared_by_the_next(tmp_path, monkeypatch):
    kill_inside(FOLDER, tmp_path, TMPDIR=str(tmp_path))
    (left,) = tmp_path.iterdir()
    assert (left / "day.gpkg").read_bytes() == b"half"
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_folder() as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


HOLDER = """
import sys, time
from pathlib import Path
from maps.files import unfinished_suffix
made = Path(sys.argv[1]) / f".day.csv.abc{unfinished_suffix()}"
made.write_bytes(b"half")
print(made.name, flush=True)
sys.stdin.read()
"""


def test_what_another_process_is_still_making_is_left_alone(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    name = holder.stdout.readline().decode().strip()
    write_whole(tmp_path / "day.csv", b"new")
    assert parts(tmp_path) == [name]
    holder.communicate()
    write_whole(tmp_path / "day.csv", b"new")
    assert parts(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["day.csv", ".day.csv", ".day.csv.part", ".day.csv.old.part", ".other.csv.x.1.part"]
)
def test_nothing_else_is_cleared(tmp_path, name):
    kept = tmp_path / name
    kept.write_bytes(b"years of work")
    clear_unfinished(tmp_path, "day.csv")
    assert kept.read_bytes() == b"years of work"


def test_what_this_process_is_making_is_told_from_what_one_of_its_number_left(tmp_path):
    making, left = (tmp_path / f".day.csv.{word}{unfinished_suffix()}" for word in ("a", "b"))
    making.write_bytes(b"")
    left.write_bytes(b"")
    clear_unfinished(tmp_path, "day.csv", frozenset((making.name,)))
    assert list(tmp_path.iterdir()) == [making]


HALF_AT_A_TIME = """
import sys
from pathlib import Path
with Path(sys.argv[1]).open("wb") as file:
    file.write(b"ne")
    file.flush()
    print("half", flush=True)
    sys.stdin.read()
    file.write(b"w")
"""


def test_a_writer_that_writes_in_place_would_be_found(tmp_path):
    target = tmp_path / "day.csv"
    target.write_bytes(b"old")
    writer = subprocess.Popen(
        [sys.executable, "-c", HALF_AT_A_TIME, str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert Path(target).read_bytes() not in (b"old", b"new")
