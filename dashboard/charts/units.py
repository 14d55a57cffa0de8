"""Ranked units of the map: one bar each in the colour it has on the map."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _, number

LINE = 36
ROOM = 1.24  # of the longest bar: values stand in a column beyond it, clear of the target's line


def units(
    rows: pd.DataFrame,
    *,
    metric: str,
    colours: list[str],
    intervals: NDArray[np.float64],
    target: float | None = None,
) -> theme.Figure:
    """Horizontal bars with their intervals in the order of `rows`, names above them, target dotted.

    `rows` has unit_code, unit_name, value and base_count; `colours` has one colour per row, `intervals` a lower and
    an upper end, not a number where they are not known. A click gives the unit's code as `customdata`.
    """
    if rows.empty:
        return theme.sentence(_("No unit has a value here."))
    places = list(range(len(rows)))
    written = [catalogue.metric_number(value, metric) for value in rows["value"]]
    bases = [f" n = {number(base, 'count')}" if base == base else "" for base in rows["base_count"]]
    grey = f"<span style='color:{theme.MUTED}'>"
    named = [f"{name}{grey}{base}</span>" for name, base in zip(rows["unit_name"], bases, strict=True)]
    reach = max([*rows["value"], target or 0, *np.nan_to_num(intervals[:, 1])]) or 1
    below, above = (np.abs(intervals[:, end] - rows["value"].to_numpy(float)) for end in (0, 1))
    spans = [
        f" ({catalogue.metric_number(low, metric)} – {catalogue.metric_number(high, metric)})" if low < high else ""
        for low, high in intervals
    ]
    bars = {
        "type": "bar",
        "x": list(rows["value"]),
        "y": places,
        "orientation": "h",
        "width": 0.36,
        "marker": {"color": colours, "line": {"width": 0}},
        "customdata": [[code] for code in rows["unit_code"]],
        "hovertext": [
            f"{name}<br>{value}{span}" for name, value, span in zip(rows["unit_name"], written, spans, strict=True)
        ],
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(each, 6) for each in above],
            "arrayminus": [round(each, 6) for each in below],
            "color": theme.MUTED,
            "thickness": 1.2,
            "width": 3,
        },
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    names = {
        "type": "scatter",
        "x": [0] * len(rows),
        "y": [place - 0.38 for place in places],
        "mode": "text",
        "text": named,
        "textposition": "middle right",
        "textfont": {"size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    values = names | {"x": [reach * ROOM] * len(rows), "y": places, "text": written, "textposition": "middle left"}
    shapes = []
    if target is not None:
        dotted = {"color": theme.MUTED, "width": 1, "dash": "dot"}
        shapes = [{"type": "line", "x0": target, "x1": target, "yref": "y domain", "y0": 0, "y1": 1, "line": dotted}]
    return theme.figure(
        bars,
        names,
        values,
        height=LINE * len(rows) + 24,
        uniformtext={"mode": False},
        shapes=shapes,
        xaxis={"range": [0, reach * ROOM], "visible": False, "fixedrange": True},
        yaxis={"range": [len(rows) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )
