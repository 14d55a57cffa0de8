"""Ranked units of the map: one bar each in the colour it has on the map, as words and lengths for `map_list`."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _, number


def units(
    rows: pd.DataFrame,
    *,
    metric: str,
    colours: list[str],
    intervals: NDArray[np.float64],
    target: float | None = None,
) -> dict[str, Any]:
    """Bars with their intervals in the order of `rows`, and where the target lies (`target`, None without one).

    `rows` has unit_code, unit_name, value and base_count; `colours` has one colour per row, `intervals` a lower and
    an upper end, not a number where they are not known. Lengths are shares of the longest that is drawn.
    """
    ends = [list(map(float, each)) if np.isfinite(each).all() else None for each in intervals]
    drawn = [0 if target is None else target, *rows["value"], *(high for _low, high in filter(None, ends))]
    reach = max(drawn) or 1
    bars = []
    for row, colour, span in zip(theme.records(rows), colours, ends, strict=True):
        value = catalogue.metric_number(row["value"], metric)
        base = row["base_count"]
        bar = {
            "code": row["unit_code"],
            "name": row["unit_name"],
            "base": "" if pd.isna(base) else _("n = {count}").format(count=number(base, "count")),
            "value": value,
            "colour": colour,
            "length": round(row["value"] / reach, 4),
            "interval": "",
        }
        if span and span[0] < span[1]:
            low, high = (catalogue.metric_number(end, metric) for end in span)
            bar["interval"] = _("90 % interval {low} – {high}").format(low=low, high=high)
            bar["span"] = [round(end / reach, 4) for end in span]
        bars.append(bar)
    return {"bars": bars, "target": None if target is None else round(target / reach, 4)}
