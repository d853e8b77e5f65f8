"""The words of the project as frozen records.

One word has one meaning here, in the tables, on the screen and in the docs
(docs/data-model.md). Nothing in this package reads a file or knows of a screen.
`columns` says how a table is declared beside the fields of its record, `tables` which
there are. `time` has dates and spans, `evidence` who says so and where, `records` what is
said, `accounts` who differs on it, `story` a guided reading, `atlas` the whole. What is
imported here is what the other rooms import from here.
"""

from maps.atlas.model.accounts import (
    CHAIN_ROLES,
    STANCES,
    UNSOURCED_STANCES,
    Account,
    AlternativeDate,
    Chain,
    ChainLink,
    Point,
)
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
)
from maps.atlas.model.evidence import (
    CITATION_ROLES,
    EVENT_LAYERS,
    EVIDENCE_LEVELS,
    MAIN_SOURCE,
    Citation,
    Note,
    Origin,
    Perspective,
    Source,
    in_words_of,
)
from maps.atlas.model.records import (
    CERTAINTIES,
    CONTROL,
    DIMENSIONS,
    DOUBTFUL,
    NOT_KNOWN,
    PRECISIONS,
    SCHEMATIC,
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
from maps.atlas.model.story import Step, Story
from maps.atlas.model.time import Date, DateText, DateUnit, Timespan
