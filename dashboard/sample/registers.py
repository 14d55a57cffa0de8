"""The register of Party organisations and their links to compounds."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, NO_DATE, START
from dashboard.sample.columns import Coded, Columns, codes, masked, nothing, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import weighted
from dashboard.sample.geography import City
from dashboard.sample.names import Name, suffixed
from dashboard.sample.organisation import Branches, evenly

ORG_TYPES = ("community_committee", "general_branch", "branch", "building_group")
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


def organisations(branches: Branches, city: City, compounds: Compounds, communities: list[Name], seed: int) -> Columns:
    """The `party_orgs` table: committees, then branches, then building groups."""
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
                nothing(committees),
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


def _elected(founded: NDArray, random: np.random.Generator) -> NDArray[np.datetime64]:
    """Last election: within three years for most, overdue for some, never before the founding."""
    count = len(founded)
    is_overdue = random.random(count) < OVERDUE_SHARE
    ago = np.where(is_overdue, random.integers(1_100, 1_500, count), random.integers(20, 1_090, count))
    return np.maximum(founded, AS_OF - ago)


def _names(branches: Branches, compounds: Compounds, covering: NDArray, communities: list[Name]) -> list[Name]:
    """Names of committees, branches (for their first compound) and groups (numbered)."""
    first = branches.compound[np.searchsorted(branches.branch_of_link, np.arange(branches.count))]
    homes = [compounds.names[place] for place in first]
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


def links(branches: Branches, compounds: Compounds) -> Columns:
    """The `org_compounds` table."""
    return {
        "org_id": picked(branches.ids, branches.branch_of_link),
        "compound_id": picked(compounds.ids, branches.compound),
    }
