"""Films of an atlas: a picture for each day of change, or for each step of a story.

Equal atlases and equal wishes give equal bytes: nothing here reads the clock.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Unpack

from PIL import Image

from maps.atlas.model import Atlas, Date
from maps.errors import ExportFailed
from maps.files import write_whole
from maps.film.encode import FPS, FPS_RANGE, gif_bytes, mp4_bytes
from maps.film.frame import Drawing, check_width
from maps.film.plan import Plan, Wishes, film_plan
from maps.sheet.projection import Array
from maps.tasks import Each, here

MEDIA_TYPES = {"mp4": "video/mp4", "gif": "image/gif"}
FORMATS = tuple(MEDIA_TYPES)
Progress = Callable[[int, int], None]  # pictures done, and how many there are


def film_bytes(
    atlas: Atlas,
    fmt: str,
    *,
    width: int = 1280,
    fps: int | None = None,
    progress: Progress | None = None,
    each: Each = here,
    **wishes: Unpack[Wishes],
) -> bytes:
    """Make a film in one of `FORMATS` and give it as the content of a file.

    Parameters
    ----------
    width : int
        Pixels, even; the height is 9/16 of it. Made to be read at 1280.
    fps : int, optional
        Frames a second of an MP4, `FPS` if not given. A GIF has none: each of
        its pictures says how long it is seen.
    progress : callable, optional
        Called with the pictures done and how many there are, from none to all.
    each : callable
        What draws the pictures: this process, or a cluster (`maps.tasks.spread`).
    **wishes
        What is shown and for how long, the keywords of `film_plan`.

    Raises
    ------
    ExportFailed
        The format, a number or a range will not do, or there is no ffmpeg.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective, story or day.
    """
    if fmt not in FORMATS:
        raise ExportFailed(f"cannot make a film as {fmt!r}; known are {', '.join(FORMATS)}")
    check_width(width)
    if fps is not None:
        if fmt == "gif":
            raise ExportFailed("a gif has no frames a second; leave it out, or write an .mp4")
        low, high = FPS_RANGE
        if not low <= fps <= high:
            raise ExportFailed(f"{fps} frames a second will not do; write {low} to {high}")
    plan = film_plan(atlas, **wishes)
    drawing, count = Drawing(plan, width), len(plan.scenes)

    def told() -> Iterator[Array]:
        """Go through the pictures; one is done when the next is asked for."""
        for done, picture in enumerate(drawing.pictures(each)):
            if progress:
                progress(done, count)
            yield picture
        if progress:
            progress(count, count)

    settings, seconds = atlas.settings, [scene.seconds for scene in plan.scenes]
    metadata = {
        "title": plan.title,
        "comment": f"{plan.first} to {plan.last}; data version {settings.version}, "
        f"sha256 {atlas.digest}, {settings.licence}",
    }
    try:
        if fmt == "mp4":
            return mp4_bytes(told(), seconds, drawing.size, fps or FPS, metadata)
        return gif_bytes(told(), seconds, drawing.size, metadata)
    except OSError as error:  # the folder for temporary files is full, or there is none
        raise ExportFailed(f"the film cannot be made ({error.strerror or error})") from error


def film_still(plan: Plan, day: Date | None = None, width: int = 1280) -> bytes:
    """Give one picture of a film as PNG: what is shown on a day, the first if none is given.

    Raises
    ------
    ExportFailed
        The width will not do.
    """
    check_width(width)
    numbered = [scene for scene in plan.scenes if scene.number]
    shown = {scene.shown.day: scene for scene in reversed(numbered) if scene.shown}
    before = [each for each in shown if day and each <= day]
    scene = shown[max(before)] if before else numbered[0]
    written = io.BytesIO()
    Image.fromarray(Drawing(plan, width).picture(scene)).save(written, "png", compress_level=3)
    return written.getvalue()


class Making(Wishes, total=False):
    """Keywords of `film_bytes`, which says what each means, with those of `film_plan`."""

    width: int
    fps: int | None
    progress: Progress | None
    each: Each


def film_file(atlas: Atlas, path: Path | str, **wishes: Unpack[Making]) -> Path:
    """Make a film and write it, in the format its ending names, whole or not at all.

    Parameters and errors are those of `film_bytes`; a path that cannot be
    written raises `ExportFailed`, too.
    """
    target = Path(path)
    fmt = target.suffix.lower().removeprefix(".")
    if fmt not in FORMATS:
        known = ", ".join(f".{known}" for known in FORMATS)
        raise ExportFailed(f"{target.name}: the ending names no film; known are {known}")
    if not target.parent.is_dir():
        # Said now, not after the film is made.
        raise ExportFailed(f"{target}: cannot be written (there is no folder {target.parent})")
    write_whole(target, film_bytes(atlas, fmt, **wishes))
    return target
