"""The frame of every page that is written to a file: its content security policy.

Its head is ``assets/shell.html``, which the templates of the pages extend.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable


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
