"""What differs between two days, as a table with reasons and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maps.atlas.model import CONTROL, NOT_KNOWN, Source
from maps.cards.citing import filled
from maps.day.areas import AreaRange, area_by_polity, in_succession
from maps.day.control import Holding
from maps.day.snapshot import Comparison
from maps.looks.paint import UNKNOWN, LegendEntry, holding_look, unit_entry
from maps.looks.texture import Look
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, format_number, texts
from maps.words.names import holder_name
from maps.words.sentences import Row, nothing_said, reading_said, region_names, rows

_COLUMNS = ("what", "region", "from_to", "km2", "why", "sources")


def differences_card(comparison: Comparison, lang: str) -> str:
    """Show the list of differences; where there is none, say so in words.

    It holds the ids of the boundaries that page.js outlines on both maps: before and after.
    """
    spoken, atlas, reading = texts(lang), comparison.atlas, comparison.reading
    days = (comparison.from_day, comparison.to_day)
    moved = {(each.line.region_id, each.line.layer) for each in comparison.differences}
    changed = (
        line.id
        for line in atlas.boundaries
        if (line.region_id, line.layer) in moved and any(day in line.span for day in days)
    )
    layers = {layer.id: layer for layer in atlas.settings.layers}

    def unit_of(row: Row) -> LegendEntry | None:
        line = row.differences[0].line
        if reading.asks_of(line):
            return None
        return unit_entry(layers[line.layer], outline=reading.by_teller)

    def names_of(row: Row) -> list[str]:
        return region_names(atlas, [change.region_id for change in row.changes], lang)

    def sources_of(row: Row) -> list[Source]:
        return list({cited.source.id: cited.source for cited in row.citations}.values())

    return str(
        filled(
            "differences",
            atlas,
            lang,
            changed=" ".join(changed),
            days=f" {spoken.arrow} ".join(format_day_of(atlas, day, lang) for day in days),
            reading=reading_said(comparison, spoken),
            by_teller=reading.by_teller,
            nothing=nothing_said(comparison, spoken),
            columns={name: spoken.t(f"ui.compare.{name}") for name in _COLUMNS},
            rows=rows(comparison),
            unknown=UNKNOWN,
            unit_of=unit_of,
            names_of=names_of,
            sources_of=sources_of,
        )
    )


def areas_card(comparison: Comparison, lang: str) -> str:
    """Show what each polity held on the two days and the difference, in km²."""
    spoken = texts(lang)
    atlas = comparison.atlas
    days = (comparison.from_day, comparison.to_day)
    sides = [area_by_polity(atlas, day) for day in days]
    polities = (*atlas.polities, NOT_KNOWN)
    held = [polity for polity in polities if any(polity in side for side in sides)]
    if not held:
        return ""
    lines: list[tuple[Look | None, str, Iterable[str]]] = []
    for polity in held:
        known = polity != NOT_KNOWN
        look = holding_look(atlas, Holding(CONTROL, polity)) if known else UNKNOWN
        lines.append((look, holder_name(atlas, polity, lang), _areas(sides, (polity,), spoken)))
    for group in in_succession(atlas, held):
        names = " + ".join(holder_name(atlas, polity, lang) for polity in group)
        name = spoken.t("ui.compare.together", polities=names)
        lines.append((None, name, _areas(sides, group, spoken)))
    headings = [
        spoken.t("ui.compare.polity"),
        *(format_day_of(atlas, day, lang) for day in days),
        spoken.t("ui.compare.difference"),
    ]
    return str(filled("held", atlas, lang, headings=headings, rows=lines))


def _areas(
    sides: Iterable[Mapping[str, AreaRange]], polities: Iterable[str], spoken: Texts
) -> tuple[str, str, str]:
    """Give what some polities held together on each of the two days, and the difference."""
    held = [[side[polity] for polity in polities if polity in side] for side in sides]
    first, second = (
        AreaRange(sum(area.low for area in found), sum(area.high for area in found))
        for found in held
    )
    # As low and high belong to the same pieces, the differences of each are what is possible.
    least, most = sorted((second.low - first.low, second.high - first.high))
    return (
        _range((first.low, first.high), spoken),
        _range((second.low, second.high), spoken),
        _range((least, most), spoken, signed=True),
    )


def _range(ends: tuple[float, float], spoken: Texts, *, signed: bool = False) -> str:
    written = []
    for end in ends:
        number = format_number(abs(end), spoken.lang)
        sign = "" if number == "0" or not (signed or end < 0) else "−" if end < 0 else "+"
        written.append(sign + number)
    if written[0] == written[1]:
        return written[0]
    return spoken.t("ui.compare.range", low=written[0], high=written[1])
