"""Entries as blocks of lines, and which of them find room in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maps.sheet.typeset import Face, shortened, wrapped
from maps.words.notes import Entry

SPACE = 0.3  # below each entry, in lines


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
        return (len(self.rows) + SPACE) * face.leading_mm


def block_of(
    entry: Entry, face: Face, width_mm: float, indent_mm: float, *, headed: bool = False
) -> Block:
    """Break an entry into lines that fit beside its mark, below its head if that is wanted."""
    lines = wrapped(entry.said, face, width_mm - indent_mm) or [""]
    head = [Row(shortened(entry.head, replace(face, bold=True), width_mm), is_head=True)]
    rows = (Row(line, entry.mark if number == 0 else "") for number, line in enumerate(lines))
    return Block((*(head if headed and entry.head else ()), *rows))


def poured(blocks: Sequence[Block], heights_mm: Sequence[float], face: Face) -> list[list[Block]]:
    """Fill columns with whole entries, in order; those that find no room are left out."""
    columns: list[list[Block]] = [[] for _ in heights_mm]
    at, left = 0, heights_mm[0] if heights_mm else 0.0
    for block in blocks:
        # The space below the last entry of a column is not needed.
        needed = block.height_mm(face) - SPACE * face.leading_mm
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
    shorter = [*heights_mm[:-1], heights_mm[-1] - (1 + SPACE) * face.leading_mm]
    columns = poured(blocks, shorter, face)
    count = sum(map(len, columns))
    columns[-1].append(Block((Row(more(count)),)))
    return columns


class Shares:
    """The entries of several tellers, of whom none is cut off for the sake of another."""

    def __init__(
        self, entries: Sequence[Entry], face: Face, width_mm: float, indent_mm: float
    ) -> None:
        self._entries, self._face = entries, face
        self._blocks = [
            tuple(
                block_of(each, face, width_mm, indent_mm, headed=headed) for headed in (False, True)
            )
            for each in entries
        ]

    def blocks(self, places: Iterable[int]) -> list[Block]:
        """Give the blocks of some entries in order; a head stands over the first that has it."""
        found: list[Block] = []
        head = ""
        for place in sorted(places):
            own = self._entries[place].head
            found.append(self._blocks[place][own != head])
            head = own
        return found

    def poured(
        self,
        heights_mm: Sequence[float],
        last: Callable[[Sequence[Entry]], Block],
        *,
        all_or_none: bool = False,
    ) -> list[list[Block]]:
        """Fill columns; ``last`` makes the block that says what found no room.

        With ``all_or_none`` nobody is heard where not everybody can be.
        """
        every = range(len(self._entries))

        def set_with(kept: Sequence[int]) -> list[Block]:
            left_out = [entry for place, entry in enumerate(self._entries) if place not in kept]
            return [*self.blocks(kept), *([last(left_out)] if left_out else [])]

        def fit(kept: Sequence[int]) -> bool:
            wanted = set_with(kept)
            return sum(map(len, poured(wanted, heights_mm, self._face))) == len(wanted)

        kept = every if fit(every) else self._in_rounds(fit, all_or_none)
        return poured(set_with(kept), heights_mm, self._face)

    def _in_rounds(self, fit: Callable[[Sequence[int]], bool], all_or_none: bool) -> list[int]:
        """Give each teller one more entry that fits, round by round.

        A round in which a teller gets none is the last, and counts only if it is the first
        and some may be left out.
        """
        groups: dict[str, list[int]] = {"": []}  # what has no head is said of all
        for place, entry in enumerate(self._entries):
            groups.setdefault(entry.head, []).append(place)
        kept: list[int] = []
        while any(groups.values()):
            taken, passed_over = self._round(groups, kept, fit)
            if not passed_over or not (kept or all_or_none):
                kept = taken
            if passed_over:
                break
        return kept

    def _round(
        self,
        groups: Mapping[str, list[int]],
        kept: Sequence[int],
        fit: Callable[[Sequence[int]], bool],
    ) -> tuple[list[int], bool]:
        """Take one entry of each group; tells whether a teller who has more to say got none."""
        taken, passed_over = list(kept), False
        for head, places in groups.items():
            fitting = next((place for place in places if fit([*taken, place])), None)
            if fitting is not None:
                taken.append(fitting)
                places.remove(fitting)
            elif places:
                passed_over = passed_over or bool(head)
                places.clear()
        return taken, passed_over
