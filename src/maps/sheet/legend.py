"""The legend: what is on the map, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from maps.day.view import Shown
from maps.looks.paint import in_order, line_entries, looks_of
from maps.looks.style import INK, LAND, NEUTRAL
from maps.looks.texture import OUTLINE, Look
from maps.sheet.columns import Columns
from maps.sheet.paint import CHANGED, Piece, fill, line_weight, pen_of
from maps.sheet.sheet import Pen, Rect, Sheet
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
    """List what the reader sees of boundaries some part of which lies inside the frame."""
    spoken, looks = texts(shown.lang), looks_of(shown)
    listed = [piece.shown.boundary for piece in pieces]
    entries = [entry for each in listed for entry in looks.fill_on(each, shown.day).entries]
    entries += line_entries({each.precision for each in listed}, spoken)
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
    short_mm = pen.rect.width / 2 - indent if in_pairs else 0.0
    rows: list[list[Sample]] = []
    has_room = False  # beside the last sample
    for sample in listed:
        is_short = not sample.only_words and width_mm(sample.label, face) <= short_mm
        if has_room and is_short:
            rows[-1].append(sample)
        else:
            rows.append([sample])
        has_room = is_short and len(rows[-1]) == 1
    for row in rows:
        if row[0].only_words:
            pen.section("", face, [Entry("", row[0].label)], face)
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
        sheet.line([(box.x, middle), (box.right, middle)], pen_of(sample.precision, INK))
    elif sample.is_changed:
        sheet.line(box.shrunk(0.5 * unit), CHANGED)
    else:
        sheet.area(box, fill=LAND)
        fill(sheet, [box.polygon], sample.look, box, band_mm=_BAND_MM)
        sheet.line(box, Pen(sample.outline or NEUTRAL.stroke, 0.8 * sample.weight))
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
    outline = shapely.get_coordinates(disc).tolist()
    sheet.area(outline, fill=INK, pen=Pen(LAND, 1.1 * unit))
    face = Face(5.6 * unit, family="plain", bold=True, colour=LAND)
    sheet.text(at[0], at[1] - 0.62 * unit, letter, face, align="center")
