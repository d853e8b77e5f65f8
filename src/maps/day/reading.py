"""How the map is read: a mode and, for legal status, whose statements.

Modes that colour the pieces of land ask a question of each: who held it
(`maps.day.control`) or what is said of its legal status (`maps.day.law`). Whatever
works with answers goes through here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from maps.atlas.known import known_id
from maps.atlas.model import BY_TELLER, Atlas, Boundary, Date, Mode
from maps.day.control import CONTROL_LAYER, NOTHING_SAID, Control, control_of, days_of_control
from maps.day.law import ALL, Law, days_of_law, law_of, tellers
from maps.errors import UnknownId

Answer = Control | Law


class Question(NamedTuple):
    """What a kind of mode asks of each piece of land.

    Both functions are given the atlas, the id of the piece's region and whose
    statements count; ``days`` are those on which the answer changes.
    """

    answer: Callable[[Atlas, str, Date, str], Answer]
    days: Callable[[Atlas, str, str], tuple[Date, ...]]


# By what a mode is coloured by; a mode coloured by layer asks nothing.
QUESTIONS = {
    "control": Question(
        lambda atlas, region_id, day, _: control_of(atlas, region_id, day),
        lambda atlas, region_id, _: days_of_control(atlas, region_id),
    ),
    "legal": Question(law_of, days_of_law),
}


@dataclass(frozen=True)
class Reading:
    """A mode, and whose statements it shows; empty where the mode asks nobody."""

    mode: Mode
    perspective: str = ""

    @property
    def id(self) -> str:
        """The reading as one word: ``units``, ``control``, ``legal:courts``."""
        return f"{self.mode.id}:{self.perspective}" if self.perspective else self.mode.id

    @property
    def asks(self) -> bool:
        """Whether pieces of land are coloured by what is said of them."""
        return self.mode.colour_by in QUESTIONS

    @property
    def by_teller(self) -> bool:
        """Whether they are coloured by claims, each with its teller."""
        return self.mode.colour_by in BY_TELLER

    @property
    def by_holder(self) -> bool:
        """Whether they are coloured by who held them."""
        return self.asks and not self.by_teller

    def asks_of(self, boundary: Boundary) -> bool:
        """Tell whether this boundary is coloured by what is said of it."""
        return self.asks and boundary.layer == CONTROL_LAYER

    def answer(self, atlas: Atlas, boundary: Boundary, day: Date) -> Answer:
        """Give what is said of a boundary's land on a day; nothing where it is not asked."""
        if not self.asks_of(boundary):
            return NOTHING_SAID
        asked = QUESTIONS[self.mode.colour_by]
        return asked.answer(atlas, boundary.region_id, day, self.perspective)

    def days_of_answer(self, atlas: Atlas, boundary: Boundary) -> tuple[Date, ...]:
        """List the days on which the answer changes."""
        if not self.asks_of(boundary):
            return ()
        return QUESTIONS[self.mode.colour_by].days(atlas, boundary.region_id, self.perspective)


def mode_of(atlas: Atlas, mode: str) -> Mode:
    """Find a mode by its id; without one, the first of the atlas.

    Raises
    ------
    UnknownId
        The atlas has no such mode.
    """
    for candidate in atlas.settings.modes:
        if mode in ("", candidate.id):
            return candidate
    known = ", ".join(candidate.id for candidate in atlas.settings.modes)
    raise UnknownId(f"the atlas has no mode {mode!r}; it has {known}")


def choices(atlas: Atlas, mode: Mode) -> tuple[str, ...]:
    """List whose statements a mode can show, all of them first; empty where it asks nobody."""
    return (ALL, *tellers(atlas)) if Reading(mode).by_teller else ()


def reading_of(atlas: Atlas, mode: str, perspective: str = "") -> Reading:
    """Find a reading; a mode that asks nobody takes no notice of the perspective.

    Raises
    ------
    UnknownId
        The atlas has no such mode or no such perspective.
    """
    found = mode_of(atlas, mode)
    if not Reading(found).by_teller:
        return Reading(found)
    return Reading(found, known_id("perspective", perspective or ALL, (ALL, *atlas.perspectives)))


def readings(atlas: Atlas) -> tuple[Reading, ...]:
    """List every reading of an atlas, mode by mode."""
    return tuple(
        Reading(mode, perspective)
        for mode in atlas.settings.modes
        for perspective in choices(atlas, mode) or ("",)
    )
