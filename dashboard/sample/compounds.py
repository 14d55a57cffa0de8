"""Residential compounds: what they are like, and the tables that list them and their grids."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample import names, placement, shapes
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.draws import by_row, pick
from dashboard.sample.geography import City
from dashboard.sample.placement import FIT_CASES, HOUSING
from dashboard.sample.plans import Case, Plan

PROPERTY_MODES = ("market", "red_property", "unit_support", "subsidised", "self_managed", "none")
NO_PROPERTY = 5
PROPERTY_MIX = np.array([  # by kind of housing, of the covered ones, without none
    [0.86, 0.08, 0.01, 0.00, 0.05],
    [0.10, 0.22, 0.05, 0.33, 0.30],
    [0.24, 0.27, 0.07, 0.18, 0.24],
    [0.18, 0.14, 0.50, 0.06, 0.12],
])  # fmt: skip
OWNERS_BODIES = ("owners_committee", "management_committee", "none")
MANAGED_SHARE = np.array([0.08, 0.85, 0.55, 0.50])  # of the owners' bodies, by type: a management committee
NOT_REPORTED = 0.005
SCATTERED_HOUSEHOLDS = 3  # in a micro-grid without a compound, on average

# By kind of housing.
HOUSEHOLDS_PER_CELL = np.array([52.0, 47.0, 38.0, 33.0])
RESIDENTS_PER_HOUSEHOLD = np.array([2.85, 3.25, 2.45, 2.3])
HOUSEHOLDS_PER_BUILDING = np.array([58, 40, 36, 34])
FLOOR_PER_HOUSEHOLD_M2 = np.array([108.0, 74.0, 63.0, 71.0])
PLOT_RATIO = np.array([2.5, 1.7, 1.5, 1.4])
BUILT = np.array([[2001, 2020], [1988, 2016], [1976, 1999], [1972, 1998]])


@dataclass(frozen=True)
class Compounds:
    """Compounds in the order of their ids, by community; `cell_of`, `owner` and `cell_share` are per cell."""

    kind: NDArray[np.int64]  # index into HOUSING
    type_of: NDArray[np.int64]  # index into the types of the plan
    community: NDArray[np.int64]
    district: NDArray[np.int64]
    fit: NDArray[np.int64]  # index into FIT_CASES
    households: NDArray[np.int64]
    residents: NDArray[np.int64]
    is_pilot: NDArray[np.bool_]
    is_covered: NDArray[np.bool_]
    is_eligible: NDArray[np.bool_]
    first_cell: NDArray[np.int64]  # into `cell_of`
    cell_count: NDArray[np.int64]
    names: list[names.Name]
    point: NDArray[np.float64]  # longitude, latitude
    geometry: pa.Array
    owner: NDArray[np.int64]  # compound of the cell, ascending
    cell_of: NDArray[np.int64]  # cell of the city
    cell_share: NDArray[np.float64]  # share of the compound's area inside the cell

    @property
    def count(self) -> int:
        """Number of compounds."""
        return len(self.kind)

    @property
    def ids(self) -> pa.Array:
        """`compound_id` of every compound."""
        return codes("C", np.arange(1, self.count + 1), 5)

    def any_cell(self, compound: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
        """A cell of the city that each of the given compounds covers."""
        place = np.floor(random.random(len(compound)) * self.cell_count[compound]).astype(np.int64)
        return self.cell_of[self.first_cell[compound] + place]


def build(city: City, plan: Plan, seed: int) -> Compounds:
    """Place the compounds and draw what other tables lean on."""
    random = random_for(seed, "compounds")
    types = plan.housing.types
    per_type = np.array([plan.scaled(each.count) for each in types])
    like = np.array([HOUSING.index(each.like) for each in types])
    type_counts = np.bincount(like, per_type, len(HOUSING)).astype(np.int64)
    claim, fit = placement.place(city, int(type_counts.sum()), random)
    cell_of = np.flatnonzero(claim >= 0)
    cell_of = cell_of[np.argsort(claim[cell_of], kind="stable")]
    owner = claim[cell_of]
    cell_count = np.bincount(owner)
    first_cell = np.cumsum(cell_count) - cell_count
    community = city.cell_community[cell_of[first_cell]]
    away = city.community_away[community]
    # Where the ground is cut finer, a compound still takes its share of a block or grid, in more and smaller cells.
    usual_cells = np.maximum(1, cell_count / (plan.ground.fineness / plan.ground.grid_fineness))
    kind = placement.types(away, usual_cells, type_counts, random)
    geometry, cell_share, point = _ground(city, owner, cell_of, random)

    count = len(kind)
    density = np.where(cell_count == 1, 1.4, 1.0) * (1.25 - 0.55 * np.minimum(away, 1.1))
    households = HOUSEHOLDS_PER_CELL[kind] * usual_cells * density * random.lognormal(0, 0.35, count)
    households = np.maximum(18, households).astype(np.int64)
    case = plan.housing.case
    crowding = (RESIDENTS_PER_HOUSEHOLD[kind] * random.normal(1, 0.07, count)).clip(1.4, 4.5)
    uncovered = np.array([0.15, 2.2, 1.6, 0.9])[kind] * np.where(households < 60, 2.5, 1.0)
    ineligible = np.array([0.25, 6.0, 1.2, 1.1])[kind] * np.where(households < 45, 1.8, 1.0)
    piloting = np.array([1.0, 0.6, 1.25, 0.9])[kind] * np.where(households > 100, 1.5, 0.7)
    residents = np.round(households * crowding).astype(np.int64)
    if case:
        households[0], residents[0] = case.households, case.residents
    return Compounds(
        kind=kind,
        type_of=_types(kind, like, per_type, seed),
        community=community,
        district=city.community_district[community],
        fit=fit,
        households=households,
        residents=residents,
        is_pilot=pick(plan.scaled(plan.housing.pilots), piloting, random),
        is_covered=~pick(count - plan.scaled(plan.housing.covered_by_property), uncovered, random),
        is_eligible=~pick(count - plan.scaled(plan.housing.with_owners_body), ineligible, random),
        first_cell=first_cell,
        cell_count=cell_count,
        names=_named(kind, case, random),
        point=point,
        geometry=geometry,
        owner=owner,
        cell_of=cell_of,
        cell_share=cell_share,
    )


def _named(kind: NDArray, case: Case | None, random: np.random.Generator) -> list[names.Name]:
    """Name of every compound; the first is the one a report is about, where it is about one."""
    drawn = names.compounds([HOUSING[k] for k in kind], random)
    return [case.name, *drawn[1:]] if case else drawn


def _types(kind: NDArray, like: NDArray, per_type: NDArray, seed: int) -> NDArray[np.int64]:
    """Type of every compound in exact numbers: those alike in kind are shared out at random."""
    random = random_for(seed, "compound types")
    found = np.empty(len(kind), np.int64)
    for number in range(len(HOUSING)):
        alike = np.flatnonzero(like == number)
        found[random.permutation(np.flatnonzero(kind == number))] = np.repeat(alike, per_type[alike])
    return found


def _ground(
    city: City, owner: NDArray, cell_of: NDArray, random: np.random.Generator
) -> tuple[pa.Array, NDArray[np.float64], NDArray[np.float64]]:
    """Boundary of every compound (a street's width inside its cells), area share of its cells, a point."""
    row, column = city.cell_row[cell_of], city.cell_column[cell_of]
    cell_count = np.bincount(owner)
    street = np.where(cell_count == 1, 0.17, 0.11) * random.uniform(0.7, 1.3, len(cell_count))
    labels = np.full(city.labels["grid"].shape, -1, np.int64)
    labels[row, column] = owner
    geometry = shapes.polygons(*shapes.inset(shapes.trace(labels, pinch_left=True), city.vertices, street))
    area = shapes.inset_cell_areas(labels, row, column, street[owner], city.vertices)
    away = sum((place - (np.bincount(owner, place) / cell_count)[owner]) ** 2 for place in (row, column))
    nearest = np.lexsort((away, owner))[np.cumsum(cell_count) - cell_count]
    point = shapes.between(city.vertices, row[nearest] + 0.5, column[nearest] + 0.5)
    return geometry, area / np.bincount(owner, area)[owner], np.round(point, 6)


def cell_people(city: City, compounds: Compounds, plan: Plan, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Households and residents of every micro-grid: those of its compound, a handful elsewhere."""
    few = SCATTERED_HOUSEHOLDS / plan.ground.fineness
    households = random_for(seed, "cell people").poisson(few, len(city.cell_code)).astype(np.int64)
    residents = np.round(households * 2.3).astype(np.int64)
    households[compounds.cell_of] = _split(compounds.households, compounds)
    residents[compounds.cell_of] = _split(compounds.residents, compounds)
    return households, residents


def _split(values: NDArray, compounds: Compounds) -> NDArray[np.int64]:
    """A count of every compound shared among its cells by area, so that it adds up."""
    within = np.cumsum(compounds.cell_share) - compounds.owner
    upto = np.round(within * values[compounds.owner]).astype(np.int64)
    before = np.concatenate(([0], upto[:-1]))
    before[compounds.first_cell] = 0
    return upto - before


def table(compounds: Compounds, city: City, plan: Plan, seed: int) -> Columns:
    """The `compounds` table."""
    random = random_for(seed, "compounds table")
    kind, count, households = compounds.kind, compounds.count, compounds.households

    def partly(values: NDArray) -> np.ma.MaskedArray:
        return masked(values, random.random(count) < NOT_REPORTED)

    built = BUILT[kind, 0] + np.floor(random.beta(1.6, 1.4, count) * np.diff(BUILT)[kind, 0]).astype(np.int64)
    reformed = np.maximum(built + 15, random.integers(2012, 2025, count))
    is_reformed = (built <= 2002) & (reformed <= 2024) & (random.random(count) < 0.45)
    floor = households * FLOOR_PER_HOUSEHOLD_M2[kind] * random.normal(1, 0.12, count).clip(0.6, 1.5)
    if case := plan.housing.case:
        built[0], reformed[0], floor[0], is_reformed[0] = case.built_year, case.reform_year, case.floor_area_m2, True
    site = floor / PLOT_RATIO[kind] * random.lognormal(0, 0.2, count)
    buildings = np.maximum(1, np.round(households / HOUSEHOLDS_PER_BUILDING[kind])).astype(np.int64)
    mode = by_row(kind, PROPERTY_MIX, random)
    body = np.where(compounds.is_eligible, random.random(count) < MANAGED_SHARE[kind], 2)
    hardship = np.array([0.3, 3.0, 1.6, 1.0])[kind] * np.where(compounds.is_covered, 1, 4)
    is_hard = pick(plan.scaled(plan.housing.hard_cases), hardship, random)
    showing = np.where(compounds.is_pilot & ~is_hard, 1.0, 1e-12)
    return {
        "compound_id": compounds.ids,
        "name": [zh for zh, _ in compounds.names],
        "name_en": [en for _, en in compounds.names],
        "community_code": codes("", city.community_code[compounds.community], 12),
        "compound_type": Coded(compounds.type_of, [each.code for each in plan.housing.types]),
        "built_year": partly(built),
        "reform_year": masked(reformed, ~is_reformed),
        "households": households,
        "residents": partly(compounds.residents),
        "building_count": partly(buildings),
        "floor_area_m2": partly(np.round(floor, 1)),
        "site_area_m2": partly(np.round(site, 1)),
        "property_mode": Coded(np.where(compounds.is_covered, mode, NO_PROPERTY), PROPERTY_MODES),
        "owners_body": Coded(body, OWNERS_BODIES),
        "is_owners_body_eligible": compounds.is_eligible,
        "has_owners_body_party_org": partly(compounds.is_eligible & (random.random(count) < 0.97)),
        "owners_body_rule_count": masked(np.full(count, plan.housing.owners_body_rules), ~compounds.is_eligible),
        "is_pilot": compounds.is_pilot,
        "is_demonstration": pick(plan.scaled(plan.housing.demonstrations), showing, random),
        "is_hard_case": is_hard,
        "is_unmanaged": ~compounds.is_covered & ~compounds.is_eligible,
        "longitude": compounds.point[:, 0],
        "latitude": compounds.point[:, 1],
        "geometry": compounds.geometry,
    }


def grid_links(compounds: Compounds, city: City, seed: int) -> Columns:
    """The `compound_grids` table: every compound's grids, then its micro-grids, with shares of its area."""
    owner, share = compounds.owner, compounds.cell_share
    grid = city.cell_grid[compounds.cell_of]
    starts = np.flatnonzero((np.diff(owner, prepend=-1) != 0) | (np.diff(grid, prepend=-1) != 0))
    grid_code = codes("", city.grid_code[grid[starts]], 15)
    code = pa.concat_arrays([grid_code, codes("", city.cell_code[compounds.cell_of], 17)])
    share = np.concatenate((np.add.reduceat(share, starts), share))
    owner = np.concatenate((owner[starts], owner))
    order = np.argsort(owner, kind="stable")
    aligned = np.array([0.97, 0.9, 0.99])[compounds.fit]
    is_aligned = random_for(seed, "alignment").random(compounds.count) < aligned
    return {
        "compound_id": picked(compounds.ids, owner[order]),
        "grid_code": picked(code, order),
        "overlap_share": np.minimum(np.round(share[order], 9), 1.0),
        "fit_case": Coded(compounds.fit[owner[order]], FIT_CASES),
        "is_aligned": is_aligned[owner[order]],
    }
