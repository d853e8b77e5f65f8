"""How much each side is heard: the rule of our own voice, and the page that counts."""

from dataclasses import replace
from pathlib import Path

from maps.atlas.balance import balance_of, balance_page, balance_table, one_sided

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_balance_is_up_to_date(shipped_atlas):
    committed = (ROOT / "docs" / "balance.md").read_text(encoding="utf-8")
    assert balance_page(shipped_atlas) == committed, "run `python -m maps.build --balance`"


def test_what_we_say_rests_on_both_sides_or_a_third_party_or_is_marked(shipped_atlas):
    perspectives = shipped_atlas.perspectives
    for status in shipped_atlas.statuses:
        if status.perspective_id == "general":
            cited = {perspectives[c.source.perspective_id].side_id for c in status.citations}
            balanced = "third-party" in cited or {"armenian", "azerbaijani"} <= cited
            assert balanced != (status.certainty == "one-sided"), status.id
    assert one_sided(shipped_atlas)


def test_few_events_rest_on_one_side_alone(shipped_atlas):
    alone = {each.side.id: len(each.events) for each in balance_of(shipped_atlas)}
    # Once 30 and 14, of fewer events.
    assert alone["armenian"] < 10
    assert alone["azerbaijani"] < 6
    for each in balance_of(shipped_atlas):
        if each.side.id in ("armenian", "azerbaijani"):
            assert all(event.corroboration for event in each.events)


def test_a_side_is_counted_by_its_accounts_words_and_what_rests_on_it_alone(islands_atlas):
    chronicle, west, east = balance_of(islands_atlas)
    # c1-chronicle, 11 words; x01-chronicle is silent.
    assert (chronicle.accounts, chronicle.unheard, chronicle.words) == (1, 1, 11)
    assert (west.accounts, west.differ, west.unheard) == (1, 1, 1)  # in part; none found
    assert (east.accounts, east.differ) == (3, 1)  # of the shire it says otherwise
    assert east.levels == {"V1": 1, "V2": 2}
    assert [event.id for event in east.events] == ["X01", "X02"]  # cited from W01 alone


def test_an_atlas_without_sides_has_no_balance(islands_atlas):
    settings = replace(islands_atlas.settings, sides=())
    assert balance_table(replace(islands_atlas, settings=settings)) == ""
