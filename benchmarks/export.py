"""How long `maps export` takes as a whole process, from the shell to the file.

Each run is a new process, so that imports count. Prints a table; nothing is
asserted. Run with the machine at rest: ``python benchmarks/export.py [RUNS]``.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DAY = "2020-11-08"
TARGET_S = {"png 300 dpi A4": 3.0}
WAYS = {
    "png 300 dpi A4": ("png", ("--dpi", "300")),
    "png 150 dpi A4": ("png", ("--dpi", "150")),
    "svg": ("svg", ()),
    "pdf": ("pdf", ()),
    "html": ("html", ()),
    "geojson": ("geojson", ()),
    "gpkg": ("gpkg", ()),
    "csv": ("csv", ()),
}
IMPORTS = ("maps.validate", "maps.export.figure", "maps.export.data", "maps.export.geopackage")


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def p95(found: list[float]) -> float:
    return sorted(found)[round(0.95 * (len(found) - 1))]


def measured_exports(runs: int) -> None:
    print(f"{'maps export ' + DAY:<22}{'median s':>10}{'p95 s':>8}{'kB':>8}  target")
    with tempfile.TemporaryDirectory() as folder:
        for name, (ending, options) in WAYS.items():
            path = Path(folder) / f"day.{ending}"
            command = [sys.executable, "-m", "maps", "export", DAY, "-o", str(path)]
            command += ["--mode", "control", *options]
            seconds(command)  # the first run also compiles and fills caches
            found = [seconds(command) for _ in range(runs)]
            target = f"≤ {TARGET_S[name]:g} s" if name in TARGET_S else ""
            kilobytes = path.stat().st_size / 1000
            print(
                f"{name:<22}{statistics.median(found):>10.2f}{p95(found):>8.2f}"
                f"{kilobytes:>8.0f}  {target}"
            )


def measured_imports(runs: int) -> None:
    empty = statistics.median(seconds([sys.executable, "-c", ""]) for _ in range(runs))
    print(f"\n{'import':<28}{'median s':>10}   beyond an empty Python, {empty:.2f} s")
    for module in IMPORTS:
        command = [sys.executable, "-c", f"import {module}"]
        taken = statistics.median(seconds(command) for _ in range(runs))
        print(f"{module:<28}{taken - empty:>10.2f}")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    measured_exports(wanted)
    measured_imports(wanted)
