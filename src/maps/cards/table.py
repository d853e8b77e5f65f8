"""Tables that can be read on a narrow screen: each cell knows the head of its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from maps.cards.markup import Child, element


def table(
    headings: Sequence[str], rows: Iterable[Markup], *, label: str = "", stacked: bool = False
) -> Markup:
    """Build a table of rows from `row`; it scrolls by itself where it is too wide.

    ``stacked`` sets the cells of a row below each other on a narrow screen,
    for tables with long texts in them.
    """
    head = element("tr", *(element("th", heading, scope="col") for heading in headings))
    made = element(
        "table",
        element("thead", head),
        element("tbody", *rows),
        class_="mc-table mc-stacked" if stacked else "mc-table",
        aria_label=label or None,
    )
    return element("div", made, class_="mc-wide", tabindex="0")


def row(headings: Sequence[str], cells: Sequence[Child], **attributes: str | None) -> Markup:
    """Build one row; ``headings`` are those of the table, in its order."""
    pairs = zip(headings, cells, strict=True)
    made = (element("td", cell, data_label=heading) for heading, cell in pairs)
    return element("tr", *made, **attributes)
