"""Files of an atlas folder, or of a database, to `AtlasTables`; nothing else reads one.

No rule of meaning is applied here. A file that is missing, is not UTF-8 or does
not parse becomes a `Problem` of the tables, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from maps.atlas.load.database import DatabaseReader, fill, fingerprint, is_address
from maps.atlas.load.reader import FolderReader, geometries_of, geometry_of
from maps.atlas.load.tables import AtlasTables, Feature, Item, Row, Table
from maps.atlas.model.tables import OPTIONAL_TABLES, TABLES
from maps.cache import nothing_collected
from maps.errors import AtlasInvalid

__all__ = [
    "GROUND_PARTS",
    "AtlasTables",
    "Feature",
    "Item",
    "Row",
    "Table",
    "default_atlas_folder",
    "fill_database",
    "fingerprint",
    "geometry_of",
    "is_address",
    "load_tables",
]

GROUND_PARTS = ("land", "water", "rivers", "neighbours", "towns")
_ORIGIN_ENDING = ".origin.toml"


def default_atlas_folder() -> Path:
    """Find the shipped atlas: beside the package in a wheel, at the root of a checkout."""
    package = Path(__file__).resolve().parents[2]
    installed = package / "geodata"
    return installed if installed.is_dir() else package.parent.parent / "geodata"


@nothing_collected()
def load_tables(folder: Path | str) -> AtlasTables:
    """Read every file of an atlas folder, or of the database of a ``postgresql://`` address.

    See docs/data-model.md for the form of a folder, docs/database.md for a database.

    Raises
    ------
    DatabaseUnusable
        The database cannot be reached or holds no atlas.
    """
    if isinstance(folder, str) and is_address(folder):
        return _assembled(DatabaseReader(folder), found=True)
    reader = FolderReader(Path(folder))
    if not reader.folder.is_dir():
        reader.report(str(folder), None, "folder-missing", "is not a folder; name an atlas folder")
        return _assembled(reader, found=False)
    return _assembled(reader, found=True)


def fill_database(folder: Path, address: str, *, replace: bool = False) -> int:
    """Put every file that an atlas is read from into a database; gives their number.

    Raises
    ------
    AtlasInvalid
        A file cannot be read.
    DatabaseUnusable
        The database cannot take them; nothing in it is changed.
    """
    tables = load_tables(folder)
    if tables.problems:
        raise AtlasInvalid(tables.problems)
    reader = FolderReader(folder)
    files = {file: reader.read_bytes(file) or b"" for file in tables.files}
    fill(files, address, replace=replace)
    return len(files)


def _assembled(reader: FolderReader, *, found: bool) -> AtlasTables:
    unread = {name: Table(f"{name}.csv") for name in TABLES}
    layer_files = tuple(reader.names("boundaries/*.geojson")) if found else ()
    tables = {name: _table(reader, name) for name in TABLES} if found else unread
    texts = {Path(file).stem: reader.read_csv(file) for file in reader.names("text/*.csv")}
    found_catalogues = {
        Path(file).stem: reader.read_text(file) for file in reader.names("text/*.po")
    }
    basemap = _basemap(reader)
    for file in reader.names("raw/*"):
        if not file.endswith(_ORIGIN_ENDING) and not (reader.folder / file).is_dir():
            reader.read_bytes(file)
    return AtlasTables(
        folder=reader.folder,
        name=reader.name,
        settings=_mapping(reader, "atlas.toml", found=found),
        package=_mapping(reader, "datapackage.json", found=found),
        tables=tables,
        features=tuple(f for file in layer_files for f in _features(reader, file)),
        layer_files=layer_files,
        sources=_sources(reader) if found else (),
        texts=texts,
        catalogues={lang: text for lang, text in found_catalogues.items() if text is not None},
        origins=_toml_items(reader, f"raw/*{_ORIGIN_ENDING}"),
        stories=_toml_items(reader, "stories/*.toml"),
        basemap=basemap,
        relief=_relief(reader, basemap),
        ground=_ground(reader, basemap),
        problems=tuple(reader.problems),
        files=reader.sha256,
        digest=reader.digest(),
    )


def _mapping(reader: FolderReader, file: str, *, found: bool) -> Item:
    content: Any = None
    if found:
        content = reader.read_toml(file) if file.endswith(".toml") else reader.read_json(file)
    if content is not None and not isinstance(content, dict):
        reader.report(file, None, "shape", "must hold one object of names and values")
    return Item(file, None, content if isinstance(content, dict) else {})


def _sources(reader: FolderReader) -> tuple[Item, ...]:
    file = "sources.json"
    content = reader.read_json(file)
    if content is not None and not isinstance(content, list):
        reader.report(file, None, "shape", "must hold a list of CSL-JSON items")
    items: list[Item] = []
    for position, values in enumerate(content if isinstance(content, list) else [], start=1):
        if isinstance(values, dict):
            items.append(Item(file, position, values))
        else:
            reader.report(file, position, "shape", "is not a CSL-JSON item; write an object")
    return tuple(items)


def _features(reader: FolderReader, file: str) -> list[Feature]:
    content = reader.read_json(file)
    if content is None:
        return []
    found = content.get("features") if isinstance(content, dict) else None
    if not isinstance(found, list):
        reader.report(file, None, "shape", "must be a GeoJSON FeatureCollection")
        return []
    features: list[tuple[int, dict[str, Any]]] = []
    for position, value in enumerate(found, start=1):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            features.append((position, value))
        else:
            reader.report(file, position, "shape", "must be a GeoJSON feature with properties")
    geometries = geometries_of([value.get("geometry") for _, value in features])
    return [
        Feature(file, Path(file).stem, position, value["properties"], geometry)
        for (position, value), geometry in zip(features, geometries, strict=True)
    ]


def _table(reader: FolderReader, name: str) -> Table:
    file = f"{name}.csv"
    left_out = name in OPTIONAL_TABLES and not reader.names(file)
    return Table(file) if left_out else reader.read_csv(file)


def _toml_items(reader: FolderReader, pattern: str) -> tuple[Item, ...]:
    read = ((file, reader.read_toml(file)) for file in reader.names(pattern))
    return tuple(Item(file, None, values) for file, values in read if values is not None)


def _basemap(reader: FolderReader) -> Item:
    file = "basemap/basemap.json"
    values = reader.read_json(file) if reader.names(file) else {}
    if values is not None and not isinstance(values, dict):
        reader.report(file, None, "shape", "must hold one object of names and values")
    return Item(file, None, values if isinstance(values, dict) else {})


def _relief(reader: FolderReader, basemap: Item) -> bytes:
    name = basemap.values.get("relief")
    return reader.read_picture(f"basemap/{name}") if isinstance(name, str) and name else b""


def _ground(reader: FolderReader, basemap: Item) -> dict[str, Mapping[str, Any]]:
    parts: dict[str, Mapping[str, Any]] = {}
    for part in GROUND_PARTS:
        name = basemap.values.get(part)
        if not isinstance(name, str) or not name:
            continue
        content = reader.read_json(f"basemap/{name}")
        if isinstance(content, dict) and isinstance(content.get("features"), list):
            parts[part] = content
        elif content is not None:
            message = "must be a GeoJSON FeatureCollection"
            reader.report(f"basemap/{name}", None, "shape", message)
    return parts
