"""Lists set in columns, cut honestly where the paper ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from maps.export.claims import in_turns
from maps.export.notes import Entry, ranges
from maps.export.sheet import Pen, Rect, Sheet, line_path
from maps.export.typeset import Face, shortened, width_mm, wrapped
from maps.i18n import texts
from maps.style import MUTED_INK

_RULE = Pen(MUTED_INK, 0.4, opacity=0.6)
_SPACE = 0.3  # below each entry, in lines


@dataclass(frozen=True)
class Row:
    """One line of type; ``mark`` stands in the indent of the first line of an entry."""

    text: str
    mark: str = ""
    is_head: bool = False


@dataclass(frozen=True)
class Block:
    """The lines of one entry, which stay together."""

    rows: tuple[Row, ...]

    def height_mm(self, face: Face) -> float:
        """Give the height with the space below it."""
        return (len(self.rows) + _SPACE) * face.leading_mm


def block_of(
    entry: Entry, face: Face, width_mm: float, indent_mm: float, *, headed: bool = False
) -> Block:
    """Break an entry into lines that fit beside its mark, below its head if that is wanted."""
    lines = wrapped(entry.said, face, width_mm - indent_mm) or [""]
    head = [Row(shortened(entry.head, replace(face, bold=True), width_mm), is_head=True)]
    rows = (Row(line, entry.mark if number == 0 else "") for number, line in enumerate(lines))
    return Block((*(head if headed and entry.head else ()), *rows))


def blocks_of(
    entries: Sequence[Entry], face: Face, width_mm: float, indent_mm: float
) -> list[Block]:
    """Break a list into blocks; a head stands over the first of the entries that share it."""
    heads = ["", *(entry.head for entry in entries)]
    return [
        block_of(entry, face, width_mm, indent_mm, headed=entry.head != before)
        for entry, before in zip(entries, heads, strict=False)
    ]


def poured(blocks: Sequence[Block], heights_mm: Sequence[float], face: Face) -> list[list[Block]]:
    """Fill columns with whole entries, in order; those that find no room are left out."""
    columns: list[list[Block]] = [[] for _ in heights_mm]
    at, left = 0, heights_mm[0] if heights_mm else 0.0
    for block in blocks:
        # The space below the last entry of a column is not needed.
        needed = block.height_mm(face) - _SPACE * face.leading_mm
        while needed > left + 1e-6:
            at += 1
            if at >= len(columns):
                return columns
            left = heights_mm[at]
        columns[at].append(block)
        left -= block.height_mm(face)
    return columns


def poured_honestly(
    blocks: Sequence[Block], heights_mm: Sequence[float], face: Face, more: Callable[[int], str]
) -> list[list[Block]]:
    """Fill columns; where not all entries fit, the last line says how many there are besides."""
    columns = poured(blocks, heights_mm, face)
    count = sum(map(len, columns))
    if count == len(blocks) or not heights_mm:
        return columns
    shorter = [*heights_mm[:-1], heights_mm[-1] - (1 + _SPACE) * face.leading_mm]
    columns = poured(blocks, shorter, face)
    count = sum(map(len, columns))
    columns[-1].append(Block((Row(more(count)),)))
    return columns


def poured_fairly(
    entries: Sequence[Entry],
    blocks: Sequence[Block],
    heights_mm: Sequence[float],
    face: Face,
    last: Callable[[Sequence[Entry]], Block],
) -> list[list[Block]]:
    """Fill columns; where not all entries fit, no teller is cut off for another's sake.

    Room is given in turns: to the first entry of each head, then to the second of
    each; one that is too long is passed over. The entries keep their order.
    ``last`` makes the block that says what is left out.
    """
    if _fits(blocks, heights_mm, face):
        return poured(blocks, heights_mm, face)
    groups: dict[str, list[int]] = {"": []}  # what has no head is said of all
    for place, entry in enumerate(entries):
        groups.setdefault(entry.head, []).append(place)
    kept: list[int] = []
    for place in in_turns(list(groups.values())):
        tried = sorted([*kept, place])
        left_out = [entry for at, entry in enumerate(entries) if at not in tried]
        rest = [last(left_out)] if left_out else []
        if _fits([*(blocks[at] for at in tried), *rest], heights_mm, face):
            kept = tried
    left_out = [entry for at, entry in enumerate(entries) if at not in kept]
    return poured([*(blocks[at] for at in kept), last(left_out)], heights_mm, face)


def _fits(blocks: Sequence[Block], heights_mm: Sequence[float], face: Face) -> bool:
    return sum(map(len, poured(blocks, heights_mm, face))) == len(blocks)


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
            self.y -= 2.2 * self._unit
        if self.left_mm < face.leading_mm * 4:
            self.turn()
        self.y -= face.leading_mm * 0.8
        self._sheet.text(self.rect.x, self.y, text, face)
        self.y -= 1.3 * self._unit
        ends = [(self.rect.x, self.y), (self.rect.right, self.y)]
        self._sheet.line(line_path(ends), _RULE)
        self.y -= 0.9 * self._unit

    def entries(
        self, entries: Sequence[Entry], face: Face, indent_mm: float, share: float = 1.0
    ) -> None:
        """Write a list into what is left of this column and of the next ones.

        Of the last column it takes only a share, so that other lists have room.
        """
        blocks = blocks_of(entries, face, self.rect.width, indent_mm)
        beyond = self._rects[self._at + 1 :]
        heights = [self.left_mm, *(rect.height for rect in beyond)]
        heights[-1] *= share

        columns = self._poured(entries, blocks, heights, face)
        for number, column in enumerate(columns):
            if number and column:
                self.turn()
            for block in column:
                draw_block(self._sheet, block, (self.rect.x, self.y), face, indent_mm)
                self.y -= block.height_mm(face)

    def _poured(
        self,
        entries: Sequence[Entry],
        blocks: Sequence[Block],
        heights: Sequence[float],
        face: Face,
    ) -> list[list[Block]]:
        spoken = texts(self._lang)

        def more(count: int) -> str:
            return spoken.t("export.more", count=len(entries) - count)

        def told_by(left_out: Sequence[Entry]) -> Block:
            counted = Counter(entry.head for entry in left_out)
            tellers = ", ".join(f"{teller} {count}".strip() for teller, count in counted.items())
            said = spoken.t("export.more_told", tellers=tellers)
            return block_of(Entry("", said), face, self.rect.width, 0.0)

        if any(entry.head for entry in entries):
            return poured_fairly(entries, blocks, heights, face, told_by)
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
