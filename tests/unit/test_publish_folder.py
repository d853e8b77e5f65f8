"""A site is written whole or not at all, and in place of nothing but a site."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kit import SITE
from maps.cli import main
from maps.errors import ExportFailed
from maps.publish import publish_site, site_files
from maps.publish.folder import MARKER, require_free, write_site
from unit.processes import FORK, killed_at

pytestmark = pytest.mark.slow


def test_an_earlier_site_is_replaced_as_a_whole(islands_atlas, tmp_path):
    folder = tmp_path / "site"
    publish_site({"en": islands_atlas}, folder, SITE)
    written = publish_site({"en": islands_atlas}, folder)
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == {*written, MARKER}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_is_no_published_site_is_refused_and_left_alone(tmp_path, two_islands, capsys):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert main(["publish", str(tmp_path), "--atlas", str(two_islands)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "no published site" in err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_added_to_a_site_is_not_thrown_away(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {"index.html": b"old"})
    (folder / "CNAME").write_text("maps.example")
    with pytest.raises(ExportFailed, match="CNAME did not come with the published site"):
        write_site(folder, lambda: {"index.html": b"new"})
    assert (folder / "index.html").read_bytes() == b"old"


def test_an_edited_page_and_an_empty_folder_are_not_thrown_away(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {"en/index.html": b"old"})
    (folder / "mine").mkdir()
    with pytest.raises(ExportFailed, match="mine did not come with"):
        write_site(folder, lambda: {"index.html": b"new"})
    (folder / "mine").rmdir()
    (folder / "en" / "index.html").write_bytes(b"odd")
    with pytest.raises(ExportFailed, match=r"en/index\.html .* changed since"):
        write_site(folder, lambda: {"index.html": b"new"})
    assert (folder / "en" / "index.html").read_bytes() == b"odd"


@pytest.mark.parametrize(
    "files",
    [["precious.txt"], {"precious.txt": ""}, {"../precious.txt": ""}, {"/etc/passwd": ""}, None],
)
def test_a_marker_is_not_believed_whatever_it_names(tmp_path, files):
    (tmp_path / "precious.txt").write_text("years of work")
    (tmp_path / MARKER).write_text(json.dumps({"made_by": "maps publish", "files": files}))
    with pytest.raises(ExportFailed):
        write_site(tmp_path, lambda: {"index.html": b"new"})
    assert (tmp_path / "precious.txt").read_text() == "years of work"


@pytest.mark.parametrize("name", ["../esc.html", "/esc.html", "a/../../esc.html", "a\\b", MARKER])
def test_no_file_of_a_site_leaves_its_folder(tmp_path, name):
    with pytest.raises(ExportFailed, match="outside of the site"):
        write_site(tmp_path / "site", lambda: {"index.html": b"", name: b""})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lang", ["../precious", "events", "/tmp", "", "EN"])
def test_a_site_has_the_languages_of_its_atlas_only(tmp_path, two_islands, capsys, lang):
    site = tmp_path / "site"
    words = ["publish", str(site), "--atlas", str(two_islands), "--lang", "en", "--lang", lang]
    assert main(words) in (1, 2)
    assert capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("place", [".", "sub/..", "sub", "sub/new/"])
def test_a_site_and_the_folder_of_its_atlas_stay_apart(tmp_path, two_islands, capsys, place):
    atlas = tmp_path / "atlas"
    shutil.copytree(two_islands, atlas)
    (atlas / "sub").mkdir()
    before = sorted(atlas.rglob("*"))
    assert main(["publish", f"{atlas}/{place}", "--atlas", str(atlas)]) == 1
    assert main(["publish", f"{atlas}/..", "--atlas", str(atlas)]) == 1
    assert capsys.readouterr().err.count("lies in the folder of the atlas") == 2
    assert sorted(atlas.rglob("*")) == before


@pytest.mark.parametrize("place", [".", "..", "/", "~"])
def test_the_folder_it_runs_in_home_and_root_are_never_replaced(tmp_path, monkeypatch, place):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(ExportFailed, match="is or holds the folder"):
        write_site(Path(place).expanduser(), lambda: {"index.html": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_the_folder_behind_a_link_is_replaced_not_the_link(tmp_path):
    link = tmp_path / "link"
    link.symlink_to("real")  # nothing there yet
    for content in (b"old", b"new"):
        write_site(tmp_path / "sub" / ".." / "link", lambda content=content: {"a": content})
        assert link.is_symlink()
        assert (tmp_path / "real" / "a").read_bytes() == content


def test_a_site_without_digests_is_refused_with_the_way_out(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / MARKER).write_text(json.dumps({"files": ["a"]}))
    with pytest.raises(ExportFailed, match=r"noted no digests.* move it away or delete it"):
        write_site(tmp_path, lambda: {"a": b""})


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.truncate(path, 10**12)])
def test_a_marker_that_is_no_small_file_is_not_read(tmp_path, make):
    if make not in (os.mkdir, os.mkfifo):
        (tmp_path / MARKER).touch()
    make(tmp_path / MARKER)
    with pytest.raises(ExportFailed, match=r"no (published site|marker)"):
        write_site(tmp_path, lambda: {"a": b""})


def test_other_files_are_told_before_any_file_is_read(tmp_path):
    write_site(tmp_path / "site", lambda: {"a": b""})
    (tmp_path / "site" / "b").touch()
    os.truncate(tmp_path / "site" / "a", 10**13)  # would not fit in memory
    with pytest.raises(ExportFailed, match="b did not come"):
        write_site(tmp_path / "site", lambda: {"a": b""})


def test_names_that_differ_in_case_only_are_not_written(tmp_path):
    with pytest.raises(ExportFailed, match="differ in case only"):
        write_site(tmp_path / "site", lambda: {"Ä/x": b"", "ä/X": b""})
    assert not list(tmp_path.iterdir())


def test_a_language_named_as_a_folder_of_the_site_is_refused(islands_atlas):
    settings = replace(islands_atlas.settings, languages=("en", "Events"))
    atlas = replace(islands_atlas, settings=settings)
    with pytest.raises(ExportFailed, match="file or folder of this name"):
        site_files({"en": atlas, "Events": atlas})


def within(tmp_path):
    """Give a folder that must be replaced file by file: a name beside it would be too long."""
    folder = tmp_path / ("s" * 255)
    folder.mkdir()
    return folder


def held(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*")
            if p.is_file() and p.name != MARKER}  # fmt: skip


def test_a_folder_that_keeps_its_place_gets_the_new_site_and_nothing_else(tmp_path):
    folder = within(tmp_path)
    for site in (
        {"index.html": b"old", "a/b/c": b"1", "x": b"", "same": b"="},
        {"index.html": b"new", "a": b"2", "x/y/z": b"", "same": b"="},
        {"index.html": b"last"},
    ):
        number = folder.stat().st_ino
        write_site(folder, lambda site=site: site)
        assert (held(folder), folder.stat().st_ino) == (site, number)
        assert len(require_free(folder)) == len(site)
    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "index.html"]


def test_a_folder_that_keeps_its_place_keeps_what_is_not_the_sites(tmp_path):
    folder = within(tmp_path)
    write_site(folder, lambda: {"index.html": b"old"})
    (folder / "mine").touch()
    with pytest.raises(ExportFailed, match="mine did not come"):
        write_site(folder, lambda: {"index.html": b"new"})
    assert held(folder) == {"index.html": b"old", "mine": b""}


def test_two_runs_at_once_do_not_mix_in_one_folder(tmp_path):
    folder = within(tmp_path)
    write_site(folder, lambda: {"index.html": b"old"})
    (folder / f".maps-site.{os.getppid()}.part").mkdir()  # of a process that runs
    with pytest.raises(ExportFailed, match="another run is publishing there"):
        write_site(folder, lambda: {"index.html": b"new"})


OLD = {"index.html": b"old", "a/b": b"1", "gone/far": b""}
NEW = {"index.html": b"new", "a": b"2", "x/y": b""}


def killed_at_each_step(folder):
    """Give the folder as a run leaves it that is killed at its first step, its second …"""
    beside = folder.with_name(f".{folder.name}")
    write_site(folder, lambda: OLD)
    for step in range(1, 100):
        if not killed_at(step, lambda: write_site(folder, lambda: NEW), folder, beside):
            return
        yield folder
        write_site(folder, lambda: OLD)


def test_killed_at_any_step_the_old_site_or_the_new_stands(tmp_path):
    seen = []
    for folder in killed_at_each_step(tmp_path / "site"):
        found = held(folder)
        assert found in (OLD, NEW)
        seen.append(found == NEW)
        write_site(folder, lambda: {"index.html": b"last"})
        assert held(folder) == {"index.html": b"last"}
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    # Both sides of the step in which the two change places were met.
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def test_the_next_run_finishes_what_a_kill_has_left_in_a_folder_that_keeps_its_place(tmp_path):
    steps = 0
    for folder in killed_at_each_step(within(tmp_path)):
        # Whole files of either site, never half of one.
        assert all(content in (OLD.get(n), NEW.get(n)) for n, content in found_in(folder).items())
        write_site(folder, lambda: {"index.html": b"last"})
        assert held(folder) == {"index.html": b"last"}
        assert sorted(path.name for path in folder.iterdir()) == [MARKER, "index.html"]
        steps += 1
    assert steps > len(NEW) + len(OLD)


def found_in(folder):
    """Give what a visitor of the site finds, without what a run has staged."""
    return {name: content for name, content in held(folder).items() if name[0] != "."}


def test_a_failure_while_building_leaves_the_old_site(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {"index.html": b"old"})
    with pytest.raises(ExportFailed):
        write_site(folder, lambda: {"index.html": b"new", "index.html/x": b"no room"})
    assert (folder / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def writing(folder, word):
    while True:
        write_site(folder, lambda: {f"{n}.html": word for n in range(40)})


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_killed_at_any_moment_there_is_a_whole_site(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {f"{n}.html": b"0" for n in range(40)})
    for turn in range(1, 9):
        writer = FORK.Process(target=writing, args=(folder, b"%d" % turn))
        writer.start()
        # Watch it replace the site a few times; the kill then comes at no chosen moment.
        for _ in range(turn * 7):
            assert (folder / "0.html").read_bytes() in (b"0", *(b"%d" % n for n in range(1, 9)))
        writer.kill()
        writer.join()
        held = [(folder / f"{n}.html").read_bytes() for n in range(40)]
        assert len(set(held)) == 1
    write_site(folder, lambda: {"0.html": b"last"})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
