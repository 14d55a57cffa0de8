"""Small parts that several figures are made of: interval lines, words, marks of thresholds, stars."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.charts import theme
from dashboard.text import _

CHOSEN = theme.CATEGORIES[5]  # what the reader has picked, among everything else in the colour of data

THRESHOLD = "rgba(128,138,150,0.55)"
MONTHS_BETWEEN_TICKS = 6
LETTERS = 48  # Latin ones in a line of words on a phone; a Chinese one takes the room of two


def shortened(words: str, room: int = LETTERS) -> str:
    """Words that fit on a phone, in `room` for so many Latin letters; what does not fit is cut."""
    for position, letter in enumerate(words):
        room -= 1 if letter.isascii() else 2
        if room < 0:
            return words[:position].rstrip(" ·") + "…"
    return words


def stars(count: float | None) -> str:
    """Stars as a reader sees them: ★★★, or a word for none."""
    if count is None or count != count:
        return "—"
    return "★" * int(count) or _("Vetoed")


def moments(names: list[str], every: int) -> dict[str, Any]:
    """Axis of quarters, half-years or years: each has its place, one in `every` its name, so that none overlap."""
    axis = {"type": "category", "showgrid": False, "fixedrange": True, "tickangle": 0}
    return {**axis, "tickvals": names[::every], "ticktext": names[::every]}


def month_axis(months: Sequence[date]) -> dict[str, Any]:
    """Axis of months, in order; one in six has its name, back from the last."""
    ticks = [month for month in months if (months[-1].month - month.month) % MONTHS_BETWEEN_TICKS == 0]
    return {
        "type": "date",
        "showgrid": False,
        "fixedrange": True,
        "tickvals": [month.isoformat()[:10] for month in ticks],
        "ticktext": [month.isoformat()[:7] for month in ticks],
    }


def star_line(count: int, minimum: float) -> str:
    """What stands over the line from which so many stars begin."""
    return f"{count}★<br>{minimum:g}"


def spans(
    low: Sequence[float], high: Sequence[float], places: list[float], colours: list[str]
) -> list[dict[str, Any]]:
    """Traces of horizontal lines from `low` to `high`, one per colour: traces are what costs time."""
    traces = []
    for colour in dict.fromkeys(colours):
        x: list[float | None] = []
        y: list[float | None] = []
        for start, end, place, own in zip(low, high, places, colours, strict=True):
            if own == colour:
                x += [start, end, None]
                y += [place, place, None]
        line = {"color": colour, "width": 3}
        trace = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "opacity": 0.65}
        traces.append({**trace, "hoverinfo": "skip", "showlegend": False})
    return traces


def texts(x: list, y: list, words: list[str], side: str) -> dict[str, Any]:
    """Trace of words at points, on a `side` of each as Plotly names it."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": x,
        "y": y,
        "text": words,
        "textposition": side,
        "textfont": {"size": 12},
        "hoverinfo": "skip",
        "cliponaxis": False,
        "showlegend": False,
    }


def upright(x: float, colour: str = THRESHOLD, dash: str = "dot") -> dict[str, Any]:
    """Shape: a line over the whole height at `x`."""
    line = {"color": colour, "width": 1, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}


def level(y: float) -> dict[str, Any]:
    """Shape: a line over the whole width at `y`."""
    line = {"color": theme.MUTED, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": y, "y1": y, "line": line, "layer": "below"}


def head(x: float, words: str, side: str = "center") -> dict[str, Any]:
    """Annotation above the figure at `x`."""
    return {
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": side,
        "text": words,
        "showarrow": False,
        "font": {"size": 11},
    }
