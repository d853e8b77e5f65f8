"""Square kilometres, measured on the ellipsoid, with how far they may be off.

The rule (docs/data-model.md, "Areas and their bounds"): what a polity held or was
said to have is the sum of its pieces of the control layer, between ``low`` (nobody
else is named and nobody says otherwise) and ``high`` (it is named at all). The likely range
adds how far lines wander, the bounds ``least`` and ``most`` how far they may lie off.
Ground of which the statements on control name nobody is counted too, as `NOT_KNOWN`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import itemgetter

import shapely

from maps.atlas.known import known_id
from maps.atlas.model import CONTROL, NOT_KNOWN, Atlas, Boundary, Date
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER, Holding, control_of, days_of_control
from maps.day.law import ALL, LEGAL_DIMENSIONS, days_of_law, law_of
from maps.day.likely import likely_km2
from maps.day.outlines import PARTS, Outline, in_parts, offset_km2, wgs84
from maps.day.timeline import timeline

Ground = Collection[str]  # ids of the regions whose pieces are counted


@dataclass(frozen=True)
class AreaRange:
    """What a polity held, in km²; ``high`` adds the pieces on which statements differ.

    ``likely_low`` and ``likely_high`` are the edges of the range that holds 90 % of what
    is drawn by chance (`maps.day.likely`); ``least`` and ``most`` are bounds for the case
    that every line lies off by its whole offset. None where the atlas gives no offsets.
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
        square_metres += wgs84().polygon_area_perimeter(*shapely.get_coordinates(ring).T)[0]
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
    teller = "" if dimension == CONTROL else perspective
    rows: list[AreaRow] = []
    before: dict[str, AreaRange] = {}
    tally = _Tally(atlas, dimension, perspective)
    turns = _turns(atlas, dimension, perspective, ground)
    for day in _days(atlas, dimension, perspective):
        turned: dict[str, Boundary] = {}
        while turns and turns[-1][0] <= day:
            turned |= turns.pop()[1]
        for piece in turned.values():
            tally.put(piece, day)
        held = tally.ranges()
        # The timeline of legal status has days of every dimension; of control all are its own.
        if held == before and dimension != CONTROL:
            continue
        nothing = dict.fromkeys(before, _range(atlas, _Sum(atlas), _Sum(atlas)))
        for polity_id, found in (held or nothing).items():
            likely, bounds = (found.likely_low, found.likely_high), (found.least, found.most)
            sizes = (found.low, found.high, *likely, *bounds)
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
    regions = {piece.region_id for piece in atlas.boundaries if piece.layer == CONTROL_LAYER}
    return frozenset(region_id for region_id in regions if _is_contested(atlas, region_id))


def _is_contested(atlas: Atlas, region_id: str) -> bool:
    for day in {*days_of_control(atlas, region_id), *days_of_law(atlas, region_id)}:
        held = (
            *control_of(atlas, region_id, day).holdings,
            *law_of(atlas, region_id, day).holdings,
        )
        if len({holding.polity_id for holding in held}) > 1 or any(h.otherwise for h in held):
            return True
    return False


def _pieces(atlas: Atlas, ground: Ground | None) -> list[Boundary]:
    return [
        boundary
        for boundary in atlas.boundaries
        if boundary.layer == CONTROL_LAYER and (ground is None or boundary.region_id in ground)
    ]


def _turns(
    atlas: Atlas, dimension: str, perspective: str, ground: Ground | None
) -> list[tuple[Date, dict[str, Boundary]]]:
    """Give for each day, the last one first, the pieces that may count otherwise from then on."""
    turns: defaultdict[Date, dict[str, Boundary]] = defaultdict(dict)
    for piece in _pieces(atlas, ground):
        if dimension == CONTROL:
            days = days_of_control(atlas, piece.region_id)
        else:
            days = days_of_law(atlas, piece.region_id, perspective)
        for day in (piece.span.start, piece.span.end, *days):
            if day is not None:
                turns[day][piece.id] = piece
    return sorted(turns.items(), key=itemgetter(0), reverse=True)


class _Sum:
    """How much ground some pieces cover, and the outline around them."""

    def __init__(self, atlas: Atlas) -> None:
        self.pieces = 0
        self.parts = 0
        self.outline = Outline(atlas)

    def add(self, piece: Boundary) -> None:
        self.pieces += 1
        self.parts += in_parts(area_km2(piece))
        self.outline.add(piece)

    def remove(self, piece: Boundary) -> None:
        self.pieces -= 1
        self.parts -= in_parts(area_km2(piece))
        self.outline.remove(piece)

    def km2(self) -> float:
        return self.parts / PARTS if self.pieces else 0


class _Tally:
    """The pieces in the sums of those who hold them; it moves from day to day."""

    def __init__(self, atlas: Atlas, dimension: str, perspective: str) -> None:
        self._atlas = atlas
        self._asked = dimension, perspective
        self._alone: dict[str, _Sum] = {}
        self._named: dict[str, _Sum] = {}
        self._places: dict[str, list[tuple[str, _Sum]]] = {}  # of each piece, with the polity
        self._ranges: dict[str, AreaRange] = {}  # of the polities whose sums have not changed

    def put(self, piece: Boundary, day: Date) -> None:
        """Count a piece for those who hold it on a day, and no more for those who did."""
        for polity_id, total in self._places.pop(piece.id, ()):
            total.remove(piece)
            self._ranges.pop(polity_id, None)
        held = list(self._held(piece, day)) if day in piece.span else []
        places = [(id, self._sum(self._named, id)) for id, _ in held]
        places += [(id, self._sum(self._alone, id)) for id, is_alone in held if is_alone]
        for polity_id, total in places:
            total.add(piece)
            self._ranges.pop(polity_id, None)
        self._places[piece.id] = places

    def ranges(self) -> dict[str, AreaRange]:
        """Give what each polity has, as `area_by_polity` does."""
        for polity_id, named in self._named.items():
            if named.pieces and polity_id not in self._ranges:
                alone = self._sum(self._alone, polity_id)
                self._ranges[polity_id] = _range(self._atlas, alone, named)
        polities = (*self._atlas.polities, NOT_KNOWN)
        return {id: self._ranges[id] for id in polities if id in self._ranges}

    def _sum(self, sums: dict[str, _Sum], polity_id: str) -> _Sum:
        if polity_id not in sums:
            sums[polity_id] = _Sum(self._atlas)
        return sums[polity_id]

    def _held(self, piece: Boundary, day: Date) -> Iterator[tuple[str, bool]]:
        """Give who is said to have a piece, and whether nobody else is and nobody denies it."""
        dimension, perspective = self._asked
        held = _holdings(self._atlas, piece.region_id, day, dimension, perspective)
        if dimension == CONTROL and not held:
            if control_of(self._atlas, piece.region_id, day).statuses:
                yield NOT_KNOWN, True
            return
        polities = {holding.polity_id for holding in held if not holding.otherwise}
        disputed = {holding.polity_id for holding in held if holding.otherwise}
        for polity_id in polities:
            yield polity_id, len(polities) == 1 and polity_id not in disputed


def _holdings(
    atlas: Atlas, region_id: str, day: Date, dimension: str, perspective: str
) -> tuple[Holding, ...]:
    if dimension == CONTROL:
        return control_of(atlas, region_id, day).holdings
    holdings = law_of(atlas, region_id, day, perspective).holdings
    return tuple(holding for holding in holdings if holding.dimension == dimension)


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


def _range(atlas: Atlas, alone: _Sum, named: _Sum) -> AreaRange:
    low, high = alone.km2(), named.km2()
    inner, outer = alone.outline.km(), named.outline.km()
    most_likely = likely_km2(atlas, outer)
    least_likely = most_likely if inner == outer else likely_km2(atlas, inner)
    return AreaRange(
        low,
        high,
        *_widened(low, high, least_likely, most_likely),
        *_widened(low, high, offset_km2(atlas, inner), offset_km2(atlas, outer)),
    )


def _widened(
    low: float, high: float, less: float | None, more: float | None
) -> tuple[float, float] | tuple[None, None]:
    if less is None or more is None:
        return None, None
    return max(0.0, low - less), high + more


def _days(atlas: Atlas, dimension: str, perspective: str) -> list[Date]:
    colour_by = "control" if dimension == CONTROL else "legal"
    days: set[Date] = set()
    for mode in atlas.settings.modes:
        if mode.colour_by == colour_by:
            line = timeline(atlas, mode.id, perspective)
            days.update((atlas.settings.first_day, *line.change_days))
    return sorted(days)
