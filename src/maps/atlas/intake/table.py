"""A spreadsheet as rows of text, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zipfile import BadZipFile

from maps.errors import ImportRefused, Problem


@dataclass(frozen=True)
class Entry:
    """One row of a sheet, or one feature of a map file; cells by column, all text."""

    line: int  # of the file; the position of a feature
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """What was read of a file, in its order; empty rows are left out."""

    file: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]

    def problem(self, line: int | None, column: str, rule: str, message: str) -> Problem:
        """Make a problem at a row of this file."""
        return Problem(self.file, line, "", column, rule, message)


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file (UTF-8; comma, semicolon or tab) or the first sheet of an xlsx.

    Days of a spreadsheet become ISO days, whole numbers lose their ``.0``.

    Raises
    ------
    ImportRefused
        The file is missing, of another kind, or has no header.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".tsv", ".xlsx"):
        raise refused(path, "kind-unknown", "is neither .csv nor .xlsx; save it as one of them")
    if not path.is_file():
        raise refused(path, "file-missing", "is missing; correct the path")
    lines = _xlsx_lines(path) if kind == ".xlsx" else _csv_lines(path)
    found = [(line, cells) for line, cells in lines if any(cells)]
    if not found:
        raise refused(path, "syntax", "is empty; the first row must name the columns")
    (_, header), *rows = found
    while header and not header[-1]:
        header.pop()
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice or "" in header:
        what = f"has the column '{twice[0]}' twice" if twice else "has a column without a name"
        raise refused(path, "header", f"{what}; give each column a name of its own")
    entries = []
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise ImportRefused(
                [Problem(path.name, line, "", "", "cell-count", "has more cells than the header")]
            )
        padded = [*cells, *[""] * (len(header) - len(cells))]
        entries.append(Entry(line, dict(zip(header, padded, strict=False))))
    return Sheet(path.name, tuple(header), tuple(entries))


def refused(path: Path, rule: str, message: str) -> ImportRefused:
    """Make the error of a file that cannot be used as a whole."""
    return ImportRefused([Problem(path.name, None, "", "", rule, message)])


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (line {line}); save it as 'CSV UTF-8'"
        raise refused(path, "encoding", message) from None
    head = text.partition("\n")[0]
    # Spreadsheets of many countries write a semicolon, since their comma is decimal.
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"is not CSV ({error}) near line {line}; look for a missing quotation mark"
        raise refused(path, "syntax", message) from None


def _xlsx_lines(path: Path) -> Iterable[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.2 s
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        message = "cannot be read as .xlsx; save it again from the spreadsheet program"
        raise refused(path, "syntax", message) from None
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [(n, [cell_text(cell) for cell in row]) for n, row in enumerate(rows, start=1)]
    finally:
        book.close()


def cell_text(value: object) -> str:
    """Write a cell as a table has it: ISO days, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
