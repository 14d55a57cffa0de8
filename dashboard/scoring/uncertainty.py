"""How sure a ranking of branches is: shrinkage, rank intervals, probabilities, groups that do not differ.

Formulas from `domain.md`; beside the official score, never instead of it. All that is said of a branch and quarter
rests on the ranked branches of that quarter, y their totals and s² the variances of these:

    v = variance of y about its type's mean, with k degrees of freedom
    τ² = max(v - mean s², v √(2 / k)),  λ = τ² / (τ² + s²),  θ = λ y + (1 - λ) mean of the type
    rank interval: 5th to 95th percentile of the rank over 1,000 draws from N(θ, λ s²)

References: Goldstein & Spiegelhalter 1996; Efron & Morris 1975 for the shrinkage towards a mean.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.scoring.fortress import NOISE_DECIMALS, Numbers
from dashboard.scoring.rule_checks import Z_90

DRAWS = 1000
LOW, HIGH = 5, 95  # percentiles: 90 % of the draws lie between them
TOP_SHARE = 0.1
SEED = 20221001
FEW = 20  # units whose pairs are compared sooner than sorted

COLUMNS = (
    "shrunk_total", "shrunk_sd", "reliability",
    "rank_low", "rank_high", "top_tenth_chance", "five_star_chance", "equal_group",
)  # fmt: skip


def assess(scored: pd.DataFrame) -> pd.DataFrame:
    """Add `COLUMNS` to scored branch-quarters, one row each, in any order; null where a branch is not ranked.

    Reads `org_id`, `quarter`, `compound_type`, `total`, `score_variance`, `is_ranked`, `movement_z`,
    `top_star_minimum` and `star_quota`, under which five stars need the rank too. `reliability` is λ, from 0 (the
    score says no more than the type) to 1; `shrunk_sd` is √(λ s²).
    `equal_group` numbers the groups from the top: within one, no branch differs from its first beyond error.
    """
    ranked = scored[scored["is_ranked"].astype(bool)].sort_values(["quarter", "org_id"])
    parts = [_quarter(rows) for _quarter_start, rows in ranked.groupby("quarter")]
    empty = pd.DataFrame(columns=[*COLUMNS], dtype=float)
    return scored.join(pd.concat(parts) if parts else empty)


def shrink(totals: Numbers, variances: Numbers, types: NDArray) -> tuple[Numbers, Numbers]:
    """Totals (n,) drawn towards the mean of their type, and λ (n,).

    τ² is what is left of the pooled variance around the type means once the mean s² is taken off, and at least the
    standard error of that estimate: where nothing is left, differences are not proven to be 0, and a τ² of 0 would
    give every branch of a type the same rank for certain (Morris & Tang 2011 on such estimates at the edge). With
    fewer than two branches of every type nothing is known of it, and nothing is drawn anywhere (λ = 1).
    """
    _names, kind = np.unique(types.astype(str), return_inverse=True)
    counts = np.bincount(kind)
    means = np.bincount(kind, totals) / counts
    freedom = len(totals) - len(counts)
    if freedom < 1:
        return totals, np.ones_like(totals)
    spread = ((totals - means[kind]) ** 2).sum() / freedom
    true_spread = max(spread - variances.mean(), spread * np.sqrt(2 / freedom))
    known = true_spread + variances
    reliability = np.divide(true_spread, known, out=np.ones_like(totals), where=known > 0)
    return reliability * totals + (1 - reliability) * means[kind], reliability


def rank_interval(values: Numbers, variances: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Best and worst rank (n,) that 90 % of the draws leave to each of n units, 1 the largest of `values` (n,).

    As for the branches of a quarter, with all units of one type; the draws are the same every time.
    """
    shrunk, reliability = shrink(values, variances, np.zeros(len(values)))
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(values)), dtype=np.float32)
    return _reach(draw_ranks(shrunk, np.sqrt(reliability * variances), noise))


def draw_ranks(centres: Numbers, deviations: Numbers, noise: Numbers) -> NDArray[np.int64]:
    """(draws, n) ranks of n branches, 1 the best, for standard normal `noise` (draws, n).

    Equal values cannot be told apart and share the best of their ranks; noise makes them rare.
    """
    return falling_ranks(centres + deviations * noise)


def falling_ranks(values: Numbers) -> NDArray[np.int64]:
    """Ranks within each row of `values` (rows, n), 1 the largest; equal values share the best of their ranks."""
    if values.shape[1] <= FEW:
        columns = np.ascontiguousarray(values.T)
        ranks = np.ones(columns.shape, np.int64)
        for column in columns:
            ranks += column > columns
        return ranks.T
    order = np.argsort(-values, axis=1)  # of equal values any may come first: their ranks are the same
    falling = np.take_along_axis(values, order, axis=1)
    places = np.arange(1, values.shape[1] + 1)
    if (is_same := falling[:, 1:] == falling[:, :-1]).any():
        is_new = np.concatenate((np.ones((len(values), 1), bool), ~is_same), axis=1)
        places = np.maximum.accumulate(np.where(is_new, places, 1), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.broadcast_to(places, order.shape), axis=1)
    return ranks


def equal_groups(totals: Numbers, variances: Numbers, z: float = Z_90) -> NDArray[np.int64]:
    """Number of the group of each branch, 1 at the top: a group ends before the first branch, in the order of the
    totals, whose distance from the group's first exceeds z standard errors of the two.
    """
    order = np.lexsort((variances, -totals))  # of equal totals the surest first, whatever the order of the rows
    falling, error = totals[order], variances[order]
    groups, start, number = np.zeros(len(totals), np.int64), 0, 0
    while start < len(totals):
        number += 1
        differs = falling[start] - falling[start:] > z * np.sqrt(error[start] + error[start:])
        end = start + int(differs.argmax()) if differs.any() else len(totals)
        groups[order[start:end]] = number
        start = end
    return groups


def _reach(ranks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """5th and 95th percentile (n,) of ranks (draws, n)."""
    low, high = np.percentile(ranks, [LOW, HIGH], axis=0, method="closest_observation")
    return low, high


def _quarter(rows: pd.DataFrame) -> pd.DataFrame:
    """`COLUMNS` of the ranked branches of one quarter, in the order of their identifiers: it fixes the draws."""
    totals, variances = rows["total"].to_numpy(float), rows["score_variance"].to_numpy(float)
    shrunk, reliability = shrink(totals, variances, rows["compound_type"].fillna("").to_numpy())
    deviation = np.sqrt(reliability * variances)
    random = np.random.default_rng([SEED, rows["quarter"].iloc[0].toordinal()])
    noise = random.standard_normal((DRAWS, len(rows)), dtype=np.float32)
    drawn = shrunk + deviation * noise
    ranks = falling_ranks(drawn)
    low, high = _reach(ranks)
    reaches_top = drawn >= rows["top_star_minimum"].iloc[0]
    if quota := rows["star_quota"].iloc[0]:
        reaches_top &= ranks <= quota[0] * len(rows) + 10.0**-NOISE_DECIMALS
    return pd.DataFrame(
        {
            "shrunk_total": shrunk,
            "shrunk_sd": deviation,
            "reliability": reliability,
            "rank_low": low,
            "rank_high": high,
            "top_tenth_chance": (ranks <= np.ceil(TOP_SHARE * len(rows))).mean(axis=0),
            "five_star_chance": reaches_top.mean(axis=0),
            "equal_group": equal_groups(totals, variances, rows["movement_z"].iloc[0]),
        },
        index=rows.index,
    )
