"""The register of Party organisations and their links to compounds."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, NO_DATE, START
from dashboard.sample.columns import Coded, Columns, codes, masked, nothing, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import weighted
from dashboard.sample.geography import City
from dashboard.sample.names import Name, suffixed
from dashboard.sample.organisation import Branches, evenly
from dashboard.sample.plans import Plan

ORG_TYPES = (
    "community_committee", "general_branch", "branch", "building_group", "work_committee", "district_committee",
    "member_household", "temporary_general_branch", "temporary_branch",
)  # fmt: skip
WORK, DISTRICT, HOUSEHOLD, TEMPORARY_GENERAL, TEMPORARY = range(4, len(ORG_TYPES))
SETUP_MODES = ("single", "joint", "merged")
MERGED_HOUSEHOLDS = 90  # branches of compounds smaller than this on average are merged rather than joint
CHANNELS, CHANNEL_MIX = ("cadre", "veteran", "social_worker"), (0.46, 0.21, 0.33)
EMBED_MODES, EMBED_MIX = ("楼院", "商圈", "专业市场", "网格"), (0.62, 0.10, 0.05, 0.23)
COMMITTEE = ("党委", "Committee")
BRANCH_NAMES = {  # covers several compounds, is a general branch
    (False, False): ("党支部", "Branch"),
    (True, False): ("联合党支部", "Joint Branch"),
    (False, True): ("党总支", "General Branch"),
    (True, True): ("联合党总支", "Joint General Branch"),
}
OVERDUE_SHARE = 0.05  # of the branches: the last election is more than a term ago
EMERGENCY = np.datetime64("2022-08-06")  # when temporary organisations were set up


@dataclass(frozen=True)
class Part:
    """Organisations of one type; arrays have one entry per organisation."""

    kind: int  # index into ORG_TYPES
    ids: pa.Array
    above: pa.Array  # parent_org_id
    region: NDArray[np.int64]
    names: list[Name]


def organisations(
    branches: Branches, city: City, compounds: Compounds, communities: list[Name], plan: Plan, seed: int
) -> Columns:
    """The part of the `party_orgs` table that every place has: committees, then branches, then building groups."""
    random = random_for(seed, "party organisations")
    committees, count, groups = len(communities), branches.count, len(branches.group_branch)
    covering = np.bincount(branches.branch_of_link, minlength=count)
    households = np.bincount(branches.branch_of_link, compounds.households[branches.compound], count)
    setup = np.where(covering == 1, 0, np.where(households / covering < MERGED_HOUSEHOLDS, 2, 1))
    named = _names(branches, compounds, covering, communities)
    committee_ids = codes("K", np.arange(1, committees + 1), 4)
    founded = np.concatenate((START - random.integers(1_500, 5_000, committees), branches.founded))
    group_founded = branches.founded[branches.group_branch] + random.integers(0, 90, groups)
    community = np.concatenate((np.arange(committees), branches.community, branches.community[branches.group_branch]))
    probationary = np.concatenate((branches.probationary, evenly(branches.probationary, branches.group_count)))
    full = np.concatenate((branches.members, branches.group_members)) - probationary
    # A committee's members are those of its branches: a count of its own would add them twice.
    uncounted = np.arange(len(community)) < committees

    def of_branches(values: NDArray, labels: tuple[str, ...]) -> Coded:
        return Coded(np.concatenate((np.full(committees, -1), values, np.full(groups, -1))), labels)

    return {
        "org_id": pa.concat_arrays([committee_ids, branches.ids, branches.group_ids]),
        "name": [zh for zh, _ in named],
        "name_en": [en for _, en in named],
        "org_type": Coded(
            np.concatenate((np.zeros(committees), np.where(branches.is_general, 1, 2), np.full(groups, 3))),
            ORG_TYPES,
        ),
        "parent_org_id": pa.concat_arrays(
            [
                _work_ids(city).take(pa.array(city.community_subdistrict))
                if "work_committee" in plan.party.levels
                else nothing(committees),
                picked(committee_ids, branches.community),
                picked(branches.ids, branches.group_branch),
            ]
        ),
        "region_code": codes("", city.community_code[community], 12),
        "setup_mode": of_branches(setup, SETUP_MODES),
        "embed_mode": of_branches(weighted(count, EMBED_MIX, random), EMBED_MODES),
        "is_temporary": np.zeros(len(community), bool),
        "founded_date": np.concatenate((founded, np.minimum(group_founded, AS_OF))),
        "elected_date": np.concatenate((_elected(founded, random), np.full(groups, NO_DATE))),
        "secretary_channel": of_branches(weighted(count, CHANNEL_MIX, random), CHANNELS),
        "full_member_count": masked(np.concatenate((np.zeros(committees, np.int64), full)), uncounted),
        "probationary_member_count": masked(np.concatenate((np.zeros(committees, np.int64), probationary)), uncounted),
    }


def _work_ids(city: City) -> pa.Array:
    return codes("W", np.arange(1, len(city.subdistrict_code) + 1), 3)


def others(
    branches: Branches, city: City, compounds: Compounds, named: dict[str, list[Name]], plan: Plan, seed: int
) -> Columns | None:
    """The rest of the `party_orgs` table: levels above and below that some places have, temporary organisations."""
    random = random_for(seed, "other organisations")
    party, towns, districts = plan.party, named["subdistrict"], named["district"]
    has_districts = "district_committee" in party.levels
    district_ids = codes("P", np.arange(1, len(districts) + 1), 2)
    parts = []
    if has_districts:
        names = [suffixed(name, ("委", "Committee")) for name in districts]
        parts.append(Part(DISTRICT, district_ids, nothing(len(names)), city.district_code, names))
    if "work_committee" in party.levels:
        names = [suffixed(name, ("党工委", "Work Committee")) for name in towns]
        above = district_ids.take(pa.array(city.subdistrict_district)) if has_districts else nothing(len(names))
        parts.append(Part(WORK, _work_ids(city), above, city.subdistrict_code, names))
    if party.member_households:
        parts.append(_households(branches, city, compounds, plan))
    if party.temporary_branches:
        parts += _temporary(city, named, plan, random)
    return _columns(parts, random) if parts else None


def _households(branches: Branches, city: City, compounds: Compounds, plan: Plan) -> Part:
    """Member household hubs, shared out to the building groups in turn."""
    count, groups = plan.scaled(plan.party.member_households), len(branches.group_branch)
    group = np.sort(np.arange(count) % groups)
    branch = branches.group_branch[group]
    homes = _homes(branches, compounds)
    names = [
        suffixed(homes[place], (f"第{number}党员中心户", f"Member Household {number}"))
        for place, number in zip(branch, np.arange(count) - np.searchsorted(branch, branch) + 1, strict=True)
    ]
    community = city.community_code[branches.community[branch]]
    return Part(HOUSEHOLD, codes("H", np.arange(1, count + 1), 5), picked(branches.group_ids, group), community, names)


def _temporary(city: City, named: dict[str, list[Name]], plan: Plan, random: np.random.Generator) -> list[Part]:
    """Organisations set up for an emergency: general ones of subdistricts, branches of communities under them."""
    generals, count = (
        plan.scaled(figure) for figure in (plan.party.temporary_general_branches, plan.party.temporary_branches)
    )
    town = np.sort(random.permutation(len(city.subdistrict_code))[:generals])
    ids = codes("TG", np.arange(1, len(town) + 1), 2)
    names = [suffixed(named["subdistrict"][place], ("临时党总支", "Temporary General Branch")) for place in town]
    of_town = np.full(len(city.subdistrict_code), -1)
    of_town[town] = np.arange(len(town))
    community = np.sort(np.resize(np.arange(len(city.community_code)), count))
    numbers = np.arange(count) - np.searchsorted(community, community) + 1
    below = [
        suffixed(named["community"][place], (f"第{number}临时党支部", f"Temporary Branch {number}"))
        for place, number in zip(community, numbers, strict=True)
    ]
    subdistrict = city.community_subdistrict[community]
    general = of_town[subdistrict]
    above = pc.if_else(pa.array(general >= 0), picked(ids, general), _work_ids(city).take(pa.array(subdistrict)))
    return [
        Part(TEMPORARY_GENERAL, ids, _work_ids(city).take(pa.array(town)), city.subdistrict_code[town], names),
        Part(TEMPORARY, codes("T", np.arange(1, count + 1), 4), above, city.community_code[community], below),
    ]


def _columns(parts: list[Part], random: np.random.Generator) -> Columns:
    """Columns of the table for parts of one type each; what only branches have is not applicable."""
    sizes = [len(part.names) for part in parts]
    kind, count = np.repeat([part.kind for part in parts], sizes), sum(sizes)
    is_temporary = kind >= TEMPORARY_GENERAL
    founded = np.where(
        is_temporary, EMERGENCY + random.integers(0, 20, count), START - random.integers(900, 4_000, count)
    )
    is_elected = np.isin(kind, (WORK, DISTRICT))
    none, uncounted = Coded(np.full(count, -1), ()), masked(np.zeros(count, np.int64), np.ones(count, bool))
    return {
        "org_id": pa.concat_arrays([part.ids for part in parts]),
        "name": [zh for part in parts for zh, _ in part.names],
        "name_en": [en for part in parts for _, en in part.names],
        "org_type": Coded(kind, ORG_TYPES),
        "parent_org_id": pa.concat_arrays([part.above for part in parts]),
        "region_code": codes("", np.concatenate([part.region for part in parts]), 12),
        "setup_mode": none,
        "embed_mode": none,
        "is_temporary": is_temporary,
        "founded_date": founded,
        "elected_date": np.where(is_elected, _elected(founded, random), NO_DATE),
        "secretary_channel": none,
        "full_member_count": uncounted,
        "probationary_member_count": uncounted,
    }


def _elected(founded: NDArray, random: np.random.Generator) -> NDArray[np.datetime64]:
    """Last election: within three years for most, overdue for some, never before the founding."""
    count = len(founded)
    is_overdue = random.random(count) < OVERDUE_SHARE
    ago = np.where(is_overdue, random.integers(1_100, 1_500, count), random.integers(20, 1_090, count))
    return np.maximum(founded, AS_OF - ago)


def _names(branches: Branches, compounds: Compounds, covering: NDArray, communities: list[Name]) -> list[Name]:
    """Names of committees, branches (for their first compound) and groups (numbered)."""
    homes = _homes(branches, compounds)
    suffixes = [
        BRANCH_NAMES[bool(several), bool(general)]
        for several, general in zip(covering > 1, branches.is_general, strict=True)
    ]
    rank = np.arange(len(branches.group_branch)) - np.searchsorted(branches.group_branch, branches.group_branch)
    return [
        *(suffixed(name, COMMITTEE) for name in communities),
        *(suffixed(home, suffix) for home, suffix in zip(homes, suffixes, strict=True)),
        *(
            suffixed(homes[branch], (f"第{number}党小组", f"Group {number}"))
            for branch, number in zip(branches.group_branch, rank + 1, strict=True)
        ),
    ]


def _homes(branches: Branches, compounds: Compounds) -> list[Name]:
    """Name of the first compound of every branch."""
    first = branches.compound[np.searchsorted(branches.branch_of_link, np.arange(branches.count))]
    return [compounds.names[place] for place in first]


def links(branches: Branches, compounds: Compounds) -> Columns:
    """The `org_compounds` table."""
    return {
        "org_id": picked(branches.ids, branches.branch_of_link),
        "compound_id": picked(compounds.ids, branches.compound),
    }
