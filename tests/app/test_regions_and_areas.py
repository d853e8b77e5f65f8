"""The tabs "Regions" and "Areas", opened from an address and moved by the reader."""

import json

import pytest

from kit import address, assert_sound


def charts(page):
    return [
        json.loads(element.proto.spec)["description"] for element in page.get("vega_lite_chart")
    ]


def test_an_address_opens_the_history_of_its_region(open_page, text_of):
    page = open_page(tab="regions", region="strait-shire")
    assert_sound(page)
    shown = text_of(page)
    assert page.selectbox(key="region-choice").value == "strait-shire"
    for expected in (
        'data-status="shire-held-by-west"',  # a bar of the chart
        "Held by the West Realm after the landing",
        "The Narrows",  # a name with its days
        "When did the landing at the narrows take place?",
        "12,300 / 24,600 = 50.00 %",
        "The chronicle says it was set apart from the east isle.",
    ):
        assert expected in shown
    assert address(page)["region"] == "strait-shire"


def test_without_a_region_the_first_of_the_atlas_is_shown(open_page):
    page = open_page(tab="regions")
    assert_sound(page)
    assert page.selectbox(key="region-choice").value == "west-isle"
    assert "region" not in address(page)


def test_choosing_a_region_stays_in_the_tab_and_is_in_the_address(open_page, text_of):
    page = open_page(tab="regions", region="strait-shire")
    page.selectbox(key="region-choice").select("cu-shire").run()
    assert_sound(page)
    assert address(page) == {
        "day": "1960-03-15", "mode": "units", "tab": "regions", "region": "cu-shire",
    }  # fmt: skip
    assert "said of Strait Shire" in text_of(page)


def test_a_region_is_searched_by_any_of_its_names(open_page, text_of):
    page = open_page(tab="regions")
    assert any(
        "Comté du Détroit" in option for option in page.selectbox(key="region-choice").options
    )
    page.text_input(key="region-search").set_value("the NARROWS").run()
    button = page.button(key="found-strait-shire")
    assert button.label.startswith("The Narrows → Strait Shire")
    button.click().run()
    assert_sound(page)
    assert address(page)["region"] == "strait-shire"
    page.text_input(key="region-search").set_value("ile de l'est").run()
    assert page.button(key="found-east-isle").label.startswith("Île de l’Est → East Isle")
    page.text_input(key="region-search").set_value("nowhere").run()
    assert "No region of this atlas has such a name." in text_of(page)


def test_a_related_region_is_one_step_away(open_page):
    page = open_page(tab="regions", region="strait-shire")
    page.button(key="parts-cu-shire").click().run()
    assert address(page)["region"] == "cu-shire"
    page.button(key="whole-strait-shire").click().run()
    assert address(page)["region"] == "strait-shire"


def test_a_region_is_shown_on_the_map(open_page):
    page = open_page(tab="regions", region="strait-shire")
    page.button(key="region-on-the-map").click().run()
    assert_sound(page)
    assert "tab" not in address(page)
    assert address(page)["region"] == "strait-shire"


def test_the_years_of_a_history_can_be_narrowed(open_page, text_of):
    page = open_page(tab="regions", region="strait-shire")
    page.select_slider(key="region-years").set_range(1900, 1940).run()
    assert_sound(page)
    chart = text_of(page).partition('class="mc-history"')[2].partition("<details")[0]
    assert 'data-status="east-held"' in chart
    assert 'data-status="shire-claimed-by-east"' not in chart


def test_an_address_opens_areas_of_its_dimension_teller_and_ground(open_page, text_of):
    page = open_page(tab="areas", dimension="de-jure", perspective="chronicle", ground="everything")
    assert_sound(page)
    assert charts(page) == [
        "Areas over time by state or authority: control",
        "Areas over time by state or authority: law",
    ]
    assert page.selectbox(key="areas-ground").value == "everything"
    assert page.selectbox(key="areas-dimension").value == "de-jure"
    assert page.selectbox(key="areas-perspective").value == "chronicle"
    assert "24,618 km²" in text_of(page)  # the whole east isle: two squares of 12,309 km²


def test_areas_open_on_contested_land_and_claims_of_all_tellers(open_page, text_of):
    page = open_page(tab="areas")
    assert_sound(page)
    shown = text_of(page)
    assert "24,618 km²" not in shown
    assert "0–12,309 km²" in shown  # claimed by two, and of one the other side says otherwise
    assert "10,090–14,528 km²" in shown  # 443.8 km of outline that may lie 5 km off
    assert address(page) == {"day": "1960-03-15", "mode": "units", "tab": "areas"}


@pytest.mark.parametrize(
    ("key", "value"),
    [("perspective", "east-side"), ("dimension", "de-jure"), ("ground", "everything")],
)
def test_each_choice_of_the_areas_is_in_the_address(open_page, key, value):
    page = open_page(tab="areas")
    page.selectbox(key=f"areas-{key}").select(value).run()
    assert_sound(page)
    assert address(page)[key] == value
    assert address(page)["tab"] == "areas"


def test_a_teller_who_is_silent_in_a_dimension_leaves_no_chart_but_a_line(open_page, text_of):
    page = open_page(tab="areas", dimension="recognition")
    assert_sound(page)
    assert len(charts(page)) == 1
    assert "Nobody chosen here makes a statement of this kind" in text_of(page)


@pytest.mark.parametrize(("name", "said"), [("dimension", "weather"), ("ground", "sea")])
def test_an_address_that_asks_for_no_such_choice_says_so(open_page, name, said):
    page = open_page(tab="areas", **{name: said})
    assert_sound(page, warnings=1)
    assert said in page.warning[0].value
