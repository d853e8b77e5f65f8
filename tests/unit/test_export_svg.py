"""Hostile texts in an SVG, opened as a page of its own in a browser."""

from dataclasses import replace

import pytest

from maps.atlas.model import Date
from maps.export import export_file

ATTACK = (
    '--></title></desc></svg><script>window.hit=1</script><img src=x onerror="window.hit=2">'
    '" onload="window.hit=3" ]]><svg onload="window.hit=4"/>'
)


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["control", "legal"])
def test_nothing_in_an_atlas_runs_in_the_svg(islands_atlas, chromium, tmp_path, mode):
    event = next(event for event in islands_atlas.events if event.id == "A02")
    polity = replace(islands_atlas.polities["west-realm"], name=ATTACK)
    atlas = replace(
        islands_atlas,
        settings=replace(islands_atlas.settings, title=ATTACK, disclaimer=ATTACK, version=ATTACK),
        events=(replace(event, title=ATTACK),),
        polities={**islands_atlas.polities, polity.id: polity},
        perspectives={
            teller.id: replace(teller, name=ATTACK)
            for teller in islands_atlas.perspectives.values()
        },
        accounts=tuple(replace(account, text=ATTACK) for account in islands_atlas.accounts),
    )
    path = export_file(atlas, Date(1960, 3, 15), tmp_path / "hostile.svg", mode=mode)
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    assert page.evaluate("window.hit") is None
    assert page.locator("script, img, [onload], [onerror]").count() == 0
    assert page.locator("#map-title").text_content().startswith("--></title>")
    # The relief of an atlas would be inside; a picture asks nobody for anything.
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    page.close()
