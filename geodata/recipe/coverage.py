"""One coverage: cells without gaps or overlaps, whose edges are shared exactly.

Every boundary of an atlas is a union of cells, so two boundaries that follow
the same line follow it vertex by vertex, also after simplifying. All geometry
is in the plane of `recipe.geometry`, in metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from maps.errors import BuildFailed
from recipe.geometry import polygons, union

GRID_M = 1.0  # lines closer than this are the same line


def partition(cells: Mapping[str, BaseGeometry], sliver_km2: float) -> dict[str, BaseGeometry]:
    """Turn roughly fitting cells into a coverage.

    Where cells overlap the first one wins. Gaps and detached pieces smaller
    than ``sliver_km2`` join the neighbour with the longest shared edge; larger
    gaps (seas, foreign land) stay open.
    """
    outlines = [cell.boundary for cell in cells.values()]
    network = shapely.node(shapely.set_precision(shapely.union_all(outlines), GRID_M))
    faces = polygons(shapely.polygonize([network]))
    inner_points = [face.representative_point() for face in faces]
    labels = ["" for _ in faces]
    names = list(cells)
    inside, owner = STRtree(list(cells.values())).query(inner_points, predicate="intersects")
    for face, cell in sorted(zip(inside.tolist(), owner.tolist(), strict=True)):
        labels[face] = labels[face] or names[cell]
    pieces: dict[str, list[Polygon]] = {name: [] for name in [*names, ""]}
    for face, label in zip(faces, labels, strict=True):
        pieces[label].append(face)
    covered = {name: shapely.union_all(own) for name, own in pieces.items() if name}
    gaps = [gap for gap in polygons(shapely.union_all(pieces[""])) if gap.area < sliver_km2 * 1e6]
    return merged_crumbs(_with_gaps(covered, gaps), sliver_km2)


def _with_gaps(cells: dict[str, BaseGeometry], gaps: Iterable[Polygon]) -> dict[str, BaseGeometry]:
    for gap in gaps:
        best = _longest_neighbour(gap, cells)
        if best:
            cells[best] = shapely.union_all([cells[best], gap])
    return cells


def _longest_neighbour(piece: Polygon, cells: Mapping[str, BaseGeometry]) -> str:
    """Name the cell that shares most edge with a piece; empty where none touches it."""
    shared = {
        name: cell.boundary.intersection(piece.boundary).length
        for name, cell in cells.items()
        if cell.intersects(piece)
    }
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] > 0 else ""


def merged_crumbs(
    cells: Mapping[str, BaseGeometry], crumb_km2: float, family: Mapping[str, str] | None = None
) -> dict[str, BaseGeometry]:
    """Give pieces below ``crumb_km2`` to the neighbour with the longest shared edge.

    A cell may be left empty; it is dropped. With ``family`` a piece goes only to
    a cell of its own family (a district, say), and cells without one are left
    alone. Islands, which touch nothing, stay.
    """
    result = dict(cells)
    crumbs = sorted(
        (
            (name, piece)
            for name, cell in cells.items()
            for piece in polygons(cell)
            if piece.area < crumb_km2 * 1e6 and (family is None or name in family)
        ),
        key=lambda crumb: (crumb[1].area, crumb[0]),
    )
    for name, piece in crumbs:
        relatives = {
            other: cell
            for other, cell in result.items()
            if other != name and (family is None or family.get(other) == family[name])
        }
        best = _longest_neighbour(piece, relatives)
        if best:
            result[best] = shapely.union_all([result[best], piece])
            result[name] = union(part for part in polygons(result[name]) if not part.equals(piece))
    return {name: cell for name, cell in result.items() if not cell.is_empty}


def simplified(
    cells: Mapping[str, BaseGeometry], tolerance_m: float, keep_outline: bool = False
) -> dict[str, BaseGeometry]:
    """Simplify a coverage so that its edges stay shared (Visvalingam-Whyatt).

    ``tolerance_m`` squared is the largest area a dropped vertex may have moved
    an edge across. With ``keep_outline`` only edges between two of the cells
    are simplified, so that they still fit cells that are not among them.

    Raises
    ------
    BuildFailed
        The cells are not a coverage, before or after.
    """
    names = list(cells)
    before = np.array([cells[name] for name in names], dtype=object)
    require_coverage(dict(zip(names, before, strict=True)))
    simpler = shapely.coverage_simplify(before, tolerance_m, simplify_boundary=not keep_outline)
    after = dict(zip(names, simpler, strict=True))
    require_coverage(after)
    return after


def require_coverage(cells: Mapping[str, BaseGeometry]) -> None:
    """Fail, naming the cells, where edges are not shared exactly."""
    faults = shapely.coverage_invalid_edges(np.array(list(cells.values()), dtype=object))
    broken = [name for name, edge in zip(cells, faults, strict=True) if edge and not edge.is_empty]
    if broken:
        raise BuildFailed(f"the cells {', '.join(broken)} do not share their edges")
