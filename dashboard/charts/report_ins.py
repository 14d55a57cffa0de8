"""Report-ins by month and mode, posts claimed and completed, and what both sides of an appraisal say."""

from datetime import date
from typing import Any

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.charts.marks import month_axis, texts
from dashboard.text import _, moment, number

POST_LINE, PAIR_LINE = 44, 34
MODES = (("routine_count", theme.DATA_SOFT), ("emergency_count", theme.DATA), ("unknown_count", theme.NOT_REPORTED))


def report_in_months(rows: theme.Rows) -> theme.Figure:
    """An upright bar per month divided by mode: routine, emergency, and not reported where there is any.

    `rows`: month, routine_count, emergency_count, unknown_count, served_hours, of one party, in order.
    """
    months = theme.records(rows)
    if not months:
        return theme.sentence(_("Nothing to show for this selection."))
    days = [_day(row["month"]) for row in months]
    modes = [mode for mode in MODES if mode[0] != "unknown_count" or any(row["unknown_count"] for row in months)]
    spoken = [_of_month(row, [name for name, _colour in modes]) for row in months]
    return theme.figure(
        *(
            {
                "type": "bar",
                "name": catalogue.title(name),
                "x": [day.isoformat() for day in days],
                "y": [row[name] for row in months],
                "marker": {"color": colour},
                "customdata": spoken,
                "hovertemplate": "%{customdata}<extra></extra>",
            }
            for name, colour in modes
        ),
        height=260,
        legend=True,
        barmode="stack",
        xaxis=month_axis(days),
        yaxis={"rangemode": "tozero", "nticks": 5, "tickformat": ",.0f", "fixedrange": True},
    )


def posts(rows: theme.Rows, *, words: dict[str, str]) -> theme.Figure:
    """A pale bar per type of post at its claims, a dark one in it at those completed, words above.

    `rows`: post_type, claim_count, completed_claims, post_completion_rate, evidence_rate, signal, in order; `words`
    names the types.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("No post was claimed in this period."))
    places = list(range(len(records)))
    heads = []
    for row in records:
        sign = f"{theme.SIGNS[row['signal']]} " if row["signal"] != "unknown" else ""
        counts = f"{number(row['completed_claims'], 'count')} / {number(row['claim_count'], 'count')}"
        kept = f"{sign}{catalogue.title('post_completion_rate')} {number(row['post_completion_rate'], 'share')}"
        heads.append(f"<b>{words.get(row['post_type'], row['post_type'])}</b>  {counts} · {kept}")
    spoken = [
        "<br>".join([head, f"{catalogue.title('evidence_rate')}: {number(row['evidence_rate'], 'share')}"])
        for head, row in zip(heads, records, strict=True)
    ]
    shared = {"type": "bar", "orientation": "h", "y": places, "customdata": spoken}
    shared["hovertemplate"] = "%{customdata}<extra></extra>"
    most = max(row["claim_count"] for row in records) or 1
    return theme.figure(
        {
            **shared,
            "name": catalogue.title("claim_count"),
            "x": [row["claim_count"] for row in records],
            "width": 0.34,
            "marker": {"color": theme.DATA_SOFT},
        },
        {
            **shared,
            "name": catalogue.title("completed_claims"),
            "x": [row["completed_claims"] for row in records],
            "width": 0.34,
            "marker": {"color": theme.DATA},
        },
        texts([0] * len(records), [place - 0.4 for place in places], heads, "middle right"),
        height=POST_LINE * len(records) + 60,
        legend=True,
        barmode="overlay",
        uniformtext={"mode": False},
        margin={"l": 4, "r": 8},
        xaxis={"range": [0, most * 1.02], "visible": False, "fixedrange": True},
        yaxis={"range": [len(records) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def two_way(rows: theme.Rows) -> theme.Figure:
    """A line per district between two mean scores: units as communities rate them, communities as units do.

    `rows`: district_name, units_by_communities, communities_by_units; a score that nobody gave has no mark.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    names = [row["district_name"] for row in records]
    looks = {"units_by_communities": ("circle", theme.DATA), "communities_by_units": ("diamond-open", theme.WATCH)}
    both = [row for row in records if all(_is_given(row[score]) for score in looks)]
    given = [row[score] for row in records for score in looks if _is_given(row[score])]
    links = {
        "type": "scatter",
        "mode": "lines",
        "x": [value for row in both for value in (*(row[score] for score in looks), None)],
        "y": [name for row in both for name in (row["district_name"], row["district_name"], None)],
        "line": {"color": theme.GRID, "width": 4},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return theme.figure(
        links,
        *(
            {
                "type": "scatter",
                "mode": "markers",
                "name": catalogue.title(score),
                "x": [row[score] if _is_given(row[score]) else None for row in records],
                "y": names,
                "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
                "customdata": [
                    f"<b>{row['district_name']}</b><br>{catalogue.title(score)}: {number(row[score], 'score')}"
                    for row in records
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
            for score, (symbol, colour) in looks.items()
        ),
        height=PAIR_LINE * len(records) + 90,
        legend=True,
        margin={"r": 16},
        xaxis={"range": [min([*given, 60]) - 3, max([*given, 90]) + 3], "nticks": 6, "fixedrange": True},
        yaxis={"categoryorder": "array", "categoryarray": names[::-1], "fixedrange": True, "showgrid": False},
    )


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value


def _is_given(value: float | None) -> bool:
    return value is not None and value == value


def _of_month(row: dict[str, Any], names: list[str]) -> str:
    lines = [moment(row["month"], "month")]
    lines += [f"{catalogue.title(name)}: {number(row[name], 'count')}" for name in names]
    return "<br>".join([*lines, f"{catalogue.title('served_hours')}: {number(row['served_hours'], 'hours')}"])
