"""Scrubbing measured: this dashboard beside three usual ways, on the same boundaries.

Run with `make bench`. Prints a table and writes it to benchmarks/README.md.
The scripts of the peers are fetched with npm for the run only; without npm
a line says so. `make bench BESIDE=DIR` measures another checkout in the same run:
`git worktree add DIR REVISION` makes one.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import ways
from measure import ROUNDS, Result, load_times, measure
from playwright.sync_api import Browser, sync_playwright
from shapely import count_coordinates
from shapely.geometry import mapping

from browser.chromium import LAUNCH_ARGUMENTS, on_system
from browser.server import answering, free_port, hosted
from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.atlas.model import Atlas, Date
from maps.map import files

HERE = Path(__file__).parent
READY = "document.documentElement.dataset.mapsReady === 'true'"
NPM = {
    "leaflet.timeline@1.6.0": ("leaflet.timeline.js",),
    "moment@2.18.1": ("moment.min.js",),
    "d3@4.13.0": ("d3.min.js",),
    "jquery@3.7.1": ("jquery.min.js",),
    "maplibre-gl@5.3.0": ("maplibre-gl.js", "maplibre-gl.css"),
}
PLUGINS = {"timeline": "folium Timeline plugin", "choropleth": "folium TimeSliderChoropleth"}
HEAD = (
    "way",
    "median ms",
    "p95 ms",
    "main thread ms",
    "view kept",
    "frame kept",
    "bytes a step",
    "paints in a 2.5 s drag",
    "messages in it",
)
INTRO = """# Scrubbing, measured

Written by `make bench`; do not edit. A step is one year, from the change of the slider to the end
of the frame that shows the new polygons; {steps} steps in each of {rounds} rounds (the rerun: one),
all counted, then one drag of 2.5 seconds. The dashboard is driven with its own keys, the plugins
by moving their range input, the rerun by the arrow key on `st.slider`. "Main thread" is the
processor time that the page's main thread spends on a step, from a trace of Chromium: the median
of the rounds. It stays true on a busy machine, where the time to the frame does not.

"""


def shown_features(atlas: Atlas) -> list[dict[str, object]]:
    """Give the boundaries of the first mode as GeoJSON features with ISO start and end."""
    layers = atlas.settings.modes[0].layers
    return [
        {
            "type": "Feature",
            "geometry": mapping(boundary.geometry),
            "properties": {
                "id": boundary.id,
                "start": boundary.span.start.isoformat(),
                "end": (
                    boundary.span.end or Date(atlas.settings.last_day.year + 1, 1, 1)
                ).isoformat(),
            },
        }
        for boundary in atlas.boundaries
        if boundary.layer in layers
    ]


def fetched_plugins(static: Path) -> bool:
    """Unpack the scripts of the peers from npm; False where npm or the network is missing."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    for package, names in NPM.items():
        packed = subprocess.run(
            [npm, "pack", "--silent", package],
            check=False,
            cwd=static,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if packed.returncode:
            return False
        with tarfile.open(static / packed.stdout.split()[-1]) as archive:
            for member in archive.getmembers():
                content = archive.extractfile(member)
                if content and Path(member.name).name in names:
                    (static / Path(member.name).name).write_bytes(content.read())
    return True


def peers_folder(folder: Path, atlas: Atlas) -> bool:
    """Lay out the peer app with its data; tell whether the plugins are there."""
    static = folder / "static"
    static.mkdir()
    (static / "leaflet.js").write_text(files.leaflet_script(), "utf-8")
    (static / "leaflet.css").write_text(files.leaflet_styles(), "utf-8")
    (folder / "boundaries.json").write_text(json.dumps(shown_features(atlas)), "utf-8")
    for file in ("peer_app.py", "maplibre.html"):
        shutil.copy(HERE / file, folder)
    return fetched_plugins(static)


def run_peer(browser: Browser, folder: Path, atlas: Atlas, way: ways.Way, steps: int) -> Result:
    """Serve the peer app one way and measure it."""
    port = free_port()
    years = [atlas.settings.first_day.year, atlas.settings.last_day.year]
    variables = {
        "PEER": next((peer for peer, name in PLUGINS.items() if name == way.name), "rerun"),
        "EXTENT": json.dumps(atlas.settings.extent),
        "YEARS": json.dumps(years),
    }
    words = [sys.executable, "-m", "streamlit", "run", "peer_app.py", f"--server.port={port}"]
    words += ["--server.address=127.0.0.1", "--server.headless=true"]
    words += ["--server.enableStaticServing=true", "--browser.gatherUsageStats=false"]
    with answering(words, port, folder, variables) as address:
        load_times(browser, address, "window.benchMap", 1)
        result = measure(browser, address, way, steps)
        result.load_s = load_times(browser, address, "window.benchMap", 3)
    return result


def run_maplibre(browser: Browser, folder: Path, atlas: Atlas, steps: int) -> Result:
    """Measure a page of MapLibre GL, which draws by WebGL: in software where there is no GPU."""
    settings = atlas.settings
    years = settings.first_day.year, settings.last_day.year
    asked = dict(zip(("west", "south", "east", "north"), settings.extent, strict=True))
    words = urlencode(asked | {"first": years[0], "last": years[1]})
    way = ways.plugin(ways.MAPLIBRE, years[1] - years[0])
    with hosted(folder) as site:
        address = f"{site}/../maplibre.html?{words}"
        result = measure(browser, address, way, steps)
        result.load_s = load_times(browser, address, "window.benchMap", 3)
    return result


def run_ours(
    browser: Browser, folder: Path, asked: argparse.Namespace, code: Path, way: ways.Way
) -> Result:
    """Serve a checkout of the dashboard, measure scrubbing, then five loads on the warm server."""
    port = free_port()
    words = [sys.executable, "-m", "maps", "serve", f"--port={port}", f"--atlas={asked.atlas}"]
    with answering(words, port, folder, {"PYTHONPATH": str(code / "src")}) as address:
        load_times(browser, address, READY, 1)
        result = measure(browser, address, way, asked.steps)
        result.load_s = load_times(browser, address, READY, 5)
    return result


def run_site(browser: Browser, folder: Path, asked: argparse.Namespace, way: ways.Way) -> Result:
    """Publish an atlas with its map in tiles, tell how long that took, and measure scrubbing."""
    words = [sys.executable, "-m", "maps", "publish", str(folder / "isles"), "--tiles"]
    start = time.perf_counter()
    subprocess.run([*words, "--lang=en", f"--atlas={asked.atlas}"], check=True, capture_output=True)
    print(f"{way.name}: published in {time.perf_counter() - start:.0f} s", flush=True)
    with hosted(folder) as address:
        result = measure(browser, f"{address}/index.html", way, asked.steps)
        result.load_s = load_times(browser, f"{address}/index.html", READY, 5)
    return result


def revision_of(code: Path) -> str:
    words = ["git", "-C", str(code), "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def row(result: Result) -> list[str]:
    yes = {True: "yes", False: "no"}
    return [
        result.name,
        f"{result.median_ms:.1f}",
        f"{result.p95_ms:.1f}",
        f"{result.main_thread_ms:.2f}",
        yes[result.view_kept],
        yes[result.frame_kept],
        f"{result.bytes_a_step:,.0f}",
        str(result.drag_paints),
        str(result.drag_messages),
    ]


def written(results: list[Result], atlas: Atlas, browser_version: str) -> str:
    """Give the table and what it was measured on."""
    lines = [HEAD, ("---",) * len(HEAD), *map(row, results)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    layers = atlas.settings.modes[0].layers
    measured = [b.geometry for b in atlas.boundaries if b.layer in layers]
    vertices = count_coordinates(measured)
    load = sorted(next(r.load_s for r in results if r.load_s))
    return (
        f"{table}\n\nPage load to a map that can be used, warm server: "
        f"median {load[len(load) // 2]:.2f} s, worst of {len(load)} {load[-1]:.2f} s.\n\n"
        f"{len(measured)} boundaries, {vertices:,} vertices; {os.cpu_count()} cores "
        f"({platform.machine()}), Chromium {browser_version} headless, "
        f"Python {platform.python_version()}, {Date.today().isoformat()}.\n"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--atlas", type=Path, default=default_atlas_folder())
    options.add_argument("--steps", type=int, default=80)
    options.add_argument("--beside", type=Path, help="another checkout, measured in the same run")
    options.add_argument("--print-only", action="store_true", help="leave README.md alone")
    asked = options.parse_args()
    asked.atlas = asked.atlas.resolve()  # the servers run in another folder
    atlas = open_atlas(asked.atlas)
    years = atlas.settings.last_day.year - atlas.settings.first_day.year
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=on_system(), args=list(LAUNCH_ARGUMENTS)
        )
        has_plugins = peers_folder(folder, atlas)
        first = atlas.settings.first_day.toordinal()
        results = [run_ours(browser, folder, asked, HERE.parent, ways.ours(first))]
        if asked.beside:
            other = asked.beside.resolve()
            way = ways.ours(first, f"this dashboard at {revision_of(other)}")
            if asked.atlas == default_atlas_folder():
                asked.atlas = other / "geodata"  # an old checkout cannot open a new atlas
            results.append(run_ours(browser, folder, asked, other, way))
        peers = [ways.rerun(atlas.settings.first_day.year)]
        peers += [ways.plugin(name, years) for name in PLUGINS.values()] if has_plugins else []
        for way in peers:
            results.append(run_peer(browser, folder, atlas, way, asked.steps))
        text = written(results, atlas, browser.version)
        browser.close()
    if not has_plugins:
        text += "\nfolium's plugins were not measured: npm could not fetch their scripts.\n"
    print(text)
    if not asked.print_only:
        text = INTRO.format(steps=asked.steps, rounds=ROUNDS) + text
        (HERE / "README.md").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
