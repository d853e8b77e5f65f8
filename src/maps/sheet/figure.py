"""Printed maps of one to four days, with the evidence they rest on: PNG, SVG, PDF."""

from __future__ import annotations

import math
import string
from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely

from maps.day.view import Bbox, Shown
from maps.errors import ExportFailed
from maps.looks.style import MUTED_INK
from maps.sheet.columns import Columns, lines_height, lines_of, notes_height, write_down
from maps.sheet.layout import PANEL_BAND_MM, Layout, Size, layout, note_columns, paper, unit_of
from maps.sheet.names import event_spots
from maps.sheet.paint import Sample, draw_changed, draw_legend, samples
from maps.sheet.plate import Drawn, Trim, draw_below, draw_day, pieces_in
from maps.sheet.projection import MapFrame, map_frame, projection_of
from maps.sheet.sheet import Rect, Sheet, described
from maps.sheet.typeset import (
    MM_PER_POINT,
    Face,
    cleaned,
    fitted,
    letters_for,
    shortened,
    width_mm,
    wrapped,
)
from maps.words.apparatus import Apparatus, Entry, Panel, apparatus
from maps.words.i18n import direction, texts

SOFTWARE = "border-accounts"
DPI_RANGE = (36, 1200)
MOST_PIXELS = 150_000_000  # 600 MB while it is drawn
LIGHTER = 0.7  # the lines on maps side by side: the outline of what changed is stronger than any
_FOOT_MM = 20.0  # more than the small print takes
_HEAD_LINES = 2
_COUNTED_MM = 19.0  # for a list of which only the number of entries is given


@dataclass(frozen=True)
class _Manner:
    """How a sheet of one map is set, or one of several; letters in points on A4.

    ``notes`` is the share of the height of the sheet that footnotes take at most,
    ``notes_beside_tellers`` the same where the claims of several tellers need the
    room. Events take at most the share ``events`` of the last column. Lists are given
    ``spare_rows`` more than they need, as entries are not divided between columns.
    ``finer`` are letters and marks on the maps, ``signs`` those of events.
    """

    small: float = 5.4
    heading: float = 8.6
    body: float = 6.6
    notes: float = 0.19
    notes_beside_tellers: float = 0.15
    events: float = 0.5
    spare_rows: float = 4.0
    finer: float = 1.0
    signs: Sequence[str] = string.ascii_lowercase


_ONE = _Manner()
_SEVERAL = _Manner(
    small=5.2,
    heading=8.2,
    body=6.0,
    notes=0.14,
    notes_beside_tellers=0.14,
    events=0.3,
    spare_rows=5.0,
    finer=0.88,
    signs=[str(number) for number in range(1, 1000)],  # letters are those of the maps
)


def picture(days: Sequence[Shown], fmt: str, *, size: Size | None = None, dpi: int = 300) -> bytes:
    """Draw one to four days side by side and give the sheet as PNG, SVG or PDF.

    The letters of an SVG are outlines, the same on every machine: what they say
    stands in its description.

    Raises
    ------
    ExportFailed
        The size or the resolution will not do.
    """
    width, height = paper(size)
    low, high = DPI_RANGE
    if not low <= dpi <= high:
        raise ExportFailed(f"{dpi} dots an inch will not do; write {low} to {high}")
    pixels = width / 25.4 * dpi * height / 25.4 * dpi
    if pixels > MOST_PIXELS:
        raise ExportFailed(
            f"{width:g}x{height:g} mm at {dpi} dots an inch is {pixels / 1e6:.0f} million pixels; "
            f"at most {MOST_PIXELS / 1e6:.0f} million can be made"
        )
    sheet, words = composed(days, width, height)
    named = ", ".join(panel.day for panel in words.panels)
    title = cleaned(f"{words.title}, {named}: {words.mode}")
    if fmt == "png":
        return sheet.save(fmt, dpi, {"Software": SOFTWARE, "Title": title})
    if fmt == "pdf":
        dated = {"CreationDate": None, "ModDate": None}
        return sheet.save(fmt, dpi, {"Title": title, "Creator": SOFTWARE, **dated})
    drawn = sheet.save(fmt, dpi, {"Date": None, "Title": title, "Creator": SOFTWARE})
    said = (*words.events, *words.changes, *words.statements, *words.footnotes)
    lines = (" ".join(filter(None, (each.head, each.mark, each.said))) for each in said)
    names = ", ".join(dict.fromkeys(text.get_text() for text in sheet.names))
    return described(drawn, title, (*lines, *words.small_print, names))


def composed(days: Sequence[Shown], width: float, height: float) -> tuple[Sheet, Apparatus]:
    """Place maps, legend, lists and notes on a sheet of a width and height in mm.

    Gives the words that stand around the maps, too.
    """
    side = direction(days[0].lang)
    with letters_for(side):
        page = _Page(days, width, height)
        first, unit, small = page.first, page.unit, Face(page.manner.small * page.unit)
        projection = projection_of(first.atlas.settings.extent, first.bbox)
        words = apparatus(days, projection.name, page.seen)
        muted = replace(small, colour=MUTED_INK)
        small_print = [
            line for text in words.small_print for line in lines_of(text, muted, width - 18 * unit)
        ]
        notes_mm = notes_height(words.footnotes, note_columns(width, height), small, page.notes_mm)
        placed = page.fitted(words, notes_mm, lines_height(small_print))
        sheet = Sheet(width, height)
        frames = page.frames(placed)
        signs = page.signs(words, frames)
        drawn = [
            page.draw_map(sheet, shown, panel, frame, signs)
            for shown, panel, frame in zip(days, words.panels, frames, strict=True)
        ]
        for panel, rect in zip(words.panels, placed.heads, strict=False):
            with sheet.laid_out(side, rect):
                _head(sheet, panel, rect, unit, first.lang)
        with sheet.laid_out(side, placed.header):
            _header(sheet, words, placed.header, unit)
        lists = replace(placed.columns[0], width=placed.columns[-1].right - placed.columns[0].x)
        with sheet.laid_out(side, lists):
            page.draw_lists(sheet, words, placed, drawn)
        with sheet.laid_out(side, placed.foot):
            Columns(sheet, placed.notes, unit, first.lang).notes(words.footnotes, small)
            write_down(sheet, small_print, (placed.foot.x, placed.foot.top))
        return sheet, words


class _Page:
    """The days of a sheet and its paper, in mm."""

    def __init__(self, days: Sequence[Shown], width: float, height: float) -> None:
        self.days, self.width, self.height = days, width, height
        self.first, self.unit = days[0], unit_of(width, height)
        self.is_alone = len(days) == 1
        self.manner = _ONE if self.is_alone else _SEVERAL
        many, manner = self.first.has_many_tellers, self.manner
        self.notes_mm = (manner.notes_beside_tellers if many else manner.notes) * height

    @property
    def seen(self) -> Bbox:
        """The ground that may be in the frames, whatever room the notes will take."""
        drafts = self._placed(0.0, 0.0), self._placed(self.notes_mm, _FOOT_MM * self.unit)
        boxes = [shapely.box(*f.degrees) for placed in drafts for f in self.frames(placed)]
        west, south, east, north = shapely.union_all(boxes).bounds
        return (west, south, east, north)

    def fitted(self, words: Apparatus, notes_mm: float, foot_mm: float) -> Layout:
        """Lay out the sheet; lists below the maps that need less than they get leave the rest."""
        placed = self._placed(notes_mm, foot_mm)
        lists_are_beside = placed.columns[0].x > placed.maps[-1].right
        if lists_are_beside or self.first.colours_by_law:
            return placed  # which claims are listed depends on the frames
        frames = self.frames(placed)
        signs = self.signs(words, frames)
        drawn = [Drawn(pieces_in(*pair), signs) for pair in zip(frames, self.days, strict=True)]
        # Written once to measure them, on a sheet that nobody sees.
        used = self.draw_lists(Sheet(self.width, self.height), words, placed, drawn)
        row = Face(self.manner.body * self.unit).leading_mm
        needed = used / len(placed.columns) + self.manner.spare_rows * row
        has_spare = needed < placed.columns[0].height
        return self._placed(notes_mm, foot_mm, needed) if has_spare else placed

    def _placed(self, notes_mm: float, foot_mm: float, lists_mm: float = math.inf) -> Layout:
        # The metres a millimetre has to show where the other side has room to spare.
        across = self._frame(Rect(0, 0, 1, 1e6)).metres_per_mm
        along = self._frame(Rect(0, 0, 1e6, 1)).metres_per_mm
        return layout(
            self.width,
            self.height,
            len(self.days),
            notes_mm=notes_mm,
            foot_mm=foot_mm,
            ratio=across / along,
            wide_lists=self.first.has_many_tellers,
            lists_mm=lists_mm,
        )

    def frames(self, placed: Layout) -> list[MapFrame]:
        """Fit the ground into each map."""
        return [self._frame(rect) for rect in placed.maps]

    def _frame(self, rect: Rect) -> MapFrame:
        return map_frame(rect, self.first.atlas.settings.extent, self.first.bbox)

    def signs(self, words: Apparatus, frames: Sequence[MapFrame]) -> dict[str, str]:
        """Give a sign to each event that is marked on some map, in the order of the list."""
        marked = {
            event_id
            for shown, frame in zip(self.days, frames, strict=True)
            for event_id in event_spots(frame, shown.events, self.unit * self.manner.finer)
        }
        listed = [event_id for event_id in words.event_ids if event_id in marked]
        return dict(zip(listed, self.manner.signs, strict=False))

    def draw_map(
        self, sheet: Sheet, shown: Shown, panel: Panel, frame: MapFrame, signs: dict[str, str]
    ) -> Drawn:
        """Draw a map; of several the first has scale and arrow for all, a single one an inset."""
        draw_below(sheet, frame, shown.atlas)
        is_first = shown is self.first
        trim = Trim(inset=True, signs=signs)
        if not self.is_alone:
            trim = Trim(
                scale=is_first,
                north=is_first,
                band_mm=PANEL_BAND_MM / self.manner.finer,
                weight=LIGHTER,
                signs=signs,
                mark=lambda _: draw_changed(sheet, frame.place(panel.changed), frame.rect),
            )
        return draw_day(sheet, frame, shown, self.unit * self.manner.finer, trim)

    def draw_lists(
        self, sheet: Sheet, words: Apparatus, placed: Layout, drawn: Sequence[Drawn]
    ) -> float:
        """Write legend and lists; gives the height they take of all columns."""
        first, unit, manner = self.first, self.unit, self.manner
        spoken = texts(first.lang)
        which = "export" if self.is_alone else "export.compare"
        heading, body = Face(manner.heading * unit, bold=True), Face(manner.body * unit)
        pen = Columns(sheet, placed.columns, unit, first.lang)
        if explained := self._legend(words, drawn):
            pen.heading(spoken.t("export.legend.title"), heading)
            draw_legend(sheet, explained, pen, body, in_pairs=first.has_many_tellers)
        signs = {event_id: sign for held in drawn for event_id, sign in held.marks.items()}
        events = [
            replace(event, mark=signs.get(event_id, "–"))
            for event, event_id in zip(words.events, words.event_ids, strict=False)
        ]
        pen.section(
            spoken.t(f"{which}.events"),
            heading,
            events or words.events,
            body,
            indent_mm=3.4 * unit if events or self.is_alone else 0.0,
            share=manner.events,
        )
        said = words.statements or (Entry("", spoken.t("export.no_statement")),)
        if words.changes:
            share = 0.6
            if first.has_many_tellers and not pen.has_room_for_all(said, body, 1 - share):
                share = max(share, 1 - _COUNTED_MM * unit / pen.heights_mm[-1])
            title = spoken.t("export.compare.changes")
            pen.section(title, heading, words.changes, body, share=share)
        key = f"export.statements_{first.mode.colour_by}"
        title = spoken.t(key if key in spoken else "export.statements")
        pen.section(title, heading, said, body, all_or_none=not self.is_alone)
        return pen.used_mm

    def _legend(self, words: Apparatus, drawn: Sequence[Drawn]) -> tuple[Sample, ...]:
        """Explain once what is on any of the maps, and the outline of what changed."""
        found: list[Sample] = []
        for shown, held in zip(self.days, drawn, strict=True):
            listed = samples(shown, held.pieces, has_events=bool(held.marks))
            for number, sample in enumerate(listed):
                known = [each.label for each in found]
                if sample.label not in known:
                    # Before the next of its map that is in the legend already.
                    after = [known.index(s.label) for s in listed[number:] if s.label in known]
                    found.insert(after[0] if after else len(found), sample)
        sign = self.manner.signs[0]
        found = [replace(sample, mark=sign) if sample.mark else sample for sample in found]
        if any(panel.changed for panel in words.panels):
            label = texts(self.first.lang).t("export.compare.changed")
            found.append(Sample(label, is_changed=True))
        return tuple(found)


def _header(sheet: Sheet, words: Apparatus, rect: Rect, unit: float) -> None:
    """Write the title and the mode and, over a single map, its day."""
    mode = (words.mode, Face(13 * unit, italic=True))
    if len(words.panels) > 1:
        title = (words.title, Face(15 * unit, bold=True))
        _two_ends(sheet, rect, rect.y + 2.4 * unit, title, mode)
        return
    (panel,) = words.panels
    title = (words.title, Face(9 * unit, colour=MUTED_INK))
    periods = (panel.periods, Face(8 * unit, colour=MUTED_INK))
    _two_ends(sheet, rect, rect.top - 2.8 * unit, title, periods)
    day = (panel.day, Face(25 * unit, bold=True))
    _two_ends(sheet, rect, rect.y + 1.6 * unit, day, mode)


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
    spoken, before = texts(lang), chr(ord(panel.letter) - 1)
    if panel.letter == "a":
        return wrapped(spoken.t("export.compare.first"), face, width)[:_HEAD_LINES]
    if not panel.said:
        return [spoken.t("export.compare.none_since", panel=before)]
    for count in range(len(panel.said), 0, -1):
        said = spoken.t("export.compare.since", panel=before, said="; ".join(panel.said[:count]))
        rest = len(panel.said) - count
        more = spoken.t("export.compare.more", count=rest).replace(" ", "\N{NO-BREAK SPACE}")
        lines = wrapped(f"{said}; {more}" if rest else said, face, width)
        if len(lines) <= _HEAD_LINES:
            return lines
    # Even one change is too long: it is cut, and what is more is said all the same.
    end = f" {more}" if rest else ""
    first = wrapped(said, face, width)
    return [first[0], shortened(" ".join(first[1:]), face, width - width_mm(end, face)) + end]


def _two_ends(
    sheet: Sheet, rect: Rect, y: float, left: tuple[str, Face], right: tuple[str, Face]
) -> None:
    """Write a text at each end of a line; the right one has what the left one leaves."""
    text, face = fitted(*left, rect.width * 0.7)
    sheet.text(rect.x, y, text, face)
    room = rect.width - width_mm(text, face) - 2 * right[1].points * MM_PER_POINT
    text, face = fitted(*right, room)
    sheet.text(rect.right, y, text, face, align="right")
