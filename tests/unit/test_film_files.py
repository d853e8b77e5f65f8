import io
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from maps.atlas.model import Date
from maps.cli import main
from maps.errors import ExportFailed
from maps.film import FORMATS, MEDIA_TYPES, film_bytes, film_file
from maps.film.encode import gif_bytes, mp4_bytes
from maps.film.plan import film_plan

pytestmark = pytest.mark.slow

SIZE = (64, 36)
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (40, 60, 200)


def plain(*colours):
    return [np.full((SIZE[1], SIZE[0], 3), colour, np.uint8) for colour in colours]


def frames_of(mp4: bytes, folder: Path):
    """Read a film back: what is said of it, and its frames with all their time at 10 a second."""
    path = folder / "read.mp4"
    path.write_bytes(mp4)
    reader = imageio_ffmpeg.read_frames(str(path), output_params=["-r", "10"])
    said = next(reader)
    width, height = said["size"]
    frames = [np.frombuffer(raw, np.uint8).reshape(height, width, 3) for raw in reader]
    return said, frames


def said_in(path: Path) -> str:
    """Give what ffmpeg says of a file."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def test_each_picture_of_an_mp4_is_seen_for_its_seconds(tmp_path):
    film = mp4_bytes(plain(RED, GREEN, BLUE), [2.0, 1.0, 3.0], SIZE, 10, {})
    said, frames = frames_of(film, tmp_path)
    assert said["size"] == SIZE
    assert said["codec"] == "h264"
    assert said["pix_fmt"].startswith("yuv420p")
    assert said["duration"] == 6.0
    assert len(frames) == 60
    for at, colour in ((0, RED), (19, RED), (26, GREEN), (29, GREEN), (36, BLUE), (59, BLUE)):
        assert np.abs(frames[at].mean(axis=(0, 1)) - colour).max() < 8, at


def test_a_picture_fades_into_the_next_and_stands_still_after(tmp_path):
    film = mp4_bytes(plain((0, 0, 0), (250, 250, 250)), [1.0, 1.0], SIZE, 10, {})
    _, frames = frames_of(film, tmp_path)
    light = [float(frame.mean()) for frame in frames]
    assert light[9] < 10
    # Four tenths of a second, at ten frames a second: a fifth, two, three, four.
    assert light[10:14] == pytest.approx([50, 100, 150, 200], abs=12)
    assert min(light[14:]) > 240
    path = tmp_path / "read.mp4"
    # What stands still is one frame; the last has a second one, which says how long it is.
    assert imageio_ffmpeg.count_frames_and_secs(str(path)) == (1 + 4 + 1 + 1, 2.0)


def test_seconds_that_are_no_whole_frames_do_not_add_up_to_a_shift(tmp_path):
    film = mp4_bytes(plain(*[RED, GREEN] * 10), [0.33] * 20, SIZE, 10, {})
    said, _ = frames_of(film, tmp_path)
    assert said["duration"] == pytest.approx(6.6, abs=0.06)


def test_an_mp4_starts_to_play_before_it_is_loaded_whole(islands_atlas):
    film = film_bytes(islands_atlas, "mp4", mode="control", width=640, hold=0.5)
    assert film[4:8] == b"ftyp"
    assert film.index(b"moov") < film.index(b"mdat")


def test_each_picture_of_a_gif_is_seen_for_its_seconds():
    film = gif_bytes(plain(RED, GREEN, RED), [2.0, 1.25, 0.5], SIZE, {"title": "A – b"})
    with Image.open(io.BytesIO(film)) as gif:
        assert (gif.n_frames, gif.size, gif.info["loop"]) == (3, SIZE, 0)
        assert gif.info["comment"].decode() == "A – b"
        shown = []
        for number in range(3):
            gif.seek(number)
            shown.append((gif.convert("RGB").getpixel((5, 5)), gif.info["duration"]))
    assert shown == [(RED, 2000), (GREEN, 1250), (RED, 500)]


def test_a_gif_has_one_palette_in_which_flat_colours_are_kept():
    ground = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    ground[..., 0] = np.arange(SIZE[0])[None, :] * 3
    ground[..., 1] = np.arange(SIZE[1])[:, None] * 6  # 2304 colours, each once
    first, second = ground.copy(), ground.copy()
    first[:20], second[:20] = RED, GREEN
    film = gif_bytes([first, second], [1.0, 1.0], SIZE, {})
    with Image.open(io.BytesIO(film)) as gif:
        pictures = []
        for number in range(2):
            gif.seek(number)
            pictures.append(np.asarray(gif.convert("RGB")).astype(int))
    for picture, wanted, colour in zip(pictures, (first, second), (RED, GREEN), strict=True):
        assert (picture[:20] == colour).all()
        assert np.abs(picture - wanted).max() < 24
    # What is alike in both is drawn alike: it does not flicker.
    assert (pictures[0][20:] == pictures[1][20:]).all()


def test_equal_pictures_one_after_the_other_keep_their_time():
    film = gif_bytes(plain(RED, RED, RED, GREEN), [1.0, 2.0, 0.5, 1.0], SIZE, {})
    passed = 0
    with Image.open(io.BytesIO(film)) as gif:
        for number in range(gif.n_frames):
            gif.seek(number)
            if gif.convert("RGB").getpixel((5, 5)) == RED:
                passed += gif.info["duration"]
    assert passed == 3500


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_film_has_title_days_and_data_in_its_metadata(islands_atlas, tmp_path, fmt):
    path = film_file(islands_atlas, tmp_path / f"film.{fmt}", mode="control", width=640, hold=0.5)
    if fmt == "gif":
        with Image.open(path) as gif:
            said = gif.info["comment"].decode()
    else:
        said = said_in(path)
        assert "creation_time" not in said
    assert "Two Isles: Control" in said
    assert f"1900-01-01 to 1999-12-31; data version 1, sha256 {islands_atlas.digest}" in said


def test_the_pictures_of_a_gif_and_of_an_mp4_are_those_of_the_plan(islands_atlas, tmp_path):
    wish = {"mode": "control", "width": 640, "hold": 1.0}
    plan = film_plan(islands_atlas, mode="control", hold=1.0)
    with Image.open(io.BytesIO(film_bytes(islands_atlas, "gif", **wish))) as gif:
        assert gif.n_frames == len(plan.scenes) == 5
        durations = []
        for number in range(gif.n_frames):
            gif.seek(number)
            durations.append(gif.info["duration"] / 1000)
    assert durations == [scene.seconds for scene in plan.scenes]
    said, _ = frames_of(film_bytes(islands_atlas, "mp4", **wish), tmp_path)
    assert (said["size"], said["duration"]) == ((640, 360), plan.seconds)


@pytest.mark.parametrize("fmt", FORMATS)
def test_equal_wishes_give_equal_bytes_in_two_processes(two_islands, tmp_path, fmt):
    films = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-m", "maps", "animate", "-o", f"film.{fmt}"]
        command += ["--atlas", str(two_islands.resolve()), "--mode", "legal", "--width", "640"]
        path = os.pathsep.join(filter(None, sys.path))
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        subprocess.run(command, cwd=folder, env=env, check=True)
        assert [each.name for each in folder.iterdir()] == [f"film.{fmt}"]
        films.append((folder / f"film.{fmt}").read_bytes())
    assert films[0] == films[1]


def test_progress_goes_from_none_to_all(islands_atlas):
    for fmt in FORMATS:
        told = []
        film_bytes(
            islands_atlas,
            fmt,
            mode="control",
            width=640,
            hold=0.5,
            progress=lambda done, count, told=told: told.append((done, count)),
        )
        assert told == [(done, 5) for done in range(6)]


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_interrupted_film_leaves_the_old_file_and_nothing_else(
    islands_atlas, tmp_path, monkeypatch, fmt
):
    beside = tmp_path / "temporary"
    beside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(beside))
    folder = tmp_path / "films"
    folder.mkdir()
    path = folder / f"film.{fmt}"
    path.write_bytes(b"old")

    def interrupted(done, _count):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film_file(islands_atlas, path, mode="control", width=640, progress=interrupted)
    assert path.read_bytes() == b"old"
    assert list(folder.iterdir()) == [path]
    assert list(beside.iterdir()) == []
    assert [line for line in command_lines() if str(beside) in line] == []


def command_lines():
    """List the commands of all processes, where the system tells."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_text(errors="replace")


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("/nowhere/ffmpeg", "ffmpeg cannot be started"),
        ("/bin/false", "ffmpeg could not make the film: exit code 1"),
        ("/bin/true", "ffmpeg could not make the film"),
    ],
)
def test_an_ffmpeg_that_does_not_work_is_said_in_one_line(
    islands_atlas, tmp_path, monkeypatch, program, says
):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", program)
    with pytest.raises(ExportFailed, match=says) as caught:
        film_file(islands_atlas, tmp_path / "film.mp4", mode="control", width=640)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_without_the_package_the_program_of_the_system_is_run(islands_atlas, tmp_path, monkeypatch):
    wish = {"mode": "control", "width": 640}
    with_package = film_bytes(islands_atlas, "mp4", **wish)
    (tmp_path / "ffmpeg").symlink_to(imageio_ffmpeg.get_ffmpeg_exe())
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert film_bytes(islands_atlas, "mp4", **wish) == with_package


def test_without_an_ffmpeg_a_gif_is_offered(islands_atlas, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ExportFailed, match=r"there is none: install it .* or write a \.gif"):
        film_bytes(islands_atlas, "mp4", mode="control", width=640)
    assert film_bytes(islands_atlas, "gif", mode="control", width=640)[:6] == b"GIF89a"


def test_every_format_has_a_media_type():
    assert MEDIA_TYPES == {"mp4": "video/mp4", "gif": "image/gif"}


@pytest.mark.parametrize(
    ("name", "wish", "says"),
    [
        ("film.avi", {}, r"film\.avi: the ending names no film; known are \.mp4, \.gif"),
        ("film", {}, "the ending names no film"),
        ("none/film.gif", {}, "there is no folder"),
        ("film.gif", {"fps": 12}, r"a gif has no frames a second; leave it out, or write an \.mp4"),
        ("film.mp4", {"fps": 1}, "write 2 to 60"),
        ("film.mp4", {"fps": 61}, "write 2 to 60"),
        ("film.mp4", {"width": 600}, "write an even number from 640 to 2560"),
        ("film.mp4", {"since": Date(1961, 1, 1), "mode": "control"}, "nothing changes"),
    ],
)
def test_a_file_that_cannot_be_made_is_said_at_once(islands_atlas, tmp_path, name, wish, says):
    told = []
    with pytest.raises(ExportFailed, match=says) as caught:
        film_file(
            islands_atlas,
            tmp_path / name,
            progress=lambda *done: told.append(done),
            **wish,
        )
    assert "\n" not in str(caught.value)
    assert told == []
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def animate(two_islands, tmp_path, capsys):
    """Run the command on the invented atlas: exit code, the film, errors."""

    def run(name, *words):
        path = tmp_path / name
        code = main(["animate", "-o", str(path), "--atlas", str(two_islands), *words])
        out, err = capsys.readouterr()
        assert out == ""
        return code, path, err

    return run


def test_the_command_writes_a_film_and_says_nothing(animate):
    code, path, err = animate("film.gif", "--mode", "control", "--hold", "0.5", "--width", "640")
    assert (code, err) == (0, "")
    with Image.open(path) as gif:
        assert (gif.n_frames, gif.size) == (5, (640, 360))


def test_the_command_reads_months_and_years_as_their_first_and_last_days(animate):
    code, path, _ = animate(
        "film.gif", "--mode", "legal", "--from", "1955", "--to", "1960-03",
        "--width", "640", "--lang", "fr", "--bbox", "21,-1,24,2",
    )  # fmt: skip
    assert code == 0
    with Image.open(path) as gif:
        assert "1955-01-01 to 1960-03-31" in gif.info["comment"].decode()


def test_the_command_tells_a_story_on_chosen_dates(animate):
    code, path, _ = animate(
        "film.mp4", "--story", "isles", "--dates", "A02:1960-03-20",
        "--width", "640", "--hold", "0.5", "--fps", "5",
    )  # fmt: skip
    assert code == 0
    said = said_in(path)
    assert "Two Isles: The chronicle, step by step" in said
    assert re.search(r"\b640x360\b", said)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--from", "yesterday"), 2, "--from"),
        (("--bbox", "1,2,3"), 2, "--bbox"),
        (("--story", "novel"), 1, "there is no story 'novel' in the atlas; try isles"),
        (("--mode", "weather"), 1, "no mode 'weather'"),
        (("--fps", "24"), 1, "a gif has no frames a second"),
        (("--width", "100"), 1, "write an even number from 640 to 2560"),
        (("--mode", "units", "--from", "1951"), 1, "nothing changes in the mode 'units'"),
    ],
)
def test_the_command_says_in_one_line_what_would_do(animate, words, code, says):
    found, path, err = animate("film.gif", *words)
    assert found == code
    assert says in err
    assert err.count("\n") == 1
    assert not path.exists()
