"""An atlas whose texts are attacks: not one of them runs anywhere.

Each free text of the invented atlas is replaced by (or, where words are needed to
find it again, followed by) every kind of injection the page, the map, the offline
file and the picture could fall for. The watch over the page adds its part: an
image that is really made would ask for its file, and a Markdown image for a server.
"""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.map_page import STATE, map_frame, settled
from browser.server import served

HACK = "window.hacked=1"
ATTACK = " ".join(
    (
        f"<img src=x onerror={HACK}>",
        f'"><script>{HACK}</script>',
        f"' onmouseover='{HACK}' x='",
        f"${{{HACK}}}",
        "{{7*7}}",
        f"</script><script>{HACK}</script>",
        f"--><svg onload={HACK}>",
        f"[a](javascript:{HACK}) ![b](https://evil.example/b.png)",
        r"$\frac{$ $x$ :red[c] `d`",
    )
)
TEXT_COLUMNS = {
    "regions.csv": ["anchor_note", "id_confidence", "source_says", "administration", "note"],
    "names.csv": ["form", "used_by"],
    "polities.csv": ["note"],
    "statuses.csv": ["note"],
    "events.csv": ["place_as_printed", "actors", "corroboration", "cited_as_printed", "note"],
    "citations.csv": ["as_printed", "locator", "quote", "quote_translation", "note"],
    "figures.csv": ["base", "note"],
    "accounts.csv": ["note"],
    "event_dates.csv": ["note"],
    "text/en.csv": ["text"],
}


def attacked(text: str) -> str:
    return f"{text} {ATTACK}".strip()


def attack_table(file: Path, columns: list[str]) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row.update({column: attacked(row[column]) for column in columns})
        if "quote" in row:
            row["quote_lang"] = "en"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def attack_json(file: Path, change) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


def attack_source(source: dict) -> None:
    for field in ("title", "publisher", "note"):
        source[field] = attacked(source.get(field, ""))
    source["URL"] = f"https://example.org/'onmouseover='{HACK}"
    source["accessed"] = {"date-parts": [[2023, 8, 11]]}
    source["author"] = [{"literal": attacked("Author")}]
    source["custom"]["confidence_reason"] = ATTACK
    source["custom"]["note"] = ATTACK
    source["custom"]["number_in_text"] = attacked(source["custom"]["number_in_text"])


def attack_features(collection: dict) -> None:
    for feature in collection["features"]:
        feature["properties"]["note"] = ATTACK
        if "name" in feature["properties"]:
            feature["properties"]["name"] = attacked(str(feature["properties"]["name"]))


@pytest.fixture(scope="module")
def hostile(two_islands: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the invented atlas with an attack in each of its texts."""
    folder = tmp_path_factory.mktemp("hostile") / "atlas"
    shutil.copytree(two_islands, folder)
    for name, columns in TEXT_COLUMNS.items():
        attack_table(folder / name, columns)
    attack_json(folder / "sources.json", lambda sources: [attack_source(s) for s in sources])
    for file in folder.glob("boundaries/*.geojson"):
        attack_json(file, attack_features)
    settings = (folder / "atlas.toml").read_text("utf-8")
    toml_text = json.dumps(ATTACK)  # a TOML basic string is written like a JSON one
    settings = settings.replace('"Invented for the tests"', toml_text)
    (folder / "atlas.toml").write_text(settings, "utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile_page(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("hostile-server"), hostile) as address:
        yield address


def hacked(page: Page) -> bool:
    return any(frame.evaluate("window.hacked !== undefined") for frame in page.frames)


def hover_everything(page: Page) -> None:
    """Give every element the event an attribute injection waits for, all folds open."""
    for frame in page.frames:
        frame.evaluate(
            """() => {
                document.querySelectorAll('details').forEach(e => { e.open = true; });
                const over = () => new Event('mouseover');
                document.querySelectorAll('*').forEach(e => e.dispatchEvent(over()));
            }"""
        )


def test_the_hostile_atlas_is_a_valid_one(hostile: Path):
    checked = subprocess.run(
        [sys.executable, "-m", "maps", "check", "--atlas", hostile],
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    "view",
    [
        "day=1955-01-01&mode=units&region=strait-shire",
        "day=1960-03-15&mode=control&event=A02",
        "day=1960-03-15&mode=legal&region=strait-shire",
        "day=1960-03-15&tab=events",
        "day=1960-03-15&tab=regions&region=strait-shire",
        "day=1960-03-15&tab=areas&ground=everything",
        "day=1960-03-15&tab=sources",
        "day=1960-03-15&tab=method",
        "day=1960-03-15&tab=export",
        f"day=<img src=x onerror={HACK}>&event=<script>{HACK}</script>&region={ATTACK}",
    ],
)
def test_nothing_runs_in_the_page_or_its_map(page: Page, hostile_page: str, view: str):
    page.goto(f"{hostile_page}/?{view}")
    expect(page.get_by_role("tab", selected=True)).to_be_visible(timeout=30_000)
    settled(page)
    if "tab=" not in view:
        map_frame(page)
    if "tab=export" not in view:
        # Else the test would prove nothing: the attack has to be on this page.
        expect(page.locator("body")).to_contain_text("<img src=x", timeout=30_000)
        settled(page)
    hover_everything(page)
    assert not hacked(page)
    # the digest of the atlas may hold the digits by chance
    text = re.sub(r"[0-9a-f]{64}", "", page.locator("body").inner_text())
    assert "49" not in text, "a template ran"


def test_nothing_runs_in_the_maps_own_cards_and_labels(page: Page, hostile_page: str):
    page.goto(f"{hostile_page}/?day=1960-03-15&mode=units")
    shown = map_frame(page)
    settled(page)
    for pick in ("{ event: 'A01' }", "{ event: 'A02' }", "{ region: 'strait-shire' }"):
        shown.frame.evaluate(f"MapsAtlas.go({pick})")
        expect(shown.card).to_have_count(1)  # the last one has faded
        expect(shown.card).to_contain_text("<script>")
        hover_everything(page)
        assert not hacked(page)
    shown.frame.evaluate(f"{STATE}.control.step('changes', 1)")
    assert shown.frame.locator("script", has_text="hacked").count() == 0
    assert not hacked(page)


@pytest.mark.parametrize("ending", ["html", "svg"])
@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_nothing_runs_in_an_exported_file(
    page: Page, hostile: Path, tmp_path: Path, ending: str, mode: str
):
    file = tmp_path / f"out.{ending}"
    words = ["export", "1960-03-15", "-o", file, "--mode", mode, "--atlas", hostile]
    made = subprocess.run(
        [sys.executable, "-m", "maps", *words], check=False, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    page.goto(file.as_uri())
    if ending == "html":
        page.wait_for_selector('html[data-maps-ready="true"]', state="attached")
        page.evaluate("MapsAtlas.go({ region: 'strait-shire' })")
        hover_everything(page)
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.querySelectorAll('svg > script, img[src=x]').length") == 0


def test_nothing_runs_in_a_published_site(page: Page, hostile: Path, tmp_path: Path):
    site = tmp_path / "site"
    words = ["publish", site, "--atlas", hostile]
    made = subprocess.run(
        [sys.executable, "-m", "maps", *words], check=False, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    page.goto((site / "index.html").as_uri() + "?event=A02")
    page.wait_for_selector('html[data-maps-ready="true"]', state="attached")
    hover_everything(page)
    assert not hacked(page)
    for name in ("events/A02", "events/index", "points", "stories/isles", "sources", "about"):
        page.goto((site / f"{name}.html").as_uri())
        expect(page.locator("body")).to_contain_text("<img src=x")
        hover_everything(page)
        assert not hacked(page)
        assert (
            page.evaluate(
                "document.querySelectorAll('img:not(.ms-figure img), script:not([type])').length"
            )
            == 0
        )
