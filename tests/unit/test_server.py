"""`maps serve` as a process: ready when it answers, closed, deaf to foreign settings."""

import gzip
import http.client
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from browser.server import answering, free_port
from maps.cli import main
from maps.ui.server import Closed
from unit.processes import environment

# Runs in the server before anything else: notes what would leave the machine, and what is frozen.
TRAP = """
import gc, pathlib, socket
found = pathlib.Path(__file__).parent
own, connect, freeze = socket.getaddrinfo, socket.socket.connect, gc.freeze

def note(name, what):
    with (found / name).open("a") as file:
        print(what, file=file)

def getaddrinfo(host, *rest, **more):
    if host not in ("127.0.0.1", "0.0.0.0"):
        note("asked", host)
        raise socket.gaierror(host)
    return own(host, *rest, **more)

def connect_(self, address):
    if self.type == socket.SOCK_STREAM:
        note("asked", address)
        raise OSError(address)
    return connect(self, address)

socket.getaddrinfo, socket.socket.connect = getaddrinfo, connect_
gc.freeze = lambda: (freeze(), note("frozen", gc.get_freeze_count()))
"""
FOREIGN = """
[server]
baseUrlPath = "other"
enableXsrfProtection = false
corsAllowedOrigins = ["http://evil.example"]
[client]
showErrorDetails = "full"
[theme]
base = "dark"
"""
LEFT = ".maps-served.left.{}.part"


@dataclass(frozen=True)
class Served:
    """A server among traps, and what was in its folder when it first answered."""

    port: int
    folder: Path
    at_first: frozenset[str]

    @property
    def said(self):
        return (self.folder / f"server-{self.port}.log").read_text()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), b""
        if answer.status != http.client.SWITCHING_PROTOCOLS:
            found = (*found[:2], answer.read())
        connection.close()
        return found

    def connect(self, **headers):
        """Ask for the connection of a page; give the status of the answer."""
        wanted = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        return self.ask("GET", "/_stcore/stream", **wanted, **headers)[0]


def dead_process():
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


def prepared(folder):
    """Lay the traps; give the variables of a server among them."""
    for name in ("here", "home", "tmp", "trap"):
        (folder / name).mkdir()
    for name, text in (("here", FOREIGN), ("home", "[server")):
        (folder / name / ".streamlit").mkdir()
        (folder / name / ".streamlit" / "config.toml").write_text(text)
    (folder / "trap" / "sitecustomize.py").write_text(TRAP)
    (folder / "tmp" / LEFT.format(dead_process())).mkdir()
    return environment(
        PYTHONPATH=os.pathsep.join([str(folder / "trap"), environment()["PYTHONPATH"]]),
        HOME=str(folder / "home"),
        TMPDIR=str(folder / "tmp"),
        STREAMLIT_SERVER_BASE_URL_PATH="another",
        STREAMLIT_SERVER_PORT="1",
    )


@pytest.fixture(scope="module")
def server(two_islands, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    variables = prepared(folder)
    port = free_port()
    words = [sys.executable, "-m", "maps", "serve", "--port", str(port)]
    words += ["--atlas", str(two_islands)]
    with answering(words, port, folder / "here", variables):
        at_first = {str(path.relative_to(folder)) for path in folder.rglob("*")}
        yield Served(port, folder / "here", frozenset(at_first))


def map_data(server):
    [file] = (server.folder.parent / "tmp").glob(".maps-served.*/*/data.json")
    return file


def test_the_map_is_ready_and_its_memory_frozen_before_the_server_is_healthy(server):
    assert any(name.endswith("/data.json") for name in server.at_first)
    assert "trap/frozen" in server.at_first


def test_the_frame_of_the_map_is_served(server):
    assert server.ask("GET", "/component/streamlit_folium.st_folium/index.html")[0] == 200


def test_what_a_killed_server_left_is_cleared_at_the_next_start(server):
    assert not any(".maps-served.left." in name for name in server.at_first)


def test_one_line_says_who_can_open_the_page(server):
    assert server.said == (
        f"Dashboard: http://127.0.0.1:{server.port} (only this machine can open it)\n"
    )


def test_the_files_of_the_map_are_served_compressed(server):
    file = map_data(server)
    path = f"/component/maps.ui.map_frame.{file.parent.name}"
    for name in ("data.json", "atlas.js", "leaflet.js", "atlas.css"):
        status, headers, body = server.ask("GET", f"{path}/{name}", Accept_Encoding="gzip")
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert gzip.decompress(body) == (file.parent / name).read_bytes()


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/_stcore/upload_file/a/b", "/_stcore//upload_file/a/b"])
def test_nobody_can_upload(server, method, path):
    token = server.ask("GET", "/_stcore/health")[1].get("set-cookie", "").partition(";")[0]
    headers = {"Cookie": token, "X-Xsrftoken": token.partition("=")[2]}
    status, _, body = server.ask(method, path, b"x" * 1000, **headers)
    assert status in (403, 404, 405)
    if "//" not in path:
        assert (status, body) == (403, b"This page takes no files.")


ORIGINS = [
    "http://evil.example",
    "https://[::1",
    "null",
    "",
    "http://192.0.2.1",
    "http://localhost",
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_of_another_origin_gets_no_connection_and_no_address_is_looked_up(server, origin):
    assert server.connect(Origin=origin) == 403
    assert server.connect(Origin=origin, Host="evil.example") == 403
    assert server.ask("GET", "/_stcore/health", Origin=origin)[0] == 200
    assert not (server.folder.parent / "trap" / "asked").exists()


def test_our_own_page_gets_its_connection(server):
    assert server.connect(Origin=f"http://127.0.0.1:{server.port}") == 101


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.1", "[::1", ""]
)
def test_a_name_made_to_lead_to_this_machine_opens_nothing(server, host):
    named = f"{host}:{server.port}"
    assert server.ask("GET", "/", Host=named)[0] == 403
    assert server.connect(Origin=f"http://{named}", Host=named) == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_this_machine_is_called_by_its_own_names(server, host):
    named = f"{host}:{server.port}"
    assert server.ask("GET", "/", Host=named)[0] == 200
    assert server.connect(Origin=f"http://{named}", Host=named) == 101


def test_settings_come_from_our_own_file_alone(tmp_path):
    variables = prepared(tmp_path)
    code = """
import json
from maps.cli import serve
from maps.ui import server
server.use_settings(serve.app_file().parent / ".streamlit" / "config.toml")
from streamlit import config
names = ("server.baseUrlPath", "server.enableXsrfProtection", "server.corsAllowedOrigins",
         "client.showErrorDetails", "theme.light.backgroundColor",
         "server.maxUploadSize")
print(json.dumps([config.get_option(name) for name in names]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        cwd=tmp_path / "here",
        env=variables,
    )
    assert json.loads(done.stdout) == ["", True, [], "none", "#f6f1e7", 1]
    assert done.stderr == b""


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGQUIT])
def test_a_server_for_the_whole_network_says_so_asks_nobody_and_stops_in_order(
    two_islands, tmp_path, number
):
    variables = prepared(tmp_path)
    words = ["--host", "0.0.0.0", "--port", str(free_port()), "--atlas", str(two_islands)]
    with subprocess.Popen(
        [sys.executable, "-m", "maps", "serve", *words],
        cwd=tmp_path / "here",
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert "everyone on the network can open it" in process.stdout.readline()
        process.send_signal(number)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert not (tmp_path / "trap" / "asked").exists()
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("origin", "host", "answered"),
    [
        ("https://maps.example.org", "maps.example.org", True),
        ("https://maps.example.org", "127.0.0.1:8501", True),  # as nginx passes it by default
        ("https://evil.example", "maps.example.org", False),
        ("http://maps.example.org", "127.0.0.1:8501", False),
        ("https://evil.example", "evil.example", False),
    ],
)
def test_behind_a_proxy_one_other_origin_is_ours(origin, host, answered):
    passed = []

    async def page(*asked):
        passed.append(asked)

    async def nothing(*_):
        return {}

    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    closed = Closed(page, private=True, origin="https://maps.example.org")
    with pytest.raises(StopIteration):  # it waits for nothing; a loop may be running here
        closed(scope, nothing, nothing).send(None)
    assert bool(passed) == answered


@pytest.mark.parametrize("text", ["maps.example.org", "ftp://x", "https://[::1", "https://me:p@x"])
def test_what_is_no_origin_is_a_command_not_understood(text, capsys):
    assert main(["serve", "--origin", text]) == 2
    assert capsys.readouterr().err.count("\n") == 1
