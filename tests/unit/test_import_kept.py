"""What is imported is there whole or not at all, once, and nobody's edit is lost for it."""

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from maps.atlas.check import check_tables
from maps.atlas.load import load_tables
from maps.cli import main
from maps.errors import FolderBusy
from maps.files import change_files, locked
from unit.processes import killed_at, start

pytestmark = pytest.mark.slow

HEADER = "date,title,description,title_fr,description_fr,kind,region,source,evidence"
FAIR = "1961-06-12,Fair,A fair.,Foire,Une foire.,fair,Strait Shire;west-isle,S01,M"
FEAST = "1962-06-12,Feast,A feast.,Fête,Une fête.,feast,Strait Shire,S01,M"
FIRST = 1  # of the steps a run is killed at


def sheet(folder: Path, *rows: str) -> Path:
    path = folder / f"{len(rows)}-{rows[0][:4]}.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    return path


def imported(atlas: Path, file: Path, *more: str) -> int:
    return main(["import", "events", str(file), "--atlas", str(atlas), *more])


def read(atlas: Path) -> dict[str, str]:
    """The digest of each file as a reader finds it."""
    return dict(load_tables(atlas).files)


def state(atlas: Path) -> dict[str, str]:
    """The same of an atlas without a problem."""
    assert check_tables(load_tables(atlas)) == []
    return read(atlas)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*")]


def test_killed_at_any_step_the_old_atlas_or_the_new_is_there(atlas_copy, tmp_path, two_islands):
    file, old = sheet(tmp_path, FAIR), state(atlas_copy)
    whole = shutil.copytree(two_islands, tmp_path / "whole")
    assert imported(whole, file) == 0
    new = state(whole)
    assert new != old
    seen, step = [], FIRST
    while killed_at(step, lambda: imported(atlas_copy, file), atlas_copy):
        found = read(atlas_copy)
        assert found in (old, new)
        seen.append(found == new)
        assert imported(atlas_copy, file, "--skip-known") == 0
        assert read(atlas_copy) == new
        assert leftovers(atlas_copy) == []
        shutil.rmtree(atlas_copy)
        shutil.copytree(two_islands, atlas_copy)
        step += 1
    # Every file is moved by a step of its own, and both sides of the deciding one were met.
    assert step > len(new.keys() - old.keys()) + 4
    assert seen == sorted(seen)
    assert {False, True} == set(seen)


def decided(atlas: Path, file: Path, two_islands: Path) -> dict[str, str]:
    """Leave the atlas as a run that was killed after its decision; give the new state."""
    whole = shutil.copytree(two_islands, file.parent / "whole")
    assert imported(whole, file) == 0
    step = FIRST
    while killed_at(step, lambda: imported(atlas, file), atlas):
        if (atlas / ".maps-changes").is_dir():
            return state(whole)
        shutil.rmtree(atlas)
        shutil.copytree(two_islands, atlas)
        step += 1
    raise AssertionError("no step follows the decision")


def test_who_may_not_write_reads_what_was_decided(atlas_copy, tmp_path, two_islands):
    new = decided(atlas_copy, sheet(tmp_path, FAIR), two_islands)
    handle = os.open(atlas_copy, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)  # so that nobody else can carry it out
    assert state(atlas_copy) == new
    assert leftovers(atlas_copy)
    os.close(handle)
    assert state(atlas_copy) == new
    assert leftovers(atlas_copy) == []


@pytest.mark.parametrize(
    "journal",
    [
        '{"../precious.txt": "0"}',
        '{"/etc/hostname": "0"}',
        '{"a": "../../precious.txt"}',
        "[1]",
        "{",
    ],
)
def test_a_journal_is_not_believed_whatever_it_names(atlas_copy, tmp_path, journal):
    (tmp_path / "precious.txt").write_text("years of work")
    changes = atlas_copy / ".maps-changes"
    changes.mkdir()
    (changes / "journal.json").write_text(journal)
    (changes / "0").write_text("forged")
    load_tables(atlas_copy)
    with locked(atlas_copy):
        pass
    assert (tmp_path / "precious.txt").read_text() == "years of work"
    assert "forged" not in Path("/etc/hostname").read_text()


def test_of_two_imports_at_once_none_is_lost(atlas_copy, tmp_path):
    before = len(load_tables(atlas_copy)["events"].rows)
    files = [sheet(tmp_path, f"19{60 + n}-06-12,Fair {n}{FAIR[15:]}") for n in range(3)]
    running = [start(["import", "events", f, "--atlas", atlas_copy], tmp_path) for f in files]
    said = [process.communicate()[1].decode() for process in running]
    done = [process.returncode == 0 for process in running]
    assert any(done)
    refused = [text for text, well in zip(said, done, strict=True) if not well]
    assert all("another run is changing it" in text for text in refused)
    assert len(load_tables(atlas_copy)["events"].rows) == before + sum(done)
    state(atlas_copy)
    assert leftovers(atlas_copy) == []


def test_an_edit_made_meanwhile_is_not_lost(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")
    before = {"a.csv": "0" * 64}
    with locked(tmp_path), pytest.raises(FolderBusy, match=r"a\.csv: was changed"):
        change_files(tmp_path, {"a.csv": b"new", "b.csv": b"new"}, before)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"old"


def test_a_row_that_is_there_is_named_and_left_out_at_a_word(atlas_copy, tmp_path, capsys):
    assert imported(atlas_copy, sheet(tmp_path, FAIR)) == 0
    once = state(atlas_copy)
    capsys.readouterr()
    twice = sheet(tmp_path, FAIR, FEAST)
    assert imported(atlas_copy, twice) == 1
    told = capsys.readouterr().out
    assert "row 2: is E05 of events.csv already" in told
    assert "row 3" not in told
    assert state(atlas_copy) == once
    assert imported(atlas_copy, twice, "--skip-known") == 0
    assert "row 2 is left out: it is E05 of events.csv already" in capsys.readouterr().out
    texts = load_tables(atlas_copy).texts["en"]
    titles = [row["text"] for row in texts if row["key"].endswith(".title")]
    assert [titles.count(title) for title in ("Fair", "Feast")] == [1, 1]


def test_two_equal_rows_of_one_sheet_are_one_too_many(atlas_copy, tmp_path, capsys):
    assert imported(atlas_copy, sheet(tmp_path, FAIR, FAIR)) == 1
    assert "row 3: is row 2 of the sheet already" in capsys.readouterr().out


def test_a_boundary_that_is_there_is_named(atlas_copy, capsys):
    file = atlas_copy / "boundaries" / "shires.geojson"
    words = ["import", "boundaries", str(file), "--atlas", str(atlas_copy), "--layer", "shires"]
    assert main(words) == 1
    assert "strait-shire-1950 of this layer already" in capsys.readouterr().out
    before = state(atlas_copy)
    assert main([*words, "--skip-known"]) == 0
    assert state(atlas_copy) == before


def test_a_killed_new_leaves_nothing_for_long(tmp_path):
    target = tmp_path / "new"
    assert killed_at(3, lambda: main(["new", str(target)]), tmp_path)
    assert not target.exists()
    assert len(list(tmp_path.iterdir())) == 1
    assert main(["new", str(target)]) == 0
    assert list(tmp_path.iterdir()) == [target]


def test_a_killed_build_leaves_nothing_for_long(tmp_path, two_islands):
    example = two_islands.parent.parent.parent / "examples" / "czechoslovakia"
    atlas = shutil.copytree(example, tmp_path / "atlas")
    file = next((atlas / "boundaries").glob("*.geojson"))
    file.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    words = ["build", "--atlas", str(atlas), "--trust-recipe"]
    assert killed_at(FIRST, lambda: main(words), file.parent)
    assert main(words) == 0
    assert [path for path in file.parent.iterdir() if path.suffix != ".geojson"] == []


def test_another_atlas_is_built_by_its_own_program_only_when_trusted(atlas_copy, tmp_path, capsys):
    (atlas_copy / "recipe").mkdir()
    ran = tmp_path / "ran"
    (atlas_copy / "recipe" / "__init__.py").write_text(f"open({str(ran)!r}, 'w')")
    assert main(["build", "--atlas", str(atlas_copy)]) == 2
    assert "--trust-recipe" in capsys.readouterr().err
    assert not ran.exists()
