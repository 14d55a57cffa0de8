"""Which ground each compound takes, and of which type it is."""

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.draws import pick
from dashboard.sample.geography import City

FIT_CASES = ("compound_larger", "grid_larger", "matched")
LARGER, SMALLER, MATCHED = range(len(FIT_CASES))
LARGER_SHARE, MATCHED_SHARE = 0.27, 0.36  # of the compounds; the rest are smaller than their grid
THINNING = 1.3  # how quickly compounds become fewer towards the edge of the city
HOUSING = ("residential", "transitional", "old", "work_unit")  # what compounds behave as, whatever types a place has
RESIDENTIAL, TRANSITIONAL, OLD, WORK_UNIT = range(len(HOUSING))


def place(city: City, count: int, random: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Compound of every cell of the city (-1 for none), and fit case of every compound in order of cells.

    Some compounds take a whole block of several grids, some one grid, the others a micro-grid each, several
    in one grid.
    """
    size = np.bincount(city.cell_grid)
    first_cell = np.cumsum(size) - size
    block = city.cell_block[first_cell]
    away = city.community_away[city.grid_community]
    block_size = np.bincount(block)
    central = np.exp(-THINNING * np.bincount(block, away) / block_size)
    larger = pick(round(count * LARGER_SHARE), np.where(block_size > 1, central, 1e-9), random)
    free = np.flatnonzero(~larger[block])
    race = random.exponential(size=len(free)) * np.exp(THINNING * away[free])
    matched, crowded = np.split(free[np.argsort(race, kind="stable")], [max(1, round(count * MATCHED_SHARE))])
    smaller = count - int(larger.sum()) - len(matched)
    crowded = crowded[size[crowded] > 1]
    fill = np.minimum(size[crowded], random.integers(2, 5, len(crowded)))
    used = int(np.searchsorted(np.cumsum(fill), smaller)) + 1
    crowded, fill = crowded[:used], fill[:used]
    fill[-1] -= fill.sum() - smaller

    of_block, of_grid = np.full(len(block_size), -1), np.full(len(size), -1)
    of_block[larger] = np.arange(larger.sum())
    of_grid[matched] = larger.sum() + np.arange(len(matched))
    claim = np.where(of_block[city.cell_block] >= 0, of_block[city.cell_block], of_grid[city.cell_grid])
    cells = np.repeat(first_cell[crowded] - np.cumsum(fill) + fill, fill) + np.arange(smaller)
    claim[cells] = count - smaller + np.arange(smaller)
    fit = np.repeat([LARGER, MATCHED, SMALLER], [larger.sum(), len(matched), smaller])

    inhabited = np.flatnonzero(claim >= 0)
    first = np.full(count, len(claim))
    np.minimum.at(first, claim[inhabited], inhabited)
    order = np.argsort(first, kind="stable")
    number = np.empty(count, np.int64)
    number[order] = np.arange(count)
    return np.where(claim >= 0, number[claim], -1), fit[order]


def types(away: NDArray, cells: NDArray, counts: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Types of compounds in exact numbers: urban villages at the fringe, old and work-unit housing inside.

    `away` is the distance from the centre, `cells` the size of every compound, `counts` the number by type.
    """
    kind = np.full(len(away), OLD)
    for number, weight in (
        (TRANSITIONAL, np.exp(-(((away - 0.75) / 0.15) ** 2)) + 0.05),
        (WORK_UNIT, np.exp(-(((away - 0.35) / 0.3) ** 2)) + 0.1),
        (RESIDENTIAL, (0.25 + away) * (1 + 0.12 * np.minimum(cells, 12))),
    ):
        kind[pick(int(counts[number]), np.where(kind == OLD, weight, 1e-12), random)] = number
    return kind
