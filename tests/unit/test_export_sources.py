"""The sources of a day: those that are cited, and no others, in forms other programs read."""

import json
import re
from pathlib import Path

import jsonschema
import latexcodec  # noqa: F401  registers the codec that reads LaTeX's letters
import pytest
from pybtex.database import parse_string

from kit import csv_rows, geojson
from maps.atlas.model import Date
from maps.export import export_bytes
from maps.words.cite import reference_text

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "fixtures" / "csl-json.schema.json").read_text("utf-8")
)
FORM = jsonschema.Draft202012Validator(SCHEMA)
LANDING, AFTER = Date(1960, 3, 15), Date(1960, 3, 16)
SHIPPED = [(Date(1921, 7, 5), "legal"), (Date(1994, 5, 12), "control"), (Date(1923, 7, 7), "units")]


def items(atlas, day, **wish):
    return json.loads(export_bytes(atlas, day, "csl", **wish))


def bib(atlas, day, **wish):
    return parse_string(export_bytes(atlas, day, "bib", **wish).decode(), "bibtex").entries


def named_in(value):
    """Find the ids of all sources in a JSON value, however deep."""
    if isinstance(value, list):
        return {id for part in value for id in named_in(part)}
    if not isinstance(value, dict):
        return set()
    own = {value["source"]} if isinstance(value.get("source"), str) else set()
    return own | {id for part in value.values() for id in named_in(part)}


def bare(text):
    """Give a field without LaTeX's escapes and the braces that keep letters as they are."""
    plain = text.encode().decode("ulatex+utf8") if "\\" in text else text
    return re.sub(r"[{}]", "", plain).strip()


@pytest.mark.parametrize("perspective", [None, "article"])
@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_whatever_the_data_of_the_day_cite_is_in_both_bibliographies(
    shipped_atlas, day, mode, perspective
):
    wish = {"mode": mode, "perspective": perspective}
    features = geojson(shipped_atlas, day, **wish)["features"]
    cells = [row["sources"] for row in csv_rows(shipped_atlas, day, **wish)]
    listed = {id for cell in cells for id in cell.split(" | ") if id}
    needed = named_in(features) | listed
    found = [item["id"] for item in items(shipped_atlas, day, **wish)]
    assert len(needed) > 3
    assert needed <= set(found)
    assert set(bib(shipped_atlas, day, **wish)) == set(found)
    # In the order of the atlas, each once, and not simply all of them.
    assert found == [id for id in shipped_atlas.sources if id in found]
    assert len(found) < len(shipped_atlas.sources)


def test_only_what_is_shown_is_cited(islands_atlas):
    # By hand: in 1930 the chronicle alone tells who held the two isles; of the landing and
    # of the shire from 1950 on each side has papers of its own.
    assert [item["id"] for item in items(islands_atlas, LANDING)] == ["S00", "S01", "W01"]
    assert [item["id"] for item in items(islands_atlas, Date(1930, 1, 1))] == ["S00"]


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_csl_json_keeps_its_form_and_gives_back_the_sources_of_the_atlas(shipped_atlas, day, mode):
    written = items(shipped_atlas, day, mode=mode)
    assert [error.message for error in FORM.iter_errors(written)] == []
    for item in written:
        source = shipped_atlas.sources[item["id"]]
        assert item.pop("custom")["perspective"] == source.perspective_id
        assert item == source.csl


@pytest.mark.parametrize(
    "fault",
    [
        {"type": "website"},
        {"author": "Reed, Ada"},
        {"author": [{"given": "Ada"}]},
        {"issued": "1985"},
        {"issued": {"date-parts": [1985]}},
        {"title": ["Chronicle"]},
    ],
)
def test_an_item_out_of_form_is_found(islands_atlas, fault):
    written = items(islands_atlas, AFTER)
    assert not list(FORM.iter_errors(written))
    written[0] |= fault
    assert list(FORM.iter_errors(written))


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_citeproc_formats_the_csl_json_as_the_cards_have_it(shipped_atlas, day, mode):
    from maps.atlas.model import Source

    for item in items(shipped_atlas, day, mode=mode)[:10]:
        csl = {key: value for key, value in item.items() if key != "custom"}
        read = Source(item["id"], csl, item["custom"]["perspective"])
        assert reference_text(read) == reference_text(shipped_atlas.sources[item["id"]])


@pytest.mark.parametrize(("day", "mode"), SHIPPED)
def test_another_parser_finds_titles_people_and_years_in_the_bibtex(shipped_atlas, day, mode):
    entries = bib(shipped_atlas, day, mode=mode)
    assert entries
    for id, entry in entries.items():
        csl = shipped_atlas.sources[id].csl
        assert bare(entry.fields["title"]) == csl["title"].replace("{", "").replace("}", "")
        people = entry.persons.get("author", [])
        assert len(people) == len(csl.get("author", []))
        for person, name in zip(people, csl.get("author", []), strict=True):
            last = " ".join((*person.prelast_names, *person.last_names))
            wanted = name.get("literal") or name["family"]
            assert bare(last) == wanted
        issued = csl.get("issued", {}).get("date-parts", [[]])[0]
        if issued:
            assert entry.fields["year"] == str(issued[0])
        if csl.get("URL"):
            assert entry.fields["url"] == csl["URL"]


def test_a_bibliography_that_is_cut_off_is_found(islands_atlas):
    from pybtex.exceptions import PybtexError

    whole = export_bytes(islands_atlas, LANDING, "bib").decode()
    with pytest.raises(PybtexError):
        parse_string(whole[: whole.index("title") + 12], "bibtex")


def test_a_day_that_cites_nothing_gives_empty_bibliographies(islands_atlas):
    from dataclasses import replace

    bare_atlas = replace(islands_atlas, boundaries=(), events=(), statuses=(), accounts=())
    assert items(bare_atlas, LANDING) == []
    assert export_bytes(bare_atlas, LANDING, "bib") == b""
