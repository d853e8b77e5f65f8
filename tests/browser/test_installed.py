"""`pip install .` gives everything: the commands work from any folder, without the checkout."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page

from browser.map_page import map_frame
from browser.server import served

CHECKOUT = Path(__file__).parent.parent.parent
CARRIED = {
    "maps/app.py",
    "maps/.streamlit/config.toml",
    "maps/words/csl/history.csl",
    "maps/words/locale/en.toml",
    "maps/map/assets/boot.js",
    "maps/map/assets/atlas.css",
    "maps/geodata/atlas.toml",
    "maps/geodata/datapackage.json",
    "maps/geodata/events.csv",
    "maps/geodata/text/en.csv",
    "maps/atlas/skeleton/README.md",
    "maps/atlas/skeleton/atlas.toml",
    "maps/atlas/skeleton/example.toml",
    "maps/atlas/skeleton/story.toml",
}


def run(*words: object, **options: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(word) for word in words], check=True, capture_output=True, text=True, **options
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=CHECKOUT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, and of this environment the dependencies only.

    A path in a .pth file is searched, but the .pth files inside it are not read:
    the editable install of the checkout stays out of sight.
    """
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", wheel)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout
    Path(own.strip(), "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_the_wheel_carries_what_runs(wheel: Path):
    names = set(ZipFile(wheel).namelist())
    assert names >= CARRIED
    boundaries = {path.name for path in (CHECKOUT / "geodata" / "boundaries").glob("*.geojson")}
    assert {f"maps/geodata/boundaries/{name}" for name in boundaries} <= names
    assert not [name for name in names if re.search(r"\b(tests?|examples)\b|__pycache__", name)]


def test_the_installed_commands_need_no_checkout(installed_python: Path, tmp_path: Path):
    where = run(installed_python, "-c", "import maps; print(maps.__file__)", cwd=tmp_path).stdout
    assert str(installed_python.parent.parent) in where
    checked = run(installed_python.parent / "maps", "check", cwd=tmp_path).stdout
    assert checked.startswith("No problems")


def test_the_installed_dashboard_opens(page: Page, installed_python: Path, tmp_path: Path):
    with served(tmp_path, python=installed_python) as address:
        page.goto(address)
        shown = map_frame(page)
        assert shown.shown()
        colour = page.evaluate(
            "getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
        )
        assert colour == "rgb(246, 241, 231)", "the theme of .streamlit/config.toml is not in use"
        page.close()  # before the server goes, which it would rightly complain of
