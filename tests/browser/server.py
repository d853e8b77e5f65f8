"""A Streamlit page as a process of its own, on a free port, ready when it answers; plain files."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

READY_WITHIN_S = 180


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(
    folder: Path, atlas: Path | None = None, python: str | Path = sys.executable
) -> Iterator[str]:
    """Run `maps serve` on an atlas, the shipped one by default, and give the address.

    ``folder`` is the working folder and never the checkout: the dashboard has to
    find its own files from anywhere.
    """
    port = free_port()
    words = [str(python), "-m", "maps", "serve", "--port", str(port)]
    words += ["--atlas", str(atlas)] if atlas else []
    with answering(words, port, folder) as address:
        yield address


@contextmanager
def answering(
    words: list[str],
    port: int,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    path: str = "",
) -> Iterator[str]:
    """Run a server in ``folder`` until the block ends; its output is kept there.

    ``path`` is where the page lies on it, with a slash before.
    """
    log_file = folder / f"server-{port}.log"
    environment = {**os.environ, **(variables or {})}
    with log_file.open("w") as log:
        process = subprocess.Popen(
            words, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}{path}/_stcore/health", log_file)
            yield f"http://127.0.0.1:{port}{path}"
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:  # a machine with no time for it
                process.kill()


def _wait(process: subprocess.Popen, address: str, log_file: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log_file.read_text()}")
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer: {log_file.read_text()}")


class Plain(SimpleHTTPRequestHandler):
    """Files, and the site's own page for all else, as hosts of static sites give it."""

    def send_error(self, code, message=None, explain=None):
        missing = Path(self.directory) / "isles" / "404.html"
        if code != 404 or not missing.is_file():
            super().send_error(code, message, explain)
            return
        content = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve the files of a folder and give the address of the site ``isles`` in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/isles"
    finally:
        server.shutdown()
        server.server_close()
