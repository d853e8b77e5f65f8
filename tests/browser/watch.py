"""What a page must not do: say an error, raise one, or ask anyone but its own server."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

LOCAL_HOSTS = {"127.0.0.1", "localhost"}
LOCAL_SCHEMES = {"data", "blob", "file", "about"}


def is_local(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOCAL_HOSTS


class Watch:
    """Keeps what a browser context does wrong; `faults` is empty at best.

    Nothing outside is found by name (`LAUNCH_ARGUMENTS`): to hold up each request here
    would turn the browser's cache off.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._found: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._origins: set[str] = set()
        self.messages = 0  # websocket frames, both ways
        context.on("request", self._asked)
        context.on("console", self._console)
        context.on("weberror", self._raised)
        context.on("page", self._page)

    def close(self) -> None:
        """Leave the context as it was: no page, nothing stored; its cache stays."""
        self.context.remove_listener("request", self._asked)
        self.context.remove_listener("console", self._console)
        self.context.remove_listener("weberror", self._raised)
        self.context.remove_listener("page", self._page)
        last = self.context.new_page()
        for page in self.context.pages:
            if page != last:
                page.close()
        browser = self.context.new_cdp_session(last)
        for origin in self._origins:
            browser.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        last.close()
        self.context.clear_permissions()

    def expect(self, pattern: str) -> None:
        """Take faults that match as wanted: a test that breaks something on purpose."""
        self._expected.append(re.compile(pattern))

    @property
    def faults(self) -> list[str]:
        return [f for f in self._found if not any(e.search(f) for e in self._expected)]

    def _asked(self, request: Request) -> None:
        if not is_local(request.url):
            self._found.append(f"external request: {request.url}")
        elif request.is_navigation_request():
            parts = urlsplit(request.url)
            self._origins.add(f"{parts.scheme}://{parts.netloc}")

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
