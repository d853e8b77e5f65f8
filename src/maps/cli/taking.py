"""Commands that make an atlas: a new one, and what is imported into one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maps.cli.options import put_out


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is missing or empty.")
    ],
    title: Annotated[str, typer.Option(help="Title of the atlas.")] = "A new atlas",
    lang: Annotated[str, typer.Option(help="Language of its names and texts.")] = "en",
) -> None:
    """Write a small invented atlas that passes every check, to be replaced row by row."""
    from maps import report  # noqa: PLC0415
    from maps.skeleton import write_skeleton  # noqa: PLC0415

    try:
        written = write_skeleton(folder, title, lang)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None
    put_out(report.new_text(folder, written))
