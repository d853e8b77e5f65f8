"""What readers that are not ours find in GeoJSON and GeoPackage is what was written."""

import json
import sqlite3
from dataclasses import replace

import geopandas as gpd
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from shapely import from_wkb
from shapely.geometry import MultiPolygon, shape

from kit import csv_rows, geojson
from maps.atlas.model import Date
from maps.day.law import LEGAL_DIMENSIONS
from maps.export import export_bytes

ISLANDS = Date(1960, 3, 15)
SHIPPED = [(Date(1921, 7, 5), "legal"), (Date(1994, 5, 12), "control"), (Date(1923, 7, 7), "units")]
TABLES = ("boundaries", "events", "statuses", "citations", "metadata")
STATEMENT = ("id", "region_id", "dimension", "polity_id", "teller_id", "statement", "certainty",
             "evidence", "start_edtf", "start_day", "end_edtf", "end_day", "note")  # fmt: skip
ROW = ("id", "region", "dimension", "polity", "teller", "text", "certainty", "evidence",
       "start_edtf", "start_day", "end_edtf", "end_day", "note")  # fmt: skip


@pytest.fixture
def package(tmp_path):
    """Give a GeoPackage as a file, and as what sqlite3 alone finds in it."""
    opened = []

    def made(atlas, day, mode, **wish):
        path = tmp_path / f"{day}-{mode}.gpkg"
        path.write_bytes(export_bytes(atlas, day, "gpkg", mode=mode, **wish))
        base = sqlite3.connect(path)
        base.row_factory = sqlite3.Row
        opened.append(base)
        return path, base

    yield made
    for base in opened:
        base.close()


def rows(base, name):
    return [dict(row) for row in base.execute(f"select * from {name} order by fid")]


def shape_of(blob):
    """Read a geometry as the standard lays it out (OGC 12-128r18, 2.1.3): a head, then WKB."""
    if blob is None:
        return None
    assert blob[:2] == b"GP"
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    return from_wkb(blob[8 + envelope :])


def same(one, other):
    if one is None or other is None or one.geom_type == other.geom_type == "Point":
        return one == other
    return in_parts(one).equals_exact(in_parts(other), 1e-5)


def in_parts(geometry):
    """Give a polygon as the only part of several, as layers of a GeoPackage have it."""
    return MultiPolygon([geometry] if geometry.geom_type == "Polygon" else geometry).normalize()


def differing(base, features):
    """List what differs between the layers of a GeoPackage and the features of a GeoJSON file."""
    found = {row["id"]: row for layer in ("boundaries", "events") for row in rows(base, layer)}
    told = {feature["id"]: feature for feature in features}
    yield from sorted(found.keys() ^ told.keys())
    for id in found.keys() & told.keys():
        written = told[id]["geometry"]
        if not same(shape_of(found[id]["geom"]), shape(written) if written else None):
            yield f"{id}: geometry"
        for key in ("citations", "statuses", "control"):
            known = told[id]["properties"].get(key)
            if key in found[id] and json.loads(found[id][key] or "null") != known:
                yield f"{id}: {key}"


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_geopackage_and_geojson_of_the_shipped_atlas_say_the_same(
    shipped_atlas, package, day, mode
):
    _, base = package(shipped_atlas, day, mode)
    features = geojson(shipped_atlas, day, mode=mode)["features"]
    assert len(features) > 5
    assert list(differing(base, features)) == []


def test_a_difference_between_the_two_is_seen(islands_atlas, package):
    _, base = package(islands_atlas, ISLANDS, mode="control")
    features = geojson(islands_atlas, ISLANDS, mode="control")["features"]
    assert list(differing(base, features)) == []
    features[0]["geometry"]["coordinates"][0][0][0] += 0.0001
    assert list(differing(base, features)) == [f"{features[0]['id']}: geometry"]
    features.pop(0)
    shire = next(feature for feature in features if feature["id"] == "cu-shire-1900")
    shire["properties"]["control"]["polities"] = []
    assert list(differing(base, features)) == ["cu-west-1900", "cu-shire-1900: control"]


@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_pyogrio_opens_every_layer_and_table(islands_atlas, package, mode):
    path, _ = package(islands_atlas, ISLANDS, mode)
    listed = dict(pyogrio.list_layers(path))
    claims = ("claims",) if mode == "legal" else ()
    assert set(listed) == {*TABLES, *claims}
    assert listed["boundaries"] == "MultiPolygon"
    assert listed["events"] == "Point"
    assert {listed[name] for name in listed if name not in ("boundaries", "events")} == {None}
    layer = gpd.read_file(path, layer="boundaries")
    assert layer.crs == "EPSG:4326"
    features = geojson(islands_atlas, ISLANDS, mode=mode)["features"]
    told = {feature["id"]: shape(feature["geometry"]) for feature in features}
    assert all(same(told[row.id], row.geometry) for row in layer.itertuples())
    assert list(gpd.read_file(path, layer="statuses")["painted"].map(type).unique()) == [bool]


def test_the_contents_are_registered_as_the_standard_asks(shipped_atlas, package):
    _, base = package(shipped_atlas, *SHIPPED[0])
    contents = {row["table_name"]: row for row in base.execute("select * from gpkg_contents")}
    layers = {"boundaries", "events"}
    kinds = {name: row["data_type"] for name, row in contents.items()}
    assert kinds == {
        name: "features" if name in layers else "attributes" for name in (*TABLES, "claims")
    }
    assert {contents[name]["srs_id"] for name in layers} == {4326}
    typed = base.execute(
        "select table_name, column_name, geometry_type_name, srs_id, z, m"
        " from gpkg_geometry_columns order by table_name"
    )
    assert [tuple(row) for row in typed] == [
        ("boundaries", "geom", "MULTIPOLYGON", 4326, 0, 0),
        ("events", "geom", "POINT", 4326, 0, 0),
    ]
    system = base.execute("select * from gpkg_spatial_ref_sys where srs_id = 4326").fetchone()
    assert (system["organization"], system["organization_coordsys_id"]) == ("EPSG", 4326)
    assert base.execute("pragma application_id").fetchone()[0] == int.from_bytes(b"GPKG", "big")
    assert base.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert {row["last_change"] for row in contents.values()} == {"1970-01-01T00:00:00.000Z"}


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_a_row_a_statement_as_in_the_table_for_spreadsheets(shipped_atlas, package, day, mode):
    _, base = package(shipped_atlas, day, mode)
    told = {}
    for row in csv_rows(shipped_atlas, day, mode=mode):
        told.setdefault(row["id"], tuple(row[key] for key in STATEMENT))
    if mode == "legal":  # there a row's teller and evidence are those of a claim
        own = {status.id: status for status in shipped_atlas.statuses}
        told = {
            id: (*said[:4], own[id].perspective_id, *said[5:7], own[id].evidence, *said[8:])
            for id, said in told.items()
        }
    found = {row["id"]: tuple(row[key] for key in ROW) for row in rows(base, "statuses")}
    assert len(found) > 10
    assert found == told


def test_a_row_a_claim_in_legal_status_and_none_in_other_modes(islands_atlas, package):
    _, base = package(islands_atlas, Date(1960, 3, 16), "legal")
    found = [
        (row["status"], row["teller"], row["stance"], row["account"], row["painted"])
        for row in rows(base, "claims")
    ]
    assert found == [
        ("shire-under-east-law", "chronicle", "says", "", 1),
        ("shire-claimed-by-west", "west-side", "says", "", 1),
        ("shire-claimed-by-east", "east-side", "says", "", 1),
        ("shire-claimed-by-west", "east-side", "says-otherwise", "shire-claimed-by-west-east", 1),
    ]
    assert {row["dimension"] for row in rows(base, "claims")} <= set(LEGAL_DIMENSIONS)
    _, other = package(islands_atlas, ISLANDS, mode="control")
    names = {row["table_name"] for row in other.execute("select * from gpkg_contents")}
    assert names == set(TABLES)


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_every_citation_a_row_names_is_in_the_table_and_supports_a_known_record(
    shipped_atlas, package, day, mode
):
    _, base = package(shipped_atlas, day, mode)
    citations = {row["id"]: row for row in rows(base, "citations")}
    tables = ("statuses", "claims") if mode == "legal" else ("statuses",)
    said = [row for name in tables for row in rows(base, name)]
    assert {id for row in said for id in row["citations"].split(";")} - {""} <= set(citations)
    for row in rows(base, "statuses"):
        for cited in (citations[id] for id in row["citations"].split(";") if id):
            assert (cited["subject_kind"], cited["subject"]) == ("status", row["id"])
    known = {
        "boundary": {row["id"] for row in rows(base, "boundaries")},
        "region": {row["region"] for row in rows(base, "boundaries")},
        "status": {row["id"] for row in rows(base, "statuses")},
        "event": {row["id"] for row in rows(base, "events")},
        "account": {account.id for account in shipped_atlas.accounts},
        "event_date": {given.id for given in shipped_atlas.event_dates},
    }
    assert all(row["subject"] in known[row["subject_kind"]] for row in citations.values())


def test_a_citation_has_its_source_its_quote_and_its_address(islands_atlas, package):
    _, base = package(islands_atlas, ISLANDS, "legal")
    found = {row["id"]: row for row in rows(base, "citations")}
    for status in islands_atlas.statuses:
        for citation in status.citations:
            row = found.get(citation.id)
            if row is None:
                continue
            assert row["source"] == citation.source.id
            assert (row["locator"], row["quote"]) == (citation.locator, citation.quote)
    papers = [row for row in found.values() if row["source"] == "W01"]
    assert papers
    assert {row["url"] for row in papers} == {"https://example.org/east"}
    assert all("Papers of the East League" in row["text"] for row in papers)


def test_one_tellers_package_still_says_who_held_the_land(islands_atlas, package):
    _, base = package(islands_atlas, Date(1960, 3, 16), "legal", perspective="east-side")
    found = [(row["id"], row["teller"], row["painted"]) for row in rows(base, "statuses")]
    assert found == [
        ("shire-claimed-by-east", "east-side", 1),
        ("shire-claimed-by-west", "west-side", 1),
        ("west-held", "chronicle", 0),
        ("shire-held-by-west", "chronicle", 0),
        ("east-held", "chronicle", 0),
    ]


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_a_strict_reader_takes_the_geojson_and_finds_the_same_in_it(shipped_atlas, day, mode):
    written = export_bytes(shipped_atlas, day, "geojson", mode=mode).decode()
    plain = json.loads(written)["features"]
    read = FeatureCollection.model_validate_json(written, strict=True).features
    assert [feature.id for feature in read] == [feature["id"] for feature in plain]
    for feature, known in zip(read, plain, strict=True):
        assert feature.properties == known["properties"]
        if known["geometry"]:
            assert same(shape(feature.geometry.model_dump()), shape(known["geometry"]))


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_geopandas_finds_the_boundaries_of_the_atlas_in_the_geojson(
    shipped_atlas, tmp_path, day, mode
):
    path = tmp_path / "day.geojson"
    path.write_bytes(export_bytes(shipped_atlas, day, "geojson", mode=mode))
    frame = gpd.read_file(path, columns=["id", "kind"])
    assert frame.crs == "EPSG:4326"
    known = {boundary.id: boundary.geometry for boundary in shipped_atlas.boundaries}
    drawn = frame[frame["kind"] == "boundary"]
    assert len(drawn) > 5
    assert all(same(known[row.id], row.geometry) for row in drawn.itertuples())


def test_a_geojson_out_of_form_is_refused_by_the_strict_reader(islands_atlas):
    plain = geojson(islands_atlas, ISLANDS, mode="units")
    del plain["features"][0]["geometry"]["coordinates"]
    with pytest.raises(ValueError, match="coordinates"):
        FeatureCollection.model_validate_json(json.dumps(plain))


def test_tables_without_a_row_are_there_all_the_same(islands_atlas, package):
    bare = replace(islands_atlas, boundaries=(), events=(), statuses=(), accounts=())
    path, base = package(bare, ISLANDS, "legal")
    assert {name for name, _ in pyogrio.list_layers(path)} == {*TABLES, "claims"}
    assert all(rows(base, name) == [] for name in ("boundaries", "statuses", "claims", "citations"))
