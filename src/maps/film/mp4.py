"""Pictures as an MP4 file: H.264, as every browser and player shows it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO

import numpy as np

from maps.errors import ExportFailed
from maps.files import scratch_folder
from maps.sheet.projection import Array

FPS = 12  # of the fades; more makes a larger file and is hardly seen
FPS_RANGE = (2, 60)
FADE_S = 0.4


def mp4_bytes(
    pictures: Iterable[Array],
    seconds: Sequence[float],
    size: tuple[int, int],
    fps: int,
    metadata: Mapping[str, str],
) -> bytes:
    """Encode pictures (rows from the top, RGB), each seen for its seconds.

    Each fades out of the one before it, ``fps`` frames a second; a picture that
    stands still is one frame that lasts. One thread and no stamps of time or
    program: equal pictures give equal bytes with the same build of ffmpeg.

    Raises
    ------
    ExportFailed
        There is no ffmpeg, or it fails.
    """
    program, times = _ffmpeg(), _Times.of(seconds, fps)
    with scratch_folder() as folder:
        path = folder / "film.mp4"
        with _encoder([program, *_options(size, fps, times, metadata), str(path)]) as pipe:
            for frame in _frames(pictures, times):
                pipe.write(frame.tobytes())
        if not path.exists():
            raise ExportFailed("ffmpeg could not make the film: it wrote none")
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
    """Find the program of the package, or else that of the system."""
    try:
        import imageio_ffmpeg  # noqa: PLC0415  only films need it, and not everyone has it

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        program = shutil.which("ffmpeg")
    if program is None:
        raise ExportFailed(
            "an mp4 needs the program ffmpeg, and there is none: "
            "install it or the package imageio-ffmpeg, or write a .gif"
        )
    return program


@dataclass(frozen=True)
class _Times:
    """For each picture the frames it takes to fade in, and then the ticks it stands still.

    A tick is the shortest time between two frames.
    """

    fades: list[int]
    stills: list[int]

    @classmethod
    def of(cls, seconds: Sequence[float], fps: int) -> _Times:
        """Find them for pictures that are each seen for their seconds."""
        times, end_s, passed = cls([], []), 0.0, 0
        for number, each in enumerate(seconds):
            end_s += each
            ticks = max(round(end_s * fps) - passed, 2)
            passed += ticks
            times.fades.append(min(round(FADE_S * fps), ticks // 2) if number else 0)
            times.stills.append(ticks - times.fades[-1])
        return times

    @property
    def clock(self) -> str:
        """The tick of frame N, as ffmpeg calculates: N and what stood still before it.

        The last picture has a second frame at its end, else nobody could tell how
        long it is seen.
        """
        first_after, terms = 0, ["N"]
        for fade, still in zip(self.fades, self.stills, strict=True):
            first_after += fade + 1
            terms.append(f"gte(N,{first_after})*{still - 1}")
        terms[-1] = f"gte(N,{first_after})*{max(self.stills[-1] - 2, 0)}"
        return "+".join(terms)


def _options(
    size: tuple[int, int], fps: int, times: _Times, metadata: Mapping[str, str]
) -> list[str]:
    said = [word for name, text in metadata.items() for word in ("-metadata", f"{name}={text}")]
    colours = (
        "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p,"
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    )
    return [
        *("-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-bitexact"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(fps)),
        *("-i", "pipe:0", "-an", "-map_metadata", "-1", *said),
        *("-vf", f"setpts='{times.clock}',{colours}", "-fps_mode", "passthrough"),
        *("-c:v", "libx264", "-preset", "fast", "-tune", "stillimage", "-crf", "20"),
        # Without frames that wait for later ones, the file knows how long the last one is.
        *("-bf", "0"),
        # A film can be entered at every few pictures, whichever way a player jumps.
        *("-threads", "1", "-filter_threads", "1", "-g", str(4 * (max(times.fades) + 1))),
        *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"),
    ]


@contextmanager
def _encoder(command: list[str]) -> Iterator[IO[bytes]]:
    """Run ffmpeg on what is written into it; it ends with the block, whatever happens."""
    with tempfile.TemporaryFile() as said:
        try:
            # A session of its own: an interrupt from the keyboard is for us to deal with.
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True
            )
        except OSError as error:
            raise ExportFailed(f"ffmpeg cannot be started ({error})") from error
        with process:
            pipe = process.stdin
            if pipe is None:
                raise ExportFailed("ffmpeg cannot be written to")
            try:
                with suppress(BrokenPipeError):  # it has stopped, and says why
                    yield pipe
            except BaseException:
                process.kill()
                raise
            finally:
                with suppress(BrokenPipeError):
                    pipe.close()
            code = process.wait()
        if code:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else f"exit code {code}"
            raise ExportFailed(f"ffmpeg could not make the film: {reason}")


def _frames(pictures: Iterable[Array], times: _Times) -> Iterator[Array]:
    """Give each frame once: those of the fade into a picture, then the picture."""
    before: Array | None = None
    for picture, fade in zip(pictures, times.fades, strict=True):
        if before is not None:
            steps = fade + 1
            for step in range(1, steps):
                mixed = before.astype(np.uint16) * (steps - step) + picture.astype(np.uint16) * step
                yield ((mixed + steps // 2) // steps).astype(np.uint8)
        yield picture
        before = picture
    if before is not None:
        yield before
