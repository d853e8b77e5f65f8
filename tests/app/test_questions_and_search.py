"""Ways to what is disputed, and to anything by its name."""

from kit import address, assert_sound


def test_an_address_that_names_a_question_opens_it_in_its_tab(open_page, text_of):
    page = open_page(at="c1")
    assert_sound(page)
    assert address(page) == {"day": "1960-03-15", "mode": "units", "at": "C1", "tab": "questions"}
    fold = text_of(page).split('class="mc-ask"')[1]
    assert fold.startswith(' name="questions" open=""')


def test_what_no_record_is_called_is_said(open_page):
    page = open_page(at="Z99")
    assert len(page.warning) == 1
    assert "Z99" in page.warning[0].value


def test_the_goal_of_a_link_is_let_go_of_in_another_tab(open_page):
    page = open_page(at="C1")
    page.session_state["tabs-en"] = "Sources"
    page.run()
    assert address(page)["tab"] == "sources"
    assert "at" not in address(page)


def test_the_search_leads_to_a_place_and_keeps_the_mode(open_page, text_of):
    page = open_page(day="1972-06-01", mode="control")
    page.text_input(key="search-text").set_value("strait shire").run()
    assert_sound(page)
    found = text_of(page).split('class="mc-found"')[1]
    assert "mode=control&amp;day=1972-06-01&amp;region=strait-shire" in found


def test_the_search_says_when_it_finds_nothing(open_page, text_of):
    page = open_page()
    page.text_input(key="search-text").set_value("xyzzy").run()
    assert "Nothing found" in text_of(page)


def test_filters_and_years_are_in_the_address_and_go_with_their_tab(open_page):
    page = open_page(tab="events", kinds="landing", search="narrows")
    assert_sound(page)
    assert page.text_input(key="event-search").value == "narrows"
    assert page.multiselect(key="event-kind").value == ["landing"]
    page.text_input(key="event-search").set_value("shire").run()
    assert address(page)["search"] == "shire"
    page.session_state["tabs-en"] = "Regions"
    page.run()
    assert not {"search", "kinds"} & address(page).keys()
    page.select_slider(key="region-years").set_range(1950, 1960).run()
    assert address(page)["years"] == "1950-1960"


def test_the_list_of_events_is_headed_by_decades(open_page, text_of):
    page = open_page(tab="events")
    shown = text_of(page)
    assert shown.index("1950s") < shown.index("1960s") < shown.index("1970s")
