"""A guided reading, and days chosen by the reader, without a browser."""

import shutil
from urllib.parse import parse_qs

import pytest

from kit import address, assert_sound
from maps.atlas.model import Date

COMMAND = "map_frame_commandmap"
LATE = Date(1960, 3, 20)
LANDING = {"story": "isles", "step": "landing"}


def keys(page):
    return {button.key for button in page.button}


def wanted_of_the_map(page):
    return page.session_state[COMMAND][1]


def test_the_overview_names_each_step_and_starts_with_the_first(open_page, text_of):
    page = open_page(tab="story")
    assert_sound(page)
    shown = text_of(page)
    assert "The chronicle, step by step" in shown
    assert "Told after:" in shown
    assert "The shire is set apart" in shown
    assert "15 March 1960" in shown
    page.button(key="start-isles").click().run()
    assert_sound(page)
    assert address(page) == {
        "day": "1950-06-01",
        "mode": "units",
        "event": "A01",
        "region": "strait-shire",
        "story": "isles",
        "step": "shire-apart",
    }


def test_a_story_is_begun_at_any_step(open_page):
    page = open_page(tab="story")
    page.button(key="read-isles-landing").click().run()
    assert address(page)["step"] == "landing"
    assert address(page)["day"] == "1960-03-15"
    assert address(page)["mode"] == "control"


def test_a_link_to_a_step_opens_all_that_the_step_shows(open_page, text_of):
    page = open_page(**LANDING)
    assert_sound(page)
    shown = text_of(page)
    assert 'data-step="landing"' in shown
    assert "Step 2 of 2" in shown
    assert 'value="2" max="2"' in shown
    assert 'data-event="A02"' in shown
    assert address(page)["day"] == "1960-03-15"
    assert address(page)["mode"] == "control"
    # The step has no place of its own: the map shows the whole atlas.
    assert wanted_of_the_map(page)["bbox"] == (19.5, -0.5, 24.5, 1.5)


def test_a_day_in_the_link_is_kept_and_the_way_back_is_offered(open_page, text_of):
    page = open_page(**LANDING, day="1972-06-01", mode="control")
    assert_sound(page)
    assert address(page)["day"] == "1972-06-01"
    assert "event" not in address(page)
    assert "You are on 1 June 1972; this step tells of 15 March 1960." in text_of(page)
    page.button(key="story-back").click().run()
    assert address(page)["day"] == "1960-03-15"
    assert address(page)["event"] == "A02"
    assert "story-back" not in keys(page)


def test_another_mode_than_that_of_the_step_is_said_too(open_page, text_of):
    page = open_page(**LANDING, day="1960-03-15", mode="units")
    assert "The map shows another mode than this step." in text_of(page)


def test_next_and_previous_move_day_mode_selection_and_place(open_page):
    page = open_page(story="isles", step="shire-apart")
    assert page.button(key="story-previous").disabled
    assert wanted_of_the_map(page)["bbox"] == (21.5, -0.5, 24.5, 1.5)
    page.button(key="story-next").click().run()
    assert_sound(page)
    assert address(page) == {
        "day": "1960-03-15",
        "mode": "control",
        "event": "A02",
        "story": "isles",
        "step": "landing",
    }
    assert wanted_of_the_map(page)["bbox"] == (19.5, -0.5, 24.5, 1.5)
    assert page.button(key="story-next").disabled
    page.button(key="story-previous").click().run()
    assert address(page)["step"] == "shire-apart"
    assert address(page)["day"] == "1950-06-01"


def test_leaving_keeps_what_is_shown(open_page, text_of):
    page = open_page(**LANDING)
    page.button(key="story-leave").click().run()
    assert address(page) == {"day": "1960-03-15", "mode": "control", "event": "A02"}
    assert "data-step" not in text_of(page)


def test_the_step_stands_before_the_card_of_its_event(open_page, text_of):
    shown = text_of(open_page(**LANDING))
    assert shown.count('data-event="A02"') == 1
    assert shown.index('data-step="landing"') < shown.index('data-event="A02"')


def test_other_events_of_a_step_are_links_that_stay_in_the_story(open_page, text_of):
    shown = text_of(open_page(**LANDING))
    link = next(part for part in shown.split('href="?')[1:] if "event=X02" in part)
    query = parse_qs(link.split('"')[0].replace("&amp;", "&"))
    assert query["story"] == ["isles"]
    assert query["step"] == ["landing"]
    assert query["day"] == ["1980-07-01"]


def test_an_unknown_step_opens_the_first_and_says_so(open_page, text_of):
    page = open_page(story="isles", step="nowhere")
    assert "nowhere" in page.warning[0].value
    assert 'data-step="shire-apart"' in text_of(page)


def test_an_unknown_story_is_said(open_page, text_of):
    page = open_page(story="odyssey")
    assert "odyssey" in page.warning[0].value
    assert "data-step" not in text_of(page)


def test_an_atlas_without_a_story_says_so(open_page, atlas_copy, text_of):
    shutil.rmtree(atlas_copy / "stories")
    page = open_page(atlas_copy, tab="story")
    assert not page.exception
    assert "This atlas holds no story." in text_of(page)


def test_every_word_of_a_step_is_in_the_locale(open_page, text_of):
    page = open_page(**LANDING, day="1972-06-01", dates="A02:1960-03-20")
    shown = text_of(page) + "".join(button.label for button in page.button)
    assert "ui." not in shown
    assert "chosen." not in shown


def test_a_text_of_a_story_stays_text(open_page, atlas_copy, text_of):
    file = atlas_copy / "stories" / "isles.toml"
    evil = "Landing <script>alert(1)</script><img src=x onerror=alert(2)>"
    file.write_text(file.read_text("utf-8").replace("Landing at the narrows", evil), "utf-8")
    for query in ({"tab": "story"}, LANDING):
        page = open_page(atlas_copy, **query)
        assert not page.exception
        assert "<script" not in text_of(page)
        assert "<img" not in text_of(page)


def test_a_link_with_a_chosen_date_shows_the_event_on_it(open_page, text_of):
    page = open_page(event="A02", dates="a02:1960-03-20")
    assert_sound(page)
    assert address(page)["day"] == "1960-03-20"
    assert address(page)["dates"] == "A02:1960-03-20"
    shown = text_of(page)
    assert "Dates chosen by you:" in shown
    assert "Landing at the narrows: 20 March 1960" in shown
    assert "the atlas uses 15 March 1960" in shown


@pytest.mark.parametrize("tab", ["events", "sources", "export"])
def test_a_chosen_date_is_said_in_every_tab(open_page, text_of, tab):
    page = open_page(tab=tab, dates="A02:1960-03-20")
    assert_sound(page)
    assert text_of(page).count("Dates chosen by you:") == 1


def test_the_day_of_an_event_is_chosen_and_let_go_of(open_page, text_of):
    page = open_page(event="A02", mode="control", day="1960-03-15")
    days = page.radio(key="date-of-A02")
    assert [label.split(" – ")[0] for label in days.options] == ["15 March 1960", "20 March 1960"]
    days.set_value(LATE).run()
    assert_sound(page)
    assert address(page) == {
        "day": "1960-03-20",  # the reader stood on the day of the event
        "mode": "control",
        "event": "A02",
        "dates": "A02:1960-03-20",
    }
    assert "20 March 1960, map mode" in text_of(page)  # the last change on the map
    page.button(key="own-dates").click().run()
    assert address(page) == {"day": "1960-03-15", "mode": "control", "event": "A02"}


def test_a_reader_on_another_day_stays_there(open_page):
    page = open_page(event="A02", mode="control", day="1972-06-01")
    page.radio(key="date-of-A02").set_value(LATE).run()
    assert address(page)["day"] == "1972-06-01"
    assert address(page)["dates"] == "A02:1960-03-20"


def test_an_event_of_one_day_offers_no_choice(open_page):
    assert not open_page(event="A01").radio


def test_a_day_no_source_gives_is_said_and_changes_nothing(open_page, text_of):
    page = open_page(event="A02", dates="A02:1960-03-16")
    assert r"A02\:1960\-03\-16" in page.warning[0].value
    assert address(page)["day"] == "1960-03-15"
    assert "Dates chosen by you:" not in text_of(page)


def test_the_day_in_use_is_no_choice(open_page, text_of):
    page = open_page(event="A02", dates="A02:1960-03-15")
    assert_sound(page)
    assert "dates" not in address(page)
    assert "Dates chosen by you:" not in text_of(page)
