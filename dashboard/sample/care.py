"""Service activities, help points, canteens, residents' points and checks of the service standard."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, DAYS, MONTHS, START, YEARS, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.lattice import shares
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality
from dashboard.sample.teams import COLOURS

ACTIVITY_KINDS = (
    "志愿服务", "党员志愿服务", "老党员传帮带", "邻里故事会", "文体活动", "节庆民俗", "环境整治",
)  # fmt: skip
ACTIVITY_MIX = np.array([0.36, 0.22, 0.06, 0.07, 0.13, 0.06, 0.10])
VOLUNTEERING, FESTIVAL, CLEAN_UP = 0, 5, 6
FESTIVAL_MONTHS, CLEAN_UP_MONTHS = (1, 2, 6, 9), (3, 4, 5, 10)  # by the moon and after the winter
PARTICIPANTS = np.array([14, 17, 9, 22, 48, 65, 24])  # by kind, on average
SERVED_PER_PARTICIPANT = np.array([3.1, 3.4, 2.2, 1.6, 1.9, 2.4, 2.0])
OUTCOMES = ("拆除违建（处）", "清运垃圾（车）", "办成实事（件）")
TREND = np.array([0.62, 0.81, 1.0])  # of the last year's totals, by year
CLEAN_UP_OUTCOME_SHARE = 0.6
POINT_COMMUNITIES = 0.66  # share of the communities that keep points for residents
CHECKED_SHARE = 0.24  # of the compounds, in a quarter
STANDARDS = ("refuse", "structures", "safety", "parking", "repairs", "party_lead", "virtue", "culture")
EASE = np.array([0.5, 0.3, 0.5, -0.9, -0.5, 0.6, 0.2, -0.1])  # of meeting each, on the logit scale
TYPE_EASE = np.array([0.5, -0.5, -0.25, 0.1])  # by compound type
NOT_REPORTED = 0.004


def activities(city: City, compounds: Compounds, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `service_activities` table: one row per activity, clean-ups with what came of them."""
    random = random_for(seed, "activities")
    stated = plan.services.activity_kinds
    count = sum(number for _, number in stated) if stated else plan.scaled(plan.services.activities)
    year = weighted(count, TREND, random)
    day = np.sort((year + random.random(count)) * (DAYS / len(TREND))).astype(np.int64)
    held = START + day
    compound = weighted(count, np.sqrt(compounds.households), random)
    good = quality.compound[compound, quarter_of(day)]
    kind = _kinds(held, random) if stated is None else _stated_kinds(stated, random)
    joined = 2 + random.poisson(PARTICIPANTS[kind] * np.exp(0.12 * good))
    times = random.poisson(joined * SERVED_PER_PARTICIPANT[kind])
    outcome = np.where(
        (kind == CLEAN_UP) & (random.random(count) < CLEAN_UP_OUTCOME_SHARE),
        random.integers(0, 2, count),
        np.where((kind < 2) & (random.random(count) < 0.09), 2, -1),
    )
    amount = np.where(outcome == 1, 1 + random.poisson(3.2, count), 1 + random.poisson(0.6, count))
    for name, total in plan.services.person_times:
        own = np.flatnonzero(kind == ACTIVITY_KINDS.index(name))
        times[own] = _shared_out(total, times[own] + 1, random)
    is_told = np.zeros(count, bool)
    if plan.services.activity_outcomes is not None:
        outcome, amount, compound = _stated_outcomes(plan, kind, compound, random)
        is_told = outcome >= 0
    return {
        "activity_id": codes("V", np.arange(1, count + 1), 6),
        "kind": Coded(kind, ACTIVITY_KINDS),
        "colour": Coded(np.where(kind == VOLUNTEERING, random.integers(0, len(COLOURS), count), -1), COLOURS),
        "community_code": codes("", city.community_code[compounds.community[compound]], 12),
        "compound_id": picked(compounds.ids, np.where((random.random(count) < 0.8) | is_told, compound, -1)),
        "held_date": held,
        "participant_count": masked(joined, random.random(count) < NOT_REPORTED),
        "person_times": masked(times, (random.random(count) < NOT_REPORTED) & ~_is_stated(kind, plan)),
        "outcome_kind": Coded(outcome, OUTCOMES),
        "outcome_count": masked(amount.astype(float), outcome < 0),
    }


def _stated_kinds(stated: tuple[tuple[str, int], ...], random: np.random.Generator) -> NDArray[np.int64]:
    """Kind of every activity, in the exact numbers a report states and spread so that the last days have each."""
    numbers = np.array([number for _, number in stated])
    kind = np.repeat([ACTIVITY_KINDS.index(name) for name, _ in stated], numbers)
    place = np.concatenate([(np.arange(number) + 1 - 0.1 * random.random(number)) / number for number in numbers])
    return kind[np.argsort(place, kind="stable")]


def _stated_outcomes(
    plan: Plan, kind: NDArray, compound: NDArray, random: np.random.Generator
) -> tuple[NDArray, NDArray, NDArray]:
    """What came of activities, and where: exact totals that a report states of one compound, nothing elsewhere."""
    stated = plan.services.activity_outcomes
    outcome, amount, where = np.full(len(kind), -1), np.zeros(len(kind), np.int64), compound.copy()
    fit = random.permutation(np.flatnonzero(kind == (CLEAN_UP if (kind == CLEAN_UP).any() else VOLUNTEERING)))
    for own, (name, total) in zip(np.array_split(fit, len(stated)), stated, strict=True):
        outcome[own], where[own] = OUTCOMES.index(name), compound[fit[0]]
        amount[own] = shares(total, np.ones(len(own)), minimum=1)
    return outcome, amount, where


def _is_stated(kind: NDArray, plan: Plan) -> NDArray[np.bool_]:
    """Activities whose person-times a report states: none of them is missing."""
    return np.isin(kind, [ACTIVITY_KINDS.index(name) for name, _ in plan.services.person_times])


def _kinds(held: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Kinds of activities; festivals and clean-ups have their months, elsewhere they are volunteering."""
    month = held.astype("datetime64[M]").astype(np.int64) % 12 + 1
    kind = weighted(len(held), ACTIVITY_MIX, random)
    for seasonal, months in ((FESTIVAL, FESTIVAL_MONTHS), (CLEAN_UP, CLEAN_UP_MONTHS)):
        is_out = (kind == seasonal) & ~np.isin(month, months) & (random.random(len(held)) < 0.7)
        kind = np.where(is_out, VOLUNTEERING, kind)
    return kind


def help_points(facilities: Columns, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `help_point_months` table; matters and person-times of the last year are exact at full size."""
    random = random_for(seed, "help points")
    place, month = _open_months(facilities, "help_point")
    busy = (
        random.lognormal(0, 0.7, place.max(initial=-1) + 1)[place]
        * _district_pull(facilities, "help_point", quality)[place]
    )
    matters, times = np.zeros(len(place), np.int64), np.zeros(len(place), np.int64)
    is_reported = random.random(len(place)) >= NOT_REPORTED
    accepted, came = (
        plan.scaled(each) for each in (plan.services.help_point_matters, plan.services.help_point_person_times)
    )
    for number, share in enumerate(TREND):
        own = np.flatnonzero((month // 12 == number) & is_reported)
        matters[own] = _shared_out(accepted * share, busy[own], random)
        # Whoever brings a matter comes once at least; others come to ask.
        times[own] = matters[own] + _shared_out((came - accepted) * share, busy[own], random)
    return {
        "facility_id": _of_kind(facilities, "help_point").take(pa.array(place)),
        "month": MONTHS[month],
        "matter_count": masked(matters, ~is_reported),
        "person_times": masked(times, ~is_reported),
    }


def canteens(facilities: Columns, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `canteen_months` table; people covered in the last month and person-times a day are the report's."""
    random = random_for(seed, "canteens")
    place, month = _open_months(facilities, "canteen")
    count = place.max(initial=-1) + 1
    size = random.lognormal(0, 0.4, count)
    cover = _shared_out(plan.scaled(plan.services.canteen_covered), size, random)
    # People are registered bit by bit until the last month.
    known = (cover[place] * (1 - 0.011 * (len(MONTHS) - 1 - month))).astype(np.int64)
    pull = size[place] * _district_pull(facilities, "canteen", quality)[place] * random.lognormal(0, 0.08, len(place))
    pull = pull * np.where(np.isin(month % 12, (0, 1)), 0.86, 1.0)  # families cook at home round the new year
    is_reported = random.random(len(place)) >= NOT_REPORTED
    times = np.zeros(len(place), np.int64)
    for number, (year, share) in enumerate(zip(YEARS, TREND, strict=True)):
        own = np.flatnonzero((month // 12 == number) & is_reported)
        days = 366 if year % 4 == 0 else 365
        times[own] = _shared_out(plan.scaled(plan.services.canteen_daily) * days * share, pull[own], random)
    return {
        "facility_id": _of_kind(facilities, "canteen").take(pa.array(place)),
        "month": MONTHS[month],
        "covered_people": known,
        "person_times": masked(times, ~is_reported),
    }


def _of_kind(facilities: Columns, kind: str) -> pa.Array:
    return facilities["facility_id"].filter(pa.array(_is_kind(facilities, kind)))


def _is_kind(facilities: Columns, kind: str) -> NDArray[np.bool_]:
    return np.array(facilities["kind"].values)[facilities["kind"].codes] == kind


def _open_months(facilities: Columns, kind: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Point (numbered within its kind) and month of every month a point is open, the one it opened included."""
    opened = facilities["opened_date"][_is_kind(facilities, kind)].astype("datetime64[M]")
    return np.nonzero(opened[:, None] <= MONTHS[None, :])


def _district_pull(facilities: Columns, kind: str, quality: Quality) -> NDArray[np.float64]:
    """How much the people of its district use a point: where services are good they come more often."""
    district = np.array(facilities["community_code"].to_pylist(), str).astype("U6").astype(np.int64) % 100 - 1
    return np.exp(0.5 * quality.district[district[_is_kind(facilities, kind)], -1])


def _shared_out(total: float, weights: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """A whole total drawn over places by weight."""
    return random.multinomial(round(total), weights / weights.sum()) if len(weights) else np.zeros(0, np.int64)


def resident_points(city: City, quality: Quality, seed: int) -> Columns:
    """The `resident_point_months` table: communities join the scheme one after the other; none redeems too much."""
    random = random_for(seed, "resident points")
    joined = np.flatnonzero(random.random(len(city.community_code)) < POINT_COMMUNITIES)
    first = random.integers(-6, 26, len(joined)).clip(0)
    size = random.lognormal(4.7, 0.45, len(joined))
    good = quality.district[city.community_district[joined]]
    people = np.zeros((len(joined), len(MONTHS)), np.int64)
    earned, redeemed = np.zeros(people.shape), np.zeros(people.shape)
    balance = np.zeros(len(joined))
    for month in range(len(MONTHS)):
        is_open = month >= first
        grown = np.minimum(1, 0.35 + 0.05 * (month - first)) * np.exp(0.25 * good[:, month // 3])
        people[:, month] = np.where(is_open, random.poisson(size * grown.clip(0)), 0)
        earned[:, month] = random.poisson(people[:, month] * 14)
        balance += earned[:, month]
        # What is collected is spent before midsummer and before the new year.
        redeemed[:, month] = np.floor(balance * (0.42 if month % 6 == 5 else random.uniform(0.08, 0.2, len(joined))))
        balance -= redeemed[:, month]
    place, month = np.nonzero(np.arange(len(MONTHS))[None, :] >= first[:, None])
    missing = random.random(len(place)) < NOT_REPORTED
    return {
        "community_code": codes("", city.community_code[joined[place]], 12),
        "month": MONTHS[month],
        "participants": masked(people[place, month], missing),
        "points_earned": masked(earned[place, month], missing),
        "points_redeemed": masked(redeemed[place, month], missing),
    }


def checks(city: City, compounds: Compounds, quality: Quality, seed: int, items: Sequence[str] = STANDARDS) -> Columns:
    """The `service_checks` table: some compounds are checked in a quarter, each on every standard."""
    random = random_for(seed, "service checks")
    quarters = len(MONTHS) // 3
    quarter, compound = np.nonzero(random.random((quarters, compounds.count)) < CHECKED_SHARE)
    day = (MONTHS[quarter * 3].astype("datetime64[D]") - START).astype(np.int64) + random.integers(0, 90, len(quarter))
    rows, item = np.divmod(np.arange(len(quarter) * len(items)), len(items))
    ease = EASE[item % len(EASE)] + TYPE_EASE[compounds.kind[compound[rows]]]
    good = quality.compound[compound[rows], quarter[rows]]
    count = len(rows)
    return {
        "check_id": codes("K", np.arange(1, count + 1), 7),
        "item": Coded(item, list(items)),
        "community_code": codes("", city.community_code[compounds.community[compound[rows]]], 12),
        "compound_id": picked(compounds.ids, compound[rows]),
        "checked_date": np.minimum(START + day[rows], AS_OF),
        "is_met": masked(random.random(count) < logistic(1.7 + ease + 0.6 * good), random.random(count) < NOT_REPORTED),
    }
