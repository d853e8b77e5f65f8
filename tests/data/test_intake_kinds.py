"""Kinds of files that people have, imported into a new atlas: taken, asked about or refused.

Each test is about a kind: the inputs are invented, several of each, and nothing may be
half written.
"""

import csv
import datetime
import json
import shutil
import zipfile

import geopandas as gpd
import pytest
from openpyxl import Workbook
from shapely.geometry import GeometryCollection, Point, Polygon, box

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.intake.bibliography import read_records
from maps.atlas.load import load_tables
from maps.cli import main

pytestmark = pytest.mark.slow

HEADER = "Date,Title,Type,Region,Source"
ROW = "1911-06-12,Bridge,Building,Northland,S01"
EVENTS = ("--set", "evidence=M")
LINES = ("--layer", "regions", "--licence", "CC0-1.0", "--create-regions")


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds") / "example"
    assert main(["new", str(folder)]) == 0
    return folder


@pytest.fixture
def atlas(example, tmp_path):
    return shutil.copytree(example, tmp_path / "atlas")


@pytest.fixture
def empty(tmp_path):
    assert main(["new", str(tmp_path / "empty"), "--empty", "--extent", "-30,-40,40,40"]) == 0
    return tmp_path / "empty"


@pytest.fixture
def run(capsys):
    """Import a file; what was said is given back, and a refusal has to change nothing."""

    def imported(kind, file, atlas, *words):
        before = dict(load_tables(atlas).files)
        capsys.readouterr()
        code = main(["import", kind, str(file), "--atlas", str(atlas), *words])
        said = capsys.readouterr()
        if code == 0:
            assert check_tables(load_tables(atlas)) == []
        else:
            assert dict(load_tables(atlas).files) == before
            assert "a fault in maps" not in said.err
        return code, said.out + said.err

    return imported


def sheet(folder, *rows, name="sheet.csv", encoding="utf-8"):
    (folder / name).write_bytes(("\n".join(rows) + "\n").encode(encoding))
    return folder / name


def geojson(folder, *features, name="lines.geojson", encoding="utf-8"):
    listed = [
        {"type": "Feature", "properties": said, "geometry": geometry.__geo_interface__}
        for said, geometry in features
    ]
    content = json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False)
    (folder / name).write_bytes(content.encode(encoding))
    return folder / name


def upper(**said):
    return {"name": "Upper", "start": "1900", "precision": "adapted", **said}


def rows(atlas, table):
    with (atlas / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_date(atlas):
    return rows(atlas, "events")[-1]["edtf"]


# --- ends ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), [("FromYear", "ToYear"), ("gwsdate", "gwedate")])
def test_columns_of_published_files_end_with_the_last_year(atlas, tmp_path, run, start, end):
    said = {"Name": "Aria", start: 1905, end: 1907}
    file = geojson(tmp_path, (said, box(19, -1, 19.2, -0.5)))
    code, told = run("boundaries", file, atlas, *LINES, "--set", "precision=adapted")
    assert code == 0, told
    assert "last day or year that counts" in told
    assert open_atlas(atlas).boundaries[-1].end.edtf == "1908"


@pytest.mark.parametrize(
    "spans",
    [[("1908", "1908")], [("1900", "1907"), ("1908", "1910")], [("1900-05", "1900-05")]],
)
def test_ends_that_look_like_the_last_are_asked_about(atlas, tmp_path, run, spans):
    ground = box(19, -1, 19.2, -0.5)
    file = geojson(tmp_path, *((upper(start=start, end=end), ground) for start, end in spans))
    code, told = run("boundaries", file, atlas, *LINES)
    assert code == 1
    assert told.count("--end-inclusive") == 1
    assert run("boundaries", file, atlas, *LINES, "--end-inclusive")[0] == 0
    held = [b for b in open_atlas(atlas).boundaries if b.region_id == "upper"]
    assert len(held) == len(spans)


def test_ends_that_meet_the_next_start_are_the_first_day_without(atlas, tmp_path, run):
    ground = box(19, -1, 19.2, -0.5)
    spans = (("1900", "1910"), ("1910", ""))
    file = geojson(tmp_path, *((upper(start=start, end=end), ground) for start, end in spans))
    assert run("boundaries", file, atlas, *LINES)[0] == 0
    assert [b.end and b.end.edtf for b in open_atlas(atlas).boundaries][-2:] == ["1910", None]


# --- encodings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("cp1251", "Мост"), ("cp1252", "Brücke"), ("cp1250", "Łódź"), ("shift_jis", "橋")],
)
def test_a_table_in_another_encoding_is_asked_for_it(atlas, tmp_path, run, encoding, name):
    file = sheet(tmp_path, HEADER, ROW.replace("Bridge", name), encoding=encoding)
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "--encoding" in told) == (1, True)
    assert run("events", file, atlas, *EVENTS, "--encoding", encoding)[0] == 0
    assert open_atlas(atlas).events[-1].title == name


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_at_the_head_says_the_encoding(atlas, tmp_path, run, encoding):
    file = sheet(tmp_path, HEADER, ROW.replace("Bridge", "Мост"), encoding=encoding)
    assert run("events", file, atlas, *EVENTS)[0] == 0
    assert open_atlas(atlas).events[-1].title == "Мост"


@pytest.mark.parametrize("packed", [False, True])
def test_a_shapefile_without_cpg_is_asked_for_its_encoding(atlas, tmp_path, run, packed):
    frame = gpd.GeoDataFrame([upper(name="Шуша")], geometry=[box(19, 0, 19.5, 1)], crs=4326)
    frame.to_file(tmp_path / "s.shp", encoding="cp1251")
    (tmp_path / "s.cpg").unlink()
    file = tmp_path / "s.shp"
    if packed:
        file = tmp_path / "s.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for part in tmp_path.glob("s.???"):
                if part != file:
                    archive.write(part, f"inside/{part.name}")
    code, told = run("boundaries", file, atlas, *LINES)
    assert (code, "'Шуша' as cp1251" in told) == (1, True)
    assert run("boundaries", file, atlas, *LINES, "--encoding", "cp1251")[0] == 0
    assert "Шуша" in (atlas / "names.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:a\nsize 1\n", "git lfs pull"),
        ('{"type": "Übergau"}'.encode("cp1252"), "is not UTF-8"),
        ("{}".encode("utf-16"), "is UTF-16, not UTF-8"),
        (b"<html>", "is not JSON"),
        (b"[1]", "no GeoJSON"),
    ],
)
def test_what_is_no_map_file_is_told_in_plain_words(atlas, tmp_path, run, content, told):
    (tmp_path / "a.geojson").write_bytes(content)
    code, said = run("boundaries", tmp_path / "a.geojson", atlas, *LINES)
    assert (code, told in said, "DRIVER" in said) == (1, True, False)


# --- names and places ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["Постройка", "շինություն", "築", "ꦗꦮ"])
def test_kinds_and_places_in_any_script(atlas, tmp_path, run, kind):
    head = "Date,Title,Type,Region,Place,Lat,Lon,Source"
    lines = [f"1911-06-1{n},T{n},{kind},Northland,{kind},0.2,19.6,S01" for n in (1, 2)]
    code, told = run("events", sheet(tmp_path, head, *lines), atlas, *EVENTS)
    assert code == 0, told
    one, two = open_atlas(atlas).events[-2:]
    assert one.kinds == two.kinds
    assert one.place == two.place
    assert one.place.name == kind


def test_one_name_in_two_spellings_is_one_region(atlas, tmp_path, run):
    spelt = ("Ağdam", "Ağdam", "Ağdam\u00a0 ", "AĞDAM")  # composed, apart, spaced, capitals
    squares = [(upper(name=name, start=str(1900 + 10 * n), end=str(1910 + 10 * n)),
                box(19, 0, 19.5, 1)) for n, name in enumerate(spelt)]  # fmt: skip
    assert run("boundaries", geojson(tmp_path, *squares), atlas, *LINES)[0] == 0
    assert [r["id"] for r in rows(atlas, "regions") if "dam" in r["id"]] == ["agdam"]


PLACED = "Date,Title,Type,Region,Place,Lat,Lon,Source"


def test_a_place_elsewhere_is_another_place(atlas, tmp_path, run):
    points = ("0.2,19.6", "0.2001,19.6", "-0.9,20.9")
    lines = [f"1911-06-1{n},T{n},b,Northland,Newtown,{p},S01" for n, p in enumerate(points)]
    code, told = run("events", sheet(tmp_path, PLACED, *lines), atlas, *EVENTS)
    assert (code, "is another place than newtown" in told) == (0, True)
    assert [e.place.id for e in open_atlas(atlas).events[-3:]] == ["newtown"] * 2 + ["newtown-2"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Lat,Lon", "0.2,19.6"), ("coord", '"0.2, 19.6"'), ("geom_wkt", "POINT (19.6 0.2)")],
)
def test_coordinates_without_a_name_are_a_place(atlas, tmp_path, run, header, cells):
    file = sheet(tmp_path, f"{HEADER},{header}", f"{ROW},{cells}")
    assert run("events", file, atlas, *EVENTS)[0] == 0
    place = open_atlas(atlas).events[-1].place
    assert (place.lat, place.lon) == (0.2, 19.6)


@pytest.mark.parametrize("cells", ["'0.2 x',19.6", "0.2,", "0.2,19.6 N"])
def test_coordinates_that_cannot_be_read_are_told_at_their_column(atlas, tmp_path, run, cells):
    file = sheet(tmp_path, PLACED, f"1911,T,b,Northland,Newtown,{cells},S01")
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, told.count("row 2 L"), "Place" in told) == (1, 1, False)


# --- sheets -------------------------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path):
    def write(*cells, formats=None, change=None):
        book = Workbook()
        for line in (HEADER.split(","), *cells):
            book.active.append(line)
        for place, shown in (formats or {}).items():
            book.active[place].number_format = shown
        if change:
            change(book)
        book.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return write


BEHIND = ROW.split(",")[1:]


@pytest.mark.parametrize(
    ("shown", "edtf"),
    [
        ("yyyy", "1911"), ("mmm yyyy", "1911-06"), ('"in "yyyy', "1911"), ("[$-409]mmmm\\ yyyy",
        "1911-06"), ("d mmm yyyy", "1911-06-12"), ("yyyy-mm-dd hh:mm", "1911-06-12"),
    ],
)  # fmt: skip
def test_a_day_is_as_precise_as_the_sheet_shows_it(atlas, run, workbook, shown, edtf):
    file = workbook([datetime.datetime(1911, 6, 12), *BEHIND], formats={"A2": shown})
    assert run("events", file, atlas, *EVENTS)[0] == 0
    assert last_date(atlas) == edtf


def test_a_merged_cell_stands_in_each_of_its_rows(atlas, run, workbook):
    file = workbook(
        ["1911", *BEHIND], [None, "Second", *BEHIND[1:]],
        change=lambda book: book.active.merge_cells("A2:A3"),
    )  # fmt: skip
    assert run("events", file, atlas, *EVENTS)[0] == 0
    assert [row["edtf"] for row in rows(atlas, "events")][-2:] == ["1911", "1911"]


def test_the_first_sheet_with_cells_is_read_and_others_are_named(atlas, run, workbook):
    def change(book):
        book.create_chartsheet("Chart", 0)
        book.create_sheet("Empty", 0)
        book.create_sheet("Notes").append(["a note"])

    file = workbook(["1911", *BEHIND], change=change)
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "not 'Notes'" in told) == (0, True)
    assert "no rows" in run("events", file, atlas, "--sheet", "Notes")[1]
    assert "has no sheet 'Other'" in run("events", file, atlas, "--sheet", "Other")[1]


@pytest.mark.parametrize(("cell", "told"), [("=1+1", "is a formula"), ("#REF!", "shows the error")])
def test_a_cell_without_a_value_is_told(atlas, run, workbook, cell, told):
    code, said = run("events", workbook([cell, *BEHIND]), atlas, *EVENTS)
    assert (code, f"row 2 A2: {told}" in said) == (1, True)


def test_a_cell_without_a_value_is_told_beside_outlines_too(atlas, run, tmp_path):
    book = Workbook()
    book.active.append(["name", "start", "precision", "wkt"])
    book.active.append(["Upper", "=1800+100", "adapted", box(19, 0, 19.5, 1).wkt])
    book.save(tmp_path / "outlines.xlsx")
    code, said = run("boundaries", tmp_path / "outlines.xlsx", atlas, *LINES)
    assert (code, "row 2 B2: is a formula" in said) == (1, True)


@pytest.mark.parametrize(
    "lines",
    [
        (f',"{HEADER}"'.replace('"', ""), f"1,{ROW}"),  # pandas
        (HEADER, f"1,{ROW}"),  # R's write.table
        (f"{HEADER},", f"{ROW},my own note"),
        (f"sep=,\n{HEADER}", ROW),
        (HEADER.replace(",", "|"), ROW.replace(",", "|")),
    ],
)
def test_columns_without_a_name_are_left_aside(atlas, tmp_path, run, lines):
    code, told = run("events", sheet(tmp_path, *lines), atlas, *EVENTS)
    assert code == 0, told
    assert open_atlas(atlas).events[-1].title == "Bridge"


def test_a_title_above_the_header_is_left_out(atlas, tmp_path, run):
    code, told = run("events", sheet(tmp_path, "My chronology", "", HEADER, ROW), atlas, *EVENTS)
    assert (code, "row 3 is the header" in told) == (0, True)


def test_sentences_around_a_table_are_left_out_and_told(atlas, tmp_path, run):
    title = '"Battles, sieges, treaties; compiled by me, in 1930",,,'
    file = sheet(tmp_path, title, HEADER, ROW, "", "Source: my archive", "* by the old style,,,,")
    code, told = run("events", file, atlas, *EVENTS)
    assert code == 0, told
    assert "row 2 is the header" in told
    assert "below the table is left out (row 5, 6)" in told
    assert open_atlas(atlas).events[-1].title == "Bridge"


def test_a_last_row_of_one_cell_that_no_empty_row_parts_is_not_left_out(atlas, tmp_path, run):
    code, told = run("events", sheet(tmp_path, HEADER, ROW, "Total"), atlas, *EVENTS)
    assert (code, "row 3 Date: 'Total'" in told) == (1, True)


def test_a_heading_that_stands_twice_is_two_columns(atlas, tmp_path, run):
    file = sheet(tmp_path, f"{HEADER},Note,Note", f"{ROW},first,second")
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "'Note (7)' is not used" in told) == (0, True)
    assert rows(atlas, "events")[-1]["note"] == "first"


def test_what_parts_cells_is_what_parts_all_rows_alike(atlas, tmp_path, run):
    lines = ("Chronology, as of 1930, by me", HEADER.replace(",", ";") + ";Lat;Lon",
             ROW.replace(",", ";") + ";0,2;19,6")  # fmt: skip
    code, told = run("events", sheet(tmp_path, *lines), atlas, *EVENTS)
    assert code == 0, told
    assert open_atlas(atlas).events[-1].place.lat == 0.2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_text_of_two_bytes_a_letter_is_asked_for_its_encoding(atlas, tmp_path, run, encoding):
    file = sheet(tmp_path, HEADER, ROW, encoding=encoding)  # each byte by itself is ASCII
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, f"as {encoding}" in told) == (1, True)
    assert run("events", file, atlas, *EVENTS, "--encoding", encoding)[0] == 0


def test_a_workbook_called_csv_is_told_as_one(atlas, tmp_path, run, workbook):
    file = workbook(["1911", *BEHIND]).rename(tmp_path / "book.csv")
    assert "call it .xlsx" in run("events", file, atlas, *EVENTS)[1]


def test_a_cell_without_a_value_in_a_column_that_is_not_used_says_nothing(atlas, run, workbook):
    def change(book):
        book.active["F1"], book.active["F2"], book.active["F3"] = "Length", "=LEN(B2)", "#DIV/0!"

    file = workbook(["1911", *BEHIND], ["1912", *BEHIND], change=change)
    assert run("events", file, atlas, *EVENTS)[0] == 0
    assert "is a formula" in run("events", file, atlas, *EVENTS, "--map", "Length=note")[1]


def test_a_far_cell_that_has_only_a_colour_costs_nothing(atlas, run, workbook):
    def change(book):
        book.active["XFD1048576"].number_format = "0"
        book.active.row_dimensions[2].hidden = True

    file = workbook(["1911", *BEHIND], change=change)
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "1 rows are hidden" in told) == (0, True)


@pytest.mark.parametrize("nothing", ["NA", "NaN", "NULL", "#N/A"])
def test_cells_that_say_that_nothing_is_there_are_empty(atlas, tmp_path, run, nothing):
    file = sheet(tmp_path, f"{HEADER},Place,End date", f"{ROW},{nothing},{nothing}")
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "2 cells say NA" in told) == (0, True)
    assert open_atlas(atlas).events[-1].place is None
    assert last_date(atlas) == "1911-06-12"


@pytest.mark.parametrize("lines", [(HEADER,), (HEADER, ",,,,"), ("",)])
def test_nothing_to_import_is_no_success(atlas, tmp_path, run, lines):
    assert run("events", sheet(tmp_path, *lines), atlas, *EVENTS)[0] == 1


def test_the_same_sheet_twice_is_told_row_by_row(atlas, tmp_path, run):
    file = sheet(tmp_path, HEADER, ROW)
    assert run("events", file, atlas, *EVENTS)[0] == 0
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "row 2: is E02 of events.csv already" in told) == (1, True)


# --- dates in columns ---------------------------------------------------------------------

TIMELINE = "Year,Month,Day,End Year,End Month,End Day"


@pytest.mark.parametrize(
    ("header", "cells", "edtf"),
    [
        (TIMELINE, "1911,6,12,1911,6,14", "1911-06-12/1911-06-14"),
        (TIMELINE, "1912,,,,,", "1912"),
        ("Year,Month", "1911,6", "1911-06"),
        ("Jahr,Monat,Tag", "1911,Juni,12", "1911-06-12"),
        ("Year,Month,Day", "1911,0,0", "1911"),
        ("Year", "1911", "1911"),
        ("Start date,End date", "1911-06-12,1911-06-20", "1911-06-12/1911-06-20"),
        ("Start date,End date", "1911-06-12,1911-06-12", "1911-06-12"),
        ("From,To", "1911,1913", "1911/1913"),
        ("date_start,date_end", "1911-06-01 00:00:00.000,1911-06-30 00:00:00.000",
         "1911-06-01/1911-06-30"),
        ("gwsyear,gwsmonth,gwsday", "1911,6,1", "1911-06-01"),
    ],
)  # fmt: skip
def test_a_date_in_several_columns(atlas, tmp_path, run, header, cells, edtf):
    rest = "Title,Type,Region,Source"
    file = sheet(tmp_path, f"{header},{rest}", f"{cells},{','.join(BEHIND)}")
    code, told = run("events", file, atlas, *EVENTS)
    assert code == 0, told
    assert last_date(atlas) == edtf


def test_a_form_is_told_once_and_taken_at_a_word(atlas, tmp_path, run):
    lines = [f'"April {n}, 190{n}",T{n},b,Northland,S01' for n in range(1, 9)]
    code, told = run("events", sheet(tmp_path, HEADER, *lines), atlas, *EVENTS)
    assert (code, told.count("\n")) == (1, 2)
    assert "--dates as-read takes it so; alike: rows 3, 4, 5, 6, 7 and 2 more" in told
    assert run("events", tmp_path / "sheet.csv", atlas, *EVENTS, "--dates", "as-read")[0] == 0
    assert last_date(atlas) == "1908-04-08"


def test_a_month_beside_years_written_alike_is_asked_about(atlas, tmp_path, run):
    lines = [ROW.replace("1911-06-12", when) for when in ("1914-18", "1905-06", "1918-21")]
    file = sheet(tmp_path, HEADER, *lines)
    code, told = run("events", file, atlas, *EVENTS, "--dates", "as-read")
    assert (code, "row 3 Date: '1905-06' is a month or a season" in told) == (1, True)
    assert "'1914-18' are years; write 1905/1906 if these are, too; alike: row 4" in told
    code, told = run("events", sheet(tmp_path, HEADER, lines[1]), atlas, *EVENTS)
    assert (code, "'1905-06' is read as a month" in told) == (0, True)


# --- one fault, one message ---------------------------------------------------------------


def test_a_field_in_no_column_is_told_once(atlas, tmp_path, run):
    file = sheet(tmp_path, "Date,Type,Region,Source", *["1911,b,Northland,S01"] * 3)
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, told.count("title: is in no column")) == (1, 1)


def test_rows_named_are_those_of_the_file(atlas, tmp_path, run):
    file = sheet(tmp_path, f"ID,{HEADER}", f"X01,{ROW}", f"X01,{ROW.replace('Bridge', 'B')}")
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, told.count("\n")) == (1, 2)
    assert "row 3 ID: 'X01' is already the id of row 2 of this file" in told
    squares = [(upper(name=name), box(19.2, 0, 19.8, 1)) for name in ("One", "Two")]
    code, told = run("boundaries", geojson(tmp_path, *squares), atlas, *LINES)
    assert (code, "'one-1900' (row 1 of this file)" in told) == (1, True)


# --- contested ----------------------------------------------------------------------------


def test_a_contested_event_without_accounts_waits_for_them(atlas, tmp_path, run):
    file = sheet(tmp_path, f"{HEADER},Contested", f"{ROW},yes")
    code, told = run("events", file, atlas, *EVENTS)
    assert (code, "E02 has no account of north, south" in told) == (0, True)
    assert rows(atlas, "events")[-1]["contested"] == "false"


def test_a_contested_event_comes_with_its_accounts(atlas, tmp_path, run):
    file = sheet(
        tmp_path,
        f"{HEADER},Contested,account_north,stance_north,account_source_north,"
        "account_south,stance_south",
        f"{ROW},x,The north says so.,says,S01,No source was found.,none-found",
    )
    code, told = run("events", file, atlas, *EVENTS)
    assert code == 0, told
    event = open_atlas(atlas).events[-1]
    assert event.contested
    assert [row["stance"] for row in rows(atlas, "accounts")][-2:] == ["says", "none-found"]


# --- map files ----------------------------------------------------------------------------


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Upper</name>
<Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing>
</outerBoundaryIs></Polygon></Placemark></Document></kml>"""


@pytest.mark.parametrize("name", ["a.fgb", "a.gpkg", "a.kml", "a.parquet", "a.csv", "a.zip"])
def test_outlines_in_any_common_file(atlas, tmp_path, run, name):
    frame = gpd.GeoDataFrame([upper()], geometry=[box(19, 0, 19.5, 1)], crs=4326)
    file = tmp_path / name
    if name == "a.parquet":
        frame.to_parquet(file)
    elif name == "a.csv":
        sheet(tmp_path, "name,start,precision,wkt",
              f'Upper,1900,adapted,"{box(19, 0, 19.5, 1).wkt}"', name=name)  # fmt: skip
    elif name == "a.zip":
        frame.to_file(tmp_path / "inside.geojson")
        with zipfile.ZipFile(file, "w") as archive:
            archive.write(tmp_path / "inside.geojson", "inside.geojson")
    elif name == "a.kml":
        ring = " ".join(f"{x},{y}" for x, y in box(19, 0, 19.5, 1).exterior.coords)
        file.write_text(KML.format(ring=ring))
    else:
        frame.to_file(file)
    kml = ["--set", "start=1900", "--set", "precision=adapted"]  # a KML file has names only
    code, told = run("boundaries", file, atlas, *LINES, *(kml if name == "a.kml" else []))
    assert code == 0, told
    assert open_atlas(atlas).boundaries[-1].geometry.equals(box(19, 0, 19.5, 1))


def test_what_has_no_polygon_is_left_out_and_told(atlas, tmp_path, run):
    ground, town = box(19, 0, 19.5, 1), Point(19.2, 0.5)
    features = ((upper(), GeometryCollection([ground, town])), (upper(name="Town"), town))
    code, told = run("boundaries", geojson(tmp_path, *features), atlas, *LINES)
    assert (code, "what has no polygon is left out (row 2)" in told) == (0, True)
    assert open_atlas(atlas).boundaries[-1].geometry.equals(ground)
    code, told = run("boundaries", geojson(tmp_path, features[1]), atlas, *LINES)
    assert (code, "has no polygon" in told) == (1, True)


@pytest.mark.parametrize(
    ("ring", "taken"),
    [
        ([(19, 0), (19.5, 0), (19.5, 1), (19.5, 1.4), (19.5, 1), (19, 1)], True),  # a spike
        ([(19, 0), (19.5, 1), (19.5, 0), (19, 1)], False),  # a bow tie: corners in false order
    ],
)
def test_a_ring_that_crosses_itself_is_mended_where_the_ground_stays(
    atlas, tmp_path, run, ring, taken
):
    code, told = run("boundaries", geojson(tmp_path, (upper(), Polygon(ring))), atlas, *LINES)
    assert (code == 0) is taken
    assert ("parted there" if taken else "mend the ring there") in told


def test_lists_in_a_property_stand_in_nobodys_way(atlas, tmp_path, run):
    file = geojson(tmp_path, (upper(tags=["a", "b"], names={"en": "U"}), box(19, 0, 19.5, 1)))
    assert run("boundaries", file, atlas, *LINES)[0] == 0


@pytest.mark.parametrize("name", ["a.topojson", "a.geojsonl", "esri.json"])
def test_other_kinds_of_json(atlas, tmp_path, run, name):
    ring = [[19, 0], [19.5, 0], [19.5, 1], [19, 1], [19, 0]]
    content = {
        "a.topojson": {"type": "Topology", "arcs": [ring], "objects": {"all": {
            "type": "GeometryCollection", "geometries": [
                {"type": "Polygon", "arcs": [[0]], "properties": upper()}]}}},
        "a.geojsonl": {"type": "Feature", "properties": upper(),
                       "geometry": {"type": "Polygon", "coordinates": [ring]}},
        "esri.json": {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326},
                      "fields": [{"name": n, "type": "esriFieldTypeString"} for n in upper()],
                      "features": [{"attributes": upper(), "geometry": {"rings": [ring[::-1]]}}]},
    }  # fmt: skip
    (tmp_path / name).write_text(json.dumps(content[name]))
    code, told = run("boundaries", tmp_path / name, atlas, *LINES)
    assert code == 0, told


def test_coordinates_that_are_no_degrees_are_asked_for_their_crs(atlas, tmp_path, run):
    frame = gpd.GeoDataFrame([upper()], geometry=[box(19, 0, 19.5, 1)], crs=4326).to_crs(3857)
    file = geojson(tmp_path, (upper(), frame.geometry[0]))
    code, told = run("boundaries", file, atlas, *LINES)
    assert (code, "no degrees; name its CRS" in told) == (1, True)
    assert run("boundaries", file, atlas, *LINES, "--crs", "EPSG:3857")[0] == 0


@pytest.mark.parametrize("name", ["a.geojson", "a.gpx", "a.kml", "a.shp"])
def test_points_of_a_map_file_are_events_and_places(atlas, tmp_path, run, name):
    file, said = tmp_path / name, {"name": "Fort", "desc": "It stood there."}
    frame = gpd.GeoDataFrame([said], geometry=[Point(19.6, 0.2)], crs=4326)
    frame.to_file(file, **({"driver": "KML"} if name == "a.kml" else {}))
    words = [f"--set={each}" for each in ("edtf=1911", "kinds=fort", "source_id=S01", "evidence=M")]
    code, told = run("events", file, atlas, *words)
    assert code == 0, told
    event = open_atlas(atlas).events[-1]
    assert (event.title, event.place.lat, event.place.lon) == ("Fort", 0.2, 19.6)
    code, told = run("rows", file, atlas, "--table", "places")
    assert code == 0, told
    assert rows(atlas, "places")[-1]["lat"] == "0.2"


@pytest.mark.parametrize(
    "header",
    ["Datum;Ereignis;Art;Gebiet;Quelle", "Дата;Событие;Тип;Регион;Источник",
     "Tarih;Olay;Tür;Bölge;Kaynak", "Date (EDTF);Titre;Type [libre];Région;Source"],
)  # fmt: skip
def test_headings_in_other_languages(atlas, tmp_path, run, header):
    code, told = run("events", sheet(tmp_path, header, ROW.replace(",", ";")), atlas, *EVENTS)
    assert code == 0, told


def test_a_layer_of_several_has_to_be_named(atlas, tmp_path, run):
    for layer, west in (("one", 19), ("two", 18)):
        frame = gpd.GeoDataFrame([upper()], geometry=[box(west, 0, west + 0.5, 1)], crs=4326)
        frame.to_file(tmp_path / "a.gpkg", layer=layer)
    code, told = run("boundaries", tmp_path / "a.gpkg", atlas, *LINES)
    assert (code, "--from-layer one" in told) == (1, True)
    code, told = run("boundaries", tmp_path / "a.gpkg", atlas, *LINES, "--from-layer", "two")
    assert code == 0, told
    assert open_atlas(atlas).boundaries[-1].geometry.bounds[0] == 18


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_a_ring_that_is_not_closed_is_closed_with_a_word(atlas, tmp_path, run, kind):
    ring = [[19.2, 0.0], [20.0, 0.0], [20.0, 1.0], [19.2, 1.0]]
    geometry = {"type": kind, "coordinates": [ring] if kind == "Polygon" else [[ring]]}
    feature = {"type": "Feature", "properties": upper(), "geometry": geometry}
    content = {"type": "FeatureCollection", "features": [feature]}
    (tmp_path / "a.geojson").write_text(json.dumps(content))
    code, told = run("boundaries", tmp_path / "a.geojson", atlas, *LINES)
    assert (code, "row 1: a ring was not closed" in told) == (0, True)


@pytest.mark.parametrize(
    ("precision", "height", "taken"),
    [("adapted", 0.002, True), ("adapted", 0.02, False), ("approximate", 0.2, False)],
)
def test_a_sliver_no_wider_than_the_lines_are_off_is_taken(
    atlas, tmp_path, run, precision, height, taken
):
    grounds = {"Upper": box(19.2, 0, 20, 1), "Lower": box(19.2, -1, 20, height)}
    squares = [(upper(name=name, precision=precision), g) for name, g in grounds.items()]
    code, told = run("boundaries", geojson(tmp_path, *squares), atlas, *LINES)
    assert (code == 0) is taken, told


# --- an empty atlas -----------------------------------------------------------------------


def test_an_empty_atlas_has_no_invented_row_and_takes_what_is_imported(empty, tmp_path, run):
    assert check_tables(load_tables(empty)) == []
    tables = load_tables(empty)
    assert not any(table.rows for table in tables.tables.values())
    assert (tables.features, tables.sources, tables.stories) == ((), (), ())
    file = geojson(tmp_path, (upper(), box(12, -13, 31, 5)))
    assert run("boundaries", file, empty, *LINES)[0] == 0
    (tmp_path / "s.bib").write_text("@book{a:1, title={T}, author={Doe, J.}, year=1930}")
    assert run("sources", tmp_path / "s.bib", empty)[0] == 0
    file = sheet(tmp_path, HEADER, ROW.replace("Northland", "upper").replace("S01", "a:1"))
    assert run("events", file, empty, *EVENTS)[0] == 0
    assert open_atlas(empty).events[0].citations[0].source.id == "a-1"


def test_events_first(empty, tmp_path, run):
    (tmp_path / "s.ris").write_text("TY  - BOOK\nTI  - T\nAU  - Doe, J.\nPY  - 1930\nER  - \n")
    assert run("sources", tmp_path / "s.ris", empty)[0] == 0
    file = sheet(tmp_path, HEADER, ROW.replace("Northland", "").replace("S01", "doe-1930"))
    assert run("events", file, empty, *EVENTS)[0] == 0


def test_days_and_extent_are_for_an_empty_atlas(tmp_path, capsys):
    words = ["new", str(tmp_path / "a"), "--first-day", "1918-01-01"]
    assert main(words) == 2
    assert "--empty" in capsys.readouterr().err
    assert main([*words, "--last-day", "1924-12-31", "--extent", "45,38.5,49,41.5", "--empty"]) == 0
    assert open_atlas(tmp_path / "a").settings.extent == (45, 38.5, 49, 41.5)


def test_a_chapter_of_an_older_program_keeps_its_book_and_editor(tmp_path):
    file = tmp_path / "s.ris"
    file.write_text(
        "TY  - CHAP\nTI  - T\nAU  - Doe, J.\nBT  - B\nED  - Roe, A.\nPY  - 1930\nER  - \n"
    )
    (item,) = read_records(file)
    assert item["container-title"] == "B"
    assert item["editor"] == [{"family": "Roe", "given": "A."}]


# --- sources and other tables ---------------------------------------------------------------


def test_records_of_zotero_are_taken_with_ids_for_addresses(atlas, tmp_path, run):
    items = [
        {"id": "http://zotero.org/users/1/items/ABCD", "type": "book", "title": "A",
         "issued": {"date-parts": [["1930"]]}},
        {"id": "doe:1931a", "type": "manuscript", "title": "B", "note": "perspective: south"},
        {"id": "Мюллер/2", "type": "nonsense", "title": "C", "author": [{"family": "Мюллер"}]},
    ]  # fmt: skip
    (tmp_path / "z.json").write_text(json.dumps(items))
    code, told = run("sources", tmp_path / "z.json", atlas)
    assert (code, "2 of 3 records do not say who speaks" in told) == (1, True)
    before = (atlas / "sources.json").read_bytes()
    assert run("sources", tmp_path / "z.json", atlas, "--set", "perspective=north")[0] == 0
    assert (atlas / "sources.json").read_bytes().startswith(before.rstrip().rstrip(b"]").rstrip())
    found = {id: source.perspective_id for id, source in open_atlas(atlas).sources.items()}
    assert found | {"ABCD": "north", "doe-1931a": "south", "miuller-2": "north"} == found
    assert run("sources", tmp_path / "z.json", atlas, "--set", "perspective=north")[0] == 1


def test_bibtex_and_ris_become_csl(atlas, tmp_path, run):
    (tmp_path / "a.bib").write_text(
        '@article{k, author={M{\\"u}ller, K. and {Centre \\& Co}}, title={{A {\\"U}bergau}}, '
        "journal={J}, year=1930, month=mar, pages={1--20}, doi={https://doi.org/10.1000/182}}"
    )
    words = ("--set", "perspective=editors")
    assert run("sources", tmp_path / "a.bib", atlas, *words)[0] == 0
    csl = open_atlas(atlas).sources["k"].csl
    assert (csl["title"], csl["page"], csl["DOI"]) == ("A Übergau", "1–20", "10.1000/182")
    assert csl["author"] == [{"family": "Müller", "given": "K."}, {"literal": "Centre & Co"}]
    assert csl["issued"] == {"date-parts": [[1930, 3]]}
    (tmp_path / "broken.bib").write_text("@article{k, title = {")
    assert run("sources", tmp_path / "broken.bib", atlas, *words)[0] == 1


def test_people_years_and_pages_of_the_web_are_read_as_bibtex_means_them(atlas, tmp_path, run):
    (tmp_path / "a.bib").write_text(
        "@misc{page, author={Smith, Jr., John and others}, title={\\emph{T}}, year={1930/1931}, "
        "howpublished={\\url{http://x.org/a}}, urldate={2020-01-02}}\n"
        "@book{whole, title={W}, year=1930}\n@incollection{part, title={P}, crossref={whole}}\n"
    )
    code, told = run("sources", tmp_path / "a.bib", atlas, "--set", "perspective=editors")
    assert code == 0, told
    sources = open_atlas(atlas).sources
    assert sources["page"].csl | {
        "author": [{"family": "Smith", "given": "John", "suffix": "Jr."}], "title": "T",
        "issued": {"date-parts": [[1930], [1931]]}, "URL": "http://x.org/a",
        "accessed": {"date-parts": [[2020, 1, 2]]},
    } == sources["page"].csl  # fmt: skip
    part = sources["part"].csl
    assert (part["container-title"], part["issued"]) == ("W", {"date-parts": [[1930]]})


def test_items_that_are_not_csl_are_told(atlas, tmp_path, run):
    (tmp_path / "a.json").write_text('{"items": [{"itemType": "book", "title": "T"}]}')
    assert "export it as CSL JSON" in run("sources", tmp_path / "a.json", atlas)[1]


def test_statuses_come_from_a_long_table(atlas, tmp_path, run):
    file = sheet(
        tmp_path,
        "Region,From,To,Controller,Source,Text",
        "Southland,1920,1930,South League,S01,Held",
        "Southland,1931,1940,Hill Federation,S01,Held",
    )
    words = ["--table", "statuses", "--map", "Controller=polity"]
    for said in ("dimension=proposed", "perspective=editors", "certainty=position", "evidence=M"):
        words += ["--set", said]
    code, told = run("rows", file, atlas, *words)
    assert (code, "--end-inclusive" in told) == (1, True)
    code, told = run("rows", file, atlas, *words, "--end-inclusive")
    assert (code, "'Hill Federation' is a new polity" in told) == (0, True)
    ends = [row["end"] for row in rows(atlas, "statuses")][-2:]
    assert ends == ["1931", "1941"]
    assert run("rows", file, atlas, *words, "--end-inclusive")[0] == 1


def test_regions_that_are_made_are_named(atlas, tmp_path, run):
    file = sheet(tmp_path, HEADER, ROW.replace("Northland", "Hills | Coast"))
    code, told = run("events", file, atlas, *EVENTS, "--create-regions")
    assert code == 0, told
    assert "new regions: 'Hills | Coast'; several in one cell" in told


@pytest.mark.parametrize("said", ["да", "WAHR", "Oui", "x"])
def test_a_flag_in_other_words(atlas, tmp_path, run, said):
    code, told = run(
        "events", sheet(tmp_path, f"{HEADER},Contested", f"{ROW},{said}"), atlas, *EVENTS
    )
    assert (code, "so it stands there as not contested" in told) == (0, True)


@pytest.mark.parametrize("said", ["s01", "S01", "The Two Lands"])
def test_a_source_is_found_by_its_id_or_its_title(atlas, tmp_path, run, said):
    sources = json.loads((atlas / "sources.json").read_text("utf-8"))
    said = sources[0]["title"].upper() if " " in said else said
    file = sheet(tmp_path, HEADER, ROW.replace("S01", f'"{said}"'))
    code, told = run("events", file, atlas, *EVENTS)
    assert code == 0, told
    assert open_atlas(atlas).events[-1].citations[0].source.id == "S01"


def test_regions_joined_by_commas_are_not_made_into_one(atlas, tmp_path, run):
    file = sheet(tmp_path, HEADER, ROW.replace("Northland", '"Northland, southland"'))
    code, told = run("events", file, atlas, *EVENTS, "--create-regions")
    assert (code, "join them by a semicolon" in told) == (1, True)


def test_an_end_that_still_holds_is_left_empty(atlas, tmp_path, run):
    file = geojson(tmp_path, (upper(end="present"), box(19, 0, 19.5, 1)))
    code, told = run("boundaries", file, atlas, *LINES)
    assert (code, "leave the cell empty" in told) == (1, True)
    assert run("boundaries", file, atlas, *LINES, "--dates", "as-read")[0] == 0
    assert open_atlas(atlas).boundaries[-1].end is None


def test_ids_and_choices_are_taken_as_people_write_them(atlas, tmp_path, run):
    file = sheet(tmp_path, f"ID,{HEADER},Evidence", f"way/12.5,{ROW},m")
    assert run("events", file, atlas)[0] == 0
    assert (
        rows(atlas, "events")[-1] | {"id": "way-12-5", "evidence": "M"} == rows(atlas, "events")[-1]
    )
    file = geojson(tmp_path, (upper(precision="Adapted"), box(19, 0, 19.5, 1)))
    assert run("boundaries", file, atlas, *LINES)[0] == 0
    said = "event,perspective,stance,text,evidence,source"
    file = sheet(tmp_path, said, "Treaty of Ferry Town,North side,Says otherwise,So.,m,S01")
    code, told = run("rows", file, atlas, "--table", "accounts")
    assert code == 0, told
    assert rows(atlas, "accounts")[-1]["stance"] == "says-otherwise"


def test_places_come_from_linked_places(atlas, tmp_path, run):
    point = {"type": "Point", "coordinates": [19.6, 0.2]}
    features = [
        {"@id": "http://whgazetteer.org/1", "type": "Feature", "properties": {"title": "Շուշի"},
         "names": [{"toponym": "Shushi"}], "links": [{"identifier": "gn:123"}],
         "geometry": {"type": "GeometryCollection", "geometries": [point]}},
        {"type": "Feature", "properties": {"title": "Nowhere"}, "geometry": None},
    ]  # fmt: skip
    content = {"type": "FeatureCollection", "features": features}
    (tmp_path / "lp.json").write_text(json.dumps(content))
    code, told = run("rows", tmp_path / "lp.json", atlas, "--table", "places")
    assert (code, "feature 2 has no name or no point" in told) == (0, True)
    assert rows(atlas, "places")[-1] == rows(atlas, "places")[-1] | {
        "id": "showshi", "lat": "0.2", "lon": "19.6", "geonames_id": "123"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("places", ("name,lat,lon", 'Шуша,0°12\'N,"19,6"')),
        ("periods", ("name,start,end,lane", "War,1914,1918-11,3")),
        ("polities", ("name", "Hill Federation")),
        ("points", ("question,finding,evidence,account_north,stance_north,account_source_north,"
                    "account_south,stance_south",
                    "Was it so?,It was.,M,It was.,says,S01,Nothing was found.,none-found")),
        ("accounts", ("event,perspective,stance,text,evidence,source",
                      "Treaty of Ferry Town,North side,says,So it says.,M,S01")),
    ],
)  # fmt: skip
def test_rows_of_other_tables(atlas, tmp_path, run, table, lines):
    before = len(rows(atlas, table))
    code, told = run("rows", sheet(tmp_path, *lines), atlas, "--table", table)
    assert code == 0, told
    assert len(rows(atlas, table)) == before + 1


def test_a_point_says_which_events_and_regions_it_is_about(atlas, tmp_path, run):
    head = "question,finding,evidence,account_north,stance_north,account_source_north"
    said = "Was it so?,It was.,M,It was.,says,S01"
    lines = (
        f"{head},account_south,stance_south,events,regions",
        f"{said},Nothing was found.,none-found,Treaty of Ferry Town,northland;southland",
    )
    code, told = run("rows", sheet(tmp_path, *lines), atlas, "--table", "points")
    assert code == 0, told
    opened = open_atlas(atlas)
    (point,) = (p for p in opened.points.values() if p.question == "Was it so?")
    titles = {event.id: event.title for event in opened.events}
    assert [titles[id] for id in point.event_ids] == ["Treaty of Ferry Town"]
    assert point.region_ids == ("northland", "southland")


def test_rows_for_a_table_that_was_left_out_are_told_where_to_describe_it(empty, tmp_path, run):
    package = json.loads((empty / "datapackage.json").read_text("utf-8"))
    kept = [each for each in package["resources"] if each["path"] != "point_subjects.csv"]
    (empty / "datapackage.json").write_text(json.dumps(package | {"resources": kept}), "utf-8")
    (empty / "point_subjects.csv").unlink()
    head = "question,finding,evidence,account_editors,stance_editors,regions"
    file = sheet(tmp_path, head, "Was it so?,It was.,M,Nothing was found.,none-found,Hills")
    code, told = run("rows", file, empty, "--table", "points", "--create-regions")
    assert code == 1
    assert told.startswith("datapackage.json resources: does not describe point_subjects.csv; add")


# --- anywhere -----------------------------------------------------------------------------


@pytest.fixture
def fiji(tmp_path):
    words = ["--empty", "--extent", "176,-20,180,-15"]
    assert main(["new", str(tmp_path / "fiji"), *words]) == 0
    return tmp_path / "fiji"


@pytest.mark.parametrize(
    "ring",
    [
        [(177, -19), (182, -19), (182, -16), (177, -16)],
        [(177, -19), (-178, -19), (-178, -16), (177, -16)],
        [(-183, -19), (-178, -19), (-178, -16), (-183, -16)],
    ],
)
def test_a_boundary_across_180_degrees_is_parted_there(fiji, tmp_path, run, ring):
    code, told = run("boundaries", geojson(tmp_path, (upper(), Polygon(ring))), fiji, *LINES)
    assert code == 0, told
    parts = open_atlas(fiji).boundaries[0].geometry.geoms
    assert sorted(part.bounds for part in parts) == [(-180, -19, -178, -16), (177, -19, 180, -16)]


@pytest.mark.parametrize("south", [False, True])
def test_a_ring_around_a_pole_is_closed_along_it(tmp_path, run, south):
    pole = -90 if south else 90
    words = ["--extent=-180,-90,180,90", "--first-day", "-0043-01-01"]
    earth = tmp_path / "earth"
    assert main(["new", str(earth), "--empty", *words]) == 0
    ring = [(x, pole * 7 / 9) for x in range(-180, 180, 10)]
    code, told = run("boundaries", geojson(tmp_path, (upper(), Polygon(ring))), earth, *LINES)
    assert (code, "row 1 goes across 180 degrees" in told) == (0, True)
    ground = open_atlas(earth).boundaries[0].geometry
    assert sorted(map(abs, ground.bounds)) == [70, 90, 180, 180]
    assert ground.area == 360 * 20


@pytest.mark.parametrize(
    ("extent", "says"),
    [
        ("[177, -20, -178, -15]", ""),
        (
            "[177, -20, 182, -15]",
            "across 180 degrees west is greater than east; write [177, -20, -",
        ),
        ("[180, -20, 176, -15]", "will not do"),
    ],
)
def test_an_extent_across_180_degrees_has_its_west_greater_than_its_east(
    fiji, capsys, extent, says
):
    settings = (fiji / "atlas.toml").read_text("utf-8")
    (fiji / "atlas.toml").write_text(
        settings.replace("[176.0, -20.0, 180.0, -15.0]", extent), "utf-8"
    )
    capsys.readouterr()
    assert main(["check", "--atlas", str(fiji)]) == bool(says)
    assert says in capsys.readouterr().out
    if not says:
        assert open_atlas(fiji).settings.extent == (177, -20, 182, -15)


def test_an_extent_to_the_poles_is_cut_where_the_map_ends(fiji):
    settings = (fiji / "atlas.toml").read_text("utf-8")
    world = settings.replace("[176.0, -20.0, 180.0, -15.0]", "[-180, -90, 180, 90]")
    (fiji / "atlas.toml").write_text(world, "utf-8")
    assert check_tables(load_tables(fiji)) == []
    assert open_atlas(fiji).settings.extent == (-180, -85, 180, 85)
