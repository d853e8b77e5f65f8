"""Commands that check an atlas or print what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import typer

from maps.atlas.assemble import build_atlas
from maps.atlas.balance import balance_table
from maps.atlas.check import check_tables
from maps.atlas.known import known_id
from maps.atlas.load import default_atlas_folder, load_tables
from maps.cache import nothing_collected
from maps.characters import text_of_lines
from maps.cli.options import (
    AtlasPlace,
    Dates,
    Day,
    Language,
    Mode,
    Perspective,
    Since,
    Until,
    atlas_in,
    date_typed,
    day_typed,
    put_out,
    regions_typed,
)
from maps.data import report
from maps.data.plain import comparison_plain, snapshot_plain, sources_plain
from maps.day.areas import all_area_rows
from maps.day.comparison import Comparison, compare
from maps.day.law import ALL
from maps.day.snapshot import snapshot
from maps.words.asked import possible_between
from maps.words.differences import days_and_reading, nothing_said, rows
from maps.words.i18n import texts
from maps.words.sentences import change_said
from maps.words.translated import catalogue_lines


@nothing_collected()
def check(
    atlas: AtlasPlace = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
) -> None:
    """List every problem of an atlas; of one that has none, how much each side is heard."""
    tables = load_tables(atlas or default_atlas_folder())
    problems = check_tables(tables)
    written = report.problems_json if form == "json" else report.problems_text
    put_out(written(tables, problems), data=form == "json")
    if form == "text" and not problems and (balance := balance_table(build_atlas(tables))):
        put_out("\n" + balance)
    if form == "text" and (lines := catalogue_lines(tables)):
        put_out("\n" + "\n".join(lines))
    raise typer.Exit(1 if problems else 0)


def show(
    day: Day,
    atlas: AtlasPlace = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    lang: Language = "en",
    dates: Dates = "",
) -> None:
    """Show one day: boundaries with who holds them, statements, events."""
    opened = atlas_in(atlas, lang, dates)
    shown = snapshot(opened, day_typed(opened, "DAY", day, lang))
    if form == "json":
        put_out(report.json_text(snapshot_plain(shown, lang)), data=True)
    else:
        put_out(report.snapshot_text(shown, lang))


def diff(
    first: Annotated[
        str, typer.Argument(metavar="DAY1", help='A day, as 1923-07-07 or "7 July 1923".')
    ],
    second: Annotated[str, typer.Argument(metavar="DAY2", help="Another, earlier or later.")],
    atlas: AtlasPlace = None,
    mode: Mode = "",
    perspective: Perspective = "all",
    form: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """List what differs between two days: regions, from whom to whom, km², why, sources."""
    opened = atlas_in(atlas, lang)
    known_id("perspective", perspective, (ALL, *opened.perspectives))
    from_day, to_day = (
        day_typed(opened, name, text, lang) for name, text in (("DAY1", first), ("DAY2", second))
    )
    compared = compare(opened, from_day, to_day, mode, perspective)
    if form == "json":
        put_out(report.json_text(comparison_plain(compared, lang)), data=True)
    else:
        put_out(text_of_lines(_differences(compared, lang)))


def _differences(compared: Comparison, lang: str) -> Iterator[str]:
    spoken = texts(lang)
    yield f"{days_and_reading(compared, spoken)} · {compared.atlas.settings.title}"
    nothing = nothing_said(compared, spoken)
    if nothing:
        yield nothing
        return
    listed = rows(compared)
    for row in listed:
        yield change_said(compared.atlas, row.changes, spoken, lang)
        why = "; ".join(f"{event.title} ({event.id})" for event in row.events)
        yield f"  {spoken.t('compare.why', why=why or spoken.t('compare.no_reason'))}"
        cited = [" ".join(filter(None, (c.source.id, c.locator))) for c in row.citations]
        yield f"  {spoken.t('compare.cited', cited='; '.join(cited) or spoken.t('report.none'))}"
    yield ""
    yield spoken.t("compare.sources")
    for source in sources_plain((c for row in listed for c in row.citations), lang):
        yield f"  {source['id']:<5} {source['text']}"


def events(
    atlas: AtlasPlace = None,
    since: Since = "",
    until: Until = "",
    region: Annotated[
        str, typer.Option(metavar="REGION", help="Only events of this region: id or name.")
    ] = "",
    form: Annotated[Literal["text", "json", "csv"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """List the events with their citations as printed and as resolved."""
    opened = atlas_in(atlas, lang)
    first = date_typed(opened, "--from", since, lang).earliest
    last = date_typed(opened, "--to", until, lang).latest
    asked_for = regions_typed(opened, region, lang, opened.regions) if region else ()
    chosen = [
        event
        for event in opened.events
        if possible_between(event, first, last)
        and (not asked_for or not set(asked_for).isdisjoint(event.region_ids))
    ]
    formats = {"text": report.events_text, "json": report.events_json, "csv": report.events_csv}
    put_out(formats[form](opened, chosen, lang), data=form != "text")


def sources(
    atlas: AtlasPlace = None,
    form: Annotated[Literal["text", "json", "bibtex"], typer.Option("--format")] = "text",
    lang: Language = "en",
) -> None:
    """Print the bibliography; json is CSL-JSON, as Zotero reads it."""
    opened = atlas_in(atlas, lang)
    listed = opened.sources.values()
    if form == "text":
        put_out(report.sources_text(listed, lang))
    elif form == "json":
        put_out(report.sources_json(listed), data=True)
    else:
        put_out(report.sources_bibtex(opened, listed, lang), data=True)


def areas(
    atlas: AtlasPlace = None,
    perspective: Annotated[
        str, typer.Option(metavar="ID", help="Whose statements on law.")
    ] = "all",
    form: Annotated[Literal["csv", "json"], typer.Option("--format")] = "csv",
    lang: Language = "en",
    dates: Dates = "",
) -> None:
    """Tabulate the km² each polity held or was said to have, from change day to change day."""
    opened = atlas_in(atlas, lang, dates)
    written = report.areas_csv if form == "csv" else report.areas_json
    put_out(written(opened, all_area_rows(opened, perspective)), data=True)
