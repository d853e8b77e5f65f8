"""Pictures of a published site: the map of a day, and one for each page that is shared."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from kit import SITE
from maps.atlas.model import Date, Timespan
from maps.publish import edition, site_files
from maps.publish.edition import MapView, Views
from maps.publish.painter import Painter, in_few_colours, proportions
from maps.publish.pictures import _TITLES, Said, _Words, composed, map_width
from maps.sheet.typeset import Face, drawable

pytestmark = pytest.mark.slow

SHARED = {
    "events/A01", "events/A02", "events/X01", "events/X02", "index", "points", "stories/isles",
}  # fmt: skip
SHIRE, LANDING = Date(1950, 6, 1), Date(1960, 3, 15)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_view_of_an_event_is_in_the_mode_whose_map_changes_with_it(islands_atlas):
    views = Views(islands_atlas).of_events
    assert views["A01"] == MapView("units", SHIRE, SHIRE)
    assert views["A02"] == MapView("control", LANDING, LANDING)
    # Nothing changes on the days of the strike: the first mode, as it has been since 1950.
    assert views["X01"] == MapView("units", Date(1972, 5, 1), SHIRE)


@pytest.mark.parametrize(
    ("start", "mode"),
    [
        (Date(1960, 1, 13), "control"),  # 62 days before the landing
        (Date(1960, 1, 12), "units"),  # 63
    ],
)
def test_a_change_many_months_into_an_event_is_not_its_doing(islands_atlas, start, mode):
    strike = next(event for event in islands_atlas.events if event.id == "X01")
    moved = replace(strike, span=Timespan(start, Date(1961, 1, 1)))
    view = Views(replace(islands_atlas, events=(moved,))).of_events["X01"]
    assert view.mode == mode


def test_every_event_story_and_the_front_page_has_a_picture_of_its_own(addressed_site):
    for folder in ("", "fr/"):
        made = {
            name.removeprefix(f"{folder}pictures/").removesuffix(".png"): held
            for name, held in addressed_site.items()
            if name.startswith(f"{folder}pictures/") and "/maps/" not in name
        }
        assert set(made) == SHARED
        assert len(set(made.values())) == len(SHARED)
        for held in made.values():
            picture = opened(held)
            assert (picture.size, picture.mode) == ((1200, 630), "P")
            assert len(held) <= 150_000


def test_events_of_an_atlas_of_many_days_have_no_picture_and_share_that_of_the_map(
    islands_atlas, monkeypatch
):
    monkeypatch.setattr(edition, "MOST_PICTURED", 1)
    atlas = replace(islands_atlas, stories={})
    own, made = Views(atlas), site_files({"en": atlas}, SITE)
    events = {id: view for id, view in own.of_events.items() if view.path not in made}
    assert events
    for id, view in events.items():
        page = made[f"events/{id}.html"].decode()
        assert "<img" not in page
        assert "pictures/index.png" in page
        assert f"day={view.day}" in page  # the way to the map is left
    assert own.opening.path in made
    assert not any(path.startswith("pictures/events/") for path in made)


def test_pictures_speak_the_language_of_their_pages(addressed_site):
    name = "pictures/events/A02.png"
    assert addressed_site[name] != addressed_site[f"fr/{name}"]


def test_pictures_of_the_shipped_atlas_are_light(shipped_atlas):
    # Its relief is what weighs; one event is enough to see it.
    few = replace(shipped_atlas, events=shipped_atlas.events[:1])
    made = site_files({"en": few}, SITE)
    assert max(len(held) for name, held in made.items() if name.startswith("pictures/")) <= 150_000


def test_a_long_title_is_set_smaller_and_leaves_who_says_so_alone():
    ground = in_few_colours(Image.new("RGB", (580, 630), "white"))
    short = Said("Two Isles", "15 March 1960", "Landing", "1 source", "Ada Reed")
    long = replace(short, title="Jabrayil, Fuzuli, Zangilan, Qubadli, Hadrut and Shusha " * 2)
    drawn = [np.asarray(composed(said, ground).convert("RGB")) for said in (short, long)]
    differs = np.nonzero((drawn[0] != drawn[1]).any(axis=(1, 2)))[0]
    # Above stand atlas and day, below the source: rows of pixels of their own.
    assert differs.min() > 90
    assert differs.max() < 630 - 36 - 2 * 30


@pytest.mark.parametrize(
    "text",
    ["Լեռնային Ղարաբաղ", "Dağlıq Qarabağ, Şuşa, ə", "Нагорный Карабах", "საქართველო", "قره‌باغ"],
)
@pytest.mark.parametrize("bold", [False, True])
def test_letters_of_the_scripts_around_are_all_there(text, bold):
    assert drawable(text, Face(12, bold=bold)) == text


def test_a_script_from_right_to_left_is_drawn():
    ground = in_few_colours(Image.new("RGB", (580, 630), "white"))
    empty = Said("", "", "", "")
    drawn = [
        np.asarray(composed(said, ground).convert("RGB"))
        for said in (empty, replace(empty, title="فرمان تشکیل منطقه خودمختار"))
    ]
    assert (drawn[0] != drawn[1]).any()


def test_the_mark_of_an_event_stands_at_its_place(islands_atlas):
    width = map_width(proportions(islands_atlas))
    painter = Painter(islands_atlas, "en", width / 10, 63)
    landing = next(event for event in islands_atlas.events if event.id == "A02")
    view = Views(islands_atlas).of_events["A02"]
    at = painter.place_of(view, landing)
    assert at is not None
    marked, plain = painter.map_of(view, landing), painter.map_of(view)
    spot = (round(at[0] * 10), 630 - round(at[1] * 10))
    assert max(marked.getpixel(spot)) < 60  # ink
    assert max(plain.getpixel(spot)) > 120
    strike = next(event for event in islands_atlas.events if event.id == "X01")
    assert painter.place_of(view, strike) is None


def test_an_atlas_wider_than_high_gives_the_map_more_room():
    assert (map_width(0.8), map_width(1.16), map_width(2.5)) == (540, 580, 660)


def test_each_step_of_a_story_has_the_map_it_asks_for(islands_atlas, addressed_site):
    first, second = islands_atlas.stories["isles"].steps
    views = Views(islands_atlas)
    assert views.of_step(first).path == "pictures/maps/units-1950-06-01-21.5_-0.5_24.5_1.5.png"
    # The second step shows all the ground: the picture is that of its event.
    assert views.of_step(second).path == views.of_events["A02"].path
    assert views.of_step(first).path in addressed_site


def test_a_step_on_legal_status_is_told_by_its_teller(islands_atlas):
    step = replace(islands_atlas.stories["isles"].steps[1], mode="legal", perspective="east-side")
    view = Views(islands_atlas).of_step(step)
    assert view.path.startswith("pictures/maps/legal-east-side-")
    painter = Painter(islands_atlas, "en", 66, 46, adds=True)
    # Bands and textures are explained below the map, which keeps its height.
    assert painter.key_of(view) != ()
    assert painter.map_of(view).height > 460


def test_names_without_end_leave_the_map_its_room(islands_atlas):
    polities = {
        id: replace(polity, name=polity.name * 400) for id, polity in islands_atlas.polities.items()
    }
    endless = replace(islands_atlas, polities=polities)
    view = Views(endless).of_events["A02"]
    painter = Painter(endless, "en", 58, 30)
    assert painter.map_of(view).size == (580, 300)
    assert all(label.endswith("…") for label in painter.key_of(view))
    words = composed(
        Said("Two Isles " * 200, "15 March 1960 " * 90, "Landing " * 300, "9 sources " * 90),
        in_few_colours(Image.new("RGB", (580, 630))),
    )
    assert words.size == (1200, 630)


def test_no_title_of_the_shipped_atlas_is_cut(shipped_atlas):
    words = _Words(1200 - 580 - 5)
    longest = max((event.title for event in shipped_atlas.events), key=len)
    # Between day and sources at their fullest: ten lines of them leave 205 pixels.
    assert words._fits(longest, _TITLES[-1], 205)
