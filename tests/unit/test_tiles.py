"""Outlines in tiles, and the data of a map in parts."""

import json
import math
import re

import pytest
import shapely

from maps.atlas.assemble import open_atlas
from maps.atlas.load import default_atlas_folder
from maps.map.payload import map_payload
from maps.map.tiles import (
    LEVELS,
    encoded,
    in_parts,
    reading_part,
    simplified,
    tile_of,
    tiles_of,
)
from maps.publish import site_files


@pytest.fixture(scope="module")
def shipped():
    return open_atlas(default_atlas_folder())


@pytest.fixture(scope="module")
def payload(shipped):
    return map_payload(shipped)


@pytest.fixture(scope="module")
def divided(payload):
    return in_parts(payload)


def content(script):
    """The name and the value a part's script tells."""
    form = r"""MapsAtlas\.part\("([^"]+)",JSON\.parse\('(.*)'\)\);\n"""
    name, told = re.fullmatch(form, script.decode()).groups()
    return name, json.loads(told.replace("\\'", "'").replace("\\\\", "\\"))


def corner(zoom, x, y):
    """The north-western corner of a tile in degrees, by the definition of the scheme."""
    across = 2**zoom
    north = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / across))))
    return x / across * 360 - 180, north


@pytest.mark.parametrize("level", LEVELS)
def test_a_boundary_reaches_half_a_tile_beyond_its_own_at_most(shipped, level):
    for boundary in shipped.boundaries:
        zoom, x, y = tile_of(boundary.geometry, level)
        assert 0 <= zoom <= level - 2
        west, north = corner(zoom, x - 0.5, y - 0.5)
        east, south = corner(zoom, x + 1.5, y + 1.5)
        assert shapely.box(west, south, east, north).contains(boundary.geometry), boundary.id


def test_a_boundary_lies_in_the_deepest_tile_that_is_as_wide_as_it_is():
    # Tiles of zoom 3 are 45 degrees wide, those of zoom 4 22.5.
    assert tile_of(shapely.box(1, 1, 44, 2), 10) == (3, 4, 3)
    assert tile_of(shapely.box(1, 1, 23, 2), 10) == (4, 8, 7)
    # Never deeper than the level: its tiles are four times as wide as the usual.
    assert tile_of(shapely.box(1, 1, 1.01, 1.01), 6) == (4, 8, 7)


@pytest.mark.parametrize("level", LEVELS)
def test_each_boundary_is_in_one_tile_of_a_level(shipped, level):
    held = []
    for path, written in tiles_of(shipped.boundaries, [level]).items():
        name, outlines = content(written)
        assert path == f"{name}.js"
        for place, _ in outlines:
            zoom, x, y = tile_of(shipped.boundaries[place].geometry, level)
            assert name == f"{level}/{zoom}/{x}/{y}"
            held.append(place)
    assert sorted(held) == list(range(len(shipped.boundaries)))


def test_last_level_is_as_the_files_have_it(shipped):
    for written in tiles_of(shipped.boundaries, LEVELS[-1:]).values():
        for place, outline in content(written)[1]:
            assert outline == encoded(shipped.boundaries[place].geometry)


def test_simplified_neighbours_still_join(shipped):
    pieces = [b for b in shipped.boundaries if b.layer == "control"]
    whole = [boundary.geometry for boundary in pieces]
    assert shapely.coverage_is_valid(whole)
    before = None
    for level in LEVELS:
        outlines = simplified(pieces, level)
        assert shapely.coverage_is_valid(outlines)
        points = shapely.get_num_coordinates(outlines).sum()
        assert before is None or points > before, "a finer level has more points"
        before = points
    assert outlines == whole


def test_one_outline_on_two_days_is_simplified_alike(shipped):
    piece = next(b for b in shipped.boundaries if b.layer == "control")
    once = simplified([piece], LEVELS[0])
    assert simplified([piece, piece], LEVELS[0]) == once * 2
    assert shapely.get_num_coordinates(once[0]) < shapely.get_num_coordinates(piece.geometry)


def test_head_and_parts_together_are_the_payload(payload, divided):
    """Merged as parts.js does it."""
    head, parts = json.loads(json.dumps(divided))
    for part in parts.values():
        for key, values in part.items():
            for id, value in values.items():
                place = int(id) if isinstance(head[key], list) else id
                known = head[key][place] if isinstance(place, int) else head[key].get(id)
                if isinstance(known, dict):
                    known.update(value)
                else:
                    head[key][place] = value
    whole = json.loads(json.dumps(payload))
    for boundary in whole["boundaries"]:
        del boundary["g"]
    for record in (*head["boundaries"], *head["events"]):
        del record["part"]
    drawn = {boundary["r"] for boundary in whole["boundaries"]}
    for key in ("boundaries", "events", "paint", "changes", "changed", "points"):
        assert head[key] == whole[key], key
    for id in drawn:
        assert head["regions"][id] == whole["regions"][id]
    for key in ("sources", "statusesOf"):
        assert head[key]
        assert all(value == whole[key][id] for id, value in head[key].items()), key
    for key in ("statuses", "accounts", "citations", "law"):
        assert head[key]
        assert all(value == whole[key][int(place)] for place, value in head[key].items()), key


def test_a_part_holds_all_that_its_cards_tell(divided):
    head, parts = divided
    for boundary in head["boundaries"]:
        part, id = parts[boundary["part"]], boundary["r"]
        told = [claim for span in part["law"][boundary["i"]] or () for claim in span[2]]
        while id:
            assert set(part["statusesOf"].get(id, ())) <= set(part["statuses"])
            id = head["regions"][id]["up"]
        assert {claim[0] for claim in told} <= set(part["statuses"])
        assert {claim[3] for claim in told} - {None} <= set(part["accounts"])
    for event in head["events"]:
        part = parts[event["part"]]
        for point, accounts in part["events"][head["events"].index(event)]["acc"]:
            assert point == "" or point in part["points"]
            assert set(accounts) <= set(part["accounts"])
    for name, part in parts.items():
        if name.startswith("reading-"):
            continue
        tellers = (*part["statuses"].values(), *part["accounts"].values())
        tellers += tuple((part.get("boundaries") or part["events"]).values())
        assert {place for told in tellers for place in told["c"]} == set(part["citations"])
        assert {cite["s"] for cite in part["citations"].values()} == set(part["sources"])


def test_each_reading_has_its_days_in_a_part(payload, divided):
    head, parts = divided
    assert list(head["paint"]) == list(payload["paint"])
    assert not any(head["paint"].values())
    for reading, spans in payload["paint"].items():
        assert parts[reading_part(reading)]["paint"] == {reading: spans}


def test_a_tiled_site_has_equal_bytes_and_differs_in_its_map_only(islands_atlas):
    made = site_files({"en": islands_atlas}, tiles=True)
    assert site_files({"en": islands_atlas}, tiles=True) == made
    whole = site_files({"en": islands_atlas})
    own = {path for path in made if path.startswith(("assets/tiles.", "assets/parts-en."))}
    assert {path for path in made.keys() - own if path not in whole} == {
        path for path in made if path.startswith("assets/data-en.")
    }
    pages = {path for path in whole if path.endswith(".html")} - {"index.html", "embed.html"}
    assert all(made[path] == whole[path] for path in pages)


def test_languages_of_a_site_share_their_tiles(islands_atlas, two_islands):
    french = open_atlas(two_islands, "fr")
    made = site_files({"en": islands_atlas, "fr": french}, tiles=True)
    assert len({path.split("/")[1] for path in made if path.startswith("assets/tiles.")}) == 1
    (data,) = (held for path, held in made.items() if path.startswith("assets/data-fr."))
    folder = next(path for path in made if path.startswith("assets/parts-fr.")).split("/")[1]
    assert f'"parts":"../assets/{folder}/"' in data.decode()
