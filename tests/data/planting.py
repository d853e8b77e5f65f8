"""Ways to break one thing in a copy of an atlas folder."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Plant = Callable[[Path], None]


class Fault(NamedTuple):
    """One thing to break, and what a check must say of it."""

    name: str
    plant: Plant
    file: str
    row: int | None
    field: str
    rule: str


def _read(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _write(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def cell(file: str, line: int, column: str, value: str) -> Plant:
    """Write a value into one cell; the header is line 1."""

    def plant(folder: Path) -> None:
        rows = _read(folder / file)
        rows[line - 1][rows[0].index(column)] = value
        _write(folder / file, rows)

    return plant


def extra_row(file: str, **cells: str) -> Plant:
    """Add a row at the end; columns that are not given stay empty."""

    def plant(folder: Path) -> None:
        rows = _read(folder / file)
        _write(folder / file, [*rows, [cells.get(column, "") for column in rows[0]]])

    return plant


def no_row(file: str, line: int) -> Plant:
    """Delete one row."""

    def plant(folder: Path) -> None:
        rows = _read(folder / file)
        _write(folder / file, rows[: line - 1] + rows[line:])

    return plant


def extra_column(file: str, name: str) -> Plant:
    """Add an empty column at the end."""

    def plant(folder: Path) -> None:
        rows = _read(folder / file)
        _write(folder / file, [[*rows[0], name], *([*row, ""] for row in rows[1:])])

    return plant


def no_column(file: str, name: str) -> Plant:
    """Take a column out, with its cells."""

    def plant(folder: Path) -> None:
        rows = _read(folder / file)
        at = rows[0].index(name)
        _write(folder / file, [row[:at] + row[at + 1 :] for row in rows])

    return plant


def text(file: str, old: str, new: str) -> Plant:
    """Replace a text that stands exactly once in a file."""

    def plant(folder: Path) -> None:
        content = (folder / file).read_text(encoding="utf-8")
        if content.count(old) != 1:
            raise ValueError(f"{old!r} stands {content.count(old)} times in {file}")
        (folder / file).write_text(content.replace(old, new), encoding="utf-8")

    return plant


def gone(file: str) -> Plant:
    """Delete a file."""
    return lambda folder: (folder / file).unlink()


def content(file: str, data: bytes) -> Plant:
    """Write a file anew."""
    return lambda folder: (folder / file).write_bytes(data) and None


def edited_json(file: str, edit: Callable[[Any], object]) -> Plant:
    """Change a JSON file in place."""

    def plant(folder: Path) -> None:
        value = json.loads((folder / file).read_text(encoding="utf-8"))
        edit(value)
        (folder / file).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    return plant


def properties(file: str, position: int, **changes: object) -> Plant:
    """Change properties of one feature; the first is 1."""
    return edited_json(file, lambda v: v["features"][position - 1]["properties"].update(changes))


def geometry(file: str, position: int, value: object) -> Plant:
    """Give one feature another geometry."""
    return edited_json(file, lambda v: v["features"][position - 1].update(geometry=value))


def ring(*points: tuple[float, float], kind: str = "Polygon") -> dict[str, object]:
    """Make a GeoJSON geometry of one ring, closed here."""
    coordinates = [list(point) for point in (*points, points[0])]
    return {"type": kind, "coordinates": [coordinates] if kind == "Polygon" else coordinates}


def together(*plants: Plant) -> Plant:
    """Plant several changes that make one fault."""

    def plant(folder: Path) -> None:
        for one in plants:
            one(folder)

    return plant
