"""The page behind a proxy, as docs/deploy.md says: below a path, from two processes."""

import gzip
import re
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browser.map_page import map_frame
from browser.server import answering, free_port
from browser.test_exporting import downloaded
from maps.atlas.model import Date
from maps.export import export_bytes
from nginx import MISSING, program

DOCUMENT = Path(__file__).parents[2] / "docs" / "deploy.md"
AROUND = "daemon off; pid nginx.pid; error_log error.log; events {{}} http {{ access_log off; {} }}"


@contextmanager
def behind_nginx(folder: Path, atlas: Path) -> Iterator[str]:
    """Start what the document says, on ports of this machine; gives the address of the page."""
    found = re.search(r"```nginx\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found
    nginx = program()
    assert nginx, MISSING
    ports = {said: free_port() for said in ("8501", "8502")}
    outside = free_port()
    text = found[1].replace("listen 80;", f"listen 127.0.0.1:{outside};")
    for said, port in ports.items():
        assert f"127.0.0.1:{said}" in text
        text = text.replace(f"127.0.0.1:{said}", f"127.0.0.1:{port}")
    text = text.replace("server_name maps.example.org", "server_name 127.0.0.1")
    (folder / "nginx.conf").write_text(AROUND.format(text), "utf-8")
    origin = f"http://127.0.0.1:{outside}"
    with ExitStack() as servers:
        for port in ports.values():
            words = [sys.executable, "-m", "maps", "serve", "--port", str(port)]
            words += ["--atlas", str(atlas), "--origin", origin]
            servers.enter_context(answering(words, port, folder))
        words = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        yield servers.enter_context(answering(words, outside, folder, path="/karabakh"))


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory, two_islands: Path) -> Iterator[str]:
    with behind_nginx(tmp_path_factory.mktemp("nginx"), two_islands) as address:
        yield address


def test_the_page_works_below_a_path_and_gives_files(page: Page, proxied: str, islands_atlas):
    page.goto(f"{proxied}/?day=1950-06-01&mode=control")
    shown = map_frame(page)
    shown.go("1960-03-15")
    page.wait_for_url(f"{proxied}/?day=1960-03-15*")
    page.goto(f"{proxied}/?day=1960-03-15&mode=control&tab=export")
    page.get_by_role("radio", name="Data").click()
    content = downloaded(page, "1960-03-15-control.geojson")
    assert content == export_bytes(islands_atlas, Date(1960, 3, 15), "geojson", mode="control")


def test_what_is_sent_is_compressed(proxied: str):
    asked = urllib.request.Request(f"{proxied}/", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        body = answer.read()
        kind = answer.headers["Content-Encoding"]
    text = gzip.decompress(body) if kind == "gzip" else body
    assert b"Two Isles" in text
    script = re.search(rb'src="\./(static/js/[^"]+)"', text)
    assert script
    address = f"{proxied}/{script[1].decode()}"
    asked = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
