"""The look of the relief: warm, low contrast, light from the north-west."""

from __future__ import annotations

from pathlib import Path

from shapely.geometry.base import BaseGeometry

from maps.build.raw import read_grid
from recipe.shading import (
    Light,
    Look,
    MercatorFrame,
    coloured,
    heights,
    land_mask,
    picture,
    shade,
)  # fmt: skip
from recipe.surroundings import EXTENT

FRAME = MercatorFrame(*EXTENT, width=2000)
BLUR_CELLS = 0.7  # 30 arc seconds each; keeps ridges, drops steps of the source
QUALITY = 76

# Near white where it is flat: the picture is multiplied with the colour of the land.
LOOK = Look(
    tints=(
        (0.0, (250, 250, 247)),
        (300.0, (250, 249, 246)),
        (1000.0, (249, 244, 237)),
        (1800.0, (245, 237, 227)),
        (2600.0, (242, 234, 226)),
        (3400.0, (247, 244, 241)),
        (5200.0, (255, 255, 255)),
    ),
    shadow=(128, 110, 96),
    depth=0.62,
    glow=0.7,
    exaggeration=3.2,
    lights=(Light(315.0, 45.0, 0.65), Light(270.0, 50.0, 0.2), Light(10.0, 55.0, 0.15)),
)


def relief(raw: Path, land: BaseGeometry) -> bytes:
    """Paint the relief of the land (EPSG:4326) in Web Mercator; water is transparent."""
    height = heights(read_grid(raw / "globe-elevation.asc.gz"), FRAME, BLUR_CELLS)
    light = shade(height, FRAME, LOOK)
    return picture(coloured(height, light, LOOK), land_mask(land, FRAME), QUALITY)
