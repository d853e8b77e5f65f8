"""Heavy work in parts: made here, by one worker process, by two, and by two of which one is killed.

Writes benchmarks/cluster.md. The parts are done by workers of dask.distributed, processes
of this machine; what they make has to be the same to the byte each time.

    python benchmarks/cluster.py ATLAS FACTOR   an atlas `scale_atlas.py` has made
"""

import hashlib
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

from distributed import Client, LocalCluster

from maps.atlas.assemble import open_atlas
from maps.atlas.model import Atlas
from maps.cache import nothing_collected
from maps.day.timeline import timeline
from maps.export import export_files
from maps.film import film_bytes
from maps.map.tiles import tiles_of
from maps.tasks import Each, here, spread

OUT = Path(__file__).parent / "cluster.md"
MODE, SHEETS = "control", 12
INTRO = """# Work on several processes, measured

Written by `python benchmarks/cluster.py ATLAS FACTOR`; do not edit. Tiles are of an atlas {factor} times the
shipped one: {boundaries:,} boundaries, opened in {opened:.0f} s of processor time; sheets and the film
are of the shipped one. The workers are processes of the same machine and get the atlas from the
scheduler; its sending and reading count, the start of the workers does not.
"Alone" is what the program does without a scheduler. Where something else has the processor, the
clock runs on and processor time does not: the busiest worker's tells how long it takes where
each worker has a core.

"""  # noqa: E501


@dataclass(frozen=True)
class Run:
    """What one way of doing the work took, in seconds, and a hash of what it made."""

    digest: str
    clock: float
    own: float  # processor time of this process
    workers: tuple[float, ...] = ()  # and of each worker, the longest first


Work = Callable[[Each], Iterable[bytes]]


def alone(work: Work) -> Run:
    return measured(work, here, lambda: {})


def by_workers(count: int, *, killed: bool, work: Work) -> Run:
    with (
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster.scheduler_address, set_as_default=False) as watching,
        spread(cluster.scheduler_address) as each,
    ):
        used = partial(watching.run, time.process_time)
        return measured(work, with_one_killed(each, watching) if killed else each, used)


def measured(work: Work, each: Each, used: Callable[[], dict[str, float]]) -> Run:
    digest = hashlib.sha256()
    before, began, own = used(), time.monotonic(), time.process_time()
    for content in work(each):
        digest.update(hashlib.sha256(content).digest())
    clock, own = time.monotonic() - began, time.process_time() - own
    spent = sorted((s - before.get(worker, 0) for worker, s in used().items()), reverse=True)
    return Run(digest.hexdigest()[:12], clock, own, tuple(spent))


def with_one_killed(each: Each, watching: Client) -> Each:
    """Kill a worker once a quarter of the parts is done; another comes in its place."""

    def killing(work: Callable, held: object, parts: Iterable) -> Iterator:
        parts = list(parts)
        made = each(work, held, parts)
        yield from islice(made, max(len(parts) // 4, 1))
        os.kill(next(iter(watching.run(os.getpid).values())), signal.SIGKILL)
        yield from made

    return killing


def works(large: Atlas, shipped: Atlas, folder: Path) -> dict[str, Work]:
    """Give what is made: tiles of the large atlas; of the shipped one some sheets and a film."""

    def of_tiles(each: Each) -> Iterable[bytes]:
        return tiles_of(large.boundaries, each=each).values()

    def of_sheets(each: Each) -> Iterable[bytes]:
        days = timeline(shipped, MODE).change_days[:SHEETS]
        written = export_files(shipped, days, folder / "{day}.png", each=each, mode=MODE)
        return [path.read_bytes() for path in written]

    def of_film(each: Each) -> Iterable[bytes]:
        return [film_bytes(shipped, "gif", each=each, mode=MODE)]

    return {
        "tiles of the large atlas": of_tiles,
        f"{SHEETS} sheets, A4, 300 dpi": of_sheets,
        "a film, 1280×720": of_film,
    }


def rows(name: str, work: Work) -> Iterator[str]:
    ways = {
        "alone": alone,
        "one worker": partial(by_workers, 1, killed=False),
        "two workers": partial(by_workers, 2, killed=False),
        "two, one killed": partial(by_workers, 2, killed=True),
    }
    found: dict[str, Run] = {}
    for way, measure in ways.items():
        found[way] = run = measure(work=work)
        one = found.get("one worker", run)
        speeds = ["", ""]
        if way == "two workers":
            speeds = [f"{one.clock / run.clock:.2f}", f"{one.workers[0] / run.workers[0]:.2f}"]
        spent = " + ".join(f"{each:.0f}" for each in run.workers)
        if way == "two, one killed":
            spent += " and what was lost"
        same = "" if way == "alone" else "yes" if run.digest == found["alone"].digest else "**no**"
        cells = (name, way, f"{run.clock:.0f}", f"{run.own:.0f}", spent, *speeds, same)
        yield f"| {' | '.join(cells)} |"


def main(folder: str, factor: int) -> int:
    began, own = time.monotonic(), time.process_time()
    with nothing_collected():
        atlas = open_atlas(folder)
    opened = time.process_time() - own
    table = [
        "| | made by | clock, s | own processor time, s | of the workers, s | times as fast by the "
        "clock | by the busiest worker's processor time | same bytes |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for name, work in works(atlas, open_atlas(), Path(scratch)).items():
            for row in rows(name, work):
                table.append(row)
                print(row, flush=True)
    intro = INTRO.format(factor=factor, boundaries=len(atlas.boundaries), opened=opened)
    end = (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{date.today().isoformat()}; load average {os.getloadavg()[2]:.1f} over the last 15 min, "
        f"this benchmark included; it took {(time.monotonic() - began) / 60:.0f} min.\n"
    )
    OUT.write_text(intro + "\n".join(table) + "\n\n" + end, "utf-8")
    return int("**no**" in "".join(table))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
