"""The server of the dashboard: made ready before it answers, closed to what the page does not need.

It is Streamlit's own, started from here and not by ``streamlit run``, so that
its settings are ours alone and a reader never waits for what is the same for all.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import KW_ONLY, dataclass
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_UPLOADS = "/_stcore/upload_file"
_REFUSED = 1008  # RFC 6455: against the policy of the server
_BEGINS_WITHIN_S = 2.0
_LARGEST_UPLOAD_MB = 200  # of a file that is taken into the workbench


@dataclass
class Closed:
    """ASGI middleware that lets nobody upload, and only our own page open a connection.

    Streamlit takes files of any session, whether or not its page asks for one. And
    to judge a page of another origin it asks the internet for its own address.
    A server that is for this machine alone (``private``) is called by no other
    name: a page from elsewhere whose name was made to lead here would read it.
    ``origin`` is the one address besides its own by which readers may open it,
    behind a proxy. Only the workbench takes files (``uploads``), of its own page.
    """

    app: ASGIApp
    _: KW_ONLY
    private: bool
    origin: str = ""
    uploads: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed."""
        why = self._against(scope)
        if not why:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            await PlainTextResponse(why, status_code=403)(scope, receive, send)

    def _against(self, scope: Scope) -> str:
        if scope["type"] not in ("http", "websocket"):
            return ""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        is_ours = self.origin and host == urlsplit(self.origin).netloc
        if self.private and not is_ours and not _is_this_machine(host):
            return "This page is for this machine alone; open it as http://localhost."
        takes_file = _UPLOADS in scope["path"]
        if takes_file and not self.uploads:
            return "This page takes no files."
        if scope["type"] == "http" and not takes_file:
            return ""
        origin = headers.get("origin")  # only browsers name one, and they always do
        if origin is None or (origin and origin == self.origin):
            return ""
        own = origin.partition("://")[2] == headers.get("host")
        return "" if own else "This page is of another origin."


@dataclass
class InTurn:
    """ASGI middleware that hands on what a page asks for once the run before has begun.

    Of two requests that come sooner Streamlit forgets the first before it has read
    it, and with it the click it tells of.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, each request in its turn."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        begun = asyncio.Event()
        begun.set()
        announced = False

        async def receive_in_turn() -> Message:
            nonlocal announced
            message = await receive()
            if BackMsg.FromString(message.get("bytes") or b"").HasField("rerun_script"):
                with suppress(TimeoutError):  # it waits for its own chance then
                    await asyncio.wait_for(begun.wait(), _BEGINS_WITHIN_S)
                begun.clear()
                announced = False
            return message

        async def send_and_note(message: Message) -> None:
            nonlocal announced
            await send(message)
            if not begun.is_set():
                told = ForwardMsg.FromString(message.get("bytes") or b"").WhichOneof("type")
                announced = announced or told == "new_session"
                # Before the page says anything, it has read what it was asked for.
                if announced and told in ("delta", "script_finished"):
                    begun.set()

        await self.app(scope, receive_in_turn, send_and_note)


def _is_this_machine(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name in ("localhost", gethostname().lower()) or ip_address(name).is_loopback
    except ValueError:  # half an IPv6 address, or a name that is none of ours
        return False


def run(
    app: Path, atlas: str, address: str, port: int, *, origin: str, ready: Callable[[], None]
) -> None:
    """Serve until stopped; ``ready`` is called when the first reader can come.

    ``app`` is the script of the page, ``address`` that of a network interface in
    numbers, ``origin`` where readers open it behind a proxy, empty for nowhere else.
    """
    use_settings(app.parent / ".streamlit" / "config.toml")
    # Components read the settings when they are imported.
    from maps.ui import map_frame, page, workers  # noqa: PLC0415
    from maps.ui.opening import opened  # noqa: PLC0415
    from maps.ui.state import languages  # noqa: PLC0415

    served = False

    @asynccontextmanager
    async def made_ready(_: st.App) -> AsyncIterator[None]:
        nonlocal served
        # Here and not before: the addresses of the map's files are those of this server.
        map_frame.register_frame()
        home = languages(opened(atlas, "en").atlas)[0]
        map_frame.serve_files(opened(atlas, home).atlas, home)
        # Streamlit collects garbage after each run. What all runs share is none, and
        # looking through it took most of the time of a run.
        gc.collect()
        gc.freeze()
        served = True
        ready()
        yield
        workers.stop()

    private = ip_address(address.partition("%")[0]).is_loopback
    closed = Middleware(Closed, private=private, origin=origin)
    first_page = Route("/", partial(page.first_page, atlas))
    try:
        _serve(app, made_ready, closed, {"address": address, "port": port}, [first_page])
    except KeyboardInterrupt:
        if not served:
            raise


def run_workbench(
    settings: Path, folder: Path, address: str, port: int, ready: Callable[[], None]
) -> None:
    """Serve the workbench of one atlas folder to this machine alone, until stopped.

    ``settings`` is the file of the dashboard's settings, ``address`` that of the machine itself.
    """
    use_settings(settings)
    from maps.ui import edit, map_frame  # noqa: PLC0415

    @asynccontextmanager
    async def made_ready(_: st.App) -> AsyncIterator[None]:
        map_frame.register_frame()
        ready()
        yield

    os.environ[edit.FOLDER_VARIABLE] = str(folder)
    closed = Middleware(Closed, private=True, uploads=True)
    config = {"address": address, "port": port, "maxUploadSize": _LARGEST_UPLOAD_MB}
    _serve(edit.APP, made_ready, closed, config)


def _serve(
    app: Path,
    made_ready: Callable[[st.App], AbstractAsyncContextManager[None]],
    closed: Middleware,
    settings: Mapping[str, object],
    routes: Sequence[Route] = (),
) -> None:
    # Whichever signal ends this process, its files are taken away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for name in ("SIGHUP", "SIGQUIT"):
        other = getattr(signal, name, None)
        if other is not None and signal.getsignal(other) is not signal.SIG_IGN:
            signal.signal(other, lambda *_: signal.raise_signal(signal.SIGTERM))
    sys.argv = [str(app)]  # whose folder Streamlit puts on the path of modules
    middleware = [closed, Middleware(InTurn)]
    server = st.App(app, lifespan=made_ready, routes=routes, middleware=middleware)
    server.run(config={f"server.{name}": value for name, value in settings.items()})


def use_settings(file: Path) -> None:
    """Have one file say everything, not one of the user or of the folder we are started from."""

    def files(file_name: str) -> list[str]:
        return [str(file)] if file_name == file.name else []

    config.get_config_files = files
