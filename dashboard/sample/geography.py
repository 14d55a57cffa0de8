"""Divisions and grids of a sample city, with polygons that nest."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample import lattice, names, shapes
from dashboard.sample.columns import Coded, Columns, codes, masked, nothing, random_for
from dashboard.sample.plans import Plan

LEVELS = ("district", "subdistrict", "community")
GRIDS_PER_BLOCK = 3


@dataclass(frozen=True)
class Size:
    """How many of everything a city has; exact at scale 1, in proportion below."""

    districts: int
    subdistricts: int
    communities: int
    grids: int
    micro_grids: int

    @classmethod
    def of(cls, plan: Plan) -> "Size":
        """Counts at the plan's scale; above 1 the ground does not grow, only events do."""
        ground = plan.ground
        all_districts = len(ground.districts)
        districts = min(all_districts, max(3, round(all_districts * min(plan.scale, 1.0) ** 0.5)))
        return cls(
            districts=districts,
            subdistricts=plan.scaled(ground.subdistricts, least=2 * districts),
            communities=plan.scaled(ground.communities, least=3 * districts),
            grids=plan.scaled(ground.grids, least=12 * districts),
            micro_grids=plan.scaled(ground.micro_grids, least=48 * districts),
        )


@dataclass(frozen=True)
class City:
    """The ground: the lattice of micro-grid cells and the divisions they make up.

    `cell_*` arrays have one entry per micro-grid in the order of its code; `*_code` are numbers whose
    decimal digits are the code. Divisions are numbered from 0 in the order of their codes.
    """

    vertices: NDArray[np.float64]
    labels: dict[str, lattice.Grid]  # division of every lattice cell: district, subdistrict, community, grid
    cell_row: NDArray[np.int64]
    cell_column: NDArray[np.int64]
    cell_community: NDArray[np.int64]
    cell_block: NDArray[np.int64]  # a few neighbouring grids: the ground a large compound covers
    cell_grid: NDArray[np.int64]
    cell_code: NDArray[np.int64]
    grid_code: NDArray[np.int64]
    grid_community: NDArray[np.int64]
    community_code: NDArray[np.int64]
    community_subdistrict: NDArray[np.int64]
    community_district: NDArray[np.int64]
    community_away: NDArray[np.float64]  # distance from the centre, 0 to about 1.2
    subdistrict_code: NDArray[np.int64]
    subdistrict_district: NDArray[np.int64]
    district_code: NDArray[np.int64]


def build(plan: Plan, seed: int) -> City:
    """Lay out the ground of a city."""
    size = Size.of(plan)
    random = random_for(seed, "ground")
    patch = lattice.outline(size.micro_grids, random)
    district = lattice.districts(patch, size.districts, random)
    subdistrict = lattice.divide(district, size.subdistricts, random)
    community = lattice.divide(subdistrict, size.communities, random)
    block = lattice.divide(community, max(size.communities, size.grids // GRIDS_PER_BLOCK), random)
    grid = lattice.divide(block, size.grids, random)
    levels = {"district": district, "subdistrict": subdistrict, "community": community, "grid": grid}

    district_code = plan.city_code + 1_000_000 * np.arange(1, size.districts + 1)
    subdistrict_code = district_code[subdistrict.parent] + 1_000 * _rank(subdistrict.parent, 3)
    community_code = subdistrict_code[community.parent] + _rank(community.parent, 3)
    grid_community = block.parent[grid.parent]
    grid_code = community_code[grid_community] * 1_000 + _rank(grid_community, 3)
    row, column = np.nonzero(grid.labels >= 0)
    order = np.argsort(grid.labels[row, column], kind="stable")
    row, column = row[order], column[order]
    cell_grid = grid.labels[row, column].astype(np.int64)
    cell_community = grid_community[cell_grid]
    middle = (patch.shape[0] - 1) / 2
    away = np.hypot(row - middle, column - middle) / np.sqrt(size.micro_grids / np.pi)
    return City(
        vertices=lattice.vertices(patch, plan.ground.centre, random, plan.ground.fineness),
        labels={name: level.labels for name, level in levels.items()},
        cell_row=row,
        cell_column=column,
        cell_community=cell_community,
        cell_block=block.labels[row, column].astype(np.int64),
        cell_grid=cell_grid,
        cell_code=grid_code[cell_grid] * 100 + _rank(cell_grid, 2),
        grid_code=grid_code,
        grid_community=grid_community,
        community_code=community_code,
        community_subdistrict=community.parent,
        community_district=subdistrict.parent[community.parent],
        community_away=np.bincount(cell_community, away) / np.bincount(cell_community),
        subdistrict_code=subdistrict_code,
        subdistrict_district=subdistrict.parent,
        district_code=district_code,
    )


def _rank(parent: NDArray, digits: int) -> NDArray[np.int64]:
    """Number of every child within its parent, from 1; children are in order of their parents.

    Raises `ValueError` where a parent has more children than the digits of the code can number.
    """
    rank = np.arange(len(parent)) - np.searchsorted(parent, parent) + 1
    if rank.max() >= 10**digits:
        raise ValueError(f"{rank.max()} parts of one division or grid are too many for {digits} digits of their code")
    return rank


def _boundaries(city: City, labels: lattice.Grid) -> pa.Array:
    rings = shapes.trace(labels)
    return shapes.polygons(rings, shapes.outline_points(rings, city.vertices))


def region_names(city: City, workers_subdistrict: int, plan: Plan, seed: int) -> dict[str, list[tuple[str, str]]]:
    """Names (zh, en) of districts, subdistricts and communities."""
    towns, districts = len(city.subdistrict_code), len(city.district_code)
    stems = names.unique(towns + len(city.community_code), random_for(seed, "region names"))
    is_rural = city.subdistrict_district >= len(plan.ground.districts) - plan.ground.county_districts
    subdistricts = [
        names.suffixed(stem, names.TOWN if rural else names.SUBDISTRICT)
        for stem, rural in zip(stems[:towns], is_rural, strict=True)
    ]
    if plan.party.workers_area:
        subdistricts[workers_subdistrict] = plan.party.workers_area
    if plan.root == "subdistrict":
        subdistricts = [plan.name]
    return {
        "district": list(plan.ground.districts[:districts]),
        "subdistrict": subdistricts,
        "community": [names.suffixed(stem, names.COMMUNITY) for stem in stems[towns:]],
    }


def regions(city: City, named: dict[str, list[tuple[str, str]]], plan: Plan) -> Columns:
    """The `regions` table: the city where it is the place, then its districts, subdistricts and communities."""
    whole = [plan.name] if plan.root == "city" else []
    district_parent = np.full(len(city.district_code), plan.root_code)
    subdistrict_parent = city.district_code[city.subdistrict_district]
    community_parent = city.subdistrict_code[city.community_subdistrict]
    own = np.concatenate(
        (np.full(len(whole), plan.root_code), city.district_code, city.subdistrict_code, city.community_code)
    )
    upwards = np.concatenate((district_parent, subdistrict_parent, community_parent))
    tops = len(whole) or len(city.district_code)
    urban = np.where(city.community_away < 0.45, 111, np.where(city.community_away < 0.75, 112, 121))
    counts = [len(whole), *(len(named[level]) for level in LEVELS)]
    everyone = [*whole, *(name for level in LEVELS for name in named[level])]
    outline = np.where(city.labels["district"] >= 0, 0, -1)
    levels = [outline] * len(whole) + [city.labels[level] for level in LEVELS]
    return {
        "region_code": codes("", own, 12),
        "level": Coded(np.repeat(np.arange(len(counts)), counts), ("city", *LEVELS)),
        "name": [zh for zh, _ in everyone],
        "name_en": [en for _, en in everyone],
        "parent_code": pa.concat_arrays([nothing(tops), codes("", upwards[tops - len(whole) :], 12)]),
        "urban_rural_code": pa.concat_arrays([nothing(sum(counts[:-1])), codes("", urban, 3)]),
        "geometry": pa.concat_arrays([_boundaries(city, labels) for labels in levels]),
    }


def grids(
    city: City, cell_households: NDArray, cell_residents: NDArray, cell_of_compound: NDArray, seed: int
) -> Columns:
    """The `grids` table: all grids, then all micro-grids; a grid's people are those of its micro-grids.

    Grids without a compound (`cell_of_compound` are the cells of compounds) are dedicated ones: shops,
    schools, parks.
    """
    random = random_for(seed, "grids")
    count, cells = len(city.grid_code), len(city.cell_code)
    households, residents = (
        np.concatenate((np.bincount(city.cell_grid, values).astype(np.int64), values))
        for values in (cell_households, cell_residents)
    )
    is_dedicated = np.bincount(city.cell_grid[cell_of_compound], minlength=count) == 0
    has_plan = random.random(count) < 0.92
    both = np.concatenate((np.arange(count), city.cell_grid))
    grid_code = codes("", city.grid_code, 15)
    return {
        "grid_code": pa.concat_arrays([grid_code, codes("", city.cell_code, 17)]),
        "level": Coded(np.repeat([0, 1], [count, cells]), ("grid", "micro_grid")),
        "kind": Coded(is_dedicated[both], ("basic", "dedicated")),
        "community_code": codes("", city.community_code[city.grid_community[both]], 12),
        "parent_grid_code": pa.concat_arrays([nothing(count), grid_code.take(pa.array(city.cell_grid))]),
        "households": households,
        "residents": masked(residents, random.random(count + cells) < 0.005),
        "has_emergency_plan": masked(has_plan[both], random.random(count + cells) < 0.005),
        "geometry": pa.concat_arrays(
            [
                _boundaries(city, city.labels["grid"]),
                shapes.cells(city.vertices, city.cell_row, city.cell_column),
            ]
        ),
    }
