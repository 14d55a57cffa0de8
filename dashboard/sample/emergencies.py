"""Drills, people called in an emergency, and events of public safety."""

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, DAYS, NO_DATE, START, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

DRILLS = ("消防疏散", "地震避险", "防汛排涝", "公共卫生", "医疗急救", "燃气泄漏")
DRILL_MIX = (0.44, 0.15, 0.14, 0.10, 0.11, 0.06)
DRILL_LENGTHS = np.array([1.0, 1.2, 2.4, 2.1, 1.6, 1.3])  # against a fire drill
PARTNERS = ("消防", "消防、物业", "消防、医疗、公安", "医疗", "公安", "燃气、消防")
PARTNER_MIX = np.array([  # by kind of drill
    [0.52, 0.22, 0.26, 0.00, 0.00, 0.00],
    [0.20, 0.10, 0.40, 0.20, 0.10, 0.00],
    [0.30, 0.30, 0.10, 0.10, 0.20, 0.00],
    [0.00, 0.00, 0.10, 0.80, 0.10, 0.00],
    [0.00, 0.00, 0.10, 0.90, 0.00, 0.00],
    [0.10, 0.10, 0.10, 0.00, 0.00, 0.70],
])  # fmt: skip
JOINT_SHARE = 0.46
OUTCOMES = ("met", "partly_met", "not_met")
DRILL_SEASON = np.array([0.7, 0.6, 1.2, 0.9, 1.7, 1.6, 0.8, 0.6, 1.1, 0.9, 2.2, 0.7])  # before floods, in fire month
SAFETY_SEASON = np.array([1.1, 0.9, 0.9, 0.9, 1.0, 1.1, 1.2, 1.2, 1.0, 0.9, 1.0, 1.1])
EVENTS = ("property_damage", "neighbour_dispute", "hazard")
FINDERS = ("patrol", "grid_worker", "resident", "inspection")
FINDER_MIX = np.array([  # by kind of event
    [0.42, 0.14, 0.44, 0.00],
    [0.12, 0.38, 0.50, 0.00],
    [0.27, 0.38, 0.20, 0.15],
])  # fmt: skip
RESULTS = ("resolved", "handed_over", "open")
OPEN_DAYS = 75  # an event that is still open is no older
NOT_REPORTED = 0.01


def drills(city: City, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `drills` table: good districts drill more and better, some communities hardly ever."""
    random = random_for(seed, "drills")
    communities = len(city.community_code)
    eager = random.gamma(1.6, 1 / 1.6, communities) * np.exp(0.35 * quality.district[city.community_district].mean(1))
    rate = plan.emergencies.drills_a_year * DAYS / 365 * eager
    community = np.repeat(np.arange(communities), random.poisson(rate))
    count = max(len(community), 1)
    community = community if len(community) else np.zeros(1, np.int64)
    day = _days(count, DRILL_SEASON, random)
    order = np.argsort(day, kind="stable")
    community, day = community[order], day[order]
    kind = weighted(count, DRILL_MIX, random)
    good = quality.district[city.community_district[community], quarter_of(day)]
    is_joint = random.random(count) < JOINT_SHARE
    minutes = np.round(plan.emergencies.drill_minutes * DRILL_LENGTHS[kind] * random.lognormal(0, 0.25, count))
    draw, missed = random.random(count), logistic(-3.1 - 0.7 * good)
    outcome = np.where(draw < missed, 2, np.where(draw < missed + 0.17, 1, 0))
    return {
        "drill_id": codes("Y", np.arange(1, count + 1), 5),
        "community_code": codes("", city.community_code[community], 12),
        "occurred_date": START + day,
        "kind": Coded(kind, DRILLS),
        "partners": Coded(np.where(is_joint, by_row(kind, PARTNER_MIX, random), -1), PARTNERS),
        "duration_minutes": masked(np.maximum(minutes, 5), random.random(count) < NOT_REPORTED),
        "headcount": masked(12 + random.poisson(random.gamma(3, 16, count)), random.random(count) < NOT_REPORTED),
        "outcome": Coded(np.where(random.random(count) < 3 * NOT_REPORTED, -1, outcome), OUTCOMES),
    }


def mobilisations(city: City, compounds: Compounds, plan: Plan, seed: int) -> Columns:
    """The `mobilisations` table: the people of every call, exact over all communities, by households."""
    random = random_for(seed, "mobilisations")
    communities = len(city.community_code)
    homes = np.bincount(compounds.community, compounds.households, communities) + 1e-9
    rows: list[tuple[NDArray, NDArray, NDArray, str, str]] = []  # community, people, day, occasion, kind
    for call in plan.emergencies.calls:
        hit = homes * random.gamma(0.8, 1.25, communities)
        for kind, people in call.people:
            called = np.bincount(weighted(plan.scaled(people), hit, random), minlength=communities)
            # A community without a number has called nobody, or says nothing: the second kind has a row.
            reached = np.flatnonzero((called > 0) | (random.random(communities) < NOT_REPORTED))
            first = np.datetime64(call.day) + np.minimum(random.geometric(0.5, len(reached)) - 1, 6)
            rows.append((reached, called[reached], first, call.occasion, kind))
    community, called, day = (np.concatenate(parts) for parts in list(zip(*rows, strict=True))[:3])
    sizes = [len(row[0]) for row in rows]
    occasions, kinds = ([row[at] for row in rows] for at in (3, 4))
    part = np.repeat(np.arange(len(rows)), sizes)
    return {
        "mobilisation_id": codes("D", np.arange(1, len(part) + 1), 5),
        "community_code": codes("", city.community_code[community], 12),
        "occurred_date": day,
        "occasion": Coded(part, occasions),
        "kind": Coded(part, kinds),
        "headcount": masked(called, called == 0),
    }


def safety_events(city: City, compounds: Compounds, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `safety_events` table: numbers by kind and those settled are exact at scale 1."""
    random = random_for(seed, "safety events")
    parts = [
        _events(EVENTS.index(kind), plan.scaled(events), plan.scaled(settled, least=1), random)
        for kind, events, settled in plan.emergencies.safety
    ]
    kind, day, outcome = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(day, kind="stable")
    kind, day, outcome = kind[order], day[order], outcome[order]
    count = len(kind)
    compound = weighted(count, compounds.households * np.exp(-0.4 * quality.compound.mean(1)), random)
    taken = 1 + np.floor(random.exponential(np.array([11, 5, 8])[kind])).astype(np.int64)
    closed = np.minimum(START + day + taken, AS_OF)
    is_outside = random.random(count) < 0.12  # streets and squares belong to no compound
    return {
        "safety_event_id": codes("Q", np.arange(1, count + 1), 5),
        "community_code": codes("", city.community_code[compounds.community[compound]], 12),
        "compound_id": picked(compounds.ids, np.where(is_outside, -1, compound)),
        "occurred_date": START + day,
        "kind": Coded(kind, EVENTS),
        "found_by": Coded(np.where(random.random(count) < NOT_REPORTED, -1, by_row(kind, FINDER_MIX, random)), FINDERS),
        "outcome": Coded(outcome, RESULTS),
        "closed_date": np.where(outcome == 0, closed, NO_DATE),
    }


def _events(
    kind: int, events: int, settled: int, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Kind, day and outcome of the events of one kind; of those not settled, the latest are open."""
    day = np.sort(_days(events, SAFETY_SEASON, random))
    chance = random.random(events) - 0.25 * (day > DAYS - OPEN_DAYS)  # what is recent is less often settled
    is_settled = np.zeros(events, bool)
    is_settled[np.argsort(-chance, kind="stable")[: min(settled, events)]] = True
    is_open = ~is_settled & (day > DAYS - OPEN_DAYS)
    return np.full(events, kind), day, np.where(is_settled, 0, np.where(is_open, 2, 1))


def _days(count: int, season: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Days from the start of the history, by the weights of the months of a year, slowly more."""
    all_days = np.arange(DAYS)
    month = (START + all_days).astype("datetime64[M]").astype(np.int64) % 12
    return weighted(count, season[month] * (0.85 + 0.3 * all_days / DAYS), random)
