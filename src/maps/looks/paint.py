"""How each boundary is painted in a reading, from which day to which, and why it looks so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from maps.atlas.model import CONTROL, DIMENSIONS, Atlas, Boundary, Layer
from maps.cache import once_for_each
from maps.day.control import Holding, upwards
from maps.day.law import ALL, Law
from maps.day.reading import Answer, Reading
from maps.day.view import Shown
from maps.looks import legend
from maps.looks.legend import LegendEntry
from maps.looks.style import NEUTRAL, colours, dimension_colour, layer_colours, texture
from maps.looks.texture import NOTHING, OUTLINE, Band, Look
from maps.words.i18n import texts
from maps.words.sentences import holding_name

APPROXIMATE = "approximate"


@dataclass(frozen=True)
class Fill:
    """A look with what a legend has to explain of it; ``key`` tells it from every other."""

    key: str
    look: Look
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True)
class Span:
    """The days on which a boundary has a fill; the end day is already outside."""

    start: date
    end: date | None
    fill: Fill


Spans = tuple[Span, ...]


def holding_look(atlas: Atlas, held: Holding) -> Look:
    """Give the look of one polity in one dimension: tone and texture."""
    return _look(atlas.polities[held.polity_id].hue, held.dimension, held.denied)


@cache
def _look(hue: float, dimension: str, denied: bool) -> Look:
    return Look((Band(dimension_colour(hue, dimension), texture(dimension, denied=denied)),))


def holding_entry(atlas: Atlas, held: Holding, lang: str) -> LegendEntry:
    """Explain one polity in one dimension."""
    polity = atlas.polities[held.polity_id]
    look = holding_look(atlas, held)
    stroke = colours(polity.hue).stroke if held.dimension == CONTROL else NEUTRAL.stroke
    polities = list(atlas.polities)
    place = DIMENSIONS.index(held.dimension) * len(polities) + polities.index(held.polity_id)
    name = holding_name(atlas, held, texts(lang))
    return LegendEntry("said", _key(held), name, look, stroke, 2 * place + held.denied)


def unit_entry(layer: Layer, *, outline: bool) -> LegendEntry:
    """Explain a unit, in the colour of its layer or as a line."""
    own = layer_colours(layer)
    look = OUTLINE if outline or layer.hue is None else Look((Band(own.fill),))
    rank = 2 * layer.order + (not look.bands)
    return LegendEntry("unit", layer.id, layer.name, look, own.stroke, rank)


def _key(held: Holding) -> str:
    return f"{held.dimension}:{held.polity_id}" + ("!" if held.denied else "")


class Looks:
    """The fills of an atlas in one reading; each is made once."""

    def __init__(self, atlas: Atlas, reading: Reading, lang: str) -> None:
        self._atlas, self._reading, self._lang = atlas, reading, lang
        self._layers = {layer.id: layer for layer in atlas.settings.layers}
        self._coloured: defaultdict[str, list[Boundary]] = defaultdict(list)
        coloured = {id for id in reading.mode.layers if self._layers[id].hue is not None}
        for boundary in atlas.boundaries:
            if boundary.layer in coloured:
                self._coloured[boundary.region_id].append(boundary)
        self._fills: dict[str, Fill] = {}

    def fill_on(self, boundary: Boundary, day: date) -> Fill:
        """Give the fill of a boundary that the reading shows on a day."""
        if self._reading.asks_of(boundary):
            return self._of_answer(self._reading.answer(self._atlas, boundary, day))
        # Around claims a unit is only a line: its colour would look like one more claim.
        outline = self._reading.by_teller or any(
            day in other.span for other in self._around(boundary)
        )
        return self._of_unit(self._layers[boundary.layer], boundary.contested, outline=outline)

    def unit_look(self, layer_id: str) -> Look:
        """Give the look of the units of a layer, inside no other."""
        return unit_entry(self._layers[layer_id], outline=self._reading.by_teller).look

    def spans(self, boundary: Boundary) -> Spans:
        """Cut the days of a boundary that the reading shows where its fill changes."""
        found: list[Span] = []
        days = sorted({boundary.span.start, *self._turns(boundary)})
        for start, end in zip(days, [*days[1:], boundary.span.end], strict=True):
            fill = self.fill_on(boundary, start)
            same = found and found[-1].fill == fill
            found.append(Span(found.pop().start if same else start, end, fill))
        return tuple(found)

    def _turns(self, boundary: Boundary) -> Iterator[date]:
        """Give the days of a boundary on which its fill may change."""
        days = set(self._reading.days_of_answer(self._atlas, boundary))
        if not self._reading.asks_of(boundary):
            for other in self._around(boundary):
                days |= {other.span.start, other.span.end or other.span.start}
        yield from (day for day in days if day in boundary.span)

    def _around(self, boundary: Boundary) -> list[Boundary]:
        """List the larger coloured units this one is part of: their colour is enough."""
        above = upwards(self._atlas, self._atlas.regions[boundary.region_id].part_of)
        return [other for region_id in above for other in self._coloured.get(region_id, ())]

    def _of_unit(self, layer: Layer, is_contested: bool, *, outline: bool) -> Fill:
        entry = unit_entry(layer, outline=outline)
        if not entry.look.bands:
            return self._kept(Fill(f"line:{layer.id}", entry.look, (entry,)))
        if not is_contested:
            return self._kept(Fill(f"layer:{layer.id}", entry.look, (entry,)))
        # Stripes of nothing let the units below be seen: a contested unit hides none.
        stripes = Look((*entry.look.bands, Band("", NOTHING)))
        said = (entry, legend.contested(texts(self._lang)))
        return self._kept(Fill(f"layer:{layer.id}:contested", stripes, said))

    def _of_answer(self, answer: Answer) -> Fill:
        # Paler means unsure ground; of claims, each says for itself how sure it is.
        unsure = not isinstance(answer, Law) and any(
            status.certainty == APPROXIMATE for status in answer.statuses
        )
        key = "+".join(_key(held) for held in answer.holdings) + ("~" if unsure else "")
        if key in self._fills:
            return self._fills[key]
        spoken = texts(self._lang)
        said = [holding_entry(self._atlas, held, self._lang) for held in answer.holdings]
        if not said:
            said = [self._nobody(answer)]
            key = said[0].about + ("~" if unsure else "")
        bands = tuple(band for entry in said for band in entry.look.bands)
        look = Look(bands, unsure)
        if len(bands) > 1:
            said.append(legend.striped(Look(bands), spoken))
        if unsure:
            said.append(legend.faint(spoken))
        return self._kept(Fill(key, look, tuple(said)))

    def _nobody(self, answer: Answer) -> LegendEntry:
        spoken = texts(self._lang)
        if not isinstance(answer, Law):
            return LegendEntry("blank", "nobody", spoken.t("map.nobody_named"))
        if answer.claims:
            return LegendEntry("silent", "unpainted", spoken.t("map.unpainted"))
        specks = Look((Band(NEUTRAL.stroke, "specks"),))
        if self._reading.perspective == ALL:
            return LegendEntry("silent", "silence:all", spoken.t("map.silence_all"), specks)
        return LegendEntry("silent", "silence", spoken.t("map.silence"), specks)

    def _kept(self, fill: Fill) -> Fill:
        return self._fills.setdefault(fill.key, fill)


def spans_of(atlas: Atlas, reading: Reading, lang: str) -> list[Spans | None]:
    """List the fills of each boundary in file order; None where the mode does not show it."""
    looks = Looks(atlas, reading, lang)
    return [looks.spans(b) if b.layer in reading.mode.layers else None for b in atlas.boundaries]


@once_for_each
def looks_of(shown: Shown) -> Looks:
    """Give the fills of what is shown."""
    return Looks(shown.atlas, shown.reading, shown.lang)
