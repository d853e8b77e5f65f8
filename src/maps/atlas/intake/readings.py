"""What a date that is no EDTF may mean, in the languages of the files people bring."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import product

from maps.atlas.dates import parse_date_text
from maps.atlas.intake.calendars import (
    ERA_AT_END,
    MINUS,
    SAID,
    any_of,
    counted,
    from_julian,
    plain,
    signed,
    with_eras,
    without_style,
)
from maps.atlas.intake.text import clean, plain_digits
from maps.atlas.model import Date
from maps.errors import DateUnreadable

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december")  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WINTER = SAID["seasons"]["24"].split()
_SEASON_OF = {word: int(n) for n, words in SAID["seasons"].items() for word in words.split()}

# Words around a date that say nothing of it, endings of numbers, and marks of footnotes.
_FILLING = re.compile(
    rf"\b{any_of('filling')}\.?(?=[\s)\]/]|$)|^{any_of('in')}\s+(?=[^,]*\d)"
    r"|(?<=\d)-(?:ci|cı|cu|cü|го|м|ին|ից|ի)\b|(?<=\d)['’](?:de|da|te|ta)\b"
)
_FOOTNOTE = re.compile(r"(?<=[\w.])\s?(?:[*†‡§¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z]|sic!?)\])$")
_SUPPLIED = re.compile(r"\[(.+?)\]")
_DOUBTED = re.compile(r"(.*?)\s?(?:\(\?\)|\?)\s?(.*)")
_ABOUT = re.compile(
    rf"{any_of('about')}(?:[ -]+|(?<=[.~≈])|(?<=^c)(?=\d))(.+)"
    rf"|(.*\d)\s?(?:\({any_of('about')}\)|c\.|ca\.?|circa|approx\.)"
)
_BEFORE, _AFTER = (re.compile(rf"{any_of(side)}\s*(.+)") for side in ("before", "after"))
_ONWARDS = re.compile(r"(.+?)\s*(?:\+|[-–]|onwards?)")
_OR = re.compile(rf"\s+{any_of('or')}\s+|\s+/\s+")
_AND = re.compile(rf"\s+{any_of('and')}\s+|\s*[;&]\s*|,\s+")
_UNKNOWN, _STILL = re.compile(any_of("unknown")), re.compile(any_of("still"))
_BETWEEN = re.compile(rf"{any_of('between')}\s+(.+?)\s+{any_of('and')}\s+(.+)")
_FROM_TO = re.compile(rf"(?:{any_of('from')}\s+)?(.+?)\s+{any_of('to')}\s+(.+)")
# A dash with space around it parts before one without, a long one before a short one.
_DASHES = (" – ", " - ", r"\.\.", "–", "-", " / ", "/")
DATE_TIME = re.compile(
    r"([-−]?\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(?:z|utc|[+-]\d\d(?::?\d\d)?)?"
)
_TIME_BEHIND = re.compile(r"(?<=\d)[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$")
_MIDNIGHT = re.compile(r"00:00(?::00(?:[.,]0+)?)?")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\.?\s?[-–/]\s?(\d{1,2})([./])(\d{1,2})\3(\d{4})")
# Old and new style: 12/25 June 1911, 25 October (7 November) 1917; June 12/25, 1911.
_TWO_STYLES = re.compile(r"(.+?)\s?[/(\[]\s?(.+)")
_MONTH_TWO_STYLES = re.compile(r"([^\W\d]+)\.? (\d{1,2})\s?[(/]\s?(\d{1,2})\)?,? (.*\d.*)")
# The year that began in March beside the one that began in January: 10 February 1699/1700.
_TWO_YEARS = re.compile(r"(.*[^\d\s].*?)[ ,-]+(\d{3,4}) ?/ ?(\d{1,4})")
_ANY_YEAR = "1923"
_LAST_TWO_YEARS = 1752  # when the year of the English began in January, too
ISO_DAY = re.compile(r"-?\d{4}-\d\d-(\d\d)")
_CHINESE_OR_KOREAN = re.compile(r"(\d{4})[年년](?: ?(\d{1,2})[月월](?: ?(\d{1,2})[日일])?)?")
_MONTH_AND_DAYS = re.compile(r"([^\W\d]+)\.? (\d{1,2})\s?[-–/]\s?(\d{1,2}),? (\d{4})")


def meant(text: str, years: range = range(0)) -> list[str]:
    """List what a date that is no EDTF may mean, as EDTF, each once; empty where nobody knows."""
    return list(dict.fromkeys(map(plain, _phrase(normal(text), years))))


def with_a_year(text: str, years: range = range(0)) -> str:
    """Give what a date would be with a year; empty where that is not all it lacks."""
    return next(iter(_date(f"{_bare(normal(text))} {_ANY_YEAR}", years)), "")


def says_still(text: str) -> bool:
    """Tell whether an end says that there is none yet: present, heute, н.в."""
    return bool(_STILL.fullmatch(clean(text).lower()))


def says_unknown(text: str) -> bool:
    """Tell whether it says that no date is known: n.d., undated."""
    return bool(_UNKNOWN.fullmatch(clean(text).lower().rstrip(".")))


def is_year_by_convention(text: str) -> bool:
    """Tell whether a date-time is a first of January at midnight, as Wikidata writes years."""
    found = DATE_TIME.fullmatch(plain_digits(clean(text)).lower())
    return bool(found and day_of(found) != found[1])


def is_converted(text: str, years: range = range(0)) -> bool:
    """Tell whether a date is given in the Julian calendar, alone or beside the Gregorian one."""
    bare = _bare(normal(text))
    rest, old, _ = without_style(bare)
    return old or bool(_in_two_styles(rest, years))


def normal(text: str) -> str:
    """Give a date as the patterns have it: lower case, one kind of dash, eras as bce and ce."""
    written = unicodedata.normalize("NFKC", plain_digits(clean(text))).lower()
    written = re.sub(r"[‒—―−]", "–", " ".join(written.split())).strip(' .,;"“”„«»')
    written = _CHINESE_OR_KOREAN.sub(
        lambda found: "-".join(part.zfill(2) for part in found.groups() if part), written
    )
    written = re.sub(r"^(-?\d{1,4})\.0+$", r"\1", written)
    return signed(with_eras(_FOOTNOTE.sub("", written)))


def _phrase(text: str, years: range) -> list[str]:
    """Read a date with what is said around it; the first way that reads it counts."""
    text = text if DATE_TIME.fullmatch(text) else _TIME_BEHIND.sub("", text)
    bare = _bare(text)
    return (
        _in_calendars(bare, years)
        or _date(bare, years)
        or _doubted(bare, years)
        or _between(text, years)
        or _alternatives(bare, years)
        or _spans(bare, years)
        or _open(text, years)
        or _about(bare, years)
    )


def _bare(text: str) -> str:
    """Leave out filling words, and the day of the week at either end."""

    def is_weekday(word: str) -> bool:
        bare = _stem(word.strip("(),"))
        return bare in _names("days") and bare not in _names("months") and bare not in _ROMAN

    words = _FILLING.sub(" ", text).split()
    while words and is_weekday(words[0]):
        del words[0]
    while words and is_weekday(words[-1]):
        del words[-1]
    return " ".join(words).rstrip(",")


def _doubted(text: str, years: range) -> list[str]:
    """Read what is marked as doubtful, or what an editor supplied: [1911], 1911 (?), July? 1911."""
    supplied = _SUPPLIED.fullmatch(text)
    inner = supplied[1] if supplied else text
    if found := _DOUBTED.fullmatch(inner):
        inner = f"{found[1]} {found[2]}".strip()
    if inner == text:
        return []
    read = _date(inner, years) or _spans(inner, years)
    return [re.sub(r"(?<=[\dX])(?=/|$)", "?", edtf) for edtf in read]


def _in_calendars(text: str, years: range) -> list[str]:
    """Read a date whose calendar is said, or that is given in both, as the Gregorian day."""
    rest, old, new = without_style(text)
    if found := _in_two_styles(rest, years):
        return found
    if old == new:
        return []
    readings = [plain(edtf) for edtf in _phrase(rest, years)]
    return [edtf for edtf in map(from_julian, readings) if edtf] if old else readings


def _in_two_styles(text: str, years: range) -> list[str]:
    """Read the Gregorian day of a date in both calendars, or with the years of both Januaries."""
    if found := _MONTH_TWO_STYLES.fullmatch(text):
        text = f"{found[2]}/{found[3]} {found[1]} {found[4]}"
    if found := _TWO_STYLES.fullmatch(re.sub(r"\s?[)\]]", "", text)):
        first = [plain(edtf) for edtf in _completed(found[1], found[2], years)]
        second = [plain(edtf) for edtf in _completed(found[2], found[1], years)]
        both = [
            edtf
            for other, edtf in (*product(first, second), *product(second, first))
            if ISO_DAY.fullmatch(other) and from_julian(other) == edtf
        ]
        if both:
            return both
    found = _TWO_YEARS.fullmatch(text)
    year = int(found[2]) + 1 if found else 0
    if not found or year > _LAST_TWO_YEARS or not str(year).endswith(found[3]):
        return []
    read = [plain(edtf) for edtf in _date(f"{found[1]} {year:04}", years)]
    return [from_julian(edtf) for edtf in read if ISO_DAY.fullmatch(edtf) and edtf[5:] < "03-25"]


def _between(text: str, years: range) -> list[str]:
    found = _BETWEEN.fullmatch(text)
    pairs = _both(found[1], found[2], years) if found else []
    return [f"[{one}..{two}]" for one, two in pairs]


def _alternatives(text: str, years: range) -> list[str]:
    """Read one of several days, or all of them."""
    for between, form in ((_OR, "[{}]"), (_AND, "{{{}}}")):
        options = between.split(text)
        read = [_completed(option, options[-1], years) for option in options]
        if len(options) > 1 and all(read):
            return [form.format(",".join(each)) for each in product(*read)]
    return []


def _open(text: str, years: range) -> list[str]:
    for pattern, form in ((_BEFORE, "../{}"), (_AFTER, "{}/.."), (_ONWARDS, "{}/..")):
        if found := pattern.fullmatch(text):
            inner = _phrase(found[1], years)
            return [form.format(edtf) for edtf in inner if "/" not in edtf]
    return []


def _about(text: str, years: range) -> list[str]:
    found = _ABOUT.fullmatch(text)
    inner = _phrase(found[1] or found[2], years) if found else []
    return [edtf + "~" for edtf in inner if edtf[-1] in "0123456789X" and "/" not in edtf]


def _spans(text: str, years: range) -> list[str]:
    """Read two dates with a dash or a word between them, the first perhaps shortened."""
    if found := _DAYS_OF_MONTH.fullmatch(text):
        first, last, _, month, year = found.groups()
        return [f"{year}-{month:0>2}-{first:0>2}/{year}-{month:0>2}-{last:0>2}"]
    if found := re.fullmatch(r"(\d{4}-\d\d-)(\d\d)\s?[-–/]\s?(\d\d)", text):
        return [f"{found[1]}{found[2]}/{found[1]}{found[3]}"]
    if (found := _MONTH_AND_DAYS.fullmatch(text)) and (months := _months(found[1])):
        return [
            "/".join(f"{found[4]}-{month:02}-{day:0>2}" for day in (found[2], found[3]))
            for month in months
        ]
    if found := re.fullmatch(r"(\d{4})\s?[-–/]\s?(\d{2})", text):
        is_month = "-" not in text and 1 <= int(found[2]) <= 12
        month = [f"{found[1]}-{found[2]}"] if is_month else []
        is_span = int(found[1][2:]) < int(found[2])
        return month + ([f"{found[1]}/{found[1][:2]}{found[2]}"] if is_span else [])
    if found := _FROM_TO.fullmatch(text):
        parted = [(found[1], found[2])]
    else:
        places = (place.span() for dash in _DASHES for place in re.finditer(dash, text))
        parted = [(text[:start], text[end:]) for start, end in places]
    pairs = next(filter(None, (_both(*sides, years) for sides in parted)), [])
    return [f"{one}/{two}" for one, two in pairs]


def _both(first: str, last: str, years: range) -> list[tuple[str, str]]:
    """Pair the readings of two dates; where both have two, the first goes with the first."""
    if first.endswith(" ce") and not ERA_AT_END.search(last):  # AD 20-30
        last += " ce"
    if last.strip() == "?" or says_still(last):
        return [(one, "" if last.strip() == "?" else "..") for one in _completed(first, "", years)]
    if first.strip() == "?":
        return [("", two) for two in _completed(last, "", years)]
    one, two = _completed(first, last, years), _completed(last, last, years)
    pairs = zip(one, two, strict=True) if len(one) == len(two) == 2 else product(one, two)
    ends = ((_end(left, "earliest"), _end(right, "latest")) for left, right in pairs)
    return [(left, right) for left, right in ends if is_edtf(f"{left}/{right}")]


def _end(edtf: str, side: str) -> str:
    """Give the first or last year of a decade or a century, which no interval can have."""
    if "X" not in edtf and ".." not in edtf:
        return edtf
    day: Date | None = getattr(parse_date_text(plain(edtf)), side)
    return str(day)[:-6] if day else edtf


def _completed(part: str, last: str, years: range) -> list[str]:
    """Read a date, or one that leaves to the last what they share: 12 of 12-14 June 1911."""
    found = _ABOUT.fullmatch(part.strip())
    stripped = ((found[1] or found[2]) if found else part).strip(" .,")
    era = ERA_AT_END.search(last)
    words = ERA_AT_END.sub("", last).split()
    end = era[0] if era and not ERA_AT_END.search(stripped) else ""
    shared = (*(" ".join(words[n:]) for n in range(1, len(words))), "")
    tries = (_date(f"{stripped} {words}".strip() + end, years) for words in shared)
    return [edtf + ("~" if found else "") for edtf in next((read for read in tries if read), [])]


def _date(text: str, years: range = range(0)) -> list[str]:
    """Read one date without words around it."""
    text = counted(text)
    if found := _IN_NUMBERS.fullmatch(text):
        one, two, year = found.groups()
        orders = ((one, two), (two, one))  # the day first, then the month
        read = [e for d, m in orders for y in _years(year, years) for e in _known(y, m, d)]
        return _existing(read)
    for pattern, reader in _FORMS.items():
        if found := re.fullmatch(pattern, text):
            return _existing(reader(found))
    for pattern, (of_year, of_month, of_day) in _WITH_MONTH.items():
        if found := re.fullmatch(pattern, text):
            day = f"-{found[of_day]:0>2}" if of_day else ""
            season = _SEASON_OF.get(found[of_month]) if not of_day else None
            months = [season] if season else _months(found[of_month])
            if read := [f"{y}-{m:02}{day}" for y in _years(found[of_year], years) for m in months]:
                return read
    return []


def _existing(readings: list[str]) -> list[str]:
    # The Julian calendar has more days of that kind than ours.
    return [edtf for edtf in readings if is_edtf(edtf) or edtf.endswith("-02-29")]


def month_number(word: str) -> str:
    """Give the two digits of a month by its name in any language, or by its number; else empty."""
    months = [int(word)] if word.isdecimal() else _months(_stem(word.lower()))
    return f"{months[0]:02}" if len(months) == 1 else ""


def _known(year: str, month: str, day: str) -> list[str]:
    """Write a day of numbers; one of 0 is how databases have what they do not know."""
    parts = [f"{year:0>4}", *(f"{part:0>2}" for part in (month, day) if int(part))]
    return [] if int(day) and not int(month) else ["-".join(parts)]


def _half(found: re.Match[str]) -> list[str]:
    """Read a half of a year or of a century as some time in it."""
    if found[2]:
        first, last = ("01", "06") if found[1] else ("07", "12")
        return [f"[{found[2]}-{first}..{found[2]}-{last}]"]
    century = _date(found[3])
    if len(century) != 1 or not re.fullmatch(r"\d\dXX", century[0]):
        return []
    years_of = (1, 50) if found[1] else (51, 100)
    return ["[{}..{}]".format(*(f"{int(century[0][:2]) * 100 + year:04}" for year in years_of))]


def _year_and_month(found: re.Match[str]) -> list[str]:
    """Read 1911/06 as a month; 1911/12 may be two years too."""
    year, month = found.groups()
    spans = [f"{year}/{year[:2]}{month}"] if len(month) == 2 and month > year[2:] else []
    return [f"{year}-{month:0>2}", *spans]


def _century(found: re.Match[str]) -> list[str]:
    written, era = found[1] or found[3], found[2] or found[4]
    if written.isdigit():
        number = int(written)
    else:  # a Roman letter before a greater one counts against it
        values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in written]
        pairs = zip(values, [*values[1:], 0], strict=True)
        number = sum(value if value >= after else -value for value, after in pairs)
    if era == "bce":
        return [f"{MINUS}{number - 1:02}XX"] if number > 0 else []
    if number == 1:
        return ["[0001..0100]"]  # 00XX would begin in the year 0
    return [f"{number - 1:02}XX"] if 1 < number < 22 else []


def _decade(found: re.Match[str]) -> list[str]:
    decade = found[1] or found[2] or found[4]
    if found[3] != "bce":
        return [f"{decade:0>3}X"]
    # The 450s BCE are the years -458 to -449, which no X can stand for.
    first = int(decade) * 10 + 9
    return [f"[{MINUS}{first - 1:04}..{MINUS}{first - 10:04}]"] if first > 9 else []


_Reader = Callable[[re.Match[str]], list[str]]
_WORD, _DAY = r"([^\W\d]+)[.,]?", r"(\d{1,2})(?:\.|st|nd|rd|th|er|o)?"
_YEAR = r"(−?\d{4}|\d{3}|'?\d\d)"
_IN_NUMBERS = re.compile(rf"(\d{{1,2}})[./ -]\s?(\d{{1,2}})[./ -]\s?{_YEAR}")
_FORMS: dict[str, _Reader] = {
    r"(−?\d{4}(?:-(?!00)\d\d){0,2})\s?([?~])?": lambda f: [f[1] + (f[2] or "")],
    r"(\d{3})": lambda f: [f"0{f[1]}"],
    DATE_TIME.pattern: lambda f: [day_of(f)],
    r"(\d{4})(\d\d)(\d\d)": lambda f: [f"{f[1]}-{f[2]}-{f[3]}"],
    r"(−?\d{3,4})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{1,2})": lambda f: _known(*f.groups()),
    r"(\d{1,2})[./-](−?\d{4})": lambda f: [f"{f[2]}-{f[1]:0>2}"],
    r"(−?\d{4})[-./](\d{1,2})": _year_and_month,
    r"(\d{3})[-?_x]": lambda f: [f"{f[1]}X"],  # catalogues of libraries have it so
    r"(\d\d)(?:--|\?\?|__|xx)": lambda f: [f"{f[1]}XX"],
    r"([12])[., ’'](\d{3})": lambda f: [f[1] + f[2]],  # a number of a sheet
    (
        r"(\d{3})0(?:'?s|er(?: jahre)?|-?е|-?х|['-]?l[aəe]r|-ci illər)"
        r"|(\d{1,3})0(?:'?s|er(?: jahre)?|-?е|-?х) (b?ce)"
        r"|(?:années|anni|años)\s+(\d{3})0"
    ): _decade,
    (
        rf"(?:({any_of('first_half')})|{any_of('second_half')}) {any_of('half')} (?:(\d{{4}})|(.+))"
    ): _half,
    (
        rf"(\d{{1,2}}|[ivx]+)(?:\.|st|nd|rd|th|e|ème|-?й|-?го)?\s*{any_of('century')}(?: (b?ce))?"
        rf"|{any_of('century_before')}\s+(\d{{1,2}}|[ivx]+)(?: (b?ce))?"
    ): _century,
    r"q([1-4])[ /-]?(\d{4})": lambda f: [f"{f[2]}-{32 + int(f[1])}"],
    r"(\d{4})[ -]?q([1-4])": lambda f: [f"{f[1]}-{32 + int(f[2])}"],
    rf"(?:{'|'.join(_WINTER)}) (\d{{1,4}})\s?[-–/]\s?(−)?(?:\d\d|\d{{4}})": (
        lambda f: [f"−{int(f[1]) - 1:04}-24" if f[2] else f"{f[1]}-24"]
    ),
}
# With the groups of the year, the month and the day; 0 where there is no day.
_WITH_MONTH = {
    rf"{_DAY}[ ./-]*{_WORD}[ ,./-]*{_YEAR}": (3, 2, 1),
    rf"{_WORD} {_DAY},? {_YEAR}": (3, 1, 2),
    rf"{_YEAR}[ ,.-]+{_WORD}[ -]{_DAY}": (1, 2, 3),
    rf"{_WORD}[ -]*(−?\d{{4}}|\d{{3}}|'\d\d)": (2, 1, 0),
    rf"{_WORD}-(\d\d)": (2, 1, 0),  # as sheets show a month; with a space it is a day
    rf"(−?\d{{4}})[ ,.-]+{_WORD}": (1, 2, 0),
}


def _years(text: str, years: range) -> list[str]:
    """Give a year of three or four digits, or those of the atlas that end in its two."""
    if len(text) > 2 and not text.startswith("'"):
        return [f"{text:0>4}"]
    return [f"{year:04}" for year in years if year > 0 and year % 100 == int(text.lstrip("'"))]


def _months(word: str) -> list[int]:
    """Give the months a word may be, in any language; more than one where languages differ."""
    if word in _ROMAN:
        return [_ROMAN.index(word) + 1]
    begun = [n for n, name in enumerate(_ENGLISH, start=1) if name.startswith(word)]
    return begun if begun and len(word) > 2 else sorted(_names("months").get(_stem(word), ()))


@cache
def _names(part: str) -> dict[str, set[int]]:
    """Give the numbers of what languages call the ``months`` or the ``days`` of a week."""
    from babel import Locale  # noqa: PLC0415 - 0.5 s for all of them

    found: dict[str, set[int]] = defaultdict(set)
    for code in ("en", *SAID["languages"].split()):
        names = getattr(Locale(code), part)
        for form, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            for number, name in names[form][width].items():
                if not name[:1].isdigit() and len(name) > 2:
                    found[_stem(name.lower())].add(int(number))
    return found


def _stem(word: str) -> str:
    return word.strip(".").replace("ё", "е")


def day_of(found: re.Match[str]) -> str:
    """Give the day; a first of January at midnight is how databases write a year."""
    day = plain(found[1])
    is_year = day.endswith("-01-01") and _MIDNIGHT.fullmatch(found[2])
    return day.removesuffix("-01-01") if is_year else day


def is_edtf(text: str) -> bool:
    """Tell whether a reading is a date there is."""
    try:
        parse_date_text(plain(text))
    except DateUnreadable:
        return False
    return True
