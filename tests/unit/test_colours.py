"""The colours of the page and the map, by day and by night, from the style sheet itself."""

import re
import tomllib
from itertools import product

import pytest
from coloraide import Color

from maps.cli.serve import app_file
from maps.looks import style
from maps.map.files import COLOUR_STYLES

READABLE = 4.5  # WCAG 2.2, 1.4.3 (AA), letters of any size
SEEN = 3.0  # 1.4.11: what marks a control
THEMES = ("light", "dark")
NAMES = ("region", "state", "country", "sea", "town")


def declared(theme):
    """Give the colours of a theme by name, as the style sheet declares them."""
    by_day, by_night = re.findall(r":root \{(.*?)\}", COLOUR_STYLES.read_text(), re.DOTALL)
    found = dict(re.findall(r"--([\w-]+): ([^;]+);", by_day))
    if theme == "dark":
        found |= dict(re.findall(r"--([\w-]+): ([^;]+);", by_night))
    return found


@pytest.fixture(params=THEMES)
def theme(request):
    return request.param


@pytest.fixture
def colours(theme):
    return declared(theme)


def contrast(one, other):
    return Color(one).contrast(other, method="wcag21")


def over(colour, ground):
    return Color.layer([colour, ground], space="srgb").to_string(hex=True)


@pytest.mark.parametrize("name", NAMES)
def test_names_on_the_map_can_be_read_on_their_ground_and_on_their_halo(colours, name):
    ground = "water" if name == "sea" else "land"
    written = colours[f"name-{name}"]
    for below in (colours[ground], over(colours["halo"], colours[ground])):
        assert contrast(written, below) >= READABLE, below


def test_names_on_the_map_can_be_read_on_the_halo_over_every_holder(colours, shipped_atlas):
    fills = {style.colours(polity.hue).fill for polity in shipped_atlas.polities.values()}
    for name, fill in product(NAMES, fills):
        halo = over(colours["halo"], fill)
        assert contrast(colours[f"name-{name}"], halo) >= READABLE, (name, fill)


@pytest.mark.parametrize("ground", ["paper", "card", "raised", "hover", "mark", "tint"])
def test_letters_can_be_read_on_every_ground_of_the_page(colours, ground):
    letters = ("ink",) if ground == "tint" else ("ink", "quiet", "accent", "focus")
    for name in letters:
        assert contrast(colours[name], colours[ground]) >= READABLE, name


@pytest.mark.parametrize("pair", [("noted", "note"), ("card", "ink")])
def test_what_is_turned_round_can_be_read(colours, pair):
    letters, ground = (colours[name] for name in pair)
    assert contrast(letters, over(ground, colours["water"])) >= READABLE


@pytest.mark.parametrize("ground", ["paper", "card"])
def test_edges_of_controls_and_the_focus_are_seen(colours, ground):
    for name in ("line", "focus", "dot"):
        assert contrast(colours[name], colours[ground]) >= SEEN, name
    assert contrast(colours["press"], "#fdfaf3") >= READABLE  # the letters on a button


def test_the_day_on_the_map_is_the_day_on_paper():
    by_day = declared("light")
    assert by_day["land"] == style.LAND
    assert by_day["water"] == style.WATER
    assert by_day["shore"] == style.RIVER
    assert by_day["border"] == style.MUTED_INK


def test_streamlit_has_the_colours_of_the_style_sheet(theme, colours):
    folder = app_file().parent / ".streamlit"
    own = tomllib.loads((folder / "config.toml").read_text())["theme"][theme]
    assert own == {
        "primaryColor": colours["accent"],
        "backgroundColor": colours["paper"],
        "secondaryBackgroundColor": colours["card"],
        "textColor": colours["ink"],
        "linkColor": colours["accent"],
        "borderColor": colours["hair"],
    }


def test_night_changes_every_colour_of_the_day_that_is_a_ground_or_letters():
    by_day, by_night = declared("light"), declared("dark")
    same = {name for name in by_day if by_day[name] == by_night[name]}
    assert same == {"line"}
