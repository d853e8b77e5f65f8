"""An atlas while a person changes it: a working copy, rows of tables, drawn lines.

Nothing here knows of a screen. What is checked is the working copy, by the one check.
"""

from maps.atlas.editing.outlines import (
    drawn_file,
    joined,
    neighbours,
    single_polygons,
    snapped,
    with_outline,
)
from maps.atlas.editing.rows import Grid, grid_of, with_row, with_source, with_teller
from maps.atlas.editing.workcopy import SavedDraft, Trial, WorkingCopy

__all__ = [
    "Grid",
    "SavedDraft",
    "Trial",
    "WorkingCopy",
    "drawn_file",
    "grid_of",
    "joined",
    "neighbours",
    "single_polygons",
    "snapped",
    "with_outline",
    "with_row",
    "with_source",
    "with_teller",
]
