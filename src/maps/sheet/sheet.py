"""A sheet of paper: everything is placed in millimetres from its lower left corner.

Only `matplotlib.figure.Figure` is used. pyplot keeps one current figure for the
whole process, and two threads drawing with it draw into each other's.
"""

from __future__ import annotations

import html
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import BboxImage
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox
from PIL import Image, PngImagePlugin
from shapely.geometry.base import BaseGeometry

from maps.looks.style import HALO, PAPER
from maps.sheet.typeset import Face, runs, width_mm

PICTURE_DPI = 120  # at most, of pictures in a drawing; the relief shows nothing finer
POINTS_PER_PX = 0.75  # a CSS px is 1/96 inch; lines of maps.looks.style are in px

# Set once for the process, never changed: what a writer of matplotlib looks up
# when it writes, from whatever thread.
matplotlib.rcParams.update(
    {
        "svg.fonttype": "path",
        "svg.hashsalt": "border-accounts",
        "pdf.fonttype": 42,
        "text.hinting": "no_hinting",
        "text.usetex": False,
        "lines.scale_dashes": True,
        "image.composite_image": False,
    }
)

_OUTLINE = re.compile(rb'<path (?:id="[^"]*" )?d="[^"]*"')  # text holds no bare "<"
_CURVE = re.compile(rb"[CQ] ")
_LONG = re.compile(rb"(\.\d\d)\d+")


@dataclass(frozen=True)
class Rect:
    """A rectangle in mm, from its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """The y of the upper edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def path(self) -> Path:
        """The outline."""
        x, y, right, top = self.x, self.y, self.right, self.top
        return Path([(x, y), (right, y), (right, top), (x, top), (x, y)], closed=True)

    @property
    def polygon(self) -> shapely.Polygon:
        """The area."""
        return shapely.box(self.x, self.y, self.right, self.top)

    def holds(self, at: tuple[float, float]) -> bool:
        """Tell whether a point is inside."""
        return self.x < at[0] < self.right and self.y < at[1] < self.top

    def lies_in(self, other: Rect) -> bool:
        """Tell whether nothing of the rectangle is outside of another."""
        across = other.x <= self.x and self.right <= other.right
        return across and other.y <= self.y and self.top <= other.top

    def meets(self, other: Rect, away_mm: float = 0.0) -> bool:
        """Tell whether two rectangles are nearer to each other than a distance."""
        across = self.x < other.right + away_mm and other.x < self.right + away_mm
        return across and self.y < other.top + away_mm and other.y < self.top + away_mm

    def shrunk(self, by_mm: float) -> Rect:
        """Give the rectangle with the same middle and less on each side."""
        return Rect(self.x + by_mm, self.y + by_mm, self.width - 2 * by_mm, self.height - 2 * by_mm)


@dataclass(frozen=True)
class Pen:
    """A line: colour, width in points, dash in points (empty if solid).

    ``cap`` is ``butt`` or ``round``; empty gives dashes the one and solid lines the other.
    """

    colour: str
    points: float
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    cap: Literal["", "butt", "round"] = ""


Align = Literal["left", "center", "right"]
_MIRRORED: dict[Align, Align] = {"left": "right", "center": "center", "right": "left"}
_LEFT_OF = {"left": 0.0, "center": 0.5, "right": 1.0}  # share of a line left of its place
Point = tuple[float, float]
# Whatever can be drawn: a rectangle, points of a line, lines and areas in mm, or a path of them.
Shape = Rect | Path | BaseGeometry | Iterable[BaseGeometry] | Iterable[Point]


class Sheet:
    """A sheet of ``width`` x ``height`` mm to draw on; later things lie on earlier ones."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor=PAPER)
        FigureCanvasAgg(self._figure)
        self._mm = Affine2D().scale(1 / 25.4) + self._figure.dpi_scale_trans
        self._is_mirrored = False
        self._count = 0
        self.maps: list[Rect] = []  # where maps lie, in the order in which they were framed

    @property
    def texts(self) -> tuple[Text, ...]:
        """All lines of text, in the order they were written."""
        return tuple(self._figure.findobj(Text))

    @property
    def names(self) -> tuple[Haloed, ...]:
        """The lines with a halo: what is written on a map."""
        return tuple(text for text in self.texts if isinstance(text, Haloed))

    @contextmanager
    def laid_out(self, direction: str, rect: Rect) -> Iterator[None]:
        """Lay out a rectangle in the direction of writing: for ``rtl`` as a mirror shows it.

        Letters are never mirrored, only the places where they begin.
        """
        plain = self._mm
        if direction == "rtl":
            self._mm = Affine2D().scale(-1, 1).translate(rect.x + rect.right, 0) + plain
            self._is_mirrored = True
        yield
        self._mm, self._is_mirrored = plain, False

    def area(
        self,
        shape: Shape,
        *,
        fill: str | None = None,
        opacity: float = 1.0,
        pen: Pen | None = None,
        clip: Rect | Path | None = None,
    ) -> None:
        """Fill and outline a shape; the opacity is that of the filling."""
        path = path_of(shape)
        if fill and np.size(path.vertices):
            plain: Any = {"facecolor": fill, "edgecolor": "none", "linewidth": 0.0}
            self._put(PathPatch(path, transform=self._mm, alpha=opacity, **plain), clip)
        if pen:
            self.line(path, pen, clip=clip)

    def line(self, shape: Shape, *pens: Pen, clip: Rect | Path | None = None) -> None:
        """Draw along a shape, with one pen over the other."""
        path = path_of(shape)
        if not np.size(path.vertices):
            return
        for pen in pens:
            # matplotlib multiplies a dash by the width of the line.
            dash = tuple(part / pen.points for part in pen.dash)
            style: Any = {
                "edgecolor": pen.colour,
                "linewidth": pen.points,
                "linestyle": (0.0, dash) if dash else "solid",
                "joinstyle": "round",
                "capstyle": pen.cap or ("butt" if dash else "round"),
            }
            drawn = PathPatch(
                path, transform=self._mm, facecolor="none", alpha=pen.opacity, **style
            )
            self._put(drawn, clip)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        *,
        align: Align = "left",
        halo_mm: float = 0.0,
        rotation: float = 0.0,
    ) -> None:
        """Write one line; ``$`` and backslashes are letters like any other."""
        if self._is_mirrored:
            # Of a line that begins with Latin letters matplotlib would take it to run to the right.
            text, align = f"\N{RIGHT-TO-LEFT MARK}{text}", _MIRRORED[align]
        parts, turn, start = runs(text, face), math.radians(rotation), 0.0
        if len(parts) > 1:  # words in several fonts follow each other from the left
            start, align = -_LEFT_OF[align] * width_mm(text, face), "left"
        kind: Any = Haloed if halo_mm else Text
        for part in parts:
            along = (start + part.x) * (-1 if self._is_mirrored else 1)
            written = kind(
                x + along * math.cos(turn),
                y + along * math.sin(turn),
                part.text.strip(" "),
                color=face.colour,
                fontproperties=part.font,
                horizontalalignment=align,
                verticalalignment="baseline",
                rotation=rotation,
                rotation_mode="anchor",
                transform=self._mm,
                parse_math=False,
            )
            if halo_mm:
                both_sides = 2 * halo_mm * 72 / 25.4
                written.halo = Stroke(linewidth=both_sides, foreground=HALO, alpha=0.85)
            self._put(written, None)

    def picture(self, pixels: np.ndarray[Any, Any], rect: Rect, clip: Shape) -> None:
        """Lay a picture (rows from the top, RGB) over a rectangle, cut to a shape."""
        box = TransformedBbox(Bbox.from_extents(rect.x, rect.y, rect.right, rect.top), self._mm)
        image = Photograph(box)
        image.set_data(pixels)
        self._put(image, path_of(clip))

    def save(self, fmt: str, dpi: int, metadata: Mapping[str, str | None]) -> bytes:
        """Give the sheet as PNG, SVG or PDF."""
        buffer = io.BytesIO()
        if fmt == "png":
            # Without transparency it is a third smaller and sooner done.
            said = PngImagePlugin.PngInfo()
            for name, text in metadata.items():
                if text:
                    said.add_itxt(name, text)
            picture = Image.fromarray(self.pixels(dpi))
            picture.save(buffer, "png", compress_level=3, dpi=(dpi, dpi), pnginfo=said)
            return buffer.getvalue()
        for name_on_map in self.names:
            name_on_map.is_searchable = fmt == "pdf"
        wanted: Any = {"dpi": min(dpi, PICTURE_DPI), "metadata": dict(metadata)}
        self._figure.savefig(buffer, format=fmt, facecolor=PAPER, **wanted)
        return in_short(buffer.getvalue()) if fmt == "svg" else buffer.getvalue()

    def pixels(self, dpi: float) -> np.ndarray[Any, Any]:
        """Give the sheet as pixels: rows from the top, RGB of 8 bits."""
        self._figure.set_dpi(dpi)
        canvas: Any = FigureCanvasAgg(self._figure)
        canvas.draw()
        return np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])

    def _put(self, artist: Artist, clip: Rect | Path | None) -> None:
        self._count += 1
        artist.set_zorder(self._count)
        self._figure.add_artist(artist)
        if clip:
            artist.set_clip_path(path_of(clip), self._mm)


def path_of(shape: Shape) -> Path:
    """Make one path of what is to be drawn; holes stay holes, points have no outline."""
    if isinstance(shape, Path):
        return shape
    if isinstance(shape, Rect):
        return shape.path
    parts: list[Any] = [shape] if isinstance(shape, BaseGeometry) else list(shape)
    if parts and not isinstance(parts[0], BaseGeometry):
        return Path(parts)
    # All three writers fill by winding number: a hole must run against its shell.
    parts = list(shapely.orient_polygons(parts))
    while any(hasattr(part, "geoms") for part in parts):
        parts = list(shapely.get_parts(parts))
    points, codes = [np.empty((0, 2))], [np.empty(0, dtype=Path.code_type)]
    for part in parts:
        is_area = part.geom_type == "Polygon"
        if part.is_empty or part.geom_type == "Point":
            continue
        for line in [part.exterior, *part.interiors] if is_area else [part]:
            points.append(shapely.get_coordinates(line))
            steps = np.full(len(points[-1]), Path.LINETO, dtype=Path.code_type)
            steps[0], steps[-1] = Path.MOVETO, Path.CLOSEPOLY if is_area else Path.LINETO
            codes.append(steps)
    return Path(np.concatenate(points), np.concatenate(codes))


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
    halo: Stroke

    def draw(self, renderer: RendererBase) -> None:
        """Draw the halo, then the letters."""
        if self.is_searchable:
            self.set_path_effects([self.halo])
            super().draw(renderer)
            self.set_path_effects([])
        else:
            self.set_path_effects([self.halo, Normal()])
        super().draw(renderer)


def in_short(svg: bytes) -> bytes:
    """Write the places of an SVG to a hundredth of a point, and no needless letter.

    Places are most of such a file. After a move or a line more places are lines.
    """

    def shortened(outline: re.Match[bytes]) -> bytes:
        places = _LONG.sub(rb"\1", outline[0])
        return places if _CURVE.search(places) else places.replace(b" \nL ", b" ")

    return _OUTLINE.sub(shortened, svg)


def described(drawn: bytes, title: str, lines: Iterable[str]) -> bytes:
    """Give an SVG a title and a description that are read aloud; its letters are outlines."""
    text = "\n".join((title, *lines))
    allowed = "".join(c for c in text if c >= " " or c == "\n")  # of control characters in XML
    told = (
        f'\n <title id="map-title">{html.escape(title)}</title>'
        f'\n <desc id="map-description">{html.escape(allowed)}</desc>'
    ).encode()
    head = b'<svg role="img" aria-labelledby="map-title map-description" '
    return re.sub(rb"<svg ([^>]*>)", lambda opened: head + opened[1] + told, drawn, count=1)
