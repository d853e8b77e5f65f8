"""One way of scrubbing, measured in the browser: the same questions for each."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Frame, Page, WebSocket

PAUSE_MS = 60  # between two steps, so that each is painted on its own
DRAG_S = 2.5
ROUNDS = 5  # all their steps count
BACK = "() => { window.benchBack(); return new Promise(done => setTimeout(done, 1000)); }"
# From the change to the end of the frame that shows it; a map that draws later says when.
STEP = """async ([steps, pause]) => {
  const times = [], later = window.benchMap?.drawn;
  for (let i = 0; i < steps; i++) {
    const from = performance.now();
    window.benchStep();
    await (later ? later() : new Promise(done => requestAnimationFrame(() => setTimeout(done, 0))));
    times.push(performance.now() - from);
    await new Promise(done => setTimeout(done, pause));
  }
  return times;
}"""
# A level in, a level out, three times: each to the end of the frame that shows it.
ZOOM = """async name => {
  const map = eval(name), later = map.drawn, times = [];
  for (const step of [1, -1, 1, -1, 1, -1]) {
    const from = performance.now();
    map.setZoom(map.getZoom() + step, {animate: false});
    await (later ? later() : new Promise(done => requestAnimationFrame(() => setTimeout(done, 0))));
    times.push(performance.now() - from);
    await new Promise(done => setTimeout(done, 700));
  }
  return times;
}"""
FRAMES = """() => {
  window.benchFrames = 0;
  const count = () => { window.benchFrames++; requestAnimationFrame(count); };
  requestAnimationFrame(count);
}"""
MAIN_THREAD, TASK = "CrRendererMain", "ThreadControllerImpl::RunTask"


@dataclass
class Result:
    """What was measured of one way; None where it could not be."""

    name: str
    steps_ms: list[float] = field(default_factory=list)
    processor_ms: list[float] = field(default_factory=list)  # of a step, a round each
    bytes_a_step: float = 0.0
    drag_messages: int = 0
    drag_paints: int = 0
    drag_fps: float = 0.0
    zoom_ms: float = 0.0
    heap_mb: float = 0.0
    memory_mb: float = 0.0  # of the renderer, shared libraries left out
    view_kept: bool = False
    frame_kept: bool = False
    load_s: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        return statistics.median(self.steps_ms)

    @property
    def main_thread_ms(self) -> float:
        """Processor time of the main thread for a step: it does not grow on a busy machine."""
        return statistics.median(self.processor_ms)

    @property
    def p95_ms(self) -> float:
        return sorted(self.steps_ms)[round(0.95 * (len(self.steps_ms) - 1))]


class Traffic:
    """Websocket messages of a page, both ways."""

    def __init__(self, page: Page) -> None:
        self.messages = 0
        self.bytes = 0
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framesent", self._count)
        socket.on("framereceived", self._count)

    def _count(self, data: str | bytes) -> None:
        self.messages += 1
        self.bytes += len(data)


@dataclass(frozen=True)
class Way:
    """How one way is driven; ``map`` is what names its map in its frame."""

    name: str
    map: str
    prepare: Callable[[Frame], None]
    step: Callable[[Frame, int], list[float]]  # so many steps; milliseconds of each
    rounds: int
    drag: Callable[[Frame], tuple[float, float, float]]  # x from, x to, y in page pixels
    paints: Callable[[Frame], int]


def map_frame(page: Page, expression: str, within_s: float = 60.0) -> Frame:
    """Wait for the frame in which ``expression`` is true."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        for frame in page.frames:
            if _true_in(frame, expression):
                return frame
        page.wait_for_timeout(50)
    raise TimeoutError(f"no frame where {expression}")


def _true_in(frame: Frame, expression: str) -> bool:
    try:
        return bool(frame.evaluate(f"!!({expression})"))
    except Exception:  # a frame may go while it is asked
        return False


def measure(browser: Browser, address: str, way: Way, steps: int) -> Result:
    """Step, then drag, on one page; the view is moved first to see whether it stays."""
    result = Result(way.name)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    traffic = Traffic(page)
    page.goto(address)
    frame = map_frame(page, f"window.{way.map}")
    page.wait_for_timeout(2500)
    way.prepare(frame)
    view = _set_view(frame, way.map)
    before = traffic.bytes
    for _ in range(way.rounds):
        if way.rounds > 1:
            frame.evaluate(BACK)
        with traced(page) as spent:
            result.steps_ms += way.step(frame, steps)
        result.processor_ms.append(spent[0] / steps)
    page.wait_for_timeout(800)
    result.bytes_a_step = (traffic.bytes - before) / (steps * way.rounds)
    _drag(page, map_frame(page, f"window.{way.map}"), way, traffic, result)
    page.wait_for_timeout(800)
    frame = map_frame(page, f"window.{way.map}")
    result.frame_kept = bool(frame.evaluate("window.benchMark === 1"))
    result.view_kept = _view(frame, way.map) == view
    with suppress(Error):  # as in a drag
        result.zoom_ms = statistics.median(frame.evaluate(ZOOM, way.map))
    result.heap_mb, result.memory_mb = memory(page)
    context.close()
    return result


@contextmanager
def traced(page: Page) -> Iterator[list[float]]:
    """Have Chromium count the processor time of what a page's main threads do in the block.

    The list holds the milliseconds once the block has ended. The tasks of all
    frames of the page are in it, no other thread's and no other process's.
    """
    browser = page.context.browser
    assert browser is not None
    spent: list[float] = []
    browser.start_tracing(page=page, categories=["toplevel"])
    yield spent
    events = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == MAIN_THREAD
    }
    tasks = [e for e in events if e["name"] == TASK and (e["pid"], e["tid"]) in mains]
    if not tasks:
        raise RuntimeError(f"this Chromium does not trace {TASK}")
    spent.append(sum(task.get("tdur", 0) for task in tasks) / 1000)


def memory(page: Page) -> tuple[float, float]:
    """Give the script's heap and the memory of its own of the renderer, in MB (Linux)."""
    browser = page.context.browser
    assert browser is not None
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    own = [
        int(line.split()[1]) / 1000
        for process in processes
        if process["type"] == "renderer"
        for line in Path(f"/proc/{process['id']}/status").read_text("ascii").splitlines()
        if line.startswith("RssAnon:")
    ]
    return heap, max(own)


def _set_view(frame: Frame, name: str) -> list[float]:
    frame.evaluate(
        f"() => {{ const m = {name}, c = m.getCenter(); window.benchMark = 1;"
        "m.setView([c.lat + 0.1, c.lng - 0.1], m.getZoom() + 1, {animate: false}); }"
    )
    return _view(frame, name)


def _view(frame: Frame, name: str) -> list[float]:
    found: list[float] = frame.evaluate(
        f"(() => {{ const m = {name}, c = m.getCenter();"
        "return [m.getZoom(), +c.lat.toFixed(3), +c.lng.toFixed(3)]; })()"
    )
    return found


def _drag(page: Page, frame: Frame, way: Way, traffic: Traffic, result: Result) -> None:
    left, right, y = way.drag(frame)
    page.mouse.move(left, y)
    page.mouse.down()
    with suppress(Error):
        frame.evaluate(FRAMES)
    messages, paints = traffic.messages, way.paints(frame)
    moves = int(DRAG_S / 0.02)
    started = time.monotonic()
    for i in range(moves):
        page.mouse.move(left + (right - left) * (i + 1) / moves, y)
        page.wait_for_timeout(max(0.0, (started + (i + 1) * 0.02 - time.monotonic()) * 1000))
    took = time.monotonic() - started
    with suppress(Error):  # a frame of a rerun goes while it is asked
        result.drag_fps = frame.evaluate("window.benchFrames") / took
    result.drag_messages = traffic.messages - messages
    result.drag_paints = way.paints(frame) - paints
    page.mouse.up()


def load_times(browser: Browser, address: str, ready: str, times: int) -> list[float]:
    """Seconds from navigation to a map that can be used, in a new context each time."""
    found = []
    for _ in range(times):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address, wait_until="commit")
        frame = map_frame(page, ready)
        now: Any = frame.evaluate("performance.timeOrigin + performance.now()")
        found.append((now - page.evaluate("performance.timeOrigin")) / 1000)
        context.close()
    return found
