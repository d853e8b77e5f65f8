"""Lists set in columns, cut honestly where the paper ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from maps.looks.style import MUTED_INK
from maps.sheet.blocks import Block, Shares, block_of, poured, poured_honestly
from maps.sheet.sheet import Pen, Rect, Sheet, line_path
from maps.sheet.typeset import Face, width_mm
from maps.words.i18n import texts
from maps.words.notes import Entry, ranges

_RULE = Pen(MUTED_INK, 0.4, opacity=0.6)


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

    @property
    def used_mm(self) -> float:
        """How much of all columns is written or passed over, one after the other."""
        return sum(rect.height for rect in self._rects[: self._at]) + self.rect.top - self.y

    @property
    def last_mm(self) -> float:
        """How much of the last column is left."""
        return self.left_mm if self._at + 1 == len(self._rects) else self._rects[-1].height

    def has_room_for_all(self, entries: Sequence[Entry], face: Face, share: float) -> bool:
        """Tell whether every teller could be written of in a share of what is left."""
        heights = [self.left_mm, *(rect.height for rect in self._rects[self._at + 1 :])]
        heights = [height * share for height in heights]
        columns = self._poured(entries, heights, face, 0.0, all_or_none=True)
        return any(row.is_head for column in columns for block in column for row in block.rows)

    def turn(self) -> bool:
        """Go on in the next column; false where this is the last."""
        if self._at + 1 >= len(self._rects):
            return False
        self._at += 1
        self.y = self.rect.top
        return True

    def heading(self, text: str, face: Face, keep_mm: float = 0.0) -> None:
        """Write a heading over a hairline, in a column that has room for what follows it."""
        if self.y < self.rect.top:
            self.y -= 2.2 * self._unit
        own = face.leading_mm * 0.8 + 2.2 * self._unit
        if self.left_mm < max(face.leading_mm * 4, own + keep_mm):
            self.turn()
        self.y -= face.leading_mm * 0.8
        self._sheet.text(self.rect.x, self.y, text, face)
        self.y -= 1.3 * self._unit
        ends = [(self.rect.x, self.y), (self.rect.right, self.y)]
        self._sheet.line(line_path(ends), _RULE)
        self.y -= 0.9 * self._unit

    def section(
        self,
        text: str,
        head: Face,
        entries: Sequence[Entry],
        face: Face,
        *,
        indent_mm: float = 0.0,
        share: float = 1.0,
        all_or_none: bool = False,
    ) -> None:
        """Write a list under a heading that stays with the first of it."""
        first = block_of(entries[0], face, self.rect.width, indent_mm, headed=True)
        self.heading(text, head, first.height_mm(face))
        self.entries(entries, face, indent_mm, share=share, all_or_none=all_or_none)

    def entries(
        self,
        entries: Sequence[Entry],
        face: Face,
        indent_mm: float,
        *,
        share: float = 1.0,
        all_or_none: bool = False,
    ) -> None:
        """Write a list into what is left of this column and of the next ones.

        Of the last column it takes only a share, so that other lists have room. With
        ``all_or_none`` no teller is written of where there is no room for every one.
        """
        beyond = self._rects[self._at + 1 :]
        heights = [self.left_mm, *(rect.height for rect in beyond)]
        heights[-1] *= share

        columns = self._poured(entries, heights, face, indent_mm, all_or_none=all_or_none)
        for number, column in enumerate(columns):
            if number and column:
                self.turn()
            for block in column:
                draw_block(self._sheet, block, (self.rect.x, self.y), face, indent_mm)
                self.y -= block.height_mm(face)

    def _poured(
        self,
        entries: Sequence[Entry],
        heights: Sequence[float],
        face: Face,
        indent_mm: float,
        *,
        all_or_none: bool,
    ) -> list[list[Block]]:
        spoken, width = texts(self._lang), self.rect.width

        def more(count: int) -> str:
            return spoken.t("export.more", count=len(entries) - count)

        def more_told(left_out: Sequence[Entry]) -> Block:
            nobody = spoken.t("export.no_teller")
            counted = Counter(entry.head or nobody for entry in left_out)
            tellers = ", ".join(f"{teller} {count}" for teller, count in counted.items())
            said = spoken.t("export.more_told", tellers=tellers)
            return block_of(Entry("", said), face, width, 0.0)

        if any(entry.head for entry in entries):
            shares = Shares(entries, face, width, indent_mm)
            return shares.poured(heights, more_told, all_or_none=all_or_none)
        blocks = [block_of(entry, face, width, indent_mm) for entry in entries]
        return poured_honestly(blocks, heights, face, more)


def draw_block(
    sheet: Sheet, block: Block, at: tuple[float, float], face: Face, indent_mm: float
) -> None:
    """Write the lines of an entry down from a height."""
    x, top = at
    for number, row in enumerate(block.rows):
        y = top - (number + 0.8) * face.leading_mm
        if row.mark:
            sheet.text(x, y, row.mark, replace(face, bold=True))
        own = replace(face, bold=True, colour=MUTED_INK) if row.is_head else face
        sheet.text(x if row.is_head else x + indent_mm, y, row.text, own)


def draw_notes(
    sheet: Sheet, entries: Sequence[Entry], rects: Sequence[Rect], face: Face, lang: str
) -> None:
    """Set footnotes in columns, cut after a whole note where there is no more room."""
    indent = notes_indent(entries, face)
    blocks = [block_of(entry, face, rects[0].width, indent) for entry in entries]

    def more(count: int) -> str:
        spoken = texts(lang)
        return spoken.t("export.more_notes", notes=ranges(range(count + 1, len(entries) + 1)))

    columns = poured_honestly(blocks, [rect.height for rect in rects], face, more)
    for rect, column in zip(rects, columns, strict=True):
        y = rect.top
        for block in column:
            draw_block(sheet, block, (rect.x, y), face, indent)
            y -= block.height_mm(face)


def notes_indent(entries: Sequence[Entry], face: Face) -> float:
    """Give the room that the longest number needs."""
    marks = (width_mm(entry.mark + " ", replace(face, bold=True)) for entry in entries)
    return max(marks, default=0.0) + 0.08 * face.points


def notes_height(
    entries: Sequence[Entry], count: int, width_mm: float, face: Face, most_mm: float
) -> float:
    """Find how high a number of equal columns must be for all footnotes, up to a height."""
    indent = notes_indent(entries, face)
    blocks = [block_of(entry, face, width_mm, indent) for entry in entries]
    height = 0.0
    while height < most_mm:
        if sum(map(len, poured(blocks, [height] * count, face))) == len(blocks):
            return height
        height += face.leading_mm / 4
    return most_mm
