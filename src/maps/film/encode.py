"""Pictures as a film: a GIF of one palette, or an MP4 (H.264), as browsers and players show it."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

import numpy as np
from PIL import Image

from maps.errors import ExportFailed
from maps.files import scratch_folder
from maps.sheet.projection import Array

_COLOURS = 255  # of a GIF, and one that is nothing: the frame before shows through
_FLAT = 40  # colours kept as they are, the commonest: paper, ink, fills without relief
_SAMPLE = 1_500_000  # pixels the palette is made of, about
_ALL, _AT_ONCE = 1 << 24, 1 << 15  # colours there are, and as many as are looked up at a time
FPS = 12  # of the fades; more makes a larger file and is hardly seen
FPS_RANGE = (2, 60)
FADE_S = 0.4


def gif_bytes(
    pictures: Iterable[Array],
    seconds: Sequence[float],
    size: tuple[int, int],
    metadata: Mapping[str, str],
) -> bytes:
    """Encode pictures (rows from the top, RGB), each seen for its seconds.

    It plays without end. The pictures wait in a file without a name while the
    colours of all are counted, so few are in memory.
    """
    counts = np.zeros(_ALL, np.int32)  # how many pixels of all pictures have each colour
    with tempfile.TemporaryFile() as store:
        for picture in pictures:
            store.write(np.ascontiguousarray(picture).tobytes())
            values, found = np.unique(_packed(picture), return_counts=True)
            counts[values] += found
        store.seek(0)
        frames = _images(store, len(seconds), size, counts)
        buffer = io.BytesIO()
        wanted: dict[str, Any] = {
            "save_all": True,
            "append_images": frames,
            # Milliseconds that are whole hundredths of a second, all that a GIF can tell.
            "duration": [max(round(each * 100), 2) * 10 for each in seconds],
            "loop": 0,
            "disposal": 1,  # the frame stays, and the next is laid over it
            "transparency": _COLOURS,
            "optimize": False,
            "comment": "; ".join(filter(None, metadata.values())).encode(),
        }
        next(frames).save(buffer, "gif", **wanted)
        return buffer.getvalue()


def _images(
    store: IO[bytes], count: int, size: tuple[int, int], counts: Array
) -> Iterator[Image.Image]:
    """Read the pictures anew, in the colours of the palette; what is as before is left out."""
    palette = _palette(counts)
    # For each colour that occurs the place of the nearest in the palette. Whole numbers
    # below 2**24: exact in single precision, so the same everywhere.
    nearest, values = np.zeros(_ALL, np.uint8), np.flatnonzero(counts)
    colours = palette.astype(np.float32)
    lengths = (colours * colours).sum(axis=1)
    for start in range(0, values.size, _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        away = lengths - 2 * (_apart(part).astype(np.float32) @ colours.T)
        nearest[part] = away.argmin(axis=1)
    width, height = size
    before = np.full((height, width), _COLOURS)
    for _ in range(count):
        raw = np.frombuffer(store.read(width * height * 3), dtype=np.uint8)
        places = nearest[_packed(raw.reshape(height, width, 3))]
        image = Image.fromarray(np.where(places == before, _COLOURS, places).astype(np.uint8))
        image.putpalette([*palette.ravel().tolist(), *[0] * (768 - palette.size)])
        image.info["transparency"] = _COLOURS
        before = places
        yield image


def _packed(picture: Array) -> Array:
    """Give each pixel as one number, red highest."""
    red, green, blue = (picture[..., band].astype(np.uint32) for band in range(3))
    return (red << 16) | (green << 8) | blue


def _apart(packed: Array) -> Array:
    """Give red, green and blue of such numbers, in rows."""
    return np.stack([(packed >> shift) & 255 for shift in (16, 8, 0)], axis=-1)


def _palette(counts: Array) -> Array:
    """Choose the colours: the commonest as they are, the rest so that all are near to one.

    A colour counts with the root of its pixels, else the ground, which is
    most of a map, would leave none for a small piece of land.
    """
    values = np.flatnonzero(counts)
    found = counts[values]
    order = np.lexsort((values, -found))
    flat, rest = values[order[:_FLAT]], order[_FLAT:]
    if not rest.size or values.size <= _COLOURS:
        return _apart(values[order[:_COLOURS]])
    weights = np.sqrt(found[rest])
    times = np.maximum(np.rint(weights * (_SAMPLE / weights.sum())), 1).astype(int)
    pixels = _apart(np.repeat(values[rest], times)).astype(np.uint8)
    sample = Image.fromarray(pixels.reshape(1, -1, 3))
    cut = sample.quantize(_COLOURS - _FLAT, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    chosen = np.array(cut.getpalette() or [], dtype=int).reshape(-1, 3)
    return np.concatenate([_apart(flat), chosen[: _COLOURS - _FLAT]])


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
    program = _ffmpeg()
    # For each picture the frames it takes to fade in, and the ticks (the shortest time
    # between two frames) it stands still. The tick of frame N, as ffmpeg calculates: N and
    # what stood still before it.
    fades, terms = list[int](), ["N"]
    end_s, passed, first_after = 0.0, 0, 0
    for number, each in enumerate(seconds, 1):
        end_s += each
        ticks = max(round(end_s * fps) - passed, 2)
        passed += ticks
        fades.append(min(round(FADE_S * fps), ticks // 2) if number > 1 else 0)
        still = ticks - fades[-1] - 1
        if number == len(seconds):
            # It has a second frame at its end, else nobody could tell how long it is seen.
            still = max(still - 1, 0)
        first_after += fades[-1] + 1
        terms.append(f"gte(N,{first_after})*{still}")
    said = [word for name, text in metadata.items() for word in ("-metadata", f"{name}={text}")]
    colours = (
        "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd,format=yuv420p,"
        "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    )
    with scratch_folder() as folder:
        path = folder / "film.mp4"
        command = [
            *(program, "-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-bitexact"),
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", str(fps)),
            *("-i", "pipe:0", "-an", "-map_metadata", "-1", *said),
            *("-vf", f"setpts='{'+'.join(terms)}',{colours}", "-fps_mode", "passthrough"),
            *("-c:v", "libx264", "-preset", "fast", "-tune", "stillimage", "-crf", "20"),
            # Without frames that wait for later ones, the file knows how long the last one is.
            *("-bf", "0"),
            # A film can be entered at every few pictures, whichever way a player jumps.
            *("-threads", "1", "-filter_threads", "1", "-g", str(4 * (max(fades) + 1))),
            *("-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart"),
            str(path),
        ]
        with _encoder(command) as pipe:
            for frame in _frames(pictures, fades):
                pipe.write(frame.tobytes())
        if not path.exists():
            raise ExportFailed("ffmpeg could not make the film: it wrote none")
        return path.read_bytes()


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


def _frames(pictures: Iterable[Array], fades: Sequence[int]) -> Iterator[Array]:
    """Give each frame once: those of the fade into a picture, then the picture."""
    before: Array | None = None
    for picture, fade in zip(pictures, fades, strict=True):
        if before is not None:
            steps = fade + 1
            for step in range(1, steps):
                mixed = before.astype(np.uint16) * (steps - step) + picture.astype(np.uint16) * step
                yield ((mixed + steps // 2) // steps).astype(np.uint8)
        yield picture
        before = picture
    if before is not None:
        yield before
