"""The sheet of two to four days: maps side by side, and once what is common to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import shapely

from maps.day.view import Bbox, Shown
from maps.looks.style import MUTED_INK
from maps.sheet.columns import Columns, draw_notes, notes_height
from maps.sheet.figure import (
    check_resolution,
    draw_small_print,
    saved,
    small_print_rows,
    statements_heading,
    two_ends,
)
from maps.sheet.grid import BAND_MM, Grid, grid
from maps.sheet.layout import Size, notes_width, paper, unit_of
from maps.sheet.legend import Sample, draw_legend, samples
from maps.sheet.names import event_spots
from maps.sheet.paint import Piece, draw_changed
from maps.sheet.plate import Drawn, Trim, draw_below, draw_day, pieces_in
from maps.sheet.projection import MapFrame, map_frame, projection_of
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.typeset import Face, cleaned, shortened, width_mm, wrapped
from maps.words.compared import Compared, Panel, compared
from maps.words.i18n import texts
from maps.words.notes import Entry

_NOTES_SHARE = 0.14  # of the height of the sheet, at most, for the footnotes
_FOOT_MM = 20.0  # more than the small print takes
_FINER = 0.88  # of the letters and marks on these smaller maps
_LIGHTER = 0.7  # the lines, so that the outline of what changed is stronger than any
_HEAD_LINES = 2
_SPARE_ROWS = 5.0  # entries are not divided between columns
_NEARLY_ALL = 0.85  # of the room of the lists: what is left is not worth another layout
_COUNTED_MM = 19.0  # for a list of which only the number of entries is given


def comparison(days: Sequence[Shown], fmt: str, *, size: Size | None, dpi: int) -> bytes:
    """Draw days side by side and give the sheet as PNG, SVG or PDF.

    Raises
    ------
    ExportFailed
        The size or the resolution will not do.
    AssetMissing
        The relief of the atlas cannot be read.
    """
    width, height = paper(size)
    check_resolution(width, height, dpi)
    sheet, words = compared_sheet(days, width, height)
    named = ", ".join(panel.day for panel in words.panels)
    title = cleaned(f"{words.title}, {named}: {words.mode}")
    said = (*words.events, *words.changes, *words.statements, *words.footnotes)
    return saved(sheet, fmt, dpi, title=title, said=said, small_print=words.small_print)


def compared_sheet(days: Sequence[Shown], width: float, height: float) -> tuple[Sheet, Compared]:
    """Place maps, legend, lists and notes on a sheet of a width and height in mm."""
    first, unit = days[0], unit_of(width, height)
    small, most = Face(5.2 * unit), _NOTES_SHARE * height
    drafts = (
        _frames(days, _grid(days, width, height, notes_mm=notes, foot_mm=foot))
        for notes, foot in ((0.0, 0.0), (most, _FOOT_MM * unit))
    )
    seen = _around(frame.degrees for frames in drafts for frame in frames)
    projection = projection_of(first.atlas.settings.extent, first.bbox)
    words = compared(days, projection.name, seen)
    rows = small_print_rows(words.small_print, small, width - 18 * unit)
    notes_mm = notes_height(words.footnotes, *notes_width(width, height), small, most)
    sizes = {"notes_mm": notes_mm, "foot_mm": len(rows) * small.leading_mm}
    placed = _fitted(days, words, width, height, sizes)
    sheet = Sheet(width, height)
    frames = _frames(days, placed)
    signs = _signs(days, words, frames, unit)
    drawn = [
        _panel(sheet, shown, panel, frame, unit=unit, signs=signs)
        for shown, panel, frame in zip(days, words.panels, frames, strict=True)
    ]
    for panel, rect in zip(words.panels, placed.heads, strict=True):
        _head(sheet, panel, rect, unit, first.lang)
    _header(sheet, words, placed)
    _lists(sheet, days, words, placed, drawn=drawn, signs=signs)
    draw_notes(sheet, words.footnotes, placed.notes, small, first.lang)
    draw_small_print(sheet, rows, placed.foot, small)
    return sheet, words


def _fitted(
    days: Sequence[Shown], words: Compared, width: float, height: float, sizes: Mapping[str, float]
) -> Grid:
    """Lay out the sheet; lists that need less than they get leave the maps the rest."""
    placed = _grid(days, width, height, **sizes)
    beside = placed.columns[0].x > placed.maps[-1].right
    if beside or days[0].colours_by_law:  # which claims are listed depends on the frames
        return placed
    frames = _frames(days, placed)
    signs = _signs(days, words, frames, placed.unit)
    drawn = [
        Drawn(pieces_in(frame, shown), signs) for shown, frame in zip(days, frames, strict=True)
    ]
    # Written once to measure them, on a sheet that nobody sees.
    used = _lists(Sheet(width, height), days, words, placed, drawn=drawn, signs=signs)
    needed = used / len(placed.columns) + _SPARE_ROWS * Face(6.0 * placed.unit).leading_mm
    if needed > _NEARLY_ALL * placed.columns[0].height:
        return placed
    return _grid(days, width, height, lists_mm=needed, **sizes)


def _grid(
    days: Sequence[Shown],
    width: float,
    height: float,
    *,
    notes_mm: float,
    foot_mm: float,
    lists_mm: float = math.inf,
) -> Grid:
    extent, bbox = days[0].atlas.settings.extent, days[0].bbox
    # The metres a millimetre has to show where the other side has room to spare.
    across = map_frame(Rect(0, 0, 1, 1e6), extent, bbox).metres_per_mm
    along = map_frame(Rect(0, 0, 1e6, 1), extent, bbox).metres_per_mm
    ratio = across / along
    sizes = {"notes_mm": notes_mm, "foot_mm": foot_mm, "lists_mm": lists_mm}
    return grid(width, height, len(days), ratio=ratio, **sizes)


def _frames(days: Sequence[Shown], placed: Grid) -> list[MapFrame]:
    extent, bbox = days[0].atlas.settings.extent, days[0].bbox
    return [map_frame(rect, extent, bbox) for rect in placed.maps]


def _around(boxes: Iterable[Bbox]) -> Bbox:
    west, south, east, north = shapely.union_all([shapely.box(*each) for each in boxes]).bounds
    return (west, south, east, north)


def _signs(
    days: Sequence[Shown], words: Compared, frames: Sequence[MapFrame], unit: float
) -> dict[str, str]:
    """Give the events that are marked on some map numbers; letters are those of the maps."""
    marked = {
        event_id
        for shown, frame in zip(days, frames, strict=True)
        for event_id in event_spots(frame, shown.events, unit * _FINER)
    }
    listed = [event_id for event_id in words.event_ids if event_id in marked]
    return {event_id: str(number) for number, event_id in enumerate(listed, start=1)}


def _panel(
    sheet: Sheet,
    shown: Shown,
    panel: Panel,
    frame: MapFrame,
    *,
    unit: float,
    signs: dict[str, str],
) -> Drawn:
    is_first = panel.letter == "a"
    draw_below(sheet, frame, shown.atlas)

    def mark(_: Sequence[Piece]) -> None:
        draw_changed(sheet, frame.place(panel.changed), frame.rect)

    trim = Trim(
        scale=is_first,
        north=is_first,
        band_mm=BAND_MM / _FINER,
        weight=_LIGHTER,
        signs=signs,
        mark=mark,
    )
    return draw_day(sheet, frame, shown, unit * _FINER, trim)


def _head(sheet: Sheet, panel: Panel, rect: Rect, unit: float, lang: str) -> None:
    """Write letter and day over a map, and below them what changed since the one before."""
    letter, day = Face(15 * unit, italic=True, colour=MUTED_INK), Face(15 * unit, bold=True)
    y = rect.top - 4.6 * unit
    sheet.text(rect.x, y, panel.letter, letter)
    beside = rect.x + width_mm(panel.letter, letter) + 2.2 * unit
    sheet.text(beside, y, panel.day, day)
    small = Face(6.6 * unit, colour=MUTED_INK)
    left = rect.right - beside - width_mm(panel.day, day) - 4 * unit
    if width_mm(panel.periods, small) <= left:
        sheet.text(rect.right, y, panel.periods, small, align="right")
    face = Face(6.2 * unit)
    for number, line in enumerate(_change_lines(panel, face, rect.width, lang)):
        sheet.text(rect.x, y - 3.4 * unit - number * face.leading_mm, line, face)


def _change_lines(panel: Panel, face: Face, width: float, lang: str) -> list[str]:
    """Say as many changes as two lines hold, and how many there are besides."""
    spoken = texts(lang)
    if panel.letter == "a":
        return wrapped(spoken.t("export.compare.first"), face, width)[:_HEAD_LINES]
    before = chr(ord(panel.letter) - 1)
    if not panel.said:
        return [spoken.t("export.compare.none_since", panel=before)]
    for count in range(len(panel.said), 0, -1):
        said = spoken.t("export.compare.since", panel=before, said="; ".join(panel.said[:count]))
        rest = len(panel.said) - count
        more = f" {_unbroken(spoken.t('export.compare.more', count=rest))}" if rest else ""
        lines = wrapped(f"{said};{more}" if more else said, face, width)
        if len(lines) <= _HEAD_LINES:
            return lines
    # Even one change is too long: it is cut, and what is more is said all the same.
    first = wrapped(said, face, width)
    return [first[0], shortened(" ".join(first[1:]), face, width - width_mm(more, face)) + more]


def _unbroken(text: str) -> str:
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _header(sheet: Sheet, words: Compared, placed: Grid) -> None:
    unit, rect = placed.unit, placed.header
    title = (words.title, Face(15 * unit, bold=True))
    two_ends(sheet, rect, rect.y + 2.4 * unit, title, (words.mode, Face(13 * unit, italic=True)))


def _lists(
    sheet: Sheet,
    days: Sequence[Shown],
    words: Compared,
    placed: Grid,
    *,
    drawn: Sequence[Drawn],
    signs: dict[str, str],
) -> float:
    """Write legend and lists; gives the height they take of all columns."""
    first, unit = days[0], placed.unit
    spoken = texts(first.lang)
    heading, body = Face(8.2 * unit, bold=True), Face(6.0 * unit)
    pen = Columns(sheet, placed.columns, unit, first.lang)
    pen.heading(spoken.t("export.legend.title"), heading)
    explained = legend_of_all(days, drawn, words)
    draw_legend(sheet, explained, pen, body, in_pairs=first.has_many_tellers)
    pairs = zip(words.event_ids, words.events, strict=True)
    events = [replace(entry, mark=signs.get(event_id, "–")) for event_id, entry in pairs]
    indent = 3.4 * unit if events else 0.0
    events = events or [Entry("", spoken.t("export.compare.no_event"))]
    title = spoken.t("export.compare.events")
    pen.section(title, heading, events, body, indent_mm=indent, share=0.3)
    said = words.statements or (Entry("", spoken.t("export.no_statement")),)
    share = 0.6
    if first.has_many_tellers and not pen.has_room_for_all(said, body, 1 - share):
        share = max(share, 1 - _COUNTED_MM * unit / pen.last_mm)
    pen.section(spoken.t("export.compare.changes"), heading, words.changes, body, share=share)
    pen.section(statements_heading(first), heading, said, body, all_or_none=True)
    return pen.used_mm


def legend_of_all(
    days: Sequence[Shown], drawn: Sequence[Drawn], words: Compared
) -> tuple[Sample, ...]:
    """Explain once what is on any of the maps, and the outline of what changed."""
    found: list[Sample] = []
    for shown, held in zip(days, drawn, strict=True):
        listed = samples(shown, held.pieces, has_events=bool(held.marks))
        for number, sample in enumerate(listed):
            known = [each.label for each in found]
            if sample.label not in known:
                # Before the next of its map that is in the legend already.
                after = [known.index(s.label) for s in listed[number:] if s.label in known]
                found.insert(after[0] if after else len(found), sample)
    found = [replace(sample, mark="1") if sample.mark else sample for sample in found]
    if any(panel.changed for panel in words.panels):
        label = texts(days[0].lang).t("export.compare.changed")
        found.append(Sample(label, is_changed=True))
    return tuple(found)
