"""Which units stand first in the list under the map, and how sure their values are."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import catalogue
from dashboard.maps.comparison import Z_90
from dashboard.maps.levels import error
from dashboard.text import _, number

MOST_BARS = 13


def ranked(rows: pd.DataFrame, metric: str, least: int) -> pd.DataFrame:
    """The first units of a ranking: the worst where one direction is better, else the largest.

    A share of fewer than `least` says little about a unit and is left out, unless all are so small. Among equal
    values the one that stands on more comes first.
    """
    valued = rows.dropna(subset=["value"])
    if catalogue.COLUMNS[metric].kind == "share" and (valued["base_count"] >= least).any():
        valued = valued[valued["base_count"] >= least]
    is_rising = catalogue.COLUMNS[metric].better == "up"
    pick = valued.nsmallest if is_rising else valued.nlargest
    ordered = pick(MOST_BARS, "value", keep="all").sort_values(
        ["value", "base_count", "unit_code"], ascending=[is_rising, False, True], kind="stable"
    )
    return ordered.head(MOST_BARS)


def ranking_title(rows: pd.DataFrame, first: pd.DataFrame, metric: str) -> str:
    """Title of the list: which end of how many units it shows."""
    if first.empty or len(rows) == 1:  # nothing to be ranked
        return catalogue.title(metric)
    is_rising = catalogue.COLUMNS[metric].better == "up"
    if len(first) == len(rows):
        title = _("All {count}, lowest first") if is_rising else _("All {count}, highest first")
    else:
        title = _("Lowest {shown} of {count}") if is_rising else _("Highest {shown} of {count}")
    return title.format(shown=number(len(first), "count"), count=number(len(rows), "count"))


def ranking_note(rows: pd.DataFrame, metric: str, least: int) -> str | None:
    """What the list leaves out, shares on a small base unless there are no others, or that it knows no errors."""
    if error(metric) == "given" and rows["value_variance"].isna().all():
        return _("How far chance alone moves these values is not known.")
    if catalogue.COLUMNS[metric].kind != "share" or not (rows["base_count"] < least).any():
        return None
    if not (rows["base_count"] >= least).any():
        return _("Every base n is below {least}: such a share says little.").format(least=least)
    return _("Without units whose base n is below {least}.").format(least=least)


def intervals(rows: pd.DataFrame, metric: str) -> NDArray[np.float64]:
    """Lower and upper end of the 90 % interval of every value, shape (rows, 2), in the metric's unit.

    A share's is Wilson's (1927), a count's and a count per household's that of a Poisson count, a mean score's comes
    from the scores' variances and is not a number where they are not known; what registers say of every unit has no
    error, and its ends are the value.
    """
    value, numerator, denominator = (
        rows[name].to_numpy(float, na_value=np.nan) for name in ("value", "numerator", "denominator")
    )
    kind = error(metric)
    if kind == "none":
        return np.column_stack([value, value])
    if kind == "share":
        middle = (numerator + Z_90**2 / 2) / (denominator + Z_90**2)
        reach = Z_90 * np.sqrt(numerator * (1 - value) + Z_90**2 / 4) / (denominator + Z_90**2)
        return np.column_stack([middle - reach, middle + reach])
    if kind == "count":
        reach = Z_90 * np.sqrt(numerator) / (1 if metric == "reported_issues" else denominator)
    else:
        reach = Z_90 * np.sqrt(rows["value_variance"].to_numpy(float, na_value=np.nan))
    return np.column_stack([np.maximum(value - reach, 0), value + reach])


def moved(rows: pd.DataFrame) -> pd.DataFrame:
    """The units that changed most, beyond error, the largest change first."""
    beyond = rows[rows["is_beyond_error"].fillna(False).astype(bool) & rows["change"].notna()]
    return beyond.sort_values("change", key=abs, ascending=False, kind="stable").head(MOST_BARS)


def unfit(rows: pd.DataFrame) -> pd.DataFrame:
    """The compounds that fit their grids least: not aligned, then with parts of the most grids."""
    known = rows[rows["fit_case"].notna() & (rows["fit_case"] != "matched")]
    order = known.assign(is_last=known["is_aligned"].astype("boolean").fillna(True).astype(bool))
    ordered = order.sort_values(["is_last", "grid_count", "unit_code"], ascending=[True, False, True], kind="stable")
    return ordered.drop(columns="is_last").head(MOST_BARS)
