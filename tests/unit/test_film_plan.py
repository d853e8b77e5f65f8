from dataclasses import replace

import pytest

from maps.atlas.model import Date
from maps.errors import DayOutsideAtlas, ExportFailed, UnknownId
from maps.film.plan import film_plan, said_by
from maps.words.cite import named_short

START, APART, LANDING, END = (
    Date(1900, 1, 1),
    Date(1950, 6, 1),
    Date(1960, 3, 15),
    Date(1999, 12, 31),
)


def said(scene):
    return [para.text for section in scene.caption.sections for para in section]


def days(plan):
    return [scene for scene in plan.scenes if scene.number]


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        ("units", (START, APART)),
        ("control", (START, LANDING)),
        ("legal", (START, APART, LANDING, END)),
        ("", (START, APART)),  # the first mode of the atlas
    ],
)
def test_a_film_shows_the_first_state_and_every_change_day(islands_atlas, mode, wanted):
    assert film_plan(islands_atlas, mode=mode).days == wanted


def test_a_state_that_shows_nothing_is_not_a_picture_unless_its_day_was_named(islands_atlas):
    later = tuple(b for b in islands_atlas.boundaries if b.span.start > START)
    atlas = replace(islands_atlas, boundaries=later)
    assert film_plan(atlas, mode="units").days == (APART,)
    assert film_plan(atlas, mode="units", since=START).days == (START, APART)


@pytest.mark.parametrize(
    ("since", "until", "wanted"),
    [
        (Date(1955, 1, 1), Date(1970, 12, 31), (Date(1955, 1, 1), LANDING)),
        (APART, LANDING, (APART, LANDING)),  # both ends are inside, and a change day is no state
        (Date(1950, 6, 2), None, (Date(1950, 6, 2), LANDING, END)),
        (None, Date(1960, 3, 14), (START, APART)),
    ],
)
def test_a_range_opens_with_the_state_on_its_first_day(islands_atlas, since, until, wanted):
    plan = film_plan(islands_atlas, mode="legal", since=since, until=until)
    assert plan.days == wanted
    assert (plan.first, plan.last) == (since or START, until or END)


def test_the_first_state_says_that_nothing_changes_and_what_changed_last(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal", since=Date(1955, 1, 1), until=LANDING)
    first = days(plan)[0]
    assert said(first)[:3] == [
        "The state on the first day of this film; nothing changes on it.",
        "Last change, 1 June 1950:",
        "Redrawn: East Isle (12,309\N{NO-BREAK SPACE}km²) – The shire is set apart",
    ]


def test_a_change_day_tells_the_event_the_change_and_who_says_so(islands_atlas):
    landing = days(film_plan(islands_atlas, mode="control"))[1]
    assert landing.caption.heading == "15 March 1960"
    assert landing.caption.under == "Control: Who held the land (de facto)"
    title, change, who = said(landing)
    assert title == "Landing at the narrows · accounts differ"
    # The event stands above, so it is not told again as the reason.
    assert change == "Strait Shire: East League → West Realm (12,309\N{NO-BREAK SPACE}km²)"
    assert who.startswith("Who tells of it: The chronicle (Reed 1985 [S00]);")
    assert {source.id for source in landing.caption.sources} >= {"S00"}


def test_a_claim_that_ends_is_told_with_those_who_told_it(islands_atlas):
    last = days(film_plan(islands_atlas, mode="legal"))[-1]
    assert last.shown.day == END
    assert "no longer says West Realm (claim)" in said(last)[0]
    assert said(last)[1].startswith("Who tells of it: ")


def test_every_teller_is_named_before_any_has_a_second_source(islands_atlas):
    citation = islands_atlas.events[0].citations[0]
    many = [
        replace(citation, source=replace(citation.source, id=f"M{n}", perspective_id="chronicle"))
        for n in range(9)
    ]
    other = replace(citation, source=replace(citation.source, id="E1", perspective_id="east-side"))
    told = said_by(islands_atlas, [*many, other], "en")
    assert told.tellers == "The chronicle, East side"
    assert "[E1]" in told.text
    assert told.text.endswith("… and 4 more in the atlas")
    assert len(told.sources) == 6


@pytest.mark.parametrize(
    ("csl", "short"),
    [
        ({"author": [{"family": "Reed"}], "issued": {"date-parts": [[1985, 3]]}}, "Reed 1985 [S]"),
        ({"author": [{"family": "A"}, {"literal": "B"}]}, "A, B [S]"),
        ({"author": [{"family": n} for n in "ABC"]}, "A … [S]"),
        ({"container-title": "isles.example", "title": "Long"}, "isles.example [S]"),
        (
            {"title": "A title so long that nobody could read it in a film"},
            "A title so long that nobody could … [S]",
        ),
        ({}, "[S]"),
    ],
)
def test_a_source_is_named_by_author_or_place_year_and_id(islands_atlas, csl, short):
    source = next(iter(islands_atlas.sources.values()))
    assert named_short(replace(source, id="S", csl=csl)) == short


def test_a_story_shows_its_steps_each_with_its_own_day_mode_and_place(islands_atlas):
    plan = film_plan(islands_atlas, story="isles")
    first, second = days(plan)
    assert plan.days == (APART, LANDING)
    assert (first.shown.mode.id, second.shown.mode.id) == ("units", "control")
    assert first.shown.bbox == (21.5, -0.5, 24.5, 1.5)
    assert second.shown.bbox == islands_atlas.settings.extent
    assert first.caption.kicker == "Step 1 of 2 · The chronicle, step by step"
    assert "What other sources say of this" in said(first)
    # Of the sources it names there is a list.
    assert {source.id for source in first.caption.sources} == {"S00", "W01"}


def test_a_card_comes_first_and_sources_and_reservations_last(islands_atlas):
    plan = film_plan(islands_atlas, mode="control")
    kinds = [scene.kind for scene in plan.scenes]
    assert kinds == ["title", "day", "day", "sources", "colophon"]
    assert plan.scenes[0].shown.boundaries == ()
    last = " ".join(said(plan.scenes[-1]))
    for words in (
        "Nothing here is real.",
        "Closed on 31 December 1999.",
        "Invented for the tests",
        "CC0-1.0",
        islands_atlas.digest[:12],
        "?day=1900-01-01&mode=control&lang=en",
    ):
        assert words in last, words
    assert any("Ada Reed, Chronicle of the Two Isles" in line for line in said(plan.scenes[-2]))


def test_a_picture_is_seen_as_long_as_its_words_take_within_bounds(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal")
    landing = days(plan)[2]
    # Two seconds to look, and a quarter of one for each word, in whole halves.
    assert landing.caption.words == 30
    assert landing.seconds == 9.5
    bounds = [scene.seconds for scene in days(plan)]
    assert min(bounds) >= 4
    assert max(bounds) <= 12
    assert plan.seconds == sum(scene.seconds for scene in plan.scenes)


def test_what_stands_in_small_letters_is_to_be_looked_up_not_read(islands_atlas):
    landing = days(film_plan(islands_atlas, mode="control"))[1]
    head, _sources = landing.caption.sections[0], landing.caption.sections[-1]
    without = replace(landing.caption, sections=(head,))
    assert without.words == landing.caption.words


def test_a_hold_is_for_days_and_the_cards_stay_legible(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal", hold=1.5)
    assert {scene.seconds for scene in days(plan)} == {1.5}
    assert plan.scenes[-1].seconds >= 8


@pytest.mark.parametrize(
    ("wish", "error", "says"),
    [
        (
            {"mode": "units", "since": Date(1951, 1, 1)},
            ExportFailed,
            "nothing changes in the mode 'units' from 1951-01-01 to 1999-12-31; "
            "the nearest changes are: 1950-06-01",
        ),
        # Only the first day changes: there would be one picture and no film.
        ({"mode": "units", "since": APART}, ExportFailed, "nothing changes"),
        ({"since": LANDING, "until": APART}, ExportFailed, "1960-03-15 is after 1950-06-01"),
        ({"since": Date(1899, 1, 1)}, DayOutsideAtlas, "name a day between them"),
        ({"until": Date(2001, 1, 1)}, DayOutsideAtlas, "name a day between them"),
        ({"mode": "weather"}, UnknownId, "no mode 'weather'"),
        ({"mode": "legal", "perspective": "nobody"}, UnknownId, "no perspective 'nobody'"),
        ({"story": "novel"}, UnknownId, "there is no story 'novel' in the atlas; try isles"),
        ({"story": "isles", "mode": "units"}, ExportFailed, "name a story, or a mode and days"),
        ({"story": "isles", "since": APART}, ExportFailed, "name a story, or a mode and days"),
        ({"hold": 0.1}, ExportFailed, "write 0.2 to 60"),
        ({"hold": 61.0}, ExportFailed, "write 0.2 to 60"),
        ({"bbox": (24.0, 0.0, 20.0, 1.0)}, ExportFailed, "write west,south,east,north"),
    ],
)
def test_a_film_that_cannot_be_made_says_what_would_do(islands_atlas, wish, error, says):
    with pytest.raises(error, match=says.replace("(", r"\(")) as caught:
        film_plan(islands_atlas, **wish)
    assert "\n" not in str(caught.value)


def test_days_that_a_reader_chose_are_said_on_the_first_and_the_last_card(islands_atlas):
    from maps.day.alternatives import with_dates

    moved = with_dates(islands_atlas, {"A02": Date(1960, 3, 20)})
    plan = film_plan(moved, mode="control")
    assert plan.days == (START, Date(1960, 3, 20))
    for card in (plan.scenes[0], plan.scenes[-1]):
        assert any("Landing at the narrows: 20 March 1960" in line for line in said(card))


@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_the_shipped_films_have_a_picture_for_every_change_day(shipped_atlas, mode):
    from maps.day.timeline import timeline

    plan = film_plan(shipped_atlas, mode=mode)
    begun = {shipped_atlas.settings.first_day}  # what holds before it is shown on it
    assert set(plan.days) - begun == set(timeline(shipped_atlas, mode).change_days)
    assert len(plan.days) >= 20
