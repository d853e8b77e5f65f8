"""What is new in a picture: edges of what changed on its day, and lines that ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Boundary
from maps.day.snapshot import Change, changes_on
from maps.day.view import Shown
from maps.looks.style import CHANGED, HALO
from maps.looks.texture import Look
from maps.sheet.paint import Piece, filling_of
from maps.sheet.projection import MapFrame
from maps.sheet.sheet import Pen, Sheet, path_of

EDGE = Pen(CHANGED, 2.5)
_CASING = Pen(HALO, 5.2, opacity=0.85)
_ENDED, _ENDED_CASING = Pen(CHANGED, 1.8, (6.0, 4.5)), Pen(HALO, 4.0, opacity=0.7)
_BESIDE_MM = 0.5  # an old line this near to a new one is the same line


@dataclass(frozen=True)
class Edges:
    """Lines on the sheet: around what is new or filled anew, and those that ended."""

    new: BaseGeometry
    ended: BaseGeometry


def changed_edges(shown: Shown, frame: MapFrame, pieces: Sequence[Piece]) -> Edges:
    """Find what differs from the day before; both may be empty.

    Before the first day of the atlas there is nothing to compare it with.
    """
    nothing = shapely.GeometryCollection()
    if shown.day <= shown.atlas.settings.first_day:
        return Edges(nothing, nothing)
    changes = changes_on(shown.atlas, shown.day, shown.mode.id, shown.reading.perspective)
    new = _outlines(shown, pieces, changes)
    placed = frame.place(boundary.geometry for boundary in _ended(shown, changes))
    ended = shapely.union_all([geometry.boundary for geometry in placed if not geometry.is_empty])
    return Edges(new, shapely.difference(ended, shapely.buffer(new, _BESIDE_MM)))


def draw_changed(sheet: Sheet, frame: MapFrame, edges: Edges) -> None:
    """Draw the edges over the boundaries; those that ended are dashed."""
    for line, casing, pen in ((edges.ended, _ENDED_CASING, _ENDED), (edges.new, _CASING, EDGE)):
        merged = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
        path = path_of(merged)
        sheet.line(path, casing, clip=frame.rect)
        sheet.line(path, pen, clip=frame.rect)


def _outlines(shown: Shown, pieces: Sequence[Piece], changes: Iterable[Change]) -> BaseGeometry:
    """Give the edges of the pieces that changed, those of one look joined."""
    ids = {change.boundary_id for change in changes if change.kind != "disappears"}
    alike: defaultdict[tuple[str, Look], list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        boundary = piece.shown.boundary
        if boundary.id in ids:
            look = (boundary.layer, filling_of(shown, piece.shown))
            alike[look].append(shapely.make_valid(piece.geometry))
    return shapely.union_all([shapely.union_all(group).boundary for group in alike.values()])


def _ended(shown: Shown, changes: Iterable[Change]) -> list[Boundary]:
    """Find the boundaries of the day before that are no more, of regions that changed."""
    regions = {change.region_id for change in changes if change.kind in ("disappears", "redrawn")}
    day = shown.day
    return [
        boundary
        for boundary in shown.atlas.boundaries
        if boundary.region_id in regions
        and boundary.layer in shown.mode.layers
        and day not in boundary.span
        and day - 1 in boundary.span
    ]
