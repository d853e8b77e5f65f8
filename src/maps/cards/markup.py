"""The one place where markup is put together; whatever is not markup yet is escaped.

What consists of several elements is a template in `templates/`; one alone is an `element`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup, escape

from maps.templates import templates

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
    return Markup(f"<{tag}{written}>{together(*children)}</{tag}>")


def together(*children: Child) -> Markup:
    """Put pieces one after another, escaping those that are plain text."""
    held = (child if isinstance(child, Markup) else escape(child) for child in children if child)
    return Markup("".join(held))


def rendered(template: str, facts: Mapping[str, object]) -> Markup:
    """Fill a template of the cards that needs no more than the facts."""
    found = TEMPLATES.get_template(f"{template}.html")
    # `Template.render` takes three times as long for a small one, and a page has hundreds.
    context = found.new_context({**SHARED, **facts}, shared=True)
    return Markup("".join(found.root_render_func(context)))


def folded(label: str, inside: Markup) -> Markup:
    """Build a part that opens when its label is chosen."""
    return rendered("folded", {"label": label, "inside": inside})


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


def share_link(label: str, record_id: str, **query: str) -> Markup:
    """Open the dialog that shares a record, over the view as it stands; empty where there is none.

    ``query`` is the view to open it over where a page has no script.
    """
    if not _SURFACE.get().shares:
        return Markup()
    address = _in_the_page({**query, "share": record_id})
    return element("a", label, href=address, target="_self", class_="mc-share",
                   data_share=record_id)  # fmt: skip


def _opened() -> Markup:
    """Give the attribute of a part that folds, as the surface wants it."""
    return Markup(' open=""' if _SURFACE.get().unfolded else "")


TEMPLATES = templates(Path(__file__).parent / "templates")
TEMPLATES.globals |= {
    "opened": _opened,
    "view_link": view_link,
    "share_link": share_link,
    "web_link": web_link,
}
_PARTS = vars(TEMPLATES.get_template("parts.html").module)
# What every template may call: the macros of `parts.html`, and functions.
SHARED = {**TEMPLATES.globals, **{name: _PARTS[name] for name in _PARTS if name[0] != "_"}}
