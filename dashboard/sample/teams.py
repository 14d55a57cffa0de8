"""Teams of volunteers, patrols and neighbours: who stands ready, where, and for what."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.columns import Coded, Columns, codes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.geography import City
from dashboard.sample.lattice import shares
from dashboard.sample.plans import Plan, Services

KINDS = ("volunteer", "patrol", "emergency", "mutual_help", "compound_service", "self_governance")
VOLUNTEER, PATROL, EMERGENCY, MUTUAL, SERVICE, GOVERNANCE = range(len(KINDS))
COLOURS = ("blue", "white", "green", "red", "orange")
ROLES = (
    "法律服务", "健康义诊", "心理关爱", "扶老助残", "文化文艺", "治安巡逻", "应急抢险", "消杀保洁", "代购跑腿",
    "楼栋互助", "小区服务", "居民自治",
)  # fmt: skip
PATROLLING, RESCUE, NEIGHBOURS, SERVING, GOVERNING = 5, 6, 9, 10, 11  # into ROLES; colours take the first five
RESCUE_ROLES = 3
COLOUR_SHARE = np.array([0.72, 0.80, 0.66, 0.94, 0.86])  # of the communities with a team of the colour
MUTUAL_PER_COMPOUND = np.array([0.6, 0.9, 2.2, 2.0])  # by compound type: neighbours of old yards know each other
HEADCOUNTS = np.array([17, 12, 21, 7, 9, 11])  # by kind, on average
ROLE_SHARE = 0.82  # of the compounds, with a team for one of the roles that the place names
NOT_REPORTED = 0.006


@dataclass(frozen=True)
class Part:
    """Teams of one kind; arrays have one entry per team, `compound` only where teams belong to one."""

    kind: int
    role: NDArray[np.int64]
    community: NDArray[np.int64]
    compound: NDArray[np.int64] | None = None
    colour: NDArray[np.int64] | None = None


def teams(city: City, compounds: Compounds, plan: Plan, roles: list[str], seed: int) -> Columns:
    """The `teams` table: teams by colour in communities, patrols, emergency teams, and those of compounds.

    `roles` are those that the place wants filled in every compound; most compounds have a team for each.
    """
    random = random_for(seed, "teams")
    parts = [*_of_communities(city, plan.services, random), *_of_compounds(compounds, random)]
    parts += _in_roles(compounds, len(roles), seed)
    sizes = [len(part.community) for part in parts]
    kind = np.repeat([part.kind for part in parts], sizes)
    count = len(kind)
    headcount = 3 + random.poisson(HEADCOUNTS[kind] - 3)
    is_silent = random.random(count) < NOT_REPORTED
    if plan.services.emergency_volunteers:
        ready = np.flatnonzero(kind == EMERGENCY)
        headcount[ready] = shares(plan.services.emergency_volunteers, headcount[ready], minimum=5)
        is_silent[ready] = False
    return {
        "team_id": codes("T", np.arange(1, count + 1), 5),
        "kind": Coded(kind, KINDS),
        "colour": Coded(_or_none("colour", parts, sizes), COLOURS),
        "role": Coded(np.concatenate([part.role for part in parts]), (*ROLES, *roles)),
        "community_code": codes("", city.community_code[np.concatenate([part.community for part in parts])], 12),
        "compound_id": picked(compounds.ids, _or_none("compound", parts, sizes)),
        "headcount": masked(headcount, is_silent),
    }


def _of_communities(city: City, stated: Services, random: np.random.Generator) -> list[Part]:
    count = len(city.community_code)
    community, colour = np.nonzero(random.random((count, len(COLOURS))) < COLOUR_SHARE)
    patrolled = np.flatnonzero(random.random(count) < 0.78)
    ready, role = np.nonzero(random.random((count, RESCUE_ROLES)) < np.array([0.95, 0.4, 0.35]))
    if stated.patrol_teams:
        patrolled = np.sort(np.resize(np.arange(count), stated.patrol_teams))
    if stated.emergency_teams:
        ready = np.sort(np.resize(np.arange(count), stated.emergency_teams))
        role = (np.arange(len(ready)) - np.searchsorted(ready, ready)) % RESCUE_ROLES
    return [
        Part(VOLUNTEER, colour, community, colour=colour),
        Part(PATROL, np.full(len(patrolled), PATROLLING), patrolled),
        Part(EMERGENCY, RESCUE + role, ready),
    ]


def _of_compounds(compounds: Compounds, random: np.random.Generator) -> list[Part]:
    numbers = np.arange(compounds.count)
    chosen = {
        MUTUAL: (NEIGHBOURS, np.repeat(numbers, random.poisson(MUTUAL_PER_COMPOUND[compounds.kind]))),
        SERVICE: (SERVING, np.flatnonzero(random.random(compounds.count) < 0.9)),
        GOVERNANCE: (GOVERNING, np.flatnonzero(random.random(compounds.count) < 0.32)),
    }
    return [
        Part(kind, np.full(len(own), role), compounds.community[own], compound=own)
        for kind, (role, own) in chosen.items()
    ]


def _in_roles(compounds: Compounds, count: int, seed: int) -> list[Part]:
    random = random_for(seed, "roles of compounds")
    parts = []
    for role in range(count):
        own = np.flatnonzero(random.random(compounds.count) < ROLE_SHARE)
        parts.append(Part(SERVICE, np.full(len(own), len(ROLES) + role), compounds.community[own], compound=own))
    return parts


def _or_none(name: str, parts: list[Part], sizes: list[int]) -> NDArray[np.int64]:
    """A column of all parts, -1 where a part has none."""
    columns = [getattr(part, name) for part in parts]
    return np.concatenate(
        [np.full(size, -1) if column is None else column for column, size in zip(columns, sizes, strict=True)]
    )
