"""What each mode paints each boundary with, from which day to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maps.control import Control, control_of, days_of_control, is_painted_by_control
from maps.model import Atlas, Boundary, Layer, Mode, Timespan
from maps.style import FILL_OPACITY, NEUTRAL, colours, layer_colours

CERTAIN = "certain"
APPROXIMATE = "approximate"
Span = list[Any]  # [first day, day after the last or None, key of the fill, certainty]


@dataclass
class Fills:
    """The fills in use, by key; a fill of several colours is hatched in all of them."""

    atlas: Atlas
    known: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of_layer(self, layer: Layer, contested: bool) -> str:
        """Give the key of a layer's own fill; outline layers get an empty one."""
        key = f"layer:{layer.id}" + (":contested" if contested else "")
        if key not in self.known:
            fill = layer_colours(layer).fill
            # Stripes of nothing let the units below be seen: a contested unit hides none.
            shown = [] if layer.hue is None else [fill, "none"] if contested else [fill]
            self._add(key, layer.name, shown, layer_colours(layer).stroke, layer.order)
        return key

    def of_outline(self, layer: Layer) -> str:
        """Give the key of a layer's line without a fill, for a unit inside a coloured one."""
        key = f"line:{layer.id}"
        if key not in self.known:
            self._add(key, layer.name, [], layer_colours(layer).stroke, layer.order)
        return key

    def of_control(self, control: Control, unstated: str) -> str:
        """Give the key of the fill of who holds a piece; `unstated` names that nobody is named."""
        key = "held:" + "+".join(control.polity_ids)
        if key not in self.known:
            polities = [self.atlas.polities[polity_id] for polity_id in control.polity_ids]
            name = " / ".join(polity.name for polity in polities) or unstated
            shown = [colours(polity.hue).fill for polity in polities]
            self._add(key, name, shown, NEUTRAL.stroke, 1000 + len(self.known))
        return key

    def _add(self, key: str, name: str, shown: list[str], stroke: str, order: int) -> None:
        opacity = FILL_OPACITY if shown else 0.0
        self.known[key] = {
            "name": name,
            "colours": shown,
            "stroke": stroke,
            "opacity": opacity,
            "order": order,
        }


def painted(atlas: Atlas, mode: Mode, fills: Fills, unstated: str) -> list[list[Span] | None]:
    """List, boundary by boundary in file order, the spans a mode paints it in.

    None where the mode does not show the boundary. Days are ordinals.
    """
    layers = {layer.id: layer for layer in atlas.settings.layers}
    shown: list[list[Span] | None] = []
    for boundary in atlas.boundaries:
        if boundary.layer not in mode.layers:
            shown.append(None)
        elif is_painted_by_control(mode, boundary):
            shown.append(_control_spans(atlas, boundary, fills, unstated))
        else:
            inside = _days_inside_another(atlas, mode, boundary, layers)
            shown.append(_layer_spans(boundary, layers[boundary.layer], inside, fills))
    return shown


def _days_inside_another(
    atlas: Atlas, mode: Mode, boundary: Boundary, layers: Mapping[str, Layer]
) -> list[Timespan]:
    """List when a larger coloured unit of the mode, which this one is part of, was in force."""
    above: set[str] = set()
    region = atlas.regions.get(atlas.regions[boundary.region_id].part_of)
    while region is not None and region.id not in above:
        above.add(region.id)
        region = atlas.regions.get(region.part_of)
    return [
        other.span
        for other in atlas.boundaries
        if other.region_id in above
        and other.layer in mode.layers
        and layers[other.layer].hue is not None
        and other.span.overlaps(boundary.span)
    ]


def _layer_spans(
    boundary: Boundary, layer: Layer, inside: list[Timespan], fills: Fills
) -> list[Span]:
    """Colour a unit by its layer, but leave it to the colour of the unit it is part of."""
    span = boundary.span
    edges = {edge for other in inside for edge in (other.start, other.end) if edge}
    days = sorted({span.start, *(edge for edge in edges if edge in span)})
    own = fills.of_layer(layer, boundary.contested)
    return [
        _span(
            start,
            end,
            fills.of_outline(layer) if any(start in other for other in inside) else own,
            CERTAIN,
        )
        for start, end in zip(days, [*days[1:], span.end], strict=True)
    ]


def _control_spans(atlas: Atlas, boundary: Boundary, fills: Fills, unstated: str) -> list[Span]:
    """Cut a boundary's days where who holds it changes; equal neighbours are joined."""
    span = boundary.span
    turns = [day for day in days_of_control(atlas, boundary.region_id) if day in span]
    days = sorted({span.start, *turns})
    spans: list[Span] = []
    for start, end in zip(days, [*days[1:], span.end], strict=True):
        control = control_of(atlas, boundary.region_id, start)
        unsure = any(status.certainty == APPROXIMATE for status in control.statuses)
        cut = _span(
            start, end, fills.of_control(control, unstated), APPROXIMATE if unsure else CERTAIN
        )
        if spans and spans[-1][2:] == cut[2:]:
            spans[-1][1] = cut[1]
        else:
            spans.append(cut)
    return spans


def _span(start: date, end: date | None, key: str, certainty: str) -> Span:
    return [start.toordinal(), end.toordinal() if end else None, key, certainty]
