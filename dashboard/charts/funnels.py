"""Rates against the number of cases, between the limits that chance alone would keep to."""

import pandas as pd

from dashboard.charts import theme
from dashboard.text import _, number

LIMITS = {"95": ("low_95", "high_95", "dot"), "998": ("low_998", "high_998", "solid")}
# Far outside is a finding; just outside happens to one in twenty by chance, so it is only a little darker.
STATES = {
    "within_chance": (lambda: _("within chance"), theme.DATA_SOFT, "circle", 6),
    "below": (lambda: _("below 95 %"), theme.DATA, "circle", 7),
    "above": (lambda: _("above 95 %"), theme.DATA, "circle", 7),
    "far_below": (lambda: _("below 99.8 %"), theme.TROUBLE, "square", 9),
    "far_above": (lambda: _("above 99.8 %"), theme.GOOD, "diamond", 9),
}


def chance_funnel(rows: pd.DataFrame) -> theme.Figure:
    """A dot per branch at its cases and its rate, the rate of all as a line, limits of 95 % and 99.8 % about it.

    `rows` by rising denominator: branch_name, district_name, numerator, denominator, item_ratio, overall_ratio,
    low_95, high_95, low_998, high_998, funnel_state, org_id. A dot is clicked to open its branch.
    """
    steps = rows.drop_duplicates("denominator")
    traces = []
    for low, high, dash in LIMITS.values():
        line = {"color": theme.MUTED, "width": 1, "dash": dash}
        for name in (low, high):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": list(steps["denominator"]),
                    "y": list(steps[name]),
                    "line": line,
                    "hoverinfo": "skip",
                    "showlegend": False,
                }
            )
    for state, (words, colour, symbol, size) in STATES.items():
        part = rows[rows["funnel_state"] == state]
        if len(part):
            spoken = [
                f"{row['branch_name']} · {row['district_name']}<br>{number(row['numerator'], 'count')} / "
                f"{number(row['denominator'], 'count')} = {number(row['item_ratio'], 'share')}"
                for row in theme.records(part)
            ]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": words(),
                    "x": list(part["denominator"]),
                    "y": list(part["item_ratio"]),
                    "marker": {"color": colour, "symbol": symbol, "size": size, "opacity": 0.75},
                    "customdata": [list(pair) for pair in zip(part["org_id"], spoken, strict=True)],
                    "hovertemplate": "%{customdata[1]}<extra></extra>",
                }
            )
    overall = rows["overall_ratio"].iloc[0]
    lowest = rows["item_ratio"].min()
    return theme.figure(
        *traces,
        height=420,
        legend=True,
        margin={"t": 52},
        xaxis={"rangemode": "tozero", "fixedrange": True},
        yaxis={"range": [max(0, lowest - 0.04), 1.02], "tickformat": ".0%", "fixedrange": True},
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": overall,
                "y1": overall,
                "line": {"color": theme.MUTED, "width": 1.5},
                "layer": "below",
            }
        ],
    )
