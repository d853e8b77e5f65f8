"""Square kilometres, measured on the ellipsoid, with how far they may be off.

The rule (docs/data-model.md, "Areas and their bounds"): what a polity held or was
said to have is the sum of its pieces of the control layer, between ``low`` (nobody
else is named and nobody says otherwise) and ``high`` (it is named at all). Ground of
which the statements on control name nobody is counted too, as `NOT_KNOWN`.

How far a sum may be off follows from the outline around its pieces, without the edges
they share. The bounds ``least`` and ``most`` are for the case that every line lies off
by its whole offset. For the likely range the line lies off to one side or the other, by
distances as large as were measured for its precision, independently from one stretch to
the next: what the stretches add and take away mostly cancels out.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import gamma, log, sqrt
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from maps.atlas.known import known_id
from maps.atlas.model import CONTROL, NOT_KNOWN, PRECISIONS, Atlas, Boundary, Date, LineError
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER, control_of, days_of_control
from maps.day.law import ALL, LEGAL_DIMENSIONS, days_of_law, law_of
from maps.day.timeline import timeline, turning

if TYPE_CHECKING:
    from pyproj import Geod

Ground = Collection[str]  # ids of the regions whose pieces are counted
Lengths = Mapping[str, float]  # of an outline, in km by precision
Draws = NDArray[np.float64]

# Sums are kept in whole parts of a km or km²: what came and went again leaves nothing.
PARTS = 10**9
DRAWS = 2000  # the edge of the likely range is then right to some 2 %
SHARE = 0.9  # of the draws, which the likely range holds
MOST_DRAWN = 256  # stretches of an outline that are drawn one by one


@dataclass(frozen=True)
class AreaRange:
    """What a polity held, in km²; ``high`` adds the pieces on which statements differ.

    ``likely_low`` and ``likely_high`` are the edges of the range that holds 90 % of what
    is drawn by chance; ``least`` and ``most`` are bounds for the case that every line lies
    off by its whole offset. None where the atlas gives no offsets.
    """

    low: float = 0.0
    high: float = 0.0
    likely_low: float | None = None
    likely_high: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class AreaRow:
    """One line of the table of areas: from this change day until the next.

    ``perspective`` says whose statements count, `maps.day.law.ALL` for those of
    every teller; empty for control.
    """

    day: Date
    dimension: str
    polity_id: str
    km2_low: float
    km2_high: float
    km2_likely_low: float | None = None
    km2_likely_high: float | None = None
    km2_least: float | None = None
    km2_most: float | None = None
    perspective: str = ""


@once_for_each
def area_km2(boundary: Boundary) -> float:
    """Measure a boundary in km² on WGS 84.

    Geodesic, so independent of any projection (pyproj `Geod`, algorithm of
    Karney 2013); its edges are taken as geodesics between the vertices.
    """
    square_metres = 0.0
    for ring in shapely.get_rings(shapely.get_parts(boundary.geometry)):
        square_metres += _wgs84().polygon_area_perimeter(*shapely.get_coordinates(ring).T)[0]
    # The sign tells the direction of the ring, and files come with both.
    return abs(square_metres) / 1e6


def area_by_polity(
    atlas: Atlas,
    day: Date,
    dimension: str = CONTROL,
    perspective: str = ALL,
    ground: Ground | None = None,
) -> dict[str, AreaRange]:
    """Add up the pieces of the control layer by who holds them on a day.

    In the dimensions of law, by who is said to have them; ``perspective`` is the
    teller, and plays no part in control. Only pieces of the regions of
    ``ground`` count, all where it is None. Keys are polity ids in the order of
    the file, then `NOT_KNOWN`; a polity that holds nothing is left out.
    """
    tally = _Tally(atlas, dimension, perspective)
    for piece in _pieces(atlas, ground):
        tally.put(piece, day)
    return tally.ranges()


def area_rows(
    atlas: Atlas,
    dimension: str = CONTROL,
    perspective: str = ALL,
    ground: Ground | None = None,
) -> tuple[AreaRow, ...]:
    """Tabulate `area_by_polity` in one dimension: the first day and every change day.

    Rows are in order of the day, then of the polity in its file; a row holds
    until the next day in the table, and who has no row on a day holds nothing. A
    day on which nobody does has a row of zeros for each who did before. Empty
    where no mode shows the dimension.
    """
    is_control = dimension == CONTROL
    timelines = [
        timeline(atlas, mode.id, perspective)
        for mode in atlas.settings.modes
        if mode.colour_by == ("control" if is_control else "legal")
    ]
    if not timelines:
        return ()
    days = {atlas.settings.first_day, *(day for each in timelines for day in each.change_days)}
    counted = {piece.id for piece in _pieces(atlas, ground)}
    # Each of these modes has the control layer, so its pieces turn on the same days in all.
    turns = deque(turning(atlas, timelines[0].reading).items())
    rows: list[AreaRow] = []
    before: dict[str, AreaRange] = {}
    tally = _Tally(atlas, dimension, perspective)
    for day in sorted(days):
        turned: dict[str, Boundary] = {}
        while turns and turns[0][0] <= day:
            turned |= {each.id: each for each in turns.popleft()[1] if each.id in counted}
        for piece in turned.values():
            tally.put(piece, day)
        held = tally.ranges()
        # The timeline of legal status has days of every dimension; of control all are its own.
        if is_control or held != before:
            found = held or dict.fromkeys(before, _range(atlas, Pieces(atlas), Pieces(atlas)))
            teller = "" if is_control else perspective
            for polity_id, area in found.items():
                likely, bounds = (area.likely_low, area.likely_high), (area.least, area.most)
                sizes = (area.low, area.high, *likely, *bounds)
                rows.append(AreaRow(day, dimension, polity_id, *sizes, teller))
            before = held
    return tuple(rows)


def all_area_rows(
    atlas: Atlas, perspective: str = ALL, ground: Ground | None = None
) -> tuple[AreaRow, ...]:
    """Tabulate every dimension, control first, then those of law as a teller has them.

    Raises
    ------
    UnknownId
        The atlas has no such perspective.
    """
    teller = known_id("perspective", perspective, (ALL, *atlas.perspectives))
    return tuple(
        row
        for dimension in (CONTROL, *LEGAL_DIMENSIONS)
        for row in area_rows(atlas, dimension, teller, ground)
    )


@once_for_each
def contested_ground(atlas: Atlas) -> frozenset[str]:
    """Select the pieces on which, on some day, statements name several polities or differ.

    Control and all dimensions of law count, of every teller. Regions of the
    control layer, by id; one polity after another on a piece is no contest.
    """
    contested = set()
    for id in {piece.region_id for piece in _pieces(atlas, None)}:
        for day in {*days_of_control(atlas, id), *days_of_law(atlas, id)}:
            held = (*control_of(atlas, id, day).holdings, *law_of(atlas, id, day).holdings)
            if len({each.polity_id for each in held}) > 1 or any(each.otherwise for each in held):
                contested.add(id)
                break
    return frozenset(contested)


def in_succession(atlas: Atlas, polity_ids: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Group states of which one followed the other, each group in the order of the file.

    A polity that is a region, too, follows the polities among that region's
    predecessors. Only groups of two or more are given.
    """
    followed = {
        earlier: region.id
        for region in atlas.regions.values()
        for earlier in region.predecessors
        if region.id in atlas.polities and earlier in atlas.polities
    }
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for polity_id in polity_ids:
        last, seen = polity_id, {polity_id}
        while last in followed and followed[last] not in seen:
            last = followed[last]
            seen.add(last)
        groups[last].append(polity_id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def likely_km2(atlas: Atlas, outline: Lengths) -> float | None:
    """Give the km² by which an area is off in less than 10 % of the draws, by its outline in km.

    Either way: the range reaches as far below the area as above it. The draws are the
    same in every run and for every area. None where the settings do not say for each
    precision how far its lines were found off.
    """
    errors, stretch = atlas.settings.line_errors, atlas.settings.independent_km
    if not errors or not outline.keys() <= errors.keys():
        return None
    change = np.zeros(DRAWS)
    for precision, km in outline.items():
        sums = _sums(errors[precision], PRECISIONS.index(precision))
        stretches = km / stretch
        whole = int(stretches)
        if stretches >= MOST_DRAWN:  # such a sum is normal, and only its width grows on
            change += stretch * (sums[MOST_DRAWN] * sqrt(stretches / MOST_DRAWN))
        else:  # the last stretch counts in part
            last = sums[whole + 1] - sums[whole]
            change += stretch * (sums[whole] + (stretches - whole) * last)
    return float(np.quantile(np.abs(change), SHARE))


def weibull(error: LineError) -> tuple[float, float]:
    """Give shape and scale of the Weibull distribution with this mean and 95 % point."""
    low, high = 0.5, 20.0  # between them the ratio of the two falls, from 4.5 to 1.1
    while high - low > 1e-9:
        shape = (low + high) / 2
        steeper = log(20) ** (1 / shape) / gamma(1 + 1 / shape) > error.p95_km / error.mean_km
        low, high = (shape, high) if steeper else (low, shape)
    return shape, error.mean_km / gamma(1 + 1 / shape)


@cache
def _sums(error: LineError, seed: int) -> Draws:
    """Draw offsets in km, to either side, and add them up: a row for none, one, two and so on."""
    # NumPy keeps the bits of a generator from version to version, not what is made of them.
    bits = np.random.PCG64(seed).random_raw((MOST_DRAWN, DRAWS))
    side = np.where(bits & np.uint64(1), 1.0, -1.0)
    chance = ((bits >> np.uint64(11)) + 0.5) / 2.0**53
    shape, scale = weibull(error)
    offsets = side * scale * (-np.log(chance)) ** (1 / shape)
    return np.vstack([np.zeros(DRAWS), np.cumsum(offsets, axis=0)])


class Pieces:
    """Pieces of the control layer, which come and go: how large they are, and their outline.

    Edges that two of the pieces share lie inside and do not count; an edge on
    the outline counts for the precision of the piece it belongs to. Geodesic,
    on WGS 84. The pieces must not overlap, as those of one day do not.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._shared = _shared_edges(atlas)
        self._left: dict[str, tuple[str, int]] = {}  # of each piece: precision, unshared length
        self._counts: Counter[str] = Counter()  # by precision, as the lengths
        self._lengths: Counter[str] = Counter()
        self._area = 0

    def __bool__(self) -> bool:
        return bool(self._left)

    def add(self, piece: Boundary) -> None:
        """Put in a piece that is not there."""
        self._left[piece.id] = piece.precision, self._count(piece, 1)

    def remove(self, piece: Boundary) -> None:
        """Take out a piece that is there."""
        del self._left[piece.id]
        self._count(piece, -1)

    def km2(self) -> float:
        """Measure their ground; without a piece it is a whole 0, and written so."""
        return self._area / PARTS if self else 0

    def outline_km(self) -> dict[str, float]:
        """Measure the outline by precision; only the precisions of the pieces are given."""
        held = (precision for precision, count in self._counts.items() if count)
        return {precision: self._lengths[precision] / PARTS for precision in held}

    def _count(self, piece: Boundary, sign: int) -> int:
        """Count a piece and what its neighbours share with it; gives what it shares with none."""
        left = round(_perimeter_km(piece) * PARTS)
        for other_id, km in self._shared.get(piece.id, {}).items():
            if other_id in self._left:
                precision, before = self._left[other_id]
                edge = round(km * PARTS)
                left -= edge
                after = before - sign * edge
                self._left[other_id] = precision, after
                self._lengths[precision] += max(0, after) - max(0, before)
        self._counts[piece.precision] += sign
        self._lengths[piece.precision] += sign * max(0, left)
        self._area += sign * round(area_km2(piece) * PARTS)
        return left


class _Tally:
    """The pieces in the sums of those who hold them; it moves from day to day."""

    def __init__(self, atlas: Atlas, dimension: str, perspective: str) -> None:
        self._atlas, self._dimension, self._perspective = atlas, dimension, perspective
        self._alone: defaultdict[str, Pieces] = defaultdict(lambda: Pieces(atlas))
        self._named: defaultdict[str, Pieces] = defaultdict(lambda: Pieces(atlas))
        self._places: dict[str, list[tuple[str, Pieces]]] = {}  # of each piece, with the polity
        self._ranges: dict[str, AreaRange] = {}  # of the polities whose sums have not changed

    def put(self, piece: Boundary, day: Date) -> None:
        """Count a piece for those who hold it on a day, and no more for those who did."""
        for polity_id, total in self._places.pop(piece.id, ()):
            total.remove(piece)
            self._ranges.pop(polity_id, None)
        held = list(self._held(piece, day)) if day in piece.span else []
        places = [(id, self._named[id]) for id, _ in held]
        places += [(id, self._alone[id]) for id, is_alone in held if is_alone]
        for polity_id, total in places:
            total.add(piece)
            self._ranges.pop(polity_id, None)
        self._places[piece.id] = places

    def ranges(self) -> dict[str, AreaRange]:
        """Give what each polity has, as `area_by_polity` does."""
        for id, named in self._named.items():
            if named and id not in self._ranges:
                self._ranges[id] = _range(self._atlas, self._alone[id], named)
        polities = (*self._atlas.polities, NOT_KNOWN)
        return {id: self._ranges[id] for id in polities if id in self._ranges}

    def _held(self, piece: Boundary, day: Date) -> Iterator[tuple[str, bool]]:
        """Give who is said to have a piece, and whether nobody else is and nobody denies it."""
        if self._dimension == CONTROL:
            control = control_of(self._atlas, piece.region_id, day)
            if control.statuses and not control.holdings:
                yield NOT_KNOWN, True
            holdings = control.holdings
        else:
            holdings = law_of(self._atlas, piece.region_id, day, self._perspective).holdings
        held = [holding for holding in holdings if holding.dimension == self._dimension]
        polities = {holding.polity_id for holding in held if not holding.otherwise}
        disputed = {holding.polity_id for holding in held if holding.otherwise}
        for polity_id in polities:
            yield polity_id, len(polities) == 1 and polity_id not in disputed


def _range(atlas: Atlas, alone: Pieces, named: Pieces) -> AreaRange:
    low, high = alone.km2(), named.km2()
    inner, outer = alone.outline_km(), named.outline_km()
    likely_more = likely_km2(atlas, outer)
    likely_less = likely_more if inner == outer else likely_km2(atlas, inner)
    edges: list[float | None] = []
    for less, more in (
        (likely_less, likely_more),
        (_offset_km2(atlas, inner), _offset_km2(atlas, outer)),
    ):
        if less is None or more is None:
            edges += (None, None)
        else:
            edges += (max(0.0, low - less), high + more)
    return AreaRange(low, high, *edges)


def _offset_km2(atlas: Atlas, outline: Lengths) -> float | None:
    """Give the km² between an outline and the same moved by its whole offset.

    None where the settings say for no precision, or not for each of them,
    how far its lines may lie off.
    """
    offsets = atlas.settings.line_offset_km
    if not offsets or not outline.keys() <= offsets.keys():
        return None
    return sum(offsets[precision] * km for precision, km in outline.items())


def _pieces(atlas: Atlas, ground: Ground | None) -> list[Boundary]:
    pieces = (boundary for boundary in atlas.boundaries if boundary.layer == CONTROL_LAYER)
    return [piece for piece in pieces if ground is None or piece.region_id in ground]


@once_for_each
def _shared_edges(atlas: Atlas) -> Mapping[str, Lengths]:
    """Measure once what each two pieces share: any union of them is then a sum."""
    pieces = _pieces(atlas, None)
    tree = shapely.STRtree([piece.geometry for piece in pieces])
    shared: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for place, piece in enumerate(pieces):
        for other in (pieces[int(at)] for at in tree.query(piece.geometry) if at > place):
            if piece.span.overlaps(other.span):
                edge = piece.geometry.boundary.intersection(other.geometry.boundary)
                km = _length_km(edge) if edge.length else 0.0
                shared[piece.id][other.id] = shared[other.id][piece.id] = km
    return shared


@once_for_each
def _perimeter_km(boundary: Boundary) -> float:
    return _length_km(boundary.geometry.boundary)


def _length_km(lines: BaseGeometry) -> float:
    parts = (part for part in shapely.get_parts(lines) if part.length)
    return sum(_wgs84().line_length(*shapely.get_coordinates(part).T) for part in parts) / 1000


@cache
def _wgs84() -> Geod:
    from pyproj import Geod  # noqa: PLC0415  commands that measure nothing start faster

    return Geod(ellps="WGS84")
