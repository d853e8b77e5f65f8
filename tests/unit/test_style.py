import math
import re
from collections import defaultdict
from itertools import combinations

import pytest
from coloraide import Color

from maps.atlas.model import DIMENSIONS, NOT_KNOWN, PRECISIONS, Layer
from maps.day.areas import area_rows
from maps.day.reading import readings
from maps.looks import style
from maps.looks.paint import LegendEntry, contested, in_order, line_entries, striped, unit_entry
from maps.looks.style import oklch_hex
from maps.looks.texture import FILL_OPACITY, TEXTURES, Band, Look
from maps.map.files import COLOUR_STYLES
from maps.words.i18n import texts

# Side by side 0.02 in OKLab is just noticed; on a map, apart from each other,
# colours have to differ by several times that.
SMALLEST_DIFFERENCE = 0.05
# A republic keeps nearly the hue it had as an SSR, also while statements on both are in force.
SUCCESSORS = {("armenia", "armenia-ssr"), ("azerbaijan", "azerbaijan-ssr")}


# How eyes without one kind of cones see a colour: Machado, Oliveira and Fernandes 2009.
VISIONS = ("normal", "protan", "deutan", "tritan")
# The land below, on paper and by day, and as the style sheet of the map has it by night.
_BY_NIGHT = re.findall(r"--land: (#\w+);", COLOUR_STYLES.read_text(encoding="utf-8"))[1]
GROUNDS = {"day": style.LAND, "night": _BY_NIGHT}


def seen_by(colour, vision):
    if vision == "normal":
        return Color(colour)
    return Color(colour).filter(vision, method="machado")


def smallest_difference(colours, vision):
    """Find the two colours an eye can tell apart least, and their distance in OKLab."""
    found = (
        (seen_by(one, vision).distance(seen_by(other, vision), space="oklab"), one, other)
        for one, other in combinations(colours, 2)
    )
    return min(found, default=(math.inf, "", ""))


def laid_over(colour, ground, opacity):
    """Give the colour of a translucent area over a ground, mixed in sRGB as browsers do."""
    return Color.layer([Color(colour).set("alpha", opacity), ground], space="srgb").to_string(
        hex=True
    )


@pytest.mark.parametrize("lightness", [0.2, 0.5, 0.75, 0.95])
@pytest.mark.parametrize("chroma", [0.0, 0.05, 0.1, 0.3])  # the last is beyond what sRGB shows
def test_a_colour_is_what_another_library_makes_of_it(lightness, chroma):
    for hue in range(0, 360, 15):
        other = Color("oklch", [lightness, chroma, hue]).convert("srgb").clip()
        assert oklch_hex(lightness, chroma, hue) == other.to_string(hex=True, compress=False)


@pytest.mark.parametrize(
    "tone", [style.STROKE_TONE, style.TEXT_TONE, *style.DIMENSION_TONES.values()]
)
def test_no_hue_is_clipped_so_none_is_duller_than_another(tone):
    assert all(Color("oklch", [*tone, hue]).in_gamut("srgb", tolerance=1e-4) for hue in range(360))


@pytest.mark.parametrize("hue", range(0, 360, 15))
def test_letters_in_every_hue_can_be_read_on_paper(hue):
    text = Color(style.colours(hue).text)
    assert text.contrast(style.PAPER, method="wcag21") >= 4.5  # WCAG 2.1 AA


@pytest.mark.parametrize("name", ["INK", "MUTED_INK"])
def test_ink_can_be_read_on_paper(name):
    assert Color(getattr(style, name)).contrast(style.PAPER, method="wcag21") >= 4.5


def test_red_and_green_are_closer_to_an_eye_without_green_cones():
    red_green = ("#c05050", "#508a30")
    normal, *_ = smallest_difference(red_green, "normal")
    deutan, *_ = smallest_difference(red_green, "deutan")
    assert deutan < normal / 2


def test_the_less_precise_a_line_the_more_broken():
    assert [style.line(precision).dash for precision in PRECISIONS] == ["", "7 4", "2 4"]
    assert style.line("schematic").dash_pattern == (2.0, 4.0)
    assert style.line("no such") == style.line("schematic")


def test_a_legend_names_holders_stripes_layers_and_lines_in_order():
    spoken = texts("en")
    shires = Layer("shires", "Shires", 200, 2)
    both = Look((Band("#a02020"), Band("#2020a0")))
    found = in_order(
        [
            *line_entries(["schematic", "adapted"], spoken),
            unit_entry(shires, outline=True),
            unit_entry(shires, outline=False),
            unit_entry(Layer("isles", "Isles", None, 1), outline=False),
            contested(spoken),
            striped(both, spoken),
            striped(Look((Band("#000000"), Band("#ffffff"))), spoken),
            LegendEntry("said", "b", "B", rank=2),
            LegendEntry("said", "a", "A", rank=0),
        ]
    )
    assert [entry.label for entry in found] == [
        "A",
        "B",
        "Striped: statements differ or stand side by side",
        "Isles",
        "Shires",
        "Striped: contested area",
        "Adapted from a published outline",
        "Schematic",
    ]
    assert found[2].look == both, "the first is the sample"
    assert [len(entry.look.bands) for entry in found[3:5]] == [0, 1], "in colour if some are"


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("vision", VISIONS)
def test_holders_on_one_day_can_be_told_apart_by_every_eye(shipped_atlas, vision, ground):
    # Those of different days need not be: a republic keeps nearly the hue it had as an SSR.
    held_together = defaultdict(set)
    for row in area_rows(shipped_atlas):
        if row.polity_id != NOT_KNOWN:  # told by its texture, as the ruled from the others
            is_ruled = row.polity_id in shipped_atlas.settings.ruled
            held_together[row.day, is_ruled].add(row.polity_id)
    assert held_together
    for day, holders in held_together.items():
        hues = {polity: shipped_atlas.polities[polity].hue for polity in holders}
        as_painted = {
            laid_over(style.colours(hue).fill, GROUNDS[ground], FILL_OPACITY): polity
            for polity, hue in hues.items()
        }
        distance, one, other = smallest_difference(as_painted, vision)
        assert distance >= SMALLEST_DIFFERENCE, (day, as_painted[one], as_painted[other])


def test_no_colour_of_one_dimension_is_one_of_another(shipped_atlas):
    # Control and law of one polity, or a claim of one and a recognition of another, never
    # look alike: nobody is shown as the one owner.
    painted = defaultdict(set)
    for polity in shipped_atlas.polities.values():
        for dimension in style.DIMENSION_TONES:
            painted[style.dimension_colour(polity.hue, dimension)].add(dimension)
    assert set(style.DIMENSION_TONES) == set(DIMENSIONS)
    assert all(len(dimensions) == 1 for dimensions in painted.values()), painted


def test_control_has_the_colour_of_its_polity(shipped_atlas):
    for polity in shipped_atlas.polities.values():
        assert style.dimension_colour(polity.hue, "de-facto") == style.colours(polity.hue).fill


def test_dimensions_that_stand_side_by_side_have_textures_of_their_own():
    legal = [style.texture(dimension) for dimension in DIMENSIONS if dimension != "de-facto"]
    assert legal == ["solid", "lines", "dots", "dashes"]
    assert {style.texture(each, otherwise=True) for each in DIMENSIONS} == {"crosses"}
    assert {*legal, "crosses"} <= TEXTURES.keys()


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("vision", VISIONS)
def test_those_said_of_one_dimension_on_one_day_can_be_told_apart_by_every_eye(
    shipped_atlas, vision, ground
):
    said = defaultdict(set)
    for reading in (r for r in readings(shipped_atlas) if r.mode.colour_by == "legal"):
        for boundary in filter(reading.asks_of, shipped_atlas.boundaries):
            for day in reading.days_of_answer(shipped_atlas, boundary):
                for held in reading.answer(shipped_atlas, boundary, day).holdings:
                    said[day, held.dimension].add(held.polity_id)
    pairs = {
        (dimension, *pair)
        for (_, dimension), polities in said.items()
        for pair in combinations(sorted(polities), 2)
        if pair not in SUCCESSORS
    }
    assert pairs
    for dimension, *pair in pairs:
        opacity = TEXTURES[style.texture(dimension)].opacity
        hues = [shipped_atlas.polities[polity].hue for polity in pair]
        as_painted = [
            laid_over(style.dimension_colour(hue, dimension), GROUNDS[ground], opacity)
            for hue in hues
        ]
        distance, *_ = smallest_difference(as_painted, vision)
        assert distance >= SMALLEST_DIFFERENCE, (dimension, pair)
