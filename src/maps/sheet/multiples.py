"""Two to four days side by side on one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Unpack

from maps.atlas.model import Atlas
from maps.data.formats import PICTURES
from maps.day.view import Bbox, shown_on
from maps.errors import ExportFailed
from maps.files import write_whole
from maps.sheet.options import Options

FEWEST, MOST = 2, 4


def comparison_bytes(
    atlas: Atlas,
    days: Sequence[date],
    fmt: str,
    *,
    mode: str = "",
    lang: str = "en",
    perspective: str | None = None,
    bbox: Bbox | None = None,
    size: str | tuple[float, float] | None = None,
    dpi: int = 300,
) -> bytes:
    """Draw two to four days side by side, at one extent and scale, with one legend.

    What differs from the day before it in the row is outlined on each map and
    listed with its sources. Days stand in the order given.

    Parameters
    ----------
    atlas, days
        What is shown, and when.
    fmt : str
        ``png``, ``svg`` or ``pdf``.
    mode, lang, perspective, bbox, size, dpi
        As in `maps.export.export_bytes`.

    Raises
    ------
    ExportFailed
        The number of days, the format, the size, the resolution or the box will not do.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective or day.
    """
    _check(days, fmt)
    shown = [
        shown_on(atlas, day, mode=mode, lang=lang, perspective=perspective, bbox=bbox)
        for day in days
    ]
    from maps.sheet.panels import comparison  # noqa: PLC0415  matplotlib takes 0.5 s

    return comparison(shown, fmt, size=size, dpi=dpi)


def comparison_file(
    atlas: Atlas, days: Sequence[date], path: Path | str, **options: Unpack[Options]
) -> Path:
    """Write two to four days side by side, in the format the ending of the path names.

    The file is written whole or not at all. Parameters and errors are those of
    `comparison_bytes`; a path that cannot be written raises `ExportFailed`, too.
    """
    target = Path(path)
    ending = target.suffix.lower().removeprefix(".")
    content = comparison_bytes(atlas, days, ending, **options)
    write_whole(target, content)
    return target


def _check(days: Sequence[date], fmt: str) -> None:
    if not FEWEST <= len(days) <= MOST:
        raise ExportFailed(
            f"{len(days)} days cannot stand side by side; name {FEWEST} to {MOST} of them"
        )
    twice = [day for at, day in enumerate(days) if day in days[:at]]
    if twice:
        raise ExportFailed(f"{twice[0]} is named twice; a comparison needs different days")
    if fmt not in PICTURES:
        known = ", ".join(f".{each}" for each in PICTURES)
        given = f".{fmt}" if fmt else "a file without ending"
        raise ExportFailed(
            f"several days can be written to {known}, not to {given}; name one day for other files"
        )
