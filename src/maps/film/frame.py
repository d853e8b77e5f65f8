"""The pictures of a film: the map, the axis below it, what stands in small print; as pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from maps.atlas.model import Atlas
from maps.day.view import Bbox, Shown
from maps.errors import ExportFailed
from maps.film.axis import draw_axis
from maps.film.captions import dates_moved
from maps.film.changed import EDGE, Edges, changed_edges, draw_changed
from maps.film.panel import PX, draw_card, draw_panel, px_face
from maps.film.plan import Plan, Scene
from maps.looks.style import CHANGED, MUTED_INK
from maps.looks.texture import OUTLINE
from maps.sheet.furniture import BAND_MM
from maps.sheet.legend import Sample, samples
from maps.sheet.paint import Piece
from maps.sheet.plate import Trim, draw_below, draw_day
from maps.sheet.projection import Array, MapFrame, map_frame
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.typeset import Face, shortened, width_mm, wrapped
from maps.tasks import Each, here
from maps.words.apparatus import DIGEST_LETTERS
from maps.words.i18n import Texts, sentences_of, texts

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


@dataclass(frozen=True)
class Places:
    """Where the map and the panel beside it lie."""

    map: Rect
    panel: Rect


def _places(map_px: int) -> Places:
    """Place a map so many pixels wide, and give the panel the rest."""
    left = _MARGIN + map_px + 24
    return Places(_px(_MARGIN, 104, map_px, 598), _px(left, 104, WIDTH - left - _MARGIN, 598))


# A step tells more than a change does, and of a smaller place.
PLACES = {"day": _places(704), "step": _places(598)}
AXIS = _px(_MARGIN, 48, 1120, 46)
PRINT = _px(_MARGIN, 8, WIDTH - 2 * _MARGIN, 40)
CARD = _px(60, 64, WIDTH - 120, 610)
_PRINT_PX = 14


def check_width(width: int) -> None:
    """Refuse a width that no film can have.

    Raises
    ------
    ExportFailed
        It is odd, or out of bounds.
    """
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
        return sheet.pixels(self._dpi)[: self.size[1], : self.size[0]]

    @property
    def _dpi(self) -> float:
        return _SCREEN_DPI * self.width / WIDTH

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
            self._grounds[places, bbox] = sheet.pixels(self._dpi)
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
    sheet = blank()
    if scene.shown is None or below is None:
        draw_card(sheet, scene.caption, CARD, plan.lang)
    else:
        sheet.picture(below, _PAPER, _PAPER.path)
        _map_and_panel(sheet, scene, scene.shown)
        _axis(sheet, plan, scene)
    _small_print(sheet, plan, scene)
    return sheet


def _map_and_panel(sheet: Sheet, scene: Scene, shown: Shown) -> None:
    places = places_of(scene)
    frame = _frame(shown.atlas, shown.bbox, places)
    new = list[Sample]()

    def mark(pieces: Sequence[Piece]) -> None:
        edges = changed_edges(shown, frame, pieces)
        draw_changed(sheet, frame, edges)
        new.extend(_changed_sample(frame, edges, texts(shown.lang)))

    drawn = draw_day(sheet, frame, shown, UNIT, Trim(mark=mark, on_paper=False))
    explained = samples(shown, drawn.pieces, has_events=bool(drawn.marks))
    # Whose statements are shown stands below the day.
    listed = [*new, *(sample for sample in explained if not sample.only_words)]
    explained_here = listed if scene.number else ()
    draw_panel(
        sheet, scene.caption, explained_here, places.panel, marks=drawn.marks, lang=shown.lang
    )


def _changed_sample(frame: MapFrame, edges: Edges, spoken: Texts) -> Iterator[Sample]:
    """Explain the edges of what changed, if some are in the frame."""
    seen = frame.rect.polygon
    new, ended = (seen.intersects(line) for line in (edges.new, edges.ended))
    if new or ended:
        key = "film.changed_and_ended" if new and ended else "film.changed" if new else "film.ended"
        yield Sample(spoken.t(key), OUTLINE, CHANGED, weight=EDGE.points / 0.8)


def _axis(sheet: Sheet, plan: Plan, scene: Scene) -> None:
    present = scene.shown.day if scene.number and scene.shown else None
    span = (plan.first, plan.last)
    draw_axis(sheet, AXIS, span=span, days=plan.days, present=present, lang=plan.lang)
    if scene.number:
        spoken = texts(plan.lang)
        said = spoken.t("film.number", number=scene.number, count=len(plan.days))
        face = px_face(18, colour=MUTED_INK)
        right = (WIDTH - _MARGIN) * PX
        sheet.text(right, AXIS.y + 25 * PX, said, face, align="right")


def _small_print(sheet: Sheet, plan: Plan, scene: Scene) -> None:
    """Say in two lines what the picture is of, and what it does not claim."""
    face, settings = px_face(_PRINT_PX, colour=MUTED_INK), plan.atlas.settings
    data = texts(plan.lang).t(
        "film.small_print",
        title=settings.title,
        version=settings.version,
        digest=plan.atlas.digest[:DIGEST_LETTERS],
        licence=settings.licence,
    )
    reserved = "" if scene.kind == "colophon" else _reservations(plan, scene, face)
    y = PRINT.top - face.leading_mm
    for line in (data, reserved):
        sheet.text(PRINT.x, y, shortened(line, face, PRINT.width), face)
        y -= face.leading_mm


def _reservations(plan: Plan, scene: Scene, face: Face) -> str:
    """Put as many whole sentences as have room into a line; the last card has all of them."""
    spoken = texts(plan.lang)
    parts = dates_moved(plan.atlas, plan.lang)
    if scene.shown and scene.shown.colours_by_law:
        parts += sentences_of(spoken.t("export.legal"))
    parts += sentences_of(plan.atlas.settings.disclaimer)
    whole = " ".join(parts)
    if len(wrapped(whole, face, PRINT.width)) < 2:
        return whole
    more = spoken.t("film.in_full")
    while len(parts) > 1 and len(wrapped(" ".join((*parts, more)), face, PRINT.width)) > 1:
        parts.pop()
    room = PRINT.width - width_mm(f" {more}", face)
    return f"{shortened(' '.join(parts), face, room)} {more}"
