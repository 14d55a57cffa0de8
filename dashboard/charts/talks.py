"""Talks: a calendar by day, bars by month, how far topics came step by step, how soon results are published."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from dashboard.charts import theme
from dashboard.charts.marks import head, month_axis, texts, upright
from dashboard.text import _, language, moment, number

NUMBERED_WEEKS = 15  # up to a quarter a day is wide enough for its number
STEP_LINE = 44
FEW_SESSIONS = 6  # a month
SHADES = [[0, "rgba(59,110,165,0.05)"], [0.001, "rgba(59,110,165,0.16)"], [1, "rgba(59,110,165,0.85)"]]
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def calendar(rows: theme.Rows) -> theme.Figure:
    """Days by weekday and week, the darker the more talks; days of the place's rule have a frame.

    `rows`: day, session_count, topic_count, is_rule_day; every day of a period, in order.
    """
    days = theme.records(rows)
    if not days:
        return theme.sentence(_("Nothing to show for this selection."))
    first = _day(days[0]["day"])
    monday = first - timedelta(days=first.weekday())
    places = [((_day(row["day"]) - monday).days // 7, _day(row["day"]).weekday()) for row in days]
    weeks = places[-1][0] + 1
    cells: list[list[Any]] = [[None] * weeks for _weekday in range(7)]
    spoken: list[list[str]] = [[""] * weeks for _weekday in range(7)]
    for row, (week, weekday) in zip(days, places, strict=True):
        cells[weekday][week] = row["session_count"]
        spoken[weekday][week] = _of_day(row)
    shade = {
        "type": "heatmap",
        "z": cells,
        "colorscale": SHADES,
        "zmin": 0,
        "zmax": max(row["session_count"] for row in days) or 1,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
        "hoverongaps": False,
    }
    is_numbered = weeks <= NUMBERED_WEEKS
    numbers = texts(
        [week for week, _weekday in places],
        [weekday for _week, weekday in places],
        [str(_day(row["day"]).day) if is_numbered else "" for row in days],
        "middle center",
    )
    frames = [
        {
            "type": "rect",
            "x0": week - 0.46,
            "x1": week + 0.46,
            "y0": weekday - 0.46,
            "y1": weekday + 0.46,
            "line": {"color": theme.WATCH, "width": 2 if is_numbered else 1},
        }
        for row, (week, weekday) in zip(days, places, strict=True)
        if row["is_rule_day"]
    ]
    starts = [
        (week, _day(row["day"]))
        for row, (week, _weekday) in zip(days, places, strict=True)
        if _day(row["day"]).day == 1
    ]
    axis = {"showgrid": False, "fixedrange": True}
    return theme.figure(
        shade,
        numbers,
        height=300,
        margin={"t": 26},
        shapes=frames,
        xaxis={
            **axis,
            "side": "top",
            "tickvals": [week for week, _start in starts],
            "ticktext": [_month(start) for _week, start in starts],
            "range": [-0.5, weeks - 0.5],
        },
        yaxis={**axis, "tickvals": list(range(7)), "ticktext": list(WEEKDAYS[language()]), "range": [6.5, -0.5]},
    )


def talk_months(rows: theme.Rows) -> theme.Figure:
    """An upright bar per month at its sessions, a mark at its topics.

    `rows`: month, session_count, topic_count, in order.
    """
    months = theme.records(rows)
    if not months:
        return theme.sentence(_("Nothing to show for this selection."))
    days = [_day(row["month"]).isoformat() for row in months]
    spoken = [
        f"{moment(row['month'], 'month')}<br>" + _sessions_and_topics(row["session_count"], row["topic_count"])
        for row in months
    ]
    shared = {"x": days, "customdata": spoken, "hovertemplate": "%{customdata}<extra></extra>"}
    return theme.figure(
        {
            **shared,
            "type": "bar",
            "name": _("Sessions"),
            "y": [row["session_count"] for row in months],
            "marker": {"color": theme.DATA_SOFT},
        },
        {
            **shared,
            "type": "scatter",
            "mode": "markers",
            "name": _("Topics"),
            "y": [row["topic_count"] for row in months],
            "marker": {"symbol": "line-ew-open", "size": 12, "color": theme.DATA, "line": {"width": 2}},
        },
        height=300,
        legend=True,
        xaxis=month_axis([row["month"] for row in months]),
        yaxis={"rangemode": "tozero", "tickformat": ",.0f", "fixedrange": True} | _whole_ticks(months),
    )


def _whole_ticks(months: list[dict[str, Any]]) -> dict[str, int]:
    """Ticks at whole numbers: of a few sessions, halves would be written as the number beside them."""
    most = max(max(row["session_count"], row["topic_count"]) for row in months)
    return {"dtick": 1} if most < FEW_SESSIONS else {"nticks": 5}


def steps(rows: theme.Rows, *, names: dict[int, str]) -> theme.Figure:
    """A bar per step from all topics down to those that reached the last, names above, losses beside.

    `rows`: talk_step, reached_count, known_topic_count, reached_share, in the order of the steps; `names` by step.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    whole = records[0]["known_topic_count"]
    lines = [(_("Topics that report their steps"), whole, 1.0)]
    lines += [(names[row["talk_step"]], row["reached_count"], row["reached_share"]) for row in records]
    lost = ["", *(_lost(before[1], own[1]) for before, own in pairwise(lines))]
    places = list(range(len(lines)))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [share for _name, _count, share in lines],
        "y": places,
        "width": 0.4,
        "marker": {"color": [theme.NOT_REPORTED, *[theme.DATA_SOFT] * len(records)]},
        "customdata": [
            f"{name}<br>{number(count, 'count')} ({number(share, 'share')})" for name, count, share in lines
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    heads = [
        f"{name}  <span style='color:{theme.MUTED}'>{loss}</span>"
        for (name, _count, _share), loss in zip(lines, lost, strict=True)
    ]
    ends = [f"{number(count, 'count')} · {number(share, 'share')}" for _name, count, share in lines]
    return theme.figure(
        bars,
        texts([0] * len(lines), [place - 0.42 for place in places], heads, "middle right"),
        texts([1.02] * len(lines), places, ends, "middle right"),
        height=STEP_LINE * len(lines) + 20,
        uniformtext={"mode": False},
        margin={"l": 0, "r": 0},
        xaxis={"range": [0, 1.48], "visible": False, "fixedrange": True},
        yaxis={"range": [len(lines) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def delays(rows: theme.Rows, *, limit: int | None) -> theme.Figure:
    """A rising line: share of the topics resolved whose result was published within so many days.

    `rows`: delay_days, topic_count, published_share, in order; the place's `limit` of days, if any, is dotted.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("No result of this selection is published."))
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [row["delay_days"] for row in records],
        "y": [row["published_share"] for row in records],
        "line": {"color": theme.DATA, "width": 3, "shape": "hv"},
        "marker": {"size": 6},
        "customdata": [
            _("within {days} days: {share} of the topics resolved").format(
                days=row["delay_days"], share=number(row["published_share"], "share")
            )
            for row in records
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    goal = [] if limit is None else [head(limit, _("Rule: {days} days").format(days=limit))]
    furthest = max(records[-1]["delay_days"], limit or 0) + 1
    return theme.figure(
        line,
        height=300,
        margin={"t": 24},
        shapes=[] if limit is None else [upright(limit, theme.WATCH)],
        annotations=goal,
        xaxis={"range": [0, furthest], "dtick": max(1, furthest // 8), "showgrid": False, "fixedrange": True,
               "title": {"text": _("Days after the talk")}},
        yaxis={"range": [0, 1.03], "tickformat": ".0%", "nticks": 6, "fixedrange": True},
    )  # fmt: skip


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value


def _month(start: date) -> str:
    return f"{start:%b}" if language() == "en" else f"{start.month}月"


def _of_day(row: dict[str, Any]) -> str:
    words = [moment(row["day"], "date"), _sessions_and_topics(row["session_count"], row["topic_count"])]
    return "<br>".join([*words, _("day of the rule")] if row["is_rule_day"] else words)


def _sessions_and_topics(sessions: int, topics: int) -> str:
    return _("{sessions} sessions, {topics} topics").format(
        sessions=number(sessions, "count"), topics=number(topics, "count")
    )


def _lost(before: int, after: int) -> str:
    return f"−{number(before - after, 'count')}" if after < before else ""
