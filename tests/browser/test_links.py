"""The address of the page is the view: what a link says is what its reader sees."""

import re
from itertools import groupby

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import MapFrame, map_frame, settled
from browser.watch import Watch

LINKS = [
    "day=1960-03-15&mode=control&event=A02",
    "day=1955-01-01&mode=units&event=A01",  # a day away from the event's own
    "day=1972-06-01&mode=units&region=strait-shire",
    "day=1950-05-31&mode=control",
]


def seen(shown: MapFrame) -> dict[str, object]:
    chosen = shown.frame.evaluate(
        "(() => { const s = MapsAtlas.state.selection; return [s.event, s.region]; })()"
    )
    return {
        "day": shown.day.isoformat(),
        "mode": shown.mode,
        "chosen": chosen,
        "boundaries": shown.shown(),
    }


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_the_same_view_for_everyone(page: Page, watch: Watch, islands: str, link: str):
    asked = dict(part.split("=") for part in link.split("&"))
    views = []
    for reader in (page, watch.context.new_page()):
        reader.goto(f"{islands}/?{link}")
        shown = map_frame(reader)
        settled(reader)
        views.append(seen(shown))
        heading = {"event": "Selected event", "region": "Selected region"}
        for name, text in heading.items():
            expect(reader.get_by_text(text, exact=True)).to_have_count(int(name in asked))
    assert views[0] == views[1]
    assert views[0]["day"] == asked["day"]
    assert views[0]["mode"] == asked["mode"]
    assert views[0]["chosen"] == [asked.get("event"), asked.get("region")]
    assert f"day={asked['day']}" in page.url


def test_the_address_follows_the_reader_and_reopens_what_he_saw(
    page: Page, watch: Watch, islands: str
):
    page.goto(f"{islands}/?day=1940-01-01")
    first = map_frame(page)
    settled(page)
    first.frame.locator('.ma-modes button[data-mode="control"]').click()
    first.slider.press("ArrowRight")
    page.wait_for_url("**day=1960-03-15*mode=control*")
    second_page = watch.context.new_page()
    second_page.goto(page.url)
    assert seen(map_frame(second_page)) == seen(first)


def test_back_and_forward_are_not_broken_by_scrubbing(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    shown.go("1972-06-01")
    page.wait_for_url("**day=1972-06-01*")
    page.reload()
    assert map_frame(page).day.isoformat() == "1972-06-01"


def test_a_link_keeps_where_the_map_was_moved(page: Page, watch: Watch, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    assert "map=" not in page.url
    opened = shown.view
    shown.go("1972-06-01")
    page.wait_for_url("**day=1972-06-01*")
    steps = page.evaluate("history.length")
    for whole in (21, 23, 22):
        at = f"[0.5, {whole}.5]"
        shown.frame.evaluate(f"MapsAtlas.state.map.setView({at}, 9, {{animate: false}})")
        page.wait_for_url(re.compile(rf"map=9%2F0\.\d+%2F{whole}\.[45]"))
        settled(page)
    assert page.evaluate("history.length") == steps
    other = watch.context.new_page()
    other.goto(page.url)
    assert map_frame(other).view == pytest.approx([9, 0.5, 22.5], abs=0.001)
    page.go_back()
    page.wait_for_function("!location.search.includes('map=')")
    shown.frame.wait_for_function(f"MapsAtlas.state.map.getZoom() === {opened[0]}")


def test_a_late_word_of_the_server_does_not_take_the_address_back(page: Page, islands: str):
    """The page hears the server 700 ms late, as on a busy machine."""
    page.add_init_script("""
        const listen = WebSocket.prototype.addEventListener;
        WebSocket.prototype.addEventListener = function (what, hear, ...options) {
            const late = (event) => setTimeout(() => hear(event), 700);
            listen.call(this, what, what === "message" ? late : hear, ...options);
        };
        for (const how of ["pushState", "replaceState"]) {
            const write = history[how];
            history[how] = function (state, title, url) {
                (window.written ||= []).push(String(url));
                return write.call(history, state, title, url);
            };
        }
    """)
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    shown.go("1972-06-01")
    page.wait_for_url("**day=1972-06-01*")
    steps = page.evaluate("history.length")
    for whole in (21, 23, 22):
        shown.frame.evaluate(
            f"MapsAtlas.state.map.setView([0.5, {whole}.5], 9, {{animate: false}})"
        )
        page.wait_for_url(re.compile(rf"map=9%2F0\.\d+%2F{whole}\.[45]"))
    page.wait_for_timeout(2500)  # for the server's words on all three
    settled(page)
    places = re.findall(r"map=9%2F0\.\d+%2F(\d+)", " ".join(page.evaluate("written")))
    assert [place for place, _ in groupby(places)] == ["21", "23", "22"]
    assert page.evaluate("history.length") == steps


def test_a_resized_window_is_no_move_of_the_reader(page: Page, islands: str):
    page.goto(f"{islands}/?day=1955-01-01&mode=units")
    shown = map_frame(page)
    settled(page)
    page.set_viewport_size({"width": 1200, "height": 800})
    shown.go("1972-06-01")
    page.wait_for_url("**day=1972-06-01*")
    assert "map=" not in page.url


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("day=soon", "“soon” is not a date"),
        ("day=2300-01-01", "is outside this atlas"),
        ("mode=weather", "no map mode “weather”"),
        ("event=A99", "no event “A99”"),
        ("region=atlantis", "no region “atlantis”"),
        ("map=here", "“here” is no place on a map"),
        ("map=4.5/20.3/86.3", "“4.5/20.3/86.3” lies outside this atlas; showing the whole"),
        ("map=9/95/20", "“9/95/20” is no place on a map"),
    ],
)
def test_a_link_to_what_is_not_there_says_so(page: Page, islands: str, link: str, said: str):
    page.goto(f"{islands}/?{link}")
    map_frame(page)
    expect(page.get_by_text(said)).to_be_visible()
