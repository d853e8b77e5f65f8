"""The folium map of an atlas, with its time control.

One document: shown in the app through `st_folium`, embedded in a frame, or one file with
everything inside, which makes no request and opens from a disk or a mail. It holds every
day; the browser scrubs.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from markupsafe import Markup

from maps.atlas.model import Atlas, Date
from maps.day.law import ALL
from maps.day.view import Bbox
from maps.map import files
from maps.map.payload import map_payload
from maps.templates import templates
from maps.words.cite import reference_html
from maps.words.i18n import direction, texts, translation_note
from maps.words.sentences import dates_chosen_said

_TEMPLATES = templates(files.ASSETS)
_PICTURES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class View:
    """What the map opens with; the ids may be empty.

    Maps that name the same channel in ``together`` are panned, zoomed and read
    as one; without a channel a map moves alone. ``place`` is zoom/lat/lon, ``bbox``
    west, south, east, north in degrees; without either the whole atlas is seen. A
    ``kiosk`` plays by itself.
    """

    day: Date
    mode: str
    event: str = ""
    region: str = ""
    perspective: str = ALL
    together: str = ""
    place: str = ""
    bbox: Bbox | None = None
    kiosk: bool = False

    def plain(self) -> dict[str, Any]:
        """Give the view with its day as the ordinal the scripts count in, and no empty extras."""
        plain = {**asdict(self), "day": self.day.toordinal()}
        return {k: v for k, v in plain.items() if v or k not in ("bbox", "kiosk")}


@dataclass(frozen=True)
class Addresses:
    """Where the files of the map are found, relative to the page that shows it."""

    data: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]


class BareMap(folium.Map):
    """A folium map without tiles that loads nothing but what it is told to.

    folium's own assets come from content delivery networks: without a network
    the map would stay blank and say nothing.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's way to override
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self, name: str, scripts: Sequence[str], styles: Sequence[str], options: Mapping[str, Any]
    ) -> None:
        super().__init__(tiles=None, zoom_control="topright", zoom_snap=0.25, **options)
        self.default_js = [(f"script{i}", url) for i, url in enumerate(scripts)]
        self.default_css = [(f"style{i}", url) for i, url in enumerate(styles)]
        # Fixed ids: equal atlases give equal bytes, and no id may hold an
        # underscore, because st_folium drops what follows one from its key.
        self._id = name


class MapScript(MacroElement):
    """Something a map's scripts are to do."""

    _template = Template("{% macro script(this, kwargs) %}{{ this.code }}{% endmacro %}")

    def __init__(self, name: str, code: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = self._id = name
        self.code = code


def command(number: int, wanted: dict[str, Any]) -> MapScript:
    """Tell a map that is already shown to go somewhere; ``number`` makes each one new."""
    return MapScript("command", f"/* {number} */ MapsAtlas.go({script_json(wanted)});")


def app_map(
    atlas: Atlas, view: View, lang: str, found_at: Addresses, name: str = "map"
) -> folium.Map:
    """Build the map for the app: data and scripts come by address.

    ``name`` tells the maps of one page apart.
    """
    start = {"dataUrl": found_at.data, **_opening(view, lang), "name": name}
    return _started(atlas, script_json(start), found_at.scripts, found_at.styles)


def alone(atlas: Atlas, view: View, lang: str, **more: object) -> tuple[str, str]:
    """Give HTML and script of a map that stands in a page of its own, beside its data.

    ``more`` goes to ``MapsAtlas.alone`` with the view.
    """
    start = {**_opening(view, lang), **more}
    figure: Any = _started(atlas, f"MapsAtlas.alone({script_json(start)})").get_root()
    figure.render()
    return figure.html.render(), figure.script.render()


def _started(
    atlas: Atlas, what: str, scripts: Sequence[str] = (), styles: Sequence[str] = ()
) -> BareMap:
    """Make the map of an atlas, with the line that starts its scripts."""
    west, south, east, north = atlas.settings.extent
    options = {
        "location": [(south + north) / 2, (west + east) / 2],
        "zoom_start": 8,
        "zoom_delta": 0.5,
        "wheel_px_per_zoom_level": 90,
        "max_zoom": 12,
        # start.js watches the frame, and tells such a move from a reader's.
        "track_resize": False,
    }
    shown = BareMap("atlas", scripts, styles, options)
    MapScript("time", f"MapsAtlas.start({shown.get_name()}, {what});").add_to(shown)
    return shown


def _opening(view: View, lang: str) -> dict[str, Any]:
    """Give what a map opens with, and the words needed when nothing else could be loaded."""
    spoken = texts(lang)
    failed = {key: spoken.t(f"map.{key}") for key in ("failed", "retry")}
    return {"view": view.plain(), "texts": failed}


def script_json(value: object) -> str:
    """Write JSON that can stand inside a script element whatever text it holds."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>\u2028\u2029":
        plain = plain.replace(sign, f"\\u{ord(sign):04x}")
    return plain


def page_html(
    atlas: Atlas,
    day: Date,
    *,
    mode: str,
    lang: str = "en",
    perspective: str = ALL,
    bbox: Bbox | None = None,
) -> str:
    """Write the whole map as one HTML page that opens on a day.

    ``perspective`` is whose claims it opens with in legal status, ``bbox`` the ground
    it opens on (west, south, east, north in degrees), the whole atlas if not given.

    Equal atlases give equal bytes. A content security policy in the page
    allows its own scripts, named by their hashes, and no request at all.
    """
    ground = atlas.basemap
    kind = _PICTURES.get(ground.relief_ending, "image/png")
    relief = f"data:{kind};base64,{base64.b64encode(ground.relief).decode()}"
    data = map_payload(atlas, lang, relief if ground.relief else "")
    view = View(day, mode, perspective=perspective, bbox=bbox)
    html, script = alone(atlas, view, lang)
    scripts = [
        files.boot_script(),
        files.leaflet_script(),
        files.atlas_script(),
        f"MapsAtlas.data={script_json(data)};",
        script,
    ]
    spoken = texts(lang)
    return (
        _TEMPLATES.get_template("alone.html").render(
            lang=lang,
            direction=direction(lang),
            policy=files.policy(
                scripts=files.hashes(scripts), styles="'unsafe-inline'", images="data:"
            ),
            title=atlas.settings.title,
            description=atlas.settings.subtitle,
            body_class="ma-alone",
            settings=atlas.settings,
            digest=atlas.digest[:16],
            t=spoken.t,
            translated=translation_note(atlas, lang),
            chosen=dates_chosen_said(atlas, spoken),
            references=[Markup(reference_html(each, lang)) for each in atlas.sources.values()],
            # Made of our own files and of what was escaped for a script.
            styles=Markup(files.leaflet_styles() + files.atlas_styles()),
            map=Markup(html),
            scripts=[Markup(script) for script in scripts],
        )
        + "\n"
    )
