"""Atlases with a thing or two changed by chance, each the same again from its number.

`mutate` changes a copy of an atlas folder and says in words what it has changed. About
half of the changes make an atlas that is as good as before, only odd: another place on
earth, another century, other letters. The others are what editors, programs and the net
do to files.
"""

import csv
import io
import json
import os
import random
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

from PIL import Image

from maps.validate.forms import FORMS

TESTS = Path(__file__).parents[1]
ATLASES = (TESTS / "fixtures" / "two-islands", TESTS.parent / "examples" / "czechoslovakia")

TEXTS = (
    "", " ", "0", "-", "null", "a " * 3000, "x" * 3000, "汉字" * 400, "שלום עולם", "مرحبا بالعالم",
    "👩‍👩‍👧‍👦🗺️", "e\u0301" * 40, "Z̸̡͑a̷l̴g̵o", "<script>alert(1)</script>", "</script><!--", "&amp;&#0;&",
    "{{ x }} {% y %}", "{0} {name} {", "%s %d %", "100 %", "\\", "\\n\\u0041", "$x^2$", "$\\frac{", "$",
    "$$ _a_ ^b^", "# | *a* [b](c)", "'\"`", "=1+1", "\u202eevil\u202c", "\u200b", "\ufeff", "\uffff",
    "\ue000\ue001", "\x00", "\x07\x1b[2J", "two\nlines", "\r\n\t", "\u2028", "\x85", "𝕬𝖙𝖑𝖆𝖘", "ﷺ" * 20,
    "../../etc/passwd", "http://[::1", "https://example.org/a b", "javascript:alert(1)",
)  # fmt: skip
DATES = (
    "0001", "0001-01-01", "9998-12-31", "9999-12-31", "1900", "1960-03", "1960-03-15", "1960-02-30",
    "1950~", "1950?", "1950%", "1950-06-01~", "[1950,1960]", "[1950-06-01..1960-03-15]", "{1950,1951}",
    "[..1960]", "[1950..]", "1950/1960", "1950/..", "../1950", "/1950", "1950/", "1960/1950", "..", "/",
    "2000-21", "196X", "19XX", "1960-XX", "-0044", "Y170000002", "1960-03-15T12:00:00Z", "15.3.1960",
    "?1960", "1960-03~/1961", "1972/1974-02-10", "٢٠٠٠-٠١-٠١",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "1", "-1", "50", "90", "-90", "180", "-180", "360", "361", "0.000001", "12300.5",
    "999999999999", "9" * 400, "0." + "0" * 400 + "1", "1e5", "nan", "inf", "1,5", "٣", "007", "+1",
)  # fmt: skip
IDS = (
    "index", "INDEX", "404", "con", "nul", "a", "0", "1e5", "null", "true", "all", "everyone", "en",
    "a" * 120, "a" * 400, "constructor", "length", "a-b-c-d", "A01", "S1", "events", "assets",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 5, 1.5, 1e308, -0.0, 10**30, 10**400, float("nan"), float("inf"),
    "", "x", "5", [], {}, [[]], [None], [1], ["x"], {"a": None}, {"x": {"y": [1]}}, [{}], "en",
    {"en": "x"}, "\ud800", *TEXTS[8:40:4],
)  # fmt: skip
CSL_FIELDS = (
    "author", "editor", "translator", "container-author", "collection-editor", "director",
    "reviewed-author", "issued", "accessed", "original-date", "submitted", "event-date",
    "available-date", "volume", "issue", "number", "edition", "page", "page-first",
    "number-of-pages", "chapter-number", "title", "title-short", "container-title", "publisher",
    "publisher-place", "genre", "language", "URL", "DOI", "ISBN", "note", "abstract", "medium",
    "archive", "archive_location", "keyword", "categories", "custom", "citation-key", "type",
)  # fmt: skip
CSL_VALUES: tuple[Any, ...] = (
    *({"date-parts": parts} for parts in (
        [[1999]], [["1999"]], [["1999", "2"]], [[0]], [[-44]], [[1999, 13]], [[1999, 2, 30]], [[99999]],
        [["abc"]], [[]], [], [[None]], [[1999], [2001]], [[1999], []], [[1999, 21]], [[1.5]], [[True]],
        [[1999, 0]], [[10**30]], [["1999", "March"]], "1999", [1999], [[1, 2, 3, 4]], [[1999, -3]],
        [["٣"]], [[""]], [[2001, 5], [1999]], [[1999, 5, 0]],
    )),
    {"season": 1, "date-parts": [[1999]]}, {"season": "spring"}, {"raw": "1999"}, {"literal": "n.d."},
    {"literal": ""}, {"raw": 5}, {"circa": True, "date-parts": [[1999]]}, {"circa": "x"}, {},
    {"date-parts": [[1999]], "season": []}, {"date-parts": [[1999]], "circa": {}},
    *([name] for name in (
        {"family": 5}, {"family": ""}, {"family": None}, {"given": "x"}, {"literal": 5}, {"literal": ""},
        {"family": "Doe", "given": 7}, {"family": "Doe", "suffix": 3}, {"family": "Doe", "suffix": "Jr."},
        {"family": "Doe", "non-dropping-particle": "van", "given": "J."}, {"family": ["Doe"]}, "Doe",
        {"family": "Doe", "dropping-particle": []}, {"family": "Doe", "comma-suffix": True}, 5, [], None,
        {"family": "Doe", "given": ""}, {"family": "עברית", "given": "é" * 60}, {"literal": "<b>"},
    )),
    [{"family": f"N{n}"} for n in range(60)], "5-7", "1–2–3", "vol. 5", "zz", "en-US", "fr-FR-x", "1, 2 & 3",
    5, -3, 2.5, "IV", "3rd",
)  # fmt: skip
TOML_VALUES = (
    '""', '" "', '"x"', "0", "-1", "1", "0.5", "1e400", "nan", "inf", "true", "[]", "[[]]", "{}", "[1]",
    '["en"]', '["fr"]', '["en", "en"]', '["en", "fr", "de"]', '["EN"]', '["en", "../x"]', '["x y"]', "1900",
    "1950-06-01", "0001-01-01", "9998-12-31", "1960-03-15T00:00:00Z", "12:00:00", '"1950-06-01"', '"1950"',
    "9" * 4000, "1" * 5000, '"' + "x" * 3000 + '"', '"\\u0000"', '"$x$ {y} %"', '"all"', "{en = 1}",
    '{en = "x"}', "{a = {b = {c = 1}}}", "[" * 60 + "]" * 60, '["A01"]', '["C1"]', '"A01"', '"units"',
)  # fmt: skip
BOXES = (
    (-180, -90, 180, 90), (-100, -60, 100, 75), (-179.99, -85, 179.99, 85), (0, -1, 60, 1),
    (20, -90, 21, 90), (20, -80, 24, 84), (20, 84, 24, 90), (-10, 85, 40, 89), (-30, 40, 90, 45),
    (19.5, -0.5, 19.50001, 1.5), (19.5, 0.5, 24.5, 0.500001), (178, -2, 180, 2), (-180, 60, -170, 80),
    (24.5, 1.5, 19.5, -0.5), (0, 0, 0, 0), (20, 20, 20, 20), (-200, -5, 20, 5), (0, 0, 1e300, 1), (0, 0, 5, 91),
    ("nan", 0, 24, 1), (19, 0, "inf", 1), (170, -1, -170, 1), (20, 0, 24), (1, 2, 3, 4, 5), ("true", 0, 9, 9),
    (100, 20, 110, 30), (-10, 35, 40, 60), (0, 0, 90, 80), (-90, -45, 90, 45), (20.5, 0.2, 20.6, 0.3),
)  # fmt: skip

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
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            if len(said) == 1:
                raise
            said.append(f"{change.__name__}: no longer possible ({error!r})")
    return "; ".join(said)[:600]


# --- tables ---------------------------------------------------------------------------


def _table(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _save(file: Path, rows: list[list[str]], **form: Any) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, **{"lineterminator": "\n", **form}).writerows(rows)


def _ids_of(folder: Path, kind: str) -> list[str]:
    if kind in FORMS:
        return [row[0] for row in _table(folder / f"{kind}.csv")[1:]] or ["x"]
    if kind == "sources":
        return [item["id"] for item in json.loads((folder / "sources.json").read_text())]
    if kind == "boundaries":
        layers = folder.glob("boundaries/*.geojson")
        read = (json.loads(file.read_text())["features"] for file in layers)
        return [feature["properties"]["id"] for feature in chain(*read)]
    return re.findall(r'^id = "(.*)"', (folder / "atlas.toml").read_text(), re.MULTILINE)


def _cell_value(rng: random.Random, folder: Path, table: str, name: str) -> str:
    column = next(each for each in FORMS[table] if each.name == name)
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
    table = rng.choice([name for name in FORMS if (folder / f"{name}.csv").is_file()])
    rows = _table(folder / f"{table}.csv")
    if len(rows) < 2:
        return f"{table} has no row"
    line, at = rng.randrange(1, len(rows)), rng.randrange(len(rows[0]))
    value = "" if rng.random() < 0.2 else _cell_value(rng, folder, table, rows[0][at])
    rows[line][at] = value
    _save(folder / f"{table}.csv", rows)
    return f"{table}.csv row {line + 1} {rows[0][at]} = {value[:60]!r}"


def words(rng: random.Random, folder: Path) -> str:
    """Change one text of one language, or a name; every text is free."""
    file = rng.choice([*sorted(folder.glob("text/*.csv")), folder / "names.csv"])
    rows = _table(file)
    line, at = rng.randrange(1, len(rows)), rows[0].index("text" if "text" in rows[0] else "form")
    rows[line][at] = rng.choice(TEXTS)
    _save(file, rows)
    return f"{file.name} row {line + 1} = {rows[line][at][:60]!r}"


def free_cell(rng: random.Random, folder: Path) -> str:
    """Change a cell that may hold any text, or none."""
    free = [
        (table, column.name)
        for table, columns in FORMS.items()
        for column in columns
        if column.kind == "text" and not (column.refers or column.choices or column.required)
    ]
    table, name = rng.choice(free)
    rows = _table(folder / f"{table}.csv")
    if len(rows) < 2 or name not in rows[0]:
        return f"{table} has no {name}"
    line, at = rng.randrange(1, len(rows)), rows[0].index(name)
    is_date = name in ("start", "end", "span", "start_day", "end_day")
    rows[line][at] = rng.choice(DATES if is_date else TEXTS)
    _save(folder / f"{table}.csv", rows)
    return f"{table}.csv row {line + 1} {name} = {rows[line][at][:60]!r}"


def rows_changed(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.rglob("*.csv")))
    rows = _table(file)
    if len(rows) < 2:
        return f"{file.name} has no row"
    head, body = rows[:1], rows[1:]
    line = rng.randrange(len(body))
    how = rng.choice(("dropped", "doubled", "none left", "shuffled", "short", "long", "cells swapped"))
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
    _save(file, head + body)
    return f"{file.name} row {line + 2} {how}"


def columns_changed(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.rglob("*.csv")))
    rows = _table(file)
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
    _save(file, rows)
    return f"{file.name} column {name} {how}"


def _rewritten(folder: Path, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> None:
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".csv", ".json", ".toml", ".geojson") and "raw" not in file.parts:
            text = file.read_text(encoding="utf-8")
            file.write_text(pattern.sub(new, text), encoding="utf-8", newline="")


def id_renamed(rng: random.Random, folder: Path) -> str:
    """Give one thing another id, in every file."""
    kind = rng.choice((*FORMS, "sources", "boundaries", "settings"))
    if kind in FORMS and FORMS[kind][0].name != "id":
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


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    return [path, *chain.from_iterable(_places(each, (*path, key)) for key, each in inner)]


def _loaded(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _dumped(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=True), encoding="utf-8")


def _changed(rng: random.Random, file: Path, values: tuple[Any, ...] = VALUES) -> str:
    content = _loaded(file)
    *path, last = rng.choice(_places(content)[1:])
    at = content
    for key in path:
        at = at[key]
    how = rng.choice(("set", "set", "dropped", "wrapped", "doubled"))
    if how == "dropped":
        del at[last]
    elif how == "wrapped":
        at[last] = rng.choice(([at[last]], {"x": at[last]}))
    elif how == "doubled" and isinstance(at, list):
        at.insert(last, at[last])
    else:
        at[last] = rng.choice(values)
        how = f"= {str(at[last])[:60]!r}"
    _dumped(file, content)
    return f"{file.name} {'.'.join(map(str, (*path, last)))} {how}"


def json_value(rng: random.Random, folder: Path) -> str:
    names = ("sources.json", "sources.json", "datapackage.json", "basemap/basemap.json")
    return _changed(rng, folder / rng.choice(names))


def csl_field(rng: random.Random, folder: Path) -> str:
    file = folder / "sources.json"
    items = _loaded(file)
    item, field = rng.choice(items), rng.choice(CSL_FIELDS)
    date_like = field in ("issued", "accessed", "submitted") or "date" in field
    fitting = tuple(v for v in CSL_VALUES if isinstance(v, dict)) if date_like else CSL_VALUES
    item[field] = rng.choice(rng.choice((fitting, CSL_VALUES, VALUES, TEXTS)))
    _dumped(file, items)
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


# --- geometry ---------------------------------------------------------------------------


def _moved(value: Any, move: Callable[[float, float], tuple[float, float]]) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], int | float):
        x, y = move(value[0], value[1])
        return [round(x, 5), round(y, 5), *value[2:]]
    return [_moved(each, move) for each in value] if isinstance(value, list) else value


def whole_moved(rng: random.Random, folder: Path) -> str:
    """Move or stretch the whole atlas on the earth: lines, ground, places, extent and boxes."""
    west, south, east, north = map(
        float, re.findall(r"extent = \[(.*?)\]", (folder / "atlas.toml").read_text())[0].split(",")
    )
    middle = ((west + east) / 2, (south + north) / 2)
    factor = rng.choice((1, 1, 0.01, 0.1, 4, 10, 20, 36, 70))
    to = rng.choice(
        ((0, 0), (0, 60), (10, 88), (-75, -88), (179, 0), (-177, 10), (178, 65), (-60, -30), (140, 85))
    )
    most = min(factor, 360 / (east - west), 178 / (north - south))
    half = ((east - west) / 2 * most, (north - south) / 2 * most)
    centre = (
        min(max(to[0], half[0] - 180), 180 - half[0]), min(max(to[1], half[1] - 90), 90 - half[1])
    )  # fmt: skip

    def move(x: float, y: float) -> tuple[float, float]:
        return (x - middle[0]) * most + centre[0], (y - middle[1]) * most + centre[1]

    for file in folder.glob("b*/*.geojson"):
        content = _loaded(file)
        for feature in content["features"]:
            geometry = feature.get("geometry")
            if geometry:
                geometry["coordinates"] = _moved(geometry["coordinates"], move)
            if "label" in feature["properties"]:
                feature["properties"]["label"] = _moved(feature["properties"]["label"], move)
        _dumped(file, content)
    for table, prefix in (("places", ""), ("regions", "anchor_")):
        rows = _table(folder / f"{table}.csv")
        x_at, y_at = rows[0].index(f"{prefix}lon"), rows[0].index(f"{prefix}lat")
        for row in rows[1:]:
            if row[x_at]:
                row[x_at], row[y_at] = map("{:.5f}".format, move(float(row[x_at]), float(row[y_at])))
        _save(folder / f"{table}.csv", rows)

    def moved_box(match: re.Match[str]) -> str:
        w, s, e, n = map(float, match[2].split(","))
        edges = (*move(w, s), *move(e, n))
        return f"{match[1]} = [{', '.join(f'{edge:.6f}' for edge in edges)}]"

    for file in (folder / "atlas.toml", *folder.glob("stories/*.toml")):
        text = re.sub(r"(extent|bbox) = \[(.*?)\]", moved_box, file.read_text(encoding="utf-8"))
        file.write_text(text, encoding="utf-8")
    return f"{most:.3g} times as large around {centre[0]:.1f}, {centre[1]:.1f}"


def _square(west: float, south: float, size: float) -> list[list[float]]:
    east, north = round(west + size, 5), round(south + size, 5)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def geometry(rng: random.Random, folder: Path) -> str:
    """Give one boundary, or one piece of the ground, another geometry."""
    file = rng.choice(sorted(folder.glob("b*/*.geojson")))
    content = _loaded(file)
    feature = rng.choice(content["features"])
    old = (feature.get("geometry") or {}).get("coordinates") or [_square(20, 0, 1)]
    ring = old[0] if old and old[0] and isinstance(old[0][0], list) else _square(20, 0, 1)
    west, south = (ring[0] if isinstance(ring[0][0], int | float) else ring[0][0])[:2]
    new: dict[str, Any] = {
        "tiny": {"type": "Polygon", "coordinates": [_square(west, south, 0.00001)]},
        "small": {"type": "Polygon", "coordinates": [_square(west, south, 0.01)]},
        "far": {"type": "Polygon", "coordinates": [_square(-170, -70, 1)]},
        "near": {"type": "Polygon", "coordinates": [_square(west + 9, south + 5, 1)]},
        "whole world": {"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]},
        "infinite": {"type": "Polygon", "coordinates": [[[west, float("inf")], *ring[1:]]]},
        "null": {"type": "Polygon", "coordinates": [[[None, None], *ring[1:]]]},
        "texts": {"type": "Polygon", "coordinates": [[["a", "b"], *ring[1:]]]},
        "3-D": {"type": "Polygon", "coordinates": [[[*point[:2], 5] for point in _square(west, south, 1)]]},
        "flat": {"type": "Polygon", "coordinates": [[[west, south], [west, south], [west, south], [west, south]]]},
        "bow": {"type": "Polygon", "coordinates": [[[20, 0], [21, 1], [21, 0], [20, 1], [20, 0]]]},
        "clockwise": {"type": "Polygon", "coordinates": [_square(west, south, 1)[::-1]]},
        "with a hole": {"type": "Polygon", "coordinates": [_square(west, south, 1), _square(west + 0.25, south + 0.25, 0.5)[::-1]]},
        "many parts": {"type": "MultiPolygon", "coordinates": [[_square(round(west + i / 50, 5), south, 0.01)] for i in range(40)]},
        "sliver": {"type": "Polygon", "coordinates": [[[west, south], [west + 1, south], [west + 1, south + 0.00001], [west, south]]]},
        "point": {"type": "Point", "coordinates": [west, south]},
        "line": {"type": "LineString", "coordinates": [[west, south], [west + 1, south + 1]]},
        "collection": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [west, south]}]},
        "empty": {"type": "Polygon", "coordinates": []},
        "empty parts": {"type": "MultiPolygon", "coordinates": [[]]},
        "no such type": {"type": "Circle", "coordinates": [west, south]},
        "short points": {"type": "Polygon", "coordinates": [[[1], [2], [3], [1]]]},
        "huge": {"type": "Polygon", "coordinates": [[[1e300, 1e300], [1e301, 1e300], [1e301, 1e301], [1e300, 1e300]]]},
        "none": None,
    }  # fmt: skip
    name = rng.choice(sorted(new))
    feature["geometry"] = new[name]
    _dumped(file, content)
    return f"{file.name}: {name}"


def geojson_value(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.glob("b*/*.geojson")))
    if rng.random() < 0.2:
        content = _loaded(file)
        content["crs"] = {"type": "name", "properties": {"name": "EPSG:3857"}}
        content["features"] = rng.choice((content["features"], [], content["features"][:1]))
        _dumped(file, content)
        return f"{file.name}: crs, {len(content['features'])} features"
    return _changed(rng, file)


def property_value(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.glob("b*/*.geojson")))
    content = _loaded(file)
    names = ("id", "region", "start", "end", "precision", "origins", "contested", "start_day", "note")
    names = ("name", "label", "rank", "kind") if file.parent.name == "basemap" else names
    name = rng.choice(names)
    value = rng.choice((*VALUES, *DATES, [20.5, 0.5], [500, 0], "exact", "approximate", 3))
    rng.choice(content["features"])["properties"][name] = value
    _dumped(file, content)
    return f"{file.name} {name} = {str(value)[:60]!r}"


# --- pictures ---------------------------------------------------------------------------


def _picture(mode: str, size: tuple[int, int], fmt: str, **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, fmt, **options)
    return written.getvalue()


def _png_that_says(width: int, height: int) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = part(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + head + body + part(b"IEND", b"")


def relief(rng: random.Random, folder: Path) -> str:
    png = _picture("RGB", (40, 20), "PNG")
    pictures = {
        "r.png": png,
        "grey.png": _picture("L", (9, 9), "PNG"),
        "bits.png": _picture("1", (9, 9), "PNG"),
        "deep.png": _picture("I;16", (9, 9), "PNG"),
        "palette.png": _picture("P", (9, 9), "PNG", transparency=0),
        "dot.png": _picture("RGBA", (1, 1), "PNG"),
        "line.png": _picture("LA", (3000, 1), "PNG"),
        "r.jpg": _picture("RGB", (9, 9), "JPEG"),
        "cmyk.jpg": _picture("CMYK", (9, 9), "JPEG"),
        "r.webp": _picture("RGBA", (9, 9), "WEBP"),
        "r.gif": _picture("P", (9, 9), "GIF"),
        "r.tif": _picture("F", (9, 9), "TIFF"),
        "r.bmp": _picture("RGB", (9, 9), "BMP"),
        "cut.png": png[: len(png) // 2],
        "head.png": png[:33],
        "cut.jpg": _picture("RGB", (200, 200), "JPEG")[:700],
        "cut.webp": _picture("RGB", (200, 200), "WEBP")[:60],
        "page.png": b"<!doctype html><title>404</title>",
        "r.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "empty.png": b"",
        "none.png": _png_that_says(0, 0),
        "huge.png": _png_that_says(40_000, 40_000),
        "vast.png": _png_that_says(2_000_000_000, 2_000_000_000),
        "short.png": _png_that_says(300, 300),
        "no-ending": png,
        "wrong.jpg": png,
        "a b%20?.png": png,
        "r.PNG": png,
        "x.html": png,
        "<b>.png": png,
    }
    name = rng.choice(sorted(pictures))
    file = folder / "basemap" / name
    file.write_bytes(pictures[name])
    values = _loaded(folder / "basemap/basemap.json")
    named = rng.choices((name, f"./{name}", f"../basemap/{name}", str(file)), (9, 1, 1, 1))[0]
    extent = rng.choices(([19, -1, 25, 2], rng.choice(BOXES), rng.choice(VALUES)), (6, 3, 1))[0]
    values |= {"relief": named, "relief_extent": extent}
    (folder / "basemap/basemap.json").write_text(
        json.dumps(values).replace('"nan"', "1e999").replace('"inf"', "1e999")
    )
    return f"{named if named != str(file) else 'absolute'} on {str(extent)[:60]}"


def outside(rng: random.Random, folder: Path) -> str:
    """Name a file of the base map that is not there to be read."""
    names = ("../../etc/passwd", "/etc/passwd", "../atlas.toml", "../../", ".", "", "\0", "a" * 300, "//x/y",
             "C:\\x", "land.geojson/", "../sources.json", "../basemap/land.geojson", "http://x/y.png")  # fmt: skip
    values = _loaded(folder / "basemap/basemap.json")
    part, name = rng.choice(("relief", "land", "water", "towns", "rivers")), rng.choice(names)
    values |= {part: name, **({"relief_extent": [20, 0, 24, 1]} if part == "relief" else {})}
    _dumped(folder / "basemap/basemap.json", values)
    return f"{part} = {name[:40]!r}"


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
    cell: 10, words: 7, free_cell: 8, rows_changed: 6, columns_changed: 3, id_renamed: 8, time_moved: 3,
    json_value: 5, csl_field: 12, toml_value: 8, box: 6, toml_odd: 2, whole_moved: 7, geometry: 6,
    geojson_value: 3, property_value: 5, relief: 6, outside: 2, file_changed: 5, not_a_file: 4,
}  # fmt: skip
