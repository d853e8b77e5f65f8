"""Names to ids: new ids, and the region or the place that a row means."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from difflib import get_close_matches
from itertools import chain, count

from maps.atlas.intake.coordinates import degrees, pair
from maps.atlas.intake.draft import Draft
from maps.atlas.intake.table import Entry
from maps.atlas.intake.text import alike
from maps.atlas.model.columns import LONGEST_ID, NUMBER, Column

_LONGEST = LONGEST_ID - 20  # a year or a number may follow
_SAME_KM = 1.0  # nearer than this, two points of one name are one place: a village is as large

_Point = tuple[str, str]  # latitude and longitude, as they are written


def kebab(text: str, otherwise: str = "") -> str:
    """Make an id of a name in any script, ``otherwise`` of one that has no letter we can write."""
    plain = "".join(c if c.isascii() else _latin(c) for c in unicodedata.normalize("NFC", text))
    id = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return id[:_LONGEST].strip("-") or otherwise


def _latin(character: str) -> str:
    from text_unidecode import unidecode  # noqa: PLC0415 - reads its tables once, where needed

    # Signs that stand for a soft or a hard sign would part a word in two.
    return str(unidecode(character)).strip("'`\"")


def fitting(said: str, column: Column) -> str:
    """Give an id or a choice as its column has it, where it is written in another way."""
    if column.choices:
        return next((each for each in column.choices if kebab(each) == kebab(said)), said)
    return said if not said or column.id_form.fullmatch(said) else kebab(said)


def id_of_date(edtf: str) -> str:
    """Give a date as it stands in an id: years before the year 1 as 44-bce."""
    return re.sub(r"^-(\d{4})", lambda year: f"{int(year[1]) + 1}-bce", edtf)


def fresh(wanted: str, taken: Collection[str]) -> str:
    """Give an id that is not taken, with a number where it must be."""
    ids = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(id for id in ids if id not in taken)


def numbered(letter: str, taken: Collection[str]) -> str:
    """Give the next id of a letter and a number: E05 after four others."""
    ids = (f"{letter}{number:02}" for number in count(len(taken) + 1))
    return next(id for id in ids if id not in taken)


class RegionFinder:
    """Finds the region a file means, by id or by any of its names."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self.ids = {row["id"] for row in draft.tables["regions"]}
        self._named: dict[str, set[str]] = defaultdict(set)
        # Pieces that only paint bear the name of what they are a piece of.
        pieces = {r["id"] for r in draft.tables["regions"] if r["kind"] == "control-unit"}
        for row in sorted(draft.tables["names"], key=lambda row: row["region_id"] in pieces):
            if row["region_id"] not in pieces or alike(row["form"]) not in self._named:
                self._named[alike(row["form"])].add(row["region_id"])

    def known(self, said: str) -> str:
        """Give the id of a region that is there, else what two spellings of the name share."""
        if said in self.ids:
            return said
        named = self._named.get(alike(said), set())
        return next(iter(named)) if len(named) == 1 else alike(said)

    def find(self, entry: Entry, field: str, said: str, name: str = "") -> str:
        """Give the id of what a field of a row says; empty where it has a fault.

        A region that is not there is created, with ``name``, where that was asked for.
        """
        named = self._named.get(alike(said), set())
        if said in self.ids or len(named) == 1:
            return self.known(said)
        joined = [part.strip() for part in re.split(r"[,/|]", said) if part.strip()]
        if named:
            fault = f"'{said}' is the name of {', '.join(sorted(named))}; write the id of one"
        elif len(joined) > 1 and all(p in self.ids or alike(p) in self._named for p in joined):
            message = "are several regions; join them by a semicolon"
            fault = f"'{said}' {message}: {'; '.join(joined)}"
        elif self._draft.wishes.create_regions:
            return self._created(said, name or said, entry.line)
        else:
            near = get_close_matches(said, [*self.ids, *self._named], n=1)
            meant = f"; did you mean '{near[0]}'?" if near else ""
            fault = f"'{said}' is no region of the atlas{meant}; --create-regions makes it"
        self._draft.fault(entry, field, "reference-unknown", fault)
        return ""

    def _created(self, said: str, name: str, line: int) -> str:
        id = fresh(kebab(said, "region"), self.ids)
        self._draft.new_regions.append(name)
        self.ids.add(id)
        self._named[alike(said)].add(id)
        self._draft.append("regions.csv", {"id": id, "kind": "region"}, line)
        for lang in self._draft.tables.settings.values["name_languages"]:
            row = {"region_id": id, "lang": lang, "form": name, "main": "true"}
            self._draft.append("names.csv", row, line)
        return id


class PlaceFinder:
    """Finds the place a row means; makes one where it gives coordinates that no place has."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._points = {row["id"]: (row["lat"], row["lon"]) for row in draft.tables["places"]}
        self._named: dict[str, list[str]] = defaultdict(list)
        for lang in draft.languages:
            for row in draft.tables.texts[lang]:
                if row["key"].startswith("place."):
                    named = self._named[alike(row["text"])]
                    id = row["key"].removeprefix("place.")
                    named += [] if id in named else [id]

    def find(self, entry: Entry) -> str:
        """Give the id of the place of a row; empty where it names none, or has a fault."""
        said = self._draft.fields.get(entry, "place_id")
        point, is_faulty = self._point(entry)
        if is_faulty or not (said or point):
            return ""
        if point:
            name = said or f"{point[0]}, {point[1]}"
            for id in [said] if said in self._points else self._named[alike(name)]:
                if _km(self._points[id], point) < _SAME_KM:
                    return id
            return self._made(name, point, entry)
        named = [said] if said in self._points else self._named.get(alike(said), [])
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
        said = {axis: self._draft.fields.get(entry, axis) for axis in ("lat", "lon")}
        whole = self._draft.fields.get(entry, "coordinates")
        if any(said.values()):
            lat, lon = (degrees(text, axis) for axis, text in said.items())
        elif whole:
            lat, lon = pair(whole)
        else:
            return None, False
        if NUMBER.fullmatch(lat) and NUMBER.fullmatch(lon):
            return (lat, lon), False
        if not any(said.values()):
            message = f"'{whole}' is no pair of coordinates; write 48.25, 16.5 or POINT(16.5 48.25)"
            self._draft.fault(entry, "coordinates", "coordinate-unreadable", message)
            return None, True
        for (axis, text), number in zip(said.items(), (lat, lon), strict=True):
            if not text:
                message = "is empty while the other coordinate is given; fill both or none"
                self._draft.fault(entry, axis, "coordinate-half", message)
            elif not NUMBER.fullmatch(number):
                message = f"'{text}' is no {axis} in degrees; write 48.25, 48,25, 48°15'N"
                self._draft.fault(entry, axis, "coordinate-unreadable", message)
        return None, True

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
        self._draft.append_text(f"place.{id}", name, entry.line)
        return id


def _km(one: _Point, other: _Point) -> float:
    from pyproj import Geod  # noqa: PLC0415

    (lat, lon), (lat_2, lon_2) = ((float(a), float(b)) for a, b in (one, other))
    return float(Geod(ellps="WGS84").inv(lon, lat, lon_2, lat_2)[2]) / 1000
