"""Budget lines: two districts with rates of their own, yearly working funds in the others."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import YEARS
from dashboard.sample.columns import Coded, Columns, codes, masked, nothing, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import logistic
from dashboard.sample.geography import City
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Grant, Plan, Rates
from dashboard.sample.quality import Quality

DISTRICT_A, DISTRICT_B = 0, 1


@dataclass(frozen=True)
class Budget:
    """One kind of budget line: what for, who pays whom, per what and how often."""

    item: str
    payer_level: str
    payee_kind: str
    unit_basis: str
    pay_period: str
    provider: str | None = None


BUDGETS = (
    Budget("阵地建设补助", "区县", "facility", "每个阵地", "once"),
    Budget("小区工作经费", "区县", "compound", "每个小区", "year"),
    Budget("小区治理专项资金", "区县", "district", "全区", "once"),
    Budget("党组织书记补贴", "区县", "branch", "每名书记", "month"),
    Budget("党组织工作经费", "区县", "branch", "每个党组织", "year"),
    Budget("委员和党小组长通讯补贴", "区县", "branch", "每人", "unstated"),
    Budget("党组织工作经费", "街道", "branch", "每个党组织", "year"),
    Budget("政府购买服务", "区县", "provider", "每个项目", "once", "晨晖养老服务社"),
    Budget("政府购买服务", "区县", "provider", "每个项目", "once", "青禾儿童服务社"),
    Budget("政府购买服务", "区县", "provider", "每个项目", "once", "启程就业服务社"),
)
VENUE, COMPOUND, SPECIAL, SECRETARY, BRANCH, PHONE, TOWN, *PURCHASES = range(len(BUDGETS))
PURCHASE_YUAN = (60_000, 42_000, 25_000)  # by provider, per project
COMMITTEE_MEMBERS = 3


@dataclass(frozen=True)
class Lines:
    """Lines of one kind of budget; arrays have one entry per line."""

    budget: int
    payee: pa.Array
    year: NDArray[np.int64]
    district: NDArray[np.int64]
    rate: NDArray[np.int64]
    quantity: NDArray[np.int64]


def lines(
    city: City, compounds: Compounds, branches: Branches, facilities: Columns, quality: Quality, plan: Plan, seed: int
) -> Columns:
    """The `funding_lines` table; `facilities` are the columns of that table."""
    random = random_for(seed, "funding")
    parts = [*_of_district_a(city, compounds, facilities, plan.rates)] if plan.rates else []
    parts += _of_branches(branches, plan.rates)
    parts += _purchases(city, seed) if plan.rates else []
    parts += [_of_grant(place, grant, city, compounds, seed) for place, grant in enumerate(plan.grants, len(BUDGETS))]
    budget = np.repeat([part.budget for part in parts], [len(part.year) for part in parts])
    year, district, rate, quantity = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("year", "district", "rate", "quantity")
    )
    count = len(budget)
    good = quality.district[district, (year - YEARS[0]) * 4 + 3]
    due = (rate * quantity).astype(float)
    overspent = random.random(count) > logistic(3.2 + 0.7 * good)
    spent = due * np.where(overspent, random.uniform(1.01, 1.2, count), random.uniform(0.72, 1.0, count))
    text = {
        name: Coded(budget, [getattr(each, name) for each in (*BUDGETS, *plan.grants)])
        for name in ("item", "payer_level", "payee_kind", "unit_basis", "pay_period")
    }
    providers = [each.provider for each in (*BUDGETS, *plan.grants)]
    hired = list(dict.fromkeys(filter(None, providers)))
    text["provider"] = Coded(np.array([hired.index(name) if name else -1 for name in providers])[budget], hired)
    return text | {
        "line_id": codes("L", np.arange(1, count + 1), 6),
        "year": year,
        "payee_id": pa.concat_arrays([part.payee for part in parts]),
        "region_code": codes("", city.district_code[district], 12),
        "rate_yuan": rate.astype(float),
        "quantity": quantity.astype(float),
        "budget_yuan": due,
        "spent_yuan": masked(np.round(spent, 2), random.random(count) < 0.005),
        "is_published": random.random(count) < logistic(2.4 + 0.8 * good),
    }


def _of_district_a(city: City, compounds: Compounds, facilities: Columns, rates: Rates) -> list[Lines]:
    """Support for every micro-station, working funds of every compound and year, one special fund."""
    is_station = np.array(facilities["kind"].values)[facilities["kind"].codes] == "micro_station"
    code = f"{city.district_code[DISTRICT_A]}"
    in_district = np.array(facilities["community_code"].to_pylist(), str).astype("U6") == code[:6]
    venues = facilities["facility_id"].filter(pa.array(is_station & in_district))
    own = np.tile(np.flatnonzero(compounds.district == DISTRICT_A), len(YEARS))
    return [
        _lines(VENUE, venues, YEARS[0], DISTRICT_A, rates.venue_support),
        _lines(
            COMPOUND,
            compounds.ids.take(pa.array(own)),
            np.repeat(YEARS, len(own) // len(YEARS)),
            DISTRICT_A,
            rates.compound_funds,
        ),
        _lines(SPECIAL, pa.array([code]), YEARS[-1], DISTRICT_A, rates.special_fund),
    ]


def _purchases(city: City, seed: int) -> list[Lines]:
    """Services bought of every provider by the districts, more of them every year."""
    random = random_for(seed, "purchases")
    district, year = np.divmod(np.arange(len(city.district_code) * len(YEARS)), len(YEARS))
    return [
        _lines(budget, nothing(len(year)), year + YEARS[0], district, rate, 2 + random.poisson(1.5 + year))
        for budget, rate in zip(PURCHASES, PURCHASE_YUAN, strict=True)
    ]


def _of_branches(branches: Branches, rates: Rates | None) -> list[Lines]:
    """Yearly lines of every branch founded by the middle of the year, by the rules of its district."""
    middle = np.array([f"{year}-07-01" for year in YEARS], "datetime64[D]")
    place, branch = np.nonzero(branches.founded[None, :] < middle[:, None])
    year, district = np.array(YEARS)[place], branches.district[branch]
    ids = branches.ids
    made = []
    town = 2_000 + 500 * np.minimum(branches.members[branch] // 20, 10)
    if rates is None:
        rules = [(TOWN, district >= 0, town, 1)]
    else:
        people = COMMITTEE_MEMBERS + branches.group_count[branch]
        rules = [
            (SECRETARY, district == DISTRICT_A, rates.secretary_allowance, 12),
            (BRANCH, district == DISTRICT_B, rates.branch_funds, 1),
            (PHONE, district == DISTRICT_B, rates.phone_allowance, people),
            (TOWN, district > DISTRICT_B, town, 1),
        ]
    for budget, chosen, rate, quantity in rules:
        rates, quantities = np.broadcast_to(rate, len(branch)), np.broadcast_to(quantity, len(branch))
        payee = ids.take(pa.array(branch[chosen]))
        made.append(_lines(budget, payee, year[chosen], district[chosen], rates[chosen], quantities[chosen]))
    return made


def _of_grant(budget: int, grant: Grant, city: City, compounds: Compounds, seed: int) -> Lines:
    """Lines of a grant in every year: to all communities, compounds or districts, or to some drawn anew."""
    district, ids = {
        "community": (city.community_district, codes("", city.community_code, 12)),
        "compound": (compounds.district, compounds.ids),
        "district": (np.arange(len(city.district_code)), codes("", city.district_code, 12)),
    }[grant.payee_kind]
    random = random_for(seed, "grants", grant.item)
    payees = [np.sort(random.permutation(len(district))[: grant.payees or len(district)]) for _ in YEARS]
    payee = np.concatenate(payees)
    year = np.repeat(YEARS, [len(chosen) for chosen in payees])
    quantity = 12 if grant.pay_period == "month" else 1
    return _lines(budget, ids.take(pa.array(payee)), year, district[payee], grant.rate, quantity)


def _lines(
    budget: int,
    payee: pa.Array,
    year: NDArray | int,
    district: NDArray | int,
    rate: NDArray | int,
    quantity: NDArray | int = 1,
) -> Lines:
    """Lines of one kind, single values standing for all of them."""
    return Lines(budget, payee, *(np.broadcast_to(value, len(payee)) for value in (year, district, rate, quantity)))
