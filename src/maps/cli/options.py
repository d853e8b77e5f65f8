"""What the commands share: options, and how text, days and atlases come in and out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, TypeVar

import typer

from maps.asked import chosen_dates, four_numbers, known_id
from maps.errors import OutputLost
from maps.i18n import available_languages

if TYPE_CHECKING:
    from maps.model import Atlas

Value = TypeVar("Value")

AtlasFolder = Annotated[
    Path | None,
    typer.Option(
        "--atlas",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="The atlas folder; without it, the one that is shipped.",
    ),
]
Language = Annotated[str, typer.Option("--lang", help="Language of names and texts.")]
Dates = Annotated[
    str,
    typer.Option(
        "--dates",
        metavar="EVENT:DAY,…",
        help="Put events on another day that a source gives, as A21:1923-05-23.",
    ),
]
Extent = Annotated[
    str, typer.Option("--bbox", metavar="W,S,E,N", help="Extent in degrees, or a region's id.")
]
Day = Annotated[str, typer.Argument(metavar="DAY", help="A day, as 1923-07-07.")]


def put_out(text: str) -> None:
    """Write to stdout; stop quietly when the reader of a pipe has seen enough, as `head` does."""
    if sys.stdout is None:
        raise OutputLost("the result cannot be written: standard output is closed")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        raise typer.Exit from None
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
        raise typer.BadParameter(str(error), param_hint=name) from None


def extent_in(atlas: Atlas, text: str) -> tuple[float, float, float, float] | None:
    """Read an extent: four numbers, or a region of the atlas; None for the whole of it."""
    if not text:
        return None
    if "," in text:
        return typed(four_numbers, "--bbox", text)
    # Not imported by name: exports may be left out of an installation.
    boxes = import_module("maps.export.extents").extents(atlas)
    box: tuple[float, float, float, float] = boxes[known_id("region with a boundary", text, boxes)]
    return box


def atlas_in(folder: Path | None, lang: str, dates: str = "") -> Atlas:
    """Open an atlas, the shipped one where no folder is named, on the dates chosen."""
    from maps.validate import open_atlas  # noqa: PLC0415

    chosen = typed(chosen_dates, "--dates", dates)
    atlas = open_atlas(folder, lang)
    settings = atlas.settings
    spoken = (*settings.languages, *settings.name_languages, *available_languages())
    known_id("language", lang, dict.fromkeys(spoken))
    if not chosen:
        return atlas
    from maps.alternatives import with_dates  # noqa: PLC0415

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
