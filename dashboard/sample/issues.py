"""Resident issues over three years, month by month: who reports what, where and when."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from dashboard.sample import handling, matters
from dashboard.sample.calendar import MONTHS, month_days
from dashboard.sample.columns import Coded, Columns, codes, picked, random_for
from dashboard.sample.compounds import Compounds
from dashboard.sample.draws import by_row, weighted
from dashboard.sample.geography import City
from dashboard.sample.lattice import shares
from dashboard.sample.plans import Plan
from dashboard.sample.quality import Quality

BATCH_ROWS = 150_000
RATE_PER_HOUSEHOLD = np.array([0.75, 1.15, 1.45, 0.95])  # by kind of housing, relative
HOURS = np.array([3, 2, 1, 1, 1, 2, 6, 16, 34, 44, 44, 36, 24, 24, 32, 36, 34, 34, 38, 42, 38, 26, 12, 6])
WEEKDAYS = np.array([1.16, 1.08, 1.03, 1.0, 0.98, 0.88, 0.82])  # from Monday


def batches(
    city: City, compounds: Compounds, quality: Quality, plan: Plan, promised: handling.Promised, seed: int
) -> Iterator[Columns]:
    """The `issues` table in batches ordered by time of report; rows grow with the scale without limit."""
    weights = matters.monthly_weights()
    rate = _rates(compounds, weights, seed)
    levels = _levels(plan, seed)
    if levels is not None:
        rate[-1] = 0  # whatever is known to be resolved had time for it
    families = [dict(plan.families).get(family, family) for family in matters.FAMILIES]
    per_month = shares(plan.growing(plan.events.issues), rate.sum(1))
    number = 0
    for month in range(len(MONTHS)):
        for piece, (days, per_day) in enumerate(_pieces(month, int(per_month[month]), seed)):
            random = random_for(seed, "issues", month, piece)
            reported = _moments(days, per_day, random)
            own = None if levels is None else levels[number : number + len(reported)]
            batch = _batch(
                reported, month, rate[month], weights[month % 12], city, compounds, quality, promised, own, random
            )
            batch["channel"] = Coded(batch["channel"], plan.events.channels)
            batch["family"] = Coded(batch["family"], families)
            batch["issue_id"] = codes("I", np.arange(number + 1, number + len(reported) + 1), 9)
            number += len(reported)
            yield batch


def _levels(plan: Plan, seed: int) -> NDArray[np.int64] | None:
    """Level that resolved every issue, in exact numbers where the report states them."""
    if plan.events.resolved is None:
        return None
    counts = plan.events.resolved
    return random_for(seed, "resolved levels").permutation(np.repeat(np.arange(len(counts)), counts))


def _rates(compounds: Compounds, weights: NDArray, seed: int) -> NDArray[np.float64]:
    """Issues to expect, relative: one row per month, one column per compound."""
    random = random_for(seed, "issue rates")
    months = len(MONTHS)
    lively = random.gamma(2.2, 1 / 2.2, compounds.count) + 0.15
    base = compounds.households * RATE_PER_HOUSEHOLD[compounds.kind] * lively
    base = base * np.where(compounds.is_covered, 1.0, 1.35)
    season = weights.sum(2) / weights.sum(2).mean(0)
    growth = 1 + 0.10 * np.arange(months) / months
    pilots = np.where(compounds.is_pilot, np.linspace(1.0, 0.86, months)[:, None], 1.0)
    expected = base * season[np.arange(months) % 12][:, compounds.kind] * growth[:, None] * pilots
    return expected * random.normal(1, 0.02, (months, 1))


def _pieces(month: int, count: int, seed: int) -> Iterator[tuple[NDArray, NDArray]]:
    """Days of a month and issues on each, in pieces of bounded size."""
    days = month_days(MONTHS[month])
    busy = WEEKDAYS[(days.astype(np.int64) + 3) % 7]
    busy = busy * random_for(seed, "issue days", month).normal(1, 0.05, len(days))
    per_day = shares(count, busy)
    for piece in np.array_split(np.arange(len(days)), min(len(days), count // BATCH_ROWS + 1)):
        if per_day[piece].any():
            yield days[piece], per_day[piece]


def _moments(days: NDArray, per_day: NDArray, random: np.random.Generator) -> NDArray:
    """Moments of report, ascending: few at night, most in the morning and after work."""
    count = int(per_day.sum())
    second = weighted(count, HOURS, random) * 3_600 + random.integers(0, 3_600, count)
    return np.sort(np.repeat(days, per_day).astype("datetime64[s]") + second)


def _batch(
    reported: NDArray, month: int, rate: NDArray, weights: NDArray,
    city: City, compounds: Compounds, quality: Quality, promised: handling.Promised, levels: NDArray | None,
    random: np.random.Generator,
) -> Columns:  # fmt: skip
    """One batch of the table; `rate` are issues to expect per compound, `weights` of matters by type.

    `levels` are the levels that resolved the issues, where the report states them; channel and family are codes.
    """
    count = len(reported)
    compound = weighted(count, rate, random)
    kind = compounds.kind[compound]
    matter = by_row(kind, weights, random)
    tier = by_row(matter, matters.TIERS, random)
    good = quality.compound[compound, month // 3]
    channel = weighted(count, matters.CHANNEL_MIX, random)
    way = handling.course(reported, tier, kind, good, month / len(MONTHS), promised, levels is not None, random)
    return handling.columns(way, reported, tier, kind, good, levels, random) | {
        "channel": channel,
        "category": Coded(matters.CATEGORY_OF[matter], matters.CATEGORIES),
        "subcategory": Coded(matter, matters.SUBCATEGORIES),
        "family": matters.FAMILY_OF[matter],
        "tier": Coded(np.where(random.random(count) < 0.003, -1, tier), handling.TIERS),
        "compound_id": picked(compounds.ids, compound),
        "grid_code": codes("", city.cell_code[compounds.any_cell(compound, random)], 17),
        "reported_at": reported,
        "owner_unit": Coded(matters.UNIT_OF[matter], matters.UNITS),
    }
