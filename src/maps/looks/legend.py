"""What a legend lists, for the map, a sheet, a film, a picture and the cards alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maps.atlas.model import PRECISIONS
from maps.looks.style import NEUTRAL
from maps.looks.texture import NOTHING, OUTLINE, Band, Look
from maps.words.i18n import Texts

# In this order; "blank" is ground of which nothing is said in control.
KINDS = ("said", "silent", "striped", "unit", "contested", "faint", "blank", "line")
_OF_MANNER = ("striped", "contested", "faint", "line")  # they say how, not who or what


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend: a look with the edge around it, or the line of a precision.

    ``rank`` orders the entries of a kind. Of several ``about`` one thing, a unit with
    and without its colour, the first is listed.
    """

    kind: str
    about: str
    label: str
    look: Look = OUTLINE
    stroke: str = NEUTRAL.stroke
    rank: int = 0
    precision: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the others."""
        return KINDS.index(self.kind), self.rank

    def plain(self) -> dict[str, Any]:
        """Give the entry as the map's script takes it."""
        told = {"place": self.place, "about": f"{self.kind}:{self.about}", "label": self.label}
        shown = {"stroke": self.stroke, "line": self.precision, **self.look.plain()}
        return {**told, "quiet": self.kind in _OF_MANNER, **shown}


def in_order(entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """List what has to be explained in order, each thing once."""
    found: dict[tuple[str, str], LegendEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        found.setdefault((entry.kind, entry.about), entry)
    return tuple(found.values())


def striped(look: Look, spoken: Texts) -> LegendEntry:
    """Explain bands of several holders, by a look that has them."""
    return LegendEntry("striped", "striped", spoken.t("map.side_by_side"), look)


def contested(spoken: Texts) -> LegendEntry:
    """Explain the stripes of a contested unit."""
    look = Look((Band(NEUTRAL.fill), Band("", NOTHING)))
    return LegendEntry("contested", "contested", spoken.t("legend.contested"), look)


def faint(spoken: Texts) -> LegendEntry:
    """Explain paler ground."""
    look = Look((Band(NEUTRAL.stroke),), is_faint=True)
    return LegendEntry("faint", "faint", spoken.t("map.faint"), look)


def line_entries(precisions: Iterable[str], spoken: Texts) -> tuple[LegendEntry, ...]:
    """Explain the lines of some precisions, the most precise first."""
    wanted, key = set(precisions), "legend.precision"
    return tuple(
        LegendEntry("line", name, spoken.t(f"{key}.{name}"), rank=rank, precision=name)
        for rank, name in enumerate(PRECISIONS)
        if name in wanted
    )
