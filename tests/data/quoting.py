"""Is a quotation literally in the article? Told without keeping the article's text.

The article is under copyright, so only the digests of its runs of words are kept
in `dossier/article.runs`: each run of two and of four words that follow each
other, in lower case and without marks, as eight hexadecimal digits.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RUNS = Path(__file__).parent / "dossier" / "article.runs"
LENGTHS = (2, 4)
_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")


def runs(text: str) -> Iterator[str]:
    """Give the digest of every run of words."""
    words = _WORD.findall(text.casefold())
    for length in LENGTHS:
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            yield hashlib.sha256(run.encode()).hexdigest()[:8]


def is_in_the_article(quote: str) -> bool:
    """Tell whether every run of a quotation, between its omissions, is in the article."""
    return all(run in _kept() for part in _LEFT_OUT.split(quote) for run in runs(part))


@cache
def _kept() -> frozenset[str]:
    return frozenset(RUNS.read_text(encoding="ascii").split())
