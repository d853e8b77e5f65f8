"""Raw extracts to boundaries and base map, and a report of how accurate they are.

``build`` and ``accuracy`` are what `maps.build` calls. The steps, one a module:
`cells` makes the smallest pieces from the extracts and `lines`, `layers` joins
them to the boundaries listed in `boundaries.csv`, `basemap` and `relief` make
the ground, `report` measures. `extract` is run by hand, see there. `geometry`, `coverage`,
`shading` and `valleys` are what they work with.
"""

from __future__ import annotations

from pathlib import Path

from recipe.basemap import basemap_files
from recipe.cells import cells_of
from recipe.layers import boundary_files
from recipe.report import report


def build(atlas_dir: Path) -> dict[str, bytes]:
    """Make every derived file, by its path inside the atlas."""
    cells = cells_of(atlas_dir / "raw")
    return boundary_files(cells) | basemap_files(atlas_dir / "raw", cells)


def accuracy(atlas_dir: Path) -> str:
    """Measure the committed boundaries against published areas and settlements."""
    return report(atlas_dir)
