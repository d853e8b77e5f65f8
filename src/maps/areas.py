"""Square kilometres, measured on the ellipsoid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maps.control import CONTROL_LAYER, control_of
from maps.model import Atlas, Boundary
from maps.once import once_for_each
from maps.timeline import timeline


@dataclass(frozen=True)
class AreaRange:
    """What a polity held, in km²; ``high`` adds the pieces several polities are said to hold."""

    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class AreaRow:
    """One line of the table of areas: from this change day until the next."""

    day: date
    dimension: str  # "de-facto": the only one that has lines of its own
    polity_id: str
    km2_low: float
    km2_high: float


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


def area_by_polity(atlas: Atlas, day: date) -> dict[str, AreaRange]:
    """Add up the pieces of the control layer by who holds them on a day.

    Keys are polity ids in the order of the file; a polity that holds nothing
    is left out. The overlap of claims on one piece is what separates ``low``
    from ``high``; how exact the lines are is not part of it.
    """
    low = dict.fromkeys(atlas.polities, 0.0)
    high = dict.fromkeys(atlas.polities, 0.0)
    for boundary in atlas.boundaries:
        if boundary.layer != CONTROL_LAYER or day not in boundary.span:
            continue
        holders = control_of(atlas, boundary.region_id, day).polity_ids
        for polity_id in holders:
            high[polity_id] += area_km2(boundary)
            if len(holders) == 1:
                low[polity_id] += area_km2(boundary)
    return {polity: AreaRange(low[polity], high[polity]) for polity in high if high[polity]}


def area_table(atlas: Atlas) -> tuple[AreaRow, ...]:
    """Tabulate `area_by_polity` for the first day and every change day of control.

    Rows are in order of the day, then of the polity in its file; a row holds
    until the next day in the table. Empty where no mode colours by control.
    """
    days: set[date] = set()
    for mode in atlas.settings.modes:
        if mode.colour_by == "control":
            days.update((atlas.settings.first_day, *timeline(atlas, mode.id).change_days))
    return tuple(
        AreaRow(day, "de-facto", polity_id, area.low, area.high)
        for day in sorted(days)
        for polity_id, area in area_by_polity(atlas, day).items()
    )
