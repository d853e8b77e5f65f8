from dataclasses import replace

from maps.atlas.model import Date
from maps.day.history import bands_of, claims_in


def told(bands):
    return {
        (band.perspective_id, band.dimension): [
            (s.claim.status.id, s.claim.stance, str(s.span.start), str(s.span.end))
            for s in band.stretches
        ]
        for band in bands
    }


def test_each_teller_has_a_band_a_dimension_and_the_denier_one_of_his_own(islands_atlas):
    bands = told(bands_of(islands_atlas, "strait-shire"))
    assert list(bands) == [
        ("chronicle", "de-facto"),
        ("chronicle", "de-jure"),
        ("west-side", "claim"),
        ("east-side", "claim"),
    ]
    assert bands["east-side", "claim"] == [
        ("shire-claimed-by-west", "says-otherwise", "1950-06-01", "1999-12-31"),
        ("shire-claimed-by-east", "says", "1960-03-15", "None"),
    ]


def test_what_is_said_of_the_whole_counts_until_something_is_said_of_the_part(islands_atlas):
    bands = told(bands_of(islands_atlas, "cu-shire"))
    assert bands["chronicle", "de-facto"] == [
        ("east-held", "says", "1900-01-01", "1960-03-15"),
        ("shire-held-by-west", "says", "1960-03-15", "None"),
    ]


def test_what_is_shown_on_a_ground_is_in_its_history(islands_atlas):
    apart = replace(islands_atlas.regions["strait-shire"], part_of="", shown_on=("west-isle",))
    moved = replace(islands_atlas, regions={**islands_atlas.regions, "strait-shire": apart})
    bands = told(bands_of(moved, "west-isle"))
    assert ("east-side", "claim") in bands
    assert bands["chronicle", "de-facto"] == [("west-held", "says", "1900-01-01", "None")]


def test_of_a_region_nobody_speaks_of_there_is_no_history(islands_atlas):
    silent = replace(islands_atlas, statuses=())
    assert bands_of(silent, "strait-shire") == ()


def test_a_statement_that_counts_again_has_two_stretches_and_is_one_claim(islands_atlas):
    held = next(s for s in islands_atlas.statuses if s.id == "shire-held-by-west")
    ended = replace(held, span=replace(held.span, end=Date(1970, 1, 1)))
    statuses = tuple(ended if s is held else s for s in islands_atlas.statuses)
    bands = bands_of(replace(islands_atlas, statuses=statuses), "strait-shire")
    assert told(bands)["chronicle", "de-facto"] == [
        ("east-held", "says", "1900-01-01", "1960-03-15"),
        ("shire-held-by-west", "says", "1960-03-15", "1970-01-01"),
        ("east-held", "says", "1970-01-01", "None"),
    ]
    assert [c.status.id for c in claims_in(bands[:1])] == ["east-held", "shire-held-by-west"]
