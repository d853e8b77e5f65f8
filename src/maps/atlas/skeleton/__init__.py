"""A new atlas: a small invented one that passes every check, to be replaced row by row."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry import box

from maps.atlas.check.texts import is_language
from maps.atlas.describe import descriptor
from maps.atlas.geojson import collection, feature
from maps.atlas.model import Date
from maps.atlas.model.columns import Column, columns_of
from maps.atlas.model.tables import COLUMNS, TextRow
from maps.errors import AtlasExists
from maps.files import clear_unfinished, unfinished_suffix

_TEMPLATES = Path(__file__).parent
_EXAMPLE = tomllib.loads((_TEMPLATES / "example.toml").read_text("utf-8"))
_LAND_BY = "Land made with Natural Earth 1:110 million (public domain), through world-atlas (ISC)"
_FIRST, _LAST = Date(1900, 1, 1), Date(1950, 12, 31)


@dataclass(frozen=True)
class Frame:
    """The days and the extent (west, south, east, north in degrees) of a new atlas."""

    first_day: Date = _FIRST
    last_day: Date = _LAST
    extent: tuple[float, float, float, float] = (19.5, -1.5, 21.5, 1.5)


def write_skeleton(
    folder: Path, title: str, lang: str, *, empty: bool = False, frame: Frame | None = None
) -> list[str]:
    """Write a whole atlas into a folder that is missing or empty; gives its files, sorted.

    With ``empty`` nothing is in it but what every atlas needs: a layer for regions, one for
    what the modes colour, and one teller. A ``frame`` of one's own is for an empty atlas.

    Raises
    ------
    AtlasExists
        The folder has something in it, or a file has its name.
    ValueError
        The language is none whose code is known, as ``en`` or ``pt-BR``.
    """
    if not is_language(lang):
        raise ValueError(f"{lang!r} is no code of a language; write en, fr or pt-BR")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AtlasExists(f"{folder} is not empty; name a folder that does not exist yet")
    said = " ".join(title.split()) or "A new atlas"
    files = skeleton_files(said, lang, empty=empty, frame=frame)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place, so that the last step is one rename.
    clear_unfinished(folder.parent, folder.name)
    suffix = unfinished_suffix()
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=suffix))
    try:
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        made.chmod(0o755)
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return sorted(files)


def skeleton_files(
    title: str, lang: str, *, empty: bool = False, frame: Frame | None = None
) -> dict[str, bytes]:
    """Make every file of the skeleton, by its path; the same input gives the same bytes."""
    days = frame if empty and frame else Frame()
    first, last = days.first_day, days.last_day
    values = {
        "title": title,
        "lang": lang,
        # TOML has no dates before the year 1; there they are texts.
        "first_day": str(first) if first.year > 0 else f'"{first}"',
        "last_day": str(last) if last.year > 0 else f'"{last}"',
        "extent": str(list(days.extent)),
        "first_year": str(first.year),
        "last_year": str(last.year),
        "closed": str(last),
    }

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)

    def csv_of(columns: Iterable[Column], rows: Iterable[Mapping[str, str]]) -> bytes:
        names = [column.name for column in columns]
        return _csv(names, ({key: filled(cell) for key, cell in row.items()} for row in rows))

    squares = _EXAMPLE["squares"]
    drawn = {layer: {} for layer in squares} if empty else squares
    texts = _EXAMPLE["empty_texts" if empty else "texts"]
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "atlas"
    settings = filled(_template("atlas.toml"))
    files = {
        **{
            f"{table}.csv": csv_of(columns, () if empty else _EXAMPLE.get(table, ()))
            for table, columns in COLUMNS.items()
        },
        "atlas.toml": (_without_example(settings) if empty else settings).encode(),
        "README.md": filled(_template("README.md")).encode(),
        f"text/{lang}.csv": csv_of(
            columns_of(TextRow), ({"key": key, "text": text} for key, text in texts.items())
        ),
        "sources.json": _json([] if empty else [_EXAMPLE["source"]]),
        "datapackage.json": descriptor(
            name, title, version="0.1.0", licence="CC0-1.0", layers=list(squares), langs=[lang]
        ),
        **{f"boundaries/{layer}.geojson": _layer(regions) for layer, regions in drawn.items()},
        "basemap/basemap.json": _json({"land": "land.geojson"}),
    }
    if empty:
        # Coarse, but lines are drawn on it until the atlas has a ground of its own.
        return files | {"basemap/land.geojson": _template("land.geojson").encode()}
    return files | {
        "stories/example.toml": filled(_template("story.toml")).encode(),
        "basemap/land.geojson": collection([feature(box(19.8, -1.2, 21.2, 1.2), {})]),
        **_raw(squares["regions"]),
    }


def _layer(squares: Mapping[str, list[float]]) -> bytes:
    usual = _EXAMPLE["properties"]
    return collection(
        feature(
            box(west, south, east, north),
            {"id": f"{id}-1900", "region": id, **usual},
            f"{id}-1900",
        )
        for id, (west, south, east, north) in squares.items()
    )


def _raw(squares: Mapping[str, list[float]]) -> dict[str, bytes]:
    edges = ("west", "south", "east", "north")
    rows = ({"region": id, **dict(zip(edges, at, strict=True))} for id, at in squares.items())
    extract = _csv(("region", *edges), rows)
    checksum = hashlib.sha256(extract).hexdigest()
    origin = _EXAMPLE["origin"] | {"file_sha256": checksum, "sha256": checksum}
    record = "".join(f"{key} = {json.dumps(value)}\n" for key, value in origin.items())
    return {"raw/squares.csv": extract, "raw/squares.csv.origin.toml": record.encode()}


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


def _without_example(settings: str) -> str:
    """Leave out of atlas.toml what is of the example alone; name whose land it is."""
    settings = re.sub(r"(?m)^opening_day = .*\n", "", settings)
    entries = settings.split("\n\n")
    kept = [entry for entry in entries if "[[sides]]" not in entry and "\nside = " not in entry]
    return re.sub(r"(?m)^attribution = .*", f'attribution = ["{_LAND_BY}"]', "\n\n".join(kept))


def _csv(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
