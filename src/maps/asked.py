"""What a person typed, checked against what the atlas has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from maps.dates import parse_date_text, parse_day
from maps.errors import DateUnreadable, DayOutsideAtlas, UnknownId
from maps.model import Atlas, Event


def day_inside(atlas: Atlas, day: date) -> date:
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


def first_and_last(text: str) -> tuple[date | None, date | None]:
    """Read a day, month, year or other EDTF date as its first and last day.

    Empty text gives None twice.

    Raises
    ------
    DateUnreadable
        It is not EDTF.
    """
    if not text.strip():
        return None, None
    when = parse_date_text(text)
    return when.earliest, when.latest


def chosen_dates(text: str) -> dict[str, date]:
    """Read days chosen for events, as ``A21:1923-05-23,A25:1994-05-09``; empty for none.

    Raises
    ------
    DateUnreadable
        A part has another form or is no day.
    """
    chosen: dict[str, date] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        event_id, colon, day = part.partition(":")
        if not colon:
            raise DateUnreadable(f"{part!r} is not an event with a day; write it as A21:1923-05-23")
        chosen[event_id.strip()] = parse_day(day)
    return chosen


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


def possible_between(event: Event, first: date | None, last: date | None) -> bool:
    """Tell whether an event may have happened between two days, both inside.

    None leaves that side open. An event whose own date is open at its end
    counts on the days it is shown on.
    """
    begins = event.date.earliest or event.span.start
    ends = event.date.latest or event.span.start
    return (last is None or begins <= last) and (first is None or ends >= first)


def four_numbers(text: str) -> tuple[float, float, float, float]:
    """Read ``WEST,SOUTH,EAST,NORTH`` in degrees.

    Raises
    ------
    ValueError
        It has another form, or no area; the message says what would do.
    """
    expected = f"{text!r} is not WEST,SOUTH,EAST,NORTH in degrees; write 45.8,39.2,47.6,40.5"
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(expected) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ValueError(expected)
    return west, south, east, north
