"""Dates of a spreadsheet: EDTF as it is, other forms by what they probably mean.

`readings.meant` lists the readings of a form that is no EDTF. Whoever imports is told of
them, or has them taken (`Dates`); nothing is taken that could be read in two ways. A
`DateReader` reads the dates of a whole sheet: faults of one form are told once, and it is
asked whether its ends are the last days that count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from maps.atlas.dates import FIRST_YEAR, parse_date_text
from maps.atlas.intake.calendars import plain, told_with_era
from maps.atlas.intake.mapping import Fields, with_four_digits
from maps.atlas.intake.readings import (
    DATE_TIME,
    ISO_DAY,
    day_of,
    is_converted,
    is_edtf,
    is_year_by_convention,
    meant,
    month_number,
    normal,
    says_still,
    says_unknown,
    with_a_year,
)
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import clean, plain_digits, some_of
from maps.atlas.model import Date
from maps.errors import DateUnreadable, Problem

AS_READ, DAY_FIRST, MONTH_FIRST = "as-read", "day-first", "month-first"
ORDERS = (AS_READ, DAY_FIRST, MONTH_FIRST)

# 1911.0, a year that was once a column of numbers; '1911, one that a sheet had as text; 1911 ?.
_NOTHING_ELSE = re.compile(r"['’]?(-?\d{4})(?:[.,]0+|\s+([?~]))?")
_SERIAL_0 = Date(1899, 12, 30)  # the day a spreadsheet counts from
# Columns of published files whose end is the last day or year that counts: Cliopatria, CShapes.
_LAST_DAYS = ("toyear", "gweyear", "gwedate")
_SOUNDS_LAST = re.compile(
    r"last|through|until|till|inclusive|to_?year|end_?year|bis", re.IGNORECASE
)
# Columns of years in which -44 is 44 BCE, and 476 can be no other year: Cliopatria.
_WITHOUT_ZERO = ("fromyear", "toyear")
_LISTED = 5
_YEAR, _DAY = re.compile(r"-?\d{1,4}"), re.compile(r"\d{4}-\d\d-\d\d")
_GREGORIAN = Date(1582, 10, 15)
# 1905-06 is a month and 1918-21 a season to EDTF, and both are years to many historians.
_SHORTENED = re.compile(r"(\d\d)(\d\d)\s?[-–/]\s?(\d\d)")

Held = tuple[Entry, str, str, str]  # a row, what it is about, its start and its end
Found = list[tuple[Entry, str, str]]  # rows with their text, and what was read or is wrong


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
    if found := DATE_TIME.fullmatch(written.lower()):
        return day_of(found), ""
    if found := _NOTHING_ELSE.fullmatch(written):
        written = found[1] + (found[2] or "")
    if not date_fault(written, dates.years):
        return written, ""
    readings = _readings(written, dates.years)
    if dates.order in ORDERS[1:] and _is_exchangeable(readings):
        return readings[dates.order == MONTH_FIRST], ""
    if not dates.order or len(readings) != 1:
        return "", date_fault(written, dates.years)
    if _contradicts(written, readings[0], dates.order):
        other = DAY_FIRST if dates.order == MONTH_FIRST else MONTH_FIRST
        message = f"{text!r} can only be {readings[0]}, so these dates are not {dates.order}"
        return "", f"{message}; --dates {other} may read them"
    return readings[0], ""


def date_fault(text: str, years: range = range(0)) -> str:
    """Say what is wrong with a date and what would do; empty where it is EDTF."""
    try:
        parse_date_text(text)
    except DateUnreadable as error:
        return next(_advised(text, years), str(error))
    return ""


def _advised(text: str, years: range) -> Iterator[str]:
    """Say what would do for a text that is no EDTF, the best first."""
    if says_still(text):
        yield f"{text!r} is no date; leave the cell empty for what still holds"
    if says_unknown(text):
        example = f"[{years[0]:04}..{years[-1]:04}]" if years else "[1911..1913]"
        yield f"{text!r} says no date; write the years it lies in, as {example}"
    found = meant(text, years)
    if readings := _readings(text, years):
        yield f"{text!r} is not an EDTF date; write {' or '.join(map(told_with_era, readings))}"
    if re.fullmatch(r"−\d{5,}|\d{5,} bce", normal(text)):
        yield f"{text!r} is before {1 - FIRST_YEAR} BCE, the first year an atlas can show"
    if any(edtf.endswith("-02-29") for edtf in found):
        yield f"{text!r} is no Gregorian day; write O.S. behind it where it is a Julian one"
    if found:
        yield f"{text!r} is no day of the calendar"
    if with_year := with_a_year(text, years):
        yield f"{text!r} has no year; write it with its year, as {with_year}"
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and (_SERIAL_0 + int(text[:5])).year in years:
        day = _SERIAL_0 + int(text[:5])
        yield f"{text!r} may be how a spreadsheet counts {day}; show the column as dates"


def _readings(text: str, years: range) -> list[str]:
    return [edtf for edtf in meant(text, years) if is_edtf(edtf)]


def _advice(text: str, dates: Dates) -> str:
    """Say which option would take a date as it is offered; empty where none does."""
    readings = _readings(text, dates.years)
    if _is_exchangeable(readings):
        return f"--dates {DAY_FIRST} or --dates {MONTH_FIRST} says which"
    if len(readings) != 1 or _contradicts(text, readings[0], dates.order):
        return ""
    return f"--dates {AS_READ} takes it so"


def _form_of(text: str) -> str:
    """Give what dates written in the same way share: April 6, 1901 and May 12, 1902."""
    months = re.sub(r"[^\W\d]+", lambda word: "month" if month_number(word[0]) else word[0], text)
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
    found = re.fullmatch(r"-?\d{4}(-\d\d)?(-\d\d)?", edtf.rpartition("/")[2].rstrip("?~%"))
    unsaid = found.groups().count(None) if found else 0
    following = (latest + 1).isoformat()
    return (following.rsplit("-", unsaid)[0] if unsaid else following) + mark


def _contradicts(text: str, edtf: str, order: str) -> bool:
    """Tell whether a date in numbers has another order than the one that was said."""
    found = re.search(r"(?<!\d)(\d{1,2})[./ -]\s?(\d{1,2})[./ -]\s?\d", text)
    day = ISO_DAY.match(edtf)
    if not found or not day or order == AS_READ:
        return False
    return int(day[1]) != int(found[1 if order == DAY_FIRST else 2])


def _is_exchangeable(readings: Sequence[str]) -> bool:
    """Tell whether there are two readings that differ by the order of day and month."""
    parts = [sorted(re.split(r"[-/]", text)) for text in readings]
    return len(parts) == 2 and parts[0] == parts[1]


@dataclass
class DateReader:
    """Reads dates of a sheet and keeps what cannot be read, by column and form."""

    fields: Fields
    dates: Dates
    keeps_notes: bool = True  # whether what is read has a note beside it
    _asked: list[Problem] = field(default_factory=list)
    _said_of_end: str = ""
    _notes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _shortened: dict[str, Found] = field(default_factory=lambda: defaultdict(list))
    _told: dict[str, list[tuple[Entry, str]]] = field(default_factory=lambda: defaultdict(list))
    _faults: dict[tuple[str, str, bool], Found] = field(default_factory=lambda: defaultdict(list))

    def read(self, entry: Entry, name: str, text: str) -> str:
        """Give a date as EDTF; empty where it cannot be read, or is empty."""
        if not text or (self.dates.order and name.startswith("end") and says_still(text)):
            return ""
        heading = self.fields.column_of.get(name, "")
        if _bare(heading) in _WITHOUT_ZERO and _YEAR.fullmatch(text):
            if (year := int(text)) == 0:
                message = (
                    f"'{text}' is no year of '{heading}', where 1 follows -1; write one of them"
                )
                self._faults[heading, text, False].append((entry, text, message))
                return ""
            if year < 0:
                said = f" in '{heading}', which counts no year 0"
                self._tell(entry, f"'{text}' is {-year} BCE", said)
            return with_four_digits(str(year + 1 if year < 0 else year))
        edtf, fault = read_date(text, self.dates)
        if fault:
            is_readable = bool(_advice(text, self.dates))
            self._faults[name, _form_of(text), is_readable].append((entry, text, fault))
        elif edtf:
            self._remark(entry, text, edtf)
        if (years := _SHORTENED.fullmatch(text)) and years[3] > years[2]:
            self._shortened[name].append((entry, text, edtf))
            if text == edtf:
                said = " is read as a month or a season, as EDTF has it, not as two years"
                self._tell(entry, f"'{text}'", said)
        return edtf

    def settled_end(self, rows: Iterable[Held], inclusive: bool | None) -> bool:
        """Tell whether the ends of a file are the last days it holds, not the days after.

        Where the file does not say it, and it looks so, it is asked among `problems`.
        """
        column = self.fields.column("end")
        if inclusive is not None or column not in self.fields.column_of:
            return bool(inclusive)
        heading = self.fields.column_of[column]
        if _bare(heading) in _LAST_DAYS:
            self._said_of_end = (
                f"'{heading}' is read as the last day or year that counts; "
                "--end-exclusive says else"
            )
            return True
        held = [row for row in rows if row[2] and row[3]]
        starts = defaultdict(set)
        for _, subject, start, _ in held:
            starts[subject].add(start)
        met = any(end in starts[subject] for _, subject, start, end in held if start != end)
        signs = [
            f"row {e.line}: {start} to {end}" for e, _, start, end in held if _is_one(start, end)
        ]
        for entry, subject, _, end in held if not met else ():
            with suppress(DateUnreadable):
                if day_after(end) in starts[subject]:
                    sign = f"row {entry.line} ends in {end}, another row of it starts the day after"
                    signs.append(sign)
        if signs or (held and not met and _SOUNDS_LAST.search(heading)):
            why = f" ({signs[0]})" if signs else ""
            message = (
                f"looks like the last day or year that counts{why}; --end-inclusive reads it so, "
                "--end-exclusive as the first day it no longer holds"
            )
            self._asked.append(self.fields.sheet.problem(None, heading, "end-unclear", message))
        return False

    def noted(self, entry: Entry, note: str) -> str:
        """Add to the note of a row how its dates were written, where they were converted."""
        return " ".join(filter(None, (note, *self._notes[entry.line])))

    def remarks(self) -> Iterator[str]:
        """Say how dates were taken that could be meant otherwise, each kind once."""
        for said, found in self._told.items():
            (entry, what), *others = found
            more = f" (and {len(others)} more)" if others else ""
            yield f"row {entry.line}: {what}{said}{more}"
        if self._said_of_end:
            yield self._said_of_end

    def _remark(self, entry: Entry, text: str, edtf: str) -> None:
        if is_year_by_convention(text):
            self._tell(entry, f"'{text}' is read as the year {edtf}", "")
        if text.startswith(("-", "−")) and (first := parse_date_text(edtf).earliest):
            said = " where a year 0 is counted, as in EDTF and ISO 8601"
            self._tell(entry, f"'{text}' is of {first.year_of_era} BCE", said)
        if text != edtf and is_converted(text, self.dates.years):
            self._notes[entry.line].append(
                f'The date is written "{text}"; here it stands in the Gregorian calendar.'
            )
            kept = "; the note of the row says how it was written" if self.keeps_notes else ""
            self._tell(entry, f"'{text}' is {edtf}", f" in the Gregorian calendar{kept}")
        elif _DAY.search(edtf) and (parse_date_text(edtf).earliest or _GREGORIAN) < _GREGORIAN:
            said = (
                " is taken for a Gregorian day, as all before 15 October 1582; written with O.S. "
                "behind it, it is converted from the Julian calendar"
            )
            self._tell(entry, f"'{text}'", said)

    def _tell(self, entry: Entry, what: str, said: str) -> None:
        self._told[said].append((entry, what))

    def problems(self) -> Iterator[Problem]:
        """Tell of each form once, at its first row."""
        for (name, _, _), found in self._faults.items():
            # A row that can be read in two ways says more than those beside it.
            found.sort(key=lambda each: (" or " not in each[2], each[0].line))
            entry, text, fault = found[0]
            option = _advice(text, self.dates)
            message = f"{fault}{f'; {option}' if option else ''}{_alike(found)}"
            yield self.fields.problem(entry, name, "date-unreadable", message)
        for name, shortened in self._shortened.items():
            years = next((text for _, text, edtf in shortened if text != edtf), "")
            months = [each for each in shortened if each[1] == each[2]]
            if years and months:
                entry, text, _ = months[0]
                message = (
                    f"'{text}' is a month or a season to EDTF, while '{years}' are years; "
                    f"write {text[:4]}/{text[:2]}{text[-2:]} if these are, too{_alike(months)}"
                )
                yield self.fields.problem(entry, name, "date-unclear", message)
        yield from self._asked


def _alike(found: Found) -> str:
    """Name the rows that a message at the first of them is about, too."""
    others = [entry.line for entry, _, _ in found[1:]]
    rows = "rows" if len(others) > 1 else "row"
    return f"; alike: {rows} {some_of(others, _LISTED)}" if others else ""


def end_after(end: str, *, inclusive: bool) -> str:
    """Give the first day, month or year a thing no longer holds; empty where it is open."""
    return day_after(end) if inclusive and end else end


def _bare(heading: str) -> str:
    return re.sub(r"\W|_", "", heading).lower()


def _is_one(start: str, end: str) -> bool:
    """Tell whether a span would be empty, were its end not to count."""
    try:
        one, two = parse_date_text(start), parse_date_text(end)
    except DateUnreadable:
        return False
    return bool(one.earliest and one.earliest == two.earliest)
