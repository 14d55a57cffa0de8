"""Polygons of divisions and compounds: rings traced along the lattice and written as WKB."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

ROW_STEP = np.array([0, 1, 0, -1])  # east, north, west, south
COLUMN_STEP = np.array([1, 0, -1, 0])


@dataclass(frozen=True)
class Rings:
    """Closed rings in order of their part; exteriors counter-clockwise, the part on the left."""

    part: NDArray[np.int64]  # per ring
    start: NDArray[np.int64]  # per ring, first step
    size: NDArray[np.int64]  # per ring, number of steps
    row: NDArray[np.int64]  # per step, the vertex it starts from
    column: NDArray[np.int64]
    arriving: NDArray[np.int64]  # per step, direction of the step before
    leaving: NDArray[np.int64]  # per step, its own direction


def trace(labels: NDArray, *, pinch_left: bool = False) -> Rings:
    """Rings around every label (>= 0) of a lattice whose outermost cells are all -1.

    Where a part touches itself at one vertex only, the ring crosses over (`pinch_left=False`: exterior and
    hole stay simple rings) or stays with its own cell (`pinch_left=True`: right for rings that are inset).
    """
    side = labels.shape[0]
    beyond = ((-1, 0), (0, 1), (1, 0), (0, -1))  # the neighbour right of the step east, north, west, south
    corner = ((0, 0), (0, 1), (1, 1), (1, 0))  # where that step starts
    row, column = np.nonzero(labels >= 0)
    own = labels[row, column]
    steps = []
    for direction in range(4):
        down, right = beyond[direction]
        edge = labels[row + down, column + right] != own
        up, along = corner[direction]
        steps.append((row[edge] + up, column[edge] + along, own[edge], np.full(edge.sum(), direction)))
    row, column, own, leaving = (np.concatenate(parts).astype(np.int64) for parts in zip(*steps, strict=True))
    step_at = np.full((4, (side + 1) ** 2), -1, np.int64)
    step_at[leaving, row * (side + 1) + column] = np.arange(len(row))
    end = (row + ROW_STEP[leaving]) * (side + 1) + column + COLUMN_STEP[leaving]
    following = np.full(len(row), -1, np.int64)
    for turn in (1, 0, -1) if pinch_left else (-1, 0, 1):
        candidate = step_at[(leaving + turn) % 4, end]
        fits = (following < 0) & (candidate >= 0) & (own[candidate] == own)
        following[fits] = candidate[fits]
    arriving = np.empty(len(row), np.int64)
    arriving[following] = leaving
    ring, position = _order(following)
    order = np.lexsort((position, ring, own))
    starts = np.flatnonzero(np.diff(ring[order], prepend=-1))
    return Rings(
        own[order][starts],
        starts,
        np.diff(starts, append=len(order)),
        row[order],
        column[order],
        arriving[order],
        leaving[order],
    )


def _order(following: NDArray) -> tuple[NDArray, NDArray]:
    """Ring of every step (its smallest step) and position in it, by pointer doubling."""
    count = len(following)
    ring, pointer = np.arange(count), following.copy()
    for _ in range(count.bit_length()):
        smaller = np.minimum(ring, ring[pointer])
        if np.array_equal(smaller, ring):
            break
        ring, pointer = smaller, pointer[pointer]
    last = following == ring
    distance, pointer = np.where(last, 0, 1), np.where(last, np.arange(count), following)
    while True:
        further = distance + distance[pointer]
        if np.array_equal(further, distance):
            return ring, -distance
        distance, pointer = further, pointer[pointer]


def outline_points(rings: Rings, vertices: NDArray) -> NDArray[np.float64]:
    """The vertices the rings run along, one (longitude, latitude) per step."""
    return vertices[rings.row, rings.column]


def inset(rings: Rings, vertices: NDArray, depth: NDArray) -> tuple[Rings, NDArray[np.float64]]:
    """The same rings drawn inwards by `depth` (a share of a cell's width, one per part), and their points.

    The inset edges follow the lattice inside every cell: at a corner that points inwards, the ring steps on
    both edges between the cells it turns in, so that it never leaves the part.
    """
    is_inward = (rings.leaving - rings.arriving) % 4 == 3
    times = np.where(is_inward, 3, 1)
    step = np.repeat(np.arange(len(times)), times)
    turn = np.arange(len(step)) - np.repeat(np.cumsum(times) - times, times)
    arriving, leaving = rings.arriving[step], rings.leaving[step]
    moves_in = ~is_inward[step] | (turn < 2)
    moves_out = np.where(is_inward[step], turn > 0, arriving != leaving)
    # Inwards is left: of a step east it is north, of a step north it is west.
    upwards = moves_in * COLUMN_STEP[arriving] + moves_out * COLUMN_STEP[leaving]
    rightwards = -(moves_in * ROW_STEP[arriving] + moves_out * ROW_STEP[leaving])
    size = np.add.reduceat(times, rings.start)
    longer = Rings(rings.part, np.cumsum(size) - size, size, rings.row[step], rings.column[step], arriving, leaving)
    far = np.repeat(depth[rings.part], size)
    return longer, between(vertices, longer.row + upwards * far, longer.column + rightwards * far)


def between(vertices: NDArray, row: NDArray, column: NDArray) -> NDArray[np.float64]:
    """Bilinear position of fractional lattice coordinates; straight inside a cell along either axis."""
    low_row = np.minimum(np.floor(row).astype(np.int64), vertices.shape[0] - 2)
    low_column = np.minimum(np.floor(column).astype(np.int64), vertices.shape[1] - 2)
    return _within(vertices, low_row, low_column, row - low_row, column - low_column)


def signed_areas(points: NDArray, start: NDArray, size: NDArray) -> NDArray[np.float64]:
    """Signed area of every ring in squared degrees, counter-clockwise positive."""
    after = np.arange(1, len(points) + 1)
    after[start + size - 1] = start
    x, y = points[:, 0], points[:, 1]
    origin = np.repeat(points[start], size, axis=0)
    cross = (x - origin[:, 0]) * (y[after] - origin[:, 1]) - (x[after] - origin[:, 0]) * (y - origin[:, 1])
    return np.add.reduceat(cross, start) / 2


def polygons(rings: Rings, points: NDArray) -> pa.Array:
    """One WKB polygon per part (parts are numbered from 0 without gaps), exterior first, six decimals."""
    points = np.round(points, 6)
    area = signed_areas(points, rings.start, rings.size)
    order = np.lexsort((area < 0, rings.part))
    start, size, part = rings.start[order], rings.size[order], rings.part[order]
    ring_bytes = 4 + 16 * (size + 1)
    ring_count = np.bincount(part)
    first_ring = np.cumsum(ring_count) - ring_count
    total = np.add.reduceat(ring_bytes, first_ring) + 9
    offset = np.concatenate(([0], np.cumsum(total)))
    ring_at = np.cumsum(ring_bytes) - ring_bytes + 9 * (part + 1)
    buffer = np.zeros(offset[-1], np.uint8)
    buffer[offset[:-1]] = 1
    _put(buffer, offset[:-1] + 1, np.full(len(ring_count), 3, "<u4"))
    _put(buffer, offset[:-1] + 5, ring_count.astype("<u4"))
    _put(buffer, ring_at, (size + 1).astype("<u4"))
    length = size + 1
    step = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    source = np.repeat(start, length) + np.where(step == np.repeat(size, length), 0, step)
    _put(buffer, np.repeat(ring_at + 4, length) + 16 * step, points[source].astype("<f8"))
    return pa.Array.from_buffers(
        pa.binary(), len(ring_count), [None, pa.py_buffer(offset.astype(np.int32)), pa.py_buffer(buffer)]
    )


def _put(buffer: NDArray, at: NDArray, values: NDArray) -> None:
    """Write one value (or row of values) at every byte position."""
    raw = np.ascontiguousarray(values).view(np.uint8).reshape(len(at), -1)
    buffer[at[:, None] + np.arange(raw.shape[1])] = raw


def cells(vertices: NDArray, row: NDArray, column: NDArray) -> pa.Array:
    """One WKB polygon per lattice cell."""
    corner = np.stack([np.stack([row + up, column + right], -1) for up, right in ((0, 0), (0, 1), (1, 1), (1, 0))], 1)
    count = len(row)
    steps = np.arange(4 * count)
    none = np.zeros(4 * count, np.int64)
    rings = Rings(
        np.arange(count),
        steps[::4],
        np.full(count, 4),
        corner[..., 0].ravel(),
        corner[..., 1].ravel(),
        none,
        none,
    )
    return polygons(rings, outline_points(rings, vertices))


def inset_cell_areas(labels: NDArray, row: NDArray, column: NDArray, inset: NDArray, vertices: NDArray) -> NDArray:
    """Area (squared degrees) of the inset part of given cells; `labels` are parts, `inset` is per cell."""
    own = labels[row, column]

    def foreign(down: int, right: int) -> NDArray[np.bool_]:
        return labels[row + down, column + right] != own

    west, east = inset * foreign(0, -1), 1 - inset * foreign(0, 1)
    south, north = inset * foreign(-1, 0), 1 - inset * foreign(1, 0)
    area = _quad_areas(vertices, row, column, (west, east), (south, north))
    for down, right in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        cut = foreign(down, right) & ~foreign(down, 0) & ~foreign(0, right)
        across = (0 * inset, inset) if right < 0 else (1 - inset, 0 * inset + 1)
        along = (0 * inset, inset) if down < 0 else (1 - inset, 0 * inset + 1)
        area -= cut * _quad_areas(vertices, row, column, across, along)
    return area


def _quad_areas(
    vertices: NDArray,
    row: NDArray,
    column: NDArray,
    across: tuple[NDArray, NDArray],
    along: tuple[NDArray, NDArray],
) -> NDArray[np.float64]:
    """Area of the part of each cell between fractions `across` (west, east) and `along` (south, north)."""
    corners = [
        _within(vertices, row, column, along[up], across[right]) for up, right in ((0, 0), (0, 1), (1, 1), (1, 0))
    ]
    diagonal, other = corners[2] - corners[0], corners[3] - corners[1]
    return (diagonal[:, 0] * other[:, 1] - diagonal[:, 1] * other[:, 0]) / 2


def _within(vertices: NDArray, row: NDArray, column: NDArray, up: NDArray, right: NDArray) -> NDArray[np.float64]:
    """Bilinear position inside given cells."""
    up, right = up[:, None], right[:, None]
    below = vertices[row, column] * (1 - right) + vertices[row, column + 1] * right
    above = vertices[row + 1, column] * (1 - right) + vertices[row + 1, column + 1] * right
    return below * (1 - up) + above * up
