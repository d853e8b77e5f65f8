"""Nothing that an atlas holds, or that is typed, gives the terminal an order."""

import csv
import io
import json
import sys

import pytest

from maps.characters import unseen
from maps.cli import main

ORDER = "\x1b[2J\x1b]0;owned\x07\u202e\x9b1m\x7f"
FORGED = "\nNo problems in everything\r"
QUIET = ("show 1960-03-15", "events", "sources", "diff 1950-05-31 1950-06-01")


@pytest.fixture
def hostile(atlas_copy):
    """A copy of the invented atlas with orders to the terminal in texts, names and sources."""
    for file, column in (
        ("text/en.csv", "text"),
        ("names.csv", "form"),
        ("citations.csv", "locator"),
    ):
        path = atlas_copy / file
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        for row in rows:
            row[column] = f"{row[column]}{ORDER}{FORGED}!" if row[column] else ""
        with path.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    sources = atlas_copy / "sources.json"
    sources.write_text(sources.read_text(encoding="utf-8").replace(
        "Papers of", json.dumps(f"Papers{ORDER}{FORGED} of")[1:-1]), encoding="utf-8")  # fmt: skip
    return atlas_copy


def _ordered(text: str) -> bool:
    return any(unseen(text)) or "\r" in text or "\nNo problems" in text


@pytest.mark.parametrize("command", QUIET)
def test_a_text_of_the_atlas_is_shown_and_not_obeyed(command, hostile, capsys):
    assert main([*command.split(), "--atlas", str(hostile)]) == 0
    out, _ = capsys.readouterr()
    assert not _ordered(out)
    assert r"\x1b[2J\x1b]0;owned\x07\u202e\x9b1m\x7f\nNo problems in everything" in out


@pytest.mark.parametrize("command", QUIET)
def test_json_escapes_as_json_does_and_reads_back_the_same(command, hostile, capsys):
    assert main([*command.split(), "--format", "json", "--atlas", str(hostile)]) == 0
    out, _ = capsys.readouterr()
    assert not _ordered(out)
    assert any(ORDER in text for text in _texts(json.loads(out)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def test_csv_is_faithful_in_a_file_and_shown_on_a_terminal(hostile, capsys, monkeypatch):
    command = ["events", "--format", "csv", "--atlas", str(hostile)]
    assert main(command) == 0
    assert ORDER in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(command) == 0
    assert not any(unseen(capsys.readouterr().out))


def test_a_file_name_forges_no_verdict(atlas_copy, capsys):
    (atlas_copy / f"boundaries/a{FORGED}{ORDER}.geojson").write_text("{}", encoding="utf-8")
    assert main(["check", "--atlas", str(atlas_copy)]) == 1
    out, _ = capsys.readouterr()
    assert not _ordered(out)
    assert main(["check", "--format", "json", "--atlas", str(atlas_copy)]) == 1
    out, _ = capsys.readouterr()
    assert not any(unseen(out))
    assert f"boundaries/a{FORGED}{ORDER}.geojson" in {
        p["file"] for p in json.loads(out)["problems"]
    }
    assert main(["events", "--atlas", str(atlas_copy)]) == 1
    _, error = capsys.readouterr()
    assert not _ordered(error)
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("show", f"1960{ORDER}"),
        ("events", "--region", f"isle{ORDER}"),
        ("events", "--from", f"1960{ORDER}"),
        ("events", f"--{ORDER}"),
        ("export", "1960-03-15", "-o", f"day{ORDER}"),
        ("diff", "1950-06-01", "1960-01-01", "--mode", f"units{ORDER}"),
        ("publish", "somewhere", "--address", f"https://{ORDER}"),
    ],
)
def test_what_is_typed_is_shown_and_not_obeyed(words, two_islands, capsys):
    assert main([*words, "--atlas", str(two_islands)]) != 0
    out, error = capsys.readouterr()
    assert not _ordered(out + error)
    assert error.count("\n") == 1


def test_a_long_value_is_cut_and_the_advice_is_kept(atlas_copy, capsys):
    figures = atlas_copy / "figures.csv"
    figures.write_text(
        figures.read_text(encoding="utf-8").replace("12300,km2", f"{'x' * 9000},km2")
    )
    assert main(["check", "--atlas", str(atlas_copy)]) == 1
    line = next(row for row in capsys.readouterr().out.splitlines() if "row 2" in row)
    assert "…" in line
    assert line.endswith("is no number; write it as 1041 or 39.818")
    assert len(line) < 800
