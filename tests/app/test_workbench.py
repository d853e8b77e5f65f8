"""Every table of an atlas opens in the workbench, and so does each tab."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from maps.atlas.editing.rows import TEXTS
from maps.atlas.load import default_atlas_folder
from maps.atlas.model.tables import COLUMNS
from maps.ui.edit import APP, FOLDER_VARIABLE


@pytest.fixture
def bench(atlas_copy: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(FOLDER_VARIABLE, str(atlas_copy))
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not opened.exception
    return opened


def test_each_table_opens_with_a_form_for_a_row_more(bench: AppTest, atlas_copy: Path):
    (atlas_copy / "chains.csv").unlink()  # one that may be left out
    bench = AppTest.from_file(str(APP), default_timeout=60).run()
    for table in (*COLUMNS, TEXTS):
        bench.selectbox(key="edit-table").set_value(table).run()
        assert not bench.exception, table
        assert not bench.error, table


def test_a_folder_that_is_missing_gets_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "new"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not folder.exists()
    opened.text_input[1].set_value("1.1.1900")
    opened.button[0].click().run()
    assert len(opened.error) == 1  # the day cannot be read
    opened.text_input[1].set_value("1900-01-01")
    opened.button[0].click().run()
    assert not opened.exception
    assert (folder / "atlas.toml").is_file()


def test_broken_settings_are_mended_before_all_else(bench: AppTest, atlas_copy: Path):  # noqa: ARG001 - it names the folder
    (atlas_copy / "atlas.toml").write_text("languages = [", "utf-8")
    opened = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not opened.exception
    assert any(r"atlas\.toml row 1" in told.value for told in opened.markdown)
    assert [info.value for info in opened.info] == [
        "Mend atlas.toml first, in the tab of the settings: all else refers to it."
    ]


def test_the_shipped_atlas_with_its_catalogues_opens_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(default_atlas_folder()))
    opened = AppTest.from_file(str(APP), default_timeout=120).run()
    assert not opened.exception
    assert opened.selectbox(key="edit-table").value == "events"
    assert not opened.info
