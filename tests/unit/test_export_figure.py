import io
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Bbox
from PIL import Image

from export_boxes import faults, lines_of
from kit import pixels
from maps.atlas.model import Date
from maps.day.view import shown_on
from maps.export import export_bytes
from maps.sheet.columns import Columns, block_of, poured_honestly
from maps.sheet.figure import composed
from maps.sheet.layout import paper
from maps.sheet.projection import map_frame
from maps.sheet.sheet import Photograph, Rect, Sheet
from maps.sheet.typeset import Face, runs, shortened, width_mm, wrapped
from maps.words.apparatus import Entry, ranges

BEFORE, LANDING, NEXT_DAY = Date(1940, 1, 1), Date(1960, 3, 15), Date(1960, 3, 16)
HOSTILE = '"><script>alert(1)</script>--><img src=x onerror=alert(2)> $x^2$ \\frac \x07'


def sheet_of(atlas, day, mode="units", size="a4", **wish):
    shown = shown_on(atlas, day, mode=mode, lang="en", **wish)
    return composed([shown], *paper(size))[0]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["a4", "a4-portrait", "16:9", "square", "160x160", "420x297"])
@pytest.mark.parametrize(
    ("day", "mode"),
    [
        (Date(1923, 7, 7), "units"),
        (Date(2020, 11, 8), "control"),
        (Date(1994, 5, 12), "legal"),
        (Date(2020, 11, 10), "legal"),
    ],
)
def test_no_line_runs_off_the_sheet_or_into_another(shipped_atlas, day, mode, size):
    assert list(faults(sheet_of(shipped_atlas, day, mode, size))) == []


def test_a_sheet_read_from_the_right_is_set_in_one_family_and_every_line_from_there(shipped_atlas):
    shown = shown_on(shipped_atlas, Date(1994, 5, 12), mode="control", lang="fa")
    sheet, _ = composed([shown], *paper("a4"))
    assert {text.get_fontproperties().get_file().split("/")[-1][:10] for text in sheet.texts} == {
        "DejaVuSans"
    }
    said = next(line for line in lines_of(sheet) if "Office of the President" in line)
    assert said.startswith("\N{RIGHT-TO-LEFT MARK}")
    assert list(faults(sheet)) == []


def test_a_legend_of_nothing_has_no_heading(shipped_atlas):
    empty, full = (
        lines_of(sheet_of(shipped_atlas, Date(year, 1, 1), "control")) for year in (1919, 1930)
    )
    assert "Legend" in full
    assert "Legend" not in empty


def test_the_sheet_states_day_mode_sources_reservations_version_and_link(islands_atlas):
    said = " ".join(lines_of(sheet_of(islands_atlas, LANDING, "control")))
    for words in (
        "15 March 1960",
        "Control",
        "The shire apart",
        "Landing at the narrows",
        "[1]",
        "Ada Reed, Chronicle of the Two Isles",
        "(cited as [1, p. 9])",
        "Nothing here is real.",
        "Closed on 31 December 1999.",
        "Data version 1",
        islands_atlas.digest[:12],
        "?day=1960-03-15&mode=control&lang=en",
        "None is a survey",
        "1 : ",
        "100 km",
        "20°E",
        "1°N",
    ):
        assert words in said, words


def test_a_day_without_events_names_the_last_one_before(islands_atlas):
    said = " ".join(lines_of(sheet_of(islands_atlas, NEXT_DAY)))
    assert "No event on this day in the data." in said
    assert "The last one before: 15 March 1960, Landing at the narrows" in said


def test_the_legend_lists_what_is_on_the_map_and_nothing_else(islands_atlas):
    striped, schematic, shires = "Striped: contested area", "Schematic", "Shires"
    before = lines_of(sheet_of(islands_atlas, BEFORE))
    after = lines_of(sheet_of(islands_atlas, NEXT_DAY))
    assert {striped, schematic, shires}.isdisjoint(before)
    assert {striped, schematic, shires}.issubset(after)
    only_west = lines_of(sheet_of(islands_atlas, NEXT_DAY, bbox=(20.4, 0.4, 20.6, 0.6)))
    assert {striped, schematic, shires}.isdisjoint(only_west)


def test_the_legend_of_control_names_those_who_hold_something(islands_atlas):
    without = [status for status in islands_atlas.statuses if status.polity_id != "east-league"]
    lines = lines_of(sheet_of(replace(islands_atlas, statuses=tuple(without)), NEXT_DAY, "control"))
    assert "West Realm" in lines
    assert "East League" not in lines
    assert "No statement names who held it" in lines  # the east isle


def test_two_who_hold_one_piece_share_it_in_equal_stripes(islands_atlas):
    claimed = next(s for s in islands_atlas.statuses if s.id == "shire-claimed-by-east")
    second = replace(claimed, id="second", dimension="de-facto")
    atlas = replace(islands_atlas, statuses=(*islands_atlas.statuses, second))
    assert "Striped: statements differ or stand side by side" in lines_of(
        sheet_of(atlas, NEXT_DAY, "control")
    )
    drawn = export_bytes(atlas, NEXT_DAY, "png", mode="control", dpi=150)
    counts = [_pixels_like(drawn, colour) for colour in _fills(atlas, "west-realm", "east-league")]
    alone = export_bytes(islands_atlas, NEXT_DAY, "png", mode="control", dpi=150)
    held_alone = [_pixels_like(alone, c) for c in _fills(atlas, "west-realm", "east-league")]
    # Half of the shire, which is as large as either isle, has changed its colour.
    assert counts[0] == pytest.approx(held_alone[0] * 0.75, rel=0.06)
    assert counts[1] == pytest.approx(held_alone[1] * 1.5, rel=0.06)


def _fills(atlas, *polity_ids):
    from maps.looks.style import LAND, colours
    from maps.looks.texture import FILL_OPACITY

    def rgb(colour):
        return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=float)

    for polity_id in polity_ids:
        fill = colours(atlas.polities[polity_id].hue).fill
        yield rgb(fill) * FILL_OPACITY + rgb(LAND) * (1 - FILL_OPACITY)


def _pixels_like(png, colour):
    return int((np.abs(pixels(png) - colour).max(axis=2) < 4).sum())


def test_what_does_not_fit_is_counted_not_dropped(islands_atlas):
    first = islands_atlas.statuses[0]
    many = tuple(replace(first, id=f"s{n}", text=f"Statement {n}") for n in range(400))
    lines = lines_of(sheet_of(replace(islands_atlas, statuses=many), NEXT_DAY))
    shown = sum("Statement " in line for line in lines)
    assert 10 < shown < 400
    # One more entry says which sources the lines are drawn after.
    assert f"… and {400 - shown} more in the data" in lines


def test_markup_in_an_atlas_is_text_in_the_svg(islands_atlas):
    drawn = export_bytes(_hostile(islands_atlas), LANDING, "svg")
    root = ElementTree.fromstring(drawn)
    for element in root.iter():
        if isinstance(element.tag, str):
            assert not element.tag.endswith(("script", "img", "foreignObject"))
        assert not any(name.lower().startswith("on") for name in element.attrib)
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text is not None
    assert "<script>alert(1)</script>" in title.text


def test_dollar_signs_and_backslashes_are_letters(islands_atlas):
    lines = lines_of(sheet_of(_hostile(islands_atlas), LANDING))
    assert any("$x^2$" in line and "\\frac" in line for line in lines)


def _hostile(atlas):
    event = next(event for event in atlas.events if event.id == "A02")
    region = replace(
        atlas.regions["strait-shire"],
        names=tuple(replace(n, form=HOSTILE) for n in atlas.regions["strait-shire"].names),
    )
    return replace(
        atlas,
        settings=replace(atlas.settings, title=HOSTILE, disclaimer=HOSTILE),
        events=(replace(event, title=HOSTILE),),
        regions={**atlas.regions, region.id: region},
    )


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "hy", "az", "ru"])
def test_every_letter_of_every_name_has_a_glyph(shipped_atlas, lang):
    sheet = Sheet(200, 200)
    for region in shipped_atlas.regions.values():
        for points, family in ((6, "serif"), (6, "plain")):
            sheet.text(10, 10, region.name(lang), Face(points, family=family))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet.save("png", 40, {})
        sheet.save("svg", 40, {"Date": None})
        sheet.save("pdf", 40, {"CreationDate": None})


@pytest.mark.slow
def test_threads_do_not_draw_into_each_other(islands_atlas):
    wishes = [(BEFORE, "units"), (NEXT_DAY, "units"), (NEXT_DAY, "control")]
    alone = [export_bytes(islands_atlas, day, "png", mode=m, dpi=60) for day, m in wishes]
    assert len(set(alone)) == 3
    with ThreadPoolExecutor(3) as pool:
        for _ in range(3):
            together = pool.map(
                lambda wish: export_bytes(islands_atlas, wish[0], "png", mode=wish[1], dpi=60),
                wishes,
            )
            assert list(together) == alone


def test_pyplot_is_never_loaded():
    import subprocess
    import sys

    code = "import sys, maps.sheet.figure; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("a4", (1169, 826)), ("a4-portrait", (826, 1169)), ("254x200", (1000, 787))],
)
def test_a_picture_has_the_size_asked_for(islands_atlas, size, pixels):
    drawn = export_bytes(islands_atlas, NEXT_DAY, "png", size=size, dpi=100)
    assert Image.open(io.BytesIO(drawn)).size == pixels


def test_a_pdf_embeds_its_letters_as_outlines_that_can_be_searched(islands_atlas):
    drawn = export_bytes(islands_atlas, NEXT_DAY, "pdf")
    assert drawn.startswith(b"%PDF-")
    assert b"/CIDFontType2" in drawn
    assert b"/Type3" not in drawn
    assert b"CreationDate" not in drawn


def test_the_shipped_atlas_is_drawn_in_utm_38_north(shipped_atlas):
    extent = shipped_atlas.settings.extent
    frame = map_frame(Rect(0, 0, 200, 150), extent, extent)
    assert frame.projection.zone == 38
    assert frame.projection.name == "UTM 38N (EPSG:32638)"
    # EPSG:32638 has its central meridian at 45°E, 500 km east of its false origin.
    x, y = frame.to_mm(45.0, 40.0)
    east = frame.centre[0] + (float(x) - 100) * frame.metres_per_mm
    assert east == pytest.approx(500_000, abs=1)
    lon, lat = frame.to_degrees(x, y)
    assert (float(lon), float(lat)) == pytest.approx((45.0, 40.0))


def test_the_whole_box_is_in_the_frame():
    box = (44.3, 38.5, 48.7, 41.3)
    frame = map_frame(Rect(10, 10, 200, 150), box, box)
    for lon in (box[0], box[2]):
        for lat in (box[1], box[3]):
            x, y = frame.to_mm(lon, lat)
            assert 10 - 1e-6 <= float(x) <= 210 + 1e-6
            assert 10 - 1e-6 <= float(y) <= 160 + 1e-6


def test_true_north_leans_as_the_meridians_converge():
    # East of the central meridian true north lies left of grid north: (lon - 45) sin(lat).
    extent = (46.0, 39.0, 48.0, 41.0)
    frame = map_frame(Rect(0, 0, 100, 100), extent, extent)
    assert frame.north_angle() == pytest.approx(2 * np.sin(np.radians(40)), abs=0.05)


def test_letters_a_font_lacks_change_the_font_of_their_word_only():
    parts = runs("Artsakh, Արցախ now", Face(8))
    assert [part.text for part in parts] == ["Artsakh, ", "Արցախ ", "now"]
    files = [str(part.font.get_file()) for part in parts]
    assert "STIX" in files[0]
    assert "DejaVuSerif" in files[1]
    assert files[2] == files[0]
    assert parts[2].x == pytest.approx(width_mm("Artsakh, Արցախ ", Face(8)))


def test_lines_fit_and_nothing_is_lost():
    face, text = Face(8), "one two three https://example.org/a-very-long-address/without/end four"
    lines = wrapped(text, face, 25)
    assert all(width_mm(line, face) <= 25 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert shortened("one two three", face, 9).endswith("…")


def test_numbers_of_footnotes_are_written_short():
    assert ranges([1, 2, 3, 5, 7, 8]).replace("\xa0", " ") == "1–3, 5, 7, 8"


def test_an_entry_is_never_split_between_columns():
    face = Face(8)
    blocks = [block_of(Entry("", "word " * 12), face, 20) for _ in range(4)]
    high = blocks[0].height_mm + blocks[0].space_mm

    def more(count):
        return block_of(Entry("", f"{count} more"), face, 20)

    columns = poured_honestly(blocks, [1.5 * high, 1.5 * high], more)
    assert [len(column) for column in columns] == [1, 2]
    assert columns[-1][-1].lines[0].text == "2 more"


def test_lists_that_need_little_leave_the_map_their_room(islands_atlas, shipped_atlas):
    few = sheet_of(islands_atlas, BEFORE, size="a4-portrait").maps[0]
    many = sheet_of(shipped_atlas, Date(1994, 5, 12), "control", "a4-portrait").maps[0]
    assert few.height > 1.25 * many.height


def test_a_heading_is_never_left_alone_at_the_foot_of_a_column():
    sheet, face = Sheet(120, 60), Face(8)
    pen = Columns(sheet, [Rect(5, 5, 50, 50), Rect(60, 5, 50, 50)], 1.0, "en")
    pen.y = 5 + 5 * face.leading_mm  # the heading and one line would fit, the entry does not
    pen.section("Heading", Face(8, bold=True), [Entry("", "word " * 60)], face)
    heading, first = sheet.texts[:2]
    assert heading.get_text() == "Heading"
    assert heading.get_position()[0] == first.get_position()[0] == 60


def test_a_picture_smaller_than_a_dot_is_one_dot():
    mote = Photograph(Bbox.from_bounds(10, 10, 0.2, 0.3))
    mote.set_data(np.zeros((4, 4, 4), dtype=np.uint8))
    pixels = mote.make_image(RendererAgg(20, 20, 72))[0]
    assert pixels.shape == (1, 1, 4)
    assert pixels.flags.writeable  # else matplotlib does not draw it
