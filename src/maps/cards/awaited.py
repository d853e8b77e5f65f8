"""What stands where something has not come yet; page.css shows each line when it is true."""

from __future__ import annotations

from maps.cards.markup import element, together
from maps.words.i18n import Texts, texts


def page_awaited(lang: str, title: str = "") -> str:
    """Show the shape of the page while the atlas is opened: its tabs by name, the map's place.

    ``title`` is the atlas's, where it is known by then.
    """
    spoken = texts(lang)
    tabs = [element("span", name) for name in spoken.section("ui.tabs").values()]
    said = element("p", spoken.t("ui.awaited.page"), role="status")
    parts = (
        element("div", title, class_="mc-awaited-head"),
        element("div", *tabs, class_="mc-awaited-tabs"),
        element("div", said, class_="mc-awaited-map"),
        element("div", class_="mc-awaited-panel"),
    )
    return str(element("div", *parts, class_="mc-awaited-page"))


def map_awaited(lang: str) -> str:
    """Stand over a map until it is there, and say so if it does not come."""
    spoken = texts(lang)
    late = element("p", spoken.t("ui.awaited.late"), " ", _again(spoken), class_="mc-late")
    said = element("p", spoken.t("ui.awaited.map"), role="status")
    return str(element("div", together(said, late), class_="mc-awaited-map"))


def tab_awaited(tab: str, lang: str) -> str:
    """Stand in a tab that has not been fetched."""
    said = texts(lang).t("ui.awaited.tab")
    return str(element("p", said, class_="mc-awaited-tab", data_tab=tab))


def server_awaited(lang: str) -> str:
    """Say that there is no server to ask."""
    spoken = texts(lang)
    said = spoken.t("ui.awaited.server")
    return str(element("p", said, " ", _again(spoken), class_="mc-awaited-server", role="status"))


def _again(spoken: Texts) -> str:
    return element("a", spoken.t("ui.awaited.again"), href="", target="_self")
