"""An atlas folder as it was found: rows, features and items with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from maps.atlas.model import MAIN_SOURCE
from maps.errors import Problem

_FORMER = "article"


def parts(text: str) -> tuple[str, ...]:
    """Split a list joined by ``;``; empty parts are dropped."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


class Row(dict[str, str]):
    """The cells of one row of a CSV file by column; ``line`` is where it starts (the header is 1).

    Cells are without surrounding space, and empty where the column is missing;
    ``written`` are those of the file as they stand there.
    """

    __slots__ = ("file", "line", "written")

    def __init__(self, file: str, line: int, header: Sequence[str], written: Sequence[str]) -> None:
        self.update(zip(header, map(str.strip, written), strict=False))
        self.file, self.line, self.written = file, line, written

    def __missing__(self, column: str) -> str:
        return ""

    def parts(self, column: str) -> tuple[str, ...]:
        """Split a cell that holds a list."""
        return parts(self[column])

    def problem(self, field: str, rule: str, message: str) -> Problem:
        """Make a problem at this row."""
        return Problem(self.file, self.line, self["id"], field, rule, message)


@dataclass(frozen=True)
class Table:
    """One CSV file; ``readable`` is False where it is missing or broken."""

    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    readable: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


@dataclass(frozen=True)
class Feature:
    """One feature of a boundary layer; ``position`` is 1 for the first.

    ``geometry`` is EPSG:4326 (lon, lat), None where it is missing or cannot be
    read as a geometry at all.
    """

    file: str
    layer: str
    position: int
    properties: Mapping[str, Any]
    geometry: BaseGeometry | None

    @cached_property
    def ground(self) -> BaseGeometry | None:
        """The geometry if it is valid, else None; to find that out takes long."""
        return self.geometry if self.geometry is not None and self.geometry.is_valid else None

    def __getitem__(self, name: str) -> str:
        """Give a property as text; empty where it is missing or null."""
        value = self.properties.get(name)
        return "" if value is None else str(value).strip()

    def problem(self, field: str, rule: str, message: str) -> Problem:
        """Make a problem at this feature."""
        return Problem(self.file, self.position, self["id"], field, rule, message)


@dataclass(frozen=True)
class Item:
    """One mapping out of a JSON list or a TOML file; ``position`` is 1 for the first."""

    file: str
    position: int | None
    values: Mapping[str, Any]

    def problem(self, field: str, rule: str, message: str) -> Problem:
        """Make a problem at this item."""
        return Problem(
            self.file, self.position, str(self.values.get("id", "")), field, rule, message
        )


@dataclass(frozen=True)
class AtlasTables:
    """All files of an atlas, unchecked; what could not be read is in ``problems``.

    ``tables`` is keyed by file name without ending, ``texts`` and ``catalogues`` (what
    ``text/<lang>.po`` holds, unread) by language,
    ``ground`` by part of the base map (``land``, ``water`` …). ``files`` gives
    the sha256 of each file read, ``digest`` the one of them all. ``name`` says which
    atlas it is: its folder, or the address of its database; ``relief`` is a picture's file.
    """

    folder: Path
    name: str
    settings: Item
    package: Item
    tables: Mapping[str, Table]
    features: tuple[Feature, ...]
    layer_files: tuple[str, ...]
    sources: tuple[Item, ...]
    texts: Mapping[str, Table]
    catalogues: Mapping[str, str]
    origins: tuple[Item, ...]
    stories: tuple[Item, ...]
    basemap: Item
    relief: bytes
    ground: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...]
    files: Mapping[str, str]
    digest: str

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def ground_features(self) -> Iterator[tuple[str, int, Any]]:
        """Give each feature of the base map, which may be none, behind its file and position."""
        for part, collection in self.ground.items():
            for position, feature in enumerate(collection["features"], start=1):
                yield f"basemap/{self.basemap.values[part]}", position, feature

    @property
    def written_languages(self) -> list[str]:
        """The languages the atlas is written in, the first one first; into others it is translated.

        Call it only with settings that are whole.
        """
        first, *others = self.settings.values["languages"]
        return [first, *(x for x in others if x in self.texts or x not in self.catalogues)]

    @cached_property
    def main_source(self) -> str:
        """What the tables call the work that the atlas retells; `atlas.toml` names it.

        An atlas written before it could be named called every such work an article.
        """
        said = self.settings.values.get("main_source")
        if isinstance(said, str):
            return said
        former = any(
            row["layer"] == _FORMER or row["evidence"] == f"{_FORMER}-only"
            for table in self.tables.values()
            for row in table
        )
        return _FORMER if former else MAIN_SOURCE
