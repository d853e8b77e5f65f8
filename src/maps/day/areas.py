"""Square kilometres, measured on the ellipsoid, with how far they may be off.

The rule (docs/data-model.md, "Areas and their bounds"): what a polity held or was
said to have is the sum of its pieces of the control layer, between ``low`` (nobody
else is named and nobody says otherwise) and ``high`` (it is named at all). The likely range
adds how far lines wander, the bounds ``least`` and ``most`` how far they may lie off.
Ground of which the statements on control name nobody is counted too, as `NOT_KNOWN`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from maps.atlas.known import known_id
from maps.atlas.model import CONTROL, NOT_KNOWN, Atlas, Boundary, Date
from maps.cache import once_for_each
from maps.day.control import CONTROL_LAYER, Holding, control_of, days_of_control
from maps.day.law import ALL, LEGAL_DIMENSIONS, days_of_law, law_of
from maps.day.likely import likely_km2, offset_km2
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
    from pyproj import Geod  # noqa: PLC0415  commands that measure nothing start faster

    square_metres, _ = Geod(ellps="WGS84").geometry_area_perimeter(boundary.geometry)
    # The sign tells the direction of the ring, and files come with both.
    return abs(float(square_metres)) / 1e6


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
    alone: defaultdict[str, list[Boundary]] = defaultdict(list)
    named: defaultdict[str, list[Boundary]] = defaultdict(list)
    for piece in atlas.boundaries:
        counted = ground is None or piece.region_id in ground
        if piece.layer != CONTROL_LAYER or not counted or day not in piece.span:
            continue
        held = _holdings(atlas, piece.region_id, day, dimension, perspective)
        if dimension == CONTROL and not held:
            if control_of(atlas, piece.region_id, day).statuses:
                alone[NOT_KNOWN].append(piece)
                named[NOT_KNOWN].append(piece)
            continue
        polities = {holding.polity_id for holding in held if not holding.otherwise}
        disputed = {holding.polity_id for holding in held if holding.otherwise}
        for polity_id in polities:
            named[polity_id].append(piece)
            if len(polities) == 1 and polity_id not in disputed:
                alone[polity_id].append(piece)
    return {
        polity_id: _range(atlas, alone[polity_id], named[polity_id])
        for polity_id in (*atlas.polities, NOT_KNOWN)
        if polity_id in named
    }


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
    for day in _days(atlas, dimension, perspective):
        held = area_by_polity(atlas, day, dimension, perspective, ground)
        # The timeline of legal status has days of every dimension; of control all are its own.
        if held == before and dimension != CONTROL:
            continue
        for polity_id, found in (held or dict.fromkeys(before, _range(atlas, (), ()))).items():
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


def _range(atlas: Atlas, alone: Collection[Boundary], named: Collection[Boundary]) -> AreaRange:
    low = sum(area_km2(piece) for piece in alone)
    high = sum(area_km2(piece) for piece in named)
    return AreaRange(
        low,
        high,
        *_widened(low, high, likely_km2(atlas, alone), likely_km2(atlas, named)),
        *_widened(low, high, offset_km2(atlas, alone), offset_km2(atlas, named)),
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
