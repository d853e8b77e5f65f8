"""Reading the extracts in an atlas's `raw/`, each against its origin record."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from maps.errors import BuildFailed


@dataclass(frozen=True)
class Feature:
    """One geometry of an extract in EPSG:4326 (lon, lat), with its attributes."""

    properties: Mapping[str, Any]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Grid:
    """Heights in metres; row 0 is the northernmost, ``west`` and ``north`` its outer edges."""

    values: npt.NDArray[np.float64]
    west: float
    north: float
    cell: float  # degrees


def read_bytes(path: Path) -> bytes:
    """Read one extract, unpacked.

    Raises
    ------
    BuildFailed
        The file has no origin record, or is not the file the record describes.
    """
    record = path.with_name(f"{path.name}.origin.toml")
    if not path.is_file() or not record.is_file():
        raise BuildFailed(f"{path}: the extract or its origin record {record.name} is missing")
    data = path.read_bytes()
    expected = tomllib.loads(record.read_text(encoding="utf-8")).get("sha256")
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise BuildFailed(f"{path}: sha256 is {found}, but {record.name} says {expected}")
    return gzip.decompress(data) if path.suffix == ".gz" else data


def read_features(path: Path) -> list[Feature]:
    """Read a GeoJSON extract, in the order of the file."""
    return [
        Feature(feature["properties"], shape(feature["geometry"]))
        for feature in json.loads(read_bytes(path))["features"]
    ]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV extract."""
    return list(csv.DictReader(io.StringIO(read_bytes(path).decode("utf-8"))))


def read_grid(path: Path) -> Grid:
    """Read an ESRI ASCII grid whose header gives the lower left corner."""
    lines = read_bytes(path).decode("ascii").splitlines()
    header = {key.lower(): float(value) for key, value in (line.split() for line in lines[:6])}
    values = np.array([line.split() for line in lines[6:]], dtype=np.float64)
    cell = header["cellsize"]
    north = header["yllcorner"] + header["nrows"] * cell
    return Grid(values, header["xllcorner"], north, cell)
