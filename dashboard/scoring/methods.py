"""What other methods would make of the same evidence: other weights, aggregation, normalisation, rules, cut-offs.

Nothing here is official and nothing is kept: arrays go in, arrays come out. The ranked branches of one quarter are
rescored from their `Scores`; a method multiplies the points of the items, renormalised to 100, and chooses

    aggregation     arithmetic  Σ W·g / Σ W   or geometric  Π g ^ (W / Σ W), g the share of a dimension, W its points
    normalisation   goalpost  s = clip((x - lo) / (hi - lo), 0, 1)   or min-max  s = (x - min x) / (max x - min x)

    R̄ = mean over branches of |rank under the method - official rank|, the mean absolute rank shift

References: OECD/JRC Handbook on Constructing Composite Indicators (2008); Saisana, Saltelli & Tarantola 2005, doi
10.1111/j.1467-985X.2005.00350.x. Sampling and Sobol estimators are SciPy's and SALib's, imported where they are used:
their seconds of loading are for those who ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.scoring.fortress import NOISE_DECIMALS, Evidence, Flags, Numbers, Scores, placed
from dashboard.scoring.rule_checks import DIMENSIONS, FULL_SCORE
from dashboard.scoring.rule_model import FortressVersion
from dashboard.scoring.standings import within_quota
from dashboard.scoring.uncertainty import HIGH, LOW, SEED, falling_ranks

Ranks = NDArray[np.int64]

WEIGHT_RANGE = (0.75, 1.25)
DRAWS = 1024  # a power of two, as a Sobol sequence wants it
SENSITIVITY_SIZE = 256  # N of Saltelli's design: N (factors + 2) evaluations
DESIGNED = SENSITIVITY_SIZE * (len(DIMENSIONS) + 4)  # two factors beside the dimensions
CONFIDENCE = 0.9
AT_ONCE = 256  # methods scored together: 1,867 branches then take a few megabytes


@dataclass(frozen=True)
class Methods:
    """k methods: multipliers of the items' points (k, items), all above 0; (k,) geometric?; (k,) min-max?"""

    multipliers: Numbers
    is_geometric: Flags
    is_min_max: Flags


@dataclass(frozen=True)
class Shifts:
    """How far n branches move over k methods: R̄ of each method (k,); of each branch (n,) the mean absolute shift and
    5th, 50th and 95th percentile of its rank."""

    mean_shifts: Numbers
    branch_shifts: Numbers
    low: Numbers
    middle: Numbers
    high: Numbers


def gathered(version: FortressVersion, rows: pd.DataFrame, org_ids: Sequence[str]) -> Evidence:
    """Evidence of branches, in the order of `org_ids`, from rows org_id, item_code, numerator, denominator.

    Items of the version without a row count as not reported. Bonus rows have the units and the members, deductions
    the cases, as in the mart `branch_items`.
    """
    branches = pd.Index(org_ids).get_indexer(rows["org_id"])

    def matrix(column: str, codes: Sequence[str]) -> Numbers:
        items = pd.Index(list(codes), dtype=object).get_indexer(rows["item_code"])
        return placed(rows[column], branches, items, (len(org_ids), len(codes)))

    items, bonus, deductions = (
        [entry.code for entry in entries] for entries in (version.items, version.bonus, version.deductions)
    )
    return Evidence(
        numerators=matrix("numerator", items),
        denominators=matrix("denominator", items),
        units=matrix("numerator", bonus),
        members=np.fmax.reduce(matrix("denominator", bonus), axis=1, initial=np.nan),
        cases=matrix("numerator", deductions),
    )


def varied(
    version: FortressVersion, weights: Sequence[float], cut_offs: Sequence[float], aggregation: str
) -> FortressVersion:
    """The rules with other weights of the dimensions, cut-offs of the stars (from the most stars, without the last,
    which begins at 0) and aggregation.

    Weights are made to add up to 100 and items keep their part of their dimension. A cut-off above the one before it
    counts as equal to that.
    """
    scale = FULL_SCORE / sum(weights)
    dimensions = tuple(
        replace(each, points=weight * scale) for each, weight in zip(version.dimensions, weights, strict=True)
    )
    factors = {new.code: new.points / old.points for new, old in zip(dimensions, version.dimensions, strict=True)}
    minimums = [*np.minimum.accumulate(np.array(cut_offs, dtype=float)).tolist(), 0.0]
    stars = tuple(
        replace(star, minimum=minimum) for star, minimum in zip(version.stars, minimums, strict=True)
    )
    return replace(
        version,
        dimensions=dimensions,
        items=tuple(replace(item, points=item.points * factors[item.dimension]) for item in version.items),
        stars=stars[::-1],  # the most stars last: they win where two begin at the same score
        aggregation=aggregation,
    )


def standing(scores: Scores, is_vetoed: Flags) -> pd.DataFrame:
    """Total, stars and rank (null without one) of n branches among themselves, by the rules of their `scores`."""
    version = scores.version
    is_ranked = ~is_vetoed & scores.can_rank
    displayed = pd.Series(scores.total.round(version.score_decimals)).where(is_ranked)
    rank = displayed.rank(method="min", ascending=False)
    stars = pd.Series(np.where(is_vetoed, 0, scores.stars))
    quota = pd.Series([version.quota] * len(stars))
    return pd.DataFrame(
        {"total": scores.total, "rank": rank, "stars": within_quota(stars, rank / is_ranked.sum(), quota)}
    )


def totals(scores: Scores, methods: Methods) -> Numbers:
    """(k, n) totals of n branches under k methods; bonus and deductions as they are, not below 0."""
    shares = {False: scores.normalised, True: min_max(scores)}
    extra = scores.bonus - scores.deductions
    found = np.empty((len(methods.multipliers), len(extra)))
    for is_geometric, is_min_max in product((False, True), repeat=2):
        own = np.flatnonzero((methods.is_geometric == is_geometric) & (methods.is_min_max == is_min_max))
        found[own] = _bases(scores, shares[is_min_max], methods.multipliers[own], is_geometric) + extra
    return np.maximum(0, found).round(NOISE_DECIMALS)


def min_max(scores: Scores) -> Numbers:
    """(n, items) shares between the worst branch (0) and the best (1) of these; 1 where all are alike."""
    known = np.where(scores.available, scores.ratio, np.nan)
    low, high = np.fmin.reduce(known, axis=0), np.fmax.reduce(known, axis=0)
    width = np.where(high > low, high - low, 1)
    share = np.where(high > low, (known - low) / width, np.where(np.isnan(known), np.nan, 1))
    is_turned = np.array([item.direction < 0 for item in scores.version.items])
    return np.where(is_turned & (high > low), 1 - share, share)


def ranks(scores: Scores, methods: Methods) -> Ranks:
    """(k, n) ranks, 1 the best, on totals as displayed; equal totals share a rank."""
    found = np.empty((len(methods.multipliers), len(scores.total)), np.int64)
    for start in range(0, len(found), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        some = Methods(methods.multipliers[part], methods.is_geometric[part], methods.is_min_max[part])
        found[part] = falling_ranks(totals(scores, some).round(scores.version.score_decimals))
    return found


def draws(item_count: int, count: int = DRAWS) -> Methods:
    """Random methods, the same every time: points of items × U(0.75, 1.25), aggregation, normalisation."""
    from scipy.stats import qmc

    uniform = qmc.Sobol(item_count + 2, scramble=True, rng=SEED).random(count)
    low, high = WEIGHT_RANGE
    return Methods(low + (high - low) * uniform[:, :-2], uniform[:, -2] >= 0.5, uniform[:, -1] >= 0.5)


def rank_shift(scores: Scores, official: Numbers, methods: Methods) -> Shifts:
    """How far branches move from their `official` ranks (n,) over k methods."""
    found = ranks(scores, methods)
    distance = np.abs(found - official)
    low, middle, high = np.percentile(found, [LOW, 50, HIGH], axis=0, method="closest_observation")
    return Shifts(distance.mean(axis=1), distance.mean(axis=0), low, middle, high)


def shift_sensitivity(scores: Scores, official: Numbers, size: int = SENSITIVITY_SIZE) -> pd.DataFrame:
    """What R̄ depends on: rows of `sensitivity` for the weight of each dimension, aggregation and normalisation."""
    dimensions = [dimension.code for dimension in scores.version.dimensions]
    count = len(dimensions)

    def mean_shift(design: Numbers) -> Numbers:
        multipliers = design[:, :count] @ scores.belongs.T
        methods = Methods(multipliers, design[:, count] >= 0.5, design[:, count + 1] >= 0.5)
        return np.abs(ranks(scores, methods) - official).mean(axis=1)

    bounds = [*[WEIGHT_RANGE] * count, (0, 1), (0, 1)]
    return sensitivity([*dimensions, "aggregation", "normalisation"], bounds, mean_shift, size)


def sensitivity(
    factors: Sequence[str],
    bounds: Sequence[tuple[float, float]],
    function: Callable[[Numbers], Numbers],
    size: int = SENSITIVITY_SIZE,
) -> pd.DataFrame:
    """Sobol indices of a function of uniform factors: one row per factor with factor, first_order, total_order and
    the half-widths of their 90 % bootstrap intervals (first_order_margin, total_order_margin).

    `function` takes (rows, factors) and gives (rows,). If it never varies, nothing of it is due to any factor: 0.
    """
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [list(each) for each in bounds]}
    values = function(sampling.sample(problem, size, calc_second_order=False, seed=SEED))
    names = {"S1": "first_order", "ST": "total_order", "S1_conf": "first_order_margin", "ST_conf": "total_order_margin"}
    if np.ptp(values) == 0:
        return pd.DataFrame({"factor": list(factors), **dict.fromkeys(names.values(), 0.0)})
    found = analysis.analyze(problem, values, calc_second_order=False, conf_level=CONFIDENCE, seed=SEED)
    return pd.DataFrame({"factor": list(factors), **{ours: found[theirs] for theirs, ours in names.items()}})


def _bases(scores: Scores, shares: Numbers, multipliers: Numbers, is_geometric: bool) -> Numbers:
    """(k, n) bases, 0 to 100, of n branches for k sets of multipliers, aggregated in one way."""
    known = np.where(scores.available, shares, 0)
    weights = scores.points * multipliers
    collected, weighed = np.zeros((2, len(weights), len(known)))
    for is_own in scores.belongs.T > 0:
        own = weights[:, is_own]
        possible = own @ scores.available[:, is_own].T.astype(float)
        is_scored = possible > 0
        share = np.where(is_scored, (own @ known[:, is_own].T) / np.where(is_scored, possible, 1), 1)
        weight = own.sum(axis=1)[:, None] * is_scored
        if is_geometric:
            with np.errstate(divide="ignore", invalid="ignore"):
                collected += np.where(weight > 0, weight * np.log(np.clip(share, 0, 1)), 0)
        else:
            collected += weight * share
        weighed += weight
    mean = collected / np.where(weighed > 0, weighed, np.nan)
    return FULL_SCORE * (np.exp(mean) if is_geometric else mean)
