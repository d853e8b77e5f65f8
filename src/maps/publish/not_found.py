"""The page for an address that leads nowhere; servers show it at any depth."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from maps.cards.markup import element
from maps.publish.edition import Edition
from maps.publish.shell import Page, site_styles

_SCRIPT = Path(__file__).parent / "assets" / "not_found.js"
_FOLDERS = ("assets", "data", "events", "pictures", "stories")


def not_found(edition: Edition) -> Page:
    """Make the page, with ways on that hold wherever it is shown.

    With an address its links start at the root of the host. Without one it holds its
    own style, and a script looks for the top of the site; the policy allows no other.
    """
    spoken = edition.spoken
    title, line = spoken.t("site.not_found"), spoken.t("site.not_found_line")
    without = None if edition.address else element("p", spoken.t("site.not_found_no_script"))
    body = element(
        "main",
        element("h1", title),
        element("p", line, class_="ms-lead"),
        element("noscript", without) if without else None,
    )
    if edition.address:
        return Page("404.html", title, line, body, root="/" + edition.address.split("/", 3)[3])
    script = _script(f"assets/{edition.assets['icon.svg']}", edition.languages.values())
    return Page("404.html", title, line, body, root="", style=site_styles(), script=script)


def _script(icon: str, languages: Iterable[str]) -> str:
    folders = [*_FOLDERS, *(folder.rstrip("/") for folder in languages if folder)]
    text = _SCRIPT.read_text(encoding="utf-8")
    return text.replace("ICON", icon, 1).replace("FOLDERS", json.dumps(folders), 1)
