"""A day or an id that is asked for, held against what the atlas has."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from maps.atlas.model import Atlas, Date
from maps.errors import DayOutsideAtlas, UnknownId


def day_inside(atlas: Atlas, day: Date) -> Date:
    """Give the day back if it lies in the atlas.

    Raises
    ------
    DayOutsideAtlas
        It lies before the first or after the last day.
    """
    first, last = atlas.settings.first_day, atlas.settings.last_day
    if first <= day <= last:
        return day
    raise DayOutsideAtlas(
        f"{day} is outside the atlas, which runs from {first} to {last}; name a day between them"
    )


def known_id(kind: str, asked: str, known: Iterable[str]) -> str:
    """Give an id back if it is one of those known.

    Raises
    ------
    UnknownId
        It is not; the message names the ones most like it, else all.
    """
    ids = tuple(known)
    if asked in ids:
        return asked
    alike = get_close_matches(asked, ids, n=3, cutoff=0.5) or ids
    raise UnknownId(f"there is no {kind} {asked!r} in the atlas; try {', '.join(alike)}")
