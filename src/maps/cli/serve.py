"""The dashboard as a server on this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from typer import Exit, Option

from maps.atlas.load import default_atlas_folder, is_address
from maps.cli.options import AtlasPlace, atlas_in, put_out, typed
from maps.errors import AssetMissing, OutputLost, PortTaken

ATLAS_VARIABLE = "MAPS_ATLAS"  # app.py reads the atlas folder or address from it
SITE_VARIABLE = "MAPS_SITE"  # and from this where the atlas is published


def app_file() -> Path:
    """Find app.py: beside the package in a wheel, at the root of a checkout.

    Raises
    ------
    AssetMissing
        The installation lacks it.
    """
    package = Path(__file__).resolve().parents[1]
    for candidate in (package / "app.py", package.parent.parent / "app.py"):
        if candidate.is_file():
            return candidate
    raise AssetMissing("app.py is not installed beside the package; install it again")


def free_address(host: str, port: int) -> str:
    """Give the address of a host in numbers, IPv4 if it has one; a server can listen there.

    Raises
    ------
    PortTaken
        Something else listens already, or the address is not of this machine.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        with socket.socket(family, kind) as probe:
            if os.name == "posix":  # elsewhere the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, ValueError) as error:  # a ValueError is of a host that can be no name
        reason = getattr(error, "strerror", None) or "not possible"
        raise PortTaken(
            f"cannot listen on {host} port {port} ({reason}); name another with --port or --host"
        ) from None
    return str(address[0])


def who_can_open(address: str, port: int) -> str:
    """Say in one line where the dashboard is and who reaches it there."""
    listening = ip_address(address.partition("%")[0])
    if listening.is_loopback:
        return f"Dashboard: {_url(address, port)} (only this machine can open it)"
    shown = _own_address(listening.version) if listening.is_unspecified else address
    return f"Dashboard: {_url(shown, port)} (everyone on the network can open it)"


def checked_origin(text: str) -> str:
    """Give an origin without a slash at its end.

    Raises
    ------
    ValueError
        It is no ``https://host`` or ``http://host:port``.
    """
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
        raise ValueError(f"{text!r} is no origin; write https://maps.example.org")
    return f"{parts.scheme}://{parts.netloc}" if text else ""


def _own_address(version: int) -> str:
    """Give the address other machines know this one by; nothing is sent to find it."""
    family, far = (socket.AF_INET, "192.0.2.1") if version == 4 else (socket.AF_INET6, "2001:db8::")
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))  # RFC 5737 and 3849: nobody's; datagrams need no answer
            return str(probe.getsockname()[0])
    except OSError:
        return "127.0.0.1" if version == 4 else "::1"  # this machine is on no network


def _url(address: str, port: int) -> str:
    return f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"


def serve(
    atlas: AtlasPlace = None,
    host: Annotated[str, Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    origin: Annotated[
        str, Option(metavar="URL", help="Where readers open it, if behind a proxy.")
    ] = "",
    site: Annotated[
        str, Option(metavar="URL", help="Where `maps publish` has put it, for embed codes.")
    ] = "",
) -> None:
    """Open the dashboard in a server on this machine."""
    from maps.publish.edition import checked_address  # noqa: PLC0415  not for other commands

    origin = typed(checked_origin, "--origin", origin)
    atlas_in(atlas, "en")
    address = free_address(host, port)
    place = atlas or str(default_atlas_folder())
    place = place if is_address(place) else str(Path(place).resolve())
    _forget_settings_of_others()
    os.environ[ATLAS_VARIABLE] = place
    os.environ[SITE_VARIABLE] = checked_address(site)
    # Only now: Streamlit reads the environment when it is imported, and takes 0.3 s.
    from maps.ui import server  # noqa: PLC0415

    def ready() -> None:
        with suppress(OutputLost, Exit):  # the page is served, whoever listens here
            put_out(who_can_open(address, port))

    server.run(app_file(), place, address, port, origin=origin, ready=ready)


def edit(folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the workbench of an atlas folder to this machine until stopped."""
    address = free_address("127.0.0.1", port)
    _forget_settings_of_others()
    from maps.ui import server  # noqa: PLC0415

    settings = app_file().parent / ".streamlit" / "config.toml"
    line = f"Workbench: {_url(address, port)} (only this machine can open it)"
    server.run_workbench(settings, folder.resolve(), address, port, ready=lambda: say(line))


def _forget_settings_of_others() -> None:
    """Leave aside what Streamlit would take from the environment: it is for other programs."""
    for name in [name for name in os.environ if name.startswith("STREAMLIT_")]:
        del os.environ[name]
