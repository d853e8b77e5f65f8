"""What differs between two days, and what is behind each difference."""

from dataclasses import replace

import pytest

from kit import Elements
from maps.atlas.model import Date
from maps.cards.compare import areas_card, differences_card
from maps.data.plain import comparison_plain
from maps.day.areas import in_succession
from maps.day.snapshot import compare, each_once
from maps.errors import UnknownId
from maps.words.i18n import texts
from maps.words.sentences import change_said, nothing_said, rows

DEGREE_SQUARE = 110.574 * 111.320  # km² at the equator, from tables of WGS 84
LANDING = Date(1960, 3, 15)
EVE = LANDING - 1
EARLY, LATE = Date(1940, 1, 1), Date(1970, 1, 1)


def test_a_difference_has_its_event_its_statements_and_their_sources(islands_atlas):
    (found,) = compare(islands_atlas, EVE, LANDING, "control").differences
    assert [event.id for event in found.events] == ["A02"]
    assert [said.id for said in found.ended] == ["east-held"]
    assert [said.id for said in found.begun] == ["shire-held-by-west"]
    assert [(c.source.id, c.locator) for c in found.citations] == [
        ("S00", "p. 3"),
        ("S01", "p. 9"),
        ("W01", ""),
    ]


def test_the_json_gives_both_sides_areas_and_reasons(islands_atlas):
    plain = comparison_plain(compare(islands_atlas, EARLY, LATE, "control"))
    assert (plain["from"], plain["to"]) == ("1940-01-01", "1970-01-01")
    assert (plain["mode"], plain["perspective"]) == ("control", None)
    (change,) = plain["changes"]
    assert (change["region"], change["region_name"]) == ("cu-shire", "Strait Shire")
    assert (change["boundary"], change["kind"]) == ("cu-shire-1900", "control")
    assert change["before"] == [
        {
            "dimension": "de-facto",
            "polity": "east-league",
            "polity_name": "East League",
            "otherwise": False,
        }
    ]
    assert [held["polity"] for held in change["after"]] == ["west-realm"]
    assert change["km2"] == pytest.approx(DEGREE_SQUARE, rel=0.001)
    (why,) = change["why"]
    assert (why["event"], why["title"]) == ("A02", "Landing at the narrows")
    assert [c["as_printed"] for c in why["citations"]] == ["", "[1, p. 9]", ""]
    (said,) = change["statuses"]
    assert (said["id"], said["perspective"]) == ("shire-held-by-west", "chronicle")
    assert [c["source"] for c in said["citations"]] == ["S00"]


def test_a_redrawn_region_has_its_area_before_and_after(islands_atlas):
    changes = comparison_plain(compare(islands_atlas, EARLY, LATE, "units"))["changes"]
    redrawn = next(change for change in changes if change["kind"] == "redrawn")
    assert redrawn["region"] == "east-isle"
    assert redrawn["km2_before"] == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)
    assert redrawn["km2"] == pytest.approx(DEGREE_SQUARE, rel=0.001)
    begun = next(change for change in changes if change["kind"] == "appears")
    assert (begun["before"], begun["after"]) == ([], [])
    assert [c["source"] for c in begun["line"]["citations"]] == ["S00"]


def test_of_legal_status_the_teller_asked_is_the_one_who_speaks(islands_atlas):
    compared = compare(islands_atlas, EARLY, Date(1955, 1, 1), "legal", "east-side")
    (shire,) = (d for d in compared.differences if d.change.region_id == "cu-shire")
    denied = next(said for said in shire.begun if said.id == "shire-claimed-by-west")
    assert (denied.perspective_id, denied.stance) == ("east-side", "says-otherwise")
    assert [citation.source.id for citation in denied.citations] == ["W01"]
    assert comparison_plain(compared)["perspective"] == "east-side"


def test_days_in_either_order_give_the_same_differences_turned_round(islands_atlas):
    (forth,) = compare(islands_atlas, EARLY, LATE, "control").differences
    (back,) = compare(islands_atlas, LATE, EARLY, "control").differences
    assert (back.change.before, back.change.after) == (forth.change.after, forth.change.before)
    assert (back.ended, back.begun) == (forth.begun, forth.ended)


def test_a_day_compared_with_itself_differs_in_nothing(islands_atlas):
    same = compare(islands_atlas, LANDING, LANDING, "control")
    assert comparison_plain(same)["changes"] == []
    assert nothing_said(same, texts("en")) == "Both days are 15 March 1960: nothing differs."
    between = compare(islands_atlas, EARLY, EVE, "control")
    assert "Nothing that is shown differs" in differences_card(between, "en")


@pytest.mark.parametrize(("mode", "perspective"), [("weather", ""), ("legal", "nobody")])
def test_an_unknown_mode_or_teller_is_named(islands_atlas, mode, perspective):
    with pytest.raises(UnknownId, match=perspective or mode):
        compare(islands_atlas, EARLY, LATE, mode, perspective)


def test_a_place_in_a_source_is_cited_once_and_goes_before_the_whole(islands_atlas):
    landing = next(event for event in islands_atlas.events if event.id == "A02")
    at_page = landing.citations[0]
    whole = replace(at_page, id="other", locator="")
    assert each_once((whole, at_page, at_page)) == (at_page,)
    assert each_once((whole, whole)) == (whole,)


def test_pieces_that_changed_alike_share_a_row_and_its_area(islands_atlas):
    piece = next(b for b in islands_atlas.boundaries if b.id == "cu-shire-1900")
    alike = replace(piece, id="twin", region_id="strait-shire")
    twice = replace(islands_atlas, boundaries=(*islands_atlas.boundaries, alike))
    (row,) = rows(compare(twice, EVE, LANDING, "control"))
    assert [change.region_id for change in row.changes] == ["cu-shire", "strait-shire"]
    assert row.km2 == pytest.approx(2 * DEGREE_SQUARE, rel=0.001)
    assert [said.id for said in row.begun] == ["shire-held-by-west"]


def test_the_table_shows_colours_reasons_and_sources(islands_atlas):
    card = differences_card(compare(islands_atlas, EVE, LANDING, "control"), "en")
    for part in (
        "14 March 1960 → 15 March 1960",
        "Strait Shire",
        "12,309",
        'href="?event=A02&amp;lang=en&amp;tab=map"',
        '<abbr title="Royaume de l’Ouest, Actes du royaume de l’Ouest, 1961"',
        "On the first day only: Held by the East League (The chronicle, says)",
        "what changed in between and changed back is not in the list",
    ):
        assert part in card
    assert card.count('class="mc-swatch"') == 2
    assert card.index("East League") < card.index("West Realm")


def test_the_areas_held_add_up_to_the_differences(islands_atlas):
    card = areas_card(compare(islands_atlas, EVE, LANDING, "control"), "en")
    cells = [part.split("<")[0] for part in card.split('class="mc-figure">')[1:]]
    # The realm has one isle and gains the shire; the league has two squares and keeps one.
    assert cells == ["12,309", "24,618", "+12,309", "24,618", "12,309", "−12,309"]


def test_states_that_followed_each_other_are_added_up(shipped_atlas):
    assert in_succession(shipped_atlas, list(shipped_atlas.polities)) == (
        ("azerbaijan-ssr", "azerbaijan"),
        ("armenia-ssr", "armenia"),
    )
    compared = compare(shipped_atlas, Date(1989, 1, 1), Date(2021, 1, 1), "control")
    card = areas_card(compared, "en")
    assert "Together: Azerbaijan SSR" in card


def test_what_is_outlined_on_both_maps_are_the_lines_of_the_list(islands_atlas):
    compared = compare(islands_atlas, Date(1960, 3, 14), Date(1960, 3, 15), "control")
    (section,) = Elements(differences_card(compared, "en")).of_class("mc-compare")
    assert section["data-changed"].split() == [each.line.id for each in compared.differences]


def test_a_piece_of_which_it_is_no_longer_known_who_held_it_is_told_so(islands_atlas):
    unnamed = tuple(
        replace(said, polity_id="") if said.id == "shire-held-by-west" else said
        for said in islands_atlas.statuses
    )
    compared = compare(replace(islands_atlas, statuses=unnamed), EVE, LANDING, "control")
    (change,) = (found.change for found in compared.differences)
    assert (change.unknown_before, change.unknown_after) == (False, True)
    said = change_said(compared.atlas, [change], "en")
    assert "East League → not known" in said
    assert "not known" in differences_card(compared, "en")
