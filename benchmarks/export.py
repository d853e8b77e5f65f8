"""How long exports of one day and of four take: as whole processes, and in one that is warm.

The shipped atlas in control mode. Writes benchmarks/export.md. Run with the machine
at rest: ``python benchmarks/export.py [RUNS]``.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date
from maps.export import comparison_bytes, export_bytes

OUT = Path(__file__).parent / "export.md"
DAYS = ("2020-11-08", "1921-07-05", "1994-05-12", "2023-09-21")  # the first alone, or all
# By name: ending, number of days, dots an inch, most seconds of a process and in the app.
WAYS = {
    "png, 300 dpi, A4": ("png", 1, 300, 3.0, 2.0),
    "png, 150 dpi, A4": ("png", 1, 150, None, None),
    "png of four days, 300 dpi, A4": ("png", 4, 300, None, None),
    "svg": ("svg", 1, 300, None, None),
    "pdf": ("pdf", 1, 300, None, None),
    "html": ("html", 1, 300, None, None),
    "geojson": ("geojson", 1, 300, None, None),
    "gpkg": ("gpkg", 1, 300, None, None),
    "csv": ("csv", 1, 300, None, None),
    "lpf.json": ("lpf.json", 1, 300, None, None),
    "bib": ("bib", 1, 300, None, None),
    "zip of all, its png at 300 dpi": ("zip", 1, 300, None, None),
}
FORMAT = {"lpf.json": "lpf"}


def p95(found: list[float]) -> float:
    return sorted(found)[round(0.95 * (len(found) - 1))]


def seconds(call) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def in_a_process(ending: str, count: int, dpi: int, runs: int) -> tuple[list[float], float]:
    """Give the seconds of each run, from the shell to the file, and the file's size in kB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"day.{ending}"
        command = [sys.executable, "-m", "maps", "export", *DAYS[:count], "-o", str(path)]
        command += ["--mode", "control", "--dpi", str(dpi)]
        subprocess.run(command, check=True)  # the first run also compiles and fills caches
        found = [seconds(lambda: subprocess.run(command, check=True)) for _ in range(runs)]
        return found, path.stat().st_size / 1000


def warm(atlas, ending: str, count: int, dpi: int, runs: int) -> list[float]:
    """Give the seconds of each run inside a process that has made such a file before."""
    days = [Date.fromisoformat(day) for day in DAYS[:count]]
    fmt = FORMAT.get(ending, ending)

    def make() -> bytes:
        if count > 1:
            return comparison_bytes(atlas, days, fmt, mode="control", dpi=dpi)
        return export_bytes(atlas, days[0], fmt, mode="control", dpi=dpi)

    make()
    return [seconds(make) for _ in range(runs)]


def row(atlas, name: str, runs: int) -> str:
    ending, count, dpi, process_s, warm_s = WAYS[name]
    whole, size = in_a_process(ending, count, dpi, runs)
    inside = warm(atlas, ending, count, dpi, runs)
    target = f"≤ {process_s:g} s, warm ≤ {warm_s:g} s" if process_s else ""
    return (
        f"| {name} | {statistics.median(whole):.2f} | {p95(whole):.2f} | "
        f"{statistics.median(inside):.2f} | {p95(inside):.2f} | {size:,.0f} | {target} |"
    )


def main(runs: int) -> None:
    atlas = open_atlas(default_atlas_folder())
    rows = [row(atlas, name, runs) for name in WAYS]
    lines = [
        "# Exports, measured",
        "",
        "Written by `python benchmarks/export.py`; do not edit. The shipped atlas in control mode",
        f"on 8 November 2020; {runs} runs each. A process is `maps export`, from the shell to the",
        "file; warm is inside a process that has made such a file before, as the dashboard is.",
        "",
        "| file | process, median s | p95 s | warm, median s | p95 s | kB | target |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{Date.today().isoformat()};",
        f"load of the machine at the end: {os.getloadavg()[0]:.1f}.",
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
