"""`maps import`: all rows or none, and every reason told."""

import csv
import datetime
import hashlib
import json

import geopandas as gpd
import pytest
from openpyxl import Workbook
from shapely.geometry import Polygon, box

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.intake import import_file
from maps.atlas.intake.days import date_fault
from maps.atlas.load import load_tables
from maps.cli import main

pytestmark = pytest.mark.slow

FRENCH = "title_fr,description_fr"
HEADER = f"date,title,description,{FRENCH},kind,region,source,page,evidence"
GOOD = "1961-06-12,Fair,A fair.,Foire,Une foire.,fair,Strait Shire;west-isle,S01,p. 3,M"


@pytest.fixture
def sheet(tmp_path):
    def write(*lines):
        path = tmp_path / "sheet.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write


@pytest.fixture
def run(atlas_copy, capsys):
    """Import something into the copied atlas: exit code and what was told."""

    def command(what, file, *more):
        code = main(["import", what, str(file), "--atlas", str(atlas_copy), *more])
        told = capsys.readouterr()
        return code, told.out + told.err

    return command


def digest(folder):
    """One number over the names and bytes of all files of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    listing = [(str(p.relative_to(folder)), p.read_bytes()) for p in paths]
    return hashlib.sha256(repr(listing).encode()).hexdigest()


def test_a_row_becomes_an_event_with_regions_texts_and_citation(run, sheet, atlas_copy):
    code, told = run("events", sheet(HEADER, GOOD))
    assert (code, told.splitlines()[1]) == (0, "  citations.csv: 1 added")
    event = next(e for e in open_atlas(atlas_copy).events if e.title == "Fair")
    assert (event.id, event.layer, event.date.edtf) == ("E05", "context", "1961-06-12")
    assert event.region_ids == ("strait-shire", "west-isle")
    assert [(c.source.id, c.locator) for c in event.citations] == [("S01", "p. 3")]
    french = next(e for e in open_atlas(atlas_copy, "fr").events if e.id == "E05")
    assert (french.title, french.description) == ("Foire", "Une foire.")


def test_what_was_there_stays_to_the_byte(run, sheet, atlas_copy):
    before = (atlas_copy / "events.csv").read_bytes()
    run("events", sheet(HEADER, GOOD))
    assert (atlas_copy / "events.csv").read_bytes().startswith(before)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (GOOD.replace("1961-06-12", "12.6.1961"), "row 3 date: '12.6.1961'"),
        (GOOD.replace("1961-06-12", "2061"), "row 3 (E06) date: 2061-01-01 is outside the atlas"),
        (GOOD.replace("west-isle", "Atlantis"), "row 3 region: 'Atlantis' is no region"),
        (GOOD.replace("S01", "S99"), "row 3 source: 'S99' is not in sources.json"),
        (GOOD.replace("S01", ""), "row 3 source: is empty"),
        (GOOD.replace("Foire", ""), "row 3 title_fr: is empty"),
        (GOOD[:-1] + "certain", "row 3 (E06) evidence: 'certain' is none of"),
        (GOOD + ",more", "row 3: has more cells than the header"),
    ],
)
def test_one_bad_row_changes_nothing_and_is_told(run, sheet, atlas_copy, row, told):
    before = digest(atlas_copy)
    code, out = run("events", sheet(HEADER, GOOD, row))
    assert (code, digest(atlas_copy)) == (1, before)
    assert told in out


def test_a_problem_is_told_at_the_column_of_the_sheet(run, sheet):
    lines = [line.replace("evidence", "How sure") for line in (HEADER, GOOD[:-1] + "sure")]
    _, out = run("events", sheet(*lines), "--map", "How sure=evidence")
    assert "sheet.csv row 2 (E05) How sure: 'sure' is none of" in out


def test_a_dry_run_tells_and_changes_nothing(run, sheet, atlas_copy):
    before = digest(atlas_copy)
    code, told = run("events", sheet(HEADER, GOOD), "--dry-run")
    assert (code, digest(atlas_copy)) == (0, before)
    assert "events.csv: 1 added" in told


@pytest.mark.parametrize(
    "words",
    [["--map", "Nothing=title"], ["--map", "date=nothing"], ["--set", "nothing=1"]],
)
def test_a_column_or_field_that_is_not_there_is_refused(run, sheet, atlas_copy, words):
    before = digest(atlas_copy)
    code, told = run("events", sheet(HEADER, GOOD), *words)
    assert (code, digest(atlas_copy)) == (1, before)
    assert "there are" in told


def test_a_map_without_an_equals_sign_is_not_understood(run, sheet):
    assert run("events", sheet(HEADER, GOOD), "--map", "date")[0] == 2


def test_a_column_that_is_no_field_is_told_and_left_aside(run, sheet):
    code, told = run("events", sheet(f"{HEADER},Mood", f"{GOOD},merry"))
    assert code == 0
    assert "column 'Mood' is not used" in told


def test_a_column_can_be_left_out_on_purpose(run, sheet):
    _, told = run("events", sheet(f"{HEADER},note", f"{GOOD},x"), "--map", "note=")
    assert "not used" not in told


def test_regions_are_created_where_that_is_asked_for(run, sheet, atlas_copy):
    code, _ = run(
        "events", sheet(HEADER, GOOD.replace("west-isle", "Outer Rock")), "--create-regions"
    )
    assert code == 0
    assert open_atlas(atlas_copy, "fr").regions["outer-rock"].name("fr") == "Outer Rock"


def test_a_place_with_coordinates_is_made_once(run, sheet, atlas_copy):
    places = [GOOD + ",New Quay,0.4,20.4", GOOD.replace("-12,", "-13,") + ",New Quay,0.4,20.4"]
    run("events", sheet(f"{HEADER},place,lat,lon", *places))
    rows = list(csv.DictReader((atlas_copy / "places.csv").open(encoding="utf-8")))
    assert [row["id"] for row in rows] == ["west-harbour", "narrows-town", "new-quay"]


def test_days_of_a_spreadsheet_become_iso_days(atlas_copy, tmp_path):
    book = Workbook()
    book.active.append(HEADER.split(","))
    cells = GOOD.split(",")
    book.active.append([datetime.datetime(1961, 6, 12), *cells[1:]])
    book.active.append([1962, *cells[1:]])
    book.save(tmp_path / "sheet.xlsx")
    import_file(tmp_path / "sheet.xlsx", atlas_copy, "events")
    found = [e.date.edtf for e in open_atlas(atlas_copy).events if e.title == "Fair"]
    assert found == ["1961-06-12", "1962"]


def test_semicolons_and_a_byte_order_mark_are_read(run, tmp_path):
    path = tmp_path / "excel.csv"
    path.write_text(
        "\n".join((HEADER, GOOD.replace("Shire;west-isle", "Shire"))).replace(",", ";"), "utf-8-sig"
    )
    assert run("events", path)[0] == 0


def test_an_atlas_with_problems_is_not_imported_into(run, sheet, atlas_copy):
    (atlas_copy / "names.csv").unlink()
    before = digest(atlas_copy)
    code, told = run("events", sheet(HEADER, GOOD))
    assert (code, digest(atlas_copy)) == (1, before)
    assert "has problems already" in told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12.6.1961", "1961-06-12 or 1961-12-06"),
        ("31/12/1961", "1961-12-31"),
        ("June 1961", "1961-06"),
        ("12 June 1961", "1961-06-12"),
        ("June 12, 1961", "1961-06-12"),
        ("c. 1961", "1961~"),
        ("1961–1963", "1961/1963"),
        ("1961.6.2", "1961-06-02"),
    ],
)
def test_a_date_that_is_no_edtf_is_told_with_what_would_do(text, meant):
    assert date_fault(text).endswith(f"write {meant}")


def test_a_date_that_is_edtf_has_no_fault():
    assert date_fault("[1961-06,1961-07]") == ""


@pytest.fixture
def shapes(tmp_path):
    """Two squares beside the isles, clockwise and with nine decimals, in any format and CRS."""

    def write(name, crs="EPSG:4326", shapes=None):
        squares = [
            Polygon([(19, 0), (19, 0.5), (19.123456789, 0.5), (19.123456789, 0)]),
            box(18, 0, 18.5, 1),
        ]
        frame = gpd.GeoDataFrame(
            {"label": ["Outer Rock", "Ness"], "since": ["1920", "1921-05-02"]},
            geometry=shapes or squares,
            crs="EPSG:4326",
        ).to_crs(crs)
        frame.to_file(tmp_path / name)
        return tmp_path / name

    return write


MAPPED = ["--layer", "isles", "--map", "label=name", "--map", "since=start"]
SAID = ["--set", "precision=schematic", "--licence", "CC0-1.0", "--create-regions"]


@pytest.mark.parametrize(
    ("name", "crs"),
    [("ness.geojson", "EPSG:4326"), ("ness.gpkg", "EPSG:3857"), ("ness.shp", "EPSG:32634")],
)
def test_polygons_become_boundaries_in_degrees(run, shapes, atlas_copy, name, crs):
    code, told = run("boundaries", shapes(name, crs), *MAPPED, *SAID)
    assert code == 0, told
    assert check_tables(load_tables(atlas_copy)) == []
    found = {b.id: b for b in open_atlas(atlas_copy).boundaries}
    rock = found["outer-rock-1920"]
    assert rock.geometry.bounds == pytest.approx((19, 0, 19.12346, 0.5), abs=1e-5)
    assert rock.geometry.exterior.is_ccw
    assert (rock.region_id, rock.origin_ids, rock.precision) == (
        "outer-rock",
        ("ness",),
        "schematic",
    )
    assert found["ness-1921"].start.edtf == "1921-05-02"


def test_the_file_is_kept_with_its_licence_and_checksum(run, shapes, atlas_copy):
    file = shapes("ness.geojson")
    run("boundaries", file, *MAPPED, *SAID)
    assert (atlas_copy / "raw" / "ness.geojson").read_bytes() == file.read_bytes()
    assert 'licence = "CC0-1.0"' in (atlas_copy / "raw" / "ness.geojson.origin.toml").read_text()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*MAPPED, *SAID[:4]], "row 1 label: 'Outer Rock' is no region"),
        ([*MAPPED, *SAID[2:]], "row 1 precision: is not said"),
        ([*MAPPED, "--set", "precision=exact", *SAID[2:]], "'exact' is none of"),
        ([*MAPPED, "--set", "precision=adapted", "--create-regions"], "has no licence"),
        (["--layer", "moons", *MAPPED[2:], *SAID], "'moons' is no layer"),
        ([*MAPPED, *SAID, "--set", "origins=none"], "'none' is not in raw"),
    ],
)
def test_lines_that_do_not_fit_change_nothing(run, shapes, atlas_copy, words, told):
    before = digest(atlas_copy)
    code, out = run("boundaries", shapes("ness.geojson"), *words)
    assert (code, digest(atlas_copy)) == (1, before)
    assert told in out


def test_overlapping_ground_is_told_at_the_feature(run, shapes, atlas_copy):
    before = digest(atlas_copy)
    file = shapes("ness.geojson", shapes=[box(20, 0, 20.5, 1), box(18, 0, 18.5, 1)])
    code, out = run("boundaries", file, *MAPPED, *SAID)
    assert (code, digest(atlas_copy)) == (1, before)
    assert "ness.geojson row 1" in out
    assert "km² that 'west-isle-1900'" in out
    assert "--contested-overlaps" in out


def test_a_fault_of_several_rows_is_told_once(run, atlas_copy):
    rows = "".join(f"196{n}-06-12,Fair,fair,west-isle,doe:1901,M\n" for n in range(1, 4))
    file = atlas_copy.parent / "fairs.csv"
    file.write_text(f"date,title,kind,region,source,evidence\n{rows}")
    code, out = run("events", file)
    assert code == 1
    assert out.count("'doe:1901' is not in sources.json") == 1
    assert "; also row 3, 4" in out


def test_overlapping_ground_is_taken_as_contested_when_asked(run, shapes, atlas_copy):
    file = shapes("ness.geojson", shapes=[box(20, 0, 20.5, 1), box(18, 0, 18.5, 1)])
    code, out = run("boundaries", file, *MAPPED, *SAID, "--contested-overlaps")
    assert code == 0, out
    assert "row 1 covers ground of another: contested" in out
    made = {b.id: b.contested for b in open_atlas(atlas_copy).boundaries}
    assert (made["outer-rock-1920"], made["ness-1921"], made["west-isle-1900"]) == (
        True,
        False,
        False,
    )


def test_two_schematic_outlines_may_overlap_and_that_is_told(run, shapes, atlas_copy):
    file = shapes("ness.geojson", shapes=[box(18, 0, 18.5, 1), box(18.2, 0, 18.7, 1)])
    code, out = run("boundaries", file, *MAPPED, *SAID)
    assert code == 0, out
    assert "row 2 covers ground of another schematic outline" in out
    assert check_tables(load_tables(atlas_copy)) == []
    assert not any(b.contested for b in open_atlas(atlas_copy).boundaries if b.id == "ness-1921")


def test_a_shapefile_without_crs_is_refused_until_it_is_named(run, shapes):
    file = shapes("ness.shp")
    file.with_suffix(".prj").unlink()
    code, out = run("boundaries", file, *MAPPED, *SAID)
    assert (code, "--crs EPSG:4326" in out) == (1, True)
    assert run("boundaries", file, *MAPPED, *SAID, "--crs", "EPSG:4326")[0] == 0


def test_two_boundaries_of_one_region_and_year_get_two_ids(run, tmp_path, atlas_copy):
    squares = [
        {"type": "Feature", "properties": {"region": "outer rock", "start": start, "end": end},
         "geometry": box(18, 0, 18.5, 1).__geo_interface__}
        for start, end in (("1920-01-01", "1920-06-01"), ("1920-06-01", ""))
    ]  # fmt: skip
    file = tmp_path / "rock.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": squares}))
    code, out = run("boundaries", file, "--layer", "isles", *SAID)
    assert code == 0, out
    ids = [b.id for b in open_atlas(atlas_copy).boundaries if b.region_id == "outer-rock"]
    assert ids == ["outer-rock-1920", "outer-rock-1920-2"]


@pytest.mark.parametrize("name", ["none.csv", "none.doc"])
def test_a_file_that_cannot_be_read_is_one_line(run, tmp_path, name):
    code, out = run("events", tmp_path / name)
    assert (code, out.count("\n")) == (1, 2)
