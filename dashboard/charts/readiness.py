"""Drills by month: how many were held, and how many of them did not come up to the plan."""

from typing import Any

from dashboard.charts import theme
from dashboard.charts.marks import month_axis
from dashboard.text import _, moment, number


def drill_months(rows: theme.Rows) -> theme.Figure:
    """An upright bar per month at its drills, those that did not meet the plan on top.

    `rows`: month, drill_count, drill_not_met_count, in order.
    """
    months = theme.records(rows)
    if not months:
        return theme.sentence(_("Nothing to show for this selection."))
    days = [row["month"].isoformat()[:10] for row in months]
    spoken = [_spoken(row) for row in months]
    parts = (
        (
            _("Met or largely met"),
            {"color": theme.DATA_SOFT},
            [r["drill_count"] - r["drill_not_met_count"] for r in months],
        ),
        (_("Not met"), {"color": theme.TROUBLE}, [r["drill_not_met_count"] for r in months]),
    )
    return theme.figure(
        *[
            {
                "type": "bar",
                "name": name,
                "x": days,
                "y": counts,
                "marker": look,
                "customdata": spoken,
                "hovertemplate": "%{customdata}<extra></extra>",
            }
            for name, look, counts in parts
            if any(counts)
        ],
        height=300,
        legend=any(row["drill_not_met_count"] for row in months),
        barmode="stack",
        xaxis=month_axis([row["month"] for row in months]),
        yaxis={"rangemode": "tozero", "nticks": 5, "tickformat": ",.0f", "fixedrange": True},
    )


def _spoken(row: dict[str, Any]) -> str:
    words = _("{drills} drills, {failed} not met").format(
        drills=number(row["drill_count"], "count"), failed=number(row["drill_not_met_count"], "count")
    )
    return f"{moment(row['month'], 'month')}<br>{words}"
