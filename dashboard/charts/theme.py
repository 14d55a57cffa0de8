"""One look for every figure: palette, type and space, over Streamlit's light or dark page."""

import plotly.graph_objects as go

# Data is blue-grey; the three signal colours are kept for judgements and always come with a sign or a word.
DATA = "#3b6ea5"
DATA_SOFT = "#9db7d3"
MUTED = "#8a94a3"
GOOD = "#1b8a6b"
WATCH = "#c98a04"
TROUBLE = "#c8372d"
GRID = "rgba(128,138,150,0.22)"
NOT_REPORTED = "#b9bfc8"

# Okabe & Ito (2008), ordered so that neighbours differ in lightness: safe for colour-blind readers.
CATEGORIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#7a6f9b", "#8a94a3")
SIGNALS = {"good": GOOD, "watch": WATCH, "trouble": TROUBLE, "unknown": NOT_REPORTED}
SIGNS = {"good": "●", "watch": "▲", "trouble": "■", "unknown": "○"}


def figure(*traces: go.Figure, height: int = 320, legend: bool = False, **layout) -> go.Figure:
    """A figure with the house layout; `layout` adds to it or overrides it."""
    base = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13},
        "showlegend": legend,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": None},
        "hoverlabel": {"font": {"size": 13}},
        "xaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True, "title": None},
        "yaxis": {"gridcolor": GRID, "zeroline": False, "automargin": True, "title": None},
        "bargap": 0.35,
        "uniformtext": {"minsize": 11, "mode": "hide"},
    }
    for key, value in layout.items():
        base[key] = (
            {**base[key], **value} if isinstance(base.get(key), dict) and isinstance(value, dict) else value
        )
    return go.Figure(list(traces), base)


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
