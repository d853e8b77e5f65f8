"""A guided reading: steps that move the map and stand beside what others say."""

from __future__ import annotations

from dataclasses import dataclass

from maps.atlas.model.time import Date


@dataclass(frozen=True)
class Step:
    """One step of a story.

    ``quote`` is literal; ``text`` tells the step and ``beside`` what other
    sources say of it, both in our own voice. ``bbox`` is west, south, east,
    north in degrees, None for the whole atlas. The ids may be empty.
    """

    id: str
    title: str
    text: str
    day: Date
    mode: str
    perspective: str = ""
    event: str = ""
    region: str = ""
    bbox: tuple[float, float, float, float] | None = None
    quote: str = ""
    quote_lang: str = ""
    quote_translation: str = ""  # into the language of the atlas's texts
    locator: str = ""
    beside: str = ""
    beside_points: tuple[str, ...] = ()
    beside_events: tuple[str, ...] = ()
    beside_notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A guided reading of one source, or of none; ``steps`` are in reading order."""

    id: str
    title: str
    lead: str
    source_id: str
    steps: tuple[Step, ...]
