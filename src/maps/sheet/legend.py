"""The legend: what is on the map, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from maps.day.view import Shown
from maps.looks.legend import in_order, line_entries
from maps.looks.paint import looks_of
from maps.looks.style import INK, LAND, NEUTRAL
from maps.looks.texture import OUTLINE, Look
from maps.sheet.columns import Columns
from maps.sheet.paint import CHANGED, Piece, fill, line_weight, pen_of
from maps.sheet.sheet import Pen, Rect, Sheet, line_path
from maps.sheet.typeset import Face, width_mm, wrapped
from maps.words.i18n import texts
from maps.words.names import teller_name
from maps.words.notes import Entry

SWATCH_MM = (7.5, 3.4)
_BAND_MM = 1.6  # finer than on the map, so that a swatch has room for all bands of a piece


@dataclass(frozen=True)
class Sample:
    """One line of the legend: an area, a line, an event's mark, a change's outline, or words."""

    label: str
    look: Look = OUTLINE
    outline: str = ""  # colour of the edge of an area; empty where it has none
    precision: str = ""
    mark: str = ""
    weight: float = 1.0  # of the edge of an area
    only_words: bool = False
    is_changed: bool = False  # the outline of what differs from the map before


def samples(shown: Shown, pieces: Sequence[Piece], *, has_events: bool) -> tuple[Sample, ...]:
    """List what the reader sees on the map.

    Parameters
    ----------
    shown : Shown
        What is shown.
    pieces : sequence of Piece
        The boundaries some part of which lies inside the frame.
    has_events : bool
        Whether an event is marked on the map.
    """
    spoken, looks = texts(shown.lang), looks_of(shown)
    fills = (looks.fill_on(piece.shown.boundary, shown.day) for piece in pieces)
    present = {piece.shown.boundary.precision for piece in pieces}
    entries = [*(entry for fill in fills for entry in fill.entries), *line_entries(present, spoken)]
    layers = {layer.id: layer for layer in shown.layers}
    found = []
    for entry in in_order(entries):
        weight = line_weight(shown, layers[entry.about]) if entry.kind == "unit" else 1.0
        found.append(Sample(entry.label, entry.look, entry.stroke, entry.precision, weight=weight))
    if shown.colours_by_law:
        told = spoken.t("export.legend.told", teller=teller_name(shown))
        found.insert(0, Sample(told, only_words=True))
    if has_events:
        found.append(Sample(spoken.t("export.legend.event"), mark="a"))
    return tuple(found)


def draw_legend(
    sheet: Sheet, listed: Sequence[Sample], pen: Columns, face: Face, *, in_pairs: bool = False
) -> None:
    """Draw the lines of a legend down a column; short ones two a line where ``in_pairs``."""
    unit = face.points / 6.6
    height, indent = SWATCH_MM[1] * unit, (SWATCH_MM[0] + 2) * unit
    for row in _rows(listed, face, pen.rect.width / 2 - indent if in_pairs else 0.0):
        if row[0].only_words:
            pen.entries([Entry("", row[0].label)], face, 0.0)
            continue
        room = pen.rect.width / len(row)
        lines = [wrapped(sample.label, face, room - indent) for sample in row]
        needed = max(max(map(len, lines)) * face.leading_mm, height) + 0.9 * unit
        if pen.left_mm < needed:
            pen.turn()
        for number, sample in enumerate(row):
            at = (pen.rect.x + number * room, pen.y)
            draw_sample(sheet, sample, lines[number], at, face, unit=unit)
        pen.y -= needed


def _rows(listed: Sequence[Sample], face: Face, room_mm: float) -> list[list[Sample]]:
    """Put two samples on a line where both have room in one line of type."""

    def is_short(sample: Sample) -> bool:
        return not sample.only_words and width_mm(sample.label, face) <= room_mm

    rows: list[list[Sample]] = []
    for sample in listed:
        last = rows[-1] if rows else []
        if len(last) == 1 and is_short(last[0]) and is_short(sample):
            last.append(sample)
        else:
            rows.append([sample])
    return rows


def draw_sample(
    sheet: Sheet,
    sample: Sample,
    lines: Sequence[str],
    at: tuple[float, float],
    face: Face,
    *,
    unit: float,
) -> None:
    """Draw a swatch of ``SWATCH_MM`` times ``unit`` down from a point, its words beside it."""
    width, height = (side * unit for side in SWATCH_MM)
    box = Rect(at[0], at[1] - height - 0.35 * unit, width, height)
    middle = box.y + height / 2
    if sample.mark:
        draw_mark(sheet, (box.x + width / 2, middle), sample.mark, unit, contested=False)
    elif sample.precision:
        ends = line_path([(box.x, middle), (box.right, middle)])
        sheet.line(ends, pen_of(sample.precision, INK))
    elif sample.is_changed:
        sheet.line(box.shrunk(0.5 * unit).path, CHANGED)
    else:
        sheet.area(box.path, fill=LAND)
        fill(sheet, [box.polygon], sample.look, box, band_mm=_BAND_MM)
        sheet.line(box.path, Pen(sample.outline or NEUTRAL.stroke, 0.8 * sample.weight))
    first = box.top - face.points * 0.27 if len(lines) > 1 else middle - face.points * 0.115
    for number, line in enumerate(lines):
        y = first - number * face.leading_mm
        sheet.text(box.right + 2 * unit, y, line, face)


def draw_mark(
    sheet: Sheet, at: tuple[float, float], letter: str, unit: float, *, contested: bool
) -> None:
    """Draw the mark of an event: a dot with its letter, a diamond where accounts differ."""
    radius = 1.75 * unit
    disc = shapely.Point(at).buffer(radius, quad_segs=1 if contested else 12)
    path = line_path([(float(x), float(y)) for x, y in shapely.get_coordinates(disc)])
    sheet.area(path, fill=INK, pen=Pen(LAND, 1.1 * unit))
    face = Face(5.6 * unit, family="plain", bold=True, colour=LAND)
    sheet.text(at[0], at[1] - 0.62 * unit, letter, face, align="center")
