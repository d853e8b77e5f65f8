"""A hundred readers who switch tabs while two others have films made.

Run with `make sessions`. Writes benchmarks/sessions.md. The readers are no browsers: they
speak Streamlit's protocol on its websocket, send what a click sends, and take all that the
page sends back. A switch lasts from the click to the word that its run has ended.
"""

import argparse
import asyncio
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pages import Figures, processor_ms, started
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from maps.ui.state import TABS
from maps.words.i18n import texts

HERE = Path(__file__).parent
LANG = "en"
RUN_WITHIN_S = 60
LOOKS_EVERY_S = 0.5  # as the page itself does while a film is made
LARGEST_MESSAGE = 32 * 2**20
INTRO = """# Sessions, measured

Written by `make sessions`; do not edit. One `maps serve` for all, on the machine the readers are
on too. {readers} readers come within {think:.0f} s; each opens a tab, looks at it for {think:.0f} s
on average, from none to twice as long, and opens another, for {minutes:g} min; then the same
while two more have films made, one after the other. A switch is timed from the click to the end of
its run.

"""


@dataclass
class Reader:
    """One session: its connection, what its widgets are at, and what it was told."""

    socket: ClientConnection
    widgets: dict[str, WidgetState] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # of widgets, by the key they have in ui/
    kept: dict[str, ForwardMsg] = field(default_factory=dict)  # what a browser would not ask again
    fragments: dict[str, str] = field(default_factory=dict)  # that run alone, by a widget's key
    page: str = ""
    shown: set[str] = field(default_factory=set)  # keys of the widgets of the last run

    async def open_tab(self, tab: str) -> None:
        label = texts(LANG).t(f"ui.tabs.{tab}")
        self.set(f"tabs-{LANG}", string_value=label)
        await self.run()

    def set(self, key: str, **value: object) -> None:
        """Set a widget by its key; it stays so in the runs that follow."""
        self.widgets[key] = WidgetState(id=self.ids[key], **value)

    async def press(self, key: str) -> None:
        """Press a button, which runs the fragment it is in."""
        self.set(key, trigger_value=True)
        await self.run(key)
        del self.widgets[key]

    async def run(self, fragment_of: str = "") -> None:
        """Ask for a run and wait for its end."""
        state = ClientState(
            page_script_hash=self.page,
            cached_message_hashes=list(self.kept),
            fragment_id=self.fragments.get(fragment_of, ""),
        )
        state.widget_states.widgets.extend(self.widgets.values())
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        self.shown.clear()
        async with asyncio.timeout(RUN_WITHIN_S):
            while not self._take(ForwardMsg.FromString(await self.socket.recv())):
                pass

    def _take(self, message: ForwardMsg) -> bool:
        """Take one message; tells whether it was the last of the run."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self.kept[message.ref_hash]
        elif message.metadata.cacheable:
            self.kept[message.hash] = message
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "delta":
            self._note(message.delta)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise RuntimeError("the page cannot be compiled")
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _note(self, delta: Delta) -> None:
        """Note the widget of a delta by its key."""
        held = delta.add_block if delta.HasField("add_block") else delta.new_element
        kind = held.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(held.exception.message)
        id = getattr(getattr(held, kind), "id", "") if kind else ""
        *_, key = id.split("-", 2)  # $$ID-hash-key
        if key:
            self.ids[key] = id
            self.fragments[key] = delta.fragment_id
            self.shown.add(key)


async def reader_at(address: str) -> Reader:
    """Open the page."""
    where = address.replace("http", "ws") + "/_stcore/stream"
    socket = await connect(where, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE)
    reader = Reader(socket)
    await reader.run()
    return reader


@dataclass
class Measured:
    """What the readers met with, in seconds, and what it cost the server."""

    loads: list[float] = field(default_factory=list)
    switches: dict[str, list[float]] = field(default_factory=lambda: {tab: [] for tab in TABS})
    films: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    server_s: float = 0.0

    @property
    def all_switches(self) -> list[float]:
        return [each for of_tab in self.switches.values() for each in of_tab]


async def look_around(address: str, until: float, think_s: float, found: Measured) -> None:
    """Be a reader who comes and opens one tab after another."""
    await asyncio.sleep(random.uniform(0, think_s))
    began = time.monotonic()
    reader = await reader_at(address)
    found.loads.append(time.monotonic() - began)
    tab = TABS[0]
    while time.monotonic() < until:
        await asyncio.sleep(random.uniform(0, 2 * think_s))
        tab = random.choice([each for each in TABS if each != tab])
        began = time.monotonic()
        await reader.open_tab(tab)
        found.switches[tab].append(time.monotonic() - began)
    await reader.socket.close()


async def have_films_made(address: str, until: float, found: Measured) -> None:
    """Be a reader who has a film made, and comes back for another."""
    while time.monotonic() < until:
        reader = await reader_at(address)
        await reader.open_tab("export")
        reader.set("export-kind", string_array_value=StringArray(data=["Film"]))
        await reader.run("export-kind")
        began = time.monotonic()
        await reader.press("make-film")
        while "download-export" not in reader.shown:
            await asyncio.sleep(LOOKS_EVERY_S)
            await reader.run("cancel-film")
        found.films.append(time.monotonic() - began)
        await reader.socket.close()


async def measured(asked: argparse.Namespace, server: tuple[str, int], films: int) -> Measured:
    """Let readers come and go for a while, and some have films made."""
    found = Measured()
    address, process = server
    until = time.monotonic() + asked.minutes * 60
    used = processor_ms(process)
    coming = [look_around(address, until, asked.think, found) for _ in range(asked.readers)]
    coming += [have_films_made(address, until, found) for _ in range(films)]
    ended = await asyncio.gather(*coming, return_exceptions=True)
    found.errors += [f"{type(each).__name__}: {each}" for each in ended if each]
    found.server_s = (processor_ms(process) - used) / 1000
    return found


def row(name: str, values: list[float]) -> str:
    if not values:
        return f"| {name} | 0 | | | |"
    ordered = sorted(values)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    return (
        f"| {name} | {len(ordered)} | {statistics.median(ordered):.2f} | {p95:.2f} "
        f"| {ordered[-1]:.2f} |"
    )


def written(name: str, found: Measured) -> str:
    """Give the table of one part."""
    lines = [
        f"## {name}",
        "",
        "| | count | median, s | p95, s | longest, s |",
        "| --- | --- | --- | --- | --- |",
        row("**a switch**", found.all_switches),
        *(row(f"to {tab}", values) for tab, values in found.switches.items()),
        row("first run", found.loads),
        row("a film, from asking to taking", found.films),
        "",
        f"Errors: {len(found.errors)}. Processor time of the server, its workers not counted: "
        f"{found.server_s:.0f} s.",
        *(f"- {error}" for error in sorted(set(found.errors))),
        "",
    ]
    return "\n".join(lines) + "\n"


async def both(asked: argparse.Namespace) -> str:
    """Measure without films and with two; gives both tables."""
    with (
        tempfile.TemporaryDirectory() as folder,
        started("after", Path(folder), Figures()) as server,
    ):
        alone = await measured(asked, server, 0)
        beside = await measured(asked, server, 2)
    return written("Readers alone", alone) + written("While two films are made", beside)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--readers", type=int, default=100)
    options.add_argument("--think", type=float, default=10.0, help="seconds between switches")
    options.add_argument("--minutes", type=float, default=2.0, help="of each of the two parts")
    options.add_argument("--print-only", action="store_true", help="leave sessions.md alone")
    asked = options.parse_args()
    tables = asyncio.run(both(asked))
    text = tables + (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"{date.today().isoformat()}; load average {os.getloadavg()[1]:.1f} at the end.\n"
    )
    print(text)
    if not asked.print_only:
        intro = INTRO.format(**vars(asked))
        (HERE / "sessions.md").write_text(intro + text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
