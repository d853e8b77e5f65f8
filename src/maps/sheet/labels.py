"""Names on a printed map: each where it fits and nowhere over another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from shapely.geometry.base import BaseGeometry

from maps.sheet.sheet import Rect
from maps.sheet.typeset import MM_PER_POINT, Face, width_mm

_CLEAR_MM = 0.5  # left free around each name
_LINE = 1.12  # from line to line inside a name, in sizes of the letters
_SMALLER = 0.84  # a name of an area that finds no room is tried once more
_OVER = 1.5  # how many times as wide as its area a name may be: it is read as its name still
_CAP = 0.72  # height of a capital, in sizes of the letters


@dataclass(frozen=True)
class Wanted:
    """A name that wants a place: ``at`` in mm, around a dot or in the middle of an area.

    ``room_mm`` is how wide the area is there; a name much wider is left out. On
    ``keep_off`` it would be taken for the name of something else.
    """

    text: str
    at: tuple[float, float]
    face: Face
    dot_mm: float = 0.0  # radius of the dot it stands beside; 0: it sits in the middle
    room_mm: float = float("inf")
    spots: tuple[tuple[float, float], ...] = ()  # where else it could sit
    keep_off: BaseGeometry | None = None


@dataclass(frozen=True)
class Placed:
    """A name with its lines and the middle of its box."""

    wanted: Wanted
    lines: tuple[str, ...]
    box: Rect

    def baselines(self) -> Iterable[tuple[float, float, str]]:
        """Give the middle of each line, on its baseline."""
        size = self.wanted.face.points * MM_PER_POINT
        for number, line in enumerate(self.lines):
            below = (number * _LINE + _CAP) * size
            yield self.box.x + self.box.width / 2, self.box.top - below, line


@dataclass
class Room:
    """What is taken of a map, and what is not."""

    frame: Rect
    taken: list[Rect] = field(default_factory=list)
    marks: list[Rect] = field(default_factory=list)
    covers: list[Rect] = field(default_factory=list)

    def cover(self, box: Rect) -> None:
        """Keep names and dots away from a box that hides the map."""
        self.covers.append(box)
        self.taken.append(box)

    def mark(self, box: Rect) -> None:
        """Keep names away from the mark of an event, which takes the place of a dot."""
        self.marks.append(box)
        self.taken.append(box)

    def is_marked(self, at: tuple[float, float]) -> bool:
        """Tell whether an event is marked at a point."""
        return any(mark.holds(at) for mark in self.marks)

    def keep_dot(self, wanted: Wanted) -> None:
        """Keep other names away from the dot of a name."""
        (x, y), radius = wanted.at, wanted.dot_mm
        self.taken.append(Rect(x - radius, y - radius, 2 * radius, 2 * radius))

    def place(self, wanted: Wanted) -> Placed | None:
        """Give a name the first of its places that is free; None where none is."""
        if wanted.dot_mm:
            inside = self.frame.shrunk(2 * wanted.dot_mm).holds(wanted.at)
            if not inside or any(cover.holds(wanted.at) for cover in self.covers):
                return None
            if self.is_marked(wanted.at):
                wanted = replace(wanted, dot_mm=max(mark.width for mark in self.marks) / 2)
        for face in (wanted.face, wanted.face.scaled(_SMALLER)):
            sized = replace(wanted, face=face)
            for lines in _broken(sized):
                for box in _boxes(sized, lines):
                    if self._is_free(box) and not _lies_on(box, sized.keep_off):
                        self.taken.append(box)
                        return Placed(sized, lines, box)
            if wanted.dot_mm:
                break
        return None

    def _is_free(self, box: Rect) -> bool:
        inside = box.lies_in(self.frame.shrunk(1))
        return inside and not any(box.meets(other, _CLEAR_MM) for other in self.taken)


def _lies_on(box: Rect, ground: BaseGeometry | None) -> bool:
    return ground is not None and bool(ground.intersects(box.polygon))


def _broken(wanted: Wanted) -> list[tuple[str, ...]]:
    """Give the ways to write a name: on one line, or on two about equally long."""
    face = wanted.face
    ways: list[tuple[str, ...]] = [(wanted.text,)]
    breaks = [at for at, letter in enumerate(wanted.text) if letter in " -"]
    if not wanted.dot_mm and breaks:
        splits = [(wanted.text[: at + 1].strip(), wanted.text[at + 1 :]) for at in breaks]
        ways.append(min(splits, key=lambda way: max(width_mm(part, face) for part in way)))
    widths = [max(width_mm(part, face) for part in way) for way in ways]
    if widths[0] <= wanted.room_mm:
        return ways
    # Too wide for its area on one line: on two first.
    order = sorted(zip(widths, ways, strict=True))
    return [way for width, way in order if width <= wanted.room_mm * _OVER]


def _boxes(wanted: Wanted, lines: tuple[str, ...]) -> Iterable[Rect]:
    size = wanted.face.points * MM_PER_POINT
    width = max(width_mm(line, wanted.face) for line in lines)
    height = ((len(lines) - 1) * _LINE + _CAP + 0.22) * size
    x, y = wanted.at
    if not wanted.dot_mm:
        for at_x, at_y in ((x, y), *wanted.spots):
            yield Rect(at_x - width / 2, at_y - height / 2, width, height)
        return
    gap = wanted.dot_mm + 0.55
    middle = y - height / 2
    yield Rect(x + gap, middle, width, height)
    yield Rect(x - gap - width, middle, width, height)
    yield Rect(x - width / 2, y + gap, width, height)
    yield Rect(x - width / 2, y - gap - height, width, height)
    yield Rect(x + gap * 0.7, y + gap * 0.5, width, height)
    yield Rect(x + gap * 0.7, y - gap * 0.5 - height, width, height)
