"""A sheet of a workbook as it shows its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import cast
from zipfile import BadZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from maps.atlas.intake.text import cell_text, refused
from maps.errors import Problem


class _Reader(ExcelReader):  # type: ignore[misc]
    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Leave out a sheet that is a chart: it has no cells, and some cannot be read."""


def _read(path: Path, *, data_only: bool) -> Workbook:
    reader = _Reader(path, data_only=data_only, keep_links=False)
    reader.read()
    return reader.wb


def workbook_lines(
    path: Path, wanted: str
) -> tuple[list[tuple[int, list[str]]], list[str], dict[tuple[int, int], Problem]]:
    """Give the rows of a sheet with their numbers, remarks, and the cells that have no value.

    A merged cell stands in each of its rows. A day is as precise as its format shows it.
    Cells with an error or an unknown result are given by row and position in it.

    Raises
    ------
    ImportRefused
        It cannot be read, or has no such sheet.
    """
    try:
        book, formulas = _read(path, data_only=True), _read(path, data_only=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError):
        message = "cannot be read as .xlsx; save it again from the spreadsheet program"
        raise refused(path, "syntax", message) from None
    name, remarks = _chosen(path, book, wanted)
    sheet = book[name]
    unread = {}
    for cell in _cells(sheet):
        message = ""
        if cell.data_type == "e" and cell.value != "#N/A":  # which says that nothing is there
            message = f"shows the error {cell.value}; mend or empty the cell"
        elif cell.value is None and formulas[name][cell.coordinate].data_type == "f":
            message = (
                "is a formula whose result is not in the file; save it from a spreadsheet program"
            )
        if message:
            problem = Problem(path.name, cell.row, "", cell.coordinate, "cell-unread", message)
            unread[cell.row, cell.column - 1] = problem
    values = {
        (cell.row, cell.column): cell_text(cell.value, cell.number_format)
        for cell in _cells(sheet)
        if cell.data_type != "e"
    }
    for merged in sheet.merged_cells.ranges:
        column, first = merged.min_col, values.get((merged.min_row, merged.min_col), "")
        values |= {(row, column): first for row in range(merged.min_row, merged.max_row + 1)}
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), text in values.items():
        if text:
            rows[row][column] = text
    lines = [
        (row, [rows[row].get(column, "") for column in range(1, max(rows[row], default=0) + 1)])
        for row in range(1, max(rows, default=0) + 1)
    ]
    hidden = [row for row, cells in lines if cells and sheet.row_dimensions[row].hidden]
    if hidden:
        remarks.append(f"{len(hidden)} rows are hidden in the sheet and read all the same")
    return lines, remarks, unread


def _chosen(path: Path, book: Workbook, wanted: str) -> tuple[str, list[str]]:
    sheets = {sheet.title: (cell.value for cell in _cells(sheet)) for sheet in book.worksheets}
    full = [name for name, values in sheets.items() if any(v is not None for v in values)]
    shown = [name for name in full if book[name].sheet_state == "visible"] or full
    if wanted:
        if wanted not in full:
            message = f"has no sheet '{wanted}' with cells; there are {', '.join(full) or 'none'}"
            raise refused(path, "sheet-unknown", message)
        return wanted, []
    if not shown:
        raise refused(path, "syntax", "is empty; the first row must name the columns")
    others = ", ".join(f"'{name}'" for name in full if name != shown[0])
    remark = f"read the sheet '{shown[0]}'; not {others} (--sheet NAME reads another)"
    return shown[0], [remark] if others else []


def _cells(sheet: Worksheet) -> Iterable[Cell]:
    # `iter_rows` would make each cell up to a far one that only has a colour.
    return cast("Iterable[Cell]", sheet._cells.values())
