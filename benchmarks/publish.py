"""How long a site takes to publish, how large and quick its first page is, and what it bears.

The shipped atlas; a plain file server on the loopback. Writes benchmarks/publish.md.
Run with the machine at rest: ``PYTHONPATH=src:tests python benchmarks/publish.py``.
"""

import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from browser.chromium import LAUNCH_ARGUMENTS, on_system

RUNS = 3
REQUESTS, AT_ONCE = 2000, 20
OUT = Path(__file__).parent / "publish.md"
READY = 'html[data-maps-ready="true"]'


class Quiet(SimpleHTTPRequestHandler):
    """Files with lengths and modification times, as any server gives them; no log."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


def publishing(folder: Path, *options: str) -> float:
    command = [sys.executable, "-m", "maps", "publish", str(folder), *options]
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def first_loads(address: str) -> tuple[list[float], int, int]:
    """Seconds to a map that can be used, each in a fresh browser window; bytes and requests."""
    taken: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=on_system(), args=list(LAUNCH_ARGUMENTS)
        )
        for _ in range(RUNS + 1):
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            sizes: list[int] = []
            page.on("response", lambda r, s=sizes: s.append(int(r.headers["content-length"])))
            start = time.perf_counter()
            page.goto(f"{address}/index.html", wait_until="commit")
            page.wait_for_selector(READY, state="attached")
            taken.append(time.perf_counter() - start)
            page.wait_for_load_state("networkidle")
            context.close()
        browser.close()
    return taken[1:], sum(sizes), len(sizes)  # the first also starts the browser's parts


def load(address: str, paths: list[str]) -> tuple[float, float, int]:
    """Requests a second, p95 in milliseconds, failures; a connection each, as new readers make."""

    def one(number: int) -> tuple[float, bool]:
        start = time.perf_counter()
        try:
            with urllib.request.urlopen(f"{address}/{paths[number % len(paths)]}", timeout=30) as r:
                r.read()
            return time.perf_counter() - start, True
        except OSError:
            return time.perf_counter() - start, False

    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(one, range(REQUESTS)))
    whole = time.perf_counter() - start
    times = sorted(seconds for seconds, _ in done)
    failed = sum(not fine for _, fine in done)
    return REQUESTS / whole, times[round(0.95 * (REQUESTS - 1))] * 1000, failed


def measured() -> str:
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        plain = [publishing(site) for _ in range(RUNS)]
        whole = [publishing(site, "--address", "https://maps.example/") for _ in range(RUNS)]
        files = [path for path in site.rglob("*") if path.is_file()]
        total = sum(path.stat().st_size for path in files)
        drawn = [path.stat().st_size for path in (site / "pictures").rglob("*.png")]
        with (
            serving(site) as address,
            socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))),
        ):
            taken, size, requests = first_loads(address)
            pages = sorted(path.relative_to(site).as_posix() for path in site.glob("events/*.html"))
            rate, p95, failed = load(address, pages)
    return f"""# A published site, measured

Written by `python benchmarks/publish.py`; do not edit. The shipped atlas; medians of {RUNS}, worst in brackets.

| what | measured | target |
| --- | --- | --- |
| `maps publish`, whole process, with the maps of its pages | {statistics.median(plain):.1f} s ({max(plain):.1f}) | |
| `maps publish --address`, with the pictures of shared links too | {statistics.median(whole):.1f} s ({max(whole):.1f}) | ≤ 20 s |
| the site | {len(files)} files, {total / 1e6:.1f} MB | |
| pictures | {len(drawn)}, the largest {max(drawn) / 1000:.0f} kB | ≤ 150 kB each |
| first load of the map, not compressed | {size / 1e6:.2f} MB in {requests} requests | ≤ 1.5 MB |
| from the request to a map that can be used | {statistics.median(taken):.2f} s ({max(taken):.2f}) | ≤ 1.5 s |
| {REQUESTS:,} requests for event pages, {AT_ONCE} at once | {rate:,.0f} a second, p95 {p95:.0f} ms, {failed} failed | |

The load is that of Python's own file server in the same process as those who ask: it says what a
page weighs, not what a web server made for it bears.

{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, {time.strftime("%Y-%m-%d")};
load of the machine at the end: {os.getloadavg()[0]:.1f}.
"""  # noqa: E501


if __name__ == "__main__":
    OUT.write_text(measured(), encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))
