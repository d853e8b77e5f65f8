"""Files are made in other processes, in the order they were asked for, and can be given up."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from maps.atlas.model import Date
from maps.errors import ExportFailed
from maps.export import export_bytes
from maps.film import film_bytes
from maps.ui import workers
from maps.ui.opening import Opened, opened
from maps.ui.wish import Wish

WITHIN_S = 60
pytestmark = pytest.mark.slow


@pytest.fixture
def book(two_islands) -> Opened:
    return opened(str(two_islands), "en")


@pytest.fixture
def queue():
    made = workers.Queue()
    yield made
    made.stop()


def wish_of(book: Opened, kind: str, fmt: str, **more) -> Wish:
    days = () if kind == "film" else (Date(1960, 3, 15),)
    return Wish(kind, fmt, days, "control", "", "en", book.atlas.digest, **more)


def number_of_process(*_):
    return os.getpid()


def until_let_go(_, wish, tell):
    """Work for as long as a file stands there whose path is the name of the story."""
    done = 0
    while Path(wish.story).exists():
        tell(done, 100)
        time.sleep(0.01)
        done = min(done + 1, 99)
    return "made"


def held(queue, book, tmp_path, name):
    gate = tmp_path / name
    gate.touch()
    return gate, workers.Job(
        queue, until_let_go, book, wish_of(book, "film", "gif", story=str(gate))
    )


def begun(job):
    until = time.monotonic() + WITHIN_S
    while job.share is None and not job.is_done and time.monotonic() < until:
        job.wait(0.01)
    return job.share is not None


def test_a_picture_and_a_film_are_those_the_commands_write(book, islands_atlas):
    picture = wish_of(book, "picture", "svg")
    day = Date(1960, 3, 15)
    assert workers.made(book, picture) == export_bytes(
        islands_atlas, day, "svg", mode="control", size=picture.size
    )
    film = workers.film(book, wish_of(book, "film", "gif", width=640))
    assert film.content() == film_bytes(islands_atlas, "gif", mode="control", width=640)


def test_it_is_another_process_and_the_same_for_the_next(queue, book):
    wish = wish_of(book, "picture", "png")
    first, second = (workers.Job(queue, number_of_process, book, wish).content() for _ in range(2))
    assert first == second != os.getpid()


def test_readers_are_served_in_the_order_they_asked(queue, book, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    gates, jobs = zip(*(held(queue, book, tmp_path, name) for name in "abc"), strict=True)
    assert begun(jobs[0])
    assert [job.before for job in jobs] == [0, 1, 2]
    assert [job.share is None for job in jobs] == [False, True, True]
    gates[0].unlink()
    assert jobs[0].content() == "made"
    assert begun(jobs[1])
    assert [job.before for job in jobs] == [0, 0, 1]
    jobs[1].cancel()
    gates[2].unlink()
    assert jobs[2].content() == "made"
    with pytest.raises(ExportFailed, match="given up"):
        jobs[1].content()


def test_a_job_that_nobody_holds_any_more_makes_room(queue, book, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    _, gone = held(queue, book, tmp_path, "gone")
    assert begun(gone)
    del gone
    gate, job = held(queue, book, tmp_path, "stays")
    assert begun(job)
    gate.unlink()
    assert job.content() == "made"


def test_what_cannot_be_made_says_why_and_the_next_is_made(queue, book):
    refused = workers.Job(queue, workers.wishes.made, book, wish_of(book, "film", "gif", width=481))
    with pytest.raises(ExportFailed, match="481"):
        refused.content()
    changed = replace(wish_of(book, "picture", "png"), data="another state of the files")
    with pytest.raises(ExportFailed, match="changed"):
        workers.Job(queue, number_of_process, book, changed).content()
    assert workers.Job(queue, number_of_process, book, wish_of(book, "picture", "png")).content()


def test_a_killed_worker_is_replaced(queue, book, tmp_path):
    number = workers.Job(queue, number_of_process, book, wish_of(book, "picture", "png")).content()
    _, job = held(queue, book, tmp_path, "gate")
    assert begun(job)
    os.kill(number, signal.SIGKILL)
    with pytest.raises(ExportFailed, match="ask again"):
        job.content()
    assert workers.Job(queue, number_of_process, book, wish_of(book, "picture", "png")).content()


def test_a_killed_server_leaves_no_worker(two_islands):
    """The worker's own end of a pipe is closed when it ends, which is all that is waited for."""
    program = f"""
import os, sys
from maps.ui import workers
from maps.ui.opening import opened
from maps.ui.wish import Wish
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_ui_workers import number_of_process, wish_of
if __name__ == "__main__":
    book = opened({str(two_islands)!r}, "en")
    workers.Job(workers.FILES, number_of_process, book, wish_of(book, "picture", "png")).content()
    print("made", flush=True)
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("made\n", -signal.SIGKILL)
