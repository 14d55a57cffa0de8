"""What was done with editions, in words; headline figures of two, published or candidate, side by side."""

from typing import Any

import numpy as np
import pandas as pd

from dashboard import editions, headlines, periods, store
from dashboard.publishing import plausibility
from dashboard.text import N_

DEEDS = {
    editions.PUBLISHED: N_("published"),
    editions.AGAIN: N_("published again"),
    editions.ROLLED_BACK: N_("rolled back"),
    editions.REMOVED: N_("removed"),
}
FIGURES = ["metric", "district", "before", "after", "change", "is_jump"]
KEYS = ["level", "metric", "district_code"]


def figures(place: str, before: str, after: str, language: str) -> pd.DataFrame:
    """Headline figures of the newer edition's last quarter in both: metric, district (None: the place), before, after.

    A figure that only one of them reports stands beside nothing; of an edition that another version of the dashboard
    made, and that lacks what the figures need, none does. `is_jump` marks a figure that is no longer reported and a
    change that stands out among those of the districts, beyond what chance moves; the whole jumps if it leaves its 3.5
    standard errors and a tenth of itself.
    Raises `editions.EditionError`.
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
    old, new = (_headlines(place, edition, asked) for edition in (before, after))
    met = new.merge(old[[*KEYS, "district_name", "value"]], on=KEYS, how="outer", suffixes=("", "_before"))
    met["change"] = met["value"] - met["value_before"]
    met["is_whole"] = met["level"] == "selection"
    met["is_jump"] = _whole_jumps(met) & met["is_whole"]
    for metric in headlines.HEADLINES:
        those = (met["metric"] == metric) & ~met["is_whole"]
        changes, errors = (met.loc[those, name].to_numpy(dtype=float) for name in ("change", "standard_error"))
        met.loc[those, "is_jump"] = plausibility.jumps(changes, errors)
    met["order"] = met["metric"].map(headlines.HEADLINES.index)
    met = met.sort_values(["is_whole", "order", "district_code"], ascending=[False, True, True])
    met["is_jump"] |= met["value"].isna()  # what is no longer reported
    named = met["district_name"].fillna(met["district_name_before"])
    met["district"] = named.astype(object).where(~met["is_whole"], None)
    return met.assign(before=met["value_before"], after=met["value"])[FIGURES].reset_index(drop=True)


def _headlines(place: str, edition: str, asked: dict[str, Any]) -> pd.DataFrame:
    """The headline figures that an edition gives, with their standard errors."""
    columns = [*KEYS, "district_name", "value", "standard_error"]
    try:
        found = store.query("overview_metrics", place=place, edition=edition, **asked)
    except store.OutdatedEditionError:
        return pd.DataFrame(columns=columns)
    return found.loc[found["metric"].isin(headlines.HEADLINES), columns]


def _whole_jumps(met: pd.DataFrame) -> pd.Series:
    """Which changes are larger than chance and a tenth of what was, by themselves."""
    error = met["standard_error"].astype(float).fillna(0.0)
    scale = np.maximum(plausibility.LIMIT * error, 0.1 * met["value_before"].astype(float).abs())
    return met["change"].astype(float).abs() > scale
