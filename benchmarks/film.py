"""How long films of the shipped atlas take as whole processes, how large and how long they are.

Writes benchmarks/film.md. Each film is made in a new process, so that imports count.
Run with the machine at rest: ``python benchmarks/film.py [RUNS]``.
"""

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.film.plan import film_plan

OUT = Path(__file__).parent / "film.md"
TARGET_S = 30
LARGEST_MB = 10
FILMS = {
    "units, mp4": ("mp4", {"mode": "units"}),
    "control, mp4": ("mp4", {"mode": "control"}),
    "legal, mp4": ("mp4", {"mode": "legal"}),
    "units, gif": ("gif", {"mode": "units"}),
    "control, gif": ("gif", {"mode": "control"}),
    "legal, gif": ("gif", {"mode": "legal"}),
    "the story, mp4": ("mp4", {"story": "article"}),
}


def measured(command: list[str]) -> tuple[float, float, float]:
    """Run a command: seconds by the clock, seconds of processor, most memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True)
    taken = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return taken, worked, after.ru_maxrss / 1024


def row(name: str, runs: int, folder: Path) -> str:
    fmt, wish = FILMS[name]
    path = folder / f"film.{fmt}"
    options = [word for key, value in wish.items() for word in (f"--{key}", value)]
    command = [sys.executable, "-m", "maps", "animate", "-o", str(path), *options]
    found = [measured(command) for _ in range(runs)]
    times = [taken for taken, _, _ in found]
    worked = statistics.median(each for _, each, _ in found)
    plan = film_plan(open_atlas(default_atlas_folder()), **wish)
    minutes, seconds = divmod(round(plan.seconds), 60)
    size = path.stat().st_size / 1e6
    target = "" if "story" in wish else f"≤ {TARGET_S} s"
    target += f", ≤ {LARGEST_MB} MB" if fmt == "gif" else ""
    return (
        f"| {name} | {len(plan.days)} | {minutes}:{seconds:02d} | "
        f"{statistics.median(times):.1f} s ({max(times):.1f}) | {worked:.1f} s | "
        f"{size:.1f} MB | {target} |"
    )


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [row(name, runs, Path(folder)) for name in FILMS]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    lines = [
        "# Films, measured",
        "",
        "Written by `python benchmarks/film.py`; do not edit. The shipped atlas, 1280×720, whole",
        f"processes; medians of {runs}, worst in brackets. The processor's time is that of all",
        "processes together.",
        "",
        "| film | days or steps | it lasts | made in | processor | file | target |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
        f"Most memory of any process: {memory:.0f} MB.",
        "",
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{Date.today().isoformat()};",
        f"load of the machine at the end: {os.getloadavg()[0]:.1f}.",
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
