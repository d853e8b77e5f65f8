"""Extents by the name of a region."""

import pytest

from maps.atlas.model import Date
from maps.cli import main
from maps.export import export_bytes
from maps.map.ground import extents, inside


def test_a_region_has_the_box_of_all_its_boundaries_and_some_ground_around(islands_atlas):
    boxes = extents(islands_atlas)
    west, south, east, north = boxes["west-isle"]
    bounds = [
        boundary.geometry.bounds
        for boundary in islands_atlas.boundaries
        if boundary.region_id == "west-isle"
    ]
    inner = [min(b[0] for b in bounds), min(b[1] for b in bounds)]
    outer = [max(b[2] for b in bounds), max(b[3] for b in bounds)]
    free = 0.12 * max(outer[0] - inner[0], outer[1] - inner[1])
    expected = [inner[0] - free, inner[1] - free, outer[0] + free, outer[1] + free]
    assert [west, south, east, north] == pytest.approx(expected, abs=0.001)


def test_pieces_of_ground_are_no_extents(shipped_atlas):
    boxes = extents(shipped_atlas)
    assert "nkao" in boxes
    assert "armenia-unit" not in boxes


def test_a_box_is_cut_to_what_a_picture_can_show():
    assert inside((-190.0, -89.0, 200.0, 88.0)) == (-175.0, -85.0, 185.0, 85.0)


def test_the_command_takes_a_region_for_an_extent(two_islands, islands_atlas, tmp_path, capsys):
    file = tmp_path / "isle.geojson"
    words = ["export", "1960-03-15", "-o", str(file), "--atlas", str(two_islands), "--bbox"]
    assert main([*words, "west-isle"]) == 0
    box = extents(islands_atlas)["west-isle"]
    assert file.read_bytes() == export_bytes(islands_atlas, Date(1960, 3, 15), "geojson", bbox=box)
    assert main([*words, "west-isel"]) == 1
    assert "no region 'west-isel'" in capsys.readouterr().err
