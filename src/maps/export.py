"""Pictures, pages and data of one day, and pictures of several, with the evidence they rest on.

Equal atlases and equal wishes give equal bytes: nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from maps.atlas.model import Atlas, Date
from maps.data.archive import zip_bytes
from maps.data.formats import MEDIA_TYPES, PICTURES, format_of
from maps.data.geojson import geojson_bytes
from maps.data.lpf import lpf_bytes
from maps.data.report import bib_bytes, csl_bytes
from maps.data.statements import csv_bytes
from maps.day.law import ALL
from maps.day.view import Bbox, Shown, shown_on
from maps.errors import ExportFailed
from maps.files import write_whole
from maps.tasks import Each, here

FEWEST, MOST = 2, 4  # days side by side
DAY = "{day}"  # in the name of a file: the day it is of


class Options(TypedDict, total=False):
    """How a day is shown: the keywords of an export.

    ``mode`` is a mode of the atlas, the first if not given. GeoJSON, GeoPackage and Linked
    Places hold what that mode shows; the CSV file holds all statements of the day, in legal
    status one row for each teller who takes a stance on a statement. CSL-JSON and BibTeX
    hold the sources of all this, the ZIP archive one file of each.

    ``lang`` is the language of the names, the references and the interface's own words.

    ``perspective`` is in legal status whose claims are painted and listed, ``all`` if not
    given. In the other modes it lists only the statements of this teller, and the colours
    stay as they are.

    ``bbox`` is west, south, east, north in degrees, the atlas's extent if not given. The
    page opens on it.

    ``size`` of a picture, also in the ZIP archive, is ``a4`` (if not given),
    ``a4-portrait``, ``16:9``, ``square``, or width and height in millimetres,
    ``250x180`` as a text; ``dpi`` are the dots an inch, 300 if not given: of a PNG, and up
    to 120 of the relief in SVG and PDF.
    """

    mode: str
    lang: str
    perspective: str | None
    bbox: Bbox | None
    size: str | tuple[float, float] | None
    dpi: int


def export_bytes(atlas: Atlas, day: Date, fmt: str, **options: Unpack[Options]) -> bytes:
    """Make the picture, page or data file of one day, in one of `maps.data.formats.FORMATS`.

    Raises
    ------
    ExportFailed
        The format, the size, the resolution or the box will not do.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective or day.
    """
    if fmt not in MEDIA_TYPES:
        raise ExportFailed(f"cannot export to {fmt!r}; known are {', '.join(MEDIA_TYPES)}")
    (shown,) = _shown(atlas, [day], options)
    if fmt in PICTURES:
        return _picture([shown], fmt, options)
    if fmt == "html":
        from maps.map.document import page_html  # noqa: PLC0415  folium takes 0.5 s

        told, box = options.get("perspective") or ALL, options.get("bbox")
        page = page_html(
            atlas, day, mode=shown.mode.id, lang=shown.lang, perspective=told, bbox=box
        )
        return page.encode()
    if fmt == "zip":
        return zip_bytes(shown, partial(export_bytes, atlas, day, **options))
    if fmt == "gpkg":
        from maps.data.geopackage import gpkg_bytes  # noqa: PLC0415  geopandas takes 0.3 s

        return gpkg_bytes(shown)
    return _DATA_WRITERS[fmt](shown)


def export_file(
    atlas: Atlas, day: Date | Sequence[Date], path: Path | str, **options: Unpack[Options]
) -> Path:
    """Write one day or two to four side by side, in the format the ending of the path names.

    The file is written whole or not at all. Errors are those of `export_bytes` and
    `comparison_bytes`; a path that cannot be written raises `ExportFailed`, too.
    """
    target = Path(path)
    if isinstance(day, Date):
        content = export_bytes(atlas, day, format_of(target), **options)
    else:
        ending = target.suffix.lower().removeprefix(".")
        content = comparison_bytes(atlas, day, ending, **options)
    write_whole(target, content)
    return target


def export_files(
    atlas: Atlas,
    days: Sequence[Date],
    path: Path | str,
    *,
    each: Each = here,
    **options: Unpack[Options],
) -> list[Path]:
    """Write a file of each day; the ``{day}`` in the name of the path is the day it is of.

    ``each`` makes the files: this process, or a cluster (`maps.tasks.spread`). Each is
    written as soon as it is made. Errors are those of `export_file`.
    """
    pattern = Path(path)
    fmt = format_of(pattern)
    parts = [(day, fmt, options) for day in dict.fromkeys(days)]
    written = []
    for (day, *_), content in zip(parts, each(_made, atlas, parts), strict=True):
        written.append(pattern.with_name(pattern.name.replace(DAY, day.isoformat())))
        write_whole(written[-1], content)
    return written


def _made(atlas: Atlas, part: tuple[Date, str, Options]) -> bytes:
    day, fmt, options = part
    return export_bytes(atlas, day, fmt, **options)


def comparison_bytes(
    atlas: Atlas, days: Sequence[Date], fmt: str, **options: Unpack[Options]
) -> bytes:
    """Draw two to four days side by side, at one extent and scale, with one legend.

    What differs from the day before it in the row is outlined on each map and
    listed with its sources. Days stand in the order given; ``fmt`` is ``png``, ``svg``
    or ``pdf``.

    Raises
    ------
    ExportFailed
        The number of days, the format, the size, the resolution or the box will not do.
    UnknownId, DayOutsideAtlas
        The atlas has no such mode, perspective or day.
    """
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
    return _picture(_shown(atlas, days, options), fmt, options)


def _shown(atlas: Atlas, days: Sequence[Date], options: Options) -> list[Shown]:
    return [
        shown_on(
            atlas,
            day,
            mode=options.get("mode", ""),
            lang=options.get("lang", "en"),
            perspective=options.get("perspective"),
            bbox=options.get("bbox"),
        )
        for day in days
    ]


def _picture(days: Sequence[Shown], fmt: str, options: Options) -> bytes:
    from maps.sheet.figure import picture  # noqa: PLC0415  matplotlib takes 0.5 s

    return picture(days, fmt, size=options.get("size"), dpi=options.get("dpi", 300))


_DATA_WRITERS: Mapping[str, Callable[[Shown], bytes]] = {
    "geojson": geojson_bytes,
    "csv": csv_bytes,
    "lpf": lpf_bytes,
    "csl": csl_bytes,
    "bib": bib_bytes,
}
