"""Things on a sheet that matplotlib does not draw as they should be: pictures, haloed names."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.image import BboxImage
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image


class Photograph(BboxImage):
    """A picture brought to the pixels of the output by Pillow.

    matplotlib does it in floats, which takes ten times as long: half a second
    of the three that an export may take.
    """

    def make_image(
        self,
        renderer: RendererBase,
        magnification: float = 1.0,
        unsampled: bool = False,  # noqa: ARG002  part of the signature
    ) -> tuple[np.ndarray[Any, Any], float, float, Affine2D]:
        """Give the pixels (RGBA, rows from below) and where the lowest left one lies."""
        box = self.get_window_extent(renderer)
        width, height = box.width * magnification, box.height * magnification
        size = (max(1, round(width)), max(1, round(height)))  # small on the map of a continent
        fitted = Image.fromarray(np.asarray(self.get_array())).resize(
            size, Image.Resampling.BILINEAR
        )
        rows = np.asarray(fitted.convert("RGBA"))[::-1]
        return np.array(rows, order="C"), float(box.x0), float(box.y0), Affine2D()


class Haloed(Text):
    """A text with a halo; ``is_searchable`` keeps its letters letters in a PDF.

    matplotlib draws a text with path effects as outlines, which nobody can search.
    """

    is_searchable = False

    def give_halo(self, points: float, colour: str, opacity: float) -> None:
        """Set the halo: its width on both sides together."""
        self.halo = Stroke(linewidth=points, foreground=colour, alpha=opacity)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the halo, then the letters."""
        if self.is_searchable:
            self.set_path_effects([self.halo])
            super().draw(renderer)
            self.set_path_effects([])
        else:
            self.set_path_effects([self.halo, Normal()])
        super().draw(renderer)
