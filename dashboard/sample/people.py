"""Members of the register, their yearly reviews, and the in-service members who report in where they live."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample import joint_work, names
from dashboard.sample.calendar import DAYS, START, YEARS, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, hashes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.geography import City
from dashboard.sample.organisation import Branches
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

CATEGORIES = ("resident_managed", "floating", "in_service", "retired")
FLOATING, IN_SERVICE, RETIRED = 1, 2, 3
OTHER_MIX = (0.38, 0.17, 0.45)  # of those not retired: directly managed, floating, in service
AGE_BANDS = ("18-35", "36-45", "46-55", "56-65", "66-75", "76-85", "86+")
AGE_MIX = np.array([  # by category
    [0.16, 0.24, 0.28, 0.22, 0.08, 0.02, 0.00],
    [0.38, 0.34, 0.20, 0.06, 0.02, 0.00, 0.00],
    [0.24, 0.34, 0.30, 0.12, 0.00, 0.00, 0.00],
    [0.00, 0.00, 0.03, 0.33, 0.39, 0.20, 0.05],
])  # fmt: skip
AGE_MIDDLE = np.array([28, 41, 51, 61, 70, 80, 89])
EXEMPT_BY_AGE = np.array([0, 0, 0, 0.004, 0.012, 0.075, 0.4])
EXEMPT_IF_FLOATING = 0.45
EXEMPT_REASONS = ("aged", "ill", "floating")
EMERGENCY_POSTS = ("物资保障", "秩序维护", "信息摸排", "医疗救助", "政策宣传", "心理疏导")
GRADES = ("excellent", "qualified", "basically_qualified", "unqualified")
KINDS = ("ordinary", "backbone", "laggard")  # who does most of what is scored, and who fails
BACKBONE_LOGIT, LAGGARD_LOGIT = -2.2, -4.4
EXCELLENT_LOGIT = np.array([-2.2, -0.2, -5.0])  # by kind of member
BELOW_LOGIT = np.array([-4.9, -6.0, -1.1])
VISITS_PER_UNIT = 15  # over the three years
ELSEWHERE = 1 << 40  # numbers of people who are not on this register


@dataclass(frozen=True)
class Members:
    """The register in the order of branches and groups; arrays have one entry per member."""

    ids: pa.Array
    group: NDArray[np.int64]
    branch: NDArray[np.int64]
    category: NDArray[np.int64]
    age: NDArray[np.int64]  # index into AGE_BANDS
    is_exempt: NDArray[np.bool_]
    kind: NDArray[np.int64]  # index into KINDS
    activity: NDArray[np.float64]  # number of events relative to others of the same kind

    @property
    def count(self) -> int:
        """Number of members."""
        return len(self.group)


def build(branches: Branches, quality: Quality, plan: Plan, seed: int) -> Members:
    """Fill the groups with members: categories in exact numbers, ages by category."""
    random = random_for(seed, "members")
    group = np.repeat(np.arange(len(branches.group_branch)), branches.group_members)
    branch = branches.group_branch[group]
    count = len(group)
    category = np.full(count, RETIRED)
    younger = np.array([0.9, 1.6, 1.0, 0.8])[branches.main_kind[branch]]
    race = random.exponential(size=count) / younger
    others = np.argsort(race, kind="stable")[: count - plan.scaled(plan.party.retired_members)]
    category[others] = weighted(len(others), OTHER_MIX, random)
    age = by_row(category, AGE_MIX, random)
    exempt = np.where(category == FLOATING, EXEMPT_IF_FLOATING, EXEMPT_BY_AGE[age])
    is_exempt = random.random(count) < exempt
    kind = _kinds(quality.branch.mean(1)[branch], category, age, is_exempt, random)
    activity = np.where(kind == 0, random.gamma(0.5, 2.0, count), random.lognormal(0, 0.2, count))
    activity = activity * np.where(is_exempt, 0.1, 1.0)
    return Members(hashes(np.arange(count), seed), group, branch, category, age, is_exempt, kind, activity)


def _kinds(
    good: NDArray, category: NDArray, age: NDArray, is_exempt: NDArray, random: np.random.Generator
) -> NDArray[np.int64]:
    """Kind of every member: better branches have a broader backbone and fewer laggards."""
    fit = np.array([0.25, -1.2, 0.15, 0.0])[category] + np.array([0.0, 0.1, 0.1, 0.25, 0.0, -0.9, -3.0])[age]
    backbone = logistic(BACKBONE_LOGIT + fit + 0.75 * good)
    laggard = logistic(LAGGARD_LOGIT - 0.6 * good + 0.5 * (category == FLOATING))
    draw = random.random(len(good))
    kind = np.where(draw < backbone, 1, np.where(draw > 1 - laggard, 2, 0))
    return np.where(is_exempt, 0, kind)


def table(members: Members, branches: Branches, city: City, plan: Plan, seed: int) -> Columns:
    """The `members` table; a member's home is the community of the branch."""
    random = random_for(seed, "members table")
    count, category, age = members.count, members.category, members.age
    reason = np.where(category == FLOATING, 2, random.random(count) < 0.28)
    joined = YEARS[-1] - AGE_MIDDLE[age] + random.integers(22, 38, count)
    surname, masked_names = names.masked(count, random)
    has_post = (random.random(count) < 0.12) & (age < 5) & ~members.is_exempt
    post = random.integers(0, len(EMERGENCY_POSTS), count)
    unit = np.where(category == IN_SERVICE, random.integers(0, joint_work.unit_count(plan), count), -1)
    return {
        "member_id": members.ids,
        "masked_name": Coded(surname, masked_names),
        "org_id": picked(branches.ids, members.branch),
        "group_org_id": picked(branches.group_ids, members.group),
        "category": Coded(category, CATEGORIES),
        "age_band": Coded(np.where(random.random(count) < 0.005, -1, age), AGE_BANDS),
        "joined_year": masked(np.clip(joined, 1946, YEARS[-1]), random.random(count) < 0.005),
        "unit_id": _unit_ids(unit, joint_work.unit_count(plan)),
        "home_community_code": codes("", city.community_code[branches.community[members.branch]], 12),
        "is_exempt": members.is_exempt,
        "exempt_reason": Coded(np.where(members.is_exempt, reason, -1), EXEMPT_REASONS),
        "emergency_post": Coded(np.where(has_post, post, -1), EMERGENCY_POSTS),
    }


def _unit_ids(places: NDArray, units: int) -> pa.Array:
    """`unit_id` of units by place, null where it is negative."""
    return picked(codes("U", np.arange(1, units + 1), 5), places)


def reviews(members: Members, quality: Quality, branches: Branches, seed: int) -> Columns:
    """The `member_reviews` table: a grade per member and year since the branch was founded, a few missing."""
    random = random_for(seed, "reviews")
    member_of, year_of, grade_of = [], [], []
    for place, year in enumerate(YEARS):
        is_founded = branches.founded < np.datetime64(f"{year}-10-01")
        member = np.flatnonzero(is_founded[members.branch] & (random.random(members.count) < 0.985))
        good = quality.branch[members.branch[member], 4 * place + 3]
        excellent = logistic(EXCELLENT_LOGIT[members.kind[member]] + 0.4 * good)
        below = logistic(BELOW_LOGIT[members.kind[member]] - 0.4 * good)
        draw = random.random(len(member))
        grade = np.where(draw > 1 - below * 0.12, 3, np.where(draw > 1 - below, 2, np.where(draw < excellent, 0, 1)))
        member_of.append(member)
        year_of.append(np.full(len(member), year))
        grade_of.append(grade)
    return {
        "member_id": picked(members.ids, np.concatenate(member_of)),
        "year": np.concatenate(year_of),
        "grade": Coded(np.concatenate(grade_of), GRADES),
    }


def residences(compounds: Compounds, plan: Plan, seed: int) -> NDArray[np.int64]:
    """Compound of each in-service member who reported in; they are on the registers of their workplaces."""
    people = plan.scaled(plan.party.reported_in_members)
    return weighted(people, compounds.households, random_for(seed, "residences"))


def elsewhere_ids(people: int, seed: int) -> pa.Array:
    """Pseudonyms of the members who reported in, none of them on this register."""
    return hashes(ELSEWHERE + np.arange(people), seed)


def report_ins(city: City, compounds: Compounds, quality: Quality, plan: Plan, seed: int) -> Columns:
    """The `report_ins` table: in-service members where they live, and units. Hours mean that they served.

    These members are on the registers of their workplaces, not on this one.
    """
    random = random_for(seed, "report-ins")
    units = joint_work.build(compounds, plan, seed)
    home, visits = residences(compounds, plan, seed), VISITS_PER_UNIT * units.count
    people, (visitor, visited) = len(home), joint_work.visits(units, compounds, visits, random)
    again = np.repeat(np.arange(people), random.poisson(random.gamma(0.9, 0.75 / 0.9, people)))
    first = np.floor(random.beta(0.9, 1.5, people) * DAYS).astype(np.int64)
    later = first[again] + np.floor(random.random(len(again)) * (DAYS - first[again])).astype(np.int64)

    person = np.concatenate((np.arange(people), again, np.full(visits, -1)))
    unit = np.concatenate((np.full(people + len(again), -1), visitor))
    day = np.concatenate((first, later, random.integers(0, DAYS, visits)))
    compound = np.concatenate((home, home[again], visited))
    order = np.argsort(day, kind="stable")
    if plan.party.report_ins_of_last_year:
        # What is beyond the report's number of person-times are visits again: no person is lost.
        is_last = (START + day[order] >= np.datetime64(f"{YEARS[-1]}-01-01")) & (person[order] >= 0)
        beyond = int(is_last.sum()) - plan.scaled(plan.party.report_ins_of_last_year)
        order = np.delete(order, np.flatnonzero(is_last & (order >= people))[: max(0, beyond)])
    person, unit, day, compound = person[order], unit[order], day[order], compound[order]
    count = len(day)
    good = quality.compound[compound, quarter_of(day)]
    has_served = random.random(count) < logistic(1.5 + 0.6 * good)
    is_flood_season = (day % 365 > 170) & (day % 365 < 235)
    is_emergency = random.random(count) < np.where(is_flood_season, 0.16, 0.05)
    hours = np.round(random.gamma(2.2, 1.1, count) * 2 + 1) / 2
    hours = np.where(unit >= 0, hours * random.integers(2, 9, count), hours)  # of a unit several come
    cell = compounds.any_cell(compound, random)
    return {
        "report_in_id": codes("R", np.arange(1, count + 1), 7),
        "party": Coded(person >= 0, ("unit", "member")),
        "unit_id": picked(units.ids, unit),
        "member_id": picked(elsewhere_ids(people, seed), person),
        "community_code": codes("", city.community_code[compounds.community[compound]], 12),
        "grid_code": codes("", city.cell_code[cell], 17),
        "reported_date": START + day,
        "mode": Coded(is_emergency, ("routine", "emergency")),
        "hours": masked(hours, ~has_served),
    }


def post_claims(
    city: City, compounds: Compounds, quality: Quality, plan: Plan, types: list[str], seed: int
) -> Columns:
    """The `post_claims` table: posts that the members who reported in took on where they live."""
    home = residences(compounds, plan, seed)
    ids = elsewhere_ids(len(home), seed)
    return joint_work.post_claims(ids, home, city, compounds, quality, types, seed)
