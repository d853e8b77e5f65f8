"""What a stranger meets: one sentence, ways in, a map that speaks; a kiosk, marks told apart."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import DESK, PHONE, PHONE_ON_ITS_SIDE
from browser.map_page import FRAME, STATE, MapFrame, map_frame, settled

MARKS = """() => [...document.querySelectorAll('.ma-mark')]
    .map(mark => [mark.querySelector('path, circle:not(.ma-given)'), mark.querySelector('text')])
    .filter(([sign]) => sign)
    .map(([sign, text]) => {
        const box = sign.getBoundingClientRect();
        return [(box.left + box.right) / 2, text ? +text.textContent : 1];
    })"""


@pytest.fixture
def opened(page: Page, dashboard: str) -> MapFrame:
    page.goto(dashboard)
    shown = map_frame(page)
    settled(page)
    return shown


def test_the_first_screen_says_what_it_is_and_opens_on_control(opened: MapFrame, page: Page):
    assert opened.mode == "control"
    expect(page.locator(".mc-subtitle")).to_contain_text("Who held which land on any day")
    assert page.locator(FRAME).bounding_box()["y"] <= 90
    chips = opened.frame.locator(".ma-chips .ma-entry")
    expect(chips.first).to_be_visible()
    labels = chips.all_inner_texts()
    assert len(labels) == len(set(labels)) >= 2


def test_the_page_does_not_repeat_the_day_of_the_map(opened: MapFrame, page: Page):
    expect(opened.frame.locator(".ma-day")).to_have_value("7 July 1923")
    said = page.locator(".st-key-head, [class*='st-key-reading'] h2").all_inner_texts()
    assert said
    assert "7 July 1923" not in " ".join(said)
    assert "7 July 1923" not in opened.frame.locator(".ma-line").inner_text()


def test_play_starts_at_the_first_day(opened: MapFrame, page: Page):
    page.get_by_role("button", name="Play 1918–2024").click()
    opened.frame.wait_for_function(f"{STATE}.control.state.playing")
    assert opened.day.year == 1918


@pytest.mark.usefixtures("opened")
def test_the_story_is_one_click_away_and_the_title_leads_home(page: Page):
    page.get_by_role("button", name=re.compile("^Read “")).click()
    page.wait_for_url("**story=article*")
    page.get_by_role("link", name="Nagorno-Karabakh and its neighbours").click()
    page.wait_for_url(lambda address: "story=" not in address)
    map_frame(page)
    expect(page.locator(".st-key-story-head")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, (360, 740), PHONE_ON_ITS_SIDE, (768, 1024)])
def test_a_small_screen_shows_map_and_time_without_scrolling(opened: MapFrame, page: Page):
    window = page.viewport_size
    handle = page.locator(".mc-sheet summary").bounding_box()
    play = opened.frame.locator(".ma-play").bounding_box()
    assert play["y"] + play["height"] <= handle["y"]
    assert opened.frame.locator(".ma-slider").bounding_box()["y"] < handle["y"]
    assert play["y"] > window["height"] / 2, "out of the reach of a thumb"
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1]
    page.locator(".mc-sheet summary").click()
    expect(page.get_by_role("heading", name="On this day")).to_be_in_viewport()
    assert page.locator(".mc-sheet summary").bounding_box()["y"] >= 0


@pytest.mark.parametrize("size", [DESK, PHONE, (360, 740), PHONE_ON_ITS_SIDE])
def test_marks_of_the_axis_stand_apart_and_count_all_events(opened: MapFrame):
    marks = opened.frame.evaluate(MARKS)
    at = sorted(x for x, _ in marks)
    assert min(b - a for a, b in pairwise(at)) >= 8
    assert sum(count for _, count in marks) == opened.frame.evaluate(f"{STATE}.data.events.length")


def test_a_mark_of_several_tells_them_and_spreads_them_out(opened: MapFrame, page: Page):
    count = opened.frame.locator(".ma-mark-many text").first.text_content()
    box = opened.frame.locator(".ma-mark-many circle").first.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*at)
    expect(opened.frame.locator(".ma-tip")).to_contain_text(f"{count} events")
    length = f"{STATE}.control.state.view[1] - {STATE}.control.state.view[0]"
    whole = opened.frame.evaluate(length)
    page.mouse.click(*at)
    opened.frame.wait_for_function(f"{length} < {whole} / 2")


def test_playing_crosses_a_quiet_stretch_in_sight(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?day=1937-01-01&mode=control")
    shown = map_frame(page)
    settled(page)
    shown.frame.locator(".ma-play").click()
    said = shown.frame.locator(".ma-bridge")
    expect(said).to_have_text(re.compile(r"^\d\d years without a change on this map$"))
    expect(said).to_be_hidden(timeout=15_000)
    assert shown.day.year > 1980


def test_a_kiosk_plays_stops_for_a_reader_and_returns_to_its_start(page: Page, islands: str):
    page.goto(f"{islands}/?kiosk=1&mode=control")
    shown = map_frame(page)
    playing = f"{STATE}.control.state.playing"
    shown.frame.wait_for_function(playing)
    expect(page.get_by_role("tab").first).to_be_hidden()
    shown.frame.locator('.ma-modes [data-mode="units"]').click()
    shown.frame.wait_for_function(f"!{playing}")
    shown.go("1972-06-01")
    shown.frame.evaluate(f"{STATE}.kiosk.idle()")  # what a minute without a touch ends in
    shown.frame.wait_for_function(playing)
    assert shown.mode == "control"
    assert shown.day.year < 1960
    assert "kiosk=1" in page.url


@pytest.mark.parametrize("size", [DESK, PHONE, (360, 740)])
def test_longer_words_break_nothing(page: Page, dashboard: str):
    """Every label of the map's strip and of the head is made 40 % longer."""
    page.goto(f"{dashboard}/?day=1994-05-12&mode=legal")
    shown = map_frame(page)
    settled(page)
    longer = """selector => document.querySelectorAll(selector).forEach(each => {
        each.textContent += 'n'.repeat(Math.ceil(each.textContent.length * 0.4));
    })"""
    shown.frame.evaluate(longer, ".ma-modes button, .ma-opens, .ma-hint, .ma-entry > span")
    page.evaluate(longer, ".st-key-entrances p, .mc-subtitle, .mc-head h1 a")
    for part in (page, shown.frame):
        wide = part.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1]
    strip = shown.frame.locator(".ma-key").bounding_box()
    for each in shown.frame.locator(".ma-modes, .ma-opening, .ma-meaning").all():
        if each.is_visible():
            box = each.bounding_box()
            assert box["y"] + box["height"] <= strip["y"] + strip["height"]
            assert box["x"] + box["width"] <= strip["x"] + strip["width"]
