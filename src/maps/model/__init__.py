"""The words of the project as frozen records.

One word has one meaning here, in the tables, on the screen and in the docs
(docs/data-model.md). Nothing in this package reads a file or knows of a screen.
`time` has dates and spans, `evidence` who says so and where, `records` what is
said, `atlas` the whole.
"""

from maps.model.atlas import Atlas, Basemap, Layer, Mode, Settings
from maps.model.evidence import (
    CITATION_ROLES,
    EVIDENCE_LEVELS,
    Citation,
    Note,
    Origin,
    Perspective,
    Source,
)
from maps.model.records import (
    CERTAINTIES,
    DIMENSIONS,
    PRECISIONS,
    Boundary,
    Event,
    Figure,
    Name,
    Period,
    Place,
    Polity,
    Region,
    Status,
)
from maps.model.time import DateText, Timespan

__all__ = [
    "CERTAINTIES",
    "CITATION_ROLES",
    "DIMENSIONS",
    "EVIDENCE_LEVELS",
    "PRECISIONS",
    "Atlas",
    "Basemap",
    "Boundary",
    "Citation",
    "DateText",
    "Event",
    "Figure",
    "Layer",
    "Mode",
    "Name",
    "Note",
    "Origin",
    "Period",
    "Perspective",
    "Place",
    "Polity",
    "Region",
    "Settings",
    "Source",
    "Status",
    "Timespan",
]
