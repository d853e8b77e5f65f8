import datetime
import json
from pathlib import Path

import pytest

from maps.atlas.model import Date
from maps.errors import DateUnreadable, DayOutsideAtlas
from maps.words.asked import WrittenDate, chosen_dates, first_day_inside, read_date
from maps.words.date_formats import date_words, format_day, month_names
from maps.words.i18n import fold

LANGUAGES = ("en", "hy", "az", "ru", "fa")
TABLE = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "written_dates.json").read_text("utf-8")
)


def day_of(text):
    return Date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "days"), [case for case in TABLE.items() if case[1]])
def test_a_date_is_read_as_people_write_it(text, days):
    """`tests/js/test_scripts.py` has the map read the same table."""
    assert read_date(text, LANGUAGES) == WrittenDate(*map(day_of, days))


@pytest.mark.parametrize("text", [text for text, days in TABLE.items() if days is None])
def test_what_is_no_date_is_refused_and_nothing_is_guessed(text):
    with pytest.raises(DateUnreadable):
        read_date(text, LANGUAGES)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("[1923-05-23,1923-07-07]", Date(1923, 5, 23), Date(1923, 7, 7)),
        ("192X", Date(1920, 1, 1), Date(1929, 12, 31)),
    ],
)
def test_other_edtf_is_read_as_before(edtf, earliest, latest):
    assert read_date(edtf) == WrittenDate(earliest, latest)


def test_a_refusal_names_the_forms_or_says_that_there_is_no_such_day():
    with pytest.raises(DateUnreadable, match="write it as 5 July 1921, 1921-07-05"):
        read_date("soon")
    with pytest.raises(DateUnreadable, match="is not a day of the calendar"):
        read_date("31 Feb 1921")


def test_only_the_languages_asked_for_are_read():
    assert read_date("5 juillet 1921", ("en", "fr")).earliest == Date(1921, 7, 5)
    with pytest.raises(DateUnreadable):
        read_date("5 juillet 1921", ("en",))


@pytest.mark.parametrize("lang", [*LANGUAGES, "fr", "tr", "ka", "pl", "el", "de"])
def test_a_language_reads_the_days_it_writes(lang):
    from babel.dates import format_date

    for month in range(1, 13):
        for form in ("d MMMM y", "d MMM y", "MMMM d, y"):
            text = format_date(datetime.date(1921, month, 5), form, locale=lang)
            assert read_date(text, (lang,)).earliest == Date(1921, month, 5), text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day", [Date(-43, 3, 15), Date(0, 12, 31), Date(1, 1, 1), Date(79, 8, 24)])
def test_a_language_reads_the_days_it_writes_of_the_first_century_and_before(lang, day):
    written = format_day(day, lang) if day.year < 1 else f"{day.day}.{day.month}.{day.year} CE"
    assert read_date(written, (lang,)).earliest == day, written


def test_the_names_of_one_language_stay_out_of_another():
    date_words(("az", "fr"))
    assert month_names("az", "abbreviated")[1] == "fev"
    assert month_names("hy", "abbreviated")[1] == "փտվ"
    words = date_words(("fr",))
    assert words["janvier"] == 1
    assert "yanvar" not in words


def test_a_year_begins_where_the_atlas_does(islands_atlas):
    assert first_day_inside(islands_atlas, read_date("1890/1950")) == Date(1900, 1, 1)
    assert first_day_inside(islands_atlas, read_date("July 1921")) == Date(1921, 7, 1)
    with pytest.raises(DayOutsideAtlas, match="from 1900-01-01 to 1999-12-31"):
        first_day_inside(islands_atlas, read_date("1890"))


def test_days_of_events_are_chosen_as_people_write_them():
    assert chosen_dates("A21:May 23, 1923, A25:9.5.1994,") == {
        "A21": Date(1923, 5, 23),
        "A25": Date(1994, 5, 9),
    }
    for unclear in ("A21:May 1923", "A21:5/7/1923", "A21", "A21:"):
        with pytest.raises(DateUnreadable):
            chosen_dates(unclear)


def test_accents_case_and_apostrophes_are_folded_and_scripts_are_kept():
    assert fold("Xankəndi  ŞUŞA Ağdərə İçəri") == "xankendi susa agdere iceri"
    assert fold("Şuşa’nın") == fold("SUSANIN")
    assert fold("Шуша́ Ёлка") == "шуша елка"
    assert fold("Շուշի") == "շուշի"


def test_persian_is_found_however_it_is_typed():
    assert fold("میان‌رودان") == fold("ميان رودان") == "میان رودان"
    assert fold("\u200e1921-07-05\u200f") == "1921-07-05"
    assert fold("تیکال ۲۹") == fold("تيكال ٢٩") == "تیکال 29"
