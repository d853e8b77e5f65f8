"""Commands that make an atlas: a new one, and what is imported into one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maps.cli.options import put_out
from maps.errors import ImportRefused

if TYPE_CHECKING:
    from maps.atlas.intake import Outcome, Wishes


def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is missing or empty.")
    ],
    title: Annotated[str, typer.Option(help="Title of the atlas.")] = "A new atlas",
    lang: Annotated[str, typer.Option(help="Language of its names and texts.")] = "en",
) -> None:
    """Write a small invented atlas that passes every check, to be replaced row by row."""
    from maps.atlas.skeleton import write_skeleton  # noqa: PLC0415
    from maps.cli import made  # noqa: PLC0415

    try:
        written = write_skeleton(folder, title, lang)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None
    put_out(made.new_text(folder, written))


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
Into = Annotated[
    Path,
    typer.Option("--atlas", metavar="DIR", exists=True, file_okay=False, help="The atlas folder."),
]
Create = Annotated[
    bool, typer.Option("--create-regions", help="Make regions that the atlas does not have.")
]
SkipKnown = Annotated[
    bool, typer.Option("--skip-known", help="Leave out what the atlas has already.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would be done.")]

importing = typer.Typer(
    name="import",
    help="Add the rows of a spreadsheet or the polygons of a map file to an atlas, all or none.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@importing.command("events")
def import_events(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .xlsx file.")],
    atlas: Into,
    columns: Mapped = [],  # noqa: B006 - typer copies it
    values: Valued = [],  # noqa: B006
    mapping: MappingFile = None,
    create_regions: Create = False,
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each row of a spreadsheet as an event, with regions, texts and citations."""
    from maps.atlas import intake  # noqa: PLC0415

    wishes = _wishes(columns, values, mapping)

    def run() -> Outcome:
        return intake.import_events(
            file, atlas, wishes,
            create_regions=create_regions, skip_known=skip_known, dry_run=dry_run,
        )  # fmt: skip

    _told(file, run, dry_run)


@importing.command("boundaries")
def import_boundaries(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .geojson, .gpkg or .shp file.")],
    atlas: Into,
    layer: Annotated[str, typer.Option(metavar="ID", help="A layer of atlas.toml.")],
    columns: Mapped = [],  # noqa: B006
    values: Valued = [],  # noqa: B006
    mapping: MappingFile = None,
    licence: Annotated[str, typer.Option(help="Licence of the file, for its record.")] = "",
    credit: Annotated[str, typer.Option(help="Whom to name for the file.")] = "",
    title: Annotated[str, typer.Option(help="What the file is.")] = "",
    crs: Annotated[str, typer.Option(metavar="EPSG:N", help="Where the file does not say.")] = "",
    create_regions: Create = False,
    skip_known: SkipKnown = False,
    dry_run: DryRun = False,
) -> None:
    """Add each polygon of a map file as a boundary, in degrees, with the file's record."""
    from maps.atlas import intake  # noqa: PLC0415

    wishes = _wishes(columns, values, mapping)
    known = intake.Provenance(licence, credit, title)

    def run() -> Outcome:
        return intake.import_boundaries(
            file, atlas, layer, wishes, known,
            crs=crs, create_regions=create_regions, skip_known=skip_known, dry_run=dry_run,
        )  # fmt: skip

    _told(file, run, dry_run)


def _wishes(columns: list[str], values: list[str], mapping: Path | None) -> Wishes:
    from maps.atlas.intake import wishes_of  # noqa: PLC0415

    try:
        return wishes_of(columns, values, mapping)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--map") from None


def _told(file: Path, run: Callable[[], Outcome], dry_run: bool) -> None:
    from maps.cli import made  # noqa: PLC0415

    try:
        outcome = run()
    except ImportRefused as error:
        put_out(made.refused_text(file, error.problems))
        raise typer.Exit(1) from None
    put_out(made.import_text(file, outcome, written=not dry_run))
