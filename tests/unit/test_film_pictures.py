import warnings
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from export_boxes import boxes_mm, lines_of
from maps.atlas.model import Date
from maps.errors import ExportFailed
from maps.film.frame import (
    CARD,
    HEIGHT,
    PLACES,
    WIDTH,
    Drawing,
    blank,
    changed_edges,
    check_width,
    picture_of,
)
from maps.film.panel import PX, draw_card, fitted_sections, set_section
from maps.film.plan import Caption, Para, film_plan
from maps.looks.style import CHANGED, INK
from maps.sheet.columns import lines_height
from maps.sheet.plate import pieces_in
from maps.sheet.projection import map_frame
from maps.sheet.sheet import Sheet

pytestmark = pytest.mark.slow

APART, LANDING = Date(1950, 6, 1), Date(1960, 3, 15)


def sheet_of(plan, scene) -> Sheet:
    return picture_of(plan, scene, Drawing(plan, WIDTH).ground_of(scene))


def scene_on(plan, day):
    return next(scene for scene in plan.scenes if scene.number and scene.shown.day == day)


def edges_on(plan, day):
    """Give the degrees around the edges of what changed, and around the lines that ended."""
    scene = scene_on(plan, day)
    shown = scene.shown
    frame = map_frame(PLACES["day"].map, shown.atlas.settings.extent, shown.bbox)
    edges = changed_edges(shown, frame, pieces_in(frame, shown))
    return [
        tuple(round(float(part), 2) for part in _degrees(frame, line))
        for line in (edges.new, edges.ended)
    ]


def _degrees(frame, line):
    if line.is_empty:
        return ()
    west, south, east, north = line.bounds
    (left, right), (low, high) = frame.to_degrees([west, east], [south, north])
    return (left, low, right, high)


def wished(atlas, **wish):
    plan = film_plan(atlas, **wish)
    return plan, plan.scenes


FILMS = [
    ({"mode": "units"}, (0, 6, 16, 21, 23)),
    ({"mode": "control"}, (1, 11, 34)),
    ({"mode": "legal"}, (1, 8, 15, 16, 29)),
    ({"mode": "legal", "perspective": "article"}, (3,)),
    ({"story": "article"}, (0, 1, 13, 20, 25, 29)),
]


@pytest.mark.parametrize(("wish", "places"), FILMS)
def test_no_line_runs_off_the_picture_or_into_another(shipped_atlas, wish, places):
    plan = film_plan(shipped_atlas, **wish)
    for place in places:
        sheet = sheet_of(plan, plan.scenes[place])
        boxes = boxes_mm(sheet)
        for text, (left, bottom, right, top) in boxes:
            assert left > 0, text
            assert bottom > 0, text
            assert right < WIDTH * PX, text
            assert top < HEIGHT * PX, text
        for number, (text, box) in enumerate(boxes):
            for other_text, other in boxes[number + 1 :]:
                across = min(box[2], other[2]) - max(box[0], other[0])
                along = min(box[3], other[3]) - max(box[1], other[1])
                # Boxes hold the parts below the line; those of one list just touch.
                assert across < 0.3 or along < 1.4, (place, text, other_text)


def px_of(text):
    """Give the size of the letters; DejaVu, whose letters are larger, is set at 0.84 of it."""
    font = str(text.get_fontproperties().get_file())
    return text.get_fontsize() / 0.75 / (0.84 if "DejaVu" in font else 1.0)


@pytest.mark.parametrize(("wish", "places"), FILMS)
def test_the_text_of_a_picture_is_at_least_18_pixels_high(shipped_atlas, wish, places):
    plan = film_plan(shipped_atlas, **wish)
    for place in places:
        scene = plan.scenes[place]
        panel = PLACES["step" if scene.kind == "step" else "day"].panel
        body = {
            text.get_text(): px_of(text)
            for text in sheet_of(plan, scene).texts
            if scene.number
            and text.get_position()[0] == pytest.approx(panel.x)
            and text.get_color() == INK
            # Said below a legend that was cut, and set as small as that legend.
            and "more in the legend" not in text.get_text()
        }
        assert not scene.number or len(body) >= 3  # the day, the mode, something on it
        assert {line: px for line, px in body.items() if px < 17.99} == {}


@pytest.mark.parametrize("lang", ["hy", "az", "ru"])
def test_no_letter_of_another_script_is_missing(shipped_atlas, lang):
    plan = film_plan(shipped_atlas, mode="legal", lang=lang, since=Date(1991, 1, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for scene in (plan.scenes[1], plan.scenes[3], *plan.scenes[-3:]):
            sheet = sheet_of(plan, scene)
            sheet.pixels(48)
            assert not any("\N{REPLACEMENT CHARACTER}" in line for line in lines_of(sheet))


def test_a_picture_states_day_mode_sources_place_in_the_film_and_data(islands_atlas):
    plan = film_plan(islands_atlas, mode="control")
    said = " ".join(lines_of(sheet_of(plan, scene_on(plan, LANDING))))
    for words in (
        "15 March 1960",
        "Control: Who held the land (de facto)",
        "(a) Landing at the narrows",
        "Who tells of it: The chronicle",
        "Changed on this day",
        "2 of 2",
        "100 km",
        "1950",
        "Two Isles · data version 1",
        islands_atlas.digest[:12],
        "Nothing here is real.",
    ):
        assert words in said, words
    # A screen has no size that a scale in numbers could be true of.
    assert "1 : " not in said


def test_the_edge_of_what_changed_runs_around_it(islands_atlas):
    legal = film_plan(islands_atlas, mode="legal")
    assert edges_on(legal, LANDING) == [(22.0, 0.0, 23.0, 1.0), ()]
    units = film_plan(islands_atlas, mode="units")
    # The east isle is redrawn without the shire, which begins: both are new. Of the old
    # outline of the isle, from 22 to 24, no part is left that is not one of theirs.
    assert edges_on(units, APART) == [(22.0, 0.0, 24.0, 1.0), ()]


def test_a_line_that_ends_is_told_from_one_that_begins(islands_atlas):
    from maps.atlas.model import Timespan

    kept = [b for b in islands_atlas.boundaries if b.id != "strait-shire-1950"]
    (west,) = [b for b in kept if b.id == "west-isle-1900"]
    ended = replace(west, span=Timespan(west.span.start, APART))
    atlas = replace(islands_atlas, boundaries=tuple(ended if b is west else b for b in kept))
    plan = film_plan(atlas, mode="units")
    # The west isle ends, and so does the western half of what was the east isle; what is
    # nearer to a new line than half a millimetre is that line.
    assert edges_on(plan, APART) == [(23.0, 0.0, 24.0, 1.0), (20.0, 0.0, 22.99, 1.0)]
    lines = lines_of(sheet_of(plan, scene_on(plan, APART)))
    assert "Changed on this day; dashed: a line that ended" in lines


def test_the_first_state_has_no_edge_of_its_own(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal")
    assert edges_on(plan, Date(1900, 1, 1)) == [(), ()]
    colour = np.array([int(CHANGED[at : at + 2], 16) for at in (1, 3, 5)])
    drawn = [sheet_of(plan, scene).pixels(48) for scene in plan.scenes[1:4]]
    marked = [int((np.abs(pixels - colour).max(axis=2) < 12).sum()) for pixels in drawn]
    assert marked[0] == 0
    assert marked[1] > 200
    assert marked[2] > 100


def test_the_axis_has_the_years_the_present_and_the_count(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal")
    lines = lines_of(sheet_of(plan, scene_on(plan, LANDING)))
    assert [line for line in lines if line.isdigit() and len(line) == 4] == [
        str(year) for year in range(1900, 2000, 10)
    ]
    assert "3 of 4" in lines


@pytest.mark.parametrize(
    ("since", "until", "named"),
    [
        (Date(1960, 1, 1), Date(1960, 6, 30), ["January 1960", "February 1960", "March 1960"]),
        (Date(1960, 3, 10), Date(1960, 3, 20), ["10 March 1960", "20 March 1960"]),
    ],
)
def test_a_short_film_names_months_or_days(islands_atlas, since, until, named):
    plan = film_plan(islands_atlas, mode="control", since=since, until=until)
    lines = lines_of(sheet_of(plan, plan.scenes[0]))
    assert all(name in lines for name in named)


def test_text_that_is_too_long_is_cut_alike_and_says_so():
    long = tuple((Para(f"{name} " * 300),) for name in "ab")
    short = (Para("Who tells of it: all", "small"),)
    lines = fitted_sections((*long, short), 18, 120.0, 100.0, "… (in the atlas)")
    assert lines_height(lines) <= 100
    text = [line.text for line in lines]
    assert sum("… (in the atlas)" in line for line in text) == 2
    a_lines, b_lines = (sum(line.startswith(name) for line in text) for name in "ab")
    assert abs(a_lines - b_lines) <= 1
    assert text[-1] == "Who tells of it: all"


def test_text_that_fits_is_not_touched():
    section = (Para("A title", "title"), Para("Some words."))
    assert fitted_sections((section,), 18, 120.0, 100.0, "…") == set_section(section, 18, 120.0)


def test_a_picture_with_endless_text_still_holds_all_its_parts(islands_atlas):
    story = islands_atlas.stories["isles"]
    step = replace(story.steps[0], text="word " * 900, beside="other " * 900)
    atlas = replace(islands_atlas, stories={"isles": replace(story, steps=(step, story.steps[1]))})
    plan = film_plan(atlas, story="isles")
    sheet = sheet_of(plan, plan.scenes[1])
    lines = lines_of(sheet)
    assert sum("… (full text in the atlas)" in line for line in lines) == 2
    words, others = (sum(line.startswith(f"{w} {w}") for line in lines) for w in ("word", "other"))
    assert abs(words - others) <= 1
    assert "Changed on this day" in lines
    assert all(
        box[1] > PLACES["step"].panel.y - 3
        for text, box in boxes_mm(sheet)
        if "word" in text.get_text()
    )


@pytest.mark.parametrize("width", [1280, 640, 854, 1920])
def test_pictures_have_even_sides_of_16_to_9(islands_atlas, width):
    drawing = Drawing(film_plan(islands_atlas, mode="control"), width)
    height = {1280: 720, 640: 360, 854: 480, 1920: 1080}[width]
    assert drawing.size == (width, height)
    first = next(drawing.pictures())
    assert first.shape == (height, width, 3)
    assert first.dtype == np.uint8


@pytest.mark.parametrize("width", [638, 1281, 2562, 0, -1280])
def test_a_width_that_will_not_do_is_refused(width):
    with pytest.raises(ExportFailed, match="write an even number from 640 to 2560"):
        check_width(width)


def test_the_ground_of_an_extent_is_drawn_once(islands_atlas):
    plan = film_plan(islands_atlas, mode="legal")
    drawing = Drawing(plan, WIDTH)
    grounds = [drawing.ground_of(scene) for scene in plan.scenes if scene.shown]
    assert all(one is other for one, other in pairwise(grounds))
    assert drawing.ground_of(plan.scenes[-1]) is None


@pytest.mark.parametrize(("count", "is_cut"), [(2, False), (30, True)])
def test_a_card_that_cannot_hold_its_text_says_so(count, is_cut):
    sheet, section = blank(), (Para("word " * 200),)
    draw_card(sheet, Caption("Sources", sections=(section,) * count), CARD, "en")
    assert ("full text in the atlas" in lines_of(sheet)[-1]) == is_cut
    assert all(bottom > CARD.y for _, (_, bottom, _, _) in boxes_mm(sheet))
