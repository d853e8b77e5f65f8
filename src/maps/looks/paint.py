"""How each boundary is painted in a reading, from which day to which, and why it looks so.

What a legend lists is the same for the map, a sheet, a film, a picture and the cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from maps.atlas.model import CONTROL, DIMENSIONS, PRECISIONS, Atlas, Boundary, Date, Layer, Timespan
from maps.cache import once_for_each
from maps.day.control import Holding, upwards
from maps.day.law import ALL, Law
from maps.day.reading import Answer, Reading
from maps.day.view import Shown
from maps.looks.style import NEUTRAL, colours, dimension_colour, layer_colours, texture
from maps.looks.texture import NOTHING, OUTLINE, Band, Look
from maps.words.i18n import Texts, texts
from maps.words.sentences import holding_name

# In this order; "blank" is ground of which nothing is said in control.
KINDS = ("said", "silent", "striped", "unit", "contested", "faint", "blank", "line")
_OF_MANNER = ("striped", "contested", "faint", "line")  # they say how, not who or what
UNKNOWN = Look((Band(NEUTRAL.stroke, "ticks"),))


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend: a look with the edge around it, or the line of a precision.

    ``rank`` orders the entries of a kind. Of several ``about`` one thing, a unit with
    and without its colour, the first is listed.
    """

    kind: str
    about: str
    label: str
    look: Look = OUTLINE
    stroke: str = NEUTRAL.stroke
    rank: int = 0
    precision: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among the others."""
        return KINDS.index(self.kind), self.rank

    def plain(self) -> dict[str, Any]:
        """Give the entry as the map's script takes it."""
        told = {"place": self.place, "about": f"{self.kind}:{self.about}", "label": self.label}
        shown = {"stroke": self.stroke, "line": self.precision, **self.look.plain()}
        return {**told, "quiet": self.kind in _OF_MANNER, **shown}


def in_order(entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """List what has to be explained in order, each thing once."""
    found: dict[tuple[str, str], LegendEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.place):
        found.setdefault((entry.kind, entry.about), entry)
    return tuple(found.values())


def striped(look: Look, spoken: Texts) -> LegendEntry:
    """Explain bands of several holders, by a look that has them."""
    return LegendEntry("striped", "striped", spoken.t("map.side_by_side"), look)


def contested(spoken: Texts) -> LegendEntry:
    """Explain the stripes of a contested unit."""
    look = Look((Band(NEUTRAL.fill), Band("", NOTHING)))
    return LegendEntry("contested", "contested", spoken.t("legend.contested"), look)


def line_entries(precisions: Iterable[str], spoken: Texts) -> tuple[LegendEntry, ...]:
    """Explain the lines of some precisions, the most precise first."""
    wanted, key = set(precisions), "legend.precision"
    return tuple(
        LegendEntry("line", name, spoken.t(f"{key}.{name}"), rank=rank, precision=name)
        for rank, name in enumerate(PRECISIONS)
        if name in wanted
    )


@dataclass(frozen=True)
class Fill:
    """A look with what a legend has to explain of it; ``key`` tells it from every other."""

    key: str
    look: Look
    entries: tuple[LegendEntry, ...]


@dataclass(frozen=True)
class Span:
    """The days on which a boundary has a fill; the end day is already outside."""

    start: Date
    end: Date | None
    fill: Fill


Spans = tuple[Span, ...]


def holding_look(atlas: Atlas, held: Holding) -> Look:
    """Give the look of one polity in one dimension: tone and texture."""
    # Fills of control are equally light in every hue: lines tell one of neighbours without colours.
    is_ruled = held.dimension == CONTROL and held.polity_id in atlas.settings.ruled
    return _look(atlas.polities[held.polity_id].hue, held.dimension, held.otherwise, is_ruled)


@cache
def _look(hue: float, dimension: str, otherwise: bool, is_ruled: bool) -> Look:
    drawn = "ruled" if is_ruled else texture(dimension, otherwise=otherwise)
    return Look((Band(dimension_colour(hue, dimension), drawn),))


def holding_entry(atlas: Atlas, held: Holding, lang: str) -> LegendEntry:
    """Explain one polity in one dimension."""
    polity = atlas.polities[held.polity_id]
    look = holding_look(atlas, held)
    stroke = colours(polity.hue).stroke if held.dimension == CONTROL else NEUTRAL.stroke
    polities = list(atlas.polities)
    place = DIMENSIONS.index(held.dimension) * len(polities) + polities.index(held.polity_id)
    key = f"{held.dimension}:{held.polity_id}" + ("!" if held.otherwise else "")
    name = holding_name(atlas, held, texts(lang))
    return LegendEntry("said", key, name, look, stroke, 2 * place + held.otherwise)


def unit_entry(layer: Layer, *, outline: bool) -> LegendEntry:
    """Explain a unit, in the colour of its layer or as a line."""
    own = layer_colours(layer)
    look = OUTLINE if outline or layer.hue is None else Look((Band(own.fill),))
    rank = 2 * layer.order + (not look.bands)
    return LegendEntry("unit", layer.id, layer.name, look, own.stroke, rank)


class Looks:
    """The fills of an atlas in one reading."""

    def __init__(self, atlas: Atlas, reading: Reading, lang: str) -> None:
        self._atlas, self._reading, self._lang = atlas, reading, lang
        self._layers = {layer.id: layer for layer in atlas.settings.layers}
        self._coloured: defaultdict[str, list[Boundary]] = defaultdict(list)
        for boundary in atlas.boundaries:
            shown = boundary.layer in reading.mode.layers
            if shown and self._layers[boundary.layer].hue is not None:
                self._coloured[boundary.region_id].append(boundary)

    def fill_on(self, boundary: Boundary, day: Date) -> Fill:
        """Give the fill of a boundary that the reading shows on a day."""
        if self._reading.asks_of(boundary):
            return self._of_answer(self._reading.answer(self._atlas, boundary, day))
        # Around claims a unit is only a line: its colour would look like one more claim.
        outline = self._reading.by_teller or any(day in span for span in self._around(boundary))
        unit = unit_entry(self._layers[boundary.layer], outline=outline)
        key = f"{'layer' if unit.look.bands else 'line'}:{boundary.layer}"
        if not (unit.look.bands and boundary.contested):
            return Fill(key, unit.look, (unit,))
        # Stripes of nothing let the units below be seen: a contested unit hides none.
        stripes = Look((*unit.look.bands, Band("", NOTHING)))
        return Fill(f"{key}:contested", stripes, (unit, contested(texts(self._lang))))

    def spans(self, boundary: Boundary) -> Spans:
        """Cut the days of a boundary that the reading shows where its fill changes."""
        turns = {boundary.span.start, *self._reading.days_of_answer(self._atlas, boundary)}
        if not self._reading.asks_of(boundary):
            around = self._around(boundary)
            turns |= {edge for span in around for edge in (span.start, span.end) if edge}
        days = sorted(day for day in turns if day in boundary.span)
        found: list[Span] = []
        for start, end in zip(days, [*days[1:], boundary.span.end], strict=True):
            fill = self.fill_on(boundary, start)
            same = found and found[-1].fill == fill
            found.append(Span(found.pop().start if same else start, end, fill))
        return tuple(found)

    def _around(self, boundary: Boundary) -> list[Timespan]:
        """Give the spans of the larger coloured units this one is part of."""
        above = upwards(self._atlas, self._atlas.regions[boundary.region_id].part_of)
        return [other.span for region_id in above for other in self._coloured.get(region_id, ())]

    def _of_answer(self, answer: Answer) -> Fill:
        spoken = texts(self._lang)
        said = [holding_entry(self._atlas, held, self._lang) for held in answer.holdings]
        said = said or [self._nobody(answer)]
        # Paler means unsure ground; of claims, each says for itself how sure it is.
        unsure = not isinstance(answer, Law) and any(
            status.certainty == "approximate" for status in answer.statuses
        )
        key = "+".join(entry.about for entry in said) + ("~" if unsure else "")
        bands = tuple(band for entry in said for band in entry.look.bands)
        if len(bands) > 1:
            said.append(striped(Look(bands), spoken))
        if unsure:
            pale = Look((Band(NEUTRAL.stroke),), is_faint=True)
            said.append(LegendEntry("faint", "faint", spoken.t("map.faint"), pale))
        return Fill(key, Look(bands, unsure), tuple(said))

    def _nobody(self, answer: Answer) -> LegendEntry:
        spoken = texts(self._lang)
        if not isinstance(answer, Law):
            if not answer.statuses:
                return LegendEntry("blank", "nobody", spoken.t("map.nobody_named"))
            # A state of its own: the sources were asked, and do not say.
            return LegendEntry("silent", "unknown", spoken.t("map.unknown"), UNKNOWN)
        if answer.claims:
            return LegendEntry("silent", "unpainted", spoken.t("map.unpainted"))
        specks = Look((Band(NEUTRAL.stroke, "specks"),))
        if self._reading.perspective == ALL:
            return LegendEntry("silent", "silence:all", spoken.t("map.silence_all"), specks)
        return LegendEntry("silent", "silence", spoken.t("map.silence"), specks)


def spans_of(atlas: Atlas, reading: Reading, lang: str) -> list[Spans | None]:
    """List the fills of each boundary in file order; None where the mode does not show it."""
    looks = Looks(atlas, reading, lang)
    return [looks.spans(b) if b.layer in reading.mode.layers else None for b in atlas.boundaries]


@once_for_each
def looks_of(shown: Shown) -> Looks:
    """Give the fills of what is shown."""
    return Looks(shown.atlas, shown.reading, shown.lang)
