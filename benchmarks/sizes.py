"""Scrubbing measured on atlases of several sizes: this dashboard beside four usual ways.

Run with `make bench`. Makes atlases of the shipped one (`scale_atlas.py`), measures each
way on each as `scrub.py` does, and writes benchmarks/sizes.md with a table, and a chart.
What did not answer is left out of the table and told below it.

    PYTHONPATH=tests python benchmarks/sizes.py [--factors 1 10 100] [--beside DIR]

What no page holds whole is measured as a site in tiles: ``--site --factors 300``.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import ways
from matplotlib.figure import Figure
from measure import Result
from playwright.sync_api import Browser, Error, sync_playwright
from scale_atlas import scaled
from scrub import (
    HERE,
    PLUGINS,
    peers_folder,
    revision_of,
    run_maplibre,
    run_ours,
    run_peer,
    run_site,
)

from browser.chromium import LAUNCH_ARGUMENTS, on_system
from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Date

PAGE, CHART = HERE / "sizes.md", HERE / "sizes.svg"
HEAD = ("size", "way", "ready s", "step ms, median", "p95", "main thread ms a step", "drag fps",
        "zoom ms", "heap MB", "renderer MB", "bytes a step")  # fmt: skip
Found = dict[tuple[int, str], Result]


def measured(browser: Browser, factor: int, atlas_folder: Path, asked: argparse.Namespace) -> Found:
    """Measure every way on one atlas; a way that does not answer is told and left out."""
    atlas = open_atlas(atlas_folder)
    first, last = atlas.settings.first_day, atlas.settings.last_day
    years = last.year - first.year
    wanted = argparse.Namespace(atlas=atlas_folder, steps=asked.steps)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        has_plugins = not asked.site and peers_folder(folder, atlas)
        codes = [(HERE.parent, ways.ours(first.toordinal()))]
        if asked.beside:
            other = asked.beside.resolve()
            way = ways.ours(first.toordinal(), f"this dashboard at {revision_of(other)}")
            codes.append((other, way))
        runs: dict[str, Callable[[], Result]] = {
            way.name: lambda code=code, way=way: run_ours(browser, folder, wanted, code, way)
            for code, way in codes
        }
        site = ways.ours(first.toordinal(), "its site, in tiles")
        runs[site.name] = lambda: run_site(browser, folder, wanted, site)
        peers = [ways.rerun(first.year)]
        peers += [ways.plugin(plugin, years) for plugin in PLUGINS.values()] if has_plugins else []
        for way in peers:
            runs[way.name] = lambda way=way: run_peer(browser, folder, atlas, way, asked.steps)
        if has_plugins:
            runs[ways.MAPLIBRE] = lambda: run_maplibre(browser, folder, atlas, asked.steps)
        if asked.site:
            runs = {site.name: runs[site.name]}
        found: Found = {}
        for name, run in runs.items():
            try:
                found[factor, name] = run()
                print(*row(factor, found[factor, name]), sep=" | ", flush=True)
            except (Error, TimeoutError) as error:
                print(f"{factor}× {name}: {str(error).splitlines()[0]}", flush=True)
    return found


def row(factor: int, result: Result) -> list[str]:
    ready = sorted(result.load_s)
    return [
        f"{factor}×",
        result.name,
        f"{ready[len(ready) // 2]:.1f}" if ready else "",
        f"{result.median_ms:.1f}",
        f"{result.p95_ms:.1f}",
        f"{result.main_thread_ms:.2f}",
        f"{result.drag_fps:.0f}" if result.drag_fps else "",
        f"{result.zoom_ms:.0f}" if result.zoom_ms else "",
        f"{result.heap_mb:.0f}",
        f"{result.memory_mb:.0f}",
        f"{result.bytes_a_step:,.0f}",
    ]


def draw(found: Found) -> None:
    """Draw the main-thread time of a step by the size of the atlas, a line a way."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for name in dict.fromkeys(name for _, name in found):
        points = [(size, r.main_thread_ms) for (size, way), r in found.items() if way == name]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(
        xscale="log", yscale="log", xlabel="size of the atlas, times the shipped one",
        ylabel="main thread, ms a step",
    )  # fmt: skip
    axes.grid(visible=True, which="both", alpha=0.2)
    axes.legend(fontsize="small")
    figure.savefig(CHART, metadata={"Date": None})


def written(found: Found, factors: list[int], load: float, version: str) -> str:
    lines = [
        HEAD,
        ("---",) * len(HEAD),
        *(row(size, result) for (size, _), result in found.items()),
    ]
    names = dict.fromkeys(name for _, name in found)
    silent = [
        f"{name} at {size}×" for name in names for size in factors if (size, name) not in found
    ]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    missing = f"No answer came from {', '.join(silent)}.\n\n" if silent else ""
    return f"""# Scrubbing by size of the atlas

Written by `make bench`; do not edit. Atlases are made of the shipped one by
`benchmarks/scale_atlas.py`; every way has the whole of it in view, a level nearer, and steps a
year at a time. The dashboard draws all its layers, events and names, the others the boundaries of
its first mode. MapLibre GL draws by WebGL, here in software, and is waited for until it rests.
"Main thread" is processor time from a trace of Chromium, which a busy machine does not lengthen;
frames, milliseconds to a frame and seconds until ready are by the clock and are lengthened by it.
"Renderer" is memory of its own, without shared libraries. A zoom is a level in or out without
animation, to the end of the frame that shows it.

{table}

{missing}![Main-thread time a step by size of the atlas](sizes.svg)

{os.cpu_count()} cores ({platform.machine()}), Chromium {version} headless without a GPU,
Python {platform.python_version()}, {Date.today().isoformat()}; load of the machine at the end: {load:.1f}.
"""  # noqa: E501


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--factors", type=int, nargs="+", default=[1, 10, 100])
    options.add_argument("--steps", type=int, default=40)
    options.add_argument(
        "--site", action="store_true", help="the site in tiles alone, printed only"
    )
    options.add_argument("--beside", type=Path, help="another checkout, measured in the same run")
    asked = options.parse_args()
    found: Found = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        arguments = list(LAUNCH_ARGUMENTS)
        browser = playwright.chromium.launch(executable_path=on_system(), args=arguments)
        for factor in asked.factors:
            folder = default_atlas_folder()
            if factor > 1:
                folder = Path(scratch, str(factor))
                scaled(default_atlas_folder(), folder, factor)
            found |= measured(browser, factor, folder, asked)
            if not asked.site:
                draw(found)
                load = os.getloadavg()[0]
                PAGE.write_text(written(found, asked.factors, load, browser.version), "utf-8")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
