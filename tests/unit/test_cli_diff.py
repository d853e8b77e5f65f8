"""`maps diff`: what differs between two days, as text and as JSON."""

import json

import pytest


def test_each_difference_is_told_with_reason_and_sources(maps):
    code, out, _ = maps("diff", "1960-03-14", "1960-03-15", "--mode", "control")
    assert code == 0
    assert out.splitlines()[:4] == [
        "14 March 1960 → 15 March 1960 · Control · Two Isles",
        "Strait Shire: East League → West Realm (12,309 km²)",
        "  Why: Landing at the narrows (A02)",
        "  Sources: S00 p. 3; S01 p. 9; W01",
    ]
    assert "  S01   Royaume de l’Ouest, Actes du royaume de l’Ouest, 1961" in out.splitlines()


def test_the_json_has_the_promised_keys(maps):
    _, out, _ = maps("diff", "1960-03-14", "1960-03-15", "--mode", "control", "--format", "json")
    plain = json.loads(out)
    assert list(plain) == ["from", "to", "mode", "perspective", "changes"]
    promised = ["region", "region_name", "boundary", "kind", "before", "after", "km2",
                "km2_before", "why", "statuses"]  # fmt: skip
    assert list(plain["changes"][0])[: len(promised)] == promised


def test_without_a_mode_the_first_of_the_atlas_is_compared(maps):
    out = maps("diff", "1970-01-01", "1940-01-01")[1].splitlines()
    assert out[0] == "1 January 1970 → 1 January 1940 · Administration · Two Isles"
    assert out[1].startswith("Redrawn: East Isle (24,61")
    assert [line for line in out if line.startswith("Ends: Strait Shire")]


def test_the_teller_asked_is_named(maps):
    words = ("--mode", "legal", "--perspective", "east-side")
    _, out, _ = maps("diff", "1940-01-01", "1955-01-01", *words)
    assert out.startswith("1 January 1940 → 1 January 1955 · Legal status: ")


def test_the_same_day_twice_is_said_to_differ_in_nothing(maps):
    code, out, _ = maps("diff", "1960-03-15", "1960-03-15")
    assert code == 0
    assert out.splitlines()[1:] == ["Both days are 15 March 1960: nothing differs."]
    _, out, _ = maps("diff", "1960-03-15", "1960-03-15", "--format", "json")
    assert json.loads(out)["changes"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["1960-03-15", "2000-01-01"], 1, "2000-01-01 is outside the atlas"),
        (["15 March 1960", "soon"], 2, "write it as 5 July 1921"),
        (["1960-03-15"], 2, "DAY2"),
        (["1960-03-14", "1960-03-15", "--mode", "weather"], 1, "no mode 'weather'"),
        (["1960-03-14", "1960-03-15", "--perspective", "east"], 1, "try east-side"),
    ],
)
def test_what_is_not_there_is_one_clear_line(maps, words, code, said):
    found, out, err = maps("diff", *words)
    assert (found, out, err.count("\n")) == (code, "", 1)
    assert said in err
