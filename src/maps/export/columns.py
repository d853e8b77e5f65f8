"""Lists set in columns, cut honestly where the paper ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maps.export.apparatus import Entry
from maps.export.sheet import Pen, Rect, Sheet, line_path
from maps.export.typeset import Face, wrapped
from maps.i18n import texts
from maps.style import MUTED_INK

_RULE = Pen(MUTED_INK, 0.4, opacity=0.6)


@dataclass(frozen=True)
class Row:
    """One line of type; ``mark`` stands in the indent of the first line of an entry."""

    text: str
    mark: str = ""


def rows_of(entry: Entry, face: Face, width_mm: float, indent_mm: float) -> list[Row]:
    """Break an entry into lines that fit beside its mark."""
    lines = wrapped(entry.said, face, width_mm - indent_mm) or [""]
    return [Row(line, entry.mark if number == 0 else "") for number, line in enumerate(lines)]


def rows_that_fit(
    entries: Sequence[Entry], rows: Sequence[Sequence[Row]], room: int, lang: str
) -> list[Row]:
    """Take the entries that fit into a number of lines; the last line says how many are left."""
    if sum(len(lines) for lines in rows) <= room:
        return [row for lines in rows for row in lines]
    taken: list[Row] = []
    count = 0
    for lines in rows:
        if len(taken) + len(lines) > room - 1:
            break
        taken.extend(lines)
        count += 1
    left = len(entries) - count
    return [*taken, Row(texts(lang).t("export.more", count=left))] if room > 0 else []


class Columns:
    """A pen that goes down one column after the other."""

    def __init__(self, sheet: Sheet, rects: Sequence[Rect], unit: float, lang: str) -> None:
        self._sheet, self._rects, self._unit, self._lang = sheet, list(rects), unit, lang
        self._at = 0
        self.y = self._rects[0].top

    @property
    def rect(self) -> Rect:
        """The column the pen is in."""
        return self._rects[self._at]

    @property
    def left_mm(self) -> float:
        """How much of this column is left."""
        return self.y - self.rect.y

    def turn(self) -> bool:
        """Go on in the next column; false where this is the last."""
        if self._at + 1 >= len(self._rects):
            return False
        self._at += 1
        self.y = self.rect.top
        return True

    def heading(self, text: str, face: Face) -> None:
        """Write a heading over a hairline."""
        if self.y < self.rect.top:
            self.y -= 2.6 * self._unit
        if self.left_mm < face.leading_mm * 4:
            self.turn()
        self.y -= face.leading_mm * 0.9
        self._sheet.text(self.rect.x, self.y, text, face)
        self.y -= 1.3 * self._unit
        ends = [(self.rect.x, self.y), (self.rect.right, self.y)]
        self._sheet.line(line_path(ends), _RULE)
        self.y -= 0.7 * self._unit

    def entries(
        self, entries: Sequence[Entry], face: Face, indent_mm: float, share: float = 1.0
    ) -> None:
        """Write a list into a share of what is left of the column and all of the next ones."""
        rows = [rows_of(entry, face, self.rect.width, indent_mm) for entry in entries]
        here = int(self.left_mm * share / self._pitch(face))
        rest = self._rects[self._at + 1 :] if share == 1.0 else []
        beyond = sum(int(rect.height / self._pitch(face)) for rect in rest)
        for row in rows_that_fit(entries, rows, here + beyond, self._lang):
            if self.left_mm < self._pitch(face):
                self.turn()
            self.y -= self._pitch(face)
            y = self.y + face.leading_mm * 0.2
            if row.mark:
                self._sheet.text(self.rect.x, y, row.mark, Face(face.points, bold=True))
            self._sheet.text(self.rect.x + indent_mm, y, row.text, face)

    def _pitch(self, face: Face) -> float:
        return face.leading_mm


def draw_notes(
    sheet: Sheet,
    entries: Sequence[Entry],
    rects: Sequence[Rect],
    face: Face,
    lang: str,
    indent_mm: float,
) -> None:
    """Set footnotes in balanced columns, cut after a whole note where there is no more room."""
    rows = [rows_of(entry, face, rects[0].width, indent_mm) for entry in entries]
    each = max(int(rects[0].height / face.leading_mm + 0.01), 1)
    shown = rows_that_fit(entries, rows, each * len(rects), lang)
    for number, row in enumerate(shown):
        rect = rects[number // each]
        y = rect.top - (number % each + 0.8) * face.leading_mm
        if row.mark:
            sheet.text(rect.x, y, row.mark, face)
        sheet.text(rect.x + indent_mm, y, row.text, face)


def notes_height(
    entries: Sequence[Entry], count: int, width_mm: float, face: Face, indent_mm: float
) -> float:
    """Tell how high a number of columns must be for all footnotes."""
    lines = sum(len(rows_of(entry, face, width_mm, indent_mm)) for entry in entries)
    return -(-lines // count) * face.leading_mm
