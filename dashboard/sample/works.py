"""Buildings and renovations of compounds."""

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, NO_DATE
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import HOUSEHOLDS_PER_BUILDING, Compounds
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

BUILDING_KINDS = ("residential", "commercial")
COMMERCIAL_PER_COMMUNITY = 0.9  # where the plan does not say how many there are
CLASSES = ("basic", "improving", "upgrading")
CLASS_MIX = (0.6, 0.28, 0.12)
# Works by class with how often each is chosen, and thousands of yuan per 100 households.
WORKS = (
    ("屋面防水", "外墙修缮", "给排水管网", "强弱电入地", "道路硬化", "楼道照明"),
    ("围墙花圃", "无障碍扶手", "加装电梯"),
    ("充电设施", "养老托育设施"),
)
COST = ((38, 52, 60, 45, 40, 12), (16, 6, 95), (22, 70))
# Shares of government, society and residents, by class; the costlier for comfort, the more residents pay.
PARTS = np.array([[0.86, 0.09, 0.05], [0.58, 0.20, 0.22], [0.38, 0.40, 0.22]])
WANTED = np.array([0.10, 0.25, 1.5, 0.9])  # by kind of housing: old and work-unit homes need it most
PROJECTS_PER_COMPOUND = 0.45
DAYS_OF_WORK = np.array([120, 95, 80])  # by class, about
ACCEPTED_LOGIT = np.array([2.4, 2.0, 2.2])  # road, walls, lighting
MONEY_NOT_REPORTED, ACCEPTANCE_NOT_REPORTED = 0.03, 0.04


def buildings(city: City, compounds: Compounds, plan: Plan, seed: int) -> Columns:
    """The `buildings` table: homes by the size of their compound, business buildings by community."""
    random = random_for(seed, "buildings")
    per_building = HOUSEHOLDS_PER_BUILDING[compounds.kind]
    homes = np.maximum(1, np.round(compounds.households / per_building)).astype(np.int64)
    compound = np.repeat(np.arange(compounds.count), homes)
    communities = len(city.community_code)
    stated = plan.commercial_buildings
    offices = round(COMMERCIAL_PER_COMMUNITY * communities) if stated is None else plan.scaled(stated)
    weight = np.bincount(compounds.community, compounds.households, communities) + 1.0
    at = weighted(offices, weight, random)
    count = len(compound) + offices
    community = np.concatenate((compounds.community[compound], at))
    return {
        "building_id": codes("H", np.arange(1, count + 1), 6),
        "community_code": codes("", city.community_code[community], 12),
        "compound_id": picked(compounds.ids, np.concatenate((compound, np.full(offices, -1)))),
        "kind": Coded(np.repeat([0, 1], [len(compound), offices]), BUILDING_KINDS),
        "entrance_count": masked(1 + random.integers(0, 4, count), random.random(count) < 0.01),
    }


def renovations(compounds: Compounds, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `renovations` table: works of compounds over the history, some still going on."""
    random = random_for(seed, "renovations")
    weight = WANTED[compounds.kind] * (1 + compounds.is_pilot) * np.sqrt(compounds.households)
    compound = weighted(max(6, round(PROJECTS_PER_COMPOUND * compounds.count)), weight, random)
    count = len(compound)
    kind = np.arange(count) % 10
    kind = np.searchsorted(np.cumsum(CLASS_MIX) * 10, kind, side="right").clip(0, 2)
    items, item, cost = _works(kind, random)
    started = AS_OF - random.integers(10, 3 * 365 - 20, count).astype("timedelta64[D]")
    days = np.round(DAYS_OF_WORK[kind] * random.lognormal(0, 0.35, count)).astype("timedelta64[D]")
    finished = started + days
    is_finished = finished <= AS_OF
    money = np.round(cost * 10.0 * compounds.households[compound] * random.lognormal(0, 0.25, count), -2)
    parts = PARTS[kind] * random.lognormal(0, 0.2, (count, 3))
    parts = np.round(money[:, None] * parts / parts.sum(1, keepdims=True), -2)
    good = quality.compound[compound, -1]
    accepted = random.random((3, count)) < logistic(ACCEPTED_LOGIT[:, None] + 0.6 * good)
    unknown = ~is_finished | (random.random((3, count)) < ACCEPTANCE_NOT_REPORTED)
    hidden = random.random((3, count)) < np.array([0.2, 1.0, 1.0])[:, None] * MONEY_NOT_REPORTED
    return {
        "renovation_id": codes("V", np.arange(1, count + 1), 5),
        "compound_id": picked(compounds.ids, compound),
        "class": Coded(kind, CLASSES),
        "item": Coded(item, items),
        "government_yuan": masked(parts[:, 0], hidden[0]),
        "social_yuan": masked(parts[:, 1], hidden[1]),
        "resident_yuan": masked(parts[:, 2], hidden[2]),
        "started_date": started,
        "finished_date": np.where(is_finished, finished, NO_DATE),
        "is_road_accepted": masked(accepted[0], unknown[0]),
        "is_wall_accepted": masked(accepted[1], unknown[1]),
        "is_light_accepted": masked(accepted[2], unknown[2]),
    }


def _works(kind: NDArray, random: np.random.Generator) -> tuple[tuple[str, ...], NDArray, NDArray]:
    """All works, which of them each project of a class does, and what they cost."""
    items = tuple(item for group in WORKS for item in group)
    weights = np.zeros((len(CLASSES), len(items)))
    first = 0
    for row, group in enumerate(WORKS):
        weights[row, first : first + len(group)] = 1 / (1 + np.arange(len(group)))
        first += len(group)
    item = by_row(kind, weights, random)
    return items, item, np.array([cost for group in COST for cost in group])[item]
