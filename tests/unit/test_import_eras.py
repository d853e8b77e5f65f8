"""`maps import` into an atlas that begins before the year 1, and of dates in old style."""

import csv
import json
import re

import pytest

from maps.cli import main

SOURCE = '[{"id": "S01", "type": "book", "title": "Annals", "issued": {"date-parts": [[117]]}}]'


@pytest.fixture
def atlas(tmp_path, capsys):
    """Make an atlas without rows of the years from 601 BCE to 200, with one source."""
    folder = tmp_path / "atlas"
    assert main(["new", str(folder), "--empty", "--last-day", "2000-12-31"]) == 0
    settings = folder / "atlas.toml"
    early = re.sub(r"(?m)^first_day = .*", 'first_day = "-0600-01-01"', settings.read_text("utf-8"))
    settings.write_text(early, "utf-8")
    (tmp_path / "sources.json").write_text(SOURCE, "utf-8")
    run(folder, capsys, "sources", tmp_path / "sources.json")
    return folder


def run(atlas, capsys, what, file, *more):
    """Import a file and give what was told."""
    code = main(["import", what, str(file), "--atlas", str(atlas), *more])
    told = capsys.readouterr()
    assert code == 0, told
    return told.out


def import_events(atlas, capsys, tmp_path, *dates):
    sheet = tmp_path / "sheet.csv"
    lines = [f'"{date}",T{number},battle,S01,M' for number, date in enumerate(dates)]
    sheet.write_text("\n".join(["date,title,kind,source,evidence", *lines]), "utf-8")
    told = run(atlas, capsys, "events", sheet, "--dates", "as-read")
    with (atlas / "events.csv").open(encoding="utf-8", newline="") as file:
        return told, list(csv.DictReader(file))


def test_years_before_the_year_1_are_imported(atlas, capsys, tmp_path):
    _, events = import_events(atlas, capsys, tmp_path, "44 BC", "5 BC - AD 3", "5th century BC")
    assert [event["edtf"] for event in events] == ["-0043", "-0004/0003", "-04XX"]


def test_a_year_with_a_sign_is_told_with_its_era(atlas, capsys, tmp_path):
    told, events = import_events(atlas, capsys, tmp_path, "-43", "-0216")
    assert [event["edtf"] for event in events] == ["-0043", "-0216"]
    assert "row 2: '-43' is of 44 BCE where a year 0 is counted" in told
    assert "(and 1 more)" in told


def test_what_was_written_in_old_style_stays_in_the_note(atlas, capsys, tmp_path):
    told, [event] = import_events(atlas, capsys, tmp_path, "25 October 1917 O.S.")
    assert event["edtf"] == "1917-11-07"
    assert '"25 October 1917 O.S."' in event["note"]
    assert "row 2: '25 October 1917 O.S.' is 1917-11-07 in the Gregorian calendar" in told


def test_a_day_before_the_gregorian_calendar_is_told_once(atlas, capsys, tmp_path):
    told, events = import_events(atlas, capsys, tmp_path, "14 July 1099", "15 July 1099")
    assert [event["edtf"] for event in events] == ["1099-07-14", "1099-07-15"]
    assert told.count("taken for a Gregorian day") == 1


def square(name, first, last, west):
    ring = [[west, 0], [west + 0.5, 0], [west + 0.5, 0.5], [west, 0.5], [west, 0]]
    return {
        "type": "Feature",
        "properties": {"Name": name, "FromYear": first, "ToYear": last},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_years_of_cliopatria_count_no_year_0(atlas, capsys, tmp_path):
    # Its README: "negative for BCE"; both ends count.
    file = tmp_path / "cliopatria.geojson"
    features = [square("Rome", -500, -1, 20), square("Rome", 1, 14, 20), square("Veii", -5, 3, 21)]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    options = ("--layer", "regions", "--licence", "X", "--create-regions")
    told = run(atlas, capsys, "boundaries", file, *options, "--set", "precision=schematic")
    layer = json.loads((atlas / "boundaries" / "regions.geojson").read_text("utf-8"))
    drawn = [feature["properties"] for feature in layer["features"]]
    assert [(each["id"], each["start"], each["end"]) for each in drawn] == [
        ("rome-500-bce", "-0499", "0001"),
        ("rome-0001", "0001", "0015"),
        ("veii-5-bce", "-0004", "0004"),
    ]
    assert "'-500' is 500 BCE in 'FromYear', which counts no year 0" in told
    capsys.readouterr()
    assert main(["check", "--atlas", str(atlas)]) == 0
