"""Reading single files of a folder; what cannot be read becomes a problem."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tomllib
from pathlib import Path
from typing import Any, NoReturn

from maps.errors import Problem
from maps.load.tables import Row, Table


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


class FolderReader:
    """Reads the files of one folder, and keeps the problems and the hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.sha256: dict[str, str] = {}

    def report(self, file: str, row: int | None, rule: str, message: str) -> None:
        """Keep a problem of a file as a whole or of one of its lines."""
        self.problems.append(Problem(file, row, "", "", rule, message))

    def names(self, pattern: str) -> list[str]:
        """List the files that match a pattern, as sorted paths with ``/``."""
        found = (path for path in self.folder.glob(pattern) if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def read_bytes(self, file: str) -> bytes | None:
        """Read one file inside the folder; None, and a problem, where that fails."""
        path = self.folder / file
        if "\0" in file or not path.resolve().is_relative_to(self.folder.resolve()):
            self.report(file, None, "file-outside", "lies outside the atlas folder; move it inside")
            return None
        if not path.is_file():
            self.report(
                file, None, "file-missing", "is missing; add the file, or correct what names it"
            )
            return None
        try:
            content = path.read_bytes()
        except OSError as error:
            self.report(file, None, "file-unreadable", f"cannot be read ({error.strerror})")
            return None
        self.sha256[file] = hashlib.sha256(content).hexdigest()
        return content

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

        try:
            value = json.loads(text, parse_constant=_refused, object_pairs_hook=once)
        except json.JSONDecodeError as error:
            message = f"is not JSON: {error.msg} at column {error.colno}"
            self.report(file, error.lineno, "syntax", message)
        except RecursionError:
            self.report(file, None, "syntax", "is not usable JSON: nested too deeply")
        except ValueError as error:
            self.report(file, None, "syntax", f"is not JSON: {error}")
        else:
            if value is None:
                self.report(file, None, "shape", "holds null and nothing else")
            for name, id in twice:
                message = "stands twice in one object, of which only the last counts; delete one"
                self.problems.append(Problem(file, None, id, name, "key-twice", message))
            return value
        return None

    def read_toml(self, file: str) -> dict[str, Any] | None:
        """Read a TOML file; None where that fails."""
        text = self.read_text(file)
        if text is None:
            return None
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            last_line = text.count("\n") + 1
            line = int(place.group(1)) if place else last_line
            self.report(file, line, "syntax", f"is not TOML: {error}")
        except RecursionError:
            self.report(file, None, "syntax", "is not usable TOML: nested too deeply")
        except ValueError as error:  # a number of more digits than Python reads
            self.report(file, None, "syntax", f"is not TOML: {error}")
        return None

    def read_csv(self, file: str) -> Table:
        """Read a comma-separated file with a header; all cells are text."""
        text = self.read_text(file)
        if text is None:
            return Table(file)
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] = []
        rows: list[Row] = []
        line = 1
        try:
            for cells in reader:
                if not header:
                    header = [cell.strip() for cell in cells]
                elif any(cells):
                    rows.append(self._row(file, line, header, cells))
                line = reader.line_num + 1
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

    def _row(self, file: str, line: int, header: list[str], cells: list[str]) -> Row:
        if len(cells) != len(header):
            message = (
                f"has {len(cells)} cells, the header has {len(header)}; "
                "look for a missing or unquoted comma"
            )
            self.report(file, line, "cell-count", message)
        pairs = list(zip(header, cells, strict=False))
        return Row(file, line, dict(reversed(pairs)))  # of two columns alike the first counts

    def digest(self) -> str:
        """Give one sha256 over the names and contents of all files read."""
        listing = "".join(f"{sha}  {file}\n" for file, sha in sorted(self.sha256.items()))
        return hashlib.sha256(listing.encode()).hexdigest()
