"""The atlas on days that a reader chooses among those the sources give."""

from dataclasses import replace

import pytest

from maps.atlas.model import Date, DateText, Timespan
from maps.data.geojson import metadata
from maps.day.alternatives import with_dates
from maps.day.contested import dates_of
from maps.day.control import control_of
from maps.day.timeline import periods_on, timeline
from maps.day.view import shown_on
from maps.errors import DateUnusable, DayOutsideAtlas
from maps.map.document import page_html
from maps.words.apparatus import apparatus
from maps.words.i18n import texts
from maps.words.sentences import when

LANDING_LATE = {"A02": Date(1960, 3, 20)}
KURDISTAN = {"A21": Date(1923, 5, 23)}
CEASEFIRE = {"A25": Date(1994, 5, 9)}


def by_id(records, wanted):
    return next(record for record in records if record.id == wanted)


def exact(day: Date) -> DateText:
    return DateText(day.isoformat(), day, day, day)


def test_the_day_in_use_changes_nothing(islands_atlas):
    assert with_dates(islands_atlas, {}) is islands_atlas
    assert with_dates(islands_atlas, {"A02": Date(1960, 3, 15)}) is islands_atlas


def test_an_event_is_shown_on_the_day_chosen_and_keeps_its_text(islands_atlas):
    landing = by_id(with_dates(islands_atlas, LANDING_LATE).events, "A02")
    assert landing.span == Timespan(Date(1960, 3, 20), Date(1960, 3, 21))
    assert landing.date.edtf == "[1960-03-15,1960-03-20]"
    assert landing.date.used == Date(1960, 3, 20)


@pytest.mark.parametrize(
    ("day", "holders"),
    [
        (Date(1960, 3, 19), ("east-league",)),  # the shire is still what the isle is
        (Date(1960, 3, 20), ("west-realm",)),
    ],
)
def test_control_turns_on_the_day_chosen(islands_atlas, day, holders):
    assert control_of(with_dates(islands_atlas, LANDING_LATE), "cu-shire", day).polity_ids == (
        holders
    )


def test_change_days_follow(islands_atlas):
    late = timeline(with_dates(islands_atlas, LANDING_LATE), "control").change_days
    assert Date(1960, 3, 20) in late
    assert Date(1960, 3, 15) not in late
    assert Date(1960, 3, 15) in timeline(islands_atlas, "control").change_days


def test_what_has_a_day_of_its_own_stays(islands_atlas):
    late = with_dates(islands_atlas, LANDING_LATE)
    # The period names the landing, but begins ten years before it.
    assert by_id(late.periods, "two-shires").span.start == Date(1950, 6, 1)
    assert by_id(late.statuses, "shire-claimed-by-west").span.start == Date(1950, 6, 1)
    assert late.boundaries == islands_atlas.boundaries


def test_the_atlas_remembers_its_own_day_and_has_another_digest(islands_atlas):
    late = with_dates(islands_atlas, LANDING_LATE)
    assert dict(late.own_days) == {"A02": Date(1960, 3, 15)}
    assert dict(islands_atlas.own_days) == {}
    assert late.digest != islands_atlas.digest
    assert late.digest == with_dates(islands_atlas, LANDING_LATE).digest


def test_a_day_outside_what_is_recorded_is_shown_with_the_record(islands_atlas):
    claim = by_id(with_dates(islands_atlas, LANDING_LATE).statuses, "shire-claimed-by-east")
    assert when(claim.start, texts("en")) == "15 March 1960 (on the map: 20 March 1960)"


@pytest.mark.parametrize(
    ("event", "day"),
    [("A02", Date(1960, 3, 16)), ("A01", Date(1950, 6, 1)), ("A99", Date(9999, 1, 1))],
)
def test_a_day_that_no_source_gives_is_refused(islands_atlas, event, day):
    with pytest.raises(DateUnusable, match=event):
        with_dates(islands_atlas, {event: day})


def test_a_day_outside_the_atlas_is_refused(islands_atlas):
    far = [replace(given, day=Date(2000, 1, 1)) for given in dates_of(islands_atlas, "A02")[1:]]
    atlas = replace(islands_atlas, event_dates=tuple(far))
    with pytest.raises(DayOutsideAtlas):
        with_dates(atlas, {"A02": Date(2000, 1, 1)})


@pytest.mark.parametrize(
    ("end", "holds"),
    [
        (Date(1960, 3, 19), False),  # would end before it begins
        (Date(1960, 3, 20), False),  # would begin and end on one day
        (Date(1960, 3, 21), True),
    ],
)
def test_a_statement_is_left_at_least_one_day(islands_atlas, end, holds):
    held = by_id(islands_atlas.statuses, "shire-held-by-west")
    short = replace(held, end=exact(end), span=Timespan(held.span.start, end))
    atlas = replace(islands_atlas, statuses=(short,))
    if holds:
        moved = with_dates(atlas, LANDING_LATE).statuses[0]
        assert moved.span == Timespan(Date(1960, 3, 20), Date(1960, 3, 21))
    else:
        with pytest.raises(DateUnusable, match="'shire-held-by-west' would hold on no day"):
            with_dates(atlas, LANDING_LATE)


def test_an_account_of_a_statement_turns_with_it(islands_atlas):
    account = replace(
        islands_atlas.accounts[0],
        point_id="",
        event_id="",
        status_id="shire-held-by-west",
        start=Date(1960, 3, 15),
        end=Date(1970, 1, 1),
    )
    moved = with_dates(replace(islands_atlas, accounts=(account,)), LANDING_LATE).accounts[0]
    assert (moved.start, moved.end) == (Date(1960, 3, 20), Date(1970, 1, 1))


def test_a_day_of_an_account_moves_once_though_another_event_was_on_the_new_day(islands_atlas):
    landing, landed = by_id(islands_atlas.events, "A02"), Date(1960, 3, 15)
    left, left_late = Date(1960, 3, 20), Date(1960, 3, 30)
    leaving = replace(landing, id="A09", date=exact(left), span=Timespan(left, left + 1))
    given = dates_of(islands_atlas, "A02")[0]
    held = by_id(islands_atlas.statuses, "shire-held-by-west")
    held = replace(held, end=exact(left), span=Timespan(landed, left), end_event_id="A09")
    account = replace(
        islands_atlas.accounts[0], point_id="", event_id="", status_id=held.id, start=landed
    )
    atlas = replace(
        islands_atlas,
        events=(*islands_atlas.events, leaving),
        event_dates=(
            *islands_atlas.event_dates,
            replace(given, id="late", event_id="A09", day=left_late),
        ),
        statuses=(held,),
        accounts=(account,),
    )
    moved = with_dates(atlas, LANDING_LATE | {"A09": left_late})
    assert moved.statuses[0].span == Timespan(left, left_late)
    assert moved.accounts[0].start == left


def at_the_landing(atlas, boundary_id):
    """An atlas in which a boundary begins with the landing."""
    day = Date(1960, 3, 15)
    return replace(
        atlas,
        boundaries=tuple(
            replace(b, start=exact(day), span=Timespan(day, b.span.end))
            if b.id == boundary_id
            else b
            for b in atlas.boundaries
        ),
    )


def test_a_boundary_of_a_region_of_the_event_moves_along(islands_atlas):
    atlas = at_the_landing(islands_atlas, "strait-shire-1950")
    shire = by_id(with_dates(atlas, LANDING_LATE).boundaries, "strait-shire-1950")
    assert shire.span.start == Date(1960, 3, 20)


def test_so_does_that_of_a_part_of_it(islands_atlas):
    assert islands_atlas.regions["cu-shire"].part_of == "strait-shire"
    atlas = at_the_landing(islands_atlas, "cu-shire-1900")
    piece = by_id(with_dates(atlas, LANDING_LATE).boundaries, "cu-shire-1900")
    assert piece.span.start == Date(1960, 3, 20)


def test_a_boundary_elsewhere_stays_though_it_begins_that_day(islands_atlas):
    atlas = at_the_landing(islands_atlas, "west-isle-1900")
    isle = by_id(with_dates(atlas, LANDING_LATE).boundaries, "west-isle-1900")
    assert isle.span.start == Date(1960, 3, 15)


def test_two_boundaries_of_a_region_never_hold_at_once(islands_atlas):
    atlas = at_the_landing(islands_atlas, "strait-shire-1950")
    shire = by_id(atlas.boundaries, "strait-shire-1950")
    # Its forerunner ends with another event, four days before the landing is said to have been.
    ends = Date(1960, 3, 15)
    before = replace(
        shire, id="shire-of-old", start=exact(Date(1950, 6, 1)), end=exact(ends),
        span=Timespan(Date(1950, 6, 1), ends),
    )  # fmt: skip
    early = replace(dates_of(atlas, "A02")[1], day=Date(1960, 3, 11))
    whole = replace(atlas, boundaries=(before, shire), event_dates=(early,))
    moved = with_dates(whole, {"A02": Date(1960, 3, 11)})
    assert [b.span.start for b in moved.boundaries] == [Date(1950, 6, 1), Date(1960, 3, 11)]
    assert moved.boundaries[0].span.end == Date(1960, 3, 11)  # it ended on the day in use
    last_day = Date(1960, 3, 14)
    apart = replace(before, end=exact(last_day), span=Timespan(Date(1950, 6, 1), last_day))
    with pytest.raises(DateUnusable, match="would hold at once"):
        with_dates(replace(whole, boundaries=(apart, shire)), {"A02": Date(1960, 3, 11)})


def test_what_is_taken_away_says_which_dates_were_chosen(islands_atlas):
    late = with_dates(islands_atlas, LANDING_LATE)
    shown = shown_on(late, Date(1960, 3, 20), mode="control", lang="en")
    said = "Landing at the narrows: 20 March 1960 (East side; the atlas uses 15 March 1960)"
    assert metadata(shown)["dates_chosen"] == [said]
    assert said in apparatus([shown], "none").small_print[0]
    assert said in page_html(late, Date(1960, 3, 20), mode="control")
    assert "dates=A02%3A1960-03-20" in shown.link


def test_what_is_taken_away_says_nothing_where_none_was(islands_atlas):
    shown = shown_on(islands_atlas, Date(1960, 3, 20), mode="control", lang="en")
    assert "dates_chosen" not in metadata(shown)
    assert "dates=" not in shown.link
    assert not any("Dates chosen" in line for line in apparatus([shown], "none").small_print)


@pytest.mark.parametrize(
    ("day", "in_force"), [(Date(1923, 5, 22), False), (Date(1923, 5, 23), True)]
)
def test_red_kurdistan_begins_on_the_day_chosen(shipped_atlas, day, in_force):
    atlas = with_dates(shipped_atlas, KURDISTAN)
    assert (day in by_id(atlas.boundaries, "red-kurdistan").span) is in_force
    assert ("kurdistan-uezd" in {p.id for p in periods_on(atlas, day)}) is in_force
    assert by_id(atlas.boundaries, "red-kurdistan").span.end == Date(1929, 4, 8)


def test_its_change_days_follow(shipped_atlas):
    moved = timeline(with_dates(shipped_atlas, KURDISTAN), "units").change_days
    own = timeline(shipped_atlas, "units").change_days
    assert set(own) - set(moved) == {Date(1923, 7, 16)}
    assert set(moved) - set(own) == {Date(1923, 5, 23)}


@pytest.mark.parametrize(("day", "in_force"), [(Date(1994, 5, 8), False), (Date(1994, 5, 9), True)])
def test_the_control_zone_begins_with_the_ceasefire_chosen(shipped_atlas, day, in_force):
    atlas = with_dates(shipped_atlas, CEASEFIRE)
    zone = next(s for s in atlas.statuses if s.region_id == "control-zone-1994")
    assert (day in zone.span) is in_force
    assert (day in by_id(atlas.boundaries, "control-zone-1994").span) is in_force
    assert ("war-1991" in {p.id for p in periods_on(atlas, day)}) is not in_force


def test_two_choices_are_made_at_once(shipped_atlas):
    both = with_dates(shipped_atlas, KURDISTAN | CEASEFIRE)
    assert by_id(both.events, "A21").span.start == Date(1923, 5, 23)
    assert by_id(both.events, "A25").span.start == Date(1994, 5, 9)
    starts = [event.span.start for event in both.events]
    assert starts == sorted(starts)


def test_every_day_given_can_be_shown_but_one(shipped_atlas):
    refused = []
    for given in shipped_atlas.event_dates:
        try:
            with_dates(shipped_atlas, {given.event_id: given.day})
        except DateUnusable:
            refused.append(given.id)
    # The claim of 30 November 1920 holds for the one day until the declaration of 1 December.
    assert refused == ["a05-1920-11-30"]
