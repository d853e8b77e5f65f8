"""The map of a view as a small picture: for pages that run no script, and for shared links.

Ground and areas are drawn once for each state of the map; names and the mark of
an event come on top.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from PIL import Image

from maps.atlas.model import Atlas, Event
from maps.day.view import Shown, shown_on
from maps.publish.edition import MapView
from maps.sheet.columns import Columns
from maps.sheet.names import Room, draw_events, draw_names, event_spots, ground_names, region_names
from maps.sheet.paint import Piece, Sample, draw_areas, draw_legend, draw_lines, samples
from maps.sheet.plate import draw_ground, draw_water, pieces_in
from maps.sheet.projection import MapFrame, map_frame
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.typeset import Face, shortened

PX_PER_MM = 10
COLOURS = 160  # of the map
_DPI = 254  # as many dots an inch
_MARGIN_MM = 1.6
_KEY = Face(7.2)
_SHARE, _ADDED = 0.45, 1.2  # how high a key may be, in heights of the map
_MORE = Sample("…", only_words=True)

Pixels = np.ndarray[Any, Any]


@dataclass(frozen=True)
class _State:
    """All that is the same for every event while the map looks like this."""

    shown: Shown
    frame: MapFrame
    pieces: list[Piece]
    key: list[Sample]
    pixels: Pixels


@dataclass
class Painter:
    """Paints maps of one size, in mm, of an atlas in one language.

    The key takes its room from the map, or ``adds`` to the height of the picture.
    """

    atlas: Atlas
    lang: str
    width: float
    height: float
    adds: bool = False
    _grounds: dict[tuple[object, ...], Pixels] = field(default_factory=dict)
    _states: dict[str, _State] = field(default_factory=dict)

    def map_of(self, view: MapView, event: Event | None = None) -> Image.Image:
        """Paint a view, RGB; with the mark of an event where it lies on the map."""
        state = self._state(view)
        frame = state.frame
        sheet = Sheet(self.width, frame.rect.top)
        sheet.picture(state.pixels, frame.rect, frame.rect.path)
        room = Room(frame.rect)
        if event:
            spots = event_spots(frame, [event], 1.0)
            draw_events(sheet, [event], spots, dict.fromkeys(spots, ""), room=room, unit=1.0)
        regions = region_names(state.shown, state.pieces, 1.0)
        draw_names(sheet, regions, ground_names(frame, state.shown, 1.0), room)
        if state.key:
            self._draw_key(sheet, state.key, frame.rect.y - _MARGIN_MM)
        return Image.fromarray(sheet.pixels(_DPI))

    def key_of(self, view: MapView) -> tuple[str, ...]:
        """List what the colours of a view stand for; empty where the names on it say so."""
        return tuple(sample.label for sample in self._state(view).key)

    def place_of(self, view: MapView, event: Event) -> tuple[float, float] | None:
        """Give where an event lies on the map of a view, in mm; None where it does not."""
        return event_spots(self._state(view).frame, [event], 1.0).get(event.id)

    def _state(self, view: MapView) -> _State:
        if view.path in self._states:
            return self._states[view.path]
        shown = shown_on(
            self.atlas,
            view.since,
            mode=view.mode,
            lang=self.lang,
            perspective=view.perspective or None,
            bbox=view.bbox,
        )
        key: list[Sample] = []
        # Names on the map explain all colours but those that stand for someone.
        if shown.colours_by_control or shown.colours_by_law:
            whole = pieces_in(self._frame(shown, 0), shown)
            listed = samples(shown, whole, has_events=False)
            key = self._fitting([each for each in listed if each.look.bands and not each.precision])
        frame = self._frame(shown, self._key_height(key))
        pieces, rect = pieces_in(frame, shown), frame.rect
        ground = (rect, frame.centre, frame.metres_per_mm)
        if ground not in self._grounds:
            below = Sheet(self.width, rect.top)
            draw_ground(below, frame, self.atlas.basemap)
            self._grounds[ground] = _cut(below, rect)
        sheet = Sheet(self.width, rect.top)
        sheet.picture(self._grounds[ground], rect, rect.path)
        draw_areas(sheet, shown, pieces, rect)
        draw_water(sheet, frame, self.atlas.basemap)
        draw_lines(sheet, shown, pieces, rect)
        state = _State(shown, frame, pieces, key, _cut(sheet, rect))
        self._states[view.path] = state
        return state

    def _frame(self, shown: Shown, below: float) -> MapFrame:
        height = self.height if self.adds else self.height - below
        rect = Rect(0, below, self.width, height)
        return map_frame(rect, self.atlas.settings.extent, shown.bbox)

    def _fitting(self, key: list[Sample]) -> list[Sample]:
        """Shorten a key until it leaves the map its room; what is left out is marked."""
        room = 1.7 * self.width  # two lines
        key = [replace(sample, label=shortened(sample.label, _KEY, room)) for sample in key]
        most = self.height * (_ADDED if self.adds else _SHARE)
        while len(key) > 1 and self._key_height(key) > most:
            key = [*key[:-2], _MORE]
        return key

    def _key_height(self, key: list[Sample]) -> float:
        """Measure a key by drawing it on a sheet nobody sees; whole pixels."""
        if not key:
            return 0.0
        top = 1000.0
        foot = self._draw_key(Sheet(self.width, top), key, top)
        return round((top - foot + 2 * _MARGIN_MM) * PX_PER_MM) / PX_PER_MM

    def _draw_key(self, sheet: Sheet, key: list[Sample], top: float) -> float:
        """Draw a key down from a height; gives where it ends."""
        column = Rect(_MARGIN_MM, 0, self.width - 2 * _MARGIN_MM, top)
        pen = Columns(sheet, [column], 1.0, self.lang)
        draw_legend(sheet, key, pen, _KEY, in_pairs=True)
        return pen.y


def proportions(atlas: Atlas) -> float:
    """Tell how many times as wide as high the ground of an atlas is."""
    extent = atlas.settings.extent
    ground = map_frame(Rect(0, 0, 100, 100), extent, extent).place([shapely.box(*extent)])[0]
    west, south, east, north = ground.bounds
    return float((east - west) / (north - south))


def in_few_colours(picture: Image.Image) -> Image.Image:
    """Give a picture with a palette, without the dots that would make it large again."""
    return picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def png(picture: Image.Image) -> bytes:
    """Write a picture out."""
    buffer = io.BytesIO()
    picture.save(buffer, "png", compress_level=6)  # 9 takes seven times as long for 4 %
    return buffer.getvalue()


def _cut(sheet: Sheet, rect: Rect) -> Pixels:
    whole = sheet.pixels(_DPI)
    high = whole.shape[0]
    upper, lower = (high - round(y * PX_PER_MM) for y in (rect.top, rect.y))
    return whole[upper:lower]
