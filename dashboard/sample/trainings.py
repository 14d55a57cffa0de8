"""Trainings of secretaries, workers and owners' bodies."""

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.calendar import DAYS, START
from dashboard.sample.columns import Coded, Columns, codes, masked, random_for
from dashboard.sample.draws import by_row, weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan

KINDS = ("岗前培训", "集中轮训", "实训基地跟训", "业务比武", "心理疏导")
INDUCTION = 0  # into KINDS
AUDIENCES = ("党支部书记", "专职网格员", "辅助网格员", "社区工作者", "业委会成员")
SHARES = np.array([0.20, 0.44, 0.13, 0.06, 0.17])  # by kind
PERSON_TIMES = np.array([22, 46, 12, 30, 18])  # by kind, on average
HOURS = np.array([8.0, 6.0, 24.0, 4.0, 2.0])  # by kind
AUDIENCE_MIX = np.array([  # by kind: who comes
    [0.05, 0.32, 0.40, 0.17, 0.06],
    [0.22, 0.24, 0.30, 0.14, 0.10],
    [0.40, 0.26, 0.05, 0.29, 0.00],
    [0.05, 0.48, 0.12, 0.35, 0.00],
    [0.18, 0.31, 0.14, 0.37, 0.00],
])  # fmt: skip
SEASON = np.array([3, 1, 8, 10, 8, 6, 5, 4, 9, 11, 9, 5])  # by month
NOT_REPORTED = 0.006


def table(city: City, plan: Plan, seed: int) -> Columns:
    """The `trainings` table: courses of subdistricts and communities, more in spring and autumn than else."""
    random = random_for(seed, "trainings")
    count = plan.scaled(plan.workforce.trainings, least=24)
    keenness = random.uniform(0.5, 1.5, len(city.district_code))
    kind = weighted(count, SHARES, random)
    town = weighted(count, keenness[city.subdistrict_district], random)
    own = weighted(count, keenness[city.community_district], random)
    is_local = (kind == INDUCTION) & (random.random(count) < 0.6)
    region = np.where(is_local, city.community_code[own], city.subdistrict_code[town])
    day = seasonal_days(count, SEASON, random)
    day = np.maximum(day, np.floor(day * random.uniform(0.9, 1.06, count)).astype(np.int64)).clip(0, DAYS - 1)
    order = np.argsort(day, kind="stable")
    sizes = PERSON_TIMES[kind]
    length = HOURS[kind] * random.choice([0.5, 1.0, 1.0, 2.0], count)
    return {
        "training_id": codes("X", np.arange(1, count + 1), 5),
        "kind": Coded(kind[order], KINDS),
        "audience": Coded(by_row(kind, AUDIENCE_MIX, random)[order], AUDIENCES),
        "region_code": codes("", region[order], 12),
        "held_date": START + day[order],
        "person_times": masked(3 + random.poisson(sizes[order]), random.random(count) < 2 * NOT_REPORTED),
        "hours": masked(length[order], random.random(count) < NOT_REPORTED),
    }


def seasonal_days(count: int, months: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Days over the years of the history, by the weights of the twelve months."""
    month = weighted(count, months, random)
    year = random.integers(0, 3, count)
    return np.floor(365.25 * year + (month + random.random(count)) * 30.4).astype(np.int64).clip(0, DAYS - 1)
