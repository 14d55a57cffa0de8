"""Lines over months."""

from datetime import date
from itertools import groupby, pairwise
from typing import Any

from dashboard import catalogue
from dashboard.charts import theme
from dashboard.text import _, language

MONTHS_BETWEEN_TICKS = 6  # as many labels as fit on a phone, each on two short lines
VALUE_TICKS = 6
LINE_GAP = 0.13  # between two names at the end of lines, as a share of the height


def trend(rows: theme.Rows, *, metric: str, name: str, target: float | None) -> theme.Figure:
    """One metric by month: the whole as a bold line, its districts thin behind it, the target dashed.

    `rows` has level (selection or district), district_name, month and value, in the order of districts and
    months. The whole (called `name`) and the two outermost districts are named at their ends.
    """
    records = [row for row in theme.records(rows) if row["value"] == row["value"]]
    whole = [row for row in records if row["level"] == "selection"]
    if not whole:
        return theme.sentence(_("Nothing to show for this selection."))
    parts = [row for row in records if row["level"] == "district"]
    last = {row["district_name"]: row["value"] for row in parts}
    named = [(name, whole[-1]["value"], None)]  # in the ink of the page: the blue of the line is faint on a dark one
    if len(last) > 1:
        named += [(end, last[end], theme.MUTED) for end in (max(last, key=last.get), min(last, key=last.get))]
    shown = [row["value"] for row in records] + ([] if target is None else [target])
    low, high = _bounds(shown, catalogue.COLUMNS[metric].kind)
    notes = _end_names(named, metric, (high - low) * LINE_GAP)
    high = max(high, *(note["y"] + (high - low) * LINE_GAP / 2 for note in notes))  # beyond it no name is drawn
    shapes = []
    if target is not None:
        line = {"color": theme.MUTED, "dash": "dash", "width": 1.5}
        shapes.append({"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": target, "y1": target, "line": line})
        words = _("Target {value}").format(value=catalogue.metric_number(target, metric))
        notes.append(_note(0, target, words, theme.MUTED) | {"yanchor": "bottom"})
    return theme.figure(
        _thin(parts, metric),
        _bold(whole, metric, name),
        height=340,
        margin={"t": 16, "r": _label_width([label for label, _value, _colour in named])},
        shapes=shapes,
        annotations=notes,
        xaxis={"type": "date", "showgrid": False, **_month_ticks([row["month"] for row in whole])},
        yaxis={"range": [low, high], "tickformat": _tick_format(metric), **_value_ticks(metric, high - low)},
    )


def _value_ticks(metric: str, span: float) -> dict[str, int]:
    """Ticks at whole numbers where few are counted: halves would be written as the number beside them."""
    is_short_count = catalogue.COLUMNS[metric].kind == "count" and span < VALUE_TICKS
    return {"dtick": 1} if is_short_count else {"nticks": VALUE_TICKS}


def _bold(rows: list[dict[str, Any]], metric: str, name: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [_day(row["month"]) for row in rows],
        "y": [row["value"] for row in rows],
        "mode": "lines+markers",
        "line": {"color": theme.DATA, "width": 3},
        "marker": {"size": 5, "color": theme.DATA},
        "customdata": [_spoken(row, name, metric) for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _thin(rows: list[dict[str, Any]], metric: str) -> dict[str, Any]:
    """All districts as one trace with gaps: a trace each costs ten times as much to build and to send."""
    x, y, spoken = [], [], []
    for district, line in groupby(rows, key=lambda row: row["district_name"]):
        for row in line:
            x.append(_day(row["month"]))
            y.append(row["value"])
            spoken.append(_spoken(row, district, metric))
        x.append(None)
        y.append(None)
        spoken.append("")
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "lines",
        "line": {"color": theme.MUTED, "width": 1},
        "opacity": 0.55,
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _spoken(row: dict[str, Any], name: str, metric: str) -> str:
    return f"{name}<br>{_day(row['month'])[:7]}: {catalogue.metric_number(row['value'], metric)}"


def _end_names(named: list[tuple[str, float, str | None]], metric: str, gap: float) -> list[dict[str, Any]]:
    labels = [theme.wrapped(name, only_latin=True) for name, _value, _colour in named]
    rooms = [gap * (label.count("<br>") + 2) / 2 for label in labels]  # a long name takes a line more
    positions = _apart([value for _name, value, _colour in named], rooms)
    notes = []
    for label, (_name, value, colour), position in zip(labels, named, positions, strict=True):
        words = f"<b>{label}</b><br>{catalogue.metric_number(value, metric)}"
        notes.append(_note(1, position, words, colour))
    return notes


def _note(x: float, y: float, words: str, colour: str | None) -> dict[str, Any]:
    return {
        "x": x,
        "xref": "paper",
        "xanchor": "left",
        "y": y,
        "text": words,
        "align": "left",
        "showarrow": False,
        "font": {"size": 12} | ({"color": colour} if colour else {}),
    }


def _month_ticks(months: list[date]) -> dict[str, Any]:
    ticks = [month for month in months if (months[-1].month - month.month) % MONTHS_BETWEEN_TICKS == 0]
    words = [_stacked(month) for month in ticks]
    return {"tickvals": [_day(month) for month in ticks], "ticktext": words, "tickangle": 0}


def _stacked(month: date) -> str:
    return f"{month:%b}<br>{month.year}" if language() == "en" else f"{month.year}<br>{month.month}月"


def _day(month: date) -> str:
    return month.isoformat()[:10]


def _tick_format(metric: str) -> str:
    return {"share": ".0%", "count": ",.0f", "total": ",.2f"}.get(catalogue.COLUMNS[metric].kind, ",.1f")


def _bounds(values: list[float], kind: str) -> tuple[float, float]:
    low, high = min(values), max(values)
    pad = max((high - low) * 0.15, {"share": 0.005, "total": 0.02}.get(kind, 0.5))
    return max(0, low - pad), min(1.02, high + pad) if kind == "share" else high + pad


def _label_width(labels: list[str]) -> int:
    """Room in pixels for the longest line of these names beside the figure."""
    wrapped = [theme.wrapped(label, only_latin=True) for label in [*labels, "100.0%"]]
    lines = [line for label in wrapped for line in label.split("<br>")]
    return 16 + max(sum(8 if letter.isascii() else 13 for letter in line) for line in lines)


def _apart(positions: list[float], rooms: list[float]) -> list[float]:
    """The same positions, pushed upwards from the lowest until each has its room, half of it on either side."""
    order = sorted(range(len(positions)), key=positions.__getitem__)
    moved = list(positions)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + (rooms[before] + rooms[after]) / 2)
    return moved
