"""One look for every figure: palette, type and space, over Streamlit's light or dark page."""

from itertools import pairwise
from typing import Any

import pandas as pd
from plotly.basedatatypes import BaseFigure

Rows = pd.DataFrame | list[dict[str, Any]]  # rows of a query, or what a page selected from them

# Data is blue-grey; the three signal colours are kept for judgements and always come with a sign or a word.
DATA = "#3b6ea5"
DATA_SOFT = "#9db7d3"
MUTED = "#8a94a3"
GOOD = "#1b8a6b"
WATCH = "#c98a04"
TROUBLE = "#c8372d"
GRID = "rgba(128,138,150,0.22)"
NOT_REPORTED = "#b9bfc8"
INK = {"light": "#1f2933", "dark": "#e6ebf1"}  # text; Streamlit's own grey for figures is too pale to read

# Okabe & Ito (2008), ordered so that neighbours differ in lightness: safe for colour-blind readers.
CATEGORIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a6f9b", "#8a94a3")
SIGNALS = {"good": GOOD, "watch": WATCH, "trouble": TROUBLE, "unknown": NOT_REPORTED}
SIGNS = {"good": "●", "watch": "▲", "trouble": "■", "unknown": "○"}

LATIN_LINE, CHINESE_LINE = 11, 4  # letters on one line of a wrapped label


class Figure(BaseFigure):
    """A Plotly figure as the dictionary that is sent to the browser.

    Plotly's own objects validate and copy every value and hang a tree of property objects on it, 10 ms a figure
    on every rerun. A test gives the figures of every page to Plotly's validation instead.
    """

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._spec = {"data": traces, "layout": layout}

    def to_dict(self) -> dict[str, Any]:
        """Traces (`data`) and `layout` as Plotly writes them."""
        return self._spec

    def inked(self, colour: str) -> "Figure":
        """The same figure with its text and its axes' labels in a colour."""
        layout = self._spec["layout"]
        axes = {
            axis: layout[axis] | {"tickfont": layout[axis].get("tickfont", {}) | {"color": colour}}
            for axis in ("xaxis", "yaxis")
        }
        return Figure(self._spec["data"], layout | {"font": layout["font"] | {"color": colour}} | axes)


def figure(*traces: dict, height: int = 320, legend: bool = False, legend_y: float = 1.02, **layout) -> Figure:
    """A figure with the house layout; `layout` adds to it or overrides it. Traces are plain dictionaries."""
    base = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13},
        "showlegend": legend,
        "legend": {
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "y": legend_y,
            "yanchor": "bottom",
            "title": None,
        },
        "hoverlabel": {"font": {"size": 13}},
        "xaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True, "title": None},
        "yaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True, "title": None},
        "bargap": 0.35,
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "template": {},  # Streamlit brings its own
    }
    for key, value in layout.items():
        base[key] = {**base[key], **value} if isinstance(base.get(key), dict) and isinstance(value, dict) else value
    return Figure(list(traces), base)


def records(rows: Rows) -> list[dict[str, Any]]:
    """Rows as dictionaries: a figure reads each value once, which pandas makes costly.

    Made column by column, in a third of the time of `DataFrame.to_dict`.
    """
    if not isinstance(rows, pd.DataFrame):
        return rows
    names, columns = list(rows), [rows[name].tolist() for name in rows]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def sentence(words: str) -> Figure:
    """A figure that only says something in the reader's language, where there is nothing to draw."""
    note = {"text": words, "x": 0.5, "y": 0.5, "xref": "paper", "yref": "paper", "showarrow": False}
    hidden = {"visible": False}
    return figure(height=120, xaxis=hidden, yaxis=hidden, annotations=[note])


def wrapped(words: str, only_latin: bool = False) -> str:
    """A label of a figure on several short lines, as `lines` makes them; Chinese stays whole if `only_latin`."""
    return words if only_latin and not _is_latin(words) else "<br>".join(lines(words))


def lines(words: str) -> list[str]:
    """A label in short lines: Chinese in runs of at most four letters, Latin text between words."""
    if _is_latin(words):
        found = [""]
        for word in words.split():
            if found[-1] and len(found[-1]) + 1 + len(word) > LATIN_LINE:
                found.append("")
            found[-1] = f"{found[-1]} {word}".strip()
        return found
    name, bracket, rest = words.partition("\uff08")
    count = -(-len(name) // CHINESE_LINE)
    edges = [len(name) * at // count for at in range(count + 1)]
    found = [name[start:end] for start, end in pairwise(edges)]
    return [*found, bracket + rest] if rest else found


def _is_latin(words: str) -> bool:
    return words.isascii() or " " in words


def signal(value: float | None, target: float | None, amber: float | None, better: str | None) -> str:
    """Traffic light of a value: `good`, `watch`, `trouble`, or `unknown` without a value or a target.

    Green from the target on, amber from `amber` on; `better="down"` turns the comparison round.
    """
    if value is None or value != value or target is None:
        return "unknown"
    sign = -1 if better == "down" else 1
    if sign * value >= sign * target:
        return "good"
    return "watch" if amber is not None and sign * value >= sign * amber else "trouble"
