"""The map in the frame that a notebook shows; the page around it asks for nothing."""

from playwright.sync_api import Page, expect

import maps


def test_the_map_runs_in_the_frame_of_a_notebook(page: Page, two_islands):
    day = maps.open(two_islands).on("15 March 1960")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(f"<body>{day.explore('control')._repr_html_()}</body>")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".ma-boundary:visible").first).to_be_visible()
    expect(frame.locator(".ma-day")).to_have_value("15 March 1960")
    assert asked == []
