"""What other methods would do to a ranking: how far it moves, why, who moves, stars before and after."""

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.intervals import RANK_LETTERS, ROW_HEIGHT, star_bars
from dashboard.charts.marks import CHOSEN, shortened, spans, texts
from dashboard.text import _, number

FAMILIES = {  # aggregation and normalisation -> colour; the lighter pair is geometric
    ("arithmetic", "goalpost"): theme.CATEGORIES[0],
    ("geometric", "goalpost"): theme.CATEGORIES[4],
    ("arithmetic", "min_max"): theme.CATEGORIES[5],
    ("geometric", "min_max"): theme.CATEGORIES[1],
}


def shift_spread(rows: pd.DataFrame, *, words: dict[str, str]) -> theme.Figure:
    """Methods by mean rank shift, stacked by aggregation and normalisation.

    `rows`: shift_class, shift_class_end, aggregation, normalisation, method_count; `words` names the last two's codes.
    """
    traces = []
    for (aggregation, normalisation), colour in FAMILIES.items():
        part = rows[(rows["aggregation"] == aggregation) & (rows["normalisation"] == normalisation)]
        if len(part):
            name = f"{words[aggregation]} · {words[normalisation]}"
            traces.append(
                {
                    "type": "bar",
                    "name": name,
                    "x": list((part["shift_class"] + part["shift_class_end"]) / 2),
                    "y": list(part["method_count"]),
                    "width": list(0.9 * (part["shift_class_end"] - part["shift_class"])),
                    "marker": {"color": colour},
                    "customdata": [
                        f"{name}<br>{number(low, 'number')}–{number(high, 'number')}"
                        for low, high in zip(part["shift_class"], part["shift_class_end"], strict=True)
                    ],
                    "hovertemplate": "%{customdata}<br>%{y}<extra></extra>",
                }
            )
    return theme.figure(
        *traces,
        height=340,
        legend=True,
        barmode="stack",
        margin={"t": 52},
        xaxis={"rangemode": "tozero", "showgrid": False, "fixedrange": True, "nticks": 8},
        yaxis={"nticks": 5, "fixedrange": True},
    )


def sensitivity(rows: pd.DataFrame, *, words: dict[str, str]) -> theme.Figure:
    """Sobol indices by factor with 90 % intervals: a pale bar for the total index, in it a dark one for the first.

    `rows`: factor, first_order, first_order_margin, total_order, total_order_margin, in the order they are shown.
    """
    places = [float(place) for place in range(len(rows))]
    bars = (
        ("total_order", _("with all interactions"), theme.DATA_SOFT, 0.62),
        ("first_order", _("by itself"), theme.DATA, 0.3),
    )
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": list(rows[column].clip(lower=0)),
            "y": places,
            "width": width,
            "marker": {"color": colour},
            "error_x": {
                "type": "data",
                "array": list(rows[f"{column}_margin"]),
                "color": theme.MUTED,
                "thickness": 1.5,
                "width": 4,
            },
            "customdata": [
                f"{words[factor]} · {name}<br>{number(value, 'share')} ± {number(margin, 'share')}"
                for factor, value, margin in zip(rows["factor"], rows[column], rows[f"{column}_margin"], strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for column, name, colour, width in bars
    ]
    return theme.figure(
        *traces,
        height=38 * len(rows) + 76,
        legend=True,
        barmode="overlay",
        xaxis={"rangemode": "tozero", "tickformat": ".0%", "nticks": 6, "fixedrange": True},
        yaxis={
            "range": [len(rows) - 0.45, -0.55],
            "tickvals": places,
            "ticktext": [theme.wrapped(words[factor], only_latin=True) for factor in rows["factor"]],
            "showgrid": False,
            "fixedrange": True,
        },
    )


def method_intervals(rows: pd.DataFrame) -> theme.Figure:
    """Branches at their official rank: an orange line for the ranks that other methods give, below it a blue one for
    the ranks that chance would give.

    `rows`: branch_name, district_name, shown_rank, method_low, method_high, branch_shift, rank_low, rank_high (null
    where the intervals of all ranked branches do not belong to the selection).
    """
    places = [float(place) for place in range(len(rows))]
    is_known = rows["rank_low"].notna()
    names = [
        f"<b>{number(row['shown_rank'], 'rank')}</b> "
        + shortened(f"{row['branch_name']} · {row['district_name']}", RANK_LETTERS)
        for row in theme.records(rows)
    ]
    spoken = [
        f"{name}<br>{number(row['method_low'], 'rank')}–{number(row['method_high'], 'rank')}"
        for name, row in zip(names, theme.records(rows), strict=True)
    ]
    left = min(1, rows["method_low"].min())
    right = max(rows["method_high"].max(), rows["shown_rank"].max(), rows["rank_high"].max())
    above, below = [place - 0.06 for place in places], [place + 0.14 for place in places]
    known = [place for place, is_own in zip(below, is_known, strict=True) if is_own]
    lines = [
        *_named(spans(rows["method_low"], rows["method_high"], above, [CHOSEN] * len(rows)), _("other methods")),
        *_named(
            spans(rows["rank_low"][is_known], rows["rank_high"][is_known], known, [theme.DATA] * len(known)),
            _("chance"),
        ),
    ]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": _("official rank"),
        "x": list(rows["shown_rank"]),
        "y": [place + 0.04 for place in places],
        "marker": {"size": 10, "color": theme.MUTED, "line": {"width": 1, "color": "#ffffff"}},
        "customdata": spoken,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    tails = [f"<b>{number(shift, 'number')}</b>" for shift in rows["branch_shift"]]
    room = 0.04 * (right - left) or 1
    return theme.figure(
        *lines,
        dots,
        texts([left - room] * len(rows), [place - 0.38 for place in places], names, "middle right"),
        texts([right + room] * len(rows), places, tails, "middle right"),
        height=int(ROW_HEIGHT * 1.12 * len(rows)) + 76,
        legend=True,
        margin={"t": 36, "r": 62, "l": 0},
        xaxis={"range": [left - room, right + room], "nticks": 7, "fixedrange": True},
        yaxis={"range": [len(rows) - 0.4, -0.75], "visible": False, "fixedrange": True},
    )


def moves(rows: pd.DataFrame) -> theme.Figure:
    """Branches from their official rank (hollow) to that under the reader's choices (filled), below it a blue line for
    the ranks that chance leaves to the official score.

    `rows`: branch_name, district_name, shown_rank, what_if_rank, places_gained, stars, what_if_stars, rank_low,
    rank_high (null where the intervals of all ranked branches do not belong to the selection).
    """
    if rows.empty:
        return theme.sentence(_("Nobody moves."))
    places = [float(place) for place in range(len(rows))]
    colours = [theme.GOOD if gained > 0 else theme.TROUBLE for gained in rows["places_gained"]]
    heads = [
        _stars(row) + shortened(f"{row['branch_name']} · {row['district_name']}", RANK_LETTERS)
        for row in theme.records(rows)
    ]
    tails = [f"<b>{'▲' if gained > 0 else '▼'} {abs(gained):.0f}</b>" for gained in rows["places_gained"]]
    ranks = rows[["shown_rank", "what_if_rank", "rank_low", "rank_high"]].astype(float)
    left, right = ranks.min(axis=None), ranks.max(axis=None)
    is_known = rows["rank_low"].notna()
    below = [place + 0.16 for place, is_own in zip(places, is_known, strict=True) if is_own]
    chance = spans(rows["rank_low"][is_known], rows["rank_high"][is_known], below, [theme.DATA] * len(below))
    room = 0.04 * (right - left) or 1
    dots = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": list(rows[column]),
            "y": places,
            "marker": {
                "size": 10,
                "symbol": symbol,
                "color": theme.MUTED if column == "shown_rank" else colours,
                "line": {"width": 2},
            },
            "customdata": [
                f"{head}<br>{name} {number(rank, 'rank')}" for head, rank in zip(heads, rows[column], strict=True)
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        }
        for column, name, symbol in (
            ("shown_rank", _("official rank"), "circle-open"),
            ("what_if_rank", _("under your choices"), "circle"),
        )
    ]
    return theme.figure(
        *_named(chance, _("chance")),
        *spans(rows["shown_rank"], rows["what_if_rank"], places, colours),
        *dots,
        texts([left - room] * len(rows), [place - 0.36 for place in places], heads, "middle right"),
        texts([right + room] * len(rows), places, tails, "middle right"),
        height=ROW_HEIGHT * len(rows) + 76,
        legend=True,
        margin={"t": 36, "r": 62, "l": 0},
        xaxis={"range": [left - room, right + room], "nticks": 7, "fixedrange": True},
        yaxis={"range": [len(rows) - 0.4, -0.75], "visible": False, "fixedrange": True},
    )


def stars_compared(rows: pd.DataFrame, *, words: dict[str, str]) -> theme.Figure:
    """Branches by stars, officially and under the reader's choices, one bar each with the numbers in it.

    `rows`: score_basis, stars, branch_count, branch_share; `words` names the codes of score_basis, first on top.
    """
    return star_bars(rows, rows["score_basis"].map(words), list(words.values()), height=180)


def _named(traces: list[dict], name: str) -> list[dict]:
    """Lines that the legend names."""
    return [trace | {"name": name, "showlegend": True} for trace in traces]


def _stars(row: dict) -> str:
    """How many stars before and after, where they change."""
    if row["stars"] == row["what_if_stars"] or row["what_if_stars"] != row["what_if_stars"]:
        return ""
    return f"{row['stars']:.0f}★→{row['what_if_stars']:.0f}★ "
