"""Faults of files as such, and of values no reader further on could take."""
# ruff: noqa: E501  tables of faults

import os
from pathlib import Path

from data.planting import Fault, cell, content, edited_json, gone, text, together

SOURCES, BASEMAP = "sources.json", "basemap/basemap.json"


def _linked(file, target):
    def plant(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).symlink_to(target)

    return plant


def _folder(file):
    return together(gone(file), lambda folder: (folder / file).mkdir())


def _pipe(file):
    return together(gone(file), lambda folder: os.mkfifo(folder / file))


def _source(**fields):
    return edited_json(SOURCES, lambda items: items[0].update(fields))


def _relief(name, data):
    described = {"land": "land.geojson", "relief": name, "relief_extent": [19, -1, 25, 2]}
    named = edited_json(BASEMAP, lambda values: values.update(described))
    return together(named, content(f"basemap/{name}", data)) if data is not None else named


FILES = [
    Fault("loop of links", _linked("events.csv", "events.csv"), "events.csv", None, "", "file-unreadable"),
    Fault("link to nothing", _linked("places.csv", "gone"), "places.csv", None, "", "file-unreadable"),
    Fault("loop in a story", _linked("stories/isles.toml", "isles.toml"), "stories/isles.toml", None, "", "file-unreadable"),
    Fault("link out", _linked("notes.csv", "/etc/hostname"), "notes.csv", None, "", "file-outside"),
    Fault("folder for a table", _folder("figures.csv"), "figures.csv", None, "", "file-unreadable"),
    Fault("folder for an optional table", _folder("chains.csv"), "chains.csv", None, "", "file-unreadable"),
    Fault("pipe", _pipe("polities.csv"), "polities.csv", None, "", "file-unreadable"),
    Fault("endless key", content("stories/isles.toml", b"x = 1\n" + b"a." * 20_000 + b"a = 1"), "stories/isles.toml", 2, "", "syntax"),
    Fault("endless quoted key", content("atlas.toml", b"'a' . " * 9_000 + b"a = 1"), "atlas.toml", 1, "", "syntax"),
    Fault("deep JSON", content(SOURCES, b"[" * 200 + b"]" * 200), SOURCES, None, "", "syntax"),
    Fault("last day of the calendar", text("atlas.toml", "1999-12-31", "9999-12-31"), "atlas.toml", None, "last_day", "value-unfit"),
    Fault("huge hexadecimal number", text("atlas.toml", "order = 3", "order = 0x" + "f" * 9000), "atlas.toml", None, "", "syntax"),
    Fault("half a character", text(SOURCES, "Harbour Press", "\\ud800"), SOURCES, None, "", "syntax"),
    Fault("relief out of the atlas", _relief("../../etc/passwd", None), "basemap/../../etc/passwd", None, "", "file-outside"),
    Fault("relief is a page", _relief("r.png", b"<!doctype html>"), "basemap/r.png", None, "", "picture-unreadable"),
    Fault("relief cut off", _relief("r.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "basemap/r.png", None, "", "picture-unreadable"),
    Fault("relief of another ending", _relief("r.html", b"GIF89a"), "basemap/r.html", None, "", "picture-unreadable"),
    Fault("page of the list of events", text("events.csv", "X01,context,1972", "index,context,1972"), "events.csv", 4, "id", "id-reserved"),
    Fault("number without end", cell("figures.csv", 2, "value", "9" * 400), "figures.csv", 2, "value", "number-unreadable"),
]  # fmt: skip
_BOX = "[19.5, -0.5, 24.5, 1.5]"
BOXES = [
    Fault(f"extent {box}", text("atlas.toml", _BOX, box), "atlas.toml", None, "extent", "value-unfit")
    for box in (
        "[24.5, -0.5, 19.5, 1.5]", "[20, 0, 20, 1]", "[20.0, 0.0, 20.00001, 1.0]", "[-200, 0, 20, 1]",
        "[nan, 0, 24, 1]", "[19, 0, inf, 1]", "[19, 80, 24, 91]", "[19, 0, 24]", "[true, 0, 9, 9]",
    )
]  # fmt: skip
CSL = [
    Fault(f"CSL {field} {value}", _source(**{name: value}), SOURCES, 1, field, rule)
    for name, value, field, rule in (
        ("author", [{"family": 5}], "author[1].family", "csl-names"),
        ("author", [{"family": "Reed", "given": None}], "author[1].given", "csl-names"),
        ("author", [{"family": ""}], "author[1]", "csl-names"),
        ("author", ["Reed"], "author[1]", "csl-names"),
        ("author", [{"name": "Reed", "literal": "Reed"}], "author[1].name", "csl-names"),
        ("director", {"family": "Reed"}, "director", "csl-names"),
        ("issued", {"date-parts": [["abc"]]}, "issued.date-parts", "csl-date"),
        ("issued", {"date-parts": [[1985, 13]]}, "issued.date-parts", "csl-date"),
        ("issued", {"date-parts": [[True]]}, "issued.date-parts", "csl-date"),
        ("available-date", {"date-parts": []}, "available-date.date-parts", "csl-date"),
        ("accessed", {"raw": 5}, "accessed.raw", "csl-date"),
        ("issued", {"season": []}, "issued.season", "csl-date"),
        ("issued", "1985", "issued", "csl-date"),
        ("language", 5, "language", "csl-text"),
        ("publisher", ["Press"], "publisher", "csl-text"),
        ("note", None, "note", "csl-text"),
        ("volume", {"a": 1}, "volume", "csl-number"),
        ("volume", True, "volume", "csl-number"),
        ("categories", "x", "categories", "csl-text"),
    )
]
FAULTS = [*FILES, *BOXES, *CSL]
