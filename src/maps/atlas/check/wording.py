"""Loaded words: what is ours in a text, and which words of it take a side.

A word that takes a side may stand in a quotation, whose marks say that it is
somebody else's. The words are those of the atlas's ``[loaded_words]``, given by
their beginnings; the rule of `maps check` is in `maps.atlas.check.neutrality`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What opens a quotation, and what may close it. The single marks are also
# apostrophes: see _OPENING and _closing.
_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’"}
_OPENING = re.compile(r"[\"“„«]|(?<!\w)‘(?=\S)")
_CUT = '""'  # stands where a quotation was, so that its neighbours do not become one word


def loaded_words_in(text: str, beginnings: Iterable[str]) -> tuple[str, ...]:
    """List the loaded words in our own voice, folded, in order, each once.

    Words are compared without regard to case; spaces and hyphens between the
    words of a beginning may be of any kind and number.
    """
    pattern = _pattern(tuple(beginnings))
    ours = without_quotations(folded(text))
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in pattern.finditer(ours)))


def without_quotations(text: str) -> str:
    """Take the quotations out of a text; one that is never closed is left in, all of it."""
    ours: list[str] = []
    at = 0
    while opening := _OPENING.search(text, at):
        end = _closing(text, opening.end(), _MARKS[opening[0]])
        if end is None:
            break
        ours += [text[at : opening.start()], _CUT]
        at = end
    return "".join([*ours, text[at:]])


def folded(text: str) -> str:
    """Make texts comparable that differ in case, accents of stress or invisible signs.

    The four letters I of Azerbaijani become one: which of them is the capital of
    which depends on the language, and Unicode folds them without knowing it.
    """
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFKC", plain)
    seen = (sign for sign in composed if unicodedata.category(sign) not in ("Mn", "Cf"))
    return "".join(seen).replace("ı", "i")


def _closing(text: str, start: int, marks: str) -> int | None:
    """Find where a quotation ends; an apostrophe inside a word ends none."""
    for at in range(start, len(text)):
        if text[at] in marks and not (text[at] == "’" and text[at + 1 : at + 2].isalpha()):
            return at + 1
    return None


@lru_cache(maxsize=64)
def _pattern(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    """Match words by their beginnings, to the end of the word."""
    wanted = sorted((folded(beginning) for beginning in beginnings), key=len, reverse=True)
    choices = "|".join(map(_loosely, wanted))
    # Digits and underscores are no letters: "1991_occupied" begins a word too.
    return re.compile(rf"(?<![^\W\d_])(?:{choices})\w*")


def _loosely(beginning: str) -> str:
    """Let a space be any spaces or hyphens, a hyphen any hyphen."""
    parts: list[str] = []
    for part in re.split(r"([\s‐-]+)", beginning.strip()):
        if part.isspace():
            parts.append(r"[\s‐–-]+")
        else:
            parts.append(r"[‐–-]".join(map(re.escape, re.split("[‐-]", part))))
    return "".join(parts)
