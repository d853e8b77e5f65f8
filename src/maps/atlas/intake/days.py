"""Dates of a spreadsheet: EDTF as it is, other forms by what they probably mean.

`meant` lists the readings of a form that is no EDTF. Whoever imports is told of them, or
has them taken (`Dates`); nothing is taken that could be read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from maps.atlas.dates import FIRST_YEAR, parse_date_text
from maps.atlas.intake.julian import from_julian, without_style
from maps.atlas.intake.text import clean, plain_digits
from maps.atlas.intake.years import (
    ERA_AT_END,
    LANGUAGES,
    MINUS,
    counted,
    plain,
    signed,
    told_with_era,
    with_eras,
)
from maps.atlas.model import Date
from maps.errors import DateUnreadable

AS_READ, DAY_FIRST, MONTH_FIRST = "as-read", "day-first", "month-first"
ORDERS = (AS_READ, DAY_FIRST, MONTH_FIRST)

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august",
            "september", "october", "november", "december")  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
# EDTF numbers the seasons 21 to 24 where a month would stand.
_SEASONS = {
    21: "spring frühling frühjahr printemps primavera wiosna весна весной jaro tavasz ilkbahar",
    22: "summer sommer été estate verano lato лето летом léto nyár yaz",
    23: "autumn fall herbst automne autunno otoño jesień осень осенью podzim ősz sonbahar",
    24: "winter hiver inverno invierno zima зима зимой tél kış",
}
_SEASON_OF = {word: number for number, words in _SEASONS.items() for word in words.split()}

# Words around a date that say nothing of it, endings of numbers, and marks of footnotes.
_FILLING = re.compile(
    r"\b(?:the|of|on|de|del|den|der|des|am|le|el|il|la|года|году|годы|год|року|роки|рік|г|гг|р|r|rok"
    r"|roku|թ|թվականի?ն?|ili?|ildə|ilin|yıl[ıi]?|jahre?s?|anno)\.?(?=[\s)\]/]|$)"
    r"|^(?:in|im|в|во|у|w|v|en|anno)\s+(?=[^,]*\d)"
    r"|(?<=\d)-(?:ci|cı|cu|cü|го|м|ին|ից|ի)\b|(?<=\d)['’](?:de|da|te|ta)\b"
)
_FOOTNOTE = re.compile(r"(?<=[\w.])\s?(?:[*†‡§¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z]|sic!?)\])$")
_SUPPLIED = re.compile(r"\[(.+?)\]")
_DOUBTED = re.compile(r"(.*?)\s?(?:\(\?\)|\?)\s?(.*)")
_SAY_ABOUT = (
    r"c\.?|ca\.?|circa|about|around|approx(?:\.|imately)?|~|≈|um|etwa|gegen|vers|env(?:\.|iron)?"
    r"|около|ок\.|прибл\.|hacia|verso|early|mid|late|end|beginning|anfang|mitte|ende|début|mi|fin"
    r"|начало|конец|середина"
)
_ABOUT = re.compile(
    rf"(?:{_SAY_ABOUT})(?:[ -]+|(?<=[.~≈])|(?<=^c)(?=\d))(.+)"
    rf"|(.*\d)\s?(?:\((?:{_SAY_ABOUT})\)|c\.|ca\.?|circa|approx\.)"
)
_BEFORE = re.compile(
    r"(?:before|by|until|till|to|up to|pre-?|not after|not? later than|(?:terminus )?ante(?: quem)?"
    r"|vor|bis|spätestens|avant|jusqu'?en|до|по|не позднее|antes|przed)\s*(.+)"
)
_AFTER = re.compile(
    r"(?:after|since|from|not before|not? earlier than|(?:terminus )?post-?(?: quem)?"
    r"|nach|seit|ab|frühestens|après|depuis|после|с|не ранее|después|po|od)\s*(.+)"
)
_ONWARDS = re.compile(r"(.+?)\s*(?:\+|[-–]|onwards?)")
_OR = re.compile(r"\s+(?:or|oder|ou|o|или|або|lub|və ya|veya|կամ)\s+|\s+/\s+")
_AND = re.compile(r"\s+(?:and|und|et|y|e|и|і|i|və|ve|և)\s+|\s*[;&]\s*|,\s+")
_UNKNOWN = ("?", "-", "–", "n.d", "s.d", "o. j", "o.j", "б/г", "б.г", "б. г", "unknown", "undated",
            "unbekannt", "неизвестно", "bilinmiyor", "naməlum", "անհայտ")  # fmt: skip
_STILL = ("present", "now", "today", "ongoing", "current", "heute", "aujourd'hui", "н.в.", "9999")
_BETWEEN = re.compile(r"(?:between|zwischen|entre|между)\s+(.+?)\s+(?:and|und|et|y|и)\s+(.+)")
_FROM_TO = re.compile(
    r"(?:(?:from|von|vom|du|с|from the)\s+)?(.+?)\s+"
    r"(?:to|until|till|through|bis|bis zum|au|à|по|до|a|al)\s+(.+)"
)
_DECADE = re.compile(
    r"(\d{3})0(?:'?s|er(?: jahre)?|-?е|-?х|['-]?l[aəe]r|-ci illər)"
    r"|(\d{1,3})0(?:'?s|er(?: jahre)?|-?е|-?х) (b?ce)"
    r"|(?:années|anni|años)\s+(\d{3})0"
)
_CENTURY = re.compile(
    r"(\d{1,2}|[ivx]+)(?:\.|st|nd|rd|th|e|ème|-?й|-?го)?\s*"
    r"(?:century|cent\.?|c\.?|siècle|s\.?|jahrhunderts?|jh\.?|век|века|в\.?|ст\.?|століття|yüzyıl|yy\.?|əsr|դար|secolo|siglo|wieku?|w\.?|století|storočie|század)"
    r"(?: (b?ce))?|(?:siglo|secolo|w\.)\s+(xi{0,3}|[ivx]+)(?: (b?ce))?"
)
_WINTER = re.compile(r"(?:winter|hiver|зима|зимой|zima) (\d{1,4})\s?[-–/]\s?(−)?(?:\d\d|\d{4})")
_QUARTER = re.compile(r"(?:q([1-4])[ /-]?(\d{4})|(\d{4})[ -]?q([1-4]))")
_HALF = re.compile(
    r"(?:(first|1st|1\.|erste|1re|première|первая)|(?:second|2nd|2\.|zweite|2e|seconde|вторая))"
    r" (?:half|hälfte|moitié|половина) (?:(\d{4})|(.+))"
)
_DATE_TIME = re.compile(
    r"([-−]?\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)\s?(?:z|utc|[+-]\d\d(?::?\d\d)?)?"
)
# 1911.0, a year that was once a column of numbers; '1911, one that a sheet had as text; 1911 ?.
_NOTHING_ELSE = re.compile(r"['’]?(-?\d{4})(?:[.,]0+|\s+([?~]))?")
_TIME_BEHIND = re.compile(r"(?<=\d)[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$")
_MIDNIGHT = re.compile(r"00:00(?::00(?:[.,]0+)?)?")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\.?\s?[-–/]\s?(\d{1,2})([./])(\d{1,2})\3(\d{4})")
# Old and new style: 12/25 June 1911, 25 October (7 November) 1917; June 12/25, 1911.
_TWO_STYLES = re.compile(r"(.+?)\s?[/(\[]\s?(.+)")
_MONTH_TWO_STYLES = re.compile(r"([^\W\d]+)\.? (\d{1,2})\s?[(/]\s?(\d{1,2})\)?,? (.*\d.*)")
# The year that began in March beside the one that began in January: 10 February 1699/1700.
_TWO_YEARS = re.compile(r"(.*[^\d\s].*?)[ ,-]+(\d{3,4}) ?/ ?(\d{1,4})")
_ANY_YEAR = "1923"
_SERIAL_0 = Date(1899, 12, 30)  # the day a spreadsheet counts from
_LAST_TWO_YEARS = 1752  # when the year of the English began in January, too
_ISO_DAY = re.compile(r"-?\d{4}-\d\d-(\d\d)")
_KOREAN = re.compile(r"(\d{4})년(?: ?(\d{1,2})월(?: ?(\d{1,2})일)?)?")
_MONTH_AND_DAYS = re.compile(r"([^\W\d]+)\.? (\d{1,2})\s?[-–/]\s?(\d{1,2}),? (\d{4})")


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
    written = plain(plain_digits(clean(text)))
    if found := _DATE_TIME.fullmatch(written.lower()):
        return _of_date_time(found), ""
    if found := _NOTHING_ELSE.fullmatch(written):
        written = found[1] + (found[2] or "")
    if not date_fault(written, dates.years):
        return written, ""
    readings = [edtf for edtf in meant(written, dates.years) if _is_edtf(edtf)]
    if dates.order and len(readings) == 1:
        if _contradicts(written, readings[0], dates.order):
            other = DAY_FIRST if dates.order == MONTH_FIRST else MONTH_FIRST
            message = f"{text!r} can only be {readings[0]}, so these dates are not {dates.order}"
            return "", f"{message}; --dates {other} may read them"
        return readings[0], ""
    if len(readings) == 2 and _is_exchangeable(readings) and dates.order in ORDERS[1:]:
        return readings[dates.order == MONTH_FIRST], ""
    return "", date_fault(written, dates.years)


def still_holds(text: str) -> bool:
    """Tell whether an end says that there is none yet: present, heute, н.в."""
    return clean(text).lower() in _STILL


def is_year_by_convention(text: str) -> bool:
    """Tell whether a date-time is a first of January at midnight, as Wikidata writes years."""
    found = _DATE_TIME.fullmatch(plain_digits(clean(text)).lower())
    return bool(found and _of_date_time(found) != found[1])


def is_converted(text: str, years: range = range(0)) -> bool:
    """Tell whether a date is given in the Julian calendar, alone or beside the Gregorian one."""
    bare = _bare(_normal(text))
    rest, old, _ = without_style(bare)
    return old or bool(_in_two_styles(rest, years))


def date_fault(text: str, years: range = range(0)) -> str:
    """Say what is wrong with a date and what would do; empty where it is EDTF."""
    try:
        parse_date_text(text)
    except DateUnreadable as error:
        return next(_advised(text, years), str(error))
    return ""


def _advised(text: str, years: range) -> Iterator[str]:
    """Say what would do for a text that is no EDTF, the best first."""
    if still_holds(text):
        yield f"{text!r} is no date; leave the cell empty for what still holds"
    if clean(text).lower().rstrip(".") in _UNKNOWN:
        example = f"[{years[0]:04}..{years[-1]:04}]" if years else "[1911..1913]"
        yield f"{text!r} says no date; write the years it lies in, as {example}"
    found = meant(text, years)
    if readings := [edtf for edtf in found if _is_edtf(edtf)]:
        yield f"{text!r} is not an EDTF date; write {' or '.join(map(told_with_era, readings))}"
    normal = _normal(text)
    if re.fullmatch(r"−\d{5,}|\d{5,} bce", normal):
        yield f"{text!r} is before {1 - FIRST_YEAR} BCE, the first year an atlas can show"
    if any(edtf.endswith("-02-29") for edtf in found):
        yield f"{text!r} is no Gregorian day; write O.S. behind it where it is a Julian one"
    if found:
        yield f"{text!r} is no day of the calendar"
    if with_year := _date(f"{_bare(normal)} {_ANY_YEAR}", years):
        yield f"{text!r} has no year; write it with its year, as {with_year[0]}"
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and (_SERIAL_0 + int(text[:5])).year in years:
        day = _SERIAL_0 + int(text[:5])
        yield f"{text!r} may be how a spreadsheet counts {day}; show the column as dates"


def advice(text: str, dates: Dates) -> str:
    """Say which option would take a date as it is offered; empty where none does."""
    readings = [edtf for edtf in meant(text, dates.years) if _is_edtf(edtf)]
    if len(readings) == 1:
        said = _contradicts(text, readings[0], dates.order)
        return "" if said else f"--dates {AS_READ} takes it so"
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
    last = edtf.rpartition("/")[2].rstrip("?~%")
    found = re.fullmatch(r"-?\d{4}(-\d\d)?(-\d\d)?", last)
    unsaid = list(found.groups()).count(None) if found else 0
    following = (latest + 1).isoformat()
    return (following.rsplit("-", unsaid)[0] if unsaid else following) + mark


def meant(text: str, years: range = range(0)) -> list[str]:
    """List what a date that is no EDTF may mean, as EDTF, each once; empty where nobody knows."""
    return list(dict.fromkeys(map(plain, _phrase(_normal(text), years))))


def _normal(text: str) -> str:
    """Give a date as the patterns have it: lower case, one kind of dash, eras as bce and ce."""
    written = unicodedata.normalize("NFKC", plain_digits(clean(text))).lower()
    written = re.sub(r"[‒—―−]", "–", " ".join(written.split())).strip(' .,;"“”„«»')
    written = re.sub(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?", _chinese, written)
    written = re.sub(_KOREAN, _chinese, written)
    written = re.sub(r"^(-?\d{1,4})\.0+$", r"\1", written)
    return signed(with_eras(_FOOTNOTE.sub("", written)))


def _chinese(found: re.Match[str]) -> str:
    return "-".join(part if len(part) == 4 else f"{part:0>2}" for part in found.groups() if part)


def _phrase(text: str, years: range) -> list[str]:
    """Read a date with what is said around it; the first way that reads it counts."""
    text = text if _DATE_TIME.fullmatch(text) else _TIME_BEHIND.sub("", text)
    bare = _bare(text)
    ways: tuple[Callable[[], list[str]], ...] = (
        lambda: _in_calendars(bare, years),
        lambda: _date(bare, years),
        lambda: _doubted(bare, years),
        lambda: _between(text, years),
        lambda: _alternatives(bare, years),
        lambda: list(_spans(bare, years)),
        lambda: _open(text, years),
        lambda: _about(bare, years),
    )
    return next((found for way in ways if (found := way())), [])


def _bare(text: str) -> str:
    words = _FILLING.sub(" ", text).split()
    while words and _is_weekday(words[0]):
        del words[0]
    while words and _is_weekday(words[-1]):
        del words[-1]
    return " ".join(words).rstrip(",")


def _is_weekday(word: str) -> bool:
    plain = _stem(word.strip("(),"))
    return plain in _names("days") and plain not in _names("months") and plain not in _ROMAN


def _doubted(text: str, years: range) -> list[str]:
    """Read what is marked as doubtful, or what an editor supplied: [1911], 1911 (?), July? 1911."""
    supplied = _SUPPLIED.fullmatch(text)
    inner = supplied[1] if supplied else text
    if found := _DOUBTED.fullmatch(inner):
        inner = f"{found[1]} {found[2]}".strip()
    if inner == text:
        return []
    read = _date(inner, years) or list(_spans(inner, years))
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
            if _ISO_DAY.fullmatch(other) and from_julian(other) == edtf
        ]
        if both:
            return both
    found = _TWO_YEARS.fullmatch(text)
    year = int(found[2]) + 1 if found else 0
    if not found or year > _LAST_TWO_YEARS or not str(year).endswith(found[3]):
        return []
    read = [plain(edtf) for edtf in _date(f"{found[1]} {year:04}", years)]
    return [from_julian(edtf) for edtf in read if _ISO_DAY.fullmatch(edtf) and edtf[5:] < "03-25"]


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
    for dash in (" – ", " - ", "..", "–", "-", " / ", "/"):
        for place in re.finditer(re.escape(dash), text):
            pairs = _both(text[: place.start()], text[place.end() :], years)
            if pairs:
                return [f"{one}/{two}" for one, two in pairs]
    return []


def _both(first: str, last: str, years: range) -> list[tuple[str, str]]:
    """Pair the readings of two dates; where both have two, the first goes with the first."""
    if first.endswith(" ce") and not ERA_AT_END.search(last):  # AD 20-30
        last += " ce"
    if last.strip() in (*_STILL, "?"):
        return [(one, "" if last.strip() == "?" else "..") for one in _completed(first, "", years)]
    if first.strip() == "?":
        return [("", two) for two in _completed(last, "", years)]
    one, two = _completed(first, last, years), _completed(last, last, years)
    pairs = zip(one, two, strict=True) if len(one) == len(two) == 2 else product(one, two)
    ends = ((_end(left, "earliest"), _end(right, "latest")) for left, right in pairs)
    return [(left, right) for left, right in ends if _is_edtf(f"{left}/{right}")]


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


def _date(text: str, years: range) -> list[str]:
    """Read one date without words around it."""
    text = counted(text)
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(text):
            # The Julian calendar has more days of that kind than ours.
            return [e for e in read(found, years) if _is_edtf(e) or e.endswith("-02-29")]
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


def month_number(word: str) -> str:
    """Give the two digits of a month by its name in any language, or by its number; else empty."""
    months = [int(word)] if word.isdecimal() else _months(_stem(word.lower()))
    return f"{months[0]:02}" if len(months) == 1 else ""


def _written(year: str, word: str, day: str) -> list[str]:
    if not day and word in _SEASON_OF:
        return [f"{year}-{_SEASON_OF[word]}"]
    return [f"{year}-{month:02}" + (f"-{day:0>2}" if day else "") for month in _months(word)]


def _in_numbers(found: re.Match[str], years: range) -> list[str]:
    """Read 1.2.1911 with the day first, then with the month first."""
    one, two, year = found.groups()
    orders = ((one, two), (two, one))
    return [edtf for d, m in orders for y in _years(year, years) for edtf in _known(y, m, d)]


def _known(year: str, month: str, day: str) -> list[str]:
    """Write a day of numbers; one of 0 is how databases have what they do not know."""
    parts = [f"{year:0>4}", *(f"{part:0>2}" for part in (month, day) if int(part))]
    return [] if int(day) and not int(month) else ["-".join(parts)]


def _half(found: re.Match[str], years: range) -> list[str]:
    """Read a half of a year or of a century as some time in it."""
    if found[2]:
        first, last = ("01", "06") if found[1] else ("07", "12")
        return [f"[{found[2]}-{first}..{found[2]}-{last}]"]
    century = _date(found[3], years)
    if len(century) != 1 or not re.fullmatch(r"\d\dXX", century[0]):
        return []
    years_of = (1, 50) if found[1] else (51, 100)
    return ["[{}..{}]".format(*(f"{int(century[0][:2]) * 100 + year:04}" for year in years_of))]


def _year_and_month(found: re.Match[str], years: range) -> list[str]:  # noqa: ARG001
    """Read 1911/06 as a month; 1911/12 may be two years too."""
    year, month = found.groups()
    spans = [f"{year}/{year[:2]}{month}"] if len(month) == 2 and month > year[2:] else []
    return [f"{year}-{month:0>2}", *spans]


def _century(found: re.Match[str], years: range) -> list[str]:  # noqa: ARG001
    number, era = _number(found[1] or found[3]), found[2] or found[4]
    if era == "bce":
        return [f"{MINUS}{number - 1:02}XX"] if number > 0 else []
    if number == 1:
        return ["[0001..0100]"]  # 00XX would begin in the year 0
    return [f"{number - 1:02}XX"] if 1 < number < 22 else []


def _decade(found: re.Match[str], years: range) -> list[str]:  # noqa: ARG001
    decade = found[1] or found[2] or found[4]
    if found[3] != "bce":
        return [f"{decade:0>3}X"]
    # The 450s BCE are the years -458 to -449, which no X can stand for.
    first = int(decade) * 10 + 9
    return [f"[{MINUS}{first - 1:04}..{MINUS}{first - 10:04}]"] if first > 9 else []


_Reader = Callable[[re.Match[str], range], list[str]]
_WORD, _DAY = r"([^\W\d]+)[.,]?", r"(\d{1,2})(?:\.|st|nd|rd|th|er|o)?"
_YEAR = r"(−?\d{4}|\d{3}|'?\d\d)"
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(form) if isinstance(form, str) else form, read)
    for form, read in (
        (r"(−?\d{4}(?:-(?!00)\d\d){0,2})\s?([?~])?", lambda f, _: [f[1] + (f[2] or "")]),
        (r"(\d{3})", lambda f, _: [f"0{f[1]}"]),
        (_DATE_TIME, lambda f, _: [_of_date_time(f)]),
        (r"(\d{4})(\d\d)(\d\d)", lambda f, _: [f"{f[1]}-{f[2]}-{f[3]}"]),
        (
            r"(−?\d{3,4})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{1,2})",
            lambda f, _: _known(*f.groups()),
        ),
        (rf"(\d{{1,2}})[./ -]\s?(\d{{1,2}})[./ -]\s?{_YEAR}", _in_numbers),
        (r"(\d{1,2})[./-](−?\d{4})", lambda f, _: [f"{f[2]}-{f[1]:0>2}"]),
        (r"(−?\d{4})[-./](\d{1,2})", _year_and_month),
        (r"(\d{3})[-?_x]", lambda f, _: [f"{f[1]}X"]),  # catalogues of libraries have it so
        (r"(\d\d)(?:--|\?\?|__|xx)", lambda f, _: [f"{f[1]}XX"]),
        (r"([12])[., ’'](\d{3})", lambda f, _: [f[1] + f[2]]),  # a number of a sheet
        (_DECADE, _decade),
        (_HALF, _half),
        (_CENTURY, _century),
        (_QUARTER, lambda f, _: [f"{f[2] or f[3]}-{32 + int(f[1] or f[4])}"]),
        (_WINTER, lambda f, _: [f"−{int(f[1]) - 1:04}-24" if f[2] else f"{f[1]}-24"]),
    )
)
# With the groups of the year, the month and the day; 0 where there is no day.
_WITH_MONTH = tuple(
    (re.compile(form), groups)
    for form, groups in (
        (rf"{_DAY}[ ./-]*{_WORD}[ ,./-]*{_YEAR}", (3, 2, 1)),
        (rf"{_WORD} {_DAY},? {_YEAR}", (3, 1, 2)),
        (rf"{_YEAR}[ ,.-]+{_WORD}[ -]{_DAY}", (1, 2, 3)),
        (rf"{_WORD}[ -]*(−?\d{{4}}|\d{{3}}|'\d\d)", (2, 1, 0)),
        (rf"{_WORD}-(\d\d)", (2, 1, 0)),  # as sheets show a month; with a space it is a day
        (rf"(−?\d{{4}})[ ,.-]+{_WORD}", (1, 2, 0)),
    )
)


def _years(text: str, years: range) -> list[str]:
    """Give a year of three or four digits, or those of the atlas that end in its two."""
    if len(text) > 2 and not text.startswith("'"):
        return [f"{text:0>4}"]
    return [f"{year:04}" for year in years if year > 0 and year % 100 == int(text.lstrip("'"))]


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
    return _english(word) or sorted(_names("months").get(_stem(word), ()))


def _english(word: str) -> list[int]:
    plain = word.lower()
    return [
        number
        for number, name in enumerate(_ENGLISH, start=1)
        if (plain == "sept" and number == 9) or (len(plain) > 2 and name.startswith(plain))
    ]


@cache
def _names(part: str) -> dict[str, set[int]]:
    """Give the numbers of what languages call the ``months`` or the ``days`` of a week."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 0.5 s for all of them

    found: dict[str, set[int]] = {}
    for code in ("en", *LANGUAGES):
        try:
            names = getattr(Locale(code), part)
        except UnknownLocaleError:
            continue
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form][width].items():
                    if not name[:1].isdigit() and len(name) > 2:
                        found.setdefault(_stem(name.lower()), set()).add(int(number))
    return found


def _stem(word: str) -> str:
    return word.strip(".").replace("ё", "е")


def _of_date_time(found: re.Match[str]) -> str:
    """Give the day; a first of January at midnight is how databases write a year."""
    day = plain(found[1])
    is_year = day.endswith("-01-01") and _MIDNIGHT.fullmatch(found[2])
    return day.removesuffix("-01-01") if is_year else day


def _contradicts(text: str, edtf: str, order: str) -> bool:
    """Tell whether a date in numbers has another order than the one that was said."""
    found = re.search(r"(?<!\d)(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?\d", text)
    day = _ISO_DAY.match(edtf)
    if not found or order == AS_READ or not day:
        return False
    return int(day[1]) != int(found[1 if order == DAY_FIRST else 2])


def _is_exchangeable(readings: Sequence[str]) -> bool:
    """Tell whether two readings differ by the order of day and month."""
    one, two = (re.split(r"[-/]", text) for text in readings)
    return sorted(one) == sorted(two)


def _is_edtf(text: str) -> bool:
    try:
        parse_date_text(plain(text))
    except DateUnreadable:
        return False
    return True
