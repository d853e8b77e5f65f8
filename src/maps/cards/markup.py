"""The one place where markup is put together; whatever is not markup yet is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from maps.looks.texture import Look
from maps.words.i18n import texts

Child = str | None  # `Markup` is a str that is safe already


def _in_the_page(query: Mapping[str, str]) -> str:
    return "?" + urlencode(query)


@dataclass(frozen=True)
class Surface:
    """Where cards stand: the address of a view, and whether parts that fold start open.

    ``address`` is given the parameters of a view, without the empty ones; without
    it a view is a query to the page itself, as in the dashboard. ``shares`` says
    whether there is a dialog for sharing one record.
    """

    address: Callable[[Mapping[str, str]], str] = _in_the_page
    unfolded: bool = False
    shares: bool = True


_SURFACE: ContextVar[Surface] = ContextVar("surface", default=Surface())  # noqa: B039  it is frozen
_WEB_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@contextmanager
def cards_on(surface: Surface) -> Iterator[None]:
    """Make all cards of a block for a surface other than the dashboard."""
    before = _SURFACE.set(surface)
    try:
        yield
    finally:
        _SURFACE.reset(before)


def element(tag: str, *children: Child, **attributes: str | None) -> Markup:
    """Build one element; plain text among the children is escaped, None and "" are left out.

    Attribute names are written with ``_`` for ``-``; a trailing ``_`` is dropped,
    for names Python keeps to itself. An attribute of None is left out.
    """
    # Joined by hand: `Markup.format` takes ten times as long, and a page has thousands.
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{written}>{_joined(children)}</{tag}>")


def together(*children: Child) -> Markup:
    """Put pieces one after another, escaping those that are plain text."""
    return Markup(_joined(children))


def _joined(children: Iterable[Child]) -> str:
    return "".join(
        child if isinstance(child, Markup) else escape(child) for child in children if child
    )


def web_link(url: object, label: str) -> Markup:
    """Link to a page of the web; anything but http and https is given as text alone."""
    address = str(url or "")
    if not _WEB_ADDRESS.fullmatch(address):
        return together(label)
    return element("a", label, href=address, target="_blank", rel="noopener noreferrer")


def view_link(label: Child, *, hint: str | None = None, **query: str) -> Markup:
    """Link to a view: ``?event=A19&tab=map`` in the dashboard; empty values are left out."""
    return element("a", label, href=view_address(**query), target="_self", title=hint)


def view_address(**query: str) -> str:
    """Write the address of a view for the surface; empty values are left out."""
    return _SURFACE.get().address({name: value for name, value in query.items() if value})


def share_link(label: str, record_id: str, **query: str) -> Markup | None:
    """Open the dialog that shares a record, over the view as it stands; None where there is none.

    ``query`` is the view to open it over where a page has no script.
    """
    if not _SURFACE.get().shares:
        return None
    address = _in_the_page({**query, "share": record_id})
    return element("a", label, href=address, target="_self", class_="mc-share",
                   data_share=record_id)  # fmt: skip


def listed(tag: str, items: Iterable[Markup], **attributes: str | None) -> Markup | None:
    """Build a list of items, None where there is none."""
    held = [element("li", item) for item in items]
    return element(tag, *held, **attributes) if held else None


def facts(pairs: Iterable[tuple[str, Child]]) -> Markup | None:
    """Build a list of terms and what they are, without the empty ones."""
    held = [
        element("div", element("dt", term), element("dd", said)) for term, said in pairs if said
    ]
    return element("dl", *held, class_="mc-facts") if held else None


def folded(label: Child, inside: Markup) -> Markup:
    """Build a part that opens when its label is chosen."""
    return element("details", element("summary", label), inside, class_="mc-fold", open=opened())


def unfolding(*inside: Child, lang: str) -> Markup:
    """Build what unfolds the text before it, and what stands below: a sign, for one that hears.

    A text with links in it is no label of a fold: a control is not put inside another.
    """
    sign = element("summary", aria_label=texts(lang).t("map.more"))
    return element("details", sign, *inside, class_="mc-unfolding", open=opened())


def opened() -> str | None:
    """Give the attribute ``open`` of a part that folds, as the surface wants it."""
    return "" if _SURFACE.get().unfolded else None


def table(
    headings: Sequence[str], rows: Iterable[Markup], *, label: str = "", stacked: bool = False
) -> Markup:
    """Build a table of rows from `row`; it scrolls by itself where it is too wide.

    ``stacked`` sets the cells of a row, each of which knows the head of its column, below
    each other on a narrow screen, for tables with long texts in them.
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


def swatch(look: Look, *, edge: str = "") -> Markup:
    """Show how the map paints a thing; ``edge`` is the colour of a heavier frame."""
    frame = f";border:2px solid {edge}" if edge else ""
    return element(
        "span", class_="mc-swatch", style=f"background:{look.css}{frame}", aria_hidden="true"
    )
