"""One branch: its dimensions beside its peers, its points item by item, its history."""

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.marks import CHOSEN, level, moments, stars, texts
from dashboard.text import _, moment, number, tick

DIMENSION_HEIGHT = 46
ITEM_HEIGHT = 36


def dimension_profile(rows: pd.DataFrame) -> theme.Figure:
    """Aligned dots: the branch, the mean of its peers (line) and the middle four fifths of them (grey bar).

    `rows`: dimension_name, max_points, dimension_score, peer_mean, percentile_10, percentile_90, in the order of
    the rule set.
    """
    places = [float(place) for place in range(len(rows))]
    is_scored = rows["dimension_score"].notna()
    right = rows["max_points"].max()
    peers_word = _("mean of peers")
    spoken = [
        f"{row['dimension_name']}<br>{number(row['dimension_score'], 'score')} · "
        f"{peers_word} {number(row['peer_mean'], 'score')}"
        for row in theme.records(rows)
    ]
    words = [
        f"<b>{number(score, 'score')}</b>" if scored else _("not scored")
        for score, scored in zip(rows["dimension_score"], is_scored, strict=True)
    ]
    peers = rows["percentile_90"] - rows["percentile_10"]
    return theme.figure(
        {
            "type": "bar",
            "orientation": "h",
            "name": _("middle 80 % of peers"),
            "base": list(rows["percentile_10"]),
            "x": list(peers),
            "y": places,
            "width": 0.24,
            "marker": {"color": theme.NOT_REPORTED, "opacity": 0.55},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("mean of peers"),
            "x": list(rows["peer_mean"]),
            "y": places,
            "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": theme.MUTED}},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": _("this branch"),
            "x": list(rows["dimension_score"]),
            "y": places,
            "marker": {"size": 14, "color": CHOSEN},
            "customdata": spoken,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        texts([0] * len(rows), [place - 0.36 for place in places], list(rows["dimension_name"]), "middle right"),
        texts([right * 1.04] * len(rows), places, words, "middle right"),
        height=DIMENSION_HEIGHT * len(rows) + 80,
        legend=True,
        margin={"r": 62, "l": 0},
        xaxis={"range": [0, right * 1.04], "fixedrange": True, "tickvals": [right * part / 4 for part in range(5)]},
        yaxis={"range": [len(rows) - 0.5, -0.7], "visible": False, "fixedrange": True},
    )  # fmt: skip


def waterfall(rows: pd.DataFrame, *, start: float, end: float) -> theme.Figure:
    """From the mean of the peers (`start`) to the branch (`end`), step by step in points.

    `rows`: step_name, step_points, is_available; what is not available only loses what peers have from it.
    """
    names = [_("Mean of peers"), *rows["step_name"], _("This branch")]
    steps = list(rows["step_points"])
    reached = [start]
    for step in steps:
        reached.append(reached[-1] + step)
    places = [float(place) for place in range(len(names))]
    low, high = min([*reached, end]), max([*reached, end])
    pad = max((high - low) * 0.12, 1)
    left = max(low - pad, 0)
    starts = [min(before, before + step) for before, step in zip(reached, steps, strict=False)]
    signs = ["▲" if step > 0 else "▼" for step in steps]
    tails = [
        f"<b>{number(start, 'total')}</b>",
        *[
            f"{sign} {number(step, 'score_change')}" if abs(step) >= 0.05 else "±0.0"
            for sign, step in zip(signs, steps, strict=True)
        ],
        f"<b>{number(end, 'total')}</b>",
    ]
    ends = [start, *[base + abs(step) for base, step in zip(starts, steps, strict=True)], end]
    spoken = [f"{name}<br>{tail}" for name, tail in zip(names, tails, strict=True)]
    joints: dict[str, list[float | None]] = {"x": [], "y": []}
    for place, value in enumerate(reached):
        joints["x"] += [value, value, None]
        joints["y"] += [place, place + 1, None]
    return theme.figure(
        {"type": "scatter", "mode": "lines", **joints, "line": {"color": theme.MUTED, "width": 1}, "hoverinfo": "skip"},
        {
            "type": "bar",
            "orientation": "h",
            "base": starts,
            "x": [abs(step) for step in steps],
            "y": places[1:-1],
            "width": 0.4,
            "marker": {
                "color": [theme.GOOD if step > 0 else theme.TROUBLE for step in steps],
                "pattern": {"shape": ["" if available else "/" for available in rows["is_available"]]},
            },
            "customdata": spoken[1:-1],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [start, end],
            "y": [places[0], places[-1]],
            "marker": {"symbol": "diamond", "size": 14, "color": [theme.MUTED, CHOSEN]},
            "customdata": [spoken[0], spoken[-1]],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        texts([left] * len(names), [place - 0.4 for place in places], names, "middle right"),
        texts([each + (high - left) * 0.025 for each in ends], places, tails, "middle right"),
        height=ITEM_HEIGHT * len(names) + 30,
        margin={"r": 70, "l": 0},
        xaxis={"range": [left, high + pad * 0.6], "nticks": 6, "fixedrange": True},
        yaxis={"range": [len(names) - 0.5, -0.7], "visible": False, "fixedrange": True},
    )  # fmt: skip


def score_history(rows: pd.DataFrame, *, bands: pd.DataFrame) -> theme.Figure:
    """Total by quarter with its 90 % interval, the mean of the peers dashed, star bands marked.

    `rows`: quarter, total, score_low, score_high, peer_mean, stars, rank, ranking_state; `bands`: stars,
    minimum_score. Quarters without a rank are hollow.
    """
    quarters = [moment(quarter, "quarter") for quarter in rows["quarter"]]
    short = [tick(quarter, "quarter") for quarter in rows["quarter"]]
    spoken = [
        f"{quarter}<br>{number(row['total'], 'total')} ({number(row['score_low'], 'score')}–"
        f"{number(row['score_high'], 'score')})<br>{stars(row['stars'])}"
        for quarter, row in zip(quarters, theme.records(rows), strict=True)
    ]
    band = {"type": "scatter", "mode": "lines", "x": short, "line": {"width": 0}, "hoverinfo": "skip"}
    low, high = rows["score_low"].min(), rows["score_high"].max()
    shown = bands[(bands["minimum_score"] > low) & (bands["minimum_score"] < high)]
    return theme.figure(
        {**band, "y": list(rows["score_low"]), "showlegend": False},
        {**band, "y": list(rows["score_high"]), "fill": "tonexty", "fillcolor": "rgba(59,110,165,0.20)",
         "name": _("90 % interval")},
        {"type": "scatter", "mode": "lines", "x": short, "y": list(rows["peer_mean"]), "name": _("mean of peers"),
         "line": {"color": theme.MUTED, "width": 2, "dash": "dash"}, "hoverinfo": "skip"},
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": _("this branch"),
            "x": short,
            "y": list(rows["total"]),
            "line": {"color": CHOSEN, "width": 3},
            "marker": {
                "size": 8,
                "symbol": ["circle" if state == "ranked" else "circle-open" for state in rows["ranking_state"]],
            },
            "customdata": spoken,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        height=310,
        legend=True,
        margin={"r": 56},
        xaxis=moments(short, 4),
        yaxis={"range": [max(low - 2, 0), high + 2], "nticks": 6, "fixedrange": True},
        shapes=[level(value) for value in shown["minimum_score"]],
        annotations=[
            {"x": 1, "xref": "paper", "xanchor": "left", "y": value, "text": stars(count), "showarrow": False,
             "font": {"size": 10}}
            for count, value in zip(shown["stars"], shown["minimum_score"], strict=True)
        ],
    )  # fmt: skip
