"""Three usual ways to show the same boundaries with st_folium, to measure ours beside.

``PEER=rerun``: a Streamlit slider, a new folium map for each year.
``PEER=timeline``: folium's Timeline plugin, all years in one map.
``PEER=choropleth``: folium's TimeSliderChoropleth, likewise.
The boundaries and the scripts lie in the folder of this file, put there by scrub.py.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import folium
import streamlit as st
from folium.plugins import Timeline, TimelineSlider, TimeSliderChoropleth
from folium.template import Template
from folium.utilities import JsCode
from streamlit_folium import st_folium

HERE = Path(__file__).parent
STATIC = "../../app/static/"
LOOK = {"fillColor": "#7a8f6a", "color": "#3b352c", "weight": 1, "fillOpacity": 0.6}


class LocalMap(folium.Map):
    default_js: ClassVar = [("leaflet", STATIC + "leaflet.js")]
    default_css: ClassVar = [("leaflet_css", STATIC + "leaflet.css")]


class Painted(folium.MacroElement):
    """Tells the page which year was painted and when; gives the tests a hold on the map."""

    _template = Template(
        "{% macro script(this, kwargs) %} window.benchMap = {{ this._parent.get_name() }};"
        "requestAnimationFrame(() => setTimeout(() => {"
        "(window.top.painted = window.top.painted || [])"
        ".push([{{ this.year }}, performance.timeOrigin + performance.now()]); }, 0));"
        "{% endmacro %}"
    )

    def __init__(self, year: int) -> None:
        super().__init__()
        self._name = "Painted"
        self.year = year


def collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


@st.cache_data
def boundaries() -> list[dict[str, Any]]:
    return json.loads((HERE / "boundaries.json").read_text("utf-8"))


def shown_on(day: str) -> list[dict[str, Any]]:
    return [
        feature
        for feature in boundaries()
        if feature["properties"]["start"] <= day < feature["properties"]["end"]
    ]


def identified(features: list[dict[str, Any]]) -> dict[str, Any]:
    return collection([{**feature, "id": feature["properties"]["id"]} for feature in features])


def coloured(first: int, last: int) -> dict[str, dict[int, dict[str, Any]]]:
    """Give each boundary its look at the middle of each year, by seconds since 1970."""
    moments = {
        f"{year}-07-01": int(datetime(year, 7, 1, tzinfo=UTC).timestamp())
        for year in range(first, last + 1)
    }
    return {
        feature["properties"]["id"]: {
            moment: {"color": LOOK["fillColor"], "opacity": LOOK["fillOpacity"] * is_shown}
            for day, moment in moments.items()
            for is_shown in [feature["properties"]["start"] <= day < feature["properties"]["end"]]
        }
        for feature in boundaries()
    }


st.set_page_config(layout="wide")
west, south, east, north = json.loads(os.environ["EXTENT"])
first, last = json.loads(os.environ["YEARS"])
shown = LocalMap(tiles=None)
shown.fit_bounds([(south, west), (north, east)])
if os.environ["PEER"] == "rerun":
    year = st.slider("Year", first, last, first)
    folium.GeoJson(collection(shown_on(f"{year}-07-01")), style_function=lambda _: LOOK).add_to(
        shown
    )
elif os.environ["PEER"] == "choropleth":
    year = first
    TimeSliderChoropleth.default_js = [
        (name, f"{STATIC}{name}.min.js") for name in ("d3", "moment", "jquery")
    ]
    TimeSliderChoropleth(json.dumps(identified(boundaries())), coloured(first, last)).add_to(shown)
else:
    year = first
    for plugin in (Timeline, TimelineSlider):
        plugin.default_js = [
            ("timeline", STATIC + "leaflet.timeline.js"),
            ("moment", STATIC + "moment.min.js"),
        ]
    style = JsCode(f"function() {{ return {json.dumps(LOOK)}; }}")
    timeline = Timeline(collection(boundaries()), style=style).add_to(shown)
    slider = TimelineSlider(auto_play=False, steps=last - first)
    slider.add_timelines(timeline).add_to(shown)
Painted(year).add_to(shown)
st_folium(shown, key="map", height=560, use_container_width=True, returned_objects=[])
