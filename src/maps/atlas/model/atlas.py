"""An atlas as a whole, how it is looked at, and the stories that lead through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from maps.atlas.model import records
from maps.atlas.model.records import MAIN_SOURCE
from maps.atlas.model.time import DATE_UNITS, Date, DateUnit
from maps.catalogue import Coverage

MODES = ("units", "control", "legal")  # each has a name and a hint in `words/locale`
# Sentences of the interface about the main source that an atlas may give in its own words,
# under these keys of its texts; `maps.words.i18n` has those for where it gives none.
SOURCE_TEXTS = tuple(
    f"source.{key}"
    for key in (
        "told", "context", "only", "only_short", "only_found", "cited_as", "no_citation", "says",
        "printed", "as_stated", "events", "sources", "silence", "number",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """A group of boundaries drawn alike; ``hue`` None means outline only."""

    id: str
    name: str
    hue: float | None
    order: int  # drawn from low to high


COLOURED_BY = ("layer", "control", "legal")  # the kinds of modes; all but the first ask of land
BY_TELLER = ("legal",)  # of these, those whose answers are claims, each with its teller


@dataclass(frozen=True)
class Mode:
    """A way of looking at the map: which layers, coloured by what."""

    id: str  # one of MODES
    layers: tuple[str, ...]
    colour_by: str  # one of `COLOURED_BY`


@dataclass(frozen=True)
class Side:
    """A column in which accounts stand beside those of the others.

    ``required`` says that a contested thing has to have an account of this side,
    ``third_party`` that it is not one of those who dispute it.
    """

    id: str
    name: str
    required: bool
    third_party: bool = False


@dataclass(frozen=True)
class LineError:
    """How far lines of one precision were found to lie off, in km.

    ``mean_km`` is the mean distance; 95 % of their length lies within ``p95_km``.
    """

    mean_km: float
    p95_km: float


@dataclass(frozen=True)
class Settings:
    """What `atlas.toml` says of the atlas as a whole.

    ``sides`` are in the order of their columns. ``line_offset_km`` says for each
    precision how far a line may lie off at most, ``line_errors`` how far it was found to
    lie off; without them no bounds and no likely range can be given. Offsets of a line
    are taken as independent every ``independent_km`` along it.
    ``ruled`` are the polities whose control is drawn in lines as well as in colour.
    ``main_source`` is the word that stands in ``layer`` and, with ``-only`` behind it,
    in ``evidence`` for what the work says that the atlas retells.
    """

    title: str
    subtitle: str
    disclaimer: str
    cutoff: str
    version: str
    licence: str
    first_day: Date
    last_day: Date
    opening_day: Date
    extent: tuple[float, float, float, float]  # west, south, east, north
    languages: tuple[str, ...]
    name_languages: tuple[str, ...]
    modes: tuple[Mode, ...]
    layers: tuple[Layer, ...]
    attribution: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    line_offset_km: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    line_errors: Mapping[str, LineError] = field(default_factory=lambda: MappingProxyType({}))
    independent_km: float = 0.0
    main_source: str = MAIN_SOURCE
    ruled: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Basemap:
    """The offline ground the atlas is drawn on; every part may be missing.

    ``relief`` is a picture in Web Mercator, as its file has it, whose edges are
    ``relief_extent`` (west, south, east, north) and whose format ``relief_ending`` tells
    (``.webp``); the others are GeoJSON FeatureCollections in EPSG:4326 as Python mappings.
    """

    relief: bytes = field(default=b"", repr=False)
    relief_ending: str = ""
    relief_extent: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    land: Mapping[str, Any] | None = None
    water: Mapping[str, Any] | None = None
    rivers: Mapping[str, Any] | None = None
    neighbours: Mapping[str, Any] | None = None
    towns: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Atlas:
    """One territory's dataset, checked; every id in it resolves.

    Mappings keep the order of the files; ``events`` are in order of their
    first day, then of their id. ``digest`` is the sha256 of the files read.
    ``source_texts`` are the sentences in which it speaks of its main source, by their
    key in `SOURCE_TEXTS`. ``own_days`` are those of events which a reader has put on another day
    (`maps.day.alternatives`), by event id; empty as the files have it. ``coverage`` counts
    the texts translated by a catalogue, ``untranslated`` are those it lacks.
    """

    settings: Settings
    regions: Mapping[str, records.Region]
    polities: Mapping[str, records.Polity]
    perspectives: Mapping[str, records.Perspective]
    places: Mapping[str, records.Place]
    periods: tuple[records.Period, ...]
    boundaries: tuple[records.Boundary, ...]
    statuses: tuple[records.Status, ...]
    events: tuple[records.Event, ...]
    sources: Mapping[str, records.Source]
    figures: tuple[records.Figure, ...]
    notes: Mapping[str, records.Note]
    origins: Mapping[str, records.Origin]
    basemap: Basemap
    kind_names: Mapping[str, str]
    digest: str
    points: Mapping[str, records.Point] = field(default_factory=lambda: MappingProxyType({}))
    accounts: tuple[records.Account, ...] = ()
    chains: tuple[records.Chain, ...] = ()
    event_dates: tuple[records.AlternativeDate, ...] = ()
    stories: Mapping[str, Story] = field(default_factory=lambda: MappingProxyType({}))
    source_texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    own_days: Mapping[str, Date] = field(default_factory=lambda: MappingProxyType({}))
    coverage: Coverage = field(default_factory=Coverage)
    untranslated: frozenset[str] = frozenset()

    @cached_property
    def date_unit(self) -> DateUnit:
        """The finest that anything is dated by: no day is shown finer, or stepped to.

        It is ``day`` where nothing is dated.
        """
        dates = [event.date for event in self.events]
        for spans in (self.boundaries, self.statuses, self.periods):
            dates += [each.start for each in spans] + [each.end for each in spans if each.end]
        if not dates or self.event_dates:  # other days of an event are exact
            return "day"
        return max((date.unit for date in dates), key=DATE_UNITS.index)
