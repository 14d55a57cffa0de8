"""Two rates of each unit on one line: a bar at the first, a diamond at the second."""

from typing import Any

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.charts.marks import head, texts, upright
from dashboard.text import _, number

LINE = 46


def rate_pairs(rows: theme.Rows, *, group: str, first: str, second: str, target: float | None) -> theme.Figure:
    """A bar per `group` at the rate `first`, a hollow diamond at the rate `second`, the target of `first` dotted.

    `rows`: group, the two rates (0-1) and `signal`, the light of the first. Both rates are columns of the catalogue,
    whose titles tell them apart; a rate that is not reported has no mark.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("Nothing to show for this selection."))
    titles = {name: catalogue.title(name) for name in (first, second)}
    places = list(range(len(records)))
    spoken = [_spoken(row, group, titles) for row in records]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": titles[first],
        "x": [row[first] for row in records],
        "y": places,
        "width": 0.34,
        "marker": {"color": theme.DATA_SOFT},
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    diamonds = {
        "type": "scatter",
        "mode": "markers",
        "name": titles[second],
        "x": [row[second] for row in records],
        "y": places,
        "marker": {"symbol": "diamond-open", "size": 10, "color": theme.WATCH, "line": {"width": 2}},
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }
    heads = [
        f"<b>{row[group]}</b>  <span style='color:{theme.MUTED}'>◇ {number(row[second], 'share')}</span>"
        for row in records
    ]
    return theme.figure(
        bars,
        diamonds,
        texts([0] * len(records), [place - 0.42 for place in places], heads, "middle right"),
        texts([1.02] * len(records), places, [_written(row, first) for row in records], "middle right"),
        height=LINE * len(records) + 64,
        legend=True,
        uniformtext={"mode": False},
        margin={"l": 0, "r": 0, "b": 24},
        shapes=[] if target is None else [upright(target)],
        annotations=[] if target is None else [_goal(target)],
        xaxis={"range": [0, 1.26], "visible": False, "fixedrange": True},
        yaxis={"range": [len(records) - 0.5, -0.8], "visible": False, "fixedrange": True},
    )


def _goal(target: float) -> dict[str, Any]:
    words = _("Target {value}").format(value=number(target, "share"))
    return head(target, words) | {"y": 0, "yanchor": "top"}


def _written(row: dict[str, Any], first: str) -> str:
    sign = f"{theme.SIGNS[row['signal']]} " if row["signal"] != "unknown" else ""
    return f"{sign}{number(row[first], 'share')}"


def _spoken(row: dict[str, Any], group: str, titles: dict[str, str]) -> str:
    lines = [f"{title}: {number(row[name], 'share')}" for name, title in titles.items()]
    return "<br>".join([f"<b>{row[group]}</b>", *lines])
