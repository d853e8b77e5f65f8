"""Pictures as a GIF: one palette for the whole film, and only what differs in each frame."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import numpy as np
from PIL import Image

from maps.sheet.projection import Array

_COLOURS = 255  # and one that is nothing: the frame before shows through
_FLAT = 40  # colours kept as they are, the commonest: paper, ink, fills without relief
_SAMPLE = 1_500_000  # pixels the palette is made of, about
_ALL = 1 << 24


def gif_bytes(
    pictures: Iterable[Array],
    seconds: Sequence[float],
    size: tuple[int, int],
    metadata: Mapping[str, str],
) -> bytes:
    """Encode pictures (rows from the top, RGB), each seen for its seconds.

    It plays without end. The pictures wait in a file without a name while the
    colours of all are counted, so few are in memory.
    """
    with tempfile.TemporaryFile() as store:
        counted = _Counted()
        for picture in pictures:
            store.write(np.ascontiguousarray(picture).tobytes())
            counted.add(picture)
        frames = _images(store, len(seconds), size, counted)
        buffer = io.BytesIO()
        wanted: dict[str, Any] = {
            "save_all": True,
            "append_images": frames,
            # Milliseconds that are whole hundredths of a second, all that a GIF can tell.
            "duration": [max(round(each * 100), 2) * 10 for each in seconds],
            "loop": 0,
            "disposal": 1,  # the frame stays, and the next is laid over it
            "transparency": _COLOURS,
            "optimize": False,
            "comment": "; ".join(filter(None, metadata.values())).encode(),
        }
        next(frames).save(buffer, "gif", **wanted)
        return buffer.getvalue()


def _images(
    store: IO[bytes], count: int, size: tuple[int, int], counted: _Counted
) -> Iterator[Image.Image]:
    """Read the pictures anew, in the colours of the palette; what is as before is left out."""
    palette = counted.palette()
    nearest = counted.nearest(palette)
    colours = [*palette.reshape(-1).tolist(), *[0] * (768 - palette.size)]
    store.seek(0)
    width, height = size
    before: Array | None = None
    for _ in range(count):
        raw = np.frombuffer(store.read(width * height * 3), dtype=np.uint8)
        places = nearest[_packed(raw.reshape(height, width, 3))]
        same = places == before if before is not None else np.zeros(places.shape, bool)
        image = Image.fromarray(np.where(same, _COLOURS, places).astype(np.uint8))
        image.putpalette(colours)
        image.info["transparency"] = _COLOURS
        before = places
        yield image


def _packed(picture: Array) -> Array:
    """Give each pixel as one number, red highest."""
    red, green, blue = (picture[..., band].astype(np.uint32) for band in range(3))
    return (red << 16) | (green << 8) | blue


def _apart(packed: Array) -> Array:
    """Give red, green and blue of such numbers, in rows."""
    return np.stack([(packed >> shift) & 255 for shift in (16, 8, 0)], axis=-1)


@dataclass
class _Counted:
    """The colours of all pictures, and how many pixels have each."""

    counts: Array = field(default_factory=lambda: np.zeros(_ALL, np.int32))

    def add(self, picture: Array) -> None:
        values, found = np.unique(_packed(picture), return_counts=True)
        self.counts[values] += found

    def palette(self) -> Array:
        """Choose the colours: the commonest as they are, the rest so that all are near to one.

        A colour counts with the root of its pixels, else the ground, which is
        most of a map, would leave none for a small piece of land.
        """
        values = np.flatnonzero(self.counts)
        found = self.counts[values]
        order = np.lexsort((values, -found))
        flat, rest = values[order[:_FLAT]], order[_FLAT:]
        if not rest.size or values.size <= _COLOURS:
            return _apart(values[order[:_COLOURS]])
        weights = np.sqrt(found[rest])
        times = np.maximum(np.rint(weights * (_SAMPLE / weights.sum())), 1).astype(int)
        pixels = _apart(np.repeat(values[rest], times)).astype(np.uint8)
        sample = Image.fromarray(pixels.reshape(1, -1, 3))
        cut = sample.quantize(_COLOURS - _FLAT, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        chosen = np.array(cut.getpalette() or [], dtype=int).reshape(-1, 3)
        return np.concatenate([_apart(flat), chosen[: _COLOURS - _FLAT]])

    def nearest(self, palette: Array) -> Array:
        """Give for each colour that occurs the place of the nearest in the palette."""
        places = np.zeros(_ALL, np.uint8)
        values = np.flatnonzero(self.counts)
        # Whole numbers below 2**24: exact in single precision, so the same everywhere.
        colours = palette.astype(np.float32)
        lengths = (colours * colours).sum(axis=1)
        for start in range(0, values.size, 1 << 15):
            part = values[start : start + (1 << 15)]
            away = lengths - 2 * (_apart(part).astype(np.float32) @ colours.T)
            places[part] = away.argmin(axis=1)
        return places
