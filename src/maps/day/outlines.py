"""How far an area may be off when its lines are: outlines and their lengths.

The rule (docs/data-model.md, "Areas and their bounds"): the outline of some pieces
of ground, without the edges they share, times how far a line of their precision
may lie off.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas, Boundary
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER

if TYPE_CHECKING:
    from pyproj import Geod

Lengths = Mapping[str, float]
PARTS = 10**9  # of a km or km²


class Outline:
    """The outline around pieces of the control layer, which come and go.

    Edges that two of the pieces share lie inside and do not count; an edge on
    the outline counts for the precision of the piece it belongs to. Geodesic,
    on WGS 84. The pieces must not overlap, as those of one day do not.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._shared = _shared_edges(atlas)
        self._left: dict[str, tuple[str, int]] = {}  # of each piece: precision, unshared length
        self._pieces: Counter[str] = Counter()  # by precision, as the lengths
        self._lengths: Counter[str] = Counter()

    def add(self, piece: Boundary) -> None:
        """Put in a piece that is not there."""
        self._left[piece.id] = piece.precision, self._count(piece, 1)

    def remove(self, piece: Boundary) -> None:
        """Take out a piece that is there."""
        del self._left[piece.id]
        self._count(piece, -1)

    def km(self) -> dict[str, float]:
        """Measure it by precision, in km; only the precisions of its pieces are given."""
        return {
            precision: self._lengths[precision] / PARTS
            for precision, count in self._pieces.items()
            if count
        }

    def _count(self, piece: Boundary, sign: int) -> int:
        """Count a piece and what its neighbours share with it; gives what it shares with none."""
        left = in_parts(_perimeter_km(piece))
        for other_id, km in self._shared.get(piece.id, {}).items():
            if other_id in self._left:
                precision, before = self._left[other_id]
                edge = in_parts(km)
                left -= edge
                after = before - sign * edge
                self._left[other_id] = precision, after
                self._lengths[precision] += max(0, after) - max(0, before)
        self._pieces[piece.precision] += sign
        self._lengths[piece.precision] += sign * max(0, left)
        return left


def outline_km(atlas: Atlas, pieces: Iterable[Boundary]) -> Lengths:
    """Measure the outline around some pieces by precision, in km; see `Outline`."""
    outline = Outline(atlas)
    for piece in pieces:
        outline.add(piece)
    return outline.km()


def offset_km2(atlas: Atlas, outline: Lengths) -> float | None:
    """Give the km² between an outline, in km by precision, and the same moved by its whole offset.

    None where the settings say for no precision, or not for each of them,
    how far its lines may lie off.
    """
    offsets = atlas.settings.line_offset_km
    if not offsets or not outline.keys() <= offsets.keys():
        return None
    return sum(offsets[precision] * km for precision, km in outline.items())


def in_parts(size: float) -> int:
    """Count a size in whole parts: what was added and is taken away again leaves nothing."""
    return round(size * PARTS)


@once_for_each
def _perimeter_km(boundary: Boundary) -> float:
    return _length_km(boundary.geometry.boundary)


@once_for_each
def _shared_edges(atlas: Atlas) -> Mapping[str, Lengths]:
    """Measure once what each two pieces share: any union of them is then a sum."""
    pieces = [boundary for boundary in atlas.boundaries if boundary.layer == CONTROL_LAYER]
    tree = STRtree([piece.geometry for piece in pieces])
    shared: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for place, piece in enumerate(pieces):
        for other in (pieces[int(at)] for at in tree.query(piece.geometry) if at > place):
            if piece.span.overlaps(other.span):
                edge = piece.geometry.boundary.intersection(other.geometry.boundary)
                km = _length_km(edge) if edge.length else 0.0
                shared[piece.id][other.id] = shared[other.id][piece.id] = km
    return shared


def _length_km(lines: BaseGeometry) -> float:
    parts = (part for part in shapely.get_parts(lines) if part.length)
    return sum(wgs84().line_length(*shapely.get_coordinates(part).T) for part in parts) / 1000


@cache
def wgs84() -> Geod:
    """Give what measures on the ellipsoid."""
    from pyproj import Geod  # noqa: PLC0415  commands that measure nothing start faster

    return Geod(ellps="WGS84")
