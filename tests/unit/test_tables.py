"""A table is declared once, beside the fields of its record; everything else follows."""

import gc
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Annotated

import pytest

from data.planting import cell, edited_json, text
from maps.atlas.assemble import open_atlas, records_of
from maps.atlas.check import check_tables
from maps.atlas.check.columns import check_table
from maps.atlas.check.inventory import take_inventory
from maps.atlas.describe import document, resource, with_tables
from maps.atlas.load import Row, Table, load_tables
from maps.atlas.model.columns import Column, Text, columns_of
from maps.atlas.translations import Speech
from maps.cache import nothing_collected

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Lighthouse:
    """A light on a coast."""

    id: Annotated[str, Column(kind="id", required=True)]
    name: Annotated[str, Text("lighthouse.{}")]
    region_id: Annotated[str, Column(required=True, refers="regions")]


@dataclass(frozen=True)
class LighthouseWithHeight(Lighthouse):
    """The same with one line more."""

    height_m: Annotated[float, Column("above the sea", required=True, limit=300)]


def a_table(*columns: str, **cells: str) -> Table:
    return Table(
        "lighthouses.csv",
        columns,
        (Row("lighthouses.csv", 2, columns, [cells.get(c, "") for c in columns]),),
        readable=True,
    )


@pytest.fixture(scope="module")
def inventory(two_islands):
    return take_inventory(load_tables(two_islands), settings_whole=True)


def test_a_column_is_added_in_one_line(inventory):
    tall = a_table("id", "region_id", "height_m", id="L1", region_id="west-isle", height_m="31.5")
    # before that line it is a column too many
    (before,) = check_table(inventory, tall, columns_of(Lighthouse))
    assert (before.rule, before.field) == ("column-unknown", "height_m")
    # the check
    columns = columns_of(LighthouseWithHeight)
    assert list(check_table(inventory, tall, columns)) == []
    wrong = a_table("id", "region_id", "height_m", id="L1", region_id="west-isle", height_m="31 m")
    assert [str(p) for p in check_table(inventory, wrong, columns)] == [
        "lighthouses.csv row 2 (L1) height_m: '31 m' is no number; write it as 1041 or 39.818"
    ]
    # the record
    texts = Speech("en", by_key={"lighthouse.L1": "Old Light"})
    (made,) = records_of(LighthouseWithHeight, tall.rows, texts)
    assert made == LighthouseWithHeight("L1", "Old Light", "west-isle", 31.5)
    # the descriptor
    fields = resource("lighthouses", LighthouseWithHeight)["schema"]["fields"]
    assert fields[:-1] == resource("lighthouses", Lighthouse)["schema"]["fields"]
    assert fields[-1] == {
        "name": "height_m",
        "type": "number",
        "constraints": {"required": True, "minimum": -300, "maximum": 300},
    }
    # the document
    line = "| `height_m` | **needed**: a number from -300 to 300 | above the sea |"
    assert line in document("lighthouses.csv", LighthouseWithHeight).splitlines()


def test_the_tables_of_the_data_model_are_up_to_date():
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    assert with_tables(page) == page, "run `python -m maps.build --columns`"
    assert page.count("### regions.csv") == 1


def former_name(folder: Path) -> None:
    text("regions.csv", "source_says", "article_says")(folder)
    edited_json("datapackage.json", _rename)(folder)


def _rename(package):
    regions = next(r for r in package["resources"] if r["path"] == "regions.csv")
    field = next(f for f in regions["schema"]["fields"] if f["name"] == "source_says")
    field["name"] = "article_says"


def test_a_header_may_have_the_former_name_of_a_column(two_islands, islands_atlas, tmp_path):
    folder = copytree(two_islands, tmp_path / "atlas")
    former_name(folder)
    assert check_tables(load_tables(folder)) == []
    assert open_atlas(folder).regions == islands_atlas.regions
    assert islands_atlas.regions["strait-shire"].source_says


def test_a_problem_names_the_column_as_the_header_does(two_islands, tmp_path):
    folder = copytree(two_islands, tmp_path / "atlas")
    former_name(folder)
    cell("regions.csv", 2, "article_says", "An occupied isle.")(folder)
    assert [(p.file, p.row, p.field, p.rule) for p in check_tables(load_tables(folder))] == [
        ("regions.csv", 2, "article_says", "loaded-word")
    ]


def test_both_names_of_a_column_are_one_too_many(two_islands, tmp_path):
    folder = copytree(two_islands, tmp_path / "atlas")
    text("regions.csv", "source_says", "source_says,article_says")(folder)
    found = {(p.field, p.rule) for p in check_tables(load_tables(folder)) if p.row == 1}
    assert ("article_says", "column-unknown") in found


def test_the_collector_runs_again_once_an_atlas_is_read(two_islands):
    assert gc.isenabled()
    load_tables(two_islands)
    assert gc.isenabled()
    with nothing_collected():
        load_tables(two_islands)
        assert not gc.isenabled()
