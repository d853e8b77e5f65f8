"""Bytes to text, and text without what nobody sees."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from maps.characters import in_line, visible
from maps.errors import ImportRefused, Problem

_MARKS = {  # the longer first: that of UTF-32 begins as that of UTF-16 does
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What the programs of many offices wrote, asked beside what the library makes of the bytes.
_USUAL = ("cp1252", "cp1251", "cp1250", "cp1254")
_WIDE = ("utf-16-le", "utf-16-be")
_OFFERED = 6
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # of a number format: shown as it is


def refused(path: Path, rule: str, message: str, line: int | None = None) -> ImportRefused:
    """Make the error of a file that cannot be used as a whole."""
    return ImportRefused([Problem(path.name, line, "", "", rule, message)])


def kind_of(path: Path, kinds: Collection[str], otherwise: str) -> str:
    """Give the ending of a file in lower case, where it is there and one of those.

    Raises
    ------
    ImportRefused
        It is missing, or of another kind; ``otherwise`` says what would do then.
    """
    kind = path.suffix.lower()
    if kind not in kinds:
        raise refused(path, "kind-unknown", otherwise)
    if not path.is_file():
        raise refused(path, "file-missing", "is missing; correct the path")
    return kind


def decoded(path: Path, content: bytes, encoding: str = "") -> str:
    """Read bytes as UTF-8, as their mark says, or as ``encoding``; nothing is guessed.

    Raises
    ------
    ImportRefused
        They are something else: told with how a line of them would read as what.
    """
    if content.startswith(b"version https://git-lfs"):
        message = "is a Git LFS pointer, not the file itself; fetch it with git lfs pull"
        raise refused(path, "lfs-pointer", message)
    if content.startswith(b"PK\x03\x04"):
        message = "is a workbook or an archive, no text; call it .xlsx if it is a workbook"
        raise refused(path, "syntax", message)
    mark = next((name for bytes_, name in _MARKS.items() if content.startswith(bytes_)), "")
    name = encoding or mark or "utf-8"
    if b"\0" in content and name == "utf-8":
        raise refused(path, "encoding", f"is not UTF-8 (it holds bytes of 0); {offered(content)}")
    try:
        return codecs.decode(content, name).removeprefix("\ufeff")
    except LookupError:
        message = f"'{encoding}' is no encoding; write utf-8, cp1252, cp1251, shift_jis …"
        raise refused(path, "encoding", message) from None
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, at) + 1
        message = f"is not {encoding or 'UTF-8'} (line {line}); {offered(content)}"
        raise refused(path, "encoding", message) from None


def parsed_json(path: Path, text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Read a text as JSON.

    Raises
    ------
    ImportRefused
        It is none.
    """
    try:
        return json.loads(text)
    except ValueError as error:
        raise refused(path, "syntax", f"is not JSON ({error})") from None


def offered(content: bytes) -> str:
    """Say how bytes would read in the encodings that are likely, and how to name one."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for what is not UTF-8

    wide = _WIDE if b"\0" in content else ()
    telling = next((line for line in content.splitlines() if not line.isascii()), content)
    first = next((n for n, byte in enumerate(telling) if byte > 0x7F), 0)
    likely = [match.encoding for match in from_bytes(content)][: _OFFERED - len(_USUAL)]
    samples: dict[str, str] = {}
    for name in wide or (*_USUAL, *likely):
        try:
            text = content.decode(name)
            near = telling[max(0, first - 10) : first + 20].decode(name, "ignore")
        except UnicodeError:
            continue
        words = (text[:30] if wide else near).strip()
        if text.isprintable() or "\n" in text:
            samples.setdefault(words, name)
    shown = ", ".join(f"'{in_line(words)}' as {name}" for words, name in samples.items())
    return f"{f'it reads {shown}; ' if shown else ''}say which: --encoding NAME"


def clean(text: str) -> str:
    """Compose letters with their marks, drop what is not seen and the space around."""
    return visible(unicodedata.normalize("NFC", text), lambda _: "").strip()


def alike(text: str) -> str:
    """Give what two spellings of one name share: case, spaces and forms of letters fall away."""
    return " ".join(unicodedata.normalize("NFKC", visible(text, lambda _: "")).casefold().split())


def some_of(said: Sequence[object], most: int) -> str:
    """Name the first of several things, and how many more there are."""
    more = f" and {len(said) - most} more" if len(said) > most else ""
    return ", ".join(map(str, said[:most])) + more


def plain_digits(text: str) -> str:
    """Write the decimal digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in text
    )


def cell_text(value: object, shown_as: str = "") -> str:
    """Write a cell as it is shown: days as precise as that, whole numbers without a point.

    ``shown_as`` is its number format: of ``yyyy`` the year is left, of ``mmm yyyy`` the month,
    and ``0000`` keeps four digits.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        letters = _QUOTED.sub("", shown_as.partition(";")[0]).lower()
        if "d" in letters or "y" not in letters:
            return day.isoformat()
        return day.isoformat()[: 7 if "m" in letters else 4]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and re.fullmatch(r"0+", shown_as):
        return f"{value:0{len(shown_as) + (value < 0)}d}"
    return str(value).strip()
