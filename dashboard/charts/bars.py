"""Horizontal bars with their names above or beside them, so that long names fit on a phone."""

from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _

CHANGE_HEIGHT = 46
GROUP_HEIGHT = 30
BAR_HEIGHT = 24
HALF = 0.5
VERDICT_SIGNS = {"higher": "▲", "lower": "▼"}
SHORT_NAME, LONGEST_NAME = 14, 20  # letters of a compound type beside its bar; hovering gives it whole


def changes(rows: theme.Rows, *, against: str) -> theme.Figure:
    """Largest changes, one bar each from zero: right is a rise, left a fall, in points.

    `rows` as `headlines.moved` gives them: district_name, metric, value, `{against}_value`, points and
    is_better.
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("No change is larger than error."))
    points = [row["points"] for row in records]
    reach = max(map(abs, points)) * 2.1  # room for the words beside the longest bar
    places = list(range(len(records)))
    heads, tails = [], []
    for row in records:
        before, now = (catalogue.metric_number(row[c], row["metric"]) for c in (f"{against}_value", "value"))
        heads.append(f"<b>{row['district_name']} · {catalogue.title(row['metric'])}</b>  {before} → {now}")
        judgement = _("better") if row["is_better"] else _("worse")
        tails.append(f"{'▲' if row['points'] > 0 else '▼'} {row['points']:+.1f} {judgement}")
    bars = {
        "type": "bar",
        "x": points,
        "y": places,
        "orientation": "h",
        "width": 0.3,
        "marker": {"color": [theme.GOOD if row["is_better"] else theme.TROUBLE for row in records]},
        "customdata": heads,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    sides = ["middle right" if point > 0 else "middle left" for point in points]
    return theme.figure(
        bars,
        _texts([-reach] * len(records), [place - 0.4 for place in places], heads, "middle right"),
        _texts(points, places, tails, sides),
        height=CHANGE_HEIGHT * len(records) + 20,
        xaxis={
            "range": [-reach, reach],
            "showticklabels": False,
            "showgrid": False,
            "fixedrange": True,
        },
        shapes=[_zero(place) for place in places],
        yaxis={"range": [len(records) - 0.5, -0.75], "visible": False, "fixedrange": True},
    )


def _zero(place: int) -> dict[str, Any]:
    """Zero beside one bar only: a line from top to bottom would run through the words above the bars."""
    line = {"color": theme.MUTED, "width": 1}
    return {"type": "line", "x0": 0, "x1": 0, "y0": place - 0.22, "y1": place + 0.22, "line": line}


def by_type(rows: theme.Rows, *, types: dict[str, str], targets: dict[str, float]) -> theme.Figure:
    """Small multiples: one group per metric, one bar per compound type from zero, with its 95 % interval.

    `rows` has metric, compound_type, value, value_low, value_high and verdict. Every metric has a scale of
    its own from zero: to 100 % for shares beyond a half, else to the largest. A dotted line marks the target;
    ▲ and ▼ mark what differs from the other types by more than chance.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    order = list(types)
    for row in sorted(theme.records(rows), key=lambda row: order.index(row["compound_type"])):
        groups.setdefault(row["metric"], []).append(_possible(row))
    if not groups:
        return theme.sentence(_("Nothing to show for this selection."))
    metrics = dict.fromkeys(row["metric"] for row in theme.records(rows))
    heads, bars, goals, at = [], [], [], 0.0
    for metric in metrics:
        group, target = groups[metric], targets.get(metric)
        full = _full_scale(group, metric, target)
        heads.append((at, f"<b>{_group_title(metric, target)}</b>"))
        at += GROUP_HEIGHT
        if target is not None:
            end = at + BAR_HEIGHT * (len(group) - 0.45)
            goals.append({"x0": target / full, "x1": target / full, "y0": at - BAR_HEIGHT * 0.55, "y1": end})
        title, interval = catalogue.title(metric), _("95 % interval")
        for row in group:
            name = types[row["compound_type"]]
            bars.append({"place": at, "name": name, **_bar(row, full, f"{name} · {title}", interval)})
            at += BAR_HEIGHT
        at += BAR_HEIGHT * 0.3
    line = {"color": theme.MUTED, "width": 2, "dash": "dot"}
    places = [bar["place"] for bar in bars]
    names = [name if len(name := bar["name"]) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…" for bar in bars]
    left = 0.37 if max(map(len, names)) <= SHORT_NAME else 0.5  # room for names, in lengths of a full bar
    return theme.figure(
        _bars(bars, places),
        _texts([-0.02] * len(bars), places, names, "middle left"),
        _texts([1.04] * len(bars), places, [bar["number"] for bar in bars], "middle right"),
        _texts([0.01 - left] * len(heads), [y for y, _words in heads], [words for _y, words in heads], "middle right"),
        height=int(at) + 24,
        margin={"l": 0, "r": 0},
        shapes=[{"type": "line", "line": line, **goal} for goal in goals],
        xaxis={"range": [-left, 1.34], "visible": False, "fixedrange": True},
        yaxis={"range": [at, -GROUP_HEIGHT * 0.6], "visible": False, "fixedrange": True},
    )


def _possible(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its interval cut to what can be: of few units it reaches below zero or beyond 100 %."""
    if pd.isna(row["value_low"]):
        return row
    most = 1 if catalogue.COLUMNS[row["metric"]].kind == "share" else row["value_high"]
    return row | {"value_low": max(row["value_low"], 0), "value_high": min(row["value_high"], most)}


def _bars(bars: list[dict[str, Any]], places: list[float]) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [bar["length"] for bar in bars],
        "y": places,
        "width": BAR_HEIGHT * 0.62,
        "orientation": "h",
        "marker": {"color": theme.DATA_SOFT},
        "error_x": {
            "type": "data",
            "array": [bar["above"] for bar in bars],
            "arrayminus": [bar["below"] for bar in bars],
            "color": theme.DATA,
            "thickness": 1.5,
            "width": 3,
        },
        "customdata": [bar["spoken"] for bar in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _full_scale(group: list[dict[str, Any]], metric: str, target: float | None) -> float:
    ends = [row[key] for row in group for key in ("value", "value_high") if pd.notna(row[key])]
    largest = max(*ends, target or 0, 0)
    if catalogue.COLUMNS[metric].kind == "share" and largest > HALF:
        return 1.0
    return largest or 1.0


def _group_title(metric: str, target: float | None) -> str:
    if target is None:
        return catalogue.title(metric)
    goal = _("Target {value}").format(value=catalogue.metric_number(target, metric))
    return f"{catalogue.title(metric)} · {goal}"


def _bar(row: dict[str, Any], full: float, heading: str, interval: str) -> dict[str, Any]:
    metric, value, low, high = (row[key] for key in ("metric", "value", "value_low", "value_high"))
    number = catalogue.metric_number(value, metric)
    spoken = f"{heading}<br>{number}"
    has_interval = pd.notna(low)
    if has_interval:
        span = " – ".join(catalogue.metric_number(end, metric) for end in (low, high))
        spoken += f"<br>{interval} {span}"
    return {
        "length": value / full,
        "above": (high - value) / full if has_interval else 0,
        "below": (value - low) / full if has_interval else 0,
        "number": f"{number} {VERDICT_SIGNS.get(row['verdict'], '')}",
        "spoken": spoken,
    }


def _texts(x: list, y: list, words: list[str], position: str | list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "text",
        "text": words,
        "textposition": position,
        "textfont": {"size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
