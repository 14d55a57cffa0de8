"""Fortress index 堡垒指数: scores of branches by quarter, from numerators and denominators.

Formulas from `domain.md`, rule set `fortress-1`; every number in them comes from the rule set. Arrays have
one row per branch and quarter and one column per item of the rule set. NaN stands for what cannot be scored.

    x = numerator / denominator,  s = clip((x - lo) / (hi - lo), 0, 1), turned round for direction -1
    dimension D = its points · Σ p·s / Σ p over the items available
    base = Σ D, or with geometric aggregation 100 · Π (D / its points) ^ (its points / 100)
    bonus = min(cap, Σ min(cap of item, units per 10 members)),  deductions = min(cap, Σ points · cases)
    total = max(0, base + bonus - deductions)
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.scoring.rule_checks import FULL_SCORE
from dashboard.scoring.rule_model import FortressVersion

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

NOISE_DECIMALS = 9  # totals are rounded here, so that 90 reached by sums of fractions is 90


@dataclass(frozen=True)
class Evidence:
    """What is known of n branch-quarters: NaN where something was not reported.

    `numerators`, `denominators`: (n, items). `units`: (n, bonus items). `members`: (n,), members of the
    branch. `cases`: (n, deductions).
    """

    numerators: Numbers
    denominators: Numbers
    units: Numbers
    members: Numbers
    cases: Numbers


@dataclass(frozen=True)
class Scores:
    """Scores of n branch-quarters under one rule set; each part is computed once, when it is asked for."""

    version: FortressVersion
    evidence: Evidence

    @cached_property
    def points(self) -> Numbers:
        """(items,) points p of each item in the rule set."""
        return np.array([item.points for item in self.version.items])

    @cached_property
    def width(self) -> Numbers:
        """(items,) hi - lo of each item in the rule set."""
        return np.array([item.hi - item.lo for item in self.version.items])

    @cached_property
    def belongs(self) -> Numbers:
        """(items, dimensions) 1 where the item belongs to the dimension, else 0."""
        codes = [dimension.code for dimension in self.version.dimensions]
        return np.array([[float(item.dimension == code) for code in codes] for item in self.version.items])

    @cached_property
    def reported(self) -> Flags:
        """(n, items) whether numerator and denominator were reported."""
        return ~np.isnan(self.evidence.numerators) & ~np.isnan(self.evidence.denominators)

    @cached_property
    def available(self) -> Flags:
        """(n, items) whether the item was reported and is applicable: its denominator is above 0."""
        return self.reported & (self.evidence.denominators > 0)

    @cached_property
    def ratio(self) -> Numbers:
        """(n, items) x = numerator / denominator, NaN where not available."""
        return ratio(self.evidence.numerators, self.evidence.denominators)

    @cached_property
    def normalised(self) -> Numbers:
        """(n, items) s between 0 and 1, NaN where not available."""
        lo = np.array([item.lo for item in self.version.items])
        is_turned = np.array([item.direction < 0 for item in self.version.items])
        share = np.clip((self.ratio - lo) / self.width, 0, 1)
        return np.where(is_turned, 1 - share, share)

    @cached_property
    def dimension_points(self) -> Numbers:
        """(dimensions,) points of each dimension in the rule set."""
        return np.array([dimension.points for dimension in self.version.dimensions])

    @cached_property
    def dimension_scores(self) -> Numbers:
        """(n, dimensions) D, NaN where no item of the dimension is available."""
        earned = np.where(self.available, self.points * self.normalised, 0) @ self.belongs
        possible = (self.available * self.points) @ self.belongs
        return (self.dimension_points * ratio(earned, possible)).round(NOISE_DECIMALS)

    @cached_property
    def carried(self) -> Numbers:
        """(n, items) points an item can bring to the base: its own and its share of those not available.

        Within a dimension the items available share the points of the others, as D says. A dimension without
        any item available is left to the other dimensions in the same way; it would otherwise count as 0.
        """
        possible = (self.available * self.points) @ self.belongs
        in_dimension = ratio(np.broadcast_to(self.dimension_points, possible.shape), possible)
        is_scored = possible > 0
        in_base = ratio(np.full(len(possible), float(FULL_SCORE)), is_scored @ self.dimension_points)
        scale = np.where(is_scored, in_dimension * in_base[:, None], 0) @ self.belongs.T
        return np.where(self.available, self.points * scale, np.nan)

    @cached_property
    def tilt(self) -> Numbers:
        """(n, items) what a point of an item adds to the base per point it carries: 1 in a sum.

        In a product of dimensions a weak dimension weighs more: base / (100 g) for its share g of what it can reach;
        0 where g is 0, for there a product says nothing of the points below it.
        """
        if self.version.aggregation == "arithmetic":
            return np.ones_like(self.carried)
        shares = self.dimension_scores / self.dimension_points
        return np.where(shares > 0, ratio(self._product[:, None], shares), 0) @ self.belongs.T

    @cached_property
    def _product(self) -> Numbers:
        """(n,) Π g ^ weight over the dimensions that are scored, 0 to 1; their weights add up to 1."""
        shares = self.dimension_scores / self.dimension_points
        is_scored = ~np.isnan(shares)
        weights = ratio(is_scored * self.dimension_points, (is_scored @ self.dimension_points)[:, None])
        return np.prod(np.where(is_scored, shares, 1) ** np.where(is_scored, weights, 0), axis=1)

    @cached_property
    def item_points(self) -> Numbers:
        """(n, items) what each item adds to the base, which they add up to; NaN where not available.

        A product has no parts of its own: it is divided as the sum of the same dimensions would be.
        """
        parts = self.carried * self.normalised
        if self.version.aggregation == "arithmetic":
            return parts
        together = ratio(FULL_SCORE * self._product, np.nansum(parts, axis=1))
        return parts * np.nan_to_num(together)[:, None]

    @cached_property
    def base(self) -> Numbers:
        """(n,) the dimensions added or multiplied, 0 to 100, what unavailable ones leave to the others included;
        NaN where nothing is available."""
        total = np.nansum(self.item_points, axis=1)
        return np.where(self.available.any(axis=1), total, np.nan).round(NOISE_DECIMALS)

    @cached_property
    def bonus_ratio(self) -> Numbers:
        """(n, bonus items) units per so many members as the rule set says (10); NaN where not reported."""
        share = ratio(self.evidence.units, self.evidence.members[:, None])
        return share * self.version.members_per_bonus_unit

    @cached_property
    def bonus_points(self) -> Numbers:
        """(n, bonus items) points of each bonus item, at most its cap; NaN where not reported."""
        return np.clip(self.bonus_ratio, 0, np.array([bonus.cap for bonus in self.version.bonus]))

    @cached_property
    def bonus(self) -> Numbers:
        """(n,) bonus, at most the cap of the rule set; what was not reported earns nothing."""
        return np.minimum(self.version.bonus_cap, np.nansum(self.bonus_points, axis=1)).round(NOISE_DECIMALS)

    @cached_property
    def deduction_points(self) -> Numbers:
        """(n, deductions) points taken off for each reason; NaN where not reported."""
        return self.evidence.cases * np.array([deduction.points for deduction in self.version.deductions])

    @cached_property
    def deductions(self) -> Numbers:
        """(n,) deductions, at most the cap of the rule set."""
        points = np.nansum(self.deduction_points, axis=1)
        return np.minimum(self.version.deduction_cap, points).round(NOISE_DECIMALS)

    @cached_property
    def total(self) -> Numbers:
        """(n,) base + bonus - deductions, not below 0; NaN where there is no base."""
        return np.maximum(0, self.base + self.bonus - self.deductions).round(NOISE_DECIMALS)

    @cached_property
    def stars(self) -> Numbers:
        """(n,) stars by the bands of the rule set, on the total before it is rounded for display."""
        rising = sorted(self.version.stars, key=lambda star: star.minimum)
        reached = np.searchsorted([star.minimum for star in rising], self.total, side="right")
        stars = np.array([np.nan, *(star.stars for star in rising)])[reached]
        return np.where(np.isnan(self.total), np.nan, stars)

    @cached_property
    def missing_share(self) -> Numbers:
        """(n,) share of the base points whose items were not reported; not applicable is not missing."""
        return ((~self.reported * self.points).sum(axis=1) / self.points.sum()).round(NOISE_DECIMALS)

    @cached_property
    def can_rank(self) -> Flags:
        """(n,) whether enough is known for a rank: a total, and no more missing than the rule set allows."""
        return (self.missing_share <= self.version.max_missing_share) & ~np.isnan(self.total)

    @cached_property
    def variance(self) -> Numbers:
        """(n,) s² = Σ (p / (hi - lo))² · p̃(1 - p̃) / n with p̃ = (x + 1) / (n + 2): "if this quarter were one
        of many like it"; 0 for yes/no facts. p is what the item carries, x its numerator, n its denominator.
        """
        slope = self.carried * self.tilt / self.width
        cases = np.where(self.available, self.evidence.denominators, np.nan)
        share = np.clip((self.evidence.numerators + 1) / (cases + 2), 0, 1)
        is_sampled = np.array([not item.is_yes_no for item in self.version.items])
        return np.nansum(is_sampled * slope**2 * share * (1 - share) / cases, axis=1)


def placed(values: pd.Series, rows: NDArray[np.intp], columns: NDArray[np.intp], shape: tuple[int, int]) -> Numbers:
    """Matrix with each of `values` at its row and column, NaN elsewhere; what has neither (-1) is left out."""
    found = (rows >= 0) & (columns >= 0)
    matrix = np.full(shape, np.nan)
    matrix[rows[found], columns[found]] = values.to_numpy(dtype=float, na_value=np.nan)[found]
    return matrix


def ratio(numerators: Numbers, denominators: Numbers) -> Numbers:
    """Numerators ÷ denominators of any one shape; NaN where a denominator is 0 or NaN."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominators > 0, numerators / denominators, np.nan)
