"""The commands of `maps`, thin: what takes long to load is loaded by the command that needs it.

Exit codes: 0 done, 1 something is wrong with the atlas or on the way, 2 the
command was not understood. Results go to stdout, one line of error to stderr.
"""

from __future__ import annotations

import os
import re
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from maps.characters import in_line
from maps.cli import commands, serve, taking
from maps.cli.options import put_out, silence
from maps.errors import AtlasInvalid, MapsError

DISTRIBUTION = "border-accounts"
_LONGEST_ERROR = 1000  # characters of the line that says what went wrong

app = typer.Typer(
    name="maps",
    help="A historical map of borders, control and legal status: who says what, on which day.",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def _maps(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.")
    ] = False,
) -> None:
    if show_version:
        put_out(version(DISTRIBUTION))
        raise typer.Exit
    if context.invoked_subcommand is None:
        put_out(context.get_help())


for _command in (
    serve.serve,
    commands.check,
    commands.show,
    commands.diff,
    commands.events,
    commands.sources,
    commands.areas,
    taking.new,
    taking.load,
    taking.edit,
    commands.export,
    commands.animate,
    commands.publish,
    commands.translate,
    commands.build,
):
    app.command()(_command)
app.add_typer(taking.importing)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is given back, nothing is raised."""
    if isinstance(sys.stdout, TextIOWrapper):
        # JSON and CSV are UTF-8 in every locale, and names are in four scripts.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    _hold_standard_streams()
    # No day of an atlas depends on where the machine is, and Babel fails on an odd zone.
    os.environ["TZ"] = "UTC"
    try:
        words = sys.argv[1:] if arguments is None else arguments
        for word in words:
            if any("\ud800" <= letter <= "\udfff" for letter in word):
                raise typer.BadParameter(f"{word!r} has bytes that are no text in UTF-8")
        # A day before the year 1 is no option; with a minus sign it is read as with a hyphen.
        words = [re.sub(r"^-(?=\d{4}(?:-\d\d){0,2}$)", "−", word) for word in words]
        code = app(args=words, prog_name="maps", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        if os.environ.get("MAPS_TRACEBACK"):
            raise
        message = in_line(" ".join(_explained(error).split()), _LONGEST_ERROR)
        if sys.stderr is not None:  # it was closed
            try:
                sys.stderr.write(f"maps: {message}\n")
                sys.stderr.flush()
            except OSError:
                silence(sys.stderr)
        return 2 if isinstance(error, typer.TyperException) else 1
    return int(code or 0)


def _hold_standard_streams() -> None:
    """Open those that are closed on nothing, before a file takes the number of one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _explained(error: Exception) -> str:
    if isinstance(error, typer.TyperException):
        return error.format_message().replace("Value error, ", "") + " (maps --help tells more)"
    if isinstance(error, AtlasInvalid) and error.problems:
        others = len(error.problems) - 1
        more = f" (and {others} more problems)" if others else ""
        return f"{error.problems[0]}{more}; `maps check` lists them all"
    if isinstance(error, (MapsError, OSError)):
        return str(error)
    fault = f"{type(error).__name__}: {error}"
    return f"a fault in maps itself: {fault}; MAPS_TRACEBACK=1 shows where"
