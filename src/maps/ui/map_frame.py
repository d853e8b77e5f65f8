"""The seam between Streamlit and the map: st_folium shows it, it reports on rest.

The map never comes from the server again while it is shown: its script stays
the same to the byte across reruns, so that st_folium keeps the frame. What
Python wants of it travels as a tiny command in `feature_group_to_add`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeGuard

import folium
import shapely
import streamlit as st
import streamlit.components.v1 as components
import streamlit_folium
from streamlit import runtime
from streamlit.components.types.base_custom_component import BaseCustomComponent
from streamlit_folium import st_folium

from maps.atlas.model import Atlas, Date
from maps.cards.awaited import map_awaited
from maps.day.view import Bbox
from maps.files import folder_of_this_process
from maps.map import files
from maps.map.document import Addresses, View, app_map, command
from maps.map.payload import map_payload
from maps.map.tiles import by_level, in_parts, part_scripts, tiles_of

_OPENED = "map_frame_opened"
_COMMAND = "map_frame_command"
_REPORT = "map_frame_report"
_SERVED = "maps-served"
_ASKED = "map_frame_asked"
# Bytes of outlines as WKB, some thirty times the shipped atlas: larger maps come in tiles.
_LARGEST_WHOLE = 8_000_000


@dataclass(frozen=True)
class Report:
    """What the reader last did in the map: where time rests and what is selected.

    ``number`` is that of the last command the map had obeyed by then, 0 for none.
    ``place`` is where the reader has moved the map, zoom/lat/lon, empty while it is
    where it was led; ``box`` what is on the screen, west, south, east, north, None
    while nothing of it is. ``tab`` is one opened while the server was away, mostly empty.
    ``step`` is that of a story that is read beside the map.
    """

    day: Date
    mode: str
    region: str | None
    event: str | None
    perspective: str = ""
    number: int = 0
    place: str = ""
    box: Bbox | None = None
    tab: str = ""
    step: str = ""


def show_map(
    atlas: Atlas, view: View, lang: str, height: int = 720, key: str = "map"
) -> Report | None:
    """Show the map and give the last report, None before the first.

    ``view`` counts when the session first shows this map; later moves from
    Python go through `send`. Several maps of a page are told apart by ``key``.
    """
    served = serve_files(atlas, lang)
    # Another language or other dates make another map, which opens where the reader is now.
    views: dict[str, View] = st.session_state.setdefault(_OPENED + key, {})
    opened = views.setdefault(served.data, view)
    shown = app_map(atlas, opened, lang, served, key)
    group = None
    if wanted := st.session_state.get(_COMMAND + key):
        group = folium.FeatureGroup("command")
        command(*wanted).add_to(group)
    st.html(map_awaited(lang))  # until boot.js marks the frame
    value = st_folium(
        shown,
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=lambda: st.session_state.update({_ASKED: True}),
    )
    return _report(value)


def asked_for_this_run() -> bool:
    """Tell, once, whether it is a map's new report that this run was asked for with."""
    return bool(st.session_state.pop(_ASKED, False))


def send(wanted: dict[str, Any], key: str = "map") -> None:
    """Have the map go to a view when it is next shown; what is not named is let go of.

    ``wanted`` holds ``day`` (an ordinal), ``mode``, ``perspective``, ``event``,
    ``region``, ``step``, ``bbox`` (west, south, east, north) and ``place`` (zoom/lat/lon,
    empty for the whole atlas), as far as it matters.
    """
    number = _told(key) + 1
    st.session_state[_COMMAND + key] = (number, {**wanted, "number": number})


def _told(key: str) -> int:
    return int(st.session_state.get(_COMMAND + key, (0, {}))[0])


def is_news(report: Report | None, key: str = "map") -> TypeGuard[Report]:
    """Tell, once, whether a report is another than the last: Streamlit repeats it in every run."""
    if report is None or report == st.session_state.get(_REPORT + key):
        return False
    st.session_state[_REPORT + key] = report
    return True


def is_older(report: Report, key: str = "map") -> bool:
    """Tell whether a report was made before the map obeyed what it was last told."""
    return report.number < _told(key)


def forget(key: str) -> None:
    """Have a map that is not shown open with the view it is next given."""
    for kept in (_OPENED, _COMMAND, _REPORT):
        st.session_state.pop(kept + key, None)


def _report(value: object) -> Report | None:
    if not isinstance(value, dict) or not isinstance(value.get("day"), int):
        return None
    box = value.get("box")
    edges = [float(edge) for edge in box] if isinstance(box, list) else []
    texts = ("mode", "perspective", "place", "tab", "step")
    said = {name: str(value.get(name) or "") for name in texts}
    return Report(
        day=Date.fromordinal(value["day"]),
        region=value.get("region") or None,
        event=value.get("event") or None,
        number=int(value.get("number") or 0),
        box=(edges[0], edges[1], edges[2], edges[3]) if len(edges) == 4 else None,
        **said,
    )


@st.cache_resource(
    show_spinner=False,
    max_entries=16,
    hash_funcs={Atlas: attrgetter("digest")},
    on_release=lambda served: _take_away(served.data),
)
def serve_files(atlas: Atlas, lang: str) -> Addresses:
    """Give the addresses of the map's files, written where Streamlit can serve them.

    Streamlit serves the folder of a declared component, also under a sub-path. Its name is
    made of the content: a new content gets a new address, so no browser shows an old copy.
    """
    relief = atlas.basemap.relief
    relief_name = f"relief{atlas.basemap.relief_ending}" if relief else ""
    written = {
        "leaflet.js": files.leaflet_script(),
        "atlas.js": files.atlas_script(),
        "leaflet.css": files.leaflet_styles(),
        "atlas.css": files.atlas_styles() + _fonts(),
    }
    # The script that says what failed to load comes with the map, so that it cannot fail itself.
    boot = files.boot_script()
    code = hashlib.sha256("".join((boot, *written.values())).encode()).hexdigest()
    name = "map" + hashlib.sha256(f"{atlas.digest} {code} {lang}".encode()).hexdigest()[:16]
    address = _address(name)
    payload = map_payload(atlas, lang, address + relief_name if relief else "")
    parts: dict[str, bytes] = {}  # what a large map asks for later
    outlines = shapely.to_wkb([boundary.geometry for boundary in atlas.boundaries])
    if sum(map(len, outlines)) > _LARGEST_WHOLE:
        layers = "\n".join(boundary.layer for boundary in atlas.boundaries)
        ground = hashlib.sha256(b"".join([*outlines, layers.encode()])).hexdigest()
        tiles_at, levels = _serve_tiles(ground, atlas)
        payload, divided = in_parts(payload)
        payload |= {"parts": address, "tiles": {"address": tiles_at, "levels": levels}}
        parts = part_scripts(divided)
    written["data.json"] = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    content = {file: text.encode() for file, text in written.items()} | parts
    _offer(name, content | ({relief_name: relief} if relief else {}))
    boot_uri = "data:text/javascript;base64," + base64.b64encode(boot.encode()).decode()
    scripts = (boot_uri, address + "leaflet.js", address + "atlas.js")
    sheets = tuple(address + file for file in ("leaflet.css", "atlas.css"))
    return Addresses(f"{address}data.json", scripts, sheets)


@st.cache_resource(
    show_spinner=False, max_entries=2, on_release=lambda served: _take_away(served[0])
)
def _serve_tiles(ground: str, _atlas: Atlas) -> tuple[str, dict[int, list[str]]]:
    """Give the address of the outlines in tiles, the same in all languages, and what is there."""
    tiles, name = tiles_of(_atlas.boundaries), f"tiles{ground[:16]}"
    _offer(name, tiles)
    return _address(name), by_level(tiles)


def _address(name: str) -> str:
    """Give the address of a folder that is served, as the frame of the map names it."""
    return f"../{__name__}.{name}/"


def _offer(name: str, content: Mapping[str, bytes]) -> None:
    folder = Path(_scratch().name) / name
    for file, held in content.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(held)
    _register(components.declare_component(name, path=str(folder)))


def _take_away(address: str) -> None:
    """Remove the folder of an address that is no longer kept; asked for again, it is written."""
    name = address.partition(f"{__name__}.")[2].partition("/")[0]
    shutil.rmtree(Path(_scratch().name) / name, ignore_errors=True)


def register_frame() -> None:
    """Have Streamlit serve the frame of the map, whoever has imported it first."""
    _register(streamlit_folium._component_func)


def _register(component: BaseCustomComponent) -> None:
    # Declared while no page runs, as at the start of the server, it is not registered.
    if runtime.exists():
        runtime.get_instance().component_registry.register_component(component)


def _fonts() -> str:
    """Let the map write in the faces Streamlit carries and serves for the page around it."""
    media = Path(st.__file__).parent / "static" / "static" / "media"
    faces = {"Source Sans 3": "SourceSansVF-Upright", "Source Serif 4": "SourceSerifVariable-Roman"}
    found = {family: sorted(media.glob(f"{start}*.woff2")) for family, start in faces.items()}
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:200 900;font-display:swap;'
        f'src:url("../../static/media/{paths[0].name}") format("woff2")}}'
        for family, paths in found.items()
        if paths
    )


@st.cache_resource(show_spinner=False)
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return folder_of_this_process(_SERVED)
