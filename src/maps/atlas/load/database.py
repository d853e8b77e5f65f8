"""An atlas in a PostGIS database: filled from the files of a folder, read as if it were one.

In the schema ``atlas`` each CSV file, boundary layer and part of the base map is a table
that has the columns of its file; ``sources`` has one item of CSL-JSON a row. The table
``files`` lists every file of the atlas: the table that holds it, or else its content.
Rows are in the order of ``row_number``. Geometries are EPSG:4326 (lon, lat).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

import shapely
from shapely.geometry import mapping

from maps.atlas.geojson import collection
from maps.atlas.load.reader import FolderReader, geometry_of
from maps.atlas.model import Boundary
from maps.atlas.model.columns import columns_of
from maps.atlas.model.tables import TABLES
from maps.errors import AssetMissing, DatabaseUnusable
from maps.files import write_whole

if TYPE_CHECKING:
    from psycopg import Connection

_KEY, _GEOMETRY = "row_number", "geometry"
_TYPES = {str: "text", bool: "boolean", int: "bigint", float: "double precision"}
_LONGEST_NAME = 63  # bytes of a name; PostgreSQL cuts off the rest of a longer one
_FILES = """CREATE TABLE atlas.files (
    file text PRIMARY KEY, in_table text, content text, bytes bytea, rows_sha256 text);
COMMENT ON COLUMN atlas.files.in_table IS 'The table that holds it';
COMMENT ON COLUMN atlas.files.bytes IS 'A file that is no text, or that was written otherwise
 than its table is: it counts as long as rows_sha256 is what the table gives'"""


class _Rows(NamedTuple):
    """What one file becomes: its columns with their types, and its rows in order."""

    columns: Mapping[str, str]
    rows: Sequence[Sequence[Any]]


def is_address(place: Path | str) -> bool:
    """Tell the address of a database from the name of a folder."""
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))


def shown(address: str) -> str:
    """Give an address as it may be shown: without user and password."""
    return re.sub(r"([?&]password=)[^&]*", r"\1…", re.sub(r"//[^/]*@", "//", address))


class DatabaseReader(FolderReader):
    """Reads the tables of a database, all in one state of it, as the files they came from.

    Raises
    ------
    DatabaseUnusable
        It cannot be reached or holds no atlas. A single table that cannot be read
        becomes a problem of its file.
    AssetMissing
        The driver is not installed.
    """

    def __init__(self, address: str) -> None:
        self._faults: dict[str, tuple[str, str]] = {}
        self._contents: dict[str, bytes] = {}
        with _connected(address) as connection:
            for file, table, text, content, rows_sha256 in connection.execute(
                "SELECT file, in_table, content, bytes, rows_sha256 FROM atlas.files"
            ).fetchall():
                if table:
                    written = self._table(connection, file, table)
                    unchanged = rows_sha256 and rows_sha256 == _sha256(written)
                    self._contents[file] = content if unchanged else written
                else:
                    self._contents[file] = (text or "").encode() if content is None else content
        super().__init__(_pictures(self._contents))
        self.name = shown(address)

    def names(self, pattern: str) -> list[str]:
        """List the files that match a pattern, as sorted paths with ``/``."""
        # From the root, as a relative pattern would match the end of a longer path.
        return sorted(f for f in self._contents if PurePath(f"/{f}").match(f"/{pattern}"))

    def read_bytes(self, file: str) -> bytes | None:
        """Give one file as it would stand in a folder; None, and a problem, where that fails."""
        if ".." in PurePosixPath(file).parts:
            self.report(file, None, "file-outside", "lies outside the atlas; correct its name")
        elif file in self._faults:
            self.report(file, None, *self._faults[file])
        elif file not in self._contents:
            message = "is missing; add the file, or correct what names it"
            self.report(file, None, "file-missing", message)
        else:
            self.sha256[file] = _sha256(self._contents[file])
            return self._contents[file]
        return None

    def _table(self, connection: Connection[Any], file: str, table: str) -> bytes:
        import psycopg  # noqa: PLC0415

        try:
            with connection.transaction():  # a savepoint: the other tables are read all the same
                return _written(connection, file, table)
        except psycopg.errors.UndefinedTable:
            again = f"make it again, or delete the row '{file}' of atlas.files"
            self._faults[file] = ("file-missing", f"is missing: no table atlas.{table}; {again}")
        except psycopg.Error as error:
            why = f"table atlas.{table} cannot be read ({_first_line(error)})"
            self._faults[file] = ("file-unreadable", f"{why}; mend or grant it")
        return b""


def fill(files: Mapping[str, bytes], address: str, *, replace: bool = False) -> None:
    """Put the files of an atlas into a database, all or nothing.

    Raises
    ------
    DatabaseUnusable
        It cannot be reached or written, has no PostGIS, cannot hold a name or a
        value, or holds an atlas already and none is to be replaced.
    """
    with _connected(address, write=True) as connection:
        _make_room(connection, address, replace=replace)
        for file, content in files.items():
            table = _table_of(file)
            if table:
                _create(connection, file, table, _rows_of(file, content))
                written = _written(connection, file, table)
                kept = (None, None) if written == content else (content, _sha256(written))
                values = (file, table, None, *kept)
            else:
                text = _text(content)
                values = (file, None, text, content if text is None else None, None)
            connection.execute("INSERT INTO atlas.files VALUES (%s, %s, %s, %s, %s)", values)


def fingerprint(address: str) -> str:
    """Tell one state of the tables from another without reading them.

    Each row is marked with the transaction that wrote it, so a sum and a count of
    these marks differ after any change.
    """
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415

    with _connected(address) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'atlas' AND "
            "(tablename = 'files' OR tablename IN (SELECT in_table FROM atlas.files))"
        ).fetchall()
        marks = SQL("SELECT {}, count(*), sum(xmin::text::bigint) FROM atlas.{}")
        each = (marks.format(Literal(name), Identifier(name)) for (name,) in sorted(found))
        states = connection.execute(SQL(" UNION ALL ").join(each)).fetchall()
    return _sha256(repr(sorted(states)).encode())


@contextmanager
def _connected(address: str, *, write: bool = False) -> Iterator[Connection[Any]]:
    """Open one transaction, for reading of one state of all tables; end it whole or not at all."""
    try:
        import psycopg  # noqa: PLC0415  an extra, and slow to load
    except ImportError:
        raise AssetMissing(
            "an atlas in a database is read by psycopg; install border-accounts[postgis]"
        ) from None
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = not write
            yield connection
    except psycopg.errors.UndefinedTable as error:
        hint = "" if write else "; `maps load DIR ADDRESS` puts an atlas there"
        raise DatabaseUnusable(f"{shown(address)}: {_first_line(error)}{hint}") from None
    except psycopg.errors.InsufficientPrivilege as error:
        reading = "grant USAGE on the schema atlas and SELECT on its tables"
        wanted = "load as the owner of the database" if write else reading
        raise DatabaseUnusable(f"{shown(address)}: {_first_line(error)}; {wanted}") from None
    except psycopg.Error as error:
        raise DatabaseUnusable(f"{shown(address)}: {_first_line(error)}") from None


def _make_room(connection: Connection[Any], address: str, *, replace: bool) -> None:
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415

    asked = "SELECT count(*) FROM {} WHERE {} = 'postgis'"
    available, installed = (
        connection.execute(SQL(asked).format(Identifier(view), Identifier(column))).fetchone()
        for view, column in (("pg_available_extensions", "name"), ("pg_extension", "extname"))
    )
    if available == (0,) and installed == (0,):
        raise DatabaseUnusable(
            f"{shown(address)}: the server has no PostGIS; install it there "
            "(Debian: apt-get install postgis postgresql-postgis)"
        )
    if installed == (0,):
        connection.execute("CREATE EXTENSION postgis")
    if connection.execute("SELECT to_regnamespace('atlas')").fetchone() == (None,):
        connection.execute("CREATE SCHEMA atlas")
    if connection.execute("SELECT to_regclass('atlas.files')").fetchone() != (None,):
        if not replace:
            raise DatabaseUnusable(
                f"{shown(address)}: holds an atlas already; add --replace to put this in its place"
            )
        held = connection.execute("SELECT in_table FROM atlas.files WHERE in_table IS NOT NULL")
        for (table,) in [*held.fetchall(), ("files",)]:
            connection.execute(SQL("DROP TABLE IF EXISTS atlas.{}").format(Identifier(table)))
    connection.execute(_FILES)


def _create(connection: Connection[Any], file: str, table: str, held: _Rows) -> None:
    """Make the table of one file and copy its rows there."""
    from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415

    for name in (table, *held.columns):
        if not name or name == _KEY or len(name.encode()) > _LONGEST_NAME:
            rule = f"1 to {_LONGEST_NAME} bytes and not '{_KEY}'"
            raise DatabaseUnusable(f"{file}: '{name}' can be no name in a database; {rule} can")
    names = [Identifier(name) for name in held.columns]
    defined = [
        SQL("{} {}").format(name, SQL(kind))
        for name, kind in zip(names, held.columns.values(), strict=True)
    ]
    target = Identifier("atlas", table)
    first = 2 if file.endswith(".csv") else 1  # as problems count: the header is row 1
    key = SQL(f"{_KEY} integer GENERATED BY DEFAULT AS IDENTITY (START {first}) PRIMARY KEY")
    connection.execute(SQL("CREATE TABLE {} ({})").format(target, SQL(", ").join([key, *defined])))
    record = Boundary if file.startswith("boundaries/") else TABLES.get(table)
    for column in columns_of(record) if record else ():
        if column.help and column.name in held.columns:
            place = Identifier("atlas", table, column.name)
            comment = SQL("COMMENT ON COLUMN {} IS {}").format(place, Literal(column.help))
            connection.execute(comment)
    into = SQL("COPY {} ({}) FROM STDIN").format(target, SQL(", ").join(names))
    with connection.cursor().copy(into) as copy:
        for row in held.rows:
            copy.write_row(row)


def _table_of(file: str) -> str:
    """Name the table that holds a file; empty for one that is kept as it is."""
    path = PurePosixPath(file)
    in_rows = {".csv": (".", "text"), ".geojson": ("boundaries", "basemap")}
    if file != "sources.json" and str(path.parent) not in in_rows.get(path.suffix, ()):
        return ""
    return file.removesuffix(path.suffix).replace("/", "_")


def _rows_of(file: str, content: bytes) -> _Rows:
    text = content.decode("utf-8-sig")
    if file.endswith(".csv"):
        header, *rows = [cells for cells in csv.reader(io.StringIO(text, newline="")) if any(cells)]
        return _Rows({name.strip(): "text" for name in header}, rows)
    if file == "sources.json":
        return _Rows({"item": "json"}, [(_json(item),) for item in json.loads(text)])
    return _of_features(json.loads(text)["features"], layer=file.startswith("boundaries/"))


def _of_features(features: Sequence[Mapping[str, Any]], *, layer: bool) -> _Rows:
    # A layer without a feature has the columns all the same, for the first one to be drawn.
    kinds: dict[str, set[type]] = {}
    for column in columns_of(Boundary) if layer else ():
        kinds[column.name] = set()
    for feature in features:
        for name, value in feature["properties"].items():
            kinds.setdefault(name, set()).add(type(value))
    columns = {name: _column_type(found) for name, found in kinds.items()}
    shapes = [geometry_of(feature.get("geometry")) for feature in features]
    types = {shape.geom_type for shape in shapes if shape is not None}
    one_type = types.pop() if len(types) == 1 else "Geometry"
    rows = [
        (
            *(_cell(feature["properties"].get(name), columns[name]) for name in columns),
            shape and shapely.to_wkb(shape, hex=True),
        )
        for feature, shape in zip(features, shapes, strict=True)
    ]
    return _Rows(columns | {_GEOMETRY: f"geometry({one_type}, 4326)"}, rows)


def _column_type(found: set[type]) -> str:
    if not found:
        return "text"
    return _TYPES.get(next(iter(found)), "json") if len(found) == 1 else "json"


def _cell(value: object, kind: str) -> object:
    return _json(value) if kind == "json" and value is not None else value


def _written(connection: Connection[Any], file: str, table: str) -> bytes:
    """Write the rows of a table as the file they stand for, in the form the program writes."""
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415

    asked = SQL("SELECT * FROM atlas.{} ORDER BY {}").format(Identifier(table), Identifier(_KEY))
    cursor = connection.execute(asked)
    names = [column.name for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    names.remove(_KEY)
    if file.endswith(".csv"):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row[name] for name in names] for row in rows)
        return text.getvalue().encode()
    if file == "sources.json":
        items = [row["item"] for row in rows]
        return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
    return collection(_feature(row, names) for row in rows)


def _feature(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    held = {name: row[name] for name in names if name != _GEOMETRY and row[name] is not None}
    head = {"type": "Feature"} | ({"id": held["id"]} if "id" in held else {})
    shape = row[_GEOMETRY]
    return head | {"properties": held, "geometry": shape and mapping(shapely.from_wkb(shape))}


def _pictures(contents: Mapping[str, bytes]) -> Path:
    """Put the pictures of the base map where what draws them can open them."""
    kept = {
        file: content
        for file, content in contents.items()
        if file.startswith("basemap/")
        and not file.endswith(("json", "/"))
        and ".." not in PurePosixPath(file).parts
    }
    folder = Path(_scratch().name, _sha256(b"".join(kept.values())))
    folder.mkdir(exist_ok=True)
    for file, content in kept.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / file, content)
    return folder


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="maps-")  # goes when the process ends


def _text(content: bytes) -> str | None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
