"""What readers do on the page, without a browser; the map itself is tested in one."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kit import address, assert_sound
from maps.atlas.model import Date
from maps.atlas.skeleton import write_skeleton
from maps.ui.state import TABS

TABS_KEY = "tabs-en"


def keys_of(elements):
    return [element.key for element in elements]


def test_the_page_opens_on_the_opening_day(open_page, text_of):
    page = open_page()
    assert_sound(page)
    assert "15 March 1960" in text_of(page)
    assert "Landing at the narrows" in text_of(page)
    assert not page.warning
    assert address(page) == {}


@pytest.mark.parametrize("tab", TABS)
def test_every_word_of_every_tab_is_in_the_locale(open_page, text_of, tab):
    page = open_page(tab=tab, event="A02", region="strait-shire")
    assert_sound(page)
    widgets = (page.button, page.selectbox, page.multiselect, page.text_input)
    labels = [element.label for kind in widgets for element in kind]
    shown = text_of(page) + "\n".join(labels)
    unsaid = re.findall(r"\b(?:ui|map|legend|precision|dimension|cite)\.[a-z]\w*", shown)
    assert unsaid == []


def test_an_address_opens_its_view(open_page, text_of):
    page = open_page(day="1972-06-01", mode="control", event="x01", region="west-isle")
    assert_sound(page)
    shown = text_of(page)
    assert "1 June 1972" in shown
    assert 'data-event="X01"' in shown
    assert 'data-region="west-isle"' in shown
    assert address(page) == {
        "day": "1972-06-01",
        "mode": "control",
        "event": "X01",
        "region": "west-isle",
    }


def test_a_bad_day_is_said_in_one_line_and_the_opening_day_is_shown(open_page, text_of):
    page = open_page(day="[soon](https://evil.example)", mode="nowhere")
    assert_sound(page, warnings=1)
    said = page.warning[0].value
    assert r"\[soon\]\(" in said  # shown as it stands, not as a link
    assert "nowhere" in said
    assert "15 March 1960" in text_of(page)


def test_a_day_outside_the_atlas_shows_its_nearest_day(open_page):
    page = open_page(day="2030-01-01")
    assert len(page.warning) == 1
    assert "31 December 1999" in page.warning[0].value


def test_a_warning_goes_when_the_reader_moves_on(open_page):
    page = open_page(day="never", tab="events")
    assert len(page.warning) == 1
    page.button(key="event-X01").click().run()
    assert not page.warning


def test_a_language_the_atlas_has_and_the_page_has_not_falls_back_to_english_words(
    open_page, text_of
):
    page = open_page(lang="fr")
    assert_sound(page)
    shown = text_of(page)
    assert "Deux îles" in shown
    assert "Link to this view" in shown
    assert address(page)["lang"] == "fr"


def test_a_language_the_page_has_and_the_atlas_has_not_stands_in_its_choice(open_page):
    page = open_page(lang="fa")
    assert_sound(page)
    assert page.selectbox(key="language").value == "fa"
    page.selectbox(key="language").set_value("en").run()
    assert "lang" not in address(page)


def test_an_unknown_language_falls_back_to_english_and_is_named(open_page, text_of):
    page = open_page(lang="tlh")
    assert_sound(page, warnings=1)
    assert "tlh" in page.warning[0].value
    assert "Two Isles" in text_of(page)


def test_the_map_is_told_of_an_address_whose_run_was_given_up_for_the_next(open_page):
    page = open_page()
    kept = page.session_state["held_of_the_reader"]
    # As a run leaves it that ends after it has read the address.
    kept.view, kept.leads = replace(kept.view, region="strait-shire"), True
    page.run()
    number, wanted = page.session_state["map_frame_commandmap"]
    assert (number, wanted["region"]) == (1, "strait-shire")
    page.run()
    assert page.session_state["map_frame_commandmap"][0] == 1


def test_an_unknown_atlas_is_one_clear_box(open_page, tmp_path):
    page = open_page(tmp_path / "nowhere")
    assert not page.exception
    assert len(page.error) == 1
    assert "nowhere" in page.error[0].value


def test_an_invalid_atlas_is_one_clear_box(open_page, atlas_copy):
    (atlas_copy / "events.csv").unlink()
    page = open_page(atlas_copy)
    assert not page.exception
    assert len(page.error) == 1
    assert "events" in page.error[0].value


def test_choosing_an_event_moves_the_day_and_opens_the_map(open_page, text_of):
    page = open_page(tab="events")
    page.button(key="event-X01").click().run()
    assert_sound(page)
    assert page.session_state[TABS_KEY] == "Map"
    assert address(page)["event"] == "X01"
    assert address(page)["day"] == "1972-05-01"
    assert "tab" not in address(page)
    assert "Ferry strike" in text_of(page)


def test_events_are_searched_and_filtered(open_page):
    page = open_page(tab="events")

    def listed():
        return [key for key in keys_of(page.button) if key and key.startswith("event-")]

    assert listed() == ["event-A01", "event-A02", "event-X01", "event-X02"]
    page.text_input(key="event-search").set_value("council").run()
    assert listed() == ["event-A01"]
    page.text_input(key="event-search").set_value("a02").run()
    assert listed() == ["event-A02"]
    page.text_input(key="event-search").set_value("March 20, 1960").run()
    assert listed() == ["event-A02"]
    page.text_input(key="event-search").set_value("").run()
    page.multiselect(key="event-kind").set_value(["founding"]).run()
    assert listed() == ["event-A01", "event-X02"]
    page.multiselect(key="event-region").set_value(["east-isle"]).run()
    assert listed() == ["event-A01"]
    page.multiselect(key="event-perspective").set_value(["east-side"]).run()
    assert listed() == []
    assert_sound(page)


def test_a_search_says_by_which_name_it_found_an_event_and_which_day_it_took(open_page, text_of):
    page = open_page(tab="events")
    page.text_input(key="event-search").set_value("comte du detroit 1950").run()
    assert "Comté du Détroit → Strait Shire" in text_of(page)
    page.text_input(key="event-search").set_value("1/6/1950").run()
    assert "“1/6/1950” is read as 1 June 1950" in text_of(page)
    assert "it would be 6 January 1950" in text_of(page)
    page.text_input(key="event-search").set_value("strait shire").run()
    assert "→ Strait Shire" not in text_of(page)
    assert_sound(page)


def test_sources_are_searched_and_filtered(open_page, text_of):
    page = open_page(tab="sources")
    assert text_of(page).count("data-source=") == 3
    page.text_input(key="source-search").set_value("[1]").run()
    assert text_of(page).count("data-source=") == 1
    page.text_input(key="source-search").set_value("").run()
    page.multiselect(key="source-perspective").set_value(["east-side"]).run()
    assert 'data-source="W01"' in text_of(page)
    assert text_of(page).count("data-source=") == 1
    assert_sound(page)


def test_a_day_without_events_offers_the_nearest_ones(open_page, text_of):
    page = open_page(day="1965-01-01")
    assert "No event is recorded for this day." in text_of(page)
    assert {"previous-event", "next-event"} <= set(keys_of(page.button))
    page.button(key="previous-event").click().run()
    assert address(page)["event"] == "A02"
    assert 'data-event="A02"' in text_of(page)


def test_an_event_leads_to_its_regions_and_a_selection_can_be_closed(open_page, text_of):
    page = open_page(event="A01")
    page.button(key="region-strait-shire").click().run()
    assert 'data-region="strait-shire"' in text_of(page)
    assert address(page)["region"] == "strait-shire"
    page.button(key="close-selection").click().run()
    assert 'data-region="strait-shire"' not in text_of(page)
    assert "region" not in address(page)
    assert_sound(page)


def test_the_last_change_is_told_in_the_mode_of_the_map(open_page, text_of):
    assert "1 June 1950, map mode" in text_of(open_page(day="1955-01-01", mode="units"))
    # No piece changes hands before the landing.
    before = text_of(open_page(day="1955-01-01", mode="control"))
    assert "Nothing dated has changed on the map by this day." in before
    assert "15 March 1960, map mode" in text_of(open_page(day="1960-03-15", mode="control"))


def test_an_injection_in_the_atlas_stays_text(open_page, atlas_copy, text_of):
    file = atlas_copy / "text" / "en.csv"
    evil = (
        '"Landing <script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>"'
    )
    file.write_text(file.read_text("utf-8").replace("Landing at the narrows", evil), "utf-8")
    for tab in TABS:
        page = open_page(atlas_copy, tab=tab)
        assert_sound(page)
        assert "<script" not in text_of(page)
        assert "<img" not in text_of(page)
        assert not any("[x](" in button.label for button in page.button)


def previewed(page):
    """Run the page again once its preview is made, as the browser does."""
    page.session_state["export_preview"].wait(60)
    return page.run()


def test_the_export_offers_what_is_in_view(open_page):
    page = previewed(open_page(tab="export", day="1960-03-15", mode="control"))
    assert_sound(page)
    (button,) = page.get("download_button")
    assert button.proto.label == "Download 1960-03-15-control.png"
    assert page.get("image")


def test_a_preview_of_data_is_its_first_lines(open_page):
    page = open_page(tab="export")
    previewed(page.get("button_group")[0].set_value("data").run())
    assert_sound(page)
    (shown,) = page.code
    assert shown.value.startswith('{\n "type": "FeatureCollection"')
    (button,) = page.get("download_button")
    assert button.proto.label == "Download 1960-03-15-units.geojson"


def test_the_export_of_legal_status_begins_with_whose_statements_are_in_view(open_page):
    page = open_page(tab="export", mode="legal", perspective="east-side")
    told = page.selectbox(key="export-told-east-side")
    assert told.value == "east-side"
    assert told.options == ["Everyone", "The chronicle", "West side", "East side"]
    (button,) = page.get("download_button")
    assert button.proto.label == "Download 1960-03-15-legal-east-side.png"


def test_the_export_of_other_modes_asks_whose_statements_are_listed(open_page):
    page = open_page(tab="export", mode="control", perspective="east-side")
    listed = page.selectbox(key="export-perspective")
    assert listed.options == ["everyone", "The chronicle", "West side", "East side"]
    assert listed.value == ""


def test_a_part_of_the_map_names_the_file(open_page):
    page = open_page(tab="export")
    part = page.selectbox(key="export-extent")
    assert part.options[0] == "The whole atlas"
    part.select("West Isle").run()
    assert_sound(page)
    (button,) = page.get("download_button")
    assert button.proto.label == "Download 1960-03-15-units-west-isle.png"


def test_a_film_keeps_its_place_whatever_else_the_reader_does(open_page):
    page = open_page(tab="export", mode="control")
    page.get("button_group")[0].set_value("film").run()
    page.selectbox(key="export-format-film").set_value("gif").run()
    page.button(key="make-film").click().run()
    film = page.session_state["export_film"]
    assert [button.key for button in page.button if button.key == "make-film"] == []
    page.button(key="share").click().run()  # a run of the whole page, as a report of the map is
    assert page.session_state["export_film"] is film
    film.wait(60)
    page.run()
    assert_sound(page)
    labels = [button.proto.label for button in page.get("download_button")]
    assert "Download film-control.gif" in labels


def test_a_film_can_be_given_up_and_asked_for_again(open_page):
    page = open_page(tab="export", mode="control")
    page.get("button_group")[0].set_value("film").run()
    page.button(key="make-film").click().run()
    film = page.session_state["export_film"]
    page.button(key="cancel-film").click().run()
    assert_sound(page)
    film.wait(60)
    assert film.has_failed
    assert page.button(key="make-film").label == "Make the film"


@pytest.mark.parametrize(
    ("fmt", "ending"), [("lpf", "lpf.json"), ("csl", "csl.json"), ("bib", "bib"), ("zip", "zip")]
)
def test_every_form_of_data_is_offered_under_its_whole_ending(open_page, fmt, ending):
    page = open_page(tab="export", mode="control")
    page.get("button_group")[0].set_value("data").run()
    page.selectbox(key="export-format-data").set_value(fmt).run()
    assert_sound(page)
    (button,) = page.get("download_button")
    assert button.proto.label == f"Download 1960-03-15-control.{ending}"
    sized = [each.key for each in page.selectbox if each.key in ("export-size", "export-dpi")]
    assert bool(sized) == (fmt == "zip")


def following_the_map():
    """Stand for the page: two reports, the second given twice, and a move between them."""

    import streamlit as st

    from maps.atlas.model import Date
    from maps.ui import session
    from maps.ui.map_frame import Report
    from maps.ui.opening import opened

    atlas = opened(st.session_state["folder"], "en").atlas
    session.begin(atlas)
    told = st.session_state.get("told")
    report = Report(*told) if told else None
    view = session.absorb(report, atlas)
    session.write_address(atlas)
    st.button("x", key="choose", on_click=session.choose_event, args=("A01", Date(1950, 6, 1)))
    st.button("x", key="close", on_click=session.go, kwargs={"event": None, "region": None})
    st.session_state["shown"] = (view.day, view.mode, view.event, view.region)


@pytest.fixture
def following(two_islands):
    from streamlit.testing.v1 import AppTest

    page = AppTest.from_function(following_the_map, default_timeout=30)
    page.session_state["folder"] = str(two_islands)
    return page


def test_a_report_of_the_map_moves_view_and_address(following):
    following.session_state["told"] = (Date(1972, 5, 1), "control", None, "X01")
    following.run()
    assert following.session_state["shown"] == (Date(1972, 5, 1), "control", "X01", None)
    assert address(following)["day"] == "1972-05-01"


def test_an_old_report_does_not_undo_a_move_of_the_page(following):
    following.session_state["told"] = (Date(1972, 5, 1), "units", None, None)
    following.run()
    following.button(key="choose").click().run()
    assert following.session_state["shown"][0] == Date(1950, 6, 1)
    following.run()
    assert following.session_state["shown"][0] == Date(1950, 6, 1)


def test_a_report_from_before_the_map_obeyed_moves_nothing(following):
    following.session_state["told"] = (Date(1972, 5, 1), "units", None, None)
    following.run()
    following.button(key="choose").click().run()
    following.session_state["told"] = (Date(1973, 5, 1), "units", None, None)
    following.run()
    assert following.session_state["shown"][0] == Date(1950, 6, 1)
    following.session_state["told"] = (Date(1974, 5, 1), "units", None, None, "", 1)
    following.run()
    assert following.session_state["shown"][0] == Date(1974, 5, 1)


def test_closing_a_selection_has_the_map_let_go_of_it(following):
    following.session_state["told"] = (Date(1950, 6, 1), "units", None, "A01")
    following.run()
    following.button(key="close").click().run()
    _, wanted = following.session_state["map_frame_commandmap"]
    assert (wanted["event"], wanted["region"]) == ("", "")
    assert following.session_state["shown"] == (Date(1950, 6, 1), "units", None, None)
    following.session_state["told"] = (Date(1955, 6, 1), "units", "west-isle", None, "", 1)
    following.run()
    assert following.session_state["shown"] == (Date(1955, 6, 1), "units", None, "west-isle")


def test_going_back_in_the_browser_moves_the_view_back(following):
    following.run()
    following.button(key="choose").click().run()
    following.run()  # the browser has heard of the address: it tells it
    following.query_params.clear()
    following.run()
    assert following.session_state["shown"] == (Date(1960, 3, 15), "units", None, None)


def test_an_address_the_browser_had_not_yet_replaced_is_no_going_back(following):
    following.run()
    following.button(key="choose").click().run()
    following.query_params.clear()
    following.run()
    assert following.session_state["shown"][0] == Date(1950, 6, 1)
    assert address(following)["day"] == "1950-06-01"
    following.query_params["day"] = "1972-05-01"  # that was never written here
    following.run()
    assert following.session_state["shown"][0] == Date(1972, 5, 1)


def test_a_button_pressed_after_going_back_is_not_undone(following):
    following.run()
    following.query_params["day"] = "1972-05-01"  # the two came to the server as one run
    following.button(key="choose").click().run()
    assert following.session_state["shown"][0] == Date(1950, 6, 1)
    assert address(following)["day"] == "1950-06-01"


def test_a_new_atlas_and_the_example_open(open_page, text_of, tmp_path):
    write_skeleton(tmp_path / "new", "The Two Valleys", "en")
    for folder, title in (
        (tmp_path / "new", "The Two Valleys"),
        (Path(__file__).parents[2] / "examples" / "czechoslovakia", "The end of Czechoslovakia"),
    ):
        page = open_page(folder)
        assert not page.exception
        assert title in text_of(page)
