"""What a person typed, checked against what the atlas has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from maps.atlas.dates import FIRST_YEAR, LAST_YEAR, first_and_last, parse_date_text
from maps.atlas.known import day_inside
from maps.atlas.longitudes import width
from maps.atlas.model import Atlas, Date, Event
from maps.errors import DateUnreadable
from maps.words.date_formats import date_words, era_pattern
from maps.words.i18n import available_languages, fold

DATE_FORMS = "5 July 1921, 1921-07-05, 5.7.1921, July 1921 or 1921"
_LONGEST_DATE = 9  # words: "from the 5th of July 1921 - 7 July 1923"
# A folded text has no such sign of its own; here it stands before a year before the year 1.
_BEFORE = "−"
# By its digits a number is a day or a month, a year (y), or all of a date.
_KINDS = {1: "n", 2: "n", 8: "d"}
_WORD_OR_NUMBER = re.compile(rf"{_BEFORE}?[0-9]+|[^\W\d_]+")


@dataclass(frozen=True)
class WrittenDate:
    """A day, month, year or interval as its first and its last day; None where it is open.

    ``other`` is the day it would be with the month written first, where that is
    as possible: 5/7/1921.
    """

    earliest: Date | None
    latest: Date | None
    other: Date | None = None


def atlas_languages(atlas: Atlas) -> tuple[str, ...]:
    """List the languages that dates are read in: of the interface, the texts and the names."""
    settings = atlas.settings
    spoken = (*available_languages(), *settings.languages, *settings.name_languages)
    return tuple(dict.fromkeys(spoken))


def read_date(text: str, languages: tuple[str, ...] = ("en",)) -> WrittenDate:
    """Read a date as a person writes it, or EDTF.

    A month by name in any of the languages and cases, with a year of four digits
    and perhaps a day, in any order; or numbers with one sign between them, the
    year first or last: 1921-07-05, 5.7.1921, 7/1921, 19210705. Of two such dates
    with a dash or stroke between them, an interval. Numbers with points have the
    day first; with another sign, where both would do, the day is taken to be
    first and the other reading is told. `calendar.js` has the same rules, but
    for EDTF beyond doubtful dates and intervals; `tests/fixtures/written_dates.json` holds
    both to one table.

    The names are CLDR's; why no library reads them is in docs/decisions/0013.

    Raises
    ------
    DateUnreadable
        It is no date, or one that the calendar does not have.
    """
    try:
        found = _written(fold(text), languages)
    except ValueError as error:
        raise DateUnreadable(f"{text!r} {error}") from None
    if found:
        return found
    try:
        when = parse_date_text(text)
    except DateUnreadable:
        raise DateUnreadable(f"{text!r} is not a date; write it as {DATE_FORMS}") from None
    return WrittenDate(when.earliest, when.latest)


def find_date(text: str, languages: tuple[str, ...]) -> tuple[WrittenDate, str, str] | None:
    """Find the longest run of words of a text that is a date; give it, the run, and the rest."""
    parts = text.split()
    for length in range(min(len(parts), _LONGEST_DATE), 0, -1):
        for at in range(len(parts) - length + 1):
            run = " ".join(parts[at : at + length])
            try:
                found = _written(fold(run), languages)
            except ValueError:
                found = None
            if found:
                return found, run, " ".join(parts[:at] + parts[at + length :])
    return None


def first_day_inside(atlas: Atlas, written: WrittenDate) -> Date:
    """Give the first day of a date in the atlas: a year may begin before the atlas does.

    Raises
    ------
    DayOutsideAtlas
        None of its days is in the atlas.
    """
    first = atlas.settings.first_day
    if written.latest and written.latest < first:
        return day_inside(atlas, written.earliest or written.latest)
    return day_inside(atlas, max(written.earliest or first, first))


def chosen_dates(text: str, languages: tuple[str, ...] = ("en",)) -> dict[str, Date]:
    """Read days chosen for events, as ``A21:1923-05-23,A25:1994-05-09``; empty for none.

    Raises
    ------
    DateUnreadable
        A part has another form, is no single day, or may be two.
    """
    chosen: dict[str, Date] = {}
    # A comma also stands within a date: "A21:May 23, 1923".
    for part in filter(None, (p.strip() for p in re.split(r",(?=[^,:]*:)", text.strip(" ,")))):
        event_id, colon, day = part.partition(":")
        if not colon:
            raise DateUnreadable(f"{part!r} is not an event with a day; write it as A21:1923-05-23")
        when = read_date(day, languages)
        if when.earliest is None or when.earliest != when.latest:
            raise DateUnreadable(f"{day!r} is not one day; write it as 1923-05-23")
        if when.other:
            raise DateUnreadable(f"{day!r} may be {when.earliest} or {when.other}; write which")
        chosen[event_id.strip()] = when.earliest
    return chosen


def possible_between(event: Event, first: Date | None, last: Date | None) -> bool:
    """Tell whether an event may have happened between two days, both inside.

    None leaves that side open. An event whose own date is open at its end
    counts on the days it is shown on.
    """
    begins = event.date.earliest or event.span.start
    ends = event.date.latest or event.span.start
    return (last is None or begins <= last) and (first is None or ends >= first)


def four_numbers(text: str) -> tuple[float, float, float, float]:
    """Read ``WEST,SOUTH,EAST,NORTH`` in degrees; across 180 degrees west is greater than east.

    Raises
    ------
    ValueError
        It has another form, or no area; the message says what would do.
    """
    expected = f"{text!r} is not WEST,SOUTH,EAST,NORTH in degrees; write 45.8,39.2,47.6,40.5"
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(expected) from None
    if not width((west, south, east, north)) or not -90 <= south < north <= 90:
        raise ValueError(expected)
    return west, south, east, north


def _written(folded: str, languages: tuple[str, ...]) -> WrittenDate | None:
    """Read a folded text as one date, or as two with a dash or stroke between them.

    None where it has no such form; ValueError where there are no such days.
    """
    text, words = _years_of_four_digits(folded, languages), date_words(languages)
    single = _single(text, words)
    if single:
        return single
    for sign in (" - ", "/", "-"):
        sides = [side.strip() for side in text.split(sign)]
        is_open = [sign == "/" and side in ("", "..") for side in sides]
        if len(sides) != 2 or all(is_open):
            continue
        start, end = (
            WrittenDate(None, None) if is_left_open else _single(side, words)
            for is_left_open, side in zip(is_open, sides, strict=True)
        )
        if start and end and not start.other and not end.other:
            if start.earliest and end.latest and end.latest < start.earliest:
                raise ValueError(f"ends on {end.latest}, before it starts on {start.earliest}")
            return WrittenDate(start.earliest, end.latest)
    return None


def _years_of_four_digits(text: str, languages: tuple[str, ...]) -> str:
    """Write each year that has its era beside it as EDTF does: 44 BCE as the year -0043."""

    def edtf(found: re.Match[str]) -> str:
        before, after = found[1] or found[2], found[3] or found[4]
        return f"{_BEFORE}{int(before) - 1:04d}" if before else f"{int(after):04d}"

    text = re.sub(r"(^|/ ?|- )-(?=\d{4}\b)", rf"\1{_BEFORE}", text)
    text = re.sub(era_pattern(languages), edtf, text)
    # "44 - 30 BCE": the era is said once.
    said = re.fullmatch(rf"(\d{{1,4}}) ?[-/] ?({_BEFORE}\d{{4}})", text)
    return f"{_BEFORE}{int(said[1]) - 1:04d}/{said[2]}" if said else text


def _single(text: str, words: Mapping[str, int]) -> WrittenDate | None:
    """Read one date: a year, and perhaps a month and a day, in words or in numbers."""
    cleaned = text.rstrip(" ?~%")
    parts = _WORD_OR_NUMBER.findall(cleaned)
    between = [sign.strip() for sign in _WORD_OR_NUMBER.split(cleaned)]
    numbers = [part for part in parts if part[-1].isdecimal()]
    names = [part for part in parts if not part[-1].isdecimal()]
    if between[0] or not set("".join(between)) <= set(".,-/()") or not set(names) <= words.keys():
        return None
    kinds = [
        "y" if len(number.removeprefix(_BEFORE)) == 4 else _KINDS.get(len(number), "?")
        for number in numbers
    ]
    if names:  # one month at most by its name, in any order
        months = [words[name] for name in names if words[name]]
        days = [number for number, kind in zip(numbers, kinds, strict=True) if kind == "n"]
        form = "".join(sorted(kinds)) + "m" * len(months)
        is_date = form in ("y", "ym", "nym")
        return _days(numbers[kinds.index("y")], *months, *days) if is_date else None
    signs = set(between[1:-1])
    if len(signs) > 1 or "," in signs or between[-1] not in ("", "."):
        return None
    return _in_numbers(numbers, "".join(kinds), is_pointed=signs == {"."})


def _in_numbers(numbers: list[str], kinds: str, *, is_pointed: bool) -> WrittenDate | None:
    match kinds:
        case "d":
            return _days(numbers[0][:4], numbers[0][4:6], numbers[0][6:])
        case "y" | "yn" | "ynn":
            return _days(*numbers)
        case "ny":
            return _days(*reversed(numbers))
        case "nny":
            first, second, year = numbers
            orders = [(year, second, first), (year, first, second)]
            # Points are written where the day comes first, never where the month does.
            if is_pointed or int(first) == int(second) or int(first) > 12:
                del orders[1]
            elif int(second) > 12:
                del orders[0]
            read, *others = [_days(*order) for order in orders]
            return replace(read, other=others[0].earliest) if others else read
    return None


def _days(year: str, *month_and_day: str | int) -> WrittenDate:
    counted = int(year.replace(_BEFORE, "-"))
    try:
        if not FIRST_YEAR <= counted <= LAST_YEAR:
            raise ValueError
        return WrittenDate(*first_and_last(counted, *(int(part) for part in month_and_day)))
    except ValueError:
        raise ValueError("is not a day of the calendar") from None
