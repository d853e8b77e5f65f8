"""Days side by side: one sheet, one legend, common notes, and what changed from map to map."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from export_boxes import boxes_mm, lines_of
from maps.atlas.model import Date
from maps.day.view import shown_on
from maps.errors import DayOutsideAtlas, ExportFailed
from maps.export import comparison_bytes, export_file
from maps.sheet.columns import Block, Line, Shares
from maps.sheet.figure import LIGHTER, composed
from maps.sheet.layout import SIZES, layout, paper
from maps.sheet.paint import CHANGED, pen_of
from maps.sheet.typeset import Face
from maps.words.apparatus import Entry

BEFORE, APART, LANDING, LATER = (
    Date(1940, 1, 1), Date(1950, 6, 1), Date(1960, 3, 15), Date(1960, 3, 16),
)  # fmt: skip
FOUR = (BEFORE, APART, LANDING, LATER)


def sheet_of(atlas, *days, mode="units", size="a4", **wish):
    shown = [shown_on(atlas, day, mode=mode, lang="en", **wish) for day in days]
    return composed(shown, *paper(size))


@pytest.mark.parametrize(
    ("size", "count", "rows", "across"),
    [
        ("a4", 2, 1, 2), ("a4-portrait", 2, 2, 1), ("a4", 3, 1, 3), ("a4-portrait", 3, 3, 1),
        ("16:9", 3, 1, 3), ("a4", 4, 2, 2), ("a4-portrait", 4, 2, 2), ("square", 4, 2, 2),
    ],
)  # fmt: skip
def test_maps_stand_beside_each_other_on_wide_paper_and_below_on_high(size, count, rows, across):
    placed = layout(*SIZES[size], count, ratio=1.2, notes_mm=25, foot_mm=10)
    assert len({round(rect.y, 3) for rect in placed.maps}) == rows
    assert len({round(rect.x, 3) for rect in placed.maps}) == across
    assert len({(round(r.width, 3), round(r.height, 3)) for r in placed.maps}) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_parts_of_the_sheet_do_not_touch(size, count):
    width, height = SIZES[size]
    placed = layout(width, height, count, ratio=1.2, notes_mm=25, foot_mm=10)
    parts = [placed.header, *placed.heads, *placed.maps, *placed.columns, *placed.notes]
    for number, one in enumerate(parts):
        assert one.width > 20
        assert one.height > 5
        assert 0 < one.x < one.right < width
        assert 0 < one.y < one.top < height
        for other in parts[number + 1 :]:
            apart = one.x >= other.right or other.x >= one.right
            # Heads and maps share an edge, give or take a rounding.
            assert apart or one.y >= other.top - 1e-6 or other.y >= one.top - 1e-6


@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_what_is_common_stands_once(islands_atlas, mode):
    sheet, _ = sheet_of(islands_atlas, *FOUR, mode=mode)
    lines = lines_of(sheet)
    for once in ("Legend", "What changed", "On these days", "N", islands_atlas.settings.title):
        assert lines.count(once) == 1, once
    assert sum("at this size" in line for line in lines) == 1
    assert len(sheet.maps) == 4


def test_each_map_has_its_letter_and_day_in_order(islands_atlas):
    sheet, words = sheet_of(islands_atlas, LATER, BEFORE, APART)
    assert [(panel.letter, panel.day) for panel in words.panels] == [
        ("a", "16 March 1960"), ("b", "1 January 1940"), ("c", "1 June 1950"),
    ]  # fmt: skip
    assert {"a", "b", "c", "16 March 1960", "1 January 1940"} <= set(lines_of(sheet))


def test_a_head_says_what_changed_since_the_map_before(islands_atlas):
    sheet, words = sheet_of(islands_atlas, BEFORE, APART, LANDING)
    assert words.panels[0].said == ()
    assert words.panels[1].said[0].startswith("Begins: Strait Shire")
    said = " ".join(lines_of(sheet))
    assert "On the maps that follow, a stronger outline marks" in said
    assert "Since a: Begins: Strait Shire" in said
    assert "Since b nothing on this map has changed." in said


def test_only_what_changed_is_outlined(islands_atlas):
    _, words = sheet_of(islands_atlas, BEFORE, APART, LANDING)
    shire = next(b for b in islands_atlas.boundaries if b.region_id == "strait-shire")
    assert words.panels[0].changed == ()
    assert any(area.equals(shire.geometry) for area in words.panels[1].changed)
    assert words.panels[2].changed == ()
    assert "Stronger outline: changed since the map before" in lines_of(
        sheet_of(islands_atlas, BEFORE, APART)[0]
    )
    assert "Stronger outline: changed since the map before" not in lines_of(
        sheet_of(islands_atlas, APART, LANDING)[0]
    )


def test_no_boundary_is_as_strong_as_the_outline_of_what_changed():
    # Of several layers that are outlines the first is drawn 1.75 times as heavy.
    heaviest = pen_of("adapted", CHANGED.colour, 1.75 * LIGHTER)
    assert CHANGED.points > 1.1 * heaviest.points


def test_changes_carry_their_reasons_and_sources(islands_atlas):
    _, words = sheet_of(islands_atlas, BEFORE, APART)
    assert {entry.head for entry in words.changes} == {"a → b"}
    first = words.changes[0]
    assert first.text.startswith("Begins: Strait Shire")
    assert first.numbers
    assert max(first.numbers) <= len(words.footnotes)


def test_notes_are_numbered_once_for_all_days(islands_atlas):
    _, words = sheet_of(islands_atlas, *FOUR, mode="control")
    texts = [note.text for note in words.footnotes]
    assert len(texts) == len(set(texts))
    assert [note.mark for note in words.footnotes] == [f"[{n}]" for n in range(1, len(texts) + 1)]


def test_a_statement_true_of_several_days_stands_once_with_their_letters(islands_atlas):
    _, words = sheet_of(islands_atlas, LANDING, LATER, mode="control")
    said = [entry.text for entry in words.statements]
    assert len(said) == len(set(said))
    assert any(text.startswith("a, b: ") for text in said)


def test_events_have_numbers_where_maps_have_letters(islands_atlas):
    sheet, words = sheet_of(islands_atlas, BEFORE, LANDING)
    landing = next(e for e in islands_atlas.events if e.title.startswith("Landing"))
    assert landing.id in words.event_ids
    assert any(entry.text.startswith("b: Landing at the narrows") for entry in words.events)
    assert "1" in lines_of(sheet)


def test_the_small_print_links_each_view(islands_atlas):
    _, words = sheet_of(islands_atlas, BEFORE, LANDING, mode="legal")
    links = words.small_print[-1]
    assert "a\N{NO-BREAK SPACE}?day=1940-01-01&mode=legal&perspective=all&lang=en" in links
    assert "b\N{NO-BREAK SPACE}?day=1960-03-15&mode=legal&perspective=all&lang=en" in links
    assert islands_atlas.digest[:12] in links


def test_the_legend_explains_what_is_on_any_of_the_maps(islands_atlas):
    alone, _ = sheet_of(islands_atlas, BEFORE, APART)
    assert "Shires" in lines_of(alone)
    assert lines_of(alone).count("Shires") == 1


@pytest.mark.parametrize("days", [(LANDING,), (*FOUR, Date(1970, 1, 1))])
def test_fewer_than_two_and_more_than_four_days_are_refused(islands_atlas, days):
    with pytest.raises(ExportFailed, match="name 2 to 4 of them"):
        comparison_bytes(islands_atlas, days, "png")


def test_a_day_named_twice_is_refused(islands_atlas):
    with pytest.raises(ExportFailed, match="1960-03-15 is named twice"):
        comparison_bytes(islands_atlas, (LANDING, LANDING), "png")


def test_a_day_outside_the_atlas_is_refused(islands_atlas):
    with pytest.raises(DayOutsideAtlas, match="runs from 1900-01-01"):
        comparison_bytes(islands_atlas, (LANDING, Date(2001, 1, 1)), "png")


@pytest.mark.parametrize("name", ["x.csv", "x.html", "x.geojson", "x"])
def test_other_files_hold_one_day_and_the_message_says_so(islands_atlas, tmp_path, name):
    with pytest.raises(ExportFailed, match=r"\.png, \.svg, \.pdf, not to .*; name one day"):
        export_file(islands_atlas, (BEFORE, LANDING), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("fmt", ["png", "svg", "pdf"])
def test_equal_wishes_give_equal_bytes(islands_atlas, tmp_path, fmt):
    path = export_file(islands_atlas, (BEFORE, LANDING), tmp_path / f"x.{fmt}", dpi=50)
    assert path.read_bytes() == comparison_bytes(islands_atlas, (BEFORE, LANDING), fmt, dpi=50)


def test_the_picture_has_the_size_asked_for_and_the_maps_differ(islands_atlas):
    sheet, _ = sheet_of(islands_atlas, BEFORE, LATER, mode="control")
    drawn = comparison_bytes(islands_atlas, (BEFORE, LATER), "png", mode="control", dpi=100)
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    assert picture.size == (1169, 826)
    scale = 100 / 25.4
    parts = [
        np.asarray(
            picture.crop(
                (
                    round(rect.x * scale) + 2,
                    round(826 - rect.top * scale) + 2,
                    round(rect.x * scale) + 2 + int(rect.width * scale) - 4,
                    round(826 - rect.top * scale) + 2 + int(rect.height * scale) - 4,
                )
            ),
            dtype=int,
        )
        for rect in sheet.maps
    ]
    assert float((np.abs(parts[0] - parts[1]).max(axis=2) > 40).mean()) > 0.01


@pytest.mark.parametrize("size", ["a4", "a4-portrait", "16:9", "square", "160x160", "420x297"])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_every_size_holds_its_lines(islands_atlas, size, count):
    sheet, _ = sheet_of(islands_atlas, *FOUR[:count], mode="legal", size=size)
    for text, (left, bottom, right, top) in boxes_mm(sheet):
        assert left > 0, text
        assert bottom > 0, text
        assert right < sheet.width, text
        assert top < sheet.height, text


def test_an_outline_that_crosses_itself_where_it_is_cut_off_is_drawn(shipped_atlas):
    # One boundary comes out of the cutting at the frames of this sheet with a loop.
    days = [Date(1920, 4, 28), Date(1989, 11, 28)]
    sheet, _ = sheet_of(shipped_atlas, *days, mode="control")
    assert len(sheet.maps) == 2


def test_nobody_is_heard_where_not_everybody_can_be():
    face = Face(8)

    def last(left_out):
        return Block((Line(f"{len(left_out)} more", face, face.leading_mm),))

    entries = [Entry("", "one", head="A"), Entry("", "word " * 60, head="B")]
    shares = Shares(entries, face, 50, 0, last)
    (some,) = shares.poured([5 * face.leading_mm])
    (none,) = shares.poured([5 * face.leading_mm], all_or_none=True)
    assert [line.text for block in some for line in block.lines] == ["A", "one", "1 more"]
    assert [line.text for block in none for line in block.lines] == ["2 more"]


def test_the_command_takes_up_to_four_days(two_islands, tmp_path, capsys):
    from maps.cli import main

    path = tmp_path / "two.svg"
    wish = ["--atlas", str(two_islands), "-o"]
    assert main(["export", "1940-01-01", "1960-03-15", *wish, str(path)]) == 0
    assert re.search(rb"<title[^>]*>[^<]*1 January 1940, 15 March 1960", path.read_bytes())
    assert main(["export", "1940-01-01", "1960-03-15", *wish, str(tmp_path / "x.csv")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "name one day for other files" in said
