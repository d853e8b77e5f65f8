"""What every map has: frame, degrees, scale bar, north arrow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from maps.looks.style import HALO, INK, MUTED_INK, PAPER
from maps.sheet.projection import MapFrame
from maps.sheet.sheet import Pen, Rect, Sheet, line_path
from maps.sheet.typeset import Face, width_mm
from maps.words.i18n import format_number, texts

BAND_MM = 3.0  # between the inner and the outer line of the frame: the degrees stand in it
_STEPS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_MESH_PEN = Pen(MUTED_INK, 0.3, opacity=0.28)
_NEATLINE, _OUTER = Pen(INK, 0.7), Pen(INK, 0.35)
_TICK = Pen(MUTED_INK, 0.4)
_POINTS = 65


def draw_graticule(sheet: Sheet, frame: MapFrame) -> None:
    """Draw meridians and parallels, thin, under the names."""
    step = _degree_step(frame)
    west, south, east, north = frame.degrees
    across, along = np.linspace(west, east, _POINTS), np.linspace(south, north, _POINTS)
    meridians = [(np.full(_POINTS, lon), along) for lon in _multiples(west, east, step)]
    parallels = [(across, np.full(_POINTS, lat)) for lat in _multiples(south, north, step)]
    for lon, lat in (*meridians, *parallels):
        path = line_path(list(zip(*frame.to_mm(lon, lat), strict=True)))
        sheet.line(path, _MESH_PEN, clip=frame.rect)


def draw_frame(
    sheet: Sheet, frame: MapFrame, unit: float, band_mm: float = 0.0, lang: str = "en"
) -> None:
    """Draw the frame of two lines with the degrees between them; ``band_mm`` 0 is the usual."""
    sheet.maps.append(frame.rect)
    rect, band = frame.rect, (band_mm or BAND_MM) * unit
    outer = rect.shrunk(-band)
    sheet.line(outer.path, _OUTER)
    sheet.line(rect.path, _NEATLINE)
    face = Face(5.2 * band / BAND_MM, family="plain", colour=MUTED_INK)
    step = _degree_step(frame)
    tick = band * 0.3
    spoken = texts(lang)
    ends = {
        axis: (spoken.t(f"export.{plus}"), spoken.t(f"export.{minus}"))
        for axis, plus, minus in (("lon", "east", "west"), ("lat", "north", "south"))
    }
    for edge, way in ((rect.y, -1), (rect.top, 1)):
        crossings = _crossings(frame, step, along="x", at=edge)
        for x, label in _labelled(crossings, ends["lon"], face, unit):
            sheet.line(line_path([(x, edge), (x, edge + way * tick)]), _TICK)
            y = edge - band * 0.72 if way < 0 else edge + band * 0.3
            if label:
                sheet.text(x + 0.6 * unit, y, label, face)
    for edge, way in ((rect.x, -1), (rect.right, 1)):
        crossings = _crossings(frame, step, along="y", at=edge)
        for y, label in _labelled(crossings, ends["lat"], face, unit):
            sheet.line(line_path([(edge, y), (edge + way * tick, y)]), _TICK)
            # Read upwards, its letters standing on the side of the map.
            x = edge - band * 0.3 if way < 0 else edge + band * 0.72
            if label:
                sheet.text(x, y + 0.6 * unit, label, face, rotation=90)


def draw_scale(
    sheet: Sheet, frame: MapFrame, unit: float, lang: str, *, in_numbers: bool = True
) -> Rect:
    """Draw a scale bar in the lower left corner; gives the box it takes."""
    kilometre_mm = 1e6 / frame.ground_scale()
    length = _round_length(frame.rect.width * 0.22 / kilometre_mm)
    part = length * kilometre_mm / 4
    x, y = frame.rect.x + 4.5 * unit, frame.rect.y + 4.2 * unit
    face = Face(5.6 * unit, family="plain")
    spoken = texts(lang)
    scale = round(frame.ground_scale(), -4 if frame.ground_scale() >= 1e5 else -3)
    ratio = spoken.t("export.scale", scale=format_number(scale, lang))
    last = spoken.t("export.km", km=format_number(length, lang, _digits(length)))
    width = part * 4 + width_mm(last, face) + 2.5 * unit
    height, least = (9.2, 30.0) if in_numbers else (6.3, 0.0)
    box = Rect(x - 2 * unit, y - 1.6 * unit, max(width, least * unit) + 2 * unit, height * unit)
    sheet.area(box.path, fill=HALO, opacity=0.78)
    for number in range(4):
        piece = Rect(x + number * part, y, part, 1.15 * unit)
        fill = INK if number % 2 == 0 else HALO
        sheet.area(piece.path, fill=fill, pen=Pen(INK, 0.4))
    above = y + 1.9 * unit
    sheet.text(x, above, "0", face, align="center")
    half = format_number(length / 2, lang, _digits(length / 2))
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
    sheet.area(box.path, fill=HALO, opacity=0.78)
    turn = math.radians(angle)

    def turned(dx: float, dy: float) -> tuple[float, float]:
        return (
            x + dx * math.cos(turn) - dy * math.sin(turn),
            y + dx * math.sin(turn) + dy * math.cos(turn),
        )

    tip, left, right = turned(0, size), turned(-0.2 * size, 0), turned(0.2 * size, 0)
    heel = turned(0, size * 0.22)
    sheet.area(line_path([tip, left, heel, tip]), fill=INK)
    sheet.area(line_path([tip, heel, right, tip]), fill=PAPER, pen=Pen(INK, 0.5))
    sheet.area(line_path([tip, left, heel, right, tip]), pen=Pen(INK, 0.5))
    letter = turned(0, size * 1.12)
    north = texts(lang).t("export.north")
    sheet.text(*letter, north, Face(8 * unit, bold=True), align="center", rotation=angle)
    if abs(angle) >= 0.3:
        sheet.line(line_path([(x, y), (x, y + size)]), Pen(MUTED_INK, 0.4, (2.0, 1.5)))
    return box


def degrees(value: float, ends: Sequence[str]) -> str:
    """Write a degree of longitude (``EW``) or latitude (``NS``): ``46°30′E``."""
    value = (value + 180) % 360 - 180 if abs(value) > 180 else value  # beyond the date line
    minutes = round(abs(value) * 60)
    side = "" if minutes in (0, 180 * 60) else ends[0] if value > 0 else ends[1]
    whole, rest = divmod(minutes, 60)
    return f"{whole}°{rest:02d}′{side}" if rest else f"{whole}°{side}"


def _labelled(
    crossings: Iterable[tuple[float, float]], ends: Sequence[str], face: Face, unit: float
) -> Iterator[tuple[float, str]]:
    """Give each place with its degrees, empty where they would run into those before."""
    free = -math.inf
    for value, place in crossings:
        label = degrees(value, ends) if place >= free else ""
        if label:
            free = place + width_mm(label, face) + 1.2 * unit
        yield place, label


def _degree_step(frame: MapFrame) -> float:
    """Choose an interval that leaves lines some three centimetres apart, less on a small map."""
    west, south, east, north = frame.degrees
    per_degree = min(frame.rect.width / (east - west), frame.rect.height / (north - south))
    wide = (step for step in _STEPS if step * per_degree >= min(27.0, frame.rect.width * 0.2))
    return next(wide, _STEPS[-1])


def _multiples(low: float, high: float, step: float) -> Iterable[float]:
    first, last = math.ceil(low / step), math.floor(high / step)
    return (number * step for number in range(first, last + 1))


def _crossings(
    frame: MapFrame, step: float, *, along: str, at: float
) -> Iterable[tuple[float, float]]:
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
    for value in _multiples(float(values[0]), float(values[-1]), step):
        place = float(np.interp(value, values, places))
        if start + 1 < place < end - 8:  # room for the number
            yield value, place


def _round_length(km: float) -> float:
    """Round down to 1, 2, 4 or 5 times a power of ten, so that half of it is short to write."""
    power = 10.0 ** math.floor(math.log10(km))
    return max(step for step in (1.0, 2.0, 4.0, 5.0) if step * power <= km) * power


def _digits(km: float) -> int:
    return 0 if float(km).is_integer() else 1
