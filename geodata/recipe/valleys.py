"""Courses of rivers along the valleys of an elevation grid, between given points."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from maps.build.raw import Grid

NEAR_CELLS = 4  # a cell's height is judged against the lowest this many cells around
HEIGHT_PER_LENGTH_M = 25.0  # being this much above it costs as much as the way itself
MARGIN_CELLS = 12  # how far a course may leave the box around two points

Cell = tuple[int, int]
_STEPS = [(dr, dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1) if (dr, dc) != (0, 0)]


def course(grid: Grid, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Lead a line from point to point (lon, lat) along the lowest ground between them.

    In a plain, where no way is lower, it runs nearly straight. The given points
    themselves are kept.
    """
    line = [points[0]]
    for start, end in pairwise(points):
        line += [*_between(grid, start, end)[1:-1], end]
    return line


def smoothed(points: Sequence[tuple[float, float]], rounds: int) -> list[tuple[float, float]]:
    """Round corners by Chaikin's corner cutting; both ends stay."""
    line = np.array(points)
    for _ in range(rounds):
        first, second = line[:-1], line[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1)
        line = np.vstack([line[:1], cut.reshape(-1, 2), line[-1:]])
    return [(x, y) for x, y in line.tolist()]


def _between(
    grid: Grid, start: tuple[float, float], end: tuple[float, float]
) -> list[tuple[float, float]]:
    cells = [_cell(grid, point) for point in (start, end)]
    top, left = np.maximum(np.min(cells, axis=0) - MARGIN_CELLS, 0)
    bottom, right = np.max(cells, axis=0) + MARGIN_CELLS + 1
    window = grid.values[top:bottom, left:right]
    dear = 1 + (window - _lowest_near(window)) / HEIGHT_PER_LENGTH_M
    (r0, c0), (r1, c1) = cells
    path = _cheapest(dear, (r0 - int(top), c0 - int(left)), (r1 - int(top), c1 - int(left)))
    return [
        (
            grid.west + (column + int(left) + 0.5) * grid.cell,
            grid.north - (row + int(top) + 0.5) * grid.cell,
        )
        for row, column in path
    ]


def _cell(grid: Grid, point: tuple[float, float]) -> Cell:
    lon, lat = point
    return int((grid.north - lat) / grid.cell), int((lon - grid.west) / grid.cell)


def _lowest_near(window: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    reach = 2 * NEAR_CELLS + 1
    padded = np.pad(window, NEAR_CELLS, mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, (reach, reach))
    lowest: npt.NDArray[np.float64] = views.min(axis=(2, 3))
    return lowest


def _cheapest(dear: npt.NDArray[np.float64], start: Cell, end: Cell) -> list[Cell]:
    """Find the cheapest way through a grid of prices (Dijkstra)."""
    best = {start: 0.0}
    before: dict[Cell, Cell] = {}
    queue = [(0.0, start)]
    while queue:
        price, (row, column) = heapq.heappop(queue)
        if (row, column) == end:
            break
        if price > best[row, column]:
            continue
        for dr, dc in _STEPS:
            there = (row + dr, column + dc)
            if not (0 <= there[0] < dear.shape[0] and 0 <= there[1] < dear.shape[1]):
                continue
            length = 1.4142 if dr and dc else 1.0
            sum_there = price + length * float(dear[row, column] + dear[there]) / 2
            if sum_there < best.get(there, float("inf")):
                best[there] = sum_there
                before[there] = (row, column)
                heapq.heappush(queue, (sum_there, there))
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]
