import pytest

from maps.errors import UnknownId
from maps.words.search import EventSearch, find, regions_called, regions_named


def found(atlas, wanted):
    search = EventSearch.of(atlas, wanted)
    return [e.id for e in atlas.events if search.match(atlas, e, "en") is not None]


def named(atlas, wanted):
    return [(name.form, name.shown) for name in regions_named(atlas, wanted, "en") if name.is_told]


@pytest.mark.parametrize(
    ("wanted", "form", "shown"),
    [
        ("Qarvachar", "Qarvachar", "Kalbajar / Karvachar"),
        ("Xankəndi", "Xankəndi", "Khankendi / Stepanakert"),
        ("xankendi", "Xankəndi", "Khankendi / Stepanakert"),
        ("Шуша", "Шуша", "Shusha / Shushi"),
        ("ՇՈՒՇԻ", "Շուշի", "Shusha / Shushi"),
        ("susa", "Şuşa", "Shusha / Shushi"),
    ],
)
def test_a_region_is_found_by_a_name_of_any_language_and_it_is_told_which(
    shipped_atlas, wanted, form, shown
):
    assert named(shipped_atlas, wanted)[0] == (form, shown)


def test_the_name_that_is_shown_needs_no_telling(islands_atlas):
    names = regions_named(islands_atlas, "strait SHIRE", "en")
    assert [(name.region_id, name.is_told) for name in names] == [
        ("strait-shire", False),
        ("cu-shire", False),
    ]


def test_those_called_exactly_so_come_first(islands_atlas):
    names = regions_named(islands_atlas, "east isle", "en")
    assert [name.region_id for name in names] == ["east-isle", "cu-east"]


@pytest.mark.parametrize("wanted", ["", "  ", "nowhere", "Strait Nowhere"])
def test_no_name_finds_no_region(islands_atlas, wanted):
    assert regions_named(islands_atlas, wanted, "en") == []


def test_a_region_is_called_by_id_or_whole_name_only(islands_atlas):
    def ids(asked):
        return [
            n.region_id for n in regions_called(islands_atlas, asked, "en", islands_atlas.regions)
        ]

    assert ids("west-isle") == ["west-isle"]
    assert ids("ile de l'ouest") == ["west-isle", "cu-west"]
    with pytest.raises(UnknownId, match="no region 'Narrows' in the atlas; try strait-shire"):
        ids("Narrows")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("1 June 1950", ["A01"]),
        ("juin 1950", ["A01"]),
        ("20 March 1960", ["A02"]),  # the day another source gives
        ("1973", ["X01"]),  # within its days
        ("ferry 1973", ["X01"]),
        ("landing 1973", []),
        ("5 March 1960", []),  # not the 15th
        ("CÔMTE du detroit", ["A01", "A02", "X02"]),  # by the French name of the shire
        ("narrows 1960", ["A02"]),
        ("a02", ["A02"]),
        ("", ["A01", "A02", "X01", "X02"]),
    ],
)
def test_events_are_found_by_words_names_and_dates(islands_atlas, wanted, ids):
    assert found(islands_atlas, wanted) == ids


def test_an_event_found_by_a_name_it_does_not_show_tells_it(islands_atlas):
    search = EventSearch.of(islands_atlas, "comte 1960")
    by_id = {event.id: event for event in islands_atlas.events}
    (name,) = search.match(islands_atlas, by_id["A02"], "en")
    assert (name.form, name.shown) == ("Comté du Détroit", "Strait Shire")


@pytest.mark.parametrize("wanted", ["5 July 1921", "July 5, 1921", "5 июля 1921", "05.07.1921"])
def test_the_day_of_the_decision_of_1921_is_found(shipped_atlas, wanted):
    assert "A15" in found(shipped_atlas, wanted)


def test_one_search_finds_days_places_questions_events_and_sources(islands_atlas):
    held = find(islands_atlas, "landing", "en")
    assert [point.id for point in held.points] == ["C1"]
    assert "A02" in [event.id for event in held.events]
    assert find(islands_atlas, "strait", "en").regions[0].region_id == "strait-shire"
    assert "W01" in [source.id for source in find(islands_atlas, "w01", "en").sources]
    assert not find(islands_atlas, "xyzzy", "en")


@pytest.mark.parametrize("written", ["15 March 1960", "1960-03-15", "15.3.1960"])
def test_a_day_written_any_way_is_found_with_the_question_about_it(islands_atlas, written):
    held = find(islands_atlas, written, "en")
    assert held.day.isoformat() == "1960-03-15"
    assert [point.id for point in held.points] == ["C1"]


def test_a_day_outside_the_atlas_is_no_way(islands_atlas):
    assert find(islands_atlas, "5 July 1621", "en").day is None
