"""The areas in words: a table of what the chart shows, its colours, how it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maps.atlas.model import NOT_KNOWN, PRECISIONS, Atlas
from maps.cards.charts import area_colours, between_text, range_text
from maps.cards.citing import citations
from maps.cards.figures import in_figures, number
from maps.cards.markup import element, folded, row, swatch, table
from maps.day.areas import AreaRow
from maps.day.figures import PublishedArea
from maps.looks.texture import Band, Look
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts
from maps.words.names import holder_name, region_name

_COLUMNS = ("day", "polity", "drawn", "likely", "bounds")


def areas_table(atlas: Atlas, rows: Sequence[AreaRow], lang: str) -> str:
    """Tabulate the areas of one dimension, folded: from which day, who, km², range, bounds."""
    spoken = texts(lang)
    headings = [spoken.t(f"ui.areas.column_{name}") for name in _COLUMNS]
    lines = [
        row(
            headings,
            (
                format_day_of(atlas, line.day, lang),
                holder_name(atlas, line.polity_id, lang),
                in_figures(range_text(line.km2_low, line.km2_high, spoken)),
                in_figures(between_text(line.km2_likely_low, line.km2_likely_high, spoken)),
                in_figures(between_text(line.km2_least, line.km2_most, spoken)),
            ),
            data_polity=line.polity_id,
        )
        for line in rows
    ]
    label = spoken.t("ui.areas.table", count=len(rows))
    return str(folded(label, table(headings, lines, label=label)))


def areas_legend(atlas: Atlas, rows: Iterable[AreaRow], lang: str, *, published: bool) -> str:
    """Explain the colours of the chart, its bands and its lines."""
    spoken = texts(lang)
    drawn = [line for line in rows if line.km2_high > 0]
    held = {(line.polity_id, line.dimension) for line in drawn}
    items = []
    for polity_id in (*atlas.polities, NOT_KNOWN):
        for dimension in dict.fromkeys(line.dimension for line in drawn):
            if (polity_id, dimension) in held:
                fill, line = area_colours(atlas, polity_id, dimension)
                name = holder_name(atlas, polity_id, lang)
                items.append(element("li", swatch(Look((Band(fill),)), edge=line), name))
    shown = {
        "between": any(line.km2_low < line.km2_high for line in drawn),
        "likely": any(line.km2_likely_high is not None for line in drawn),
        "published": published,
        "day": True,
    }
    for name in (name for name, is_shown in shown.items() if is_shown):
        mark = element("span", class_=f"mc-sample mc-sample-{name}", aria_hidden="true")
        items.append(element("li", mark, spoken.t(f"ui.areas.sample_{name}")))
    return str(element("ul", *items, class_="mc-paints"))


def published_part(atlas: Atlas, areas: Iterable[PublishedArea], lang: str) -> str:
    """Name the published areas of a chart with their sources; empty without any."""
    spoken = texts(lang)
    parts = []
    for area in areas:
        name = region_name(atlas, area.region_id, lang)
        for figure in area.figures:
            cited = citations(atlas, figure.citations, lang)
            value = element("b", number(figure.value, lang, figure.unit))
            line = " · ".join(part for part in (name, figure.date_text, figure.note) if part)
            parts.append(element("li", value, " ", line, cited))
    if not parts:
        return ""
    listed = element("ul", *parts, class_="mc-published")
    return str(folded(spoken.t("ui.areas.published_sources", count=len(parts)), listed))


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
            mean=number(errors[each].mean_km, spoken.lang),
            p95=number(errors[each].p95_km, spoken.lang),
        )
        for each, name in names.items()
        if each in errors
    )
    independent = number(settings.independent_km, spoken.lang)
    said = [
        spoken.t("ui.areas.how_likely", errors=likely, independent=independent) if errors else "",
        spoken.t("ui.areas.how_bounds", offsets=bounds) if bounds else "",
    ]
    lines = [*spoken.t("ui.areas.how").strip().splitlines(), *filter(None, said)]
    if not any(said):
        lines.append(spoken.t("ui.areas.none"))
    return str(element("ul", *(element("li", line) for line in lines), class_="mc-rules"))
