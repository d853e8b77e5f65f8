"""How dates are written and typed: days, months, years, EDTF, in the reader's language.

CLDR's, by Babel; Babel itself knows no year before 1 and no vague date.
"""

from __future__ import annotations

import datetime
import pickle
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from maps.atlas.eras import era_marks
from maps.atlas.model import Atlas, Date, DateUnit
from maps.words.i18n import Texts, fold, locale_of, texts

_PART = re.compile(r"(-?(?:\d{4}|\d{3}X|\d{2}XX))(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%])?")
_DOUBTS = {"?": "dates.uncertain", "~": "dates.about", "%": "dates.about_uncertain"}
# Words that may stand in a date beside its parts, folded: of the year, of the day.
_BESIDE_A_DATE = (
    "of the on st nd rd th г год года го е թ թվական թվականի ին ը il ilin i u ci cu er de سال"
)
# Cases that dates are written in and CLDR does not have: "iyulun 5-i", "5-ը հուլիսին".
_MONTH_ENDINGS = {"az": ("in", "un", "da", "de"), "hy": ("ն",)}
_SHORTEST_MONTH = 3  # letters; in full it may have two: مه
MonthWidth = Literal["wide", "abbreviated"]


def format_day(day: Date, lang: str) -> str:
    """Write a day out: ``4 July 1921``."""
    return _format(day, "day", lang)


def format_day_of(atlas: Atlas, day: Date, lang: str) -> str:
    """Write a day no finer than the atlas dates anything: ``1921`` in one of years alone."""
    return _format(day, atlas.date_unit, lang)


def format_year(year: int, lang: str) -> str:
    """Write a year alone, as on an axis: ``1921``, ``44 BCE`` for -43."""
    of_era = str(Date(year, 1, 1).year_of_era)
    return of_era if year > 0 else texts(lang).t("dates.bce.number", year=of_era)


def format_edtf(edtf: str, lang: str) -> str:
    """Write an EDTF date out: ``about 1930``, ``23 May or 7 July 1923``.

    A form that has no words here is given back as it is.
    """
    spoken = texts(lang)
    if edtf[:1] + edtf[-1:] in ("[]", "{}"):
        return _format_set(edtf, spoken)
    start, slash, end = edtf.partition("/")
    if not slash:
        return _format_part(edtf, spoken)
    # EDTF leaves an unknown side empty, and writes two dots where there is no bound.
    form = (
        {"..": "open_end", "": "unknown_end"}.get(end)
        or {"..": "open_start", "": "unknown_start"}.get(start)
        or "interval"
    )
    said = {"start": _format_part(start, spoken), "end": _format_part(end, spoken)}
    return spoken.t(f"dates.{form}", **said)


def _format_set(edtf: str, spoken: Texts) -> str:
    """Write one of several dates (in brackets) or all of them (in braces)."""
    from babel.lists import format_list  # noqa: PLC0415

    written = []
    for member in (part.strip() for part in edtf[1:-1].split(",")):
        start, dots, end = member.partition("..")
        form = "within" if start and end else "or_later" if start else "or_earlier"
        said = {"start": _format_part(start, spoken), "end": _format_part(end, spoken)}
        written.append(spoken.t(f"dates.{form}", **said) if dots else said["start"])
    style: Literal["or", "standard"] = "or" if edtf[0] == "[" else "standard"
    return str(format_list(written, style=style, locale=spoken.lang))


def _format_part(part: str, spoken: Texts) -> str:
    """Write one date, a season, a quarter, or a date of which some digits are not known."""
    part = part.partition("T")[0]  # the hour is no matter of ours
    match = _PART.fullmatch(part)
    if match is None:
        return part
    year, month, day, doubt = match.groups()
    first = None
    if "X" not in part:
        with suppress(ValueError):  # seasons and quarters are numbered as months
            first = Date(int(year), int(month or 1), int(day or 1))
    if first is not None:
        written = _format(first, "day" if day else "month" if month else "year", spoken.lang)
    else:
        written = _format_vague(year, month, day, spoken)
    if not written:
        return part
    return spoken.t(_DOUBTS[doubt], date=written) if doubt else written


def _format_vague(year: str, month: str | None, day: str | None, spoken: Texts) -> str:
    """Write what has digits that are not known, or a part of a year; empty where nothing fits."""
    key, said = "", dict[str, object]()
    of_year = int(month) if month and month != "XX" and not day else 0
    if "X" in year:
        if not month and (year[0] == "-" or year.endswith("XX")):
            ends = sorted(int(year.replace("X", digit)) for digit in "09")
            start, end = (format_year(each, spoken.lang) for each in ends)
            key, said = "hundred_years", {"start": start, "end": end}
        elif not month:
            key, said = "decade", {"year": int(year[:3] + "0")}
    elif "XX" in (month, day):
        known = year if month == "XX" else f"{year}-{month}"
        key, said = "some_day", {"date": _format_part(known, spoken)}
    elif 21 <= of_year <= 24:
        key, said = str(of_year), {"year": _format_part(year, spoken)}
    elif 33 <= of_year <= 36:
        key, said = "quarter", {"number": of_year - 32, "year": _format_part(year, spoken)}
    return spoken.t(f"dates.{key}", **said) if key else ""


@lru_cache(maxsize=1 << 14)  # Babel takes a tenth of a millisecond; a site has each day often
def _format(day: Date, form: DateUnit, lang: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415  loading it takes a while

    spoken = texts(lang)
    pattern = spoken.t(f"dates.{form}" if day.year > 0 else f"dates.bce.{form}")
    if "LLLL" in pattern:  # a month alone, and not by Babel: see month_names
        pattern = pattern.replace("LLLL", f"'{month_names(lang)[day.month - 1]}'")
    # Babel takes days of the years 1 to 9999; `y` is the year of an era.
    pattern = pattern.replace("y", str(day.year_of_era))
    in_leap_year = datetime.date(2000, day.month, day.day)
    return str(format_date(in_leap_year, format=pattern, locale=spoken.lang))


@cache
def month_names(lang: str, width: MonthWidth = "wide") -> tuple[str, ...]:
    """List the twelve months as they stand alone, in full or abbreviated."""
    from babel import Locale  # noqa: PLC0415

    locale = Locale.parse(texts(lang).lang, sep="-")
    names: dict[Any, Any] = {}
    for context in ("format", "stand-alone"):  # within a date it has another case in some languages
        for name in dict.fromkeys((locale.language, str(locale))):
            names |= _own(_cldr(name).get("months", {}).get(context, {}).get(width))
    if not names and width != "wide":
        return month_names(lang)
    return tuple(str(names[month]) for month in range(1, 13))


@cache
def day_pattern(lang: str, form: DateUnit = "day") -> tuple[str, str, tuple[str, ...]]:
    """Give how a day, month or year is written, in ``{day}``, ``{month}`` and ``{year}``.

    The first pattern is of the years from 1 on, the second of those before; then the months.
    """
    from babel.dates import format_date  # noqa: PLC0415

    spoken = texts(lang)
    months = [
        str(format_date(datetime.date(2000, m, 1), "d MMMM", spoken.lang)) for m in range(1, 13)
    ]
    # Between a day and a year a month may have another case than alone.
    names = tuple(month.removeprefix("1").strip() for month in months)
    if "LLLL" in spoken.t(f"dates.{form}"):
        names = month_names(lang)
    after, before = (
        _format(Date(year, 1, 28), form, lang)
        .replace(names[0], "{month}")
        .replace("28", "{day}")
        .replace("2345", "{year}")
        for year in (2345, 1 - 2345)
    )
    return after, before, names


@cache
def date_words(languages: tuple[str, ...]) -> Mapping[str, int]:
    """List the words that dates are written with, folded: a month's give 1 to 12, others 0.

    Months in full and in the cases and abbreviations CLDR has, and their
    beginnings of three letters or more; a word of two months is left out.
    Weekdays and words such as "of" say nothing. Unknown languages add nothing.
    """
    beside = set(_BESIDE_A_DATE.split())
    exact: dict[str, set[int]] = defaultdict(set)
    begun: dict[str, set[int]] = defaultdict(set)
    for lang in languages:
        locale = locale_of(lang)
        held = _cldr(str(locale)) if locale else {}
        weekdays = " ".join(name for _, name in _cldr_names(held.get("days", {})))
        beside.update(word for word in weekdays.split() if word.isalpha())
        for month, name in _cldr_names(held.get("months", {})):
            exact[name].add(month)
            for ending in _MONTH_ENDINGS.get(lang, ()):
                exact[name + ending].add(month)
            for length in range(_SHORTEST_MONTH, len(name)):
                begun[name[:length]].add(month)
    found = {**begun, **exact}
    return MappingProxyType(
        dict.fromkeys(sorted(beside), 0)
        | {name: min(months) for name, months in found.items() if len(months) == 1}
    )


def _cldr_names(contexts: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """Give what is held of a language itself, not what it takes over from another."""
    for context in map(_own, contexts.values()):
        for width in ("wide", "abbreviated"):
            for number, name in _own(context.get(width)).items():
                folded = fold(str(name)).rstrip(".")
                if len(folded) >= (2 if width == "wide" else _SHORTEST_MONTH):
                    yield int(number), folded


@cache
def _cldr(name: str) -> Mapping[str, Any]:
    """Give what CLDR holds of a language itself.

    It is read apart: into what `babel.localedata` keeps, Babel writes what one language
    takes over from another, and shares it between them.
    """
    from babel import localedata  # noqa: PLC0415

    with Path(localedata.resolve_locale_filename(name)).open("rb") as file:
        held: Mapping[str, Any] = pickle.load(file)
    return held


def _own(held: object) -> Mapping[Any, Any]:
    """Give the part of Babel's data that is no reference, or stands beside one."""
    own = held[1] if isinstance(held, tuple) else held
    return own if isinstance(own, Mapping) else {}


@cache
def era_pattern(languages: tuple[str, ...]) -> str:
    """Give a regular expression, as Python and JavaScript read it, of a year with its era.

    Of a folded text. The year stands in group 1 or 2 where it is before the year 1, else
    in 3 or 4. The marks are CLDR's, and BCE and CE; a point or a space may stand in them.
    """
    # A word such as "year" may stand between; the marks stand free of other letters.
    year, word, ends = r"(\d{1,4})", r"(?:\s+[^\s\d.,/-]{1,8}\.?)?\s*", r"\.?(?=$|[\s\d,/-])"
    patterns = []
    for marks in era_marks(languages):
        folded = {"".join(re.findall(r"[^\W_]", fold(mark))) for mark in marks}
        by_length = sorted(folded, key=lambda letters: (-len(letters), letters))
        era = "|".join(r"[.\s]*".join(letters) for letters in by_length)
        patterns += [
            rf"\b{year}{word}(?:{era}){ends}",
            rf"(?:^|(?<=[\s/-]))(?:{era}){ends}\s*{year}\b",
        ]
    return "|".join(patterns)
