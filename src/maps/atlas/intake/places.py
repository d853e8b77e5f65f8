"""Places that rows name, or give by their coordinates."""

from __future__ import annotations

from collections import defaultdict

from maps.atlas.intake.coordinates import degrees, pair
from maps.atlas.intake.draft import Draft
from maps.atlas.intake.mapping import Fields
from maps.atlas.intake.names import fresh, kebab
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.model.columns import NUMBER

_SAME_KM = 1.0  # nearer than this, two points of one name are one place: a village is as large
_FORMS = "48.25, 48,25, 48°15'N"

_Point = tuple[str, str]  # latitude and longitude, as they are written


class PlaceFinder:
    """Finds the place a row means; makes one where it gives coordinates that no place has."""

    def __init__(self, draft: Draft, fields: Fields) -> None:
        self._draft = draft
        self._fields = fields
        self._languages = draft.tables.written_languages
        self._points = {row["id"]: (row["lat"], row["lon"]) for row in draft.tables["places"]}
        self._named: dict[str, list[str]] = defaultdict(list)
        for lang in self._languages:
            for row in draft.tables.texts[lang]:
                if row["key"].startswith("place."):
                    named = self._named[alike(row["text"])]
                    id = row["key"].removeprefix("place.")
                    named += [] if id in named else [id]

    def find(self, entry: Entry) -> str:
        """Give the id of the place of a row; empty where it names none, or has a fault."""
        said = self._fields.get(entry, "place_id")
        point, faulty = self._point(entry)
        if faulty:
            return ""
        if said in self._points and point is None:
            return said
        if not said and point is None:
            return ""
        if point is None:
            return self._only(said, entry)
        name = said or f"{point[0]}, {point[1]}"
        for id in [said] if said in self._points else self._named[alike(name)]:
            if _km(self._points[id], point) < _SAME_KM:
                return id
        return self._made(name, point, entry)

    def _only(self, said: str, entry: Entry) -> str:
        named = self._named.get(alike(said), [])
        if len(named) == 1:
            return named[0]
        if named:
            where = ", ".join(f"{id} ({', '.join(self._points[id])})" for id in named)
            message = f"'{said}' is the name of {where}; write the id of one, or lat and lon"
        else:
            message = f"'{said}' is no place of the atlas; give lat and lon in degrees to make it"
        self._draft.fault(entry, "place_id", "reference-unknown", message)
        return ""

    def _point(self, entry: Entry) -> tuple[_Point | None, bool]:
        """Give the coordinates of a row, and whether what it has for them cannot be read."""
        said = {axis: self._fields.get(entry, axis) for axis in ("lat", "lon")}
        whole = self._fields.get(entry, "coordinates")
        if not any(said.values()):
            if not whole:
                return None, False
            lat, lon = pair(whole)
            if NUMBER.fullmatch(lat) and NUMBER.fullmatch(lon):
                return (lat, lon), False
            message = f"'{whole}' is no pair of coordinates; write 48.25, 16.5 or POINT(16.5 48.25)"
            self._draft.fault(entry, "coordinates", "coordinate-unreadable", message)
            return None, True
        found = {axis: degrees(text, axis) for axis, text in said.items()}
        for axis, text in said.items():
            if not text:
                message = "is empty while the other coordinate is given; fill both or none"
                self._draft.fault(entry, axis, "coordinate-half", message)
            elif not NUMBER.fullmatch(found[axis]):
                message = f"'{text}' is no {axis} in degrees; write {_FORMS}"
                self._draft.fault(entry, axis, "coordinate-unreadable", message)
        if not all(NUMBER.fullmatch(text) for text in found.values()):
            return None, True
        return (found["lat"], found["lon"]), False

    def _made(self, name: str, point: _Point, entry: Entry) -> str:
        others = self._named[alike(name)]
        id = fresh(kebab(name, "place"), self._points)
        if others:
            first = self._points[others[0]]
            self._draft.remarks.append(
                f"row {entry.line}: '{name}' at {', '.join(point)} is another place than "
                f"{others[0]} at {', '.join(first)}, {_km(first, point):.0f} km away: {id}"
            )
        self._points[id] = point
        others.append(id)
        row = {"id": id, "lat": point[0], "lon": point[1]}
        self._draft.append("places.csv", row, entry.line)
        for lang in self._languages:
            text = {"key": f"place.{id}", "text": name}
            self._draft.append(f"text/{lang}.csv", text, entry.line)
        return id


def _km(one: _Point, other: _Point) -> float:
    from pyproj import Geod  # noqa: PLC0415

    (lat, lon), (lat_2, lon_2) = ((float(a), float(b)) for a, b in (one, other))
    return float(Geod(ellps="WGS84").inv(lon, lat, lon_2, lat_2)[2]) / 1000
