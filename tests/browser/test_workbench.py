"""The workbench: from an empty folder to a published atlas, and what it never does to files."""

import http.client
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, TimeoutError, expect

from browser.conftest import PHONE
from browser.server import answering, free_port
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.cli import main

EVENTS = """\
Date,Title,Summary,Type,Region,Place,Lat,Lon,Source,Page
1901-05-02,Ford cleared,The history says so.,Building,Upper Valley,Ford,0.5,20.2,doe-1930,p. 10
1905,Market opened,The year of the charter.,Founding,Lower Valley,Low Town,-0.4,20.3,doe-1930,p. 14
1911-06-12,Bridge opened,It joined the valleys.,Building,Upper Valley;Lower Valley,,,,doe-1930,p. 20
1912~,School founded,The year is approximate.,Founding,Lower Valley,Low Town,,,doe-1930,p. 22
1920-03,Mill burnt,The month is that of the parish book.,Fire,Lower Valley,Low Town,,,doe-1930,p. 30
"""


@contextmanager
def workbench(folder: Path, atlas: Path) -> Iterator[str]:
    port = free_port()
    words = [sys.executable, "-m", "maps", "edit", str(atlas), "--port", str(port)]
    with answering(words, port, folder) as address:
        yield address


def at_rest(page: Page) -> None:
    """Wait for the run that what was just done has asked for."""
    page.wait_for_timeout(200)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    at_rest(page)


def press(page: Page, name: str, then: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    told(page, then)


def choose(page: Page, label: str, option: str) -> None:
    """Pick in a list by typing, as its options further down are not in the document."""
    box = page.get_by_role("combobox", name=label).locator("visible=true").first
    for _ in range(10):  # a run that begins meanwhile empties the field, or closes its form
        with suppress(TimeoutError):
            box.click(timeout=3_000)
            box.fill(option, timeout=3_000)
            page.get_by_role("option", name=option).first.click(timeout=3_000)
            break
        folded = page.locator("details:not([open])", has_text="Add a row to")
        if folded.count():
            folded.locator("summary").first.click()
    for _ in range(50):  # closes a list of which several may be chosen, once it hears the key
        page.keyboard.press("Tab")
        if not page.get_by_role("listbox").count():
            break
        page.wait_for_timeout(100)
    at_rest(page)


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text)).to_be_visible(timeout=30_000)
    at_rest(page)


def add_row(page: Page, id: str, table: str, texts: dict[str, str], choices: dict[str, str]):
    """Fill the form of a table; ``id`` is the one it makes."""
    choose(page, "Table", table)
    adding = page.locator("details", has_text=f"Add a row to {table}").first
    expect(adding).to_be_visible(timeout=30_000)
    at_rest(page)
    if adding.get_attribute("open") is None:
        adding.locator("summary").first.click()
    form = page.get_by_test_id("stForm")
    for label, option in choices.items():
        choose(page, label, option)
    for label, text in texts.items():
        form.get_by_role("textbox", name=label).fill(text)
    page.get_by_role("button", name="Add the row").click()
    told(page, f"{id} stands in {table}.csv.")


def draw(page: Page, frame: FrameLocator, corners: list[tuple[int, int]]) -> None:
    """Draw an outline: its corners, then the first one again; in px from the map's corner."""
    expect(frame.locator(".leaflet-draw-draw-polygon")).to_be_visible(timeout=30_000)
    at_rest(page)
    frame.locator(".leaflet-draw-draw-polygon").click()
    expect(frame.locator(".leaflet-draw-tooltip")).to_be_attached()
    box = frame.locator("#map_div").bounding_box()
    for x, y in (*corners, corners[0]):
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(250)  # two clicks in one place would be a double click
    at_rest(page)


def test_the_walk_from_an_empty_folder_to_a_published_atlas(  # noqa: PLR0915 - one walk
    page: Page, tmp_path: Path
):
    atlas = tmp_path / "valleys"
    spreadsheet = tmp_path / "events.csv"
    spreadsheet.write_text(EVENTS, "utf-8")
    with workbench(tmp_path, atlas) as address:
        page.goto(address)
        page.get_by_label("Title").fill("The Two Valleys")
        press(page, "Make the atlas", "Nothing is changed.")

        open_tab(page, "Tellers")
        page.get_by_label("Name", exact=True).fill("Lake papers")
        press(page, "Add the teller", "There are: editors, lake-papers")
        for id, author, title, speaker in (
            ("doe-1930", "Doe, Jane", "A History of the Valleys", "editors"),
            ("roe-1930", "Roe, Ann", "Papers of the Lake", "lake-papers"),
        ):
            page.get_by_label("Author").fill(author)
            page.get_by_label("Title").fill(title)
            page.get_by_label("Year").fill("1930")
            choose(page, "Who speaks in it", speaker)
            press(page, "Add the source", f"{id} stands in sources.json.")

        open_tab(page, "Lines")
        frame = page.frame_locator(".st-key-edit-map iframe")
        draw(page, frame, [(400, 100), (700, 100), (700, 250), (400, 250)])
        draw(page, frame, [(401, 252), (699, 249), (700, 400), (400, 400)])
        page.get_by_role("textbox", name="1. Region").fill("Upper Valley")
        page.get_by_role("textbox", name="2. Region").fill("Lower Valley")
        page.keyboard.press("Tab")
        at_rest(page)
        press(page, "Take over", "Lower Valley stands in boundaries/regions.geojson.")

        open_tab(page, "Files")
        page.locator("input[type=file]").set_input_files(spreadsheet)
        expect(page.get_by_text("is in no column")).to_be_visible(timeout=30_000)
        choose(page, "evidence", "M")
        expect(page.get_by_text("5 more in events.csv")).to_be_visible(timeout=30_000)
        press(page, "Take over", "rows taken over.")

        open_tab(page, "Tables")
        polities = {"name": "Hill Federation", "hue": "40"}
        add_row(page, "hill-federation", "polities", polities, {})
        for region in ("upper-valley", "lower-valley"):
            choices = {
                "region_id": region, "dimension": "de-facto", "polity_id": "hill-federation",
                "perspective_id": "editors", "certainty": "certain", "evidence": "M",
                "sources": "doe-1930",
            }  # fmt: skip
            texts = {"text": "Held by the federation", "start": "1900"}
            add_row(page, f"{region}-de-facto-editors-1900", "statuses", texts, choices)
        said = {"question": "Who built the bridge?", "finding": "The sources differ."}
        add_row(page, "who-built-the-bridge", "points", said, {"events": "E03"})
        for speaker, source, text in (
            ("editors", "doe-1930", "The federation built it."),
            ("lake-papers", "roe-1930", "The lake towns built it."),
        ):
            choices = {
                "point_id": "who-built-the-bridge", "perspective_id": speaker, "stance": "says",
                "evidence": "M", "sources": source,
            }  # fmt: skip
            id = f"who-built-the-bridge-{speaker}"
            add_row(page, id, "accounts", {"text": text}, choices)

        open_tab(page, "As readers see it")
        seen = page.frame_locator(".st-key-map-frame iframe")
        expect(seen.get_by_text("Upper Valley").first).to_be_visible(timeout=30_000)
        press(page, "Save", "Saved: ")

    assert check_tables(load_tables(atlas)) == []
    made = open_atlas(atlas)
    assert len(made.events) == 5
    assert {b.region_id for b in made.boundaries} == {"upper-valley", "lower-valley"}
    assert sorted(b.layer for b in made.boundaries) == ["control", "control", "regions", "regions"]
    upper, lower = (b.geometry for b in made.boundaries if b.layer == "regions")
    assert upper.touches(lower)  # no strip is shared, none lies open between them
    assert sorted(s.region_id for s in made.statuses) == ["lower-valley", "upper-valley"]
    (point,) = made.points.values()
    assert point.event_ids == ("E03",)
    assert sorted(a.perspective_id for a in made.accounts) == ["editors", "lake-papers"]
    assert main(["publish", str(tmp_path / "site"), "--atlas", str(atlas)]) == 0
    assert (tmp_path / "site" / "index.html").is_file()


def typed_into(page: Page, column: str, text: str) -> None:
    """Type into the first row of the grid, by the keyboard: its cells are drawn on a canvas."""
    grid = page.get_by_test_id("stDataFrame")
    expect(grid).to_be_visible(timeout=60_000)
    at_rest(page)
    expect(page.locator("canvas th").filter(has_text=column).first).to_be_attached()
    heads = page.locator("canvas th").all_text_contents()
    cell = page.locator("textarea.gdg-input")
    for _ in range(5):  # a canvas that is there may not listen yet
        grid.click(position={"x": 95, "y": 55})  # the id, behind the column of the problems
        for _ in range(heads.index(column) - 1):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if cell.is_visible():
            break
    cell.fill(text)
    page.keyboard.press("Enter")


def test_a_cell_is_checked_as_typed_undone_and_saved_alone(page: Page, atlas_copy: Path):
    before = {path: path.read_bytes() for path in atlas_copy.rglob("*") if path.is_file()}
    with workbench(atlas_copy.parent, atlas_copy) as address:
        page.goto(address)
        typed_into(page, "edtf *", "12.6.1911")
        told(page, "1 problem, as maps check finds it")
        said = "edtf: '12.6.1911'"
        expect(page.locator("canvas td").filter(has_text=said)).to_have_count(1)
        listed = page.get_by_role("listitem").filter(has_text=f"events.csv row 2 (A01) {said}")
        expect(listed).to_be_visible()
        expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
        press(page, "Undo", "Nothing is changed.")
        typed_into(page, "title", "The shire is parted")
        told(page, "1 file changed, not saved.")
        assert {path: path.read_bytes() for path in before} == before
        press(page, "Save", "Saved: text/en.csv.")
    texts = atlas_copy / "text" / "en.csv"
    assert texts.read_bytes() == before.pop(texts).replace(
        b"The shire is set apart", b"The shire is parted", 1
    )
    assert {path: path.read_bytes() for path in before} == before


def test_a_draft_is_offered_and_the_second_save_is_told(page: Page, watch, atlas_copy: Path):
    with workbench(atlas_copy.parent, atlas_copy) as address:
        page.goto(address)
        typed_into(page, "title", "First")
        told(page, "1 file changed, not saved.")
        other = watch.context.new_page()
        other.goto(address)
        typed_into(other, "title", "Second")
        told(other, "1 file changed, not saved.")
        press(page, "Save", "Saved: text/en.csv.")
        press(other, "Save", "was changed by another program since it was opened here")
        press(other, "Save as draft", "the atlas is as it was.")
        assert b"First" in (atlas_copy / "text" / "en.csv").read_bytes()
        third = watch.context.new_page()
        third.goto(address)
        told(third, "The atlas itself has since been changed in text/en.csv")
        press(third, "Go on with the draft", "Going on with the draft.")
        press(third, "Save", "Saved: text/en.csv.")
    assert b"Second" in (atlas_copy / "text" / "en.csv").read_bytes()
    assert not atlas_copy.with_name("atlas.draft").exists()


def test_other_machines_and_other_pages_are_refused(tmp_path: Path):
    with workbench(tmp_path, tmp_path / "atlas") as address:
        parts = urlsplit(address)
        for host, origin, path, status in (
            (parts.netloc, address, "/", 200),
            ("evil.example", "", "/", 403),
            (parts.netloc, "https://evil.example", "/_stcore/upload_file/a/b", 403),
        ):
            connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
            headers = {"Host": host} | ({"Origin": origin} if origin else {})
            connection.request("PUT" if "upload" in path else "GET", path, headers=headers)
            assert connection.getresponse().status == status
            connection.close()


def test_an_outline_corrected_on_the_map_changes_one_line_of_its_file(page: Page, atlas_copy: Path):
    before = (atlas_copy / "boundaries" / "shires.geojson").read_bytes()
    with workbench(atlas_copy.parent, atlas_copy) as address:
        page.goto(address)
        open_tab(page, "Lines")
        choose(page, "Layer", "shires")
        first = load_tables(atlas_copy)
        shire = next(feature for feature in first.features if feature.layer == "shires")
        choose(page, "Outline", shire["id"])
        frame = page.frame_locator(".st-key-edit-map iframe")
        frame.locator(".leaflet-draw-edit-edit").click()
        corner = frame.locator(".leaflet-editing-icon").first
        box = corner.bounding_box()
        page.mouse.move(box["x"] + 4, box["y"] + 4)
        page.mouse.down()
        page.mouse.move(box["x"] + 34, box["y"] + 24, steps=5)
        page.mouse.up()
        frame.get_by_text("Save", exact=True).click()
        at_rest(page)
        press(page, "Take over", f"{shire['id']} stands in boundaries/shires.geojson.")
        open_tab(page, "Tables")  # what a tab shows stays while another is looked at
        open_tab(page, "Lines")
        expect(page.get_by_role("combobox", name="Layer")).to_have_value("shires")
        press(page, "Save", "Saved: boundaries/shires.geojson.")
    after = (atlas_copy / "boundaries" / "shires.geojson").read_bytes()
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    assert sum(old != new for old, new in pairs) == 1
    now = next(f for f in load_tables(atlas_copy).features if f["id"] == shire["id"])
    assert not now.geometry.equals(shire.geometry)


VALLEY = """\
{"type": "FeatureCollection", "features": [{"type": "Feature",
"properties": {"name": "Upper Valley", "start": "1900"},
"geometry": {"type": "Polygon", "coordinates": [[[20, 0], [21, 0], [21, 1], [20, 1], [20, 0]]]}}]}
"""


@pytest.mark.parametrize("size", [PHONE])
def test_a_map_file_is_looked_at_before_it_is_taken_and_can_be_undone(page: Page, tmp_path: Path):
    atlas, dropped = tmp_path / "valleys", tmp_path / "valley.geojson"
    dropped.write_text(VALLEY, "utf-8")
    assert main(["new", str(atlas), "--empty"]) == 0
    before = {path: path.read_bytes() for path in atlas.rglob("*") if path.is_file()}
    with workbench(tmp_path, atlas) as address:
        page.goto(address)
        open_tab(page, "Files")
        page.locator("input[type=file]").set_input_files(dropped)
        told(page, "'Upper Valley' is no region of the atlas; --create-regions makes it")
        page.get_by_text("Make regions that the atlas does not have").click()
        page.get_by_label("Licence of the file").fill("CC0-1.0")
        choose(page, "precision", "adapted")
        told(page, "1 more in boundaries/regions.geojson")
        open_tab(page, "Tables")  # an id is looked up
        open_tab(page, "Files")
        expect(page.get_by_label("Licence of the file")).to_have_value("CC0-1.0")
        told(page, "1 more in boundaries/regions.geojson")
        press(page, "Take over", "5 files changed, not saved.")
        press(page, "Undo", "Nothing is changed.")
    assert {path: path.read_bytes() for path in atlas.rglob("*") if path.is_file()} == before
