"""Dates of the rows of a file: read, faults of one form told once, ends that are the last day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from maps.atlas.dates import parse_date_text
from maps.atlas.intake.days import (
    Dates,
    advice,
    day_after,
    form_of,
    is_year_by_convention,
    read_date,
)
from maps.atlas.intake.mapping import Fields
from maps.atlas.intake.table import Entry
from maps.errors import DateUnreadable, Problem

# Columns of published files whose end is the last day or year that counts: Cliopatria, CShapes.
_LAST_DAYS = ("toyear", "gweyear", "gwedate")
_SOUNDS_LAST = re.compile(
    r"last|through|until|till|inclusive|to_?year|end_?year|bis", re.IGNORECASE
)
_LISTED = 5


@dataclass
class DateReader:
    """Reads dates of a sheet and keeps what cannot be read, by column and form."""

    fields: Fields
    dates: Dates
    remarks: list[str] = field(default_factory=list)
    _faults: dict[tuple[str, str], list[tuple[Entry, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def read(self, entry: Entry, name: str, text: str) -> str:
        """Give a date as EDTF; empty where it cannot be read, or is empty."""
        if not text:
            return ""
        edtf, fault = read_date(text, self.dates)
        if fault:
            self._faults[name, form_of(text)].append((entry, text, fault))
        elif is_year_by_convention(text):
            self.remarks.append(f"row {entry.line}: '{text}' is read as the year {edtf}")
        return edtf

    def problems(self) -> Iterator[Problem]:
        """Tell of each form once, at its first row."""
        for (name, _), found in self._faults.items():
            # A row that can be read in two ways says more than those beside it.
            found.sort(key=lambda each: (" or " not in each[2], each[0].line))
            entry, text, fault = found[0]
            others = [f"{other.line}" for other, _, _ in found[1:]]
            more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
            alike = f"; alike: rows {', '.join(others[:_LISTED])}{more}" if others else ""
            option = advice(text, self.dates)
            message = f"{fault}{f'; {option}' if option else ''}{alike}"
            yield self.fields.problem(entry, name, "date-unreadable", message)


Held = tuple[Entry, str, str, str]  # a row, what it is about, its start and its end


def settled_end(
    fields: Fields, rows: Iterable[Held], inclusive: bool | None
) -> tuple[bool, Problem | None, str]:
    """Settle whether the ends of a file are the last days it holds, or the days after.

    Returns
    -------
    bool, Problem or None, str
        Whether they are the last; what has to be asked; what is to be said of it.
    """
    column = fields.column("end")
    if inclusive is not None or column not in fields.column_of:
        return bool(inclusive), None, ""
    heading = fields.column_of[column]
    if re.sub(r"\W|_", "", heading).lower() in _LAST_DAYS:
        remark = (
            f"'{heading}' is read as the last day or year that counts; --end-exclusive says else"
        )
        return True, None, remark
    held = [row for row in rows if row[2] and row[3]]
    starts = defaultdict(set)
    for _, subject, start, _ in held:
        starts[subject].add(start)
    met = any(end in starts[subject] for _, subject, start, end in held if start != end)
    signs = [f"row {row[0].line}: {row[2]} to {row[3]}" for row in held if _is_one(row[2], row[3])]
    signs += [
        f"row {row[0].line} ends in {row[3]}, another row of it starts the day after"
        for row in held
        if not met and _following(row[3]) in starts[row[1]]
    ]
    if not signs and not (held and not met and _SOUNDS_LAST.search(heading)):
        return False, None, ""
    why = f" ({signs[0]})" if signs else ""
    message = (
        f"looks like the last day or year that counts{why}; --end-inclusive reads it so, "
        "--end-exclusive as the first day it no longer holds"
    )
    return False, fields.sheet.problem(None, heading, "end-unclear", message), ""


def end_after(end: str, *, inclusive: bool) -> str:
    """Give the first day, month or year a thing no longer holds; empty where it is open."""
    return day_after(end) if inclusive and end else end


def _is_one(start: str, end: str) -> bool:
    """Tell whether a span would be empty, were its end not to count."""
    try:
        one, two = parse_date_text(start), parse_date_text(end)
    except DateUnreadable:
        return False
    return bool(one.earliest and one.earliest == two.earliest)


def _following(end: str) -> str:
    try:
        return day_after(end)
    except DateUnreadable:
        return ""
