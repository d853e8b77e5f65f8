"""Every extent an atlas may have, up to the whole earth, comes onto a sheet."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod

from maps.export import comparison_bytes, export_bytes
from maps.publish.painter import proportions
from maps.sheet.projection import map_frame, projection_of
from maps.sheet.sheet import Rect

EXTENTS = [
    (-180, -85, 180, 85), (-100, -60, 100, 75), (20, -85, 21, 85), (20, 84, 24, 85),
    (-10, 80, 30, 85), (178, -2, 180, 2), (-180, 60, -170, 80), (0, -1, 40, 1),
    (-20, -85, 20, 85), (19.5, 0.5, 24.5, 0.501), (-82, -56, -34, 13), (-180, 60, 180, 85),
    (-180, -85, 180, -60), (-30, 40, 90, 75), (100, -50, 180, 80),
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
        turned = np.subtract(back, edge)
        turned[0] = (turned[0] + 180) % 360 - 180  # both ends of the degrees are one meridian
        assert np.allclose(turned, 0, atol=1e-5)
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
    assert projection_of(wide, wide).name == "Equal Earth, central meridian 0°E"
    assert projection_of(narrow, wide).zone == 0


@pytest.mark.parametrize(
    ("extent", "name"),
    [
        ((-82, -56, -34, 13), "Lambert azimuthal equal-area, centred on 22°S 58°W"),
        ((-180, 60, 180, 85), "Lambert azimuthal equal-area, centred on 90°N 0°E"),
        ((-180, -85, 180, -60), "Lambert azimuthal equal-area, centred on 90°S 0°E"),
        ((100, -50, 180, 80), "Lambert azimuthal equal-area, centred on 15°N 140°E"),
    ],
)
def test_a_continent_and_a_pole_are_seen_from_above(extent, name):
    assert projection_of(extent, extent).name == name


@pytest.mark.parametrize("extent", EXTENTS)
def test_north_is_up_in_the_middle(extent):
    frame = map_frame(Rect(0, 0, 200, 150), extent, extent)
    middle = (extent[0] + extent[2]) / 2
    if extent[2] - extent[0] < 300:  # around a pole every way is up
        _, (lower, higher) = frame.to_mm([middle] * 2, [extent[1], extent[3]])
        assert lower < higher


@pytest.mark.parametrize("extent", [(-82, -56, -34, 13), (-180, 60, 180, 85), (-180, -85, 180, 85)])
def test_beyond_four_zones_areas_are_true(extent):
    frame = map_frame(Rect(0, 0, 200, 150), extent, extent)
    squares = [shapely.box(-60, 60, -59, 61), shapely.box(-40, 70, -39, 71)]
    if extent[3] < 60:
        squares = [shapely.box(-60, 0, -59, 1), shapely.box(-70, -50, -69, -49)]
    on_sheet = [shape.area for shape in frame.place(squares)]
    on_earth = [abs(Geod(ellps="WGS84").geometry_area_perimeter(s)[0]) for s in squares]
    ratios = [drawn / true for drawn, true in zip(on_sheet, on_earth, strict=True)]
    assert ratios[0] == pytest.approx(ratios[1], rel=0.002)


@pytest.mark.parametrize(("extent", "beyond"), [((176, -20, 180, -15), -179.5),
                                                ((-180, -20, -176, -15), 179.5)])  # fmt: skip
def test_ground_beyond_the_date_line_lies_beside_it(extent, beyond):
    frame = map_frame(Rect(0, 0, 400, 100), extent, extent)
    placed = frame.place([shapely.box(beyond - 0.4, -18, beyond + 0.4, -17)])[0]
    edge = frame.to_mm([180 if beyond < 0 else -180], [-17.5])[0][0]
    assert abs(placed.centroid.x - edge) < 20
