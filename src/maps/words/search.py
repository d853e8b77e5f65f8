"""What a search finds: days, places, questions, events, sources, by names, words or dates.

Case, accents and apostrophes do not count (`maps.words.i18n.fold`), and a name in any
language of the atlas leads to what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches

from maps.atlas.model import Atlas, Date, Event, Point, Source
from maps.day.contested import dates_of
from maps.errors import DayOutsideAtlas, UnknownId
from maps.words.asked import (
    WrittenDate,
    atlas_languages,
    find_date,
    first_day_inside,
    possible_between,
)
from maps.words.cite import reference_text
from maps.words.i18n import fold


@dataclass(frozen=True)
class Named:
    """A region that a search found; ``form`` is the name it has there, ``shown`` the one in use."""

    region_id: str
    form: str
    shown: str

    @property
    def is_told(self) -> bool:
        """Tell whether the reader would not see why it was found."""
        return fold(self.form) not in fold(self.shown)


def regions_named(
    atlas: Atlas, wanted: str, lang: str, among: Iterable[str] | None = None
) -> list[Named]:
    """Find the regions that have a name, or the id, with all words of a search in it.

    Those called exactly so come first, then those whose name begins so. Without
    words none is found. ``among`` are the ids that count, all by default.
    """
    asked = fold(wanted)

    def rank(form: str) -> tuple[bool, bool]:
        return fold(form) != asked, not fold(form).startswith(asked)

    found: list[tuple[tuple[bool, bool], str, Named]] = []
    for region_id in (atlas.regions if among is None else among) if asked else ():
        region = atlas.regions[region_id]
        shown = region.name(lang)
        forms = dict.fromkeys((shown, *(name.form for name in region.names), region_id))
        fitting = [form for form in forms if _has_all(fold(form), asked)]
        if fitting:
            best = min(fitting, key=rank)
            named = Named(region_id, shown if best == region_id else best, shown)
            found.append((rank(best), fold(shown), named))
    return [named for _, _, named in sorted(found, key=lambda each: each[:2])]


def regions_called(atlas: Atlas, asked: str, lang: str, among: Iterable[str]) -> list[Named]:
    """Give the region with an id, else all that have exactly this name.

    Raises
    ------
    UnknownId
        There is none; the message names ids like it.
    """
    known = tuple(among)
    if asked in known:
        shown = atlas.regions[asked].name(lang)
        return [Named(asked, shown, shown)]
    found = regions_named(atlas, asked, lang, known)
    exact = [named for named in found if fold(named.form) == fold(asked)]
    if not exact:
        forms = {fold(n.form): id for id in known for n in atlas.regions[id].names}
        alike = get_close_matches(fold(asked), {**forms, **{id: id for id in known}}, n=3)
        ids = dict.fromkeys(forms.get(form, form) for form in alike)
        raise UnknownId(f"there is no region {asked!r} in the atlas; try {', '.join(ids or known)}")
    return exact


@dataclass(frozen=True)
class Found:
    """All that one search finds, best first; ``day`` is one that was written alone.

    ``other`` is the day it would be with the month written first.
    """

    day: Date | None
    other: Date | None
    regions: tuple[Named, ...]
    points: tuple[Point, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]

    def __bool__(self) -> bool:
        return bool(self.day or self.regions or self.points or self.events or self.sources)


def find(atlas: Atlas, wanted: str, lang: str) -> Found:
    """Search the whole atlas; a date, written in any way, narrows what it stands beside."""
    search = EventSearch.of(atlas, wanted)
    alone = search.date if not search.words else None  # a date and nothing else
    day = other = None
    if alone:
        with suppress(DayOutsideAtlas):
            day, other = first_day_inside(atlas, alone), alone.other
    events = [event for event in atlas.events if search.match(atlas, event, lang) is not None]
    titled = fold(wanted)
    events.sort(key=lambda event: not (_has_all(fold(event.title), titled) or event.id == wanted))
    ids = {event.id for event in events}
    points = (
        point
        for point in atlas.points.values()
        if (alone and ids & set(point.event_ids))
        or _hold((point.id, point.question, point.finding), wanted)
    )
    return Found(
        day,
        other,
        regions=tuple(regions_named(atlas, wanted, lang)),
        points=tuple(points),
        events=tuple(events),
        sources=tuple(s for s in atlas.sources.values() if source_matches(s, wanted, lang)),
    )


def source_matches(source: Source, wanted: str, lang: str) -> bool:
    """Tell whether each word stands in the reference, the numbers or the notes of a source."""
    number = f"[{source.number_in_text}]"
    return _hold((source.id, number, reference_text(source, lang), source.note), wanted)


def _hold(texts: Iterable[str], wanted: str) -> bool:
    return _has_all(fold(" ".join(texts)), fold(wanted))


def _has_all(held: str, words: str) -> bool:
    return all(word in held for word in words.split())


@dataclass(frozen=True)
class EventSearch:
    """A search for events: words, and a date among them with how it was written."""

    words: str
    date: WrittenDate | None = None
    written: str = ""

    @classmethod
    def of(cls, atlas: Atlas, wanted: str) -> EventSearch:
        """Read what was typed."""
        found = find_date(wanted, atlas_languages(atlas))
        if found is None:
            return cls(fold(wanted))
        date, written, rest = found
        return cls(fold(rest), date, fold(written))

    def match(self, atlas: Atlas, event: Event, lang: str) -> tuple[Named, ...] | None:
        """Give the names that an event was found by and does not show; None if it was not.

        The words stand in its texts, in its id or in the names of its regions; the
        date is one that the event may have, that a source gives for it, or that its
        texts name as it was typed.
        """
        if not self.words and not self.date:
            return ()
        place, at = (event.place.name, event.place.region_id) if event.place else ("", "")
        texts = (
            event.id, event.title, event.description, place, event.place_as_printed,
            event.actors, event.date.edtf, event.cited_as_printed,
        )  # fmt: skip
        own = " ".join(map(fold, texts))
        names = [
            Named(region_id, name.form, atlas.regions[region_id].name(lang))
            for region_id in dict.fromkeys((*event.region_ids, at))
            if region_id in atlas.regions
            for name in atlas.regions[region_id].names
        ]
        held = " ".join((own, *(fold(named.form) for named in names)))
        if not _has_all(held, self.words):
            return None
        # As it was typed, and no part of a longer word or number.
        typed = rf"(?<!\w){re.escape(self.written)}(?!\w)"
        if self.date and not (_may_be(atlas, event, self.date) or re.search(typed, own)):
            return None
        missing = [word for word in self.words.split() if word not in own]
        by_word = [next(n for n in names if word in fold(n.form)) for word in missing]
        return tuple(dict.fromkeys(named for named in by_word if named.is_told))


def _may_be(atlas: Atlas, event: Event, when: WrittenDate) -> bool:
    first, last = when.earliest, when.latest
    return possible_between(event, first, last) or any(
        (not first or first <= given.day) and (not last or given.day <= last)
        for given in dates_of(atlas, event.id)
    )
