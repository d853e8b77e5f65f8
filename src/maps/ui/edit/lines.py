"""The tab of the lines: outlines drawn and corrected on the map, then taken in like a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st
import streamlit.components.v1 as components
from shapely.geometry.base import BaseGeometry
from streamlit_folium import st_folium

from maps.atlas.check.ground import LINE_OFFSET_KM
from maps.atlas.editing.outlines import joined, neighbours, single_polygons, snapped, with_outline
from maps.atlas.geojson import collection, feature
from maps.atlas.intake import Wishes, import_file
from maps.atlas.load import Feature
from maps.atlas.longitudes import box_read
from maps.atlas.model import PRECISIONS
from maps.atlas.model.columns import Column
from maps.map.drawing import draw_folder, drawing_map
from maps.map.files import ASSETS, COLOUR_STYLES, leaflet_folder
from maps.ui.edit.desk import Desk
from maps.ui.edit.tables import Choices

_PIECES = "control"  # the layer that the modes for control and legal status colour
_MOST_CORNERS = 1500  # of an outline with a handle at each; more are for a GIS


def show(desk: Desk) -> None:
    """Show the map of one layer, and what is to be said of each outline that was drawn."""
    spoken = desk.words
    with st.container(horizontal=True, key="edit-lines"):
        layer = st.selectbox(spoken.t("edit.lines.layer"), desk.layers, key="edit-layer")
        there = {f["id"]: f for f in desk.tables.features if f.layer == layer and f.geometry}
        chosen = st.selectbox(
            spoken.t("edit.lines.what"), ["", *there], key=f"edit-outline-{layer}-{desk.sheet}",
            format_func=lambda id: id or spoken.t("edit.lines.new"),
        )  # fmt: skip
    own = there.get(chosen)
    parts = single_polygons(own) if own else []
    corners = sum(len(ring) for part in parts for ring in part["geometry"]["coordinates"])
    if corners > _MOST_CORNERS:
        st.info(spoken.t("edit.lines.too_many", count=corners, most=_MOST_CORNERS))
        return
    st.caption(spoken.t("edit.lines.correct" if own else "edit.lines.lead"))
    others = [feature for id, feature in there.items() if id != chosen]
    shapes = _map(desk, f"{layer}-{chosen}", others, parts)
    if own:
        _correct(desk, own, shapes)
    else:
        _take_new(desk, layer, shapes)


def _map(
    desk: Desk, name: str, others: Sequence[Feature], own: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Show the map and give what is drawn on it, as GeoJSON features."""
    choices = Choices(desk)
    kept = [
        {**part, "properties": {"name": choices.named(Column(refers="regions"), other["region"])}}
        for other in others
        for part in single_polygons(other)
    ]
    folders = {"leaflet": leaflet_folder(), "draw": draw_folder(), "colours": ASSETS}
    at = {name: _served(name, str(folder)) for name, folder in folders.items()}
    drawing = drawing_map(
        box_read(tuple(desk.tables.settings.values["extent"])),
        desk.tables.ground.get("land", {}).get("features", []), kept, own,
        scripts=(f"{at['leaflet']}leaflet.js", f"{at['draw']}leaflet.draw.js"),
        styles=(
            f"{at['leaflet']}leaflet.css", f"{at['draw']}leaflet.draw.css",
            f"{at['colours']}{COLOUR_STYLES.name}",
        ),
    )  # fmt: skip
    with st.container(key="edit-map"):
        said = st_folium(
            drawing, key=f"drawing-{name}-{desk.sheet}", height=520, use_container_width=True,
            returned_objects=["all_drawings"],
        )  # fmt: skip
    return list((said or {}).get("all_drawings") or [])


@st.cache_resource(show_spinner=False)
def _served(name: str, folder: str) -> str:
    """Have Streamlit serve a folder of a package, and give its address from the map's frame."""
    components.declare_component(name, path=folder)
    return f"../{__name__}.{name}/"


def _take_new(desk: Desk, layer: str, shapes: Sequence[Mapping[str, Any]]) -> None:
    """Ask whose outline each is and when it held, and import them all."""
    spoken, tables = desk.words, desk.tables
    if not shapes:
        return
    said = [_said(desk, number) for number in range(1, len(shapes) + 1)]
    layers = [layer]
    others_too = layer != _PIECES and _PIECES in desk.layers
    if others_too and st.checkbox(spoken.t("edit.lines.pieces", layer=_PIECES), True):
        layers.append(_PIECES)
    tolerances, is_taken = _settled(desk)
    if not is_taken:
        return
    drawn: list[tuple[BaseGeometry, Mapping[str, str]]] = []
    for shape, properties in zip(shapes, said, strict=True):
        others = neighbours(tables, layer, properties["start"], properties["end"])
        others += [other for other, _ in drawn]
        near = tolerances.get(properties["precision"], 0.0)
        drawn.append((snapped(joined([shape]), others, near), properties))
    file = desk.work.copy.parent / "drawn.geojson"
    file.write_bytes(collection(feature(shape, said) for shape, said in drawn))
    licence = str(tables.settings.values.get("licence", ""))
    by_hand = spoken.t("edit.lines.by_hand")
    wishes = Wishes(create_regions=True, end_inclusive=False, licence=licence, title=by_hand)

    def run(folder: Path) -> None:
        for each in layers:
            import_file(file, folder, "boundaries", replace(wishes, layer=each))

    if trial := desk.tried(run):
        name = f"boundaries/{layer}.geojson"
        added = (spoken.t("edit.added", id=properties["name"], file=name) for properties in said)
        desk.take(trial.changes, " ".join(added))


def _said(desk: Desk, number: int) -> dict[str, str]:
    spoken, sheet = desk.words, desk.sheet
    places = st.columns([3, 2, 2, 2])
    asked = {"name": "", "start": str(desk.tables.settings.values["first_day"]), "end": ""}
    said = {
        name: place.text_input(
            spoken.t(f"edit.lines.{name}", number=number),
            usual,
            key=f"line-{name}-{number}-{sheet}",
        ).strip()
        for place, (name, usual) in zip(places, asked.items(), strict=False)
    }
    said["precision"] = places[3].selectbox(
        spoken.t("edit.lines.precision", number=number), PRECISIONS, index=1,
        key=f"line-precision-{number}-{sheet}",
    )  # fmt: skip
    return said


def _correct(desk: Desk, own: Feature, shapes: Sequence[Mapping[str, Any]]) -> None:
    """Put a corrected outline in the place of the one that was there."""
    if not shapes:
        return
    tolerances, is_taken = _settled(desk)
    if not is_taken:
        return
    others = neighbours(desk.tables, own.layer, own["start"], own["end"], but=own["id"])
    outline = snapped(joined(shapes), others, tolerances.get(own["precision"], 0.0))
    files: dict[str, bytes] = {}
    for each in desk.tables.features:
        # In the layer that the modes colour, the same ground stands once more.
        if each["region"] == own["region"] and each.geometry and each.geometry.equals(own.geometry):
            before = files.get(each.file) or desk.work.read(each.file) or b""
            files[each.file] = with_outline(before, each["id"], outline)
    desk.take(files, desk.words.t("edit.added", id=own["id"], file=own.file))


def _settled(desk: Desk) -> tuple[Mapping[str, float], bool]:
    """Ask whether corners are brought to outlines beside them, and whether all is taken in.

    Gives how far a line of each precision may be moved, in km, as the check lets it lie off.
    """
    allowed = desk.tables.settings.values.get("line_offset_km") or LINE_OFFSET_KM
    said = ", ".join(f"{name} {km:g} km" for name, km in allowed.items())
    brought = st.checkbox(desk.words.t("edit.lines.snap", tolerances=said), True)
    taken = st.button(desk.words.t("edit.take"), type="primary", key="take-lines")
    return allowed if brought else {}, taken
