"""Standings of branches: rank, rank among peers, and change against earlier quarters.

A bare rank misleads, so the official score always has its peers and its error beside it (`domain.md`).
"""

import numpy as np
import pandas as pd

from dashboard.scoring.fortress import NOISE_DECIMALS, Numbers

PEERS = ["quarter", "compound_type", "size_band"]
MOST_STARS = 5


def compare(scored: pd.DataFrame) -> pd.DataFrame:
    """Add ranks, peers and change to scored branch-quarters, one row each, in any order.

    Reads `org_id`, `quarter`, `compound_type`, `size_band`, `total`, `displayed_total`, `is_ranked`,
    `score_variance`, `min_peer_group`, `movement_z`, `stars`, `star_quota`. Equal displayed totals share a rank:
    1, 2, 2, 4. Peers are the ranked branches of the same compound type and size band; a smaller group than
    `min_peer_group` has no rank. A quota can only take stars away.
    """
    displayed = scored["displayed_total"].where(scored["is_ranked"])
    peer_count = displayed.groupby([scored[key] for key in PEERS]).transform("count")
    has_peers = scored["is_ranked"] & (peer_count >= scored["min_peer_group"])
    previous = _earlier(scored, "total", months=3)
    change = (scored["total"] - previous).round(NOISE_DECIMALS)
    change_variance = scored["score_variance"] + _earlier(scored, "score_variance", months=3)
    rank = _rank(displayed, [scored["quarter"]])
    ranked_count = displayed.groupby(scored["quarter"]).transform("count")
    return scored.assign(
        rank=rank,
        ranked_count=ranked_count,
        stars=within_quota(scored["stars"], rank / ranked_count, scored["star_quota"]),
        peer_rank=_rank(displayed, [scored[key] for key in PEERS]).where(has_peers),
        peer_count=peer_count.where(has_peers),
        previous_total=previous,
        change=change,
        last_year_total=_earlier(scored, "total", months=12),
        change_flag=_flag(change, scored["movement_z"] * np.sqrt(change_variance)),
    )


def within_quota(stars: pd.Series, rank_share: pd.Series, quota: pd.Series) -> pd.Series:
    """Stars earned, but no more than the quota leaves: with [0.1, 0.3] five for the first 10 %, four for the next 30 %.

    `rank_share` is rank ÷ number ranked; equal ranks stand on the same side of a limit.
    """
    limits = {shares: np.cumsum(shares) + 10.0**-NOISE_DECIMALS for shares in quota.unique() if shares}
    left = stars.copy()
    for shares, reached in limits.items():
        is_under = (quota == shares) & rank_share.notna()
        passed = np.searchsorted(reached, rank_share[is_under], side="left")
        left[is_under] = np.minimum(stars[is_under], MOST_STARS - passed)
    return left


def _rank(displayed: pd.Series, groups: list[pd.Series]) -> pd.Series:
    return displayed.groupby(groups).rank(method="min", ascending=False)


def _earlier(scored: pd.DataFrame, column: str, months: int) -> Numbers:
    """The same branch's value some months before, NaN where it was not scored then, or by other rules."""
    keys = ["org_id", "quarter", "rule_version"]
    present = pd.MultiIndex.from_frame(scored[keys])
    before = scored["quarter"] - pd.DateOffset(months=months)
    earlier = pd.MultiIndex.from_frame(scored[keys].assign(quarter=before))
    found = present.get_indexer(earlier)
    return np.where(found >= 0, scored[column].to_numpy(dtype=float)[found], np.nan)


def _flag(change: pd.Series, error: pd.Series) -> pd.Series:
    """`up` or `down` where |change| > z·√(s² of this quarter + s² of the one before), else `within_error`."""
    flag = np.select([change > error, change < -error], ["up", "down"], default="within_error")
    return pd.Series(flag, index=change.index).where(change.notna(), None)
