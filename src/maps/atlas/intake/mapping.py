"""Which column of a file is which field of an atlas, and what else is wished of an import."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maps.atlas.intake.readings import month_number
from maps.atlas.intake.table import Entry, Sheet
from maps.atlas.intake.text import plain_digits, refused
from maps.errors import ImportRefused, Problem

_SAID = tomllib.loads((Path(__file__).parent / "headings.toml").read_text("utf-8"))
_HEADINGS = {**_SAID["headings"], "region_id": _SAID["headings"]["regions"]}
_ALIASES: dict[str, list[str]] = {}
for _field, _words in _HEADINGS.items():
    for _heading in _words.split():
        _ALIASES.setdefault(_heading, []).append(_field)
PARTS = {name: words.split() for name, words in _SAID["parts"].items()}
_FLAGS: dict[str, str] = {"": "false"} | {
    word: flag for flag, words in _SAID["flags"].items() for word in words.split()
}


@dataclass(frozen=True)
class Wishes:
    """What the person asked for: how a file is read, and what becomes of it."""

    columns: Mapping[str, str] = field(default_factory=dict)  # column -> field
    values: Mapping[str, str] = field(default_factory=dict)  # field -> value of rows without one
    encoding: str = ""  # of a file that does not say it and is not UTF-8, as cp1252
    part: str = ""  # the sheet of a workbook or the layer of a map file; empty for the only one
    dates: str = ""  # one of `days.ORDERS`, empty: EDTF alone
    end_inclusive: bool | None = None  # whether ends are the last days; None: ask if they look so
    create_regions: bool = False
    skip_known: bool = False  # leave out what the atlas has already, else it is a problem
    dry_run: bool = False
    # Of boundaries alone:
    layer: str = ""
    crs: str = ""  # of a file that does not say it, as EPSG:5514
    contested_overlaps: bool = False  # mark what covers ground of another boundary as contested
    licence: str = ""  # of the file, with which it is kept; so are credit and title
    credit: str = ""
    title: str = ""


@dataclass(frozen=True)
class Fields:
    """A sheet seen through a mapping."""

    sheet: Sheet
    known: tuple[str, ...] = ()
    column_of: Mapping[str, str] = field(default_factory=dict)  # field -> column
    values: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def __contains__(self, name: str) -> bool:
        return name in self.column_of or name in self.values

    def get(self, entry: Entry, name: str) -> str:
        """Give a field of one row; empty where neither a column nor a value is named for it."""
        cell = entry.cells.get(self.column_of[name], "") if name in self.column_of else ""
        return cell or self.values.get(name, "")

    def date(self, entry: Entry, side: str) -> str:
        """Give ``start`` or ``end`` of one row, joined where it stands in parts."""
        whole = self.get(entry, side)
        year, month, day = (
            # 0 is how databases have what they do not know.
            re.sub(r"^0+$", "", plain_digits(self.get(entry, f"{side}.{part}")))
            for part in ("year", "month", "day")
        )
        if whole or not year:
            return whole or month or day
        if not month:
            return with_four_digits(year)  # of a day without a month nothing is known
        year = with_four_digits(year)
        if number := month_number(month):
            return "-".join((year, number, *([day.zfill(2)] if day else ())))
        return " ".join(part for part in (day, month, year) if part)

    def column(self, side: str) -> str:
        """Name the column a side of a span is read from, the year's where it stands in parts."""
        return next((n for n in (side, f"{side}.year") if n in self.column_of), side)

    def problem(self, entry: Entry, name: str, rule: str, message: str) -> Problem:
        """Make a problem at the cell that a field was read from."""
        return self.sheet.problem(entry.line, self.column_of.get(name, name), rule, message)


def flag_of(said: str) -> str:
    """Give true or false for a word that says so in some language; empty is false."""
    return _FLAGS.get(said.lower(), said.lower())


def with_four_digits(year: str) -> str:
    """Write a year as EDTF does, -0043 and 0476; what is no number of a year stays."""
    if not re.fullmatch(r"-?\d{1,4}", year):
        return year
    return f"{int(year):0{5 if year.startswith('-') else 4}d}"


def wishes_of(columns: Iterable[str], values: Iterable[str], file: Path | None) -> Wishes:
    """Read ``column=field`` and ``field=value``, and a TOML file with [columns] and [values].

    What is typed goes before what the file says.

    Raises
    ------
    ValueError
        A text has no ``=``.
    ImportRefused
        The file cannot be read.
    """
    read: dict[str, dict[str, str]] = {}
    if file:
        try:
            read = tomllib.loads(file.read_text("utf-8"))
        except OSError as error:
            raise refused(file, "file-missing", f"cannot be read ({error.strerror})") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise refused(file, "syntax", f"is not TOML: {error}") from None
        for name, table in read.items():
            fits = isinstance(table, dict) and all(isinstance(v, str) for v in table.values())
            if name not in ("columns", "values") or not fits:
                message = 'must hold [columns] and [values] with texts, as Date = "edtf"'
                raise refused(file, "shape", message)
    return Wishes(
        read.get("columns", {}) | _pairs(columns, str.rpartition),  # a column may hold the sign
        read.get("values", {}) | _pairs(values, str.partition),
    )


def _pairs(
    typed: Iterable[str], part: Callable[[str, str], tuple[str, str, str]]
) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in typed:
        left, sign, right = part(text, "=")
        if not sign or not left.strip():
            raise ValueError(f"{text!r} has no '='; write it as Date=edtf")
        pairs[left.strip()] = right.strip()
    return pairs


def mapped(sheet: Sheet, known: Iterable[str], wishes: Wishes, kind: str) -> Fields:
    """Settle which column is which field: those named first, then those of the same name.

    Raises
    ------
    ImportRefused
        A column or field that was named does not exist, or a field is named twice.
    """
    fields = tuple(known)
    there = f"there are {', '.join(sheet.columns)}"
    problems = [
        sheet.problem(None, column, "column-unknown", f"is no column; {there}")
        for column in wishes.columns
        if column not in sheet.columns
    ]
    there = f"there are {', '.join(fields)}"
    problems += [
        sheet.problem(None, name, "field-unknown", f"is no field of {kind}; {there}")
        for name in (*wishes.columns.values(), *wishes.values)
        if name and name not in fields  # column= says: leave this column out
    ]
    column_of: dict[str, str] = {}
    for column, name in wishes.columns.items():
        if name in column_of:
            message = f"is also '{name}', as '{column_of[name]}' is; map one of them"
            problems.append(sheet.problem(None, column, "field-twice", message))
        elif name:
            column_of[name] = column
    if problems:
        raise ImportRefused(problems)
    free = [column for column in sheet.columns if column not in wishes.columns]
    parts = _parts(free, fields, column_of)
    column_of |= parts
    for find in (lambda column: [_same(column)], _aliases):
        for column in free:
            if column in column_of.values():
                continue
            meant = [name for name in find(column) if name in fields and name not in column_of]
            if meant[:1] == ["edtf"] and ("start.year" in parts or "start" in column_of):
                continue  # the date stands in other columns
            column_of |= dict.fromkeys(meant[:1], column)
    if unread := [problem for column, problem in sheet.unread if column in column_of.values()]:
        raise ImportRefused(unread)
    filled = {name for entry in sheet.entries for name, cell in entry.cells.items() if cell}
    unused = [c for c in free if c in filled and c not in column_of.values()]
    return Fields(sheet, fields, column_of, wishes.values, tuple(unused))


def _parts(
    free: list[str], fields: tuple[str, ...], column_of: Mapping[str, str]
) -> dict[str, str]:
    """Find dates in parts: a year with a month beside it; a year alone is a date of its own."""
    found: dict[str, str] = {}
    for side in ("start", "end"):
        if f"{side}.year" not in fields or side in column_of or "edtf" in column_of:
            continue
        parts = {
            name: next((c for heading in PARTS[name] for c in free if _same(c) == heading), "")
            for name in (f"{side}.year", f"{side}.month", f"{side}.day")
        }
        if parts[f"{side}.year"] and parts[f"{side}.month"]:
            found |= {name: column for name, column in parts.items() if column}
    return found


def _same(column: str) -> str:
    return re.sub(r"[\s.-]+", "_", column.strip().lower()).strip("_")


def _aliases(column: str) -> list[str]:
    """Give the fields a heading may mean; what stands in brackets behind it is a unit."""
    heading = _same(re.sub(r"[(\[].*[)\]]", "", column))
    # Wikidata's query service calls the name of what `x` says `xLabel`.
    forms = (heading, heading.removesuffix("label"))
    return next((_ALIASES[form] for form in forms if form in _ALIASES), [heading])
