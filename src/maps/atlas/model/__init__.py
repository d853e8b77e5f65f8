"""The words of the project as frozen records.

One word has one meaning here, in the tables, on the screen and in the docs
(docs/data-model.md). Nothing in this package reads a file or knows of a screen.
`columns` says how a table is declared beside the fields of its record, `tables` which
there are. `time` has dates and spans, `records` what is said and who says so, `atlas` the
whole. What is imported here is what the other rooms import from here.
"""

from maps.atlas.model.atlas import (
    BY_TELLER,
    COLOURED_BY,
    MODES,
    SOURCE_TEXTS,
    Atlas,
    Basemap,
    Layer,
    LineError,
    Mode,
    Settings,
    Side,
    Step,
    Story,
)
from maps.atlas.model.records import (
    CERTAINTIES,
    CHAIN_ROLES,
    CITATION_ROLES,
    CONTROL,
    DIMENSIONS,
    DOUBTFUL,
    EVENT_LAYERS,
    EVIDENCE_LEVELS,
    MAIN_SOURCE,
    NOT_KNOWN,
    PRECISIONS,
    SCHEMATIC,
    STANCES,
    UNSOURCED_STANCES,
    Account,
    AlternativeDate,
    Boundary,
    Chain,
    ChainLink,
    Citation,
    Event,
    Figure,
    Name,
    Note,
    Origin,
    Period,
    Perspective,
    Place,
    Point,
    Polity,
    Region,
    Source,
    Status,
    in_words_of,
)
from maps.atlas.model.time import Date, DateText, DateUnit, Timespan
