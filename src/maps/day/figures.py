"""Published numbers: what a percentage is of, which areas are a polity's or a line's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from maps.atlas.dates import parse_date_text
from maps.atlas.model import CONTROL, Atlas, Boundary, Figure, Timespan
from maps.cache import once_for_each
from maps.day.areas import area_km2
from maps.day.control import CONTROL_LAYER, upwards
from maps.day.index import index_of
from maps.errors import DateUnreadable

PERCENT = ("percent", "%")
PRINTED, CALCULATED = "share", "share-calculated"
# Which published areas can stand beside those of which dimension.
MEASURES = {CONTROL: "area", "claim": "area-claimed"}


@dataclass(frozen=True)
class WorkedShare:
    """One numerator on every base; ``calculated`` is in order of the bases, None where not done.

    ``printed`` is the share a source prints for it, and ``parts`` are the other
    numerators where this one is their sum.
    """

    numerator: float
    printed: Figure | None
    calculated: tuple[Figure | None, ...]
    parts: tuple[float, ...] = ()


@dataclass(frozen=True)
class WorkedShares:
    """Shares of one region worked out on each base that could be meant."""

    region_id: str
    bases: tuple[float, ...]
    base_names: tuple[str, ...]
    rows: tuple[WorkedShare, ...]


@dataclass(frozen=True)
class PublishedArea:
    """Areas that sources give for what a polity held or claimed; figures from small to large."""

    region_id: str
    polity_id: str
    span: Timespan
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class DrawnArea:
    """A published area beside the area of the line it is about, both in km²."""

    figure: Figure
    boundary: Boundary
    drawn_km2: float

    @property
    def difference(self) -> float:
        """How much larger the drawn area is, as a share of the published one."""
        return self.drawn_km2 / self.figure.value - 1


def is_share(figure: Figure) -> bool:
    """Tell whether a figure is a percentage."""
    return figure.unit in PERCENT


def calculated_share(figure: Figure) -> float | None:
    """Work a percentage out; None without a numerator and a base, or for another unit."""
    if not is_share(figure) or figure.numerator is None or not figure.denominator:
        return None
    return 100 * figure.numerator / figure.denominator


def worked_shares(atlas: Atlas, region_id: str) -> WorkedShares | None:
    """Set the shares printed of a region beside those worked out; None without such.

    Worked out are the figures of measure `CALCULATED`; the printed one that goes
    with them is that of measure `PRINTED` with the same words for its date.
    """
    own = [figure for figure in atlas.figures if figure.region_id == region_id and is_share(figure)]
    done = [f for f in own if f.measure == CALCULATED and calculated_share(f) is not None]
    if not done:
        return None
    names = {f.denominator: f.base for f in reversed(done) if f.denominator is not None}
    bases = tuple(dict.fromkeys(f.denominator for f in done if f.denominator is not None))
    numerators = tuple(dict.fromkeys(f.numerator for f in done if f.numerator is not None))
    rows = []
    for numerator in numerators:
        found = {f.denominator: f for f in done if f.numerator == numerator}
        dates = {figure.date_text for figure in found.values()}
        printed = (f for f in own if f.measure == PRINTED and f.date_text in dates)
        others = tuple(other for other in numerators if other != numerator)
        is_sum = len(others) > 1 and sum(others) == numerator
        calculated = tuple(found.get(base) for base in bases)
        parts = others if is_sum else ()
        rows.append(WorkedShare(numerator, next(printed, None), calculated, parts))
    return WorkedShares(region_id, bases, tuple(names[base] for base in bases), tuple(rows))


@once_for_each
def published_areas(atlas: Atlas) -> dict[str, tuple[PublishedArea, ...]]:
    """Collect by dimension the published areas of what a polity held or claimed as a whole.

    They are those of regions that no piece of the control layer is part of, as
    zones of control are drawn across the pieces, and of which statements on
    control name one polity; the days are those of the statements.
    """
    parts = {
        region_id
        for piece in atlas.boundaries
        if piece.layer == CONTROL_LAYER
        for region_id in upwards(atlas, piece.region_id)
    }
    found: dict[str, list[PublishedArea]] = {dimension: [] for dimension in MEASURES}
    for region_id in atlas.regions:
        told = () if region_id in parts else index_of(atlas).statuses_of.get(region_id, ())
        held = [status for status in told if status.dimension == CONTROL and status.polity_id]
        if len({status.polity_id for status in held}) != 1:
            continue
        ends = [status.span.end for status in held]
        end = None if None in ends else max(day for day in ends if day)
        span = Timespan(min(status.span.start for status in held), end)
        for dimension, measure in MEASURES.items():
            wanted = region_id, measure, "km2"
            figures = [f for f in atlas.figures if (f.region_id, f.measure, f.unit) == wanted]
            if figures:
                in_order = tuple(sorted(figures, key=lambda figure: figure.value))
                area = PublishedArea(region_id, held[0].polity_id, span, in_order)
                found[dimension].append(area)
    return {dimension: tuple(areas) for dimension, areas in found.items()}


def area_comparisons(atlas: Atlas) -> tuple[DrawnArea, ...]:
    """Set every published area beside its region's line, in the order of `figures.csv`.

    The line is the one in force on the first day of the figure's date; where the
    figure has no such day, the first line of the region. Figures of regions that
    have no line are left out.
    """
    found: list[DrawnArea] = []
    for figure in atlas.figures:
        if figure.measure != "area" or figure.unit != "km2" or figure.value <= 0:
            continue
        lines = [
            boundary
            for boundary in atlas.boundaries
            if boundary.region_id == figure.region_id and boundary.layer != CONTROL_LAYER
        ]
        in_force = []
        with suppress(DateUnreadable):  # what a figure says of its date need be no date
            day = parse_date_text(figure.date_text).earliest
            in_force = [line for line in lines if day and day in line.span]
        if line := next(iter(in_force or lines), None):
            found.append(DrawnArea(figure, line, area_km2(line)))
    return tuple(found)
