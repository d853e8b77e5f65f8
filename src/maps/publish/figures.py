"""The map as a picture in a page, for readers whose browser runs no script."""

from __future__ import annotations

from markupsafe import Markup

from maps.cards.markup import element
from maps.day.law import ALL
from maps.publish.edition import Edition, map_query
from maps.publish.shell import void
from maps.publish.views import MapView, in_words
from maps.words.i18n import format_day
from maps.words.names import mode_name


def map_link(view: MapView, up: str, *, event: str = "", region: str = "") -> str:
    """Write the address of the map as a view shows it, seen from a page."""
    return up + map_query(
        day=view.day.isoformat(),
        mode=view.mode,
        perspective="" if view.perspective == ALL else view.perspective,
        event=event,
        region=region,
        bbox=",".join(f"{degree:g}" for degree in view.bbox or ()),
    )


def map_figure(edition: Edition, view: MapView, up: str, there: str) -> Markup:
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
    day = format_day(view.day, edition.lang)
    mode = mode_name(view.mode, edition.lang)
    if view.perspective:
        teller = edition.atlas.perspectives.get(view.perspective)
        told = teller.name if teller else spoken.t("map.everyone")
        mode = spoken.t("export.mode_told", mode=mode, teller=told)
    caption = spoken.t("site.figure", day=day, mode=mode)
    return element(
        "figure",
        element("a", shown, href=there),
        element(
            "figcaption",
            caption,
            " ",
            element("span", spoken.t("site.figure_way"), class_="ms-way"),
        ),
        class_="ms-figure",
    )
