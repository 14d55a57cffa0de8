"""The ground of a sample city: cells grown into nested divisions, and the vertices they share.

Every cell of the lattice is one micro-grid. Divisions are unions of cells and share their vertices, so
that they nest without gaps or overlaps whatever the warp does to the lattice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RADIUS_KM, RADIUS_CELLS = 33.0, 37_000  # so wide is a place of so many micro-grids; others in proportion
KM_PER_DEGREE = 111.2
JITTER = 0.19  # below 0.25 every warped cell stays convex

Grid = NDArray[np.int32]


@dataclass(frozen=True)
class Level:
    """One level of divisions: the label of every cell (-1 outside the city) and each label's parent."""

    labels: Grid
    parent: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of divisions at this level."""
        return len(self.parent)


def shares(total: int, weights: NDArray, minimum: int = 0) -> NDArray[np.int64]:
    """Whole numbers in proportion to `weights` that add up to `total`, none below `minimum`."""
    spare = total - minimum * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot be shared among {len(weights)} with at least {minimum} each")
    exact = np.asarray(weights, float) * (spare / np.sum(weights))
    whole = np.floor(exact).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: spare - whole.sum()]] += 1
    return whole + minimum


def capped_shares(total: int, sizes: NDArray) -> NDArray[np.int64]:
    """Like `shares` by size with at least one each, and never more than the size itself."""
    if total > np.sum(sizes):
        raise ValueError(f"{total} cannot be shared among parts of {np.sum(sizes)} in all")
    counts = np.minimum(shares(total, sizes, minimum=1), sizes)
    while counts.sum() < total:
        room = np.flatnonzero(counts < sizes)
        counts[room[np.argsort(counts[room] / sizes[room], kind="stable")[: total - counts.sum()]]] += 1
    return counts


def grow(inside: Grid, seeds: Grid, random: np.random.Generator) -> Grid:
    """Grow seeds (labels, -1 elsewhere) over cells of the same `inside` label (-1 outside).

    Each cell takes the label of a neighbour, so every division is connected. Cells that no seed can reach
    stay -1. Returns an array of labels of the same shape.
    """
    labels = seeds.copy()
    free = np.flatnonzero((inside.ravel() >= 0) & (labels.ravel() < 0))
    flat, ground, side = labels.ravel(), inside.ravel(), inside.shape[1]
    idle = 0
    while len(free) and idle < 40:
        before = flat.copy()
        waiting = free
        for step in random.permutation([1, side, -1, -side]):
            neighbour = waiting + step
            taken = (before[neighbour] >= 0) & (ground[neighbour] == ground[waiting])
            taken &= random.random(len(waiting)) < 0.6
            flat[waiting[taken]] = before[neighbour[taken]]
            waiting = waiting[~taken]
        idle = idle + 1 if len(waiting) == len(free) else 0
        free = waiting
    return labels


def outline(cells: int, random: np.random.Generator) -> Grid:
    """A connected patch of exactly `cells` cells (0 inside, -1 outside) with an organic edge."""
    side = int(np.ceil(np.sqrt(cells) * 1.6)) + 6
    row, column = np.indices((side, side)) - side / 2 + 0.5
    angle, radius = np.arctan2(row, column), np.hypot(row, column)
    for waves, height in ((2, 0.06), (3, 0.05), (5, 0.045), (8, 0.03), (13, 0.02), (21, 0.012)):
        radius = radius * (1 + height * np.sin(waves * angle + random.uniform(0, 2 * np.pi)))
    radius[0, :] = radius[-1, :] = radius[:, 0] = radius[:, -1] = np.inf
    patch = np.full(side * side, -1, np.int32)
    patch[np.argsort(radius, axis=None, kind="stable")[:cells]] = 0
    return patch.reshape(side, side)


def districts(patch: Grid, count: int, random: np.random.Generator) -> Level:
    """Districts of unequal size: one in the centre, a ring of small ones round it, large ones outside."""
    radius = np.sqrt((patch >= 0).sum() / np.pi)
    middle = patch.shape[0] / 2
    inner = max(0, (count - 1) * 4 // 9)
    turn = random.uniform(0, 2 * np.pi)
    seeds = np.full(patch.shape, -1, np.int32)
    seeds[int(middle), int(middle)] = 0
    for number in range(1, count):
        is_inner = number <= inner
        ring, size = (0.42, inner) if is_inner else (0.78, count - 1 - inner)
        angle = turn + 2 * np.pi * (number + random.uniform(-0.18, 0.18)) / size + (not is_inner) * 0.5
        away = radius * ring * random.uniform(0.88, 1.1)
        seeds[int(middle + away * np.sin(angle)), int(middle + away * np.cos(angle))] = number
    return Level(grow(patch, seeds, random), np.zeros(count, np.int64))


def divide(level: Level, count: int, random: np.random.Generator) -> Level:
    """Divide every part of a level into connected parts of similar size, `count` in all."""
    row, column = np.nonzero(level.labels >= 0)
    parent = level.labels[row, column].astype(np.int64)
    wanted = capped_shares(count, np.bincount(parent, minlength=level.count))
    part = _bisect(row, column, parent, wanted, random)
    size = np.bincount(part, minlength=count)
    away = (row - (np.bincount(part, row, count) / size)[part]) ** 2
    away += (column - (np.bincount(part, column, count) / size)[part]) ** 2
    nearest = np.lexsort((away, part))[np.cumsum(size) - size]
    seeds = np.full(level.labels.shape, -1, np.int32)
    seeds[row[nearest], column[nearest]] = np.arange(count)
    return Level(grow(level.labels, seeds, random), np.repeat(np.arange(level.count), wanted))


def _bisect(row: NDArray, column: NDArray, parent: NDArray, wanted: NDArray, random: np.random.Generator) -> NDArray:
    """Number of a balanced part for every cell, by halving all parts at once along turning axes.

    Parts are numbered from `first`; a part that is to become `parts` parts takes that many numbers.
    """
    first = (np.cumsum(wanted) - wanted)[parent]
    parts = wanted[parent]
    angle = random.uniform(0, np.pi)
    while parts.max() > 1:
        order = np.lexsort((row * np.sin(angle) + column * np.cos(angle), first))
        starts = np.flatnonzero(np.diff(first[order], prepend=-1))
        sizes = np.diff(starts, append=len(order))
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(starts, sizes)
        size = np.empty(len(order), np.int64)
        size[order] = np.repeat(sizes, sizes)
        left = parts // 2
        beyond = rank >= np.clip(np.round(size * left / parts), left, size - (parts - left))
        first, parts = np.where(beyond, first + left, first), np.where(beyond, parts - left, left)
        angle += np.pi / 2 + random.uniform(-0.25, 0.25)
    return first


def vertices(
    patch: Grid, centre: tuple[float, float], random: np.random.Generator, fineness: float = 1.0
) -> NDArray[np.float64]:
    """Longitude and latitude, six decimals, of every lattice vertex: shape (side + 1, side + 1, 2).

    The lattice is jittered, pulled by long waves and expanded outwards: blocks are small in the centre
    and wide at the edge of the city, round the `centre` (longitude, latitude). `fineness` is how many cells
    lie on the ground of one of the usual size.
    """
    side = patch.shape[0]
    radius = np.sqrt((patch >= 0).sum() / np.pi)
    place = np.stack(np.indices((side + 1, side + 1))[::-1], axis=-1) - side / 2
    place = (place + random.uniform(-JITTER, JITTER, place.shape)) / radius
    for waves in (1.1, 1.9, 3.1):
        phase = random.uniform(0, 2 * np.pi, 2)
        place = place + np.sin(place[..., ::-1] * np.pi * waves + phase) * 0.05 / waves
    away = np.hypot(place[..., 0], place[..., 1])
    stretch = 0.36 + 0.64 * np.minimum(away, 1.5) ** 1.3
    city_radius = RADIUS_KM * np.sqrt((patch >= 0).sum() / fineness / RADIUS_CELLS)
    kilometres = place * (stretch * city_radius)[..., None]
    degrees = kilometres / KM_PER_DEGREE
    degrees[..., 0] /= np.cos(np.radians(centre[1]))
    return np.round(degrees + np.array(centre), 6)
