"""The areas in words: a table of what the chart shows, its colours, how it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from maps.atlas.model import NOT_KNOWN, PRECISIONS, Atlas
from maps.cards.charts import area_colours, between_text, range_text
from maps.cards.citing import filled
from maps.cards.figures import number
from maps.cards.markup import element
from maps.day.areas import AreaRow
from maps.day.figures import PublishedArea
from maps.looks.texture import Band, Look
from maps.words.i18n import texts
from maps.words.names import holder_name

_COLUMNS = ("day", "polity", "drawn", "likely", "bounds")


def areas_table(atlas: Atlas, rows: Sequence[AreaRow], lang: str) -> str:
    """Tabulate the areas of one dimension, folded: from which day, who, km², range, bounds."""
    spoken = texts(lang)
    lines = [
        (
            row,
            range_text(row.km2_low, row.km2_high, spoken),
            between_text(row.km2_likely_low, row.km2_likely_high, spoken),
            between_text(row.km2_least, row.km2_most, spoken),
        )
        for row in rows
    ]
    columns = {name: spoken.t(f"ui.areas.column_{name}") for name in _COLUMNS}
    return str(filled("areas_table", atlas, lang, rows=lines, columns=columns))


def areas_legend(atlas: Atlas, rows: Iterable[AreaRow], lang: str, *, published: bool) -> str:
    """Explain the colours of the chart, its bands and its lines."""
    drawn = [row for row in rows if row.km2_high > 0]
    held = {(row.polity_id, row.dimension) for row in drawn}
    colours = []
    for polity_id in (*atlas.polities, NOT_KNOWN):
        for dimension in dict.fromkeys(row.dimension for row in drawn):
            if (polity_id, dimension) in held:
                fill, edge = area_colours(atlas, polity_id, dimension)
                colours.append((Look((Band(fill),)), edge, holder_name(atlas, polity_id, lang)))
    samples = {
        "between": any(row.km2_low < row.km2_high for row in drawn),
        "likely": any(row.km2_likely_high is not None for row in drawn),
        "published": published,
        "day": True,
    }
    return str(filled("areas_legend", atlas, lang, colours=colours, samples=samples))


def published_part(atlas: Atlas, areas: Iterable[PublishedArea], lang: str) -> str:
    """Name the published areas of a chart with their sources; empty without any."""
    figures = [figure for area in areas for figure in area.figures]
    if not figures:
        return ""
    written = partial(number, lang=lang)
    return str(filled("published_areas", atlas, lang, figures=figures, number=written))


def computing(atlas: Atlas, lang: str) -> str:
    """Say how the areas and their bounds are computed."""
    spoken, settings = texts(lang), atlas.settings
    offsets, errors = settings.line_offset_km, settings.line_errors
    names = {each: spoken.t(f"ui.method.precision_name.{each}") for each in PRECISIONS}
    bounds = ", ".join(
        spoken.t("ui.areas.offset", precision=name, km=number(offsets[each], lang))
        for each, name in names.items()
        if each in offsets
    )
    likely = "; ".join(
        spoken.t(
            "ui.areas.error",
            precision=name,
            mean=number(errors[each].mean_km, lang),
            p95=number(errors[each].p95_km, lang),
        )
        for each, name in names.items()
        if each in errors
    )
    independent = number(settings.independent_km, lang)
    said = [
        spoken.t("ui.areas.how_likely", errors=likely, independent=independent) if errors else "",
        spoken.t("ui.areas.how_bounds", offsets=bounds) if bounds else "",
    ]
    lines = [*spoken.t("ui.areas.how").strip().splitlines(), *filter(None, said)]
    if not any(said):
        lines.append(spoken.t("ui.areas.none"))
    return str(element("ul", *(element("li", line) for line in lines), class_="mc-rules"))
