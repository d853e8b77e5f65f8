"""A site is written whole or not at all, and in place of nothing but a site."""

import json
import os
import signal
import subprocess
import sys

import pytest

from maps.cli import main
from maps.errors import ExportFailed
from maps.publish import publish_site
from maps.publish.folder import MARKER, write_site

ADDRESS = "https://maps.example/isles"


def test_an_earlier_site_is_replaced_as_a_whole(islands_atlas, tmp_path):
    folder = tmp_path / "site"
    publish_site({"en": islands_atlas}, folder, ADDRESS)
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


def test_a_failure_while_building_leaves_the_old_site(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {"index.html": b"old"})
    with pytest.raises(ExportFailed):
        write_site(folder, lambda: {"index.html": b"new", "index.html/x": b"no room"})
    assert (folder / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


WRITER = """
import os, sys
from pathlib import Path
from maps.publish import folder
word = sys.argv[2].encode()
print("ready", flush=True)
while True:
    folder.write_site(Path(sys.argv[1]), lambda: {f"{n}.html": word for n in range(40)})
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_killed_at_any_moment_there_is_a_whole_site(tmp_path):
    folder = tmp_path / "site"
    write_site(folder, lambda: {f"{n}.html": b"0" for n in range(40)})
    for turn in range(1, 9):
        words = [sys.executable, "-c", WRITER, str(folder), str(turn)]
        writer = subprocess.Popen(words, stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        # Watch it replace the site a few times; the kill then comes at no chosen moment.
        for _ in range(turn * 7):
            assert (folder / "0.html").read_bytes() in (b"0", *(b"%d" % n for n in range(1, 9)))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        held = [(folder / f"{n}.html").read_bytes() for n in range(40)]
        assert len(set(held)) == 1
    write_site(folder, lambda: {"0.html": b"last"})
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
