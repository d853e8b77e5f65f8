"""Eras, signs of years and the Julian calendar, to the years and days that EDTF counts.

For the patterns of dates an era becomes ``bce`` or ``ce`` behind its year, and the sign of a
year before the year 1 a minus (U+2212), which no dash between two dates is.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from maps.atlas.dates import first_and_last
from maps.atlas.eras import era_marks, letters_of
from maps.atlas.model import Date

MINUS = "−"
ERA_AT_END = re.compile(r" (b?ce)$")
SAID = tomllib.loads((Path(__file__).parent / "date_words.toml").read_text("utf-8"))


def any_of(kind: str) -> str:
    """Give the pattern of the words of a kind, in any language."""
    return f"(?:{'|'.join(SAID['words'][kind])})"


_YEAR_AND_ERA = re.compile(r"(?<![\d−])(?:(\d{4})(-\d\d-\d\d)|(\d{1,5})) (b?ce)\b")
_ERA_FIRST = re.compile(r"(?<!\d )\b(b?ce) (\d{1,4})(?!\d)")
_SIGN_AFTER_WORD = re.compile(rf"((?:[~≈]|\b{any_of('before_a_sign')}\s)\s?)-(?=\d)")
_DAY = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
_MONTH_OR_YEAR = re.compile(r"(-?\d{4})(?:-(\d\d))?")


def _style(kind: str) -> re.Pattern[str]:
    """Give what is said of a calendar behind a date or in front of it, in brackets or not."""
    free = rf"(?<![^\W\d_])(?:in (?:the )?|im |nach )?{any_of(kind)}(?![^\W\d_])"
    return re.compile(rf"\s*[(\[]\s*(?:{free})\s*[)\]]|[,\s]*{free}[,:]?\s*")


_OLD_STYLE, _NEW_STYLE = _style("old_style"), _style("new_style")


def with_eras(text: str) -> str:
    """Write the eras of a text in lower case as bce and ce, each behind its year."""
    if not re.search(r"[^\W\d]", text):
        return text
    for pattern, era in zip(_era_patterns(), (" bce ", " ce "), strict=True):
        text = " ".join(pattern.sub(era, text).split())
    return re.sub(r"\b(b?ce) ?[-–] ?", r"\1 – ", _ERA_FIRST.sub(r"\2 \1", text))


@cache
def _era_patterns() -> tuple[re.Pattern[str], ...]:
    patterns = []
    others = SAID["eras"]["before"], SAID["eras"]["since"]
    for marks, more in zip(era_marks(("en", *SAID["languages"].split())), others, strict=True):
        words = {letters_of(mark) for mark in (*marks, *more)}
        # Two letters need a point between them to be apart: "a. C.", not "a c".
        written = [
            (r"[. -]*" if len(word) > 2 else r"(?:\. ?)?").join(word)
            for word in sorted(words, key=lambda word: (-len(word), word))
        ]
        patterns.append(re.compile(rf"(?<![^\W\d_])(?:{'|'.join(written)})(?![^\W\d_])\.?"))
    return tuple(patterns)


def signed(text: str) -> str:
    """Tell the sign of a year from a dash, and write the year with four digits."""
    text = re.sub(r"^(\[?)[-–](?=\d)", rf"\1{MINUS}", text)
    if text.startswith(MINUS):  # then others have signs as well, and are years
        text = re.sub(r"([–/-] ?)-(?=\d)", rf"\1{MINUS}", text)
        text = re.sub(r"(?<=[\s/–])(\d{1,3})$", lambda year: year[1].zfill(4), text)
    text = re.sub(r"(?<=[^\W\d]) -(?=\d{1,4}$)", f" {MINUS}", text)  # 15 March -44
    text = _SIGN_AFTER_WORD.sub(rf"\1{MINUS}", text)
    text = re.sub(r"(?<=\d)--(?=\d)", "–", text)
    return re.sub(rf"{MINUS}(\d{{1,3}})(?!\d)", lambda y: MINUS + y[1].zfill(4), text)


def counted(text: str) -> str:
    """Write years with an era by the astronomical count: 1 bce is the year 0."""

    def astronomical(found: re.Match[str]) -> str:
        said, rest = int(found[1] or found[3]), found[2] or ""
        year = said if found[4] == "ce" else 1 - said
        return f"{MINUS if year < 0 else ''}{abs(year):04}{rest}" if said else found[0]

    return _YEAR_AND_ERA.sub(astronomical, text)


def plain(text: str) -> str:
    """Write the sign of a year as EDTF does."""
    return text.replace(MINUS, "-")


def told_with_era(edtf: str) -> str:
    """Add to one date before the year 1 how people count its year."""
    found = re.fullmatch(r"(-\d{4}|0000)(?:-\d\d){0,2}[?~%]?", edtf)
    return f"{edtf} ({1 - int(found[1])} BCE)" if found else edtf


def without_style(text: str) -> tuple[str, bool, bool]:
    """Give a date without what is said of its calendar, and whether that was the old, the new."""
    rest = _NEW_STYLE.sub(" ", _OLD_STYLE.sub(" ", text)).strip()
    return rest, bool(_OLD_STYLE.search(text)), bool(_NEW_STYLE.search(text))


def gregorian(year: int, month: int, day: int) -> Date:
    """Give the day that the Julian calendar calls so; years as those of `Date`.

    Raises
    ------
    ValueError
        That calendar has no such day.
    """
    if not 1 <= day <= _length(year, month):
        raise ValueError(f"{year}-{month:02}-{day:02} is no day of the Julian calendar")
    # The Gregorian calendar leaves out a day in each century that 4 does not divide.
    centuries = (year if month > 2 else year - 1) // 100
    return Date(year, month, 1) + (centuries - centuries // 4 - 2) + (day - 1)


def from_julian(edtf: str) -> str:
    """Write the days of an EDTF date by the Gregorian calendar; empty where one of them is none.

    A month or a year alone becomes some day of its stretch; what is vaguer stays as it is.
    """

    def side(edtf: str, last: int) -> str:
        if found := _MONTH_OR_YEAR.fullmatch(edtf):
            year, month = int(found[1]), int(found[2] or (1, 12)[last])
            return str(gregorian(year, month, _length(year, month) if last else 1))
        return _DAY.sub(lambda day: str(gregorian(*map(int, day.groups()))), edtf)

    start, slash, end = edtf.partition("/")
    try:
        if slash:
            return f"{side(start, 0)}/{side(end, 1)}"
        if _MONTH_OR_YEAR.fullmatch(edtf):
            return f"[{side(edtf, 0)}..{side(edtf, 1)}]"
        return side(edtf, 0)
    except ValueError:
        return ""


def _length(year: int, month: int) -> int:
    """Count the days of a Julian month."""
    if month == 2:
        return 28 if year % 4 else 29
    return first_and_last(year, month)[1].day
