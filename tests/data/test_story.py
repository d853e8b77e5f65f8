"""The story of the article: its quotes are the article's, its order too, and its ids exist."""

import csv
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from data.quoting import is_in_the_article
from maps.atlas.model import Date

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "geodata"
STORY = FOLDER / "stories" / "article.toml"

# The article tells A08 before A05, and A23 after A25; otherwise it follows the days.
TOLD = [f"A{n:02}" for n in (1, 2, 3, 4, 8, 5, 6, 7, *range(9, 23), 24, 25, 23, 26, 27)]
ORDER_IN_TEXT = {event: place for place, event in enumerate(TOLD, start=1)}
POINTS = {f"C{n}" for n in range(1, 11)}
QUOTED = re.compile(r'"[^"]*"')
# Stems that are never ours; "return", "restor" and "transfer" here because land is the subject.
LOADED = re.compile(
    r"occup|liberat|annex|recaptur|return|aggress|separatis|terroris|mercenar|reunif|restor"
    r"|unleash|ethnic cleansing|blockade|genocid|puppet|so-called|illegal|transfer|seiz",
    re.IGNORECASE,
)


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def ids(table: str) -> set[str]:
    with Path(FOLDER, table).open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def told_by(step: dict[str, Any]) -> set[str]:
    """Return the events a step tells: chosen, put beside, or named in its text."""
    named = re.findall(r"\b[AX]\d{2}b?\b", step["text"]["en"])
    return {step.get("event", ""), *step.get("beside_events", []), *named}


STEPS = read(STORY)["steps"]
each_step = pytest.mark.parametrize("step", STEPS, ids=[step["id"] for step in STEPS])


def test_the_story_bears_the_name_of_its_file():
    story = read(STORY)
    assert story["id"] == STORY.stem
    assert story["source"] == "S00"
    assert len({step["id"] for step in STEPS}) == len(STEPS)


@each_step
def test_a_quote_stands_in_the_article(step):
    quote = step.get("quote", "")
    assert is_in_the_article(quote)
    assert len(quote.split()) <= 40
    assert ("quote" in step) == ("quote_lang" in step)


def test_every_event_of_the_article_is_told():
    told = set().union(*map(told_by, STEPS))
    assert set(TOLD) - told == set()


def test_the_steps_follow_the_order_of_the_article():
    places = [ORDER_IN_TEXT[step["event"]] for step in STEPS if step.get("event") in ORDER_IN_TEXT]
    assert all(before <= after for before, after in pairwise(places))


def test_what_is_not_in_the_article_comes_last_and_says_so():
    without = [step["id"] for step in STEPS if "quote" not in step]
    assert without == [STEPS[-1]["id"]]
    assert "not in the article" in STEPS[-1]["text"]["en"]
    assert STEPS[-1]["title"]["en"].startswith("Not in the article")


@each_step
def test_a_step_lies_inside_the_atlas(step):
    settings = read(FOLDER / "atlas.toml")
    day: Date = step["day"]
    assert settings["first_day"] <= day <= settings["last_day"]
    west, south, east, north = step.get("bbox", settings["extent"])
    assert 39.8 <= west < east <= 51.6  # the relief's extent: beyond it the ground is bare
    assert 36.8 <= south < north <= 43.75


@each_step
def test_what_a_step_refers_to_exists(step):
    perspectives = {entry["id"] for entry in read(FOLDER / "atlas.toml")["perspectives"]}
    assert step["mode"] in {"units", "control", "legal"}
    assert ("perspective" in step) == (step["mode"] == "legal")
    assert {step.get("perspective", "all")} <= perspectives | {"all"}
    events, notes = ids("events.csv"), ids("notes.csv")
    assert {step.get("event", "A01"), *step.get("beside_events", [])} <= events
    assert {step.get("region", "nk")} <= ids("regions.csv")
    assert set(step.get("beside_notes", [])) <= notes
    assert set(step.get("beside_points", [])) <= POINTS
    sources = json.loads(Path(FOLDER, "sources.json").read_text(encoding="utf-8"))
    words = step["text"]["en"] + step["beside"]["en"]
    named = set(re.findall(r"\b[SWAXN]\d{1,2}b?\b", words))
    assert named <= {source["id"] for source in sources} | events | notes


@each_step
def test_loaded_words_stand_only_in_quotation_marks(step):
    for part in ("title", "text", "beside"):
        ours = QUOTED.sub("", step[part]["en"])
        assert LOADED.findall(ours) == []


@each_step
def test_a_step_has_a_teller_and_others_beside(step):
    assert re.search(r"\b[Tt]he article\b", step["text"]["en"])
    assert re.search(r"\(W\d\d", step["beside"]["en"])
