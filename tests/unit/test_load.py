import subprocess
import sys

import pytest

from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import default_atlas_folder, load_tables
from maps.errors import AtlasInvalid


def test_rows_know_their_line(two_islands):
    rows = load_tables(two_islands)["regions"].rows
    assert [(row.line, row["id"]) for row in rows[:2]] == [(2, "west-isle"), (3, "east-isle")]


def test_a_row_after_a_cell_of_two_lines_keeps_its_line(atlas_copy):
    file = atlas_copy / "polities.csv"
    file.write_text('id,hue,note\nwest-realm,30,"one\ntwo"\n\neast-league,250,\n')
    rows = load_tables(atlas_copy)["polities"].rows
    assert [(row.line, row["id"]) for row in rows] == [(2, "west-realm"), (5, "east-league")]
    assert rows[0]["note"] == "one\ntwo"


def test_a_list_in_a_cell_is_split_and_trimmed(atlas_copy):
    file = atlas_copy / "periods.csv"
    file.write_text("id,event_ids\none,A01 ; A02;\n")
    assert load_tables(atlas_copy)["periods"].rows[0].parts("event_ids") == ("A01", "A02")


def test_a_byte_order_mark_as_excel_writes_it_is_no_fault(atlas_copy):
    file = atlas_copy / "polities.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert open_atlas(atlas_copy).polities["west-realm"].hue == 30


def test_features_keep_lon_lat_order(two_islands):
    shire = next(f for f in load_tables(two_islands).features if f.layer == "shires")
    assert shire.geometry.bounds == (22, 0, 23, 1)


def test_the_digest_changes_with_any_file_and_only_then(two_islands, atlas_copy):
    before = load_tables(two_islands).digest
    assert load_tables(atlas_copy).digest == before
    (atlas_copy / "raw" / "squares.csv").write_text("changed")
    assert load_tables(atlas_copy).digest != before


def test_a_missing_folder_is_a_problem_not_a_traceback(tmp_path):
    tables = load_tables(tmp_path / "nowhere")
    assert [problem.rule for problem in check_tables(tables)] == ["folder-missing"]
    with pytest.raises(AtlasInvalid, match="is not a folder"):
        open_atlas(tmp_path / "nowhere")


def test_an_empty_folder_names_every_file_that_is_missing(tmp_path):
    missing = {problem.file for problem in load_tables(tmp_path).problems}
    assert {"atlas.toml", "datapackage.json", "events.csv", "sources.json"} <= missing


def test_a_file_outside_the_folder_is_not_read(atlas_copy):
    (atlas_copy.parent / "secret.json").write_text('{"type": "FeatureCollection", "features": []}')
    (atlas_copy / "basemap" / "basemap.json").write_text('{"land": "../../secret.json"}')
    tables = load_tables(atlas_copy)
    assert [problem.rule for problem in tables.problems] == ["file-outside"]
    assert "land" not in tables.ground


def test_a_folder_in_place_of_a_file_is_a_problem(atlas_copy):
    (atlas_copy / "notes.csv").unlink()
    (atlas_copy / "notes.csv").mkdir()
    assert [problem.file for problem in load_tables(atlas_copy).problems] == ["notes.csv"]


def test_the_texts_of_a_language_fall_back_to_english(atlas_copy):
    # In French the shire's period has no text of its own.
    file = atlas_copy / "text" / "fr.csv"
    kept = [line for line in file.read_text().splitlines() if "period.two-shires" not in line]
    file.write_text("\n".join([*kept, "period.two-shires,"]))
    from maps.atlas.assemble import build_atlas

    names = {
        period.id: period.name for period in build_atlas(load_tables(atlas_copy), "fr").periods
    }
    assert names["two-shires"] == "The shire apart"
    assert names["one-isle"] == "Une seule île de l’Est"


def test_records_of_the_atlas_point_at_each_other(islands_atlas):
    landing = next(event for event in islands_atlas.events if event.id == "A02")
    assert landing.contested
    assert landing.place.name == "Narrows Town"
    assert landing.region_ids == ("strait-shire",)
    assert [(c.role, c.source.id) for c in landing.citations] == [
        ("teller", "S00"),
        ("printed", "S01"),
        ("evidence", "W01"),
    ]
    assert [note.id for note in landing.notes] == ["N1"]
    assert landing.perspective_ids == ("chronicle", "west-side", "east-side")


def test_events_stand_in_order_of_their_first_day(islands_atlas):
    days = [event.span.start for event in islands_atlas.events]
    assert days == sorted(days)


def test_the_shipped_atlas_is_found_in_a_checkout():
    assert (default_atlas_folder().parent / "pyproject.toml").is_file()


def test_opening_an_atlas_loads_no_heavy_library(two_islands):
    # Each of these takes 0.1 to 0.6 s, and every command opens an atlas first.
    heavy = ("frictionless", "pandas", "geopandas", "folium", "matplotlib", "edtf")
    script = (
        "import sys; from maps.atlas.assemble import open_atlas; open_atlas(sys.argv[1]);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(two_islands)], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
