"""The pictures of a film: the map and what is new in it, the axis below, the small print.

Edges of what changed on the day of a picture and lines that ended are drawn over its map.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import shapely
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas, Date
from maps.day.snapshot import changes_on
from maps.day.timeline import round_years
from maps.day.view import Bbox, Shown
from maps.errors import ExportFailed
from maps.film.panel import PX, draw_card, draw_panel, px_face
from maps.film.plan import Plan, Scene
from maps.looks.style import CHANGED, HALO, INK, MUTED_INK
from maps.looks.texture import OUTLINE, Look
from maps.sheet.paint import Piece, Sample, filling_of, samples
from maps.sheet.plate import BAND_MM, Trim, draw_below, draw_day
from maps.sheet.projection import Array, MapFrame, map_frame
from maps.sheet.sheet import Pen, Rect, Sheet
from maps.sheet.typeset import MM_PER_POINT, letters_for, shortened, width_mm, wrapped
from maps.tasks import Each, here
from maps.words.apparatus import data_facts
from maps.words.date_formats import format_day, format_edtf, format_year
from maps.words.i18n import direction, sentences_of, texts
from maps.words.sentences import dates_chosen_said

# Pixels of a film 1280 wide, from the lower left corner. A trifle more paper than
# that, so that rounding never loses the last column of pixels.
WIDTH, HEIGHT = 1280, 720
_PAPER = Rect(0.0, 0.0, (WIDTH + 0.01) * PX, (HEIGHT + 0.01) * PX)
_MARGIN = 22
WIDTH_RANGE = (640, 2560)
_SCREEN_DPI = 96
_GROUNDS = 12  # kept, of a story that comes back to places it has shown
UNIT = 1.75  # of the letters on the map, see maps.sheet.layout


def _px(x: float, y: float, width: float, height: float) -> Rect:
    return Rect(x * PX, y * PX, width * PX, height * PX)


class Places(NamedTuple):
    """Where the map and the panel beside it lie."""

    map: Rect
    panel: Rect


# A step tells more than a change does, and of a smaller place.
PLACES = {
    "day": Places(_px(_MARGIN, 104, 704, 598), _px(750, 104, 508, 598)),
    "step": Places(_px(_MARGIN, 104, 598, 598), _px(644, 104, 614, 598)),
}
AXIS = _px(_MARGIN, 48, 1120, 46)
PRINT = _px(_MARGIN, 8, WIDTH - 2 * _MARGIN, 40)
CARD = _px(60, 64, WIDTH - 120, 610)
_PRINT_PX = 14
EDGE = Pen(CHANGED, 2.5)
_CASING = Pen(HALO, 5.2, opacity=0.85)
_ENDED, _ENDED_CASING = Pen(CHANGED, 1.8, (6.0, 4.5)), Pen(HALO, 4.0, opacity=0.7)
_BESIDE_MM = 0.5  # an old line this near to a new one is the same line
_LINE, _PASSED = Pen(MUTED_INK, 1.0, opacity=0.6), Pen(INK, 2.2)
_TICK, _YEAR = Pen(MUTED_INK, 1.1), Pen(MUTED_INK, 0.6, opacity=0.7)
_LABEL_PX = 15
_APART_PX = 70  # between the years that are named, at least


def check_width(width: int) -> None:
    """Raise `ExportFailed` for a width that no film can have: it is odd, or out of bounds."""
    low, high = WIDTH_RANGE
    if not low <= width <= high or width % 2:
        raise ExportFailed(
            f"{width} pixels wide will not do; write an even number from {low} to {high}"
        )


@dataclass
class Drawing:
    """Draws the scenes of a plan ``width`` pixels wide, 9/16 of that high."""

    plan: Plan
    width: int
    _grounds: dict[tuple[Places, Bbox], Array] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, both even, as the codec of films wants them."""
        return self.width, self.width * 9 // 16 // 2 * 2

    def pictures(self, each: Each = here) -> Iterator[Array]:
        """Draw one scene after the other: rows from the top, RGB of 8 bits."""
        return each(_picture, self, range(len(self.plan.scenes)))

    def picture(self, scene: Scene) -> Array:
        """Draw one scene: rows from the top, RGB of 8 bits."""
        sheet = picture_of(self.plan, scene, self.ground_of(scene))
        return sheet.pixels(_SCREEN_DPI * self.width / WIDTH)[: self.size[1], : self.size[0]]

    def ground_of(self, scene: Scene) -> Array | None:
        """Draw what lies under all days of an extent once, and keep its pixels; None on cards."""
        if scene.shown is None:
            return None
        atlas, places, bbox = self.plan.atlas, places_of(scene), scene.shown.bbox
        if (places, bbox) not in self._grounds:
            if len(self._grounds) == _GROUNDS:
                del self._grounds[next(iter(self._grounds))]
            sheet = blank()
            draw_below(sheet, _frame(atlas, bbox, places), atlas)
            self._grounds[places, bbox] = sheet.pixels(_SCREEN_DPI * self.width / WIDTH)
        return self._grounds[places, bbox]


def _picture(drawing: Drawing, place: int) -> Array:
    return drawing.picture(drawing.plan.scenes[place])


def blank() -> Sheet:
    """Give an empty sheet of the size of a picture."""
    return Sheet(_PAPER.width, _PAPER.height)


def places_of(scene: Scene) -> Places:
    """Give the places of map and panel in the picture of a scene."""
    return PLACES.get(scene.kind, PLACES["day"])


def _frame(atlas: Atlas, bbox: Bbox, places: Places) -> MapFrame:
    return map_frame(places.map.shrunk(BAND_MM * UNIT), atlas.settings.extent, bbox)


def picture_of(plan: Plan, scene: Scene, below: Array | None) -> Sheet:
    """Compose the picture of a scene; ``below`` are the pixels of its ground."""
    side = direction(plan.lang)
    with letters_for(side):
        sheet = blank()
        if scene.shown is None or below is None:
            with sheet.laid_out(side, CARD):
                draw_card(sheet, scene.caption, CARD, plan.lang)
        else:
            sheet.picture(below, _PAPER, _PAPER)
            _map_and_panel(sheet, scene, scene.shown)
            _axis(sheet, plan, scene)
        with sheet.laid_out(side, PRINT):
            _small_print(sheet, plan, scene)
        return sheet


def _map_and_panel(sheet: Sheet, scene: Scene, shown: Shown) -> None:
    places = places_of(scene)
    frame = _frame(shown.atlas, shown.bbox, places)
    listed = list[Sample]()

    def mark(pieces: Sequence[Piece]) -> None:
        edges = changed_edges(shown, frame, pieces)
        # Over the boundaries; those that ended are dashed.
        for line, casing, pen in ((edges.ended, _ENDED_CASING, _ENDED), (edges.new, _CASING, EDGE)):
            merged = shapely.line_merge(line) if line.geom_type == "MultiLineString" else line
            sheet.line(merged, casing, pen, clip=frame.rect)
        seen = frame.rect.polygon
        new, ended = (seen.intersects(line) for line in (edges.new, edges.ended))
        if new or ended:
            what = "changed_and_ended" if new and ended else "changed" if new else "ended"
            said = texts(shown.lang).t(f"film.{what}")
            listed.append(Sample(said, OUTLINE, CHANGED, weight=EDGE.points / 0.8))

    drawn = draw_day(sheet, frame, shown, UNIT, Trim(mark=mark, on_paper=False))
    explained = samples(shown, drawn.pieces, has_events=bool(drawn.marks))
    # Whose statements are shown stands below the day.
    listed += [sample for sample in explained if not sample.only_words]
    key = listed if scene.number else ()
    with sheet.laid_out(direction(shown.lang), places.panel):
        draw_panel(sheet, scene.caption, key, places.panel, marks=drawn.marks, lang=shown.lang)


class Edges(NamedTuple):
    """Lines on the sheet: around what is new or filled anew, and those that ended."""

    new: BaseGeometry
    ended: BaseGeometry


def changed_edges(shown: Shown, frame: MapFrame, pieces: Sequence[Piece]) -> Edges:
    """Find what differs from the day before; both may be empty.

    Before the first day of the atlas there is nothing to compare it with.
    """
    nothing, day = shapely.GeometryCollection(), shown.day
    if day <= shown.atlas.settings.first_day:
        return Edges(nothing, nothing)
    changes = changes_on(shown.atlas, day, shown.mode.id, shown.reading.perspective)
    # The edges of the pieces that changed, those of one look joined.
    changed = {change.boundary_id for change in changes if change.kind != "disappears"}
    alike: defaultdict[tuple[str, Look], list[BaseGeometry]] = defaultdict(list)
    for piece in pieces:
        boundary = piece.shown.boundary
        if boundary.id in changed:
            look = (boundary.layer, filling_of(shown, piece.shown))
            alike[look].append(shapely.make_valid(piece.geometry))
    new = shapely.union_all([shapely.union_all(group).boundary for group in alike.values()])
    # The boundaries of the day before that are no more, of regions that changed.
    regions = {change.region_id for change in changes if change.kind in ("disappears", "redrawn")}
    gone = (
        boundary.geometry
        for boundary in shown.atlas.boundaries
        if boundary.region_id in regions
        and boundary.layer in shown.mode.layers
        and day not in boundary.span
        and day - 1 in boundary.span
    )
    placed = frame.place(gone)
    ended = shapely.union_all([geometry.boundary for geometry in placed if not geometry.is_empty])
    return Edges(new, shapely.difference(ended, shapely.buffer(new, _BESIDE_MM)))


def _axis(sheet: Sheet, plan: Plan, scene: Scene) -> None:
    """Draw the line from the first to the last day, a tick a change, and the present one.

    The days passed are drawn heavier. Names of years stand below the line.
    """
    per_day = AXIS.width / max(plan.last - plan.first, 1)
    present = scene.shown.day if scene.number and scene.shown else None

    def at(day: Date) -> float:
        return AXIS.x + (day - plan.first) * per_day

    y = AXIS.y + 30 * PX
    sheet.line([(AXIS.x, y), (AXIS.right, y)], _LINE)
    if present:
        sheet.line([(AXIS.x, y), (at(present), y)], _PASSED)
    face = px_face(_LABEL_PX, colour=MUTED_INK)
    base = y - 5 * PX - 0.95 * face.points * MM_PER_POINT
    for day, label in _named(plan.first, plan.last, per_day, plan.lang):
        half = width_mm(label, face) / 2
        sheet.line([(at(day), y), (at(day), y - 5 * PX)], _YEAR)
        middle = min(max(at(day), AXIS.x + half), AXIS.right - half)
        sheet.text(middle, base, label, face, align="center")
    for day in plan.days:
        sheet.line([(at(day), y), (at(day), y + 9 * PX)], _TICK)
    if present:
        x, top, half = at(present), y + 19 * PX, 6 * PX
        sheet.line([(x, y - 5 * PX), (x, top)], Pen(INK, 2.4))
        mark = [(x, y + 9 * PX), (x - half, top), (x + half, top), (x, y + 9 * PX)]
        sheet.area(mark, fill=INK)
    if scene.number:
        said = texts(plan.lang).t("film.number", number=scene.number, count=len(plan.days))
        face, right = px_face(18, colour=MUTED_INK), (WIDTH - _MARGIN) * PX
        sheet.text(right, AXIS.y + 25 * PX, said, face, align="right")


def _named(first: Date, last: Date, per_day: float, lang: str) -> Iterator[tuple[Date, str]]:
    """Choose the days that are named: years that are round, else months, else the ends."""
    if last.year - first.year >= 3:
        most = (last - first) * per_day / (_APART_PX * PX)
        named = round_years(first, last, most)
        yield from ((day, format_year(day.year, lang)) for day in named)
        return
    firsts = (Date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13))
    months = [day for day in firsts if first <= day <= last]
    if len(months) >= 3:
        every = max(1, -(-len(months) // 8))
        yield from ((m, format_edtf(m.isoformat()[:-3], lang)) for m in months[::every])
        return
    yield from ((day, format_day(day, lang)) for day in dict.fromkeys((first, last)))


def _small_print(sheet: Sheet, plan: Plan, scene: Scene) -> None:
    """Say in two lines what the picture is of, and what it does not claim."""
    face, spoken, atlas = px_face(_PRINT_PX, colour=MUTED_INK), texts(plan.lang), plan.atlas
    data, reserved = spoken.t("film.small_print", **data_facts(atlas)), ""
    if scene.kind != "colophon":  # which has all of them
        chosen = dates_chosen_said(atlas, spoken, "film.chosen")
        by_law = scene.shown is not None and scene.shown.colours_by_law
        said = (spoken.t("export.legal") if by_law else "", atlas.settings.disclaimer)
        parts = [chosen, *(sentence for text in said for sentence in sentences_of(text))]
        parts = [part for part in parts if part]
        reserved, more = " ".join(parts), spoken.t("film.in_full")
        if len(wrapped(reserved, face, PRINT.width)) > 1:
            # As many whole sentences as have room.
            while len(parts) > 1 and len(wrapped(" ".join((*parts, more)), face, PRINT.width)) > 1:
                parts.pop()
            room = PRINT.width - width_mm(f" {more}", face)
            reserved = f"{shortened(' '.join(parts), face, room)} {more}"
    y = PRINT.top - face.leading_mm
    for line in (data, reserved):
        sheet.text(PRINT.x, y, shortened(line, face, PRINT.width), face)
        y -= face.leading_mm
