"""What an atlas says: regions and their boundaries, statuses, events, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shapely.geometry.base import BaseGeometry

from maps.atlas.model.evidence import Citation, Note
from maps.atlas.model.time import DateText, Timespan

CONTROL = "de-facto"  # the dimension of who held the land; all others are legal status
DIMENSIONS = (CONTROL, "de-jure", "claim", "recognition", "proposed")
PRECISIONS = ("adapted", "approximate", "schematic")
CERTAINTIES = ("certain", "approximate", "contested", "position")


@dataclass(frozen=True)
class Name:
    """A name of a region in one language, with its users and its days."""

    lang: str
    form: str
    used_by: str = ""
    span_text: str = ""  # EDTF; empty where the source gives no date
    is_main: bool = False


@dataclass(frozen=True)
class Region:
    """An identity with names, no geometry.

    ``shown_on`` are the regions on whose ground statements about this one are
    shown; a region with lines of its own needs none.
    """

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
    shown_on: tuple[str, ...] = ()

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
    """A published number; ``base`` says what a percentage is a share of.

    ``numerator`` and ``denominator`` are those of a percentage, in one unit,
    None where the source states none.
    """

    id: str
    region_id: str
    measure: str
    value: float
    unit: str
    base: str
    date_text: str
    note: str = ""
    citations: tuple[Citation, ...] = ()
    numerator: float | None = None
    denominator: float | None = None
