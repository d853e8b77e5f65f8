"""Rebuild the derived files of an atlas from its raw extracts.

An atlas that is made from upstream files keeps a package `recipe/` whose
function ``build(atlas_dir)`` returns every derived file as bytes, by its path
inside the atlas. This package runs it, and offers what every such recipe needs: reading
checked extracts (`raw`) and RFC 7946 text (`write`); geometry in the plane of a territory
is the recipe's own. Nothing here is used while the dashboard runs.
"""

from __future__ import annotations

import importlib
import io
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

from maps.errors import BuildFailed
from maps.files import write_whole

RECIPE = "recipe"
PICTURE_ENDINGS = (".webp", ".png", ".jpg")
PICTURE_TOLERANCE = 3  # of 255: rounding differs between processors, not between recipes


def load_recipe(atlas_dir: Path) -> ModuleType:
    """Import the package `recipe/` of an atlas, whichever folder that is."""
    folder = atlas_dir.resolve()
    if not (folder / RECIPE / "__init__.py").is_file():
        raise BuildFailed(f"{atlas_dir}: no folder {RECIPE}/ with an __init__.py to build from")
    for name in [name for name in sys.modules if name.split(".")[0] == RECIPE]:
        del sys.modules[name]
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(RECIPE)
    finally:
        sys.path.remove(str(folder))


def run(atlas_dir: Path, check: bool = False) -> list[str]:
    """Rebuild the derived files of an atlas, which holds `raw/` and `recipe/`.

    Gives the paths inside the atlas, sorted, of the files that differed from what the
    recipe makes (and, unless ``check``, were written). Text is compared byte for byte,
    pictures pixel for pixel.

    Raises
    ------
    BuildFailed
        There is no recipe, an extract is missing or not the one its origin
        record describes, or the geometry does not fit together.
    """
    made: dict[str, bytes] = load_recipe(atlas_dir).build(atlas_dir)
    differing = [name for name, data in sorted(made.items()) if not _same(atlas_dir / name, data)]
    if not check:
        for name in differing:
            (atlas_dir / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(atlas_dir / name, made[name])
    return differing


def accuracy(atlas_dir: Path) -> str:
    """Give the accuracy report of an atlas as Markdown."""
    report: str = load_recipe(atlas_dir).accuracy(atlas_dir)
    return report


def _same(path: Path, data: bytes) -> bool:
    if not path.is_file():
        return False
    committed = path.read_bytes()
    if committed == data or path.suffix not in PICTURE_ENDINGS:
        return committed == data
    from PIL import Image, ImageChops  # noqa: PLC0415  every command would load it

    one, other = (Image.open(io.BytesIO(each)).convert("RGBA") for each in (committed, data))
    if one.size != other.size:
        return False
    largest = np.asarray(ImageChops.difference(one, other)).max()
    return bool(largest <= PICTURE_TOLERANCE)
