"""A map file as rows of properties with their polygons or points in EPSG:4326; Linked Places."""

from __future__ import annotations

import json
import math
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Point, Polygon, force_2d
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from maps.atlas.intake.coordinates import digits
from maps.atlas.intake.table import SHEETS, Entry, Sheet, read_sheet
from maps.atlas.intake.text import (
    cell_text,
    clean,
    decoded,
    kind_of,
    offered,
    parsed_json,
    refused,
)
from maps.atlas.longitudes import HALF, TURN, shape_written

PACKED = (".zip", ".kmz")
LINKED = (".json", ".geojson", ".jsonld", ".lpf")
_JSON = (".geojson", ".json", ".topojson")
MAPS = (*_JSON, ".geojsonl", ".gpkg", ".shp", ".fgb", ".kml", ".gml", ".gpx", ".parquet")
_WKT = ("wkt", "geometry", "geom", "geom_wkt", "the_geom")  # columns of a table
_OF_PLACES = ("name", "lat", "lon", "geonames_id")  # columns made of Linked Places
_DEGREES = "EPSG:4326"
_MENDED = 0.001  # of its area a shape may gain or lose where its rings cross themselves


def read_shapes(
    path: Path, crs: str = "", encoding: str = "", layer: str = ""
) -> tuple[Sheet, list[BaseGeometry]]:
    """Read the polygons of a map file, of one in a .zip, or of a table with a column of WKT.

    Features without one are left out, and told. Rings that cross themselves are mended where
    the ground stays the same but for a thousandth.

    Parameters
    ----------
    crs : str
        Said where the file does not say it, as ``EPSG:5514``.
    encoding : str
        Of names in a shapefile or GeoJSON that does not say it, as ``cp1251``.
    layer : str
        Of a file that holds several.

    Raises
    ------
    ImportRefused
        The file is missing, of another kind, has no polygon, or its CRS, its encoding or the
        layer meant is not known.
    """
    sheet, geometries = _features(path, crs, encoding, layer)
    entries, shapes, left, remarks = [], [], [], list(sheet.remarks)
    for entry, geometry in zip(sheet.entries, geometries, strict=True):
        polygons = [part for part in _parts(geometry) if isinstance(part, Polygon)]
        if not polygons:
            left.append(str(entry.line))
            continue
        if isinstance(geometry, MultiPolygon):
            ground: BaseGeometry = geometry
        else:
            ground = MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]
        entries.append(entry)
        if _is_across(ground):
            shapes.append(_parted(ground))
            remarks.append(f"row {entry.line} goes across 180 degrees and is parted there")
        else:
            shapes.append(_mended(ground))
            if not ground.is_valid and shapes[-1].is_valid:
                remarks.append(f"row {entry.line}: a ring crosses itself; it is parted there")
    if not entries:
        message = "has no polygon, which a boundary is; points come in as events or rows of places"
        raise refused(path, "geometry-kind", message)
    if left:
        remarks.append(f"what has no polygon is left out (row {', '.join(left)})")
    return replace(sheet, entries=tuple(entries), remarks=tuple(remarks)), shapes


def read_points(path: Path, encoding: str = "", layer: str = "") -> Sheet:
    """Read the points of a map file as rows with the columns ``lat`` and ``lon``.

    Raises
    ------
    ImportRefused
        As `read_shapes`, or there is no point.
    """
    sheet, geometries = _features(path, "", encoding, layer)
    entries, left = [], []
    for entry, geometry in zip(sheet.entries, geometries, strict=True):
        points = [part for part in _parts(geometry) if isinstance(part, Point)]
        if len(points) == 1:
            place = {"lat": digits(points[0].y), "lon": digits(points[0].x)}
            entries.append(Entry(entry.line, {**entry.cells, **place}))
        else:
            left.append(str(entry.line))
    if not entries:
        raise refused(path, "rows-missing", "has no feature with a point")
    remark = (f"what is not one point is left out (row {', '.join(left)})",) if left else ()
    columns = (*(name for name in sheet.columns if name not in ("lat", "lon")), "lat", "lon")
    return Sheet(sheet.file, columns, tuple(entries), (*sheet.remarks, *remark))


def read_places(path: Path, encoding: str = "") -> Sheet:
    """Read the name and the point of each feature of Linked Places; others are told.

    Raises
    ------
    ImportRefused
        The file is missing, cannot be read, or no feature has both.
    """
    kind_of(path, LINKED, f"is none of {', '.join(LINKED)}")
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
        lon, lat = next(_points_in(feature.get("geometry")), (None, None))
        if name and lon is not None and lat is not None:
            cells = (name, digits(lat), digits(lon), _geonames(feature))
            entries.append(Entry(position, dict(zip(_OF_PLACES, cells, strict=True))))
        else:
            remarks.append(f"feature {position} has no name or no point and is left out")
    if not entries:
        raise refused(path, "rows-missing", "has no place with a name and a point")
    return Sheet(path.name, _OF_PLACES, tuple(entries), tuple(remarks))


def _features(
    path: Path, crs: str, encoding: str, layer: str
) -> tuple[Sheet, list[BaseGeometry | None]]:
    """Read each feature of a file, in degrees and without heights."""
    maps = (*MAPS, *PACKED)
    kind = kind_of(path, (*maps, *SHEETS), f"is none of {', '.join(maps)}; convert it")
    if kind in SHEETS:
        return _of_table(read_sheet(path, encoding, layer))
    remarks: list[str] = []
    with _unpacked(path) as file:
        moved = _in_degrees(path, _frame(path, file, encoding, layer, remarks), crs)
    columns = [str(name) for name in moved.columns if name != moved.geometry.name]
    entries = tuple(
        Entry(number, dict(zip(columns, map(_text, cells), strict=True)))
        for number, cells in enumerate(moved[columns].itertuples(index=False, name=None), start=1)
    )
    shapes = [None if shape is None else force_2d(shape) for shape in moved.geometry]
    return Sheet(path.name, tuple(columns), entries, tuple(remarks)), shapes


def _parts(geometry: BaseGeometry | None) -> list[BaseGeometry]:
    """Give the single geometries of one of any kind."""
    if geometry is None or not hasattr(geometry, "geoms"):
        return [] if geometry is None or geometry.is_empty else [geometry]
    return [single for part in geometry.geoms for single in _parts(part)]


def _mended(shape: BaseGeometry) -> BaseGeometry:
    """Part rings where they cross themselves, unless more than a trifle would change by it."""
    if shape.is_valid:
        return shape
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    same = abs(mended.area - shape.area) <= _MENDED * mended.area
    return mended if same and not mended.is_empty else shape


def _is_across(shape: BaseGeometry) -> bool:
    """Tell whether a part of a shape crosses the date line."""
    rings = shapely.get_exterior_ring(shapely.get_parts(shape))
    longitudes = [shapely.get_coordinates(ring)[:, 0] for ring in rings]
    return any(max(abs(lons).max(), abs(np.diff(lons)).max()) > HALF for lons in longitudes)


def _parted(shape: BaseGeometry) -> BaseGeometry:
    """Part a polygon at the date line, as RFC 7946 (3.1.9) has it.

    It may go on past 180 degrees, or jump from one side of the map to the other: an edge
    longer than half the globe goes the short way.
    """
    parts: list[Polygon] = list(shapely.get_parts(shape))
    whole = shapely.union_all([_unrolled(part) for part in parts])
    is_told_as_it_is = (
        not whole.is_valid or abs(whole.bounds[0]) > 540 or abs(whole.bounds[2]) > 540
    )
    return shape if is_told_as_it_is else shape_written(whole)


def _unrolled(part: Polygon) -> BaseGeometry:
    """Let the longitudes of each ring go on past 180 degrees where it crosses the date line.

    A ring that goes round the earth has a pole inside, and is closed along it.
    """

    def ring(line: BaseGeometry) -> NDArray[np.float64]:
        points = shapely.get_coordinates(line)
        points[:, 0] = np.unwrap(points[:, 0], period=TURN)
        if abs(points[-1, 0] - points[0, 0]) > HALF:
            pole = math.copysign(90.0, points[:, 1].mean())
            points = np.vstack([points, [[points[-1, 0], pole], [points[0, 0], pole]]])
        return points

    def middle(points: NDArray[np.float64]) -> float:
        return float(points[:, 0].min() + points[:, 0].max()) / 2

    outer = ring(part.exterior)
    holes = []
    for hole in part.interiors:  # it follows the outer ring to where that has come to lie
        points = ring(hole)
        turns = round((middle(outer) - middle(points)) / TURN)
        holes.append(Polygon(points + np.array([turns * TURN, 0.0])))
    whole = _mended(Polygon(outer))
    return whole.difference(shapely.union_all(holes)) if holes and whole.is_valid else whole


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Give the map file; the only one of an archive, unpacked for as long as it is read."""
    if path.suffix.lower() not in PACKED:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)  # which keeps to the folder, whatever the names say
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise refused(path, "syntax", f"cannot be unpacked ({error})") from None
        files = [f for f in sorted(Path(folder).rglob("*")) if f.suffix.lower() in MAPS]
        found = [f for f in files if "__MACOSX" not in f.parts]
        if len(found) != 1:
            names = ", ".join(f.name for f in found) or f"none of {', '.join(MAPS)}"
            raise refused(path, "archive", f"must hold one map file; it holds {names}")
        yield found[0]


def _frame(path: Path, file: Path, encoding: str, layer: str, remarks: list[str]) -> Any:  # noqa: ANN401
    """Read a file as a GeoDataFrame; ``path`` is what the person gave."""
    import geopandas as gpd  # noqa: PLC0415 - 0.5 s
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    kind = file.suffix.lower()
    options: dict[str, str | None] = {}
    source: Path | bytes = file
    try:
        if kind == ".parquet":
            return gpd.read_parquet(file)
        if kind in _JSON:
            source = _json(path, file, encoding, remarks)
        else:
            with file.open("rb") as opened:
                head = opened.read(200)
            if head.isascii():  # that of a text, perhaps one that only points to the file
                decoded(path, head)
            options["layer"] = _layer(path, file, layer)
            if kind == ".shp":
                options["encoding"] = _shapefile_encoding(path, file, encoding, remarks)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what GDAL mends or leaves is checked below
            read = gpd.read_file(source, **options)
    except (DataSourceError, DataLayerError, GEOSException, ValueError) as error:
        # What follows in the message of GDAL is advice to programmers.
        said = str(error).partition("; It might help")[0].replace(str(file), file.name).rstrip(".")
        raise refused(path, "syntax", f"cannot be read as a map file ({said})") from None
    # TopoJSON has no place to say it, and is in degrees.
    is_topology = isinstance(source, bytes) and b'"arcs"' in source and read.crs is None
    return read.set_crs(_DEGREES) if is_topology else read


def _json(path: Path, file: Path, encoding: str, remarks: list[str]) -> bytes:
    """Give GeoJSON as UTF-8, its rings closed; what it must be in is not guessed."""
    content = file.read_bytes()
    if not encoding and content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        message = "is UTF-16, not UTF-8 as GeoJSON has to be; --encoding utf-16 reads it"
        raise refused(path, "encoding", message)
    found = parsed_json(path, decoded(path, content, encoding))
    if not isinstance(found, dict) or not found.keys() & {"type", "geometryType"}:
        raise refused(path, "syntax", "is JSON, but no GeoJSON: it has no type")
    features = found.get("features", [found])
    for position, feature in enumerate(features if isinstance(features, list) else [], start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and _close_rings(geometry):
            remarks.append(f"row {position}: a ring was not closed; it is now")
    return json.dumps(found, ensure_ascii=False).encode()


def _close_rings(geometry: dict[str, Any]) -> bool:
    """Let each ring of a (multi)polygon end where it starts; tell whether one did not."""
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    if geometry.get("type") not in ("Polygon", "MultiPolygon") or not isinstance(polygons, list):
        return False
    closed = False
    for ring in (ring for polygon in polygons if isinstance(polygon, list) for ring in polygon):
        if isinstance(ring, list) and len(ring) > 2 and ring[0] != ring[-1]:
            ring.append(ring[0])
            closed = True
    return closed


def _layer(path: Path, file: Path, wanted: str) -> str | None:
    """Give the layer that is wanted, or the only one; None where there is none with shapes."""
    import pyogrio  # noqa: PLC0415

    names = [str(name) for name, kind in pyogrio.list_layers(file) if kind]
    if file.suffix.lower() == ".gpx":  # which has layers for what it does not hold
        held = [pyogrio.read_info(file, layer=name, force_feature_count=True) for name in names]
        names = [name for name, info in zip(names, held, strict=True) if info["features"]]
    if wanted and wanted not in names:
        message = f"has no layer '{wanted}'; there are {', '.join(names)}"
        raise refused(path, "layer-unknown", message)
    if len(names) > 1 and not wanted:
        message = f"holds the layers {', '.join(names)}; name one: --from-layer {names[0]}"
        raise refused(path, "layer-unnamed", message)
    return wanted or next(iter(names), None)


def _shapefile_encoding(path: Path, file: Path, encoding: str, remarks: list[str]) -> str | None:
    """Give the encoding of the names; None where GDAL finds it said beside the file."""
    beside = {f.suffix.lower(): f for f in file.parent.iterdir() if f.stem == file.stem}
    if encoding or ".cpg" in beside:
        return encoding or None
    content = beside[".dbf"].read_bytes() if ".dbf" in beside else b""
    driver = content[29:30]  # the language of the program that wrote it; 0 says nothing
    if driver not in (b"", b"\0", b"\x57"):
        return None
    names = b"\n".join(content[int.from_bytes(content[8:10], "little") :].split())
    if not names.isascii():
        try:
            names.decode("utf-8")
        except UnicodeDecodeError:
            message = f"does not say its encoding (no .cpg beside it); {offered(names)}"
            raise refused(path, "encoding", message) from None
        remarks.append("does not say its encoding; its names are UTF-8 and read so")
    return "utf-8"


def _in_degrees(path: Path, read: Any, crs: str) -> Any:  # noqa: ANN401 - as above
    import geopandas as gpd  # noqa: PLC0415
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415

    if not isinstance(read, gpd.GeoDataFrame) or read.empty:
        raise refused(path, "geometry-empty", "has no features with geometries")
    if not crs and read.crs is None:
        raise refused(path, "crs-missing", f"does not say its CRS; name it: --crs {_DEGREES}")
    if crs:
        try:
            read = read.set_crs(crs, allow_override=True)
        except CRSError:
            raise refused(path, "crs-unknown", f"{crs!r} is no CRS; write {_DEGREES}") from None
    widest = float(np.nanmax(np.abs(read.total_bounds), initial=0))
    if read.crs.is_geographic and widest > 2 * 360:
        message = f"has coordinates such as {widest:.0f}, which are no degrees"
        raise refused(path, "crs-unfit", f"{message}; name its CRS: --crs EPSG:N")
    try:
        return read.to_crs(_DEGREES)
    except ProjError as error:
        raise refused(path, "crs-unfit", f"cannot be brought to degrees ({error})") from None


def _of_table(sheet: Sheet) -> tuple[Sheet, list[BaseGeometry | None]]:
    """Read the outlines of a table from its column of WKT, in degrees."""
    column = next((name for name in sheet.columns if name.lower() in _WKT), "")
    if not column:
        message = f"has no outlines; a table needs a column {' or '.join(_WKT[:2])} of WKT"
        raise refused(Path(sheet.file), "geometry-missing", message)
    shapes: list[BaseGeometry | None] = []
    for entry in sheet.entries:
        text = entry.cells.get(column, "").partition(";")
        try:
            shape = shapely.from_wkt(text[2] or text[0]) if text[0] else None
            shapes.append(force_2d(shape) if shape else None)
        except GEOSException:
            shapes.append(None)
    columns = tuple(name for name in sheet.columns if name != column)
    return replace(sheet, columns=columns), shapes


def _text(value: object) -> str:
    if isinstance(value, (list, tuple, np.ndarray)):
        return clean(";".join(map(str, value)))
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT are unequal to themselves
        return ""
    return clean(cell_text(value))


def _points_in(geometry: object) -> Iterator[tuple[float, float]]:
    """Give the points of a geometry, of a collection those of its members."""
    if not isinstance(geometry, dict):
        return
    if geometry.get("type") == "GeometryCollection":
        for member in geometry.get("geometries") or []:
            yield from _points_in(member)
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Point" and isinstance(coordinates, list) and len(coordinates) > 1:
        yield float(coordinates[0]), float(coordinates[1])


def _geonames(feature: Mapping[str, Any]) -> str:
    """Give the number in GeoNames of a place that is said to be the same there."""
    links = [feature.get("@id"), *(link.get("identifier") for link in feature.get("links") or [])]
    for link in filter(None, map(str, links)):
        for sign in ("gn:", "geonames.org/"):
            number = link.partition(sign)[2].strip("/").partition("/")[0]
            if number.isdecimal():
                return number
    return ""
