"""What differs between two days, as a table with reasons and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from maps.atlas.model import CONTROL, NOT_KNOWN, Atlas, Citation
from maps.cards.citing import citations
from maps.cards.markup import Child, element, listed, swatch, together, view_link
from maps.day.areas import AreaRange, area_by_polity, in_succession
from maps.day.control import Holding
from maps.day.snapshot import Comparison, Statement
from maps.looks.paint import UNKNOWN, holding_look, unit_entry
from maps.words.cite import reference_text
from maps.words.date_formats import format_day_of
from maps.words.differences import Row, nothing_said, reading_said, rows
from maps.words.i18n import Texts, format_number, texts
from maps.words.names import holder_name, named_again
from maps.words.sentences import holding_name, region_names

_COLUMNS = ("what", "region", "from_to", "km2", "why", "sources")


def differences_card(comparison: Comparison, lang: str) -> str:
    """Show the list of differences; where there is none, say so in words."""
    spoken = texts(lang)
    days = (
        format_day_of(comparison.atlas, day, lang)
        for day in (comparison.from_day, comparison.to_day)
    )
    head = element(
        "h2",
        spoken.t("ui.compare.heading"),
        element("span", f" {spoken.arrow} ".join(days), " · ", reading_said(comparison, spoken),
                class_="mc-aside"),
        class_="mc-part",
    )  # fmt: skip
    nothing = nothing_said(comparison, spoken)
    if nothing:
        shown = together(element("p", nothing, class_="mc-body"))
    else:
        shown = together(
            _table("differences", _COLUMNS, _rows(comparison, spoken), spoken),
            element("p", spoken.t("ui.compare.only_two"), class_="mc-quiet"),
        )
    changed = " ".join(_changed(comparison))
    return str(element("section", head, shown, class_="mc-compare", data_changed=changed))


def _changed(comparison: Comparison) -> Iterator[str]:
    """List the ids of the boundaries that page.js outlines on both maps: before and after."""
    moved = {(each.line.region_id, each.line.layer) for each in comparison.differences}
    days = (comparison.from_day, comparison.to_day)
    for line in comparison.atlas.boundaries:
        if (line.region_id, line.layer) in moved and any(day in line.span for day in days):
            yield line.id


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
    body = []
    for polity in held:
        known = polity != NOT_KNOWN
        look = holding_look(atlas, Holding(CONTROL, polity)) if known else UNKNOWN
        name = together(swatch(look), holder_name(atlas, polity, lang))
        body.append(_area_row(name, sides, (polity,), spoken))
    for group in in_succession(atlas, held):
        names = " + ".join(holder_name(atlas, polity, lang) for polity in group)
        name = element("b", spoken.t("ui.compare.together", polities=names))
        body.append(_area_row(name, sides, group, spoken))
    heads = zip(("first", "second"), days, strict=True)
    named = {key: format_day_of(atlas, day, lang) for key, day in heads}
    table = _table("held", ("polity", "first", "second", "difference"), body, spoken, named)
    return str(
        element(
            "section",
            element("h2", spoken.t("ui.compare.areas"), class_="mc-part"),
            table,
            element("p", spoken.t("ui.compare.areas_note"), class_="mc-quiet"),
            class_="mc-compare",
        )
    )


def _table(
    name: str,
    columns: Iterable[str],
    body: Iterable[tuple[Child, ...]],
    spoken: Texts,
    named: dict[str, str] | None = None,
) -> Markup:
    """Build a table; each cell holds its heading too, for where there is room for one column."""
    heads = [(named or {}).get(key) or spoken.t(f"ui.compare.{key}") for key in columns]
    head = element("tr", *(element("th", label, scope="col", role="columnheader")
                           for label in heads), role="row")  # fmt: skip
    lines = [
        element("tr", *(
            element("td", element("div", cell), data_label=label, role="cell")
            for label, cell in zip(heads, cells, strict=True)
        ), role="row")
        for cells in body
    ]  # fmt: skip
    return element(
        "table",
        element("thead", head, role="rowgroup"),
        element("tbody", *lines, role="rowgroup"),
        class_=f"mc-table mc-stacked mc-{name}",
        role="table",
    )


def _rows(comparison: Comparison, spoken: Texts) -> Iterator[tuple[Child, ...]]:
    atlas, lang = comparison.atlas, spoken.lang
    for row in rows(comparison):
        names = region_names(atlas, [change.region_id for change in row.changes], lang)
        yield (
            spoken.t(f"ui.compare.kind.{row.kind}"),
            together(*(element("span", name, class_="mc-line") for name in names)),
            _from_to(comparison, row, spoken),
            element("span", format_number(row.km2, lang), class_="mc-figure"),
            _why(row, spoken),
            _sources(atlas, row, spoken),
        )


def _from_to(comparison: Comparison, row: Row, spoken: Texts) -> Markup:
    first = row.changes[0]
    before: Child
    after: Child
    if row.kind == "redrawn" and not first.before and not first.after:
        before, after = (
            spoken.t("ui.card.square_km", km2=format_number(size, spoken.lang))
            for size in (row.km2_before, row.km2)
        )
    else:
        absent = element("span", spoken.t("ui.compare.absent"), class_="mc-quiet")
        unknown = element("span", swatch(UNKNOWN), spoken.t("map.not_known"), class_="mc-line")
        sides = (
            ("appears", first.unknown_before, first.before),
            ("disappears", first.unknown_after, first.after),
        )
        before, after = (
            absent
            if row.kind == missing
            else unknown
            if is_unknown
            else _side(comparison, row, held, spoken)
            for missing, is_unknown, held in sides
        )
    arrow = element(
        "span", spoken.arrow, class_="mc-arrow", role="img", aria_label=spoken.t("ui.compare.to")
    )
    return element("div", element("div", before), arrow, element("div", after), class_="mc-from-to")


def _side(comparison: Comparison, row: Row, holdings: Iterable[Holding], spoken: Texts) -> Markup:
    """Name who holds or has what on one of the two days, or the layer where nobody is asked."""
    atlas, reading = comparison.atlas, comparison.reading
    line = row.differences[0].line
    if not reading.asks_of(line):
        layer = next(layer for layer in atlas.settings.layers if layer.id == line.layer)
        unit = unit_entry(layer, outline=reading.by_teller)
        return together(swatch(unit.look), unit.label)
    named = [
        element("span", swatch(holding_look(atlas, held)), holding_name(atlas, held, spoken),
                class_="mc-line")
        for held in holdings
    ]  # fmt: skip
    silent = "map.silent" if reading.by_teller else "map.nobody_named"
    return together(*named) or element("span", spoken.t(silent), class_="mc-quiet")


def _why(row: Row, spoken: Texts) -> Markup:
    links = [
        view_link(event.title, hint=event.id, event=event.id, lang=spoken.lang, tab="map")
        for event in row.events
    ]
    if not links:
        return element("span", spoken.t("compare.no_reason"), class_="mc-quiet")
    return together(*(element("span", link, class_="mc-line") for link in links))


def _sources(atlas: Atlas, row: Row, spoken: Texts) -> Markup:
    """List the ids of the sources; behind them everything that is said, by whom, and where."""
    cited = {c.source.id: c.source for c in row.citations}
    if not cited:
        return element("span", spoken.t("report.none"), class_="mc-quiet")
    ids = [
        element("abbr", source.id, title=reference_text(source, spoken.lang), class_="mc-source-id")
        for source in cited.values()
    ]
    parts: list[tuple[str, Iterable[Citation]]] = [
        *((_told(atlas, said, "ended", spoken), said.citations) for said in row.ended),
        *((_told(atlas, said, "begun", spoken), said.citations) for said in row.begun),
        *((f"{event.id} {event.title}", event.citations) for event in row.events),
        (spoken.t("ui.card.line"), row.of_lines),
    ]
    told = (
        together(element("p", text, class_="mc-told"), citations(atlas, found, spoken.lang))
        for text, found in parts
        if found
    )
    summary = element("summary", Markup(" ").join(ids))
    return element("details", summary, listed("ul", told), class_="mc-fold")


def _told(atlas: Atlas, said: Statement, when: str, spoken: Texts) -> str:
    teller = named_again(atlas, said.perspective_id)
    stance = spoken.t(f"map.stance.{said.stance}")
    return spoken.t(f"ui.compare.{when}", teller=teller, stance=stance, text=said.text)


def _area_row(
    name: Markup, sides: Iterable[Mapping[str, AreaRange]], polities: Iterable[str], spoken: Texts
) -> tuple[Child, ...]:
    """Give what some polities held together on each of the two days, and the difference."""
    held = [[side[polity] for polity in polities if polity in side] for side in sides]
    first, second = (
        AreaRange(sum(area.low for area in found), sum(area.high for area in found))
        for found in held
    )
    # As low and high belong to the same pieces, the differences of each are what is possible.
    ends = sorted((second.low - first.low, second.high - first.high))
    cells = (
        _range((first.low, first.high), spoken),
        _range((second.low, second.high), spoken),
        _range((ends[0], ends[1]), spoken, signed=True),
    )
    return (name, *(element("span", cell, class_="mc-figure") for cell in cells))


def _range(ends: tuple[float, float], spoken: Texts, *, signed: bool = False) -> str:
    written = []
    for end in ends:
        number = format_number(abs(end), spoken.lang)
        sign = "" if number == "0" or not (signed or end < 0) else "−" if end < 0 else "+"
        written.append(sign + number)
    if written[0] == written[1]:
        return written[0]
    return spoken.t("ui.compare.range", low=written[0], high=written[1])
