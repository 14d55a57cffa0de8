"""How sure the order of a table is: the ranks that chance leaves open to its rows, or why chance has no part in it."""

import numpy as np
import pandas as pd

from dashboard import text
from dashboard.scoring import uncertainty
from dashboard.text import _


def share_errors(numerators: pd.Series, denominators: pd.Series) -> pd.Series:
    """Standard errors of shares x ÷ n, null for n = 0; p = (x + 1) / (n + 2), so that none and all are not certain."""
    n = denominators.astype(float).where(denominators > 0)
    p = (numerators.astype(float) + 1) / (n + 2)
    return (p * (1 - p) / n) ** 0.5


def with_ranks(rows: pd.DataFrame, values: pd.Series, errors: pd.Series) -> pd.DataFrame:
    """`rows` with rank_low and rank_high, 1 the largest of `values`: they hold the rank in 90 % of the draws.

    Null where a value or its standard error is not known; such rows are left out of the order.
    """
    known = values.notna() & errors.notna()
    if not known.any():
        return rows.assign(rank_low=np.nan, rank_high=np.nan)
    reach = uncertainty.rank_interval(values[known].to_numpy(float), errors[known].to_numpy(float) ** 2)
    low, high = (pd.Series(ranks, index=values.index[known]) for ranks in reach)
    return rows.assign(rank_low=low, rank_high=high)


def words(rows: pd.DataFrame, first: str = "rank_low", last: str = "rank_high") -> str:
    """How many places chance leaves open to a typical row; empty where none is known."""
    widths = (rows[last] - rows[first] + 1).dropna()
    if widths.empty:
        return ""
    if widths.median() < 2:
        return _("Most rows keep their place within the limits of chance (90 %).")
    return _("Chance leaves a typical row {width} places open (90 %): near neighbours may change places.").format(
        width=text.number(float(widths.median()), "count")
    )


def counted_in_full() -> str:
    """Why an order of counts has no interval."""
    return _("Counted in full: the order has no error of chance.")
