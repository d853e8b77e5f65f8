"""Scrubbing happens in the map: the server is told where time rests, and no sooner."""

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.map_page import FRAME, STATE, MapFrame, map_frame, settled
from browser.watch import Watch

BEFORE_SHIRE = {"west-isle-1900", "east-isle-1900"}
WITH_SHIRE = {"west-isle-1900", "east-isle-1950", "strait-shire-1950"}
PIECES = {"cu-west-1900", "cu-shire-1900", "cu-east-1900"}


@pytest.fixture
def atlas_map(page: Page, islands: str) -> MapFrame:
    """The invented atlas on 15 March 1960, units."""
    page.goto(f"{islands}/?day=1960-03-15&mode=units")
    shown = map_frame(page)
    settled(page)
    return shown


def test_each_day_has_its_own_boundaries(atlas_map: MapFrame):
    assert atlas_map.shown() == WITH_SHIRE
    atlas_map.go("1950-05-31")
    assert atlas_map.shown() == BEFORE_SHIRE
    atlas_map.go("1950-06-01")
    assert atlas_map.shown() == WITH_SHIRE


def test_keys_step_through_changes_years_and_ends(atlas_map: MapFrame):
    atlas_map.slider.focus()
    for key, day in [
        ("ArrowLeft", "1950-06-01"),
        ("Shift+ArrowLeft", "1949-06-01"),
        ("PageDown", "1950-06-01"),
        ("PageDown", "1960-03-15"),
        ("PageUp", "1950-06-01"),
        ("Home", "1900-01-01"),
        ("ArrowRight", "1950-06-01"),
        ("End", "1999-12-31"),
    ]:
        atlas_map.slider.press(key)
        atlas_map.wait_day(day)


def test_the_slider_says_its_day_to_a_screen_reader(atlas_map: MapFrame):
    atlas_map.slider.press("Home")
    expect(atlas_map.slider).to_have_attribute("aria-valuetext", "1 January 1900")
    expect(atlas_map.slider).to_have_attribute("role", "slider")


def test_dragging_paints_every_day_on_the_way_and_sends_nothing(
    atlas_map: MapFrame, page: Page, watch: Watch
):
    atlas_map.frame.evaluate(
        f"""() => {{
            window.daysPainted = new Set();
            {STATE}.control.on('input', s => window.daysPainted.add(s.day));
            {STATE}.map.setView([0.5, 22], 9.5, {{animate: false}});
        }}"""
    )
    page.wait_for_url("**map=*")  # the server hears of that at rest, which is no part of the drag
    settled(page)
    atlas_map.mark()
    before = atlas_map.view
    start, end = atlas_map.place_of("1940-01-01"), atlas_map.place_of("1970-01-01")
    page.mouse.move(**start)
    page.mouse.down()
    sent = watch.messages
    page.mouse.move(**end, steps=40)
    assert watch.messages == sent
    assert atlas_map.frame.evaluate("window.daysPainted.size") >= 35
    assert atlas_map.shown() == WITH_SHIRE
    page.mouse.up()
    page.wait_for_url(f"**day={atlas_map.day.isoformat()}*")
    settled(page)
    assert watch.messages > sent, "at rest the server is told"
    assert atlas_map.is_marked(), "the frame was loaded again"
    assert atlas_map.view == before


def test_many_rests_keep_the_frame_and_the_view(atlas_map: MapFrame, page: Page):
    atlas_map.frame.evaluate(f"() => {{ {STATE}.map.setView([0.4, 23], 9, {{animate: false}}); }}")
    atlas_map.mark()
    before = atlas_map.view
    for day in ("1950-06-01", "1970-01-01", "1980-07-01"):
        atlas_map.go(day)
        page.wait_for_url(f"**day={day}*")
        settled(page)
    assert atlas_map.is_marked()
    assert atlas_map.view == before


def test_previous_and_next_change_and_event(atlas_map: MapFrame):
    press = {
        label: atlas_map.frame.get_by_role("button", name=label)
        for label in ("Previous change", "Next change", "Previous event", "Next event")
    }
    atlas_map.go("1940-01-01")
    press["Next change"].click()
    atlas_map.wait_day("1950-06-01")
    press["Next event"].click()
    atlas_map.wait_day("1960-03-15")
    press["Previous event"].click()
    atlas_map.wait_day("1950-06-01")
    press["Next change"].click()
    press["Previous change"].click()
    atlas_map.wait_day("1950-06-01")


def test_each_step_says_what_changed(atlas_map: MapFrame):
    atlas_map.go("1950-06-01")
    said = atlas_map.frame.locator(".ma-line")
    expect(said).to_contain_text("Strait Shire")
    expect(said).to_contain_text("km²")
    expect(said).not_to_contain_text("1 June 1950")  # the day stands below
    heard = atlas_map.frame.get_by_role("status")
    expect(heard.filter(has_text="Strait Shire")).to_contain_text("1 June 1950. ")
    atlas_map.go("1950-06-02")
    expect(said).to_contain_text("Last change, 1 June 1950:")


def test_each_change_is_listed_at_a_click_and_leads_to_its_region(atlas_map: MapFrame):
    atlas_map.go("1950-06-01")
    more, listed = (atlas_map.frame.locator(name) for name in (".ma-more", ".ma-changes button"))
    height = atlas_map.frame.evaluate(f"{STATE}.map.getSize().y")
    more.click()
    expect(listed.first).to_be_visible()
    assert atlas_map.frame.evaluate(f"{STATE}.map.getSize().y") == height
    more.press("Escape")
    expect(listed.first).to_be_hidden()
    more.click()
    listed.first.click()
    expect(atlas_map.card).to_be_visible()


SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; \
word-spacing: .16em !important; }"


@pytest.mark.parametrize("size", [(1440, 900), (844, 390), (320, 640)])
def test_what_changed_is_never_cut(page: Page, dashboard: str):
    page.goto(f"{dashboard}/?mode=legal&day=1991-09-02")
    frame = map_frame(page).frame
    page.locator(FRAME).evaluate("frame => frame.scrollIntoView({block: 'end'})")
    # The days whose lines are the longest, of all readings, as the map's own data has them.
    longest = frame.evaluate(
        """() => Object.entries(MapsAtlas.state.data.changed).map(([reading, said]) => {
          const at = said.reduce((best, text, i) => text.length > said[best].length ? i : best, 0);
          return [...reading.split(':'), MapsAtlas.state.data.changeDays[reading][at], said[at]];
        })"""
    )
    assert longest
    for css in ("", SPACED):
        frame.add_style_tag(content=css) if css else None
        for *reading, day, text in longest:
            frame.evaluate(
                "([mode, teller, day]) => { const s = MapsAtlas.state;"
                " s.read(mode, teller || 'all'); s.control.set(day); }",
                [reading[0], reading[1] if len(reading) > 1 else "", day],
            )
            expect(frame.locator(".ma-line")).to_contain_text(text)
            cut = frame.evaluate(
                """() => {
                  const said = document.querySelector('.ma-said');
                  const box = said.getBoundingClientRect();
                  const parts = [...said.querySelectorAll('.ma-line, .ma-more')];
                  const rows = parts.flatMap(part => [...part.getClientRects()]);
                  return said.scrollHeight > said.clientHeight
                    || said.scrollWidth > said.clientWidth || box.top < 0
                    || rows.some(row => row.left < 0 || row.right > innerWidth + 1)
                    || rows.some(row => row.bottom > box.bottom + 1);
                }"""
            )
            assert not cut, (text, css)


def test_days_between_two_frames_are_written_once_and_leave_the_ground_alone(atlas_map: MapFrame):
    atlas_map.go("1950-06-01")
    written = atlas_map.frame.evaluate(
        """async () => {
          const frame = () => new Promise(requestAnimationFrame);
          await frame(), await frame(), await frame();
          const drawn = [];
          let ground = 0;
          const pen = document.querySelector('.ma-day-shown').getContext('2d');
          pen.fillText = text => drawn.push(text);
          const seen = (name, count) => {
            const observer = new MutationObserver(list => count(list.length));
            const all = {childList: true, subtree: true, attributes: true, characterData: true};
            observer.observe(document.querySelector(name), all);
            return observer;
          };
          const observers = [
            seen('.leaflet-maground-pane', n => { ground += n; }),
          ];
          const control = MapsAtlas.state.control;
          for (let step = 0; step < 5; step++) control.step('year', 1);
          await frame(), await frame(), await frame();
          observers.forEach(observer => observer.disconnect());
          delete pen.fillText;
          return [drawn, ground];
        }"""
    )
    assert written == [["1 June 1955"], 0]
    expect(atlas_map.frame.locator("input.ma-day")).to_have_value("1 June 1955")


def test_playing_goes_on_by_itself_until_it_is_paused(atlas_map: MapFrame):
    atlas_map.go("1940-01-01")
    atlas_map.frame.locator(".ma-speed").select_option("4")
    atlas_map.frame.locator(".ma-play").click()
    expect(atlas_map.frame.get_by_role("button", name="Pause")).to_be_visible()
    atlas_map.wait_day("1950-06-01")
    atlas_map.frame.locator(".ma-play").click()
    expect(atlas_map.frame.get_by_role("button", name="Play")).to_be_visible()
    assert atlas_map.frame.evaluate(f"{STATE}.control.state.playing") is False


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1950-06-01", "1950-06-01"),
        ("1972", "1972-01-01"),
        ("7.7.1923", "1923-07-07"),
        ("July 5, 1921", "1921-07-05"),
        ("5 juillet 1921", "1921-07-05"),
        ("Dec 1993", "1993-12-01"),
    ],
)
def test_a_typed_day_is_gone_to(atlas_map: MapFrame, typed: str, day: str):
    entry = atlas_map.frame.locator("input.ma-day")
    drawn = atlas_map.frame.locator(".ma-day-shown")  # over the field, but while it is typed in
    entry.fill(typed)
    expect(drawn).to_be_hidden()
    entry.press("Enter")
    atlas_map.wait_day(day)
    expect(drawn).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1923-02-30", "“1923-02-30” is not a date; write it as 5 July 1921"),
        ("soon", "“soon” is not a date; write it as 5 July 1921"),
        ("2050", "“2050” is outside: the atlas covers 1 January 1900 to 31 December 1999."),
    ],
)
def test_a_text_that_leads_to_no_day_is_told_why_until_one_does(
    atlas_map: MapFrame, typed: str, told: str
):
    entry, said = atlas_map.frame.locator("input.ma-day"), atlas_map.frame.locator(".ma-line")
    usual = said.inner_text()
    for leave in (lambda: enter(entry, "15 March 1960"), lambda: entry.press("Escape")):
        enter(entry, typed)
        expect(said).to_contain_text(told)
        assert atlas_map.day.isoformat() == "1960-03-15"
        expect(entry).to_have_value("15 March 1960")
        entry.focus()
        leave()
        expect(said).to_have_text(usual)
    enter(entry, typed)
    atlas_map.frame.get_by_role("button", name="Previous change").click()
    expect(said).not_to_contain_text(typed)


def test_a_typed_day_that_may_be_two_is_gone_to_and_the_other_is_told(atlas_map: MapFrame):
    entry, said = atlas_map.frame.locator("input.ma-day"), atlas_map.frame.locator(".ma-line")
    expect(entry).to_have_attribute("inputmode", "text")  # letters on a phone
    enter(entry, "5/7/1921")
    atlas_map.wait_day("1921-07-05")
    expect(said).to_have_text(
        "“5/7/1921” is read as 5 July 1921, day first. With the month first it would be 7 May 1921."
    )


def enter(entry: Locator, typed: str) -> None:
    entry.fill(typed)
    entry.press("Enter")


def test_the_mode_decides_which_boundaries_and_legend_are_shown(atlas_map: MapFrame, page: Page):
    legend = atlas_map.frame.locator(".ma-chips")
    expect(legend).to_contain_text("Shires")
    expect(legend).to_contain_text("Striped: contested area")
    atlas_map.mark()
    atlas_map.frame.locator('.ma-modes button[data-mode="control"]').click()
    expect(legend).to_contain_text("West Realm")
    assert atlas_map.shown() == PIECES
    page.wait_for_url("**mode=control*")
    assert atlas_map.is_marked()


def test_the_landing_gives_the_shire_the_colour_of_the_west(page: Page, islands: str):
    page.goto(f"{islands}/?day=1960-03-14&mode=control")
    atlas_map = map_frame(page)
    assert atlas_map.fill("cu-shire-1900") == atlas_map.fill("cu-east-1900")
    atlas_map.go("1960-03-15")
    assert atlas_map.fill("cu-shire-1900") == atlas_map.fill("cu-west-1900")
    assert atlas_map.fill("cu-shire-1900") != atlas_map.fill("cu-east-1900")


def test_whatever_way_a_day_is_reached_it_is_drawn_alike(atlas_map: MapFrame):
    """In the order of the data: a name of the first would be no colour over the second."""
    drawn = "[...document.querySelectorAll('path[data-boundary]')].map(p => p.dataset.boundary)"
    order = atlas_map.frame.evaluate(f"{STATE}.painter.items.map(i => i.boundary.id)")
    for day in ("1950-06-01", "1900-01-01", "1999-12-31", "1950-05-31", "1960-03-15"):
        atlas_map.go(day)
        now = atlas_map.frame.evaluate(drawn)
        assert now == sorted(now, key=order.index)
    assert set(now) == WITH_SHIRE


def test_only_what_is_in_view_is_drawn(atlas_map: MapFrame):
    length = """id => document.querySelector(`path[data-boundary="${id}"]`)
                .getAttribute('d').length"""
    whole = atlas_map.frame.evaluate(length, "west-isle-1900")
    atlas_map.frame.evaluate(f"{STATE}.map.setView([0, 90], 10, {{animate: false}})")
    assert atlas_map.frame.evaluate(length, "west-isle-1900") == len("M0 0")
    atlas_map.frame.evaluate(f"{STATE}.place.home()")
    assert atlas_map.frame.evaluate(length, "west-isle-1900") == whole
