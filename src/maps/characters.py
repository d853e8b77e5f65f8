"""Characters nobody sees, and how a text that may hold some is put on a terminal.

They clear a screen, turn the order of a line round or make two names look alike.
Scripts that join letters by an invisible sign keep it where it joins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

# Of Unicode's categories Cc, Cf, Zl, Zp and Cs those that cannot be seen, and the
# letters and marks that are drawn as nothing. Tab, line feed and return are not
# among them: texts of several lines need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"  # zero width non-joiner and joiner
_MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
_BREAK = "\u200b"  # zero width space
# The first words of the names of letters that joiners stand between, and of
# those whose words are parted by nothing but a place to break the line.
_JOINING = re.compile(
    "ARABIC|SYRIAC|NKO|MANDAIC|MONGOLIAN|DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU"
    "|KANNADA|MALAYALAM|SINHALA|TIBETAN|MYANMAR|KHMER|BALINESE|JAVANESE"
)
_UNPARTED = re.compile("THAI|LAO|KHMER|MYANMAR|TIBETAN|JAVANESE")
_ALIASES = {
    0x00: "NULL", 0x07: "BELL", 0x08: "BACKSPACE", 0x1B: "ESCAPE", 0x7F: "DELETE",
    0x85: "NEXT LINE", 0x9B: "CONTROL SEQUENCE INTRODUCER",
}  # fmt: skip
_LINES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def unseen(text: str) -> Iterator[str]:
    """Give each character of a text that is not seen and that no script needs there."""
    return (found[0] for found in _UNSEEN.finditer(text) if not _is_needed(text, found.start()))


def said(character: str) -> str:
    """Name a character: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    code = ord(character)
    kind = "a lone surrogate" if 0xD800 <= code <= 0xDFFF else "a control character"
    return f"U+{code:04X} {unicodedata.name(character, '') or _ALIASES.get(code, kind)}"


def escaped(character: str) -> str:
    r"""Write a character as Python does: ``\x1b``, ``\u202e``."""
    return ascii(character)[1:-1]


def escaped_in_json(character: str) -> str:
    r"""Write a character as JSON does: ``\u001b``, ``\u202e``."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def visible(text: str, escape: Callable[[str], str] = escaped) -> str:
    """Write the unseen characters of a text as escapes; tabs and ends of lines are left."""

    def written(found: re.Match[str]) -> str:
        return found[0] if _is_needed(text, found.start()) else escape(found[0])

    return _UNSEEN.sub(written, text)


def in_line(text: str, longest: int | None = None) -> str:
    r"""Put a text on one line: nothing unseen, ``\n`` for its ends of lines, cut in the middle.

    ``longest`` is how many characters may be left, of which one is the ``…``; None cuts nothing.
    """
    if longest and len(text) > longest:
        tail = longest // 3
        text = f"{text[: longest - tail - 1]}…{text[-tail:]}"
    return visible(text).translate(_LINES)


def text_of_lines(lines: Iterable[str]) -> str:
    """Join lines; an end of a line inside one, as in a title, makes no line of its own."""
    return "\n".join(map(in_line, lines))


def _is_needed(text: str, at: int) -> bool:
    sign, beside = text[at], (text[max(0, at - 1) : at], text[at + 1 : at + 2])
    if sign in _MARKS_OF_DIRECTION:
        return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    if sign not in (*_JOINERS, _BREAK) or not all(beside):
        return False  # a joiner at the end of a word joins nothing
    scripts = _UNPARTED if sign == _BREAK else _JOINING
    if all(scripts.fullmatch(_script(letter)) for letter in beside):
        return True
    # Two emoji are one picture, the first perhaps with a selector or tone.
    before, after = map(unicodedata.category, beside)
    is_first = beside[0] == "\ufe0f" or before in ("So", "Sk")
    return sign == _JOINERS[1] and is_first and after == "So"


def _script(letter: str) -> str:
    """Give the first word of the name of a letter or mark; empty for another sign."""
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    return unicodedata.name(letter, "").partition(" ")[0]
