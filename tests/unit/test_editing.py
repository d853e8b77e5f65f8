"""An atlas being edited: what a change touches, what is kept beside it, who saves second."""

import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import Polygon, box

from maps.atlas.editing.outlines import neighbours, snapped, with_outline
from maps.atlas.editing.rows import TEXTS, grid_of, rewritten, with_row, with_teller
from maps.atlas.editing.workcopy import WorkingCopy
from maps.atlas.load import default_atlas_folder
from maps.errors import AtlasInvalid, FolderBusy

CSV = 'id,text\r\nA,"one\r\ntwo"\r\nB , as it was \r\n"C",three'


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def edit(work: WorkingCopy, table: str, position: int, **cells: str) -> bool:
    grid = grid_of(work.tables, table, "en", work.read)
    return work.change(grid.edited({position: cells}, ()))


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({"changed": {4: {"text": "new"}}}, CSV.replace("B , as it was ", "B ,new")),
        ({"removed": {4}}, CSV.replace("B , as it was \r\n", "")),
        ({"added": [{"id": "D"}]}, CSV + "\r\nD,\r\n"),
        ({"changed": {2: {"text": "a\nb"}}}, CSV.replace("one\r\ntwo", "a\nb")),
        ({}, CSV),
    ],
)
def test_rows_nobody_touched_keep_their_bytes(change, after):
    assert rewritten(CSV.encode(), **change) == after.encode()


@pytest.mark.parametrize("shipped", [False, True])
def test_all_files_are_the_same_where_nothing_is_edited(two_islands, shipped):
    work = WorkingCopy(default_atlas_folder() if shipped else two_islands)
    for name in (*work.tables.tables, TEXTS):
        for lang in work.tables.texts:
            grid = grid_of(work.tables, name, lang, work.read)
            cells = {n: grid.cells(row) for n, row in enumerate(grid.rows)}
            assert not work.change(grid.edited(cells, ()))


def test_one_cell_and_one_text_change_one_line_each(atlas_copy):
    before = state(atlas_copy)
    work = WorkingCopy(atlas_copy)
    assert edit(work, "events", 1, title="Landing", evidence="V1")
    assert state(atlas_copy) == before
    assert work.problems == []
    assert work.save() == ["events.csv", "text/en.csv"]
    after = state(atlas_copy)
    for name, content in before.items():
        lines, now = content.splitlines(), after[name].splitlines()
        differing = [new for old, new in zip(lines, now, strict=True) if old != new]
        assert len(differing) == (1 if name in ("events.csv", "text/en.csv") else 0), name
    assert b"event.A02.title,Landing" in after["text/en.csv"]


def test_a_problem_stands_at_its_row_and_nothing_is_saved(atlas_copy):
    before = state(atlas_copy)
    work = WorkingCopy(atlas_copy)
    grid = grid_of(work.tables, "events", "en", work.read)
    work.change(grid.edited({2: {"edtf": "12.6.1911", "description": ""}}, ()))
    found = grid.problems_by_row(work.tables, work.problems)
    assert [bool(each) for each in found] == [False, False, True, False]
    assert sorted(found[2]) == sorted(p.at_its_row for p in work.problems)
    assert len(found[2]) == 2
    with pytest.raises(AtlasInvalid):
        work.save()
    assert state(atlas_copy) == before
    work.undo()
    assert (work.problems, dict(work.changed), work.can_undo) == ([], {}, False)


def test_a_row_goes_with_its_texts(atlas_copy):
    work = WorkingCopy(atlas_copy)
    grid = grid_of(work.tables, "events", "en", work.read)
    files = grid.edited({}, {3})
    assert b"X02" not in files["events.csv"]
    assert b"event.X02." not in files["text/en.csv"]


def test_a_new_polity_without_a_hue_gets_one_of_its_own(atlas_copy):
    work = WorkingCopy(atlas_copy)
    others = {row["hue"] for row in work.tables["polities"].rows}
    _, files = with_row(work.tables, work.read, "polities", {"name": "Third Isle"}, {})
    work.change(files)
    *_, new = work.tables["polities"].rows
    assert new["hue"] not in {"", *others}


def test_a_new_row_brings_its_texts_regions_and_citations(atlas_copy):
    work = WorkingCopy(atlas_copy)
    cells = {
        "layer": "context", "edtf": "1970", "kinds": "strike", "contested": "false",
        "evidence": "M", "title": "Second strike", "description": "The history says so.",
    }  # fmt: skip
    source = work.tables.sources[0].values["id"]
    more = {"regions": ["east-isle"], "sources": [source]}
    id, files = with_row(work.tables, work.read, "events", cells, more)
    work.change(files)
    others = [p for p in work.problems if not p.file.startswith("text/fr")]
    assert (id, others) == ("E05", [])
    assert {"events.csv", "event_regions.csv", "citations.csv", "text/en.csv"} == set(work.changed)


def test_a_new_teller_passes_the_check(atlas_copy):
    work = WorkingCopy(atlas_copy)
    work.change(with_teller(work.tables, work.read, "Łódź papers"))
    assert work.problems == []
    assert work.tables.settings.values["perspectives"][-1]["id"] == "lodz-papers"


def test_who_saves_second_is_told_and_writes_nothing(atlas_copy):
    first, second = WorkingCopy(atlas_copy), WorkingCopy(atlas_copy)
    edit(first, "events", 0, title="First")
    edit(second, "names", 0, used_by="somebody")  # another file: together they were never checked
    first.save()
    before = state(atlas_copy)
    with pytest.raises(FolderBusy, match=r"text/en\.csv: was changed by another program"):
        second.save()
    assert state(atlas_copy) == before
    assert "names.csv" in second.changed  # what was typed is still there
    second.open_anew()
    edit(second, "names", 0, used_by="somebody")
    assert second.save() == ["names.csv"]


def test_a_draft_is_found_again_and_says_what_has_changed_since(atlas_copy):
    before = state(atlas_copy)
    work = WorkingCopy(atlas_copy)
    edit(work, "events", 0, edtf="some day")
    work.save_draft()
    assert state(atlas_copy) == before
    again = WorkingCopy(atlas_copy)
    draft = again.saved_draft()
    assert (set(draft.files), draft.overtaken) == ({"events.csv"}, ())
    again.change(draft.files)
    assert [p.rule for p in again.problems] == ["date-unreadable"]
    other = WorkingCopy(atlas_copy)
    edit(other, "events", 1, evidence="V1")
    (atlas_copy / "events.csv").write_bytes(other.changed["events.csv"])
    assert WorkingCopy(atlas_copy).saved_draft().overtaken == ("events.csv",)
    again.discard_draft()
    assert WorkingCopy(atlas_copy).saved_draft() is None


def test_a_draft_of_somebody_else_is_neither_replaced_nor_taken_away(atlas_copy):
    theirs, ours = WorkingCopy(atlas_copy), WorkingCopy(atlas_copy)
    edit(theirs, "events", 0, title="Theirs")
    theirs.save_draft()
    edit(ours, "events", 0, title="Ours")
    with pytest.raises(FolderBusy, match=r"atlas\.draft: is there already"):
        ours.save_draft()
    ours.save()
    draft = WorkingCopy(atlas_copy).saved_draft()
    assert b"Theirs" in draft.files["text/en.csv"]
    assert draft.overtaken == ("text/en.csv",)


def test_an_id_that_stood_twice_keeps_its_texts(atlas_copy):
    work = WorkingCopy(atlas_copy)
    edit(work, "events", 1, id="A01")
    grid = grid_of(work.tables, "events", "en", work.read)
    assert b"event.A01.title,The shire" in grid.edited({}, {1})["text/en.csv"]


def test_a_folder_of_another_kind_is_no_draft_and_stays(atlas_copy):
    work = WorkingCopy(atlas_copy)
    work.draft_folder.mkdir()
    (work.draft_folder / "letter.txt").write_text("mine", "utf-8")
    assert work.saved_draft() is None
    work.discard_draft()
    assert (work.draft_folder / "letter.txt").exists()


def test_what_is_tried_leaves_the_copy_as_it_is(atlas_copy):
    work = WorkingCopy(atlas_copy)
    trial = work.tried(lambda folder: (folder / "events.csv").write_bytes(b"id\n"))
    assert trial.changes == {"events.csv": b"id\n"}
    assert work.can_undo is False
    assert work.problems == []


SQUARE = box(0, 0, 1, 1)


@pytest.mark.parametrize(
    "drawn",
    [
        box(1.01, 0, 2, 1),  # a strip of about 1 km lies open
        box(0.99, 0, 2, 1),  # or is shared
        Polygon([(0.99, -0.01), (2, 0), (2, 1), (1.01, 1.01)]),  # one end each
        Polygon([(1.01, 0.3), (2, 0.3), (2, 0.7), (0.99, 0.7)]),  # between two corners
    ],
)
def test_an_outline_is_brought_to_the_one_beside_it(drawn):
    made = snapped(drawn, [SQUARE], 2.5)
    assert made.is_valid
    assert made.touches(SQUARE)
    assert made.intersection(SQUARE).length > 0.35


def test_what_is_wider_than_the_tolerance_is_meant():
    far, over = box(1.1, 0, 2, 1), box(0.8, 0, 2, 1)
    assert snapped(far, [SQUARE], 2.5).equals(far)
    assert snapped(over, [SQUARE], 2.5).intersection(SQUARE).area == pytest.approx(0.2)


def test_a_neighbour_with_more_corners_leaves_no_strip():
    bent = Polygon([(0, 0), (1, 0), (1.012, 0.5), (1, 1), (0, 1)])
    made = snapped(box(1.0, 0, 2, 1), [bent], 2.5)
    assert made.intersection(bent).area == pytest.approx(0, abs=1e-9)
    assert shapely.union(made, bent).area == pytest.approx(2.0, abs=1e-6)


def test_only_outlines_of_the_same_days_are_neighbours(atlas_copy):
    tables = WorkingCopy(atlas_copy).tables
    layer = tables.features[0].layer
    inside = neighbours(tables, layer, tables.features[0]["start"], tables.features[0]["end"])
    assert inside
    assert neighbours(tables, layer, "1001", "1002") == []
    assert neighbours(tables, layer, "no day", "") == []


def test_a_corrected_outline_changes_one_line(atlas_copy):
    work = WorkingCopy(atlas_copy)
    boundary = work.tables.features[1]
    before = work.read(boundary.file)
    moved = shapely.affinity.translate(boundary.geometry, 0.00003, 0)
    after = with_outline(before, boundary["id"], moved)
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    (changed,) = [new for old, new in pairs if old != new]
    assert json.loads(changed.rstrip(b","))["properties"] == dict(boundary.properties)
