"""Entries of the lists around a map, and the footnotes they call for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from maps.atlas.model import Citation
from maps.words.cite import citation_text

_AND = ",\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Entry:
    """One line of a list: the mark it has on the map, its words, its footnotes.

    Entries of one ``head`` stand under it, the name of who says all of it.
    """

    mark: str
    text: str
    numbers: tuple[int, ...] = ()
    head: str = ""

    @property
    def said(self) -> str:
        """The words with the numbers of their footnotes."""
        return f"{self.text} [{ranges(self.numbers)}]" if self.numbers else self.text


def ranges(numbers: Iterable[int]) -> str:
    """Write ascending numbers short, with spaces that do not break: ``1–4, 7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return _AND.join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else _AND.join(map(str, run)) for run in runs
    )


@dataclass
class Footnotes:
    """Citations numbered in the order in which they are first called for."""

    lang: str
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Give the numbers of some citations; the same text keeps its number."""
        found = (citation_text(citation, self.lang) for citation in citations)
        return tuple(
            sorted({self.numbers.setdefault(text, len(self.numbers) + 1) for text in found})
        )

    @property
    def listed(self) -> tuple[Entry, ...]:
        """All footnotes, in order."""
        return tuple(Entry(f"[{number}]", text) for text, number in self.numbers.items())
