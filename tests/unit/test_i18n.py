import pytest

from maps.atlas.dates import parse_date_text
from maps.atlas.model import MODES, Date
from maps.words import i18n
from maps.words.date_formats import format_day, format_edtf, month_names
from maps.words.i18n import (
    available_languages,
    format_number,
    interface_catalogue,
    sentences_of,
    texts,
)
from maps.words.sentences import when


def test_a_key_is_filled_in():
    assert texts("en").t("cite.printed_as", printed="[4]") == "(cited as [4])"


def test_braces_in_what_is_filled_in_stay_as_they_are():
    assert texts("en").t("cite.printed_as", printed="{x}") == "(cited as {x})"


def test_an_unknown_key_is_given_back():
    assert texts("en").t("no.such.key", what=1) == "no.such.key"


def test_an_unknown_language_speaks_english():
    assert texts("xx").t("language.name") == "English"
    assert texts("xx").lang == "en"


def test_a_language_falls_back_to_english_key_by_key():
    partly = i18n.Texts("xy", {"a.b": "ours"}, {"a.b": "english", "a.c": "only english"})
    assert (partly.t("a.b"), partly.t("a.c")) == ("ours", "only english")
    assert partly.section("a") == {"b": "ours", "c": "only english"}


def test_english_comes_first():
    assert available_languages()[0] == "en"


@pytest.mark.parametrize("lang", available_languages()[1:])
def test_a_catalogue_of_the_interface_fills_in_what_english_does(lang):
    held = interface_catalogue(lang)
    assert (held.fault, held.broken) == ("", frozenset())


def test_days_and_numbers_are_written_in_the_language():
    assert format_day(Date(1921, 7, 4), "en") == "4 July 1921"
    assert format_number(4281.84, "en") == "4,282"
    assert format_number(4281.84, "en", 1) == "4,281.8"


def test_there_are_twelve_months():
    assert month_names("en", "abbreviated")[0] == "Jan"
    assert len(month_names("en")) == 12


@pytest.mark.parametrize(
    ("edtf", "written"),
    [
        ("1921-07-05", "5 July 1921"),
        ("1923-09", "September 1923"),
        ("1930~", "about 1930"),
        ("1923-07-16?", "16 July 1923 (uncertain)"),
        ("[1923-05-23,1923-07-07]", "23 May 1923 or 7 July 1923"),
        ("1991/1994", "1991 – 1994"),
        ("1921-07-05/..", "from 5 July 1921 on"),
        ("../1920-05", "until May 1920"),
        ("1920-02-30", "1920-02-30"),
        ("1920/", "from 1920, end unknown"),
        ("/1920", "until 1920, start unknown"),
        ("[1920..1922]", "some time from 1920 to 1922"),
        ("[..1920-05]", "May 1920 or earlier"),
        ("{1920,1922}", "1920 and 1922"),
        ("1920-21", "spring 1920"),
        ("-0043-21", "spring 44 BCE"),
        ("1920-24~", "about winter 1920"),
        ("1920-34", "quarter 2 of 1920"),
        ("192X", "the 1920s"),
        ("19XX", "some year from 1900 to 1999"),
        ("1920-XX", "some day of 1920"),
        ("1920-05-XX", "some day of May 1920"),
        ("1920-05-01T00:00:00Z", "1 May 1920"),
        ("1920-25", "1920-25"),
    ],
)
def test_edtf_is_written_in_words_or_left_alone(edtf, written):
    assert format_edtf(edtf, "en") == written


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_an_atlas_may_have_has_a_name_and_a_hint(mode):
    for lang in available_languages():
        assert {f"map.modes.{mode}", f"map.hints.{mode}"} <= texts(lang).strings.keys()


@pytest.mark.parametrize(
    ("edtf", "used", "said"),
    [
        ("1911", "", "1911"),
        ("1991/1994", "", "1991 – 1994"),
        ("1930~", "", "about 1930"),
        ("1921-07-05", "", "5 July 1921"),
        (
            "[1923-05-23,1923-07-07]",
            "1923-07-07",
            "23 May 1923 or 7 July 1923 (on the map: 7 July 1923)",
        ),
    ],
)
def test_a_date_is_said_no_more_exactly_than_it_is_recorded(edtf: str, used: str, said: str):
    assert when(parse_date_text(edtf, used), texts("en")) == said


def test_a_month_alone_stays_so_after_dates_were_written():
    for lang in ("ru", "az", "hy"):  # Babel changes what it keeps when it writes a date
        format_day(Date(1993, 4, 2), lang)
    month_names.cache_clear()
    assert format_edtf("1993-04", "ru") == "апрель 1993 г."
    assert format_edtf("1993-04", "hy") == "1993 թ. ապրիլ"
    assert month_names("az", "abbreviated")[3] == "apr"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One of c. 1900. Two.", ["One of c. 1900.", "Two."]),
        ("Из них 5 тыс. км. Всё.", ["Из них 5 тыс. км.", "Всё."]),
        (
            "در سال 44 ق.م. سزار کشته شد. چرا؟ «نمی‌دانیم.»",
            ["در سال 44 ق.م. سزار کشته شد.", "چرا؟", "«نمی‌دانیم.»"],
        ),
    ],
)
def test_a_text_is_parted_into_sentences_with_capitals_or_without(text, sentences):
    assert sentences_of(text) == sentences


def test_persian_is_written_from_the_right_with_latin_digits():
    assert i18n.direction("fa") == "rtl"
    assert format_day(Date(1921, 7, 5), "fa") == "5 ژوئیهٔ 1921"
    assert format_day(Date(-43, 3, 15), "fa") == "15 مارس 44 ق.م"
    assert format_number(4281.84, "fa", 1) == "4,281.8"


def test_an_arrow_leads_on_as_the_language_is_read():
    assert {lang: texts(lang).arrow for lang in ("en", "ru", "fa")} == {
        "en": "→",
        "ru": "→",
        "fa": "←",
    }
