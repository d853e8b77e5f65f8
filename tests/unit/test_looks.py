"""What is painted is decided once: map, sheet and cards show the same looks in the same words."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

import numpy as np
import pytest
import shapely

from maps.atlas.model import DIMENSIONS, Date
from maps.cards.region import region_card
from maps.day.control import Holding
from maps.day.reading import reading_of
from maps.day.view import shown_on
from maps.looks.paint import Looks, holding_look, looks_of
from maps.looks.texture import MM_PER_PX, TEXTURES, Band, Look
from maps.map.payload import map_payload
from maps.sheet.paint import Piece, fill, filling_of, samples
from maps.sheet.sheet import Rect, Sheet
from unit.test_export_legal import pixels

NEXT_DAY = Date(1960, 3, 16)
STRIPED = "Striped: statements differ or stand side by side"


def shared(atlas):
    """The shire held by both, as two tellers have it."""
    claimed = next(s for s in atlas.statuses if s.id == "shire-claimed-by-east")
    second = replace(claimed, id="second", dimension="de-facto")
    return replace(atlas, statuses=(*atlas.statuses, second))


def in_legend(payload, key):
    return [payload["legend"][place]["label"] for place in payload["fills"][key]["legend"]]


def labels_on_paper(atlas, mode, day=NEXT_DAY):
    shown = shown_on(atlas, day, mode=mode, lang="en")
    pieces = [Piece(listed, shapely.Point()) for listed in shown.boundaries]
    return [sample.label for sample in samples(shown, pieces, has_events=False)]


def labels_on_the_map(payload, reading, day=NEXT_DAY):
    """What `legend.js` lists: the first entry about each thing, in order."""
    found = {}
    for spans, boundary in zip(payload["paint"][reading], payload["boundaries"], strict=True):
        for start, end, key in spans or ():
            if start <= day.toordinal() and (end is None or day.toordinal() < end):
                places = [*payload["fills"][key]["legend"]]
                places.append(payload["precisions"][boundary["p"]]["legend"])
                found |= dict.fromkeys(places)
    entries = sorted((payload["legend"][place] for place in found), key=lambda e: e["place"])
    return list({entry["about"]: entry["label"] for entry in reversed(entries)}.values())[::-1]


def test_a_region_card_paints_each_dimension_as_the_map_does(islands_atlas):
    told = next(s for s in islands_atlas.statuses if s.id == "shire-claimed-by-west")
    statuses = tuple(replace(told, id=name, dimension=name) for name in DIMENSIONS)
    atlas = replace(islands_atlas, statuses=statuses, accounts=())
    card = region_card(atlas, atlas.regions["strait-shire"], NEXT_DAY, "en")
    parts = card.split('class="mc-status"')[1:]
    assert len(parts) == len(DIMENSIONS)
    seen = set()
    for dimension, part in zip(DIMENSIONS, parts, strict=True):
        look = holding_look(atlas, Holding(dimension, told.polity_id))
        (painted,) = re.findall(r'class="mc-swatch" style="([^"]*)"', part)
        assert unescape(painted) == f"background:{look.css}", dimension
        seen.add(painted)
    assert len(seen) == len(DIMENSIONS)


def test_the_map_explains_the_stripes_of_a_contested_unit(islands_atlas):
    payload = map_payload(islands_atlas)
    assert "layer:shires:contested" in {
        span[2] for spans in payload["paint"]["units"] for span in spans or ()
    }
    assert in_legend(payload, "layer:shires:contested") == ["Shires", "Striped: contested area"]


def test_shared_control_is_said_and_banded_on_paper_as_on_the_map(islands_atlas):
    atlas = shared(islands_atlas)
    payload = map_payload(atlas)
    key = "de-facto:west-realm+de-facto:east-league"
    assert in_legend(payload, key) == ["West Realm", "East League", STRIPED]
    assert STRIPED in labels_on_paper(atlas, "control")
    shown = shown_on(atlas, NEXT_DAY, mode="control", lang="en")
    (piece,) = (b for b in shown.boundaries if b.boundary.id == "cu-shire-1900")
    look = filling_of(shown, piece)
    assert look.band_px == payload["fills"][key]["px"]
    assert band_mm(look) == pytest.approx(look.band_px * MM_PER_PX, rel=0.03)


def band_mm(look):
    """The width of the bands of a look of two, measured across them on paper."""
    sheet, dpi = Sheet(60, 60), 300
    fill(sheet, [shapely.box(5, 5, 55, 55)], look, Rect(5, 5, 50, 50))
    drawn = pixels(sheet.save("png", dpi, {}))
    row = drawn[len(drawn) // 2, dpi // 5 : -dpi // 5, 0]
    turns = np.flatnonzero(np.diff((row > (row.min() + row.max()) / 2).astype(int)))
    return float(np.diff(turns[1:-1]).mean()) / dpi * 25.4 / np.sqrt(2)


@pytest.mark.parametrize("mode", ["units", "control", "legal"])
def test_map_and_sheet_list_the_same(islands_atlas, mode):
    atlas = shared(islands_atlas)
    reading = reading_of(atlas, mode).id
    on_paper = labels_on_paper(atlas, mode)
    assert len(on_paper) > 3
    on_map = labels_on_the_map(map_payload(atlas), reading)
    assert on_map == [label for label in on_paper if not label.startswith("Whose statements")]


def test_what_a_boundary_is_painted_on_a_day_is_in_its_spans(islands_atlas):
    for mode in ("units", "control", "legal"):
        shown = shown_on(islands_atlas, NEXT_DAY, mode=mode, lang="en")
        looks = Looks(islands_atlas, shown.reading, "en")
        for listed in shown.boundaries:
            (span,) = (
                span
                for span in looks.spans(listed.boundary)
                if span.start <= NEXT_DAY and (span.end is None or span.end > NEXT_DAY)
            )
            assert span.fill == looks_of(shown).fill_on(listed.boundary, NEXT_DAY)


@pytest.mark.parametrize("texture", sorted(TEXTURES.keys() - {"solid", "nothing"}))
def test_a_card_draws_the_marks_of_the_texture(texture):
    tile = unquote(Look((Band("#204060", texture),)).css)
    assert tile.count("<path ") == len(TEXTURES[texture].marks)
    for mark in TEXTURES[texture].marks:
        assert f'stroke-width="{10 * mark.width:g}"' in tile
    assert 'patternTransform="rotate(45)"' in tile
