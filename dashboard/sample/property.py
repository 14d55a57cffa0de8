"""Property firms, property service month by month, and posts held by cross-appointment."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.sample import names
from dashboard.sample.calendar import AS_OF, MONTHS, NO_DATE
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import NO_PROPERTY, PROPERTY_MODES, Compounds
from dashboard.sample.draws import logistic, pick, weighted
from dashboard.sample.geography import City
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

WAYS, WAY_MIX = ("alone", "industry", "area", "adviser"), (0.42, 0.21, 0.37)
ADVISED_SHARE = 0.62  # of the firms without a Party organisation
ADVISED_BESIDE = 0.18  # of those with one: an adviser as well
FIRM_NAME = ("物业服务有限公司", "Property Services")
ELSEWHERE = 0.12  # compounds served by a firm of another district
BY_FIRM = (0, 1, 3)  # modes in which a firm serves: market, red property, subsidised

# Service begun within the history, by mode; programmes began with the pilots.
BEGUN = np.array([0.04, 0.42, 0.22, 0.48, 0.40, 0.0])
WITHDRAWN = 0.3  # of the compounds without service: a firm left them
FEES = np.array([1.9, 0.4, 0.75, 1.2])  # logit of the rate, by kind of housing
COMPLAINTS = np.array([2.1, 3.6, 3.2, 2.2])  # a month per 1,000 households, by kind of housing
SEASON = np.array([1.18, 1.05, 0.95, 0.9, 0.92, 1.06, 1.25, 1.2, 0.98, 0.9, 1.02, 1.15])  # leaks and heating
YEAR_END = {11: 0.28, 10: 0.12, 0: -0.22, 1: -0.26}  # fees are paid before the New Year; month from 0
NOT_REPORTED = 0.006
GAP = 0.004  # of the months before the last: nobody reported whether there was service

SIDES = ("community_committee", "owners_body", "property", "grid")
POSTS = ("community_committee", "owners_body", "branch_committee")
FROM_BODIES = 0.58  # of the part-time committee members, the others are property managers
BRANCH_POSTS, BRANCH_MIX = 0.62, (0.36, 0.27, 0.37)  # per branch; property, owners' body, grid
LEFT_SHARE = 0.14  # posts given up, beside those held


@dataclass(frozen=True)
class Market:
    """Firms and the service of every compound: arrays per firm, per compound, and compounds × months."""

    district: NDArray[np.int64]
    has_party_org: NDArray[np.bool_]
    skill: NDArray[np.float64]  # on the logit scale
    firm_of: NDArray[np.int64]  # per compound, -1 where none serves it at any time
    mode: NDArray[np.int64]  # compounds × months, index into PROPERTY_MODES


def build(city: City, compounds: Compounds, modes: Coded, plan: Plan, seed: int) -> Market:
    """Draw firms, whom they serve and how service spread; the last month is what the register says (`modes`)."""
    random = random_for(seed, "property")
    final = np.asarray(modes.codes, np.int64)
    count = max(2, min(plan.scaled(plan.property.firms), compounds.count // 2 + 1))
    share = np.bincount(compounds.district, minlength=len(city.district_code)) ** 0.9
    district = np.sort(weighted(count, share, random))
    has_party_org = pick(min(count, plan.scaled(plan.property.party_firms)), np.ones(count), random)
    skill = random.normal(0, 0.4, count) + 0.15 * has_party_org
    mode = _history(compounds, final, random)
    return Market(district, has_party_org, skill, _served(compounds, mode, district, random), mode)


def _history(compounds: Compounds, final: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Mode of every compound and month: programmes reach pilots first, and some compounds lose their firm."""
    months, count = len(MONTHS), len(final)
    begins = random.random(count) < BEGUN[final]
    spread = random.beta(1.3, 1.3, count) * np.where(compounds.is_pilot, 0.45, 0.85)
    slower = random.permutation(np.linspace(-0.08, 0.14, compounds.district.max() + 1))[compounds.district]
    first = np.where(begins, np.floor((spread + 0.06 + slower).clip(0.03, 0.97) * months), 0)
    left = np.where(
        (final == NO_PROPERTY) & (random.random(count) < WITHDRAWN),
        np.floor((0.3 + 0.7 * random.beta(2.0, 1.2, count)) * months),
        0,
    ).clip(0, months - 1)
    month = np.arange(months)
    mode = np.where(month >= first[:, None], final[:, None], NO_PROPERTY)
    return np.where(month < left[:, None], 0, mode)


def _served(compounds: Compounds, mode: NDArray, district: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Firm of every compound that a firm serves at some time: mostly one of its district, large ones likelier."""
    size = random.lognormal(0, 0.9, len(district))
    is_served = np.isin(mode, BY_FIRM).any(axis=1)
    firm_of = np.full(compounds.count, -1, np.int64)
    for own in range(compounds.district.max() + 1):
        places = np.flatnonzero(is_served & (compounds.district == own))
        weights = size * np.where(district == own, 1.0, ELSEWHERE * (district == own).mean())
        firm_of[places] = weighted(len(places), weights, random)
    return firm_of


def firms(market: Market, city: City, seed: int) -> Columns:
    """The `property_firms` table."""
    random = random_for(seed, "property firms")
    count = len(market.district)
    named = [names.suffixed(stem, FIRM_NAME) for stem in names.unique(count, random)]
    has, advised = market.has_party_org, random.random(count)
    # Only among firms without one is the organisation unreported: the number with one is exact.
    is_unreported = ~has & (random.random(count) < 3 * NOT_REPORTED)
    has_adviser = np.where(has, advised < ADVISED_BESIDE, advised < ADVISED_SHARE) & ~is_unreported
    way = np.where(has, weighted(count, WAY_MIX, random), np.where(has_adviser, 3, -1))
    return {
        "firm_id": codes("P", np.arange(1, count + 1), 4),
        "name": [zh for zh, _ in named],
        "name_en": [en for _, en in named],
        "region_code": codes("", city.district_code[market.district], 12),
        "has_party_org": masked(has, is_unreported),
        "party_org_mode": Coded(way, WAYS),
        "has_adviser": masked(has_adviser, is_unreported),
    }


def months(market: Market, compounds: Compounds, quality: Quality, seed: int) -> Columns:
    """The `property_months` table: compounds by month, the last month as in the register."""
    random = random_for(seed, "property months")
    shape = market.mode.shape
    is_covered = market.mode != NO_PROPERTY
    month = np.arange(shape[1])
    skill = np.where(market.firm_of >= 0, market.skill[market.firm_of], 0)[:, None]
    good = quality.compound[:, month // 3] * 0.35 + skill
    paying = FEES[compounds.kind][:, None] + good + 0.005 * month + random.normal(0, 0.12, shape)
    paying = paying + np.array([YEAR_END.get(at % 12, 0.0) for at in month])
    paying = paying + random.normal(0, 0.45, compounds.count)[:, None]
    households = compounds.households[:, None]
    rate = COMPLAINTS[compounds.kind][:, None] * SEASON[month % 12] * np.exp(-0.55 * good)
    complaints = random.poisson(households / 1_000 * rate * random.lognormal(0, 0.3, compounds.count)[:, None])
    is_gap = (random.random(shape) < GAP) & (month < shape[1] - 1)
    is_unknown = is_gap | ~is_covered
    is_by_firm = np.isin(market.mode, BY_FIRM) & ~is_gap
    return {
        "compound_id": compounds.ids.take(np.repeat(np.arange(shape[0]), shape[1])),
        "month": np.tile(MONTHS, shape[0]),
        "is_covered": masked(is_covered, is_gap).ravel(),
        "mode": Coded(np.where(is_gap, -1, market.mode).ravel(), PROPERTY_MODES),
        "firm_id": picked(
            codes("P", np.arange(1, len(market.district) + 1), 4),
            np.where(is_by_firm, market.firm_of[:, None], -1).ravel(),
        ),
        "fee_collection_rate": masked(
            np.round(logistic(paying), 3), is_unknown | (random.random(shape) < NOT_REPORTED)
        ).ravel(),
        "complaint_count": masked(complaints, is_unknown | (random.random(shape) < NOT_REPORTED)).ravel(),
    }


def posts(market: Market, city: City, compounds: Compounds, branches: Branches, plan: Plan, seed: int) -> Columns:
    """The `cross_posts` table: held posts in exact numbers at full size, and some that were given up."""
    random = random_for(seed, "cross posts")
    bodies = np.flatnonzero(compounds.is_eligible)
    firm_run = np.flatnonzero(np.isin(market.mode[:, -1], BY_FIRM))
    onto = plan.scaled(plan.property.committee_on_bodies)
    into = plan.scaled(plan.property.part_time_committee)
    from_bodies = round(into * FROM_BODIES)
    by_side = np.bincount(weighted(round(branches.count * BRANCH_POSTS), BRANCH_MIX, random), minlength=3)
    kinds = (  # from, to, posts held, compounds to choose from, whether a post names its compound
        (0, 1, onto, bodies, True),
        (1, 0, from_bodies, bodies, True),
        (2, 0, into - from_bodies, firm_run, True),
        (2, 2, int(by_side[0]), firm_run, True),
        (1, 2, int(by_side[1]), bodies, True),
        (3, 2, int(by_side[2]), branches.compound, False),
    )
    parts = []
    for from_side, to_side, held, places, is_named in kinds:
        left = round(held * LEFT_SHARE)
        compound = places[_spread(held + left, compounds.households[places] ** 0.5, random)] if len(places) else places
        started, ended = _terms(len(compound), min(held, len(compound)), random)
        sides = np.full((2, len(compound)), [[from_side], [to_side]])
        parts.append((*sides, compound, np.where(is_named, compound, -1), started, ended))
    origin, target, where, compound, started, ended = (np.concatenate(column) for column in zip(*parts, strict=True))
    return {
        "post_id": codes("X", np.arange(1, len(origin) + 1), 5),
        "from_side": Coded(origin, SIDES),
        "to_side": Coded(target, POSTS),
        "community_code": codes("", city.community_code[compounds.community[where]], 12),
        "compound_id": picked(compounds.ids, compound),
        "started_date": np.where(random.random(len(origin)) < NOT_REPORTED, NO_DATE, started),
        "ended_date": ended,
    }


def _spread(count: int, weights: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """`count` places, each once before any is taken twice."""
    rounds = [np.argsort(random.exponential(size=len(weights)) / weights) for _ in range(-(-count // len(weights)))]
    return np.concatenate(rounds)[:count]


def _terms(count: int, held: int, random: np.random.Generator) -> tuple[NDArray, NDArray]:
    """First and last days: most began in the last three years; the first `held` go on."""
    days = np.floor(20 + 1_900 * random.beta(1.1, 1.9, count)).astype(np.int64)
    started = AS_OF - days
    ended = started + np.floor(days * random.uniform(0.3, 0.98, count)).astype(np.int64)
    return started, np.where(np.arange(count) < held, NO_DATE, ended)
