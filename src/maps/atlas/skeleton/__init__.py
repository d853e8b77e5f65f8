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
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry import box

from maps.atlas.check.texts import is_language
from maps.atlas.describe import descriptor
from maps.atlas.geojson import collection, feature
from maps.atlas.model import Date
from maps.atlas.model.columns import columns_of
from maps.atlas.model.tables import COLUMNS, TextRow
from maps.errors import AtlasExists
from maps.files import clear_unfinished, unfinished_suffix

_TEMPLATES = Path(__file__).parent
_ORIGIN = "squares"
_KEPT_TEXTS = ("layer.regions", "layer.control", "perspective.editors")
_LAND_BY = "Land made with Natural Earth 1:110 million (public domain), through world-atlas (ISC)"
_SOURCE = {
    "id": "S01",
    "type": "book",
    "title": "An Example History",
    "author": [{"literal": "Nobody"}],
    "issued": {"date-parts": [[1930]]},
    "custom": {"perspective": "editors", "note": "Invented."},
}


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
    """Write a whole atlas into a folder that is missing or empty.

    With ``empty`` nothing is in it but what every atlas needs: a layer for regions, one for
    what the modes colour, and one teller. A ``frame`` of one's own is for an empty atlas.

    Returns
    -------
    list of str
        The files written, sorted, as paths inside the folder.

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
    files = _empty_files(said, lang, frame or Frame()) if empty else skeleton_files(said, lang)
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


def _toml_day(day: Date) -> str:
    """Write a day as a TOML date; before the year 1, where there are none, as text."""
    return str(day) if day.year > 0 else f'"{day}"'


def skeleton_files(title: str, lang: str, frame: Frame = Frame()) -> dict[str, bytes]:
    """Make every file of the skeleton, by its path; the same input gives the same bytes."""
    values = {"title": title, "lang": lang}
    values |= {name: _toml_day(getattr(frame, name)) for name in ("first_day", "last_day")}
    values["extent"] = str(list(frame.extent))

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)

    example = tomllib.loads((_TEMPLATES / "example.toml").read_text("utf-8"))
    texts = [{"key": filled(key), "text": filled(text)} for key, text in example["texts"].items()]
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "atlas"
    squares = example["squares"]
    files = {f"{table}.csv": _table(table, example.get(table, []), filled) for table in COLUMNS}
    files |= {
        out: filled((_TEMPLATES / template).read_text("utf-8")).encode()
        for out, template in (
            ("atlas.toml", "atlas.toml"),
            ("README.md", "README.md"),
            ("stories/example.toml", "story.toml"),
        )
    }
    return files | {
        f"text/{lang}.csv": _csv([column.name for column in columns_of(TextRow)], texts),
        "sources.json": _json([_SOURCE]),
        "datapackage.json": descriptor(
            name, title, version="0.1.0", licence="CC0-1.0", layers=list(squares), langs=[lang]
        ),
        **{f"boundaries/{layer}.geojson": _layer(drawn) for layer, drawn in squares.items()},
        "basemap/basemap.json": _json({"land": "land.geojson"}),
        "basemap/land.geojson": collection([feature(box(19.8, -1.2, 21.2, 1.2), {})]),
        **_raw(squares["regions"]),
    }


def _empty_files(title: str, lang: str, frame: Frame) -> dict[str, bytes]:
    """Make the files of an atlas without any row, feature, source or story."""
    files = skeleton_files(title, lang, frame)
    kept = tomllib.loads(files["atlas.toml"].decode())
    layers = [layer["id"] for layer in kept["layers"]]
    example = tomllib.loads((_TEMPLATES / "example.toml").read_text("utf-8"))
    texts = {key: text for key, text in example["texts"].items() if key in _KEPT_TEXTS}
    texts |= {
        "atlas.title": title,
        "atlas.subtitle": f"{frame.first_day.year}–{frame.last_day.year}",
        "atlas.disclaimer": "No line here is a statement on the legal status of any territory.",
        "atlas.cutoff": f"Closed on {frame.last_day}.",
    }
    rows = [{"key": key, "text": text} for key, text in texts.items()]
    return {
        name: content
        for name, content in files.items()
        if not name.startswith(("raw/", "stories/", "boundaries/"))
    } | {
        **{f"{table}.csv": _table(table, [], str) for table in COLUMNS},
        **{f"boundaries/{layer}.geojson": collection([]) for layer in layers},
        f"text/{lang}.csv": _csv([column.name for column in columns_of(TextRow)], rows),
        "sources.json": _json([]),
        # Coarse, but lines are drawn on it until the atlas has a ground of its own.
        "basemap/land.geojson": (_TEMPLATES / "land.geojson").read_bytes(),
        "atlas.toml": _emptied(files["atlas.toml"].decode()).encode(),
    }


def _emptied(settings: str) -> str:
    """Leave out of atlas.toml what is of the example alone; name whose land it is."""
    settings = re.sub(r"(?m)^opening_day = .*\n", "", settings)
    entries = settings.split("\n\n")
    kept = [entry for entry in entries if "[[sides]]" not in entry and "\nside = " not in entry]
    return re.sub(r"(?m)^attribution = .*", f'attribution = ["{_LAND_BY}"]', "\n\n".join(kept))


def _layer(squares: Mapping[str, list[float]]) -> bytes:
    return collection(
        feature(box(west, south, east, north), _properties(region), f"{region}-1900")
        for region, (west, south, east, north) in squares.items()
    )


def _properties(region: str) -> dict[str, Any]:
    return {
        "id": f"{region}-1900",
        "region": region,
        "start": "1900-01-01",
        "end": "",
        "precision": "schematic",
        "origins": [_ORIGIN],
        "contested": False,
        "note": "",
    }


def _raw(squares: Mapping[str, list[float]]) -> dict[str, bytes]:
    rows = [
        {
            "region": region,
            **dict(zip(("west", "south", "east", "north"), map(str, edges), strict=True)),
        }
        for region, edges in squares.items()
    ]
    extract = _csv(["region", "west", "south", "east", "north"], rows)
    checksum = hashlib.sha256(extract).hexdigest()
    record = {
        "id": _ORIGIN,
        "title": "Squares drawn as an example",
        "package": "none",
        "version": "1",
        "file": f"{_ORIGIN}.csv",
        "file_sha256": checksum,
        "sha256": checksum,
        "licence": "CC0-1.0",
        "credit": "",
        "note": "Invented.",
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in record.items())
    return {f"raw/{_ORIGIN}.csv": extract, f"raw/{_ORIGIN}.csv.origin.toml": lines.encode()}


def _table(table: str, rows: list[dict[str, str]], filled: Callable[[str], str]) -> bytes:
    columns = [column.name for column in COLUMNS[table]]
    return _csv(columns, [{key: filled(cell) for key, cell in row.items()} for row in rows])


def _csv(columns: list[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
