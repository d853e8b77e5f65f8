"""A small map in a corner of a map: its wider surroundings, and what of them it shows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from maps.atlas.model import Atlas
from maps.day.view import Bbox, Shown
from maps.looks.style import HALO, INK, LAND, MUTED_INK, NEUTRAL, RIVER, WATER
from maps.map.ground import place_labels
from maps.sheet.names import HALO_MM, SEA_INK, Room, Wanted, draw_names
from maps.sheet.paint import Piece, filling_of
from maps.sheet.projection import MapFrame, edge_points, map_frame
from maps.sheet.sheet import Pen, Rect, Sheet, path_of
from maps.sheet.typeset import Face

_CLEARLY_LARGER = 2.5  # times the ground in the frame; with less the inset says nothing new
_WIDEST_DEG = 24.0  # a zone of UTM far from its meridian is no map any more
_SHARE = 0.19, 0.29  # of the width and the height of the map, at most
_WIDEST_MM, _NARROWEST_MM = 46.0, 17.0
_SMALLEST_MARK_MM = 1.8
_FINEST_MM = 0.06  # what no eye sees of a line is left out
_AWAY_MM = 1.6  # between the inset and the frame, and between it and what else lies there
_SHRINKING = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.14)
_TOWN = 0.02
_EVENT_HIDDEN = 100.0  # weighs more than all boundaries
_BORDER, _EDGE = Pen(INK, 0.5), Pen(NEUTRAL.stroke, 0.5)
_ABROAD = Pen(MUTED_INK, 0.4, (3.0, 1.4), opacity=0.6)
_MARK = Pen(INK, 1.0)

Point = tuple[float, float]


def draw_inset(
    sheet: Sheet,
    frame: MapFrame,
    shown: Shown,
    pieces: Sequence[Piece],
    *,
    taken: Sequence[Rect],
    events: Iterable[Point],
    unit: float,
) -> Rect | None:
    """Draw the inset in the corner where it hides least; gives the box it takes.

    None, and nothing is drawn, where the atlas knows no ground clearly wider than
    the frame, the map is too small, or every corner has an event.

    Parameters
    ----------
    pieces : sequence of Piece
        The boundaries on the map.
    taken : sequence of Rect
        What lies in the corners already; the inset goes beside it.
    events : iterable of tuple
        Where events are marked, in mm.
    """
    whole, is_drawn = _whole(shown.atlas, frame)
    if whole is None:
        return None
    west, south, east, north = whole
    across = (east - west) * math.cos(math.radians((south + north) / 2))
    ratio, rect = across / (north - south), frame.rect
    width = min(_SHARE[0] * rect.width, _SHARE[1] * rect.height * ratio, _WIDEST_MM * unit)
    if width < _NARROWEST_MM * unit:
        return None
    marks = list(events)
    corners = list(_corners(rect, width, width / ratio, taken, _AWAY_MM * unit))
    # What should be seen: areas with a colour most, outlines less, towns a little.
    weighed = [
        (piece.geometry, 1.0 if filling_of(shown, piece.shown).colours else 0.3) for piece in pieces
    ]
    towns = frame.place_features(shown.atlas.basemap.towns)
    weighed += [(shapely.buffer(town, 0.5), _TOWN) for town in towns if not town.is_empty]
    costs = [_hidden(corner, weighed, marks, 2 * unit) for corner in corners]
    if not corners or min(costs) >= _EVENT_HIDDEN:
        return None
    box = corners[costs.index(min(costs))]
    wide = _inside(box.shrunk(0.5 * unit), shown.atlas.settings.extent, whole, is_drawn)
    sheet.area(box.path, fill=HALO, pen=_BORDER)
    _ground(sheet, wide, shown)
    _names(sheet, wide, shown, _mark(sheet, wide, frame), unit)
    sheet.line(wide.rect.path, Pen(MUTED_INK, 0.35))
    return box


def _whole(atlas: Atlas, frame: MapFrame) -> tuple[Bbox | None, bool]:
    """Find the widest ground an atlas knows, and whether its land ends at the edges.

    It is that of the base map, else of all boundaries; None if it is hardly wider.
    """
    base = atlas.basemap
    features = (base.land or base.neighbours or {}).get("features", ())
    shapes = [shapely.geometry.shape(f["geometry"]) for f in features if f.get("geometry")]
    is_drawn = bool(shapes)
    known = shapes or [boundary.geometry for boundary in atlas.boundaries]
    west, south, east, north = shapely.total_bounds([*known, shapely.box(*atlas.settings.extent)])
    f_west, f_south, f_east, f_north = frame.degrees
    spare = max(_WIDEST_DEG - (f_east - f_west), 0.0) / 2
    box = (
        max(float(west), f_west - spare),
        max(float(south), f_south - spare),
        min(float(east), f_east + spare),
        min(float(north), f_north + spare),
    )
    size = max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
    if size < _CLEARLY_LARGER * (f_east - f_west) * (f_north - f_south):
        return None, is_drawn
    return box, is_drawn


def _corners(
    rect: Rect, width: float, height: float, taken: Sequence[Rect], away: float
) -> Iterable[Rect]:
    """Give the places in the corners, moved inwards past what lies there already."""
    for is_top in (True, False):
        for is_right in (False, True):
            x = rect.right - away - width if is_right else rect.x + away
            y = rect.top - away - height if is_top else rect.y + away
            box = Rect(x, y, width, height)
            beside = [box, *(_past(box, other, is_top, is_right, away) for other in taken)]
            inside = (at for at in beside if at.lies_in(rect.shrunk(0.9 * away)))
            free = (at for at in inside if not any(at.meets(other, away / 2) for other in taken))
            yield from itertools.islice(free, 1)


def _past(box: Rect, other: Rect, is_top: bool, is_right: bool, away: float) -> Rect:
    """Move a box inwards, past another: up or down if that is wide, to the side if it is high."""
    if other.width > other.height:
        y = other.y - away - box.height if is_top else other.top + away
        return Rect(box.x, y, box.width, box.height)
    x = other.x - away - box.width if is_right else other.right + away
    return Rect(x, box.y, box.width, box.height)


def _hidden(
    box: Rect,
    weighed: Sequence[tuple[BaseGeometry, float]],
    events: Sequence[Point],
    near_mm: float,
) -> float:
    """Weigh what a box would hide: events, and of each area the share that is on the sheet."""
    area, grown = box.polygon, box.shrunk(-near_mm)
    hit = sum(map(grown.holds, events))
    shares = (
        weight * shapely.intersection(whole, area).area / max(whole.area, 1e-9)
        for whole, weight in weighed
    )
    return _EVENT_HIDDEN * hit + sum(shares)


def _inside(rect: Rect, extent: Bbox, whole: Bbox, is_drawn: bool) -> MapFrame:
    """Fit the ground into a box; where the land is cut at its edges, so that no cut is seen."""
    west, south, east, north = whole
    for share in _SHRINKING:
        dx, dy = share * (east - west), share * (north - south)
        frame = map_frame(rect, extent, (west + dx, south + dy, east - dx, north - dy))
        lon, lat = frame.to_degrees(*edge_points(frame.rect, 9))
        shows_only_land = west <= lon.min() and lon.max() <= east and south <= lat.min()
        if not is_drawn or (shows_only_land and lat.max() <= north):
            break
    return frame


def _ground(sheet: Sheet, wide: MapFrame, shown: Shown) -> None:
    base, rect = shown.atlas.basemap, wide.rect

    def placed(shapes: Sequence[BaseGeometry]) -> Path:
        return path_of(shapely.simplify(shapes, _FINEST_MM))

    land = wide.place_features(base.land)
    sheet.area(rect.path, fill=WATER if land else LAND)
    sheet.area(placed(land), fill=LAND, pen=Pen(RIVER, 0.35), clip=rect)
    listed = [each.boundary for each in shown.snapshot.boundaries]
    # Those of the day's outermost layer, whichever the mode shows.
    outermost = [each.geometry for each in listed if each.layer == listed[0].layer]
    units = placed(wide.place(outermost))
    sheet.area(units, fill=NEUTRAL.fill, opacity=0.4, clip=rect)
    sheet.area(placed(wide.place_features(base.water)), fill=WATER, clip=rect)
    sheet.line(placed(wide.place_features(base.neighbours)), _ABROAD, clip=rect)
    sheet.line(units, _EDGE, clip=rect)


def _mark(sheet: Sheet, wide: MapFrame, frame: MapFrame) -> Rect:
    """Draw what the map shows as a rectangle: in one projection, it is one here too."""
    rect = frame.rect
    lon, lat = frame.to_degrees([rect.x, rect.right], [rect.y, rect.top])
    (x, right), (y, top) = (edges.tolist() for edges in wide.to_mm(lon, lat))
    grown_x = max(_SMALLEST_MARK_MM - (right - x), 0.0) / 2
    grown_y = max(_SMALLEST_MARK_MM - (top - y), 0.0) / 2
    width, height = right - x + 2 * grown_x, top - y + 2 * grown_y
    mark = Rect(x - grown_x, y - grown_y, width, height)
    sheet.area(mark.path, fill=HALO, opacity=0.35, clip=wide.rect)
    sheet.line(mark.path, Pen(HALO, _MARK.points + 1.2, opacity=0.8), clip=wide.rect)
    sheet.line(mark.path, _MARK, clip=wide.rect)
    return mark


def _names(sheet: Sheet, wide: MapFrame, shown: Shown, mark: Rect, unit: float) -> None:
    """Name neighbours, then seas, as far as there is room beside the rectangle."""
    faces = {
        "country": Face(4.8 * unit, bold=True, colour=MUTED_INK),
        "sea": Face(4.6 * unit, italic=True, colour=SEA_INK),
    }
    room = Room(wide.rect)
    room.cover(mark)
    lakes = shapely.union_all(wide.place_features(shown.atlas.basemap.water))
    labels = [label for label in place_labels(shown.atlas, shown.lang) if label["kind"] in faces]
    wanted = []
    for label in sorted(labels, key=lambda each: each["kind"]):
        x, y = (float(part) for part in wide.to_mm(label["at"][1], label["at"][0]))
        if lakes.contains(shapely.Point(x, y)):
            continue  # a lake is too small to be named here; a sea is where the land ends
        away = 2.2 * unit
        spots = ((x, y - away), (x, y + away), (x - away, y), (x + away, y))
        wanted.append(Wanted(label["text"], (x, y), faces[label["kind"]], spots=spots))
    draw_names(sheet, (), wanted, room, halo_mm=0.6 * HALO_MM)
