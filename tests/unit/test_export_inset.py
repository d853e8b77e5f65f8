"""The inset: the wider surroundings in a corner, where there are any."""

from dataclasses import replace

import pytest

from maps.atlas.model import Date
from maps.day.view import shown_on
from maps.sheet.inset import draw_inset
from maps.sheet.names import event_spots
from maps.sheet.plate import draw_north, draw_scale, pieces_in
from maps.sheet.projection import map_frame
from maps.sheet.sheet import Rect, Sheet

WEST_ISLE = (20.4, 0.4, 20.6, 0.6)
RECT = Rect(20, 20, 180, 120)


def inset_on(atlas, day, *, mode="units", bbox=None, events=None, rect=RECT):
    """Draw an inset on a sheet; gives its box, the boxes it keeps clear of, and the sheet."""
    shown = shown_on(atlas, day, mode=mode, lang="en", bbox=bbox)
    sheet = Sheet(220, 160)
    frame = map_frame(rect, atlas.settings.extent, shown.bbox)
    taken = [draw_scale(sheet, frame, 1.0, "en"), draw_north(sheet, frame, 1.0, "en")]
    spots = event_spots(frame, shown.events, 1.0).values() if events is None else events
    pieces = pieces_in(frame, shown)
    box = draw_inset(sheet, frame, shown, pieces, taken=taken, events=spots, unit=1.0)
    return box, taken, sheet


def overlap(a, b):
    return a.x < b.right and b.x < a.right and a.y < b.top and b.y < a.top


def test_there_is_none_where_nothing_wider_is_known(islands_atlas):
    # No base map, and the frame shows the whole extent.
    box, _, sheet = inset_on(islands_atlas, Date(1960, 3, 16))
    assert box is None
    assert not sheet.names


def test_a_zoomed_map_shows_where_in_the_atlas_it_is(islands_atlas):
    box, taken, _ = inset_on(islands_atlas, Date(1960, 3, 16), bbox=WEST_ISLE)
    assert box is not None
    assert not any(overlap(box, other) for other in taken)


@pytest.mark.parametrize("mode", ["units", "control", "legal"])
@pytest.mark.parametrize("day", [Date(1921, 7, 5), Date(1994, 5, 12), Date(2020, 11, 10)])
def test_it_lies_inside_the_map_beside_scale_arrow_and_events(shipped_atlas, day, mode):
    box, taken, _ = inset_on(shipped_atlas, day, mode=mode)
    assert box is not None
    assert box.x > RECT.x
    assert box.y > RECT.y
    assert box.right < RECT.right
    assert box.top < RECT.top
    assert not any(overlap(box, other) for other in taken)


def test_it_names_the_neighbours_and_not_what_the_rectangle_shows(shipped_atlas):
    _, _, sheet = inset_on(shipped_atlas, Date(1994, 5, 12))
    names = {name.get_text() for name in sheet.names}
    assert {"Turkey", "Iran", "Georgia"} <= names
    assert not any("Lake" in name for name in names)


def test_it_goes_to_another_corner_for_an_event(shipped_atlas):
    day = Date(1994, 5, 12)
    box, _, _ = inset_on(shipped_atlas, day)
    event = (box.x + box.width / 2, box.y + box.height / 2)
    moved, _, _ = inset_on(shipped_atlas, day, events=[event])
    assert moved is not None
    assert not (moved.x < event[0] < moved.right and moved.y < event[1] < moved.top)


def test_it_is_left_out_where_every_corner_has_an_event(shipped_atlas):
    everywhere = [(x, y) for x in range(22, 200, 6) for y in range(22, 140, 6)]
    box, _, sheet = inset_on(shipped_atlas, Date(1994, 5, 12), events=everywhere)
    assert box is None
    assert not sheet.names


def test_it_is_left_out_where_the_whole_base_map_is_shown(shipped_atlas):
    assert inset_on(shipped_atlas, Date(1994, 5, 12), bbox=(40.5, 37.2, 51.0, 43.0))[0] is None


def test_it_is_left_out_on_a_small_map(shipped_atlas):
    assert inset_on(shipped_atlas, Date(1994, 5, 12), rect=Rect(20, 20, 60, 40))[0] is None


def test_an_atlas_of_neighbours_alone_has_one_too(shipped_atlas):
    base = replace(shipped_atlas.basemap, land=None, water=None, relief=b"")
    assert inset_on(replace(shipped_atlas, basemap=base), Date(1994, 5, 12))[0] is not None
