"""Files of the map document, Leaflet's from its package, and what a page allows to run.

The head of every page that is written to a file is ``assets/shell.html``, which the templates
of the pages extend.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
COLOUR_STYLES = ASSETS / "colours.css"  # of page, cards and map
CARD_STYLES = ASSETS / "cards.css"  # of the cards, in the dashboard and in a published site
ICON = ASSETS / "icon.svg"  # of the page
# In their order: each file uses only what stands before it; boot.js goes first, alone.
SCRIPTS = tuple((ASSETS / "scripts.txt").read_text(encoding="utf-8").split())


@cache
def boot_script() -> str:
    """Give the script that reports what fails to load."""
    return _texts(ASSETS / "boot.js")


@cache
def atlas_script() -> str:
    """Give all other scripts of the map as one."""
    return "\n".join(_texts(ASSETS / name) for name in SCRIPTS)


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
    return _texts(leaflet_folder() / "leaflet.js").split("//# sourceMappingURL")[0]


@cache
def leaflet_styles() -> str:
    """Give Leaflet's style sheet without its pictures, which this map does not use."""
    lines = _texts(leaflet_folder() / "leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(images/" not in line)


def _texts(*paths: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def leaflet_folder() -> Path:
    """Find the folder of Leaflet's files in the package that carries them."""
    return Path(str(files("js_lib_leaflet"))) / "static" / "js_lib_leaflet"


def policy(*, scripts: str, styles: str, images: str) -> str:
    """Write a content security policy; nothing comes from outside, whatever is allowed.

    No script runs where ``scripts`` is empty.
    """
    allowed = {"script-src": scripts, "style-src": styles, "img-src": images}
    named = "; ".join(f"{kind} {sources}" for kind, sources in allowed.items() if sources)
    return f"default-src 'none'; {named}; base-uri 'none'; form-action 'none'"


def hashes(texts: Iterable[str]) -> str:
    """Name scripts or styles that stand in a page by their digests."""
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
