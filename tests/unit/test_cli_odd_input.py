"""Whatever a command is given or writes to, it ends in a line that says what is wrong."""

import os
import subprocess
import sys

import pytest

from unit.processes import environment

pytestmark = pytest.mark.slow

ISLE_DAY = "1960-03-15"
# Raises what Ctrl-C raises when a library is loaded.
STOPPED = """
import sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
"""


def shell(line, cwd, **variables):
    """Run a line of a shell in which ``$MAPS`` is the command; give code, output and errors."""
    found = environment(MAPS=f"{sys.executable} -m maps", **variables)
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=cwd, env=found, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("to", [">&-", ">/dev/full"])
def test_a_result_that_cannot_be_written_is_one_line(two_islands, tmp_path, to):
    code, _, err = shell(f"$MAPS check --atlas {two_islands} {to}", tmp_path)
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("maps: the result cannot be written")


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full", "<&- >&- 2>&-"])
def test_an_error_nobody_can_read_keeps_its_exit_code(tmp_path, to):
    assert shell(f"$MAPS show soon {to}", tmp_path) == (2, "", "")


@pytest.mark.parametrize(
    "words", [[b"new", b"w\xff"], [b"show", b"\xe9"], [b"check", b"--atlas", b"\xff"]]
)
def test_bytes_that_are_no_text_are_refused_before_anything_is_written(tmp_path, words):
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"maps", *words],
        check=False,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
    )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"no text in UTF-8" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("library", ["typer", "maps.words.asked", "maps.atlas.check", "shapely"])
@pytest.mark.parametrize("start", ["-m maps", "-c 'from maps.__main__ import *; sys.exit(main())'"])
def test_ctrl_c_while_libraries_load_is_130_and_quiet(two_islands, tmp_path, library, start):
    (tmp_path / "sitecustomize.py").write_text(STOPPED.format(name=library))
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    line = f"{sys.executable} {start} show {ISLE_DAY} --atlas {two_islands}"
    assert shell(line, tmp_path, PYTHONPATH=path) == (130, "", "")


@pytest.mark.parametrize(
    "words",
    ["show DAY", "events", "sources", "areas", "diff DAY DAY", "export DAY -o a.csv",
     "animate -o a.mp4", "publish site"],
)  # fmt: skip
def test_a_language_nobody_has_is_told_those_there_are(two_islands, tmp_path, words, capsys):
    from maps.cli import main

    given = words.replace("DAY", ISLE_DAY).replace("a.", f"{tmp_path}/a.").split()
    assert main([*given, "--atlas", str(two_islands), "--lang", "xx"]) == 1
    assert (
        capsys.readouterr().err
        == "maps: there is no language 'xx' in the atlas; try en, az, fa, hy, ru, fr\n"
    )


@pytest.mark.parametrize("zone", [":/etc/passwd", "No/Where", ""])
def test_an_odd_time_zone_does_not_matter(two_islands, tmp_path, zone):
    line = f"$MAPS show {ISLE_DAY} --atlas {two_islands} >shown"
    assert shell(line, tmp_path, TZ=zone) == (0, "", "")


@pytest.mark.parametrize(
    "address", ["https://[::1", "https://a:b/", "https://a:99999/", "https://", "ftp://a/"]
)
def test_an_address_that_is_none_is_refused(address):
    from maps.errors import ExportFailed
    from maps.publish.edition import checked_address

    with pytest.raises(ExportFailed, match="no address of a site"):
        checked_address(address)


def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path):
    from maps.errors import ExportFailed
    from maps.files import write_whole

    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "null.csv").symlink_to(os.devnull)
    for name in ("pipe.csv", "null.csv"):
        with pytest.raises(ExportFailed, match="it is no file"):
            write_whole(tmp_path / name, b"x")
    assert (tmp_path / "pipe.csv").is_fifo()
