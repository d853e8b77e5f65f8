"""What becomes rows: sheets, points of a map file, places of a gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from maps.atlas.intake.coordinates import digits
from maps.atlas.intake.shapes import MAPS, PACKED, read_points
from maps.atlas.intake.table import Entry, Sheet, read_sheet
from maps.atlas.intake.text import clean, decoded, parsed_json, refused

_LINKED = (".json", ".geojson", ".jsonld", ".lpf")
_COLUMNS = ("name", "lat", "lon", "geonames_id")
_GEONAMES = ("gn:", "geonames.org/")


def read_rows(path: Path, table: str, encoding: str = "", part: str = "") -> Sheet:
    """Read a file as rows of a table of an atlas; of ``places`` also as Linked Places.

    Parameters
    ----------
    encoding : str
        Of a file that does not say it, and is not UTF-8.
    part : str
        The sheet of a workbook or the layer of a map file; empty for the only one.

    Raises
    ------
    ImportRefused
        The file is missing, cannot be read, or has no rows.
    """
    kind = path.suffix.lower()
    if table == "places" and kind in _LINKED:
        return _places(path, encoding)
    if kind in (*MAPS, *PACKED):
        return read_points(path, encoding, part)
    return read_sheet(path, encoding, part)


def _places(path: Path, encoding: str) -> Sheet:
    """Read the name and the point of each feature; one without a point is left out, and told."""
    if not path.is_file():
        raise refused(path, "file-missing", "is missing; correct the path")
    content = parsed_json(path, decoded(path, path.read_bytes(), encoding))
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise refused(path, "syntax", "is no FeatureCollection of places")
    entries, remarks = [], []
    for position, each in enumerate(features, start=1):
        feature = each if isinstance(each, dict) else {}
        properties = feature.get("properties") or {}
        names = [n.get("toponym") for n in feature.get("names") or [] if isinstance(n, dict)]
        said = (properties.get("title"), properties.get("name"), *names)
        name = next((clean(str(each)) for each in said if each), "")
        lon, lat = next(_points(feature.get("geometry")), (None, None))
        if name and lon is not None and lat is not None:
            cells = (name, digits(lat), digits(lon), _geonames(feature))
            entries.append(Entry(position, dict(zip(_COLUMNS, cells, strict=True))))
        else:
            remarks.append(f"feature {position} has no name or no point and is left out")
    if not entries:
        raise refused(path, "rows-missing", "has no place with a name and a point")
    return Sheet(path.name, _COLUMNS, tuple(entries), tuple(remarks))


def _points(geometry: object) -> Iterator[tuple[float, float]]:
    """Give the points of a geometry, of a collection those of its members."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") == "GeometryCollection":
        for member in geometry.get("geometries") or []:
            yield from _points(member)
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(coordinates, list) and len(coordinates) > 1:
        yield float(coordinates[0]), float(coordinates[1])


def _geonames(feature: Mapping[str, Any]) -> str:
    """Give the number in GeoNames of a place that is said to be the same there."""
    links = [feature.get("@id"), *(link.get("identifier") for link in feature.get("links") or [])]
    for link in filter(None, map(str, links)):
        for sign in _GEONAMES:
            number = link.partition(sign)[2].strip("/").partition("/")[0]
            if number.isdecimal():
                return number
    return ""
