"""Compound Party organisations: which compounds they cover, how many members and groups they have."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import QUARTERS, START
from dashboard.sample.columns import codes, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.geography import City
from dashboard.sample.lattice import capped_shares, shares
from dashboard.sample.placement import HOUSING
from dashboard.sample.plans import Plan

LINKED_SHARE = 0.97  # of the compounds
MAX_BRANCH, MAX_OVERSIZED = 50, 70  # full members; above them a general branch
OVERSIZED_SHARE, TINY_SHARE, PROBATIONARY_SHARE = 0.04, 0.02, 0.012
LEAST_MEMBERS = 8  # of all but the tiny ones
LATER_SHARE = 0.2  # founded during the history


@dataclass(frozen=True)
class Branches:
    """Compound Party organisations in the order of their ids, by community, with links and groups."""

    community: NDArray[np.int64]
    district: NDArray[np.int64]
    main_kind: NDArray[np.int64]  # kind of housing of most households
    members: NDArray[np.int64]
    probationary: NDArray[np.int64]
    is_general: NDArray[np.bool_]
    founded: NDArray[np.datetime64]
    group_count: NDArray[np.int64]
    group_branch: NDArray[np.int64]  # per group
    group_members: NDArray[np.int64]
    compound: NDArray[np.int64]  # per link
    branch_of_link: NDArray[np.int64]  # per link, ascending

    @property
    def count(self) -> int:
        """Number of compound Party organisations."""
        return len(self.community)

    @property
    def ids(self) -> pa.Array:
        """`org_id` of every branch."""
        return codes("B", np.arange(1, self.count + 1), 5)

    @property
    def group_ids(self) -> pa.Array:
        """`org_id` of every building group."""
        return codes("G", np.arange(1, len(self.group_branch) + 1), 5)

    def of_compound(self, compounds: int) -> NDArray[np.int64]:
        """Branch of every compound, -1 where none covers it."""
        found = np.full(compounds, -1, np.int64)
        found[self.compound] = self.branch_of_link
        return found

    def first_quarter(self) -> NDArray[np.int64]:
        """Index of the first whole quarter after every branch was founded."""
        return np.searchsorted(QUARTERS, self.founded, side="left")


def workers_subdistrict(city: City, compounds: Compounds) -> int:
    """The workers' housing area: the inner subdistrict with most compounds."""
    towns = len(city.subdistrict_code)
    count = np.bincount(city.community_subdistrict[compounds.community], minlength=towns)
    away = np.bincount(city.community_subdistrict, city.community_away) / np.bincount(city.community_subdistrict)
    return int(np.argmax(np.where(away < 0.6, count, 0)))


def build(city: City, compounds: Compounds, plan: Plan, seed: int) -> Branches:
    """Share the compounds out to branches, the members to branches and groups."""
    random = random_for(seed, "branches")
    linked = _linked(compounds, random)
    per_community = _per_community(city, compounds, linked, plan)
    branch_of_link = _chunks(compounds.community[linked], per_community, random)
    count, types = int(per_community.sum()), len(HOUSING)
    community = np.repeat(np.arange(len(per_community)), per_community)
    by_kind = np.bincount(
        branch_of_link * types + compounds.kind[linked], compounds.households[linked], count * types
    ).reshape(count, types)
    main_kind = by_kind.argmax(1)
    members, probationary, is_general = _members(by_kind.sum(1), main_kind, plan, random)
    group_count = capped_shares(plan.scaled(plan.party.building_groups, least=count), np.maximum(members // 3, 1))
    return Branches(
        community=community,
        district=city.community_district[community],
        main_kind=main_kind,
        members=members,
        probationary=probationary,
        is_general=is_general,
        founded=_founded(count, random),
        group_count=group_count,
        group_branch=np.repeat(np.arange(count), group_count),
        group_members=evenly(members, group_count),
        compound=linked,
        branch_of_link=branch_of_link,
    )


def _linked(compounds: Compounds, random: np.random.Generator) -> NDArray[np.int64]:
    """Compounds that a branch covers: urban villages are likeliest to be left out."""
    race = random.exponential(size=compounds.count) * np.array([1.0, 0.25, 1.0, 1.6])[compounds.kind]
    return np.sort(np.argsort(-race, kind="stable")[: round(compounds.count * LINKED_SHARE)])


def _per_community(city: City, compounds: Compounds, linked: NDArray, plan: Plan) -> NDArray[np.int64]:
    """Branches of every community: never more than its linked compounds, a fixed sum in the workers' area."""
    available = np.bincount(compounds.community[linked], minlength=len(city.community_code))
    is_workers = city.community_subdistrict == workers_subdistrict(city, compounds)
    is_workers &= plan.party.workers_area is not None
    inside, outside = (
        np.flatnonzero(is_workers & (available > 0)),
        np.flatnonzero(~is_workers & (available > 0)),
    )
    there = plan.scaled(plan.party.workers_branches, least=len(inside))
    elsewhere = plan.scaled(plan.party.branches, least=there + len(outside)) - there
    wanted = np.zeros(len(available), np.int64)
    if len(inside):
        wanted[inside] = capped_shares(there, available[inside])
    wanted[outside] = capped_shares(elsewhere, available[outside])
    return wanted


def _chunks(community: NDArray, per_community: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Branch of every linked compound: neighbours share one, each community has its number of branches."""
    opens = random.random(len(community))
    first = np.searchsorted(community, community)
    opens[first] = -1.0  # the first compound of a community always opens a branch
    order = np.lexsort((opens, community))
    place = np.empty(len(community), np.int64)
    place[order] = np.arange(len(community)) - first
    return np.cumsum(place < per_community[community]) - 1


def _members(
    households: NDArray, kind: NDArray, plan: Plan, random: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Members of every branch, how many are probationary, whether it is a general branch.

    Some branches are oversized (a general branch is due) or tiny, so that warnings have something to show.
    """
    count = len(households)
    weights = (households + 40) ** 0.8 * np.array([0.8, 0.4, 1.05, 1.5])[kind] * random.lognormal(0, 0.3, count)
    total = plan.scaled(plan.party.members, least=2 * LEAST_MEMBERS * count)
    members = shares(total, weights, minimum=LEAST_MEMBERS)
    order = np.argsort(members, kind="stable")
    unfit = min(count // 3, max(1, round(count * TINY_SHARE)))
    tiny, biggest = order[:unfit], order[::-1][:unfit]
    small = random.integers(1, 3, len(tiny))
    members[biggest] += members[tiny] - small
    members[tiny] = small
    probationary = random.binomial(members, PROBATIONARY_SHARE)
    full = members - probationary
    is_general = full > MAX_BRANCH
    between = np.flatnonzero(is_general & (full <= MAX_OVERSIZED))
    is_general[random.permutation(between)[: max(1, round(count * OVERSIZED_SHARE))]] = False
    return members, probationary, is_general


def evenly(totals: NDArray, parts: NDArray) -> NDArray[np.int64]:
    """Every total shared among its number of parts as evenly as it goes, the larger parts first."""
    rank = np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)
    each, more = np.divmod(totals, parts)
    return np.repeat(each, parts) + (rank < np.repeat(more, parts))


def _founded(count: int, random: np.random.Generator) -> NDArray[np.datetime64]:
    """Founding dates: most before the history starts, the others spread over it."""
    before = START - random.integers(60, 2_600, count)
    during = START + np.floor(random.beta(1.1, 1.6, count) * 1_000).astype(np.int64)
    return np.where(random.random(count) < LATER_SHARE, during, before)
