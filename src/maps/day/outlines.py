"""How far an area may be off when its lines are: outlines and their lengths.

The rule (docs/data-model.md, "Areas and their bounds"): the outline of some pieces
of ground, without the edges they share, times how far a line of their precision
may lie off.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from shapely import STRtree

from maps.atlas.model import Atlas, Boundary
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER

Lengths = Mapping[str, float]


def outline_km(atlas: Atlas, pieces: Collection[Boundary]) -> dict[str, float]:
    """Measure the outline around pieces of the control layer, by precision, in km.

    Edges that two of the pieces share lie inside and do not count; an edge on
    the outline counts for the precision of the piece it belongs to. Geodesic,
    on WGS 84. The pieces must not overlap, as those of one day do not.
    """
    ids = {piece.id for piece in pieces}
    shared = _shared_edges(atlas)
    lengths: defaultdict[str, float] = defaultdict(float)
    for piece in pieces:
        inside = sum(km for other, km in shared.get(piece.id, {}).items() if other in ids)
        lengths[piece.precision] += max(0.0, _perimeter_km(piece) - inside)
    return dict(lengths)


def offset_km2(atlas: Atlas, pieces: Collection[Boundary]) -> float | None:
    """Give the km² between an outline and the same outline moved by its whole offset.

    None where the settings say for no precision, or not for each of the pieces,
    how far its lines may lie off.
    """
    offsets = atlas.settings.line_offset_km
    if not offsets or any(piece.precision not in offsets for piece in pieces):
        return None
    return sum(offsets[precision] * km for precision, km in outline_km(atlas, pieces).items())


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


def _length_km(lines: Any) -> float:  # noqa: ANN401  any geometry of shapely
    from pyproj import Geod  # noqa: PLC0415  commands that measure nothing start faster

    parts = getattr(lines, "geoms", [lines])
    measured = (Geod(ellps="WGS84").geometry_length(part) for part in parts if part.length)
    return sum(measured) / 1000
