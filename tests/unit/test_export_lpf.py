"""Linked Places: the form the specification asks for, and the facts of the atlas in it."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from geojson_pydantic import FeatureCollection
from shapely.geometry import shape

from maps.atlas.assemble import open_atlas
from maps.atlas.dates import parse_date_text
from maps.atlas.model import Date, Name
from maps.data.lpf import CONTEXT
from maps.export import export_bytes

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "tests/fixtures/linked-places.schema.json").read_text("utf-8"))
FORM = jsonschema.Draft202012Validator(SCHEMA)
LANDING = Date(1960, 3, 15)
MODES = ("units", "control", "legal")


def linked(atlas, day=LANDING, **wish):
    return json.loads(export_bytes(atlas, day, "lpf", **wish))


def faults(collection):
    return [f"{error.json_path}: {error.message}" for error in FORM.iter_errors(collection)]


def feature(collection, region):
    found = [f for f in collection["features"] if f["@id"] == f"atlas:regions/{region}"]
    assert len(found) == 1
    return found[0]


def west_isle(atlas):
    return next(b for b in atlas.boundaries if b.id == "west-isle-1900")


@pytest.fixture(scope="module")
def czechoslovakia():
    return open_atlas(ROOT / "examples" / "czechoslovakia")


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "day", [Date(1921, 7, 5), Date(1923, 7, 7), Date(1994, 5, 12), Date(2020, 11, 10)]
)
def test_the_shipped_atlas_keeps_the_form(shipped_atlas, day, mode):
    collection = linked(shipped_atlas, day, mode=mode)
    assert collection["features"]
    assert faults(collection) == []


@pytest.mark.parametrize("mode", MODES)
def test_the_other_atlases_keep_the_form(islands_atlas, czechoslovakia, mode):
    for atlas, day in ((islands_atlas, LANDING), (czechoslovakia, Date(1992, 7, 17))):
        collection = linked(atlas, day, mode=mode)
        assert collection["features"]
        assert faults(collection) == []
        assert FeatureCollection(**collection).type == "FeatureCollection"


def without(*path):
    def change(whole):
        for step in path[:-1]:
            whole = whole[step]
        del whole[path[-1]]

    return change


def put(value, *path):
    def change(whole):
        for step in path[:-1]:
            whole = whole[step]
        whole[path[-1]] = value

    return change


FIRST = ("features", 0)
PLANTED = {
    "no context": without("@context"),
    "another collection": put("Collection", "type"),
    "no id": without(*FIRST, "@id"),
    "an id that is no address": put("nkao", *FIRST, "@id"),
    "no title": without(*FIRST, "properties", "title"),
    "no name": put([], *FIRST, "names"),
    "a name without a toponym": without(*FIRST, "names", 0, "toponym"),
    "no name cited": put([{"toponym": "West Isle"}], *FIRST, "names"),
    "nothing dated": without(*FIRST, "when"),
    "a span without a start": without(*FIRST, "when", "timespans", 0, "start"),
    "a date in words": put({"in": "1 May 1900"}, *FIRST, "when", "timespans", 0, "start"),
    "a doubtful date": put({"in": "1900~"}, *FIRST, "when", "timespans", 0, "start"),
    "a date twice": put(
        {"in": "1900", "latest": "1901"}, *FIRST, "when", "timespans", 0, "start"
    ),
    "no geometry": without(*FIRST, "geometry"),
    "latitude before longitude": put([[[[1, 200], [1, 201], [2, 200], [1, 200]]]], *FIRST,
                                     "geometry", "coordinates"),
    "a ring of three": put([[[0, 0], [1, 1], [0, 0]]], *FIRST, "geometry", "coordinates"),
    "a precision for a certainty": put("schematic", *FIRST, "geometry", "certainty"),
    "a type without a concept": without(*FIRST, "types", 0, "identifier"),
    "a relation without an aim": without("features", 2, "relations", 0, "relationTo"),
    "a kind of link of our own": put(
        [{"type": "sameAs", "identifier": "gn:1"}], *FIRST, "links"
    ),
    "a key the format has not": put("A02", *FIRST, "event"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(islands_atlas, fault):
    collection = deepcopy(linked(islands_atlas))
    PLANTED[fault](collection)
    assert faults(collection) != []


def test_each_region_drawn_is_one_feature_with_its_dated_geometry(islands_atlas):
    collection = linked(islands_atlas)
    assert collection["@context"] == CONTEXT
    assert [f["@id"] for f in collection["features"]] == [
        "atlas:regions/west-isle",
        "atlas:regions/east-isle",
        "atlas:regions/strait-shire",
    ]
    drawn = {b.id: b for b in islands_atlas.boundaries}
    for each in collection["features"]:
        (boundary,) = (drawn[id] for id in each["properties"]["boundaries"])
        assert shape(each["geometry"]).normalize().equals_exact(boundary.geometry.normalize(), 1e-5)
    shire = feature(collection, "strait-shire")
    assert shire["geometry"]["certainty"] == "uncertain"
    assert shire["geometry"]["when"]["timespans"] == shire["when"]["timespans"]
    assert shire["relations"] == [
        {
            "relationType": "gvp:broaderPartitive",
            "relationTo": "atlas:regions/east-isle",
            "label": "part of East Isle",
        }
    ]


def test_what_is_open_at_the_close_of_the_atlas_ends_there_at_the_earliest(islands_atlas):
    west = feature(linked(islands_atlas), "west-isle")
    assert west["when"]["timespans"] == [
        {"start": {"in": "1900-01-01"}, "end": {"earliest": "1999-12-31"}}
    ]


@pytest.mark.parametrize(
    ("edtf", "given", "certainty"),
    [
        ("1930", {"in": "1930"}, None),
        ("1930-05", {"in": "1930-05"}, None),
        ("1930~", {"earliest": "1930-01-01", "latest": "1930-12-31"}, "less-certain"),
        ("1930-05-02?", {"in": "1930-05-02"}, "less-certain"),
        ("[1930-05-02,1930-06-01]", {"earliest": "1930-05-02", "latest": "1930-06-01"}, None),
    ],
)
def test_a_date_is_given_as_far_as_its_source_goes(islands_atlas, edtf, given, certainty):
    first = replace(west_isle(islands_atlas), start=parse_date_text(edtf))
    atlas = replace(islands_atlas, boundaries=(first,))
    when = linked(atlas)["features"][0]["geometry"]["when"]
    assert when["timespans"][0]["start"] == given
    assert when.get("certainty") == certainty


@pytest.mark.parametrize(
    ("span", "timespan"),
    [
        ("1923/1929-04-08", {"start": {"in": "1923"}, "end": {"in": "1929-04-08"}}),
        ("1960/..", {"start": {"in": "1960"}, "end": {"earliest": "1999-12-31"}}),
        ("../1936", {"start": {"latest": "1936"}, "end": {"in": "1936"}}),
        ("1936", {"start": {"in": "1936"}}),
        ("../..", None),
        ("", None),
    ],
)
def test_a_name_has_the_days_its_table_gives(islands_atlas, span, timespan):
    isle = islands_atlas.regions["west-isle"]
    named = replace(isle, names=(Name("en", "Isle", "east-side", span, True),))
    atlas = replace(islands_atlas, regions={**islands_atlas.regions, "west-isle": named})
    collection = linked(atlas)
    name = feature(collection, "west-isle")["names"][0]
    assert name.get("when") == ({"timespans": [timespan]} if timespan else None)
    assert name["citations"][0]["label"].endswith("data version 1; used by: East side")
    assert faults(collection) == []


def test_several_boundaries_of_a_region_are_a_collection_each_with_its_days(islands_atlas):
    first = west_isle(islands_atlas)
    again = replace(first, id="again", start=parse_date_text("1910"), precision="schematic")
    atlas = replace(islands_atlas, boundaries=(first, again))
    collection = linked(atlas)
    geometry = feature(collection, "west-isle")["geometry"]
    assert geometry["type"] == "GeometryCollection"
    starts = [each["when"]["timespans"][0]["start"]["in"] for each in geometry["geometries"]]
    assert starts == ["1900-01-01", "1910"]
    assert [g["certainty"] for g in geometry["geometries"]] == ["less-certain", "uncertain"]
    assert faults(collection) == []


def test_only_an_id_that_stands_for_the_region_itself_is_a_match(shipped_atlas):
    collection = linked(shipped_atlas, Date(1994, 5, 12), mode="units")
    links = {f["properties"]["region"]: f.get("links", []) for f in collection["features"]}
    assert {"type": "closeMatch", "identifier": "gn:586268"} in links["kelbajar"]
    assert {link["type"] for link in links["azerbaijan"]} == {"seeAlso"}


def test_neither_events_nor_statements_are_passed_off_as_places(islands_atlas):
    written = json.dumps(linked(islands_atlas)["features"])
    assert "Landing at the narrows" not in written
    assert all(status.id not in written for status in islands_atlas.statuses)


def test_a_day_without_boundaries_is_an_empty_collection(islands_atlas):
    collection = linked(replace(islands_atlas, boundaries=()))
    assert (collection["features"], "bbox" in collection) == ([], False)
    assert faults(collection) == []
