"""Venues and service points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.calendar import START
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan

KINDS = ("service_centre", "micro_station", "canteen", "help_point", "deliberation_hall")
CENTRE, STATION, CANTEEN, HELP, HALL = range(len(KINDS))
LEVELS = ("subdistrict", "community", "compound")
BUILD_MODES = ("new", "shared", "converted")
CENTRE_SHARE = 0.93  # of the communities
NORM_M2 = 300  # of a service centre
FIRST_DAY, LAST_DAY = -1_400, 1_000  # when venues opened, in days from the start of the history


@dataclass(frozen=True)
class Venues:
    """Venues of one kind and level; arrays have one entry per venue."""

    kind: int
    level: int
    community: NDArray[np.int64]
    area: NDArray[np.float64]
    compound: NDArray[np.int64] | None = None


def facilities(city: City, compounds: Compounds, workers: int, plan: Plan, seed: int) -> Columns:
    """The `facilities` table. `workers` is the subdistrict that may not be the one with 79 stations."""
    random = random_for(seed, "facilities")
    stations = _stations(city, compounds, workers, plan, random)
    communities = np.arange(len(city.community_code))
    seats = np.searchsorted(city.community_subdistrict, np.arange(len(city.subdistrict_code)))
    centres = communities[random.random(len(communities)) < CENTRE_SHARE]
    canteens = random.permutation(communities)[: plan.scaled(plan.venues.canteens)]
    others = random.permutation(np.tile(communities, 2))
    # Every canteen has a help point in its community.
    helps = np.concatenate((canteens, others[: plan.scaled(plan.venues.help_points) - len(canteens)]))
    halls = random.permutation(communities)[: plan.scaled(plan.venues.halls)]
    areas = _station_areas(compounds.is_pilot[stations], plan.venues.pilot_mean_area, random)
    parts = [
        Venues(CENTRE, 0, seats, _areas(900, 0.35, len(seats), random)),
        Venues(CENTRE, 1, centres, _areas(410, 0.38, len(centres), random)),
        Venues(STATION, 2, compounds.community[stations], areas, stations),
        Venues(CANTEEN, 1, np.sort(canteens), _areas(160, 0.3, len(canteens), random)),
        Venues(HELP, 1, np.sort(helps), _areas(24, 0.3, len(helps), random)),
        Venues(HALL, 1, np.sort(halls), _areas(60, 0.3, len(halls), random)),
    ]
    if plan.venues.centres_to_norm is not None:
        _build_to_norm(parts[0], parts[1], plan.venues.centres_to_norm, compounds)
    sizes = [len(part.community) for part in parts]
    kind, level = (np.repeat([getattr(part, name) for part in parts], sizes) for name in ("kind", "level"))
    compound = [
        np.full(size, -1) if part.compound is None else part.compound for part, size in zip(parts, sizes, strict=True)
    ]
    count = len(kind)
    is_exact = kind == STATION if plan.venues.centres_to_norm is None else kind <= STATION
    first, last = np.where(kind == STATION, 0, FIRST_DAY), np.where(kind == STATION, 365, LAST_DAY)
    return {
        "facility_id": codes("F", np.arange(1, count + 1), 5),
        "kind": Coded(kind, KINDS),
        "level": Coded(level, LEVELS),
        "build_mode": Coded(weighted(count, (0.3, 0.34, 0.36), random), BUILD_MODES),
        "community_code": codes("", city.community_code[np.concatenate([part.community for part in parts])], 12),
        "compound_id": picked(compounds.ids, np.concatenate(compound)),
        "area_m2": masked(np.concatenate([part.area for part in parts]), (random.random(count) < 0.005) & ~is_exact),
        "opened_date": START + np.floor(first + random.random(count) * (last - first)).astype(np.int64),
        "functions": Coded(random.integers(0, len(plan.venues.functions), count), plan.venues.functions),
        "unified_item_count": random.binomial(6, 0.86, count),
        "deliberation_item_count": random.binomial(6, 0.78, count),
    }


def _build_to_norm(seats: Venues, centres: Venues, wanted: int, compounds: Compounds) -> None:
    """Give so many service centres the area of the norm: all of subdistricts, of communities the small ones first.

    The others are far too small for the many households they serve.
    """
    households = np.bincount(compounds.community, compounds.households, centres.community.max() + 1)
    seats.area[:] = np.maximum(seats.area, NORM_M2 + 60)
    served = households[centres.community]
    order = np.argsort(served, kind="stable")
    few, many = np.split(order, [max(0, wanted - len(seats.area))])
    centres.area[few] = np.maximum(centres.area[few], NORM_M2 + 5)
    centres.area[many] = np.round(np.minimum(centres.area[many] * 0.35, 0.2 * served[many]), 1).clip(30, NORM_M2 - 100)


def _stations(
    city: City, compounds: Compounds, excluded: int, plan: Plan, random: np.random.Generator
) -> NDArray[np.int64]:
    """Compounds with a micro-station: every pilot, and others; one subdistrict has exactly its figure."""
    subdistrict = city.community_subdistrict[compounds.community]
    pilots = np.bincount(subdistrict, compounds.is_pilot, len(city.subdistrict_code)).astype(np.int64)
    available = np.bincount(subdistrict, minlength=len(city.subdistrict_code))
    wanted = plan.scaled(plan.venues.stations_in_one_subdistrict)
    is_fitting = (pilots <= wanted) & (wanted <= available) & (np.arange(len(pilots)) != excluded)
    dense = int(np.argmax(np.where(is_fitting, len(subdistrict), 0) + available))
    there = int(np.clip(wanted, pilots[dense], available[dense]))
    elsewhere = max(plan.scaled(plan.venues.micro_stations) - there, int(pilots.sum() - pilots[dense]))
    race = random.exponential(size=compounds.count) - 100.0 * compounds.is_pilot
    inside, outside = (
        places[np.argsort(race[places], kind="stable")]
        for places in (np.flatnonzero(subdistrict == dense), np.flatnonzero(subdistrict != dense))
    )
    return np.sort(np.concatenate((inside[:there], outside[:elsewhere])))


def _areas(middle: float, spread: float, count: int, random: np.random.Generator) -> NDArray[np.float64]:
    """Areas to a tenth of a square metre round a median."""
    return np.round(middle * random.lognormal(0, spread, count), 1)


def _station_areas(is_pilot: NDArray, mean: float, random: np.random.Generator) -> NDArray[np.float64]:
    """Areas of micro-stations; the mean over the pilots is exact to less than a tenth over all of them."""
    area = _areas(35, 0.26, len(is_pilot), random).clip(16, 90)
    pilots = np.flatnonzero(is_pilot)
    area[pilots] = np.round(area[pilots] * (mean / area[pilots].mean()), 1)
    missing = round((mean * len(pilots) - area[pilots].sum()) * 10)
    tenths = np.diff(np.arange(len(pilots) + 1) * missing // len(pilots))
    area[pilots] += tenths / 10
    return np.round(area, 1)
