"""How long a reader waits for the page, and what a run costs the server, by tab.

Run with `make pages`. Writes benchmarks/pages.md: `streamlit run app.py`, which does
nothing ahead, beside `maps serve`, started by turns in one run.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from measure import load_times
from playwright.sync_api import Browser, Page, sync_playwright

from browser.chromium import LAUNCH_ARGUMENTS, on_system
from browser.server import free_port
from maps.atlas.model import Date
from maps.cli.serve import app_file
from maps.ui.state import TABS

HERE = Path(__file__).parent
READY = "document.documentElement.dataset.mapsReady === 'true'"
QUIET_S = 0.4  # without work of the server: the run is over
INTRO = """# Pages, measured

Written by `make pages`; do not edit. "Before" is `streamlit run app.py`, which makes nothing
ready and collects garbage among all it holds; "after" is `maps serve`. They are started by turns,
{starts} times each. Cold is the first load after the server says that it is healthy, from the
request to a map that can be used; warm are the loads after it. A run is one the reader asks for,
with its tab open: the processor time of all threads of the server, {runs} runs each.

"""


@dataclass
class Figures:
    """What was measured of one way to serve, in seconds and milliseconds."""

    healthy_s: list[float] = field(default_factory=list)
    cold_s: list[float] = field(default_factory=list)
    warm_s: list[float] = field(default_factory=list)
    run_ms: dict[str, list[float]] = field(default_factory=dict)


def words(way: str, port: int) -> list[str]:
    """Give the command that serves the page one way."""
    if way == "after":
        return [sys.executable, "-m", "maps", "serve", "--port", str(port)]
    options = [f"--server.port={port}", "--server.address=127.0.0.1"]
    return [sys.executable, "-m", "streamlit", "run", str(app_file()), *options]


@contextmanager
def started(way: str, folder: Path, figures: Figures) -> Iterator[tuple[str, int]]:
    """Start a server and give its address and process; note when it was healthy."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    began = time.monotonic()
    with subprocess.Popen(words(way, port), cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            wait_healthy(process, address)
            figures.healthy_s.append(time.monotonic() - began)
            yield address, process.pid
        finally:
            process.terminate()


def wait_healthy(process: "subprocess.Popen[bytes]", address: str) -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=60).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server ended")


def processor_ms(process: int) -> float:
    """Give the processor time a process has used, that of ended threads with it; Linux only."""
    return time.clock_gettime_ns((~process << 3) | 2) / 1e6  # what clock_getcpuclockid gives


def quiet(process: int, page: Page) -> float:
    """Wait until the server rests; give its processor time."""
    used = processor_ms(process)
    while True:
        page.wait_for_timeout(QUIET_S * 1000)
        now = processor_ms(process)
        if now - used < 2:
            return now
        used = now


def run_costs(browser: Browser, address: str, process: int, tab: str, runs: int) -> list[float]:
    """Ask for runs of an open tab, one after the other, with Streamlit's key for it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/?tab={tab}")
    page.get_by_role("tab", selected=True).wait_for(timeout=60_000)
    used = quiet(process, page)
    found = []
    for _ in range(runs):
        page.keyboard.press("r")
        now = quiet(process, page)
        found.append(now - used)
        used = now
    context.close()
    return found


def measured(browser: Browser, starts: int, runs: int) -> dict[str, Figures]:
    """Measure both ways by turns; runs are counted on the last server of each."""
    figures = {"before": Figures(), "after": Figures()}
    with tempfile.TemporaryDirectory() as name:
        for turn in range(starts):
            for way, of_way in figures.items():
                with started(way, Path(name), of_way) as (address, process):
                    of_way.cold_s += load_times(browser, address, READY, 1)
                    of_way.warm_s += load_times(browser, address, READY, 2)
                    if turn == starts - 1:
                        for tab in TABS:
                            costs = run_costs(browser, address, process, tab, runs)
                            of_way.run_ms[tab] = costs
    return figures


def cells(values: list[float], digits: int) -> list[str]:
    """Give the median and the 95th percentile."""
    p95 = sorted(values)[round(0.95 * (len(values) - 1))]
    return [f"{statistics.median(values):.{digits}f}", f"{p95:.{digits}f}"]


def written(figures: dict[str, Figures], browser_version: str) -> str:
    """Give the table and what it was measured on."""
    before, after = figures.values()
    head = ("", "before, median", "before, p95", "after, median", "after, p95")
    loads = {
        "start to healthy, s": (before.healthy_s, after.healthy_s),
        "cold load, s": (before.cold_s, after.cold_s),
        "warm load, s": (before.warm_s, after.warm_s),
    }
    rows = [[name, *cells(old, 2), *cells(new, 2)] for name, (old, new) in loads.items()]
    rows += [
        [f"a run, {tab}, ms", *cells(before.run_ms[tab], 0), *cells(after.run_ms[tab], 0)]
        for tab in TABS
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))
    return (
        f"{table}\n\n{os.cpu_count()} cores ({platform.machine()}), Chromium {browser_version} "
        f"headless, Python {platform.python_version()}, {Date.today().isoformat()}; load average "
        f"{os.getloadavg()[1]:.1f} while it ran.\n"
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--starts", type=int, default=5)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--print-only", action="store_true", help="leave pages.md alone")
    asked = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=on_system(), args=list(LAUNCH_ARGUMENTS)
        )
        text = written(measured(browser, asked.starts, asked.runs), browser.version)
        browser.close()
    print(text)
    if not asked.print_only:
        intro = INTRO.format(starts=asked.starts, runs=asked.runs)
        (HERE / "pages.md").write_text(intro + text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
