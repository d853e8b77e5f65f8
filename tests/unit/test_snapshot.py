import json
from dataclasses import replace

import pytest

from kit import calls
from maps.atlas.model import Date, Timespan
from maps.data.plain import snapshot_plain
from maps.day.control import NOTHING_SAID, Holding, control_of
from maps.day.snapshot import KINDS, changes_on, differences, snapshot
from maps.day.timeline import timeline

LANDING = Date(1960, 3, 15)
EVE = LANDING - 1


def held(polity_id):
    return Holding("de-facto", polity_id)


def with_status(atlas, **changes):
    """The atlas with one more de-facto statement on the shire."""
    told = replace(atlas.statuses[2], id="more", **changes)
    return replace(atlas, statuses=(*atlas.statuses, told))


@pytest.mark.parametrize(
    ("day", "polity", "said_of"),
    [
        (EVE, "east-league", "east-isle"),  # nothing is said of the shire: its isle counts
        (LANDING, "west-realm", "strait-shire"),  # its own statement goes before
    ],
)
def test_a_piece_is_held_by_who_holds_the_nearest_region_spoken_of(
    islands_atlas, day, polity, said_of
):
    control = control_of(islands_atlas, "cu-shire", day)
    assert (control.polity_ids, control.said_of) == ((polity,), said_of)


def test_a_piece_nothing_is_said_of_is_held_by_nobody(islands_atlas):
    assert control_of(islands_atlas, "cu-shire", Date(1899, 12, 31)) == NOTHING_SAID
    assert control_of(islands_atlas, "no-such-region", LANDING) == NOTHING_SAID


def test_two_statements_make_two_holders_in_the_order_of_the_table(islands_atlas):
    disputed = with_status(islands_atlas, polity_id="east-league", perspective_id="east-side")
    assert control_of(disputed, "cu-shire", LANDING).polity_ids == ("west-realm", "east-league")


def test_a_statement_naming_no_polity_silences_those_of_the_larger_region(islands_atlas):
    nobody = with_status(islands_atlas, polity_id="", span=Timespan(Date(1955, 1, 1), LANDING))
    held = control_of(nobody, "cu-shire", EVE)
    assert (held.polity_ids, held.said_of) == ((), "strait-shire")


def test_after_the_last_statement_on_a_piece_the_larger_region_counts_again(islands_atlas):
    ended = replace(
        islands_atlas,
        statuses=tuple(
            replace(s, span=Timespan(LANDING, Date(1961, 1, 1)))
            if s.id == "shire-held-by-west"
            else s
            for s in islands_atlas.statuses
        ),
    )
    assert control_of(ended, "cu-shire", Date(1960, 12, 31)).polity_ids == ("west-realm",)
    assert control_of(ended, "cu-shire", Date(1961, 1, 1)).polity_ids == ("east-league",)


def test_regions_that_are_part_of_each_other_do_not_hang(islands_atlas):
    regions = dict(islands_atlas.regions)
    regions["east-isle"] = replace(regions["east-isle"], part_of="cu-shire")
    circle = replace(islands_atlas, regions=regions)
    assert control_of(circle, "cu-shire", EVE).polity_ids == ("east-league",)


def test_a_snapshot_joins_what_is_in_force(islands_atlas):
    shown = snapshot(islands_atlas, LANDING)
    assert [b.boundary.id for b in shown.boundaries] == [
        "west-isle-1900",
        "east-isle-1950",
        "strait-shire-1950",
        "cu-west-1900",
        "cu-shire-1900",
        "cu-east-1900",
    ]
    assert [event.id for event in shown.events] == ["A02"]
    assert [period.id for period in shown.periods] == ["two-shires"]
    assert "shire-claimed-by-east" in [status.id for status in shown.statuses]


def test_only_the_control_layer_carries_control(islands_atlas):
    shown = snapshot(islands_atlas, LANDING)
    assert [b.boundary.layer == "control" for b in shown.boundaries] == [
        b.control is not None for b in shown.boundaries
    ]


def test_the_day_a_line_moves_shows_the_new_one_only(islands_atlas):
    def line_of_the_east_isle(day):
        shown = snapshot(islands_atlas, day).boundaries
        return [b.boundary.id for b in shown if b.boundary.region_id == "east-isle"]

    assert line_of_the_east_isle(Date(1950, 5, 31)) == ["east-isle-1900"]
    assert line_of_the_east_isle(Date(1950, 6, 1)) == ["east-isle-1950"]


def test_a_region_that_loses_a_part_is_redrawn_and_the_part_appears(islands_atlas):
    redrawn, appeared = changes_on(islands_atlas, Date(1950, 6, 1), "units")
    assert (redrawn.kind, redrawn.region_id, redrawn.boundary_id) == (
        "redrawn",
        "east-isle",
        "east-isle-1950",
    )
    assert redrawn.km2_before == pytest.approx(2 * redrawn.km2, rel=0.001)
    assert (appeared.kind, appeared.region_id, appeared.event_ids) == (
        "appears",
        "strait-shire",
        ("A01",),
    )
    assert {redrawn.kind, appeared.kind} < set(KINDS)


def test_a_change_of_control_says_from_whom_to_whom_how_much_and_why(islands_atlas):
    (change,) = changes_on(islands_atlas, LANDING, "control")
    assert (change.kind, change.region_id) == ("control", "cu-shire")
    assert (change.before, change.after) == ((held("east-league"),), (held("west-realm"),))
    # A degree square at the equator: 110.574 km x 111.320 km, from tables of WGS 84.
    assert change.km2 == pytest.approx(110.574 * 111.320, rel=0.001)
    assert change.event_ids == ("A02",)


def test_no_day_but_a_change_day_has_changes(islands_atlas):
    for mode in ("units", "control"):
        days = timeline(islands_atlas, mode).change_days
        for day in days:
            assert changes_on(islands_atlas, day, mode)
            assert not changes_on(islands_atlas, day + 1, mode)


def test_a_statement_that_merely_counts_again_is_no_reason(islands_atlas):
    said = {s.id: s for s in islands_atlas.statuses}
    ending = replace(said["shire-held-by-west"], span=Timespan(LANDING, Date(1961, 1, 1)))
    older = replace(said["east-held"], start_event_id="A01")
    ended = replace(islands_atlas, statuses=(older, ending))
    (change,) = changes_on(ended, Date(1961, 1, 1), "control")
    assert (change.after, change.event_ids) == ((held("east-league"),), ())


def test_a_region_no_event_names_has_the_reason_of_the_region_it_is_part_of(islands_atlas):
    unnamed = tuple(
        replace(event, region_ids=tuple(r for r in event.region_ids if r != "strait-shire"))
        for event in islands_atlas.events
    )
    _, appeared = changes_on(replace(islands_atlas, events=unnamed), Date(1950, 6, 1), "units")
    assert (appeared.region_id, appeared.event_ids) == ("strait-shire", ("A01",))


def test_a_region_that_changes_its_layer_is_redrawn_once(islands_atlas):
    moved = tuple(
        replace(boundary, layer="shires") if boundary.id == "east-isle-1950" else boundary
        for boundary in islands_atlas.boundaries
    )
    kinds = {
        (change.kind, change.region_id)
        for change in changes_on(
            replace(islands_atlas, boundaries=moved), Date(1950, 6, 1), "units"
        )
    }
    assert kinds == {("redrawn", "east-isle"), ("appears", "strait-shire")}


def test_two_days_can_be_compared_backwards(islands_atlas):
    (forth,) = differences(islands_atlas, EVE, LANDING, "control")
    (back,) = differences(islands_atlas, LANDING, EVE, "control")
    assert (back.before, back.after) == (forth.after, forth.before)
    assert [c.kind for c in differences(islands_atlas, LANDING, Date(1940, 1, 1), "units")] == [
        "redrawn",
        "disappears",
    ]


def test_a_day_does_not_differ_from_itself(islands_atlas):
    assert differences(islands_atlas, LANDING, LANDING, "units") == ()


def test_equal_snapshots_give_equal_bytes(islands_atlas):
    def written():
        return json.dumps(snapshot_plain(snapshot(islands_atlas, LANDING)))

    assert written() == written()


def test_the_json_of_a_snapshot_says_who_holds_a_piece_and_who_says_so(islands_atlas):
    plain = snapshot_plain(snapshot(islands_atlas, LANDING))
    piece = next(b for b in plain["boundaries"] if b["id"] == "cu-shire-1900")
    assert piece["control"] == {
        "polities": ["west-realm"],
        "said_of": "strait-shire",
        "statuses": ["shire-held-by-west"],
    }
    assert plain["day"] == "1960-03-15"
    assert [source["id"] for source in plain["sources"]] == ["S00", "S01", "W01"]


def handed_on(atlas, count):
    """Give an atlas of some pieces, one of which changes hands every forty days."""
    pieces = [
        replace(atlas.boundaries[1], id=f"piece-{n}", region_id=f"piece-{n}") for n in range(count)
    ]
    regions = {b.id: replace(atlas.regions["cu-shire"], id=b.id) for b in pieces}
    start = Date(1960, 1, 1)
    statuses = tuple(
        replace(
            atlas.statuses[n % 2],
            id=f"s{n}",
            region_id=f"piece-{n}",
            span=Timespan(start + 40 * n),
        )
        for n in range(count)
    )
    return replace(
        atlas,
        boundaries=tuple(pieces),
        regions={**atlas.regions, **regions},
        statuses=(*atlas.statuses, *statuses),
    )


def changes_of(atlas):
    days = timeline(atlas, "control").change_days
    return [change for day in days for change in changes_on(atlas, day, "control")]


def test_a_timeline_twice_as_long_takes_no_more_than_its_days_and_pieces(islands_atlas):
    # Each of twice as many days is compared over twice as many pieces: four times the work.
    shorter, longer = handed_on(islands_atlas, 30), handed_on(islands_atlas, 60)
    work = calls(lambda: changes_of(shorter))
    assert calls(lambda: changes_of(longer)) < 5 * work
    assert len(timeline(longer, "control").change_days) >= 30
    assert len(changes_of(longer)) >= 60
