"""How values spread: boxes, cumulated shares, differences with their intervals."""

from itertools import pairwise
from typing import Any

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.charts.marks import upright
from dashboard.text import _, number

FEW_VENUES = 6  # in a class: ticks at halves would stand between them
METRIC_HEIGHT, TYPE_HEIGHT = 50, 13  # of differences: six types need more room than four
OPEN_END = 1_000  # hours at which the class without an upper edge is drawn
HOUR_TICKS = {1: "1", 4: "4", 24: "24", 72: "72", 168: "168", 720: "720"}
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "star", "hexagon", "cross", "x")


def spread(rows: theme.Rows, *, metric: str, types: dict[str, str]) -> theme.Figure:
    """One box per compound type: line at the median, box for the middle half, whiskers from 5 to 95 %.

    `rows` has compound_type, percentile_5 … percentile_95 and unit_count.
    """
    by_type = {row["compound_type"]: row for row in theme.records(rows)}
    boxes = [(types[code], by_type[code]) for code in types if code in by_type]
    if not boxes:
        return theme.sentence(_("Every compound has too few cases here for a spread."))
    places = list(range(len(boxes)))
    medians = [row["percentile_50"] for _name, row in boxes]
    box = {
        "type": "box",
        "y": places,
        "orientation": "h",
        "lowerfence": [row["percentile_5"] for _name, row in boxes],
        "q1": [row["percentile_25"] for _name, row in boxes],
        "median": medians,
        "q3": [row["percentile_75"] for _name, row in boxes],
        "upperfence": [row["percentile_95"] for _name, row in boxes],
        "line": {"color": theme.DATA, "width": 2},
        "fillcolor": "rgba(59,110,165,0.25)",
        "width": 0.42,
        "hoverinfo": "skip",
    }
    labels = {
        "type": "scatter",
        "x": medians,
        "y": [place - 0.36 for place in places],
        "mode": "text",
        "text": [_median(row, metric) for _name, row in boxes],
        "textfont": {"size": 12},
        "customdata": [_spoken_box(name, row, metric) for name, row in boxes],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    is_share = catalogue.COLUMNS[metric].kind == "share"
    is_count = catalogue.COLUMNS[metric].kind == "number"
    return theme.figure(
        box,
        labels,
        height=72 * len(boxes) + 40,
        xaxis={
            "tickformat": ".0%" if is_share else ",.1f",
            "nticks": 6,
            "rangemode": "tozero" if is_count else "normal",
        },
        yaxis={
            "tickvals": places,
            "ticktext": [name for name, _row in boxes],
            "showgrid": False,
            "range": [len(boxes) - 0.5, -0.6],
        },
    )


def _median(row: dict[str, Any], metric: str) -> str:
    return _("median {value}").format(value=catalogue.metric_number(row["percentile_50"], metric))


def _spoken_box(name: str, row: dict[str, Any], metric: str) -> str:
    def number(percentile: int) -> str:
        return catalogue.metric_number(row[f"percentile_{percentile}"], metric)

    return "<br>".join(
        [
            name,
            _median(row, metric),
            _("middle half {low} – {high}").format(low=number(25), high=number(75)),
            _("5 to 95 % {low} – {high}").format(low=number(5), high=number(95)),
            _("{count} units").format(count=f"{row['unit_count']:,.0f}"),
        ]
    )


def areas(rows: theme.Rows) -> theme.Figure:
    """Venues by class of area, an upright bar each, the norm dashed.

    `rows` has area_class_m2 (lower edges of equal classes), venue_count and min_area_m2 (the norm, if there is one).
    """
    records = theme.records(rows)
    if not records:
        return theme.sentence(_("No area of such a venue is reported."))
    edges = [row["area_class_m2"] for row in records]
    width = min((after - before for before, after in pairwise(edges)), default=1.0)
    norm = records[0]["min_area_m2"]
    has_norm = norm is not None and norm == norm
    bars = {
        "type": "bar",
        "x": [edge + width / 2 for edge in edges],
        "y": [row["venue_count"] for row in records],
        "width": width * 0.92,
        "marker": {"color": theme.DATA},
        "customdata": [f"{number(edge, 'area')}–{number(edge + width, 'area')} m²" for edge in edges],
        "hovertemplate": "%{customdata}<br>%{y}<extra></extra>",
    }
    words = {"x": norm, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "left", "showarrow": False}
    return theme.figure(
        bars,
        height=300,
        margin={"t": 28},
        xaxis={"showgrid": False, "ticksuffix": " m²", "nticks": 6, "rangemode": "tozero", "fixedrange": True},
        yaxis={"fixedrange": True} | ({"dtick": 1} if max(bars["y"]) < FEW_VENUES else {"nticks": 5}),
        shapes=[upright(norm, theme.WATCH, "dash") | {"layer": "above"}] if has_norm else [],
        annotations=[words | {"text": _("norm {area}").format(area=f"{norm:,.0f} m²")}] if has_norm else [],
    )


def cumulated(rows: theme.Rows, *, types: dict[str, str]) -> theme.Figure:
    """Share of issues closed within so many hours, one line per compound type, hours on a log axis.

    `rows` has compound_type, hours_bin and closed_share; lines are straight between the edges of the classes.
    """
    records = theme.records(rows)
    traces = []
    for at, (code, name) in enumerate(types.items()):
        line = [row for row in records if row["compound_type"] == code]
        if line:
            traces.append(
                {
                    "type": "scatter",
                    "x": [min(row["hours_bin"], OPEN_END) for row in line],
                    "y": [row["closed_share"] for row in line],
                    "mode": "lines+markers",
                    "name": name,
                    "line": {"color": theme.CATEGORIES[at % len(theme.CATEGORIES)], "width": 2},
                    "marker": {"symbol": SYMBOLS[at % len(SYMBOLS)], "size": 7},
                    "customdata": [_spoken_share(row, name) for row in line],
                    "hovertemplate": "%{customdata}<extra></extra>",
                }
            )
    if not traces:
        return theme.sentence(_("Nothing to show for this selection."))
    return theme.figure(
        *traces,
        height=360,
        legend=True,
        margin={"t": 40},
        xaxis={
            "type": "log",
            "tickvals": list(HOUR_TICKS),
            "ticktext": list(HOUR_TICKS.values()),
            "title": {"text": _("Hours from report to closing")},
        },
        yaxis={"range": [0, 1.02], "tickformat": ".0%"},
    )


def _spoken_share(row: dict[str, Any], name: str) -> str:
    hours = f"{row['hours_bin']:,.0f}" if row["hours_bin"] < OPEN_END else "∞"
    return _("{type}: {share} within {hours} hours").format(type=name, share=f"{row['closed_share']:.1%}", hours=hours)


def differences(rows: theme.Rows, *, types: dict[str, str]) -> theme.Figure:
    """Difference of each type from all others by metric, in points, with intervals that hold together.

    `rows` has metric (shares and scores), compound_type, difference, difference_low, difference_high and
    verdict. Hollow marks may be chance.
    """
    records = theme.records(rows)
    metrics = list(dict.fromkeys(row["metric"] for row in records))
    shown = [code for code in types if any(row["compound_type"] == code for row in records)]
    if not shown:
        return theme.sentence(_("A comparison takes two types with several compounds each."))
    step = 0.7 / len(shown)
    traces = []
    for at, code in enumerate(shown):
        own = [row for row in records if row["compound_type"] == code]
        lift = (at - (len(shown) - 1) / 2) * step
        traces.append(_difference_marks(own, metrics, lift, at, types[code]))
    return theme.figure(
        *traces,
        height=max(METRIC_HEIGHT, TYPE_HEIGHT * len(shown)) * len(metrics) + 90,
        legend=True,
        margin={"t": 40},
        xaxis={"zeroline": True, "zerolinecolor": theme.MUTED, "zerolinewidth": 1.5},
        yaxis={
            "tickvals": list(range(len(metrics))),
            "ticktext": [theme.wrapped(catalogue.title(metric), only_latin=True) for metric in metrics],
            "range": [len(metrics) - 0.45, -0.55],
            "showgrid": False,
        },
    )


def _difference_marks(rows: list[dict[str, Any]], metrics: list[str], lift: float, at: int, name: str) -> dict:
    colour, symbol = theme.CATEGORIES[at % len(theme.CATEGORIES)], SYMBOLS[at % len(SYMBOLS)]
    scales = [100 if catalogue.COLUMNS[row["metric"]].kind == "share" else 1 for row in rows]
    scaled = [
        {key: row[key] * scale for key in ("difference", "difference_low", "difference_high")}
        for row, scale in zip(rows, scales, strict=True)
    ]
    return {
        "type": "scatter",
        "x": [row["difference"] for row in scaled],
        "y": [metrics.index(row["metric"]) + lift for row in rows],
        "mode": "markers",
        "name": name,
        "marker": {
            "size": 9,
            "color": colour,
            "symbol": [f"{symbol}-open" if row["verdict"] == "chance" else symbol for row in rows],
        },
        "error_x": {
            "type": "data",
            "array": [row["difference_high"] - row["difference"] for row in scaled],
            "arrayminus": [row["difference"] - row["difference_low"] for row in scaled],
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": _spoken_differences(rows, name),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _spoken_differences(rows: list[dict[str, Any]], name: str) -> list[str]:
    words = {
        "higher": _("higher, beyond chance"),
        "lower": _("lower, beyond chance"),
        "chance": _("may be chance"),
    }
    spoken = []
    for row in rows:
        move, low, high = (
            catalogue.metric_number(row[key], row["metric"], change=True)
            for key in ("difference", "difference_low", "difference_high")
        )
        title = catalogue.title(row["metric"])
        spoken.append(f"{name} · {title}<br>{move} ({low} – {high})<br>{words[row['verdict']]}")
    return spoken
