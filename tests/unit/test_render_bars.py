import pytest

from maps.atlas.model import Date
from maps.cards.bars import Frame, rows_in, year_marks
from maps.day.history import bands_of

CENTURY = Frame(Date(1900, 1, 1), Date(1999, 12, 31))


def test_a_frame_places_its_first_day_at_the_left_and_all_beyond_at_an_edge():
    assert CENTURY.place(Date(1900, 1, 1)) == 0
    assert CENTURY.place(Date(1950, 1, 1)) == pytest.approx(50, abs=0.01)
    assert CENTURY.place(Date(1850, 1, 1)) == 0
    assert CENTURY.place(Date(2000, 1, 1)) == 100


def test_bars_that_overlap_lie_in_lanes_of_their_own(islands_atlas):
    control, _law, _west, east = rows_in(bands_of(islands_atlas, "cu-shire"), CENTURY)
    assert [bar.lane for bar in east.bars] == [0, 1]
    assert east.lanes == 2
    assert [bar.lane for bar in control.bars] == [0, 0]  # one ends as the other begins


def test_a_bar_is_cut_at_the_frame_and_says_so(islands_atlas):
    frame = Frame(Date(1955, 1, 1), Date(1964, 12, 31))
    rows = {r.band.perspective_id: r for r in rows_in(bands_of(islands_atlas, "cu-shire"), frame)}
    (denied, claimed) = rows["east-side"].bars
    assert (denied.left, denied.width) == (0, 100)
    assert (denied.begins, denied.ends) == (False, False)
    assert claimed.left == pytest.approx(52, abs=0.1)  # 15 March 1960: 5.2 of 10 years
    assert (claimed.begins, claimed.ends) == (True, False)


def test_a_band_without_a_bar_in_the_frame_is_left_out(islands_atlas):
    rows = rows_in(bands_of(islands_atlas, "cu-shire"), Frame(Date(1900, 1, 1), Date(1949, 12, 31)))
    assert [row.band.perspective_id for row in rows] == ["chronicle"]


def test_a_short_statement_is_still_a_bar_that_can_be_met(islands_atlas):
    bands = bands_of(islands_atlas, "cu-shire")
    (row,) = (r for r in rows_in(bands, CENTURY) if r.band.perspective_id == "west-side")
    assert row.bars[0].ends
    wide = Frame(Date(1000, 1, 1), Date(1999, 12, 31))
    (short,) = (r for r in rows_in(bands, wide) if r.band.perspective_id == "west-side")
    assert short.bars[0].width == pytest.approx(4.95, abs=0.01)
    widest = Frame(Date(1, 1, 1), Date(9999, 12, 31))
    (least,) = (r for r in rows_in(bands, widest) if r.band.perspective_id == "west-side")
    assert least.bars[0].width == 0.9


@pytest.mark.parametrize(
    ("frame", "years"),
    [
        (CENTURY, list(range(1900, 2000, 10))),
        (Frame(Date(1918, 1, 1), Date(1924, 12, 31)), [1918, 1919, 1920, 1921, 1922, 1923, 1924]),
        (Frame(Date(1918, 5, 1), Date(1919, 12, 31)), [1919]),
    ],
)
def test_round_years_are_written_at_the_axis(frame, years):
    assert [year for year, _ in year_marks(frame)] == years


@pytest.mark.parametrize(
    ("last_year", "asides", "lanes"),
    [
        (1999, ["", "left"], [0, 1]),  # 60 % and 40 %, which ends at the right edge
        (2099, ["right", ""], [0, 1]),  # 30 % and 70 %, the first with room to the right
    ],
)
def test_a_bar_too_short_for_its_name_keeps_room_beside_it(islands_atlas, last_year, asides, lanes):
    frame = Frame(Date(1900, 1, 1), Date(last_year, 12, 31))
    label = 45.0 if last_year == 1999 else 69.5
    control = rows_in(bands_of(islands_atlas, "cu-shire"), frame, lambda _: label)[0]
    assert [bar.beside for bar in control.bars] == asides
    assert [bar.lane for bar in control.bars] == lanes
