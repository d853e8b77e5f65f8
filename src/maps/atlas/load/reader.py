"""Reading single files of a folder; what cannot be read becomes a problem."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path, PurePath
from typing import Any, NoReturn

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from maps.atlas.load.tables import Row, Table
from maps.errors import Problem
from maps.files import carry_out, pending

# Python's reader of TOML takes a minute for a key of 60,000 parts, on which 40 kB are enough.
_MOST_PARTS = 100
_PART = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:{_PART}\.[ \t]*+){{{_MOST_PARTS}}}")
MISSING = "is missing; add the file, or correct what names it"
_DEEPEST = 100  # lists and objects in each other, far from what Python's stack holds
_LARGEST = 2**63  # of whole numbers, as TOML has it
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")  # as browsers show them
_MOST_PIXELS = 25_000_000  # 375 MB while one is brought into the projection of a sheet


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _checked(content: object) -> object:
    """Give back what a file held, if it is not nested too deeply and no number is too large."""
    parts: list[Any] = [content]
    depth = 0
    while parts:
        if depth > _DEEPEST:
            raise ValueError("it is nested too deeply")
        types = set(map(type, parts))  # most parts are coordinates, all of one type
        if int in types and any(abs(part) >= _LARGEST for part in parts if type(part) is int):
            raise ValueError("it holds a number too large to be used")
        inner: list[Any] = []
        if dict in types:
            inner += chain.from_iterable(part.values() for part in parts if type(part) is dict)
        if list in types:
            mixed = len(types) > 1
            lists = [part for part in parts if type(part) is list] if mixed else parts
            inner += chain.from_iterable(lists)
        parts, depth = inner, depth + 1
    return content


def geometries_of(values: Sequence[object]) -> Sequence[BaseGeometry | None]:
    """Read GeoJSON geometries, None for each that is none; polygons all at once."""
    try:
        return _polygons(values)  # type: ignore[arg-type]  # what is not as hoped for raises
    except (ShapelyError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError):
        return [geometry_of(value) for value in values]


def _polygons(values: Sequence[Mapping[str, Any]]) -> Sequence[BaseGeometry]:
    """Make (multi)polygons of plain pairs of coordinates; raises for anything else."""
    kinds = [value["type"] for value in values]
    if not set(kinds) <= {"Polygon", "MultiPolygon"}:
        raise ValueError("not polygons alone")
    parts = [
        value["coordinates"] if kind == "MultiPolygon" else [value["coordinates"]]
        for kind, value in zip(kinds, values, strict=True)
    ]
    polygons = list(chain.from_iterable(parts))
    rings = list(chain.from_iterable(polygons))
    points = np.array(list(chain.from_iterable(rings)))
    if points.dtype != float or points.shape[1:] != (2,) or not np.isfinite(points).all():
        raise ValueError("not pairs of numbers alone")
    made: Any = shapely.linearrings(points, indices=_places(rings))
    made = shapely.polygons(made, indices=_places(polygons))
    made = shapely.multipolygons(made, indices=_places(parts))
    single = np.array(kinds) == "Polygon"
    made[single] = shapely.get_geometry(made[single], 0)
    return list(made)


def _places(groups: Sequence[Sequence[object]]) -> NDArray[np.intp]:
    """Say of each member of some groups, which must not be empty, which group it is in."""
    sizes = [len(group) for group in groups]
    if 0 in sizes:
        raise ValueError("an empty one")
    return np.repeat(np.arange(len(groups)), sizes)


def geometry_of(value: object) -> BaseGeometry | None:
    """Read a GeoJSON geometry; None where it is none."""
    if not isinstance(value, Mapping):
        return None
    try:
        with np.errstate(invalid="ignore"):  # 1e999 becomes an infinite ring, reported later
            return shape(dict(value))
    except (ShapelyError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError):
        # Shapely raises any of these for coordinates that are no coordinates.
        return None


def sha256_of(content: bytes) -> str:
    """Give the sha256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class FolderReader:
    """Reads the files of one folder, and keeps the problems and the hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(folder)  # as it is called where its problems are listed
        self.problems: list[Problem] = []
        self.sha256: dict[str, str] = {}
        carry_out(folder)
        self._pending = pending(folder)  # where it may not be written: read as decided
        self.is_folder = folder.is_dir()

    def report(self, file: str, row: int | None, rule: str, message: str) -> None:
        """Keep a problem of a file as a whole or of one of its lines."""
        self.problems.append(Problem(file, row, "", "", rule, message))

    def names(self, pattern: str) -> list[str]:
        """List the files that match a pattern, as sorted paths with ``/``."""
        # Links to nothing are listed: that they cannot be read is told by who reads them.
        found = (path for path in self.folder.glob(pattern) if path.suffix or not path.is_dir())
        names = {path.relative_to(self.folder).as_posix() for path in found}
        return sorted(names | {file for file in self._pending if PurePath(file).match(pattern)})

    def read_bytes(self, file: str) -> bytes | None:
        """Read one file inside the folder; None, and a problem, where that fails."""
        if not self.is_folder:
            return None  # told of the folder as a whole
        path = self.folder / file
        staged = self._pending.get(file)
        if staged and staged.is_file():
            path = staged
        try:
            # Checked first: no program can ask the system for a name with a NUL in it.
            if "\0" in file or not path.resolve().is_relative_to(self.folder.resolve()):
                fault = "file-outside", "lies outside the atlas folder; move it inside"
            elif path.is_file():
                content = path.read_bytes()
                self.sha256[file] = sha256_of(content)
                return content
            elif path.exists() or path.is_symlink():
                odd = "is a folder, a pipe or a link to nothing; put the file there"
                fault = "file-unreadable", odd
            else:
                fault = "file-missing", MISSING
        except (OSError, RuntimeError) as error:  # a loop of links is either, by version of Python
            why = getattr(error, "strerror", None) or "a loop of links"
            fault = "file-unreadable", f"cannot be read ({why}); put the file there"
        self.report(file, None, *fault)
        return None

    def read_text(self, file: str) -> str | None:
        """Read one UTF-8 file; a byte-order mark, as Excel writes it, is dropped."""
        content = self.read_bytes(file)
        if content is None:
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            byte = content[error.start]
            message = f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"
            self.report(file, line, "encoding", message)
            return None

    def read_json(self, file: str) -> object:
        """Read a JSON file; None where that fails."""
        text = self.read_text(file)
        if text is None:
            return None
        twice: list[tuple[str, str]] = []

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            held = dict(pairs)
            if len(held) < len(pairs):
                names = [name for name, _ in pairs]
                again = next(name for name in names if names.count(name) > 1)
                twice.append((again, str(held.get("id", ""))))
            return held

        with self._usable_as("JSON", file, text):
            value = _checked(json.loads(text, parse_constant=_refused, object_pairs_hook=once))
            if "\\ud" in text.lower():
                json.dumps(value, ensure_ascii=False).encode()
            if value is None:
                self.report(file, None, "shape", "holds null and nothing else")
            for name, id in twice:
                message = "stands twice in one object, of which only the last counts; delete one"
                self.problems.append(Problem(file, None, id, name, "key-twice", message))
            return value
        return None

    @contextmanager
    def _usable_as(self, form: str, file: str, text: str) -> Iterator[None]:
        """Report why a text cannot be read, or used, in the form it should have."""
        line = None
        try:
            yield
            return
        except json.JSONDecodeError as error:
            line, fault = error.lineno, f"{form}: {error.msg} at column {error.colno}"
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = int(place.group(1)) if place else text.count("\n") + 1
            fault = f"{form}: {error}"
        except RecursionError:
            fault = f"usable {form}: nested too deeply"
        except UnicodeEncodeError:
            fault = f"usable {form}: it holds half a character, as \\ud800 is"
        except ValueError as error:  # a number of more digits than Python reads, or as in _checked
            fault = f"usable {form}: {error}"
        self.report(file, line, "syntax", f"is not {fault}")

    def read_toml(self, file: str) -> dict[str, Any] | None:
        """Read a TOML file; None where that fails."""
        text = self.read_text(file)
        if text is None:
            return None
        if key := _LONG_KEY.search(text):
            line = text.count("\n", 0, key.start()) + 1
            message = f"has a key of more than {_MOST_PARTS} parts; none is needed"
            self.report(file, line, "syntax", message)
            return None
        with self._usable_as("TOML", file, text):
            values = tomllib.loads(text)
            _checked(values)
            return values
        return None

    def read_picture(self, file: str) -> bytes:
        """Read a picture to its end, as one that is cut off shows only then; else nothing."""
        content = self.read_bytes(file)
        if content is None:
            return b""
        # An atlas without a picture opens faster. Imported by name, as Pillow would load all of
        # its 70 formats to find the one that is not among its commonest.
        from PIL import Image, WebPImagePlugin  # noqa: F401, PLC0415

        try:
            if Path(file).suffix.lower() not in _PICTURES:
                raise ValueError("by the ending of its name")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a large one is an error below
                picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF"))
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError(f"with its {picture.width} x {picture.height} pixels")
            picture.load()
        except Exception as error:  # each format has errors of its own, down to struct.error
            known = f"a picture ({', '.join(_PICTURES)}) of at most {_MOST_PIXELS // 10**6} million"
            why = "" if isinstance(error, OSError) and "BytesIO" in str(error) else f": {error}"
            message = f"cannot be read as {known} pixels{why}"
            self.report(file, None, "picture-unreadable", message)
            return b""
        return content

    def read_csv(self, file: str) -> Table:
        """Read a comma-separated file with a header; all cells are text."""
        text = self.read_text(file)
        if text is None:
            return Table(file)
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] = []
        names: list[str] = []
        rows: list[Row] = []
        line = 1
        try:
            for cells in lines:
                if not header:
                    header = [cell.strip() for cell in cells]
                    # Of two columns alike the first counts.
                    names = ["" if name in header[:n] else name for n, name in enumerate(header)]
                elif any(cells):
                    if len(cells) != len(header):
                        does = f"has {len(cells)} cells, the header has {len(header)}"
                        message = f"{does}; look for a missing or unquoted comma"
                        self.report(file, line, "cell-count", message)
                    rows.append(Row(file, line, names, cells))
                line = lines.line_num + 1
        except csv.Error as error:
            message = f"is not CSV: {error}; look for a quotation mark too few or too many"
            self.report(file, line, "syntax", message)
            return Table(file)
        if not header:
            self.report(file, 1, "syntax", "is empty; the first line must name the columns")
            return Table(file)
        for name in sorted({name for name in header if header.count(name) > 1}):
            self.report(file, 1, "column-twice", f"column '{name}' stands twice in the header")
        return Table(file, tuple(header), tuple(rows), readable=True)

    def digest(self) -> str:
        """Give one sha256 over the names and contents of all files read."""
        listing = "".join(f"{sha}  {file}\n" for file, sha in sorted(self.sha256.items()))
        return sha256_of(listing.encode())
