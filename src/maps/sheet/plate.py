"""The map itself on a sheet: ground, a day above it, frame, degrees, scale bar, north arrow."""

from __future__ import annotations

import io
import itertools
import math
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PIL import Image, ImageColor
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas, Basemap
from maps.day.view import Shown
from maps.looks.style import HALO, INK, LAND, MUTED_INK, PAPER, RIVER, WATER
from maps.sheet.inset import draw_inset
from maps.sheet.names import Room, draw_events, draw_names, event_spots, ground_names, region_names
from maps.sheet.paint import Piece, draw_areas, draw_lines
from maps.sheet.projection import Array, MapFrame
from maps.sheet.sheet import Pen, Rect, Sheet
from maps.sheet.typeset import Face, width_mm
from maps.words.i18n import format_number, texts

BAND_MM = 3.0  # between the inner and the outer line of the frame: the degrees stand in it
_STEPS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_MESH_PEN = Pen(MUTED_INK, 0.3, opacity=0.28)
_NEATLINE, _OUTER = Pen(INK, 0.7), Pen(INK, 0.35)
_TICK = Pen(MUTED_INK, 0.4)
_POINTS = 65
_SHORE = Pen(RIVER, 0.5)
_STREAM = Pen(RIVER, 0.55)
_NEIGHBOUR = Pen(MUTED_INK, 0.5, (5.0, 1.8, 0.9, 1.8), opacity=0.55)
_MESH = 24  # boxes a side, in each of which the projection is as good as straight
_RELIEF_PIXELS_PER_MM = 6.0  # 150 dpi; the picture itself is coarser


@dataclass(frozen=True)
class Drawn:
    """What the map turned out to hold: boundaries, and the letters of events by id."""

    pieces: Sequence[Piece]
    marks: Mapping[str, str]


@dataclass(frozen=True)
class Trim:
    """What a map has besides its day; maps side by side share some of it.

    ``signs`` mark the events, by id, letters where it is None; ``band_mm`` is the
    room of the degrees on A4, 0 for the usual. ``mark`` may draw over the boundaries, below
    events and names. Only what is ``on_paper`` has a size, and so a scale in numbers
    beside the bar.
    """

    scale: bool = True
    north: bool = True
    inset: bool = False
    band_mm: float = 0.0
    weight: float = 1.0
    signs: Mapping[str, str] | None = None
    mark: Callable[[Sequence[Piece]], None] | None = None
    on_paper: bool = True


def draw_below(sheet: Sheet, frame: MapFrame, atlas: Atlas) -> None:
    """Draw what lies under every day: ground, and meridians and parallels, thin, on it."""
    draw_ground(sheet, frame, atlas.basemap)
    step = _degree_step(frame)
    west, south, east, north = frame.degrees
    across, along = np.linspace(west, east, _POINTS), np.linspace(south, north, _POINTS)
    meridians = [(np.full(_POINTS, lon), along) for lon in _multiples(west, east, step)]
    parallels = [(across, np.full(_POINTS, lat)) for lat in _multiples(south, north, step)]
    for lon, lat in (*meridians, *parallels):
        sheet.line(np.column_stack(frame.to_mm(lon, lat)).tolist(), _MESH_PEN, clip=frame.rect)


def draw_day(sheet: Sheet, frame: MapFrame, shown: Shown, unit: float, trim: Trim) -> Drawn:
    """Draw the boundaries, events and names of a day, water and furniture; over `draw_below`."""
    pieces = pieces_in(frame, shown)
    draw_areas(sheet, shown, pieces, frame.rect)
    draw_water(sheet, frame, shown.atlas.basemap)
    draw_lines(sheet, shown, pieces, frame.rect, trim.weight)
    if trim.mark:
        trim.mark(pieces)
    spots = event_spots(frame, shown.events, unit)
    room = Room(frame.rect)
    if trim.scale:
        room.cover(draw_scale(sheet, frame, unit, shown.lang, in_numbers=trim.on_paper))
    if trim.north and math.isfinite(frame.north_angle()):  # around a pole it has no one direction
        room.cover(draw_north(sheet, frame, unit, shown.lang))
    if trim.inset:
        taken = tuple(room.covers)
        box = draw_inset(sheet, frame, shown, pieces, taken=taken, events=spots.values(), unit=unit)
        if box:
            room.cover(box)
    signs = trim.signs
    if signs is None:
        signs = dict(zip(spots, string.ascii_lowercase, strict=False))
    marks = {id: signs[id] for id in spots if id in signs}
    draw_events(sheet, shown.events, spots, marks, room=room, unit=unit)
    covers = shapely.union_all([box.polygon for box in room.covers])
    open_ground = shapely.difference(room.frame.shrunk(1.2).polygon, covers)
    regions = region_names(shown, pieces, unit, open_ground)
    draw_names(sheet, regions, ground_names(frame, shown, unit), room)
    draw_frame(sheet, frame, unit, trim.band_mm, shown.lang)
    return Drawn(pieces, marks)


def pieces_in(frame: MapFrame, shown: Shown) -> list[Piece]:
    """Bring the boundaries onto the sheet and keep those of which something is in the frame.

    Each is valid: cut off beside the frame, an outline may cross itself there.
    """
    seen = frame.rect.polygon
    placed = np.array(
        frame.place(each.boundary.geometry for each in shown.boundaries), dtype=object
    )
    broken = ~shapely.is_valid(placed)
    placed[broken] = shapely.make_valid(placed[broken], method="structure", keep_collapsed=False)
    pairs = zip(shown.boundaries, placed, strict=True)
    return [Piece(each, area) for each, area in pairs if seen.intersects(area)]


def draw_ground(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw what the atlas is drawn on, from below; `draw_water` comes after the areas."""
    rect = frame.rect
    land = [part for part in frame.place_features(basemap.land) if not part.is_empty]
    whole = rect.shrunk(-1).polygon
    ground: list[BaseGeometry] = land if basemap.land else [whole]
    sheet.area(rect, fill=WATER)
    sheet.area(ground, fill=LAND, clip=rect)
    if basemap.relief:
        shaded = shapely.intersection(shapely.union_all(shapely.make_valid(ground)), rect.polygon)
        tint = np.array(ImageColor.getrgb(LAND), dtype=float) / 255
        pixels = (_warped(frame, basemap) * tint).round().astype(np.uint8)
        sheet.picture(pixels, rect, shaded)
    if land:
        sheet.line(land, _SHORE, clip=rect)
    sheet.line(frame.place_features(basemap.neighbours), _NEIGHBOUR, clip=rect)


def draw_water(sheet: Sheet, frame: MapFrame, basemap: Basemap) -> None:
    """Draw lakes and rivers: above coloured areas, where they help to find one's way."""
    water = frame.place_features(basemap.water)
    sheet.area(water, fill=WATER, pen=_SHORE, clip=frame.rect)
    sheet.line(frame.place_features(basemap.rivers), _STREAM, clip=frame.rect)


def _warped(frame: MapFrame, basemap: Basemap) -> Array:
    """Bring the relief from Web Mercator into the frame: rows from the top, RGB.

    Where the picture has no pixel, and where it is transparent, it is white:
    it will be multiplied with the colour of the land.
    """
    with Image.open(io.BytesIO(basemap.relief)) as file:
        relief = file.convert("RGBA")
    white = Image.new("RGBA", relief.size, "white")
    flat, rect = Image.alpha_composite(white, relief).convert("RGB"), frame.rect
    width, height = (
        max(1, round(side * _RELIEF_PIXELS_PER_MM)) for side in (rect.width, rect.height)
    )
    columns, rows = (
        np.linspace(0, side, _MESH + 1).round().astype(int) for side in (width, height)
    )
    x, y = np.meshgrid(
        rect.x + columns / width * rect.width, rect.top - rows / height * rect.height
    )
    lon, lat = frame.to_degrees(x, y)
    west, south, east, north = basemap.relief_extent
    top, bottom, here = (np.arcsinh(np.tan(np.radians(each))) for each in (north, south, lat))
    places = np.stack(
        [(lon - west) / (east - west) * flat.width, (top - here) / (top - bottom) * flat.height],
        axis=-1,
    )
    # What is nowhere on earth has no pixel, like what the picture does not reach.
    places = np.nan_to_num(places, nan=-1.0, posinf=-1.0, neginf=-1.0)
    mesh = []
    for j, i in itertools.product(range(_MESH), range(_MESH)):
        box = (columns[i], rows[j], columns[i + 1], rows[j + 1])
        # From upper left against the clock, as Pillow wants a quadrilateral.
        corners = (places[j, i], places[j + 1, i], places[j + 1, i + 1], places[j, i + 1])
        mesh.append((box, np.concatenate(corners).tolist()))
    warped = flat.transform(
        (width, height),
        Image.Transform.MESH,
        mesh,
        resample=Image.Resampling.BILINEAR,
        fillcolor="white",
    )
    return np.asarray(warped)


def draw_frame(
    sheet: Sheet, frame: MapFrame, unit: float, band_mm: float = 0.0, lang: str = "en"
) -> None:
    """Draw the frame of two lines with the degrees between them; ``band_mm`` 0 is the usual."""
    sheet.maps.append(frame.rect)
    rect, band = frame.rect, (band_mm or BAND_MM) * unit
    sheet.line(rect.shrunk(-band), _OUTER)
    sheet.line(rect, _NEATLINE)
    face = Face(5.2 * band / BAND_MM, family="plain", colour=MUTED_INK)
    spoken = texts(lang)
    ends = {"x": ("east", "west"), "y": ("north", "south")}
    # What is read upwards stands with its feet to the map: inside and outside change sides.
    edges = [("x", rect.y, -0.72), ("x", rect.top, 0.3)]
    edges += [("y", rect.x, -0.3), ("y", rect.right, 0.72)]
    for along, edge, base in edges:
        names, free = [spoken.t(f"export.{end}") for end in ends[along]], -math.inf
        for value, place in _crossings(frame, along=along, at=edge):
            tick = [(place, edge), (place, edge + math.copysign(0.3 * band, base))]
            sheet.line(tick if along == "x" else [(x, y) for y, x in tick], _TICK)
            if place < free:
                continue  # its degrees would run into those before
            label = degrees(value, names)
            free = place + width_mm(label, face) + 1.2 * unit
            letters, foot = place + 0.6 * unit, edge + band * base
            if along == "x":
                sheet.text(letters, foot, label, face)
            else:
                sheet.text(foot, letters, label, face, rotation=90)


def draw_scale(
    sheet: Sheet, frame: MapFrame, unit: float, lang: str, *, in_numbers: bool = True
) -> Rect:
    """Draw a scale bar in the lower left corner; gives the box it takes."""
    kilometre_mm = 1e6 / frame.ground_scale()
    # Rounded down to 1, 2, 4 or 5 times a power of ten, so that half of it is short to write.
    longest = frame.rect.width * 0.22 / kilometre_mm
    power = 10.0 ** math.floor(math.log10(longest))
    length = max(step for step in (1.0, 2.0, 4.0, 5.0) if step * power <= longest) * power
    part = length * kilometre_mm / 4
    x, y = frame.rect.x + 4.5 * unit, frame.rect.y + 4.2 * unit
    face = Face(5.6 * unit, family="plain")
    spoken = texts(lang)
    whole, half = (
        format_number(km, lang, 0 if km.is_integer() else 1) for km in (length, length / 2)
    )
    scale = round(frame.ground_scale(), -4 if frame.ground_scale() >= 1e5 else -3)
    ratio = spoken.t("export.scale", scale=format_number(scale, lang))
    last = spoken.t("export.km", km=whole)
    width = part * 4 + width_mm(last, face) + 2.5 * unit
    height, least = (9.2, 30.0) if in_numbers else (6.3, 0.0)
    box = Rect(x - 2 * unit, y - 1.6 * unit, max(width, least * unit) + 2 * unit, height * unit)
    sheet.area(box, fill=HALO, opacity=0.78)
    for number in range(4):
        piece = Rect(x + number * part, y, part, 1.15 * unit)
        fill = INK if number % 2 == 0 else HALO
        sheet.area(piece, fill=fill, pen=Pen(INK, 0.4))
    above = y + 1.9 * unit
    sheet.text(x, above, "0", face, align="center")
    if 2 * part > (width_mm(half, face) + width_mm(last, face)) / 2 + 0.8 * unit:
        sheet.text(x + 2 * part, above, half, face, align="center")
    sheet.text(x + 4 * part, above, last, face, align="center")
    if in_numbers:
        sheet.text(x, above + 2.9 * unit, ratio, replace(face, colour=MUTED_INK))
    return box


def draw_north(sheet: Sheet, frame: MapFrame, unit: float, lang: str) -> Rect:
    """Draw an arrow to true north at the middle of the map, and grid north beside it."""
    size, angle = 9.0 * unit, frame.north_angle()
    x, y = frame.rect.right - 7.5 * unit, frame.rect.top - 16.5 * unit
    box = Rect(x - 5 * unit, y - 2 * unit, 10 * unit, 16 * unit)
    sheet.area(box, fill=HALO, opacity=0.78)
    turn = math.radians(angle)

    def turned(dx: float, dy: float) -> tuple[float, float]:
        return (
            x + dx * math.cos(turn) - dy * math.sin(turn),
            y + dx * math.sin(turn) + dy * math.cos(turn),
        )

    tip, left, right = turned(0, size), turned(-0.2 * size, 0), turned(0.2 * size, 0)
    heel = turned(0, size * 0.22)
    sheet.area([tip, left, heel, tip], fill=INK)
    sheet.area([tip, heel, right, tip], fill=PAPER, pen=Pen(INK, 0.5))
    sheet.area([tip, left, heel, right, tip], pen=Pen(INK, 0.5))
    letter = turned(0, size * 1.12)
    north = texts(lang).t("export.north")
    sheet.text(*letter, north, Face(8 * unit, bold=True), align="center", rotation=angle)
    if abs(angle) >= 0.3:
        sheet.line([(x, y), (x, y + size)], Pen(MUTED_INK, 0.4, (2.0, 1.5)))
    return box


def degrees(value: float, ends: Sequence[str]) -> str:
    """Write a degree of longitude (``EW``) or latitude (``NS``): ``46°30′E``."""
    value = (value + 180) % 360 - 180 if abs(value) > 180 else value  # beyond the date line
    minutes = round(abs(value) * 60)
    side = "" if minutes in (0, 180 * 60) else ends[0] if value > 0 else ends[1]
    whole, rest = divmod(minutes, 60)
    return f"{whole}°{rest:02d}′{side}" if rest else f"{whole}°{side}"


def _degree_step(frame: MapFrame) -> float:
    """Choose an interval that leaves lines some three centimetres apart, less on a small map."""
    west, south, east, north = frame.degrees
    per_degree = min(frame.rect.width / (east - west), frame.rect.height / (north - south))
    wide = (step for step in _STEPS if step * per_degree >= min(27.0, frame.rect.width * 0.2))
    return next(wide, _STEPS[-1])


def _multiples(low: float, high: float, step: float) -> Iterable[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return (number * step for number in range(first, last + 1))


def _crossings(frame: MapFrame, *, along: str, at: float) -> Iterable[tuple[float, float]]:
    """Find where meridians (along x) or parallels (along y) meet an edge of the frame."""
    rect = frame.rect
    start, end = (rect.x, rect.right) if along == "x" else (rect.y, rect.top)
    places = np.linspace(start, end, 4 * _POINTS)
    fixed = np.full_like(places, at)
    lon, lat = frame.to_degrees(*((places, fixed) if along == "x" else (fixed, places)))
    west, south, east, north = frame.projection.reach
    on_earth = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if not on_earth.any():
        return
    places, values = places[on_earth], (lon if along == "x" else lat)[on_earth]
    if not (np.diff(values) > 0).all():  # around a pole the degrees turn back
        return
    for value in _multiples(float(values[0]), float(values[-1]), _degree_step(frame)):
        place = float(np.interp(value, values, places))
        if start + 1 < place < end - 8:  # room for the number
            yield value, place
