"""Grid and community workers: their posts, present and past, and the careers they made."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample import compounds as housing
from dashboard.sample.calendar import DAYS, START
from dashboard.sample.columns import Coded, Columns, codes, hashes, masked, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, pick, weighted
from dashboard.sample.geography import City
from dashboard.sample.plans import Plan
from dashboard.sample.trainings import seasonal_days

KINDS = ("full_time", "part_time", "auxiliary", "community_worker")
FULL, PART, AUXILIARY, COMMUNITY = range(len(KINDS))
ROLES = ("网格长", "网格专管员", "微网格长", "街巷长", "楼院长", "信息采集员", "驻小区社工", "社区综合岗")
OFFICER, IN_COMPOUND, IN_COMMUNITY = 1, 6, 7  # into ROLES
ROLE_MIX = np.array([  # by kind
    [0.58, 0.42, 0.00, 0.00, 0.00, 0.00, 0.0, 0.0],
    [0.00, 0.00, 1.00, 0.00, 0.00, 0.00, 0.0, 0.0],
    [0.00, 0.00, 0.52, 0.04, 0.27, 0.17, 0.0, 0.0],
    [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.0, 1.0],
])  # fmt: skip
SOURCES = (
    "公开招聘", "辅助网格员转任", "专职网格员转任", "企业退休党员", "居民党员", "物业人员", "志愿者", "驻区单位人员",
)  # fmt: skip
FROM_AUXILIARY, FROM_FULL = 1, 2  # into SOURCES
SOURCE_MIX = np.array([  # by kind, of those who did not come from another kind
    [0.93, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.07],
    [0.00, 0.00, 0.00, 0.00, 0.16, 0.12, 0.00, 0.72],
    [0.00, 0.00, 0.00, 0.34, 0.27, 0.21, 0.18, 0.00],
    [1.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00],
])  # fmt: skip
MEMBER_SHARE = np.array([0.41, 0.62, 0.62, 0.48])  # by kind
MOVES = (
    "auxiliary_to_full_time", "full_time_to_community_worker", "elected_to_committees", "public_post",
    "township_leadership",
)  # fmt: skip
LEFT = len(MOVES)  # no move: the post was given up
WAY_OUT = np.array([  # by kind, of those who left for no other kind of post: MOVES and LEFT
    [0.0, 0.0, 0.24, 0.08, 0.00, 0.68],
    [0.0, 0.0, 0.00, 0.00, 0.00, 1.00],
    [0.0, 0.0, 0.01, 0.00, 0.00, 0.99],
    [0.0, 0.0, 0.30, 0.15, 0.05, 0.50],
])  # fmt: skip
TRANSFER_SHARE = {FULL: 0.42, COMMUNITY: 0.38}  # of those taken on since the start
LEAVERS = np.array([0.09, 0.0, 0.13, 0.08])  # by kind, of those in post: posts that ended since the start
PER_STATION = 0.7  # workers beyond the first, on average
STATIONED_ELSEWHERE = 0.02  # of the community workers
LEANING, SPREAD = 1.1, 0.45  # how far districts and communities differ in staffing, on a log scale
NOT_REPORTED = 0.006
LOSING = 0.97  # of those in post in the one district that hires nobody and loses workers
EARLIEST = -2_600  # days before the start
HIRING = np.array([2, 1, 9, 8, 5, 6, 12, 9, 7, 4, 3, 2])  # by month: after the new year and in summer


@dataclass(frozen=True)
class Posts:
    """Posts of workers, one entry each; what is missing is -1, days count from the start of the history."""

    kind: NDArray[np.int64]
    role: NDArray[np.int64]
    source: NDArray[np.int64]
    community: NDArray[np.int64]
    place: NDArray[np.int64]  # grid, or number of grids + cell
    station: NDArray[np.int64]  # compound
    started: NDArray[np.int64]
    ended: NDArray[np.int64]  # DAYS where it goes on
    move: NDArray[np.int64]  # into MOVES, LEFT without one

    @property
    def count(self) -> int:
        """Number of posts."""
        return len(self.kind)


def build(city: City, compounds: Compounds, plan: Plan, seed: int) -> Posts:
    """Draw the posts: exactly as many in post at the end as planned, besides those that ended on the way."""
    random = random_for(seed, "workforce")
    staff, districts = plan.workforce, len(city.district_code)
    leaning = random.permutation(np.linspace(-LEANING, LEANING, districts))
    weight = np.exp(leaning[city.community_district] + random.normal(0, SPREAD, len(city.community_code)))
    early = random.uniform(0.5, 0.78, districts)  # share of those in post who were so before the start
    early[random.integers(districts)] = LOSING
    weakest = int(np.argmin(leaning))
    present = _joined(
        [
            _in_grids(
                FULL, _spread(plan.scaled(staff.full_time), weight[city.grid_community] ** 0.25, random), city, random
            ),
            _in_grids(PART, _one_each(plan.scaled(staff.part_time), weakest, city, random), city, random),
            _in_grids(AUXILIARY, _spread_cells(plan.scaled(staff.auxiliary), weight, city, random), city, random),
            _in_communities(plan.scaled(staff.community_workers), weight, city, compounds, plan, seed),
        ]
    )
    district = city.community_district[present.community]
    is_early = random.random(present.count) < early[district]
    started = np.where(is_early, random.integers(EARLIEST, 0, present.count), _hiring_days(present.count, random))
    moved = random.random(present.count)
    source = present.source.copy()
    for kind, before in ((FULL, FROM_AUXILIARY), (COMMUNITY, FROM_FULL)):
        source[(present.kind == kind) & ~is_early & (moved < TRANSFER_SHARE[kind])] = before
    now = Posts(**{**vars(present), "started": started, "source": source})
    return _joined([now, _before_transfers(now, city, random), _left(now, city, random)])


def table(posts: Posts, city: City, compounds: Compounds, seed: int) -> Columns:
    """The `grid_workers` table."""
    random = random_for(seed, "workforce table")
    codes_of_places = pa.concat_arrays([codes("", city.grid_code, 15), codes("", city.cell_code, 17)])
    silent = int(random.integers(len(city.district_code)))  # a district that does not say where auxiliaries came from
    is_silent = (city.community_district[posts.community] == silent) & (posts.kind == AUXILIARY)
    is_unknown = random.random(posts.count) < NOT_REPORTED
    is_kept = np.isin(posts.source, (FROM_AUXILIARY, FROM_FULL)) | (posts.ended < DAYS)
    return {
        "worker_id": _ids(posts, seed),
        "kind": Coded(posts.kind, KINDS),
        "role": Coded(np.where(random.random(posts.count) < NOT_REPORTED, -1, posts.role), ROLES),
        "source": Coded(np.where(is_silent | is_unknown, -1, posts.source), SOURCES),
        "community_code": codes("", city.community_code[posts.community], 12),
        "grid_code": picked(codes_of_places, posts.place),
        "stationed_compound_id": picked(compounds.ids, posts.station),
        "is_member": masked(
            np.isin(posts.source, (3, 4)) | (random.random(posts.count) < MEMBER_SHARE[posts.kind] * 0.6),
            random.random(posts.count) < NOT_REPORTED,
        ),
        "started_date": masked(START + posts.started, (random.random(posts.count) < NOT_REPORTED) & ~is_kept),
        "ended_date": masked(START + np.minimum(posts.ended, DAYS), posts.ended >= DAYS),
    }


def moves(posts: Posts, city: City, seed: int) -> Columns:
    """The `worker_moves` table: the posts that ended in a career move, in the order of their days."""
    random = random_for(seed, "worker moves")
    made = np.flatnonzero(posts.move < LEFT)
    made = made[np.argsort(posts.ended[made], kind="stable")]
    return {
        "move_id": codes("V", np.arange(1, len(made) + 1), 6),
        "worker_id": _ids(posts, seed).take(pa.array(made)),
        "community_code": codes("", city.community_code[posts.community[made]], 12),
        "from_kind": Coded(np.where(random.random(len(made)) < NOT_REPORTED, -1, posts.kind[made]), KINDS),
        "move_type": Coded(posts.move[made], MOVES),
        "moved_date": START + posts.ended[made],
    }


def _in_grids(kind: int, place: NDArray, city: City, random: np.random.Generator) -> Posts:
    """Those of one kind who serve a grid or micro-grid and are in post at the end, without their dates."""
    kinds = np.full(len(place), kind)
    role = by_row(kinds, ROLE_MIX, random)
    if kind == FULL:  # one chief per grid: whoever else serves there assists
        _, first = np.unique(place, return_index=True)
        role = np.where(np.isin(np.arange(len(place)), first), role, OFFICER)
    return _undated(
        kinds, role, by_row(kinds, SOURCE_MIX, random), _community(place, city), place, np.full(len(place), -1)
    )


def _in_communities(count: int, weight: NDArray, city: City, compounds: Compounds, plan: Plan, seed: int) -> Posts:
    """Community workers in post at the end, without their dates; some are stationed in compounds."""
    random = random_for(seed, "community workers")
    station = _stations(city, compounds, plan, count, seed)
    at_work = weighted(count, weight**0.4, random)
    kinds = np.full(count, COMMUNITY)
    return _undated(
        kinds,
        np.where(station >= 0, IN_COMPOUND, IN_COMMUNITY),
        by_row(kinds, SOURCE_MIX, random),
        np.where(station >= 0, compounds.community[station], at_work),
        np.full(count, -1),
        station,
    )


def _undated(
    kind: NDArray, role: NDArray, source: NDArray, community: NDArray, place: NDArray, station: NDArray
) -> Posts:
    zeros = np.zeros(len(kind), np.int64)
    return Posts(kind, role, source, community, place, station, zeros, zeros + DAYS, zeros + LEFT)


def _stations(city: City, compounds: Compounds, plan: Plan, count: int, seed: int) -> NDArray[np.int64]:
    """Compound in which each community worker is stationed, -1 for most; hard cases come first."""
    random = random_for(seed, "stations")
    listed = housing.table(compounds, city, plan, seed)
    is_hard, is_shown = np.asarray(listed["is_hard_case"]), np.asarray(listed["is_demonstration"])
    willing = random.exponential(size=len(city.district_code))[compounds.district]
    weight = np.where(is_hard, 2.2, np.where(is_shown, 1.0, 1e-9)) * (0.2 + willing)
    wanted = min(plan.scaled(plan.workforce.stationed_compounds), int((is_hard | is_shown).sum()), count)
    chosen = np.flatnonzero(pick(wanted, weight, random))
    more = np.repeat(chosen, random.poisson(PER_STATION, len(chosen)))
    others = random.permutation(np.flatnonzero(~(is_hard | is_shown)))
    station = np.concatenate((chosen, more, others[: round(STATIONED_ELSEWHERE * count)]))[:count]
    return np.concatenate((station, np.full(count - len(station), -1)))


def _one_each(count: int, district: int, city: City, random: np.random.Generator) -> NDArray[np.int64]:
    """Places of `count` micro-grids of one district, each once."""
    own = np.flatnonzero(city.community_district[city.cell_community] == district)
    return len(city.grid_code) + np.sort(random.permutation(own)[:count])


def _spread_cells(count: int, weight: NDArray, city: City, random: np.random.Generator) -> NDArray[np.int64]:
    return len(city.grid_code) + _spread(count, weight[city.cell_community], random)


def _before_transfers(now: Posts, city: City, random: np.random.Generator) -> Posts:
    """The posts that those who came from another kind of worker held until then."""
    of = np.flatnonzero(np.isin(now.source, (FROM_AUXILIARY, FROM_FULL)) & (now.started > 0))
    kind = np.where(now.source[of] == FROM_AUXILIARY, AUXILIARY, FULL)
    return Posts(
        kind=kind,
        role=by_row(kind, ROLE_MIX, random),
        source=by_row(kind, SOURCE_MIX, random),
        community=now.community[of],
        place=_some_place(now.community[of], kind, city, random),
        station=np.full(len(of), -1),
        started=now.started[of] - random.integers(200, 1_500, len(of)),
        ended=now.started[of],
        move=np.where(kind == AUXILIARY, 0, 1),
    )


def _left(now: Posts, city: City, random: np.random.Generator) -> Posts:
    """Posts that ended since the start in another way: given up, or left for an office."""
    of = np.flatnonzero(random.random(now.count) < LEAVERS[now.kind])
    kind, community = now.kind[of], now.community[of]
    ended = random.integers(10, DAYS - 5, len(of))
    return Posts(
        kind=kind,
        role=by_row(kind, ROLE_MIX, random),
        source=by_row(kind, SOURCE_MIX, random),
        community=community,
        place=_some_place(community, kind, city, random),
        station=np.full(len(of), -1),
        started=np.minimum(ended - 60, random.integers(EARLIEST, 200, len(of))),
        ended=ended,
        move=by_row(kind, WAY_OUT, random),
    )


def _some_place(community: NDArray, kind: NDArray, city: City, random: np.random.Generator) -> NDArray[np.int64]:
    """A micro-grid of the community for an auxiliary worker, a grid for a full-time one, -1 for others."""
    cell = _one_of(community, city.cell_community, random)
    return np.where(kind == AUXILIARY, len(city.grid_code) + cell, np.where(kind == FULL, city.cell_grid[cell], -1))


def _one_of(parent: NDArray, parent_of_child: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """A child at random for each parent; children are in the order of their parents."""
    first = np.searchsorted(parent_of_child, parent, side="left")
    last = np.searchsorted(parent_of_child, parent, side="right")
    return first + np.floor(random.random(len(parent)) * (last - first)).astype(np.int64)


def _community(place: NDArray, city: City) -> NDArray[np.int64]:
    grids = len(city.grid_code)
    cell = np.maximum(place - grids, 0)
    return np.where(place < grids, city.grid_community[np.minimum(place, grids - 1)], city.cell_community[cell])


def _spread(count: int, weights: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """`count` places, each as often as any other as far as it goes, those beyond by weight."""
    rounds, rest = divmod(count, len(weights))
    return np.sort(
        np.concatenate((np.tile(np.arange(len(weights)), rounds), np.flatnonzero(pick(rest, weights, random))))
    )


def _hiring_days(count: int, random: np.random.Generator) -> NDArray[np.int64]:
    return seasonal_days(count, HIRING, random).clip(1, DAYS - 1)


def _ids(posts: Posts, seed: int) -> pa.Array:
    return hashes(np.arange(posts.count) + 40_000_000, seed)


def _joined(parts: list[Posts]) -> Posts:
    return Posts(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
