"""The pages that show the map, alone and inside others; and its picture where no script runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from maps.cards.markup import element, together
from maps.day.law import ALL
from maps.map import files
from maps.map.document import AtlasMap, TimeControl, View, failure_texts, script_json
from maps.map.payload import map_payload
from maps.publish.edition import Edition, map_query, picture_path, upwards
from maps.publish.linked_data import atlas_data
from maps.publish.shell import Page, Picture, site_styles, void
from maps.publish.views import MapView, in_words
from maps.words.i18n import format_day
from maps.words.names import mode_name

MAP_SCRIPTS = ("boot.js", "leaflet.js", "atlas.js", "data.js", "start.js")
MAP_STYLES = ("leaflet.css", "map.css", "site.css")


def map_pages(edition: Edition) -> Iterator[Page]:
    """Make the page of the map and the one for frames."""
    settings, spoken = edition.atlas.settings, edition.spoken
    shown = Markup(_rendered(edition)["html"])  # by folium, of nothing but our own ids
    away = element("a", spoken.t("site.without_script"), href="events/index.html")
    view = edition.views.opening
    without = element(
        "noscript",
        element("p", spoken.t("map.without_script"), " ", away, class_="ma-noscript"),
        map_figure(edition, view, "", map_link(view, "")),
    )
    body = together(shown, without)
    about = settings.subtitle or settings.disclaimer
    picture = Picture(picture_path("index.html"), in_words(edition.atlas, view, edition.lang))
    yield Page(
        "index.html",
        settings.title,
        about,
        body,
        scripts=MAP_SCRIPTS,
        styles=MAP_STYLES,
        body_class="ma-alone ms-map",
        picture=picture,
        linked_data=atlas_data(edition),
    )
    whole = element(
        "a",
        spoken.t("site.open_whole", title=settings.title),
        href="index.html",
        target="_blank",
        rel="noopener",
        data_carries_view="",
        class_="ms-whole",
    )
    yield Page("embed.html", settings.title, about, together(body, whole), scripts=MAP_SCRIPTS,
               styles=MAP_STYLES, body_class="ma-alone ms-embed", framed=True)  # fmt: skip


def map_assets(edition: Edition, relief_name: str) -> Mapping[str, str]:
    """Give the files of the map: key to text; data and start are those of the edition."""
    relief = f"{upwards(edition.folder)}assets/{relief_name}" if relief_name else ""
    # Pages of events are told of by their folder: the map leads to them.
    data = {**map_payload(edition.atlas, edition.lang, relief), "pages": "events/"}
    return {
        "icon.svg": files.ICON.read_text(encoding="utf-8"),
        "boot.js": files.boot_script(),
        "leaflet.js": files.leaflet_script(),
        "atlas.js": files.atlas_script(),
        # A script, not JSON: a page opened from a disk may not fetch.
        "data.js": f"MapsAtlas.data={script_json(data)};\n",
        "start.js": _rendered(edition)["script"],
        "leaflet.css": files.leaflet_styles(),
        "map.css": files.atlas_styles(),
        "site.css": site_styles(),
    }


def _rendered(edition: Edition) -> Mapping[str, str]:
    shown = AtlasMap(edition.atlas)
    settings = edition.atlas.settings
    view = View(settings.opening_day, settings.modes[0].id)
    start = {"view": view.plain(), "texts": failure_texts(edition.lang), "inQuery": True}
    TimeControl(f"MapsAtlas.alone({script_json(start)})").add_to(shown)
    figure: Any = shown.get_root()
    figure.render()
    return {"html": figure.html.render(), "script": figure.script.render()}


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
