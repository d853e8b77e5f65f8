"""The scenes of a film as pixels, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from maps.day.view import Bbox
from maps.errors import ExportFailed
from maps.film.frame import WIDTH, Places, ground, picture_of, places_of
from maps.film.plan import Plan, Scene
from maps.sheet.projection import Array

WIDTH_RANGE = (640, 2560)
_SCREEN_DPI = 96
_GROUNDS = 12  # kept, of a story that comes back to places it has shown

Progress = Callable[[int, int], None]


def check_width(width: int) -> None:
    """Refuse a width that no film can have.

    Raises
    ------
    ExportFailed
        It is odd, or out of bounds.
    """
    low, high = WIDTH_RANGE
    if not low <= width <= high or width % 2:
        raise ExportFailed(
            f"{width} pixels wide will not do; write an even number from {low} to {high}"
        )


@dataclass
class Drawing:
    """Draws the scenes of a plan ``width`` pixels wide, 9/16 of that high."""

    plan: Plan
    width: int
    _grounds: dict[tuple[Places, Bbox], Array] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, both even, as the codec of films wants them."""
        return self.width, self.width * 9 // 16 // 2 * 2

    def pictures(self) -> Iterator[Array]:
        """Draw one scene after the other: rows from the top, RGB of 8 bits."""
        return (self.picture(scene) for scene in self.plan.scenes)

    def picture(self, scene: Scene) -> Array:
        """Draw one scene: rows from the top, RGB of 8 bits."""
        sheet = picture_of(self.plan, scene, self.ground_of(scene))
        return sheet.pixels(self._dpi)[: self.size[1], : self.size[0]]

    @property
    def _dpi(self) -> float:
        return _SCREEN_DPI * self.width / WIDTH

    def ground_of(self, scene: Scene) -> Array | None:
        """Draw what lies under all days of an extent once, and keep its pixels; None on cards."""
        if scene.shown is None:
            return None
        places, bbox = places_of(scene), scene.shown.bbox
        if (places, bbox) not in self._grounds:
            if len(self._grounds) == _GROUNDS:
                del self._grounds[next(iter(self._grounds))]
            drawn = ground(self.plan.atlas, bbox, places)
            self._grounds[places, bbox] = drawn.pixels(self._dpi)
        return self._grounds[places, bbox]
