"""Whole processes of the command line, as a user starts them."""

import os
import subprocess
import sys
from pathlib import Path

import maps

SOURCE = Path(maps.__file__).parent.parent


def environment(**changed):
    """Give the environment of this process, with the package under test found from any folder."""
    return {**os.environ, "PYTHONPATH": str(SOURCE), **changed}


def start(words, cwd, **changed):
    """Start ``maps`` with some words in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "maps", *map(str, words)],
        cwd=cwd,
        env=environment(**changed),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def run(words, cwd, **changed):
    """Run ``maps`` to its end; what it says on stderr is in the failure."""
    process = start(words, cwd, **changed)
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()
