"""Which view of the map goes with what: the day and the mode that show something of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from maps.atlas.model import BY_TELLER, Atlas, Date, Event, Step
from maps.day.reading import reading_of
from maps.day.timeline import Timeline, timeline
from maps.day.view import Bbox
from maps.words.i18n import format_day_of, texts
from maps.words.names import mode_name

MOST_PICTURED = 500  # views of events, 0.1 s each
_SOON = 62  # days


@dataclass(frozen=True)
class MapView:
    """A day in a mode; ``since`` is the day from which the map looks as it does then.

    ``perspective`` is empty where the mode asks nobody, ``bbox`` (west, south, east,
    north) None for all the ground of the atlas.
    """

    mode: str
    day: Date
    since: Date
    perspective: str = ""
    bbox: Bbox | None = None

    @property
    def path(self) -> str:
        """Where the picture of this view is, from the folder of the edition."""
        ground = "_".join(f"{degree:g}" for degree in self.bbox or ())
        parts = (self.mode, self.perspective, self.since.isoformat(), ground)
        return f"pictures/maps/{'-'.join(filter(None, parts))}.png"


class Views:
    """The views of one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @property
    def opening(self) -> MapView:
        """The view the map opens on."""
        return self.on(self._atlas.settings.modes[0].id, self._atlas.settings.opening_day)

    @cached_property
    def of_events(self) -> Mapping[str, MapView]:
        """The view of each event, by its id.

        It is in the first mode whose map changes while the event lasts, on the day
        of that change; where none does, on the event's first day in the first mode.
        What changes in the course of many months is not the event's doing.
        """
        return {event.id: self._of(event) for event in self._atlas.events}

    @cached_property
    def pictured(self) -> Mapping[str, MapView]:
        """The views of events that have a picture: all or, of a large atlas, none.

        It has a view of all its ground for each of its days, and what happened on one
        could not be made out there.
        """
        paths = {view.path for view in self.of_events.values()}
        return self.of_events if len(paths) <= MOST_PICTURED else {}

    def on(self, mode: str, day: Date) -> MapView:
        """Give the view of a mode on a day."""
        return MapView(mode, day, _since(self._lines[mode], day))

    def of_step(self, step: Step) -> MapView:
        """Give the view that a step of a story shows."""
        reading = reading_of(self._atlas, step.mode, step.perspective)
        line = self._lines[step.mode]
        if reading.perspective:
            line = timeline(self._atlas, step.mode, reading.perspective)
        since = _since(line, step.day)
        return MapView(step.mode, step.day, since, reading.perspective, step.bbox)

    def _of(self, event: Event) -> MapView:
        settings = self._atlas.settings
        first = min(max(event.span.start, settings.first_day), settings.last_day)
        for mode in settings.modes:
            change = self._lines[mode.id].next_change(first - 1)
            # Who says what needs a key that no picture has room for.
            if mode.colour_by in BY_TELLER or change is None or change not in event.span:
                continue
            if change - first <= _SOON:
                return self.on(mode.id, change)
        return self.on(settings.modes[0].id, first)

    @cached_property
    def _lines(self) -> Mapping[str, Timeline]:
        return {mode.id: timeline(self._atlas, mode.id) for mode in self._atlas.settings.modes}


def _since(line: Timeline, day: Date) -> Date:
    return line.previous_change(day + 1) or line.first_day


def in_words(atlas: Atlas, view: MapView, lang: str) -> str:
    """Say what the picture of a view shows, for those who do not see it."""
    day, mode = format_day_of(atlas, view.day, lang), mode_name(view.mode, lang)
    return texts(lang).t("site.picture", title=atlas.settings.title, mode=mode, day=day)
