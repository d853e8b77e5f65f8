"""How far the lines as drawn are from the areas that sources publish."""

from __future__ import annotations

from dataclasses import dataclass

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Atlas, Boundary, Date, Figure
from maps.day.areas import area_km2
from maps.day.control import CONTROL_LAYER
from maps.errors import DateUnreadable


@dataclass(frozen=True)
class Comparison:
    """A published area beside the area of the line it is about, both in km²."""

    figure: Figure
    boundary: Boundary
    drawn_km2: float

    @property
    def difference(self) -> float:
        """How much larger the drawn area is, as a share of the published one."""
        return self.drawn_km2 / self.figure.value - 1


def area_comparisons(atlas: Atlas) -> tuple[Comparison, ...]:
    """Set every published area beside its region's line, in the order of `figures.csv`.

    The line is the one in force on the first day of the figure's date; where the
    figure has no such day, the first line of the region. Figures of regions that
    have no line are left out.
    """
    found: list[Comparison] = []
    for figure in atlas.figures:
        if figure.measure != "area" or figure.unit != "km2" or figure.value <= 0:
            continue
        boundary = _line_of(atlas, figure)
        if boundary is not None:
            found.append(Comparison(figure, boundary, area_km2(boundary)))
    return tuple(found)


def _line_of(atlas: Atlas, figure: Figure) -> Boundary | None:
    lines = [
        boundary
        for boundary in atlas.boundaries
        if boundary.region_id == figure.region_id and boundary.layer != CONTROL_LAYER
    ]
    day = _first_day(figure)
    in_force = [boundary for boundary in lines if day is not None and day in boundary.span]
    return next(iter(in_force or lines), None)


def _first_day(figure: Figure) -> Date | None:
    try:
        return parse_date_text(figure.date_text).earliest
    except DateUnreadable:
        return None
