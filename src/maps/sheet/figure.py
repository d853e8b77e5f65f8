"""A printed map of one day, with the evidence it rests on: PNG, SVG, PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import shapely

from maps.day.view import Bbox, Shown
from maps.errors import ExportFailed
from maps.looks.style import MUTED_INK
from maps.sheet.columns import Columns, draw_notes, notes_height
from maps.sheet.furniture import BAND_MM
from maps.sheet.layout import Layout, Size, is_wide, layout, notes_width, paper, unit_of
from maps.sheet.legend import draw_legend, samples
from maps.sheet.names import event_spots
from maps.sheet.plate import Drawn, Trim, draw_below, draw_day, pieces_in
from maps.sheet.projection import MapFrame, map_frame, projection_of
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.svg import described
from maps.sheet.typeset import MM_PER_POINT, Face, cleaned, fitted, width_mm, wrapped
from maps.words.apparatus import Apparatus, apparatus
from maps.words.i18n import texts
from maps.words.notes import Entry

SOFTWARE = "border-accounts"
DPI_RANGE = (36, 1200)
MOST_PIXELS = 150_000_000  # 600 MB while it is drawn
_NOTES_SHARE = 0.19  # of the height of the sheet, at most, for the footnotes
_LESS_NOTES_SHARE = 0.15  # where the lists, of which every teller has a share, need the room
_SPARE_ROWS = 4.0
_FOOT_MM = 20.0  # more than the small print takes


def picture(shown: Shown, fmt: str, *, size: Size | None = None, dpi: int = 300) -> bytes:
    """Draw what is shown and give it as PNG, SVG or PDF.

    Raises
    ------
    ExportFailed
        The size or the resolution will not do.
    AssetMissing
        The relief of the atlas cannot be read.
    """
    width, height = paper(size)
    check_resolution(width, height, dpi)
    seen = _seen(shown, width, height)
    projection = projection_of(shown.atlas.settings.extent, shown.bbox)
    words = apparatus(shown, projection.name, seen)
    sheet = composed(shown, words, width, height)
    title = cleaned(f"{words.title}, {words.day}: {words.mode}")
    said = (*words.events, *words.statements, *words.footnotes)
    return saved(sheet, fmt, dpi, title=title, said=said, small_print=words.small_print)


def saved(
    sheet: Sheet,
    fmt: str,
    dpi: int,
    *,
    title: str,
    said: Iterable[Entry],
    small_print: Sequence[str],
) -> bytes:
    """Give a sheet as PNG, SVG or PDF with its title; an SVG with all that is said on it.

    The letters of an SVG are outlines, the same on every machine: what they say
    stands in its description.
    """
    if fmt == "png":
        return sheet.save(fmt, dpi, {"Software": SOFTWARE, "Title": title})
    if fmt == "pdf":
        dated = {"CreationDate": None, "ModDate": None}
        return sheet.save(fmt, dpi, {"Title": title, "Creator": SOFTWARE, **dated})
    drawn = sheet.save(fmt, dpi, {"Date": None, "Title": title, "Creator": SOFTWARE})
    names = ", ".join(dict.fromkeys(text.get_text() for text in sheet.names))
    lines = (" ".join(filter(None, (each.head, each.mark, each.said))) for each in said)
    return described(drawn, title, (*lines, *small_print, names))


def composed(shown: Shown, words: Apparatus, width: float, height: float) -> Sheet:
    """Place map, legend, lists and notes on a sheet of a width and height in mm."""
    unit = unit_of(width, height)
    small = Face(5.4 * unit)
    count, note_width = notes_width(width, height)
    most = _notes_share(shown) * height
    print_rows = small_print_rows(words.small_print, small, width - 18 * unit)
    notes_mm = notes_height(words.footnotes, count, note_width, small, most)
    foot_mm = len(print_rows) * small.leading_mm
    placed = _fitted(shown, words, width, height, notes_mm=notes_mm, foot_mm=foot_mm)
    sheet = Sheet(width, height)
    frame = _frame(shown, placed)
    draw_below(sheet, frame, shown.atlas)
    drawn = draw_day(sheet, frame, shown, unit, Trim(inset=True))
    _header(sheet, words, placed)
    _lists(sheet, shown, words, placed, drawn)
    draw_notes(sheet, words.footnotes, placed.notes, small, shown.lang)
    draw_small_print(sheet, print_rows, placed.foot, small)
    return sheet


def _frame(shown: Shown, placed: Layout) -> MapFrame:
    room = placed.map.shrunk(BAND_MM * placed.unit)
    return map_frame(room, shown.atlas.settings.extent, shown.bbox)


def _fitted(
    shown: Shown, words: Apparatus, width: float, height: float, *, notes_mm: float, foot_mm: float
) -> Layout:
    """Lay out the sheet; lists below the map that need less than their share leave it the rest."""
    sizes = {"notes_mm": notes_mm, "foot_mm": foot_mm}
    placed = layout(width, height, wide_lists=shown.has_many_tellers, **sizes)
    if is_wide(width, height) or shown.colours_by_law:
        return placed  # which claims are listed depends on the frame
    frame = _frame(shown, placed)
    spots = event_spots(frame, shown.events, placed.unit)
    drawn = Drawn(pieces_in(frame, shown), dict.fromkeys(spots, "a"))
    # Written once to measure them, on a sheet that nobody sees.
    used = _lists(Sheet(width, height), shown, words, placed, drawn)
    rows = _SPARE_ROWS * Face(6.6 * placed.unit).leading_mm  # entries are not divided
    needed = used / len(placed.columns) + rows
    return layout(width, height, wide_lists=shown.has_many_tellers, lists_mm=needed, **sizes)


def _notes_share(shown: Shown) -> float:
    return _LESS_NOTES_SHARE if shown.has_many_tellers else _NOTES_SHARE


def _seen(shown: Shown, width: float, height: float) -> Bbox:
    """Find the ground that may be in the frame, whatever room the notes will take."""
    unit, settings = unit_of(width, height), shown.atlas.settings
    rooms = (
        layout(
            width, height, notes_mm=notes, foot_mm=foot, wide_lists=shown.has_many_tellers
        ).map.shrunk(BAND_MM * unit)
        for notes, foot in ((0.0, 0.0), (_notes_share(shown) * height, _FOOT_MM * unit))
    )
    frames = (map_frame(room, settings.extent, shown.bbox).degrees for room in rooms)
    west, south, east, north = shapely.union_all([shapely.box(*each) for each in frames]).bounds
    return (west, south, east, north)


def _header(sheet: Sheet, words: Apparatus, placed: Layout) -> None:
    unit, rect = placed.unit, placed.header
    two_ends(
        sheet,
        rect,
        rect.top - 2.8 * unit,
        (words.title, Face(9 * unit, colour=MUTED_INK)),
        (words.periods, Face(8 * unit, colour=MUTED_INK)),
    )
    two_ends(
        sheet,
        rect,
        rect.y + 1.6 * unit,
        (words.day, Face(25 * unit, bold=True)),
        (words.mode, Face(13 * unit, italic=True)),
    )


def two_ends(
    sheet: Sheet, rect: Rect, y: float, left: tuple[str, Face], right: tuple[str, Face]
) -> None:
    """Write a text at each end of a line; the right one has what the left one leaves."""
    text, face = fitted(*left, rect.width * 0.7)
    sheet.text(rect.x, y, text, face)
    room = rect.width - width_mm(text, face) - 2 * right[1].points * MM_PER_POINT
    text, face = fitted(*right, room)
    sheet.text(rect.right, y, text, face, align="right")


def _lists(sheet: Sheet, shown: Shown, words: Apparatus, placed: Layout, drawn: Drawn) -> float:
    """Write legend and lists; gives the height they take of all columns."""
    unit, spoken = placed.unit, texts(shown.lang)
    heading, body = Face(8.6 * unit, bold=True), Face(6.6 * unit)
    pen = Columns(sheet, placed.columns, unit, shown.lang)
    pen.heading(spoken.t("export.legend.title"), heading)
    explained = samples(shown, drawn.pieces, has_events=bool(drawn.marks))
    draw_legend(sheet, explained, pen, body, in_pairs=shown.has_many_tellers)
    events = _lettered(shown, words, drawn.marks)
    title = spoken.t("export.events")
    pen.section(title, heading, events, body, indent_mm=3.4 * unit, share=0.5)
    said = words.statements or (Entry("", spoken.t("export.no_statement")),)
    pen.section(statements_heading(shown), heading, said, body)
    return pen.used_mm


def statements_heading(shown: Shown) -> str:
    """Head the list of statements as the mode asks for it."""
    spoken, key = texts(shown.lang), f"export.statements_{shown.mode.colour_by}"
    return spoken.t(key if key in spoken else "export.statements")


def _lettered(shown: Shown, words: Apparatus, marks: Mapping[str, str]) -> list[Entry]:
    if not shown.events:
        return list(words.events)
    pairs = zip(shown.events, words.events, strict=True)
    return [replace(entry, mark=marks.get(event.id, "–")) for event, entry in pairs]


def small_print_rows(said: Iterable[str], face: Face, width: float) -> list[str]:
    """Break the small print into lines."""
    return [line for text in said for line in wrapped(text, face, width)]


def draw_small_print(sheet: Sheet, rows: Iterable[str], rect: Rect, face: Face) -> None:
    """Write the small print down from the top of its place."""
    for number, line in enumerate(rows):
        y = rect.top - (number + 0.8) * face.leading_mm
        sheet.text(rect.x, y, line, replace(face, colour=MUTED_INK))


def check_resolution(width: float, height: float, dpi: int) -> None:
    """Refuse a resolution that is of no use or that no machine can hold.

    Raises
    ------
    ExportFailed
        It is out of range, or the picture would have too many pixels.
    """
    low, high = DPI_RANGE
    if not low <= dpi <= high:
        raise ExportFailed(f"{dpi} dots an inch will not do; write {low} to {high}")
    pixels = width / 25.4 * dpi * height / 25.4 * dpi
    if pixels > MOST_PIXELS:
        raise ExportFailed(
            f"{width:g}x{height:g} mm at {dpi} dots an inch is {pixels / 1e6:.0f} million pixels; "
            f"at most {MOST_PIXELS / 1e6:.0f} million can be made"
        )
