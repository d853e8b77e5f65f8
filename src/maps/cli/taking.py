"""Commands that make an atlas: a new one, and what is imported into one."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from maps.atlas.dates import parse_day
from maps.atlas.intake import IDS, ORDERS, Wishes, import_file, wishes_of
from maps.atlas.load import fill_database, is_address
from maps.atlas.load.database import shown
from maps.atlas.model import Date
from maps.atlas.skeleton import Frame, write_skeleton
from maps.characters import text_of_lines
from maps.cli import serve as server
from maps.cli.options import put_out, typed
from maps.errors import ImportRefused, OutputLost
from maps.words.asked import four_numbers
from maps.words.i18n import texts


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is missing or empty.")
    ],
    title: Annotated[str, typer.Option(help="Title of the atlas.")] = "A new atlas",
    lang: Annotated[str, typer.Option(help="Language of its names and texts.")] = "en",
    empty: Annotated[bool, typer.Option("--empty", help="Without any invented row.")] = False,
    first: Annotated[
        str, typer.Option("--first-day", metavar="DAY", help="Of an empty atlas: 1900-01-01.")
    ] = "",
    last: Annotated[
        str, typer.Option("--last-day", metavar="DAY", help="Of an empty atlas: 1950-12-31.")
    ] = "",
    extent: Annotated[
        str,
        typer.Option(metavar="W,S,E,N", help="First view of an empty atlas, in degrees."),
    ] = "",
) -> None:
    """Write a small invented atlas that passes every check, or an empty one."""
    if not empty and (first or last or extent):
        message = "the example has days and an extent of its own; add --empty"
        raise typer.BadParameter(message, param_hint="--first-day, --last-day, --extent")

    def day(text: str) -> Date:
        return parse_day(text.replace("−", "-"))  # so that no year before the year 1 is an option

    usual = Frame()
    frame = Frame(
        typed(day, "--first-day", first) if first else usual.first_day,
        typed(day, "--last-day", last) if last else usual.last_day,
        typed(four_numbers, "--extent", extent) if extent else usual.extent,
    )
    try:
        written = write_skeleton(folder, title, lang, empty=empty, frame=frame)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None
    key = "new.empty" if empty else "new.written"
    put_out(texts("en").t(key, folder=folder, count=len(written)))


def load(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="An atlas folder.")
    ],
    address: Annotated[
        str, typer.Argument(metavar="ADDRESS", help="postgresql://user@host/database")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the atlas there.")
    ] = False,
) -> None:
    """Put an atlas into a PostGIS database, all of it or nothing; --atlas ADDRESS reads it."""
    if not is_address(address):
        raise typer.BadParameter("write postgresql://user@host/database", param_hint="ADDRESS")
    count = fill_database(folder, address, replace=replace)
    put_out(texts("en").t("load.done", count=count, address=shown(address)))


def edit(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", file_okay=False, help="An atlas folder, or one still to be made."
        ),
    ],
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8502,
) -> None:
    """Open a workbench for an atlas: tables, files dropped in, lines drawn on the map."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "atlas.toml").exists():
        message = f"{folder} holds files and no atlas.toml; name an atlas, or an empty folder"
        raise typer.BadParameter(message, param_hint="DIR")

    def say(line: str) -> None:
        with suppress(OutputLost, typer.Exit):  # the page is served, whoever listens here
            put_out(line)

    server.edit(folder, port, say)


importing = typer.Typer(
    name="import",
    help="Add sources, rows of a spreadsheet or polygons of a map file to an atlas, all or none.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

RowsFile = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .xlsx or file of points.")]
Into = Annotated[
    Path,
    typer.Option("--atlas", metavar="DIR", exists=True, file_okay=False, help="The atlas folder."),
]
Mapped = Annotated[
    list[str],
    typer.Option("--map", metavar="COLUMN=FIELD", help="What a column is; repeat for each."),
]
Valued = Annotated[
    list[str],
    typer.Option("--set", metavar="FIELD=VALUE", help="A value for each row that has none."),
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE", help="TOML with [columns] and [values]."),
]
SheetName = Annotated[
    str, typer.Option(metavar="NAME", help="Of a workbook, or layer of a map file, with several.")
]
Encoding = Annotated[
    str, typer.Option(metavar="NAME", help="Of a file that does not say it, as cp1252 or cp1251.")
]
Order = Annotated[
    str,
    typer.Option(
        "--dates",
        metavar="HOW",
        help="Take dates in other forms than EDTF: as-read (where they mean one thing), "
        "day-first or month-first (1.2.1911).",
    ),
]
EndInclusive = Annotated[
    bool | None,
    typer.Option(
        "--end-inclusive/--end-exclusive",
        help="Ends are the last day, month or year that counts; or the first that does not.",
        show_default=False,
    ),
]
Create = Annotated[
    bool, typer.Option("--create-regions", help="Make regions that the atlas does not have.")
]
SkipKnown = Annotated[
    bool, typer.Option("--skip-known", help="Leave out what the atlas has already.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be done.")]


@importing.command("events")
def import_events(
    file: RowsFile,
    atlas: Into,
    columns: Mapped = [],  # noqa: B006 - typer copies it
    values: Valued = [],  # noqa: B006
    mapping: MappingFile = None,
    sheet: SheetName = "",
    encoding: Encoding = "",
    dates: Order = "",
    create_regions: Create = False,
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each row of a spreadsheet as an event, with regions, texts and citations."""
    wishes = _mapped(columns, values, mapping)
    _import(
        file, atlas, "events", wishes, part=sheet, encoding=encoding, dates=dates,
        create_regions=create_regions, skip_known=skip_known, dry_run=dry_run,
    )  # fmt: skip


@importing.command("boundaries")
def import_boundaries(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="GeoJSON, GeoPackage, shapefile, KML …, .zip.")
    ],
    atlas: Into,
    layer: Annotated[str, typer.Option(metavar="ID", help="A layer of atlas.toml.")],
    columns: Mapped = [],  # noqa: B006
    values: Valued = [],  # noqa: B006
    mapping: MappingFile = None,
    licence: Annotated[str, typer.Option(help="Licence of the file, for its record.")] = "",
    credit: Annotated[str, typer.Option(help="Whom to name for the file.")] = "",
    title: Annotated[str, typer.Option(help="What the file is.")] = "",
    crs: Annotated[str, typer.Option(metavar="EPSG:N", help="Where the file does not say.")] = "",
    from_layer: Annotated[
        str, typer.Option(metavar="NAME", help="Of a file with several layers.")
    ] = "",
    encoding: Encoding = "",
    dates: Order = "",
    end_inclusive: EndInclusive = None,
    create_regions: Create = False,
    contested_overlaps: Annotated[
        bool,
        typer.Option("--contested-overlaps", help="Mark what covers ground of another contested."),
    ] = False,
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each polygon of a map file as a boundary, in degrees, with the file's record."""
    wishes = _mapped(columns, values, mapping)
    _import(
        file, atlas, "boundaries", wishes, layer=layer, licence=licence, credit=credit,
        title=title, crs=crs, part=from_layer, encoding=encoding, dates=dates,
        end_inclusive=end_inclusive, create_regions=create_regions,
        contested_overlaps=contested_overlaps, skip_known=skip_known, dry_run=dry_run,
    )  # fmt: skip


@importing.command("sources")
def import_sources(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSL-JSON, BibTeX or RIS.")],
    atlas: Into,
    values: Valued = [],  # noqa: B006
    encoding: Encoding = "",
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each record of a reference manager as a source; --set perspective=ID says who speaks."""
    wishes = _mapped([], values, None)
    _import(
        file, atlas, "sources", wishes, encoding=encoding, skip_known=skip_known, dry_run=dry_run
    )


@importing.command("rows")
def import_rows(
    file: RowsFile,
    atlas: Into,
    table: Annotated[str, typer.Option(metavar="NAME", help=f"One of {', '.join(IDS)}.")],
    columns: Mapped = [],  # noqa: B006
    values: Valued = [],  # noqa: B006
    mapping: MappingFile = None,
    sheet: SheetName = "",
    encoding: Encoding = "",
    dates: Order = "",
    end_inclusive: EndInclusive = None,
    create_regions: Create = False,
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each row to a table: statuses, accounts, periods, places, points or polities."""
    _require_one_of("--table", table, IDS)
    wishes = _mapped(columns, values, mapping)
    _import(
        file, atlas, table, wishes, part=sheet, encoding=encoding, dates=dates,
        end_inclusive=end_inclusive, create_regions=create_regions, skip_known=skip_known,
        dry_run=dry_run,
    )  # fmt: skip


def _mapped(columns: list[str], values: list[str], mapping: Path | None) -> Wishes:
    try:
        return wishes_of(columns, values, mapping)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--map") from None


def _import(file: Path, atlas: Path, kind: str, mapped: Wishes, **said: Any) -> None:  # noqa: ANN401 - fields of Wishes
    wishes = replace(mapped, **said)
    if wishes.dates:
        _require_one_of("--dates", wishes.dates, ORDERS)
    spoken = texts("en")
    try:
        outcome = import_file(file, atlas, kind, wishes)
    except ImportRefused as error:
        summary = spoken.t("import.not_imported", count=len(error.problems), file=file)
        put_out(text_of_lines((*map(str, error.problems), summary)))
        raise typer.Exit(1) from None
    lines = [spoken.t("import.would" if wishes.dry_run else "import.done", file=file)]
    for name, count in outcome.added.items():
        key = "import.created" if name in outcome.created else "import.added"
        lines.append(spoken.t(key, file=name, count=count))
    put_out(text_of_lines((*lines, *outcome.remarks)))


def _require_one_of(option: str, text: str, choices: Collection[str]) -> None:
    if text not in choices:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(choices)}", param_hint=option)
