import pytest

from maps.atlas import dates
from maps.atlas.dates import parse_date_text, parse_day, shown_span, span_between
from maps.atlas.model import Date, Timespan
from maps.errors import DateUnreadable, MapsError


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("1921-07-05", Date(1921, 7, 5), Date(1921, 7, 5)),
        ("1923-09", Date(1923, 9, 1), Date(1923, 9, 30)),
        ("1924-02", Date(1924, 2, 1), Date(1924, 2, 29)),  # a leap year
        ("1930", Date(1930, 1, 1), Date(1930, 12, 31)),
        ("1930~", Date(1930, 1, 1), Date(1930, 12, 31)),
        ("1923-07-16?", Date(1923, 7, 16), Date(1923, 7, 16)),
        ("192X", Date(1920, 1, 1), Date(1929, 12, 31)),
        (
            "[1923-05-23,1923-06-21,1923-07-07,1923-07-16]",
            Date(1923, 5, 23),
            Date(1923, 7, 16),
        ),
        ("1991/1994", Date(1991, 1, 1), Date(1994, 12, 31)),
        ("2020-10/2020-11-08", Date(2020, 10, 1), Date(2020, 11, 8)),
        ("2020-10~/2020-11-08", Date(2020, 10, 1), Date(2020, 11, 8)),
        ("1921-07-05/..", Date(1921, 7, 5), None),
        ("../1920", None, Date(1920, 12, 31)),
        ("1921-07-05/", Date(1921, 7, 5), None),  # an unknown end is no guess of ten years
        ("/1920", None, Date(1920, 12, 31)),
        ("[..1923-05]", None, Date(1923, 5, 31)),
    ],
)
def test_edtf_text_gives_its_earliest_and_latest_day(edtf, earliest, latest):
    when = parse_date_text(edtf)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.edtf == edtf
    assert when.used == earliest


@pytest.mark.parametrize(
    "edtf",
    ["", "..", "1923-13", "1923-02-30", "5 July 1921", "1921/07/05/1922", "05.07.1921", "-005"],
)
def test_a_text_that_is_no_date_is_one_clear_error(edtf):
    with pytest.raises(DateUnreadable, match=r"is not|outside the years"):
        parse_date_text(edtf)


@pytest.mark.parametrize("edtf", ["1920-05-05/1920-05-01", "1994/1991", "2020-11~/2020-10~"])
def test_an_interval_that_runs_backwards_is_refused(edtf):
    with pytest.raises(DateUnreadable, match="before it starts"):
        parse_date_text(edtf)


@pytest.mark.parametrize("day", ["1923-09-01", "1923-09-15", "1923-09-30"])
def test_the_used_day_may_be_any_inside_the_text(day):
    assert parse_date_text("1923-09", day).used == Date.fromisoformat(day)


@pytest.mark.parametrize("day", ["1923-08-31", "1923-10-01"])
def test_the_used_day_may_not_leave_the_text(day):
    with pytest.raises(DateUnreadable, match="outside '1923-09'"):
        parse_date_text("1923-09", day)


@pytest.mark.parametrize(
    "text",
    [
        *("1923", "1923~", "1923-02", "1924-02?", "1923-07-16%", "1991/1994", "1923?/1924~"),
        *("1920-05-05/1920-06", "1921-07-05/..", "../1920", "2020-10~/2020-11-08", "1923-02-30"),
        *("[1923,1925-03]", "[1923-05-23,1923-06-21,1923-07-07,1923-07-16]", "[1925,1923]"),
        *("1923-21", "1923-13", "[1923]", "[]", "192X", "1923-07-07/1923-07", "/", "../.."),
    ],
)
def test_plain_texts_are_read_as_the_library_reads_them(text):
    def read(way):
        try:
            return way(text)
        except DateUnreadable:
            return "unreadable"

    assert read(lambda t: dates._plain_bounds(t) or dates._library_bounds(t)) == read(
        dates._library_bounds
    )


def test_an_open_side_does_not_bound_the_used_day():
    assert parse_date_text("../1920", "1900-01-01").used == Date(1900, 1, 1)
    assert parse_date_text("1920/..", "2020-01-01").used == Date(2020, 1, 1)


def test_only_a_plain_single_day_is_exact():
    assert parse_date_text("1923-07-16").is_exact
    for text in ("1923-07-16?", "1923-07", "[1923-07-16,1923-07-17]", "1923-07-16/1923-07-16"):
        assert not parse_date_text(text).is_exact


@pytest.mark.parametrize("text", ["1923", "1923-7-7", "7 July 1923", "19230707", "1923-02-29", ""])
def test_only_iso_days_are_days(text):
    with pytest.raises(MapsError):
        parse_day(text)


def test_a_day_may_have_space_around_it():
    assert parse_day(" 1923-07-07 ") == Date(1923, 7, 7)


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("1923-07-07", Date(1923, 7, 7), Date(1923, 7, 8)),
        ("1992-05-08/1992-05-09", Date(1992, 5, 8), Date(1992, 5, 10)),  # both days inside
        ("1991/1994", Date(1991, 1, 1), Date(1995, 1, 1)),
        ("1921-07-05/..", Date(1921, 7, 5), Date(1921, 7, 6)),  # open: its first day only
        ("1923-09", Date(1923, 9, 1), Date(1923, 9, 2)),  # one day, of which we know the month
        ("[1923-05-23,1923-07-07]", Date(1923, 5, 23), Date(1923, 5, 24)),
    ],
)
def test_days_an_event_is_shown_on(edtf, start, end):
    assert shown_span(parse_date_text(edtf)) == Timespan(start, end)


def test_an_event_of_a_month_is_shown_on_the_day_the_table_names():
    assert Date(1923, 9, 15) in shown_span(parse_date_text("1923-09", "1923-09-15"))


def test_an_event_without_first_day_needs_one_named():
    with pytest.raises(DateUnreadable, match="start_day"):
        shown_span(parse_date_text("../1920"))


def test_a_span_runs_from_used_day_to_used_day():
    start, end = parse_date_text("1923-07-07"), parse_date_text("1930", "1930-07-23")
    span = span_between(start, end)
    assert span == Timespan(Date(1923, 7, 7), Date(1930, 7, 23))
    assert Date(1930, 7, 22) in span
    assert Date(1930, 7, 23) not in span
    assert span_between(start, None) == Timespan(Date(1923, 7, 7), None)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1923-07-07", "1923-07-06", "before it starts"),
        ("1923-07-07", "1923-07-07", "holds on no day"),
        ("../1923", "1930", "start_day"),
        ("1923", "../1930", "end_day"),
    ],
)
def test_a_span_without_days_is_refused(start, end, words):
    with pytest.raises(DateUnreadable, match=words):
        span_between(parse_date_text(start), parse_date_text(end))
