"""How units share out the ground of their parent: parts beyond it, overlaps, gaps, and slivers of all three.

Every measure comes as square metres of broad parts and of slivers (`shapes.sizes`), so that a boundary drawn
twice is told from ground that two units claim. All work is vectorised and grows with the number of units.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from dashboard import contract
from dashboard.publishing import shapes
from dashboard.text import N_

OUTSIDE_GRID = N_("The boundary does not lie inside its parent grid")
OUTSIDE_COMMUNITY = N_("The boundary does not lie inside its community")
OUTSIDE_REGION = N_("The boundary does not lie inside its parent region")
MOSTLY_OUTSIDE = N_("Most of the boundary lies outside its community")


@dataclass(frozen=True)
class Kind:
    """Units of a table whose `column` names their parent; `is_whole` where together they make up its ground."""

    table: str
    column: str
    parent: str
    key: str
    outside: str
    level: str | None = None
    is_whole: bool = True


KINDS = (
    Kind("regions", "parent_code", "regions", "region_code", OUTSIDE_REGION),
    Kind("grids", "community_code", "regions", "region_code", OUTSIDE_COMMUNITY, "grid"),
    Kind("grids", "parent_grid_code", "grids", "grid_code", OUTSIDE_GRID, "micro_grid"),
    # A compound may reach into the next community, and what lies between compounds belongs to none.
    Kind("compounds", "community_code", "regions", "region_code", MOSTLY_OUTSIDE, is_whole=False),
)


@dataclass
class Siblings:
    """Units of one level: `children` and `parents` with `shape`; `parent_row` of each child, -1 where unknown."""

    kind: Kind
    level: str | None
    children: pd.DataFrame
    parents: pd.DataFrame
    parent_row: np.ndarray

    @property
    def ground(self) -> np.ndarray:
        """Boundaries of the children."""
        return self.children["shape"].to_numpy()

    @property
    def whole(self) -> np.ndarray:
        """Boundary of each child's parent, None where there is none."""
        wholes = np.append(self.parents["shape"].to_numpy(), None)
        return wholes[self.parent_row]


def levels(units: shapes.Units) -> Iterator[Siblings]:
    """All levels from the top down. Boundaries are read as they are then: the upper ones may be repaired by then."""
    regions = contract.load().tables["regions"].fields["level"].categories
    for kind in KINDS:
        if not {kind.table, kind.parent} <= units.frames.keys():
            continue
        for level in regions if kind.table == "regions" else [kind.level]:
            yield siblings(units, kind, level)


def siblings(units: shapes.Units, kind: Kind, level: str | None) -> Siblings:
    """Units of one level with their parents, as they are now."""
    children, parents = units.frames[kind.table], units.frames[kind.parent]
    wanted = children[kind.column].notna()
    if level is not None:
        wanted &= children["level"] == level
    children = children[wanted]
    known = parents[~parents[kind.key].duplicated() & parents[kind.key].notna()]
    return Siblings(kind, level, children, known, pd.Index(known[kind.key]).get_indexer(children[kind.column]))


def beyond(level: Siblings) -> tuple[np.ndarray, np.ndarray]:
    """Square metres of each child outside its parent, in broad parts and in slivers."""
    parts, wholes = level.ground, level.whole
    shapely.prepare(level.parents["shape"].to_numpy())
    doubtful = shapes.is_area(parts) & shapes.is_area(wholes)
    doubtful[doubtful] = ~shapely.covers(wholes[doubtful], parts[doubtful])
    broad, sliver = np.zeros(len(parts)), np.zeros(len(parts))
    broad[doubtful], sliver[doubtful] = shapes.sizes(shapely.difference(parts[doubtful], wholes[doubtful]))
    return broad, sliver


def overlaps(level: Siblings) -> pd.DataFrame:
    """Pairs of siblings on the same ground: positions `first` < `second`, square metres `broad` and `sliver`.

    Where boundaries match vertex by vertex GEOS says so at once; only the others are compared.
    """
    places = np.flatnonzero(shapes.is_area(level.ground) & (level.parent_row >= 0))
    ground, parent = level.ground[places], level.parent_row[places]
    suspects = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(ground))) if len(ground) else places
    left, right = np.empty(0, int), np.empty(0, int)
    if len(suspects):
        asked, met = shapely.STRtree(ground).query(ground[suspects])
        pairs = np.sort(np.column_stack([suspects[asked], met]), axis=1)
        pairs = pairs[(pairs[:, 0] < pairs[:, 1]) & (parent[pairs[:, 0]] == parent[pairs[:, 1]])]
        left, right = pd.DataFrame(pairs).drop_duplicates().to_numpy().T
        deep = _boxes_overlap(shapely.bounds(ground[left]), shapely.bounds(ground[right]))
        left, right = left[deep], right[deep]
    broad, sliver = shapes.sizes(shapely.intersection(ground[left], ground[right]))
    found = pd.DataFrame({"first": places[left], "second": places[right], "broad": broad, "sliver": sliver})
    return found[found[["broad", "sliver"]].max(axis=1) > shapes.AREA]


def _boxes_overlap(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Whether two rectangles share more than the tolerated area; most neighbours only touch."""
    sides = np.minimum(first[:, 2:], second[:, 2:]) - np.maximum(first[:, :2], second[:, :2])
    return sides.clip(min=0).prod(axis=1) * shapes.METRES_PER_DEGREE**2 > shapes.AREA


def gaps(level: Siblings, crowded: np.ndarray) -> pd.DataFrame:
    """Ground of parents that no child has: `parent` (position), `shape`, square metres `broad` and `sliver`.

    Where areas add up there is no gap, except beside an overlap or a part beyond the parent: `crowded` are the
    positions of children with one. A parent of which a child has no boundary is passed over: what is missing
    there is not a gap.
    """
    parent, wholes = level.parent_row, level.parents["shape"].to_numpy()
    known = parent >= 0
    count = np.bincount(parent[known], minlength=len(wholes))
    bounded = np.bincount(parent[known], shapes.is_area(level.ground)[known], len(wholes))
    given = np.bincount(parent[known], np.nan_to_num(shapely.area(level.ground))[known], len(wholes))
    is_doubtful = (shapely.area(wholes) - given) * shapes.METRES_PER_DEGREE**2 > shapes.AREA
    is_doubtful[parent[crowded]] = True
    asked = np.flatnonzero(is_doubtful & (count > 0) & (bounded == count) & shapes.is_area(wholes))
    order = np.argsort(parent, kind="stable")
    start = np.searchsorted(parent[order], asked)
    shared = np.empty(len(asked), dtype=object)
    for size in np.unique(count[asked]):  # parents with equally many children at once
        which = count[asked] == size
        shared[which] = shapely.union_all(level.ground[order[start[which][:, None] + np.arange(size)]], axis=1)
    left = shapely.difference(wholes[asked], shared)
    broad, sliver = shapes.sizes(left)
    found = pd.DataFrame({"parent": asked, "shape": left, "broad": broad, "sliver": sliver})
    return found[found[["broad", "sliver"]].max(axis=1) > shapes.AREA]
