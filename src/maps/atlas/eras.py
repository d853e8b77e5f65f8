"""What is written beside a year for its era: BCE and CE, v. Chr., до н. э."""

from __future__ import annotations

from collections.abc import Iterable

_ENGLISH = (("BCE", "BC"), ("CE", "AD"))  # of which CLDR has two


def era_marks(languages: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the marks of the era before the year 1 and of the one since, in lower case.

    The English ones, and CLDR's in full and abbreviated, with their points and spaces. What
    means the one in one of the languages and the other in another is left out: e.Kr.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - a moment for each language

    found = [{letters_of(mark): mark.lower() for mark in marks} for marks in _ENGLISH]
    for lang in languages:
        try:
            eras = Locale.parse(lang, sep="-").eras
        except (UnknownLocaleError, ValueError):
            continue
        for era, held in enumerate(found):  # CLDR numbers them as well
            for width in ("wide", "abbreviated"):
                mark = str(eras[width][era])
                if len(letters_of(mark)) > 1:  # a single letter is no sign of anything
                    held.setdefault(letters_of(mark), mark.lower())
    before, since = found
    unclear = before.keys() & since.keys()
    return (
        frozenset(mark for letters, mark in before.items() if letters not in unclear),
        frozenset(mark for letters, mark in since.items() if letters not in unclear),
    )


def letters_of(mark: str) -> str:
    """Give a mark without the points and spaces that may stand in it."""
    return "".join(c for c in mark.lower() if c.isalpha())
