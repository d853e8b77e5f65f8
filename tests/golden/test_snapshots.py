"""`maps show` on days a historian knows, compared with what was reviewed.

To accept a change of the data: delete the file, run this test once (it writes
the file anew and fails), read the difference with `git diff`, commit it.
"""

import json
from difflib import unified_diff
from pathlib import Path

import pytest

from maps.atlas.model import Date
from maps.data.plain import snapshot_plain
from maps.data.report import json_text
from maps.day.snapshot import snapshot

HERE = Path(__file__).parent
DAYS = (
    "1919-01-01",  # between the first assembly and the governor-general
    "1920-12-01",  # three lands in one declaration, none of them decided
    "1921-07-04",  # the plenum votes to include Nagorno-Karabakh in Armenia
    "1923-07-07",  # the decree that creates the autonomous region
    "1929-04-07",  # the last day of the Kurdistan uezd
    "1929-04-08",  # and the day it is dissolved
    "1992-07-15",  # a war in which the sources do not tell who held what
    "1994-05-12",  # the ceasefire takes effect
    "2020-11-08",  # Shusha is captured, two days before the trilateral statement
    "2020-12-02",  # three districts handed over, peacekeepers on the road
    "2023-09-21",  # the day after the ceasefire of 20 September
    "2024-06-01",  # after the delimitation of May, before the peacekeepers are gone
)


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_shown_as_it_was_reviewed(shipped_atlas, day):
    shown = json_text(snapshot_plain(snapshot(shipped_atlas, Date.fromisoformat(day)))) + "\n"
    golden = HERE / f"{day}.json"
    if not golden.exists():
        golden.write_text(shown, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is written now; review and commit it")
    reviewed = golden.read_text(encoding="utf-8")
    difference = list(
        unified_diff(
            reviewed.splitlines(), shown.splitlines(), "as reviewed", "as it is now", lineterm=""
        )
    )
    assert not difference, "\n".join(difference[:80])


def test_every_golden_file_belongs_to_a_day():
    assert {path.stem for path in HERE.glob("*.json")} == set(DAYS)


def test_golden_files_name_each_cited_source_once():
    for path in HERE.glob("*.json"):
        listed = [source["id"] for source in json.loads(path.read_text("utf-8"))["sources"]]
        assert listed == sorted(set(listed))
