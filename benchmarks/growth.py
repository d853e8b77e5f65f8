"""How the cost of each command grows with the atlas: as whole processes, in processor time.

Makes atlases of the shipped one, so many times as large (`scale_atlas.py`), runs each
command on each and prints the seconds and the exponent of growth: 1 where ten times as
much takes ten times as long, 2 where it takes a hundred. Writes benchmarks/growth.md.

    python benchmarks/growth.py [SMALL LARGE]
"""

import math
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from scale_atlas import scaled

from maps.atlas.load import default_atlas_folder

OUT = Path(__file__).parent / "growth.md"
DAY, OTHER_DAY = "1994-05-12", "2020-11-08"
COMMANDS = {
    "check": ("check", "--atlas", "{atlas}"),
    "show": ("show", DAY, "--atlas", "{atlas}"),
    "diff": ("diff", DAY, OTHER_DAY, "--atlas", "{atlas}"),
    "events": ("events", "--atlas", "{atlas}"),
    "areas": ("areas", "--atlas", "{atlas}"),
    "export, html": ("export", DAY, "-o", "{out}/day.html", "--atlas", "{atlas}"),
    "export, geojson": ("export", DAY, "-o", "{out}/day.geojson", "--atlas", "{atlas}"),
    "export, png": ("export", DAY, "-o", "{out}/day.png", "--atlas", "{atlas}"),
    "publish, English": ("publish", "{out}/site", "--tiles", "--lang", "en", "--atlas", "{atlas}"),
}


def seconds(words: list[str]) -> float:
    """Give the processor time of a command; it must end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "maps", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"maps {' '.join(words)}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(small: int, large: int) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        atlases = {}
        for factor in (small, large):
            atlases[factor] = Path(scratch, str(factor))
            scaled(default_atlas_folder(), atlases[factor], factor)
        for name, words in COMMANDS.items():
            took = {}
            for factor, atlas in atlases.items():
                out = Path(scratch, f"out-{factor}")
                out.mkdir(exist_ok=True)
                took[factor] = seconds([word.format(atlas=atlas, out=out) for word in words])
            exponent = math.log(took[large] / took[small]) / math.log(large / small)
            rows.append(f"| {name} | {took[small]:.1f} | {took[large]:.1f} | {exponent:.2f} |")
            print(rows[-1], flush=True)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    head = [
        "# How cost grows with the atlas",
        "",
        "Written by `make growth`. Seconds of processor time of a whole command, on atlases",
        f"{small} and {large} times the shipped one, on {machine}; one run each.",
        "",
        f"| command | {small}× | {large}× | exponent |",
        "|---|---|---|---|",
    ]
    OUT.write_text("\n".join([*head, *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (10, 100)))
