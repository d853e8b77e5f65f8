"""The legend of a picture: samples one after the other in lines, as words are set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from maps.film.flow import PX, px_face
from maps.sheet.legend import SWATCH_MM, Sample, draw_sample
from maps.sheet.sheet import Sheet
from maps.sheet.typeset import width_mm, wrapped
from maps.words.i18n import texts

_SWATCH = 0.068  # of a pixel of the letters, in units of maps.sheet.layout
_BESIDE_UNITS = 2.0  # between a swatch and its words
_APART = 1.1  # between two samples, in sizes of the letters
_LEADING = 1.42
_ABOVE_PX = 9


class Key:
    """The samples of a legend with letters of ``px`` pixels, in lines of a width in mm."""

    def __init__(self, listed: Sequence[Sample], px: float, width_mm: float, lang: str) -> None:
        self._listed, self._px, self._width, self._lang = tuple(listed), px, width_mm, lang
        self._face, self._unit = px_face(px), px * _SWATCH
        self._left_out = 0

    @property
    def height(self) -> float:
        """The height in mm, with some room above."""
        lines = sum(max(len(said) for _, said, _ in row) for row in self._rows)
        return (lines * self._px * _LEADING + _ABOVE_PX) * PX if self._rows else 0.0

    def within(self, room_mm: float) -> Key:
        """Leave out samples from the end until the rest fits, and count them in its last line."""
        key = self
        while key.height > room_mm and len(key._listed) > 1:
            kept = Key(self._listed[: len(key._listed) - 1], self._px, self._width, self._lang)
            kept._left_out = len(self._listed) - len(kept._listed)
            key = kept
        return key

    def draw(self, sheet: Sheet, at: tuple[float, float]) -> None:
        """Draw the legend down from a point."""
        x, y = at[0], at[1] - _ABOVE_PX * PX
        for row in self._rows:
            for sample, said, right in row:
                self._one(sheet, sample, said, (x + right, y))
            y -= max(len(said) for _, said, _ in row) * self._px * _LEADING * PX

    def _one(
        self, sheet: Sheet, sample: Sample, said: Sequence[str], at: tuple[float, float]
    ) -> None:
        if not sample.only_words:
            draw_sample(sheet, sample, said, at, self._face, unit=self._unit)
            return
        for number, line in enumerate(said):
            below = number * self._face.leading_mm + self._px * PX * 0.95
            sheet.text(at[0], at[1] - below, line, self._face)

    @cached_property
    def _rows(self) -> list[list[tuple[Sample, Sequence[str], float]]]:
        """Put samples on lines, each with its words and its distance from the left."""
        rows: list[list[tuple[Sample, Sequence[str], float]]] = []
        right, apart = 0.0, self._px * _APART * PX
        for sample in self._all:
            indent = 0.0 if sample.only_words else (SWATCH_MM[0] + _BESIDE_UNITS) * self._unit
            said = wrapped(sample.label, self._face, self._width - indent)
            needed = indent + max(width_mm(line, self._face) for line in said)
            if not rows or right + needed > self._width:
                rows.append([])
                right = 0.0
            rows[-1].append((sample, said, right))
            right += needed + apart
        return rows

    @property
    def _all(self) -> tuple[Sample, ...]:
        if not self._left_out:
            return self._listed
        more = texts(self._lang).t("film.more_legend", count=self._left_out)
        return (*self._listed, Sample(more, only_words=True))
