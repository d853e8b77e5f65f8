"""Cut `raw/ne-countries.geojson` out of the npm package world-atlas 2.0.2, once, by hand.

    npm pack world-atlas@2.0.2
    python recipe/extract.py world-atlas-2.0.2.tgz

`maps build --atlas examples/czechoslovakia` only reads the extract. Coordinates
are as published, but rounded to six decimals (0.1 m) where decoding lengthened them.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
from shapely import clip_by_rect, set_precision
from shapely.geometry import mapping, shape

RAW = Path(__file__).parents[1] / "raw" / "ne-countries.geojson"
PACKAGE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
INNER = "package/countries-50m.json"
WINDOW = (5.0, 43.0, 30.0, 56.0)  # west, south, east, north
WHOLE = ("Czechia", "Slovakia")  # all others are cut at the window


def main(package: Path) -> None:
    """Write the extract and its origin record."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise SystemExit(f"{package.name} is not the package this was written for")
    with tarfile.open(package) as archive:
        member = archive.extractfile(INNER)
        if member is None:
            raise SystemExit(f"{package.name}: no file {INNER}")
        upstream = member.read()
    data = extract(json.loads(upstream))
    RAW.write_bytes(data)
    record = {
        "id": "ne-countries",
        "title": "Natural Earth 1:50m, countries",
        "package": "npm world-atlas",
        "version": "2.0.2",
        "file": INNER,
        "file_sha256": hashlib.sha256(upstream).hexdigest(),
        "sha256": hashlib.sha256(data).hexdigest(),
        "licence": "public domain (package: ISC)",
        "credit": "Made with Natural Earth, naturalearthdata.com",
        "note": "Countries as of Natural Earth 4.1 (2018).",
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in record.items())
    RAW.with_name(f"{RAW.name}.origin.toml").write_text(lines, encoding="utf-8")


def extract(topology: dict[str, Any]) -> bytes:
    """Decode TopoJSON and keep what lies in the window, one country a line."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (round(x, 6), round(y, 6))
            for x, y in (np.cumsum(arc, axis=0) * scale + translate).tolist()
        ]
        for arc in topology["arcs"]
    ]

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    lines = []
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        rings = [[ring(part) for part in polygon] for polygon in parts]
        outline = shape({"type": "MultiPolygon", "coordinates": rings})
        kept = outline if name in WHOLE else clip_by_rect(outline, *WINDOW)
        if kept.is_empty:
            continue
        geometry = mapping(set_precision(kept, 1e-6, mode="pointwise"))
        entry = {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    body = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'.encode()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
