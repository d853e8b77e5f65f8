from dataclasses import replace
from pathlib import Path

import pytest

from maps import export
from maps.atlas.model import Date
from maps.data import formats
from maps.data.formats import FORMATS
from maps.data.statements import row, statements, told
from maps.day.snapshot import compare
from maps.errors import ExportFailed, MapsError
from maps.export import comparison_bytes, export_bytes, export_file
from maps.files import write_whole
from maps.film.plan import film_plan
from maps.words.i18n import texts

LANDING = Date(1960, 3, 16)


def test_a_failure_midway_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "day.csv"
    path.write_bytes(b"old")

    def full_disk(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(ExportFailed, match=r"day\.csv: cannot be written \(No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_as_public_as_any_other(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    write_whole(tmp_path / "written", b"")
    assert (tmp_path / "written").stat().st_mode == plain.stat().st_mode


def test_a_missing_folder_is_said_in_one_line(tmp_path):
    with pytest.raises(ExportFailed, match="cannot be written") as caught:
        write_whole(tmp_path / "none" / "day.csv", b"")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["day.gif", "day", "day.png.part"])
def test_an_unknown_ending_names_the_known_ones(islands_atlas, tmp_path, name):
    with pytest.raises(MapsError, match=r"\.png.*\.svg.*\.pdf.*\.html.*\.geojson.*\.gpkg.*\.csv"):
        export_file(islands_atlas, LANDING, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_ending_in_capitals_is_known(islands_atlas, tmp_path):
    assert export_file(islands_atlas, LANDING, tmp_path / "DAY.CSV").read_bytes()


def test_a_picture_that_fails_leaves_the_old_file(islands_atlas, tmp_path):
    path = tmp_path / "day.png"
    path.write_bytes(b"old")
    with pytest.raises(ExportFailed, match="write 36 to 1200"):
        export_file(islands_atlas, LANDING, path, dpi=20_000)
    assert path.read_bytes() == b"old"


@pytest.mark.slow
@pytest.mark.parametrize("fmt", FORMATS)
def test_equal_wishes_give_equal_bytes(islands_atlas, two_islands: Path, fmt):
    from maps.atlas.assemble import open_atlas

    first = export_bytes(islands_atlas, LANDING, fmt, mode="control", dpi=50)
    again = export_bytes(open_atlas(two_islands), LANDING, fmt, mode="control", dpi=50)
    assert first == again
    assert len(first) > 300


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"mode": "weather"}, "no mode 'weather'; it has units, control, legal"),
        ({"perspective": "nobody"}, "there is no perspective 'nobody' in the atlas; try chronicle"),
        ({"bbox": (24.0, 0.0, 20.0, 1.0)}, "write west,south,east,north"),
        ({"bbox": (20.0, 0.0, 24.0, 89.0)}, r"beyond latitude 85\.06, .* from -85 to 85"),
        ({"size": "huge"}, "write a4, a4-portrait"),
        ({"size": "20x20"}, "each side must be"),
        ({"size": (1200.0, 1200.0), "dpi": 1200}, "million pixels"),
    ],
)
def test_a_wish_that_cannot_be_met_says_what_would_do(islands_atlas, wish, says):
    with pytest.raises(MapsError, match=says) as caught:
        export_bytes(islands_atlas, LANDING, "png", **wish)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("day", [Date(1899, 12, 31), Date(2000, 1, 1)])
def test_a_day_outside_the_atlas_is_refused(islands_atlas, day):
    with pytest.raises(MapsError, match="runs from 1900-01-01 to 1999-12-31"):
        export_bytes(islands_atlas, day, "geojson")


def test_without_a_mode_the_first_of_the_atlas_is_shown(islands_atlas):
    units, control, legal = islands_atlas.settings.modes
    two = replace(islands_atlas, settings=replace(islands_atlas.settings, modes=(control, legal)))
    for fmt in ("geojson", "html"):
        assert export_bytes(two, LANDING, fmt) == export_bytes(two, LANDING, fmt, mode="control")
    days = (Date(1960, 3, 14), LANDING)
    asked = comparison_bytes(two, days, "svg", mode="control", size="square")
    assert comparison_bytes(two, days, "svg", size="square") == asked
    assert compare(two, *days, "").reading.mode == control
    assert film_plan(two).scenes[1].shown.mode == control
    assert film_plan(islands_atlas).scenes[1].shown.mode == units


def test_a_format_is_a_function_and_its_name_in_two_tables(islands_atlas, tmp_path, monkeypatch):
    def lines(shown):
        records = (told(shown.atlas, status, shown.lang) for status in statements(shown))
        rows = (row(record, {"who": "teller", "what": "statement"}, ";") for record in records)
        return "".join(f"{row['who']}: {row['what']}\n" for row in rows).encode()

    monkeypatch.setitem(formats.MEDIA_TYPES, "lines", "text/plain")
    monkeypatch.setitem(formats.ENDINGS, "lines", ".lines")
    monkeypatch.setitem(export._DATA_WRITERS, "lines", lines)
    written = export_file(islands_atlas, LANDING, tmp_path / "day.lines", mode="control")
    assert len(written.read_text().splitlines()) == len(
        [s for s in islands_atlas.statuses if LANDING in s.span]
    )
    assert "chronicle: " in written.read_text()


def test_every_format_has_a_name_in_the_tab_and_a_reader_for_its_ending():
    strings = texts("en").strings
    assert {f"ui.formats.{fmt}" for fmt in FORMATS} <= strings.keys()
    assert [formats.format_of(Path(f"day{formats.ENDINGS[fmt]}")) for fmt in FORMATS] == [*FORMATS]
