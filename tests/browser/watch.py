"""What a page must not do: say an error, raise one, or ask anyone but its own server."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Route, WebError, WebSocket

LOCAL_HOSTS = {"127.0.0.1", "localhost"}
LOCAL_SCHEMES = {"data", "blob", "file", "about"}


def is_local(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


class Watch:
    """Blocks and keeps what a browser context does wrong; `faults` is empty at best."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._found: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self.messages = 0  # websocket frames, both ways
        context.route("**/*", self._gate)
        context.on("console", self._console)
        context.on("weberror", self._raised)
        context.on("page", self._page)

    def expect(self, pattern: str) -> None:
        """Take faults that match as wanted: a test that breaks something on purpose."""
        self._expected.append(re.compile(pattern))

    @property
    def faults(self) -> list[str]:
        return [f for f in self._found if not any(e.search(f) for e in self._expected)]

    def _gate(self, route: Route) -> None:
        if is_local(route.request.url):
            route.continue_()
        else:
            self._found.append(f"external request: {route.request.url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._found.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _raised(self, error: WebError) -> None:
        self._found.append(f"page error: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        if not is_local(socket.url):
            self._found.append(f"external request: {socket.url}")
        socket.on("framesent", self._count)
        socket.on("framereceived", self._count)

    def _count(self, _: object) -> None:
        self.messages += 1
