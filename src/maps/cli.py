"""The commands of `maps`: thin, each imports only what it needs.

Exit codes: 0 done, 1 something is wrong with the atlas or on the way, 2 the
command was not understood. Results go to stdout, one line of error to stderr.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from maps.asked import (
    day_inside,
    first_and_last,
    four_numbers,
    known_id,
    possible_between,
)
from maps.dates import parse_day
from maps.errors import AtlasInvalid, MapsError

if TYPE_CHECKING:
    from maps.model import Atlas

Value = TypeVar("Value")
DISTRIBUTION = "border-accounts"

app = typer.Typer(
    name="maps",
    help="A historical map of borders, control and legal status: who says what, on which day.",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
Day = Annotated[str, typer.Argument(metavar="DAY", help="A day, as 1923-07-07.")]


@app.callback(invoke_without_command=True)
def _maps(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.")
    ] = False,
) -> None:
    if show_version:
        _print(version(DISTRIBUTION))
        raise typer.Exit
    if context.invoked_subcommand is None:
        _print(context.get_help())


@app.command()
def serve(
    atlas: AtlasFolder = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
) -> None:
    """Open the dashboard in a server on this machine."""
    from maps import serve as server  # noqa: PLC0415
    from maps.load import default_atlas_folder  # noqa: PLC0415

    _opened(atlas, "en")
    server.require_free(host, port)
    raise typer.Exit(server.serve(atlas or default_atlas_folder(), host, port))


@app.command()
def check(
    atlas: AtlasFolder = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
) -> None:
    """List every problem of an atlas: file, row, field, and what would do."""
    from maps import report  # noqa: PLC0415
    from maps.load import default_atlas_folder, load_tables  # noqa: PLC0415
    from maps.validate import check_tables  # noqa: PLC0415

    tables = load_tables(atlas or default_atlas_folder())
    problems = check_tables(tables)
    written = report.problems_json if form == "json" else report.problems_text
    _print(written(tables, problems))
    raise typer.Exit(1 if problems else 0)


@app.command()
def show(
    day: Day,
    atlas: AtlasFolder = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """Show one day: boundaries with who holds them, statements, events."""
    from maps import report  # noqa: PLC0415
    from maps.snapshot import snapshot  # noqa: PLC0415

    asked_for = _typed(parse_day, "DAY", day)
    opened = _opened(atlas, lang)
    shown = snapshot(opened, day_inside(opened, asked_for))
    if form == "json":
        _print(report.json_text(shown.to_json(lang)))
    else:
        _print(report.snapshot_text(shown, lang))


@app.command()
def events(
    atlas: AtlasFolder = None,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="First day, month or year.")
    ] = "",
    until: Annotated[
        str, typer.Option("--to", metavar="DATE", help="Last day, month or year.")
    ] = "",
    region: Annotated[str, typer.Option(metavar="ID", help="Only events of this region.")] = "",
    form: Annotated[Literal["text", "json", "csv"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """List the events with their citations as printed and as resolved."""
    from maps import report  # noqa: PLC0415

    first, _ = _typed(first_and_last, "--from", since)
    _, last = _typed(first_and_last, "--to", until)
    opened = _opened(atlas, lang)
    asked_for = known_id("region", region, opened.regions) if region else ""
    chosen = [
        event
        for event in opened.events
        if possible_between(event, first, last) and (not asked_for or asked_for in event.region_ids)
    ]
    written = {
        "text": report.events_text,
        "json": report.events_json,
        "csv": report.events_csv,
    }
    _print(written[form](opened, chosen, lang))


@app.command()
def sources(
    atlas: AtlasFolder = None,
    form: Annotated[Literal["text", "json", "bibtex"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """Print the bibliography; json is CSL-JSON, as Zotero reads it."""
    from maps import report  # noqa: PLC0415

    listed = _opened(atlas, lang).sources.values()
    if form == "text":
        _print(report.sources_text(listed, lang))
    else:
        _print(report.sources_json(listed) if form == "json" else report.sources_bibtex(listed))


@app.command()
def areas(
    atlas: AtlasFolder = None,
    perspective: Annotated[
        str, typer.Option(metavar="ID", help="Whose statements on law.")
    ] = "all",
    form: Annotated[Literal["csv", "json"], typer.Option("--format")] = "csv",
    lang: Language = "en",
) -> None:
    """Tabulate the km² each polity held or was said to have, from change day to change day."""
    from maps import report  # noqa: PLC0415
    from maps.areas import all_area_rows  # noqa: PLC0415

    opened = _opened(atlas, lang)
    written = report.areas_csv if form == "csv" else report.areas_json
    _print(written(opened, all_area_rows(opened, perspective)))


def export(
    day: Day,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Its ending says the format.")
    ],
    atlas: AtlasFolder = None,
    mode: Annotated[str, typer.Option(metavar="ID", help="units or control.")] = "units",
    perspective: Annotated[
        str, typer.Option(metavar="ID", help="List only the statements of this teller.")
    ] = "",
    lang: Language = "en",
    bbox: Annotated[str, typer.Option(metavar="W,S,E,N", help="Extent in degrees.")] = "",
    size: Annotated[
        str, typer.Option(help="a4, a4-portrait, 16:9, square or WxH in millimetres.")
    ] = "a4",
    dpi: Annotated[int, typer.Option(help="Dots an inch, of a picture.")] = 300,
) -> None:
    """Write one day to a png, svg, pdf, html, geojson, gpkg or csv file, with its sources."""
    asked_for = _typed(parse_day, "DAY", day)
    extent = _typed(four_numbers, "--bbox", bbox) if bbox else None
    # Not imported by name: the command exists only where the module does.
    import_module("maps.export").export_file(
        _opened(atlas, lang),
        asked_for,
        output,
        mode=mode,
        lang=lang,
        perspective=perspective or None,
        bbox=extent,
        size=size,
        dpi=dpi,
    )


def build(
    atlas: AtlasFolder = None,
    compare: Annotated[
        bool, typer.Option("--check", help="Write nothing; tell which files are not as built.")
    ] = False,
) -> None:
    """Rebuild the boundaries of an atlas from its raw extracts."""
    from maps import report  # noqa: PLC0415
    from maps.load import default_atlas_folder  # noqa: PLC0415

    # Not imported by name: the recipe's helpers are no part of the product.
    differing = import_module("maps.build").run(atlas or default_atlas_folder(), compare)
    _print(report.build_text(differing, written=not compare))
    raise typer.Exit(1 if compare and differing else 0)


for _module, _command in (("maps.export", export), ("maps.build", build)):
    _spec = find_spec(_module)
    if _spec is not None and _spec.origin:  # a folder alone is no module
        app.command()(_command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is given back, nothing is raised."""
    if isinstance(sys.stdout, TextIOWrapper):
        # JSON and CSV are UTF-8 in every locale, and names are in four scripts.
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        code = app(args=arguments, prog_name="maps", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        if os.environ.get("MAPS_TRACEBACK"):
            raise
        message = " ".join(_explained(error).split())
        sys.stderr.write(f"maps: {message}\n")
        return 2 if isinstance(error, typer.TyperException) else 1
    return int(code or 0)


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


def _print(text: str) -> None:
    """Write to stdout; stop quietly when the reader of a pipe has seen enough, as `head` does."""
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def _typed(read: Callable[[str], Value], name: str, text: str) -> Value:
    try:
        return read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=name) from None


def _opened(folder: Path | None, lang: str) -> Atlas:
    from maps.validate import open_atlas  # noqa: PLC0415

    return open_atlas(folder, lang)
