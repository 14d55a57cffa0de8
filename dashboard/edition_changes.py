"""Headline figures of two editions of a place, published or candidate, side by side."""

from typing import Any

import numpy as np
import pandas as pd

from dashboard import headlines, periods, store
from dashboard.publishing import plausibility

FIGURES = ["metric", "district", "before", "after", "is_jump"]


def figures(place: str, before: str, after: str, language: str) -> pd.DataFrame:
    """Headline figures of the newer edition's last quarter in both: metric, district (None: the place), before, after.

    `is_jump` marks a change that stands out among those of the districts, beyond what chance moves; the whole jumps if
    it leaves its 3.5 standard errors and a tenth of itself.
    """
    months = store.query("periods", place=place, edition=after).iloc[0]
    if months.isna().any():
        return pd.DataFrame(columns=FIGURES)
    span = next(iter(periods.spans(*months).values()))
    asked: dict[str, Any] = {
        "language": language,
        "districts": [],
        "compound_types": [],
        "small_cell_limit": store.place_profile(place, after).small_cell_limit,
        **periods.parameters(*span),
    }
    both = [store.query("overview_metrics", place=place, edition=edition, **asked) for edition in (before, after)]
    keys = ["level", "metric", "district_code"]
    old, new = (frame[frame["metric"].isin(headlines.HEADLINES)] for frame in both)
    met = new.merge(old[[*keys, "value"]], on=keys, how="left", suffixes=("", "_before"))
    change = (met["value"] - met["value_before"]).to_numpy(dtype=float)
    error = met["standard_error"].to_numpy(dtype=float)
    met["is_jump"] = False
    is_whole = (met["level"] == "selection").to_numpy()
    tenth = 0.1 * np.abs(met["value_before"].to_numpy(dtype=float))
    scale = np.maximum(plausibility.LIMIT * np.nan_to_num(error), tenth)
    met.loc[is_whole & (np.abs(np.nan_to_num(change)) > np.nan_to_num(scale, nan=np.inf)), "is_jump"] = True
    for metric in headlines.HEADLINES:
        those = ((met["metric"] == metric) & ~is_whole).to_numpy()
        met.loc[those, "is_jump"] = plausibility.jumps(change[those], error[those])
    met["metric"] = pd.Categorical(met["metric"], headlines.HEADLINES)
    met["order"] = (~is_whole).astype(int)
    met = met.sort_values(["order", "metric", "district_code"], na_position="first")
    met["district"] = met["district_name"].where(met["level"] == "district", None)
    return met.assign(before=met["value_before"], after=met["value"], metric=met["metric"].astype(str))[FIGURES]
