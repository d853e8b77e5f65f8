"""The areas under Armenian control from 1994 and from 10 November 2020."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from recipe import lines
from recipe.districts import NKAO_DISTRICTS, Upstream
from recipe.geometry import area, chained, cut, largest, line, prolonged, to_metres, union

# Points that certainly lie inside, to tell the two sides of a line apart.
LACHIN = Point(46.55, 39.64)
STEPANAKERT = Point(46.75, 39.82)
HATERK = Point(46.80, 40.20)  # north of Stepanakert, in Mardakert district

BEYOND_BORDER_M = 15_000.0  # how far the ceasefire line is prolonged at its ends


def zone_of_1994(source: Upstream, districts: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Give the area west of the ceasefire line of 12 May 1994."""
    first = _free_end(source.ceasefire)
    divider = prolonged(chained(source.ceasefire, first), BEYOND_BORDER_M)
    main = largest(source.azerbaijan)
    west = _piece_with(cut(main, divider), LACHIN)
    corner = union(districts[name] for name in NKAO_DISTRICTS).intersection(
        area(lines.MARDAKERT_NORTH_WEST)
    )
    # Widening and narrowing closes hair-thin gaps between the three.
    whole = union([west, districts["kelbajar"], corner]).buffer(150).buffer(-150)
    return largest(whole.difference(union([area(lines.FUZULI_EAST), area(lines.MARDAKERT_EAST)])))


def zone_of_2020(
    source: Upstream, districts: Mapping[str, BaseGeometry], before: BaseGeometry
) -> BaseGeometry:
    """Give what was left of it from 10 November 2020, with the Lachin corridor."""
    oblast = union(districts[name] for name in NKAO_DISTRICTS).intersection(before)
    pieces = cut(oblast, line(lines.LINE_OF_2020))
    kept = union(
        piece
        for piece in pieces
        if any(piece.contains(to_metres(point)) for point in (STEPANAKERT, HATERK))
    )
    corridor = line(lines.LACHIN_ROAD).buffer(lines.LACHIN_CORRIDOR_WIDTH_M / 2, cap_style="flat")
    return largest(
        union(
            [
                largest(kept.difference(area(lines.TALISH_MADAGIZ))),
                corridor.intersection(source.azerbaijan),
            ]
        )
    )


def _free_end(segments: Sequence[BaseGeometry]) -> int:
    """Find the segment whose start is the northern end of the whole line."""
    starts = [Point(segment.coords[0]) for segment in segments]
    ends = [
        Point(point) for segment in segments for point in (segment.coords[0], segment.coords[-1])
    ]
    lonely = [
        sum(start.distance(end) < 1000 for end in ends) == 1 for start in starts
    ]  # near no end but itself
    return lonely.index(True)


def _piece_with(pieces: Sequence[BaseGeometry], inside: Point) -> BaseGeometry:
    return next(piece for piece in pieces if piece.contains(to_metres(inside)))
