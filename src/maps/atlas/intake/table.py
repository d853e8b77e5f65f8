"""A spreadsheet as rows of text, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from maps.atlas.intake.text import clean, decoded, refused
from maps.errors import ImportRefused, Problem

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_DELIMITERS = ",;\t|"
# What R, pandas, databases and spreadsheets write into a cell that has nothing in it.
_NOTHING = frozenset(("NA", "N/A", "#N/A", "NaN", "nan", "NaT", "<NA>", "NULL"))

Lines = Iterable[tuple[int, list[str]]]


@dataclass(frozen=True)
class Entry:
    """One row of a sheet, or one feature of a map file; cells by column, all text."""

    line: int  # of the file; the position of a feature
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """What was read of a file, in its order; empty rows are left out.

    ``remarks`` say what of the file was left aside or chosen while it was read.
    """

    file: str
    columns: tuple[str, ...]
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()

    def problem(self, line: int | None, column: str, rule: str, message: str) -> Problem:
        """Make a problem at a row of this file."""
        return Problem(self.file, line, "", column, rule, message)


def read_sheet(path: Path, encoding: str = "", sheet: str = "") -> Sheet:
    """Read a CSV file (comma, semicolon, tab or bar) or one sheet of an xlsx.

    Parameters
    ----------
    encoding : str
        Of a CSV file that is neither UTF-8 nor marked, as ``cp1252``.
    sheet : str
        The name of the sheet of a workbook; empty for the first one with cells.

    Raises
    ------
    ImportRefused
        The file is missing, of another kind or in another encoding, or has no header or no rows.
    """
    kind = path.suffix.lower()
    if kind not in SHEETS:
        raise refused(path, "kind-unknown", "is neither .csv nor .xlsx; save it as one of them")
    if not path.is_file():
        raise refused(path, "file-missing", "is missing; correct the path")
    if kind in (".xlsx", ".xlsm"):
        from maps.atlas.intake.workbook import workbook_lines  # noqa: PLC0415 - 0.2 s

        lines, remarks = workbook_lines(path, sheet)
    else:
        lines, remarks = list(_csv_lines(path, encoding)), []
    found = [(line, [clean(cell) for cell in cells]) for line, cells in lines]
    return _with_header(path, [(line, cells) for line, cells in found if any(cells)], remarks)


def _with_header(path: Path, found: list[tuple[int, list[str]]], remarks: list[str]) -> Sheet:
    if not found:
        raise refused(path, "syntax", "is empty; the first row must name the columns")
    above = _rows_above_header(found)
    if above:
        remarks.append(f"row {found[above][0]} is the header; what stands above it is left out")
    (first, header), *rows = found[above:]
    if not rows:
        message = "has no rows below the header; there is nothing to import"
        raise refused(path, "rows-missing", message, first)
    if _has_row_names(header, rows):
        header = ["", *header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        message = f"has the column '{twice[0]}' twice; give each column a name of its own"
        raise refused(path, "header", message)
    for line, cells in rows:
        if any(cells[len(header) :]):
            raise ImportRefused([_too_long(path, first, len(header), line)])
    unnamed = [n for n, name in enumerate(header) if not name]
    filled = [n for n in unnamed if any(any(cells[n : n + 1]) for _, cells in rows)]
    remarks += [f"column {n + 1} has no name and is left out" for n in filled]
    entries = []
    said_nothing = 0
    for line, cells in rows:
        said_nothing += sum(cell in _NOTHING for cell in cells)
        said = ["" if cell in _NOTHING else cell for cell in cells]
        padded = [*said, *[""] * (len(header) - len(said))]
        named = zip(header, padded, strict=False)
        entries.append(Entry(line, {name: cell for name, cell in named if name}))
    if said_nothing:
        remarks.append(f"{said_nothing} cells say NA or the like and are read as empty")
    columns = tuple(name for name in header if name)
    return Sheet(path.name, columns, tuple(entries), tuple(remarks))


def _rows_above_header(found: list[tuple[int, list[str]]]) -> int:
    """Count the rows at the head that hold one cell, as a title does, above one that holds more."""
    filled = [sum(map(bool, cells)) for _, cells in found]
    first = next((n for n, count in enumerate(filled) if count > 1), 0)
    return first if first < len(found) - 1 else 0


def _has_row_names(header: list[str], rows: list[tuple[int, list[str]]]) -> bool:
    """Tell whether the header is one cell short, as R writes it above the names of its rows."""
    return all(len(cells) == len(header) + 1 for _, cells in rows) and any(
        cells[-1] for _, cells in rows
    )


def _too_long(path: Path, first: int, columns: int, line: int) -> Problem:
    message = f"has more cells than the header (row {first} has {columns})"
    advice = "look for a missing quotation mark, or delete the rows above the header"
    return Problem(path.name, line, "", "", "cell-count", f"{message}; {advice}")


def _csv_lines(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    text = decoded(path, path.read_bytes(), encoding)
    line, delimiter = 1, ""
    if text[:4].lower() == "sep=":  # what Excel reads, and other programs take for a row
        head, _, text = text.partition("\n")
        line, delimiter = 2, head[4:5]
    head = text.lstrip("\n").partition("\n")[0]
    # Spreadsheets of many countries write a semicolon, since their comma is decimal.
    delimiter = delimiter or max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    skipped = line - 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        message = f"is not CSV ({error}) near line {line}; look for a missing quotation mark"
        raise refused(path, "syntax", message) from None
