"""Atlases with a thing or two changed by chance, each the same again from its number.

`mutate` changes a copy of an atlas folder and says in words what it has changed. About
half of the changes make an atlas that is as good as before, only odd: another place on
earth, another century, other letters. The others are what editors, programs and the net
do to files.
"""

import json
import os
import random
import re
import shutil
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from data.mutants_of_ground import (
    geojson_value,
    geometry,
    outside,
    property_value,
    relief,
    whole_moved,
)
from data.odd_values import (
    BOXES,
    CSL_FIELDS,
    CSL_VALUES,
    DATES,
    IDS,
    NUMBERS,
    TEXTS,
    TOML_VALUES,
    VALUES,
)
from data.rewriting import change_json, dump_json, load_json, load_table, save_table
from maps.atlas.model.tables import COLUMNS

TESTS = Path(__file__).parents[1]
ATLASES = (TESTS / "fixtures" / "two-islands", TESTS.parent / "examples" / "czechoslovakia")

Change = Callable[[random.Random, Path], str]


def mutate(number: int, folder: Path) -> str:
    """Write the mutant of a number into a folder that is not there yet; says what was changed."""
    rng = random.Random(number)
    atlas = rng.choices(ATLASES, (5, 1))[0]
    shutil.copytree(atlas, folder, ignore=shutil.ignore_patterns("recipe", "*.md"))
    said = [atlas.name]
    for _ in range(rng.choices((1, 2, 3), (8, 2, 1))[0]):
        change = rng.choices(list(CHANGES), list(CHANGES.values()))[0]
        try:
            said.append(f"{change.__name__}: {change(rng, folder)}")
        except (
            OSError,
            ArithmeticError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
        ) as error:
            if len(said) == 1:
                raise
            said.append(f"{change.__name__}: no longer possible ({error!r})")
    return "; ".join(said)[:600]


# --- tables ---------------------------------------------------------------------------


def _ids_of(folder: Path, kind: str) -> list[str]:
    if kind in COLUMNS:
        return [row[0] for row in load_table(folder / f"{kind}.csv")[1:]] or ["x"]
    if kind == "sources":
        return [item["id"] for item in json.loads((folder / "sources.json").read_text())]
    if kind == "boundaries":
        layers = folder.glob("boundaries/*.geojson")
        read = (json.loads(file.read_text())["features"] for file in layers)
        return [feature["properties"]["id"] for feature in chain(*read)]
    return re.findall(r'^id = "(.*)"', (folder / "atlas.toml").read_text(), re.MULTILINE)


def _cell_value(rng: random.Random, folder: Path, table: str, name: str) -> str:  # noqa: PLR0911
    column = next(each for each in COLUMNS[table] if each.name == name)
    if rng.random() < 0.15:
        return rng.choice(TEXTS)
    if column.refers:
        known = _ids_of(folder, column.refers)
        some = rng.sample(known, min(len(known), 3)) if column.is_list else [rng.choice(known)]
        return ";".join(some)
    if column.choices:
        return rng.choice(column.choices)
    if column.kind == "flag":
        return rng.choice(("true", "false", "TRUE", "1"))
    if column.kind in ("number", "whole", "hue"):
        return rng.choice(NUMBERS)
    if column.kind == "id":
        return rng.choice(IDS)
    if name in ("start", "end", "edtf", "span", "start_day", "end_day", "date_text"):
        return rng.choice(DATES)
    return rng.choice(TEXTS)


def cell(rng: random.Random, folder: Path) -> str:
    table = rng.choice([name for name in COLUMNS if (folder / f"{name}.csv").is_file()])
    rows = load_table(folder / f"{table}.csv")
    if len(rows) < 2:
        return f"{table} has no row"
    line, at = rng.randrange(1, len(rows)), rng.randrange(len(rows[0]))
    value = "" if rng.random() < 0.2 else _cell_value(rng, folder, table, rows[0][at])
    rows[line][at] = value
    save_table(folder / f"{table}.csv", rows)
    return f"{table}.csv row {line + 1} {rows[0][at]} = {value[:60]!r}"


def words(rng: random.Random, folder: Path) -> str:
    """Change one text of one language, or a name; every text is free."""
    file = rng.choice([*sorted(folder.glob("text/*.csv")), folder / "names.csv"])
    rows = load_table(file)
    line, at = rng.randrange(1, len(rows)), rows[0].index("text" if "text" in rows[0] else "form")
    rows[line][at] = rng.choice(TEXTS)
    save_table(file, rows)
    return f"{file.name} row {line + 1} = {rows[line][at][:60]!r}"


def free_cell(rng: random.Random, folder: Path) -> str:
    """Change a cell that may hold any text, or none."""
    free = [
        (table, column.name)
        for table, columns in COLUMNS.items()
        for column in columns
        if column.kind in ("text", "edtf", "day", "language")
        and not (column.refers or column.choices or column.required)
    ]
    table, name = rng.choice(free)
    rows = load_table(folder / f"{table}.csv")
    if len(rows) < 2 or name not in rows[0]:
        return f"{table} has no {name}"
    line, at = rng.randrange(1, len(rows)), rows[0].index(name)
    is_date = name in ("start", "end", "span", "start_day", "end_day")
    rows[line][at] = rng.choice(DATES if is_date else TEXTS)
    save_table(folder / f"{table}.csv", rows)
    return f"{table}.csv row {line + 1} {name} = {rows[line][at][:60]!r}"


def rows_changed(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.rglob("*.csv")))
    rows = load_table(file)
    if len(rows) < 2:
        return f"{file.name} has no row"
    head, body = rows[:1], rows[1:]
    line = rng.randrange(len(body))
    how = rng.choice(
        ("dropped", "doubled", "none left", "shuffled", "short", "long", "cells swapped")
    )
    if how == "dropped":
        del body[line]
    elif how == "doubled":
        body.insert(line, list(body[line]))
    elif how == "none left":
        body = []
    elif how == "shuffled":
        rng.shuffle(body)
    elif how == "short":
        body[line] = body[line][:-1]
    elif how == "long":
        body[line] = [*body[line], "more"]
    else:
        at, other = rng.randrange(len(head[0])), rng.randrange(len(body))
        body[line][at], body[other][at] = body[other][at], body[line][at]
    save_table(file, head + body)
    return f"{file.name} row {line + 2} {how}"


def columns_changed(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.rglob("*.csv")))
    rows = load_table(file)
    at = rng.randrange(len(rows[0]))
    name = rows[0][at]
    how = rng.choice(("dropped", "renamed", "doubled", "moved", "emptied"))
    for number, row in enumerate(rows):
        if how == "dropped":
            del row[at]
        elif how == "renamed" and not number:
            row[at] = rng.choice(TEXTS)
        elif how == "doubled":
            row.append(row[at])
        elif how == "moved":
            row.append(row.pop(at))
        elif how == "emptied" and number:
            row[at] = ""
    save_table(file, rows)
    return f"{file.name} column {name} {how}"


def _rewritten(folder: Path, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> None:
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".csv", ".json", ".toml", ".geojson") and "raw" not in file.parts:
            text = file.read_text(encoding="utf-8")
            file.write_text(pattern.sub(new, text), encoding="utf-8", newline="")


def id_renamed(rng: random.Random, folder: Path) -> str:
    """Give one thing another id, in every file."""
    kind = rng.choice((*COLUMNS, "sources", "boundaries", "settings"))
    if kind in COLUMNS and COLUMNS[kind][0].name != "id":
        kind = "events"
    old, new = rng.choice(_ids_of(folder, kind)), rng.choice(IDS)
    _rewritten(folder, re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])"), lambda _: new)
    return f"{old} is now {new[:40]}"


def time_moved(rng: random.Random, folder: Path) -> str:
    """Move the whole atlas to another century."""
    years = rng.choice((-1899, -1000, -100, 7, 100, 1000, 7999, 8000))
    moved = re.compile(r"(?<![\d.])(1[89]\d\d|20[0-2]\d)(?![\d.])")
    _rewritten(folder, moved, lambda year: f"{int(year[0]) + years:04d}")
    return f"{years} years"


# --- JSON -----------------------------------------------------------------------------


def json_value(rng: random.Random, folder: Path) -> str:
    names = ("sources.json", "sources.json", "datapackage.json", "basemap/basemap.json")
    return change_json(rng, folder / rng.choice(names))


def csl_field(rng: random.Random, folder: Path) -> str:
    file = folder / "sources.json"
    items = load_json(file)
    item, field = rng.choice(items), rng.choice(CSL_FIELDS)
    date_like = field in ("issued", "accessed", "submitted") or "date" in field
    fitting = tuple(v for v in CSL_VALUES if isinstance(v, dict)) if date_like else CSL_VALUES
    item[field] = rng.choice(rng.choice((fitting, CSL_VALUES, VALUES, TEXTS)))
    dump_json(file, items)
    return f"sources.json {item.get('id')} {field} = {str(item[field])[:80]!r}"


# --- TOML -----------------------------------------------------------------------------


def toml_value(rng: random.Random, folder: Path) -> str:
    files = sorted(chain(folder.glob("stories/*.toml"), folder.glob("raw/*.toml")))
    file = rng.choice((folder / "atlas.toml", *files))
    lines = file.read_text(encoding="utf-8").split("\n")
    at = rng.choice([n for n, line in enumerate(lines) if "=" in line])
    key, _, old = lines[at].partition(" = ")
    how = rng.choice(("set", "set", "set", "dropped", "doubled", "box"))
    if how == "dropped":
        del lines[at]
    elif how == "doubled":
        lines.insert(at, lines[at])
    elif key in ("extent", "bbox") or how == "box":
        lines[at] = f"{key} = [{', '.join(map(str, rng.choice(BOXES)))}]"
    elif rng.random() < 0.3:
        lines[at] = f"{key} = {rng.choice(TOML_VALUES)}"
    else:  # of the same kind
        same = [v for v in TOML_VALUES if v[0] == old[0] or (v[0].isdigit() and old[0].isdigit())]
        lines[at] = f"{key} = {rng.choice(same or TOML_VALUES)}"
    file.write_text("\n".join(lines), encoding="utf-8")
    return f"{file.name} {how} {(lines[at] if at < len(lines) else '')[:80]!r}"


def box(rng: random.Random, folder: Path) -> str:
    """Give the atlas, or a step of a story, another box."""
    file = rng.choice([folder / "atlas.toml", *folder.glob("stories/*.toml")])
    key = "extent" if file.name == "atlas.toml" else "bbox"
    edges = ", ".join(map(str, rng.choice(BOXES)))
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(rf"{key} = \[.*\]", f"{key} = [{edges}]", text), encoding="utf-8")
    return f"{key} = [{edges}]"


def toml_odd(rng: random.Random, folder: Path) -> str:
    """Write TOML that takes long to read, or cannot be read."""
    file = folder / rng.choice(("atlas.toml", "stories/odd.toml", "raw/odd.origin.toml"))
    file.parent.mkdir(exist_ok=True)
    n = 40_000
    contents = {
        "dotted keys": "a." * (n // 2) + "a = 1",
        "a long table name": "[" + "a." * (n // 2) + "a]",
        "many keys": "\n".join(f"k{i} = {i}" for i in range(n // 9)),
        "many tables": "\n".join(f"[t{i}.a.b]" for i in range(n // 10)),
        "nested lists": "a = " + "[" * (n // 2) + "]" * (n // 2),
        "nested tables": "a = " + "{a = " * (n // 6) + "1" + "}" * (n // 6),
        "an open list": "a = [" * (n // 5),
        "dotted keys in lists": "\n".join(f"[[a]]\n{'b.' * 40}c = 1" for _ in range(n // 90)),
        "deepening tables": "\n".join("[" + ".".join("a" * (i + 1)) + "]" for i in range(280)),
        "many dotted keys": "\n".join(f"{'a.' * 150}k{i} = 1" for i in range(n // 310)),
        "long text": 'a = "' + "\\u0041" * (n // 6) + '"',
        "long number": "a = " + "1_" * (n // 2) + "1",
        "hex": "a = 0x" + "f" * n,
        "blank": " \t\n" * (n // 3),
        "brackets": "[[" * (n // 2),
    }
    name = rng.choice(sorted(contents))
    file.write_text(contents[name], encoding="utf-8")
    return f"{file.name}: {name}"


# --- files --------------------------------------------------------------------------------


def _outer(file: Path, target: str) -> None:
    file.unlink()
    file.symlink_to(target)


def file_changed(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    content = file.read_bytes()
    text = content.decode("utf-8", "replace")
    at = rng.randrange(len(content) + 1)
    new = {
        "empty": b"",
        "cut": content[:at],
        "a byte changed": content[:at] + bytes([rng.randrange(256)]) + content[at + 1 :],
        "a part doubled": content + content[at:],
        "NUL": content[:at] + b"\0" + content[at:],
        "BOM": b"\xef\xbb\xbf" + content,
        "two BOMs": b"\xef\xbb\xbf" * 2 + content,
        "CRLF": content.replace(b"\n", b"\r\n"),
        "CR": content.replace(b"\n", b"\r"),
        "UTF-16": text.encode("utf-16"),
        "Latin-1": text.encode("latin-1", "replace"),
        "semicolons": content.replace(b",", b";"),
        "a page": b"<!doctype html><html><title>Not found</title></html>",
        "blank lines": content.replace(b"\n", b"\n\n"),
        "one huge line": b"id," + b"x" * 300_000,
        "nested": b"[" * 50_000,
        "null": b"null",
        "long number": b"[" + b"9" * 5000 + b"]",
        "no last line end": content.rstrip(b"\n"),
    }
    name = rng.choice(sorted(new))
    file.write_bytes(new[name])
    return f"{file.relative_to(folder)}: {name}"


def not_a_file(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(path for path in folder.rglob("*") if path.is_file()))
    ways: dict[str, Callable[[], object]] = {
        "gone": file.unlink,
        "a folder": lambda: (file.unlink(), file.mkdir()),
        "a loop": lambda: _outer(file, file.name),
        "a link to nothing": lambda: _outer(file, "nothing"),
        "a link outside": lambda: _outer(file, "/etc/hostname"),
        "a link to a folder": lambda: _outer(file, "."),
        "a pipe": lambda: (file.unlink(), os.mkfifo(file)),
        "a device": lambda: _outer(file, "/dev/zero"),
        "its folder gone": lambda: shutil.rmtree(file.parent),
        "its folder a file": lambda: (shutil.rmtree(file.parent), file.parent.write_bytes(b"x")),
        "a link inside": lambda: _outer(file, str(folder / "atlas.toml")),
        "with a friend": lambda: shutil.copy(file, file.with_name(f"x-{file.name}")),
    }
    name = rng.choice(sorted(ways))
    ways[name]()
    return f"{file.relative_to(folder)}: {name}"


# A change and how often it is made.
CHANGES: dict[Change, int] = {
    cell: 10, words: 7, free_cell: 8, rows_changed: 6, columns_changed: 3, id_renamed: 8,
    time_moved: 3, json_value: 5, csl_field: 12, toml_value: 8, box: 6, toml_odd: 2,
    whole_moved: 7, geometry: 6, geojson_value: 3, property_value: 5, relief: 6, outside: 2,
    file_changed: 5, not_a_file: 4,
}  # fmt: skip
