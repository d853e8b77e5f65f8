"""Whole processes of the command line, as a user starts them."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import maps

CHANGING = ("os.rename", "os.mkdir", "os.remove", "os.rmdir")  # as Python's audit names them
FORK = multiprocessing.get_context("fork")  # what is imported already is not imported again
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


def killed_at(step: int, act: Callable[[], object], *inside: Path) -> bool:
    """Run ``act`` in a process that dies at its n-th step in folders; false if it had fewer.

    ``inside`` are those folders, and whatever has a name that begins as theirs.
    """

    def run() -> None:
        left = step

        def watch(event: str, words: tuple[object, ...]) -> None:
            nonlocal left
            if event in CHANGING and str(words[0]).startswith(tuple(map(str, inside))):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        act()
        os._exit(0)

    process = FORK.Process(target=run)
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0
