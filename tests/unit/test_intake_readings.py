"""Dates and coordinates in the forms of other people's files."""

import pytest

from maps.atlas.dates import parse_date_text
from maps.atlas.intake.bibliography import read_records
from maps.atlas.intake.calendars import gregorian
from maps.atlas.intake.coordinates import degrees, pair
from maps.atlas.intake.days import (
    AS_READ,
    DAY_FIRST,
    MONTH_FIRST,
    Dates,
    day_after,
    read_date,
)
from maps.atlas.intake.names import kebab
from maps.atlas.intake.readings import is_converted, meant
from maps.atlas.intake.text import alike, clean
from maps.atlas.model import Date

YEARS = range(1900, 1951)

ONE_MEANING = {
    "حدود ۱۹۱۱": "1911~", "پیش از ۱۹۱۱": "../1911", "از ۱۹۱۱ تا ۱۹۱۳": "1911/1913",
    "بهار ۱۹۱۱": "1911-21",
    "بین ۱۹۱۱ و ۱۹۱۳": "[1911..1913]", "قرن ۱۹": "18XX", "قبل ١٩١١": "../1911",
    "1918–20": "1918/1920", "1911 - 1913": "1911/1913", "1911-06-12 - 1911-06-14":
    "1911-06-12/1911-06-14", "from 1911 to 1913": "1911/1913", "1911-06-12/14":
    "1911-06-12/1911-06-14", "12-14 June 1911": "1911-06-12/1911-06-14", "June 12-14, 1911":
    "1911-06-12/1911-06-14", "12.-14.6.1911": "1911-06-12/1911-06-14", "June-July 1911":
    "1911-06/1911-07", "30 June - 2 July 1911": "1911-06-30/1911-07-02",
    "6.1911": "1911-06", "06/1911": "1911-06", "1911-6": "1911-06", "12-Jun-1911": "1911-06-12",
    "12-Jun-11": "1911-06-12", "12.VI.1911": "1911-06-12", "19110612": "1911-06-12",
    "Monday, 12 June 1911": "1911-06-12", "12 June 1911 10:30": "1911-06-12",
    "12 июня 1911 г.": "1911-06-12", "12 juin 1911": "1911-06-12", "1er janvier 1911":
    "1911-01-01", "12 de junio de 1911": "1911-06-12", "12. März 1911": "1911-03-12",
    "листопад 1911": "1911-11", "1911年6月12日": "1911-06-12", "١٢ يونيو ١٩١١": "1911-06-12",
    "1920s": "192X", "1920er Jahre": "192X", "20th century": "19XX", "XIX в.": "18XX",
    "20. Jahrhundert": "19XX", "spring 1911": "1911-21", "осень 1911": "1911-23",
    "winter 1911/12": "1911-24", "kış 1911/12": "1911-24", "Q2 1911": "1911-34",
    "1911年 6月 12日": "1911-06-12",
    "before 1920": "../1920", "vor 1920": "../1920", "after 1920": "1920/..", "1920+": "1920/..",
    "1911 or 1912": "[1911,1912]", "12 or 13 June 1911": "[1911-06-12,1911-06-13]",
    "between 1911 and 1913": "[1911..1913]", "c. 1911": "1911~", "um 1911": "1911~",
    "mid-June 1911": "1911-06~", "[1911]": "1911?", "476": "0476", "AD 476": "0476",
    "25 October (7 November) 1917": "1917-11-07", "1/14 March 1918": "1918-03-14",
    "July, 1921": "1921-07", "5/VII/1921": "1921-07-05", "1921. július 5.": "1921-07-05",
    "1921. 7. 5.": "1921-07-05", "Tue 5 Jul 1921": "1921-07-05", "5 July 1921 (Tuesday)":
    "1921-07-05", "Вторник, 5 июля 1921": "1921-07-05", "5 iyul 1921-ci il": "1921-07-05",
    "1921 թվականի հուլիսի 5-ին": "1921-07-05", "в 1921 году": "1921", "im Jahre 1921": "1921",
    "1921'de": "1921", "1,921": "1921", "1 921": "1921", "1921[3]": "1921", "1921*": "1921",
    "1905 (c.)": "1905~", "1905 ca.": "1905~", "c1905": "1905~", "Ende 1921": "1921~",
    "[1921?]": "1921?", "July? 1921": "1921-07?", "1914/18?": "1914?/1918?", "1921-07-00":
    "1921-07", "00.00.1921": "1921", "192-": "192X", "192?": "192X", "19--": "19XX", "19??": "19XX",
    "1918 and 1920": "{1918,1920}", "5, 7 and 9 July 1921": "{1921-07-05,1921-07-07,1921-07-09}",
    "1921 - present": "1921/..", "1921–?": "1921/", "?–1921": "/1921", "1921-07-05..1921-07-09":
    "1921-07-05/1921-07-09", "not before 1921": "1921/..", "terminus ante quem 1921": "../1921",
    "first half of 1921": "[1921-01..1921-06]", "second half of the 19th century": "[1851..1900]",
    "1920'ler": "192X", "19. yüzyıl": "18XX", "XIX əsr": "18XX", "in the summer of 1921": "1921-22",
}  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), ONE_MEANING.items())
def test_a_form_with_one_meaning_is_offered_and_taken_at_a_word(text, edtf):
    assert meant(text, YEARS) == [edtf]
    parse_date_text(edtf)  # what is offered can be written
    assert read_date(text, Dates("", YEARS))[1].endswith(f"write {edtf}")
    assert read_date(text, Dates(AS_READ, YEARS)) == (edtf, "")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1911-06-01 00:00:00.000", "1911-06-01"),
        ("1911-06-12T00:00:00Z", "1911-06-12"),
        ("1911-06-12T23:30:00+02:00", "1911-06-12"),
        ("1911-01-01T00:00:00Z", "1911"),  # how Wikidata writes a year
        ("1911-01-01", "1911-01-01"),
        ("1911.0", "1911"),
        ("1911 ?", "1911?"),
        ("١٩١١", "1911"),
        ("１９１１-06", "1911-06"),
        ("1911\u200b", "1911"),
    ],
)
def test_what_can_mean_nothing_else_is_taken_unasked(text, edtf):
    assert read_date(text) == (edtf, "")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.2.1911", ["1911-02-01", "1911-01-02"]),
        ("1.2.11", ["1911-02-01", "1911-01-02"]),
        ("1/6/1911 - 3/6/1911", ["1911-06-01/1911-06-03", "1911-01-06/1911-03-06"]),
    ],
)
def test_day_and_month_are_never_guessed(text, readings):
    assert meant(text, YEARS) == readings
    assert read_date(text, Dates(AS_READ, YEARS))[0] == ""
    assert read_date(text, Dates(DAY_FIRST, YEARS)) == (readings[0], "")
    assert read_date(text, Dates(MONTH_FIRST, YEARS)) == (readings[1], "")


def test_an_order_that_a_date_gives_the_lie_to_is_told():
    assert "--dates day-first may" in read_date("31/12/1911", Dates(MONTH_FIRST, YEARS))[1]
    assert "not month-first" in read_date("31/12/1911", Dates(MONTH_FIRST, YEARS))[1]
    assert "not day-first" in read_date("12/31/1911", Dates(DAY_FIRST, YEARS))[1]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("n.d.", "says no date; write the years it lies in, as [1900..1950]"),
        ("?", "says no date"), ("5 July", "has no year"), ("Mar 21", "has no year"),
        ("12244", "counts 1933-07-09"),
        ("30 February 1921", "is no day of the calendar"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_told_with_what_would_do(text, advice):
    edtf, fault = read_date(text, Dates(AS_READ, YEARS))
    assert (edtf, advice in fault) == ("", True)


@pytest.mark.parametrize("text", ["listopad 1911", "1911–12", "1911/12"])
def test_what_languages_or_habits_read_in_two_ways_is_offered_twice(text):
    assert len(meant(text, YEARS)) == 2
    assert read_date(text, Dates(AS_READ, YEARS))[0] == ""


BEFORE_OUR_ERA = {
    "-0218": "-0218", "-0218-08-02T00:00:00Z": "-0218-08-02", "-43": "-0043", "-3400": "-3400",
    "218 BC": "-0217", "1 BC": "0000", "44 b.c.e.": "-0043", "44 v. Chr.": "-0043",
    "av. J.-C. 52": "-0051", "44 г. до н. э.": "-0043", "մ.թ.ա. 44": "-0043", "e.ə. 44": "-0043",
    "15 March 44 BC": "-0043-03-15", "c. 500 BC": "-0499~", "500-300 BC": "-0499/-0299",
    "between 60 and 50 BC": "[-0059..-0049]", "44 or 43 BC": "[-0043,-0042]",
    "5th century BC": "-04XX", "450s BC": "[-0458..-0449]", "before 44 BC": "../-0043",
    "50 BC - AD 20": "-0049/0020", "AD 79": "0079", "24 August 79 AD": "0079-08-24",
    "476": "0476", "10000 BC": "-9999",
}  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), BEFORE_OUR_ERA.items())
def test_years_with_their_era_are_read_as_astronomers_count_them(text, edtf):
    assert read_date(text, Dates(AS_READ, range(-600, 200))) == (edtf, "")


@pytest.mark.parametrize("text", ["0 BC", "20000 BC", "44", "n.d.", "Ides of March 44 BC"])
def test_what_is_no_year_of_an_era_is_refused_and_never_turned_into_another(text):
    for order in ("", AS_READ):
        edtf, fault = read_date(text, Dates(order, YEARS))
        assert edtf == ""
        assert text in fault


JULIAN = {
    "12/25 June 1911": "1911-06-25", "25 October (7 November) 1917": "1917-11-07",
    "25 October 1917 O.S.": "1917-11-07", "7 November 1917 N.S.": "1917-11-07",
    "14 July 1099 (Julian)": "1099-07-20", "1 March 1700 OS": "1700-03-12",
    "29 February 1700 O.S.": "1700-03-11", "10 February 1699/1700": "1700-02-20",
    "25 октября 1917 ст. ст.": "1917-11-07",
}  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), JULIAN.items())
def test_a_julian_day_becomes_the_gregorian_one(text, edtf):
    assert read_date(text, Dates(AS_READ, YEARS)) == (edtf, "")
    assert is_converted(text) == ("N.S." not in text)


def test_the_calendars_meet_in_the_third_century_and_part_at_each_other_century():
    assert gregorian(200, 3, 1) == Date(200, 3, 1)
    assert gregorian(-43, 3, 15) == Date(-43, 3, 13)
    assert gregorian(1582, 10, 5) == Date(1582, 10, 15)
    assert gregorian(1900, 3, 1) - gregorian(1900, 2, 29) == 1
    with pytest.raises(ValueError, match="no day of the Julian calendar"):
        gregorian(1901, 2, 29)


@pytest.mark.parametrize(
    ("end", "after"),
    [
        ("-0001", "0000"), ("-0005/0003", "0004"), ("-0043-12", "-0042-01"),
        ("1907", "1908"), ("1907~", "1908~"), ("1907-12", "1908-01"), ("1907-12-31", "1908-01-01"),
        ("1904-02-28", "1904-02-29"), ("1905/1907", "1908"),
    ],
)  # fmt: skip
def test_the_day_after_is_as_precise_as_the_day(end, after):
    assert day_after(end) == after


@pytest.mark.parametrize(
    ("text", "axis", "written"),
    [
        ("48.25", "lat", "48.25"), ("48,25", "lat", "48.25"), ("-0,1", "lat", "-0.1"),
        ("−0.5", "lat", "-0.5"), ("48°12'N", "lat", "48.2"), ("48° 12′ 30″ S", "lat", "-48.208333"),
        ("N 48 12.5", "lat", "48.208333"), ("12 W", "lon", "-12"), ("12 W", "lat", ""),
        ("16°22'O", "lon", ""), ("48 75", "lat", ""), ("north", "lat", ""), ("٤٨٫٢", "lat", "48.2"),
        ("20.400000000000002", "lon", "20.400000000"),
        ("33 52 10 S", "lat", "-33.869444"), ("58 22 10 S", "lon", ""), ("48°15′ с. ш.", "lat",
        "48.25"), ("46° в.д.", "lon", "46"), ("48°15' nördl. Br.", "lat", "48.25"), ("16,37 Ost",
        "lon", "16.37"), ("lat: -48.25", "lat", "-48.25"), ("48d15m30sN", "lat", "48.258333"),
        ("48.25 degrees", "lat", "48.25"), ("48°15´30´´N", "lat", "48.258333"),
        ("1.234,56", "lat", ""), ("1,234.56", "lat", ""), ("48.15.30", "lat", ""),
    ],
)  # fmt: skip
def test_coordinates_are_read_as_people_write_them(text, axis, written):
    assert degrees(text, axis) == written


@pytest.mark.parametrize(
    "text",
    [
        "0.25, 19.6", "0,25; 19,6", "0.25 19.6", "POINT(19.6 0.25)", "Point (19.6 0.25)",
        "lat: 0.25, lon: 19.6", "lon=19.6 lat=0.25", "geo:0.25,19.6", "0°15′ с. ш. 19°36′ в. д.",
        "https://www.google.com/maps/@0.25,19.6,12z", "N 0.25 E 19.6",
        '{"type": "Point", "coordinates": [19.6, 0.25]}',
        "01010000009a99999999993340000000000000d03f",
        "SRID=4326;POINT Z (19.6 0.25 3)", "19.6 E, 0.25 N", "0°15'N 19°36'E", "(0.25, 19.6)",
    ],
)  # fmt: skip
def test_two_coordinates_in_one_cell(text):
    assert tuple(map(float, pair(text))) == (0.25, 19.6)


@pytest.mark.parametrize("text", ["LINESTRING(0 0, 1 1)", "POINT EMPTY", "here", "1 2 3"])
def test_what_is_no_pair_is_none(text):
    assert pair(text) == ("", "")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Łódź", "lodz"), ("Шуша", "shusha"), ("Շուշի", "showshi"), ("Straße", "strasse"),
        ("Übergebiet", "ubergebiet"), ("Польша", "polsha"), ("ꦗꦮ", "place"), ("x" * 200, "x" * 80),
    ],
)  # fmt: skip
def test_a_name_in_any_script_gives_an_id(name, id):
    assert kebab(name, "place") == id


def test_spellings_that_look_alike_are_one_name():
    assert alike("Pome\u0301rania\u00a0 culture ") == alike("POM\u00c9RANIA culture")
    assert clean("  No\u200brth\ufeff ") == "North"
    assert clean("می\u200cخواهم") == "می\u200cخواهم"  # a joiner that the script needs


def test_a_year_of_dashes_in_a_bibliography_stays_as_it_is(tmp_path):
    (tmp_path / "a.bib").write_text("@book{k, title={T}, year={--}}")
    (item,) = read_records(tmp_path / "a.bib")
    assert item["issued"] == {"literal": "--"}
