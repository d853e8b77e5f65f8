"""Pictures as an MP4 file: H.264, as every browser and player shows it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import numpy as np

from maps.errors import ExportFailed
from maps.export.projection import Array

FPS = 12  # enough for pictures that stand still and fade into each other
FPS_RANGE = (2, 60)
FADE_S = 0.4
_TAGS = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709")


def mp4_bytes(
    pictures: Iterable[tuple[Array, float]],
    size: tuple[int, int],
    fps: int,
    metadata: Mapping[str, str],
) -> bytes:
    """Encode pictures (rows from the top, RGB), each with the seconds it is seen.

    Each fades out of the one before it. One thread and no stamps of time or
    program: equal pictures give equal bytes with the same build of ffmpeg.

    Raises
    ------
    ExportFailed
        There is no ffmpeg, or it fails.
    """
    program = _ffmpeg()
    with tempfile.TemporaryDirectory(prefix="maps-film-") as folder:
        path = Path(folder) / "film.mp4"
        with _encoder([program, *_options(size, fps, metadata), str(path)]) as pipe:
            for frame, count in _frames(pictures, fps):
                raw = memoryview(np.ascontiguousarray(frame)).cast("B")
                for _ in range(count):
                    pipe.write(raw)
        return path.read_bytes()


def check_fps(fps: int) -> None:
    """Refuse a number of frames a second that no film has.

    Raises
    ------
    ExportFailed
        It is out of bounds.
    """
    low, high = FPS_RANGE
    if not low <= fps <= high:
        raise ExportFailed(f"{fps} frames a second will not do; write {low} to {high}")


def _ffmpeg() -> str:
    try:
        import imageio_ffmpeg  # noqa: PLC0415  only films need it

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as error:
        raise ExportFailed(
            "an mp4 needs ffmpeg, which comes with the package imageio-ffmpeg: "
            "install it, or write a .gif"
        ) from error


def _options(size: tuple[int, int], fps: int, metadata: Mapping[str, str]) -> list[str]:
    said = [word for name, text in metadata.items() for word in ("-metadata", f"{name}={text}")]
    return [
        *("-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-bitexact"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(fps)),
        *("-i", "pipe:0", "-an", "-map_metadata", "-1", *said),
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p"),
        # veryfast: slower presets save a third of the bytes and take four times as long.
        *("-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "19"),
        *("-threads", "1", "-filter_threads", "1", "-g", str(10 * fps), *_TAGS),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"),
    ]


@contextmanager
def _encoder(command: list[str]) -> Iterator[IO[bytes]]:
    """Run ffmpeg on what is written into it; it ends with the block, whatever happens."""
    with tempfile.TemporaryFile() as said:
        # A session of its own: an interrupt from the keyboard is for us to deal with.
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True
        ) as process:
            pipe = process.stdin
            if pipe is None:
                raise ExportFailed("ffmpeg cannot be written to")
            try:
                yield pipe
                pipe.close()
            except BrokenPipeError:
                pass  # it has stopped, and says why
            except BaseException:
                process.kill()
                raise
            code = process.wait()
        if code:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else f"exit code {code}"
            raise ExportFailed(f"ffmpeg could not make the film: {reason}")


def _frames(pictures: Iterable[tuple[Array, float]], fps: int) -> Iterator[tuple[Array, int]]:
    """Give the frames and how often each is repeated; a fade is part of a picture's time."""
    before: Array | None = None
    end_s, written = 0.0, 0
    for picture, seconds in pictures:
        end_s += seconds
        count = max(round(end_s * fps) - written, 1)
        written += count
        fade = min(round(FADE_S * fps), count - 1) if before is not None else 0
        for step in range(1, fade + 1):
            yield _between(before, picture, step, fade + 1), 1
        yield picture, count - fade
        before = picture


def _between(one: Array | None, other: Array, step: int, steps: int) -> Array:
    if one is None:
        return other
    mixed = one.astype(np.uint16) * (steps - step) + other.astype(np.uint16) * step
    return ((mixed + steps // 2) // steps).astype(np.uint8)
