"""What the rules of neutrality leave alone, and what may be missing."""

import re
from shutil import rmtree

import pytest

from data.faults_in_neutrality import (
    A_LANDING_BY_FORCE,
    A_ZONE_ACROSS_THE_SHIRE,
    CHRONICLE_IS_THE_WORK,
    CITED_FROM_THE_WORK,
    quoted,
)
from data.planting import (
    cell,
    edited_json,
    extra_row,
    geometry,
    no_column,
    properties,
    ring,
    text,
    together,
)
from maps.atlas.assemble import open_atlas
from maps.atlas.check import check_tables, find_faults
from maps.atlas.load import load_tables
from maps.atlas.model.tables import OPTIONAL_TABLES

pytestmark = pytest.mark.slow

WHOLE_EAST_ISLE = ring((22, 0), (24, 0), (24, 1), (22, 1))
COLOURED_ISLES = text("atlas.toml", "hue = -1\norder = 1", "hue = 100\norder = 1")
LATER_COLUMNS = [
    ("regions", "shown_on"),
    ("citations", "account_id"),
    ("citations", "event_date_id"),
    ("figures", "numerator"),
    ("figures", "denominator"),
]


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(plant, id=name)
        for name, plant in {
            "a contested event with an account of each side": cell(
                "events.csv", 4, "contested", "true"
            ),
            "an account that says for how long": together(
                cell("accounts.csv", 8, "start", "1972"), cell("accounts.csv", 8, "end", "1974~")
            ),
            "a zone marked as contested": together(
                A_ZONE_ACROSS_THE_SHIRE, cell("statuses.csv", 2, "certainty", "contested")
            ),
            "a share rounded to whole percents": cell("figures.csv", 3, "value", "50.5"),
            "a share of which one part is not known": cell("figures.csv", 3, "denominator", ""),
            "a loaded word in quotation marks": cell(
                "accounts.csv", 3, "note", "The page says “occupied” and «liberated»."
            ),
            "a loaded word in the words of others": together(
                cell("citations.csv", 23, "quote", "The occupied shire"),
                cell("citations.csv", 23, "quote_lang", "en"),
                text("stories/isles.toml", "The shire shall stand", "The occupied shire stands"),
                cell("events.csv", 2, "place_as_printed", "the liberated harbour"),
                cell("names.csv", 8, "form", "The Occupied Narrows"),
            ),
            "a word of another language's list": text(
                "text/fr.csv", "Grève des passeurs", "Une liberation"
            ),
            "two names in the order of the alphabet, and one where they are alike": together(
                cell("names.csv", 4, "form", "Éast Isle / Sunrise / sunset"),
                cell("names.csv", 13, "form", "East Isle / Sunrise, without the shire"),
            ),
            "a page with a DOI of which no one says when it was read": edited_json(
                "sources.json",
                lambda items: items[2].pop("accessed") and items[2].update(DOI="10.1000/182"),
            ),
            "a claim from a day of force on that cites a treaty": together(
                A_LANDING_BY_FORCE,
                edited_json("sources.json", lambda items: items[2].update(type="treaty")),
            ),
            "a claim from an event that is more than force": together(
                A_LANDING_BY_FORCE, cell("events.csv", 3, "kinds", "military;decree")
            ),
            "a claim on other land on a day of force": together(
                A_LANDING_BY_FORCE,
                cell("statuses.csv", 5, "start_event_id", ""),
                cell("event_regions.csv", 4, "region_id", "west-isle"),
            ),
        }.items()
    ],
)
def test_no_problem_is_made_of(plant, atlas_copy):
    plant(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []


def test_a_required_side_may_be_heard_as_silent_or_not_found(atlas_copy):
    for stance in ("silent", "none-found"):
        cell("accounts.csv", 3, "stance", stance)(atlas_copy)
        assert check_tables(load_tables(atlas_copy)) == []


def test_a_stance_of_before_is_refused_with_the_word_to_write(atlas_copy):
    cell("accounts.csv", 8, "stance", "denies")(atlas_copy)
    (told,) = find_faults(load_tables(atlas_copy))
    assert str(told).endswith("stance: 'denies' is a word of before; write 'says-otherwise'")


def test_a_main_work_is_quoted_for_what_it_says_not_for_its_silence(atlas_copy):
    CHRONICLE_IS_THE_WORK(atlas_copy)
    told = check_tables(load_tables(atlas_copy))
    assert {problem.rule for problem in told} == {"unquoted"}
    assert len(told) == len(CITED_FROM_THE_WORK)
    assert str(told[0]) == (
        "accounts.csv row 2 (c1-chronicle) id: is told by 'chronicle' without the words it rests "
        "on; add them as quote to a citation of S00 with this account_id in citations.csv"
    )
    quoted(*CITED_FROM_THE_WORK)(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []  # x01-chronicle is silent


def test_without_sides_no_side_is_asked_for(atlas_copy):
    settings = atlas_copy / "atlas.toml"
    without = re.sub(r"\[\[sides\]\]\n.*\n.*\n|side = .*\n", "", settings.read_text("utf-8"))
    settings.write_text(without, encoding="utf-8")
    for lang in ("en", "fr"):
        texts = atlas_copy / f"text/{lang}.csv"
        kept = [line for line in texts.read_text("utf-8").splitlines() if line[:5] != "side."]
        texts.write_text("\n".join(kept), encoding="utf-8")
    cell("events.csv", 5, "contested", "true")(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []


@pytest.mark.parametrize("layer", ["isles", "shires"])
def test_a_unit_inside_the_one_it_is_part_of_is_no_overlap(layer, atlas_copy):
    properties("boundaries/shires.geojson", 1, contested=False)(atlas_copy)
    geometry("boundaries/isles.geojson", 3, WHOLE_EAST_ISLE)(atlas_copy)
    COLOURED_ISLES(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []
    cell("regions.csv", 4, "part_of", "west-isle")(atlas_copy)
    overlaps = check_tables(load_tables(atlas_copy))
    assert [(p.file, p.row, p.rule) for p in overlaps] == [
        ("boundaries/shires.geojson", 1, "boundary-overlap")
    ]
    # One contested line excuses the pair, whichever of the two it is.
    position = {"isles": 3, "shires": 1}[layer]
    properties(f"boundaries/{layer}.geojson", position, contested=True)(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []


def test_layers_that_no_mode_colours_together_may_overlap(atlas_copy):
    properties("boundaries/shires.geojson", 1, contested=False)(atlas_copy)
    geometry("boundaries/isles.geojson", 3, WHOLE_EAST_ISLE)(atlas_copy)
    cell("regions.csv", 4, "part_of", "west-isle")(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []  # the isles are outlines
    # In a legal mode every unit is a line, whatever the hue of its layer.
    COLOURED_ISLES(atlas_copy)
    text("atlas.toml", '["isles", "shires"]', '["shires"]')(atlas_copy)
    text("atlas.toml", '["isles", "control"]', '["isles", "shires", "control"]')(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []


def test_an_atlas_of_the_former_form_opens(atlas_copy):
    rmtree(atlas_copy / "stories")
    for name in OPTIONAL_TABLES:
        (atlas_copy / f"{name}.csv").unlink()
    citations = atlas_copy / "citations.csv"
    lines = citations.read_text(encoding="utf-8").splitlines(keepends=True)
    citations.write_text("".join(lines[:18] + lines[25:]), encoding="utf-8")
    for table, column in LATER_COLUMNS:
        no_column(f"{table}.csv", column)(atlas_copy)
    cell("events.csv", 3, "contested", "false")(atlas_copy)
    for lang in ("en", "fr"):
        texts = atlas_copy / f"text/{lang}.csv"
        old = texts.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in old if not re.match(r"(point|account|chain)\.", line)]
        texts.write_text("".join(kept), encoding="utf-8")
    edited_json("datapackage.json", _former_schemas)(atlas_copy)
    assert check_tables(load_tables(atlas_copy)) == []
    assert open_atlas(atlas_copy).accounts == ()


def _former_schemas(package):
    optional = {f"{name}.csv" for name in OPTIONAL_TABLES}
    package["resources"] = [r for r in package["resources"] if r["path"] not in optional]
    for resource in package["resources"]:
        gone = {column for table, column in LATER_COLUMNS if f"{table}.csv" == resource["path"]}
        if gone:
            schema = resource["schema"]
            schema["fields"] = [f for f in schema["fields"] if f["name"] not in gone]
            keys = schema["foreignKeys"]
            schema["foreignKeys"] = [key for key in keys if not gone.intersection(key["fields"])]


def test_a_table_left_out_holds_nothing_to_refer_to(atlas_copy):
    (atlas_copy / "points.csv").unlink()
    problems = find_faults(load_tables(atlas_copy))
    unknown = {(p.file, p.row, p.field) for p in problems if p.rule == "reference-unknown"}
    assert ("point_subjects.csv", 2, "point_id") in unknown
    assert ("accounts.csv", 2, "point_id") in unknown


def test_a_message_names_the_words_and_what_would_do(atlas_copy):
    extra_row("polities.csv", id="north", hue="1", note="Re-occupied, then LIBERATED.")(atlas_copy)
    for lang in ("en", "fr"):
        extra_row(f"text/{lang}.csv", key="polity.north", text="North")(atlas_copy)
    assert [str(problem) for problem in check_tables(load_tables(atlas_copy))] == [
        "polities.csv row 4 (north) note: 'occupied', 'liberated' in our own voice; put it in "
        "quotation marks with the one who says it, or use a word that takes no side "
        "(CONTRIBUTING.md)"
    ]


def test_a_perspective_of_a_source_that_is_no_text_is_a_problem_beside_our_own_voice(atlas_copy):
    text("atlas.toml", 'side = "chronicle"', 'side = "chronicle"\nown_voice = true')(atlas_copy)
    edited_json("sources.json", lambda items: items[0]["custom"].update(perspective=["west"]))(
        atlas_copy
    )
    problems = check_tables(load_tables(atlas_copy))
    assert ("custom.perspective", "csl-missing") in {(p.field, p.rule) for p in problems}
