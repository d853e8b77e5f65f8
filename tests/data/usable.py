"""All that is made of an atlas, made once: what passes a check has to get through this."""

import json
import random
from pathlib import Path

from maps.atlas.assemble import build_atlas
from maps.cards import accounts, areas, day, event, figures, history, method
from maps.cards import compare as compared_cards
from maps.cards import region as region_cards
from maps.cards import regions as regions_cards
from maps.cards import source as source_cards
from maps.cards import story as story_cards
from maps.cards.bars import Frame
from maps.cards.charts import area_chart
from maps.cards.found import found_card
from maps.data import report
from maps.data.plain import comparison_plain, snapshot_plain
from maps.day.alternatives import with_dates
from maps.day.areas import CONTROL, all_area_rows, area_rows, contested_ground
from maps.day.contested import dates_of, points_of
from maps.day.figures import area_comparisons, published_areas
from maps.day.history import bands_of
from maps.day.law import ALL, LEGAL_DIMENSIONS
from maps.day.reading import readings
from maps.day.snapshot import compare, snapshot
from maps.day.timeline import timeline
from maps.errors import DateUnusable, DayOutsideAtlas
from maps.export import comparison_bytes, export_bytes
from maps.film import film_bytes
from maps.map.ground import extents
from maps.map.payload import map_payload
from maps.publish import publish_site, site_files
from maps.words.search import find, source_matches
from maps.words.sentences import change_lines

DATA = ("html", "geojson", "gpkg", "csv", "lpf", "csl", "bib")
# The dearest, of which each atlas gets some.
DEAR = ("svg", "pdf", "zip", "days", "film", "story", "site", "files", "inset")


def use_everything(tables, number, folder: Path, dear=1):
    """Build the atlas in each of its languages and make all that can be made of it.

    Of what takes long, ``dear`` of `DEAR` are made, other ones for other numbers.
    """
    rng = random.Random(number)
    langs = dict.fromkeys(("en", *tables.settings.values["languages"]))
    atlases = {lang: build_atlas(tables, lang) for lang in langs}
    for lang, atlas in atlases.items():
        json.dumps(map_payload(atlas, lang), allow_nan=False).encode()
        for made in cards_of(atlas, lang):
            json.dumps(made, allow_nan=False, default=str).encode()
    lang = rng.choice(list(atlases))
    atlas = atlases[lang]
    settings = atlas.settings
    shown_day = rng.choice((settings.first_day, settings.opening_day, settings.last_day))
    mode = rng.choice(settings.modes).id
    for fmt in DATA:
        export_bytes(atlas, shown_day, fmt, mode=mode, lang=lang)
    size = rng.choice(("a4", "a4-portrait", "16:9", "square", "400x160"))
    export_bytes(atlas, shown_day, "png", mode=mode, lang=lang, size=size, dpi=36)
    for wish in rng.sample(DEAR, dear):
        make(wish, atlas, lang, mode, shown_day, rng, folder)


def make(wish, atlas, lang, mode, shown_day, rng, folder):
    settings = atlas.settings
    days = sorted({settings.first_day, settings.opening_day, settings.last_day})
    if wish == "days":
        size = rng.choice(("a4", "square"))
        comparison_bytes(atlas, days, "png", mode=mode, lang=lang, size=size, dpi=36)
    elif wish == "film":
        line = timeline(atlas, mode, "")
        if line.change_days:
            last = line.change_days[min(1, len(line.change_days) - 1)]
            since = max(settings.first_day, line.change_days[0])
            if any(since < each <= last for each in line.change_days):
                film_bytes(
                    atlas, "gif", width=640, mode=mode, lang=lang, since=since, until=last, hold=0.2
                )
    elif wish == "story":
        for story in atlas.stories:
            film_bytes(atlas, "gif", width=640, lang=lang, story=story, hold=0.2)
    elif wish == "site":
        publish_site({lang: atlas}, folder / "site", tiles=True)
    elif wish == "files":
        site_files({lang: atlas}, "https://example.org/")
    elif wish == "inset":
        for bbox in list(extents(atlas).values())[:2]:
            export_bytes(atlas, shown_day, "png", mode=mode, lang=lang, bbox=bbox, dpi=36)
    else:
        export_bytes(atlas, shown_day, wish, mode=mode, lang=lang, dpi=36, size="square")


def cards_of(atlas, lang):  # noqa: PLR0912, PLR0915  a list of all there is
    """Make every card and every report of an atlas in a language."""
    settings = atlas.settings
    days = (settings.first_day, settings.opening_day, settings.last_day)
    frame = Frame(settings.first_day, settings.last_day)
    tellers = ("", ALL, *atlas.perspectives)
    lines = [timeline(atlas, each.mode.id, each.perspective) for each in readings(atlas)]
    for line in lines:
        yield change_lines(atlas, line, lang)
    for found in atlas.events:
        yield event.event_card(atlas, found, lang), event.event_meta(atlas, found, lang)
        for given in dates_of(atlas, found.id):
            try:
                chosen = with_dates(atlas, {found.id: given.day})
            except (DateUnusable, DayOutsideAtlas):
                continue
            yield accounts.chosen_dates(chosen, lang)
    for region in atlas.regions.values():
        for shown in days:
            yield region_cards.region_card(
                atlas, region, shown, lang, tellers[shown.day % len(tellers)]
            )
        bands = bands_of(atlas, region.id)
        yield history.history_chart(atlas, region, bands, frame, day=days[1], lang=lang)
        yield history.history_table(atlas, region, bands, lang)
        yield region_cards.region_background(atlas, region, lang)
        yield regions_cards.names_table(atlas, region, lang)
        yield (
            regions_cards.option_text(atlas, region.id, lang),
            regions_cards.related(atlas, region),
        )
        yield regions_cards.points(atlas, points_of(atlas, region_id=region.id), lang)
        yield regions_cards.numbers(atlas, region, lang)
        yield str(figures.worked_part(atlas, region.id, lang))
    for teller in atlas.perspectives:
        yield source_cards.bibliography(
            atlas, "x", [s for s in atlas.sources.values() if s.perspective_id == teller], lang
        )
    yield [source_matches(source, "a b", lang) for source in atlas.sources.values()]
    yield [found_card(atlas, find(atlas, asked, lang), {}, lang) for asked in ("a", "1950")]
    yield [accounts.question_fold(atlas, point, lang) for point in atlas.points.values()]
    for story in atlas.stories.values():
        yield story_cards.story_head(atlas, story, lang)
        for step in story.steps:
            yield (
                story_cards.step_line(atlas, story, step, lang),
                story_cards.step_head(story, step, lang),
            )
            yield story_cards.step_card(atlas, story, step, lang, {})
    for shown in days:
        yield day.page_head(atlas, shown, settings.modes[0].id, lang, {})
        taken = snapshot(atlas, shown)
        yield report.snapshot_text(taken, lang), report.json_text(snapshot_plain(taken, lang))
    yield day.period_chips(atlas.periods, lang), day.marks_legend(atlas, lang)
    ground = contested_ground(atlas)
    for dimension in (CONTROL, *LEGAL_DIMENSIONS):
        rows = area_rows(atlas, dimension, ALL, ground or None)
        published = published_areas(atlas).get(dimension, ())
        yield areas.areas_table(atlas, rows, lang), areas.published_part(atlas, published, lang)
        yield areas.areas_legend(atlas, rows, lang, published=bool(published))
        if rows:
            yield area_chart(atlas, rows, published, frame, day=days[1], lang=lang)
    yield report.areas_csv(atlas, all_area_rows(atlas, ALL)), areas.computing(atlas, lang)
    yield str(figures.figures_part(atlas, atlas.figures, lang)), area_comparisons(atlas)
    for card in (method.about, method.accuracy, method.figures, method.origins, method.all_notes):
        yield card(atlas, lang)
    for mode in settings.modes:
        compared = compare(atlas, days[0], days[2], mode.id)
        yield compared_cards.differences_card(compared, lang), report.comparison_csv(compared, lang)
        yield report.json_text(comparison_plain(compared, lang))
        if mode.colour_by == "control":
            yield compared_cards.areas_card(compared, lang)
    for written in (report.events_text, report.events_json, report.events_csv):
        yield written(atlas, atlas.events, lang)
    listed = atlas.sources.values()
    yield report.sources_text(listed, lang), report.sources_json(listed)
    yield report.sources_bibtex(atlas, listed, lang)
