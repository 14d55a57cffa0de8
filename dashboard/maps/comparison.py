"""How a metric of every unit changed between two periods, and which changes are larger than their error."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.maps.levels import error

Z_90 = 1.645
COLUMNS = [
    "unit_code", "unit_name", "value", "previous_value", "change", "is_beyond_error", "state",
    "longitude", "latitude",
]  # fmt: skip


def changed(now: pd.DataFrame, before: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Change of every unit, in the metric's unit; `now` and `before` are rows of `map_values`.

    A change is beyond error if it exceeds 1.645 standard errors of the difference (90 %). A share's variance is
    p̃(1 - p̃)/n with p̃ = (x + 1)/(n + 2) (Agresti and Coull 1998), a count's is the count (Poisson), a mean score's
    comes with it, or is not known; what registers say of every unit has none. A unit without a value in either period
    has no change, and the state that explains it.
    """
    earlier = before.set_index("unit_code").reindex(now["unit_code"]).reset_index()
    change = now["value"] - earlier["value"].to_numpy()
    margin = Z_90 * np.sqrt(_variance(now, metric) + _variance(earlier, metric))
    is_gone = (now["state"] == "reported") & (earlier["state"] != "reported").to_numpy()
    return now.assign(
        previous_value=earlier["value"].to_numpy(),
        change=change,
        is_beyond_error=(change.abs() > margin).astype("boolean").mask(np.isnan(margin)),
        state=now["state"].mask(is_gone, earlier["state"].fillna("not_reported").to_numpy()),
    )[COLUMNS]


def _variance(rows: pd.DataFrame, metric: str) -> NDArray[np.float64]:
    numerator, denominator = (rows[name].to_numpy(float, na_value=np.nan) for name in ("numerator", "denominator"))
    kind = error(metric)
    if kind == "none":
        return np.zeros(len(rows))
    if kind == "count":
        return numerator if metric == "reported_issues" else numerator / denominator**2
    if kind == "share":
        likely = (numerator + 1) / (denominator + 2)
        return likely * (1 - likely) / denominator
    return rows["value_variance"].to_numpy(float, na_value=np.nan)
