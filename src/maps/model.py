"""The words of the project as frozen records.

One word has one meaning here, in the tables, on the screen and in the docs
(docs/data-model.md). Nothing in this module reads a file or knows of a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from shapely.geometry.base import BaseGeometry

DIMENSIONS = ("de-facto", "de-jure", "claim", "recognition", "proposed")
PRECISIONS = ("adapted", "approximate", "schematic")
CERTAINTIES = ("certain", "approximate", "contested", "position")
EVIDENCE_LEVELS = ("V1", "V2", "M", "article-only")
CITATION_ROLES = ("printed", "evidence", "teller")


@dataclass(frozen=True)
class Timespan:
    """Days on which something held; the end day is already outside.

    Half-open spans let a successor start on the very day its predecessor ends,
    so no day shows two boundaries of one region, and none shows a gap.
    """

    start: date
    end: date | None = None  # None while open at the atlas's close

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Timespan) -> bool:
        """Tell whether the two spans share at least one day."""
        starts_in_time = other.end is None or self.start < other.end
        return starts_in_time and (self.end is None or other.start < self.end)


@dataclass(frozen=True)
class DateText:
    """An EDTF date as a source gives it, and the days that can be derived from it.

    ``earliest`` and ``latest`` are inclusive and None where the text is open on
    that side. ``used`` is the day the map turns on: the earliest one, unless
    the table names another inside the range.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    used: date | None

    @property
    def is_exact(self) -> bool:
        """True where the text names one single day without doubt."""
        plain = not any(mark in self.edtf for mark in "?~%[{/")
        return plain and self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True)
class Source:
    """A bibliographic record: CSL-JSON plus what the printed lists say of it."""

    id: str
    csl: Mapping[str, Any]
    perspective_id: str
    number_in_text: str = ""  # "4" for [4]; empty where the article has no number
    list_numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    confidence: str = ""
    confidence_reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Citation:
    """One pointer from a statement into a source.

    ``as_printed`` keeps the number and locator exactly as the article prints
    them, ``locator`` says where that leads in the resolved source.
    """

    id: str
    source: Source
    role: str  # one of CITATION_ROLES
    as_printed: str = ""
    locator: str = ""
    locator_confidence: str = ""
    quote: str = ""
    quote_lang: str = ""
    quote_translation: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Name:
    """A name of a region in one language, with its users and its days."""

    lang: str
    form: str
    used_by: str = ""
    span_text: str = ""  # EDTF; empty where the source gives no date
    is_main: bool = False


@dataclass(frozen=True)
class Note:
    """An editor's note; ``text`` is in our own voice."""

    id: str
    text: str
    category: str
    confidence: str
    citations: tuple[Citation, ...] = ()
    source_ids: tuple[str, ...] = ()  # sources it is about, not those it rests on


@dataclass(frozen=True)
class Region:
    """An identity with names, no geometry."""

    id: str
    kind: str
    part_of: str = ""
    predecessors: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    anchor: tuple[float, float] | None = None  # lon, lat
    identifiers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    article_says: str = ""
    administration: str = ""
    note: str = ""
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()

    def name(self, lang: str) -> str:
        """Give the main name in a language, else the English one, else the id."""
        for wanted in (lang, "en"):
            for candidate in self.names:
                if candidate.lang == wanted and candidate.is_main:
                    return candidate.form
        return self.id


@dataclass(frozen=True)
class Polity:
    """Who controls or claims. ``hue`` is an OKLCH hue in degrees."""

    id: str
    name: str
    hue: float
    note: str = ""


@dataclass(frozen=True)
class Perspective:
    """Who tells."""

    id: str
    name: str


@dataclass(frozen=True)
class Place:
    """A point an event can be drawn at; ``lon`` and ``lat`` in EPSG:4326."""

    id: str
    name: str
    lon: float
    lat: float
    precision: str = ""
    region_id: str = ""


@dataclass(frozen=True)
class Period:
    """A named era on the time axis; ``lane`` is the row it is drawn in."""

    id: str
    name: str
    span: Timespan
    start: DateText
    end: DateText | None
    lane: int = 0
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where an upstream file came from."""

    id: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    title: str = ""
    credit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Boundary:
    """One geometry (EPSG:4326, lon lat) of one region over one timespan."""

    id: str
    region_id: str
    layer: str
    span: Timespan
    start: DateText
    end: DateText | None
    geometry: BaseGeometry
    precision: str
    origin_ids: tuple[str, ...]
    contested: bool = False
    note: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Status:
    """One statement: in this span, in this dimension, this polity, says this teller."""

    id: str
    region_id: str
    span: Timespan
    start: DateText
    end: DateText | None
    dimension: str
    polity_id: str  # empty where the statement names none
    perspective_id: str
    certainty: str
    evidence: str
    text: str
    start_event_id: str = ""
    end_event_id: str = ""
    note: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Event:
    """A dated happening; act, text, publication and effect are separate events."""

    id: str
    date: DateText
    span: Timespan  # the days it is shown on: first day .. day after the last
    title: str
    description: str
    kinds: tuple[str, ...]
    layer: str  # article, context or publication
    region_ids: tuple[str, ...]
    place: Place | None
    place_role: str
    place_as_printed: str
    actors: str
    date_status: str
    contested: bool
    corroboration: str
    evidence: str
    cited_as_printed: str
    note: str
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def perspective_ids(self) -> tuple[str, ...]:
        """Whose sources speak of the event, in order of citation, each once."""
        return tuple(dict.fromkeys(c.source.perspective_id for c in self.citations))


@dataclass(frozen=True)
class Figure:
    """A published number; ``base`` says what a percentage is a share of."""

    id: str
    region_id: str
    measure: str
    value: float
    unit: str
    base: str
    date_text: str
    note: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Layer:
    """A group of boundaries drawn alike; ``hue`` None means outline only."""

    id: str
    name: str
    hue: float | None
    order: int  # drawn from low to high


@dataclass(frozen=True)
class Mode:
    """A way of looking at the map: which layers, coloured by what."""

    id: str  # "units" or "control"; the interface names them
    layers: tuple[str, ...]
    colour_by: str  # "layer" or "control"


@dataclass(frozen=True)
class Settings:
    """What `atlas.toml` says of the atlas as a whole."""

    title: str
    subtitle: str
    disclaimer: str
    cutoff: str
    version: str
    licence: str
    first_day: date
    last_day: date
    opening_day: date
    extent: tuple[float, float, float, float]  # west, south, east, north
    languages: tuple[str, ...]
    name_languages: tuple[str, ...]
    modes: tuple[Mode, ...]
    layers: tuple[Layer, ...]
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True)
class Basemap:
    """The offline ground the atlas is drawn on; every part may be missing.

    ``relief`` is the path of a picture in Web Mercator whose edges are
    ``relief_extent`` (west, south, east, north); the others are GeoJSON
    FeatureCollections in EPSG:4326 as Python mappings.
    """

    relief: str = ""
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
    """

    settings: Settings
    regions: Mapping[str, Region]
    polities: Mapping[str, Polity]
    perspectives: Mapping[str, Perspective]
    places: Mapping[str, Place]
    periods: tuple[Period, ...]
    boundaries: tuple[Boundary, ...]
    statuses: tuple[Status, ...]
    events: tuple[Event, ...]
    sources: Mapping[str, Source]
    figures: tuple[Figure, ...]
    notes: Mapping[str, Note]
    origins: Mapping[str, Origin]
    basemap: Basemap
    kind_names: Mapping[str, str]
    digest: str
