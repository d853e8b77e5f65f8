"""Make a larger valid atlas out of an existing one, for measuring how cost grows.

    python scale_atlas.py SRC_ATLAS OUT_DIR FACTOR

Run it with the Python that has `maps` installed. The result holds the source and
FACTOR - 1 copies of it. Copy k stands k cells of a grid away, so that no two copies
cover the same ground, and some days earlier, so that each copy has change days of
its own. Its ids end in ``-ck`` (contested points: C<1000 + k><number>). Shared by all
copies: polities, periods, perspectives, sources, notes, figures, stories, the basemap
and the raw files. Dates of copies are plain ISO days: the day the source is used with.
The same arguments give the same bytes.
"""

from __future__ import annotations

import csv
import json
import math
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from maps.atlas.assemble import open_atlas
from maps.atlas.dates import parse_date_text
from maps.atlas.model import Atlas, Date

FIRST_DAY = Date(1910, 1, 1)  # earlier than the source's, to hold the copies' earlier days
DAYS_APART, MOST_DAYS = 29, 2900
GAP_DEGREES = 0.3  # between the grounds of two copies
SOUTHERNMOST, WESTERNMOST = -55.0, -179.0
COPIED_TEXTS = ("account", "chain", "event", "place", "point", "status")
Row = dict[str, str]
Box = tuple[float, float, float, float]  # west, south, east, north


class Copy:
    """What copy k does to an id, a day, a place."""

    def __init__(self, number: int, east: float, north: float, cell: Box) -> None:
        self.number, self.east, self.north, self.cell = number, east, north, cell
        self.shift = number * DAYS_APART % MOST_DAYS

    def id(self, text: str) -> str:
        return f"{text}-c{self.number}" if text else ""

    def ids(self, text: str) -> str:
        return ";".join(self.id(part) for part in text.split(";") if part)

    def point(self, text: str) -> str:
        return f"C{1000 + self.number}{text.removeprefix('C')}" if text else ""

    def day(self, day: Date | None) -> str:
        return (day - self.shift).isoformat() if day else ""

    def day_text(self, text: str) -> str:
        return self.day(parse_date_text(text).used) if text else ""

    def place(self, lat: str, lon: str) -> tuple[str, str]:
        """Move a point; a far capital, outside the ground of the source, stays where it is."""
        if not lat:
            return "", ""
        west, south, east, north = self.cell
        if not (west <= float(lon) <= east and south <= float(lat) <= north):
            return lat, lon
        return f"{round(float(lat) + self.north, 5)}", f"{round(float(lon) + self.east, 5)}"


def rows_of(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edits(copy: Copy, atlas: Atlas) -> dict[str, Callable[[Row], Row | None]]:
    """Give, by table, what makes the copy's row of a row; None leaves the row out."""
    events = {event.id: event for event in atlas.events}
    statuses = {status.id: status for status in atlas.statuses}

    def event(row: Row) -> Row:
        span = events[row["id"]].span
        first, last = (
            copy.day(span.start),
            copy.day(span.end - 1 if span.end else None),
        )
        edtf = first if last in ("", first) else f"{first}/{last}"
        return {
            "id": copy.id(row["id"]),
            "edtf": edtf,
            "start_day": "",
            "place_id": copy.id(row["place_id"]),
        }

    def status(row: Row) -> Row:
        span = statuses[row["id"]].span
        return {
            "id": copy.id(row["id"]),
            "region_id": copy.id(row["region_id"]),
            "start": copy.day(span.start),
            "end": copy.day(span.end),
            "start_day": "",
            "end_day": "",
            "start_event_id": copy.id(row["start_event_id"]),
            "end_event_id": copy.id(row["end_event_id"]),
        }

    def citation(row: Row) -> Row | None:
        if row["figure_id"] or row["note_id"]:
            return None
        own = (
            "id",
            "event_id",
            "status_id",
            "boundary_id",
            "region_id",
            "account_id",
            "event_date_id",
        )
        return {name: copy.id(row[name]) for name in own}

    def region(row: Row) -> Row:
        lat, lon = copy.place(row["anchor_lat"], row["anchor_lon"])
        return {
            "id": copy.id(row["id"]),
            "part_of": copy.id(row["part_of"]),
            "predecessors": copy.ids(row["predecessors"]),
            "shown_on": copy.ids(row["shown_on"]),
            "anchor_lat": lat,
            "anchor_lon": lon,
            "geonames_id": "",
            "iso_3166_2": "",
            "wikidata": "",
        }

    def place(row: Row) -> Row:
        lat, lon = copy.place(row["lat"], row["lon"])
        return {
            "id": copy.id(row["id"]),
            "region_id": copy.id(row["region_id"]),
            "geonames_id": "",
            "lat": lat,
            "lon": lon,
        }

    return {
        "regions": region,
        "names": lambda row: {"region_id": copy.id(row["region_id"])},
        "places": place,
        "statuses": status,
        "events": event,
        "event_dates": lambda row: {
            "id": copy.id(row["id"]),
            "event_id": copy.id(row["event_id"]),
            "edtf": copy.day_text(row["edtf"]),
        },
        "event_regions": lambda row: {
            "event_id": copy.id(row["event_id"]),
            "region_id": copy.id(row["region_id"]),
        },
        "chains": lambda row: {
            "chain_id": copy.id(row["chain_id"]),
            "event_id": copy.id(row["event_id"]),
        },
        "points": lambda row: {"id": copy.point(row["id"])},
        "point_subjects": lambda row: {
            "point_id": copy.point(row["point_id"]),
            "event_id": copy.id(row["event_id"]),
            "status_id": copy.id(row["status_id"]),
            "region_id": copy.id(row["region_id"]),
        },
        "accounts": lambda row: {
            "id": copy.id(row["id"]),
            "point_id": copy.point(row["point_id"]),
            "event_id": copy.id(row["event_id"]),
            "status_id": copy.id(row["status_id"]),
            "start": copy.day_text(row["start"]),
            "end": copy.day_text(row["end"]),
        },
        "citations": citation,
    }


def text_row(copy: Copy, row: Row) -> Row | None:
    kind, _, rest = row["key"].partition(".")
    if kind not in COPIED_TEXTS:
        return None
    id, *part = rest.split(".")
    id = copy.point(id) if kind == "point" else copy.id(id)
    return {**row, "key": ".".join((kind, id, *part))}


def moved(coordinates: list, copy: Copy) -> list:
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0] + copy.east, 5), round(coordinates[1] + copy.north, 5)]
    return [moved(inner, copy) for inner in coordinates]


def feature_of(feature: dict, copy: Copy, atlas: Atlas) -> dict:
    said, geometry = feature["properties"], feature["geometry"]
    span = next(b.span for b in atlas.boundaries if b.id == said["id"])
    changed = {
        "id": copy.id(said["id"]),
        "region": copy.id(said["region"]),
        "start": copy.day(span.start),
        "end": copy.day(span.end),
        "start_day": "",
        "end_day": "",
    }
    return {
        "type": "Feature",
        "id": changed["id"],
        "properties": {**said, **changed},
        "geometry": {"type": geometry["type"], "coordinates": moved(geometry["coordinates"], copy)},
    }


def write_features(path: Path, features: Iterable[dict]) -> None:
    lines = ",\n".join(
        json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features
    )
    path.write_text('{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n", "utf-8")


def copies_on_grid(atlas: Atlas, factor: int) -> list[Copy]:
    """Lay the copies out to the west and the south of the source, about as wide as high."""
    boxes = [boundary.geometry.bounds for boundary in atlas.boundaries]
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    width = math.ceil((east - west + GAP_DEGREES) * 10) / 10
    height = math.ceil((north - south + GAP_DEGREES) * 10) / 10
    most_rows = int((south - SOUTHERNMOST) / height) + 1
    rows = max(1, min(round(math.sqrt(factor * width / height)), most_rows))
    columns = math.ceil(factor / rows)
    if west - (columns - 1) * width < WESTERNMOST:
        raise SystemExit(f"there is no room on the earth for {factor} copies beside each other")
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    cells.sort(key=lambda cell: (max(cell), cell))  # the source's own cell is first
    return [
        Copy(k, round(-column * width, 5), round(-row * height, 5), (west, south, east, north))
        for k, (column, row) in enumerate(cells[:factor])
    ]


def scaled(source: Path, target: Path, factor: int) -> None:
    atlas = open_atlas(source)
    copies = copies_on_grid(atlas, factor)
    shutil.copytree(source, target)
    changes = [edits(copy, atlas) for copy in copies[1:]]
    for table in changes[0] if changes else ():
        columns, rows = rows_of(source / f"{table}.csv")
        made = [
            {**row, **changed}
            for change in changes
            for row in rows
            if (changed := change[table](row)) is not None
        ]
        write_rows(target / f"{table}.csv", columns, [*rows, *made])
    for path in sorted((source / "text").glob("*.csv")):
        columns, rows = rows_of(path)
        made = [
            new for copy in copies[1:] for row in rows if (new := text_row(copy, row)) is not None
        ]
        write_rows(target / "text" / path.name, columns, [*rows, *made])
    for path in sorted((source / "boundaries").glob("*.geojson")):
        features = json.loads(path.read_text("utf-8"))["features"]
        made = [feature_of(feature, copy, atlas) for copy in copies[1:] for feature in features]
        write_features(target / "boundaries" / path.name, [*features, *made])
    _settings(target / "atlas.toml", atlas, copies)
    # The schema of the source knows only the source's own forms of ids.
    package = (target / "datapackage.json").read_text("utf-8")
    (target / "datapackage.json").write_text(
        package.replace("[AX][0-9]{2}[a-z]?", "[AX][0-9]{2}[a-z]?(-c[0-9]+)?"), "utf-8"
    )


def _settings(path: Path, atlas: Atlas, copies: list[Copy]) -> None:
    """Widen the first view and the days; one copy keeps those of the source.

    To the east the view ends where that of the source does: one that held (lon, lat) of
    a far capital as (lat, lon) would make `maps check` take its coordinates for exchanged.
    """
    if len(copies) == 1:
        return
    west, south, _, north = copies[0].cell
    east = atlas.settings.extent[2]
    extent = (
        west + min(c.east for c in copies),
        south + min(c.north for c in copies),
        east,
        north,
    )
    text = path.read_text("utf-8")
    text = re.sub(r"(?m)^extent = .*$", f"extent = {[round(edge, 5) for edge in extent]}", text)
    text = re.sub(r"(?m)^first_day = .*$", f"first_day = {FIRST_DAY.isoformat()}", text)
    path.write_text(text, "utf-8")


def main(words: list[str]) -> int:
    if len(words) != 3 or not words[2].isdigit() or int(words[2]) < 1:
        print(__doc__, file=sys.stderr)
        return 2
    source, target = Path(words[0]), Path(words[1])
    if target.exists():
        print(f"{target} exists already", file=sys.stderr)
        return 2
    scaled(source, target, int(words[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
