"""The frame of every page that is written to a file: its head and its content security policy.

Pages are laid out in templates, which extend ``assets/shell.html``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from maps.map.files import ASSETS

_INDENT = re.compile(r"\n\s+")
_BREAK = re.compile(r"\n(?!<html|<meta|<title|<link|<style|<script|</head>)")


class _Laid(FileSystemLoader):
    """Reads templates; their line breaks come into a page only before what stands in a head.

    So a template can be laid out, and no blank comes between two elements.
    """

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        text, name, is_fresh = super().get_source(environment, template)
        return _BREAK.sub("", _INDENT.sub("\n", text)), name, is_fresh


def templates(*folders: Path) -> Environment:
    """Open the templates of some folders and the shell; what is filled in is escaped."""
    loader = _Laid([*folders, ASSETS])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)


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
