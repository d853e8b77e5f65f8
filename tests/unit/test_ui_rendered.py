"""A part of the page is made once for all who look at the same."""

from dataclasses import replace

from maps.ui.opening import rendered

made = []


def part(atlas, name, lang):
    made.append((atlas.digest, name, lang))
    return f"{name} {lang}"


def test_a_part_is_made_once_for_an_atlas_and_a_view(islands_atlas):
    made.clear()
    assert rendered(part, islands_atlas, "north", "en") == "north en"
    assert rendered(part, islands_atlas, "north", "en") == "north en"
    assert made == [(islands_atlas.digest, "north", "en")]


def test_another_view_and_another_atlas_have_their_own(islands_atlas):
    made.clear()
    assert rendered(part, islands_atlas, "south", "en") == "south en"
    assert rendered(part, islands_atlas, "south", "de") == "south de"
    rendered(part, replace(islands_atlas, digest="other"), "south", "en")
    assert [(digest == islands_atlas.digest, lang) for digest, _, lang in made] == [
        (True, "en"),
        (True, "de"),
        (False, "en"),
    ]
