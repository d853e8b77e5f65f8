"""Years with an era or a sign, in one way of writing for the patterns of dates.

The era becomes ``bce`` or ``ce`` behind the year, and the sign of a year before the year 1
a minus (U+2212), which no dash between two dates is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from maps.atlas.eras import era_marks, letters_of

MINUS = "−"
ERA_AT_END = re.compile(r" (b?ce)$")

# Whose marks of eras and names of months are read; CLDR has them.
LANGUAGES = re.findall(
    r"\w+",
    """ar az be bg bs ca cs da de el es et eu fa fi fr gl he hi hr hu hy id is it ka kk lt lv mk ms
    nb nl nn pl pt ro ru sk sl sq sr sv sw tr uk uz vi""",
)
# Marks in use that CLDR does not have: before the year 1, and since.
_OTHER_MARKS = (
    ("v. u. z.", "до р. х.", "b.e.ə.", "pr. n. e.", "a. e. c.", "av. n. è."),
    ("u. z.", "от р. х.", "по р. х.", "b.e.", "n. e.", "e. c.", "de n. è."),
)
_YEAR_AND_ERA = re.compile(r"(?<![\d−])(?:(\d{4})(-\d\d-\d\d)|(\d{1,5})) (b?ce)\b")
_ERA_FIRST = re.compile(r"(?<!\d )\b(b?ce) (\d{1,4})(?!\d)")
_SIGN_AFTER_WORD = re.compile(
    r"((?:[~≈]|\b(?:c\.|ca\.?|circa|about|before|after|from|between|to|until|and|von|bis|und|vor|nach"
    r"|um|gegen|vers|avant|après|de|à|et|до|после|с|по|и|около)\s)\s?)-(?=\d)"
)


def with_eras(text: str) -> str:
    """Write the eras of a text in lower case as bce and ce, each behind its year."""
    if not re.search(r"[^\W\d]", text):
        return text
    for pattern, era in zip(_patterns(), (" bce ", " ce "), strict=True):
        text = " ".join(pattern.sub(era, text).split())
    return re.sub(r"\b(b?ce) ?[-–] ?", r"\1 – ", _ERA_FIRST.sub(r"\2 \1", text))


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
    return _YEAR_AND_ERA.sub(_counted, text)


def plain(text: str) -> str:
    """Write the sign of a year as EDTF does."""
    return text.replace(MINUS, "-")


def told_with_era(edtf: str) -> str:
    """Add to one date before the year 1 how people count its year."""
    is_one = re.fullmatch(r"(?:-\d{4}|0000)(?:-\d\d){0,2}[?~%]?", edtf)
    return f"{edtf} ({1 - int(edtf[: 5 if edtf[0] == '-' else 4])} BCE)" if is_one else edtf


def _counted(found: re.Match[str]) -> str:
    year, rest = int(found[1] or found[3]), found[2] or ""
    if year == 0:
        return found[0]
    astronomical = year if found[4] == "ce" else 1 - year
    return f"{MINUS}{-astronomical:04}{rest}" if astronomical < 0 else f"{astronomical:04}{rest}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Give how the eras are marked, before the year 1 and since, in any language."""

    def either(marks: Iterable[str]) -> str:
        by_length = sorted(
            {letters_of(mark) for mark in marks}, key=lambda word: (-len(word), word)
        )
        # Two letters need a point between them to be apart: "a. C.", not "a c".
        written = ((r"[. -]*" if len(word) > 2 else r"(?:\. ?)?").join(word) for word in by_length)
        return rf"(?<![^\W\d_])(?:{'|'.join(written)})(?![^\W\d_])\.?"

    held = zip(era_marks(("en", *LANGUAGES)), _OTHER_MARKS, strict=True)
    return tuple(re.compile(either([*marks, *others])) for marks, others in held)
