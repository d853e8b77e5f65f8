"""The archive of a day: whole, checkable, and each file as it is alone."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest

from maps.atlas.model import Date
from maps.data.archive import HELD
from maps.data.formats import ENDINGS, format_of
from maps.errors import ExportFailed
from maps.export import export_bytes, export_file
from maps.words.i18n import texts

LANDING = Date(1960, 3, 15)
WISH = {"mode": "control", "dpi": 60, "size": "square", "bbox": (20.0, -0.5, 24.5, 1.5)}


@pytest.fixture(scope="module")
def archive(islands_atlas):
    return zipfile.ZipFile(io.BytesIO(export_bytes(islands_atlas, LANDING, "zip", **WISH)))


def wrong_sums(files):
    """List the files whose sum is not the one in the manifest, or which it does not name."""
    lines = files["SHA256SUMS"].decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    del found["SHA256SUMS"]
    return sorted(name for name in found | sums if found.get(name) != sums.get(name))


def contents(archive):
    return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_a_file_of_each_kind_by_name(archive):
    names = [f"1960-03-15-control{ENDINGS[fmt]}" for fmt in HELD]
    assert archive.namelist() == sorted([*names, "README.txt", "SHA256SUMS"])
    assert archive.testzip() is None


@pytest.mark.slow
@pytest.mark.parametrize("fmt", HELD)
def test_each_file_is_as_when_exported_alone(islands_atlas, archive, tmp_path, fmt):
    name = f"1960-03-15-control{ENDINGS[fmt]}"
    alone = export_file(islands_atlas, LANDING, tmp_path / name, **WISH)
    assert archive.read(name) == alone.read_bytes()


def test_moments_rights_and_compression_are_always_the_same(archive):
    for entry in archive.infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644
        assert (entry.create_system, entry.compress_type) == (3, zipfile.ZIP_DEFLATED)
        assert (entry.extra, entry.comment) == (b"", b"")


def test_the_manifest_names_every_file_with_its_sum(archive):
    assert wrong_sums(contents(archive)) == []


@pytest.mark.parametrize("name", ["1960-03-15-control.csv", "README.txt", "added.txt"])
def test_a_file_that_was_changed_or_added_is_found(archive, name):
    files = contents(archive)
    files[name] = files.get(name, b"") + b" "
    assert wrong_sums(files) == [name]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_sha256sum_checks_what_was_unpacked(archive, tmp_path):
    archive.extractall(tmp_path)
    check = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    done = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == len(archive.namelist()) - 1
    (tmp_path / "README.txt").write_text("changed")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_size_resolution_and_box_reach_the_picture(islands_atlas, archive):
    from PIL import Image

    picture = Image.open(io.BytesIO(archive.read("1960-03-15-control.png")))
    assert picture.size[0] == picture.size[1]
    larger = zipfile.ZipFile(
        io.BytesIO(export_bytes(islands_atlas, LANDING, "zip", **{**WISH, "dpi": 90}))
    )
    other = Image.open(io.BytesIO(larger.read("1960-03-15-control.png")))
    assert other.size[0] == pytest.approx(picture.size[0] * 1.5, abs=1)


def said(islands_atlas, **wish):
    whole = export_bytes(islands_atlas, LANDING, "zip", dpi=50, **wish)
    return zipfile.ZipFile(io.BytesIO(whole)).read("README.txt").decode()


def test_the_readme_says_what_is_shown_and_how_far_it_goes(islands_atlas, archive):
    text = archive.read("README.txt").decode()
    flat = " ".join(text.split())
    assert text.startswith("Two Isles: 15 March 1960\n========================\n")
    assert "Day: 15 March 1960. Map mode: Control. Whose statements: everyone’s." in flat
    assert "Boundaries: 3. Statements: 6. Events: 1. Sources: 3." in flat
    assert "Nothing here is real." in flat
    assert "Data: CC0-1.0." in flat
    assert "Invented for the tests" in flat
    assert f"sha256 of the data: {islands_atlas.digest}" in flat
    assert "?day=1960-03-15&mode=control&lang=en" in flat
    assert "For a statement cite its sources" in flat
    for name in archive.namelist():
        assert f"- {name}: " in text
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.slow
def test_the_readme_of_one_teller_says_so(islands_atlas):
    control = said(islands_atlas, mode="control", perspective="east-side")
    assert "Whose statements: East side." in control
    assert "1960-03-15-control-east-side.csv" in control
    assert "the colours stand for everyone" in " ".join(control.split())
    legal = said(islands_atlas, mode="legal", perspective="east-side")
    assert "Silence is no denial." in " ".join(legal.split())


def test_every_word_of_the_readme_is_of_the_interface_or_the_atlas(islands_atlas):
    assert "export.readme" not in said(islands_atlas, mode="units")
    about = texts("en").section("export.readme.about")
    assert set(about) == {*HELD, "readme", "sums"}


@pytest.mark.parametrize(
    ("name", "fmt"),
    [
        ("day.lpf.json", "lpf"),
        ("DAY.CSL.JSON", "csl"),
        ("1923.07.07.zip", "zip"),
        ("day.geojson", "geojson"),
        ("day.bib", "bib"),
    ],
)
def test_an_ending_of_two_parts_is_told_from_one(tmp_path, name, fmt):
    assert format_of(tmp_path / name) == fmt


@pytest.mark.parametrize("name", ["day.json", ".json", "lpf.json", "day.csl.lpf.json.json"])
def test_json_alone_names_what_would_do(islands_atlas, tmp_path, name):
    with pytest.raises(ExportFailed, match=re.escape(".geojson (features), .lpf.json")) as caught:
        export_file(islands_atlas, LANDING, tmp_path / name)
    assert "\n" not in str(caught.value)
    assert ".csl.json" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_cannot_be_made_leaves_no_archive(islands_atlas, tmp_path):
    with pytest.raises(ExportFailed, match="each side must be"):
        export_file(islands_atlas, LANDING, tmp_path / "day.zip", size="20x20")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_day_is_packed_too(islands_atlas):
    bare = replace(islands_atlas, boundaries=(), events=(), statuses=(), accounts=())
    whole = zipfile.ZipFile(io.BytesIO(export_bytes(bare, LANDING, "zip", dpi=50)))
    assert "Boundaries: 0. Statements: 0. Events: 0. Sources: 0." in " ".join(
        whole.read("README.txt").decode().split()
    )
    assert wrong_sums(contents(whole)) == []
