"""What the commands share: options, and how text, days and atlases come in and out."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO, TypeVar

import typer
from typer import Argument, BadParameter, Exit, Option

from maps.atlas.assemble import open_atlas
from maps.atlas.known import known_id
from maps.atlas.load import is_address
from maps.atlas.model import Atlas, Date
from maps.cache import nothing_collected
from maps.characters import visible
from maps.day.alternatives import with_dates
from maps.errors import OutputLost
from maps.map.ground import extents
from maps.words.asked import (
    WrittenDate,
    atlas_languages,
    chosen_dates,
    first_day_inside,
    four_numbers,
    read_date,
)
from maps.words.date_formats import format_day
from maps.words.i18n import texts
from maps.words.search import regions_called

Value = TypeVar("Value")


def _atlas_named(text: str) -> str:
    if not is_address(text) and not Path(text).is_dir():
        why = "is a file" if Path(text).exists() else "does not exist"
        raise BadParameter(f"Directory {text!r} {why}.")
    return text


AtlasPlace = Annotated[
    str | None,
    Option(
        "--atlas",
        metavar="DIR",
        parser=_atlas_named,
        help="The atlas folder, or postgresql://… for one in a database; "
        "without it, the one that is shipped.",
    ),
]
Language = Annotated[str, Option("--lang", help="Language of names and texts.")]
Dates = Annotated[
    str,
    Option(
        "--dates",
        metavar="EVENT:DAY,…",
        help="Put events on another day that a source gives, as A21:1923-05-23.",
    ),
]
Mode = Annotated[
    str, Option("--mode", metavar="ID", help="units, control or legal; without it, the first.")
]
Perspective = Annotated[
    str, Option("--perspective", metavar="ID", help="Whose statements, in the mode legal.")
]
Since = Annotated[str, Option("--from", metavar="DATE", help="First day, month or year.")]
Until = Annotated[str, Option("--to", metavar="DATE", help="Last day, month or year.")]
Extent = Annotated[
    str, Option("--bbox", metavar="W,S,E,N", help="Extent in degrees, or a region's id.")
]
Scheduler = Annotated[
    str,
    Option(
        metavar="ADDRESS",
        help="Share the work out: tcp://HOST:PORT of a dask scheduler, or local, one process a "
        "core.",
    ),
]
Day = Annotated[
    str, Argument(metavar="DAY", help='A day, as 1923-07-07, 7.7.1923 or "7 July 1923".')
]


def put_out(text: str, *, data: bool = False) -> None:
    """Write to stdout; stop quietly when the reader of a pipe has seen enough, as `head` does.

    What a terminal would obey or hide is written as an escape; ``data`` that goes
    into a file or a pipe stays as it is.
    """
    if sys.stdout is None:
        raise OutputLost("the result cannot be written: standard output is closed")
    faithful = data and not sys.stdout.isatty()
    try:
        sys.stdout.write((text if faithful else visible(text)) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        raise Exit from None
    except OSError as error:
        silence(sys.stdout)
        raise OutputLost(f"the result cannot be written: {error.strerror or error}") from None


def silence(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: Python flushes it once more at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def typed(read: Callable[[str], Value], name: str, text: str) -> Value:
    """Read what was typed; what cannot be read is a command not understood."""
    try:
        return read(text)
    except ValueError as error:
        raise BadParameter(str(error), param_hint=name) from None


def date_typed(atlas: Atlas, name: str, text: str, lang: str = "en") -> WrittenDate:
    """Read a date as a person writes it, open for none; tell it if it may be another."""
    if not text.strip():
        return WrittenDate(None, None)
    written = typed(lambda asked: read_date(asked, atlas_languages(atlas)), name, text)
    if written.earliest and written.other:
        day, other = (format_day(each, lang) for each in (written.earliest, written.other))
        typer.echo(texts(lang).t("map.two_ways", text=text, day=day, other=other), err=True)
    return written


def day_typed(atlas: Atlas, name: str, text: str, lang: str = "en") -> Date:
    """Read a day of the atlas; a month or year is its first day there."""
    if not text.strip():
        raise BadParameter("a day is missing; write it as 1923-07-07", param_hint=name)
    return first_day_inside(atlas, date_typed(atlas, name, text, lang))


def regions_typed(atlas: Atlas, text: str, lang: str, among: Iterable[str]) -> tuple[str, ...]:
    """Give the regions of an id or a name in any language; say what a name led to."""
    found = regions_called(atlas, text, lang, among)
    for named in found:
        if named.region_id != text:
            typer.echo(f"{named.form} → {named.shown} ({named.region_id})", err=True)
    return tuple(named.region_id for named in found)


def extent_in(atlas: Atlas, text: str, lang: str) -> tuple[float, float, float, float] | None:
    """Read an extent: four numbers, or a region of the atlas; None for the whole of it."""
    if not text:
        return None
    if "," in text:
        return typed(four_numbers, "--bbox", text)
    boxes = extents(atlas)
    return boxes[regions_typed(atlas, text, lang, boxes)[0]]


def atlas_in(folder: str | None, lang: str, dates: str = "") -> Atlas:
    """Open an atlas, the shipped one where no folder is named, on the dates chosen."""
    with nothing_collected():
        atlas = open_atlas(folder, lang)
        gc.freeze()  # what is kept to the end of a command need never be gone through
    languages = atlas_languages(atlas)
    known_id("language", lang, dict.fromkeys(languages))
    chosen = typed(lambda asked: chosen_dates(asked, languages), "--dates", dates)
    return with_dates(atlas, chosen)


@contextmanager
def progress_shown() -> Iterator[Callable[[int, int], None] | None]:
    """Give what is to be told of progress, a bar on stderr; None where nobody looks."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    with typer.progressbar(length=1, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield told
