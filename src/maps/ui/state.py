"""What the reader looks at, and the same as the address of the page.

Nothing here knows Streamlit: a query is a mapping of texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from maps.atlas.longitudes import lon_near
from maps.atlas.model import Atlas, Date, Step, Story
from maps.cards.links import GLOSSARY, word_id
from maps.day.alternatives import with_dates
from maps.day.law import ALL, LEGAL_DIMENSIONS
from maps.errors import DateUnreadable, DateUnusable, DayOutsideAtlas
from maps.map.ground import reach
from maps.words.asked import atlas_languages, first_day_inside, read_date
from maps.words.date_formats import format_day, format_day_of
from maps.words.i18n import available_languages, texts

TABS = (
    "map", "story", "questions", "events", "regions", "compare", "areas", "sources", "method",
    "export",
)  # fmt: skip
GROUNDS = ("contested", "everything")  # of the areas: pieces on which statements differ, or all
COMPARE = "compare"
# Words searched for, ids with commas between them, and years: 1918-1924.
FILTERS = ("search", "regions", "kinds", "tellers", "years")
_PLACE = re.compile(
    r"(?P<zoom>\d{1,2}(\.\d+)?)/(?P<lat>-?\d{1,2}(\.\d+)?)/(?P<lon>-?\d{1,3}(\.\d+)?)"
)
_FARTHEST = {"zoom": 20, "lat": 85, "lon": 180}
_LONGEST = 60  # characters of an address that are repeated in a warning


@dataclass(frozen=True)
class ViewState:
    """What is shown: a day, a mode, what is selected, in which language and tab.

    ``perspective`` counts in legal status only. ``other_day`` is the second day
    of the comparison, None where it was never opened. ``story`` and ``step`` are
    the guided reading under way, empty for none. ``dates`` are the days the
    reader has chosen for events whose day is contested, by event id. ``dimension``
    and ``ground`` are those of the areas. A ``kiosk`` is the map alone, which plays. ``at``
    is what a link leads to in its tab: a question, an account, a source or a note by its id,
    empty for nothing in particular.
    ``filters`` are what its list or chart is narrowed to, by name: see `FILTERS`.
    """

    day: Date
    mode: str
    region: str | None
    event: str | None
    lang: str
    tab: str
    perspective: str = ALL
    other_day: Date | None = None
    story: str = ""
    step: str = ""
    dates: tuple[tuple[str, Date], ...] = ()
    dimension: str = "claim"
    ground: str = GROUNDS[0]
    place: str = ""
    kiosk: bool = False
    at: str = ""
    filters: tuple[tuple[str, str], ...] = ()

    def filter(self, name: str) -> str:
        """Give what a list or chart of the open tab is narrowed to, "" for nothing."""
        return dict(self.filters).get(name, "")

    def filtered(self, name: str, value: str) -> ViewState:
        """Give the view with a list or chart narrowed; "" widens it again."""
        held = {**dict(self.filters), name: value}
        return replace(self, filters=tuple((n, v) for n, v in sorted(held.items()) if v))

    def step_in(self, atlas: Atlas) -> tuple[Story, Step] | None:
        """Find the story under way and its step; None while nothing is read."""
        story = atlas.stories.get(self.story)
        steps = {step.id: step for step in story.steps} if story else {}
        return (story, steps[self.step]) if story and self.step in steps else None

    def at_step(self, story: Story, step: Step) -> ViewState:
        """Give the view that a step of a story shows."""
        return replace(
            self,
            day=step.day,
            mode=step.mode,
            perspective=step.perspective or self.perspective,
            event=step.event or None,
            region=step.region or None,
            story=story.id,
            step=step.id,
            place="",
        )


@dataclass(frozen=True)
class Complaint:
    """Something an address asked for that is not there; a key of ``ui.wrong`` and its words."""

    key: str
    words: Mapping[str, str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Say it in the reader's language."""
        return texts(lang).t(f"ui.wrong.{self.key}", **self.words)


def languages(atlas: Atlas) -> tuple[str, ...]:
    """List the languages the page can be asked for; the first is the default."""
    own = atlas.settings.languages
    start = ("en",) if "en" in own else own[:1]
    return tuple(dict.fromkeys((*start, *own, *available_languages())))


def opening_view(atlas: Atlas) -> ViewState:
    """Give the view of an address that asks for nothing."""
    day, mode = atlas.settings.opening_day, atlas.settings.modes[0].id
    return ViewState(day, mode, None, None, languages(atlas)[0], TABS[0])


def read_view(query: Mapping[str, str], atlas: Atlas) -> tuple[ViewState, tuple[Complaint, ...]]:
    """Read a view out of an address, as far as it can be read.

    Ids and names of parameters are taken in any case. What is missing or wrong
    falls back to the opening view; where a day is missing, a step of a story
    brings its day and whatever else it shows, and an event its own day.
    ``atlas`` is one without chosen dates.
    """
    asked = {name.casefold(): value.strip() for name, value in query.items()}
    home = opening_view(atlas)
    reader = _Reader(atlas, asked)
    lang = reader.lang = reader.choice("lang", languages(atlas), home.lang)
    dates = reader.dates()
    home = replace(home, story=reader.choice("story", atlas.stories, ""))
    if story := atlas.stories.get(home.story):
        steps = {step.id: step for step in story.steps}
        step = steps[reader.choice("step", steps, story.steps[0].id)]
        home = replace(home, step=step.id) if asked.get("day") else home.at_step(story, step)
    events = {event.id: event for event in atlas.events}
    modes = [mode.id for mode in atlas.settings.modes]
    event = reader.choice("event", events, home.event or "") or None
    if event and event != home.event:
        home = replace(home, day=dict(dates).get(event, events[event].span.start))
    # What a link may lead to, each with the tab in which it stands.
    accounts = (account.id for account in atlas.accounts if account.point_id)
    goals = {
        **dict.fromkeys((*atlas.notes, *map(word_id, GLOSSARY)), "method"),
        **dict.fromkeys(atlas.sources, "sources"),
        **dict.fromkeys((*atlas.points, *accounts), "questions"),
    }
    view = replace(
        home,
        day=reader.day("day", home.day),
        mode=reader.choice("mode", modes, home.mode, f"map.modes.{home.mode}"),
        region=reader.choice("region", atlas.regions, home.region or "") or None,
        event=event,
        lang=lang,
        tab=reader.choice("tab", TABS, home.tab, f"ui.tabs.{home.tab}"),
        perspective=reader.choice(
            "perspective", (ALL, *atlas.perspectives), home.perspective, "map.everyone"
        ),
        other_day=reader.day("day2", home.day) if asked.get("day2") else None,
        dates=dates,
        dimension=reader.choice(
            "dimension", LEGAL_DIMENSIONS, home.dimension, f"map.dimension.{home.dimension}"
        ),
        ground=reader.choice("ground", GROUNDS, home.ground, f"ui.areas.ground_{home.ground}"),
        place=reader.place(),
        kiosk=asked.get("kiosk") == "1",
        at=reader.choice("at", goals, ""),
        filters=tuple((name, asked[name]) for name in sorted(FILTERS) if asked.get(name)),
    )
    if view.at and not asked.get("tab"):
        view = replace(view, tab=goals[view.at])
    return view, tuple(reader.complaints)


def query_of(view: ViewState, atlas: Atlas) -> dict[str, str]:
    """Write a view as an address; `read_view` reads exactly this view out of it."""
    home = opening_view(atlas)
    if view == home:
        return {}
    written = {
        "day": view.day.isoformat(),
        "mode": view.mode,
        "event": view.event or "",
        "region": view.region or "",
        "perspective": view.perspective,
        "day2": view.other_day.isoformat() if view.other_day else "",
        "story": view.story,
        "step": view.step,
        "dates": ",".join(f"{event}:{day}" for event, day in view.dates),
        "dimension": view.dimension,
        "ground": view.ground,
        "map": view.place,
        "kiosk": "1" if view.kiosk else "",
        "at": view.at,
        **dict(view.filters),
        "lang": view.lang,
        "tab": view.tab,
    }
    usual = {
        name: getattr(home, name) for name in ("perspective", "dimension", "ground", "lang", "tab")
    }
    return {name: value for name, value in written.items() if value and value != usual.get(name)}


def kept_in_links(
    view: ViewState, atlas: Atlas, names: Iterable[str] = ("story", "step", "dates")
) -> dict[str, str]:
    """Give what a link from one event to another keeps: the story under way, dates chosen."""
    query = query_of(view, atlas)
    return {name: query[name] for name in names if name in query}


def nearest_day(atlas: Atlas, day: Date) -> Date:
    """Give a day of the atlas: the day itself, or the end of the atlas that is nearer."""
    return min(max(day, atlas.settings.first_day), atlas.settings.last_day)


@dataclass
class _Reader:
    """Reads one parameter of an address after the other, and notes what is not there."""

    atlas: Atlas
    asked: Mapping[str, str]
    lang: str = "en"
    complaints: list[Complaint] = field(default_factory=list)

    def choice(self, name: str, known: Iterable[str], fallback: str, said: str = "") -> str:
        """Read one of the values known; ``said`` is the key of what the fallback is called."""
        value = self.asked.get(name, "")
        by_case = {each.casefold(): each for each in known} | {"": fallback}
        if value.casefold() not in by_case:
            self._complain(name, value, shown=texts(self.lang).t(said) if said else fallback)
        return by_case.get(value.casefold(), fallback)

    def dates(self) -> tuple[tuple[str, Date], ...]:
        """Read ``A21:1923-05-23,A25:1994-05-09``; only days that a source gives are taken."""
        offered = self.atlas.event_dates
        known = {f"{given.event_id}:{given.day}".casefold(): given for given in offered}
        chosen: dict[str, Date] = {}
        for part in filter(None, self.asked.get("dates", "").split(",")):
            given = known.get(part.strip().casefold())
            if given is None:
                self._complain("dates", part)
                continue
            wanted = chosen | {given.event_id: given.day}
            try:
                # Without those that are in use anyway.
                kept = with_dates(self.atlas, wanted).own_days
            except (DateUnusable, DayOutsideAtlas):
                self._complain("dates_unusable", part)
                continue
            chosen = {event: day for event, day in wanted.items() if event in kept}
        return tuple(sorted(chosen.items()))

    def day(self, name: str, fallback: Date) -> Date:
        """Read a day of the atlas; the fallback may lie outside."""
        value, nearest = self.asked.get(name, ""), nearest_day(self.atlas, fallback)
        if not value:
            return nearest

        def said(day: Date) -> str:
            return format_day_of(self.atlas, day, self.lang)

        try:
            written = read_date(value, atlas_languages(self.atlas))
            day = first_day_inside(self.atlas, written)
        except DateUnreadable:
            self._complain("day", value, shown=said(nearest))
            return nearest
        except DayOutsideAtlas:
            first, last = self.atlas.settings.first_day, self.atlas.settings.last_day
            nearest = first if (written.latest or last) < first else last
            ends = {"first": said(first), "last": said(last)}
            self._complain("day_outside", value, shown=said(nearest), **ends)
            return nearest
        if written.other:
            shown, other = (format_day(each, self.lang) for each in (day, written.other))
            self._complain("day_two_ways", value, shown=shown, other=other)
        return day

    def place(self) -> str:
        """Read zoom/lat/lon, "" where the map has no ground there."""
        if not (value := self.asked.get("map", "")):
            return ""
        found = _PLACE.fullmatch(value)
        if not found or any(abs(float(found[name])) > most for name, most in _FARTHEST.items()):
            self._complain("map", value)
            return ""
        west, south, east, north = reach(self.atlas.settings.extent)
        lon = lon_near(float(found["lon"]), self.atlas.settings.extent)
        if west <= lon <= east and south <= float(found["lat"]) <= north:
            return value
        self._complain("map_outside", value)
        return ""

    def _complain(self, key: str, value: str, **words: str) -> None:
        short = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
        self.complaints.append(Complaint(key, {"value": short, **words}))
