"""Which column of a file is which field of an atlas."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maps.atlas.intake.table import Entry, Sheet, refused
from maps.errors import ImportRefused, Problem

# Headings that historians' files use, where they are not the field's own name.
ALIASES = {
    "date": "edtf", "day": "edtf", "when": "edtf",
    "kind": "kinds", "type": "kinds",
    "region": "regions", "region_id": "regions", "region_ids": "regions",
    "place": "place_id", "latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon",
    "source": "source_id", "sources": "source_id", "page": "locator",
    "heading": "title", "text": "description", "summary": "description",
    "from": "start", "to": "end", "until": "end", "origin": "origins",
}  # fmt: skip


@dataclass(frozen=True)
class Wishes:
    """What the person asked for: columns to fields, and the value of fields of every row."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fields:
    """A sheet seen through a mapping."""

    sheet: Sheet
    column_of: Mapping[str, str]  # field -> column
    values: Mapping[str, str]
    unused: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.column_of or name in self.values

    def get(self, entry: Entry, name: str) -> str:
        """Give a field of one row; empty where neither a column nor a value is named for it."""
        cell = entry.cells.get(self.column_of[name], "") if name in self.column_of else ""
        return cell or self.values.get(name, "")

    def problem(self, entry: Entry, name: str, rule: str, message: str) -> Problem:
        """Make a problem at the cell that a field was read from."""
        return self.sheet.problem(entry.line, self.column_of.get(name, name), rule, message)


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
    read = _file_wishes(file) if file else Wishes()
    return Wishes({**read.columns, **_pairs(columns)}, {**read.values, **_pairs(values)})


def mapped(sheet: Sheet, known: Iterable[str], wishes: Wishes, kind: str) -> Fields:
    """Settle which column is which field: those named first, then those of the same name.

    Raises
    ------
    ImportRefused
        A column or field that was named does not exist, or a field is named twice.
    """
    fields = tuple(known)
    problems = [
        sheet.problem(None, column, "column-unknown", f"is no column; there are {_listed(sheet)}")
        for column in wishes.columns
        if column not in sheet.columns
    ]
    problems += [
        sheet.problem(None, name, "field-unknown", f"is no field of {kind}; {_choice(fields)}")
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
    for find in (_same, _alias):
        for column in free:
            name = find(column)
            if name in fields and name not in column_of and column not in column_of.values():
                column_of[name] = column
    unused = [column for column in sheet.columns if column not in column_of.values()]
    return Fields(sheet, column_of, wishes.values, tuple(c for c in unused if c in free))


def _same(column: str) -> str:
    return re.sub(r"[\s-]+", "_", column.strip().lower())


def _alias(column: str) -> str:
    return ALIASES.get(_same(column), "")


def _pairs(typed: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in typed:
        left, sign, right = text.partition("=")
        if not sign or not left.strip():
            raise ValueError(f"{text!r} has no '='; write it as Date=edtf")
        pairs[left.strip()] = right.strip()
    return pairs


def _file_wishes(path: Path) -> Wishes:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise refused(path, "file-missing", f"cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refused(path, "syntax", f"is not TOML: {error}") from None
    for name, table in content.items():
        fits = isinstance(table, dict) and all(isinstance(v, str) for v in table.values())
        if name not in ("columns", "values") or not fits:
            message = 'must hold [columns] and [values] with texts, as Date = "edtf"'
            raise refused(path, "shape", message)
    return Wishes(content.get("columns", {}), content.get("values", {}))


def _listed(sheet: Sheet) -> str:
    return ", ".join(sheet.columns)


def _choice(fields: Iterable[str]) -> str:
    return f"there are {', '.join(fields)}"
