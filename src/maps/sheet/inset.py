"""A small map in a corner of a map: its wider surroundings, and what of them it shows."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

import shapely

from maps.day.view import Bbox, Shown
from maps.looks.style import HALO, INK, LAND, MUTED_INK, NEUTRAL, RIVER, WATER
from maps.map.ground import place_labels
from maps.sheet.names import HALO_MM, SEA_INK, Room, Wanted, draw_names
from maps.sheet.paint import Piece, filling_of
from maps.sheet.projection import MapFrame, edge_points, map_frame
from maps.sheet.sheet import Pen, Point, Rect, Sheet, path_of
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

    ``pieces`` are the boundaries on the map, ``events`` the places in mm where events are
    marked; the inset goes beside what has ``taken`` corners already.
    """
    rect, extent, base = frame.rect, shown.atlas.settings.extent, shown.atlas.basemap
    # The widest ground the atlas knows: that of its base map, whose land ends at the edges,
    # else that of all boundaries.
    features = (base.land or base.neighbours or {}).get("features", ())
    drawn = [shapely.geometry.shape(f["geometry"]) for f in features if f.get("geometry")]
    known = drawn or [boundary.geometry for boundary in shown.atlas.boundaries]
    west, south, east, north = shapely.total_bounds([*known, shapely.box(*extent)]).tolist()
    f_west, f_south, f_east, f_north = frame.degrees
    spare = max(_WIDEST_DEG - (f_east - f_west), 0.0) / 2
    west, south = max(west, f_west - spare), max(south, f_south - spare)
    east, north = min(east, f_east + spare), min(north, f_north + spare)
    size = max(east - west, 0.0) * max(north - south, 0.0)
    if size < _CLEARLY_LARGER * (f_east - f_west) * (f_north - f_south):
        return None
    ratio = (east - west) * math.cos(math.radians((south + north) / 2)) / (north - south)
    width = min(_SHARE[0] * rect.width, _SHARE[1] * rect.height * ratio, _WIDEST_MM * unit)
    if width < _NARROWEST_MM * unit:
        return None
    # What should be seen: areas with a colour most, outlines less, towns a little.
    weighed = [
        (piece.geometry, 1.0 if filling_of(shown, piece.shown).colours else 0.3) for piece in pieces
    ]
    towns = frame.place_features(base.towns)
    weighed += [(shapely.buffer(town, 0.5), _TOWN) for town in towns if not town.is_empty]
    marks = list(events)

    def hidden(corner: Rect) -> float:
        """Weigh what a box would hide: events, and of each area the share on the sheet."""
        hit = sum(map(corner.shrunk(-2 * unit).holds, marks))
        shares = (
            weight * shapely.intersection(area, corner.polygon).area / max(area.area, 1e-9)
            for area, weight in weighed
        )
        return _EVENT_HIDDEN * hit + sum(shares)

    costs = {
        box: hidden(box) for box in _corners(rect, width, width / ratio, taken, _AWAY_MM * unit)
    }
    box = min(costs, key=costs.__getitem__, default=None)
    if box is None or costs[box] >= _EVENT_HIDDEN:
        return None
    wide = _inside(box.shrunk(0.5 * unit), extent, (west, south, east, north), is_cut=bool(drawn))
    sheet.area(box, fill=HALO, pen=_BORDER)
    _ground(sheet, wide, shown)
    _names(sheet, wide, shown, _mark(sheet, wide, frame), unit)
    sheet.line(wide.rect, Pen(MUTED_INK, 0.35))
    return box


def _corners(
    rect: Rect, width: float, height: float, taken: Sequence[Rect], away: float
) -> Iterator[Rect]:
    """Give the places in the corners, moved inwards past what lies there already."""
    for is_top, is_right in itertools.product((True, False), (False, True)):
        x = rect.right - away - width if is_right else rect.x + away
        y = rect.top - away - height if is_top else rect.y + away
        places = [(x, y)]
        for other in taken:  # past it up or down if it is wide, to the side if it is high
            if other.width > other.height:
                places.append((x, other.y - away - height if is_top else other.top + away))
            else:
                places.append((other.x - away - width if is_right else other.right + away, y))
        boxes = (Rect(*place, width, height) for place in places)
        inside = (box for box in boxes if box.lies_in(rect.shrunk(0.9 * away)))
        free = (box for box in inside if not any(box.meets(other, away / 2) for other in taken))
        yield from itertools.islice(free, 1)


def _inside(rect: Rect, extent: Bbox, whole: Bbox, *, is_cut: bool) -> MapFrame:
    """Fit the ground into a box; where the land is cut at its edges, so that no cut is seen."""
    west, south, east, north = whole
    for share in _SHRINKING:
        dx, dy = share * (east - west), share * (north - south)
        frame = map_frame(rect, extent, (west + dx, south + dy, east - dx, north - dy))
        lon, lat = frame.to_degrees(*edge_points(frame.rect, 9))
        is_known = west <= lon.min() and lon.max() <= east and south <= lat.min()
        if not is_cut or (is_known and lat.max() <= north):
            break
    return frame


def _ground(sheet: Sheet, wide: MapFrame, shown: Shown) -> None:
    base, rect = shown.atlas.basemap, wide.rect
    listed = [each.boundary for each in shown.snapshot.boundaries]
    # Those of the day's outermost layer, whichever the mode shows.
    outermost = wide.place(each.geometry for each in listed if each.layer == listed[0].layer)
    land, water, neighbours = map(wide.place_features, (base.land, base.water, base.neighbours))
    placed = (land, outermost, water, neighbours)
    ground, units, lakes, abroad = (path_of(shapely.simplify(each, _FINEST_MM)) for each in placed)
    sheet.area(rect, fill=WATER if land else LAND)
    sheet.area(ground, fill=LAND, pen=Pen(RIVER, 0.35), clip=rect)
    sheet.area(units, fill=NEUTRAL.fill, opacity=0.4, clip=rect)
    sheet.area(lakes, fill=WATER, clip=rect)
    sheet.line(abroad, _ABROAD, clip=rect)
    sheet.line(units, _EDGE, clip=rect)


def _mark(sheet: Sheet, wide: MapFrame, frame: MapFrame) -> Rect:
    """Draw what the map shows as a rectangle: in one projection, it is one here too."""
    rect = frame.rect
    lon, lat = frame.to_degrees([rect.x, rect.right], [rect.y, rect.top])
    (x, right), (y, top) = (edges.tolist() for edges in wide.to_mm(lon, lat))
    width, height = (max(side, _SMALLEST_MARK_MM) for side in (right - x, top - y))
    mark = Rect((x + right - width) / 2, (y + top - height) / 2, width, height)
    sheet.area(mark, fill=HALO, opacity=0.35, clip=wide.rect)
    sheet.line(mark, Pen(HALO, _MARK.points + 1.2, opacity=0.8), _MARK, clip=wide.rect)
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
