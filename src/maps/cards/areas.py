"""The areas in words: a table of what the chart shows, its colours, how it is computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maps.atlas.model import PRECISIONS, Atlas
from maps.cards.charts import area_colours, bounds_text, range_text
from maps.cards.citing import citations
from maps.cards.figures import in_figures, number
from maps.cards.markup import element, folded
from maps.cards.swatch import swatch
from maps.cards.table import row, table
from maps.day.areas import AreaRow
from maps.day.figures import PublishedArea
from maps.looks.texture import Band, Look
from maps.words.i18n import format_day, texts
from maps.words.names import region_name

_COLUMNS = ("day", "polity", "drawn", "bounds")


def areas_table(atlas: Atlas, rows: Sequence[AreaRow], lang: str) -> str:
    """Tabulate the areas of one dimension, folded: from which day, who, km², bounds."""
    spoken = texts(lang)
    headings = [spoken.t(f"ui.areas.column_{name}") for name in _COLUMNS]
    lines = [
        row(
            headings,
            (
                format_day(line.day, lang),
                atlas.polities[line.polity_id].name,
                in_figures(range_text(line.km2_low, line.km2_high, spoken)),
                in_figures(bounds_text(line, spoken)),
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
    for polity_id, polity in atlas.polities.items():
        for dimension in dict.fromkeys(line.dimension for line in drawn):
            if (polity_id, dimension) in held:
                fill, line = area_colours(atlas, polity_id, dimension)
                items.append(element("li", swatch(Look((Band(fill),)), edge=line), polity.name))
    shown = {
        "between": any(line.km2_low < line.km2_high for line in drawn),
        "bounds": any(line.km2_most is not None for line in drawn),
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
    spoken = texts(lang)
    offsets = atlas.settings.line_offset_km
    listed = ", ".join(
        spoken.t(
            "ui.areas.offset",
            precision=spoken.t(f"ui.method.precision_name.{precision}"),
            km=number(offsets[precision], lang),
        )
        for precision in PRECISIONS
        if precision in offsets
    )
    said = spoken.t("ui.areas.how_bounds", offsets=listed) if listed else spoken.t("ui.areas.none")
    lines = [*spoken.t("ui.areas.how").strip().splitlines(), said]
    return str(element("ul", *(element("li", line) for line in lines), class_="mc-rules"))
