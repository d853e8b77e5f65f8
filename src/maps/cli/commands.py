"""Commands that check an atlas, print what it holds, or write files made of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, BadParameter, Exit, Option

from maps.atlas.assemble import build_atlas
from maps.atlas.balance import balance_table
from maps.atlas.check import check_tables
from maps.atlas.check.texts import is_language
from maps.atlas.known import known_id
from maps.atlas.load import default_atlas_folder, is_address, load_tables
from maps.atlas.translations import translatable
from maps.build import run as run_recipe
from maps.cache import nothing_collected
from maps.catalogue import refreshed
from maps.characters import text_of_lines
from maps.cli.options import (
    AtlasPlace,
    Dates,
    Day,
    Extent,
    Language,
    Mode,
    Perspective,
    Scheduler,
    Since,
    Until,
    atlas_in,
    date_typed,
    day_typed,
    extent_in,
    progress_shown,
    put_out,
    regions_typed,
)
from maps.data import report
from maps.data.plain import comparison_plain, snapshot_plain, sources_plain
from maps.day.areas import all_area_rows
from maps.day.law import ALL
from maps.day.snapshot import Comparison, compare, snapshot
from maps.day.timeline import timeline
from maps.export import DAY, Options, export_file, export_files
from maps.files import write_whole
from maps.tasks import spread
from maps.words.asked import possible_between
from maps.words.i18n import LOCALES, catalogue_lines, interface_texts, texts
from maps.words.sentences import change_said, days_and_reading, nothing_said, rows

Form = Annotated[Literal["text", "json"], Option("--format")]


@nothing_collected()
def check(atlas: AtlasPlace = None, form: Form = "text") -> None:
    """List every problem of an atlas; of one that has none, how much each side is heard."""
    tables = load_tables(atlas or default_atlas_folder())
    problems = check_tables(tables)
    written = report.problems_json if form == "json" else report.problems_text
    put_out(written(tables, problems), data=form == "json")
    if form == "text" and not problems and (balance := balance_table(build_atlas(tables))):
        put_out("\n" + balance)
    if form == "text" and (lines := catalogue_lines(tables)):
        put_out("\n" + "\n".join(lines))
    raise Exit(1 if problems else 0)


def show(
    day: Day,
    atlas: AtlasPlace = None,
    form: Form = "text",
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
    first: Annotated[str, Argument(metavar="DAY1", help='A day, as 1923-07-07 or "7 July 1923".')],
    second: Annotated[str, Argument(metavar="DAY2", help="Another, earlier or later.")],
    atlas: AtlasPlace = None,
    mode: Mode = "",
    perspective: Perspective = "all",
    form: Form = "text",
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
        yield change_said(compared.atlas, row.changes, lang)
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
        str, Option(metavar="REGION", help="Only events of this region: id or name.")
    ] = "",
    form: Annotated[Literal["text", "json", "csv"], Option("--format")] = "text",
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
    form: Annotated[Literal["text", "json", "bibtex"], Option("--format")] = "text",
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
    perspective: Annotated[str, Option(metavar="ID", help="Whose statements on law.")] = "all",
    form: Annotated[Literal["csv", "json"], Option("--format")] = "csv",
    lang: Language = "en",
    dates: Dates = "",
) -> None:
    """Tabulate the km² each polity held or was said to have, from change day to change day."""
    opened = atlas_in(atlas, lang, dates)
    written = report.areas_csv if form == "csv" else report.areas_json
    put_out(written(opened, all_area_rows(opened, perspective)), data=True)


def export(
    days: Annotated[
        list[str],
        Argument(metavar="DAY", help='A day, as 1923-07-07 or "7 July 1923"; two to four.'),
    ],
    output: Annotated[
        Path,
        Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Its ending says the format, as .png, .lpf.json or .zip; {day} in it: a file "
            "for each day.",
        ),
    ],
    atlas: AtlasPlace = None,
    mode: Mode = "",
    perspective: Annotated[
        str, Option(metavar="ID", help="Whose statements are listed, in legal mode painted.")
    ] = "",
    lang: Language = "en",
    bbox: Extent = "",
    size: Annotated[
        str, Option(help="a4, a4-portrait, 16:9, square or WxH in millimetres.")
    ] = "a4",
    dpi: Annotated[int, Option(help="Dots an inch, of a PNG.")] = 300,
    dates: Dates = "",
    changes: Annotated[
        bool, Option("--changes", help="Each day of change from the first DAY to the last.")
    ] = False,
    scheduler: Scheduler = "",
) -> None:
    """Write one day with its sources to a file of the format its ending names.

    Pictures: png, svg, pdf. The whole map: html. Data: geojson, gpkg, csv, lpf.json
    (Linked Places). Sources: csl.json, bib. All of these but svg in one archive: zip.
    Two to four days stand side by side on one sheet: png, svg or pdf. With {day} in the
    name of the file each day gets a file of its own.
    """
    many = DAY in output.name
    for name, is_given in (("--changes", changes), ("--scheduler", bool(scheduler))):
        if is_given and not many:
            raise BadParameter(
                f"is for a file of each day; write {DAY} into the name after -o", param_hint=name
            )
    opened = atlas_in(atlas, lang, dates)
    asked_for = [day_typed(opened, "DAY", day, lang) for day in days]
    options: Options = {
        "mode": mode,
        "lang": lang,
        "perspective": perspective or None,
        "bbox": extent_in(opened, bbox, lang),
        "size": size,
        "dpi": dpi,
    }
    if many:
        if changes:
            line = timeline(opened, mode, perspective)
            first, last = min(asked_for), max(asked_for)
            asked_for = [day for day in line.change_days if first <= day <= last]
        with spread(scheduler) as each:
            export_files(opened, asked_for, output, each=each, **options)
        return
    export_file(opened, asked_for if len(days) > 1 else asked_for[0], output, **options)


def publish(
    folder: Annotated[
        Path, Argument(metavar="DIR", help="A new or empty folder, or an earlier site.")
    ],
    atlas: AtlasPlace = None,
    lang: Annotated[
        list[str] | None,
        Option("--lang", help="A language of the texts, again for another; without it, all."),
    ] = None,
    address: Annotated[str, Option(metavar="URL", help="Where the site will be, https://…")] = "",
    tiles: Annotated[
        bool, Option("--tiles", help="Load the map as it is looked at: for a large atlas.")
    ] = False,
    scheduler: Scheduler = "",
) -> None:
    """Write a static site of the atlas: map, events, sources, data; any web server can show it."""
    from maps.publish import publish_site, require_apart  # noqa: PLC0415  folium, matplotlib: 1 s

    if not atlas or not is_address(atlas):
        require_apart(folder, Path(atlas or default_atlas_folder()))
    wanted = lang or atlas_in(atlas, "en").settings.languages
    opened = {code: atlas_in(atlas, code) for code in dict.fromkeys(wanted)}
    with spread(scheduler) as each:
        written = publish_site(opened, folder, address, tiles=tiles, each=each)
    put_out(texts("en").t("site.published", count=len(written), folder=folder))


def _folder_of(atlas: str | None, done: str) -> Path:
    if atlas and is_address(atlas):
        raise BadParameter(f"{done} in a folder; name one", param_hint="--atlas")
    return Path(atlas or default_atlas_folder())


def translate(
    lang: Annotated[str, Argument(metavar="LANG", help="Its code, as ru or pt-BR.")],
    atlas: AtlasPlace = None,
) -> None:
    """Write the texts of an atlas for translators anew: text/LANG.po, made from what it says now.

    Translations stay; one whose English has changed is kept beside it and marked. In a
    checkout of the program the texts of the interface are written too.
    """
    tables = load_tables(_folder_of(atlas, "catalogues are written"))
    if not is_language(lang) or tables.texts.get(lang):
        message = f"{lang!r} is no code of a language that the atlas is to be translated into"
        raise BadParameter(message, param_hint="LANG")
    now = datetime.now(UTC)
    wanted = {tables.folder / "text" / f"{lang}.po": list(translatable(tables))}
    if atlas is None:
        wanted[LOCALES / f"{lang}.po"] = interface_texts(lang)
    for file, listed in wanted.items():
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        try:
            written = refreshed(before, lang, listed, now)
        except ValueError as error:
            raise BadParameter(f"{file} is no PO file: {error}", param_hint="LANG") from None
        write_whole(file, written.encode())
    put_out(text_of_lines(map(str, wanted)))


def build(
    atlas: AtlasPlace = None,
    only_check: Annotated[
        bool, Option("--check", help="Write nothing; tell which files are not as built.")
    ] = False,
    trust: Annotated[
        bool, Option("--trust-recipe", help="Run the program recipe/ of that folder.")
    ] = False,
) -> None:
    """Rebuild the boundaries of an atlas from its raw extracts, with the program in its recipe/.

    That program can do whatever you can: for another atlas than the shipped one,
    read it first, then say --trust-recipe.
    """
    shipped = default_atlas_folder()
    folder = _folder_of(atlas, "a recipe is run")
    if not trust and folder.resolve() != shipped.resolve():
        message = f"runs the program {folder}/recipe; read it, then add --trust-recipe"
        raise BadParameter(message, param_hint="--atlas")
    differing = run_recipe(folder, only_check)
    spoken = texts("en")
    if differing:
        heading = spoken.t("build.differ" if only_check else "build.written", count=len(differing))
        put_out(text_of_lines((heading, *(f"  {name}" for name in differing))))
    else:
        put_out(spoken.t("build.same"))
    raise Exit(1 if only_check and differing else 0)


def animate(
    output: Annotated[Path, Option("-o", "--output", metavar="FILE", help="Ends in .mp4 or .gif.")],
    atlas: AtlasPlace = None,
    mode: Mode = "",
    perspective: Perspective = "",
    lang: Language = "en",
    since: Since = "",
    until: Until = "",
    story: Annotated[
        str, Option(metavar="ID", help="The steps of a story instead of days of change.")
    ] = "",
    hold: Annotated[
        float | None,
        Option(metavar="SECONDS", help="Each day or step this long, not as its text needs."),
    ] = None,
    fps: Annotated[int | None, Option(help="Frames a second of an mp4.")] = None,
    bbox: Extent = "",
    width: Annotated[int, Option(help="Pixels; the height is 9/16 of it.")] = 1280,
    dates: Dates = "",
    scheduler: Scheduler = "",
) -> None:
    """Make a film, mp4 or gif: a picture for each day of change, or for each step of a story."""
    from maps.film import film_file  # noqa: PLC0415  matplotlib takes 0.3 s

    opened = atlas_in(atlas, lang, dates)
    with spread(scheduler) as each, progress_shown() as told:
        film_file(
            opened,
            output,
            mode=mode,
            perspective=perspective or None,
            lang=lang,
            since=date_typed(opened, "--from", since, lang).earliest,
            until=date_typed(opened, "--to", until, lang).latest,
            story=story,
            hold=hold,
            bbox=extent_in(opened, bbox, lang),
            width=width,
            fps=fps,
            progress=told,
            each=each,
        )
