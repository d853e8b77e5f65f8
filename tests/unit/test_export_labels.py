"""Names on printed maps: none over another, none over a frame, none off the paper."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from export_boxes import faults, overlapping
from maps.atlas.assemble import open_atlas
from maps.atlas.model import Date
from maps.day.view import shown_on
from maps.sheet.figure import composed
from maps.sheet.layout import paper
from maps.sheet.names import Room, Wanted, region_names
from maps.sheet.plate import draw_frame, pieces_in
from maps.sheet.projection import map_frame
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.typeset import Face

pytestmark = pytest.mark.slow
EXAMPLES = Path(__file__).parent.parent.parent / "examples"

# Twelve change days, so that each mode meets each language once; `make figures` makes all.
FIGURES = [
    ("units", "en", "1920-08-10", "a4"),
    ("units", "hy", "1923-07-16", "a4-portrait"),
    ("units", "az", "1930-08-08", "16:9"),
    ("units", "ru", "1991-09-02", "square"),
    ("control", "en", "1992-05-18", "a4-portrait"),
    ("control", "hy", "1994-05-12", "a4"),
    ("control", "az", "2020-11-10", "square"),
    ("control", "ru", "1920-11-29", "16:9"),
    ("legal", "en", "1921-07-05", "square"),
    ("legal", "hy", "1991-11-26", "16:9"),
    ("legal", "az", "1993-07-23", "a4"),
    ("legal", "ru", "2022-10-06", "a4-portrait"),
]
COMPARISONS = [
    ("units", "hy", ("1921-07-05", "1923-07-07"), "a4"),
    ("control", "az", ("1991-09-02", "1994-05-12", "2020-11-10"), "a4-portrait"),
    ("legal", "ru", ("1921-07-05", "1923-07-07", "1994-05-12", "2022-10-06"), "16:9"),
]


@pytest.mark.parametrize(("mode", "lang", "day", "size"), FIGURES)
def test_no_text_of_a_sheet_lies_over_another(shipped_atlas, mode, lang, day, size):
    shown = shown_on(shipped_atlas, Date.fromisoformat(day), mode=mode, lang=lang)
    sheet, _ = composed([shown], *paper(size))
    assert len(sheet.names) > 15
    assert list(faults(sheet)) == []


@pytest.mark.parametrize(("mode", "lang", "days", "size"), COMPARISONS)
def test_no_text_of_a_comparison_lies_over_another(shipped_atlas, mode, lang, days, size):
    shown = [shown_on(shipped_atlas, Date.fromisoformat(d), mode=mode, lang=lang) for d in days]
    sheet, _ = composed(shown, *paper(size))
    assert len(sheet.maps) == len(days)
    assert list(faults(sheet)) == []


@pytest.mark.parametrize("lang", ["en", "fa"])
def test_degrees_of_a_small_map_of_the_world_stand_apart(lang):
    atlas = open_atlas(EXAMPLES / "long-ago", lang)
    days = [Date(year, 1, 1) for year in (-200, -100, 100, 200)]
    sheet, _ = composed([shown_on(atlas, day, mode="units", lang=lang) for day in days],
                        *paper("a4"))  # fmt: skip
    assert list(faults(sheet)) == []


@pytest.mark.parametrize("mode", ["control", "legal"])
def test_two_neighbours_are_named_alike(shipped_atlas, mode):
    shown = shown_on(shipped_atlas, Date(1930, 5, 30), mode=mode, lang="en")
    sheet, _ = composed([shown], *paper("a4"))
    names = {name.get_text() for name in sheet.names}
    assert {"Armenia", "Azerbaijan"} <= names
    assert not {"Armenian SSR", "Azerbaijan SSR"} & names


def test_the_name_of_an_outline_lies_on_no_coloured_piece_outside_it(shipped_atlas):
    """The uezd of Zangezur is full of pieces with names; Hadrut, beside it, is not part of it."""
    shown = shown_on(shipped_atlas, Date(1920, 12, 1), mode="legal", lang="en")
    box = shipped_atlas.settings.extent
    pieces = pieces_in(map_frame(Rect(0, 0, 240, 150), box, box), shown)
    (wanted,) = [name for name in region_names(shown, pieces, 1.0) if name.text == "Zangezur uezd"]
    hadrut = next(piece for piece in pieces if piece.shown.boundary.id == "hadrut-until-2020")
    assert wanted.keep_off.contains(hadrut.geometry.representative_point())
    syunik = next(piece for piece in pieces if piece.shown.boundary.id == "zangezur-unit")
    assert not wanted.keep_off.contains(syunik.geometry.representative_point())


def test_a_name_beside_its_area_keeps_off_another():
    room, other = Room(Rect(0, 0, 100, 100)), shapely.box(40, 60, 60, 80)
    spots = ((50.0, 70.0), (50.0, 30.0))
    free = Wanted("Isle", spots[0], Face(8), spots=spots[1:])
    assert Room(room.frame).place(free).box.y > 60
    assert room.place(replace(free, keep_off=other)).box.top < 40


def framed_sheet():
    sheet, box = Sheet(200, 150), (20.0, 0.0, 24.0, 3.0)
    frame = map_frame(Rect(20, 20, 160, 110), box, box)
    draw_frame(sheet, frame, 1.0)
    return sheet


@pytest.mark.parametrize(
    ("x", "y", "text", "says"),
    [
        (100, 71, "Other", "'Name' lies over 'Other'"),
        (172, 100, "Over the edge", "'Over the edge' crosses the frame of its map"),
        (195, 5, "Off the paper", "'Off the paper' is outside the paper"),
        (60, 60, "Cuneiform \N{CUNEIFORM SIGN A}", "no letter for"),
    ],
)
def test_a_planted_fault_is_found(x, y, text, says):
    sheet = framed_sheet()
    sheet.text(100, 70, "Name", Face(8), halo_mm=0.3)
    assert list(faults(sheet)) == []
    sheet.text(x, y, text, Face(8), halo_mm=0.3)
    assert [fault for fault in faults(sheet) if fault.startswith(says)]


def test_every_name_on_a_map_has_a_halo_and_no_number_beside_it(islands_atlas):
    shown = shown_on(islands_atlas, Date(1960, 3, 16), mode="units", lang="en")
    sheet, _ = composed([shown], *paper("a4"))
    names = {name.get_text() for name in sheet.names}
    assert {"Strait Shire", "Isles"} & names
    assert not any("°" in name or name.isdigit() for name in names)


def test_a_name_finds_no_place_where_all_are_taken():
    room = Room(Rect(0, 0, 40, 40))
    wanted = Wanted("Name", (20, 20), Face(8))
    first = room.place(wanted)
    assert first is not None
    assert room.place(wanted) is None
    aside = room.place(Wanted("Name", (20, 20), Face(8), spots=((20, 30),)))
    assert aside is not None
    boxes = [(b.x, b.y, b.right, b.top) for b in (first.box, aside.box)]
    assert overlapping(np.array(boxes)) == []


def test_a_long_name_is_broken_where_its_area_is_narrow():
    room = Room(Rect(0, 0, 100, 100))
    wide = room.place(Wanted("Autonomous Region", (50, 70), Face(8), room_mm=80))
    narrow = room.place(Wanted("Autonomous Region", (50, 30), Face(8), room_mm=18))
    assert wide is not None
    assert narrow is not None
    assert wide.lines == ("Autonomous Region",)
    assert narrow.lines == ("Autonomous", "Region")
