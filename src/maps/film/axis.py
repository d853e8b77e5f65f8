"""The time axis below the map: where in the film a picture stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maps.atlas.model import Date
from maps.day.timeline import round_years
from maps.film.panel import PX, px_face
from maps.looks.style import INK, MUTED_INK
from maps.sheet.sheet import Pen, Rect, Sheet, line_path
from maps.sheet.typeset import MM_PER_POINT, width_mm
from maps.words.i18n import format_day, format_edtf, format_year

_LINE, _PASSED = Pen(MUTED_INK, 1.0, opacity=0.6), Pen(INK, 2.2)
_TICK, _YEAR = Pen(MUTED_INK, 1.1), Pen(MUTED_INK, 0.6, opacity=0.7)
_LABEL_PX = 15
_APART_PX = 70  # between the years that are named, at least


def draw_axis(
    sheet: Sheet,
    rect: Rect,
    *,
    span: tuple[Date, Date],
    days: Sequence[Date],
    present: Date | None,
    lang: str,
) -> None:
    """Draw the line from the first to the last day, a tick a change, and the present one.

    The days passed are drawn heavier. Names of years stand below the line.
    """
    first, last = span
    per_day = rect.width / max(last - first, 1)

    def at(day: Date) -> float:
        return rect.x + (day - first) * per_day

    y = rect.y + 30 * PX
    sheet.line(line_path([(rect.x, y), (rect.right, y)]), _LINE)
    if present:
        sheet.line(line_path([(rect.x, y), (at(present), y)]), _PASSED)
    face = px_face(_LABEL_PX, colour=MUTED_INK)
    base = y - 5 * PX - 0.95 * face.points * MM_PER_POINT
    for day, label in _named(first, last, per_day, lang):
        half = width_mm(label, face) / 2
        sheet.line(line_path([(at(day), y), (at(day), y - 5 * PX)]), _YEAR)
        middle = min(max(at(day), rect.x + half), rect.right - half)
        sheet.text(middle, base, label, face, align="center")
    for day in days:
        sheet.line(line_path([(at(day), y), (at(day), y + 9 * PX)]), _TICK)
    if present:
        x, top, half = at(present), y + 19 * PX, 6 * PX
        sheet.line(line_path([(x, y - 5 * PX), (x, top)]), Pen(INK, 2.4))
        mark = [(x, y + 9 * PX), (x - half, top), (x + half, top), (x, y + 9 * PX)]
        sheet.area(line_path(mark), fill=INK)


def _named(first: Date, last: Date, per_day: float, lang: str) -> Iterator[tuple[Date, str]]:
    """Choose the days that are named: years that are round, else months, else the ends."""
    if last.year - first.year >= 3:
        most = (last - first) * per_day / (_APART_PX * PX)
        named = round_years(first, last, most)
        yield from ((day, format_year(day.year, lang)) for day in named)
        return
    months = [
        Date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= Date(year, month, 1) <= last
    ]
    if len(months) >= 3:
        every = max(1, -(-len(months) // 8))
        yield from ((m, format_edtf(m.isoformat()[:-3], lang)) for m in months[::every])
        return
    yield from ((day, format_day(day, lang)) for day in dict.fromkeys((first, last)))
