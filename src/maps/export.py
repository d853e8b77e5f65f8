"""Pictures, pages and data of one day, and pictures of several, with the evidence they rest on.

Equal atlases and equal wishes give equal bytes: nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from maps.atlas.model import Atlas
from maps.data.archive import zip_bytes
from maps.data.cited import bib_bytes, csl_bytes
from maps.data.formats import ENDINGS, FORMATS, MEDIA_TYPES, PICTURES, SIZED, format_of
from maps.data.geojson import geojson_bytes
from maps.data.lpf import lpf_bytes
from maps.data.table import csv_bytes
from maps.day.law import ALL
from maps.day.view import Bbox, Shown, shown_on
from maps.errors import ExportFailed
from maps.files import write_whole

__all__ = [
    "ENDINGS",
    "FORMATS",
    "MEDIA_TYPES",
    "PICTURES",
    "SIZED",
    "Bbox",
    "Options",
    "comparison_bytes",
    "comparison_file",
    "export_bytes",
    "export_file",
    "shown_on",
]

FEWEST, MOST = 2, 4  # days side by side


class Options(TypedDict, total=False):
    """Keywords of `export_bytes`, which says what each means."""

    mode: str
    lang: str
    perspective: str | None
    bbox: Bbox | None
    size: str | tuple[float, float] | None
    dpi: int


def export_bytes(
    atlas: Atlas,
    day: date,
    fmt: str,
    *,
    mode: str = "units",
    lang: str = "en",
    perspective: str | None = None,
    bbox: Bbox | None = None,
    size: str | tuple[float, float] | None = None,
    dpi: int = 300,
) -> bytes:
    """Make the picture, page or data file of one day.

    Parameters
    ----------
    atlas, day
        What is shown, and when.
    fmt : str
        One of `FORMATS`.
    mode : str
        A mode of the atlas. GeoJSON, GeoPackage and Linked Places hold what that
        mode shows; the CSV file holds all statements of the day, in legal status
        one row for each teller who takes a stance on a statement. CSL-JSON and
        BibTeX hold the sources of all this, the ZIP archive one file of each.
    lang : str
        Language of the names, the references and the interface's own words.
    perspective : str, optional
        In legal status whose claims are painted and listed, ``all`` if not given.
        In the other modes it lists only the statements of this teller, and the
        colours stay as they are.
    bbox : tuple, optional
        West, south, east, north in degrees; the atlas's extent if not given.
    size : str or tuple, optional
        Of a picture, also in the ZIP archive: ``a4`` (if not given), ``a4-portrait``,
        ``16:9``, ``square``, or width and height in millimetres, ``250x180`` as a text.
    dpi : int
        Dots an inch: of a PNG, and up to 120 of the relief in SVG and PDF.

    Raises
    ------
    ExportFailed
        The format, the size, the resolution or the box will not do.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective or day.
    """
    if fmt not in FORMATS:
        raise ExportFailed(f"cannot export to {fmt!r}; known are {', '.join(FORMATS)}")
    shown = shown_on(atlas, day, mode=mode, lang=lang, perspective=perspective, bbox=bbox)
    if fmt in PICTURES:
        from maps.sheet.figure import picture  # noqa: PLC0415  matplotlib takes 0.5 s

        return picture([shown], fmt, size=size, dpi=dpi)
    if fmt == "html":
        from maps.map.page import page_html  # noqa: PLC0415  folium takes 0.5 s

        told = perspective or ALL
        return page_html(atlas, day, mode=mode, lang=lang, perspective=told).encode()
    if fmt == "zip":
        alone = partial(
            export_bytes,
            atlas,
            day,
            mode=mode,
            lang=lang,
            perspective=perspective,
            bbox=bbox,
            size=size,
            dpi=dpi,
        )
        return zip_bytes(shown, alone)
    if fmt == "gpkg":
        from maps.data.geopackage import gpkg_bytes  # noqa: PLC0415  geopandas takes 0.3 s

        return gpkg_bytes(shown)
    return _DATA_WRITERS[fmt](shown)


def export_file(atlas: Atlas, day: date, path: Path | str, **options: Unpack[Options]) -> Path:
    """Write the picture, page or data file of one day, in the format its ending names.

    The file is written whole or not at all. Parameters and errors are those of
    `export_bytes`; a path that cannot be written raises `ExportFailed`, too.
    """
    target = Path(path)
    fmt = format_of(target)
    content = export_bytes(atlas, day, fmt, **options)
    write_whole(target, content)
    return target


def comparison_bytes(
    atlas: Atlas,
    days: Sequence[date],
    fmt: str,
    *,
    mode: str = "units",
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
        As in `export_bytes`.

    Raises
    ------
    ExportFailed
        The number of days, the format, the size, the resolution or the box will not do.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective or day.
    """
    _check_comparison(days, fmt)
    shown = [
        shown_on(atlas, day, mode=mode, lang=lang, perspective=perspective, bbox=bbox)
        for day in days
    ]
    from maps.sheet.figure import picture  # noqa: PLC0415  matplotlib takes 0.5 s

    return picture(shown, fmt, size=size, dpi=dpi)


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


def _check_comparison(days: Sequence[date], fmt: str) -> None:
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


_DATA_WRITERS: Mapping[str, Callable[[Shown], bytes]] = {
    "geojson": geojson_bytes,
    "csv": csv_bytes,
    "lpf": lpf_bytes,
    "csl": csl_bytes,
    "bib": bib_bytes,
}
