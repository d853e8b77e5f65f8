"""Reading, changing and writing single files of an atlas."""

import csv
import json
import random
from itertools import chain
from pathlib import Path
from typing import Any

from data.odd_values import VALUES


def load_table(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def save_table(file: Path, rows: list[list[str]], **form: Any) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, **{"lineterminator": "\n", **form}).writerows(rows)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    return [path, *chain.from_iterable(places_in(each, (*path, key)) for key, each in inner)]


def load_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def dump_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=True), encoding="utf-8")


def change_json(rng: random.Random, file: Path, values: tuple[Any, ...] = VALUES) -> str:
    content = load_json(file)
    *path, last = rng.choice(places_in(content)[1:])
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
    dump_json(file, content)
    return f"{file.name} {'.'.join(map(str, (*path, last)))} {how}"
