"""The map as a picture in a page, for readers whose browser runs no script."""

from __future__ import annotations

from markupsafe import Markup

from maps.i18n import format_day
from maps.publish.edition import Edition, map_query
from maps.publish.shell import void
from maps.publish.views import MapView, in_words, mode_name
from maps.render.cards.markup import element


def map_figure(edition: Edition, view: MapView, up: str, *, event: str = "") -> Markup:
    """Show the picture of a view, with its day and mode; it leads to the map itself."""
    spoken = edition.spoken
    picture = edition.maps[view.path]
    said = in_words(edition.atlas, view, edition.lang)
    colours = spoken.t("site.colours", names=", ".join(picture.key)) if picture.key else ""
    width, height = picture.size
    shown = void(
        "img",
        src=up + view.path,
        alt=" ".join(filter(None, (said, colours))),
        width=str(width),
        height=str(height),
    )
    there = up + map_query(day=view.day.isoformat(), mode=view.mode, event=event)
    day = format_day(view.day, edition.lang)
    caption = spoken.t("site.figure", day=day, mode=mode_name(view, edition.lang))
    return element(
        "figure",
        element("a", shown, href=there),
        element("figcaption", caption),
        class_="ms-figure",
    )
