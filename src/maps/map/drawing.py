"""The folium map on which outlines are drawn and corrected, by Leaflet's Draw plug-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import folium
from folium.plugins import Draw

from maps.errors import AssetMissing
from maps.map.document import BareMap, MapScript

# Leaflet.draw 1.0.4 (MIT) comes with it as files; Django, which it is for, is never loaded.
_PACKAGE = "django-leaflet"
_FILES = "leaflet/static/leaflet/draw"
_LAND = {"fillColor": "#efe6d2", "fillOpacity": 1, "weight": 0.6, "color": "#b9ab92"}
_KEPT = {"fillColor": "#b9a98a", "fillOpacity": 0.35, "weight": 1.2, "color": "#5b4f3d"}
# A colour of colours.css, which has one for the day and one for the night.
_OWN = {"color": "var(--accent)", "weight": 2, "fillOpacity": 0.2}
# Paints what is not land as the readers' map does, and says where the pointer is.
_SEA = """
MAP.getContainer().style.background = 'var(--water)';
MAP.attributionControl.setPrefix('Leaflet');
MAP.on('mousemove', function (event) {
    const at = event.latlng.wrap();
    this.attributionControl.setPrefix(at.lat.toFixed(3) + ', ' + at.lng.toFixed(3));
});"""
# Names at a pointer, as text: folium's own tooltips would read them as HTML.
_NAMES = """
LAYER.eachLayer(function (each) {
    const name = (each.feature.properties || {}).name;
    if (!name) return;
    const label = document.createElement('span');
    label.textContent = name;
    each.bindTooltip(label, {sticky: true});
});"""

Features = Sequence[Mapping[str, Any]]


def draw_folder() -> Path:
    """Find the files of Leaflet.draw in the package that carries them.

    Raises
    ------
    AssetMissing
        It is not installed.
    """
    try:
        folder = Path(str(distribution(_PACKAGE).locate_file(_FILES)))
    except PackageNotFoundError:
        folder = Path(_FILES)
    if not (folder / "leaflet.draw.js").is_file():
        raise AssetMissing(f"drawing needs the package {_PACKAGE}; install it and start anew")
    return folder


def drawing_map(
    extent: Sequence[float],
    ground: Features,
    kept: Features,
    own: Features,
    *,
    scripts: Sequence[str],
    styles: Sequence[str],
) -> folium.Map:
    """Make a map without tiles: land, outlines that stay, and those that can be changed.

    Parameters
    ----------
    ground, kept, own : sequences of GeoJSON features, EPSG:4326
        ``own`` are single Polygons, which the plug-in can edit; `kept` may have a ``name``.
    scripts, styles : addresses of Leaflet, of Leaflet.draw and of colours.css
    """
    west, south, east, north = extent
    shown = BareMap("drawing", scripts, styles, {"control_scale": True})
    shown.fit_bounds([[south, west], [north, east]])
    MapScript("sea", _SEA.replace("MAP", shown.get_name())).add_to(shown)
    for features, paint in ((ground, _LAND), (kept, _KEPT)):
        if features:
            layer = _geojson(features, paint, interactive=features is kept)
            layer.add_to(shown)
            names = _NAMES.replace("LAYER", layer.get_name())
            MapScript(f"names{layer.get_name()}", names).add_to(shown)
    changed = _geojson(own, _OWN)
    changed.add_to(shown)
    shape = {"allowIntersection": False, "shapeOptions": _OWN}
    others = ("polyline", "rectangle", "circle", "marker", "circlemarker")
    control = Draw(  # type: ignore[no-untyped-call]
        feature_group=changed,
        show_geometry_on_click=False,
        draw_options={"polygon": shape, **dict.fromkeys(others, False)},
    )
    control.default_js, control.default_css = [], []
    control.add_to(shown)
    return shown


def _geojson(
    features: Features, paint: Mapping[str, Any], *, interactive: bool = True
) -> folium.GeoJson:
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": list(features)},
        style_function=lambda _: {**paint, "interactive": interactive},
        embed=True,
    )
