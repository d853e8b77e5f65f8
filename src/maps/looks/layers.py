"""How what is said of a piece of land is drawn: the fills of the screen, for a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maps.cache import once_for_each
from maps.day.reading import Reading
from maps.day.snapshot import BoundaryOnDay, Snapshot
from maps.day.view import Shown
from maps.looks.paint import Fills
from maps.words.i18n import texts


@dataclass(frozen=True)
class Look:
    """One fill: its name, and a colour and a texture for each of its bands."""

    name: str
    colours: tuple[str, ...]
    textures: tuple[str, ...]


class Looks:
    """The fills of one day in one reading; each is made once."""

    def __init__(self, taken: Snapshot, reading: Reading, lang: str) -> None:
        self._taken, self._reading = taken, reading
        self._fills = Fills(taken.atlas, texts(lang))

    def key_of(self, listed: BoundaryOnDay) -> str:
        """Give the key of a boundary's fill; empty where the mode does not ask of it."""
        if not self._reading.asks_of(listed.boundary):
            return ""
        answer = self._reading.answer(self._taken.atlas, listed.boundary, self._taken.day)
        return self._fills.of_answer(answer, self._reading)

    def look(self, key: str) -> Look:
        """Give a fill by its key."""
        known = self._fills.known[key]
        colours = tuple(known["colours"])
        return Look(known["name"], colours, tuple(known.get("textures", ())))

    def parts(self, keys: Iterable[str]) -> tuple[str, ...]:
        """List what the fills are made of, each once, in the order of a legend."""
        known: dict[str, dict[str, Any]] = self._fills.known
        found = dict.fromkeys(part for key in keys for part in known[key].get("parts", (key,)))
        return tuple(sorted(found, key=lambda part: int(known[part]["order"])))

    def mixed(self, keys: Iterable[str]) -> str:
        """Give the key of the first fill of several bands; empty where there is none."""
        return next((key for key in keys if "parts" in self._fills.known[key]), "")


@once_for_each
def looks_of(shown: Shown) -> Looks:
    """Give the fills of what is shown."""
    return Looks(shown.snapshot, shown.reading, shown.lang)
