"""The dashboard as a server on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from maps.errors import AssetMissing, PortTaken

ATLAS_VARIABLE = "MAPS_ATLAS"  # app.py reads the atlas folder from it


def app_file() -> Path:
    """Find app.py: beside the package in a wheel, at the root of a checkout.

    Raises
    ------
    AssetMissing
        The installation lacks it.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "app.py", package.parent.parent / "app.py"):
        if candidate.is_file():
            return candidate
    raise AssetMissing("app.py is not installed beside the package; install it again")


def command(app: Path, host: str, port: int) -> list[str]:
    """Give the command that serves the page to this machine and tells nobody of it."""
    return [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app),
        "--server.headless=true",
        "--server.fileWatcherType=none",
        f"--server.address={host}",
        f"--server.port={port}",
        "--browser.gatherUsageStats=false",
    ]


def require_free(host: str, port: int) -> None:
    """Make sure a server can listen there.

    Raises
    ------
    PortTaken
        Something else listens already, or the address is not of this machine.
    """
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # elsewhere the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or "not possible"
        raise PortTaken(
            f"cannot listen on {host} port {port} ({reason}); name another with --port or --host"
        ) from None


def serve(atlas_folder: Path, host: str, port: int) -> int:
    """Serve until stopped; the port must be free and the atlas valid.

    Where the system can, this process becomes the server, so that a signal
    sent to it reaches the server.
    """
    environment = {**os.environ, ATLAS_VARIABLE: str(atlas_folder.resolve())}
    words = command(app_file(), host, port)
    if os.name == "posix":
        os.execve(words[0], words, environment)
    return subprocess.run(words, env=environment, check=False).returncode
