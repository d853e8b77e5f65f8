"""A spreadsheet as rows of text, each with its line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from maps.atlas.intake.text import clean, decoded, kind_of, refused
from maps.errors import Problem

SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_DELIMITERS = ",;\t|"
_LOOKED_AT = 1000  # rows, to find what parts their cells
# What R, pandas, databases and spreadsheets write into a cell that has nothing in it.
_NOTHING = frozenset(("NA", "N/A", "#N/A", "NaN", "nan", "NaT", "<NA>", "NULL"))


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
    unread: tuple[tuple[str, Problem], ...] = ()  # cells without a value, with their columns

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
    kind = kind_of(path, SHEETS, "is neither .csv nor .xlsx; save it as one of them")
    unread: Mapping[tuple[int, int], Problem] = {}
    if kind in (".xlsx", ".xlsm"):
        from maps.atlas.intake.workbook import workbook_lines  # noqa: PLC0415 - 0.2 s

        lines, remarks, unread = workbook_lines(path, sheet)
    else:
        lines, remarks = list(_csv_lines(path, encoding)), []
    cleaned = [(line, [clean(cell) for cell in cells]) for line, cells in lines]
    if not any(any(cells) for _, cells in cleaned):
        raise refused(path, "syntax", "is empty; the first row must name the columns")
    return _with_header(path, _table(cleaned, remarks), remarks, unread)


def _with_header(
    path: Path,
    table: list[tuple[int, list[str]]],
    remarks: list[str],
    unread: Mapping[tuple[int, int], Problem],
) -> Sheet:
    """Make a sheet of a table: each column with a name of its own, each row as long as these."""
    (first, headings), *rows = table
    if not rows:
        message = "has no rows below the header; there is nothing to import"
        raise refused(path, "rows-missing", message, first)
    # R writes no heading above the names of its rows.
    is_short = all(len(cells) == len(headings) + 1 for _, cells in rows)
    if is_short and any(cells[-1] for _, cells in rows):
        headings = ["", *headings]
    header: list[str] = []
    for number, name in enumerate((" ".join(each.split()) for each in headings), start=1):
        own = f"{name} ({number})" if name and name in header else name
        if own != name:
            remarks.append(f"column {number} is called '{name}' too; here it is '{own}'")
        header.append(own)
    for line, cells in rows:
        if any(cells[len(header) :]):
            message = f"has more cells than the header (row {first} has {len(header)})"
            advice = "look for a missing quotation mark, or delete the rows above the header"
            raise refused(path, "cell-count", f"{message}; {advice}", line)
    filled = [any(any(cells[n : n + 1]) for _, cells in rows) for n in range(len(header))]
    unnamed = [n for n, name in enumerate(header, start=1) if filled[n - 1] and not name]
    remarks += [f"column {n} has no name and is left out" for n in unnamed]
    said_nothing = sum(cell in _NOTHING for _, cells in rows for cell in cells)
    if said_nothing:
        remarks.append(f"{said_nothing} cells say NA or the like and are read as empty")
    entries = []
    for line, cells in rows:
        said = ("" if cell in _NOTHING else cell for cell in cells)
        named = zip_longest(header, islice(said, len(header)), fillvalue="")
        entries.append(Entry(line, {name: cell for name, cell in named if name}))
    lines = {line for line, _ in rows}
    faults = tuple(
        (header[column], problem)
        for (line, column), problem in unread.items()
        if line in lines and column < len(header)
    )
    columns = tuple(filter(None, header))
    return Sheet(path.name, columns, tuple(entries), tuple(remarks), faults)


def _table(lines: list[tuple[int, list[str]]], remarks: list[str]) -> list[tuple[int, list[str]]]:
    """Leave out empty rows, titles above the header and notes below the last row, and tell of it.

    The header is the first row with half as many cells as the widest; a note stands alone in
    its row, with an empty row between it and the table.
    """
    found = [(line, cells) for line, cells in lines if any(cells)]
    filled = [sum(map(bool, cells)) for _, cells in found]
    widest = max(filled)
    least = max(widest / 2, min(widest, 2))
    first = next(n for n, count in enumerate(filled) if count >= least)
    if first == len(found) - 1:
        first = 0
    elif first:
        remarks.append(f"row {found[first][0]} is the header; what stands above it is left out")
    last = len(found)
    while widest > 1 and last > first + 2 and filled[last - 1] == 1:
        last -= 1
    notes = [line for line, _ in found[last:]]
    empty = {line for line, cells in lines if not any(cells)}
    if not notes or notes[0] - 1 not in empty:
        return found[first:]
    remarks.append(
        f"what stands alone below the table is left out (row {', '.join(map(str, notes))})"
    )
    return found[first:last]


def _csv_lines(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    text = decoded(path, path.read_bytes(), encoding)
    line, delimiter = 1, ""
    if text[:4].lower() == "sep=":  # what Excel reads, and other programs take for a row
        head, _, text = text.partition("\n")
        line, delimiter = 2, head[4:5]
    delimiter = delimiter or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    skipped = line - 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        message = f"is not CSV ({error}) near line {line}; look for a missing quotation mark"
        raise refused(path, "syntax", message) from None


def _delimiter(text: str) -> str:
    """Give what parts most rows into equally many cells, the more the better.

    Spreadsheets of many countries write a semicolon, since their comma is decimal; titles
    above the table and sentences in it may hold any of them.
    """

    def parts(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = Counter(len(cells) for cells in islice(rows, _LOOKED_AT) if len(cells) > 1)
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=parts)
