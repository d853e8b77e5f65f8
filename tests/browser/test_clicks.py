"""No click is lost, whatever the page and its server are about just then."""

from playwright.sync_api import Page, expect

from browser.map_page import map_frame, settled

# Lets what the server says to the page through one piece after the other, far apart.
SLOWED = """() => {
    const Native = WebSocket;
    window.WebSocket = class extends Native {
        constructor(...given) {
            super(...given);
            let before = Promise.resolve();
            this.addEventListener("message", (event) => {
                if (!window.apartMs || event.late) return;
                event.stopImmediatePropagation();
                before = before.then(() => new Promise((go) => setTimeout(go, window.apartMs)));
                before.then(() => this.dispatchEvent(
                    Object.assign(new MessageEvent("message", { data: event.data }), { late: true })
                ));
            });
        }
    };
}"""
# A click, and in the same moment a report of the map.
CLICKED_AND_TOLD = """([button, number]) => {
    document.querySelector(button).click();
    const map = document.querySelector(".st-key-map-frame iframe").contentWindow.MapsAtlas;
    const place = `7/0.5/2${number}`, box = [20, 0, 21, 1];
    map.told({ day: 712000, mode: "units", number: 0, place, box }, "then");
}"""


def test_a_tab_clicked_between_two_words_of_the_server_opens(page: Page, islands: str):
    page.add_init_script(f"({SLOWED})()")
    page.goto(f"{islands}/?tab=events")
    expect(page.get_by_role("tab", name="Events", selected=True)).to_be_visible(timeout=30_000)
    page.locator(".st-key-map-frame iframe[data-map-shown]").wait_for(state="attached")
    settled(page)
    sources = page.get_by_role("tab", name="Sources", exact=True)
    at = sources.bounding_box()
    page.evaluate("window.apartMs = 300")
    page.get_by_role("textbox", name="Search").fill("ferry")
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="tab"][aria-disabled="true"]')
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.evaluate("window.apartMs = 0")
    expect(page.get_by_role("tab", name="Sources", selected=True)).to_be_visible()
    page.wait_for_url("**tab=sources")


def test_a_click_is_not_lost_to_a_report_of_the_map(page: Page, islands: str):
    page.goto(f"{islands}/?story=isles&step=shire-apart")
    map_frame(page)
    for number, (step, button) in enumerate([("landing", "next"), ("shire-apart", "previous")] * 3):
        settled(page)
        page.evaluate(CLICKED_AND_TOLD, [f".st-key-story-{button} button", number])
        page.wait_for_url(f"**step={step}*")
