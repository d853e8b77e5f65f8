"""Every extent an atlas may have, up to the whole earth, comes onto a sheet."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from maps.export import comparison_bytes, export_bytes
from maps.publish.painter import proportions
from maps.sheet.projection import map_frame, projection_of
from maps.sheet.sheet import Rect

EXTENTS = [
    (-180, -85, 180, 85), (-100, -60, 100, 75), (20, -85, 21, 85), (20, 84, 24, 85),
    (-10, 80, 30, 85), (178, -2, 180, 2), (-180, 60, -170, 80), (0, -1, 40, 1),
    (-20, -85, 20, 85), (19.5, 0.5, 24.5, 0.501),
]  # fmt: skip


@pytest.mark.parametrize("extent", EXTENTS)
def test_all_of_an_extent_is_in_the_frame_and_finite(extent):
    for width, height in ((200, 150), (400, 40), (40, 400)):
        frame = map_frame(Rect(10, 10, width, height), extent, extent)
        assert np.isfinite(frame.degrees).all()
        edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*extent), 1)).T
        x, y = frame.to_mm(*edge)
        assert 10 - 0.01 <= x.min() <= x.max() <= 10 + width + 0.01
        assert 10 - 0.01 <= y.min() <= y.max() <= 10 + height + 0.01
        back = frame.to_degrees(x, y)
        assert np.allclose(back, edge, atol=1e-5)
        whole = frame.place([shapely.box(-180, -90, 180, 90)])[0]
        assert np.isfinite(shapely.get_coordinates(whole)).all()


@pytest.mark.slow
@pytest.mark.parametrize("extent", EXTENTS)
def test_an_atlas_of_any_extent_is_drawn(islands_atlas, extent):
    atlas = replace(islands_atlas, settings=replace(islands_atlas.settings, extent=extent))
    day = atlas.settings.opening_day
    assert export_bytes(atlas, day, "svg", size="square").startswith(b"<?xml")
    assert export_bytes(atlas, day, "png", size="1200x160", dpi=36).startswith(b"\x89PNG")
    days = [atlas.settings.first_day, day]
    assert comparison_bytes(atlas, days, "png", dpi=36).startswith(b"\x89PNG")
    assert 0 < proportions(atlas) < np.inf


def test_a_box_of_the_world_is_drawn_in_an_atlas_of_a_narrow_extent(islands_atlas):
    day = islands_atlas.settings.opening_day
    drawn = export_bytes(islands_atlas, day, "png", bbox=(-180, -60, 180, 75), dpi=36)
    assert drawn.startswith(b"\x89PNG")


def test_a_wide_map_says_that_it_is_not_utm():
    narrow, wide = (19.5, -0.5, 24.5, 1.5), (-180.0, -60.0, 180.0, 80.0)
    assert projection_of(narrow, narrow).name == "UTM 34N (EPSG:32634)"
    assert projection_of(wide, wide).name == "equirectangular, true to scale at 10°N"
    assert projection_of(narrow, wide).zone == 0
