"""An atlas in a PostGIS database: filled from the files of a folder, read as if it were one.

In the schema ``atlas`` each CSV file, boundary layer and part of the base map is a table
that has the columns of its file; ``sources`` has one item of CSL-JSON a row. The table
``files`` lists every file of the atlas: the table that holds it, or else its content.
Rows are in the order of ``row_number``. Geometries are EPSG:4326 (lon, lat).
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping

from maps.atlas.geojson import collection
from maps.atlas.load.reader import MISSING, FolderReader, geometry_of, sha256_of
from maps.atlas.model import Boundary
from maps.atlas.model.columns import columns_of
from maps.atlas.model.tables import TABLES
from maps.errors import AssetMissing, DatabaseUnusable
from maps.files import write_whole

if TYPE_CHECKING:
    from psycopg import Connection

_KEY, _GEOMETRY = "row_number", "geometry"
_TYPES = {str: "text", bool: "boolean", int: "bigint", float: "double precision"}
_json = partial(json.dumps, ensure_ascii=False)
_LONGEST_NAME = 63  # bytes of a name; PostgreSQL cuts off the rest of a longer one
_FILES = """CREATE TABLE atlas.files (
    file text PRIMARY KEY, in_table text, content text, bytes bytea, rows_sha256 text);
COMMENT ON COLUMN atlas.files.in_table IS 'The table that holds it';
COMMENT ON COLUMN atlas.files.bytes IS 'A file that is no text, or that was written otherwise
 than its table is: it counts as long as rows_sha256 is what the table gives'"""


_Rows = tuple[Mapping[str, str], Sequence[Sequence[Any]]]  # columns with their types, and rows


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
                    unchanged = rows_sha256 and rows_sha256 == sha256_of(written)
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
            self.report(file, None, "file-missing", MISSING)
        else:
            self.sha256[file] = sha256_of(self._contents[file])
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
            text, kept, rows_sha256 = None, None, None
            table = _table_of(file)
            if table:
                _create(connection, file, table, _rows_of(file, content))
                written = _written(connection, file, table)
                if written != content:
                    kept, rows_sha256 = content, sha256_of(written)
            else:
                text = _text(content)
                kept = content if text is None else None
            values = (file, table or None, text, kept, rows_sha256)
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
    return sha256_of(repr(sorted(states)).encode())


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
    except psycopg.Error as error:
        advice = ""
        if isinstance(error, psycopg.errors.UndefinedTable) and not write:
            advice = "; `maps load DIR ADDRESS` puts an atlas there"
        elif isinstance(error, psycopg.errors.InsufficientPrivilege):
            reading = "; grant USAGE on the schema atlas and SELECT on its tables"
            advice = "; load as the owner of the database" if write else reading
        raise DatabaseUnusable(f"{shown(address)}: {_first_line(error)}{advice}") from None


def _make_room(connection: Connection[Any], address: str, *, replace: bool) -> None:
    from psycopg.sql import SQL, Identifier  # noqa: PLC0415

    found: Any = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'),"
        " EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis'),"
        " to_regnamespace('atlas') IS NOT NULL, to_regclass('atlas.files') IS NOT NULL"
    ).fetchone()
    is_available, is_installed, has_schema, has_atlas = found
    if not (is_available or is_installed):
        raise DatabaseUnusable(
            f"{shown(address)}: the server has no PostGIS; install it there "
            "(Debian: apt-get install postgis postgresql-postgis)"
        )
    if not is_installed:
        connection.execute("CREATE EXTENSION postgis")
    if not has_schema:
        connection.execute("CREATE SCHEMA atlas")
    if has_atlas:
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

    columns, rows = held
    for name in (table, *columns):
        if not name or name == _KEY or len(name.encode()) > _LONGEST_NAME:
            rule = f"1 to {_LONGEST_NAME} bytes and not '{_KEY}'"
            raise DatabaseUnusable(f"{file}: '{name}' can be no name in a database; {rule} can")
    target = Identifier("atlas", table)
    first = 2 if file.endswith(".csv") else 1  # as problems count: the header is row 1
    key = SQL(f"{_KEY} integer GENERATED BY DEFAULT AS IDENTITY (START {first}) PRIMARY KEY")
    named = (SQL("{} {}").format(Identifier(name), SQL(kind)) for name, kind in columns.items())
    connection.execute(SQL("CREATE TABLE {} ({})").format(target, SQL(", ").join([key, *named])))
    record = Boundary if file.startswith("boundaries/") else TABLES.get(table)
    for column in columns_of(record) if record else ():
        if column.help and column.name in columns:
            place = Identifier("atlas", table, column.name)
            comment = SQL("COMMENT ON COLUMN {} IS {}").format(place, Literal(column.help))
            connection.execute(comment)
    names = SQL(", ").join(map(Identifier, columns))
    with connection.cursor().copy(SQL("COPY {} ({}) FROM STDIN").format(target, names)) as copy:
        for row in rows:
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
        return {name.strip(): "text" for name in header}, rows
    if file == "sources.json":
        return {"item": "json"}, [(_json(item),) for item in json.loads(text)]
    features = json.loads(text)["features"]
    # A layer without a feature has the columns all the same, for the first one to be drawn.
    of_layer = columns_of(Boundary) if file.startswith("boundaries/") else ()
    kinds: dict[str, set[type]] = {column.name: set() for column in of_layer}
    for feature in features:
        for name, value in feature["properties"].items():
            kinds.setdefault(name, set()).add(type(value))
    columns = {
        name: _TYPES.get(next(iter(found), str), "json") if len(found) < 2 else "json"
        for name, found in kinds.items()
    }
    shapes = [geometry_of(feature.get("geometry")) for feature in features]
    geometries = [None if shape is None else shapely.to_wkb(shape, hex=True) for shape in shapes]
    filled: list[Sequence[Any]] = []
    for feature, geometry in zip(features, geometries, strict=True):
        held = ((feature["properties"].get(name), kind) for name, kind in columns.items())
        cells = (_json(v) if kind == "json" and v is not None else v for v, kind in held)
        filled.append((*cells, geometry))
    types = {shape.geom_type for shape in shapes if shape is not None}
    one_type = types.pop() if len(types) == 1 else "Geometry"
    return columns | {_GEOMETRY: f"geometry({one_type}, 4326)"}, filled


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
        writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode()
    if file == "sources.json":
        items = [row["item"] for row in rows]
        return (_json(items, indent=1) + "\n").encode()
    features = []
    for row in rows:
        held = {n: row[n] for n in names if n != _GEOMETRY and row[n] is not None}
        head = {"type": "Feature"} | ({"id": held["id"]} if "id" in held else {})
        drawn = row[_GEOMETRY] and mapping(shapely.from_wkb(row[_GEOMETRY]))
        features.append(head | {"properties": held, "geometry": drawn})
    return collection(features)


def _pictures(contents: Mapping[str, bytes]) -> Path:
    """Put the pictures of the base map where what draws them can open them."""
    kept = {
        file: content
        for file, content in contents.items()
        if file.startswith("basemap/")
        and not file.endswith(("json", "/"))
        and ".." not in PurePosixPath(file).parts
    }
    folder = Path(_scratch().name, sha256_of(b"".join(kept.values())))
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


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
