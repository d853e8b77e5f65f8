"""Dates of a spreadsheet: EDTF as it is, other forms by what they probably mean.

`meant` lists the readings of a form that is no EDTF. Whoever imports is told of them, or
has them taken (`Dates`); nothing is taken that could be read in two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from maps.atlas.dates import parse_date_text
from maps.atlas.intake.text import clean, plain_digits
from maps.errors import DateUnreadable

AS_READ, DAY_FIRST, MONTH_FIRST = "as-read", "day-first", "month-first"
ORDERS = (AS_READ, DAY_FIRST, MONTH_FIRST)

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december")  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# Whose names of months are tried where a word is no English one; CLDR has them.
_LANGUAGES = re.findall(
    r"\w+",
    """ar az be bg bs ca cs da de el es et eu fa fi fr gl he hi hr hu hy id is it ka kk lt lv mk ms
    nb nl nn pl pt ro ru sk sl sq sr sv sw tr uk uz vi""",
)
# EDTF numbers the seasons 21 to 24 where a month would stand.
_SEASONS = {
    21: "spring frühling frühjahr printemps primavera wiosna весна весной jaro tavasz ilkbahar",
    22: "summer sommer été estate verano lato лето летом léto nyár yaz",
    23: "autumn fall herbst automne autunno otoño jesień осень осенью podzim ősz sonbahar",
    24: "winter hiver inverno invierno zima зима зимой tél kış",
}
_SEASON_OF = {word: number for number, words in _SEASONS.items() for word in words.split()}

# Words around a date that say nothing of it.
_FILLING = re.compile(
    r"\b(?:the|of|on|de|del|den|der|des|am|le|el|il|la|года|году|год|року|роки|г|гг|р)\.?(?=\s|$)"
)
_WEEKDAY = re.compile(r"^(?:[^\W\d]{3,},\s+|[a-z]+day\s+)(?=\S*\d|[^\W\d]+ \d)")
_AFTER_CHRIST = re.compile(
    r"^(?:a\.?d\.?|c\.?e\.?)\s+(?=\d)|\s+(?:a\.?d\.?|c\.?e\.?|n\. ?chr\.?|н\. ?э\.?)$"
)
_SUPPLIED = re.compile(r"\[(.+)\]|(.+?)\s?\(\?\)")
_BEFORE_CHRIST = re.compile(
    r"(\d{1,4})\s*(?:b\.?\s?c\.?(?:\s?e\.?)?|v\. ?chr\.?|v\. ?u\. ?z\.?|до н\. ?э\.?"
    r"|av\. j\.-?c\.?|a\.c|p\.n\.e)"
)
_ABOUT = re.compile(
    r"(?:c\.|ca\.?|circa|about|around|approx(?:\.|imately)?|~|≈|um|gegen|vers|около|ок\.|hacia|verso"
    r"|early|mid|late|end|beginning|anfang|mitte|ende|début|mi|fin|начало|конец|середина)[ -]*(.+)"
)
_BEFORE = re.compile(
    r"(?:before|by|until|till|to|up to|pre-?|vor|bis|avant|jusqu'?en|до|antes|przed)\s*(.+)"
)
_AFTER = re.compile(
    r"(?:after|since|from|post-?|nach|seit|ab|après|depuis|после|с|después|po|od)\s*(.+)"
)
_ONWARDS = re.compile(r"(.+?)\s*(?:\+|[-–]|onwards?)")
_OR = re.compile(r"\s+(?:or|oder|ou|o|или|або|lub)\s+|\s+/\s+")
_STILL = ("present", "now", "today", "ongoing", "current", "heute", "aujourd'hui", "н.в.", "9999")
_BETWEEN = re.compile(r"(?:between|zwischen|entre|между)\s+(.+?)\s+(?:and|und|et|y|и)\s+(.+)")
_FROM_TO = re.compile(
    r"(?:(?:from|von|vom|du|с|from the)\s+)?(.+?)\s+"
    r"(?:to|until|till|through|bis|bis zum|au|à|по|до|a|al)\s+(.+)"
)
_DECADE = re.compile(r"(\d{3})0(?:'?s|er(?: jahre)?|-?е|-?х)|(?:années|anni|años)\s+(\d{3})0")
_CENTURY = re.compile(
    r"(\d{1,2}|[ivx]+)(?:\.|st|nd|rd|th|e|ème|-?й|-?го)?\s*"
    r"(?:century|cent\.?|c\.?|siècle|s\.?|jahrhunderts?|jh\.?|век|века|в\.?|ст\.?|століття|secolo|siglo|wieku?|w\.?|století|storočie|század)"
    r"|(?:siglo|secolo|w\.)\s+(xi{0,3}|[ivx]+)"
)
_WINTER = re.compile(r"(?:winter|hiver|зима|зимой|zima) (\d{4})\s?[-–/]\s?(?:\d\d|\d{4})")
_QUARTER = re.compile(r"(?:q([1-4])[ /-]?(\d{4})|(\d{4})[ -]?q([1-4]))")
_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(?:z|utc|[+-]\d\d(?::?\d\d)?)?"
)
# 1911.0, a year that was once a column of numbers; 1911 ?.
_NOTHING_ELSE = re.compile(r"(\d{4})(?:\.0+|\s+([?~]))")
_TIME_BEHIND = re.compile(r"(?<=\d)[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$")
_MIDNIGHT = re.compile(r"00:00(?::00(?:[.,]0+)?)?")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\.?\s?[-–/]\s?(\d{1,2})([./])(\d{1,2})\3(\d{4})")
# Old and new style: 12/25 June 1911, 25 October (7 November) 1917.
_TWO_STYLES = re.compile(r"(\d{1,2})(?:\s?/\s?|\s?\()(\d{1,2})\)?\s+([^\W\d]+)\.?,?\s+(\d{4})")
_TWO_STYLES_LONG = re.compile(r"\d{1,2} ([^\W\d]+)\s?[(/]\s?(\d{1,2}) ([^\W\d]+)\)?,? (\d{4})")
_MONTH_AND_DAYS = re.compile(r"([^\W\d]+)\.? (\d{1,2})\s?[-–/]\s?(\d{1,2}),? (\d{4})")
_JULIAN_LAG = range(10, 14)  # days, from 1582 to 2100


@dataclass(frozen=True)
class Dates:
    """How dates of a file are to be read that are no EDTF; ``order`` is one of `ORDERS`.

    Empty: only what can mean nothing else. ``years`` are those of the atlas, for years of
    two digits.
    """

    order: str = ""
    years: range = range(0)


def read_date(text: str, dates: Dates = Dates()) -> tuple[str, str]:
    """Give a date as EDTF and what is wrong with it; one of the two is empty."""
    written = plain_digits(clean(text))
    if found := _DATE_TIME.fullmatch(written.lower()):
        return _of_date_time(found), ""
    if found := _NOTHING_ELSE.fullmatch(written):
        written = found[1] + (found[2] or "")
    if not date_fault(written, dates.years):
        return written, ""
    readings = [edtf for edtf in meant(written, dates.years) if _is_edtf(edtf)]
    if dates.order and len(readings) == 1:
        if _contradicts(written, readings[0], dates.order):
            return "", f"{text!r} can only be {readings[0]}, so these dates are not {dates.order}"
        return readings[0], ""
    if len(readings) == 2 and _is_exchangeable(readings) and dates.order in ORDERS[1:]:
        return readings[dates.order == MONTH_FIRST], ""
    return "", date_fault(written, dates.years)


def is_year_by_convention(text: str) -> bool:
    """Tell whether a date-time is a first of January at midnight, as Wikidata writes years."""
    found = _DATE_TIME.fullmatch(plain_digits(clean(text)).lower())
    return bool(found) and len(_of_date_time(found)) == 4 if found else False


def date_fault(text: str, years: range = range(0)) -> str:
    """Say what is wrong with a date and what would do; empty where it is EDTF."""
    try:
        parse_date_text(text)
    except DateUnreadable as error:
        if clean(text).lower() in _STILL:
            return f"{text!r} is no date; leave the cell empty for what still holds"
        readings = [edtf for edtf in meant(text, years) if _is_edtf(edtf) or edtf.startswith("-")]
        if not readings:
            return str(error)
        written = " or ".join(readings)
        if readings[0].startswith("-"):
            return f"{text!r} is before the year 1 ({written} in EDTF), the first an atlas can show"
        return f"{text!r} is not an EDTF date; write {written}"
    return ""


def advice(text: str, dates: Dates) -> str:
    """Say which option would take a date as it is offered; empty where none does."""
    readings = [edtf for edtf in meant(text, dates.years) if _is_edtf(edtf)]
    if len(readings) == 1:
        return f"--dates {AS_READ} takes it so"
    if len(readings) == 2 and _is_exchangeable(readings):
        return f"--dates {DAY_FIRST} or --dates {MONTH_FIRST} says which"
    return ""


def form_of(text: str) -> str:
    """Give what dates written in the same way share: April 6, 1901 and May 12, 1902."""
    months = re.sub(
        r"[^\W\d]+",
        lambda found: "month" if found[0].isascii() and _english(found[0]) else found[0],
        text,
    )
    return re.sub(r"\d\d?(?!\d)(?<!\d\d\d)", "9", re.sub(r"\d{4}", "year", months))


def day_after(edtf: str) -> str:
    """Give the first day, month or year after a date, as precise as it is; of an interval too.

    Raises
    ------
    DateUnreadable
        The text is no date that has an end.
    """
    mark = edtf[-1] if edtf[-1:] in tuple("?~%") else ""
    latest = parse_date_text(edtf).latest
    if latest is None:
        raise DateUnreadable(f"{edtf!r} has no last day; leave the end empty where it is open")
    following = (latest + 1).isoformat()
    last = edtf.rpartition("/")[2].rstrip("?~%")
    precision = {4: 4, 7: 7}.get(len(last), 10) if re.fullmatch(r"[\d-]+", last) else 10
    return following[:precision] + mark


def meant(text: str, years: range = range(0)) -> list[str]:
    """List what a date that is no EDTF may mean, as EDTF, each once; empty where nobody knows."""
    written = re.sub(r"\s+", " ", plain_digits(clean(text)).lower().replace("\u00a0", " "))
    written = re.sub(r"[‒—―−]", "–", written).strip(" .,;")
    written = re.sub(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", _chinese, written)
    written = re.sub(r"(\d{4})년(?: ?(\d{1,2})월(?: ?(\d{1,2})일)?)?", _chinese, written)
    return list(dict.fromkeys(_phrase(written, years)))


def _chinese(found: re.Match[str]) -> str:
    return "-".join(part if len(part) == 4 else f"{part:0>2}" for part in found.groups() if part)


def _phrase(text: str, years: range) -> list[str]:
    """Read a date with what is said around it; the first way that reads it counts."""
    if re.match(r"-\d", text):  # a year before the year 0, and never a date with a dash in front
        return []
    text = text if _DATE_TIME.fullmatch(text) else _TIME_BEHIND.sub("", text)
    bare = _AFTER_CHRIST.sub("", " ".join(_FILLING.sub(" ", _WEEKDAY.sub("", text)).split()))
    ways: tuple[Callable[[], list[str]], ...] = (
        lambda: _in_brackets(bare, years),
        lambda: _before_christ(bare),
        lambda: _in_two_styles(bare, years),
        lambda: _date(bare, years),
        lambda: _between(text, years),
        lambda: _alternatives(bare, years),
        lambda: list(_spans(bare, years)),
        lambda: _open(text, years),
        lambda: _about(bare, years),
    )
    return next((found for way in ways if (found := way())), [])


def _in_brackets(text: str, years: range) -> list[str]:
    """Read what an editor supplied: [1911], 1911 (?)."""
    found = _SUPPLIED.fullmatch(text)
    return [f"{edtf}?" for edtf in _date(found[1] or found[2], years)] if found else []


def _before_christ(text: str) -> list[str]:
    """Read a year before the common era by the astronomical count: 1 BC is the year 0."""
    found = _BEFORE_CHRIST.fullmatch(text)
    return [f"-{int(found[1]) - 1:04}"] if found and int(found[1]) > 1 else []


def _in_two_styles(text: str, years: range) -> list[str]:
    """Read the day in new style of a date in both, as 12/25 June 1911."""
    found = _TWO_STYLES_LONG.fullmatch(text)
    if found and _months(found[1]) and _months(found[3]):
        return _date(f"{found[2]} {found[3]} {found[4]}", years)
    found = _TWO_STYLES.fullmatch(text)
    if found and int(found[2]) - int(found[1]) in _JULIAN_LAG:
        return _date(f"{found[2]} {found[3]} {found[4]}", years)
    return []


def _between(text: str, years: range) -> list[str]:
    found = _BETWEEN.fullmatch(text)
    pairs = _both(found[1], found[2], years) if found else []
    return [f"[{one}..{two}]" for one, two in pairs]


def _alternatives(text: str, years: range) -> list[str]:
    options = _OR.split(text)
    read = [_completed(option, options[-1], years) for option in options]
    if len(options) < 2 or not all(read):
        return []
    return [f"[{','.join(each)}]" for each in product(*read)]


def _open(text: str, years: range) -> list[str]:
    for pattern, form in ((_BEFORE, "../{}"), (_AFTER, "{}/.."), (_ONWARDS, "{}/..")):
        if found := pattern.fullmatch(text):
            inner = _phrase(found[1], years)
            return [form.format(edtf) for edtf in inner if "/" not in edtf]
    return []


def _about(text: str, years: range) -> list[str]:
    found = _ABOUT.fullmatch(text)
    inner = _phrase(found[1], years) if found else []
    return [edtf + "~" for edtf in inner if edtf[-1].isdigit() and "/" not in edtf]


def _spans(text: str, years: range) -> Iterator[str]:
    """Read two dates with a dash or a word between them, the first perhaps shortened."""
    if found := _DAYS_OF_MONTH.fullmatch(text):
        first, last, _, month, year = found.groups()
        yield f"{year}-{month:0>2}-{first:0>2}/{year}-{month:0>2}-{last:0>2}"
    elif found := re.fullmatch(r"(\d{4}-\d\d-)(\d\d)\s?[-–/]\s?(\d\d)", text):
        yield f"{found[1]}{found[2]}/{found[1]}{found[3]}"
    elif (found := _MONTH_AND_DAYS.fullmatch(text)) and _months(found[1]):
        for month in _months(found[1]):
            yield "/".join(f"{found[4]}-{month:02}-{day:0>2}" for day in (found[2], found[3]))
    elif found := re.fullmatch(r"(\d{4})\s?[-–/]\s?(\d{2})", text):
        if "-" not in text and 1 <= int(found[2]) <= 12:
            yield f"{found[1]}-{found[2]}"
        if int(found[1][2:]) < int(found[2]):
            yield f"{found[1]}/{found[1][:2]}{found[2]}"
    elif found := _FROM_TO.fullmatch(text):
        yield from (f"{one}/{two}" for one, two in _both(found[1], found[2], years))
    else:
        yield from _parted_by_dash(text, years)


def _parted_by_dash(text: str, years: range) -> list[str]:
    # A dash with space around it parts before one without, a long one before a short one.
    for dash in (" – ", " - ", "–", "-", " / ", "/"):
        for place in re.finditer(re.escape(dash), text):
            pairs = _both(text[: place.start()], text[place.end() :], years)
            if pairs:
                return [f"{one}/{two}" for one, two in pairs]
    return []


def _both(first: str, last: str, years: range) -> list[tuple[str, str]]:
    """Pair the readings of two dates; where both have two, the first goes with the first."""
    one, two = _completed(first, last, years), _completed(last, last, years)
    pairs = zip(one, two, strict=True) if len(one) == len(two) == 2 else product(one, two)
    return [(left, right) for left, right in pairs if left <= right]


def _completed(part: str, last: str, years: range) -> list[str]:
    """Read a date, or one that leaves to the last what they share: 12 of 12-14 June 1911."""
    found = _ABOUT.fullmatch(part.strip())
    stripped = (found[1] if found else part).strip(" .,")
    words = last.split()
    ends = ("", *(" ".join(words[n:]) for n in range(len(words) - 1, 0, -1)))
    tries = (_date(f"{stripped} {end}".strip(), years) for end in ends)
    return [edtf + ("~" if found else "") for edtf in next((read for read in tries if read), [])]


def _date(text: str, years: range) -> list[str]:
    """Read one date without words around it."""
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(text):
            return [edtf for edtf in read(found, years) if edtf[0] == "-" or _is_edtf(edtf)]
    for pattern, (of_year, of_month, of_day) in _WITH_MONTH:
        if not (found := pattern.fullmatch(text)):
            continue
        day = found[of_day] if of_day else ""
        readings = [
            edtf
            for year in _years(found[of_year], years)
            for edtf in _written(year, found[of_month], day)
        ]
        if readings:
            return readings
    return []


def _written(year: str, word: str, day: str) -> list[str]:
    if not day and word in _SEASON_OF:
        return [f"{year}-{_SEASON_OF[word]}"]
    return [f"{year}-{month:02}" + (f"-{day:0>2}" if day else "") for month in _months(word)]


def _in_numbers(found: re.Match[str], years: range) -> list[str]:
    """Read 1.2.1911 with the day first, then with the month first."""
    one, two, year = found.groups()
    orders = ((one, two), (two, one))
    return [f"{y}-{m:0>2}-{d:0>2}" for d, m in orders for y in _years(year, years)]


def _year_and_month(found: re.Match[str], years: range) -> list[str]:  # noqa: ARG001
    """Read 1911/06 as a month; 1911/12 may be two years too."""
    year, month = found.groups()
    spans = [f"{year}/{year[:2]}{month}"] if len(month) == 2 and month > year[2:] else []
    return [f"{year}-{month:0>2}", *spans]


def _century(found: re.Match[str], years: range) -> list[str]:  # noqa: ARG001
    number = _number(found[1] or found[2])
    return [f"{number - 1:02}XX"] if 1 < number < 22 else []


_Reader = Callable[[re.Match[str], range], list[str]]
_WORD, _DAY, _YEAR = r"([^\W\d]+)[.,]?", r"(\d{1,2})(?:\.|st|nd|rd|th|er|º)?", r"(\d{4}|'?\d\d)"
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form) if isinstance(form, str) else form, read)
    for form, read in (
        (r"(\d{4}(?:-\d\d(?:-\d\d)?)?)\s?([?~])?", lambda f, _: [f[1] + (f[2] or "")]),
        (r"(\d{3})", lambda f, _: [f"0{f[1]}"]),
        (_DATE_TIME, lambda f, _: [_of_date_time(f)]),
        (r"(\d{4})(\d\d)(\d\d)", lambda f, _: [f"{f[1]}-{f[2]}-{f[3]}"]),
        (
            r"(\d{3,4})[-./ ](\d{1,2})[-./ ](\d{1,2})",
            lambda f, _: [f"{f[1]:0>4}-{f[2]:0>2}-{f[3]:0>2}"],
        ),
        (rf"(\d{{1,2}})[./ -]\s?(\d{{1,2}})[./ -]\s?{_YEAR}", _in_numbers),
        (r"(\d{1,2})[./-](\d{4})", lambda f, _: [f"{f[2]}-{f[1]:0>2}"]),
        (r"(\d{4})[-./](\d{1,2})", _year_and_month),
        (_DECADE, lambda f, _: [f"{f[1] or f[2]}X"]),
        (_CENTURY, _century),
        (_QUARTER, lambda f, _: [f"{f[2] or f[3]}-{32 + int(f[1] or f[4])}"]),
        (_WINTER, lambda f, _: [f"{f[1]}-24"]),
    )
)
# With the groups of the year, the month and the day; 0 where there is no day.
_WITH_MONTH = tuple(
    (re.compile(form), groups)
    for form, groups in (
        (rf"{_DAY}[ .-]*{_WORD}[ ,.-]*{_YEAR}", (3, 2, 1)),
        (rf"{_WORD} {_DAY},? {_YEAR}", (3, 1, 2)),
        (rf"{_YEAR}[ ,-]+{_WORD}[ -]{_DAY}", (1, 2, 3)),
        (rf"{_WORD}[ -]*{_YEAR}", (2, 1, 0)),
        (rf"(\d{{4}})[ ,-]+{_WORD}", (1, 2, 0)),
    )
)


def _years(text: str, years: range) -> list[str]:
    """Give a year of four digits, or those of the atlas that end in its two."""
    if len(text) == 4:
        return [text]
    return [f"{year:04}" for year in years if year % 100 == int(text.lstrip("'"))]


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(v if v >= after else -v for v, after in zip(values, following, strict=True))


def _months(word: str) -> list[int]:
    """Give the months a word may be, in any language; more than one where languages differ."""
    if word in _ROMAN:
        return [_ROMAN.index(word) + 1]
    return _english(word) or sorted(_months_of_languages().get(_bare(word), ()))


def _english(word: str) -> list[int]:
    plain = word.lower()
    return [
        number
        for number, name in enumerate(_ENGLISH, start=1)
        if (plain == "sept" and number == 9) or (len(plain) > 2 and name.startswith(plain))
    ]


@cache
def _months_of_languages() -> dict[str, set[int]]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 0.5 s for all of them

    found: dict[str, set[int]] = {}
    for code in _LANGUAGES:
        try:
            months = Locale(code).months
        except UnknownLocaleError:
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[form][width].items():
                    if not name[:1].isdigit():
                        found.setdefault(_bare(name.lower()), set()).add(int(number))
    return found


def _bare(word: str) -> str:
    return word.strip(".").replace("ё", "е")


def _of_date_time(found: re.Match[str]) -> str:
    """Give the day; a first of January at midnight is how databases write a year."""
    day = found[1]
    return day[:4] if day.endswith("-01-01") and _MIDNIGHT.fullmatch(found[2]) else day


def _contradicts(text: str, edtf: str, order: str) -> bool:
    """Tell whether a date in numbers has another order than the one that was said."""
    found = re.search(r"(?<!\d)(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?\d", text)
    if not found or order == AS_READ or not re.fullmatch(r"\d{4}-\d\d-\d\d", edtf[:10]):
        return False
    return int(edtf[8:10]) != int(found[1 if order == DAY_FIRST else 2])


def _is_exchangeable(readings: Sequence[str]) -> bool:
    """Tell whether two readings differ by the order of day and month."""
    one, two = (re.split(r"[-/]", text) for text in readings)
    return sorted(one) == sorted(two)


def _is_edtf(text: str) -> bool:
    try:
        parse_date_text(text)
    except DateUnreadable:
        return False
    return True
