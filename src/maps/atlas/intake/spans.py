"""Dates of the rows of a file: read, faults of one form told once, ends that are the last day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from maps.atlas.dates import parse_date_text
from maps.atlas.intake.days import Dates, advice, day_after, form_of, read_date
from maps.atlas.intake.mapping import Fields, with_four_digits
from maps.atlas.intake.readings import is_converted, is_year_by_convention, says_still
from maps.atlas.intake.table import Entry
from maps.atlas.model import Date
from maps.errors import DateUnreadable, Problem

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
            is_readable = bool(advice(text, self.dates))
            self._faults[name, form_of(text), is_readable].append((entry, text, fault))
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
            option = advice(text, self.dates)
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
    others = [f"{entry.line}" for entry, _, _ in found[1:]]
    more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
    rows = "rows" if len(others) > 1 else "row"
    return f"; alike: {rows} {', '.join(others[:_LISTED])}{more}" if others else ""


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
