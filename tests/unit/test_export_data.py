import json
import sqlite3
from dataclasses import replace

import pytest
from shapely.geometry import Point, shape

from kit import csv_rows, geojson
from maps.atlas.model import Date
from maps.data.statements import COLUMNS, inert
from maps.day.control import Holding
from maps.day.law import law_of
from maps.export import export_bytes

# Both days are in the span the chronicle and the league give for the landing.
FIRST_DAY, NEXT_DAY = Date(1960, 3, 15), Date(1960, 3, 16)


def test_geojson_is_a_collection_of_features_as_rfc_7946_has_them(islands_atlas):
    collection = geojson(islands_atlas, FIRST_DAY)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["bbox"]) == 4
    assert "crs" not in collection
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert shape(feature["geometry"]).is_valid


def test_shells_run_against_the_clock(islands_atlas):
    for feature in geojson(islands_atlas, FIRST_DAY)["features"]:
        if feature["geometry"]["type"] == "Polygon":
            assert shape(feature["geometry"]).exterior.is_ccw


def test_boundaries_of_the_mode_come_first_then_the_events_of_the_day(islands_atlas):
    features = geojson(islands_atlas, FIRST_DAY)["features"]
    found = [(f["properties"]["kind"], f["id"]) for f in features]
    assert found == [
        ("boundary", "west-isle-1900"),
        ("boundary", "east-isle-1950"),
        ("boundary", "strait-shire-1950"),
        ("event", "A02"),
    ]


def test_an_event_lies_at_its_place(islands_atlas):
    event = geojson(islands_atlas, FIRST_DAY)["features"][-1]
    place = islands_atlas.places["narrows-town"]
    assert shape(event["geometry"]).equals(Point(place.lon, place.lat))
    assert event["properties"]["title"] == "Landing at the narrows"


def test_a_boundary_carries_names_precision_and_who_says_what(islands_atlas):
    shire = geojson(islands_atlas, FIRST_DAY)["features"][2]["properties"]
    assert shire["names"] == {"en": "Strait Shire", "fr": "Comté du Détroit"}
    assert shire["precision"] == "schematic"
    assert [status["id"] for status in shire["statuses"]] == [
        "shire-held-by-west",
        "shire-claimed-by-east",
        "shire-claimed-by-west",
        "shire-under-east-law",
    ]
    assert shire["origins"][0]["id"] == "squares"
    assert "Chronicle of the Two Isles" in shire["citations"][0]["text"]


def test_control_names_polities_and_tellers(islands_atlas):
    shire = geojson(islands_atlas, FIRST_DAY, mode="control")["features"][1]["properties"]
    held = shire["control"]
    assert [polity["name"] for polity in held["polities"]] == ["West Realm"]
    assert held["said_of"] == "strait-shire"
    assert held["statements"][0]["perspective_name"] == "The chronicle"


def test_the_metadata_say_what_is_shown_and_with_which_reservations(islands_atlas):
    said = geojson(islands_atlas, FIRST_DAY, mode="control", perspective="east-side")["metadata"]
    assert said["day"] == "1960-03-15"
    assert said["mode"] == "control"
    assert said["perspective"] == "east-side"
    assert said["disclaimer"] == "Nothing here is real."
    assert said["data_sha256"] == islands_atlas.digest
    assert said["link"] == "?day=1960-03-15&mode=control&perspective=east-side&lang=en"


def test_a_box_keeps_what_touches_it(islands_atlas):
    west_only = geojson(islands_atlas, NEXT_DAY, bbox=(20.2, 0.2, 20.8, 0.8))
    assert [feature["id"] for feature in west_only["features"]] == ["west-isle-1900"]


def test_a_day_without_boundaries_and_events_is_an_empty_collection(islands_atlas):
    empty = replace(islands_atlas, boundaries=(), events=())
    collection = geojson(empty, FIRST_DAY)
    assert collection["features"] == []
    assert "bbox" not in collection


def test_the_table_lists_every_statement_of_the_day_the_painted_ones_first(islands_atlas):
    listed = csv_rows(islands_atlas, FIRST_DAY, mode="control")
    found = [(row["id"], row["painted"]) for row in listed]
    assert found == [
        ("west-held", "yes"),
        ("shire-held-by-west", "yes"),
        ("east-held", "yes"),
        ("shire-claimed-by-east", "no"),
        ("shire-claimed-by-west", "no"),
        ("shire-under-east-law", "no"),
    ]


def test_a_row_carries_its_evidence(islands_atlas):
    row = csv_rows(islands_atlas, FIRST_DAY, mode="control")[1]
    assert tuple(row) == COLUMNS
    assert row["start_edtf"] == "[1960-03-15,1960-03-20]"
    assert row["start_day"] == "1960-03-15"
    assert row["certainty"] == "contested"
    assert row["precision"] == "schematic"
    assert "Chronicle of the Two Isles" in row["citations"]
    assert row["data_sha256"] == islands_atlas.digest


def test_a_perspective_leaves_only_its_own_statements(islands_atlas):
    found = [row["id"] for row in csv_rows(islands_atlas, FIRST_DAY, perspective="east-side")]
    assert found == ["shire-claimed-by-east"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+1 more", "'+1 more"),
        ("-dash", "'-dash"),
        ("@cell", "'@cell"),
        ("\t=1", "'\t=1"),
        ("-12.5", "-12.5"),
        ("+3", "+3"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_text_becomes_a_formula_and_numbers_stay_numbers(text, written):
    assert inert(text) == written


def test_a_formula_in_a_statement_reaches_the_file_as_text(islands_atlas):
    first = replace(islands_atlas.statuses[0], text='=HYPERLINK("http://x")')
    changed = replace(islands_atlas, statuses=(first, *islands_atlas.statuses[1:]))
    assert csv_rows(changed, FIRST_DAY)[0]["statement"] == '\'=HYPERLINK("http://x")'


def test_the_geopackage_holds_layers_tables_and_metadata(islands_atlas, tmp_path):
    path = tmp_path / "day.gpkg"
    path.write_bytes(export_bytes(islands_atlas, FIRST_DAY, "gpkg", mode="control"))
    base = sqlite3.connect(path)
    assert base.execute("select table_name, data_type from gpkg_contents").fetchall() == [
        ("boundaries", "features"),
        ("events", "features"),
        ("statuses", "attributes"),
        ("citations", "attributes"),
        ("metadata", "attributes"),
    ]
    held = base.execute("select region_name, held_by, precision from boundaries").fetchall()
    assert held == [
        ("West Isle", "West Realm", "schematic"),
        ("Strait Shire", "West Realm", "schematic"),
        ("East Isle without the shire", "East League", "schematic"),
    ]
    assert base.execute("select title from events").fetchall() == [("Landing at the narrows",)]
    said = dict(base.execute("select key, value from metadata"))
    assert said["day"] == "1960-03-15"
    assert said["disclaimer"] == "Nothing here is real."
    base.close()


def test_the_geopackage_of_a_day_without_events_opens(islands_atlas, tmp_path):
    import geopandas as gpd

    path = tmp_path / "day.gpkg"
    path.write_bytes(export_bytes(islands_atlas, NEXT_DAY, "gpkg"))
    boundaries = gpd.read_file(path, layer="boundaries")
    assert boundaries.crs == "EPSG:4326"
    assert len(boundaries) == 3
    assert len(gpd.read_file(path, layer="events")) == 0


def test_a_piece_carries_the_claims_that_count_for_it_and_who_is_silent(islands_atlas):
    pieces = geojson(islands_atlas, NEXT_DAY, mode="legal")["features"]
    said = {feature["id"]: feature["properties"] for feature in pieces}
    shire = said["cu-shire-1900"]
    found = [(c["teller"], c["stance"], c["dimension"], c["polity"]) for c in shire["claims"]]
    assert found == [
        ("chronicle", "says", "de-jure", "east-league"),
        ("west-side", "says", "claim", "west-realm"),
        ("east-side", "says", "claim", "east-league"),
        ("east-side", "says-otherwise", "claim", "west-realm"),
    ]
    assert shire["silent"] == []
    denial = shire["claims"][-1]
    assert denial["text"].startswith("The papers of the East League say that")
    assert denial["status"] == "shire-claimed-by-west"
    assert denial["account"] == "shire-claimed-by-west-east"
    assert denial["certainty"] == "position"
    assert denial["citations"][0]["source"] == "W01"
    assert shire["control"]["polities"][0]["id"] == "west-realm"
    assert said["cu-west-1900"]["claims"] == []
    assert said["cu-west-1900"]["silent"] == ["chronicle", "west-side", "east-side"]


@pytest.mark.parametrize("perspective", ["all", "chronicle", "west-side", "east-side"])
def test_the_claims_of_a_file_give_back_what_is_painted(islands_atlas, perspective):
    collection = geojson(islands_atlas, NEXT_DAY, mode="legal", perspective=perspective)
    assert collection["metadata"]["perspective"] == perspective
    for feature in collection["features"]:
        if feature["properties"]["layer"] != "control":
            continue
        read = {
            Holding(claim["dimension"], claim["polity"], claim["stance"] == "says-otherwise")
            for claim in feature["properties"]["claims"]
            if claim["polity"] and claim["stance"] != "in-part"
        }
        region = feature["properties"]["region"]
        assert read == set(law_of(islands_atlas, region, NEXT_DAY, perspective).holdings)


def test_other_modes_carry_no_claims(islands_atlas):
    for mode in ("units", "control"):
        features = geojson(islands_atlas, NEXT_DAY, mode=mode)["features"]
        assert not any("claims" in feature["properties"] for feature in features)


def test_control_is_not_filtered_by_whose_claims_are_asked_for(islands_atlas):
    pieces = geojson(islands_atlas, NEXT_DAY, mode="legal", perspective="west-side")["features"]
    shire = next(f["properties"] for f in pieces if f["id"] == "cu-shire-1900")
    assert [claim["teller"] for claim in shire["claims"]] == ["west-side"]
    assert shire["control"]["statements"][0]["perspective"] == "chronicle"


def test_the_table_has_a_row_for_each_teller_of_a_statement_with_the_stance(islands_atlas):
    listed = csv_rows(islands_atlas, NEXT_DAY, mode="legal")
    found = [
        (r["id"], r["teller_id"], r["stance"], r["statement_of"], r["painted"]) for r in listed
    ]
    assert found == [
        ("shire-under-east-law", "chronicle", "says", "chronicle", "yes"),
        ("shire-claimed-by-west", "west-side", "says", "west-side", "yes"),
        ("shire-claimed-by-east", "east-side", "says", "east-side", "yes"),
        ("shire-claimed-by-west", "east-side", "says-otherwise", "west-side", "yes"),
        ("west-held", "chronicle", "says", "chronicle", "no"),
        ("east-held", "chronicle", "says", "chronicle", "no"),
        ("shire-held-by-west", "chronicle", "says", "chronicle", "no"),
    ]
    assert listed[3]["account"].startswith("The papers of the East League say")
    assert listed[3]["account_id"] == "shire-claimed-by-west-east"
    assert listed[3]["sources"] == "W01"


def test_the_table_of_one_teller_lists_what_that_teller_says(islands_atlas):
    listed = csv_rows(islands_atlas, NEXT_DAY, mode="legal", perspective="east-side")
    assert [(row["id"], row["stance"]) for row in listed] == [
        ("shire-claimed-by-east", "says"),
        ("shire-claimed-by-west", "says-otherwise"),
    ]


def test_the_geopackage_of_legal_status_says_each_claim_in_a_column(islands_atlas, tmp_path):
    path = tmp_path / "day.gpkg"
    path.write_bytes(export_bytes(islands_atlas, NEXT_DAY, "gpkg", mode="legal"))
    base = sqlite3.connect(path)
    said, claims, silent = base.execute(
        "select said, claims, silent from boundaries where id = 'cu-shire-1900'"
    ).fetchone()
    assert said == (
        "The chronicle says: de-jure East League; West side says: claim West Realm; "
        "East side says: claim East League; East side says otherwise: claim West Realm"
    )
    assert [claim["stance"] for claim in json.loads(claims)] == ["says"] * 3 + ["says-otherwise"]
    assert json.loads(silent) == []
    base.close()
