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
from maps.atlas.load.tables import AtlasTables, Feature, Item, Row, Table, parts
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
    "parts",
]

GROUND_PARTS = ("land", "water", "rivers", "neighbours", "towns")
_BASEMAP = "basemap/basemap.json"
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
    if is_address(folder):
        return _assembled(DatabaseReader(str(folder)))
    reader = FolderReader(Path(folder))
    if not reader.is_folder:
        reader.report(str(folder), None, "folder-missing", "is not a folder; name an atlas folder")
    return _assembled(reader)


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


def _assembled(reader: FolderReader) -> AtlasTables:
    tables: dict[str, Table] = {}
    for name in TABLES:
        file = f"{name}.csv"
        left_out = name in OPTIONAL_TABLES and not reader.names(file)
        tables[name] = Table(file) if left_out else reader.read_csv(file)
    for file in reader.names("raw/*"):
        if not file.endswith(_ORIGIN_ENDING) and not (reader.folder / file).is_dir():
            reader.read_bytes(file)
    layer_files = tuple(reader.names("boundaries/*.geojson"))
    catalogues = {Path(file).stem: reader.read_text(file) for file in reader.names("text/*.po")}
    has_basemap = bool(reader.names(_BASEMAP))
    basemap = _mapping(reader, _BASEMAP) if has_basemap else Item(_BASEMAP, None, {})
    named = {k: f"basemap/{v}" for k, v in basemap.values.items() if v and isinstance(v, str)}
    ground = {part: _collection(reader, named[part]) for part in GROUND_PARTS if part in named}
    return AtlasTables(
        folder=reader.folder,
        name=reader.name,
        settings=_mapping(reader, "atlas.toml"),
        package=_mapping(reader, "datapackage.json"),
        tables=tables,
        features=tuple(f for file in layer_files for f in _features(reader, file)),
        layer_files=layer_files,
        sources=_sources(reader),
        texts={Path(file).stem: reader.read_csv(file) for file in reader.names("text/*.csv")},
        catalogues={lang: text for lang, text in catalogues.items() if text is not None},
        origins=_toml_items(reader, f"raw/*{_ORIGIN_ENDING}"),
        stories=_toml_items(reader, "stories/*.toml"),
        basemap=basemap,
        relief=reader.read_picture(named["relief"]) if "relief" in named else b"",
        ground={part: content for part, content in ground.items() if content is not None},
        problems=tuple(reader.problems),
        files=reader.sha256,
        digest=reader.digest(),
    )


def _mapping(reader: FolderReader, file: str) -> Item:
    content = reader.read_toml(file) if file.endswith(".toml") else reader.read_json(file)
    if content is not None and not isinstance(content, dict):
        reader.report(file, None, "shape", "must hold one object of names and values")
    return Item(file, None, content if isinstance(content, dict) else {})


def _toml_items(reader: FolderReader, pattern: str) -> tuple[Item, ...]:
    read = ((file, reader.read_toml(file)) for file in reader.names(pattern))
    return tuple(Item(file, None, values) for file, values in read if values is not None)


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


def _collection(reader: FolderReader, file: str) -> Mapping[str, Any] | None:
    content = reader.read_json(file)
    if isinstance(content, dict) and isinstance(content.get("features"), list):
        return content
    if content is not None:
        reader.report(file, None, "shape", "must be a GeoJSON FeatureCollection")
    return None


def _features(reader: FolderReader, file: str) -> list[Feature]:
    features: list[tuple[int, dict[str, Any]]] = []
    collection = _collection(reader, file) or {"features": []}
    for position, value in enumerate(collection["features"], start=1):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            features.append((position, value))
        else:
            reader.report(file, position, "shape", "must be a GeoJSON feature with properties")
    geometries = geometries_of([value.get("geometry") for _, value in features])
    return [
        Feature(file, Path(file).stem, position, value["properties"], geometry)
        for (position, value), geometry in zip(features, geometries, strict=True)
    ]
