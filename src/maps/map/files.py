"""The files the map document is made of: our own scripts and Leaflet's, from its package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
COLOUR_STYLES = ASSETS / "colours.css"  # of page, cards and map
CARD_STYLES = ASSETS / "cards.css"  # of the cards, in the dashboard and in a published site
ICON = ASSETS / "icon.svg"  # of the page
# Each file uses only what stands before it; boot.js goes first, alone.
SCRIPTS = (
    "calendar.js",
    "time.js",
    "card.js",
    "claims.js",
    "says.js",
    "hover.js",
    "sheets.js",
    "ground.js",
    "labels.js",
    "texture.js",
    "parts.js",
    "outline.js",
    "painter.js",
    "markers.js",
    "legend.js",
    "list.js",
    "gestures.js",
    "surface.js",
    "axis.js",
    "bar.js",
    "pieces.js",
    "place.js",
    "popup.js",
    "touch.js",
    "sync.js",
    "kiosk.js",
    "story.js",
    "start.js",
)


@cache
def boot_script() -> str:
    """Give the script that reports what fails to load."""
    return (ASSETS / "boot.js").read_text(encoding="utf-8")


@cache
def atlas_script() -> str:
    """Give all other scripts of the map as one."""
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)


@cache
def atlas_styles() -> str:
    """Give the style sheet of the map, its colours first."""
    return _texts(COLOUR_STYLES, ASSETS / "atlas.css")


@cache
def card_styles() -> str:
    """Give the style sheet of the cards, their colours first."""
    return _texts(COLOUR_STYLES, CARD_STYLES)


@cache
def leaflet_script() -> str:
    """Give Leaflet 1.9 as its package carries it, without the pointer to its source map."""
    return _leaflet("leaflet.js").split("//# sourceMappingURL")[0]


@cache
def leaflet_styles() -> str:
    """Give Leaflet's style sheet without its pictures, which this map does not use."""
    kept = [line for line in _leaflet("leaflet.css").splitlines() if "url(images/" not in line]
    return "\n".join(kept)


def _texts(*paths: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def leaflet_folder() -> Path:
    """Find the folder of Leaflet's files in the package that carries them."""
    return Path(str(files("js_lib_leaflet"))) / "static" / "js_lib_leaflet"


def _leaflet(name: str) -> str:
    return (leaflet_folder() / name).read_text(encoding="utf-8")
