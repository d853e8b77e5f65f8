"""Every command of docs/your-own-atlas.md runs, in order, in an empty folder."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from browser.server import answering, free_port
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.cli import main
from maps.words.i18n import texts

PAGE = Path(__file__).parents[2] / "docs" / "your-own-atlas.md"
BLOCKS = re.findall(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)


def answers(words, folder):
    """Start what a line starts, on a port of its own, and end it when it has answered."""
    port = free_port()
    command = [sys.executable, "-m", "maps", *words, "--port", str(port)]
    with answering(command, port, folder) as address:
        return bool(address)


@pytest.mark.slow
def test_the_page_leads_from_a_spreadsheet_to_an_atlas_that_passes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    served = []
    for kind, name, text in BLOCKS:
        if name:
            Path(name).write_text(text, "utf-8")
        if kind == "sh":
            for line in text.splitlines():
                program, *words = shlex.split(line)
                assert program == "maps"
                if words[0] in ("edit", "serve"):
                    served.append(line)
                    assert answers(words, tmp_path)
                else:
                    assert main(words) == 0, line
    assert check_tables(load_tables("my-atlas")) == []
    atlas = open_atlas("my-atlas")
    assert atlas.settings.title == "The Two Valleys"
    assert [event.id for event in atlas.events] == ["E01", "E02", "E03"]
    drawn = sorted((b.layer, b.region_id) for b in atlas.boundaries)
    valleys = ("lower-valley", "upper-valley")
    assert drawn == [(layer, valley) for layer in ("control", "regions") for valley in valleys]
    assert [(s.polity_id, str(s.span.start)) for s in atlas.statuses] == [
        ("hill-federation", "1900-01-01"),
        ("lake-republic", "1911-01-01"),
    ]
    assert "Bridge opened" in Path("bridge.svg").read_text("utf-8")
    assert served == ["maps edit my-valleys", "maps serve --atlas my-atlas"]


def test_the_way_through_the_page_has_ten_steps_and_names_what_is_on_it():
    way = PAGE.read_text("utf-8").partition("## In the page")[2].partition("\n## ")[0]
    steps = re.findall(r"^(\d+)\. (.*)$", way, re.M)
    assert [int(number) for number, _ in steps] == list(range(1, 11))
    spoken = set(texts("en").section("edit").values()) | {"Save"}
    named = [name for _, step in steps for name in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", step)]
    assert [name for name in named if not any(said.startswith(name) for said in spoken)] == []


def test_the_answer_quoted_on_the_page_is_the_one_given():
    from maps.atlas.intake.days import date_fault

    quoted = re.search(r'`([\d.]+)` gets the answer "([^"]+)"', PAGE.read_text("utf-8"))
    assert quoted is not None
    assert date_fault(quoted[1]).endswith(quoted[2])
