"""What each mode paints each boundary with, from which day to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maps.atlas.model import DIMENSIONS, Atlas, Boundary, Layer, Mode, Timespan
from maps.day.control import Control, Holding, upwards
from maps.day.law import ALL
from maps.day.reading import Answer, Reading
from maps.looks.style import (
    FILL_OPACITY,
    NEUTRAL,
    SILENT,
    dimension_colour,
    layer_colours,
    texture,
)
from maps.words.i18n import Texts
from maps.words.sentences import holding_name

TEXTURED_OPACITY = 0.85  # of lines, dots and crosses, which leave most of the ground free
CERTAIN = "certain"
APPROXIMATE = "approximate"
Span = list[Any]  # [first day, day after the last or None, key of the fill, certainty]


@dataclass
class Fills:
    """The fills in use, by key; a fill of several colours is hatched in all of them.

    ``textures`` go with the colours, one each; ``parts`` are the keys of the
    fills a hatch is made of, which the legend explains one by one.
    """

    atlas: Atlas
    spoken: Texts
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

    def of_answer(self, answer: Answer, reading: Reading) -> str:
        """Give the key of the fill of what is said of a piece."""
        if not answer.holdings:
            return self._of_nobody(answer, reading)
        parts = [self._of_holding(held) for held in answer.holdings]
        if len(parts) == 1:
            return parts[0]
        key = "+".join(parts)
        if key not in self.known:
            looks = [self.known[part] for part in parts]
            name = " / ".join(look["name"] for look in looks)
            self._add(key, name, [look["colours"][0] for look in looks], NEUTRAL.stroke, 5000)
            self.known[key] |= {
                "textures": [look["textures"][0] for look in looks],
                "parts": parts,
                "opacity": max(look["opacity"] for look in looks),
            }
        return key

    def _of_holding(self, held: Holding) -> str:
        key = f"{held.dimension}:{held.polity_id}" + ("!" if held.denied else "")
        if key not in self.known:
            hue = self.atlas.polities[held.polity_id].hue
            place = list(self.atlas.polities).index(held.polity_id)
            order = 1000 + 200 * DIMENSIONS.index(held.dimension) + 2 * place + held.denied
            name = holding_name(self.atlas, held, self.spoken)
            shown = [dimension_colour(hue, held.dimension)]
            self._add(key, name, shown, NEUTRAL.stroke, order)
            drawn = texture(held.dimension, denied=held.denied)
            self.known[key]["textures"] = [drawn]
            if drawn != "solid":
                self.known[key]["opacity"] = TEXTURED_OPACITY
        return key

    def _of_nobody(self, answer: Answer, reading: Reading) -> str:
        shown: list[str] = []
        if isinstance(answer, Control):
            key, words = "nobody", "map.nobody_named"
        elif answer.claims:
            key, words = "unpainted", "map.unpainted"
        else:
            everyone = reading.perspective == ALL
            key = "silence:all" if everyone else "silence"
            words = "map.silence_all" if everyone else "map.silence"
            shown = [NEUTRAL.stroke]
        if key not in self.known:
            self._add(key, self.spoken.t(words), shown, NEUTRAL.stroke, 9000)
            if shown:
                self.known[key] |= {"textures": [SILENT], "opacity": TEXTURED_OPACITY}
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


def painted(atlas: Atlas, reading: Reading, fills: Fills) -> list[list[Span] | None]:
    """List, boundary by boundary in file order, the spans a reading paints it in.

    None where the mode does not show the boundary. Days are ordinals.
    """
    mode = reading.mode
    layers = {layer.id: layer for layer in atlas.settings.layers}
    shown: list[list[Span] | None] = []
    for boundary in atlas.boundaries:
        if boundary.layer not in mode.layers:
            shown.append(None)
        elif reading.asks_of(boundary):
            shown.append(_answer_spans(atlas, reading, boundary, fills))
        elif mode.colour_by == "legal":
            # Around the claims a unit is only a line: its colour would look like one more claim.
            key = fills.of_outline(layers[boundary.layer])
            shown.append([_span(boundary.span.start, boundary.span.end, key, CERTAIN)])
        else:
            inside = _days_inside_another(atlas, mode, boundary, layers)
            shown.append(_layer_spans(boundary, layers[boundary.layer], inside, fills))
    return shown


def _days_inside_another(
    atlas: Atlas, mode: Mode, boundary: Boundary, layers: Mapping[str, Layer]
) -> list[Timespan]:
    """List when a larger coloured unit of the mode, which this one is part of, was in force."""
    above = set(upwards(atlas, atlas.regions[boundary.region_id].part_of))
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


def _answer_spans(atlas: Atlas, reading: Reading, boundary: Boundary, fills: Fills) -> list[Span]:
    """Cut a boundary's days where what is said of it changes; equal neighbours are joined."""
    span = boundary.span
    turns = [day for day in reading.days_of_answer(atlas, boundary) if day in span]
    days = sorted({span.start, *turns})
    spans: list[Span] = []
    for start, end in zip(days, [*days[1:], span.end], strict=True):
        answer = reading.answer(atlas, boundary, start)
        # Paler means unsure ground; of claims, each says for itself how sure it is.
        unsure = isinstance(answer, Control) and any(
            status.certainty == APPROXIMATE for status in answer.statuses
        )
        key = fills.of_answer(answer, reading)
        cut = _span(start, end, key, APPROXIMATE if unsure else CERTAIN)
        if spans and spans[-1][2:] == cut[2:]:
            spans[-1][1] = cut[1]
        else:
            spans.append(cut)
    return spans


def _span(start: date, end: date | None, key: str, certainty: str) -> Span:
    return [start.toordinal(), end.toordinal() if end else None, key, certainty]
