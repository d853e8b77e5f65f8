"""Files made in processes of their own, so that no reader waits for what another asked for.

All pages share one process and its one interpreter: a film made there would take turns
with every click, for minutes. Films wait for films only, a picture is never behind one.
Nothing here shows anything.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache, lru_cache
from itertools import takewhile
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakSet, WeakValueDictionary

from maps.atlas.assemble import open_atlas
from maps.atlas.model import Atlas
from maps.day.alternatives import with_dates
from maps.errors import AtlasInvalid, ExportFailed
from maps.files import folder_of_this_process
from maps.ui import wish as wishes
from maps.ui.wish import Progress, Wish

if TYPE_CHECKING:
    from maps.ui.opening import Dates, Opened

Made = TypeVar("Made")
Make = Callable[[Atlas, Wish, Progress], Made]

_FOLDERS = "maps-jobs"
_NICE = 10  # readers go first


class Queue:
    """Worker processes, and what they were asked for in the order it was.

    One core is left to the server. A process starts when there is work for it and stays.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._asked: list[Future[Any]] = []
        self._changes = threading.Lock()

    def submit(self, work: Callable[..., Made], *values: object) -> Future[Made]:
        """Ask for work; ``work`` and ``values`` go to another process as pickles."""
        with self._changes:
            try:
                future = self._started().submit(work, *values)
            except BrokenProcessPool:  # one was killed, and its fellows with it
                self._pool = None
                future = self._started().submit(work, *values)
            self._asked = [*(each for each in self._asked if not each.done()), future]
        return future

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            count = max((os.cpu_count() or 1) - 1, 1)
            # Not forked: the server has threads, and a child would wait for their locks.
            self._pool = ProcessPoolExecutor(count, get_context("spawn"), _begin)
        return self._pool

    def before(self, future: Future[Any]) -> int:
        """Count what was asked for earlier and is not done."""
        earlier = takewhile(lambda each: each is not future, self._asked)
        return 0 if future.done() else sum(not each.done() for each in earlier)

    def stop(self) -> None:
        """Take nothing more, and end the processes when they have made what they are at."""
        with self._changes:
            if self._pool:
                self._pool.shutdown(wait=False, cancel_futures=True)


FILMS, FILES = Queue(), Queue()


class Job(Generic[Made]):
    """A file that is being made, or waits for its turn.

    ``make`` is a function of a module. The job is given up with `cancel`, and when nobody
    holds it any more: its readers have left or chosen something else.
    """

    def __init__(self, queue: Queue, make: Make[Made], book: Opened, wish: Wish) -> None:
        self.wish = wish
        self._queue = queue
        self._folder = Path(tempfile.mkdtemp(dir=_scratch().name))
        place = (book.folder, book.lang, book.dates)
        self._future: Future[Made] = queue.submit(_work, make, place, wish, self._folder)
        self.cancel = weakref.finalize(self, _give_up, self._future, self._folder)
        _jobs.add(self)

    @property
    def is_done(self) -> bool:
        """Tell whether it is made or has failed."""
        return self._future.done()

    @property
    def has_failed(self) -> bool:
        """Tell whether it has come to an end without a file."""
        future = self._future
        return future.done() and (future.cancelled() or future.exception() is not None)

    @property
    def before(self) -> int:
        """Count those who asked before and have nothing yet."""
        return self._queue.before(self._future)

    @property
    def share(self) -> float | None:
        """Tell how much is done, from 0 to 1; None before it has begun."""
        with suppress(OSError):
            return float((self._folder / "share").read_text("ascii"))
        return None

    def wait(self, seconds: float) -> None:
        """Wait until it is done, but not longer."""
        wait([self._future], seconds)

    def content(self) -> Made:
        """Wait for what was made, and give it.

        Raises
        ------
        MapsError
            It cannot be made.
        """
        try:
            return self._future.result()
        except (BrokenProcessPool, CancelledError) as error:
            raise ExportFailed("the process that makes files was ended; ask again") from error


def _give_up(future: Future[Made], folder: Path) -> None:
    future.cancel()
    # A worker tells there how far it is; where there is no folder any more, it ends. Renamed
    # first: a folder into which a worker is just writing may be left over by its removal.
    gone = folder.with_suffix(".gone")
    with suppress(OSError):
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


_jobs: WeakSet[Job[Any]] = WeakSet()
_previews: WeakValueDictionary[tuple[str, Wish], Job[bytes | str | None]] = WeakValueDictionary()
_looking = threading.Lock()


def made(book: Opened, wish: Wish) -> bytes:
    """Have a file made and wait for it; fit to be called by a button in its own time."""
    return Job(FILES, wishes.made, book, wish).content()


def preview(book: Opened, wish: Wish) -> Job[bytes | str | None]:
    """Have a preview made, once for all readers who look at the same."""
    with _looking:
        held = _previews.get((book.lang, wish))
        if held is None or held.has_failed:
            held = _previews[book.lang, wish] = Job(FILES, wishes.preview, book, wish)
    return held


def film(book: Opened, wish: Wish) -> Job[bytes]:
    """Have a film made."""
    return Job(FILMS, wishes.made, book, wish)


def stop() -> None:
    """Give up what is being made and let the processes end."""
    for job in list(_jobs):
        job.cancel()
    for queue in (FILMS, FILES):
        queue.stop()
    _scratch().cleanup()


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return folder_of_this_process(_FOLDERS)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from the keyboard it is for the server
    if hasattr(os, "nice"):
        os.nice(_NICE)

    def end_with_the_server() -> None:
        if server := parent_process():
            server.join()
            os._exit(1)  # it was killed: nobody waits for what is being made

    threading.Thread(target=end_with_the_server, daemon=True).start()


def _work(make: Make[Made], place: tuple[str, str, Dates], wish: Wish, folder: Path) -> Made:
    def tell(done: int, count: int) -> None:
        written = folder / "written"
        try:
            written.write_text(f"{done / count}", "ascii")
            written.replace(folder / "share")
        except OSError:
            raise ExportFailed("it was given up") from None

    return make(_atlas(*place, wish.data), wish, tell)


@lru_cache(maxsize=4)
def _atlas(folder: str, lang: str, dates: Dates, digest: str) -> Atlas:
    try:
        atlas = open_atlas(folder, lang)
    except AtlasInvalid as error:  # which cannot go from one process to another
        raise ExportFailed(str(error)) from None
    atlas = with_dates(atlas, dict(dates))
    if atlas.digest != digest:
        raise ExportFailed("the files of the atlas have just changed; ask again")
    return atlas
