"""An edit of an atlas that is served is noticed, however it was made."""

import os
import shutil

import pytest

from maps.ui.opening import _fingerprint


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "atlas"
    (made / "text").mkdir(parents=True)
    (made / "text" / "en.csv").write_text("key,text\na,first\n")
    (made / "atlas.toml").write_text("title = 1\n")
    return made


def put_back_times(path, state):
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def edit_in_place(path, _):
    state = path.stat()
    path.write_text(path.read_text().replace("first", "fresh"))
    put_back_times(path, state)


def copy_over(path, beside):
    """Put another file of the same size and an older time there, as rsync and tar do."""
    state = path.stat()
    beside.write_text(path.read_text().replace("first", "fresh"))
    os.utime(beside, ns=(state.st_atime_ns, state.st_mtime_ns - 10**12))
    shutil.move(beside, path)


def exchange(path, beside):
    """Put another file of the same size and time there."""
    state = path.stat()
    beside.write_text(path.read_text().replace("first", "fresh"))
    put_back_times(beside, state)
    beside.replace(path)


@pytest.mark.parametrize("edit", [edit_in_place, copy_over, exchange])
def test_an_edit_that_leaves_size_or_time_as_they_were_is_noticed(folder, tmp_path, edit):
    before = _fingerprint(folder)
    assert _fingerprint(folder) == before
    edit(folder / "text" / "en.csv", tmp_path / "beside")
    assert _fingerprint(folder) != before


def test_two_files_that_change_names_are_noticed(folder):
    first, second, spare = (folder / "text" / name for name in ("en.csv", "fr.csv", "x.csv"))
    second.write_text("key,text\na,autre\n")
    before = _fingerprint(folder)
    first.rename(spare)
    second.rename(first)
    spare.rename(second)
    assert _fingerprint(folder) != before


def test_what_is_no_file_of_the_atlas_does_not_count(folder):
    before = _fingerprint(folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "index").write_text("x")
    assert _fingerprint(folder) == before


def test_links_to_nowhere_and_in_circles_are_borne(folder):
    (folder / "gone.csv").symlink_to("nowhere")
    (folder / "again").symlink_to(folder)
    (folder / "self").symlink_to("self")
    assert _fingerprint(folder)
    assert _fingerprint(folder / "missing")


def test_an_edit_behind_a_link_is_noticed(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "land.geojson").write_text("{}")
    (folder / "basemap").symlink_to(outside)
    before = _fingerprint(folder)
    (outside / "land.geojson").write_text("[]")
    assert _fingerprint(folder) != before
