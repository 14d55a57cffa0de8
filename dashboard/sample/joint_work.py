"""Units that build together with communities: who they are, what they share, and what both sides say of each other."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample import names
from dashboard.sample.calendar import AS_OF, DAYS, NO_DATE, QUARTERS, START, quarter_of
from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, logistic, pick, weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

TYPES = ("agency", "public_institution", "state_firm", "private_firm", "social_organisation")
TYPE_MIX = (0.32, 0.26, 0.12, 0.21, 0.09)
AGENCIES, NEW_SECTOR = (0, 1), (3, 4)
LEVELS = ("province", "city", "district", "other_district", "subdistrict", "none")
LEVEL_MIX = np.array([  # by type of unit: private firms and associations are of no level
    [0.05, 0.24, 0.47, 0.07, 0.17, 0.00],
    [0.07, 0.21, 0.44, 0.08, 0.18, 0.02],
    [0.10, 0.36, 0.44, 0.08, 0.00, 0.02],
    [0.00, 0.00, 0.00, 0.00, 0.00, 1.00],
    [0.00, 0.00, 0.00, 0.00, 0.00, 1.00],
])  # fmt: skip
SUFFIXES = (
    (
        ("事务局", "Affairs Bureau"),
        ("监测站", "Monitoring Office"),
        ("税务所", "Tax Office"),
        ("统计队", "Survey Team"),
    ),
    (("小学", "Primary School"), ("卫生院", "Clinic"), ("图书馆", "Library"), ("研究所", "Institute")),
    (("水务公司", "Waterworks"), ("公交公司", "Bus Company"), ("粮油公司", "Grain Company")),
    (("商贸公司", "Trading Company"), ("餐饮店", "Restaurant"), ("科技公司", "Technology Company")),
    (("志愿者协会", "Volunteers' Association"), ("社工服务社", "Social Work Service"), ("商会", "Chamber of Commerce")),
)  # fmt: skip
JOINED = np.array([0.96, 0.93, 0.84, 0.7, 0.78])  # share in a joint committee, by type
NEIGHBOURLY = 0.78  # share of a unit's visits that go to its own community
KINDS = ("场地", "停车位", "专业人才", "设施设备", "文体器材", "培训课程", "图书资料")
KIND_MIX = (0.26, 0.21, 0.17, 0.12, 0.1, 0.09, 0.05)
USE_A_MONTH = np.array([1.6, 2.4, 0.7, 0.5, 0.6, 0.25, 0.4])  # times, by kind
RATED_SINCE = 4  # quarters from the start: two-way ratings came a year later
NOT_REPORTED = 0.004
STEMS = 1_000  # different names; units that share one differ in what follows it


@dataclass(frozen=True)
class Units:
    """Units in the order of their ids; arrays have one entry per unit."""

    ids: pa.Array
    type: NDArray[np.int64]  # index into TYPES
    level: NDArray[np.int64]  # index into LEVELS, -1 if not reported
    community: NDArray[np.int64]
    has_joined: NDArray[np.bool_]
    zeal: NDArray[np.float64]  # around 0

    @property
    def count(self) -> int:
        """Number of units."""
        return len(self.type)


def build(compounds: Compounds, plan: Plan, seed: int) -> Units:
    """Draw the units; where the plan counts those of the new sector, the rest are agencies and institutions."""
    random = random_for(seed, "units")
    count = unit_count(plan)
    kind = weighted(count, TYPE_MIX, random)
    if plan.party.new_sector_units is not None:
        is_new = pick(min(count, plan.scaled(plan.party.new_sector_units)), np.ones(count), random)
        kind = np.where(is_new, random.choice(NEW_SECTOR, count), random.choice(AGENCIES, count, p=(0.55, 0.45)))
    level = by_row(kind, LEVEL_MIX, random)
    community = compounds.community[weighted(count, compounds.households, random)]
    # All are in a joint committee where the plan counts them; elsewhere some communities are slow to set one up.
    slow = random.random(int(compounds.community.max()) + 1) < 0.12
    has_joined = (random.random(count) < JOINED[kind]) & ~slow[community]
    if plan.party.new_sector_units is not None:
        has_joined = np.ones(count, bool)
    return Units(
        codes("U", np.arange(1, count + 1), 5),
        kind,
        np.where(random.random(count) < 4 * NOT_REPORTED, -1, level),
        community,
        has_joined,
        random.normal(0, 1, count),
    )


def unit_count(plan: Plan) -> int:
    """How many units there are at the plan's scale."""
    return plan.scaled(plan.party.units, least=9)


def table(units: Units, city: City, seed: int) -> Columns:
    """The `units` table; a unit of another district has its seat there, where there is one."""
    random = random_for(seed, "units table")
    stems = names.unique(STEMS, random)
    called = []
    for place, kind in enumerate(units.type):
        suffixes = SUFFIXES[kind]
        called.append(names.suffixed(stems[place % STEMS], suffixes[(place + place // STEMS) % len(suffixes)]))
    home = city.community_district[units.community]
    away = (home + 1) % len(city.district_code)
    seat = np.where(units.level == LEVELS.index("other_district"), away, home)
    community = codes("", city.community_code[units.community], 12)
    return {
        "unit_id": units.ids,
        "name": [zh for zh, _en in called],
        "name_en": [en for _zh, en in called],
        "unit_type": Coded(units.type, TYPES),
        "level": Coded(units.level, LEVELS),
        "region_code": codes("", city.district_code[seat], 12),
        "joint_committee_community_code": picked(community, np.where(units.has_joined, np.arange(units.count), -1)),
    }


def visits(units: Units, compounds: Compounds, count: int, random: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Unit and compound of `count` visits: every unit comes once at least, the zealous ones often, most nearby."""
    often = np.exp(0.9 * units.zeal) * (0.5 + units.has_joined)
    unit = np.concatenate((np.arange(units.count), weighted(max(0, count - units.count), often, random)))[:count]
    left, right = (np.searchsorted(compounds.community, units.community, side) for side in ("left", "right"))
    own = left[unit] + np.floor(random.random(count) * (right - left)[unit]).astype(np.int64)
    elsewhere = random.integers(0, compounds.count, count)
    return unit, np.where(random.random(count) < NEIGHBOURLY, own, elsewhere)


def resource_shares(units: Units, city: City, quality: Quality, seed: int) -> Columns:
    """The `resource_shares` table: what units in joint committees offer, and how often it was used so far."""
    random = random_for(seed, "resource shares")
    unit = np.repeat(np.arange(units.count), random.poisson(1.9 * np.exp(0.35 * units.zeal)) * units.has_joined)
    count = len(unit)
    day = np.floor(random.beta(1.1, 1.4, count) * DAYS).astype(np.int64)
    order = np.argsort(day, kind="stable")
    unit, day = unit[order], day[order]
    kind = weighted(count, KIND_MIX, random)
    good = quality.district[city.community_district[units.community[unit]], quarter_of(day)]
    is_asked = random.random(count) < logistic(1.2 + 0.8 * good)  # what nobody asks for is never used
    used = random.poisson(USE_A_MONTH[kind] * (DAYS - day) / 30) * is_asked
    return {
        "share_id": codes("H", np.arange(1, count + 1), 6),
        "unit_id": picked(units.ids, unit),
        "community_code": codes("", city.community_code[units.community[unit]], 12),
        "kind": Coded(kind, KINDS),
        "offered_date": START + day,
        "used_times": masked(used, random.random(count) < 0.03),
    }


def post_claims(
    ids: pa.Array, home: NDArray, city: City, compounds: Compounds, quality: Quality, types: list[str], seed: int
) -> Columns:
    """The `post_claims` table of the members `ids`, who live in the compounds `home`; `types` as in the profile."""
    random = random_for(seed, "post claims")
    person = np.repeat(np.arange(len(home)), random.poisson(0.5, len(home)))
    day = np.floor(random.beta(1.2, 1.1, len(person)) * DAYS).astype(np.int64)
    order = np.argsort(day, kind="stable")
    person, day = person[order], day[order]
    count = len(person)
    kind = weighted(count, 1.9 - np.linspace(0, 1.3, len(types)), random)
    difficulty = random.permutation(np.linspace(-0.7, 1.0, len(types)))  # some posts take long and are given up
    compound = home[person]
    good = quality.compound[compound, quarter_of(day)]
    completed = START + day + 1 + random.gamma(1.6, 7 + 4 * (1 + difficulty[kind])).astype(np.int64)
    is_done = (random.random(count) < logistic(2.1 + 0.6 * good - difficulty[kind])) & (completed <= AS_OF)
    has_evidence = random.random(count) < np.where(is_done, logistic(2.0 + 0.5 * good), 0.12)
    is_rated = is_done & (random.random(count) < 0.74)
    return {
        "claim_id": codes("P", np.arange(1, count + 1), 6),
        "member_id": picked(ids, person),
        "post_type": Coded(kind, types),
        "community_code": codes("", city.community_code[compounds.community[compound]], 12),
        "claimed_date": START + day,
        "completed_date": np.where(is_done, completed, NO_DATE),
        "evidence_count": masked(has_evidence * (1 + random.poisson(1.3, count)), random.random(count) < 0.02),
        "rating": masked(5 - random.binomial(4, logistic(-2.0 - 0.6 * good)), ~is_rated),
    }


def appraisals(units: Units, city: City, compounds: Compounds, quality: Quality, seed: int) -> Columns:
    """The `appraisals` table: communities and units of each other, superiors and residents of communities."""
    random = random_for(seed, "appraisals")
    cells = np.maximum(np.bincount(compounds.community, minlength=len(city.community_code)), 1)
    good = np.stack(
        [np.bincount(compounds.community, quality.compound[:, at], len(cells)) / cells for at in range(len(QUARTERS))],
        1,
    )
    joint = np.flatnonzero(units.has_joined)
    hosts = np.unique(units.community[joint])
    settled = np.arange(len(city.community_code))
    own = good[units.community[joint]] * 1.5 + 4.6 * units.zeal[joint][:, None]
    unit_codes = (joint, units.ids)
    towns = codes("", city.community_code, 12)
    late, every = np.arange(RATED_SINCE, len(QUARTERS)), np.arange(len(QUARTERS))
    parts = [
        _scores("unit", unit_codes, late, "service_quality", "community", 84 + own, (3, 9), random),
        _scores("unit", unit_codes, late, "participation", "community", 81 + 1.2 * own, (3, 9), random),
        _scores("community", (hosts, towns), late, "cooperation", "unit", 86 + 4.0 * good[hosts], (1, 6), random),
        _scores("community", (hosts, towns), late, "support", "unit", 83 + 4.5 * good[hosts], (1, 6), random),
        _scores("community", (settled, towns), every, "quality", "superior", 82 + 6.0 * good, (1, 2), random),
        _scores("community", (settled, towns), every, "innovation", "superior", 74 + 6.5 * good, (1, 2), random),
        _scores("community", (settled, towns), every, "satisfaction", "resident", 85 + 5.5 * good, (20, 120), random),
    ]
    return {name: _joined([part[name] for part in parts]) for name in parts[0]}


def _scores(
    subject: str,
    subjects: tuple[NDArray, pa.Array],
    quarters: NDArray,
    dimension: str,
    appraiser: str,
    middle: NDArray,
    respondents: tuple[int, int],
    random: np.random.Generator,
) -> Columns:
    """Scores of `subjects` (their places in a list of codes) by quarter round `middle` (subjects × all quarters)."""
    places, all_codes = subjects
    who, when = (part.ravel() for part in np.meshgrid(np.arange(len(places)), quarters, indexing="ij"))
    is_given = random.random(len(who)) < 0.97
    who, when = who[is_given], when[is_given]
    count = len(who)
    score = np.clip(middle[who, when] + 0.35 * (when - len(QUARTERS) / 2) + random.normal(0, 3.2, count), 20, 100)
    return {
        "subject_kind": pa.array([subject] * count),
        "subject_id": picked(all_codes, places[who]),
        "quarter": QUARTERS[when],
        "dimension": pa.array([dimension] * count),
        "appraiser_kind": pa.array([appraiser] * count),
        "direction": pa.array(["top_down" if appraiser in ("superior", "unit") else "bottom_up"] * count),
        "score": masked(np.round(score, 1), random.random(count) < NOT_REPORTED),
        "respondents": random.integers(*respondents, count),
    }


def _joined(parts: list) -> pa.Array | np.ndarray:
    return pa.concat_arrays(parts) if isinstance(parts[0], pa.Array) else np.ma.concatenate(parts)
