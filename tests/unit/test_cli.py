import csv
import io
import json
import os
import socket
import subprocess
import sys

import pytest

from maps.cli import main, serve
from maps.data.report import json_text
from maps.errors import PortTaken
from unit.processes import environment, start

EVENT_KEYS = ["id", "edtf", "start", "end", "title", "kind", "place", "regions", "citations",
              "accounts", "notes"]  # fmt: skip


@pytest.fixture
def broken(atlas_copy):
    """A copy of the invented atlas with one event in no calendar."""
    events = atlas_copy / "events.csv"
    events.write_text(events.read_text(encoding="utf-8").replace("1950-06-01", "1950-02-30"))
    return atlas_copy


def test_events_as_json_have_the_promised_keys_first(maps):
    code, out, _ = maps("events", "--format", "json")
    events = json.loads(out)
    assert code == 0
    assert [event["id"] for event in events] == ["A01", "A02", "X01", "X02"]
    for event in events:
        assert list(event)[: len(EVENT_KEYS)] == EVENT_KEYS
        for citation in event["citations"]:
            assert list(citation) == ["as_printed", "source", "locator", "text"]


def test_an_event_says_when_where_and_on_what_it_rests(maps):
    _, out, _ = maps("events", "--format", "json")
    landing = next(event for event in json.loads(out) if event["id"] == "A02")
    assert (landing["edtf"], landing["start"], landing["end"]) == (
        "[1960-03-15,1960-03-20]",
        "1960-03-15",
        "1960-03-20",
    )
    assert landing["place"] == {"lat": 0.5, "lon": 22.5, "name": "Narrows Town"}
    assert landing["citations"][1] == {
        "as_printed": "[1, p. 9]",
        "source": "S01",
        "locator": "p. 9",
        "text": "Royaume de l’Ouest, Actes du royaume de l’Ouest, 1961, p. 9",
    }
    assert landing["notes"][0]["text"] == "Two days are given for the landing."


def test_an_event_without_a_place_has_null_there(maps):
    _, out, _ = maps("events", "--format", "json")
    assert next(e for e in json.loads(out) if e["id"] == "X01")["place"] is None


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--from", "1960-03-20"], ["A02", "X01", "X02"]),  # may be the last of two days
        (["--from", "1960-03-21"], ["X01", "X02"]),
        (["--to", "1960-03-15"], ["A01", "A02"]),
        (["--to", "1960-03-14"], ["A01"]),
        (["--from", "1973", "--to", "1973"], ["X01"]),
        (["--region", "east-isle"], ["A01", "X01"]),
        (["--from", "1999"], []),
    ],
)
def test_events_are_chosen_by_day_and_region(maps, words, ids):
    _, out, _ = maps("events", "--format", "json", *words)
    assert [event["id"] for event in json.loads(out)] == ids


def test_events_as_csv_are_a_row_each(maps):
    _, out, _ = maps("events", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["A01", "A02", "X01", "X02"]
    assert rows[1]["as_printed"] == "[1, p. 9]"
    assert rows[1]["sources"] == "S00 p. 3;S01 p. 9;W01"


def test_events_as_text_keep_the_citation_as_printed(maps):
    _, out, _ = maps("events")
    assert "(printed as [1, p. 9])" in out


def test_show_gives_the_snapshot(maps):
    code, out, _ = maps("show", "1960-03-15", "--format", "json")
    plain = json.loads(out)
    assert (code, plain["day"]) == (0, "1960-03-15")
    assert {"periods", "boundaries", "statuses", "events", "sources"} < plain.keys()


def test_show_as_text_says_who_holds_what(maps):
    _, out, _ = maps("show", "1960-03-15")
    assert out.startswith("15 March 1960 · Two Isles\n")
    assert "held by West Realm, as said of Strait Shire" in out


def test_a_day_is_shown_with_the_dates_chosen(maps):
    dates = ["--dates", "A02:1960-03-20"]
    code, before, _ = maps("show", "1960-03-19", *dates)
    assert code == 0
    assert "held by West Realm, as said of Strait Shire" not in before
    assert "held by West Realm, as said of Strait Shire" in maps("show", "1960-03-20", *dates)[1]
    days = {row["day"] for row in csv.DictReader(io.StringIO(maps("areas", *dates)[1]))}
    assert "1960-03-20" in days
    assert "1960-03-15" not in days


def test_a_date_that_no_source_gives_is_told_the_days_given(maps):
    code, _, err = maps("show", "1960-03-15", "--dates", "A02:1960-03-16")
    assert code == 1
    assert "days given: 1960-03-15, 1960-03-20" in err


def test_an_export_is_made_with_the_dates_chosen(maps, tmp_path):
    file = tmp_path / "day.geojson"
    words = ["--mode", "control", "--dates", "A02:1960-03-20", "-o", str(file)]
    assert maps("export", "1960-03-20", *words)[0] == 0
    assert "Landing at the narrows: 20 March 1960" in file.read_text(encoding="utf-8")


def test_the_last_day_of_the_atlas_can_be_shown_and_the_next_cannot(maps):
    assert maps("show", "1999-12-31")[0] == 0
    code, _, err = maps("show", "2000-01-01")
    assert code == 1
    assert err == (
        "maps: 2000-01-01 is outside the atlas, which runs from 1900-01-01 to 1999-12-31; "
        "name a day between them\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ["show", "yesterday"],
        ["show", "1960-02-30"],
        ["show"],
        ["show", "1960-03-15", "--dates", "A02"],
        ["show", "1960-03-15", "--dates", "A02:soon"],
        ["events", "--from", "196x"],
        ["events", "--format", "xml"],
        ["events", "--unknown"],
        ["serve", "--port", "0"],
    ],
)
def test_a_command_not_understood_is_one_line_and_exit_2(maps, words):
    code, out, err = maps(*words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("maps: ")


def test_a_bad_day_is_told_what_would_do(maps):
    assert "write it as 5 July 1921, 1921-07-05, 5.7.1921" in maps("show", "soon")[2]


@pytest.mark.parametrize("day", ["15 March 1960", "mars 15, 1960", "15.3.1960", "15/3/1960"])
def test_a_day_is_typed_as_people_write_it(maps, day):
    assert maps("show", day) == maps("show", "1960-03-15")


def test_a_day_that_may_be_two_is_told_on_the_side(maps):
    code, out, err = maps("show", "5/3/1960")
    assert (code, out) == maps("show", "1960-03-05")[:2]
    assert err == (
        "“5/3/1960” is read as 5 March 1960, day first. "
        "With the month first it would be 3 May 1960.\n"
    )


def test_dates_of_filters_and_events_are_typed_as_people_write_them(maps):
    typed = maps("events", "--from", "June 1960", "--to", "juin 1972")
    assert typed == maps("events", "--from", "1960-06", "--to", "1972-06")
    assert "X01" in typed[1]
    moved = maps("show", "20 March 1960", "--dates", "A02:20 March 1960")
    assert moved == maps("show", "1960-03-20", "--dates", "A02:1960-03-20")


@pytest.mark.parametrize("name", ["Comté du Détroit", "comte du detroit", "THE NARROWS"])
def test_a_region_is_asked_for_by_any_of_its_names(maps, name):
    code, out, err = maps("events", "--region", name)
    assert (code, out) == maps("events", "--region", "strait-shire")[:2]
    assert "→ Strait Shire (strait-shire)" in err


def test_an_unknown_region_is_told_the_like(maps):
    code, _, err = maps("events", "--region", "strait-shir")
    assert code == 1
    assert "try strait-shire" in err
    assert "try strait-shire" in maps("events", "--region", "The Narow")[2]


def test_an_unknown_command_and_a_missing_folder_are_exit_2(capsys):
    assert main(["paint"]) == 2
    assert main(["events", "--atlas", "/no/such/folder"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_maps_alone_prints_what_it_can_do(capsys):
    assert main([]) == 0
    assert "Commands:" in capsys.readouterr().out


def test_check_is_clean_on_the_invented_atlas(maps):
    code, out, _ = maps("check", "--format", "json")
    report = json.loads(out)
    assert (code, list(report)) == (0, ["ok", "counts", "problems"])
    assert (report["ok"], report["problems"]) == (True, [])
    assert report["counts"]["events"] == 4
    assert report["counts"]["boundaries"] == 7


def test_check_names_file_row_and_field_of_a_problem(broken, capsys):
    assert main(["check", "--atlas", str(broken), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    problem = next(p for p in report["problems"] if p["file"] == "events.csv")
    assert list(problem) == ["file", "row", "id", "field", "rule", "message"]
    assert (problem["row"], problem["id"], problem["field"]) == (2, "A01", "edtf")


def test_a_broken_atlas_is_one_line_on_stderr_for_other_commands(broken, capsys):
    assert main(["show", "1960-03-15", "--atlas", str(broken)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "events.csv row 2 (A01) edtf" in err
    assert "`maps check` lists them all" in err


def test_sources_come_as_text_csl_json_and_bibtex(maps):
    assert "S01  [1]  Royaume" in maps("sources")[1]
    items = json.loads(maps("sources", "--format", "json")[1])
    assert [item["id"] for item in items] == ["S00", "S01", "W01"]
    assert items[1]["custom"]["number_in_text"] == "1"
    assert maps("sources", "--format", "bibtex")[1].startswith("@book{S00,\n")


def test_areas_come_as_csv_and_json(maps):
    rows = list(csv.DictReader(io.StringIO(maps("areas")[1])))
    named = "day dimension polity polity_name km2_low km2_high"
    named += " km2_likely_low km2_likely_high km2_least km2_most perspective"
    assert list(rows[0]) == named.split()
    control = [row for row in rows if row["dimension"] == "de-facto"]
    assert [row["day"] for row in control] == ["1900-01-01"] * 2 + ["1960-03-15"] * 2
    assert {row["perspective"] for row in control} == {""}
    assert {row["perspective"] for row in rows[4:]} == {"all"}
    listed = json.loads(maps("areas", "--format", "json")[1])
    assert listed[0]["km2_low"] == pytest.approx(float(rows[0]["km2_low"]))
    west = csv.DictReader(io.StringIO(maps("areas", "--perspective", "west-side")[1]))
    assert [row["day"] for row in west if row["dimension"] == "claim"] == [
        "1950-06-01",
        "1999-12-31",
    ]
    assert maps("areas", "--perspective", "nobody")[0] == 1


@pytest.mark.parametrize(
    "value",
    [{}, [], 'é\n"', None, {"a": [1, 2.5, True], "b": {"c": "x" * 100, "d": ["y" * 60] * 3}}],
)
def test_json_written_for_people_is_json(value):
    assert json.loads(json_text(value)) == value


def test_what_is_short_stands_on_one_line():
    assert json_text({"a": [1, 2]}) == '{"a": [1, 2]}'
    assert json_text(["x" * 60, "y" * 60]).count("\n") == 3


def test_equal_input_gives_equal_bytes(maps):
    assert maps("events", "--format", "json")[1] == maps("events", "--format", "json")[1]


def test_a_fault_in_the_program_is_one_line_too(maps, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr("citeproc.CitationStylesBibliography", fail)
    code, _, err = maps("sources")
    assert (code, err.count("\n")) == (1, 1)
    assert "by hand" in err


def test_serve_refuses_a_port_that_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port}"):
            serve.free_address("127.0.0.1", port)
    assert serve.free_address("127.0.0.1", port) == "127.0.0.1"


def test_serve_refuses_an_address_of_another_machine():
    with pytest.raises(PortTaken, match="--host"):
        serve.free_address("192.0.2.1", 8501)  # RFC 5737: nobody's


@pytest.mark.parametrize("host", ["a" * 80, "a..b", "[::1", "a b", "\x00"])
def test_serve_refuses_a_host_that_can_be_none(host):
    with pytest.raises(PortTaken, match="--host"):
        serve.free_address(host, 8501)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("127.0.0.1", "http://127.0.0.1:9000 (only this machine can open it)"),
        ("127.8.0.1", "http://127.8.0.1:9000 (only this machine can open it)"),
        ("::1", "http://[::1]:9000 (only this machine can open it)"),
        ("192.0.2.1", "http://192.0.2.1:9000 (everyone on the network can open it)"),
        ("fe80::1%eth0", "http://[fe80::1%eth0]:9000 (everyone on the network can open it)"),
    ],
)
def test_serve_says_who_can_open_the_page(address, said):
    assert serve.who_can_open(address, 9000) == f"Dashboard: {said}"


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_serve_on_every_address_names_one_that_can_be_opened(address):
    said = serve.who_can_open(address, 9000)
    assert address + ":" not in said
    assert f"[{address}]" not in said
    assert "everyone on the network" in said


def test_serve_checks_the_atlas_first(broken, capsys):
    with socket.socket() as other:  # a port that is taken would be told, were it asked for first
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert main(["serve", "--atlas", str(broken), "--port", port]) == 1
    assert "events.csv row 2" in capsys.readouterr().err


def test_a_reader_that_leaves_early_sees_no_error(two_islands):
    words = [sys.executable, "-m", "maps", "events", "--atlas", str(two_islands)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert (errors, process.returncode) == (b"", 0)


def test_listing_events_loads_no_map_page_or_table_library(two_islands):
    code = (
        "import sys; from maps.cli import main; "
        f"main(['events', '--atlas', {str(two_islands)!r}, '--format', 'json']); "
        "heavy = {'streamlit', 'folium', 'geopandas', 'pandas', 'pyproj', 'matplotlib'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert done.stderr.strip() == b"[]"


def processor_time(*words):
    before = os.times()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])  # of children, so that nobody else's is measured


@pytest.mark.slow
def test_listing_events_takes_less_than_to_load_what_it_has_no_use_for(two_islands):
    loading = processor_time("-c", "import streamlit, folium, geopandas, matplotlib.figure")
    assert processor_time("-m", "maps", "events", "--atlas", str(two_islands)) < loading


def test_a_library_interrupted_while_it_loads_shows_no_fault(tmp_path):
    # As NumPy does: the interrupt is printed, and what is raised says something else.
    (tmp_path / "shapely.py").write_text(
        "import signal, sys, traceback\n"
        "try:\n    signal.raise_signal(signal.SIGINT)\n"
        "except KeyboardInterrupt:\n    traceback.print_exc()\n    raise ImportError('broken')\n"
    )
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    process = start(["check"], tmp_path, PYTHONPATH=path)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, b"")
