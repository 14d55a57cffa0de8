"""Scores with their uncertainty: the ends of a ranking, its spread, stars by district, movements."""

from collections.abc import Iterable

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.marks import CHOSEN, THRESHOLD, head, level, shortened, spans, star_line, stars, texts, upright
from dashboard.text import _, number

ROW_HEIGHT = 36
RANK_LETTERS = 38  # room for a name beside a rank and its interval
EDGE = 0.05  # of the width: nearer to the edge a centred word would be cut
LABELLED_SHARE = 0.05  # of a bar: below it a number does not fit
GAP = 0.7  # of a row, where the ranking leaves branches out
# From blue to amber: under three stars a branch has to be watched. A veto is trouble.
STAR_COLOURS = {5: "#0f5c7a", 4: "#2f86a6", 3: "#8fbccd", 2: "#e3c07e", 1: theme.WATCH, 0: theme.TROUBLE}
STAR_INKS = {5: "#ffffff", 4: "#ffffff", 3: "#1f2933", 2: "#1f2933", 1: "#1f2933", 0: "#ffffff"}


def rank_intervals(rows: pd.DataFrame, *, bands: pd.DataFrame, chosen: str) -> theme.Figure:
    """Branches of a ranking, a dot at the score and a line over its 90 % interval.

    Beside its rank stands the 90 % interval of that. `rows` in official order: rank, rank_low, rank_high,
    branch_name, district_name, total, score_low, score_high, stars, ranking_state, org_id. Where branches are left
    out between two rows a dotted line stands. `bands` has stars and minimum_score; the `chosen` branch is in a
    colour of its own.
    """
    places, breaks, at = [], [], 0.0
    for above, rank in zip([None, *rows["rank"].iloc[:-1]], rows["rank"], strict=True):
        if above is not None and pd.notna(rank) and rank > above + 1 and rank > len(places) + 1:
            breaks.append(at - 0.5 + GAP / 2 - 0.15)
            at += GAP
        places.append(at)
        at += 1
    is_chosen = rows["org_id"] == chosen
    colours = [
        CHOSEN if mine else theme.DATA if state == "ranked" else theme.NOT_REPORTED
        for mine, state in zip(is_chosen, rows["ranking_state"], strict=True)
    ]
    left = min(rows["score_low"].min(), bands["minimum_score"][bands["minimum_score"] > 0].min()) - 2
    right = rows["score_high"].max() + 4
    names = [
        f"<b>{_rank(row['rank'])}</b>{_rank_interval(row)} "
        + shortened(f"{row['branch_name']} · {row['district_name']}", RANK_LETTERS)
        for row in theme.records(rows)
    ]
    tails = [f"<b>{number(total, 'total')}</b>" for total in rows["total"]]
    spoken = [
        f"{name}<br>{number(row['total'], 'total')} ({number(row['score_low'], 'score')}–"
        f"{number(row['score_high'], 'score')}) · {stars(row['stars'])}"
        for name, row in zip(names, theme.records(rows), strict=True)
    ]
    return theme.figure(
        *spans(rows["score_low"], rows["score_high"], places, colours),
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(rows["total"]),
            "y": places,
            "marker": {"size": [13 if mine else 10 for mine in is_chosen], "color": colours},
            "customdata": [list(pair) for pair in zip(rows["org_id"], spoken, strict=True)],
            "hovertemplate": "%{customdata[1]}<extra></extra>",
        },
        texts([left] * len(rows), [place - 0.36 for place in places], names, "middle right"),
        texts([right] * len(rows), places, tails, "middle right"),
        height=int(ROW_HEIGHT * at) + 54,
        margin={"t": 40, "r": 62, "l": 0, "b": 0},
        xaxis={"range": [left, right], "showgrid": False, "showticklabels": False, "fixedrange": True},
        yaxis={"range": [at - 0.4, -0.75], "visible": False, "fixedrange": True},
        shapes=[
            *[upright(low) for low in bands["minimum_score"] if low > left],
            *[level(place) for place in breaks],
        ],
        annotations=[
            head(low, star_line(count, low), "center" if low - left > EDGE * (right - left) else "left")
            for count, low in zip(bands["stars"], bands["minimum_score"], strict=True)
            if low > left
        ],
    )


def score_spread(rows: pd.DataFrame, *, bands: pd.DataFrame) -> theme.Figure:
    """Branches by score class of two points, those without a rank hatched on top, star bands marked.

    `rows`: score_class, ranking_state, branch_count; `bands`: stars and minimum_score.
    """
    traces = []
    for state, style in (
        ("ranked", {"color": theme.DATA}),
        ("unranked", {"color": theme.NOT_REPORTED, "pattern": {"shape": "/"}}),
        ("vetoed", {"color": theme.TROUBLE, "pattern": {"shape": "x"}}),
    ):
        part = rows[rows["ranking_state"] == state]
        if len(part):
            classes = [f"{low:.0f}–{low + 2:.0f}" for low in part["score_class"]]
            traces.append(
                {
                    "type": "bar",
                    "name": _STATES[state](),
                    "x": list(part["score_class"] + 1),
                    "y": list(part["branch_count"]),
                    "width": 1.8,
                    "marker": style,
                    "customdata": classes,
                    "hovertemplate": "%{customdata}<br>%{y}<extra></extra>",
                }
            )
    top = rows.groupby("score_class")["branch_count"].sum().max()
    left = min(rows["score_class"].min(), 58) - 2
    return theme.figure(
        *traces,
        height=310,
        legend=len(traces) > 1,
        barmode="stack",
        margin={"t": 8 if len(traces) == 1 else 36},
        xaxis={"range": [left, 112], "showgrid": False, "dtick": 10},
        yaxis={"range": [0, top * 1.25], "nticks": 5},
        shapes=[upright(low) for low in bands["minimum_score"] if low > left],
        annotations=[
            head(low, star_line(count, low)) | {"yanchor": "top", "xanchor": "left"}
            for count, low in zip(bands["stars"], bands["minimum_score"], strict=True)
            if low > left
        ],
    )


def stars_by_district(rows: pd.DataFrame) -> theme.Figure:
    """Share of branches by stars, one bar per district; numbers of branches stand in the bars.

    `rows`: district_name, stars, branch_count, branch_share. Districts with most stars come first.
    """
    mean = (rows["stars"] * rows["branch_share"]).groupby(rows["district_name"]).sum()
    order = list(mean.sort_values(ascending=False).index)
    return star_bars(rows, rows["district_name"], order, height=30 * len(order) + 76)


def star_bars(rows: pd.DataFrame, names: Iterable[str], order: list[str], *, height: int) -> theme.Figure:
    """A bar per name in `order`, divided by stars.

    `rows`: stars, branch_count, branch_share; `names` says whose bar each row is part of.
    """
    traces = []
    rows = rows.assign(bar=list(names))
    for count, colour in STAR_COLOURS.items():
        part = rows[rows["stars"] == count]
        if len(part):
            traces.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": stars(count),
                    "x": list(part["branch_share"]),
                    "y": list(part["bar"]),
                    "text": [
                        str(each) if share >= LABELLED_SHARE else ""
                        for each, share in zip(part["branch_count"], part["branch_share"], strict=True)
                    ],
                    "textposition": "inside",
                    "insidetextanchor": "middle",
                    "textangle": 0,
                    "textfont": {"color": STAR_INKS[count], "size": 12},
                    "marker": {"color": colour, "pattern": {"shape": "x" if count == 0 else ""}},
                    "customdata": [
                        f"{name} · {stars(count)}<br>{each} ({number(share, 'share')})"
                        for name, each, share in zip(
                            part["bar"], part["branch_count"], part["branch_share"], strict=True
                        )
                    ],
                    "hovertemplate": "%{customdata}<extra></extra>",
                }
            )
    return theme.figure(
        *traces,
        height=height,
        legend=True,
        margin={"r": 22},
        barmode="stack",
        bargap=0.25,
        xaxis={"range": [0, 1], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "showgrid": False, "fixedrange": True},
        yaxis={"categoryorder": "array", "categoryarray": order[::-1], "fixedrange": True},
    )


def movements(rows: pd.DataFrame) -> theme.Figure:
    """Largest changes of scores with their 90 % intervals; what is within error is hollow.

    `rows`: branch_name, district_name, earlier_total, total, change, change_low, change_high, movement.
    """
    if rows.empty:
        return theme.sentence(_("Nothing to compare with: no earlier scores."))
    places = [float(place) for place in range(len(rows))]
    beyond = {"up": theme.GOOD, "down": theme.TROUBLE, "within_error": theme.MUTED}
    colours = [beyond[movement] for movement in rows["movement"]]
    reach = max(rows["change_high"].max(), -rows["change_low"].min()) * 1.04
    signs = {"up": "▲ ", "down": "▼ ", "within_error": ""}
    heads = [
        f"{number(row['earlier_total'], 'score')} → {number(row['total'], 'score')}  "
        + shortened(f"{row['branch_name']} · {row['district_name']}")
        for row in theme.records(rows)
    ]
    tails = [
        f"<b>{signs[movement]}{number(change, 'score_change')}</b>"
        for change, movement in zip(rows["change"], rows["movement"], strict=True)
    ]
    return theme.figure(
        *spans(rows["change_low"], rows["change_high"], places, colours),
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(rows["change"]),
            "y": places,
            "marker": {
                "size": 10,
                "color": colours,
                "symbol": ["circle-open" if m == "within_error" else "circle" for m in rows["movement"]],
                "line": {"width": 2},
            },
            "customdata": heads,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        texts([-reach] * len(rows), [place - 0.36 for place in places], heads, "middle right"),
        texts([reach] * len(rows), places, tails, "middle right"),
        height=ROW_HEIGHT * len(rows) + 40,
        margin={"r": 62, "l": 0, "b": 0},
        xaxis={"range": [-reach, reach], "nticks": 7, "fixedrange": True, "ticksuffix": ""},
        yaxis={"range": [len(rows) - 0.4, -0.75], "visible": False, "fixedrange": True},
        shapes=[upright(0, THRESHOLD, "solid")],
    )


_STATES = {"ranked": lambda: _("Ranked"), "unranked": lambda: _("Not ranked"), "vetoed": lambda: _("Vetoed")}


def _rank_interval(row: dict) -> str:
    return "" if pd.isna(row["rank_low"]) else f" ({row['rank_low']:.0f}–{row['rank_high']:.0f})"


def _rank(rank: float) -> str:
    return "—" if pd.isna(rank) else f"{rank:.0f}"
