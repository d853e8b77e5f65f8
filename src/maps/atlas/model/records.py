"""What an atlas says: regions and their boundaries, statuses, events, figures.

Behind each statement stands who says so and in which document; beside a contested one
what each side says of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from shapely.geometry.base import BaseGeometry

from maps.atlas.model.columns import KEBAB, Column, Text
from maps.atlas.model.time import Date, DateText, Timespan

# The work an atlas retells. `main_source` of atlas.toml gives it another word, which then
# stands in the tables too: an atlas of an article has the layer `article`.
MAIN_SOURCE = "source"
EVENT_LAYERS = (MAIN_SOURCE, "context", "publication")
EVIDENCE_LEVELS = ("V1", "V2", "M", f"{MAIN_SOURCE}-only")
CONFIDENCES = ("certain", "high", "medium", "low", "inferred", "probable")
CITATION_ROLES = ("printed", "evidence", "teller")
NOT_KNOWN = "not-known"  # who holds land of which the statements on control name nobody
CONTROL = "de-facto"  # the dimension of who held the land; all others are legal status
DIMENSIONS = (CONTROL, "de-jure", "claim", "recognition", "proposed")
SCHEMATIC = "schematic"  # says that a region existed and roughly where
PRECISIONS = ("adapted", "approximate", SCHEMATIC)
CERTAINTIES = ("certain", "approximate", "contested", "position", "one-sided")
DOUBTFUL = ("approximate", "contested", "one-sided")  # said wherever there is little room
PLACE_ROLES = ("act", "seat", "subject")
# What is known without a list in datapackage.json; an atlas names others there.
UNITS = (
    "km2", "ha", "m2", "mi2", "acres", "km", "m", "mi", "percent", "%", "permille", "people",
    "households", "families", "settlements", "villages",
)  # fmt: skip
MEASURES = (
    "area", "area-calculated", "area-claimed", "area-held", "area-not-controlled", "area-part",
    "area-shift", "share", "share-calculated", "share-held", "population", "population-share",
    "households", "settlements", "length",
)  # fmt: skip
REGION_KINDS = (
    "autonomous-oblast", "autonomous-republic", "borough", "canton", "city", "colony",
    "confederation", "control-unit", "control-zone", "country", "county", "department",
    "disputed-region", "district", "dominion", "duchy", "emirate", "empire", "exclave",
    "federal-district", "federation", "free-city", "governorate", "historical-district",
    "historical-province", "island", "khanate", "kingdom", "krai", "mandate", "municipality",
    "oblast", "okrug", "parish", "prefecture", "principality", "protectorate", "province", "raion",
    "region", "republic", "self-declared-state", "shire", "soviet-republic", "state", "sultanate",
    "territory", "town", "township", "uezd", "union", "vilayet", "village", "voivodeship", "zone",
)  # fmt: skip
STANCES = ("says", "says-otherwise", "in-part", "silent", "none-found")
_RENAMED = (("asserts", "says"), ("denies", "says-otherwise"), ("qualifies", "in-part"))
UNSOURCED_STANCES = ("silent", "none-found")  # nothing is said, so nothing can be cited
CHAIN_ROLES = (
    "instruction", "act", "text", "publication", "referral", "reversal", "omission", "order",
    "effect",
)  # fmt: skip

_ID = Column(kind="id", id_form=KEBAB, required=True)
_START = Column("the first day", name="start", kind="edtf", required=True)
_END = Column("the first day it no longer holds; empty is open", name="end", kind="edtf")
_START_DAY = Column("what the map turns on, where not the earliest", name="start_day", kind="day")
_END_DAY = Column("the same for `end`", name="end_day", kind="day")


@cache
def in_words_of(main_source: str, choices: tuple[str, ...]) -> tuple[str, ...]:
    """Give levels of evidence or layers of events as an atlas with this main source has them."""
    own = {MAIN_SOURCE: main_source, f"{MAIN_SOURCE}-only": f"{main_source}-only"}
    return tuple(own.get(choice, choice) for choice in choices)


@dataclass(frozen=True)
class Source:
    """A bibliographic record: CSL-JSON plus what the printed lists say of it."""

    id: str
    csl: Mapping[str, Any]
    perspective_id: str
    number_in_text: str = ""  # "4" for [4]; empty where the main source has no number
    list_numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    confidence: str = ""
    confidence_reason: str = ""
    note: str = ""

    @property
    def address(self) -> str:
        """Where in the web it can be read, its DOI before its URL; empty where it has neither."""
        doi, url = str(self.csl.get("DOI") or ""), str(self.csl.get("URL") or "")
        found = f"https://doi.org/{doi}" if doi else url
        return found if found.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Citation:
    """One pointer from a statement into a source.

    ``as_printed`` keeps the number and locator exactly as the main source prints
    them, ``locator`` says where that leads in the resolved source. Exactly one of
    the ids says what is cited for.
    """

    id: Annotated[str, Column(kind="id", required=True)]
    source: Annotated[Source, Column(name="source_id", required=True, refers="sources")]
    role: Annotated[str, Column(required=True, choices=CITATION_ROLES)]
    as_printed: Annotated[str, Column("number and place as the main source prints them")] = ""
    locator: Annotated[
        str, Column("where that leads in the source", own_voice=True, prose=True)
    ] = ""
    locator_confidence: Annotated[str, Column(own_voice=True, prose=True, words=CONFIDENCES)] = ""
    quote: Annotated[str, Column("letter for letter")] = ""
    quote_lang: Annotated[str, Column(kind="language")] = ""
    quote_translation: Annotated[str, Column(prose=True)] = ""
    evidence: Annotated[str, Column(choices=EVIDENCE_LEVELS)] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    event_id: Annotated[str, Column("exactly one of the eight", refers="events", first=True)] = ""
    status_id: Annotated[str, Column(refers="statuses", first=True)] = ""
    boundary_id: Annotated[str, Column(refers="boundaries", first=True)] = ""
    region_id: Annotated[str, Column(refers="regions", first=True)] = ""
    figure_id: Annotated[str, Column(refers="figures", first=True)] = ""
    note_id: Annotated[str, Column(refers="notes", first=True)] = ""
    account_id: Annotated[str, Column(refers="accounts", later=True, first=True)] = ""
    event_date_id: Annotated[str, Column(refers="event_dates", later=True, first=True)] = ""


@dataclass(frozen=True)
class Note:
    """An editor's note; ``text`` is in our own voice."""

    id: Annotated[str, Column(kind="id", required=True)]
    text: Annotated[str, Text("note.{}")]
    category: Annotated[str, Column(required=True, own_voice=True, prose=True)]
    confidence: Annotated[str, Column(own_voice=True, prose=True, words=CONFIDENCES)]
    citations: tuple[Citation, ...] = ()
    source_ids: tuple[str, ...] = ()  # sources it is about, not those it rests on


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
class Perspective:
    """Who tells; ``side_id`` is the column their accounts stand in, empty for none.

    ``work_id`` is the source that speaks for them where it is one only.
    """

    id: str
    name: str
    side_id: str = ""
    work_id: str = ""


@dataclass(frozen=True)
class Name:
    """A name of a region in one language, with its users and its days."""

    lang: Annotated[str, Column(kind="language", required=True)]
    form: Annotated[str, Column("as it is written", kind="name", required=True)]
    used_by: Annotated[str, Column()] = ""
    span_text: Annotated[
        str, Column("empty where no source gives one", name="span", kind="edtf")
    ] = ""
    is_main: Annotated[
        bool,
        Column("exactly one of a region and language is `true`", name="main", required=True),
    ] = False
    region_id: Annotated[str, Column(required=True, refers="regions", first=True)] = ""


@dataclass(frozen=True)
class Region:
    """An identity with names, no geometry.

    ``shown_on`` are the regions on whose ground statements about this one are
    shown; a region with lines of its own needs none.
    """

    id: Annotated[str, _ID]
    kind: Annotated[str, Column(required=True, listed=REGION_KINDS)]
    part_of: Annotated[str, Column(refers="regions")] = ""
    predecessors: Annotated[tuple[str, ...], Column(refers="regions")] = ()
    names: tuple[Name, ...] = ()
    anchor: Annotated[  # lon, lat
        tuple[float, float] | None,
        Column("where it is shown without lines", name="anchor_lat", kind="number", limit=90),
        Column(name="anchor_lon", kind="number", limit=180),
    ] = None
    identifiers: Annotated[
        Mapping[str, str],
        Column(name="anchor_note", own_voice=True),
        Column(name="geonames_id"),
        Column(name="iso_3166_2"),
        Column(name="wikidata", kind="wikidata"),
        Column(name="id_confidence", own_voice=True),
    ] = field(default_factory=lambda: MappingProxyType({}))
    source_says: Annotated[
        str,
        Column(
            "what the main source says of it", own_voice=True, prose=True, formerly="article_says"
        ),
    ] = ""
    administration: Annotated[str, Column(own_voice=True, prose=True)] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    notes: tuple[Note, ...] = ()
    citations: tuple[Citation, ...] = ()
    shown_on: Annotated[
        tuple[str, ...],
        Column("see [Legal status](#legal-status)", refers="regions", later=True),
    ] = ()

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

    id: Annotated[str, _ID]
    name: Annotated[str, Text("polity.{}")]
    hue: Annotated[float, Column("OKLCH, in degrees", kind="hue", required=True)]
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""


@dataclass(frozen=True)
class Place:
    """A point an event can be drawn at; ``lon`` and ``lat`` in EPSG:4326."""

    id: Annotated[str, _ID]
    name: Annotated[str, Text("place.{}")]
    lon: Annotated[float, Column("degrees, EPSG:4326", required=True, limit=180)]
    lat: Annotated[float, Column(required=True, limit=90)]
    precision: Annotated[str, Column()] = ""
    geonames_id: Annotated[str, Column()] = ""
    region_id: Annotated[str, Column(refers="regions")] = ""


@dataclass(frozen=True)
class Period:
    """A named era on the time axis; ``lane`` is the row it is drawn in."""

    id: Annotated[str, _ID]
    name: Annotated[str, Text("period.{}")]
    span: Annotated[Timespan, _START, _END, _START_DAY, _END_DAY]
    start: DateText
    end: DateText | None
    lane: Annotated[int, Column("the row of the axis it is drawn in; 0 where empty")] = 0
    event_ids: Annotated[tuple[str, ...], Column(refers="events")] = ()


@dataclass(frozen=True)
class Boundary:
    """One geometry (EPSG:4326, lon lat) of one region over one timespan."""

    id: Annotated[str, _ID]
    region_id: Annotated[str, Column(name="region", required=True, refers="regions")]
    layer: str
    span: Annotated[
        Timespan, _START, _END, replace(_START_DAY, later=True), replace(_END_DAY, later=True)
    ]
    start: DateText
    end: DateText | None
    geometry: BaseGeometry
    precision: Annotated[str, Column(required=True, choices=PRECISIONS)]
    origin_ids: Annotated[
        tuple[str, ...], Column("a JSON list", name="origins", required=True, refers="origins")
    ]
    contested: Annotated[bool, Column("`true` or `false`, unquoted")] = False
    note: Annotated[str, Column(own_voice=True, prose=True, later=True)] = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Status:
    """One statement: in this span, in this dimension, this polity, says this teller."""

    id: Annotated[str, _ID]
    region_id: Annotated[str, Column(required=True, refers="regions")]
    span: Annotated[Timespan, _START, _END, _START_DAY, _END_DAY]
    start: DateText
    end: DateText | None
    dimension: Annotated[str, Column(required=True, choices=DIMENSIONS)]
    polity_id: Annotated[str, Column("empty where it names none", refers="polities")]
    perspective_id: Annotated[str, Column(required=True, refers="perspectives")]
    certainty: Annotated[str, Column(required=True, choices=CERTAINTIES)]
    evidence: Annotated[str, Column(required=True, choices=EVIDENCE_LEVELS)]
    text: Annotated[str, Text("status.{}")]
    start_event_id: Annotated[str, Column(refers="events")] = ""
    end_event_id: Annotated[str, Column(refers="events")] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Event:
    """A dated happening; act, text, publication and effect are separate events."""

    id: Annotated[str, Column(kind="id", required=True)]
    layer: Annotated[str, Column(required=True, choices=EVENT_LAYERS)]
    date: Annotated[
        DateText, Column("see [Dates](#dates)", name="edtf", kind="edtf", required=True), _START_DAY
    ]
    span: Timespan  # the days it is shown on: first day .. day after the last
    title: Annotated[str, Text("event.{}.title")]
    description: Annotated[str, Text("event.{}.description")]
    kinds: Annotated[tuple[str, ...], Column("each with a text `kind.<id>`", required=True)]
    region_ids: tuple[str, ...]
    place: Annotated[Place | None, Column(name="place_id", refers="places")]
    place_role: Annotated[
        str,
        Column(
            "to the event: where it happened, the seat of a body, what it is about",
            choices=PLACE_ROLES,
        ),
    ]
    place_as_printed: Annotated[str, Column(prose=True)]
    actors: Annotated[str, Column(own_voice=True, prose=True)]
    date_status: Annotated[str, Column(own_voice=True)]
    contested: Annotated[bool, Column(required=True)]
    corroboration: Annotated[str, Column(own_voice=True, prose=True, words=("agree", "contested"))]
    evidence: Annotated[str, Column(required=True, choices=EVIDENCE_LEVELS)]
    cited_as_printed: Annotated[str, Column("what the main source prints for the whole event")]
    note: Annotated[str, Column(own_voice=True, prose=True)]
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

    id: Annotated[str, Column(kind="id", required=True)]
    region_id: Annotated[str, Column(required=True, refers="regions")]
    measure: Annotated[str, Column(required=True, own_voice=True, listed=MEASURES)]
    value: Annotated[float, Column(required=True)]
    unit: Annotated[str, Column(required=True, listed=UNITS)]
    base: Annotated[str, Column("what a percentage is a share of", own_voice=True, prose=True)]
    date_text: Annotated[str, Column(own_voice=True, prose=True)]
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()
    numerator: Annotated[
        float | None, Column("of a percentage; empty where no source states it", later=True)
    ] = None
    denominator: Annotated[float | None, Column("in the unit of the numerator", later=True)] = None


@dataclass(frozen=True)
class Account:
    """What one perspective says of a contested point, an event or a status.

    Exactly one of ``point_id``, ``event_id`` and ``status_id`` is filled. What is
    said of a point answers its question; ``says-otherwise`` and ``in-part`` are
    measured from the atlas's own text of the event, or from the words of the status.
    ``silent`` says that this teller does not mention the thing, ``none-found``
    that no source of this perspective was found. ``start`` and ``end`` narrow an
    account of a status to the days the teller speaks of; None as long as it holds.
    """

    id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)]
    perspective_id: Annotated[str, Column(required=True, refers="perspectives")]
    stance: Annotated[str, Column(required=True, choices=STANCES, renamed=_RENAMED)]
    text: Annotated[str, Text("account.{}")]
    point_id: Annotated[str, Column("exactly one of the three", refers="points", first=True)] = ""
    event_id: Annotated[str, Column(refers="events", first=True)] = ""
    status_id: Annotated[str, Column(refers="statuses", first=True)] = ""
    evidence: Annotated[str, Column(choices=EVIDENCE_LEVELS)] = ""
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()
    start: Annotated[Date | None, Column("of an account of a status", kind="edtf")] = None
    end: Annotated[Date | None, Column("the same", kind="edtf")] = None

    def within(self, span: Timespan) -> Timespan | None:
        """Narrow the span of a status to the days this account is about; None if none is left."""
        start = max(span.start, self.start) if self.start else span.start
        ends = [end for end in (span.end, self.end) if end]
        end = min(ends) if ends else None
        return None if end is not None and end <= start else Timespan(start, end)


@dataclass(frozen=True)
class Point:
    """A question on which the sources disagree; ``finding`` is what can be said all the same."""

    id: Annotated[str, Column(kind="id", required=True)]
    question: Annotated[str, Text("point.{}.question")]
    finding: Annotated[str, Text("point.{}.finding")]
    event_ids: tuple[str, ...] = ()
    status_ids: tuple[str, ...] = ()
    region_ids: tuple[str, ...] = ()
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""


@dataclass(frozen=True)
class ChainLink:
    """An event in a chain of act, text, publication and effect, and what it is there."""

    event_id: Annotated[str, Column(required=True, refers="events")]
    role: Annotated[str, Column(required=True, choices=CHAIN_ROLES)]
    chain_id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)] = ""
    step: Annotated[int, Column("counted from 1", required=True, first=True)] = 0


@dataclass(frozen=True)
class Chain:
    """Act, text, publication and effect, which are separate events, in their order."""

    id: str
    name: str
    links: tuple[ChainLink, ...]


@dataclass(frozen=True)
class AlternativeDate:
    """A day that a source gives for an event; the one in use is among them."""

    id: Annotated[str, Column(kind="id", id_form=KEBAB, required=True)]
    event_id: Annotated[str, Column(required=True, refers="events")]
    edtf: Annotated[str, Column("one exact day", kind="edtf", required=True)]
    day: Date
    perspective_id: Annotated[str, Column(required=True, refers="perspectives")]
    note: Annotated[str, Column(own_voice=True, prose=True)] = ""
    citations: tuple[Citation, ...] = ()
