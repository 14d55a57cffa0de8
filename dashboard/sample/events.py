"""Scored acts of members, month by month, and the points they redeem."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.sample.calendar import AS_OF, MONTHS, month_days
from dashboard.sample.columns import Coded, Columns, codes, nothing, picked, random_for
from dashboard.sample.draws import by_row, logistic, weighted
from dashboard.sample.lattice import shares
from dashboard.sample.organisation import Branches
from dashboard.sample.people import Members
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

BATCH_ROWS = 200_000
REVERSED_SHARE, VERIFIED_SHARE, VETO_SHARE = 0.003, 0.962, 1.4e-5
ITEMS = ("T1", "T2", "O1", "O2", "D1", "D2", "R1", "R2", "G1", "G2", "G3", "G4", "G5", "G6", "X1", "X2", "V1")
MISSED = np.isin(ITEMS, ("T2", "O2", "D2", "R2"))
BONUS = np.char.startswith(ITEMS, "G")
DEDUCTION = np.isin(ITEMS, ("X1", "X2"))
ROLE, HOURS, VETO = ITEMS.index("R1"), ITEMS.index("G4"), ITEMS.index("V1")
MIX = np.array([  # of events by kind of member: ordinary, backbone, laggard (order of ITEMS)
    [13, 5, 15, 7, 12, 4, 14, 8, 3, 4, 6, 9, 0.6, 5, 0.9, 0.3, 0],
    [2, 0.2, 2.5, 0.3, 1.5, 0.2, 25, 0.5, 8, 9, 15, 23, 2, 10, 0.05, 0.01, 0],
    [1, 21, 1, 24, 1, 14, 1, 20, 0, 0, 0, 0, 0, 0, 12, 5, 0],
], float)  # fmt: skip
RATE = np.array([0.035, 3.6, 4.4])  # events in a month by kind of member, relative
LEANING = np.array([0.25, 0.4, -0.5])  # how these rates follow the quality of the branch
SEASON = np.array([1.0, 0.86, 1.04, 1.0, 1.04, 1.12, 1.1, 1.0, 1.0, 0.96, 0.96, 0.96])
ORIGINS = ("branch", "community", "unit", "resident")
ORIGIN_MIX = (0.62, 0.24, 0.08, 0.06)
REWARDS = ("生活用品", "理发券", "家政券", "体检券", "图书", "健身券")
LEAST_REDEEMED, REDEEMING_SHARE = 9, 0.62


class Ledger:
    """Verified bonus points every member has earned and not redeemed so far, kept while the events go by."""

    def __init__(self, members: int) -> None:
        self.balance = np.zeros(members)
        self.redeemed: list[tuple[NDArray, NDArray, NDArray]] = []

    def add(self, member: NDArray, points: NDArray) -> None:
        """Enter the points of a batch."""
        self.balance += np.bincount(member, points, len(self.balance))

    def redeem(self, month: int, random: np.random.Generator) -> None:
        """Half-yearly redemption: some of those with enough points spend a part of them, never all."""
        able = np.flatnonzero(self.balance >= LEAST_REDEEMED)
        coming = random.permutation(able[random.random(len(able)) < REDEEMING_SHARE])
        rewards = random.integers(1, 4, len(coming))
        points = np.floor(self.balance[coming] * random.uniform(0.35, 0.8, len(coming)) / rewards)
        self.balance[coming] -= points * rewards
        days = month_days(MONTHS[month])[9:25]
        when = np.repeat(np.sort(random.integers(0, len(days), len(coming))), rewards)
        self.redeemed.append((np.repeat(coming, rewards), np.repeat(points, rewards), days[when]))


def batches(
    members: Members, branches: Branches, quality: Quality, plan: Plan, seed: int, ledger: Ledger
) -> Iterator[Columns]:
    """The `member_events` table in batches by month; rows grow with the scale without limit.

    Earned points go into `ledger`, which redeems in the last month of every half before its events.
    """
    founded = branches.founded.astype("datetime64[M]")
    present = np.array(
        [np.bincount(members.branch, minlength=branches.count)[founded < month].sum() for month in MONTHS]
    )
    per_month = shares(
        max(1, round(plan.events.member_events * plan.scale / (1 + REVERSED_SHARE))),
        present * SEASON[np.arange(len(MONTHS)) % 12],
    )
    number = 0
    for month in range(len(MONTHS)):
        if month % 6 == 5:
            ledger.redeem(month, random_for(seed, "redemptions", month))
        upto = np.cumsum(_rates(members, quality, month, seed) * (founded < MONTHS[month])[members.branch])
        pieces = int(per_month[month]) // BATCH_ROWS + 1
        for piece, count in enumerate(shares(int(per_month[month]), np.ones(pieces))):
            random = random_for(seed, "events", month, piece)
            batch = _batch(int(count), month, upto, members, quality, random, number, ledger)
            number += len(batch["points"])
            yield batch


def _rates(members: Members, quality: Quality, month: int, seed: int) -> NDArray[np.float64]:
    """Events to expect of every member: own activity, the branch's quality, the mood of the month."""
    leaning = LEANING[members.kind] * quality.branch[members.branch, month // 3]
    mood = random_for(seed, "mood", month).standard_gamma(6.0, members.count)
    return members.activity * RATE[members.kind] * np.exp(leaning) * mood


def _batch(
    count: int, month: int, upto: NDArray, members: Members, quality: Quality,
    random: np.random.Generator, number: int, ledger: Ledger,
) -> Columns:  # fmt: skip
    """One batch in order of days, its reversals at the end; `upto` are running sums of the members' rates."""
    # Stratified draws come in order of members: neighbours in memory, several times faster than free draws.
    member = np.searchsorted(upto, (np.arange(count) + random.random(count)) * (upto[-1] / count), side="right")
    member = np.minimum(member, members.count - 1)
    item = _items(members.kind[member], quality.branch[members.branch[member], month // 3], random)
    points = _points(item, random)
    days = month_days(MONTHS[month])
    day = random.integers(0, len(days), count).astype(np.int16)
    order = np.argsort(day, kind="stable")
    member, item, points, day = member[order], item[order], points[order], day[order].astype(np.int64)
    verified = random.random(count) < VERIFIED_SHARE
    # Volunteer hours are always told, hours of a role for some; whole and half hours.
    told = (item == HOURS) | ((item == ROLE) & (random.random(count) < 0.4))
    hours = np.where(told, np.round(random.gamma(2.0, 1.2, count) * 2 + 1) / 2, np.nan)
    origin = weighted(count, ORIGIN_MIX, random)

    undone = np.flatnonzero(random.random(count) < REVERSED_SHARE)
    rows = np.concatenate((np.arange(count), undone))
    sign = np.repeat([1.0, -1.0], [count, len(undone)])
    undone_on = np.minimum(days[0] + day[undone] + random.integers(1, 20, len(undone)), AS_OF)
    earned = np.where(verified & BONUS[item], points, 0.0)
    ledger.add(member[rows], sign * earned[rows])
    ids = codes("E", np.arange(number + 1, number + len(rows) + 1), 9)
    return {
        "event_id": ids,
        "member_id": picked(members.ids, member[rows]),
        "occurred_date": np.concatenate((days[0] + day, undone_on)),
        "item_code": Coded(item[rows], ITEMS),
        "points": sign * points[rows],
        "hours": np.where(sign > 0, hours[rows], np.nan),
        "is_verified": verified[rows],
        "origin": Coded(origin[rows], ORIGINS),
        "reverses_event_id": pa.concat_arrays([nothing(count), picked(ids, undone)]),
    }


def _items(kind: NDArray, good: NDArray, random: np.random.Generator) -> NDArray[np.int64]:
    """Item of every event by the kind of member; in good branches some of what would be missed is done."""
    item = by_row(kind, MIX, random)
    made_up = MISSED[item] & (random.random(len(kind)) < logistic(-1.2 + 0.9 * good))
    item = item - made_up
    item[random.random(len(kind)) < VETO_SHARE] = VETO
    return item


def _points(item: NDArray, random: np.random.Generator) -> NDArray[np.float64]:
    """Points of every event: 1 to 5 for what is done, -1 to -5 for what is missed, -1 to -10 deducted."""
    effort = np.where(BONUS[item], 0.3, 0.8)  # most bonus acts earn four or five
    size = np.minimum(1 + np.floor(5.5 * random.random(len(item)) ** effort), 5)
    size = np.where(DEDUCTION[item], random.integers(1, 11, len(item)), size)
    return np.where(item == VETO, -10.0, np.where(MISSED[item] | DEDUCTION[item], -size, size))


def redemptions(ledger: Ledger, members: Members, seed: int) -> Columns:
    """The `redemptions` table, once all events have gone by."""
    member, points, when = (np.concatenate(parts) for parts in zip(*ledger.redeemed, strict=True))
    return {
        "redemption_id": codes("X", np.arange(1, len(member) + 1), 8),
        "member_id": picked(members.ids, member),
        "redeemed_date": when,
        "points": points,
        "reward_kind": Coded(random_for(seed, "rewards").integers(0, len(REWARDS), len(member)), REWARDS),
    }
