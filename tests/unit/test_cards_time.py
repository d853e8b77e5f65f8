"""The cards of the tabs "Regions" and "Areas", read as a browser reads them."""

import json
from dataclasses import replace

import pytest

from kit import Elements
from maps.atlas.model import DIMENSIONS, Date, Figure, Name
from maps.cards.areas import areas_legend, areas_table, computing
from maps.cards.bars import Frame
from maps.cards.charts import area_chart, steps_of
from maps.cards.figures import figures_part, number, worked_part
from maps.cards.history import history_chart, history_table
from maps.cards.regions import names_table, related
from maps.day.areas import area_rows
from maps.day.control import Holding
from maps.day.figures import published_areas
from maps.day.history import bands_of
from maps.looks import style
from maps.looks.paint import holding_look
from maps.looks.texture import OUTLINE
from maps.words.names import holder_name

CENTURY = Frame(Date(1900, 1, 1), Date(1999, 12, 31))
LANDED = Date(1960, 3, 15)


def chart(atlas, region_id, frame=CENTURY, day=LANDED):
    region = atlas.regions[region_id]
    bands = bands_of(atlas, region_id)
    return Elements(history_chart(atlas, region, bands, frame, day=day, lang="en"))


def test_each_bar_leads_to_the_row_that_cites_it(islands_atlas):
    shire = islands_atlas.regions["strait-shire"]
    table = Elements(history_table(islands_atlas, shire, bands_of(islands_atlas, shire.id), "en"))
    rows = {attrs["id"] for attrs in table.of_class("mc-statement")}
    bars = chart(islands_atlas, "strait-shire").of_class("mc-bar")
    assert len(bars) == 6
    assert {bar["href"].removeprefix("#") for bar in bars} == rows


def test_a_bar_is_read_out_with_words_days_teller_certainty_and_sources(islands_atlas):
    bars = chart(islands_atlas, "strait-shire").of_class("mc-bar")
    (held,) = (bar for bar in bars if bar["data-status"] == "shire-held-by-west")
    for expected in (
        "West Realm",
        "Held by the West Realm after the landing",
        "15 March 1960",
        "Who says so: The chronicle · contested",
        "Sources: ",
    ):
        assert expected in held["aria-label"]
    assert held["data-certainty"] == "contested"


def test_what_is_said_otherwise_stands_in_the_row_of_who_says_it(islands_atlas):
    shown = chart(islands_atlas, "strait-shire")
    (denied,) = (bar for bar in shown.of_class("mc-bar") if bar["data-stance"] == "says-otherwise")
    assert denied["aria-label"].startswith("says otherwise: West Realm")
    look = holding_look(islands_atlas, Holding("claim", "west-realm", otherwise=True))
    assert look.bands[0].texture == style.OTHERWISE
    assert denied["style"] == f"background:{look.css}"
    tellers = [band["data-perspective"] for band in shown.of_class("mc-band")]
    assert tellers == ["chronicle", "chronicle", "west-side", "east-side"]


def test_no_two_dimensions_are_painted_alike(islands_atlas):
    told = next(s for s in islands_atlas.statuses if s.id == "shire-claimed-by-west")
    statuses = tuple(replace(told, id=name, dimension=name) for name in DIMENSIONS)
    bars = chart(replace(islands_atlas, statuses=statuses, accounts=()), "strait-shire")
    assert len({bar["style"] for bar in bars.of_class("mc-bar")}) == len(DIMENSIONS)


def test_a_statement_that_names_no_polity_has_no_colour(islands_atlas):
    statuses = tuple(replace(status, polity_id="") for status in islands_atlas.statuses)
    bars = chart(replace(islands_atlas, statuses=statuses), "strait-shire").of_class("mc-bar")
    assert {bar["style"] for bar in bars} == {f"background:{OUTLINE.css}"}


def test_what_is_said_of_the_whole_says_so_and_on_which_days_it_counts(islands_atlas):
    bars = chart(islands_atlas, "cu-shire").of_class("mc-bar")
    (whole,) = (bar for bar in bars if bar["data-status"] == "east-held")
    assert "said of East Isle" in whole["aria-label"]
    assert "counts here 1 January 1900 – 15 March 1960" in whole["aria-label"]


@pytest.mark.parametrize(("day", "rules"), [(LANDED, 1), (Date(1800, 1, 1), 0)])
def test_the_day_in_view_is_a_rule_where_it_is_in_the_frame(islands_atlas, day, rules):
    shown = chart(islands_atlas, "strait-shire", day=day)
    assert len(shown.of_class("mc-today")) == rules
    assert ("15 March 1960" in shown.text.partition("The chronicle")[0]) == bool(rules)


def test_years_without_a_statement_say_so(islands_atlas):
    silent = replace(islands_atlas, statuses=islands_atlas.statuses[3:])
    before = Frame(Date(1900, 1, 1), Date(1910, 12, 31))
    assert "No statement falls into these years." in chart(silent, "strait-shire", before).text


def test_every_name_has_the_same_size_and_its_language_beside_the_others(islands_atlas):
    shire = islands_atlas.regions["strait-shire"]
    found = Elements(names_table(islands_atlas, shire, "en"))
    assert [(form["lang"], form["class"]) for form in found.of_class("mc-form")] == [
        ("en", "mc-form"),
        ("fr", "mc-form"),
        ("en", "mc-form"),
    ]
    assert "East side" in found.text
    assert "from 1960 on" in found.text


def test_dated_names_come_in_order_of_their_days_and_undated_ones_last(islands_atlas):
    names = (
        Name("en", "Undated"),
        Name("en", "Later", span_text="1970/.."),
        Name("en", "Sooner", span_text="1910/1970"),
        Name("en", "Main", is_main=True),
    )
    shire = replace(islands_atlas.regions["strait-shire"], names=names)
    text = Elements(names_table(islands_atlas, shire, "en")).text
    places = [text.index(form) for form in ("Main", "Sooner", "Later", "Undated")]
    assert places == sorted(places)


def test_regions_hang_together_both_ways(islands_atlas):
    regions = islands_atlas.regions
    assert related(islands_atlas, regions["strait-shire"]) == {
        "whole": ("east-isle",),
        "earlier": ("east-isle",),
        "parts": ("cu-shire",),
    }
    assert related(islands_atlas, regions["east-isle"])["later"] == ("strait-shire",)


def share(numerator, denominator, base):
    return Figure("s", "strait-shire", "share", 50, "percent", base, "1950",
                  numerator=numerator, denominator=denominator)  # fmt: skip


def test_a_percentage_is_worked_out_beside_the_printed_one(islands_atlas):
    text = Elements(figures_part(islands_atlas, islands_atlas.figures, "en")).text
    assert "50 %" in text
    assert "12,300 / 24,600 = 50.00 %" in text
    assert "12,300 km²" in text  # the area, which is no share


@pytest.mark.parametrize(
    ("base", "said"), [("", "no base given"), ("area of the isle", "no number given")]
)
def test_a_percentage_without_a_base_says_so(islands_atlas, base, said):
    assert said in Elements(figures_part(islands_atlas, [share(1, None, base)], "en")).text


@pytest.mark.parametrize(
    ("value", "written"),
    [(9.09, "9.09"), (4388.0, "4,388"), (3376.6, "3,376.6"), (0.1 + 0.2, "0.3")],
)
def test_a_number_is_written_as_exactly_as_it_is_given(value, written):
    assert number(value, "en") == written


def test_the_shares_of_the_article_are_worked_out_with_the_finding_under_them(shipped_atlas):
    text = Elements(worked_part(shipped_atlas, "artsakh-republic", "en")).text
    for expected in (
        "What are 9, 75 and 84 % shares of?",
        "1,041 / 11,458 = 9.09 %",
        "8,558 / 12,499 = 68.47 %",
        "= 1,041 + 8,558",
        "9,599 / 11,458 = 83.78 %",
        "The article states no base (S00).",
    ):
        assert expected in text


def test_a_region_without_calculations_has_nothing_worked_out(islands_atlas):
    assert worked_part(islands_atlas, "strait-shire", "en") is None


def test_the_table_of_areas_gives_what_the_chart_shows_with_bounds(islands_atlas):
    rows = area_rows(islands_atlas)
    text = Elements(areas_table(islands_atlas, rows, "en")).text
    # 12,309 km² and an outline of 443.8 km that may lie 5 km off.
    likely = f"{rows[0].km2_likely_low:,.0f}–{rows[0].km2_likely_high:,.0f} km²"
    shown = ("1 January 1900", "West Realm", "12,309 km²", likely, "10,090–14,528 km²")
    for expected in shown:
        assert expected in text


def test_without_offsets_the_words_say_that_there_are_no_bounds(islands_atlas):
    settings = replace(islands_atlas.settings, line_offset_km={}, line_errors={})
    plain = replace(islands_atlas, settings=settings)
    assert "no bounds" in Elements(areas_table(plain, area_rows(plain), "en")).text
    assert "no bounds are given" in Elements(computing(plain, "en")).text
    how = Elements(computing(islands_atlas, "en")).text
    assert "schematic 5 km" in how
    assert "schematic 2 km on average, 95 % within 6 km" in how


def test_the_legend_of_areas_explains_only_what_is_drawn(islands_atlas):
    control = area_rows(islands_atlas)
    text = Elements(areas_legend(islands_atlas, control, "en", published=False)).text
    assert "statements differ" not in text
    assert "published" not in text
    claims = area_rows(islands_atlas, "claim")
    text = Elements(areas_legend(islands_atlas, claims, "en", published=True)).text
    assert "statements differ" in text
    assert "published area" in text


def test_a_step_holds_until_the_next_day_of_the_table_and_a_gap_begins_a_new_run(islands_atlas):
    rows = area_rows(islands_atlas, "claim", "west-side")
    (step,) = steps_of(rows, Date(1999, 12, 31))
    assert (str(step.row.day), str(step.end), step.run) == ("1950-06-01", "1999-12-31", 0)
    later = replace(rows[0], day=Date(2001, 1, 1))
    steps = steps_of((*rows, later), Date(2005, 12, 31))
    assert [(str(s.end), s.run) for s in steps] == [("1999-12-31", 0), ("2006-01-01", 1)]


def test_the_chart_of_areas_is_plain_values_and_names_what_is_hovered(islands_atlas):
    rows = area_rows(islands_atlas)
    spec = area_chart(islands_atlas, rows, (), CENTURY, day=LANDED, lang="en")
    assert json.loads(json.dumps(spec)) == spec
    hover = spec["layer"][-1]["data"]["values"]
    assert hover[0] == {
        "from": "1900-01-01T00:00:00Z",
        "to": "1960-03-15T00:00:00Z",
        "told": "West Realm, 1 January 1900 – 15 March 1960: 12,309 km²",
        "bottom": rows[0].km2_likely_low,
        "top": rows[0].km2_likely_high,
        "polity": "West Realm",
        "days": "1 January 1900 – 15 March 1960",
        "drawn": "12,309 km²",
        "likely": f"{rows[0].km2_likely_low:,.0f}–{rows[0].km2_likely_high:,.0f} km²",
    }


def test_published_areas_stand_in_the_chart_with_their_numbers(shipped_atlas):
    rows = area_rows(shipped_atlas)
    published = published_areas(shipped_atlas)["de-facto"]
    settings = shipped_atlas.settings
    frame = Frame(settings.first_day, settings.last_day)
    spec = area_chart(shipped_atlas, rows, published, frame, day=LANDED, lang="en")
    assert published_in(spec) == [
        "published: 11,458–11,500 km²",
        "published: 2,800–3,170 km²",
    ]
    early = Frame(settings.first_day, Date(1950, 12, 31))
    spec = area_chart(shipped_atlas, rows, published, early, day=LANDED, lang="en")
    assert published_in(spec) == []


def test_each_long_line_of_the_areas_bears_the_name_of_who_it_is_of_once(shipped_atlas):
    rows = area_rows(shipped_atlas)
    settings = shipped_atlas.settings
    frame = Frame(settings.first_day, settings.last_day)
    spec = area_chart(shipped_atlas, rows, (), frame, day=LANDED, lang="en")
    held = {
        step.row.polity_id
        for step in steps_of(rows, settings.last_day)
        if step.end - step.row.day > 0.041 * (frame.last - frame.first)
    }
    names = {holder_name(shipped_atlas, id, "en") for id in held}
    assert names
    assert len(texts_in(spec)) == len(set(texts_in(spec)))
    assert names <= set(texts_in(spec))


def texts_in(spec):
    """Texts of a chart, without the halo that lies under each."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    bare = [layer for layer in layers if "strokeWidth" not in layer["mark"]]
    return [value["text"] for layer in bare for value in layer["data"]["values"]]


def published_in(spec):
    return [text for text in texts_in(spec) if text.startswith("published")]
