"""The folium map on which outlines are drawn and corrected, by Leaflet's Draw plug-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from folium.plugins import Draw
from folium.template import Template

from maps.errors import AssetMissing

# Leaflet.draw 1.0.4 (MIT) comes with it as files; Django, which it is for, is never loaded.
_PACKAGE = "django-leaflet"
_FILES = "leaflet/static/leaflet/draw"


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


class DrawingMap(folium.Map):
    """A map without tiles: land, outlines that stay, and those that can be changed.

    Parameters
    ----------
    ground, kept, own : sequences of GeoJSON features, EPSG:4326
        ``own`` are single Polygons, which the plug-in can edit; `kept` may have a ``name``.
    scripts, styles : addresses of Leaflet, of Leaflet.draw and of colours.css
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's way to override
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        extent: Sequence[float],
        ground: Sequence[Mapping[str, Any]],
        kept: Sequence[Mapping[str, Any]],
        own: Sequence[Mapping[str, Any]],
        *,
        scripts: Sequence[str],
        styles: Sequence[str],
    ) -> None:
        west, south, east, north = extent
        super().__init__(tiles=None, zoom_snap=0.25, zoom_control="topright", control_scale=True)
        self._id = "drawing"
        self.default_js = [(f"script{i}", url) for i, url in enumerate(scripts)]
        self.default_css = [(f"style{i}", url) for i, url in enumerate(styles)]
        self.fit_bounds([[south, west], [north, east]])
        _Sea().add_to(self)  # type: ignore[no-untyped-call]
        paints = (
            (ground, {"fillColor": "#efe6d2", "fillOpacity": 1, "weight": 0.6, "color": "#b9ab92"}),
            (
                kept,
                {"fillColor": "#b9a98a", "fillOpacity": 0.35, "weight": 1.2, "color": "#5b4f3d"},
            ),
        )
        for features, paint in paints:
            if features:
                layer = _geojson(features, paint, interactive=features is kept)
                layer.add_to(self)
                _Names(layer).add_to(self)
        changed = _geojson(own, _paint("--accent", 2))
        changed.add_to(self)
        shape = {"allowIntersection": False, "shapeOptions": _paint("--accent", 2)}
        others = ("polyline", "rectangle", "circle", "marker", "circlemarker")
        control = Draw(  # type: ignore[no-untyped-call]
            feature_group=changed,
            show_geometry_on_click=False,
            draw_options={"polygon": shape, **dict.fromkeys(others, False)},
        )
        control.default_js, control.default_css = [], []
        control.add_to(self)


def _paint(colour: str, weight: float) -> dict[str, object]:
    """Paint in a colour of colours.css, which has one for the day and one for the night."""
    return {"color": f"var({colour})", "weight": weight, "fillOpacity": 0.2}


def _geojson(
    features: Sequence[Mapping[str, Any]], paint: Mapping[str, Any], *, interactive: bool = True
) -> folium.GeoJson:
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": list(features)},
        style_function=lambda _: {**paint, "interactive": interactive},
        embed=True,
    )


class _Sea(MacroElement):
    """Paints what is not land as the readers' map does, and says where the pointer is."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this._parent.get_name() }}.getContainer().style.background = 'var(--water)';"
        "{{ this._parent.get_name() }}.attributionControl.setPrefix('Leaflet');"
        "{{ this._parent.get_name() }}.on('mousemove', function (event) {"
        "const at = event.latlng.wrap();"
        "this.attributionControl.setPrefix(at.lat.toFixed(3) + ', ' + at.lng.toFixed(3)); });"
        "{% endmacro %}"
    )


class _Names(MacroElement):
    """Names shown at a pointer, as text: folium's own tooltips would read them as HTML."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "{{ this.layer.get_name() }}.eachLayer(function (each) {"
        "const name = (each.feature.properties || {}).name;"
        "if (name) { const label = document.createElement('span'); label.textContent = name;"
        "each.bindTooltip(label, {sticky: true}); } });"
        "{% endmacro %}"
    )

    def __init__(self, layer: folium.GeoJson) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Names"
        self.layer = layer
