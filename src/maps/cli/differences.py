"""The command that compares two days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import typer

from maps.atlas.known import known_id
from maps.characters import text_of_lines
from maps.cli.options import AtlasPlace, Language, atlas_in, day_typed, put_out
from maps.data import report
from maps.data.plain import comparison_plain, sources_plain
from maps.day.comparison import Comparison, compare
from maps.day.law import ALL
from maps.words.differences import days_and_reading, nothing_said, rows
from maps.words.i18n import texts
from maps.words.sentences import change_said


def diff(
    first: Annotated[
        str, typer.Argument(metavar="DAY1", help='A day, as 1923-07-07 or "7 July 1923".')
    ],
    second: Annotated[str, typer.Argument(metavar="DAY2", help="Another, earlier or later.")],
    atlas: AtlasPlace = None,
    mode: Annotated[
        str, typer.Option(metavar="ID", help="units, control or legal; without it, the first.")
    ] = "",
    perspective: Annotated[
        str, typer.Option(metavar="ID", help="Whose statements, in the mode legal.")
    ] = "all",
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
        put_out(text_of_lines(_lines(compared, lang)))


def _lines(compared: Comparison, lang: str) -> Iterator[str]:

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
