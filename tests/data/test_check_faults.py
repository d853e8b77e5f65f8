"""One planted fault a test: each is found, at its place, and nothing else is."""

from shutil import copytree
from typing import NamedTuple

import pytest

from data.planting import (
    Plant,
    cell,
    content,
    edited_json,
    extra_column,
    extra_row,
    geometry,
    gone,
    no_column,
    no_row,
    properties,
    ring,
    text,
    together,
)
from maps.load import load_tables
from maps.validate import build_atlas, check_tables, find_faults

ISLES, SHIRES = "boundaries/isles.geojson", "boundaries/shires.geojson"
# The west isle is the square 20–21° E, 0–1° N; here it is drawn in other ways.
CLOCKWISE = ring((20, 0), (20, 1), (21, 1), (21, 0))
BOW_TIE = ring((20, 0), (21, 1), (21, 0), (20, 1))
ON_THE_EAST_ISLE = ring((23.5, 0), (23.9, 0), (23.9, 1), (23.5, 1))


class Fault(NamedTuple):
    name: str
    plant: Plant
    file: str
    row: int | None
    field: str
    rule: str


def _item(position: int, **changes: object) -> Plant:
    return edited_json("sources.json", lambda items: items[position - 1].update(changes))


FILES = [
    Fault("missing table", gone("figures.csv"), "figures.csv", None, "", "file-missing"),
    Fault("missing bibliography", gone("sources.json"), "sources.json", None, "", "file-missing"),
    Fault("missing settings", gone("atlas.toml"), "atlas.toml", None, "", "file-missing"),
    Fault("missing layer", gone(SHIRES), SHIRES, None, "", "file-missing"),
    Fault("missing language", gone("text/fr.csv"), "text/fr.csv", None, "", "file-missing"),
    Fault(
        "missing relief",
        content("basemap/basemap.json", b'{"relief": "r.png", "relief_extent": [20, 0, 24, 1]}'),
        "basemap/r.png",
        None,
        "",
        "file-missing",
    ),
    Fault(
        "relief without extent",
        together(
            content("basemap/r.png", b"png"),
            content("basemap/basemap.json", b'{"relief": "r.png"}'),
        ),
        "basemap/basemap.json",
        None,
        "relief_extent",
        "value-unfit",
    ),
    Fault(
        "not UTF-8",
        content("polities.csv", b"id,hue,note\nwest-realm,30,\neast-league,250,caf\xe9\n"),
        "polities.csv",
        3,
        "",
        "encoding",
    ),
    Fault(
        "CSV quote left open",
        content("notes.csv", b'id,category,confidence\nN1,"dates,certain\nN2,names,high\n'),
        "notes.csv",
        2,
        "",
        "syntax",
    ),
    Fault(
        "comma too many",
        text("notes.csv", "N2,names,high", "N2,names,high,"),
        "notes.csv",
        3,
        "",
        "cell-count",
    ),
    Fault(
        "JSON syntax",
        content("sources.json", b'[\n {"id": "S00",}\n]'),
        "sources.json",
        2,
        "",
        "syntax",
    ),
    Fault(
        "GeoJSON syntax",
        content(ISLES, b'{"type": "FeatureCollection",\n"features": [\n'),
        ISLES,
        3,
        "",
        "syntax",
    ),
    Fault(
        "TOML syntax",
        text("atlas.toml", 'version = "1"', "version = 1 0"),
        "atlas.toml",
        2,
        "",
        "syntax",
    ),
    Fault("layer no one lists", content("boundaries/lakes.geojson",
        b'{"type": "FeatureCollection", "features": []}'),
        "boundaries/lakes.geojson", None, "", "layer-unknown"),
]  # fmt: skip

COLUMNS = [
    Fault("missing column", no_column("places.csv", "region_id"), "places.csv", 1,
        "region_id", "column-missing"),
    Fault("unknown column", extra_column("places.csv", "colour"), "places.csv", 1,
        "colour", "column-unknown"),
    Fault("column twice", extra_column("places.csv", "lat"), "places.csv", 1, "", "column-twice"),
    Fault("duplicate id", extra_row("notes.csv", id="N1", category="names"),
        "notes.csv", 4, "id", "id-twice"),
    Fault("bad id form", together(
        cell("periods.csv", 2, "id", "One Isle"),
        text("text/en.csv", "period.one-isle", "period.One Isle"),
        text("text/fr.csv", "period.one-isle", "period.One Isle"),
    ), "periods.csv", 2, "id", "id-form"),
    Fault("required cell empty", cell("figures.csv", 2, "measure", ""), "figures.csv", 2,
        "measure", "cell-empty"),
    Fault("no number", cell("figures.csv", 2, "value", "about 12"), "figures.csv", 2,
        "value", "number-unreadable"),
    Fault("no flag", cell("names.csv", 8, "main", "yes"), "names.csv", 8,
        "main", "flag-unreadable"),
    Fault("row twice", extra_row("event_regions.csv", event_id="A01", region_id="east-isle"),
        "event_regions.csv", 8, "", "row-twice"),
    Fault("unknown dimension", cell("statuses.csv", 5, "dimension", "owner"), "statuses.csv", 5,
        "dimension", "choice-unknown"),
    Fault("unknown certainty", cell("statuses.csv", 5, "certainty", "sure"), "statuses.csv", 5,
        "certainty", "choice-unknown"),
    Fault("unknown evidence", cell("events.csv", 4, "evidence", "V9"), "events.csv", 4,
        "evidence", "choice-unknown"),
    Fault("unknown role", cell("citations.csv", 8, "role", "proof"), "citations.csv", 8,
        "role", "choice-unknown"),
    Fault("unknown precision", properties(ISLES, 1, precision="exact"), ISLES, 1,
        "precision", "choice-unknown"),
]  # fmt: skip

REFERENCES = [
    Fault(f"unknown {column} in {file}", cell(file, line, column, "nowhere"), file, line,
        column, "reference-unknown")
    for file, line, column in [
        ("regions.csv", 4, "part_of"),
        ("regions.csv", 4, "predecessors"),
        ("places.csv", 2, "region_id"),
        ("periods.csv", 4, "event_ids"),
        ("statuses.csv", 6, "polity_id"),
        ("statuses.csv", 6, "perspective_id"),
        ("statuses.csv", 6, "start_event_id"),
        ("statuses.csv", 6, "end_event_id"),
        ("events.csv", 2, "place_id"),
        ("event_regions.csv", 3, "region_id"),
        ("event_regions.csv", 3, "event_id"),
        ("citations.csv", 14, "boundary_id"),
        ("citations.csv", 15, "region_id"),
        ("citations.csv", 16, "figure_id"),
        ("citations.csv", 18, "note_id"),
        ("citations.csv", 8, "source_id"),
        ("figures.csv", 2, "region_id"),
        ("note_subjects.csv", 2, "note_id"),
        ("note_subjects.csv", 2, "event_id"),
        ("note_subjects.csv", 3, "region_id"),
        ("note_subjects.csv", 4, "source_id"),
    ]
] + [
    Fault("unknown region of a boundary", properties(ISLES, 1, region="nowhere"), ISLES, 1,
        "region", "reference-unknown"),
    Fault("unknown origin", properties(ISLES, 1, origins=["squares", "maps"]), ISLES, 1,
        "origins", "reference-unknown"),
    Fault("unknown perspective of a source",
        edited_json("sources.json", lambda items: items[2]["custom"].update(perspective="x")),
        "sources.json", 3, "custom.perspective", "reference-unknown"),
    Fault("unknown layer of a mode", text("atlas.toml", '"isles", "shires"', '"isles", "towns"'),
        "atlas.toml", None, "modes[1].layers", "reference-unknown"),
    Fault("part of itself by a ring", cell("regions.csv", 3, "part_of", "strait-shire"),
        "regions.csv", 3, "part_of", "region-cycle"),
]  # fmt: skip

DAYS = [
    Fault("no EDTF", cell("events.csv", 4, "edtf", "May 1972"), "events.csv", 4,
        "edtf", "date-unreadable"),
    Fault("no EDTF in a span", cell("statuses.csv", 6, "start", "1950-13"), "statuses.csv", 6,
        "start", "date-unreadable"),
    Fault("no EDTF of a name", cell("names.csv", 8, "span", "since 1960"), "names.csv", 8,
        "span", "date-unreadable"),
    Fault("no EDTF of a boundary", properties(ISLES, 1, start="1900-02-30"), ISLES, 1,
        "start", "date-unreadable"),
    Fault("no ISO day", cell("statuses.csv", 6, "start_day", "June"), "statuses.csv", 6,
        "start_day", "date-unreadable"),
    Fault("start day outside its month", cell("statuses.csv", 6, "start_day", "1950-07-01"),
        "statuses.csv", 6, "start_day", "day-outside"),
    Fault("end before start", cell("periods.csv", 4, "end", "1971"), "periods.csv", 4,
        "end", "end-before-start"),
    Fault("empty span", cell("periods.csv", 4, "end", "1972-01-01"), "periods.csv", 4,
        "end", "span-empty"),
    Fault("open start", cell("periods.csv", 4, "start", "../1972"), "periods.csv", 4,
        "start", "date-open"),
    Fault("end day without end", cell("periods.csv", 3, "end_day", "1990-01-01"), "periods.csv", 3,
        "end_day", "day-without-date"),
    Fault("event after the atlas", cell("events.csv", 4, "edtf", "2001"), "events.csv", 4,
        "edtf", "day-outside"),
    Fault("lane overlap", cell("periods.csv", 4, "lane", "0"), "periods.csv", 4,
        "lane", "lane-overlap"),
    Fault("opening day outside", text("atlas.toml", "1960-03-15", "2000-01-01"), "atlas.toml",
        None, "opening_day", "day-outside"),
    Fault("two boundaries of a region", properties(ISLES, 2, end="1950-06-02"), ISLES, 3,
        "start", "boundary-overlap-in-time"),
]  # fmt: skip

GEOGRAPHY = [
    Fault("latitude out of range", cell("places.csv", 2, "lat", "90.5"), "places.csv", 2,
        "lat", "coordinate-range"),
    Fault("lat and lon swapped", together(cell("places.csv", 3, "lat", "22.5"),
        cell("places.csv", 3, "lon", "0.5")), "places.csv", 3, "lat", "coordinate-swapped"),
    Fault("half an anchor", cell("regions.csv", 4, "anchor_lon", ""), "regions.csv", 4,
        "anchor_lon", "coordinate-half"),
    Fault("no geometry", geometry(ISLES, 1, None), ISLES, 1, "geometry", "geometry-unreadable"),
    Fault("geometry of words", geometry(ISLES, 1, {"type": "Polygon", "coordinates": "here"}),
        ISLES, 1, "geometry", "geometry-unreadable"),
    Fault("no polygon", geometry(ISLES, 1, ring((20, 0), (21, 1), kind="LineString")), ISLES, 1,
        "geometry", "geometry-kind"),
    Fault("empty polygon", geometry(ISLES, 1, {"type": "Polygon", "coordinates": []}), ISLES, 1,
        "geometry", "geometry-empty"),
    Fault("crossing ring", geometry(ISLES, 1, BOW_TIE), ISLES, 1, "geometry", "geometry-invalid"),
    Fault("clockwise ring", geometry(ISLES, 1, CLOCKWISE), ISLES, 1,
        "geometry", "geometry-winding"),
    Fault("six decimals", geometry(ISLES, 1, ring((20.000001, 0), (21, 0), (21, 1), (20, 1))),
        ISLES, 1, "geometry", "geometry-decimals"),
    Fault("far away", geometry(ISLES, 1, ring((60, 0), (61, 0), (61, 1), (60, 1))), ISLES, 1,
        "geometry", "geometry-outside"),
    Fault("lat first", geometry(ISLES, 1, ring((0, 20), (1, 20), (1, 21), (0, 21))), ISLES, 1,
        "geometry", "geometry-swapped"),
    Fault("off the earth", geometry(ISLES, 1, ring((20, 0), (21, 0), (21, 91), (20, 91))),
        ISLES, 1, "geometry", "geometry-range"),
    Fault("two claims on the same ground", geometry(ISLES, 1, ON_THE_EAST_ISLE), ISLES, 2,
        "geometry", "boundary-overlap"),
    Fault("feature without id", properties("boundaries/control.geojson", 1, id=""),
        "boundaries/control.geojson", 1, "id", "cell-empty"),
    Fault("feature id twice", properties(ISLES, 3, id="east-isle-1900"), ISLES, 3,
        "id", "id-twice"),
    Fault("contested in quotes", properties(ISLES, 1, contested="false"), ISLES, 1,
        "contested", "flag-unreadable"),
    Fault("unknown property", properties(ISLES, 1, colour="red"), ISLES, 1,
        "colour", "property-unknown"),
]  # fmt: skip

WORDS_AND_EVIDENCE = [
    Fault("missing text", text("text/fr.csv", "layer.isles,Îles\n", ""), "text/fr.csv", None,
        "key", "text-missing"),
    Fault("empty text", text("text/fr.csv", "layer.isles,Îles", "layer.isles,"), "text/fr.csv", 6,
        "text", "text-empty"),
    Fault("unknown text", extra_row("text/en.csv", key="layer.moon", text="Moon"), "text/en.csv",
        38, "key", "text-unknown"),
    Fault("text twice", extra_row("text/en.csv", key="layer.isles", text="Isle"), "text/en.csv",
        38, "key", "text-twice"),
    Fault("missing main name", no_row("names.csv", 3), "regions.csv", 2, "id", "name-missing"),
    Fault("two main names", cell("names.csv", 8, "main", "true"), "names.csv", 8,
        "main", "name-twice"),
    Fault("event without citation", no_row("citations.csv", 7), "events.csv", 4,
        "id", "uncited"),
    Fault("status without citation", no_row("citations.csv", 9), "statuses.csv", 2,
        "id", "uncited"),
    Fault("article event without teller", no_row("citations.csv", 2), "events.csv", 2,
        "id", "untold"),
    Fault("citation for nothing", cell("citations.csv", 16, "figure_id", ""), "citations.csv", 16,
        "event_id", "citation-subject"),
    Fault("citation for two", cell("citations.csv", 2, "region_id", "west-isle"), "citations.csv",
        2, "region_id", "citation-subject"),
    Fault("note about two", cell("note_subjects.csv", 2, "region_id", "west-isle"),
        "note_subjects.csv", 2, "region_id", "note-subject"),
    Fault("percentage without base", cell("figures.csv", 3, "base", ""), "figures.csv", 3,
        "base", "base-missing"),
    Fault("source without title", _item(2, title=""), "sources.json", 2, "title", "csl-missing"),
    Fault("source without type", _item(2, type=None), "sources.json", 2, "type", "csl-missing"),
    Fault("source of no CSL type", _item(2, type="webpgae"), "sources.json", 2, "type",
        "csl-type"),
    Fault("source date of no CSL form", _item(2, issued="1961"), "sources.json", 2, "issued",
        "csl-date"),
    Fault("source author of no CSL form", _item(2, author="Ada Reed"), "sources.json", 2,
        "author", "csl-names"),
    Fault("two sources of one id", together(_item(2, id="S00"),
        text("note_subjects.csv", "S01", "S00"),
        *(cell("citations.csv", line, "source_id", "S00") for line in (3, 5, 13))),
        "sources.json", 2, "id", "id-twice"),
]  # fmt: skip

SETTINGS_AND_ORIGINS = [
    Fault("hue of a layer", text("atlas.toml", "hue = 200", "hue = 400"), "atlas.toml", None,
        "layers[2].hue", "value-unfit"),
    Fault("hue of a polity", cell("polities.csv", 3, "hue", "400"), "polities.csv", 3,
        "hue", "hue-range"),
    Fault("extent upside down", text("atlas.toml", "19.5, -0.5, 24.5, 1.5", "19.5, 1.5, 24.5, 1"),
        "atlas.toml", None, "extent", "value-unfit"),
    Fault("unknown setting", text("atlas.toml", "licence =", "zoom = 3\nlicence ="), "atlas.toml",
        None, "zoom", "key-unknown"),
    Fault("missing setting", text("atlas.toml", 'version = "1"\n', ""), "atlas.toml", None,
        "version", "key-missing"),
    Fault("colouring by nothing", text("atlas.toml", 'colour_by = "layer"', 'colour_by = "owner"'),
        "atlas.toml", None, "modes[1].colour_by", "value-unfit"),
    Fault("extract changed", content("raw/squares.csv", b"other"), "raw/squares.csv.origin.toml",
        None, "sha256", "raw-changed"),
    Fault("extract without record", content("raw/rivers.csv", b"x"), "raw/rivers.csv", None, "",
        "origin-missing"),
    Fault("record without extract", gone("raw/squares.csv"), "raw/squares.csv.origin.toml", None,
        "", "raw-missing"),
    Fault("record without licence", text("raw/squares.csv.origin.toml", 'licence = "CC0-1.0"\n',
        ""), "raw/squares.csv.origin.toml", None, "licence", "origin-incomplete"),
]  # fmt: skip

PACKAGE = [
    Fault("table not described", edited_json("datapackage.json", lambda v: v["resources"].pop(1)),
        "datapackage.json", None, "resources", "package-resource"),
    Fault("resource without file", edited_json("datapackage.json",
        lambda v: v["resources"][-1].update(path="source.json")), "datapackage.json", None,
        "resources[13].path", "package-path"),
    Fault("schema without a column", edited_json("datapackage.json",
        lambda v: v["resources"][2]["schema"]["fields"].pop()), "datapackage.json", None,
        "resources[3].schema", "package-columns"),
    Fault("schema of no known type", edited_json("datapackage.json",
        lambda v: v["resources"][2]["schema"]["fields"][0].update(type="word")),
        "datapackage.json", None, "", "descriptor"),
    Fault("no licence", edited_json("datapackage.json", lambda v: v.pop("licenses")),
        "datapackage.json", None, "resources[1].licenses", "licence-missing"),
    Fault("pattern of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["fields"][4].update(constraints={"enum": ["%"]})),
        "figures.csv", 2, "unit", "schema-constraint"),
    Fault("type of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["fields"][2].update(type="integer")),
        "figures.csv", 2, "measure", "schema-type"),
    Fault("key of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"].update(primaryKey=["region_id"])),
        "figures.csv", 3, "region_id", "schema-primary-key"),
    Fault("foreign key of the descriptor", edited_json("datapackage.json",
        lambda v: v["resources"][9]["schema"]["foreignKeys"][0].update(fields=["unit"])),
        "figures.csv", 2, "unit", "schema-foreign-key"),
]  # fmt: skip

FAULTS = [
    *FILES,
    *COLUMNS,
    *REFERENCES,
    *DAYS,
    *GEOGRAPHY,
    *WORDS_AND_EVIDENCE,
    *SETTINGS_AND_ORIGINS,
    *PACKAGE,
]


def test_the_invented_atlas_has_no_problem(two_islands):
    assert check_tables(load_tables(two_islands)) == []


@pytest.mark.parametrize("fault", [pytest.param(fault, id=fault.name) for fault in FAULTS])
def test_a_planted_fault_is_found_where_it_is(fault, two_islands, tmp_path):
    folder = copytree(two_islands, tmp_path / "atlas")
    fault.plant(folder)
    tables = load_tables(folder)
    problems = check_tables(tables)
    told = "\n".join(map(str, problems))
    assert (fault.file, fault.row, fault.field) in {(p.file, p.row, p.field) for p in problems}, (
        told
    )
    assert {problem.rule for problem in problems} == {fault.rule}, told
    if not find_faults(tables):
        build_atlas(tables, "fr")  # what opens without a problem can be built
