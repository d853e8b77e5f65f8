"""Changes by chance of lines, of the ground and of the picture below them."""

import io
import json
import random
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from data.odd_values import BOXES, DATES, VALUES
from data.rewriting import change_json, dump_json, load_json, load_table, save_table


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
        (
            (0, 0),
            (0, 60),
            (10, 88),
            (-75, -88),
            (179, 0),
            (-177, 10),
            (178, 65),
            (-60, -30),
            (140, 85),
        )
    )
    most = min(factor, 360 / (east - west), 178 / (north - south))
    half = ((east - west) / 2 * most, (north - south) / 2 * most)
    centre = (
        min(max(to[0], half[0] - 180), 180 - half[0]), min(max(to[1], half[1] - 90), 90 - half[1])
    )  # fmt: skip

    def move(x: float, y: float) -> tuple[float, float]:
        return (x - middle[0]) * most + centre[0], (y - middle[1]) * most + centre[1]

    for file in folder.glob("b*/*.geojson"):
        content = load_json(file)
        for feature in content["features"]:
            geometry = feature.get("geometry")
            if geometry:
                geometry["coordinates"] = _moved(geometry["coordinates"], move)
            if "label" in feature["properties"]:
                feature["properties"]["label"] = _moved(feature["properties"]["label"], move)
        dump_json(file, content)
    for table, prefix in (("places", ""), ("regions", "anchor_")):
        rows = load_table(folder / f"{table}.csv")
        x_at, y_at = rows[0].index(f"{prefix}lon"), rows[0].index(f"{prefix}lat")
        for row in rows[1:]:
            if row[x_at]:
                row[x_at], row[y_at] = map(
                    "{:.5f}".format, move(float(row[x_at]), float(row[y_at]))
                )
        save_table(folder / f"{table}.csv", rows)

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
    content = load_json(file)
    feature = rng.choice(content["features"])
    old = (feature.get("geometry") or {}).get("coordinates") or [_square(20, 0, 1)]
    ring = old[0] if old and old[0] and isinstance(old[0][0], list) else _square(20, 0, 1)
    west, south = (ring[0] if isinstance(ring[0][0], int | float) else ring[0][0])[:2]
    one, inf = _square(west, south, 1), float("inf")
    world = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
    hole = _square(west + 0.25, south + 0.25, 0.5)[::-1]
    sliver = [[west, south], [west + 1, south], [west + 1, south + 0.00001], [west, south]]
    parts = [[_square(round(west + i / 50, 5), south, 0.01)] for i in range(40)]
    rings: dict[str, Any] = {
        "tiny": [_square(west, south, 0.00001)],
        "small": [_square(west, south, 0.01)],
        "far": [_square(-170, -70, 1)],
        "near": [_square(west + 9, south + 5, 1)],
        "whole world": [world],
        "infinite": [[[west, inf], *ring[1:]]],
        "null": [[[None, None], *ring[1:]]],
        "texts": [[["a", "b"], *ring[1:]]],
        "3-D": [[[*point, 5] for point in one]],
        "flat": [[[west, south]] * 4],
        "bow": [[[20, 0], [21, 1], [21, 0], [20, 1], [20, 0]]],
        "clockwise": [one[::-1]],
        "with a hole": [one, hole],
        "sliver": [sliver],
        "empty": [],
        "short points": [[[1], [2], [3], [1]]],
        "huge": [[[1e300, 1e300], [1e301, 1e300], [1e301, 1e301], [1e300, 1e300]]],
    }
    new: dict[str, Any] = {
        **{name: {"type": "Polygon", "coordinates": made} for name, made in rings.items()},
        "many parts": {"type": "MultiPolygon", "coordinates": parts},
        "point": {"type": "Point", "coordinates": [west, south]},
        "line": {"type": "LineString", "coordinates": [[west, south], [west + 1, south + 1]]},
        "collection": {"type": "GeometryCollection", "geometries": []},
        "empty parts": {"type": "MultiPolygon", "coordinates": [[]]},
        "no such type": {"type": "Circle", "coordinates": [west, south]},
        "none": None,
    }
    name = rng.choice(sorted(new))
    feature["geometry"] = new[name]
    dump_json(file, content)
    return f"{file.name}: {name}"


def geojson_value(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.glob("b*/*.geojson")))
    if rng.random() < 0.2:
        content = load_json(file)
        content["crs"] = {"type": "name", "properties": {"name": "EPSG:3857"}}
        content["features"] = rng.choice((content["features"], [], content["features"][:1]))
        dump_json(file, content)
        return f"{file.name}: crs, {len(content['features'])} features"
    return change_json(rng, file)


def property_value(rng: random.Random, folder: Path) -> str:
    file = rng.choice(sorted(folder.glob("b*/*.geojson")))
    content = load_json(file)
    names = (
        "id",
        "region",
        "start",
        "end",
        "precision",
        "origins",
        "contested",
        "start_day",
        "note",
    )
    names = ("name", "label", "rank", "kind") if file.parent.name == "basemap" else names
    name = rng.choice(names)
    value = rng.choice((*VALUES, *DATES, [20.5, 0.5], [500, 0], "exact", "approximate", 3))
    rng.choice(content["features"])["properties"][name] = value
    dump_json(file, content)
    return f"{file.name} {name} = {str(value)[:60]!r}"


# --- pictures ---------------------------------------------------------------------------


def _picture(mode: str, size: tuple[int, int], fmt: str, **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, fmt, **options)
    return written.getvalue()


def _png_that_says(width: int, height: int) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

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
    values = load_json(folder / "basemap/basemap.json")
    named = rng.choices((name, f"./{name}", f"../basemap/{name}", str(file)), (9, 1, 1, 1))[0]
    extent = rng.choices(([19, -1, 25, 2], rng.choice(BOXES), rng.choice(VALUES)), (6, 3, 1))[0]
    values |= {"relief": named, "relief_extent": extent}
    (folder / "basemap/basemap.json").write_text(
        json.dumps(values).replace('"nan"', "1e999").replace('"inf"', "1e999")
    )
    return f"{named if named != str(file) else 'absolute'} on {str(extent)[:60]}"


def outside(rng: random.Random, folder: Path) -> str:
    """Name a file of the base map that is not there to be read."""
    names = (
        "../../etc/passwd", "/etc/passwd", "../atlas.toml", "../../", ".", "", "\0", "a" * 300,
        "//x/y", "C:\\x", "land.geojson/", "../sources.json", "../basemap/land.geojson",
        "http://x/y.png",
    )  # fmt: skip
    values = load_json(folder / "basemap/basemap.json")
    part, name = rng.choice(("relief", "land", "water", "towns", "rivers")), rng.choice(names)
    values |= {part: name, **({"relief_extent": [20, 0, 24, 1]} if part == "relief" else {})}
    dump_json(folder / "basemap/basemap.json", values)
    return f"{part} = {name[:40]!r}"
