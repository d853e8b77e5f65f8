"""The shipped boundaries and base map: form, fit, origin, size."""

import hashlib
import json
import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

from maps.atlas.model import PRECISIONS, Date

ATLAS = Path(__file__).parents[2] / "geodata"
LAYERS = sorted(path.stem for path in (ATLAS / "boundaries").glob("*.geojson"))
PROPERTIES = [
    "id", "region", "start", "end", "start_day", "end_day",
    "precision", "origins", "contested", "note",
]  # fmt: skip
ORIGIN_FIELDS = [
    "id", "title", "package", "version", "file",
    "file_sha256", "sha256", "licence", "credit", "note",
]  # fmt: skip
# Lists of regions that together are a whole, each an edge-matched mosaic.
MOSAICS = ("control", "districts")
PUBLISHED_KM2 = {
    "nkao": 4388,
    "azerbaijan-ssr": 86600,
    "armenia-ssr": 29743,
    "nakhichevan-assr": 5500,
    "lachin": 1835,
    "kelbajar": 1936,
    "fuzuli": 1386,
    "control-zone-2020": 3170,
}
SEVEN_RAYONS = {
    "kelbajar": 1936, "lachin": 1835, "qubadli": 802, "zangilan": 707,
    "jabrayil": 1050, "fuzuli": 1386, "aghdam": 1094,
}  # fmt: skip


def area_km2(geometry):
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(geometry)[0]) / 1e6


def features(path):
    return json.loads(path.read_bytes())["features"]


def layer(name):
    return features(ATLAS / "boundaries" / f"{name}.geojson")


@pytest.fixture(scope="module")
def boundaries():
    return {row["id"]: row for name in LAYERS for row in layer(name)}


@pytest.fixture(scope="module")
def geometries(boundaries):
    return {id: shape(row["geometry"]) for id, row in boundaries.items()}


def test_layers_are_those_of_the_design():
    assert LAYERS == [
        "autonomies", "claims", "control", "control-zones", "districts",
        "federations", "historical", "named-areas", "provinces", "republics", "uezds",
    ]  # fmt: skip


def test_ids_are_used_once_and_stand_in_both_places(boundaries):
    rows = [row for name in LAYERS for row in layer(name)]
    assert len(rows) == len(boundaries)
    assert all(row["id"] == row["properties"]["id"] for row in rows)


def test_properties_are_those_of_the_data_model(boundaries):
    for row in boundaries.values():
        assert list(row["properties"]) == PROPERTIES
        assert row["properties"]["precision"] in PRECISIONS


def test_days_are_iso_where_given(boundaries):
    for row in boundaries.values():
        for key in ("start_day", "end_day"):
            if row["properties"][key]:
                Date.fromisoformat(row["properties"][key])


def test_geometries_are_valid_and_cover_something(geometries):
    for id, geometry in geometries.items():
        assert geometry.is_valid, id
        assert geometry.area > 0, id


def test_rings_follow_the_right_hand_rule(geometries):
    for id, geometry in geometries.items():
        for part in shapely.get_parts(geometry):
            assert part.exterior.is_ccw, id
            assert not any(hole.is_ccw for hole in part.interiors), id


@pytest.mark.parametrize("folder", ["boundaries", "basemap"])
def test_coordinates_have_at_most_five_decimals(folder):
    for path in (ATLAS / folder).glob("*.geojson"):
        for row in features(path):
            if row["geometry"]:
                points = shapely.get_coordinates(shape(row["geometry"]))
                assert np.array_equal(points, points.round(5)), path.name


@pytest.mark.parametrize("name", MOSAICS)
def test_pieces_share_their_edges(name):
    shapes = np.array([shape(row["geometry"]) for row in layer(name)], dtype=object)
    assert shapely.coverage_is_valid(shapes)


def test_republics_share_their_border(geometries):
    pair = np.array([geometries["azerbaijan"], geometries["armenia"]], dtype=object)
    assert shapely.coverage_is_valid(pair)


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("nkao", ["martakert", "askeran", "martuni", "hadrut", "shusha-district"]),
        ("red-kurdistan", ["kelbajar", "lachin", "qubadli"]),
        ("fuzuli", ["fuzuli-until-2020", "fuzuli-beyond-1994"]),
        ("armenia", ["armenia-unit", "zangezur-unit"]),
        ("tsfsr", ["azerbaijan", "armenia"]),
        ("zangezur-uezd", ["zangezur", "lachin", "qubadli", "zangilan"]),
        ("qashatagh", ["lachin", "qubadli", "zangilan"]),
        ("hadrut-nkr", ["hadrut", "jabrayil", "fuzuli-until-2020"]),
        ("artsakh-not-controlled", ["martakert-beyond-1994", "martuni-beyond-1994", "shahumyan"]),
    ],
)
def test_a_whole_runs_along_the_lines_of_its_parts(geometries, whole, parts):
    """Vertex for vertex, so that two layers never show two lines for one."""
    joined = shapely.union_all([geometries[part] for part in parts])
    own_edge = joined.boundary.intersection(geometries[whole].boundary)
    corners = {tuple(point) for point in shapely.get_coordinates(joined)}
    shared = shapely.get_coordinates(own_edge)
    assert geometries[whole].buffer(1e-6).covers(joined)
    assert len(shared) > 20
    assert {tuple(point) for point in shared} <= corners


def test_no_district_of_the_oblast_has_a_detached_corner(geometries):
    for id in ("martakert", "askeran", "martuni", "hadrut", "shusha-district"):
        assert geometries[id].geom_type == "Polygon", id


def test_the_regions_of_the_nkr_are_together_the_land_it_claimed(geometries):
    regions = [
        geometries[row["id"]]
        for row in layer("provinces")
        if not row["properties"]["end"].startswith("[")  # replaced by a larger one in 1998
    ]
    claimed = geometries["artsakh-claimed"]
    assert sum(map(area_km2, regions)) == pytest.approx(area_km2(claimed), rel=1e-6)
    assert area_km2(shapely.union_all(regions).symmetric_difference(claimed)) < 0.1


def test_control_units_cover_both_republics_once(geometries):
    units = [geometries[row["id"]] for row in layer("control")]
    whole = area_km2(geometries["azerbaijan"]) + area_km2(geometries["armenia"])
    assert sum(map(area_km2, units)) == pytest.approx(whole, rel=1e-6)


def test_no_control_unit_is_a_crumb(geometries):
    assert min(area_km2(geometries[row["id"]]) for row in layer("control")) > 3


@pytest.mark.parametrize(("id", "km2"), PUBLISHED_KM2.items())
def test_area_is_within_five_percent_of_the_published_one(geometries, id, km2):
    assert area_km2(geometries[id]) == pytest.approx(km2, rel=0.05)


def test_the_seven_rayons_together_are_within_five_percent(geometries):
    ours = sum(area_km2(geometries[id]) for id in SEVEN_RAYONS)
    assert ours == pytest.approx(sum(SEVEN_RAYONS.values()), rel=0.05)


def test_boundaries_of_a_region_do_not_overlap_in_time():
    spans = {}
    for name in LAYERS:
        for row in layer(name):
            own = row["properties"]
            first = own["start_day"] or own["start"]
            last = own["end_day"] or own["end"] or "9999"
            spans.setdefault((name, own["region"]), []).append((first, last))
    for key, own in spans.items():
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(own))), key


def test_origins_exist_and_describe_the_extract(boundaries):
    records = {
        record["id"]: (path, record)
        for path in (ATLAS / "raw").glob("*.origin.toml")
        for record in [tomllib.loads(path.read_text(encoding="utf-8"))]
    }
    for path, record in records.values():
        assert list(record) == ORIGIN_FIELDS, path.name
        extract = path.with_name(path.name.removesuffix(".origin.toml"))
        assert hashlib.sha256(extract.read_bytes()).hexdigest() == record["sha256"], extract.name
    for id, row in boundaries.items():
        assert row["properties"]["origins"], id
        assert set(row["properties"]["origins"]) <= set(records), id


def test_every_extract_has_an_origin():
    extracts = {path.name for path in (ATLAS / "raw").iterdir() if path.suffix != ".toml"}
    origins = {path.name for path in (ATLAS / "raw").glob("*.origin.toml")}
    assert origins == {f"{name}.origin.toml" for name in extracts}


def test_files_stay_small_enough_for_one_offline_page():
    def size(folder):
        return sum(path.stat().st_size for path in (ATLAS / folder).iterdir())

    assert size("boundaries") < 450_000
    assert size("basemap") < 450_000
    assert size("raw") < 3_000_000


def test_base_map_names_its_files():
    index = json.loads((ATLAS / "basemap" / "basemap.json").read_bytes())
    west, south, east, north = index.pop("relief_extent")
    assert west < east
    assert south < north
    assert all((ATLAS / "basemap" / name).is_file() for name in index.values())


def test_land_ends_where_the_boundaries_do(geometries):
    land = shapely.union_all(
        [shape(row["geometry"]) for row in features(ATLAS / "basemap" / "land.geojson")]
    )
    assert land.is_valid
    assert land.buffer(1e-6).covers(geometries["tsfsr"])


def test_towns_carry_a_name_and_a_rank():
    towns = features(ATLAS / "basemap" / "towns.geojson")
    assert len(towns) > 60
    assert all(t["properties"]["name_en"] and 1 <= t["properties"]["rank"] <= 4 for t in towns)
