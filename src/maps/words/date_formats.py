"""How dates are written and typed: days, months, years, EDTF, in the reader's language.

CLDR's, by Babel; Babel itself knows no year before 1 and no vague date.
"""

from __future__ import annotations

import datetime
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from maps.atlas.eras import era_marks
from maps.atlas.model import Atlas, Date, DateUnit
from maps.words.i18n import Texts, fold, locale_of, texts

_PART = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")
_VAGUE = re.compile(
    r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX))(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<doubt>[?~%])?"
)
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
    said = {"start": _format_part(start, spoken), "end": _format_part(end, spoken)}
    # EDTF leaves an unknown side empty, and writes two dots where there is no bound.
    forms = {"..": "dates.open_end", "": "dates.unknown_end"}
    if end in forms:
        return spoken.t(forms[end], start=said["start"])
    forms = {"..": "dates.open_start", "": "dates.unknown_start"}
    return (
        spoken.t(forms[start], end=said["end"])
        if start in forms
        else spoken.t("dates.interval", **said)
    )


def _format_set(edtf: str, spoken: Texts) -> str:
    """Write one of several dates (in brackets) or all of them (in braces)."""
    from babel.lists import format_list  # noqa: PLC0415

    members = [part.strip() for part in edtf[1:-1].split(",")]
    written = []
    for member in members:
        start, dots, end = member.partition("..")
        form = "within" if start and end else "or_later" if start else "or_earlier"
        said = {"start": _format_part(start, spoken), "end": _format_part(end, spoken)}
        wanted = {name: said[name] for name in ("start", "end") if said[name]}
        written.append(spoken.t(f"dates.{form}", **wanted) if dots else said["start"])
    style: Literal["or", "standard"] = "or" if edtf[0] == "[" else "standard"
    return str(format_list(written, style=style, locale=spoken.lang))


def _format_part(part: str, spoken: Texts) -> str:
    part = part.partition("T")[0]  # the hour is no matter of ours
    match = _PART.fullmatch(part)
    if match is None:
        return _format_vague(part, spoken)
    year, month, day, doubt = match.groups()
    try:
        first = Date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return _format_vague(part, spoken)
    form: DateUnit = "day" if day else "month" if month else "year"
    written = _format(first, form, spoken.lang)
    return spoken.t(_DOUBTS[doubt], date=written) if doubt else written


def _format_vague(part: str, spoken: Texts) -> str:
    """Write a season, a quarter, or a date of which some digits are not known."""
    match = _VAGUE.fullmatch(part)
    if match is None:
        return part
    year, month, day, doubt = match["year"], match["month"], match["day"], match["doubt"]
    whole, before = "X" not in year, year.startswith("-")
    # Seasons and quarters are numbered as months.
    part_of_year = int(month) if whole and month and month != "XX" and not day else 0
    if 21 <= part_of_year <= 24:
        written = spoken.t(f"dates.{month}", year=_format_part(year, spoken))
    elif 33 <= part_of_year <= 36:
        of_year = _format_part(year, spoken)
        written = spoken.t("dates.quarter", number=part_of_year - 32, year=of_year)
    elif whole and (month == "XX" or day == "XX"):
        known = year if month == "XX" else f"{year}-{month}"
        written = spoken.t("dates.some_day", date=_format_part(known, spoken))
    elif whole or month:
        return part
    elif year.endswith("XX") or before:
        ends = sorted(int(year.replace("X", digit)) for digit in "09")
        start, end = (format_year(each, spoken.lang) for each in ends)
        written = spoken.t("dates.hundred_years", start=start, end=end)
    elif year.endswith("X"):
        written = spoken.t("dates.decade", year=int(year[:3] + "0"))
    else:
        return part
    return spoken.t(_DOUBTS[doubt], date=written) if doubt else written


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
    inside: dict[Any, Any] = {}  # a date: another case in some languages
    alone: dict[Any, Any] = {}
    for name in dict.fromkeys((locale.language, str(locale))):
        months = _cldr(name).get("months", {})
        inside |= _own(months.get("format", {}).get(width))
        alone |= _own(months.get("stand-alone", {}).get(width))
    names = inside | alone
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

    def either(marks: Iterable[str]) -> str:
        folded = {"".join(re.findall(r"[^\W_]", fold(mark))) for mark in marks}
        written = (r"[.\s]*".join(letters) for letters in folded)
        return "|".join(sorted(written, key=lambda mark: (-len(mark), mark)))

    # A word such as "year" may stand between; the marks stand free of other letters.
    year, word, ends = r"(\d{1,4})", r"(?:\s+[^\s\d.,/-]{1,8}\.?)?\s*", r"\.?(?=$|[\s\d,/-])"
    eras = [either(marks) for marks in era_marks(languages)]
    return "|".join(
        rf"\b{year}{word}(?:{era}){ends}|(?:^|(?<=[\s/-]))(?:{era}){ends}\s*{year}\b"
        for era in eras
    )
