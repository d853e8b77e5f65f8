"""Text set in lines, blocks and columns; what finds no room is counted, and nobody cut for another.

An entry is a block of lines that stay together. Blocks are poured into columns
and written down from a height.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from maps.looks.style import MUTED_INK
from maps.sheet.sheet import Pen, Rect, Sheet
from maps.sheet.typeset import Face, shortened, width_mm, wrapped
from maps.words.apparatus import Entry, ranges
from maps.words.i18n import texts

SPACE = 0.3  # below each entry, in lines
_FOOT = 0.2  # of a line, below its letters
_RULE = Pen(MUTED_INK, 0.4, opacity=0.6)


@dataclass(frozen=True)
class Line:
    """A line of type and how far it is below the one before, baseline to baseline.

    A ``mark`` stands in bold letters in the indent.
    """

    text: str
    face: Face
    down_mm: float
    indent_mm: float = 0.0
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """Lines that stay together, and the space below them."""

    lines: tuple[Line, ...]
    space_mm: float = 0.0

    @cached_property
    def height_mm(self) -> float:
        """The height of the lines, without the space."""
        return lines_height(self.lines)


def lines_of(text: str, face: Face, width_mm: float) -> list[Line]:
    """Break a text into lines of a width."""
    return [Line(line, face, face.leading_mm) for line in wrapped(text, face, width_mm)]


def lines_height(lines: Iterable[Line]) -> float:
    """Give the height of some lines, with what is above the first."""
    return sum(line.down_mm for line in lines)


def write_down(sheet: Sheet, lines: Iterable[Line], at: tuple[float, float]) -> float:
    """Write lines down from a height; gives the height below the last."""
    x, y = at
    for line in lines:
        y -= line.down_mm
        base = y + _FOOT * line.face.leading_mm
        if line.mark:
            sheet.text(x, base, line.mark, replace(line.face, bold=True))
        sheet.text(x + line.indent_mm, base, line.text, line.face)
    return y


def block_of(
    entry: Entry, face: Face, width_mm: float, indent_mm: float = 0.0, *, headed: bool = False
) -> Block:
    """Break an entry into lines that fit beside its mark, below its head if that is wanted."""
    down, lines = face.leading_mm, list[Line]()
    if headed and entry.head:
        bold = replace(face, bold=True, colour=MUTED_INK)
        lines.append(Line(shortened(entry.head, bold, width_mm), bold, down))
    for number, text in enumerate(wrapped(entry.said, face, width_mm - indent_mm) or [""]):
        lines.append(Line(text, face, down, indent_mm, "" if number else entry.mark))
    return Block(tuple(lines), SPACE * down)


def poured(blocks: Iterable[Block], heights_mm: Sequence[float]) -> list[list[Block]]:
    """Fill columns with whole blocks, in order; those that find no room are left out."""
    columns: list[list[Block]] = [[] for _ in heights_mm]
    at, left = 0, heights_mm[0] if heights_mm else 0.0
    for block in blocks:
        while block.height_mm > left + 1e-6:
            at += 1
            if at >= len(columns):
                return columns
            left = heights_mm[at]
        columns[at].append(block)
        left -= block.height_mm + block.space_mm
    return columns


def all_fit(blocks: Sequence[Block], heights_mm: Sequence[float]) -> bool:
    """Tell whether columns have room for all blocks."""
    return sum(map(len, poured(blocks, heights_mm))) == len(blocks)


def poured_honestly(
    blocks: Sequence[Block], heights_mm: Sequence[float], more: Callable[[int], Block]
) -> list[list[Block]]:
    """Fill columns; where not all blocks fit, a last one says how many there are besides."""
    if all_fit(blocks, heights_mm) or not heights_mm:
        return poured(blocks, heights_mm)
    said = more(len(blocks))
    columns = poured(blocks, [*heights_mm[:-1], heights_mm[-1] - said.height_mm - said.space_mm])
    columns[-1].append(more(len(blocks) - sum(map(len, columns))))
    return columns


@dataclass(frozen=True)
class Shares:
    """The entries of several tellers, of whom none is cut off for the sake of another.

    ``last`` makes the block that says what found no room.
    """

    entries: Sequence[Entry]
    face: Face
    width_mm: float
    indent_mm: float
    last: Callable[[Sequence[Entry]], Block]

    @cached_property
    def _blocks(self) -> list[tuple[Block, ...]]:
        """Each entry without its head, and with it."""
        setting = self.face, self.width_mm, self.indent_mm
        ways = (False, True)
        return [tuple(block_of(each, *setting, headed=h) for h in ways) for each in self.entries]

    def blocks(self, places: Iterable[int]) -> list[Block]:
        """Give the blocks of some entries in order, a head over the first that has it.

        Where they are not all, the last block says so.
        """
        found, head, kept = list[Block](), "", sorted(places)
        for place in kept:
            own = self.entries[place].head
            found.append(self._blocks[place][own != head])
            head = own
        left_out = [entry for place, entry in enumerate(self.entries) if place not in kept]
        return [*found, self.last(left_out)] if left_out else found

    def poured(
        self, heights_mm: Sequence[float], *, all_or_none: bool = False
    ) -> list[list[Block]]:
        """Fill columns; with ``all_or_none`` nobody is heard where not everybody can be."""
        return poured(self.blocks(self.kept(heights_mm, all_or_none=all_or_none)), heights_mm)

    def kept(self, heights_mm: Sequence[float], *, all_or_none: bool = False) -> list[int]:
        """Choose the entries that are written: each teller has one more that fits, round by round.

        A round in which a teller gets none is the last, and counts only if it is the first
        and some may be left out.
        """
        every = list(range(len(self.entries)))
        if all_fit(self.blocks(every), heights_mm):
            return every
        groups: dict[str, list[int]] = {"": []}  # what has no head is said of all
        for place, entry in enumerate(self.entries):
            groups.setdefault(entry.head, []).append(place)
        kept: list[int] = []
        while any(groups.values()):
            taken, passed_over = list(kept), False
            for head, places in groups.items():
                fits = (p for p in places if all_fit(self.blocks([*taken, p]), heights_mm))
                fitting = next(fits, None)
                if fitting is not None:
                    taken.append(fitting)
                    places.remove(fitting)
                elif places:
                    passed_over = passed_over or bool(head)
                    places.clear()
            if not passed_over or not (kept or all_or_none):
                kept = taken
            if passed_over:
                break
        return kept


class Columns:
    """A pen that goes down one column after the other."""

    def __init__(self, sheet: Sheet, rects: Sequence[Rect], unit: float, lang: str) -> None:
        self._sheet, self._rects, self._unit = sheet, list(rects), unit
        self._spoken = texts(lang)
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
    def heights_mm(self) -> list[float]:
        """How much is left of this column and of each of the next ones."""
        return [self.left_mm, *(rect.height for rect in self._rects[self._at + 1 :])]

    def has_room_for_all(self, entries: Sequence[Entry], face: Face, share: float) -> bool:
        """Tell whether every teller could be written of in a share of what is left."""
        heights = [height * share for height in self.heights_mm]
        return bool(self._shares(entries, face).kept(heights, all_or_none=True))

    def turn(self) -> None:
        """Go on in the next column, if there is one."""
        if self._at + 1 < len(self._rects):
            self._at += 1
            self.y = self.rect.top

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
        self._sheet.line([(self.rect.x, self.y), (self.rect.right, self.y)], _RULE)
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
        """Write a list into what is left of this column and of the next ones.

        Its heading, if it has one, stays with the first of it. Of the last column it takes
        only a share, so that other lists have room. With ``all_or_none`` no teller is
        written of where there is no room for every one.
        """
        if text:
            first = block_of(entries[0], face, self.rect.width, indent_mm, headed=True)
            self.heading(text, head, first.height_mm + first.space_mm)
        heights = self.heights_mm
        heights[-1] *= share
        if any(entry.head for entry in entries):
            shares = self._shares(entries, face, indent_mm)
            self._write(shares.poured(heights, all_or_none=all_or_none))
            return

        def more(count: int) -> Block:
            return self._said("export.more", face, indent_mm, count=count)

        blocks = [block_of(entry, face, self.rect.width, indent_mm) for entry in entries]
        self._write(poured_honestly(blocks, heights, more))

    def notes(self, entries: Sequence[Entry], face: Face) -> None:
        """Set footnotes, cut after a whole note where there is no more room."""

        def more(count: int) -> Block:
            left_out = ranges(range(len(entries) - count + 1, len(entries) + 1))
            return self._said(
                "export.more_notes", face, blocks[0].lines[0].indent_mm, notes=left_out
            )

        blocks = _notes(entries, face, self.rect.width)
        self._write(poured_honestly(blocks, self.heights_mm, more))

    def _write(self, columns: Iterable[Sequence[Block]]) -> None:
        for number, column in enumerate(columns):
            if number and column:
                self.turn()
            for block in column:
                self.y = write_down(self._sheet, block.lines, (self.rect.x, self.y))
                self.y -= block.space_mm

    def _shares(self, entries: Sequence[Entry], face: Face, indent_mm: float = 0.0) -> Shares:
        def more_told(left_out: Sequence[Entry]) -> Block:
            nobody = self._spoken.t("export.no_teller")
            counted = Counter(entry.head or nobody for entry in left_out)
            tellers = ", ".join(f"{teller} {count}" for teller, count in counted.items())
            return self._said("export.more_told", face, tellers=tellers)

        return Shares(entries, face, self.rect.width, indent_mm, more_told)

    def _said(self, key: str, face: Face, indent_mm: float = 0.0, **facts: object) -> Block:
        said = Entry("", self._spoken.t(key, **facts))
        return block_of(said, face, self.rect.width, indent_mm)


def notes_height(
    entries: Sequence[Entry], columns: Sequence[Rect], face: Face, most_mm: float
) -> float:
    """Find how high equal columns must be for all footnotes, up to a height."""
    blocks, height = _notes(entries, face, columns[0].width), 0.0
    while height < most_mm and not all_fit(blocks, [height] * len(columns)):
        height += face.leading_mm / 4
    return min(height, most_mm)


def _notes(entries: Sequence[Entry], face: Face, room_mm: float) -> list[Block]:
    """Set footnotes in lines, beside the room that the longest number needs."""
    marks = (width_mm(entry.mark + " ", replace(face, bold=True)) for entry in entries)
    indent_mm = max(marks, default=0.0) + 0.08 * face.points
    return [block_of(entry, face, room_mm, indent_mm) for entry in entries]
